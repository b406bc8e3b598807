"""build(): one generation of the same bytes, only what changed is encoded, one builder at a time."""

import errno
import fcntl
import os
import resource
import signal
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from rbzqa.errors import ConfigError, IndexUnusableError
from rbzqa.index import durable, lexical
from rbzqa.index.build import About, Built, build
from rbzqa.index.generation import CURRENT, GENERATIONS, Generation, verify
from rbzqa.index.manifest import Remark
from rbzqa.types import Document

from .fakes import WordEncoder, letter

pytestmark = pytest.mark.filterwarnings("ignore:This process .* is multi-threaded:DeprecationWarning")  # os.fork, from Python 3.12 on

KABUL = letter("kabul", "Verslag\n\nDe Raad sprak over Afghanistan en de evacuatie.\n\nNederland steunt dit. Het kabinet blijft dit volgen.")
CHINA = letter("china", "Tweede brief\n\nDe Raad sprak over China en de handel met dat land.\n\nDe hoge vertegenwoordiger lichtte dit toe.")
GEORGIA = letter("georgie", "Derde brief\n\nDe Raad sprak over Georgië en de verkiezingen.")


def tree(folder: Path) -> dict[str, bytes]:
    """Every file below a folder, with its bytes."""
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def leftovers(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.name.startswith(".tmp-")]


def first_id(folder: Path, question: str) -> str:
    """The document of the nearest passage, by words and by vector."""
    encoder = WordEncoder()
    generation = Generation.open(folder, encoder.fingerprint, encoder.name)
    rows, _ = generation.vectors.search(encoder.encode_query(question), 1)
    (passage,) = generation.passages([int(rows[0])])
    generation.store.close()
    return passage.document_id


def in_child(action: Callable[[], None]) -> int:
    """Run in a forked process, without any clean-up of this one; 0 means that it ended well."""
    pid = os.fork()
    if pid == 0:
        try:
            action()
        except BaseException:  # noqa: BLE001 (whatever it was, a child never returns)
            os._exit(1)
        os._exit(0)
    return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])


def test_a_build_reports_what_it_did(tmp_path: Path, encoder: WordEncoder) -> None:
    done: list[tuple[int, int]] = []
    about = About(skipped=(Remark("stuk.pdf", "geen tekst"),))
    built = build(tmp_path / "new" / "index", [KABUL, CHINA], encoder, about=about, progress=lambda *at: done.append(at))
    name, manifest, problems = verify(tmp_path / "new" / "index")
    assert (built.documents, built.encoded, problems) == (2, 2, [])
    assert built.generation == name == (tmp_path / "new" / "index" / CURRENT).read_text().strip()
    assert done == [(1, 2), (2, 2)]
    assert manifest.skipped == (Remark("stuk.pdf", "geen tekst"),)
    assert (manifest.documents, manifest.passages, manifest.dimensions, manifest.model) == (2, built.passages, 32, "woorden")


def test_sentences_and_passages_are_encoded_with_their_context(tmp_path: Path, encoder: WordEncoder) -> None:
    body = "Betreft: Verslag van de Raad\n\nAfghanistan\n\nDe evacuatie is begonnen. Zij duurt nog voort."
    document = letter("a", body)
    build(tmp_path, [document], encoder)
    assert any(text.endswith("De evacuatie is begonnen.") for text in encoder.encoded)
    assert any(text.endswith("De evacuatie is begonnen. Zij duurt nog voort.") for text in encoder.encoded)
    sections = [section for part in document.parts for section in part.sections if section.path]
    assert sections and all(any(text.startswith(s.path[0]) or f"| {s.path[0]}\n" in text for text in encoder.encoded) for s in sections)


def test_two_builds_of_the_same_corpus_give_the_same_bytes(tmp_path: Path) -> None:  # FAULTS B18
    build(tmp_path / "one", [KABUL, CHINA], WordEncoder())
    build(tmp_path / "two", [KABUL, CHINA], WordEncoder())
    assert tree(tmp_path / "one") == tree(tmp_path / "two")
    build(tmp_path / "three", [KABUL, GEORGIA], WordEncoder())
    assert tree(tmp_path / "one") != tree(tmp_path / "three")


