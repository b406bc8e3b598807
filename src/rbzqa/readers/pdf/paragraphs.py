"""Lines -> paragraphs: where one ends by leading, indent, list mark or a last line that is not full."""

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from rbzqa.readers.pdf.pieces import Piece
from rbzqa.readers.pdf.tables import Row

_MARKER = re.compile(r"(?:[•▪◦‣●○■□►✓➢\-–—*o·]|\(?\d{1,3}(?:\.\d{1,2}){0,4}[.)°]?\.?|\(?[a-zA-Z][.)]|\(?[ivx]{1,5}[.)])(?= )")
_BULLETS = frozenset("•▪◦‣●○■□►✓➢·")
_NUMBERED = re.compile(r"\(?(?:\d{1,3}(?:\.\d{1,2}){0,4}[.)°]|[a-z][.)]|[ivx]{1,5}[.)]|\d{1,2}(?:\.\d{1,2}){1,4}\s)")
_TERMINAL = re.compile(r"[.?!:;…][\"'”’»)\]]*$")
_ABBREVIATION = re.compile(r"(?:\b[a-z](?:\.[a-z])+|\b(?:nrs?|no|art|blz|pag|p|dhr|mw|mr|drs|dr|ir|ing|prof|ca|vgl|resp|incl|excl|bijv|o|c))\.$", re.IGNORECASE)
_HYPHENS = ("-", "\u2010", "\u00ad")
_LEADER = re.compile(r"(?<!\.)\.{4,}+\s*+\d*$|(?<! \.)(?: \.){4,}+\s*+\d*$")
_LEADING = 1.25  # of the usual pitch: a larger one parts paragraphs
_INDENT = 0.8  # in sizes
_SIZE = 0.6  # points
_SHORT = 0.75  # of the width: a line that ends before this was ended on purpose, full stop or not
_GREETING = 45  # characters
_FLUSH, _MOST = 1.5, 0.6  # points from the edge within which this share of stretched lines ends
_RAGGED = 0.12  # of the width of a column: lines that end closer to its edge are full
_MIN_LINES = 12  # of a page, to show an edge of its own


@dataclass(slots=True)
class Setting:
    """How a document is set: left edges by column, right ones by page and column, and the usual pitch by size."""

    left: dict[int, float]
    right: dict[tuple[int, int], float]
    pitch: dict[float, float]
    flush: frozenset[int]  # the columns in which lines are stretched to the edge

    def room(self, line: Piece, word: float) -> float:
        """The points that stay free behind ``line`` if a word of that width stood on it too."""
        return self.edge(line) - line.x1 - word - 0.3 * line.size

    def edge(self, line: Piece) -> float:
        """Where the column ends in which ``line`` stands."""
        return self.right[line.page, line.column]


@dataclass(slots=True)
class Paragraph:
    """Lines of running text, or one row of a table."""

    lines: list[Piece]
    row: Row | None = None
    gap: bool = True  # white above it, or the head of a page
    hanging: float | None = field(default=None)


def measure(lines: Iterable[Piece], limits: Mapping[int, float]) -> Setting:
    """Find the edges and pitches of these lines, in reading order; ``limits`` are where the text of some pages ends at most."""
    starts: dict[int, Counter[int]] = defaultdict(Counter)
    ends: dict[tuple[int, int], list[float]] = defaultdict(list)
    pitches: dict[float, Counter[float]] = defaultdict(Counter)
    last: Piece | None = None
    for line in lines:
        starts[line.column][round(line.x0)] += len(line.text)
        ends[line.page, line.column].append(line.x1)
        if last and last.page == line.page and abs(last.size - line.size) < _SIZE and 0 < last.y - line.y < 3 * line.size:
            pitches[round(line.size)][round((last.y - line.y) * 2) / 2] += 1
        last = line
    left = {column: float(counts.most_common(1)[0][0]) for column, counts in starts.items()}
    right = _right(ends, limits, left)
    flush = [column for column in left if _is_flush([right[place] - x1 for place, found in ends.items() if place[1] == column for x1 in found])]
    return Setting(left, right, {size: _pitch(counts) for size, counts in pitches.items()}, frozenset(flush))


def _right(ends: Mapping[tuple[int, int], list[float]], limits: Mapping[int, float], left: Mapping[int, float]) -> dict[tuple[int, int], float]:
    """The right edges: that of all pages, or of one where most lines end at an edge of its own."""
    whole: dict[int, list[float]] = defaultdict(list)
    for (_, column), found in ends.items():
        whole[column] += found
    usual = {column: sorted(found)[int(len(found) * 0.97)] for column, found in whole.items()}
    out = {}
    for (page, column), found in ends.items():
        own = sorted(found)[int(len(found) * 0.97)]
        full = sum(x1 > own - _RAGGED * (own - left[column]) for x1 in found)
        is_own = len(found) >= _MIN_LINES and full * 2 > len(found)
        out[page, column] = min(own if is_own else usual[column], limits.get(page, math.inf))
    return out


def _is_flush(free: Sequence[float]) -> bool:
    """Whether most lines end at the edge, by the points that stay free behind each."""
    return sum(abs(each) < _FLUSH for each in free) > _MOST * len(free)


def _pitch(counts: Counter[float]) -> float:
    """The smallest pitch that is common: that between paragraphs may be as frequent where they are short."""
    often = counts.most_common(1)[0][1]
    return min(pitch for pitch, count in counts.items() if count * 3 >= often)


