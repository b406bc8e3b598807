"""Tables: lines whose cells stand under each other, made rows where that is certain."""

import math
import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from rbzqa.readers.lines import join_lines
from rbzqa.readers.pdf.pieces import Piece, join_pieces
from rbzqa.readers.pdf.rules import Rule, covered

_MARKER = re.compile(r"[•▪◦‣●○■□►✓➢\-–—*o·]|\(?(?:\d{1,3}(?:\.\d{1,2})*|[a-z]|[ivx]{1,5})[.)°]?\.?")
_FIGURE = re.compile(r"[\d.,%€$£+\-–/() ]*\d[\d.,%€$£+\-–/() ]*|[-–—]")
_ALIGNED = 4.0  # points
_CLOSE = 3.0  # in sizes: rows stand no further apart
_TITLE = 2.2  # in sizes: a title stands no further above
_SAME_RULE = 2.5  # points within which pieces of one rule stand
_OVER = 0.8  # of the width of a table, that a rule between its rows covers
_PADDED = 1.2  # of the pitch within a cell: more white parts rows


@dataclass(slots=True)
class Row:
    """One row of a table: the lines that it took, and the text of each cell."""

    lines: list[Piece]
    cells: list[list[Piece]]
    heads: bool = False

    def add(self, line: Piece, cells: Sequence[Sequence[Piece]]) -> None:
        """Take a line that goes on in its cells."""
        self.lines.append(line)
        for mine, more in zip(self.cells, cells, strict=True):
            mine += more

    def text(self, words: Counter[str], *, hyphenates: bool) -> str:
        """Its cells, parted by tabs; the arguments are those of ``join_lines``."""
        cells = [join_lines([piece.text for piece in cell], words, hyphenates=hyphenates)[0] if cell else "" for cell in self.cells]
        return "\t".join(cells).rstrip("\t")


def find_tables(lines: Sequence[Piece], body: float, rules: Sequence[Rule] = ()) -> list[Piece | Row]:
    """The lines of one page, with the tables among them as rows.

    Args:
        lines: in reading order.
        body: the size of running text, in points.
        rules: the horizontal lines of the page.
    """
    out: list[Piece | Row] = []
    n = 0
    while n < len(lines):
        if not _is_tabular(lines[n]):
            out.append(lines[n])
            n += 1
            continue
        grid = _grid(lines[n], rules)
        start, end = n, _end(lines, n, grid)
        while start and out and out[-1] is lines[start - 1] and grid.are_one_row(lines[start - 1], lines[start]):
            out.pop()
            start -= 1
        rows = (_rows(lines[start:end], grid) or _recut_rows(lines[start:end], grid)) if end - start > 1 else []
        if rows:
            _mark_heads(rows)
            title: list[Piece] = []
            while out and isinstance(above := out[-1], Piece) and _is_title(above, (title or [lines[start]])[0], body, first=not title):
                title.insert(0, above)
                out.pop()
            out += [Row(title, [title], heads=True)] if title else []
            out += rows
        else:
            out += lines[start:end]
        n = end
    return out


@dataclass(frozen=True, slots=True)
class _Grid:
    """The heights, from below, of the rules that run over the whole of a table."""

    heights: Sequence[float]

    def band(self, line: Piece) -> int:
        """Between which rules a line stands: 0 is below all."""
        return bisect_left(self.heights, line.y + 0.2 * line.size)

    def are_one_row(self, last: Piece, line: Piece) -> bool:
        """Whether two lines stand between the same two rules."""
        return 0 < self.band(last) == self.band(line) < len(self.heights)


def _grid(line: Piece, rules: Sequence[Rule]) -> _Grid:
    """The rules over the width of a table that begins with this line; ``rules`` are in order of height."""
    heights: list[float] = []
    near: list[Rule] = []
    for rule in [*rules, Rule(0, 0, math.inf)]:
        if near and rule.y - near[0].y > _SAME_RULE:
            if covered(near, line.x0, line.x1) > _OVER * (line.x1 - line.x0):
                heights.append(near[-1].y)
            near = []
        near.append(rule)
    return _Grid(heights)


def _is_tabular(line: Piece) -> bool:
    return len(line.cells) > 1 and not (len(line.cells) == 2 and _MARKER.fullmatch(line.cells[0].text))


