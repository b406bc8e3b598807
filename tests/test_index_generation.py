"""An opened generation: it checks whose it is, and outlives its folder."""

import dataclasses
import json
import mmap  # noqa: F401 (opened before a child gives up its rights: it could not be imported there)
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from rbzqa.dutch import analyse
from rbzqa.errors import IndexUnusableError
from rbzqa.index.build import build
from rbzqa.index.generation import CURRENT, GENERATIONS, Generation, current_id, verify
from rbzqa.index.manifest import NAME, Manifest, file_entry, generation_id, read_manifest
from rbzqa.index.vectors import to_files
from rbzqa.types import Document

from .fakes import WordEncoder, letter

pytestmark = pytest.mark.filterwarnings("ignore:This process .* is multi-threaded:DeprecationWarning")  # os.fork, from Python 3.12 on

NOBODY = 65534
BOOSTS = {"stems": 1.0, "grams": 0.4, "context": 0.3}
KABUL = letter("kabul", "Verslag\n\nDe Raad sprak over Afghanistan en de evacuatie.\n\nNederland steunt dit. Het kabinet blijft dit volgen.")
CHINA = letter("china", "Tweede brief\n\nDe Raad sprak over China en de handel.")


@pytest.fixture
def index(tmp_path: Path) -> Path:
    build(tmp_path / "index", [KABUL, CHINA], WordEncoder())
    return tmp_path / "index"


@pytest.fixture
def generation(index: Path) -> Iterator[Generation]:
    opened = open_index(index)
    yield opened
    opened.store.close()


def open_index(index: Path) -> Generation:
    return Generation.open(index, WordEncoder.fingerprint, WordEncoder.name)


def answers(generation: Generation) -> None:
    """Every leg finds the right passage."""
    rows, _ = generation.vectors.search(WordEncoder().encode_query("China handel"), 1)
    lexical, _ = generation.lexical.search(analyse("China handel"), BOOSTS, 1)
    assert rows.tolist() == lexical.tolist()
    (passage,) = generation.passages([int(rows[0])])
    assert generation.document(passage.document_id) == CHINA
    assert generation.vectors.best_sentences(WordEncoder().encode_query("China handel"), rows)[0] > 0.5


def reseal(index: Path, **changes: Any) -> None:
    """Give a changed generation the manifest and the name that fit it."""
    folder = index / GENERATIONS / (index / CURRENT).read_text().strip()
    manifest = read_manifest(folder)
    files = {name: file_entry(folder / name) for name in manifest.files}
    data = dataclasses.replace(manifest, files=files, **changes).to_bytes()
    (folder / NAME).write_bytes(data)
    folder.rename(folder.with_name(generation_id(data)))
    (index / CURRENT).write_text(generation_id(data) + "\n")


def test_an_opened_generation_answers(generation: Generation) -> None:
    answers(generation)
    assert generation.manifest.documents == 2
    assert {"afghanistan", "handel"} <= set(generation.words()) == set(generation.store.words())


def test_words_are_read_once(generation: Generation, monkeypatch: pytest.MonkeyPatch) -> None:
    first = generation.words()
    monkeypatch.setattr(generation.store, "words", lambda: pytest.fail("read again"))
    assert generation.words() is first


def test_a_document_that_the_index_contradicts(generation: Generation) -> None:
    with pytest.raises(IndexUnusableError, match="document geen ontbreekt"):
        generation.document("geen")


def test_the_vectors_of_a_document_come_back_by_its_key(generation: Generation) -> None:
    for document in (KABUL, CHINA):
        (key,) = [key for key, (first, _) in generation.store.keys().items() if generation.passages([first])[0].document_id == document.id]
        found = generation.vectors_of(key)
        assert found is not None
        passages, sentences = found
        texts = [text for text in generation.passages(list(range(generation.manifest.passages))) if text.document_id == document.id]
        assert passages.shape == (len(texts), 32)
        assert sentences.shape == (sum(len(p.sentence_spans) for p in texts), 32)
        assert np.linalg.norm(sentences, axis=1) == pytest.approx(1)
    assert generation.vectors_of("0" * 64) is None


