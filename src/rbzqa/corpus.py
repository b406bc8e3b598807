"""A folder of source files -> documents; what cannot be read is named, and the rest goes on."""

import hashlib
import os
import re
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from rbzqa import cite, dutch, references
from rbzqa.errors import ConfigError, SourceError
from rbzqa.files import read_bytes, shown, source_files
from rbzqa.isolation import read_isolated
from rbzqa.officials import identifier_of
from rbzqa.readers import READERS, RECORD
from rbzqa.sidecar import Sidecar, read_sidecar
from rbzqa.structure import build_document
from rbzqa.types import Block, Document

_SIDECAR = ".toml"
_PUT = "zet er brieven in, of wijs met --corpus een andere map aan"
_EMPTY = "controleer of het bestand goed is opgeslagen"
_FORMS = ("opxml", "docx", "html", "pdf", "text")  # of the same piece in two forms, the one that loses least is kept
_SAME = 0.5  # share of the shorter text's word triples that the longer one has, if they are the same piece
_WHOLE = 0.8  # share of the longest form's words that the one to keep must have

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Refused:
    """A file that is not in the corpus, why, and what to do."""

    file: str
    message: str
    hint: str


@dataclass(frozen=True, slots=True)
class Corpus:
    """What a folder holds: documents in the order of their files, refused files, and (copy, kept) of duplicates."""

    documents: tuple[Document, ...]
    refused: tuple[Refused, ...]
    duplicates: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class _Source:
    """A file that could be read."""

    path: Path
    name: str
    sha256: str
    blocks: tuple[Block, ...]
    parser: str
    sidecar: Sidecar

    @property
    def identifiers(self) -> frozenset[str]:
        """The official identifiers that it states."""
        return frozenset(block.text.lower() for block in self.blocks if block.kind == "fact" and block.label == "identifier")

    @property
    def names(self) -> frozenset[str]:
        """By what a metadata record may name it."""
        return self.identifiers | {self.path.stem.lower()}


def read_corpus(folder: Path, progress: Progress | None = None) -> Corpus:
    """Read every file below a folder, hidden ones and sidecars left out, in parallel.

    A metadata record (``metadata.xml``) is no document: it belongs to the file whose identifier or name it states.

    Args:
        folder: where the files lie.
        progress: called with (files done, files in all).

    Raises:
        ConfigError: the folder is missing, empty, or holds nothing that can be read.
    """
    if not folder.is_dir():
        raise ConfigError(f"de map {folder} bestaat niet", _PUT)
    paths = list(source_files(folder))
    sidecars = [path for path in paths if path.suffix == _SIDECAR]
    paths = [path for path in paths if path.suffix != _SIDECAR]
    sources, refused = _read_all(paths, folder, progress or (lambda done, total: None))
    sources, duplicates = _without_copies(sources)
    records = [source for source in sources if source.parser == READERS[RECORD].name]
    letters = [source for source in sources if source.parser != READERS[RECORD].name]
    refused += _orphans(records, letters)
    made = list(_documents(letters, records))
    refused += [Refused(document.meta.file, "er staat geen lopende tekst in", _EMPTY) for document in made if not document.parts]
    documents, forms = _one_of_each_piece([document for document in made if document.parts])
    if not documents:
        detail = f": {refused[0].file}: {refused[0].message}" if refused else ""
        kind = SourceError if refused else ConfigError
        raise kind(f"in {folder} staat geen leesbare brief{detail}", refused[0].hint if refused else _PUT)
    refused = sorted([*refused, *_lonely(sidecars, paths, folder)], key=lambda one: one.file)
    return Corpus(tuple(references.link(_with_ids(documents))), tuple(refused), (*duplicates, *forms))


def remarks(corpus: Corpus) -> Iterator[tuple[str, str]]:
    """(file, what to know of it): signs that do not show, what contradicts itself, other copies."""
    known = {name for document in corpus.documents for name in (document.id, document.meta.identifier)}
    for document in corpus.documents:
        if document.meta.parent and document.meta.parent not in known:
            yield document.meta.file, f"is een bijlage bij {document.meta.parent}, en dat staat niet in de map"
        hidden = sorted({c for c in document.text if unicodedata.category(c) == "Cf"})
        if hidden:
            yield document.meta.file, f"bevat onzichtbare tekens: {', '.join(f'U+{ord(c):04X}' for c in hidden)}"
        for conflict in document.meta.conflicts:
            yield document.meta.file, conflict
    for copy, kept in corpus.duplicates:
        yield copy, f"is hetzelfde stuk als {kept}; alleen dat telt mee"


def _read_all(paths: Sequence[Path], folder: Path, progress: Progress) -> tuple[list[_Source], list[Refused]]:
    """Read the files, each in a child process, as many at a time as there are processors for us."""
    sources: list[_Source] = []
    refused: list[Refused] = []
    with ThreadPoolExecutor(len(os.sched_getaffinity(0))) as pool:
        for n, one in enumerate(pool.map(partial(_read_one, folder), paths), 1):
            if isinstance(one, _Source):
                sources.append(one)
            else:
                refused.append(one)
            progress(n, len(paths))
    return sources, refused


def _read_one(folder: Path, path: Path) -> _Source | Refused:
    name = shown(path.relative_to(folder))
    try:
        data = read_bytes(path, folder)
        blocks, parser = read_isolated(data)
        return _Source(path, name, hashlib.sha256(data).hexdigest(), blocks, parser, _sidecar(path))
    except SourceError as error:
        return Refused(name, error.message, error.hint)
    except ConfigError as error:
        return Refused(name, f"{error.message}; zolang doet het document niet mee", error.hint)


