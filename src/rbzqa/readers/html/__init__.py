"""Web pages (officielebekendmakingen.nl, rijksoverheid.nl, letters saved as HTML) -> blocks, without what is around the letter."""

import re
from collections.abc import Set
from dataclasses import replace

from lxml import etree

from rbzqa.readers.docx.package import is_link
from rbzqa.readers.html.lists import DRAWN, OWN_BULLET, HtmlList, list_of
from rbzqa.readers.html.looks import LOWEST_TAG, PLAIN, SURE, Look, level_by_look, look_of, relative
from rbzqa.readers.html.notes import PageNotes, find_notes, inner_heads, note_heads, without_label
from rbzqa.readers.html.official import asked_role, before_letter, begins_annex, is_mark, is_subheading, questions_facts
from rbzqa.readers.html.page import Page, check_is_found, is_unseen, letter_page, page_facts, parse_page
from rbzqa.readers.html.tables import Rows, TableKind, table_kinds
from rbzqa.readers.lines import reads_as_heading
from rbzqa.readers.marked import Cleaned, Marked, joined
from rbzqa.types import Block, Role

_BLOCKS = frozenset(
    "address article aside blockquote body caption center dd details dialog div dl dt fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6 header"
    " hgroup hr legend li main menu ol p pre search section summary table tbody td tfoot th thead tr ul".split()
)
_LEVELS = {f"h{n}": n for n in range(1, 7)}
_WORD_BULLETS = frozenset("·§oØüvq–-•")
_IGNORED_MARK = re.compile(r"mso-list\s*:\s*ignore", re.IGNORECASE)
_LINE_ENDS = re.compile(r"\n[ \t\r\f]*\n")


def read_html(data: bytes) -> tuple[Block, ...]:
    """Read a web page.

    Only what a browser shows of the letter itself: no scripts, no hidden elements, no text marked as deleted
    (``del``), no menus. Nothing is fetched. White space is one space as in a browser; a no-break space stays
    what it is. List marks that the browser draws ("1.", "a.", "•") stand before their text.

    Raises:
        SourceError: wrongly encoded, nested too deep, or the page that says that a piece was not found.
    """
    root = parse_page(data)
    check_is_found(root)
    page = letter_page(root)
    notes = find_notes(page.root, root)
    page = Page(page.root, page.dropped | notes.holders | before_letter(page.root) | frozenset(note_heads(root, notes.holders)))
    walk = _Walk(page, notes)
    walk.all()
    return (*page_facts(root), *questions_facts(page.root), *relative(walk.blocks))


