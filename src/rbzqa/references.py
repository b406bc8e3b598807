"""Cross-references between documents: the mentions in a text, and which document or annex of the corpus each one means.

What is ambiguous stays unresolved: a reader who follows a wrong link is worse off than one who follows none.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence, Set
from dataclasses import dataclass, field, replace

from rbzqa.mentions import Mention, mentions
from rbzqa.officials import identifier_of
from rbzqa.types import Document, DocumentMeta, Publication, Reference, Span

_ANNEX_TITLE = re.compile(r"bijlage\s+(\d{1,2})(?!\d)", re.IGNORECASE)
_RIJKSWET = re.compile(r"-\(?R\d{4}\)?$")
_INHERITED = {"kamerstuknummer": "publications", "datum": "date"}  # names in ``DocumentMeta.missing``


@dataclass(slots=True)
class _Corpus:
    """The documents by what a text may call them."""

    by_number: dict[tuple[str, str, str, str], list[tuple[Publication, Document]]] = field(default_factory=lambda: defaultdict(list))
    by_name: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    annexes: dict[str, list[Document]] = field(default_factory=lambda: defaultdict(list))


def _reference(mention: Mention, document_id: str | None = None, part: int | None = None) -> Reference:
    """A mention as a reference: one of several dossiers that share a number gives the first."""
    publication = mention.publications[0] if mention.publications else None
    return Reference(mention.start, mention.end, publication, mention.annex, document_id, part)


def link(documents: Iterable[Document]) -> tuple[Document, ...]:
    """Join annex documents to their parents, and give every document its references.

    Args:
        documents: the whole corpus; the order stays.

    Returns:
        Copies with ``references`` in order, each resolved where exactly one document or annex can be meant. An annex
        whose parent is in the corpus bears its id as ``meta.parent``; without numbers of its own it takes the parent's.
    """
    joined = _joined(tuple(documents))
    corpus = _Corpus()
    for document in joined:
        _register(document, corpus)
    return tuple(replace(document, references=tuple(_references(document, corpus))) for document in joined)


# annexes and their parents


def _joined(documents: Sequence[Document]) -> tuple[Document, ...]:
    names: dict[str, set[str]] = defaultdict(set)
    parents: dict[str, set[str]] = defaultdict(set)
    for document in documents:
        for name in _names(document):
            names[name].add(document.id)
        for annex in document.meta.annexes:
            parents[annex.casefold()].add(document.id)
    by_id = {document.id: document for document in documents}
    return tuple(_child(document, by_id.get(_parent(document, names, parents))) for document in documents)


def _names(document: Document) -> Set[str]:
    """What a text or a record may call a document: its id, its identifier, and those that its own numbers make."""
    numbers = () if document.meta.parent else document.meta.publications
    names = (document.id, document.meta.identifier or "", *map(identifier_of, numbers))
    return {name.casefold() for name in names if name}


def _parent(document: Document, names: dict[str, set[str]], parents: dict[str, set[str]]) -> str:
    """The id of the one document of which this is an annex: the one it names, else the one that names it."""
    stated = document.meta.parent
    own = (document.id, document.meta.identifier or "")
    found = names.get(stated.casefold(), set()) if stated else set().union(*(parents.get(name.casefold(), set()) for name in own))
    return next(iter(found)) if len(found) == 1 and found != {document.id} else ""


def _child(document: Document, parent: Document | None) -> Document:
    """The document as an annex of its parent; what it says of itself is never overwritten."""
    if parent is None:
        return document
    meta = replace(document.meta, parent=parent.id)
    if not meta.publications:
        meta = replace(meta, publications=parent.meta.publications, date=meta.date or parent.meta.date)
        meta = replace(meta, missing=tuple(name for name in meta.missing if not _is_known(meta, name)))
    return replace(document, meta=meta)


def _is_known(meta: DocumentMeta, name: str) -> bool:
    return name in _INHERITED and bool(getattr(meta, _INHERITED[name]))


# what a mention means


def _register(document: Document, corpus: _Corpus) -> None:
    for name in _names(document):
        corpus.by_name[name].add(document.id)
    if document.meta.parent:
        corpus.annexes[document.meta.parent].append(document)  # a number means the piece, never its annex
        return
    for publication in document.meta.publications:
        corpus.by_number[_key(publication)].append((publication, document))


def _key(publication: Publication) -> tuple[str, str, str, str]:
    dossier = _RIJKSWET.sub("", publication.dossier.upper())
    return publication.series, dossier, publication.number.upper(), publication.item


def _references(document: Document, corpus: _Corpus) -> Iterator[Reference]:
    spans = _spans(document)
    own = () if document.meta.parent else document.meta.publications
    for mention in mentions(document.text):
        if mention.is_annex:
            if _within(mention, spans):  # a heading is not a mention of itself
                yield _reference(mention, *_annex(document, mention.annex, corpus))
            continue
        meant = _meant(mention, corpus)
        itself = any(_agree(publication, mine) for publication in mention.publications for mine in own)
        if not itself and meant != {document.id}:
            yield _reference(mention, next(iter(meant)) if len(meant) == 1 else None)


def _spans(document: Document) -> list[Span]:
    """The paragraphs and footnotes of a document, in order."""
    paragraphs = [p for part in document.parts for section in part.sections for p in section.paragraphs]
    return sorted({span for p in paragraphs for span in [(p.start, p.end), *((note.start, note.end) for note in p.footnotes)]}, reverse=True)


def _within(mention: Mention, spans: list[Span]) -> bool:
    """Whether a mention stands in one of the spans; those before it are used up, since mentions come in order."""
    while spans and spans[-1][1] < mention.end:
        spans.pop()
    return bool(spans) and spans[-1][0] <= mention.start


def _meant(mention: Mention, corpus: _Corpus) -> set[str]:
    """The documents that a mention may mean."""
    if mention.identifier and (named := corpus.by_name.get(mention.identifier.casefold())):
        return named
    return {
        document.id
        for stated in mention.publications
        if _is_whole(stated)
        for other, document in corpus.by_number.get(_key(stated), ())
        if _agree(stated, other)
    }


def _is_whole(publication: Publication) -> bool:
    """Whether a number means one piece: within its dossier, or else within its year."""
    return bool(publication.number and (publication.dossier if publication.series == "Kamerstukken" else publication.session))


def _agree(stated: Publication, other: Publication) -> bool:
    """Whether two say the same, where both say something."""
    if _key(stated) != _key(other) or not _sessions_agree(stated, other):
        return False
    chambers = {stated.chamber, other.chamber}
    return len(chambers) == 1 or "" in chambers or "I/II" in chambers


def _sessions_agree(stated: Publication, other: Publication) -> bool:
    """Whether the sessions (years of a gazette) are the same, or one of them is not known."""
    return stated.session == other.session or "" in (stated.session, other.session)


def _annex(document: Document, number: int | None, corpus: _Corpus) -> tuple[str | None, int | None]:
    """(document, index of the part) of the annex that a document means by ``bijlage 2``; (None, None) where unsure."""
    parts = [(n, part) for n, part in enumerate(document.parts) if part.kind == "annex"]
    files = corpus.annexes.get(document.id, [])
    titles = {n: _ANNEX_TITLE.match(part.title) for n, part in parts}
    if number is None:
        if len(parts) + len(files) != 1 or len(document.meta.annexes) > 1:
            return None, None
        return (document.id, parts[0][0]) if parts else (files[0].id, None)
    if any(titles.values()):  # the titles count for themselves
        found = [n for n, title in titles.items() if title and int(title[1]) == number]
    else:
        found = [n for n, part in parts if part.number == number]
    named = [file for file in files if (title := _ANNEX_TITLE.match(file.meta.title)) and int(title[1]) == number]
    only = [file for file in files if number == 1 and len(files) == 1 and not parts and len(document.meta.annexes) < 2]
    files = named or only
    if len(found) + len(files) != 1:
        return None, None
    return (document.id, found[0]) if found else (files[0].id, None)
