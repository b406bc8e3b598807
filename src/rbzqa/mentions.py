"""Find the places where a text names another piece or an annex; what they mean is for ``references``.

Everything is a search for an anchor (a keyword, or five digits) and bounded steps behind it, so the time is linear in
the text. Where a PDF has spaces between its glyphs (``Kamers tuk 3 6200-XII- 60``) the keyword shows it, and only then
may the numbers behind it have them too.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import cast

from rbzqa.dates import MONTHS
from rbzqa.types import Chamber, Publication, Series

_S = "[ \u00a0\u2009\u202f]"  # no line end and no tab: a mention never leaves its block or cell
_D = "[-\u2010\u2011\u2013]"
_APART = r"(?<![\w/.=&?%#@:-])"
_MONTHS = "|".join(MONTHS)


def _spaced(word: str) -> str:
    return f"{_S}?".join(word)


_KEYWORD = rf"(?i:{_spaced('kamerstuk')}(?:{_S}?{_spaced('ken')}|{_S}?{_spaced('nummer')}s?|dossier|nr\.?)?(?!\w)|kst\.?(?=(?:{_S}|{_D})))"
_IDENTIFIER = (
    r"(?:kst-\d{5}(?:-[0-9A-Z()]{1,7})?-(?:[1-9]\d{0,4}|[A-Z]{1,3})|kst-\d{6,7}|blg-\d{4,8}|ah-(?:[te]k-\d{8}-\d{1,5}|\d{6,7})"
    r"|h-[te]k-\d{8}-\d{1,3}-\d{1,3}|(?:stb|stcrt|prb|gmb)-\d{4}-\d{1,6})(?![\w-])"
)
_ANCHOR = re.compile(
    r"(?P<url>(?:https?://|www\.)\S++)"
    rf"|{_APART}(?:(?P<identifier>{_IDENTIFIER})|(?P<paper>{_KEYWORD})"
    rf"|(?P<questions>(?i:aanhangsel)(?:{_S}(?:van{_S}de|der|bij{_S}de))?{_S}(?i:handelingen)(?!\w))|(?P<minutes>(?i:handelingen)(?!\w))"
    r"|(?P<gazette>(?:Stb|Stcrt)\.?(?!\w)|Staatsblad(?!\w)|Staatscourant(?!\w))"
    r"|(?P<record>20\d\d[DZ]\d{5}(?!\w))|(?P<annex>(?i:bijlagen?)(?!\w))"
    rf"|(?<!\d{_S})(?<!€{_S})(?P<bare>(?=\d\d{_S}?\d{{3}}(?!\d))))"
)
_CHAMBER = re.compile(rf"{_S}?,?{_S}?(I{_S}?/{_S}?I{_S}?I|I{_S}?I|I)(?![^\W\d])")
_FULL_CHAMBER = re.compile(rf"{_S}(?:(?:der|van{_S}de){_S})?(Eerste|Tweede){_S}Kamer(?!\w)")
_YEAR = rf"{_S}?,?{_S}?(?:(?i:vergaderjaar|zitting){_S})?"
_SESSION = re.compile(rf"{_YEAR}(\d{{4}}){_S}?(?:{_D}|/){_S}?(\d{{4}}|\d\d)(?!\d)")
_SPACED_SESSION = re.compile(rf"{_YEAR}(\d(?:{_S}?\d){{3}}){_S}?(?:{_D}|/){_S}?(\d{_S}?\d(?:{_S}?\d{_S}?\d)?)(?!{_S}?\d)")
_COLON = re.compile(rf"{_S}?(?:[:,]|{_D})?{_S}?(?:(?i:met{_S}nummer|nrs?\.?|dossiers?){_S})?")
_FIVE = re.compile(rf"\d\d{_S}?\d{{3}}(?!\d)")
_SPACED_FIVE = re.compile(rf"\d(?:{_S}?\d){{4}}(?!\d)")
_CHAPTER = r"\(?(?P<sub>[IVX]{1,5}[A-E]?|[A-J]|R\d{4})\)?(?!\w)"
_COUNCIL = rf"{_S}?{_D}{_S}?(?P<sub>\d\d)(?!\d)"
_OF_CHAPTER = rf"(?:{_S}?{_D}{_S}?|{_S}){_CHAPTER}"
_COMPACT = rf"{_S}?{_D}{_S}?(?P<number>[1-9]\d{{0,4}}|[A-Z]{{1,2}})(?![\w]|{_D}\w)"
_TAILS = tuple(re.compile(tail) for tail in (_COUNCIL + _COMPACT, _OF_CHAPTER + _COMPACT, _OF_CHAPTER, _COUNCIL, _COMPACT))
_NR = re.compile(rf"{_S}?,?{_S}?(?i:n{_S}?r|(?P<many>n{_S}?rs|nummers)|(?:onder)?nummer|no)(?!\w)\.?{_S}?")
_NUMBER = re.compile(r"(?:[1-9]\d{0,4}(?!\d)|[A-Z]{1,2}(?!\w))")
_SPACED_NUMBER = re.compile(rf"[1-9](?:{_S}?\d){{0,4}}(?!{_S}?\d)")
_LETTER = re.compile(rf"{_S}?,{_S}([A-Z]{{1,2}})(?!\w)")
_NEXT = re.compile(rf"(?:{_S}?,{_S}?(?:en{_S})?|{_S}(?:en|t/m|tot{_S}en{_S}met|&){_S})(?P<nr>nrs?\.?{_S}?)?")
_MORE = re.compile(rf"{_S}?(?:;|,|{_S}en(?:{_S}in)?){_S}")
_ALSO = re.compile(rf"(?:{_S}?[,;/]|{_S}en){_S}?")
_PAGE = re.compile(rf"{_S}?,{_S}?(?:pp?|blz|pag)\.{_S}?\d{{1,5}}(?:{_S}?{_D}{_S}?\d{{1,5}})?(?!\d)")
_ITEM = re.compile(rf"{_S}?,{_S}?item{_S}(\d{{1,3}})(?!\d)")
_GAZETTE = re.compile(rf"{_S}?((?:18|19|20)\d\d),?{_S}(?:nr\.?{_S}?)?([1-9]\d{{0,5}})(?![\d-]|{_S}\d{{3}})")
_YEARS = re.compile(r"(?:19|20)\d\d")
_GOES_ON = re.compile(rf"{_D}\d|{_S}\d(?!\d?{_S}(?i:{_MONTHS}))")
_MONTH = re.compile(rf"{_S}(?i:{_MONTHS})")
_ENDS = re.compile(rf"(?:{_S}?(?:[).,;:\]]|\n|$)|{_S}en{_S})")
_ANNEX_NUMBER = re.compile(rf"{_S}([1-9]\d?|[IVX]{{1,4}})(?![\w%]|[.,]\d|{_S}?%)")
_ANNEX_NEXT = re.compile(rf"(?:,|{_S}(?:en|t/m)){_S}?(?:bijlage{_S})?([1-9]\d?|[IVX]{{1,4}})(?![\w%]|[.,]\d)")
_ELSEWHERE = re.compile(rf"{_S}(?:behorende?{_S})?(?:bij|van|aan|in|op){_S}(?!(?:deze|dit|artikel(?:en)?)(?!\w))")
_POINTED_AT = re.compile(rf"(?:(?<!\w)(?i:de|deze|als|zie|in|bijgaande|bijgevoegde|bijgesloten){_S}|\()$")
_ROMAN = {"I": 1, "II": 2, "III": 3, "IV": 4, "V": 5, "VI": 6, "VII": 7, "VIII": 8, "IX": 9, "X": 10, "XI": 11, "XII": 12}
_COUNCILS = "21501"  # the one dossier that is divided by two digits: a council each
_MANY = 40  # pieces that one mention may name


@dataclass(frozen=True, slots=True)
class Mention:
    """A span that names something: a piece by the numbers it may have, by its identifier, or an annex of the own document."""

    start: int
    end: int
    publications: tuple[Publication, ...] = ()
    identifier: str = ""
    is_annex: bool = False
    annex: int | None = None


@dataclass(slots=True)
class _Reader:
    """A place in a text, and what the mention has said so far."""

    text: str
    at: int
    chamber: Chamber = ""
    session: str = ""
    spaced: bool = False
    found: list[Mention] = field(default_factory=list)

    def take(self, pattern: re.Pattern[str]) -> re.Match[str] | None:
        """What stands here, if it has this form; then go on behind it."""
        found = pattern.match(self.text, self.at)
        if found:
            self.at = found.end()
        return found


def mentions(text: str) -> Iterator[Mention]:
    """The mentions in a text, in order; they do not overlap."""
    at = 0
    while anchor := _ANCHOR.search(text, at):
        kind = anchor.lastgroup or ""
        reader = _Reader(text, anchor.end())
        if kind in _PARSERS:
            _PARSERS[kind](reader, anchor)
        elif kind in ("identifier", "record"):
            reader.found.append(_identified(anchor))
        yield from reader.found
        at = max(anchor.end(), *(mention.end for mention in reader.found), anchor.start() + 1)


def _identified(anchor: re.Match[str]) -> Mention:
    publication = published_as(anchor[0])
    return Mention(anchor.start(), anchor.end(), (publication,) if publication else (), anchor[0])


def published_as(identifier: str) -> Publication | None:
    """The number that an official identifier (``kst-21501-02-2602``) states, if it states one."""
    stem, *pieces = identifier.split("-")
    if stem == "kst" and len(pieces) > 1:
        return Publication("", "", "-".join(pieces[:-1]), pieces[-1])
    if stem in ("ah", "h") and len(pieces) > 2:
        years = pieces[1]
        session = _session(years[:4], years[4:])
        chamber: Chamber = "I" if pieces[0] == "ek" else "II"
        return Publication(chamber, session, "", pieces[2], "Aanhangsel" if stem == "ah" else "Handelingen", "".join(pieces[3:]))
    series = {"stb": "Staatsblad", "stcrt": "Staatscourant", "prb": "Provinciaal blad", "gmb": "Gemeenteblad"}.get(stem)
    return Publication("", pieces[0], "", pieces[1], cast("Series", series)) if series else None


def _session(first: str, second: str) -> str:
    """``2020/21``, or empty where the two years do not follow each other."""
    following = str(int(first) + 1)
    return f"{first}/{following[2:]}" if second in (following, following[2:]) else ""


def _digits(text: str) -> str:
    return "".join(c for c in text if not c.isspace())


def _paper(reader: _Reader, anchor: re.Match[str]) -> None:
    """``Kamerstukken II 2020/21, 21501-02, nr. 2400, p. 3`` and all that is left out of it."""
    reader.spaced = any(c.isspace() for c in anchor[0].strip())
    _chamber_and_session(reader)
    reader.take(_COLON)
    start = anchor.start()
    while len(reader.found) < _MANY and _piece(reader, start, marked=True):
        before = reader.at
        if not reader.take(_MORE):
            break
        start = reader.at
        if not _is_piece(reader):
            reader.at = before
            break


def _chamber_and_session(reader: _Reader) -> None:
    if named := reader.take(_FULL_CHAMBER):
        reader.chamber = "I" if named[1] == "Eerste" else "II"
    if chamber := reader.take(_CHAMBER):
        reader.spaced |= chamber[1] not in ("I", "II", "I/II")
        reader.chamber = cast("Chamber", _digits(chamber[1]))
    if session := reader.take(_SESSION) or reader.take(_SPACED_SESSION):
        reader.spaced |= _digits(session[1]) != session[1]
        reader.session = _session(_digits(session[1]), _digits(session[2]))


def _bare(reader: _Reader, anchor: re.Match[str]) -> None:
    """``(21 501-04, nr. 119)``: without a keyword only what can be nothing else."""
    _piece(reader, anchor.start(), marked=False)


def _piece(reader: _Reader, start: int, *, marked: bool) -> bool:
    """A dossier, or several, and the numbers behind it; whether there was one."""
    first = reader.at
    dossiers: list[str] = []
    number = ""
    while len(dossiers) < _MANY and not number and (found := _dossier(reader, marked=marked)):
        dossier, number, reader.at = found
        dossiers.append(dossier)
        end = reader.at
        if not reader.take(_ALSO) or number:
            reader.at = end
            break
    if not dossiers:
        reader.at = first
        return False
    reader.at = end
    if number:
        if marked or _is_certain(reader.text, first, end, dossiers[0], number):
            _add(reader, start, dossiers, number)
        return True
    if not _numbers(reader, start, dossiers) and marked:
        _add(reader, start, dossiers, "")
    return True


def _is_piece(reader: _Reader) -> bool:
    """Whether a dossier with a number of its own stands here."""
    ahead = _dossier(_Reader(reader.text, reader.at, spaced=reader.spaced))
    return ahead is not None and bool(ahead[1] or _NR.match(reader.text, ahead[2]))


def _is_certain(text: str, start: int, end: int, dossier: str, number: str) -> bool:
    """Whether ``36 471-64`` without a keyword is a piece: by its chapter, by its council, or alone between brackets."""
    five, _, sub = dossier.partition("-")
    return sub.isalpha() or (bool(sub) and five == _COUNCILS) or (text[start - 1 : start] == "(" and text[end : end + 1] == ")" and number.isdigit())


def _dossier(reader: _Reader, *, marked: bool = True) -> tuple[str, str, int] | None:
    """(dossier, number or empty, where it ends) of what stands here; the reader stays in its place."""
    pattern = _SPACED_FIVE if marked else _FIVE
    five = pattern.match(reader.text, reader.at)
    if not five:
        return None
    reader.spaced |= not _FIVE.fullmatch(five[0])  # digits that stand apart otherwise than as 21 501
    name = _digits(five[0])
    for tail in _TAILS:
        found = tail.match(reader.text, five.end())
        if not found:
            continue
        named = found.groupdict()
        sub, number = named.get("sub") or "", named.get("number") or ""
        if sub.isdigit() and not number and name != _COUNCILS and sub[0] != "0" and not _NR.match(reader.text, found.end()):
            return name, sub, found.end()  # 36 471-64
        return (f"{name}-{sub}" if sub else name), number, found.end()
    return name, "", five.end()


def _numbers(reader: _Reader, start: int, dossiers: Sequence[str]) -> bool:
    """The numbers behind a dossier: ``nr. 2733``, ``nrs. 2733 en 2734``, ``, D``; whether there were any."""
    if reader.chamber == "I" and (letter := reader.take(_LETTER)):
        _add(reader, start, dossiers, letter[1])
        return True
    before = reader.at
    nr = reader.take(_NR)
    number = _one_number(reader) if nr else ""
    if not nr or not number:
        reader.at = before
        return False
    _add(reader, start, dossiers, number)
    many = bool(nr["many"])
    for _ in range(_MANY):
        before = reader.at
        again = reader.take(_NEXT)
        start = reader.at - len(again["nr"] or "") if again else before
        following = _one_number(reader) if again and not _is_piece(reader) else ""
        if not again or not following or not (many or again["nr"] or _follows(reader, number, following, again[0])):
            reader.at = before
            break
        _add(reader, start, dossiers, following)
    return True


def _one_number(reader: _Reader) -> str:
    """The number that stands here, empty where it is part of a date or of something longer."""
    before = reader.at
    found = reader.take(_SPACED_NUMBER if reader.spaced else _NUMBER)
    if found and not _MONTH.match(reader.text, reader.at) and not _GOES_ON.match(reader.text, reader.at):
        return _digits(found[0])
    reader.at = before
    return ""


def _follows(reader: _Reader, number: str, following: str, between: str) -> bool:
    """Whether ``nr. 2733 en 2740`` goes on: a number of the same length, or one that closes the mention."""
    alike = len(following) == len(number)
    if "," in between:
        return alike and len(number) > 2 and not _YEARS.fullmatch(following)
    return alike or bool(_ENDS.match(reader.text, reader.at))


def _add(reader: _Reader, start: int, dossiers: Sequence[str], number: str) -> None:
    reader.take(_PAGE)
    publications = tuple(Publication(reader.chamber, reader.session, dossier, number) for dossier in dict.fromkeys(dossiers))
    reader.found.append(Mention(start, reader.at, publications))


def _minutes(reader: _Reader, anchor: re.Match[str]) -> None:
    """``Handelingen II 2017/18, nr. 61, item 10`` and ``Aanhangsel Handelingen II 2023/24, nr. 1076``."""
    _chamber_and_session(reader)
    number = _one_number(reader) if reader.take(_NR) else ""
    if not number:
        return
    series: Series = "Aanhangsel" if anchor.lastgroup == "questions" else "Handelingen"
    item = reader.take(_ITEM) if series == "Handelingen" else None
    reader.take(_PAGE)
    publication = Publication(reader.chamber, reader.session, "", number, series, item[1] if item else "")
    reader.found.append(Mention(anchor.start(), reader.at, (publication,)))


def _gazette(reader: _Reader, anchor: re.Match[str]) -> None:
    """``Stb. 2018, 84``."""
    if found := reader.take(_GAZETTE):
        series: Series = "Staatsblad" if anchor[0].startswith(("Stb", "Staatsb")) else "Staatscourant"
        reader.found.append(Mention(anchor.start(), reader.at, (Publication("", found[1], "", found[2], series),)))


def _annex(reader: _Reader, anchor: re.Match[str]) -> None:
    """``bijlage 2``, ``bijlagen 1 en 2``, ``de bijlage``; not the annex of a law or of another piece."""
    start = anchor.start()
    spans: list[tuple[int, int, str]] = []
    found = reader.take(_ANNEX_NUMBER)
    while found and len(spans) < _MANY and not _MONTH.match(reader.text, reader.at):
        spans.append((start, reader.at, found[1]))
        found = reader.take(_ANNEX_NEXT)
        start = found.start(1) if found else reader.at
    if not spans and _POINTED_AT.search(reader.text[max(0, start - 16) : start]):
        spans.append((start, anchor.end(), ""))
    if spans and not _ELSEWHERE.match(reader.text, spans[-1][1]):
        numbers = [(a, b, int(name) if name.isdigit() else _ROMAN.get(name)) for a, b, name in spans]
        reader.found += [Mention(a, b, is_annex=True, annex=number) for a, b, number in numbers if number or b == anchor.end()]


_PARSERS = {"paper": _paper, "bare": _bare, "questions": _minutes, "minutes": _minutes, "gazette": _gazette, "annex": _annex}
