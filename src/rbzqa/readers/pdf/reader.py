"""A PDF file -> blocks: which layout it is, and the steps from its pages to the blocks in reading order."""

from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Literal

from rbzqa.errors import SourceError
from rbzqa.readers.lines import count_words, join_lines
from rbzqa.readers.pdf.contents import take_contents
from rbzqa.readers.pdf.debates import sitting_of, strip_debate, with_speakers
from rbzqa.readers.pdf.glyphs import read_pages
from rbzqa.readers.pdf.headings import heading_levels
from rbzqa.readers.pdf.ministry import is_letter, strip_letter
from rbzqa.readers.pdf.notes import Note, take_notes, text_of
from rbzqa.readers.pdf.paragraphs import Paragraph, measure, paragraphs
from rbzqa.readers.pdf.pieces import Piece
from rbzqa.readers.pdf.printed import is_printed, strip_printed
from rbzqa.readers.pdf.sheets import Sheet, body_size, drop_running_lines, read_columns, read_sheet
from rbzqa.readers.pdf.tables import Row, find_tables
from rbzqa.types import Block, Mark, Role

Layout = Literal["printed", "debate", "letter", "other"]

_HYPHENS = ("-", "\u2010", "\u00ad")
_OFTEN = 0.03  # share of the lines that end in a hyphen above which a text is set with broken words


def read_pdf(data: bytes) -> tuple[Block, ...]:
    """Read a PDF: a ministry's letter, a printed piece of Parliament, or any other text in one or two columns.

    Raises:
        SourceError: damaged, encrypted, too large, without a text layer or without running text.
    """
    sheets = [read_sheet(page) for page in read_pages(data)]
    words = count_words("\n".join(piece.text for sheet in sheets for piece in sheet.pieces))
    layout = _layout(sheets)
    facts = _strip(sheets, layout, words)
    body = body_size(sheets)
    lines = [with_soft_hyphens(on_page) for on_page in read_columns(sheets)]
    take_contents(sheets, lines)
    notes = take_notes(sheets, lines, body)
    flow = [line for on_page in lines for line in on_page]
    if not flow:
        raise SourceError("er staat geen lopende tekst in de PDF", "neem een ander formaat, of haal het bestand weg")
    setter = _Setter({sheet.number: sheet.printed or sheet.number for sheet in sheets}, words, _hyphenates(layout, flow))
    items = [item for sheet, on_page in zip(sheets, lines, strict=True) for item in find_tables(on_page, body, sheet.rules)]
    found = paragraphs(items, measure(flow, {sheet.number: sheet.edge for sheet in sheets if sheet.edge}))
    joined = [setter.join(paragraph) for paragraph in found]
    levels = heading_levels(found, [text for text, _ in joined], body)
    openings = {id(on_page[0]) for on_page in lines if on_page}
    blocks = [
        replace(setter.block(paragraph, *lines_of, level), starts_page=bool(level) and id(paragraph.lines[0]) in openings)
        for paragraph, lines_of, level in zip(found, joined, levels, strict=True)
    ]
    if layout in ("printed", "debate"):
        blocks = with_speakers(blocks, [any(line.strong for line in paragraph.lines) for paragraph in found])
    if layout == "debate":
        facts += [Block("fact", block.text, label="title") for block in blocks if block.level == 1][:1]
    furniture = [Block("furniture", piece.text, sheet.printed or sheet.number) for sheet in sheets for piece in sheet.furniture if piece.text]
    head = [block for block in facts if block.kind != "fact"]
    facts = [block for block in facts if block.kind == "fact"]
    return (*facts, *furniture, *head, *_with_notes(blocks, [setter.note(note) for note in notes]))


def with_soft_hyphens(lines: Sequence[Piece]) -> list[Piece]:
    """The lines of a page; U+2010 is a soft hyphen where it only ends lines, for a real one stands inside of them too."""
    if any("\u2010" in line.text[:-1] for line in lines):
        return list(lines)
    return [replace(line, text=f"{line.text[:-1]}\u00ad") if line.text[-2:-1].isalpha() and line.text.endswith("\u2010") else line for line in lines]


def _layout(sheets: Sequence[Sheet]) -> Layout:
    if sitting_of(sheets[0]):
        return "debate"
    return "printed" if is_printed(sheets) else "letter" if is_letter(sheets) else "other"