def test_a_clock_that_is_set_back_changes_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:  # FAULTS B14
    first = build(tmp_path / "one", [KABUL, CHINA], WordEncoder())
    monkeypatch.setattr(time, "time", lambda: 0.0)
    monkeypatch.setattr(time, "time_ns", lambda: 0)
    monkeypatch.setenv("TZ", "Pacific/Kiritimati")
    assert build(tmp_path / "two", [KABUL, CHINA], WordEncoder()) == first
    for path in (tmp_path / "one").rglob("*"):
        os.utime(path, (0, 0))
    assert build(tmp_path / "one", [KABUL, CHINA], WordEncoder()).generation == first.generation
    assert tree(tmp_path / "one") == tree(tmp_path / "two")


def test_an_incremental_build_gives_the_bytes_of_a_fresh_one(tmp_path: Path, encoder: WordEncoder) -> None:  # FAULTS B18
    build(tmp_path / "grown", [GEORGIA, KABUL], encoder)
    encoder.encoded.clear()
    built = build(tmp_path / "grown", [KABUL, CHINA, GEORGIA], encoder)
    assert built.encoded == 1
    build(tmp_path / "fresh", [KABUL, CHINA, GEORGIA], WordEncoder())
    generation = Path(GENERATIONS) / built.generation
    assert tree(tmp_path / "grown" / generation) == tree(tmp_path / "fresh" / generation)


def test_only_documents_that_changed_are_encoded(tmp_path: Path, encoder: WordEncoder) -> None:
    build(tmp_path, [KABUL, CHINA], encoder)
    assert any("Afghanistan" in text for text in encoder.encoded)
    encoder.encoded.clear()
    assert build(tmp_path, [KABUL, CHINA], encoder).encoded == 0
    assert encoder.encoded == []
    changed = letter("china", "Tweede brief\n\nDe Raad sprak over Taiwan.")
    assert build(tmp_path, [KABUL, changed], encoder).encoded == 1
    assert encoder.encoded and not any("Afghanistan" in text for text in encoder.encoded)
    assert first_id(tmp_path, "Taiwan") == "china"


def test_another_model_encodes_everything_again(tmp_path: Path, encoder: WordEncoder) -> None:
    build(tmp_path, [KABUL, CHINA], encoder)
    other = WordEncoder()
    other.fingerprint = "e" * 64
    assert build(tmp_path, [KABUL, CHINA], other).encoded == 2


def test_a_removed_document_disappears(tmp_path: Path, encoder: WordEncoder) -> None:
    build(tmp_path, [KABUL, CHINA], encoder)
    assert first_id(tmp_path, "China handel") == "china"
    build(tmp_path, [KABUL], encoder)
    generation = Generation.open(tmp_path, encoder.fingerprint, encoder.name)
    assert generation.store.document_ids() == ["kabul"]
    assert generation.store.document("china") is None
    assert "china" not in generation.words()
    assert generation.lexical.document_frequency("china") == 0
    assert generation.vectors.passages(np.arange(generation.manifest.passages)).shape[0] == generation.manifest.passages == generation.lexical.size
    generation.store.close()


def test_only_the_new_generation_and_the_one_before_are_kept(tmp_path: Path, encoder: WordEncoder) -> None:
    built = [build(tmp_path, documents, encoder) for documents in ([KABUL], [CHINA], [GEORGIA])]
    assert sorted(path.name for path in (tmp_path / GENERATIONS).iterdir()) == sorted(b.generation for b in built[1:])


def test_a_damaged_generation_of_the_same_content_is_replaced(tmp_path: Path, encoder: WordEncoder) -> None:
    built = build(tmp_path, [KABUL, CHINA], encoder)
    before = tree(tmp_path)
    (tmp_path / GENERATIONS / built.generation / "sentences.npy").write_bytes(b"kapot")
    encoder.encoded.clear()
    again = build(tmp_path, [KABUL, CHINA], encoder)
    assert again == Built(built.generation, built.documents, built.passages, 2)
    assert tree(tmp_path) == before
    assert leftovers(tmp_path) == []


def test_whoever_may_read_the_folder_may_read_every_file(tmp_path: Path, encoder: WordEncoder) -> None:
    built = build(tmp_path, [KABUL], encoder)
    generation = tmp_path / GENERATIONS / built.generation
    modes = {path.relative_to(generation).as_posix(): path.stat().st_mode & 0o444 for path in [generation, *generation.rglob("*")]}
    assert set(modes.values()) == {0o444}, modes


class BadEncoder(WordEncoder):
    """Gives one vector that no search can use."""

    def __init__(self, bad: float) -> None:
        super().__init__()
        self.bad = bad

    def encode_passages(self, texts: Sequence[str]) -> NDArray[np.float32]:
        vectors = super().encode_passages(texts)
        vectors[-1] = self.bad
        return vectors


