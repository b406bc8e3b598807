"""A page under way from pieces to lines: what is furniture leaves it, what is left is read column by column."""

import re
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence, Set
from dataclasses import dataclass, field, replace

from rbzqa.readers.pdf.glyphs import Link, Page
from rbzqa.readers.pdf.pieces import Piece, join_pieces, read_pieces
from rbzqa.readers.pdf.rules import Rule, is_underlined

_MARGIN = 0.13  # share of the height at the head and at the foot in which running lines stand
_NUMBER = re.compile(r"(?:(?:pagina|page|blz\.?|p\.) ?)?[-–—|]? ?(\d{1,4})(?: ?[-–—|]| ?(?:van|of|/) ?\d{1,4})?", re.IGNORECASE)
_DIGITS = re.compile(r"\d+")
_SAME = 2.5  # points within which a line stands at the same place
_APART = 1.5  # in sizes: the white between a running line and the text
_MIN_COLUMN_LINES = 6
_COLUMN_FILL = 0.7  # share of a column's width that its lines fill on the median
_INSIDE = 0.3  # share of the lines of running text that begin with a small letter


@dataclass(slots=True)
class Sheet:
    """One page: its pieces, and the number that is printed on it (None: none is)."""

    number: int
    width: float
    height: float
    pieces: list[Piece]
    links: Sequence[Link] = ()
    printed: int | None = None
    furniture: list[Piece] = field(default_factory=list)
    rules: Sequence[Rule] = ()
    edge: float | None = None  # to the right of it stands furniture only

    def drop(self, dropped: Callable[[Piece], bool]) -> list[Piece]:
        """Make furniture of the pieces that are ``dropped``; returns them."""
        out = self.take(piece for piece in self.pieces if dropped(piece))
        self.furniture += out
        return out

    def take(self, taken: Iterable[Piece]) -> list[Piece]:
        """Take these very pieces off the page; returns them."""
        gone = set(map(id, taken))
        out = [piece for piece in self.pieces if id(piece) in gone]
        self.pieces = [piece for piece in self.pieces if id(piece) not in gone]
        return out


def read_sheet(page: Page) -> Sheet:
    """A page with all its pieces."""
    pieces = [replace(piece, underlined=is_underlined(page.rules, piece.x0, piece.x1, piece.y, piece.size)) for piece in read_pieces(page)]
    return Sheet(page.number, page.width, page.height, pieces, page.links, rules=page.rules)


def body_size(sheets: Iterable[Sheet]) -> float:
    """The size in which most letters are set."""
    sizes: Counter[float] = Counter()
    for sheet in sheets:
        for piece in sheet.pieces:
            sizes[round(piece.size * 2) / 2] += len(piece.text)
    return sizes.most_common(1)[0][0] if sizes else 0.0


def left_edge(pieces: Iterable[Piece]) -> float:
    """Where most letters' lines begin."""
    edges: Counter[int] = Counter()
    for piece in pieces:
        edges[round(piece.x0 / 2)] += len(piece.text)
    return edges.most_common(1)[0][0] * 2.0 if edges else 0.0


