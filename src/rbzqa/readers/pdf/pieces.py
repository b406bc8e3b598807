"""Glyphs -> pieces: stretches of text on one baseline, with real word spaces, whole letters and footnote marks taken out."""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from rbzqa.readers.lines import normalise
from rbzqa.readers.pdf.glyphs import Glyph, Page

_ACCENTS = {
    "´": "\u0301",
    "`": "\u0300",
    "¨": "\u0308",
    "^": "\u0302",
    "ˆ": "\u0302",
    "˜": "\u0303",
    "¸": "\u0327",
    "ˇ": "\u030c",
    "˘": "\u0306",
    "˙": "\u0307",
    "˚": "\u030a",
    "˝": "\u030b",
    "˛": "\u0328",
    "¯": "\u0304",
}
_SUPERIOR = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")
_MARK = re.compile(r"\(?(?:\d{1,3}|\*{1,3}|[†‡])\)?(?:[ ,;]+(?:\d{1,3}|\*{1,3}|[†‡]))*[ ,;]*")
_LABELS = re.compile(r"\d{1,3}|\*{1,3}|[†‡]")
_UNIT = re.compile(r"(?:^|[^\W_\d]\b.*|\W|\d)(?:[kcdm]?m|10)$")
_GAP = 1.0  # in ems: a wider gap parts two pieces
_GAP_OF_SIZES = 0.45
_WIDE = 0.5  # in ems: a gap that may part the cells of a table
_BACK = 1.0  # in ems: a jump back further than a displaced accent
_SMALL = 0.8  # of the size beside it: a raised or lowered figure
_SMALL_LABEL = 0.92  # the same, of figures that are clearly raised
_MAX_BESIDE = 300  # runs at about one height: more is no text, and must not cost the square of its size
_SPACE = 0.13  # in ems: the gap that is a word space, on a page without space glyphs
_SPACE_BESIDE = (0.2, 1.75)  # in ems, and at least so many points, on a page with them: Word rounds glyphs to 0.75 pt


@dataclass(frozen=True, slots=True)
class Piece:
    """Text on one baseline of one page; ``cells`` are the pieces of which a whole line was made.

    ``gaps`` are (offset, x) of the words that stand behind a wide space;
    ``strong`` is set if some of it is bold, ``bold`` if all is;
    ``first`` is where its first word ends and ``second`` where its second begins, in points;
    ``marks`` are (offset, label) of the footnote marks that stood in ``text``.
    """

    page: int
    x0: float
    x1: float
    y: float
    size: float
    text: str
    bold: bool = False
    italic: bool = False
    marks: tuple[tuple[int, str], ...] = ()
    first: float = 0.0
    second: float = 0.0
    cells: tuple["Piece", ...] = ()
    column: int = 0
    underlined: bool = False
    strong: bool = False
    gaps: tuple[tuple[int, float], ...] = ()


@dataclass(slots=True)
class _Run:
    glyphs: list[Glyph]
    x0: float
    x1: float
    y: float
    size: float
    raised: bool = False


@dataclass(slots=True)
class _Row:
    y: float
    size: float
    runs: list[_Run] = field(default_factory=list)


def read_pieces(page: Page) -> list[Piece]:
    """The pieces of a page, from top to bottom and from left to right."""
    spaces = sum(glyph.text == " " for glyph in page.glyphs)
    gap = _SPACE_BESIDE if spaces * 20 > len(page.glyphs) else (_SPACE, 0.0)
    rows = _rows([run for run in _runs(page.glyphs) if any(glyph.text != " " for glyph in run.glyphs)])
    return [piece for row in rows for piece in _pieces(page.number, row, gap)]


def join_pieces(pieces: Sequence[Piece]) -> Piece:
    """One line of the pieces that stand beside each other on it; a raised figure that stands alone is text."""
    head = pieces[0]
    if not any(piece.text for piece in pieces):
        return replace(head, text=" ".join(label for piece in pieces for _, label in piece.marks), marks=())
    if len(pieces) == 1:
        return head
    text, marks = "", []
    for piece in pieces:
        text = f"{text} {piece.text}" if text and piece.text else text + piece.text
        marks += [(len(text) - len(piece.text) + offset, label) for offset, label in piece.marks]
    worded = [piece for piece in pieces if any(char.isalnum() for char in piece.text)] or list(pieces)
    return replace(
        head,
        x1=max(piece.x1 for piece in pieces),
        size=max(pieces, key=lambda piece: len(piece.text)).size,
        text=text,
        marks=tuple(marks),
        bold=all(piece.bold for piece in worded),
        italic=all(piece.italic for piece in worded),
        underlined=all(piece.underlined for piece in worded),
        strong=any(piece.strong for piece in pieces),
        second=head.second if head.second < head.x1 else pieces[1].x0,
        cells=tuple(pieces),
    )


