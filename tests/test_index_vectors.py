"""Vectors: passages in FAISS, sentences in a matrix beside them."""

from pathlib import Path

import faiss
import numpy as np
import pytest
from numpy.typing import NDArray

from rbzqa.errors import IndexUnusableError
from rbzqa.index.vectors import OFFSETS, PASSAGES, SENTENCES, Vectors, check_vectors, to_files

Matrix = NDArray[np.float32]


def unit(n: int, dimensions: int = 8, seed: int = 1) -> Matrix:
    made = np.random.default_rng(seed).normal(size=(n, dimensions)).astype(np.float32)
    return np.asarray(made / np.linalg.norm(made, axis=1, keepdims=True), dtype=np.float32)


OF_PASSAGES, OF_SENTENCES = unit(4), unit(7, seed=2)
AT = np.array([0, 2, 5, 5, 7], dtype=np.int64)  # the third passage has no sentence


def write(folder: Path, passages: Matrix = OF_PASSAGES, sentences: Matrix = OF_SENTENCES, offsets: NDArray[np.int64] = AT) -> Path:
    for name, data in to_files(passages, sentences, offsets).items():
        (folder / name).write_bytes(data)
    return folder


@pytest.fixture
def vectors(tmp_path: Path) -> Vectors:
    return Vectors(write(tmp_path), 8, 4, 7)


def test_search_gives_rows_and_cosines_best_first(vectors: Vectors) -> None:
    question = unit(1, seed=3)[0]
    rows, scores = vectors.search(question, 4)
    cosines = OF_PASSAGES @ question
    assert rows.tolist() == np.argsort(-cosines).tolist()
    assert scores == pytest.approx(cosines[rows], abs=1e-6)
    assert vectors.search(OF_PASSAGES[2], 1)[0].tolist() == [2]
    assert vectors.search(question, 1_000)[0].shape == (4,)


def test_passage_vectors_come_back_by_row(vectors: Vectors) -> None:
    assert (vectors.passages(np.array([3, 0])) == OF_PASSAGES[[3, 0]]).all()
    assert vectors.passages(np.arange(0)).shape == (0, 8)


def test_sentence_scores_are_those_of_one_passage(vectors: Vectors) -> None:
    question = unit(1, seed=3)[0]
    for row in range(4):
        assert vectors.sentence_scores(question, row) == pytest.approx(OF_SENTENCES[AT[row] : AT[row + 1]] @ question, abs=1e-6)
    assert vectors.sentence_scores(question, 2).shape == (0,)


def test_the_best_sentence_of_each_passage(vectors: Vectors) -> None:
    question = OF_SENTENCES[6]
    best = vectors.best_sentences(question, np.array([3, 0, 2]))
    assert best.dtype == np.float32
    assert best[0] == pytest.approx(1, abs=1e-6)
    assert best[1] == pytest.approx((OF_SENTENCES[:2] @ question).max(), abs=1e-6)
    assert best[2] == -1  # no sentence: behind all that have one
    assert vectors.best_sentences(question, np.empty(0, np.int64)).shape == (0,)


def test_sentences_are_mapped_and_not_writable(vectors: Vectors) -> None:
    assert isinstance(vectors.sentences, np.memmap)
    with pytest.raises(ValueError, match="read-only"):
        vectors.sentences[0, 0] = 1


def test_a_search_uses_one_thread(vectors: Vectors) -> None:  # FAULTS F5
    faiss.omp_set_num_threads(2)
    Vectors(Path(vectors.sentences.filename).parent, 8, 4, 7)
    assert faiss.omp_get_max_threads() == 1


def test_the_same_vectors_give_the_same_bytes() -> None:  # FAULTS B18
    first = to_files(OF_PASSAGES, OF_SENTENCES, AT)
    assert set(first) == {PASSAGES, SENTENCES, OFFSETS}
    assert first == to_files(OF_PASSAGES.copy(), np.asfortranarray(OF_SENTENCES).copy(order="C"), AT.copy())


@pytest.mark.parametrize("bad", [np.nan, np.inf, -np.inf, 0.0, 1e-9])
def test_vectors_without_use_are_refused_before_anything_is_written(bad: float) -> None:  # FAULTS B10
    passages, sentences = OF_PASSAGES.copy(), OF_SENTENCES.copy()
    passages[1:3] = bad
    sentences[6] = bad
    with pytest.raises(IndexUnusableError, match="2 passages"):
        to_files(passages, OF_SENTENCES, AT)
    with pytest.raises(IndexUnusableError, match="1 zinnen"):
        to_files(OF_PASSAGES, sentences, AT)


@pytest.mark.parametrize("bad", [np.nan, np.inf])
def test_one_bad_number_in_a_vector_is_enough(bad: float) -> None:  # FAULTS B10
    vectors = OF_PASSAGES.copy()
    vectors[2, 5] = bad
    with pytest.raises(IndexUnusableError):
        check_vectors(vectors, "passages")
    check_vectors(OF_PASSAGES, "passages")
    check_vectors(np.empty((0, 8), np.float32), "passages")


@pytest.mark.parametrize(("dimensions", "passages", "sentences"), [(9, 4, 7), (8, 5, 7), (8, 3, 7), (8, 4, 8), (384, 4, 7)])
def test_files_of_another_size_than_the_manifest_says(tmp_path: Path, dimensions: int, passages: int, sentences: int) -> None:  # FAULTS B9
    with pytest.raises(IndexUnusableError, match="horen niet bij elkaar") as caught:
        Vectors(write(tmp_path), dimensions, passages, sentences)
    assert "rbzqa index" in caught.value.hint


@pytest.mark.parametrize("changed", [{"passages": unit(4, 9)}, {"passages": unit(3)}, {"sentences": unit(7, 9)}, {"sentences": unit(6)}, {"offsets": AT[:-1]}])
def test_one_file_of_another_index(tmp_path: Path, changed: dict[str, NDArray[np.float32]]) -> None:  # FAULTS B9
    with pytest.raises(IndexUnusableError, match="horen niet bij elkaar"):
        Vectors(write(tmp_path, **changed), 8, 4, 7)  # type: ignore[arg-type]


@pytest.mark.parametrize("name", [PASSAGES, SENTENCES, OFFSETS])
@pytest.mark.parametrize("data", [b"", b"kapot", b"\x93NUMPY"])
def test_a_file_that_is_no_such_file(tmp_path: Path, name: str, data: bytes) -> None:
    (write(tmp_path) / name).write_bytes(data)
    with pytest.raises(IndexUnusableError):
        Vectors(tmp_path, 8, 4, 7)


def test_a_pickle_is_never_loaded(tmp_path: Path) -> None:
    write(tmp_path)
    with (tmp_path / SENTENCES).open("wb") as file:
        np.save(file, np.array([{"a": 1}], dtype=object), allow_pickle=True)
    with pytest.raises(IndexUnusableError):
        Vectors(tmp_path, 8, 4, 7)