def _sidecar(path: Path) -> Sidecar:
    """What the sidecar of a file says, if it has one."""
    sidecar = path.with_suffix(_SIDECAR)
    if not os.access(sidecar, os.F_OK):  # False too for a name that would be too long
        return Sidecar()
    name = shown(sidecar.name)
    try:
        data = read_bytes(sidecar, path.parent)
    except SourceError as error:
        raise SourceError(f"sidecar {name} {error.message}", error.hint) from error
    return read_sidecar(data, name)


def _without_copies(sources: Iterable[_Source]) -> tuple[list[_Source], list[tuple[str, str]]]:
    """The first of each content, and the (copy, first) names of the others."""
    first: dict[str, _Source] = {}
    copies = []
    for source in sources:
        kept = first.setdefault(source.sha256, source)
        if kept is not source:
            copies.append((source.name, kept.name))
    return list(first.values()), copies


def _orphans(records: Sequence[_Source], letters: Sequence[_Source]) -> list[Refused]:
    """The records that describe no file here: a piece that was meant to be here is missing."""
    known = {name for letter in letters for name in letter.names}
    lost = [record for record in records if not record.identifiers & known]
    subjects = (", ".join(sorted(record.identifiers)) or "een stuk zonder nummer" for record in lost)
    hint = "zet het stuk erbij, of haal de metadata weg"
    return [Refused(record.name, f"is metadata van {subject}, en dat staat niet in de map", hint) for record, subject in zip(lost, subjects, strict=True)]


def _lonely(sidecars: Iterable[Path], paths: Iterable[Path], folder: Path) -> Iterator[Refused]:
    """The sidecars beside which no file stands."""
    beside = {path.with_suffix(_SIDECAR) for path in paths}
    hint = f"geef hem de naam van zijn document, met {_SIDECAR}"
    for path in sidecars:
        if path not in beside:
            yield Refused(shown(path.relative_to(folder)), "is een sidecar zonder document", hint)


def _documents(letters: Iterable[_Source], records: Iterable[_Source]) -> Iterator[Document]:
    """A document of each letter, with the facts of its metadata record; ids come later."""
    facts: dict[str, list[Block]] = defaultdict(list)
    for record in records:
        for name in record.identifiers:
            facts[name] += record.blocks
    for letter in letters:
        own = [block for name in sorted(letter.names) for block in facts.get(name, ())]
        yield build_document(letter.blocks, id="", sha256=letter.sha256, file=letter.name, parser=letter.parser, sidecar=letter.sidecar, record=own)


def _one_of_each_piece(documents: Sequence[Document]) -> tuple[list[Document], list[tuple[str, str]]]:
    """Of one piece in two forms (XML and PDF) the better one; of two texts under one number both, and they say so."""
    pieces: dict[str, list[Document]] = defaultdict(list)
    for document in documents:
        pieces[_piece(document) or document.meta.file].append(document)
    dropped: dict[str, str] = {}
    contradicted: dict[str, str] = {}
    for forms in pieces.values():
        if len(forms) > 1:
            best, *others = _ranked(forms)
            for document, words in others:
                (dropped if _is_same_text(best[1], words) else contradicted)[document.meta.file] = best[0].meta.file
    kept = [document for document in documents if document.meta.file not in dropped]
    return [_contradicted(document, contradicted.get(document.meta.file)) for document in kept], list(dropped.items())


def _piece(document: Document) -> str:
    """What tells a published piece: its identifier, else the one that its first number makes; empty where neither is known, or for an annex."""
    meta = document.meta
    if meta.identifier or meta.parent or not meta.publications:
        return (meta.identifier or "").lower()
    return identifier_of(meta.publications[0]).lower()


def _ranked(forms: Iterable[Document]) -> list[tuple[Document, tuple[str, ...]]]:
    """The forms of a piece with the words of their paragraphs (letterheads are alike), the one to keep first."""
    texts = ((form, " ".join(form.text[place.paragraph.start : place.paragraph.end] for place in cite.places(form))) for form in forms)
    worded = [(form, dutch.words(text)) for form, text in texts]
    longest = max(len(words) for _, words in worded)
    return sorted(worded, key=lambda one: (len(one[1]) < _WHOLE * longest, *_preference(one[0])))


def _preference(document: Document) -> tuple[bool, int]:
    """A reprint before what it replaces, and the form that loses least."""
    return not document.meta.reprint, next((n for n, form in enumerate(_FORMS) if document.parser.startswith(form)), len(_FORMS))


def _is_same_text(one: Sequence[str], other: Sequence[str]) -> bool:
    short, long = sorted((set(zip(words, words[1:], words[2:])) for words in (one, other)), key=len)
    return len(short & long) >= _SAME * len(short)


def _contradicted(document: Document, by: str | None) -> Document:
    if by is None:
        return document
    conflict = f"{by} heeft hetzelfde nummer en een andere tekst"
    return replace(document, meta=replace(document.meta, conflicts=(*document.meta.conflicts, conflict)))


def _with_ids(documents: Iterable[Document]) -> list[Document]:
    """Each under the name of its file as an address may hold it; with a hash where that changes it or it is taken."""
    named: dict[str, Document] = {}
    for document in documents:
        stem = Path(document.meta.file).stem
        slug = re.sub(r"[^a-z0-9]+", "-", dutch.fold(stem)).strip("-")[:80]
        hashed = (f"{slug or 'document'}-{document.sha256[:digits]}" for digits in range(6, len(document.sha256) + 1))
        name = slug if slug == stem.lower() and slug not in named else next(name for name in hashed if name not in named)
        named[name] = replace(document, id=name)
    return list(named.values())
