"""Untrusted XML -> a tree, and the mixed content in it -> running text with footnote marks."""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Literal

from lxml import etree

from rbzqa.errors import SourceError
from rbzqa.readers.lines import normalise
from rbzqa.types import Mark

MAX_DEPTH = 100  # elements inside each other; real ones stay below 50, and a reader may recurse over them

# Inside running text: formatting and references, which touch the words around them.
_TOUCHING = frozenset("nadruk sup inf extref intref extref-groep intref-groep dossierref br noot nootref kamervraagonderwerp unl romein redactie".split())
# Also inside running text, but each a word or words of its own.
_WORDS = frozenset("voorvoegsels naam voornaam achternaam functie politiek organisatie plaats datum ondernummer herdruk".split())
INLINE = _TOUCHING | _WORDS
# Never inside a run of text: between them and what is around them there is at least a space.
BLOCKS = frozenset(
    "al al-groep lijst li li.nr table tgroup thead tbody tfoot row entry title titel subtitel label nr kop tussenkop divisie tekst citaat box plaatje"
    " bijschrift bron definitielijst definitie-item term definitie noot.nr noot.al noot.lijst noot.li artikel lid lidnr bijlage ondertekening wat motie"
    " dossiernr begrotingshoofdstuk spreker motie-info amendement vraag antwoord tekstregel kamervraagomschrijving datumtekst stuknr".split()
)
TABLE_HEADS = ("title", "titel", "kop", "caption")
_BODIES = ("thead", "tbody", "tfoot")
_MAX_COLUMNS = 256
_MAX_DIGITS = 6
_SPACE = re.compile(r"[ \t\n\f]+")
_MARK = "\0"  # no XML text can hold it
_SPLIT_GLYPH = re.compile(f"(?<!{_MARK})({_MARK}++)([\u0300-\u036f]++)")
_REASONS = (  # words of libxml2's messages
    ("ncoding", "de opgegeven codering van de XML klopt niet"),
    ("xcessive depth", f"de XML is dieper genest dan {MAX_DEPTH} elementen"),
    ("amplification", "de XML legt eigen entiteiten vast; die worden niet gelezen"),
)
_LATIN_1 = frozenset(("ISO-8859-1", "LATIN1", "US-ASCII", "ASCII"))
_C1 = re.compile(rb"[\x80-\x9f]")


def parse(data: bytes) -> etree._Element:
    """Parse XML without entities, DTD or network.

    Raises:
        SourceError: not well-formed, wrongly encoded, with entities of its own, or nested too deep.
    """
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, dtd_validation=False, huge_tree=False, recover=False)
    try:
        root = etree.fromstring(data.removeprefix(b"\xef\xbb\xbf").lstrip(), parser)
    except etree.XMLSyntaxError as error:
        raise SourceError(_reason(error), "haal het bestand opnieuw op bij de bron") from error
    info = root.getroottree().docinfo
    if info.internalDTD is not None and next(info.internalDTD.iterentities(), None) is not None:
        raise SourceError("de XML legt eigen entiteiten vast; die worden niet gelezen", "haal het bestand opnieuw op bij de bron")
    if (info.encoding or "").upper() in _LATIN_1 and _C1.search(data):
        raise SourceError(f"de opgegeven codering {info.encoding} klopt niet", "bewaar het bestand als UTF-8")
    if next(root.iter(etree.Entity), None) is not None:
        raise SourceError("de XML verwijst naar entiteiten die niet bekend zijn", "haal het bestand opnieuw op bij de bron")
    if _is_deep(root):
        raise SourceError(f"de XML is dieper genest dan {MAX_DEPTH} elementen", "haal het bestand opnieuw op bij de bron")
    return root


def _reason(error: etree.XMLSyntaxError) -> str:
    reason = next((line for word, line in _REASONS if word in (error.msg or "")), "geen geldige XML")
    return f"{reason} (regel {error.lineno or 1})"


def _is_deep(root: etree._Element) -> bool:
    depth = 0
    for event, _ in etree.iterwalk(root, events=("start", "end")):
        depth += 1 if event == "start" else -1
        if depth > MAX_DEPTH:
            return True
    return False


def name(node: etree._Element) -> str:
    """The local name of an element; empty for a comment or a processing instruction."""
    return node.tag.rpartition("}")[2] if isinstance(node.tag, str) else ""


def children(element: etree._Element, *names: str) -> Iterator[etree._Element]:
    """The children with one of these local names."""
    return (child for child in element if name(child) in names)


def child(element: etree._Element, *names: str) -> etree._Element | None:
    """The first child with one of these local names."""
    return next(children(element, *names), None)


def up(element: etree._Element, steps: int) -> str:
    """The name of the element so many steps around this one."""
    around: etree._Element | None = element
    for _ in range(steps):
        around = around.getparent() if around is not None else None
    return name(around) if around is not None else ""


def is_inline(node: etree._Element, running: bool) -> bool:
    """Whether a node belongs to a run of text; an unknown one does where text stands around it."""
    tag = name(node)
    return not tag or tag in INLINE or (running and tag not in BLOCKS and all(name(inner) not in BLOCKS for inner in node))


def has_own_text(element: etree._Element) -> bool:
    """Whether words stand in the element itself, and not only in its children."""
    return bool((element.text or "").strip()) or any((node.tail or "").strip() for node in element)


