"""Documents -> one published generation; unchanged documents are not encoded again."""

import hashlib
import json
import os
import tempfile
from collections import Counter
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from rbzqa import chunk, dutch
from rbzqa.encode import Encoder
from rbzqa.errors import IndexUnusableError
from rbzqa.index import durable, lexical, store, vectors
from rbzqa.index.generation import CURRENT, GENERATIONS, Generation, current_id
from rbzqa.index.manifest import NAME, SCHEMA, Manifest, Remark, damaged_files, file_entry, generation_id, read_manifest
from rbzqa.types import Document, Passage

_TEMPORARY = ".tmp-"
_STORE = "texts.sqlite"
_LEXICAL = "lexical"

Matrix = NDArray[np.float32]
Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Built:
    """What a build did."""

    generation: str
    documents: int
    passages: int
    encoded: int


@dataclass(frozen=True, slots=True)
class _Encoded:
    item: store.StoredDocument
    passages: Matrix
    sentences: Matrix


@dataclass(frozen=True, slots=True)
class About:
    """What the manifest tells of the source files, and where the same paragraph stands more than once."""

    skipped: tuple[Remark, ...] = ()
    remarks: tuple[Remark, ...] = ()
    twins: store.Twins = field(default_factory=dict)


NOTHING = About()


def build(folder: Path, documents: Sequence[Document], encoder: Encoder, *, about: About = NOTHING, progress: Progress | None = None) -> Built:
    """Build and publish a generation in ``folder``.

    A crash at any point leaves CURRENT as it was, or naming the new generation, whole.

    Args:
        folder: the index folder; made where it is missing.
        documents: at least one, with ids that differ.
        encoder: the model.
        about: source files that could not be read or need a remark, for the manifest; a passage whose
            paragraphs all stand elsewhere too is indexed once.
        progress: called with (documents done, documents in all).

    Raises:
        ConfigError: another builder holds the lock.
        IndexUnusableError: nothing can be written, or the model gives no usable vectors.
    """
    with durable.locked(folder):
        try:
            _clean(folder)
            encoded, fresh = _encode(folder, documents, encoder, about.twins, progress or (lambda done, total: None))
            return _write(folder, encoded, encoder, about, fresh)
        except OSError as error:
            with suppress(OSError):
                _clean(folder)
            raise durable.unwritable(folder, error) from error


def _clean(folder: Path) -> None:
    """Remove what builds that died have left."""
    for path in [*folder.glob(f"{_TEMPORARY}*"), *(folder / GENERATIONS).glob(f"{_TEMPORARY}*")]:
        durable.remove(path) if path.is_dir() else path.unlink(missing_ok=True)


def _encode(folder: Path, documents: Sequence[Document], encoder: Encoder, twins: store.Twins, progress: Progress) -> tuple[list[_Encoded], int]:
    known = _previous(folder, encoder)
    encoded, fresh = [], 0
    for n, document in enumerate(documents):
        passages = tuple(p for p in chunk.passages(document, encoder.count_tokens) if not _is_repeated(p, twins))
        texts = _texts(document, passages)
        key = hashlib.sha256(json.dumps(texts).encode()).hexdigest()
        item = store.StoredDocument(document, key, passages)
        old = known.vectors_of(key) if known else None
        if old is None:
            fresh += 1
            old = encoder.encode_passages(texts[0]), encoder.encode_passages(texts[1])
        encoded.append(_Encoded(item, *old))
        progress(n + 1, len(documents))
    return encoded, fresh


def _is_repeated(passage: Passage, twins: store.Twins) -> bool:
    """Whether all its paragraphs are searched at another document's place."""
    return all(twins.get((passage.document_id, p), ((passage.document_id, p),))[0][0] != passage.document_id for p in passage.paragraph_ids)


def _previous(folder: Path, encoder: Encoder) -> Generation | None:
    """The current generation, if its vectors can be used again."""
    try:
        return Generation.open(folder, encoder.fingerprint, encoder.name)
    except IndexUnusableError:
        return None


