"""A folder in the BEIR layout, through the real index and search code."""

import hashlib
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from rbzqa.encode import Encoder
from rbzqa.errors import ConfigError, QueryError
from rbzqa.evaluation.measures import Measure, evaluate
from rbzqa.index.build import Progress, build
from rbzqa.index.generation import Generation
from rbzqa.search import MAX_HITS, Weights, parse_question, search
from rbzqa.structure import build_document
from rbzqa.types import Block, Document

_LAYOUT = "een BEIR-map heeft corpus.jsonl, queries.jsonl en qrels.tsv"
_DEPTH = 10

RUNS: dict[str, Weights | None] = {
    "gecombineerd": None,
    "alleen BM25": Weights(dense=0.0, lexical=1.0, sentence=0.0),
    "alleen passagevector": Weights(dense=1.0, lexical=0.0, sentence=0.0),
}
"""The combination that the product uses, and each of its main legs alone."""


@dataclass(frozen=True, slots=True)
class BeirSet:
    """A retrieval set: documents, questions by id, and judgements."""

    documents: list[Document]
    questions: dict[str, str]
    qrels: dict[str, dict[str, int]]


@dataclass(frozen=True, slots=True)
class BeirResult:
    """The measures of each run, with the index that they were made on."""

    generation: str
    passages: int
    runs: dict[str, list[Measure]]


def load_beir(folder: Path) -> BeirSet:
    """Read a BEIR folder; ``qrels.tsv`` may lie in ``qrels/test.tsv`` and may have a heading.

    Raises:
        ConfigError: a file that is missing, empty, or of another form, with its line.
    """
    corpus = list(_jsonl(folder / "corpus.jsonl"))
    questions = {str(row["_id"]): str(row["text"]) for row in _jsonl(folder / "queries.jsonl")}
    texts = ((str(row["_id"]), str(row.get("title") or ""), str(row["text"])) for row in corpus)
    documents = [_document(*text) for text in texts if text[2].strip()]
    qrels = _qrels(folder)
    if not documents or not set(qrels) <= set(questions):
        raise ConfigError(f"{folder}: geen teksten, of qrels noemt een onbekende vraag", _LAYOUT)
    return BeirSet(documents, questions, qrels)


def _jsonl(path: Path) -> Iterator[dict[str, object]]:
    number = 0
    try:
        with path.open(encoding="utf-8-sig") as file:
            for line in file:
                number += 1
                if line.strip():
                    row = json.loads(line)
                    if not {"_id", "text"} <= set(row):
                        raise ValueError
                    yield row
    except OSError as error:
        raise ConfigError(f"{path} is niet te lezen: {error.strerror}", _LAYOUT) from error
    except (ValueError, TypeError) as error:
        raise ConfigError(f"{path}:{number}: geen regel met _id en text", _LAYOUT) from error


def _qrels(folder: Path) -> dict[str, dict[str, int]]:
    path = next((p for p in (folder / "qrels.tsv", folder / "qrels" / "test.tsv") if p.is_file()), folder / "qrels.tsv")
    qrels: dict[str, dict[str, int]] = {}
    number = 0
    try:
        for number, line in enumerate(path.read_text(encoding="utf-8-sig").splitlines(), 1):
            fields = line.split("\t")
            if number == 1 and fields[-1].strip() == "score":
                continue
            question, text, value = fields[0], fields[-2], int(fields[-1])
            qrels.setdefault(question, {})[text] = value
    except OSError as error:
        raise ConfigError(f"{path} is niet te lezen: {error.strerror}", _LAYOUT) from error
    except (ValueError, IndexError) as error:
        raise ConfigError(f"{path}:{number}: geen regel met vraag, tekst en score", _LAYOUT) from error
    if not qrels:
        raise ConfigError(f"{path} is leeg", _LAYOUT)
    return qrels


def _document(id: str, title: str, text: str) -> Document:
    block = Block("paragraph", " ".join(text.split()))
    heading = [Block("heading", title)] if title.strip() else []
    return build_document([*heading, block], id=id, sha256=hashlib.sha256(text.encode()).hexdigest(), file="", parser="beir-1")


def run_beir(data: BeirSet, encoder: Encoder, folder: Path, progress: Progress | None = None, note: Callable[[str], None] = lambda line: None) -> BeirResult:
    """Index a set (what is unchanged is not encoded again) and search it in every way of RUNS."""
    build(folder, data.documents, encoder, progress=progress)
    generation = Generation.open(folder, encoder.fingerprint, encoder.name)
    results = {}
    for name, weights in RUNS.items():
        note(f"{len(data.qrels)} vragen: {name}")
        ranked = {question: _ranked(data.questions[question], generation, encoder, weights) for question in data.qrels}
        results[name] = evaluate(data.qrels, ranked)
    return BeirResult(generation.id, generation.manifest.passages, results)


def _ranked(question: str, generation: Generation, encoder: Encoder, weights: Weights | None) -> list[str]:
    """Texts by their best passage; a question that the product refuses finds nothing."""
    try:
        hits, _ = search(parse_question(question), generation, encoder, MAX_HITS, weights)
    except QueryError:
        return []
    return list(dict.fromkeys(hit.passage.document_id for hit in hits))[:_DEPTH]