def test_current_is_read_with_or_without_complaint(tmp_path: Path, index: Path) -> None:  # FAULTS B5
    assert current_id(index) == current_id(index, strict=False) == verify(index)[0]
    assert current_id(tmp_path, strict=False) is None
    (index / CURRENT).write_text("../x")
    assert current_id(index, strict=False) is None


@pytest.mark.parametrize("field", ["schema", "analyser", "chunker"])
def test_an_index_of_another_release(index: Path, field: str) -> None:  # FAULTS B8
    reseal(index, **{field: "oud-0"})
    assert verify(index)[2] == []
    with pytest.raises(IndexUnusableError, match=f"{field} oud-0") as caught:
        open_index(index)
    assert "rbzqa index" in caught.value.hint and caught.value.exit_code == 4


def test_an_index_of_another_model(index: Path) -> None:  # FAULTS B8
    with pytest.raises(IndexUnusableError, match=r"'woorden'.*'e5'") as caught:
        Generation.open(index, "e" * 64, "e5")
    assert "rbzqa index" in caught.value.hint


def test_a_later_manifest_with_more_or_fewer_fields(index: Path) -> None:  # FAULTS B8
    folder = index / GENERATIONS / (index / CURRENT).read_text().strip()
    fields = json.loads((folder / NAME).read_bytes())
    del fields["chunker"]
    data = json.dumps(fields).encode()
    (folder / NAME).write_bytes(data)
    folder.rename(folder.with_name(generation_id(data)))
    (index / CURRENT).write_text(generation_id(data))
    with pytest.raises(IndexUnusableError, match="andere vorm") as caught:
        open_index(index)
    assert "rbzqa index" in caught.value.hint


def test_vectors_of_another_length_or_number(index: Path, tmp_path: Path) -> None:  # FAULTS B9
    manifest = verify(index)[1]
    vectors = np.eye(64, dtype=np.float32)
    right = np.array([0, *([manifest.sentences] * manifest.passages)], dtype=np.int64)
    wrong = {
        "length": (vectors[: manifest.passages, :31], vectors[: manifest.sentences, :31], right),
        "passages": (vectors[: manifest.passages + 1, :32], vectors[: manifest.sentences, :32], right),
        "sentences": (vectors[: manifest.passages, :32], vectors[: manifest.sentences + 1, :32], right),
        "offsets": (vectors[: manifest.passages, :32], vectors[: manifest.sentences, :32], right[:-1]),
    }
    for what, arrays in wrong.items():
        copy = shutil.copytree(index, tmp_path / what)
        for name, data in to_files(arrays[0] + np.float32(0.1), arrays[1] + np.float32(0.1), arrays[2]).items():
            (copy / GENERATIONS / (copy / CURRENT).read_text().strip() / name).write_bytes(data)
        reseal(copy)
        assert verify(copy)[2] == []
        with pytest.raises(IndexUnusableError, match="horen niet bij elkaar") as caught:
            open_index(copy)
        assert "rbzqa index" in caught.value.hint, what


def test_answers_go_on_when_the_folder_is_deleted(index: Path, generation: Generation) -> None:  # FAULTS B15
    shutil.rmtree(index)
    answers(generation)
    assert "handel" in generation.words()
    with pytest.raises(IndexUnusableError):
        open_index(index)


def test_answers_go_on_while_others_publish(index: Path, generation: Generation) -> None:  # FAULTS B15
    batches: list[list[Document]] = [[KABUL], [CHINA], [KABUL, CHINA], [KABUL]]
    for documents in batches:
        build(index, documents, WordEncoder())
        answers(generation)
    assert not generation.folder.exists() or generation.id != current_id(index)