def _runs(glyphs: Iterable[Glyph]) -> Iterator[_Run]:
    """Glyphs that follow each other in the content stream on one baseline."""
    run: _Run | None = None
    for glyph in glyphs:
        size = glyph.style.size or 1.0
        em = max(size, run.size) if run else size
        goes_on = run and abs(glyph.y - run.y) < 0.1 * em and abs(size - run.size) < 0.15 * em and -_BACK * em < glyph.x0 - run.x1 < _GAP * em
        if run and goes_on:
            run.glyphs.append(glyph)
            run.x1 = max(run.x1, glyph.x1)
        elif run and glyph.text == " " and abs(glyph.y - run.y) < em and abs(glyph.x0 - run.x1) < 0.1 * em:
            run.glyphs.append(glyph)  # behind a mark, in the size of the text
        elif glyph.text != " ":
            if run:
                yield run
            run = _Run([glyph], glyph.x0, glyph.x1, glyph.y, size)
    if run:
        yield run


def _rows(runs: list[_Run]) -> list[_Row]:
    """Runs by baseline; a small figure beside a larger letter belongs to the baseline of that letter."""
    near: dict[int, list[_Run]] = defaultdict(list)
    for run in runs:
        near[round(run.y / 8)].append(run)
    rows: list[_Row] = []
    hosts = {id(run): host for run in runs if (host := _host(run, near))}
    for run in sorted(runs, key=lambda run: -run.y):
        if id(run) in hosts:
            continue
        row = next((row for row in rows[:-4:-1] if abs(row.y - run.y) < 0.25 * min(row.size, run.size)), None)
        if row is None:
            rows.append(row := _Row(run.y, run.size))
        row.runs.append(run)
    row_of = {id(run): row for row in rows for run in row.runs}
    for run in runs:
        host = hosts.get(id(run))
        if host and id(host) in row_of:
            run.raised = run.y > host.y + 0.12 * host.size
            row_of[id(host)].runs.append(run)
        elif host:
            rows.append(_Row(run.y, run.size, [run]))
    return sorted(rows, key=lambda row: -row.y)


def _host(small: _Run, near: dict[int, list[_Run]]) -> _Run | None:
    """The larger run against which a small one stands raised or lowered."""
    if len(small.glyphs) > 12:
        return None
    place = round(small.y / 8)
    label = all(glyph.text.isdigit() or glyph.text == " " for glyph in small.glyphs)
    for run in (run for at in (place, place - 1, place + 1) for run in near[at][:_MAX_BESIDE] if run.size * (_SMALL_LABEL if label else _SMALL) > small.size):
        em = run.size
        if run.size * _SMALL <= small.size and small.y - run.y < 0.2 * em:
            continue
        touches = run.x0 - 0.8 * em < small.x1 and small.x0 < run.x1 + 0.4 * em
        if touches and -0.4 * em < small.y - run.y < 0.75 * em and abs(small.y - run.y) > 0.05 * em:
            return run
    return None


def _pieces(page: int, row: _Row, gap: tuple[float, float]) -> Iterator[Piece]:
    """Part the runs of a row where a gap is wider than a word space."""
    runs = sorted(row.runs, key=lambda run: run.x0)
    group: list[_Run] = []
    for run in runs:
        if group and _is_wide(run, group):
            yield from _piece(page, row, group, gap)
            group = []
        group.append(run)
    yield from _piece(page, row, group, gap)


def _is_wide(run: _Run, group: Sequence[_Run]) -> bool:
    """Whether the white before a run parts it; between two sizes, as of text and margin, less is enough."""
    last = group[-1]
    level = not run.raised and not last.raised and abs(run.size - last.size) > 0.15 * last.size
    return run.x0 - max(each.x1 for each in group[-3:]) > (_GAP_OF_SIZES if level else _GAP) * max(run.size, last.size)