@pytest.mark.parametrize("bad", [np.nan, np.inf, -np.inf, 0.0])
def test_vectors_that_no_search_can_use_are_refused(tmp_path: Path, encoder: WordEncoder, bad: float) -> None:  # FAULTS B10
    build(tmp_path, [KABUL], encoder)
    before = tree(tmp_path)
    with pytest.raises(IndexUnusableError, match="geen bruikbare vector") as caught:
        build(tmp_path, [KABUL, CHINA], BadEncoder(bad))
    assert "rbzqa models" in caught.value.hint
    assert tree(tmp_path) == before
    assert first_id(tmp_path, "Afghanistan") == "kabul"
    build(tmp_path, [KABUL, CHINA], encoder)
    assert leftovers(tmp_path) == []


def test_a_second_builder_is_refused_at_once_and_a_dead_one_frees_its_lock(tmp_path: Path, encoder: WordEncoder) -> None:  # FAULTS B13
    reader, writer = os.pipe()
    pid = os.fork()
    if pid == 0:
        with durable.locked(tmp_path):
            os.write(writer, b"!")
            time.sleep(60)
            os._exit(0)
    try:
        assert os.read(reader, 1) == b"!"
        began = time.monotonic()
        with pytest.raises(ConfigError, match="bezig") as caught:
            build(tmp_path, [KABUL], encoder)
        assert caught.value.exit_code == 2
        assert time.monotonic() - began < 30  # the other one holds the lock for 60
        assert not (tmp_path / CURRENT).exists()
    finally:
        os.kill(pid, signal.SIGKILL)
        os.waitpid(pid, 0)
        os.close(reader)
        os.close(writer)
    assert (tmp_path / ".lock").exists()
    build(tmp_path, [KABUL], encoder)
    assert first_id(tmp_path, "Afghanistan") == "kabul"


def test_the_lock_is_freed_after_a_build_that_failed(tmp_path: Path, encoder: WordEncoder) -> None:
    with pytest.raises(IndexUnusableError):
        build(tmp_path, [KABUL], BadEncoder(0.0))
    assert build(tmp_path, [KABUL], encoder).documents == 1


@pytest.mark.parametrize("code", [errno.ENOLCK, errno.EOPNOTSUPP, errno.EINVAL])
def test_a_disk_without_locks_is_one_line(tmp_path: Path, encoder: WordEncoder, monkeypatch: pytest.MonkeyPatch, code: int) -> None:  # FAULTS B16
    def refuse(descriptor: int, operation: int) -> None:
        raise OSError(code, os.strerror(code))

    monkeypatch.setattr(fcntl, "flock", refuse)
    with pytest.raises(IndexUnusableError, match="vergrendeld") as caught:
        build(tmp_path, [KABUL], encoder)
    assert os.strerror(code) in caught.value.message and "\n" not in caught.value.message
    assert "--index" in caught.value.hint


@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EDQUOT])
def test_a_disk_that_is_full_midway_leaves_the_old_generation(  # FAULTS B6
    tmp_path: Path, encoder: WordEncoder, monkeypatch: pytest.MonkeyPatch, code: int
) -> None:
    build(tmp_path, [KABUL], encoder)
    before = tree(tmp_path)
    calls, failures = 0, 0

    def fail_at(nth: int) -> Callable[[int], None]:
        def fsync(descriptor: int) -> None:
            nonlocal calls
            calls += 1
            if calls == nth:
                raise OSError(code, os.strerror(code))

        return fsync

    published = False
    for nth in range(1, 100):
        calls = 0
        monkeypatch.setattr(os, "fsync", fail_at(nth))
        try:
            build(tmp_path, [KABUL, CHINA], encoder)
            break
        except IndexUnusableError as error:
            failures += 1
            assert os.strerror(code) in error.message and "\n" not in error.message  # noqa: PT017
            assert error.exit_code == 4 and error.hint  # noqa: PT017
        assert leftovers(tmp_path) == []
        published = published or (tmp_path / CURRENT).read_bytes() != before[CURRENT]
        assert verify(tmp_path)[2] == []
        if not published:
            assert {name: data for name, data in tree(tmp_path).items() if name in before} == before
            assert first_id(tmp_path, "China") == "kabul"
    assert failures > 10
    assert first_id(tmp_path, "China") == "china"