def _strip(sheets: Sequence[Sheet], layout: Layout, words: Counter[str]) -> list[Block]:
    if layout == "printed":
        return strip_printed(sheets, words)
    if layout == "debate":
        return strip_debate(sheets)
    facts = strip_letter(sheets) if layout == "letter" else []
    drop_running_lines(sheets)
    return facts


def _hyphenates(layout: Layout, flow: Sequence[Piece]) -> bool:
    """Whether words are broken over lines: always in print, never in a letter, elsewhere if it is often seen."""
    if layout != "other":
        return layout in ("printed", "debate")
    broken = sum(line.text.endswith(_HYPHENS) and after.text[:1].islower() for line, after in pairwise(flow))
    return broken > max(2, _OFTEN * len(flow))


@dataclass(slots=True)
class _Setter:
    """Makes blocks of lines: ``pages`` are the page numbers by sheet, ``words`` those of the whole file."""

    pages: dict[int, int]
    words: Counter[str]
    hyphenates: bool

    def join(self, paragraph: Paragraph) -> tuple[str, list[int]]:
        """The running text of a paragraph and where its lines start in it; or the cells of a row."""
        if paragraph.row:
            return paragraph.row.text(self.words, hyphenates=self.hyphenates), []
        return self._join([line.text for line in paragraph.lines])

    def block(self, paragraph: Paragraph, text: str, starts: Sequence[int], level: int) -> Block:
        """A paragraph, as ``join`` gave it, as a block; ``level`` is that of a heading, or 0."""
        page = self.pages[paragraph.lines[0].page]
        if paragraph.row:
            role: Role = "heads" if paragraph.row.heads else "row"
            return Block("paragraph", text, page, role=role, marks=_row_marks(paragraph.row, text))
        marks = [Mark(min(start + offset, len(text)), label) for start, line in zip(starts, paragraph.lines, strict=True) for offset, label in line.marks]
        turns = [(start, self.pages[line.page]) for start, (last, line) in zip(starts[1:], pairwise(paragraph.lines), strict=True) if last.page != line.page]
        return Block("heading" if level else "paragraph", text, page, level, marks=tuple(marks), page_turns=tuple(turns))

    def note(self, note: Note) -> Block:
        """A footnote as a block."""
        lines = text_of(note)
        text, starts = self._join([line for line, _ in lines])
        turns = [(start, self.pages[line.page]) for start, (last, line) in zip(starts[1:], pairwise(note.lines), strict=True) if last.page != line.page]
        return Block("footnote", text, self.pages[note.sheet], label=note.label, urls=tuple(note.urls), page_turns=tuple(turns))

    def _join(self, lines: Sequence[str]) -> tuple[str, list[int]]:
        return join_lines(lines, self.words, hyphenates=self.hyphenates)


def _row_marks(row: Row, text: str) -> tuple[Mark, ...]:
    """The marks of a row, each behind the cell that held it."""
    marks, at = [], 0
    for cell in text.split("\t"):
        pieces = next((cells for cells in row.cells if cells and cell.startswith(cells[0].text[:5])), [])
        marks += [Mark(at + min(offset, len(cell)), label) for piece in pieces[:1] for offset, label in piece.marks]
        at += len(cell) + 1
    return tuple(marks)


def _with_notes(blocks: Sequence[Block], notes: Sequence[Block]) -> list[Block]:
    """Each footnote behind the block that holds its mark: on its own page, else the nearest before, else after."""
    free: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for n, block in enumerate(blocks):
        for mark in block.marks:
            free[mark.label].append((_page_of(block, mark.offset), n))
    pages = [block.page or 0 for block in blocks]
    behind: dict[int, list[Block]] = defaultdict(list)
    for note in notes:
        places, page = free[note.label], note.page or 0
        at = bisect_left(places, (page, 0))
        if places:
            behind[places.pop(at if at < len(places) and places[at][0] == page else max(at - 1, 0))[1]].append(note)
        else:
            behind[max(bisect_right(pages, page) - 1, 0)].append(note)
    return [each for n, block in enumerate(blocks) for each in (block, *behind[n])]


def _page_of(block: Block, offset: int) -> int:
    return next((page for at, page in reversed(block.page_turns) if at <= offset), block.page or 0)
