"""The one façade of rbzqa: open an index once, then ask, search and show."""

import hashlib
import os
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from rbzqa import answer as answering
from rbzqa import bibliography, cite, search, views
from rbzqa.encode import Encoder, embedded_models, open_encoder
from rbzqa.errors import ConfigError, ModelError, QueryError
from rbzqa.index import generation as generations
from rbzqa.index.generation import Generation
from rbzqa.settings import Settings
from rbzqa.types import Answer, Document, Hit

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Indexed:
    """What indexing a folder gave: counts, (file, message, hint) of what was refused, (copy, kept), (file, remark)."""

    generation: str
    documents: int
    passages: int
    encoded: int
    refused: tuple[tuple[str, str, str], ...]
    duplicates: tuple[tuple[str, str], ...]
    remarks: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Found:
    """A paragraph that was asked for: where it stands now, and whether its number has moved."""

    document: Document
    place: cite.Place
    before: cite.Place | None
    after: cite.Place | None
    moved: bool


class Engine:
    """An opened index with its model. Safe to keep; one thread asks at a time."""

    def __init__(self, settings: Settings, encoder: Encoder, generation: Generation) -> None:
        self._settings = settings
        self._encoder = encoder
        self.generation = generation

    @classmethod
    def open(cls, settings: Settings) -> "Engine":
        """Open the current index.

        Raises:
            ModelError: the model is missing or damaged.
            IndexUnusableError: the index is missing, damaged, or of another model or release.
        """
        generations.current_id(settings.index)
        encoder = open_encoder(settings.model, settings.threads)
        return cls(settings, encoder, Generation.open(settings.index, encoder.fingerprint, encoder.name))

    def ask(self, question: str, k: int | None = None) -> Answer:
        """Answer a question, or abstain with a reason.

        Raises:
            QueryError: the question is empty or too long.
        """
        query = search.parse_question(question)
        return answering.answer(query, self.generation, self._encoder, k or self._settings.top_k, self._settings.public_url)

    def search(self, question: str, k: int | None = None) -> list[Hit]:
        """The k best passages for a question.

        Raises:
            QueryError: the question is empty or too long.
        """
        query = search.correct(search.parse_question(question), self.generation)
        return search.search(query, self.generation, self._encoder, k or self._settings.top_k)[0]

    def document(self, id: str) -> Document:
        """A document by id, or by its official identifier.

        Raises:
            QueryError: there is none.
        """
        own = self.generation.store.id_of(id)
        if own is None:
            ids = self.generation.store.document_ids()
            more = ", ..." if len(ids) > 3 else ""
            raise QueryError(f"geen document {id!r}", f"`rbzqa show` noemt ze alle ({len(ids)}): {', '.join(ids[:3])}{more}")
        return self.generation.document(own)

    def paragraph(self, id: str, document_id: str | None = None) -> Found:
        """A paragraph by id; one whose number has moved is found by the hash of its text.

        Raises:
            QueryError: there is none, or more than one document has it.
        """
        if document_id is not None:
            document_id = self.document(document_id).id
        candidates = [(id, d) for d in self.generation.store.documents_with(id) if document_id in (None, d)]
        moved = not candidates
        if moved and id.count("-") == 2:
            code, _, digest = id.split("-")
            candidates = [(p, d) for p, d in self.generation.store.paragraphs_like(f"{code}-p", f"-{digest}") if document_id in (None, d)]
        if not candidates:
            raise QueryError(f"geen document of alinea {id!r}", "`rbzqa show` noemt de documenten, `rbzqa show <document>` zijn alinea's")
        if len(candidates) > 1:
            raise QueryError(f"alinea {id!r} staat in meer documenten", f"geef het document erbij: {', '.join(f'{d}#{p}' for p, d in candidates[:5])}")
        paragraph_id, owner = candidates[0]
        document = self.document(owner)
        every = cite.places(document)
        n = next(n for n, place in enumerate(every) if place.paragraph.id == paragraph_id)
        return Found(document, every[n], every[n - 1] if n else None, every[n + 1] if n + 1 < len(every) else None, moved)

    def has_document(self, id: str) -> bool:
        """Whether a document of this id or official identifier is in the index."""
        return self.generation.store.id_of(id) is not None

    def documents_json(self) -> dict[str, Any]:
        """Every document in a line: id, how to cite it, title and date."""
        names = self.generation.store.document_ids()
        return {"documents": [views.document_line(self.generation.document(name)) for name in names], "generation": self.generation.id}

    def answer_json(self, question: str, k: int | None = None) -> dict[str, Any]:
        """Answer a question in the form of DESIGN §4, with the time it took."""
        start = time.perf_counter()
        result = self.ask(question, k)
        took = (time.perf_counter() - start) * 1000
        return views.answer_view(result, self.generation, self._settings.public_url, took)

    def search_json(self, question: str, k: int | None = None) -> dict[str, Any]:
        """Search in the form of DESIGN §4, with the time it took."""
        start = time.perf_counter()
        hits = self.search(question, k)
        took = (time.perf_counter() - start) * 1000
        passages = views.hit_views(hits, self.generation, self._settings.public_url)
        return {"question": question, "passages": passages, "generation": self.generation.id, "model": self._encoder.name, "tookMs": round(took, 2)}

    def document_json(self, document: Document) -> dict[str, Any]:
        """A document with its structure and paragraphs."""
        return views.document_view(document)

    def export(self, shown: Document | Found, format: str) -> str:
        """A document or paragraph as ``bibtex``, ``ris`` or ``csl``, for a reference manager.

        Raises:
            QueryError: another format.
        """
        document, place = (shown.document, shown.place) if isinstance(shown, Found) else (shown, None)
        return bibliography.export(document, format, place, self._settings.public_url)

    def paragraph_json(self, found: Found) -> dict[str, Any]:
        """A paragraph with the ids of its neighbours."""
        around = {"before": found.before, "after": found.after}
        neighbours = {name: place.paragraph.id if place else None for name, place in around.items()}
        return {**views.paragraph_view(found.document, found.place, self._settings.public_url), **neighbours, "moved": found.moved}


