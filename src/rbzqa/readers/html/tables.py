"""Which tables of a web page hold data, and which only put text in its place."""

from dataclasses import dataclass, field
from enum import Enum

from lxml import etree

from rbzqa.readers.docx.letterfacts import is_label
from rbzqa.readers.html.lists import number
from rbzqa.readers.marked import Cleaned

_MIN_ROWS = 2  # with more than one filled cell
_MAX_CELL = 1500  # characters beyond which a cell is a column of a page
_MAX_LABEL = 40
_MAX_SPAN = 256
_STRUCTURE = frozenset("h1 h2 h3 h4 h5 h6 main article section header footer nav form blockquote".split())


class TableKind(Enum):
    """What a table is for."""

    DATA = "data"
    LAYOUT = "layout"


@dataclass(slots=True)
class _Table:
    """What was seen of a table so far."""

    node: etree._Element
    has_heads: bool = False
    nests: bool = False
    rows: int = 0  # with more than one filled cell
    cells: int = 0  # filled ones, in this row
    length: int = 0  # of the text in this cell
    longest: int = 0
    label: str = ""  # the first filled cell of this row, while it is short

    def end_cell(self) -> None:
        """A cell ends here."""
        self.cells += self.length > 0
        self.longest = max(self.longest, self.length)
        self.length = 0

    def end_row(self) -> None:
        """A row ends here."""
        self.rows += self.cells > 1 and (self.has_heads or not is_label(self.label.strip()))
        self.cells, self.label = 0, ""

    @property
    def kind(self) -> TableKind:
        """A table in a table, or one that holds parts of a page, is a layout whatever it looks like."""
        says_layout = self.node.get("role", "").lower() in ("presentation", "none")
        if self.nests or says_layout or self.longest > _MAX_CELL:
            return TableKind.LAYOUT
        return TableKind.DATA if self.rows >= _MIN_ROWS or (self.has_heads and self.rows) else TableKind.LAYOUT


def table_kinds(root: etree._Element) -> dict[etree._Element, TableKind]:
    """What each table in ``root`` is for; in one walk, however deep they are nested."""
    kinds: dict[etree._Element, TableKind] = {}
    opened: list[_Table] = []
    for event, node in etree.iterwalk(root, events=("start", "end")):
        tag = node.tag
        if event == "start":
            if tag == "table":
                if opened:
                    opened[-1].nests = True
                opened.append(_Table(node))
            elif opened:
                opened[-1].has_heads |= tag in ("th", "thead")
                opened[-1].nests |= tag in _STRUCTURE
            _count(opened, node.text)
            continue
        if opened and tag in ("td", "th"):
            opened[-1].end_cell()
        elif opened and tag == "tr":
            opened[-1].end_row()
        elif opened and tag == "table":
            done = opened.pop()
            kinds[done.node] = done.kind
        _count(opened, node.tail)
    return kinds


def _count(opened: list[_Table], text: str | None) -> None:
    if opened and text:
        table = opened[-1]
        table.length += len(text.strip())
        if not table.cells and len(table.label) < _MAX_LABEL:
            table.label += text


@dataclass(slots=True)
class Rows:
    """The rows of one table of data, as they are read: each cell in its column, also below one that runs over several rows."""

    cells: list[Cleaned] = field(default_factory=list)
    all_heads: bool = True
    _below: dict[int, int] = field(default_factory=dict)  # by column, the further rows that a cell above fills
    _held: set[int] = field(default_factory=set)
    _bold: list[tuple[int, bool, int]] = field(default_factory=list)  # where each row stands, whether it is bold, its filled cells
    _has_heads: bool = False

    def begin(self) -> None:
        """A row begins."""
        self.cells, self.all_heads = [], True
        self._held = {column for column, rows in self._below.items() if rows > 0}
        for column in self._held:
            self._below[column] -= 1

    def add(self, node: etree._Element, text: Cleaned) -> None:
        """A cell ends."""
        while len(self.cells) in self._held:
            self.cells.append(Cleaned(""))
        wide = min(max(number(node.get("colspan")) or 1, 1), _MAX_SPAN)
        for column in range(len(self.cells), min(len(self.cells) + wide, _MAX_SPAN)):
            self._below[column] = max((number(node.get("rowspan")) or 1) - 1, 0)
        self.cells += [text, *[Cleaned("")] * (wide - 1)]
        self.all_heads = self.all_heads and (node.tag == "th" or not text.text)

    def end(self, heads: bool, at: int, bold: bool) -> list[Cleaned]:
        """A row ends that will be block ``at``: its cells, without empty ones at the end."""
        while self.cells and not self.cells[-1].text:
            self.cells.pop()
        if self.cells:
            self._bold.append((at, bold, sum(bool(cell.text) for cell in self.cells)))
            self._has_heads = self._has_heads or heads
        return self.cells

    def heads_by_look(self) -> list[int]:
        """Of a table that names no heads: the blocks that are its title and column heads, for they alone are bold."""
        title = 1 if self._bold and self._bold[0][1] and self._bold[0][2] == 1 else 0
        marked = [at for at, bold, _ in self._bold[: title + 1] if bold]
        if self._has_heads or len(self._bold) < title + 2 or len(marked) <= title or any(bold for _, bold, _ in self._bold[title + 1 : title + 2]):
            return []
        return marked
