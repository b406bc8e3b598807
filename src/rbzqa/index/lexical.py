"""The lexical leg: tantivy over our own tokens, never over the user's text."""

import errno
import json
import shutil
import tempfile
import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import tantivy
from numpy.typing import NDArray

from rbzqa.dutch import Analysis

FIELDS = ("stems", "grams", "context")
_ROW = "row"
_TOKENIZER = "spaces"
_HEAP = 4_000_000_000  # a bound, taken as needed: a full heap splits the segment at a place that differs between builds
_LOCK_FILES = (".tantivy-writer.lock",)


@dataclass(frozen=True, slots=True)
class LexicalText:
    """The tokens of one passage, by field."""

    stems: Sequence[str]
    grams: Sequence[str]
    context: Sequence[str]


def build(folder: Path, texts: Iterable[LexicalText]) -> None:
    """Write a tantivy index of one segment; row n is the nth text.

    tantivy names its segment at random: it is renamed, so that the same texts give the same bytes.

    Raises:
        OSError: nothing can be written.
    """
    folder.mkdir()
    try:
        _write(folder, texts)
    except ValueError as error:  # tantivy's word for a full disk
        raise OSError(errno.EIO, str(error)) from error
    for path in folder.iterdir():
        path.chmod(0o644)  # tantivy keeps some to the builder; whoever may read the index, may read all of it


def _write(folder: Path, texts: Iterable[LexicalText]) -> None:
    index = tantivy.Index(_schema(), path=str(folder))
    _register(index)
    writer = index.writer(heap_size=_HEAP, num_threads=1)
    for row, text in enumerate(texts):
        fields = {field: " ".join(getattr(text, field)) for field in FIELDS}
        writer.add_document(tantivy.Document(**fields, **{_ROW: row}))
    writer.commit()
    writer.wait_merging_threads()
    del writer
    _name_segments(index, folder)
    for name in _LOCK_FILES:
        (folder / name).unlink(missing_ok=True)


def _schema() -> tantivy.Schema:
    builder = tantivy.SchemaBuilder()
    for field in FIELDS:
        builder.add_text_field(field, stored=False, tokenizer_name=_TOKENIZER, index_option="freq")
    builder.add_integer_field(_ROW, stored=False, indexed=False, fast=True)
    return builder.build()


def _register(index: tantivy.Index) -> None:
    index.register_tokenizer(_TOKENIZER, tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.whitespace()).build())


def _name_segments(index: tantivy.Index, folder: Path) -> None:
    """Give every segment a name that follows from its place."""
    meta = json.loads((folder / "meta.json").read_text(encoding="utf-8"))
    managed = json.loads((folder / ".managed.json").read_text(encoding="utf-8"))
    segments = sorted(meta["segments"], key=lambda segment: (-segment["max_doc"], segment["segment_id"]))
    names = {segment["segment_id"].replace("-", ""): uuid.UUID(int=n + 1) for n, segment in enumerate(segments)}
    for segment in segments:
        segment["segment_id"] = str(names[segment["segment_id"].replace("-", "")])
    for path in sorted(folder.iterdir()):
        stem, dot, suffix = path.name.partition(".")
        if stem in names:
            path.rename(folder / f"{names[stem].hex}{dot}{suffix}")
    kept = [name for name in managed if name == "meta.json" or name.partition(".")[0] in names]
    renamed = sorted(f"{names[n.partition('.')[0]].hex}.{n.partition('.')[2]}" if n != "meta.json" else n for n in kept)
    (folder / "meta.json").write_text(json.dumps({**meta, "segments": segments}, indent=1), encoding="utf-8")
    (folder / ".managed.json").write_text(json.dumps(renamed), encoding="utf-8")


def _open(folder: Path) -> tantivy.Index:
    index = tantivy.Index.open(str(folder))
    index.config_reader("manual")  # a generation never changes: nothing to reload behind our back
    _register(index)
    return index


class Lexical:
    """An opened lexical index."""

    def __init__(self, folder: Path) -> None:
        self._scratch: tempfile.TemporaryDirectory[str] | None = None
        try:
            self._index = _open(folder)
        except (OSError, ValueError):  # tantivy wants to lock; a read-only folder is served from a copy, without its modes
            self._scratch = tempfile.TemporaryDirectory(prefix="rbzqa-")
            for path in folder.iterdir():
                shutil.copyfile(path, Path(self._scratch.name) / path.name)
            self._index = _open(Path(self._scratch.name))
        self._searcher = self._index.searcher()

    @property
    def size(self) -> int:
        """The number of texts."""
        return int(self._searcher.num_docs)

    def search(self, query: Analysis, boosts: dict[str, float], limit: int) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
        """BM25 over the fields, each times its boost.

        Returns:
            Rows and scores, both of shape (n,), n <= limit, best first.
        """
        tokens = {"stems": query.stems, "grams": query.grams, "context": query.stems}
        clauses = [
            (tantivy.Occur.Should, tantivy.Query.boost_query(tantivy.Query.term_query(self._index.schema, field, token, "freq"), boosts[field]))
            for field in FIELDS
            if boosts[field] > 0
            for token in dict.fromkeys(tokens[field])
        ]
        if not clauses:
            return np.empty(0, np.int64), np.empty(0, np.float32)
        found = self._searcher.search(tantivy.Query.boolean_query(clauses), limit).hits
        rows = self._searcher.fast_field_values(_ROW, [address for _, address in found])
        return np.array(rows, dtype=np.int64), np.array([score for score, _ in found], dtype=np.float32)

    def document_frequency(self, token: str) -> int:
        """The number of texts in which a stem occurs."""
        return int(self._searcher.doc_freq("stems", token))