def test_readers_take_no_lock(index: Path) -> None:  # FAULTS F4
    one, two = open_index(index), open_index(index)
    build(index, [KABUL], WordEncoder())
    for opened in (one, two):
        answers(opened)
        opened.store.close()


def _as_nobody(action: Callable[[], None]) -> tuple[int, str]:
    """Run in a forked process that may write nothing; its exit code and what went wrong."""
    reader, writer = os.pipe()
    pid = os.fork()
    if pid == 0:
        try:
            if os.geteuid() == 0:
                os.setgroups([])
                os.setgid(NOBODY)
                os.setuid(NOBODY)
            action()
        except BaseException as error:  # noqa: BLE001 (whatever it was, a child never returns)
            os.write(writer, repr(error).encode()[:4000])
            os._exit(1)
        os._exit(0)
    os.close(writer)
    with os.fdopen(reader, "rb") as pipe:
        said = pipe.read().decode()
    return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]), said


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """A folder that every user may look into; pytest's own are closed to others."""
    with tempfile.TemporaryDirectory(prefix="rbzqa-test-") as name:
        Path(name).chmod(0o755)
        yield Path(name)


@pytest.mark.parametrize("mode", ["as built", "read only"])
def test_an_index_that_may_only_be_read_is_served(open_folder: Path, mode: str) -> None:  # FAULTS B7
    index = open_folder / "index"
    build(index, [KABUL, CHINA], WordEncoder())
    open_index(index).store.close()  # everything is imported before the rights are gone
    paths = sorted(index.rglob("*"), reverse=True)
    if mode == "read only":
        for path in [*paths, index]:
            path.chmod(0o555 if path.is_dir() else 0o444)
    before = {path: path.read_bytes() for path in paths if path.is_file()}

    def serve() -> None:
        assert os.access(index, os.W_OK) == (mode == "as built" and index.stat().st_uid == os.getuid())
        answers(open_index(index))

    assert _as_nobody(serve) == (0, "")
    assert {path: path.read_bytes() for path in before} == before
    for path in [index, *reversed(paths)]:
        path.chmod(0o755)


def test_a_build_in_a_folder_of_another_is_one_line(open_folder: Path) -> None:  # FAULTS B7
    index = open_folder / "index"
    build(index, [KABUL], WordEncoder())
    for locked in (False, True):
        (index / ".lock").chmod(0o666 if locked else 0o444)
        (index / GENERATIONS).chmod(0o555)

        def refused() -> None:
            with pytest.raises(IndexUnusableError, match="Permission denied") as caught:
                build(index, [CHINA], WordEncoder())
            assert "\n" not in caught.value.message

        assert _as_nobody(refused) == (0, "")
    opened = open_index(index)
    assert opened.store.document_ids() == ["kabul"]
    opened.store.close()


def test_the_copy_of_a_read_only_index_goes_with_it(index: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:  # FAULTS B7
    import tantivy

    real, seen = tantivy.Index.open, []

    class Refusing:
        @staticmethod
        def open(path: str) -> Any:
            seen.append(Path(path))
            if GENERATIONS in path:
                raise ValueError("Failed to acquire Lockfile")
            return real(path)

    scratch = tmp_path / "scratch"
    scratch.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(scratch))
    monkeypatch.setattr("rbzqa.index.lexical.tantivy.Index", Refusing)
    opened = open_index(index)
    answers(opened)
    assert [path.is_relative_to(scratch) for path in seen] == [False, True] and seen[1].is_dir()
    assert opened.lexical._scratch is not None
    opened.lexical._scratch.cleanup()
    opened.store.close()
    assert list(scratch.iterdir()) == []


def test_a_manifest_is_what_verify_gives_back(index: Path) -> None:
    name, manifest, problems = verify(index)
    assert isinstance(manifest, Manifest) and problems == []
    assert generation_id(manifest.to_bytes()) == name
