"""Passage vectors in FAISS, sentence vectors in a memory-mapped matrix beside them."""

import io
from pathlib import Path

import faiss
import numpy as np
from numpy.typing import NDArray

from rbzqa.errors import IndexUnusableError
from rbzqa.index.manifest import REBUILD

Matrix = NDArray[np.float32]

PASSAGES = "passages.faiss"
SENTENCES = "sentences.npy"
OFFSETS = "offsets.npy"
_LIMIT = 1 << 40


def check_vectors(vectors: Matrix, what: str) -> None:
    """Refuse vectors that no search can use (FAULTS B10).

    Raises:
        IndexUnusableError: NaN, infinite, or without length.
    """
    norms = np.linalg.norm(vectors, axis=1)
    bad = np.flatnonzero(~np.isfinite(norms) | (norms < 1e-6))
    if bad.size:
        raise IndexUnusableError(f"het model gaf voor {bad.size} {what} geen bruikbare vector", "controleer het model met `rbzqa models`")


def to_files(passages: Matrix, sentences: Matrix, offsets: NDArray[np.int64]) -> dict[str, bytes]:
    """The bytes of the three vector files.

    Args:
        passages: shape (n, d), unit length.
        sentences: shape (m, d), unit length.
        offsets: shape (n + 1,): passage n has the sentences offsets[n] up to offsets[n + 1].
    """
    check_vectors(passages, "passages")
    check_vectors(sentences, "zinnen")
    index = faiss.IndexFlatIP(passages.shape[1])
    index.add(np.ascontiguousarray(passages))
    return {PASSAGES: faiss.serialize_index(index).tobytes(), SENTENCES: _npy(sentences), OFFSETS: _npy(offsets)}


def _npy(array: NDArray[np.float32] | NDArray[np.int64]) -> bytes:
    buffer = io.BytesIO()
    np.save(buffer, array, allow_pickle=False)
    return buffer.getvalue()


class Vectors:
    """Opened vector files; they were hashed before, since FAISS notices no damage."""

    def __init__(self, folder: Path, dimensions: int, passages: int, sentences: int) -> None:
        faiss.omp_set_num_threads(1)  # more threads are slower for a single question
        data = np.fromfile(folder / PASSAGES, dtype=np.uint8)
        faiss.set_deserialization_vector_byte_limit(_LIMIT)
        try:
            self._index = faiss.deserialize_index(data)
            self.sentences = np.load(folder / SENTENCES, mmap_mode="r", allow_pickle=False)
            self.offsets = np.load(folder / OFFSETS, allow_pickle=False)
        except (RuntimeError, ValueError, EOFError) as error:
            raise IndexUnusableError(f"{folder}: een vectorbestand is niet te lezen", REBUILD) from error
        shapes = (self._index.d, self._index.ntotal, self.sentences.shape, self.offsets.shape)
        if shapes != (dimensions, passages, (sentences, dimensions), (passages + 1,)):
            raise IndexUnusableError(f"{folder}: de vectorbestanden horen niet bij elkaar", REBUILD)

    def search(self, vector: Matrix, limit: int) -> tuple[NDArray[np.int64], Matrix]:
        """The nearest passages: rows and cosines, both of shape (n,), best first."""
        scores, rows = self._index.search(vector[None, :], min(limit, self._index.ntotal))
        return rows[0], scores[0]

    def passages(self, rows: NDArray[np.int64]) -> Matrix:
        """Passage vectors by row, shape (n, d)."""
        return np.asarray(self._index.reconstruct_batch(rows), dtype=np.float32)

    def best_sentences(self, vector: Matrix, rows: NDArray[np.int64]) -> Matrix:
        """The cosine of the best sentence of each passage, shape (n,)."""
        return np.array([self.sentence_scores(vector, int(row)).max(initial=-1.0) for row in rows], dtype=np.float32)

    def sentence_scores(self, vector: Matrix, row: int) -> Matrix:
        """The cosine of every sentence of one passage."""
        return np.asarray(self.sentences[self.offsets[row] : self.offsets[row + 1]] @ vector, dtype=np.float32)