def test_half_a_write_on_a_full_disk_leaves_the_old_generation(tmp_path: Path, encoder: WordEncoder, monkeypatch: pytest.MonkeyPatch) -> None:  # FAULTS B6
    build(tmp_path, [KABUL], encoder)
    before = tree(tmp_path)

    def write(path: Path, data: bytes) -> None:
        path.write_bytes(data[: len(data) // 2])
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(durable, "write", write)
    with pytest.raises(IndexUnusableError, match="No space left on device") as caught:
        build(tmp_path, [CHINA], encoder)
    assert "maak ruimte" in caught.value.hint
    assert tree(tmp_path) == before
    assert leftovers(tmp_path) == []


def test_a_disk_that_is_full_under_tantivy_is_one_line_too(tmp_path: Path, encoder: WordEncoder, monkeypatch: pytest.MonkeyPatch) -> None:  # FAULTS B6
    build(tmp_path, [KABUL], encoder)
    before = tree(tmp_path)
    real = lexical.build

    def build_on_a_full_disk(*arguments: Any) -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (64, 64))  # a native write past 64 bytes fails, as on a full disk
        real(*arguments)

    monkeypatch.setattr(lexical, "build", build_on_a_full_disk)

    def refused() -> None:
        with pytest.raises(IndexUnusableError, match="File too large") as caught:
            build(tmp_path, [KABUL, CHINA], encoder)
        assert "\n" not in caught.value.message
        assert leftovers(tmp_path) == []

    assert in_child(refused) == 0
    assert tree(tmp_path) == before
    assert first_id(tmp_path, "Afghanistan") == "kabul"


@pytest.mark.parametrize("code", [errno.EROFS, errno.EACCES])
def test_a_folder_that_cannot_be_written_is_one_line(tmp_path: Path, encoder: WordEncoder, monkeypatch: pytest.MonkeyPatch, code: int) -> None:  # FAULTS B7
    def refuse(*arguments: Any, **options: Any) -> int:
        raise OSError(code, os.strerror(code))

    monkeypatch.setattr(os, "open", refuse)
    with pytest.raises(IndexUnusableError, match=os.strerror(code)) as caught:
        build(tmp_path, [KABUL], encoder)
    assert caught.value.exit_code == 4
    assert "\n" not in caught.value.message and "--index" in caught.value.hint


def test_an_index_that_is_a_file_is_one_line(tmp_path: Path, encoder: WordEncoder) -> None:  # FAULTS B7
    (tmp_path / "index").write_text("een bestand")
    for folder in (tmp_path / "index", tmp_path / "index" / "dieper"):
        with pytest.raises(IndexUnusableError, match="kan niet worden geschreven"):
            build(folder, [KABUL], encoder)
    assert (tmp_path / "index").read_text() == "een bestand"


def test_leftovers_that_cannot_be_removed_are_one_line(tmp_path: Path, encoder: WordEncoder, monkeypatch: pytest.MonkeyPatch) -> None:  # FAULTS B7
    build(tmp_path, [KABUL], encoder)
    (tmp_path / ".tmp-CURRENT").write_text("half")

    def refuse(path: Path, missing_ok: bool = False) -> None:
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))

    monkeypatch.setattr(Path, "unlink", refuse)
    with pytest.raises(IndexUnusableError, match="Permission denied"):
        build(tmp_path, [CHINA], encoder)
    assert first_id(tmp_path, "Afghanistan") == "kabul"


def test_a_hundred_half_built_generations_are_ignored_and_then_cleaned(tmp_path: Path, encoder: WordEncoder) -> None:  # FAULTS B17
    build(tmp_path, [KABUL], encoder)
    for n in range(100):
        half = tmp_path / GENERATIONS / f".tmp-{n:08x}"
        (half / "lexical").mkdir(parents=True)
        (half / "texts.sqlite").write_bytes(b"half")
        (half / "lexical" / "meta.json").write_bytes(b"{")
    (tmp_path / ".tmp-CURRENT").write_text("half")
    assert len(leftovers(tmp_path)) == 101
    assert first_id(tmp_path, "Afghanistan") == "kabul"
    build(tmp_path, [KABUL, CHINA], encoder)
    assert leftovers(tmp_path) == []


def test_documents_are_taken_in_the_order_given(tmp_path: Path, encoder: WordEncoder) -> None:
    orders: list[list[Document]] = [[KABUL, CHINA, GEORGIA], [GEORGIA, CHINA, KABUL]]
    for order in orders:
        build(tmp_path, order, encoder)
        generation = Generation.open(tmp_path, encoder.fingerprint, encoder.name)
        assert generation.store.document_ids() == [document.id for document in order]
        generation.store.close()