def index_corpus(settings: Settings, reading: Progress | None = None, encoding: Progress | None = None) -> Indexed:
    """Read the corpus and publish a new generation.

    Args:
        settings: where the corpus and the index are, and which model.
        reading: called with (files read, files in all).
        encoding: called with (documents encoded, documents in all).

    Raises:
        ConfigError: no corpus, or another builder at work.
        SourceError: not one file could be read.
        IndexUnusableError: the index folder cannot be written.
    """
    from rbzqa import twins  # an answer needs neither readers nor builder
    from rbzqa.corpus import read_corpus, remarks
    from rbzqa.index.build import About, build
    from rbzqa.index.manifest import Remark

    if settings.index.exists() and not settings.index.is_dir():
        raise ConfigError(f"{settings.index} is geen map", "wijs met --index een map voor de index aan")
    corpus = read_corpus(settings.corpus, reading)
    encoder = open_encoder(settings.model, settings.threads)
    noted = tuple(remarks(corpus))
    about = About(
        skipped=tuple(Remark(r.file, r.message) for r in corpus.refused),
        remarks=tuple(Remark(file, remark) for file, remark in noted),
        twins=twins.find(corpus.documents),
    )
    built = build(settings.index, corpus.documents, encoder, about=about, progress=encoding)
    refused = tuple((r.file, r.message, r.hint) for r in corpus.refused)
    return Indexed(built.generation, built.documents, built.passages, built.encoded, refused, corpus.duplicates, noted)


def check_question(question: str) -> None:
    """Refuse a question that cannot be asked, before anything is opened or built for it.

    Raises:
        QueryError: empty or too long.
    """
    search.parse_question(question)


def has_index(folder: Path) -> bool:
    """Whether an index was ever built here; a damaged one counts."""
    return os.path.exists(folder / generations.CURRENT)  # noqa: PTH110 - Path.exists raises on a path that is too long


def verify(settings: Settings) -> dict[str, Any]:
    """Check every file of the current index, and of the model that made it if it ships with rbzqa.

    Raises:
        IndexUnusableError: there is no index, or its manifest cannot be read.
    """
    name, manifest, problems = generations.verify(settings.index)
    if not problems:
        Engine.open(settings)
    counts = {"documents": manifest.documents, "passages": manifest.passages, "sentences": manifest.sentences}
    about = {name: [asdict(remark) for remark in getattr(manifest, name)] for name in ("skipped", "remarks")}
    return {"generation": name, "model": manifest.model, **counts, "files": len(manifest.files), **about, "problems": problems}


def models(settings: Settings) -> dict[str, Any]:
    """The models that ship with rbzqa, each checked against its sums."""
    found = []
    for name, folder in embedded_models().items():
        try:
            encoder = open_encoder(name)
            status, dimensions, fingerprint = "in orde", encoder.dimensions, encoder.fingerprint
        except ModelError as error:
            status, dimensions, fingerprint = error.message, None, None
        found.append(
            {"name": name, "path": str(folder), "active": name == settings.model, "dimensions": dimensions, "fingerprint": fingerprint, "status": status}
        )
    return {"models": found, "active": settings.model, "transformers": find_spec("sentence_transformers") is not None}


def evaluate_beir(settings: Settings, folder: Path, progress: Progress | None, note: Callable[[str], None]) -> dict[str, Any]:
    """Measure retrieval on a BEIR folder; its index stays beside the other, to be used again.

    Raises:
        ConfigError: the folder is not in the BEIR layout.
    """
    from rbzqa.evaluation.beir import load_beir, run_beir

    data = load_beir(folder)
    encoder = open_encoder(settings.model, settings.threads)
    place = settings.index / "beir" / hashlib.sha256(str(folder.resolve()).encode()).hexdigest()[:12]
    result = run_beir(data, encoder, place, progress, note)
    runs = [{"name": name, "measures": [asdict(measure) for measure in measures]} for name, measures in result.runs.items()]
    counts = {"questions": len(data.qrels), "documents": len(data.documents), "passages": result.passages}
    return {"set": str(folder), **counts, "model": encoder.name, "generation": result.generation, "runs": runs}
