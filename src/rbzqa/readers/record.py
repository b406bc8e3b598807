"""The metadata record of a publication (``metadata.xml``, or a record of the SRU service) -> facts."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from lxml import etree

from rbzqa.errors import SourceError
from rbzqa.readers.trees import Run, child, name, parse, plain
from rbzqa.types import Block

_ELEMENTS = {
    "kamerstuk": "Kamerstuk",
    "kamervragen": "Aanhangsel",
    "handelingen": "Handelingen",
    "staatsblad": "Staatsblad",
    "staatscourant": "Staatscourant",
    "tractatenblad": "Tractatenblad",
    "provinciaalblad": "Provinciaal blad",
    "provincieblad": "Provinciaal blad",
    "gemeenteblad": "Gemeenteblad",
    "waterschapsblad": "Waterschapsblad",
    "bladgemeenschappelijkeregeling": "Blad gemeenschappelijke regeling",
}
# The name of an entry without its prefix, in lower case -> the fact that it states.
_NAMES = {
    "identifier": "identifier",
    "publicationname": "publication",
    "publicatienaam": "publication",
    "dossiernummer": "dossier",
    "dossiertitel": "dossier_title",
    "documenttitel": "title",
    "indiener": "author",
    "bijlage": "annex",
    "hoofddocument": "parent",
    "kenmerk": "kenmerk",
    "referentienummer": "kenmerk",
}
# Facts that several names may state: the first of them does.
_FIRST = {
    "session": ("vergaderjaar", "jaargang"),
    "number": ("ondernummer", "aanhangselnummer", "vergaderingnummer", "publicationissue", "publicatienummer"),
    "item": ("handelingenitemnummer", "itemnummer"),
    "date": ("issued", "datumvergadering", "date", "available"),
}
_CHAMBER = re.compile(r"\b(?:eerste|tweede) kamer\b|\bstaten-generaal\b|\bverenigde vergadering\b", re.IGNORECASE)
_IDENTIFIER = re.compile(r"/([^/]+)/metadata\.xml$")
_TITLE_PIECES = 3  # dossier title; kind; title of the piece


@dataclass(frozen=True, slots=True)
class Entry:
    """One statement of a record; ``key`` is its name without prefix, in lower case."""

    key: str
    scheme: str
    content: str


def read_record(data: bytes) -> tuple[Block, ...]:
    """Read a ``metadata.xml`` or a single record of the SRU service; every block is a fact.

    Raises:
        SourceError: not well-formed, more than one record, or a record that states nothing.
    """
    root = parse(data)
    entries = list(metadata_entries(root) if name(root) == "metadata_gegevens" else _sru_entries(root))
    facts = facts_of(entries)
    if not facts:
        raise SourceError("het metadatabestand vermeldt niets", "haal het opnieuw op bij officielebekendmakingen.nl")
    return facts


def metadata_entries(root: etree._Element) -> Iterator[Entry]:
    """The entries of ``metadata_gegevens``, or of the ``metadata`` of a publication."""
    for node in root.iter():
        if name(node) in ("metadata", "meta") and node.get("name"):
            yield entry_of(node.get("name", ""), node.get("scheme", ""), Run([node.get("content", "")]).finish()[0])


def _sru_entries(root: etree._Element) -> Iterator[Entry]:
    records = [node for node in root.iter() if name(node) == "gzd"]
    if len(records) != 1:
        raise SourceError(f"er staan {len(records)} records in dit bestand in plaats van één", "bewaar elk record als een bestand naast zijn document")
    original = child(records[0], "originalData")
    for node in (original if original is not None else records[0]).iter():
        if name(node) and not len(node):
            yield entry_of(name(node), node.get("scheme", ""), plain(node))


def entry_of(key: str, scheme: str, content: str) -> Entry:
    """A statement by its name with prefix ("DCTERMS.issued")."""
    return Entry(key.rpartition(".")[2].lower(), scheme, content)


def facts_of(entries: Iterable[Entry]) -> tuple[Block, ...]:
    """The facts that the entries of a record state, each once; an empty entry states none."""
    filled = [entry for entry in entries if entry.content]
    stated = [(_NAMES[entry.key], entry.content) for entry in filled if entry.key in _NAMES]
    stated += _creators(filled)
    stated += [fact for label, keys in _FIRST.items() for fact in _first(filled, label, keys)]
    labels = {label for label, _ in stated}
    pieces = _from_title(filled)
    stated += [fact for fact in pieces if fact[0] not in labels]
    stated += _kinds(filled)
    return tuple(Block("fact", text, label=label) for label, text in dict.fromkeys(stated))


def _first(entries: Iterable[Entry], label: str, keys: tuple[str, ...]) -> list[tuple[str, str]]:
    """The content of the key that comes first in ``keys``."""
    found: dict[str, str] = {}
    for entry in entries:
        found.setdefault(entry.key, entry.content)
    return next(([(label, found[key])] for key in keys if key in found), [])


def _kinds(entries: Sequence[Entry]) -> Iterator[tuple[str, str]]:
    """The kinds of parliamentary piece, the narrower ("Motie") before the wider ("Kamerstuk")."""
    types = [(entry.scheme.rpartition(".")[2].lower(), entry.content) for entry in entries if entry.key == "type"]
    yield from (("kind", content) for scheme, content in types if scheme.endswith("typen"))
    yield from (("kind", entry.content) for entry in entries if entry.key == "subrubriek")
    yield from (("kind", content) for scheme, content in types if scheme in ("", "parlementair"))


def _creators(entries: Iterable[Entry]) -> Iterator[tuple[str, str]]:
    for entry in entries:
        scheme = entry.scheme.rpartition(".")[2].lower().replace("-", "")
        if entry.key == "creator" and (scheme == "statengeneraal" or _CHAMBER.search(entry.content)):
            yield "chamber", entry.content
        elif entry.key == "creator" and scheme == "ministerie":
            yield "ministry", entry.content


def _from_title(entries: Sequence[Entry]) -> list[tuple[str, str]]:
    """What DC.title says: of a Kamerstuk "dossiertitel; soort; stuktitel" in three pieces, else it is the title itself.

    A title may hold a semicolon of its own: where there are not three pieces, nothing can be told apart.
    """
    title = next((entry.content for entry in entries if entry.key == "title"), "")
    pieces = [piece.strip() for piece in title.split(";")]
    in_dossier = any(entry.key == "dossiernummer" or (entry.key == "identifier" and entry.content.startswith("kst-")) for entry in entries)
    if in_dossier and len(pieces) == _TITLE_PIECES and all(pieces):
        return list(zip(("dossier_title", "kind", "title"), pieces, strict=True))
    return [("title", title)] if title else []


def statements(root: etree._Element) -> list[Block]:
    """The facts that the head of the file states: its identifier, its series, and those of its ``meta`` elements."""
    entries = list(metadata_entries(root))
    records = [entry.content for entry in entries if entry.key == "externmetadatarecord"]
    identifier = next((found[1] for record in records if (found := _IDENTIFIER.search(record))), "")
    series = next((_ELEMENTS[name(node)] for node in root if name(node) in _ELEMENTS), "")
    if identifier.startswith("kv-"):
        series = "Kamervragen zonder antwoord"
    own = [Block("fact", text, label=label) for label, text in (("identifier", identifier), ("publication", series)) if text]
    return own + [fact for fact in facts_of(entries) if fact.label not in {block.label for block in own}]


def once(blocks: Iterable[Block]) -> Iterator[Block]:
    """The blocks, each fact but once."""
    seen: set[tuple[str, str]] = set()
    for block in blocks:
        if block.kind != "fact":
            yield block
        elif (block.label, block.text) not in seen:
            seen.add((block.label, block.text))
            yield block