def _texts(document: Document, passages: Sequence[Passage]) -> tuple[list[str], list[str]]:
    """What is encoded of a document: its passages and their sentences, each with its context."""
    contexts = [chunk.context(document, passage) for passage in passages]
    whole = [_with_context(c, document.text[p.start : p.end]) for c, p in zip(contexts, passages, strict=True)]
    sentences = [_with_context(c, document.text[a:b]) for c, p in zip(contexts, passages, strict=True) for a, b in p.sentence_spans]
    return whole, sentences


def _with_context(context: str, text: str) -> str:
    return f"{context}\n{text}" if context else text


def _write(folder: Path, encoded: Sequence[_Encoded], encoder: Encoder, about: About, fresh: int) -> Built:
    generations = folder / GENERATIONS
    generations.mkdir(exist_ok=True)
    durable.sync(folder)
    temporary = Path(tempfile.mkdtemp(prefix=_TEMPORARY, dir=generations))
    temporary.chmod(0o755)
    items = [one.item for one in encoded]
    counts = [len(p.sentence_spans) for item in items for p in item.passages]
    offsets = np.concatenate([[0], np.cumsum(counts)]).astype(np.int64)
    files = vectors.to_files(np.concatenate([one.passages for one in encoded]), np.concatenate([one.sentences for one in encoded]), offsets)
    texts, words = _analyse(items)
    files[_STORE] = store.build(items, words, about.twins)
    for name, data in files.items():
        durable.write(temporary / name, data)
    lexical.build(temporary / _LEXICAL, texts)
    for path in sorted((temporary / _LEXICAL).iterdir()):
        durable.sync(path)
    durable.sync(temporary / _LEXICAL)
    manifest = Manifest(
        schema=SCHEMA,
        analyser=dutch.VERSION,
        chunker=chunk.VERSION,
        model=encoder.name,
        model_fingerprint=encoder.fingerprint,
        dimensions=encoder.dimensions,
        corpus=hashlib.sha256(b"\n".join(store.encode_document(item.document) for item in items)).hexdigest(),
        documents=len(items),
        passages=len(counts),
        sentences=int(offsets[-1]),
        skipped=about.skipped,
        remarks=about.remarks,
        files={path.relative_to(temporary).as_posix(): file_entry(path) for path in sorted(temporary.rglob("*")) if path.is_file()},
    )
    name = _publish(folder, temporary, manifest)
    return Built(name, len(items), len(counts), fresh)


def _analyse(items: Sequence[store.StoredDocument]) -> tuple[list[lexical.LexicalText], dict[str, int]]:
    texts, words = [], Counter[str]()
    for item in items:
        for passage in item.passages:
            text = item.document.text[passage.start : passage.end]
            around = chunk.context(item.document, passage)
            analysis = dutch.analyse(text)
            texts.append(lexical.LexicalText(analysis.stems, analysis.grams, dutch.analyse(around).stems))
            words.update({*dutch.words(text), *dutch.words(around)})
    return texts, dict(words)


def _publish(folder: Path, temporary: Path, manifest: Manifest) -> str:
    """Write the manifest, move the generation to its name, and point CURRENT at it."""
    data = manifest.to_bytes()
    durable.write(temporary / NAME, data)
    durable.sync(temporary)
    name = generation_id(data)
    target = folder / GENERATIONS / name
    if target.exists() and _is_whole(target):
        durable.remove(temporary)
        durable.sync(target.parent)  # whoever moved it there may have died before this
    else:
        if target.exists():
            durable.rename(target, target.with_name(f"{_TEMPORARY}damaged-{os.getpid()}"))
        durable.rename(temporary, target)
    _point(folder, name)
    return name


def _is_whole(generation: Path) -> bool:
    try:
        return not damaged_files(generation, read_manifest(generation))
    except IndexUnusableError:
        return False


def _point(folder: Path, name: str) -> None:
    before = current_id(folder, strict=False)
    pointer = folder / f"{_TEMPORARY}{CURRENT}"
    durable.write(pointer, f"{name}\n".encode())
    durable.rename(pointer, folder / CURRENT)
    keep = {name, before}
    for path in sorted((folder / GENERATIONS).iterdir()):
        if path.name not in keep:
            durable.remove(path)
