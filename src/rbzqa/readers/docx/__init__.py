"""Word files (DOCX) -> blocks: paragraphs, headings, lists, tables and notes as the printed page shows them (FORMATS §5)."""

from collections.abc import Callable
from dataclasses import replace

from lxml import etree

from rbzqa.errors import SourceError
from rbzqa.readers.docx.letterfacts import is_label, letter_facts, once
from rbzqa.readers.docx.numbering import Numbering
from rbzqa.readers.docx.package import W, WordPackage
from rbzqa.readers.docx.pieces import Piece, as_furniture, with_levels
from rbzqa.readers.docx.styles import MAX_OUTLINE, Style, Styles, Toggle, is_on, num_pr, outline_level, val
from rbzqa.readers.docx.tables import Cell, cell_borders, inner, is_continued, is_deleted, row_of, spanned, table_pieces
from rbzqa.readers.docx.text import GONE, MC, Inline, Notes, Pages, Text
from rbzqa.readers.lines import reads_as_heading
from rbzqa.readers.marked import Cleaned, Marked, joined
from rbzqa.types import Block, BlockKind

_TOP = 60  # pieces within which a letter says what it is
_NOT_TEXT = GONE | {f"{W}{name}" for name in ("sdtPr", "sdtEndPr", "sectPr", "altChunk", "tblPr", "tblGrid")}


def read_docx(data: bytes) -> tuple[Block, ...]:
    """Read a Word file.

    The text is that of the page: the numbers and bullets that Word works out for lists stand before their
    paragraph ("1. Titel", "a. tekst", "• tekst") and footnote marks bear the numbers that Word gives them.
    What the page does not show is not read: text that a tracked change took away (what one put in is text),
    comments, the codes of fields, and hidden text, whether hidden directly or by its style. A table of
    contents, headers and footers are furniture; the core properties are not trusted. ``page`` is known only
    where Word noted down its page turns.

    Raises:
        SourceError: unsafe to unpack, damaged, or no Word file.
    """
    package = WordPackage.open(data)
    try:
        blocks = _Letter(package).blocks()
    except (etree.LxmlError, RecursionError) as error:
        raise SourceError("dit DOCX-bestand is beschadigd of te diep genest", "open het in Word en sla het opnieuw op als DOCX") from error
    return tuple(blocks)


class _Letter:
    """One file: its styles and lists, and the stories in it."""

    def __init__(self, package: WordPackage) -> None:
        self._package = package
        self._styles = Styles(package.part("styles"))
        self._numbering = Numbering(package.part("numbering"), self._styles)
        self._links = {kind: package.links(f"{kind}s") for kind in ("footnote", "endnote")}

    def blocks(self) -> list[Block]:
        """All blocks: the facts of the head, the furniture, then the text."""
        body = self._package.root.find(f"{W}body")
        if body is None:
            raise SourceError("dit DOCX-bestand heeft geen tekst", "open het in Word en sla het opnieuw op als DOCX")
        around = [piece for part in self._package.parts(("header", "footer")) for piece in self._story(part, {}, Pages(None), {}).pieces()]
        text = Text(body, self._styles, self._package.links(), Pages(body), self._notes(body))
        pieces = _Story(body, self._styles, self._numbering, text, self._note).pieces()
        facts = [piece.block(0) for piece in pieces[:_TOP] if piece.kind == "fact"]
        pieces = [piece for piece in pieces if piece.kind != "fact"]
        facts += [piece.block(0) for piece in around if piece.kind == "fact"]
        facts = once([*facts, *letter_facts(piece.cleaned.text for piece in around if piece.kind == "paragraph")])
        furniture = [Block("furniture", piece.cleaned.text) for piece in around if piece.kind != "fact"]
        return [*facts, *furniture, *with_levels(pieces)]

    def _notes(self, body: etree._Element) -> dict[str, Notes]:
        settings = self._package.part("settings")
        section = next(iter(body.findall(f"{W}sectPr")[-1:]), None)
        notes = {}
        for name in ("footnote", "endnote"):
            rules = [rule for place in (settings, section) if place is not None and (rule := place.find(f"{W}{name}Pr")) is not None]
            notes[f"{name}Reference"] = Notes(name, self._package.part(f"{name}s"), rules)
        return notes

    def _note(self, note: etree._Element, label: str) -> Piece:
        """A footnote or endnote, all its paragraphs as one text."""
        story = self._story(note, self._links[etree.QName(note).localname], Pages(None), {})
        texts = [Cleaned(piece.cleaned.text) for piece in story.pieces() if piece.kind == "paragraph"]
        return Piece(joined(texts, " "), kind="footnote", label=label, urls=tuple(dict.fromkeys(story.urls)))

    def _story(self, root: etree._Element, links: dict[str, str], pages: Pages, notes: dict[str, Notes]) -> "_Story":
        return _Story(root, self._styles, self._numbering, Text(root, self._styles, links, pages, notes), self._note)


