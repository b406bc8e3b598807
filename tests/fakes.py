"""A stand-in encoder and small letters: fast, deterministic, no model."""

import dataclasses
import hashlib
import zlib
from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from rbzqa.dutch import analyse
from rbzqa.readers import read
from rbzqa.structure import build_document
from rbzqa.types import Document, Role


class WordEncoder:
    """Hashes stems into 32 dimensions: texts that share words are near. Counts what it encodes."""

    name = "woorden"
    fingerprint = "f" * 64
    dimensions = 32

    def __init__(self) -> None:
        self.encoded: list[str] = []

    def count_tokens(self, text: str) -> int:
        """Words stand in for tokens."""
        return len(text.split())

    def encode_query(self, text: str) -> NDArray[np.float32]:
        """One question -> shape (32,)."""
        return self._vector(text)

    def encode_passages(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Texts -> shape (n, 32)."""
        self.encoded += texts
        return np.array([self._vector(text) for text in texts], dtype=np.float32).reshape(len(texts), self.dimensions)

    def _vector(self, text: str) -> NDArray[np.float32]:
        vector = np.full(self.dimensions, 0.01, dtype=np.float32)
        for stem in analyse(text).stems:
            vector[zlib.crc32(stem.encode()) % self.dimensions] += 1
        return np.asarray(vector / np.linalg.norm(vector), dtype=np.float32)


def letter(id: str, body: str) -> Document:
    """A small letter: paragraphs and headings of ``body`` parted by blank lines."""
    data = body.encode()
    blocks, parser = read(data)
    return build_document(blocks, id=id, sha256=hashlib.sha256(data).hexdigest(), file=f"{id}.txt", parser=parser)


def with_roles(document: Document, roles: Mapping[int, tuple[Role, Sequence[int]]]) -> Document:
    """The document with, by the number of a paragraph in it, a role and the paragraphs that are its context."""
    every = [p for part in document.parts for section in part.sections for p in section.paragraphs]
    spans = {n: (role, tuple((every[m].start, every[m].end) for m in context)) for n, (role, context) in roles.items()}
    changed = {every[n].id: dataclasses.replace(every[n], role=role, context=context) for n, (role, context) in spans.items()}
    parts = tuple(
        dataclasses.replace(
            part,
            sections=tuple(dataclasses.replace(section, paragraphs=tuple(changed.get(p.id, p) for p in section.paragraphs)) for section in part.sections),
        )
        for part in document.parts
    )
    return dataclasses.replace(document, parts=parts)
