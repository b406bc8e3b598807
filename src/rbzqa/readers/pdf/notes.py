"""Footnotes: small print at the foot of a page that a raised figure, or the number of a mark, opens."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from rbzqa.readers.pdf.pieces import Piece
from rbzqa.readers.pdf.sheets import Sheet

_PLAIN = re.compile(r"\(?(\d{1,3}|\*{1,3})[.)]?\s+(?=\S)")
_SMALLER = 0.94  # of the size of the body
_PITCH = 1.7  # in sizes: lines of one footnote stand no further apart
_FOOT = 0.3  # share of the height in which a footnote that runs on from the page before may stand alone


@dataclass(slots=True)
class Note:
    """One footnote: its ``label``, its lines (the first without the label), its page, the addresses of its links."""

    label: str
    sheet: int
    lines: list[Piece] = field(default_factory=list)
    urls: list[str] = field(default_factory=list)


def take_notes(sheets: Sequence[Sheet], lines: list[list[Piece]], body: float) -> list[Note]:
    """Take the footnotes out of the ``lines`` of each sheet.

    Args:
        sheets: the pages.
        lines: of each page, in reading order; those of footnotes are removed.
        body: the size of running text, in points.
    """
    notes: list[Note] = []
    for sheet, on_page in zip(sheets, lines, strict=True):
        last = notes[-1] if notes and notes[-1].lines[-1].page == sheet.number - 1 else None
        touched: list[Note] = []
        for column in sorted({line.column for line in on_page}):
            found = _at_foot(sheet, [line for line in on_page if line.column == column], on_page, last, body)
            touched += found
            taken = {id(line) for note in found for line in note.lines}
            on_page[:] = [line for line in on_page if id(line) not in taken]
        notes += [note for note in touched if note is not last]
        for note in touched:
            note.urls += [url for url in _urls(sheet, note) if url not in note.urls]
    return notes


def _at_foot(sheet: Sheet, column: list[Piece], page: Sequence[Piece], last: Note | None, body: float) -> list[Note]:
    """The notes of one column; the first may be ``last``, that of the page before, which runs on."""
    column = sorted(column, key=lambda line: -line.y)
    start = len(column)
    while start and column[start - 1].size <= _SMALLER * body:
        start -= 1
    small = column[start:]
    below = set(map(id, small))
    marks = {label for line in page if id(line) not in below for _, label in line.marks}
    first = next((n for n, line in enumerate(small) if _label(line, marks, None)), len(small))
    notes: list[Note] = []
    if last is not None and (run_on := _running_on(sheet, small[:first], first < len(small))):
        last.lines += run_on
        notes.append(last)
    for line in small[first:]:
        label = _label(line, marks, notes[-1].label if notes else None)
        if label:
            notes.append(Note(label[0], sheet.number, [line]))
        elif notes:
            notes[-1].lines.append(line)
    return notes


def _running_on(sheet: Sheet, above: Sequence[Piece], labelled: bool) -> list[Piece]:
    """The small lines close above the first label: no table, and no text far from the foot."""
    out: list[Piece] = []
    for line in reversed(above):
        if line.cells or (out and line.y - out[-1].y > _PITCH * line.size) or (not out and not labelled and line.y > _FOOT * sheet.height):
            break
        out.append(line)
    return out[::-1]


def _label(line: Piece, marks: set[str], last: str | None) -> tuple[str, int] | None:
    """The label that opens a footnote, and how many characters of the text it takes."""
    if line.marks and line.marks[0][0] == 0:
        return line.marks[0][1], 0
    plain = _PLAIN.match(line.text)
    if plain and plain[1] in marks and (not (last or "").isdecimal() or not plain[1].isdecimal() or int(plain[1]) == int(last or 0) + 1):
        return plain[1], plain.end()
    return None


def text_of(note: Note) -> list[tuple[str, tuple[tuple[int, str], ...]]]:
    """The lines of a note, without its label, each with the marks in it."""
    out = [(line.text, line.marks) for line in note.lines]
    text, marks = out[0]
    if marks and marks[0] == (0, note.label):
        out[0] = (text, marks[1:])
    elif plain := _PLAIN.match(text):
        out[0] = (text[plain.end() :], tuple((offset - plain.end(), label) for offset, label in marks))
    return out


def _urls(sheet: Sheet, note: Note) -> list[str]:
    """The addresses to which the lines of a note on this page link."""
    lines = [line for line in note.lines if line.page == sheet.number]
    return [
        link.url
        for link in sheet.links
        if any(link.y0 - 1 < line.y + line.size / 3 < link.y1 + 1 and link.x0 < line.x1 and line.x0 < link.x1 for line in lines)
    ]
