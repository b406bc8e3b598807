"""Lines -> running text: what every reader does alike with characters, line ends and hyphens."""

import re
import unicodedata
from collections import Counter
from collections.abc import Sequence
from itertools import accumulate, pairwise

_MAX_HEADING = 120  # characters
_SENTENCE_ENDS = tuple(".?!:;,…")
_LINE_ENDS = re.compile("\r\n|[\r\u2028\u2029\u0085\v]")
_CONTROLS = re.compile("[\x01-\x08\x0e-\x1f\x7f-\x84\x86-\x9f]")
_LETTERS = re.compile(r"[^\W\d_]+")
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_SUSPENDED = frozenset("en of als tot dan respectievelijk c.q. en/of".split())
_HYPHENS = ("-", "\u2010")
_PREFIXES = frozenset("covid drone ex indo niet non oud vice".split())  # they keep their hyphen
_LINKING = frozenset("a aan bij de en het in na of op te to tot uit van voor".split())  # inside a word of many pieces: staakt-het-vuren
_ADDRESS = re.compile(r"https?://|www\.|\w\.[a-z]{2,6}/", re.IGNORECASE)
_ADDRESS_SIGNS = tuple("-/_=&?%#~")
_ADDRESS_PIECE = re.compile(r"[-/_=&?%#.]\w")


def reads_as_heading(text: str) -> bool:
    """Whether a line that its letters set apart can be a heading: short, begun like one, and no sentence."""
    return 0 < len(text) <= _MAX_HEADING and not text.endswith(_SENTENCE_ENDS) and (text[0].isupper() or text[0].isdigit()) and any(map(str.isalpha, text))


def normalise(text: str) -> str:
    """NFC, one kind of line end, no control characters; nothing else changes."""
    return unicodedata.normalize("NFC", _CONTROLS.sub("", _LINE_ENDS.sub("\n", text)))


def count_words(text: str) -> Counter[str]:
    """How often each lower-case word stands in a text; a hyphenated word is one."""
    return Counter(word.lower() for word in _WORD.findall(text))


def join_lines(lines: Sequence[str], words: Counter[str], *, hyphenates: bool = False) -> tuple[str, list[int]]:
    """Make running text of lines (DESIGN §3): a line end is one space, a real hyphen stays.

    ``words`` counts the lower-case words of the whole file. Where the text is not set with broken
    words, a hyphen at a line end is soft only if the joined word occurs elsewhere and the hyphenated
    one does not. Where it ``hyphenates``, as print does, it is soft unless the word shows otherwise:
    a capital or figure beside it, a prefix that keeps its hyphen, or the hyphenated word elsewhere.
    An address that is broken behind a sign of its own gets no space.

    Returns:
        The text, and the offset in it at which each line starts.
    """
    pieces = [_before(line, after, words, hyphenates) for line, after in pairwise(lines)] + list(lines[-1:])
    return "".join(pieces), list(accumulate(map(len, pieces), initial=0))[:-1]


def _before(last: str, line: str, words: Counter[str], hyphenates: bool) -> str:
    """The line ``last`` as it stands in running text in front of ``line``."""
    if last.endswith("\u00ad"):
        return last[:-1]
    if _is_broken_address(last, line):
        return last
    if last.endswith(_HYPHENS) and last[-2:-1].isalnum() and line.split(" ", 1)[0].lower().rstrip(",.;:") not in _SUSPENDED:
        soft = _is_soft_in_print if hyphenates else _is_soft
        return last[:-1] if soft(last, line, words) else last
    if hyphenates and last.endswith("/") and last[-2:-1].isalnum() and line[:1].isalnum() and not _ADDRESS.search(last.rpartition(" ")[2]):
        return last
    return f"{last} "


def _is_broken_address(last: str, line: str) -> bool:
    """Whether a web address runs on: it stops behind one of its own signs, and a piece of one follows."""
    head, tail = last.rpartition(" ")[2], line.partition(" ")[0]
    if not tail or not _ADDRESS.search(head):
        return False
    if tail[0] in "%?=&#_~/":
        return True
    if not head.endswith(_ADDRESS_SIGNS) or not tail[0].isalnum():
        return False
    return head.endswith("://") or not head.endswith("/") or bool(_ADDRESS_PIECE.search(tail)) or tail == line


def _is_soft(last: str, line: str, words: Counter[str]) -> bool:
    backwards, tail = _LETTERS.match(last[-2::-1]), _LETTERS.match(line)
    head = backwards[0][::-1] if backwards else ""
    if not head or not tail or not tail[0][0].islower() or head.isupper():
        return False
    return words[(head + tail[0]).lower()] > 0 and words[f"{head}-{tail[0]}".lower()] == 0


def _is_soft_in_print(last: str, line: str, words: Counter[str]) -> bool:
    head, tail = last[:-1].rpartition(" ")[2].lstrip("(«‘’“\"'["), _LETTERS.match(line)
    before, _, piece = head.rpartition("-")
    shown = _LETTERS.match(piece[::-1])
    if not tail or not tail[0][0].islower() or not shown or len(shown[0]) != len(piece.lstrip("/(«‘’“")) or len(shown[0]) == 1:
        return False
    piece = shown[0][::-1]
    if piece.isupper() or piece.lower() in _PREFIXES or (before and piece.lower() in _LINKING):
        return False
    whole = _WORD.match(line)
    after = whole[0] if whole else tail[0]
    prefix = f"{before}-" if before else ""
    joined, hyphenated = f"{prefix}{piece}{after}".lower(), f"{prefix}{piece}-{after}".lower()
    return words[joined] > 0 or words[hyphenated] == 0