def paragraphs(items: Sequence[Piece | Row], setting: Setting) -> list[Paragraph]:
    """Divide the lines of a document, in reading order, over paragraphs; a row of a table is one of its own."""
    out: list[Paragraph] = []
    for n, item in enumerate(items):
        if isinstance(item, Row):
            out.append(Paragraph(item.lines, item))
            continue
        after = items[n + 1] if n + 1 < len(items) else None
        before = _open_before(out, item)
        gap = before is None or _is_apart(before.lines[-1], item, setting)
        if before is None or _parts(before, item, after if isinstance(after, Piece) else None, setting):
            out.append(Paragraph([item], gap=gap, hanging=_hang(item)))
        else:
            before.lines.append(item)
    return out


def _open_before(out: Sequence[Paragraph], line: Piece) -> Paragraph | None:
    """The paragraph that a line may go on with: the last one, or over a page break the last one that is no row."""
    if not out or (out[-1].row and out[-1].lines[-1].page == line.page):
        return None
    return next((paragraph for paragraph in out[:-4:-1] if not paragraph.row), None) if out[-1].row else out[-1]


def _hang(line: Piece) -> float | None:
    """Where the text of a list item begins behind its mark."""
    return line.second if _MARKER.match(line.text) else None


def _is_apart(last: Piece, line: Piece, setting: Setting) -> bool:
    if last.page != line.page or last.column != line.column or line.y >= last.y:
        return True
    return last.y - line.y > _LEADING * setting.pitch.get(round(line.size), 1.2 * line.size)


def _parts(paragraph: Paragraph, line: Piece, after: Piece | None, setting: Setting) -> bool:
    """Whether ``line`` begins a new paragraph."""
    last = paragraph.lines[-1]
    terminal, room = bool(_TERMINAL.search(last.text)) and not _ABBREVIATION.search(last.text), setting.room(last, line.first - line.x0)
    if abs(last.size - line.size) > _SIZE and min(len(last.text), len(line.text)) > 2:
        return True
    if last.page != line.page or last.column != line.column or line.y >= last.y:
        return not _runs_over(paragraph, line, terminal, room)
    if _is_apart(last, line, setting) or _LEADER.search(last.text) or _begins_item(paragraph, line, terminal, room):
        return True
    if last.underlined and not line.underlined and all(each.underlined for each in paragraph.lines) and line.text[:1].isupper():
        return room > line.size or terminal or setting.edge(last) - last.x1 > _INDENT * line.size
    if last.bold != line.bold or last.italic != line.italic:
        return room > line.size or terminal or (last.bold and not line.bold and line.text[:1].isupper())
    return _is_moved(paragraph, line, after, terminal) or _ends_short(last, line, terminal, room, setting)


def _runs_over(paragraph: Paragraph, line: Piece, terminal: bool, room: float) -> bool:
    """Whether a paragraph goes on at the head of the next page or column."""
    last = paragraph.lines[-1]
    if terminal or last.bold != line.bold or _LEADER.search(last.text):
        return last.text.endswith(_HYPHENS) and last.bold == line.bold
    if _MARKER.match(line.text) and line.second - line.first > 0.5 * line.size:
        return False
    return not line.text[:1].isupper() or room < 2 * line.size


def _begins_item(paragraph: Paragraph, line: Piece, terminal: bool, room: float) -> bool:
    """Whether a line begins an item of a list, and not with a dash or number of running text."""
    marker = _MARKER.match(line.text)
    if not marker:
        return False
    if marker[0] in _BULLETS:
        return True
    tabbed = line.second - line.first > (0.8 if marker[0] == "o" else 0.5) * line.size
    sibling = paragraph.hanging is not None and abs(paragraph.lines[0].x0 - line.x0) < 1 and (terminal or room > line.size)
    return tabbed or (marker[0] != "o" and (sibling or ((terminal or room > 3 * line.size) and bool(marker[0] in "-–—" or _NUMBERED.match(line.text)))))


def _is_moved(paragraph: Paragraph, line: Piece, after: Piece | None, terminal: bool) -> bool:
    """Whether the left edge shows a new paragraph: an indented first line, or the end of an indented text."""
    last, shift = paragraph.lines[-1], _INDENT * line.size
    if paragraph.hanging is not None and len(paragraph.lines) == 1:
        hangs = abs(line.x0 - paragraph.hanging) < 3 or line.x0 > last.x0 + shift
        return not hangs and terminal and paragraph.hanging > last.x0 + 1.5 * shift
    if line.x0 > last.x0 + shift:
        back = after is not None and after.page == line.page and abs(after.x0 - last.x0) < shift / 2
        return terminal and (back or after is None or abs(after.x0 - line.x0) < shift / 2)
    if line.x0 < last.x0 - shift:
        return len(paragraph.lines) > 1 and (terminal or paragraph.hanging is not None)
    return False


def _ends_short(last: Piece, line: Piece, terminal: bool, room: float, setting: Setting) -> bool:
    """Whether ``last`` was ended although the next word had fitted on it."""
    if last.column in setting.flush and room > 0 and not last.text.endswith(_HYPHENS):
        return True  # a line that is not stretched is the last one
    if room < line.size:
        return False
    if terminal:
        return True
    opens = line.text[:1].isupper() or (line.text[:1].isdigit() and not _ABBREVIATION.search(last.text))
    if last.text.endswith(",") and not line.text[:1].islower():
        return opens and len(last.text) < _GREETING and last.text.startswith("Geachte")
    left, right = setting.left[last.column], setting.edge(last)
    opens = opens or (last.text.endswith(",") and line.text[:1].islower())
    return opens and last.x1 < left + _SHORT * (right - left)
