"""Where Dutch sentences begin and end: exact spans, in linear time."""

import re

from rbzqa.types import Span

_END = re.compile(r"(?<![.!?…])[.!?…]++[\"'”’»)\]]*+(?=\s)|\n")  # begins only where the run begins: linear
_OPENING = "\"'“‘„«([–—-"
_ABBREVIATIONS = frozenset(
    "a.i. a.s. a.u.b. afd. art. artt. bijv. blz. bv. ca. c.q. c.s. d.d. dd. dhr. dr. drs. e.a. e.d. e.v. enz. etc. "
    "excl. fig. gebr. ing. incl. ir. jl. jhr. lid. m.b.t. m.b.v. m.i. m.i.v. m.n. m.u.v. max. mevr. min. mld. mln. mr. mrd. mw. "
    "n.a.v. n.v.t. nr. nrs. o.a. o.b.v. o.g.v. o.i.d. o.l.v. o.m. p. par. pp. prof. resp. st. stb. stcrt. t.a.v. t.b.v. t.g.v. t.h.v. "
    "t.o.v. t/m. tel. vgl. vlgs. w.o. zgn. z.s.m. i.c.m. i.o.m. i.p.v. i.s.m. i.v.m. i.t.t. d.m.v. d.w.z. e.g. i.e. vs.".split()
)
# These end a sentence as often as not: only a small letter behind them tells that it goes on.
_EITHER = frozenset("jl. a.s. enz. etc. e.a. e.d. c.s. mln. mld. mrd. lid. o.i.d. jan. feb. mrt. apr. jun. jul. aug. sep. sept. okt. nov. dec.".split())
_NEXT = re.compile(r"\s*(\S.{0,40})")
_ENUMERATOR = re.compile(r"\s*[•*–-]?\s*(?:\d{1,3}|[a-z])\.")  # "1." in front of a sentence is none itself
_INITIALS = re.compile(r"(?:[A-Z]\.)+")


def sentence_spans(text: str) -> tuple[Span, ...]:
    """Split running text into sentences.

    Returns:
        Spans without surrounding white space, in order; every other character lies in one.
    """
    spans, start = [], 0
    for end in [*(m.end() for m in _END.finditer(text) if _is_boundary(text, m)), len(text)]:
        piece = text[start:end]
        if end < len(text) and _ENUMERATOR.fullmatch(piece):
            continue
        if piece.strip():
            spans.append((start + len(piece) - len(piece.lstrip()), end - len(piece) + len(piece.rstrip())))
        start = end
    return tuple(spans)


def _is_boundary(text: str, end: re.Match[str]) -> bool:
    if text[end.start()] == "\n" or end.end() >= len(text):
        return True
    following = _NEXT.match(text, end.end())
    after = following[1].lstrip(_OPENING) if following else ""
    if not after or after[0].islower():
        return False
    if not end.group().startswith(".") or end.group().startswith(".."):
        return True
    word = text[max(0, end.start() - 20) : end.start() + 1].split()[-1:] or [""]
    token = word[0].lstrip(_OPENING)
    if token.lower() in _EITHER:
        return after[0].isupper()
    return token.lower() not in _ABBREVIATIONS and not _INITIALS.fullmatch(token)