def _end(lines: Sequence[Piece], start: int, grid: _Grid) -> int:
    """Where the run of lines that may be one table ends: with a line of several cells, or one in the same row."""
    left, right = lines[start].x0, lines[start].x1
    end, n = start + 1, start + 1
    while n < len(lines):
        line, last = lines[n], lines[n - 1]
        boxed = grid.are_one_row(last, line)
        if line.column != last.column or not 0 < last.y - line.y < _CLOSE * line.size or abs(line.size - last.size) > 1.5:
            break
        if _is_tabular(line) or (boxed and end == n):
            left, right, end = min(left, line.x0), max(right, line.x1), n + 1
        elif not boxed and (line.x1 - line.x0 > 0.6 * (right - left) or n - end >= 3):
            break
        n += 1
    return end


def _rows(lines: Sequence[Piece], grid: _Grid) -> list[Row]:
    """Rows of the lines of one table; none if their cells do not stand under each other."""
    tabular = [line for line in lines if _is_tabular(line)]
    edges = _columns([cell for line in tabular for cell in line.cells])
    if len(edges) < 2 or max(len(line.cells) for line in tabular) > len(edges):
        return []
    if not all(_aligned([cell for line in tabular for cell in line.cells if left <= cell.x0 < right]) for left, right in edges):
        return []
    cells = [_cells(line, edges) for line in lines]
    placed = [cell for cell in cells if cell is not None]
    if len(placed) < len(cells):
        return []
    return _placed_rows(lines, placed, grid)


def _placed_rows(lines: Sequence[Piece], placed: Sequence[list[list[Piece]]], grid: _Grid) -> list[Row]:
    """Rows of lines whose cells have their column: parted by rules, by white, or by what the cells hold."""
    tabular = [line for line in lines if _is_tabular(line)]
    pairs = list(pairwise(lines))
    pitch = min(last.y - line.y for last, line in pairs)
    for apart in (
        [not grid.are_one_row(last, line) for last, line in pairs] if len(grid.heights) > 2 else [],
        [last.y - line.y > max(_PADDED * pitch, pitch + 1.5) for last, line in pairs],
    ):
        rows = _grouped(lines, placed, apart)
        if rows:
            return rows
    if len(tabular) < 2:
        return []
    capitals = sum(line.text[:1].islower() for line in tabular) * 2 < len(tabular)
    found: list[Row] = []
    for line, row in zip(lines, placed, strict=True):
        if found and _runs_on(row, found[-1], capitals=capitals):
            found[-1].add(line, row)
        else:
            found.append(Row([line], row))
    return found if len(found) > 1 else []