def _piece(page: int, row: _Row, runs: Sequence[_Run], gap: tuple[float, float]) -> Iterator[Piece]:
    """One piece; nothing if it only holds white space."""
    glyphs = _compose([(glyph, run.raised) for run in runs for glyph in run.glyphs])
    largest = max(runs, key=lambda run: len(run.glyphs))
    space = max(gap[0] * largest.size, gap[1])
    text, marks, raised = "", list[tuple[int, str]](), ""
    first, second, ended = 0.0, 0.0, 0.0
    gaps: list[tuple[int, float]] = []
    last: Glyph | None = None
    for glyph, is_raised in [*glyphs, (Glyph(" ", 1e9, 1e9, row.y, largest.glyphs[0].style), False)]:
        if raised and not (is_raised or (glyph.text == " " and last and last.text != " ")):
            text, marks, raised = _settle(text, marks, raised)
        if is_raised or (raised and glyph.text == " " and glyph.x0 < 1e9):
            raised += glyph.text
        elif glyph.text != " ":
            parted = last is not None and (last.text == " " or glyph.x0 - last.x1 > space)
            if parted and last and text and not text.endswith(" "):
                text += " "
                first = first or last.x1
            if text.endswith(" "):
                second = second or glyph.x0
                if glyph.x0 - ended > _WIDE * largest.size:
                    gaps.append((len(text), glyph.x0))
            text += glyph.text
            ended = glyph.x1
        elif text and not text.endswith(" ") and glyph.x0 < 1e9:
            first = first or (last.x1 if last else glyph.x0)
            text += " "
        last = glyph
    if raised:
        text, marks, raised = _settle(text, marks, raised)
    marks = [(len(normalise(text[:offset]).lstrip()), label) for offset, label in marks]
    source, text = text, normalise(text).strip()
    if not text and not marks:
        return
    lettered = [glyph for glyph, _ in glyphs if glyph.text.isalnum()]
    x1 = max(run.x1 for run in runs)
    yield Piece(
        page,
        min(run.x0 for run in runs),
        x1,
        row.y,
        largest.size,
        text,
        bold=bool(lettered) and all(glyph.style.bold for glyph in lettered),
        italic=bool(lettered) and all(glyph.style.italic for glyph in lettered),
        marks=tuple((min(offset, len(text)), label) for offset, label in marks),
        first=first or x1,
        second=second or x1,
        gaps=tuple((min(len(normalise(source[:offset]).lstrip()), len(text)), x) for offset, x in gaps),
        strong=any(glyph.style.bold for glyph in lettered),
    )


def _settle(text: str, marks: list[tuple[int, str]], raised: str) -> tuple[str, list[tuple[int, str]], str]:
    """Take a raised figure out as a mark, unless it is a power ("km2") or an ordinal ("1e")."""
    spaced = raised.endswith(" ")
    body = raised.strip()
    figures = body.translate(_SUPERIOR)
    if _MARK.fullmatch(figures) and not (figures in "23" and _UNIT.search(text[-12:])):
        at = len(text.rstrip())
        marks = marks + [(at, label) for label in _LABELS.findall(figures)]
        return (f"{text.rstrip()} " if (spaced or text.endswith(" ")) and at else text.rstrip()), marks, ""
    return text + body + (" " if spaced else ""), marks, ""


def _compose(glyphs: list[tuple[Glyph, bool]]) -> list[tuple[Glyph, bool]]:
    """Give a letter the accent that is printed over it as a glyph of its own: that is what the page shows.

    Only an accent that overlaps the letter counts; an acute behind a letter stays what it is.
    """
    out: list[tuple[Glyph, bool]] = []
    waiting: Glyph | None = None
    for glyph, raised in glyphs:
        if waiting and glyph.text != " ":
            whole = _accented(glyph, waiting)
            glyph = whole or glyph
            if not whole:
                out.append((waiting, raised))
            waiting = None
        if glyph.text in _ACCENTS:
            at = next((n for n in range(len(out) - 1, max(len(out) - 4, -1), -1) if _accented(out[n][0], glyph)), None)
            if at is None:
                waiting = glyph
            else:
                out[at] = (_accented(out[at][0], glyph) or out[at][0], out[at][1])
            continue
        out.append((glyph, raised))
    return [*out, *([(waiting, False)] if waiting else [])]


def _accented(letter: Glyph, accent: Glyph) -> Glyph | None:
    """The letter with its accent, if the one is printed over the other and a letter like that exists."""
    middle = (accent.x0 + accent.x1) / 2
    base = {"ı": "i", "ȷ": "j"}.get(letter.text, letter.text)
    whole = unicodedata.normalize("NFC", base + _ACCENTS[accent.text])
    if not letter.text.isalpha() or len(whole) != 1 or not letter.x0 <= middle <= letter.x1:
        return None
    return replace(letter, text=whole)
