"""Which paragraphs are headings, by size, weight, capitals and number, and at which level."""

import re
from collections import Counter
from collections.abc import Sequence

from rbzqa.readers.pdf.paragraphs import Paragraph

_NUMBER = re.compile(
    r"(?:[Hh]oofdstuk |[Pp]aragraaf |[Bb]ijlage |[Aa]rtikel )?(\d{1,2}(?:\.\d{1,2}){0,4})[.)]?\s+(?=\S)|[IVX]{2,5}\.\s+|[a-z]\.\s+"
)  # one capital is an initial
_ENDS = re.compile(r"[.;,][\"'”’»)]*$")
_QUESTION = re.compile(r"(?:Vraag|Vragen|Antwoord|Antwoorden)(?: op)?(?: vra(?:ag|gen))? \d{1,3}(?:(?:, | en | t/m | tot en met |, en )\d{1,3})*[.:]?")
_CAPITALS = tuple("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
_ROMANS = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII")
_OFFICER = re.compile(r"(?:De )?(?:(?:fungerend|adjunct)[- ])?(?:voorzitter|griffier)\b[^.]{0,60}:", re.IGNORECASE)
_MAX_CHARS = 200
_MAX_LINES = 4
_LARGER = 0.8  # points above the body
_MAX_LEVEL = 6

Style = tuple[float, bool, bool, int]  # size, capitals, bold, rank
Traits = tuple[bool, bool, bool]  # bold, italic, underlined


def heading_levels(found: Sequence[Paragraph], texts: Sequence[str], body: float) -> list[int]:
    """The level of each paragraph that is a heading, 0 for the others.

    Args:
        found: the paragraphs in reading order.
        texts: the running text of each.
        body: the size of running text, in points.
    """
    letters: Counter[Traits] = Counter()
    for paragraph in found:
        for line in paragraph.lines:
            letters[line.bold, line.italic, line.underlined] += len(line.text)
    usual = letters.most_common(1)[0][0] if letters else (False, False, False)
    lettered = _sequences(found, texts)
    styles: dict[int, Style] = {}
    for n, paragraph in enumerate(found):
        after = _text_after(found, texts, n)
        if not paragraph.row and (n in lettered or _is_heading(paragraph, texts[n], (texts[n - 1] if n else "", after), body, usual)):
            style = _style(paragraph, texts[n])
            styles[n] = (*style[:3], lettered.get(n, style[3]))
    _spare_runs(found, texts, styles)
    return _levels(_ranked(styles, texts), texts)


def _text_after(found: Sequence[Paragraph], texts: Sequence[str], n: int) -> str:
    """What stands under a line that may be a heading, also below another one that is set off; nothing if it is a table."""
    after = n + 1
    if after + 1 < len(found) and all(line.underlined or line.italic for line in found[after].lines):
        after += 1
    return texts[after] if after < len(found) and not found[after].row else ""


def _levels(styles: dict[int, Style], texts: Sequence[str]) -> list[int]:
    """Levels by the order of the styles; what is numbered alike is of one level, and 2.1 is one deeper than 2."""
    ranks = {style: 10 * rank for rank, style in enumerate(sorted(set(styles.values()), key=lambda style: (-style[0], not style[1], not style[2], style[3])))}
    places = {n: ranks[style] for n, style in styles.items()}
    for kind in ("1", "a"):
        for size in {style[0] for style in styles.values()}:
            alike = [n for n in styles if _kind(texts[n]) == kind and styles[n][0] == size]
            place, depth = min((places[n] for n in alike), default=0), min((_depth(texts[n]) for n in alike), default=0)
            places.update({n: place + _depth(texts[n]) - depth for n in alike})
    order = {place: level for level, place in enumerate(sorted(set(places.values())), 1)}
    return [min(order[places[n]], _MAX_LEVEL) if n in places else 0 for n in range(len(texts))]


def _style(paragraph: Paragraph, text: str) -> Style:
    first = paragraph.lines[0]
    return (
        round(first.size * 2) / 2,
        _is_capital(text),
        all(line.bold for line in paragraph.lines),
        _rank(text, italic=first.italic, underlined=first.underlined),
    )


def _rank(text: str, *, italic: bool, underlined: bool) -> int:
    """The order of headings that are set alike: numbers, words, letters, words underlined, words in italics."""
    number = _NUMBER.match(text)
    if number:
        return 0 if number[1] or number[0][:2].isupper() else 2
    return 3 if underlined else 4 if italic else 1


def _ranked(styles: dict[int, Style], texts: Sequence[str]) -> dict[int, Style]:
    """Words are of the rank of numbers where headings that are set alike begin with words: "Inleiding", then "1. Raad"."""
    first: dict[tuple[float, bool, bool], int] = {}
    for n in sorted(styles):
        if styles[n][3] < 2:
            first.setdefault(styles[n][:3], styles[n][3])
    return {n: (*style[:3], 0) if style[3] == 1 and first[style[:3]] == 1 else style for n, style in styles.items()}


def _sequences(found: Sequence[Paragraph], texts: Sequence[str]) -> dict[int, int]:
    """Single lines "A. ...", "B. ..." or "I. ...", "II. ..." that stand apart in running text and count from the first on.

    Returns:
        The rank of each by index: those that come first in the document are above the others.
    """
    out: dict[int, int] = {}
    places: list[set[int]] = []
    for order in (_CAPITALS, _ROMANS):
        run: list[int] = []
        places.append(set())
        for n, paragraph in enumerate(found):
            label = texts[n].partition(". ")[0]
            longer = n + 1 < len(found) and (len(texts[n + 1]) > len(texts[n]) or texts[n + 1].partition(". ")[0] in (*_CAPITALS, *_ROMANS))
            if label not in order or len(paragraph.lines) > 1 or not paragraph.gap or paragraph.row or not longer or _ENDS.search(texts[n]):
                continue
            place = order.index(label)
            if place == 0:
                run = [n]
            elif run and texts[run[-1]].partition(". ")[0] == order[place - 1]:
                run.append(n)
                places[-1] |= set(run)
    for rank, alike in enumerate(sorted(filter(None, places), key=min), -len(places)):
        out.update(dict.fromkeys(alike, rank))
    return out


def _kind(text: str) -> str:
    """How a text is numbered: ``1`` by figures, ``a`` by letters, nothing."""
    number = _NUMBER.match(text)
    return "" if not number else "1" if number[1] else "a"


def _depth(text: str) -> int:
    number = _NUMBER.match(text)
    return number[1].count(".") + 1 if number and number[1] else 1


def _is_capital(text: str) -> bool:
    return sum(char.isalpha() for char in text) > 3 and text == text.upper()


def _is_heading(paragraph: Paragraph, text: str, around: tuple[str, str], body: float, usual: Traits) -> bool:
    """Whether a paragraph is a heading, by how it is set and by the texts before and after it."""
    lines, (before, after) = paragraph.lines, around
    if len(text) > _MAX_CHARS or len(lines) > _MAX_LINES or not any(char.isalpha() for char in text) or _ENDS.search(text):
        return False
    if _QUESTION.fullmatch(text):
        return True
    if _OFFICER.match(text):
        return False
    if not after and lines[0].size <= body + _LARGER:
        return False
    if text.startswith(("•", "–", "-")) or (text[0].islower() and not _NUMBER.match(text)):
        return False
    size = min(line.size for line in lines)
    bold = all(line.bold for line in lines) and not usual[0]
    if size > body + _LARGER or (bold and size > 0.9 * body):
        return True
    underlined = all(line.underlined for line in lines) and not usual[2] and not text.startswith(("http", "www."))
    if size < 0.9 * body or (text.endswith(":") and not underlined):
        return False
    italic = all(line.italic for line in lines) and not usual[1]
    capital = _is_capital(text) and len(text) > 5
    kind, follows = _kind(text), _kind(after)
    numbered = kind and paragraph.gap and len(lines) == 1 and kind not in (follows, _kind(before)) and (len(after) > len(text) or bool(follows))
    return ((italic or underlined) and len(lines) <= 2 and len(after) > len(text)) or (capital and paragraph.gap) or bool(numbered)


def _spare_runs(found: Sequence[Paragraph], texts: Sequence[str], styles: dict[int, Style]) -> None:
    """Four short lines alike below each other, and no larger than text, are a list and no headings."""
    run: list[int] = []
    for n in range(len(found) + 1):
        alike = n in styles and (not run or styles[run[-1]] == styles[n]) and not _QUESTION.fullmatch(texts[n])
        if alike:
            run.append(n)
            continue
        if len(run) >= 4 and not styles[run[0]][2]:
            for each in run:
                del styles[each]
        run = [n] if n in styles and not _QUESTION.fullmatch(texts[n]) else []
