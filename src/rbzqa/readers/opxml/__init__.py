"""OP-XML of officielebekendmakingen.nl -> blocks: Kamerstukken, Kamervragen, Handelingen, Staatsblad and the like (FORMATS §3)."""

import re
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import replace

from lxml import etree

from rbzqa.readers.opxml.place import APART, HEADS, Place, depth_of, is_set_as_heading, style_of, surveyed
from rbzqa.readers.record import once, statements
from rbzqa.readers.trees import TABLE_HEADS, Run, child, flat, has_own_text, is_inline, is_regular, label_of, name, parse, plain, table_rows, up
from rbzqa.types import Block, Mark, Role

_RUNNING = frozenset("al noot.al titel subtitel tussenkop li.nr nr lidnr label term title bijschrift spreker".split())
_MARKS = frozenset("li.nr lidnr nr term".split())
_QUESTION = re.compile(r"(?:vraag|vragen|antwoord|antwoorden)\b[\d\s,.]*(?:(?:en|t/m|tot en met)[\d\s,.]*)*:?", re.IGNORECASE)
_REPRINT = re.compile(r"\bherdruk\b", re.IGNORECASE)
_DIGITS = re.compile(r"\d+")


def read_opxml(data: bytes) -> tuple[Block, ...]:
    """Read an official publication in OP-XML (op-xsd-2012-1, -2, -3).

    Raises:
        SourceError: not well-formed, with entities of its own, or nested too deep.
    """
    root = parse(data)
    reader = _Reader()
    reader.flow(root, surveyed(root, Place()))
    read = reader.result()
    labels = {block.label for block in read if block.kind == "fact"}
    facts = [fact for fact in statements(root) if fact.label not in labels]
    return tuple(once([*facts, *read]))