class _Walk:
    """Walks over a page once, without recursion, and gathers its blocks."""

    def __init__(self, page: Page, notes: PageNotes) -> None:
        self.blocks: list[Block] = []
        self._page = page
        self._notes = notes
        self._tables = table_kinds(page.root)
        self._text = Marked()
        self._level = 0
        self._mark = ""  # of the list item that begins here
        self._lists: list[HtmlList] = []
        self._pre = 0
        self._looks: list[frozenset[Look]] = [PLAIN]  # of the elements that are open and set their letters
        self._look: frozenset[Look] | None = None  # what all letters of this block are; None: it has none
        self._broken = False  # a br, and no text since
        self._row: Rows | None = None  # while a row of a table of data is open
        self._rows: dict[etree._Element, Rows] = {}
        self._roles: list[Role] = ["text"]
        self._starts_part = False
        self._is_subheading = False
        self._is_first_line = True
        self._pending: list[etree._Element] = []  # notes whose mark has been passed
        self._labels: list[str] = []
        self._told: set[etree._Element] = set()

    def all(self) -> None:
        """Walk."""
        stack: list[tuple[etree._Element, bool]] = [(self._page.root, False)]
        while stack:
            node, done = stack.pop()
            if done:
                self._end(node)
            elif not isinstance(node.tag, str) or self._is_passed(node):
                pass
            else:
                self._start(node)
                self._add(node.text)
                stack.append((node, True))
                stack.extend((child, False) for child in reversed(node))
                continue
            if node is not self._page.root:
                self._add(node.tail)
        self._flush()

    def _is_passed(self, node: etree._Element) -> bool:
        """Whether nothing in an element is running text: it is dropped, or a footnote mark, or a mark that Word set."""
        if (link := self._notes.marks.get(node)) is not None:
            self._text.place(link.label)
            if link.note not in self._told:
                self._told.add(link.note)
                self._pending.append(link.note)
                self._labels.append(link.label)
            return True
        if _IGNORED_MARK.search(node.get("style", "")):
            mark = " ".join("".join(node.itertext()).replace("\u00a0", " ").split())
            self._add("• " if mark in _WORD_BULLETS or "\uf000" <= mark[:1] <= "\uf0ff" else f"{mark} " if mark else "")
            return True
        return self._page.is_dropped(node)

    def _start(self, node: etree._Element) -> None:
        tag = node.tag
        if own := look_of(node):
            self._looks.append(self._looks[-1] | own)
        if tag == "br":
            self._break()
        elif tag in _BLOCKS and (self._row is not None or (self._level and tag not in _LEVELS)):
            self._text.add(" ")
        elif tag in _BLOCKS:
            self._flush()
            self._level = _LEVELS.get(tag, 0)
            self._is_subheading = is_subheading(node)
            self._open(node)
        if tag == "pre":
            self._pre += 1

    def _open(self, node: etree._Element) -> None:
        """What an element of structure begins."""
        if node.tag in ("ul", "ol", "menu"):
            self._lists.append(list_of(node))
        elif node.tag == "li" and self._lists:
            self._mark = self._lists[-1].mark(node)
        elif node.tag == "tr" and self._kind(node) is TableKind.DATA:
            table = self._table(node)
            self._row = self._rows.setdefault(table, Rows()) if table is not None else Rows()
            self._row.begin()
            self._look = None
        if role := asked_role(node):
            self._roles.append(role)
        self._starts_part = self._starts_part or begins_annex(node)

    def _table(self, node: etree._Element) -> etree._Element | None:
        """The table around a row or caption."""
        above = node.getparent()
        while above is not None and above.tag != "table":
            above = above.getparent()
        return above

    def _kind(self, node: etree._Element) -> TableKind:
        """What the table around a row or caption is for."""
        table = self._table(node)
        return self._tables.get(table, TableKind.LAYOUT) if table is not None else TableKind.LAYOUT

    def _end(self, node: etree._Element) -> None:
        self._end_block(node)
        if look_of(node):
            self._looks.pop()

    def _end_block(self, node: etree._Element) -> None:
        tag = node.tag
        if tag == "pre":
            self._pre -= 1
        if tag not in _BLOCKS:
            self._text.add(" " if is_mark(node) else "")
            return
        if self._row is not None:
            self._end_in_row(node, self._row)
            return
        if self._level and tag not in _LEVELS:  # in a heading
            self._text.add(" ")
            return
        if tag == "caption" and self._kind(node) is TableKind.DATA:
            self._emit(Block("paragraph", "", role="heads"))
        self._flush()
        self._level = 0
        if tag in ("ul", "ol", "menu") and self._lists:
            self._lists.pop()
        elif tag == "li":
            self._mark = ""
        elif tag == "table" and node in self._rows:
            for at in self._rows.pop(node).heads_by_look():
                self.blocks[at] = replace(self.blocks[at], role="heads")
        if asked_role(node):
            self._roles.pop()

    def _end_in_row(self, node: etree._Element, row: Rows) -> None:
        if node.tag in ("td", "th"):
            row.add(node, self._take())
        elif node.tag == "tr":
            above = node.getparent()
            heads = row.all_heads or (above is not None and above.tag == "thead")
            cells = row.end(heads, len(self.blocks), "b" in (self._look or PLAIN))
            self._row, self._look = None, None
            if cells:
                self._add_block(Block("paragraph", "", role="heads" if heads else "row"), joined(cells, "\t"))
        else:
            self._text.add(" ")

    def _break(self) -> None:
        if self._row is None and not self._level and (self._broken or (self._is_first_line and self._is_headed())):
            self._flush()
        self._is_first_line = False
        self._broken = True
        self._text.add("\n")

    def _is_headed(self) -> bool:
        """Whether the first line of a paragraph, all in other letters, is the heading over the rest of it."""
        return bool(self._look) and self._looks[-1] == PLAIN and not self._lists and not self._mark and reads_as_heading(self._text.clean(collapse=True).text)

    def _add(self, text: str | None) -> None:
        if not text:
            return
        if self._pre and self._row is None:
            first, *more = _LINE_ENDS.split(text)
            self._append(first)
            for piece in more:
                self._flush()
                self._append(piece)
        else:
            self._append(text)

    def _append(self, text: str) -> None:
        self._broken = self._broken and text.isspace()
        if not text.isspace():
            self._look = self._looks[-1] if self._look is None else self._look & self._looks[-1]
        self._text.add(text.replace("\f", " "))

    def _take(self) -> Cleaned:
        text, self._text = self._text, Marked()
        return text.clean(collapse=True)

    def _flush(self) -> None:
        """End the block that is open."""
        look, sure = self._look or PLAIN, self._is_subheading
        self._broken, self._look, self._is_subheading, self._is_first_line = False, None, False, True
        level = self._level or (0 if self._lists else level_by_look(look))
        if sure and not self._level:
            level = SURE + (level or LOWEST_TAG + 1)
        self._emit(Block("heading" if level else "paragraph", "", level=level, role=self._roles[-1]))

    def _emit(self, block: Block) -> None:
        cleaned = self._take()
        if cleaned.text and self._mark and not (self._mark == DRAWN["bullet"] and OWN_BULLET.match(cleaned.text)):
            cleaned = joined([Cleaned(self._mark), cleaned], " ")
        if cleaned.text:
            self._mark = ""
        if LOWEST_TAG < block.level < SURE and not reads_as_heading(cleaned.text):
            block = replace(block, kind="paragraph", level=0)
        self._add_block(block, cleaned)

    def _add_block(self, block: Block, cleaned: Cleaned) -> None:
        if cleaned.text:
            self.blocks.append(replace(block, text=cleaned.text, marks=cleaned.marks, starts_part=self._starts_part))
            self._starts_part = False
        notes, labels = self._pending, self._labels
        self._pending, self._labels = [], []
        self.blocks += [_note(note, label, self._notes.back) for note, label in zip(notes, labels, strict=True)]


def _note(note: etree._Element, label: str, back: Set[etree._Element]) -> Block:
    """A footnote block: all text of its element but the links back, its own number and the heading that a site sets above it."""
    heads = inner_heads(note)
    text = Marked()
    urls: list[str] = []
    stack: list[tuple[etree._Element, bool]] = [(note, False)]
    while stack:
        node, done = stack.pop()
        space = " " if node.tag in _BLOCKS or node.tag == "br" else ""
        if not done and isinstance(node.tag, str) and not is_unseen(node) and node not in back and node not in heads:
            address = (node.get("href") or "").strip() if node.tag == "a" else ""
            urls += [address] if is_link(address) else []
            text.add(space + (node.text or ""))
            stack.append((node, True))
            stack.extend((child, False) for child in reversed(node))
            continue
        text.add(space)
        if node is not note:
            text.add(node.tail or "")
    return Block("footnote", without_label(text.clean(collapse=True).text, label), label=label, urls=tuple(dict.fromkeys(urls)))