def drop_running_lines(sheets: Sequence[Sheet]) -> None:
    """Drop what stands at the same place at the head or foot of several pages, and page numbers.

    A number that rises with the pages becomes the ``printed`` number of each.
    """
    _drop_numbers(sheets)
    places: dict[tuple[str, int], set[int]] = defaultdict(set)
    for sheet in sheets:
        for piece in sheet.pieces:
            if _in_margin(sheet, piece):
                for text, place in _places(sheet, piece):
                    for near in (place - 1, place, place + 1):
                        places[text, near].add(sheet.number)
    enough = max(2, min(len(sheets) // 4, 10))
    repeated = {place for place, numbers in places.items() if len(numbers) >= enough}
    for sheet in sheets:
        sheet.furniture += sheet.take([piece for edge in (1, -1) for piece in _outermost(sheet, edge, repeated)])


def _outermost(sheet: Sheet, edge: int, repeated: Set[tuple[str, int]]) -> list[Piece]:
    """The repeated lines at the foot (1) or head (-1) of a page, from the edge to the white that parts them from the text."""
    rows = sorted(_rows(sheet.pieces), key=lambda row: edge * row[0].y)
    count = 0
    while count < len(rows) and all(_in_margin(sheet, piece) and any(place in repeated for place in _places(sheet, piece)) for piece in rows[count]):
        count += 1
    while 0 < count < len(rows) and abs(rows[count][0].y - rows[count - 1][0].y) < _APART * rows[count][0].size:
        count -= 1
    return [piece for row in rows[:count] for piece in row]


def _places(sheet: Sheet, piece: Piece) -> Iterator[tuple[str, int]]:
    """What a line says, as it stands and without the number of its page, and about where it stands."""
    place, own = round(piece.y / _SAME), {str(sheet.number), str(sheet.printed)}
    yield piece.text, place
    for number in _DIGITS.finditer(piece.text):
        if number[0] in own:
            yield f"{piece.text[: number.start()]}#{piece.text[number.end() :]}", place


def _in_margin(sheet: Sheet, piece: Piece) -> bool:
    """Whether a piece may be a running line: near the edge of the page, and no footnote."""
    return not piece.marks and not _MARGIN * sheet.height < piece.y < (1 - _MARGIN) * sheet.height


def _drop_numbers(sheets: Sequence[Sheet]) -> None:
    """Find the numbers in the margins that rise with the pages, by what they differ from the count of pages."""
    found: list[tuple[Sheet, Piece, int]] = []
    for sheet in sheets:
        for piece in sheet.pieces:
            shown = _NUMBER.fullmatch(piece.text) if _in_margin(sheet, piece) else None
            if shown:
                found.append((sheet, piece, int(shown[1])))
    offsets = Counter({(sheet.number, value - sheet.number): 1 for sheet, _, value in found})
    common = Counter(offset for _, offset in offsets).most_common(1)
    if not common or common[0][1] * 2 < len(sheets) or (common[0][1] == 1 and common[0][0]):  # one number alone may be a year
        return
    rising: dict[tuple[int, int], list[Piece]] = defaultdict(list)
    for sheet, piece, value in found:
        rising[sheet.number, value].append(piece)
    for sheet in sheets:
        number = sheet.number + common[0][0]
        if own := sheet.take(rising[sheet.number, number]):
            sheet.furniture += own
            sheet.printed = number


def read_columns(sheets: Sequence[Sheet]) -> list[list[Piece]]:
    """The lines of each page in reading order; a page is set in columns like most others if their gutters are white on it."""
    found = [_gutters(sheet) for sheet in sheets]
    usual, count = Counter(tuple(gutters) for gutters in found).most_common(1)[0]
    if not usual or count * 2 < len(sheets):
        usual = ()
    return [columns(sheet, gutters or _white(sheet, usual)) for sheet, gutters in zip(sheets, found, strict=True)]


def _white(sheet: Sheet, gutters: Sequence[float]) -> Sequence[float]:
    """Those gutters if few lines of a page cross them."""
    crossing = sum(any(piece.x0 < gutter and piece.x1 > gutter + 1 for gutter in gutters) for piece in sheet.pieces)
    return gutters if crossing * 3 <= len(sheet.pieces) else ()


def columns(sheet: Sheet, gutters: Sequence[float]) -> list[Piece]:
    """The lines of a page in reading order: column by column between the lines that run over several.

    A line over several columns is of column 0, one in a column of column 1, 2, ...
    """
    if not gutters:
        return _lines(sheet.pieces)
    out: list[Piece] = []
    band: list[Piece] = []
    for row in _rows(sheet.pieces):
        if any(piece.x0 < gutter - 2 < gutter + 2 < piece.x1 for piece in row for gutter in gutters):
            out += [*_band(band, gutters), join_pieces(row)]
            band = []
        else:
            band += row
    return out + _band(band, gutters)


def _band(pieces: Sequence[Piece], gutters: Sequence[float]) -> list[Piece]:
    sides: list[list[Piece]] = [[] for _ in range(len(gutters) + 1)]
    for piece in pieces:
        sides[bisect_right(gutters, piece.x0)].append(piece)
    return [replace(line, column=column) for column, side in enumerate(sides, 1) for line in _lines(side)]


def _lines(pieces: Sequence[Piece]) -> list[Piece]:
    return [join_pieces(row) for row in _rows(pieces)]


def _rows(pieces: Sequence[Piece]) -> list[list[Piece]]:
    """The pieces by baseline, from the left."""
    rows: list[list[Piece]] = []
    for piece in sorted(pieces, key=lambda piece: -piece.y):
        if rows and abs(rows[-1][0].y - piece.y) < 0.2 * min(piece.size, rows[-1][0].size):
            rows[-1].append(piece)
        else:
            rows.append([piece])
    return [sorted(row, key=lambda piece: piece.x0) for row in rows]


def _gutters(sheet: Sheet) -> list[float]:
    """The white strips between two or three columns of running text; cells of a table do not fill theirs."""
    for zones in (((0.4, 0.65),), ((0.25, 0.45), (0.55, 0.75))):
        found = [gutter for low, high in zones if (gutter := _start(sheet, low, high)) is not None]
        if len(found) == len(zones) and _are_columns(sheet, found):
            return found
    return []


def _start(sheet: Sheet, low: float, high: float) -> float | None:
    """The left of the place between two shares of the width where most lines begin, if enough do."""
    starts = Counter(round(piece.x0 / 3) for piece in sheet.pieces if low * sheet.width < piece.x0 < high * sheet.width)
    place, count = starts.most_common(1)[0] if starts else (0, 0)
    return place * 3.0 - 3.0 if count >= _MIN_COLUMN_LINES else None


def _are_columns(sheet: Sheet, gutters: Sequence[float]) -> bool:
    sides: list[list[Piece]] = [[] for _ in range(len(gutters) + 1)]
    crossing = 0
    for piece in sheet.pieces:
        if any(piece.x0 < gutter - 3 and piece.x1 > gutter + 1 for gutter in gutters):
            crossing += 1
        else:
            sides[bisect_right(gutters, piece.x0 + 3)].append(piece)
    return crossing * 3 <= len(sheet.pieces) and all(len(side) >= _MIN_COLUMN_LINES and _filled(side) for side in sides)


def _filled(pieces: Sequence[Piece]) -> bool:
    """Whether these lines are running text: most fill the column, and many begin inside a sentence."""
    width = max(piece.x1 for piece in pieces) - min(piece.x0 for piece in pieces)
    widths = sorted(piece.x1 - piece.x0 for piece in pieces)
    inside = sum(piece.text[:1].islower() for piece in pieces)
    return widths[len(widths) // 2] > _COLUMN_FILL * width and inside > _INSIDE * len(pieces)