class _Reader:
    """Walks the elements in their order; every word of them ends in one of ``blocks``."""

    def __init__(self) -> None:
        self.blocks: list[Block] = []
        self._marks: list[etree._Element] = []  # of a list or a paragraph, for the text that follows
        self._starts_part = False
        self._head: etree._Element | None = None  # of the question or answer that is being read
        self._signs = True
        self._signed = ""  # a date, for where no other is stated: of questions without an answer, of a signature
        self._last = -1  # the last block of the text itself
        self._hung: dict[int, list[Mark]] = defaultdict(list)
        self._handlers: dict[str, Callable[[etree._Element, Place], None]] = {
            "kop": self._kop,
            "titel": self._title,
            "item-titel": self._title,
            "intitule": self._title,
            "tussenkop": self._tussenkop,
            "spreker": self._speaker,
            "bijlage": self._annex,
            "li": self._item,
            "lid": self._item,
            "wijziging": self._item,
            "definitie-item": self._item,
            "table": self._table,
            "ondertekening": self._signature,
            "vraag": self._question,
            "antwoord": self._question,
            "dossiernummer": self._dossier,
            "stuknr": self._number,
            "kamervraagnummer": self._number,
            "vergadering-nummer": self._number,
            "vergaderdatum": self._date,
            "vergadertijd": self._furniture,
            "datumtekst": self._date,
            "dagtekening": self._dated,
            "uitgifte": self._dated,
            "tekstregel": self._line,
            "nds-nr": self._furniture,
            "kamervraagomschrijving": self._description,
            "officiele-inhoudsopgave": self._furniture,
        }

    def result(self) -> list[Block]:
        """All blocks, with the marks that stood between two of them."""
        self._drop_marks(0, Place())
        if not any(block.kind == "fact" and block.label == "date" for block in self.blocks):
            self._fact("date", self._signed)
        for n, marks in self._hung.items():
            self.blocks[n] = replace(self.blocks[n], marks=(*self.blocks[n].marks, *marks))
        return self.blocks

    def _fact(self, label: str, text: str) -> None:
        if text:
            self.blocks.append(Block("fact", text, label=label))

    def flow(self, element: etree._Element, place: Place) -> None:
        """Read what is in an element: its running text is a paragraph, a block in it stands apart."""
        run, before = Run(), None
        run.text(element.text)
        running = name(element) in _RUNNING or has_own_text(element)
        for node in element:
            if is_inline(node, running):
                run.node(node, before)
            else:
                self._close(run, place)
                self._block(node, place)
                run = Run()
            run.text(node.tail)
            before = None if node.tail or not name(node) else node
        self._close(run, place)

    def _block(self, element: etree._Element, place: Place) -> None:
        tag = name(element)
        if element is self._head:
            self._heading(flat(element), max(1, place.level - 1), place)
        elif tag in self._handlers:
            self._handlers[tag](element, place)
        elif not place.apart and place.kind == "paragraph" and is_set_as_heading(element):
            self._tussenkop(element, place)
        elif tag == "nr" and up(element, 2) == "handelingen":
            self._fact("item", plain(element))
        elif tag in _MARKS:
            self._marks.append(element)
        elif tag != "metadata":
            self._section(element, place)

    def _section(self, element: etree._Element, place: Place) -> None:
        """Read a container; where it bears a heading of its own, its content is a level deeper."""
        if name(element) in APART:
            place = surveyed(element, replace(place, apart=True))
        head = child(element, *HEADS)
        if head is not None:
            place = surveyed(element, self._inside(head, place))
        self.flow(element, place)

    def _inside(self, head: etree._Element, place: Place) -> Place:
        if name(head) == "spreker":
            level = place.speaker or place.level
            return replace(place, level=level + 1, speaker=level)
        level = place.level + max(0, depth_of(head) - place.lowest)
        return replace(place, level=level + 1, speaker=level + 1 if name(head) == "item-titel" else place.speaker)

    def _close(self, run: Run, place: Place) -> None:
        """End a paragraph."""
        if not any(piece.strip() for piece in run.pieces):
            return
        self._emit(self._marked(run), Block(place.kind, "", role=place.role))

    def _take_marks(self, first: int = 0) -> list[etree._Element]:
        taken = self._marks[first:]
        del self._marks[first:]
        return taken

    def _drop_marks(self, first: int, place: Place) -> None:
        """Marks without any text are furniture; one may hold another."""
        while marks := self._take_marks(first):
            for mark in marks:
                self._furniture(mark, place)

    def _marked(self, run: Run) -> Run:
        """The run behind the mark of its list item or paragraph."""
        whole = Run()
        for mark in self._take_marks():
            whole.inside(mark)
            whole.text(" ")
        whole.extend(run)
        return whole

    def _emit(self, run: Run, block: Block) -> None:
        """Add a block with the text of a run, and its footnotes behind it."""
        text, marks = run.finish()
        if text:
            self._add(replace(block, text=text, marks=marks))
        elif marks and self._last >= 0:  # it stands between two paragraphs: at the end of the first
            self._hung[self._last] += [Mark(len(self.blocks[self._last].text), mark.label) for mark in marks]
        self._footnotes(run.notes)

    def _add(self, block: Block) -> None:
        if block.kind != "furniture":
            block = replace(block, starts_part=self._starts_part)
            self._starts_part, self._last = False, len(self.blocks)
        self.blocks.append(block)

    def _footnotes(self, notes: Sequence[etree._Element]) -> None:
        for note in notes:
            run = flat(note, "noot.nr")
            text, marks = run.finish()
            if text:
                self.blocks.append(Block("footnote", text, label=label_of(note), marks=marks, urls=tuple(dict.fromkeys(run.urls))))
            self._footnotes(run.notes)

    def _heading(self, run: Run, level: int, place: Place) -> None:
        if place.apart or place.kind == "furniture":
            self._close(run, place)
        else:
            self._emit(self._marked(run), Block("heading", "", level=level, role=place.role))

    def _kop(self, element: etree._Element, place: Place) -> None:
        """The heading of the element around it; that of the whole file is the name of the gazette."""
        if up(element, 1) == "officiele-publicatie":
            self._furniture(element, place)
            return
        run, others = Run(), []
        run.text(element.text)
        for node in element:
            if name(node) in ("label", "nr", "titel") or is_inline(node, True):
                run.node(node)
            else:
                others.append(node)
            run.text(node.tail)
        if up(element, 2) == "officiele-publicatie":
            self._fact("title", run.finish()[0])
        level = max(1, place.level - 1)
        self._heading(run, level, place)
        for node in others:
            if name(node) == "subtitel":
                self._heading(flat(node), level + 1, place)
            else:
                self._block(node, place)

    def _title(self, element: etree._Element, place: Place) -> None:
        """A title: that of the piece or its dossier is a fact, any other a heading."""
        owner, run = up(element, 1), flat(element)
        text = run.finish()[0]
        if owner in ("dossier", "stuk", "nds-stuk"):
            self._fact("dossier_title" if owner == "dossier" else "title", text)
            self._reprint(text)
            self._footnotes(run.notes)
            return
        if name(element) != "titel":
            self._fact("title", text)
        self._heading(run, max(1, place.level - 1) if name(element) == "item-titel" else place.level, place)

    def _tussenkop(self, element: etree._Element, place: Place) -> None:
        self._heading(flat(element), place.level + place.styles.get(style_of(element), 0), place)

    def _speaker(self, element: etree._Element, place: Place) -> None:
        run = flat(element)
        text, marks = run.finish()
        if text.endswith(":"):  # the sign that speech follows, no part of the name
            run = Run([text[:-1].rstrip()]) if not marks else run
        self._heading(run, max(1, place.level - 1), place)

    def _annex(self, element: etree._Element, place: Place) -> None:
        self._starts_part = True
        self._section(element, surveyed(element, Place(kind=place.kind)))
        self._starts_part = False

    def _item(self, element: etree._Element, place: Place) -> None:
        """A list item or numbered paragraph: a mark without any text is no paragraph."""
        outer = len(self._marks)
        self._section(element, place)
        self._drop_marks(outer, place)

    def _table(self, element: etree._Element, place: Place) -> None:
        """Title and column heads, then the rows; what else stands in it (a source, a picture) behind them."""
        if not is_regular(element):
            self._section(element, place)
            return
        for role, cells in table_rows(element):
            row = Block(place.kind, "", role=role if place.kind == "paragraph" else "text")
            texts: list[str] = []
            marks: list[Mark] = []
            at = 0
            for cell in cells:
                text, own = cell.finish()
                texts.append(text)
                marks += [Mark(at + mark.offset, mark.label) for mark in own]
                at += len(text) + 1
            if any(texts):
                text = "\t".join(texts).rstrip("\t")
                self._add(replace(row, text=text, marks=tuple(Mark(min(mark.offset, len(text)), mark.label) for mark in marks)))
            self._footnotes([note for cell in cells for note in cell.notes])
        for node in element:
            if name(node) and name(node) not in (*TABLE_HEADS, "tgroup"):
                self._block(node, place)

    def _signature(self, element: etree._Element, place: Place) -> None:
        """An office and below it the name, as a letter has them; a name alone is a paragraph."""
        run, person, office = Run(), Run(), ""
        self._signs = up(element, 1) != "uitgifte"  # who has a law printed did not write it
        run.text(element.text)
        for node in element:
            tag = name(node)
            if tag in ("naam", "functie") or not is_inline(node, True):
                office = self._signatory(person, run, office, place)
                run, person = Run(), Run()
            if tag == "naam":
                person.node(node)
            elif is_inline(node, True):
                run.node(node)
            else:
                self._block(node, place)
            run.text(node.tail)
        self._signatory(person, run, office, place)

    def _signatory(self, person: Run, behind: Run, office: str, place: Place) -> str:
        """A name, and what stands behind it: the next office, or a piece of the same line ("c.s."). Gives the office of the next name."""
        if person.pieces and not behind.finish()[0][:1].isupper():
            person.extend(behind)
            behind = Run()
        if person.pieces and office:
            self._heading(person, place.level, place)
        elif person.pieces:
            self._fact("author", person.finish()[0] if self._signs else "")
            self._close(person, place)
        return self._office(behind, place) or office

    def _office(self, run: Run, place: Place) -> str:
        text = run.finish()[0]
        if text:
            self._fact("author", text.rstrip(" ,") if self._signs else "")
            self._heading(run, place.level, place)
        return text

    def _question(self, element: etree._Element, place: Place) -> None:
        """A question or an answer under its number; older files state that in a paragraph."""
        role: Role = "question" if name(element) == "vraag" else "answer"
        first = child(element, "nr", "al")
        if first is not None and name(first) == "al":
            first = first if _QUESTION.fullmatch(plain(first)) else None
        self._head = first
        self.flow(element, surveyed(element, replace(place, role=role, level=place.level + 1)))
        self._head = None

    def _description(self, element: etree._Element, place: Place) -> None:
        """What was asked, by whom and of whom; and who answered when."""
        answer = element.get("type") == "antwoord"
        if not answer:
            self._fact("title", plain(element))
            for label, tag in (("subject", "kamervraagonderwerp"), ("author", "naam")):
                for node in element.iter(tag):
                    self._fact(label, plain(node))
        date = next((node.get("isodatum", "") for node in element.iter("datum")), "")
        if answer:
            self._fact("date", date)
        self._signed = self._signed or date
        self.flow(element, place)

    def _dossier(self, element: etree._Element, place: Place) -> None:
        self._fact("dossier", plain(element))

    def _number(self, element: etree._Element, place: Place) -> None:
        """The number of the piece; the words around it are furniture."""
        inner = child(element, "ondernummer")
        text = plain(element if inner is None else inner)
        digits = _DIGITS.match(text) if name(element) == "vergadering-nummer" else None
        self._fact("number", digits[0] if digits else _REPRINT.sub("", text).strip())
        self._reprint(plain(element))
        self._furniture(element, place)

    def _reprint(self, text: str) -> None:
        found = _REPRINT.search(text)
        self._fact("reprint", found[0] if found else "")

    def _dated(self, element: etree._Element, place: Place) -> None:
        """The day on which a law was published, else the one on which it was signed; both stand in the text as well."""
        date = next((node.get("isodatum", "") for node in element.iter("datum")), "")
        if name(element) == "uitgifte":
            self._fact("date", date)
        self._signed = self._signed or date
        self.flow(element, place)

    def _date(self, element: etree._Element, place: Place) -> None:
        stated = [node.get("isodatum", "") for node in (element, *element.iter("datum"))]
        self._fact("date", next(filter(None, stated), "") or plain(element))
        self._furniture(element, place)

    def _line(self, element: etree._Element, place: Place) -> None:
        label = {"vergaderjaar": "session", "kameraanduiding": "chamber"}.get(element.get("inhoud", ""), "")
        if label:
            self._fact(label, plain(element))
        else:
            self._furniture(element, place)

    def _furniture(self, element: etree._Element, place: Place) -> None:
        self.flow(element, replace(place, kind="furniture", role="text"))
