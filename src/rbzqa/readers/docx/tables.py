"""Tables of a Word file: rows of data with their heads, or a layout whose cells are plain paragraphs."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from lxml import etree

from rbzqa.readers.docx.letterfacts import is_label, letter_facts
from rbzqa.readers.docx.package import W
from rbzqa.readers.docx.pieces import Piece
from rbzqa.readers.docx.styles import OFF, Style, has_borders, is_on, val
from rbzqa.readers.marked import joined

_CONTAINERS = frozenset(f"{W}{name}" for name in ("sdt", "sdtContent", "ins", "moveTo", "customXml", "smartTag"))
_KAMER = re.compile(r"(?:(?:tweede|eerste) kamer der )?staten-generaal", re.IGNORECASE)
_MIN_ROWS = 3  # from which a table without lines can be seen to be one
_SHARE = 0.6  # of its rows that then have more than one filled cell
_MAX_COLUMNS = 63  # of a table in Word
_MAX_CELL = 300  # characters beyond which a cell without lines around it is running text


@dataclass(slots=True)
class Cell:
    """The pieces that stand in one cell and whether lines are drawn around it (None: as the table says)."""

    pieces: list[Piece]
    borders: bool | None = None

    @property
    def texts(self) -> list[Piece]:
        """Its running text: what is no note, fact or furniture."""
        return [piece for piece in self.pieces if piece.kind == "paragraph"]


@dataclass(slots=True)
class Row:
    """One row of a table."""

    cells: list[Cell] = field(default_factory=list)
    is_head: bool = False
    borders: bool | None = None

    @property
    def filled(self) -> list[Cell]:
        """The cells with text."""
        return [cell for cell in self.cells if cell.texts]

    @property
    def is_bold(self) -> bool:
        """Whether all of its text is bold."""
        texts = [piece for cell in self.cells for piece in cell.texts]
        return bool(texts) and all("b" in piece.look for piece in texts)


def inner(node: etree._Element, name: str) -> Iterator[etree._Element]:
    """The rows of a table or the cells of a row, also inside content controls and changes that were put in."""
    for child in node:
        if child.tag == f"{W}{name}":
            yield child
        elif child.tag in _CONTAINERS:
            yield from inner(child, name)


def is_deleted(row: etree._Element) -> bool:
    """Whether a tracked change took the row away, or it is hidden."""
    properties = row.find(f"{W}trPr")
    return properties is not None and (properties.find(f"{W}del") is not None or is_on(properties.find(f"{W}hidden")))


def is_continued(cell: etree._Element) -> bool:
    """Whether a cell is covered by the one above it, or was taken away."""
    properties = cell.find(f"{W}tcPr")
    if properties is None:
        return False
    merged = properties.find(f"{W}vMerge")
    return (merged is not None and val(merged) != "restart") or properties.find(f"{W}cellDel") is not None


def spanned(properties: etree._Element | None, name: str) -> int:
    """How many further columns a cell is wide (gridSpan), or how many a row leaves out at its start (gridBefore)."""
    said = val(properties.find(f"{W}{name}")) if properties is not None else None
    width = int(said) if said is not None and said.isdecimal() and len(said) < len("1000") else 0
    return min(max(width - (name == "gridSpan"), 0), _MAX_COLUMNS)


def cell_borders(cell: etree._Element) -> bool | None:
    """Whether a cell says of itself that it has lines around it."""
    return has_borders(cell.find(f"{W}tcPr/{W}tcBorders"))


def row_of(element: etree._Element, cells: list[Cell]) -> Row:
    """A row with what its properties say."""
    return Row(cells, is_on(element.find(f"{W}trPr/{W}tblHeader")), has_borders(element.find(f"{W}tblPrEx/{W}tblBorders")))


def table_pieces(table: etree._Element, rows: list[Row], style: Style) -> list[Piece]:
    """The pieces of a whole table in reading order."""
    properties = table.find(f"{W}tblPr")
    own = has_borders(properties.find(f"{W}tblBorders")) if properties is not None else None
    borders = style.borders if own is None else own
    filled = [row for row in rows if row.filled]
    if not _is_data(filled, borders):
        return [piece for row in rows for piece in _layout(row)]
    rows = filled
    heads = _count_heads(rows, styled=style.first_row and _first_row_looks_apart(properties))
    return [piece for n, row in enumerate(rows) for piece in _row(row, head=n < heads)]


def _is_data(rows: list[Row], borders: bool) -> bool:
    several = [row for row in rows if len(row.filled) > 1]
    if not several or any(_KAMER.fullmatch(piece.cleaned.text) for cell in rows[0].filled for piece in cell.texts):
        return False
    if any(row.is_head for row in rows) or sum(_has_lines(row, borders) for row in several) > 1:
        return True
    plain = [row for row in several if not is_label(row.filled[0].texts[0].cleaned.text) and all(_is_short(cell) for cell in row.filled)]
    return len(plain) >= _MIN_ROWS and len(plain) >= _SHARE * len(rows)


def _has_lines(row: Row, borders: bool) -> bool:
    outer = borders if row.borders is None else row.borders
    return any(outer if cell.borders is None else cell.borders for cell in row.filled)


def _is_short(cell: Cell) -> bool:
    return sum(len(piece.cleaned.text) for piece in cell.texts) <= _MAX_CELL


def _first_row_looks_apart(properties: etree._Element | None) -> bool:
    look = properties.find(f"{W}tblLook") if properties is not None else None
    if look is None:
        return False
    named = look.get(f"{W}firstRow")
    bits = look.get(f"{W}val", "0")
    return named not in OFF if named is not None else bits[-2:].lower() in _FIRST_ROW_BITS


_FIRST_ROW_BITS = frozenset(f"{bits:02x}" for bits in range(256) if bits & 0x20)


def _count_heads(rows: list[Row], *, styled: bool) -> int:
    """How many rows are the title and the column heads."""
    marked = next((n for n, row in enumerate(rows) if not row.is_head), len(rows))
    if marked:
        return marked if marked < len(rows) else 0
    title = 1 if len(rows[0].filled) == 1 and len(rows) > 1 and rows[0].is_bold else 0
    if len(rows) <= title + 1:
        return title
    return title + (styled or (rows[title].is_bold and not rows[title + 1].is_bold))


def _row(row: Row, *, head: bool) -> list[Piece]:
    """A row as one piece, its cells parted by a tab, and the notes of its cells."""
    cells = [joined([piece.cleaned for piece in cell.texts], " ") for cell in row.cells]
    while cells and not cells[-1].text:
        cells.pop()
    beside = [piece for cell in row.cells for piece in cell.pieces if piece.kind != "paragraph"]
    first = row.filled[0].texts[0]
    whole = Piece(joined(cells, "\t"), first.page, first.starts_page, role="heads" if head else "row")
    return [whole, *beside]


def _layout(row: Row) -> list[Piece]:
    """The cells of a layout as paragraphs; a label of the letterhead and its value are a fact and no text."""
    pieces = [piece for cell in row.cells for piece in cell.pieces]
    label, *values = [" ".join(piece.cleaned.text for piece in cell.texts) for cell in row.filled] or [""]
    if not values or not is_label(label):
        return pieces
    facts = letter_facts([label, values[0]])
    return [Piece.of_fact(block) for block in facts] + [replace(piece, kind="furniture") for piece in pieces]