class _Story:
    """The pieces of one container of paragraphs and tables, in reading order."""

    def __init__(self, root: etree._Element, styles: Styles, numbering: Numbering, text: Text, note: "Callable[[etree._Element, str], Piece]") -> None:
        self._root = root
        self._styles = styles
        self._numbering = numbering
        self._text = text
        self._note = note
        self._open = Inline()  # the paragraph whose end was deleted: it runs on in the next one
        self.urls: list[str] = []

    def pieces(self) -> list[Piece]:
        """Read it, once."""
        out: list[Piece] = []
        self._whole(self._root, out)
        return out

    def _whole(self, node: etree._Element, out: list[Piece]) -> None:
        """A container beyond which no paragraph runs on."""
        kept, self._open = self._open, Inline()
        self._container(node, out)
        self._end(out)
        self._open = kept

    def _end(self, out: list[Piece]) -> None:
        inline, self._open = self._open, Inline()
        self._emit(inline, None, Style(""), out)

    def _container(self, node: etree._Element, out: list[Piece]) -> None:
        for child in node:
            if child.tag == f"{W}p":
                self._paragraph(child, out)
            elif child.tag == f"{W}tbl":
                self._end(out)
                self._table(child, out)
            elif child.tag == f"{MC}AlternateContent":
                chosen = next((part for part in child if part.tag == f"{MC}Choice"), next(iter(child), None))
                if chosen is not None:
                    self._container(chosen, out)
            elif isinstance(child.tag, str) and child.tag not in _NOT_TEXT:
                self._container(child, out)

    def _paragraph(self, element: etree._Element, out: list[Piece]) -> None:
        properties = element.find(f"{W}pPr")
        style = self._styles.get(val(properties.find(f"{W}pStyle")) if properties is not None else None, "paragraph")
        if properties is not None and is_on(properties.find(f"{W}pageBreakBefore")):
            self._text.pages.turn(noted=True)
        inline = self._open
        self._text.read(element, style, inline)
        if not _end_has(properties, "del", "moveFrom"):
            self._open = Inline()
            self._emit(inline, properties, style, out)
        if properties is not None and properties.find(f"{W}sectPr") is not None:
            self._text.end_section()

    def _emit(self, inline: Inline, properties: etree._Element | None, style: Style, out: list[Piece]) -> None:
        """Add a paragraph that has come to its end, then its notes and text boxes."""
        filled = inline.text.filled
        number = self._numbering.label(num_pr(properties), style) if filled or not _end_has(properties, "vanish") else ""
        whole = Marked()
        whole.add(number if filled else "")
        whole.extend(inline.text)
        if not number and (head := _headed(inline)) is not None:
            out.append(Piece(head[0].clean(), inline.page, inline.starts_page, look=head[2]))
            whole, inline.starts_page = head[1], False
        cleaned = whole.clean()
        if cleaned.text:
            said = outline_level(properties)
            outline = style.outline if said is None else said if said <= MAX_OUTLINE else None
            kind: BlockKind = "furniture" if style.is_contents else "paragraph"
            bulleted = bool(number) and not any(map(str.isalnum, number))
            out.append(Piece(cleaned, inline.page, inline.starts_page, kind, look=inline.look, outline=outline, bulleted=bulleted, caption=style.is_caption))
        self.urls += inline.urls
        out += [self._note(note, label) for note, label in inline.notes]
        for box in inline.boxes:
            self._box(box, out)

    def _box(self, box: etree._Element, out: list[Piece]) -> None:
        """A text box: text of the letter, or a column of its letterhead, which states facts."""
        pieces: list[Piece] = []
        self._whole(box, pieces)
        if any(is_label(piece.cleaned.text) for piece in pieces):
            facts = letter_facts(piece.cleaned.text for piece in pieces)
            pieces = [Piece.of_fact(block) for block in facts] + list(map(as_furniture, pieces))
        out += pieces

    def _table(self, table: etree._Element, out: list[Piece]) -> None:
        rows = []
        for row in inner(table, "tr"):
            if is_deleted(row):
                continue
            cells = [Cell([])] * spanned(row.find(f"{W}trPr"), "gridBefore")
            for cell in inner(row, "tc"):
                pieces: list[Piece] = []
                if not is_continued(cell):
                    self._whole(cell, pieces)
                cells += [Cell(pieces, cell_borders(cell)), *[Cell([])] * spanned(cell.find(f"{W}tcPr"), "gridSpan")]
            rows.append(row_of(row, cells))
        style = self._styles.get(val(table.find(f"{W}tblPr/{W}tblStyle")), "table")
        pieces = table_pieces(table, rows, style)
        if out and out[-1].caption and pieces and pieces[0].role != "text":
            out[-1] = replace(out[-1], role="heads")
        out += pieces


def _headed(inline: Inline) -> tuple[Marked, Marked, frozenset[Toggle]] | None:
    """The first line of a paragraph, the rest, and the letters of that line, where they make it a heading over the rest."""
    if inline.first_line is None or not inline.first_line[1] or inline.look:
        return None
    at, look = inline.first_line
    first, rest = inline.text.split(at)
    return (first, rest, look) if rest.filled and reads_as_heading(first.clean().text) else None


def _end_has(properties: etree._Element | None, *names: str) -> bool:
    """Whether the mark at the end of a paragraph is deleted, moved away or hidden."""
    run = properties.find(f"{W}rPr") if properties is not None else None
    return run is not None and any(is_on(run.find(f"{W}{name}")) for name in names)