def _recut_rows(lines: Sequence[Piece], grid: _Grid) -> list[Row]:
    """Rows of lines that are cut anew where columns begin: a wide space may part cells, or stand inside of one."""
    tabular = [line for line in lines if _is_tabular(line)]
    starts: list[list[float]] = []
    for x0 in sorted(cell.x0 for line in tabular for cell in line.cells):
        if starts and x0 - starts[-1][0] < _ALIGNED:
            starts[-1].append(x0)
        else:
            starts.append([x0])
    left = [group[0] - _ALIGNED / 2 for group in starts if len(group) > max(1, len(tabular) // 4)]
    placed: list[list[list[Piece]]] = []
    for line in lines:
        row: list[list[Piece]] = [[] for _ in left]
        for piece in (part for cell in line.cells or (line,) for part in _parted(cell, left)):
            n = bisect_right(left, piece.x0) - 1
            if n < 0 or (n + 1 < len(left) and piece.x1 > left[n + 1] + _ALIGNED):
                return []
            row[n].append(piece)
        placed.append([[join_pieces(cell)] if cell else [] for cell in row])
    if len(left) < 2 or sum(sum(map(bool, row)) > 1 for row in placed) * 2 < len(placed):
        return []
    return _placed_rows(lines, placed, grid)


def _parted(piece: Piece, left: Sequence[float]) -> list[Piece]:
    """A piece, cut at the wide spaces behind which a column begins."""
    cuts = [(offset, x) for offset, x in piece.gaps if any(0 <= x - at < _ALIGNED for at in left)]
    ends = [*(offset for offset, _ in cuts), len(piece.text)]
    out = []
    for (start, x0), end, x1 in zip([(0, piece.x0), *cuts], ends, [*(x - piece.size / 2 for _, x in cuts), piece.x1], strict=True):
        marks = tuple((offset - start, label) for offset, label in piece.marks if start <= offset < end or offset == end == len(piece.text))
        out.append(replace(piece, x0=x0, x1=x1, text=piece.text[start:end].strip(), marks=marks, gaps=()))
    return out


def _cells(line: Piece, edges: Sequence[tuple[float, float]]) -> list[list[Piece]] | None:
    """The pieces of a line by the column in which they stand; nothing if two stand in one, or one in none."""
    cells: list[list[Piece]] = [[] for _ in edges]
    for cell in line.cells or (line,):
        n = next((n for n, (left, right) in enumerate(edges) if cell.x0 < right and left < cell.x1), None)
        if n is None or cells[n]:
            return None
        cells[n].append(cell)
    return cells


def _grouped(lines: Sequence[Piece], cells: Sequence[list[list[Piece]]], apart: Sequence[bool]) -> list[Row]:
    """Rows that are parted where rules or white show it; none if the rows that come of it hold several.

    They do if figures come to stand below each other in one cell, or if most of the lines that would run on
    have all their cells and begin with a capital.
    """
    if sum(apart) < 2 or all(apart):
        return []
    rows: list[Row] = []
    suspect = run_on = 0
    for line, row, parted in zip(lines, cells, [True, *apart], strict=True):
        if parted:
            rows.append(Row([line], [list(cell) for cell in row]))
            continue
        if _holds_figures_twice(rows[-1].cells, row):
            return []
        run_on += 1
        suspect += all(row) and all(rows[-1].cells) and not row[0][0].text[:1].islower()
        rows[-1].add(line, row)
    return rows if suspect * 2 <= run_on else []


def _columns(cells: Sequence[Piece]) -> list[tuple[float, float]]:
    """The strips of the page that the cells leave no white through."""
    edges: list[tuple[float, float]] = []
    for cell in sorted(cells, key=lambda cell: cell.x0):
        if edges and cell.x0 < edges[-1][1] + 1:
            edges[-1] = (edges[-1][0], max(edges[-1][1], cell.x1))
        else:
            edges.append((cell.x0, cell.x1))
    return edges


def _aligned(cells: Sequence[Piece]) -> bool:
    """Whether most cells of a column begin, end or have their middle at one place."""
    if not cells:  # a cell without width begins where its column ends
        return False
    places = ([cell.x0 for cell in cells], [cell.x1 for cell in cells], [(cell.x0 + cell.x1) / 2 for cell in cells])
    for xs in places:
        middle = sorted(xs)[len(xs) // 2]
        if sum(abs(x - middle) < _ALIGNED for x in xs) > 0.6 * len(xs):
            return True
    return False


def _runs_on(cells: Sequence[Sequence[Piece]], row: Row, *, capitals: bool) -> bool:
    """Whether a line goes on in the cells of the row above: its first cell is empty, or small where rows have ``capitals``."""
    if not cells[0]:
        return all(above or not cell for above, cell in zip(row.cells, cells, strict=True)) and not any(
            _FIGURE.fullmatch(piece.text) for cell in cells for piece in cell
        )
    if not cells[0][0].text[:1].islower() or _holds_figures_twice(row.cells, cells):
        return False
    if not any(row.cells[1:]):
        return row.lines[0].text[:1].isupper()
    return capitals and all(above or not cell for above, cell in zip(row.cells, cells, strict=True))


def _holds_figures_twice(row: Sequence[Sequence[Piece]], cells: Sequence[Sequence[Piece]]) -> bool:
    """Whether figures would come to stand below each other in one cell."""
    return any(above and cell and all(_FIGURE.fullmatch(piece.text) for piece in (*above, *cell)) for above, cell in zip(row, cells, strict=True))


def _mark_heads(rows: Sequence[Row]) -> None:
    """The first row holds heads if it alone is bold, or if figures stand under its words only."""
    first, rest = rows[0], rows[1:]
    bold = all(piece.bold for cell in first.cells for piece in cell) and not all(piece.bold for row in rest for piece in row.lines)
    words = not any(_FIGURE.fullmatch(piece.text) for cell in first.cells for piece in cell)
    figures = all(any(_FIGURE.fullmatch(piece.text) for cell in row.cells[1:] for piece in cell) for row in rest)
    first.heads = bold or (words and figures)


def _is_title(line: Piece, below: Piece, body: float, *, first: bool) -> bool:
    """Whether the line above a table is its title: set unlike running text, or numbered as a table."""
    near = 0 < line.y - below.y < (_TITLE if first else 1.3) * below.size and not line.text.endswith((".", ":", ";", ","))
    small = abs(line.size - below.size) < 0.3 and line.size < 0.94 * body
    return near and not line.cells and (line.bold or small or bool(re.match(r"Tabel \d", line.text)))