@dataclass(slots=True)
class Run:
    """Running text as it is gathered, with the footnotes whose marks stand in it."""

    pieces: list[str] = field(default_factory=list)
    labels: list[str] = field(default_factory=list)
    notes: list[etree._Element] = field(default_factory=list)
    urls: list[str] = field(default_factory=list)

    def text(self, text: str | None) -> None:
        """Add text as it stands in the source."""
        if text:
            self.pieces.append(text)

    def extend(self, other: "Run") -> None:
        """Add another run behind this one."""
        self.pieces += other.pieces
        self.labels += other.labels
        self.notes += other.notes
        self.urls += other.urls

    def node(self, node: etree._Element, before: etree._Element | None = None) -> None:
        """Add all that is in an element, but not its tail; ``before`` is the element that it touches."""
        tag = name(node)
        if tag in ("noot", "nootref"):
            self._mark(node, tag)
        elif tag == "br":
            self.text(" ")
        elif tag in BLOCKS:
            self.text(" ")
            self.inside(node)
            self.text(" ")
        elif tag:
            if tag in _WORDS and before is not None and name(before) in _WORDS:
                self.text(" ")
            self._link(node, tag)
            self.inside(node)

    def inside(self, element: etree._Element, *without: str) -> None:
        """Add what is in an element, but for the children with these local names."""
        indented = name(element) == "naam" and not has_own_text(element)  # white space around its names is no text
        before = None
        if not indented:
            self.text(element.text)
        for node in element:
            if name(node) not in without:
                self.node(node, before)
            tail = node.tail
            before = None if tail or not name(node) else node
            if not indented or node.getnext() is not None:
                self.text(tail)

    def _mark(self, note: etree._Element, tag: str) -> None:
        label = label_of(note) if tag == "noot" else plain(note)
        if tag == "noot":
            self.notes.append(note)
        if label:
            self.pieces.append(_MARK)
            self.labels.append(label)

    def _link(self, node: etree._Element, tag: str) -> None:
        address = node.get("doc", "").strip()
        if tag == "extref" and address.lower().startswith(("http://", "https://")):
            self.urls.append(address)

    def finish(self) -> tuple[str, tuple[Mark, ...]]:
        """The canonical text and the marks in it: white space is one space, at the ends none."""
        raw = normalise(_SPLIT_GLYPH.sub(r"\2\1", "".join(self.pieces)))
        out: list[str] = []
        places: list[int] = []
        length, spaced = 0, True
        for n, segment in enumerate(_SPACE.sub(" ", raw).split(_MARK)):
            if n:
                places.append(length)
            piece = segment.lstrip(" ") if spaced else segment
            if piece:
                out.append(piece)
                length, spaced = length + len(piece), piece.endswith(" ")
        text = "".join(out)
        left = len(text) - len(text.lstrip())
        text = unicodedata.normalize("NFC", text.strip())
        return text, tuple(Mark(min(max(at - left, 0), len(text)), label) for at, label in zip(places, self.labels, strict=True))


def flat(element: etree._Element, *without: str) -> Run:
    """All text of an element as one run."""
    run = Run()
    run.inside(element, *without)
    return run


def plain(element: etree._Element, *without: str) -> str:
    """All text of an element as one line, without marks."""
    return flat(element, *without).finish()[0]


def label_of(note: etree._Element) -> str:
    """The number of a footnote, or the usual sign where it states none."""
    number = child(note, "noot.nr")
    return (plain(number) if number is not None else note.get("nr", "")) or "*"


def is_regular(table: etree._Element) -> bool:
    """Whether all that a table holds stands where CALS has it, so that ``table_rows`` loses nothing."""
    groups = list(children(table, "tgroup"))
    bodies = [body for group in groups for body in children(group, *_BODIES)]
    rows = [row for body in bodies for row in children(body, "row")]
    levels = ((groups, ("colspec", "spanspec", *_BODIES)), (bodies, ("colspec", "row")), (rows, ("entry",)))
    orderly = all(name(node) in ("", *allowed) for level, allowed in levels for element in level for node in element)
    return bool(groups) and orderly and not any(map(has_own_text, (table, *groups, *bodies, *rows)))


def table_rows(table: etree._Element) -> Iterator[tuple[Literal["heads", "row"], list[Run]]]:
    """The title and the rows of a CALS table, each as its cells; a cell that another one spans is empty."""
    for part in table:
        if name(part) in TABLE_HEADS:
            yield "heads", [flat(part)]
        elif name(part) == "tgroup":
            columns = {node.get("colname", ""): n for n, node in enumerate(children(part, "colspec")) if n < _MAX_COLUMNS}
            for body in children(part, *_BODIES):
                below: dict[int, int] = {}
                for row in children(body, "row"):
                    yield "heads" if name(body) == "thead" else "row", _cells(row, columns, below)


def _cells(row: etree._Element, columns: Mapping[str, int], below: dict[int, int]) -> list[Run]:
    """The cells of a row; ``below`` counts, by column, the further rows that a cell above fills."""
    held = {column for column, rows in below.items() if rows > 0}
    for column in held:
        below[column] -= 1
    cells: list[Run] = []
    for entry in children(row, "entry"):
        start = columns.get(entry.get("namest") or entry.get("colname") or "", 0)
        while len(cells) in held or len(cells) < start:
            cells.append(Run())
        end = max(columns.get(entry.get("nameend") or "", 0), len(cells))
        rows = entry.get("morerows", "")
        for column in range(len(cells), min(end + 1, _MAX_COLUMNS)):
            below[column] = int(rows) if rows.isdecimal() and len(rows) < _MAX_DIGITS else 0
        cells.append(flat(entry))
        cells += [Run() for _ in range(end + 1 - len(cells))]
    return cells + [Run() for _ in range(len(columns) - len(cells))]
