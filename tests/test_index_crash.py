"""Builders that die: at every operation on the disk, with half a write, and by a real SIGKILL."""

import json
import os
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from rbzqa.errors import IndexUnusableError
from rbzqa.index import durable
from rbzqa.index.build import build
from rbzqa.index.generation import CURRENT, GENERATIONS, Generation, verify

from .fakes import WordEncoder, letter

pytestmark = pytest.mark.filterwarnings("ignore:This process .* is multi-threaded:DeprecationWarning")  # os.fork, from Python 3.12 on

REPOSITORY = Path(__file__).parent.parent
OLD = [letter("kabul", "Verslag\n\nDe Raad sprak over Afghanistan en de evacuatie.")]
NEW = [*OLD, letter("china", "Tweede brief\n\nDe Raad sprak over China en de handel met dat land.")]
_CHANGES = {"os.rename", "os.remove", "os.rmdir", "os.mkdir", "os.chmod", "os.truncate"}
_WRITES = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC
_DIED = 77

Note = Callable[[str, str], None]


@pytest.fixture
def memory(monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder that never waits for a disk: a process that dies loses nothing that it wrote, and tantivy syncs on its own too."""
    monkeypatch.setattr(os, "fsync", lambda descriptor: None)
    shared = Path("/dev/shm")
    with tempfile.TemporaryDirectory(prefix="rbzqa-test-", dir=shared if os.access(shared, os.W_OK) else None) as name:
        yield Path(name)


def _watch(folder: Path, note: Note) -> None:
    """Call ``note(operation, path)`` before every change on the disk; only in a child: a hook cannot be taken away."""
    real = os.fsync

    def fsync(descriptor: int) -> None:
        note("fsync", os.readlink(f"/proc/self/fd/{descriptor}"))  # noqa: PTH115
        real(descriptor)

    def hook(event: str, arguments: tuple[Any, ...]) -> None:
        if event in _CHANGES or (event == "open" and isinstance(arguments[2], int) and arguments[2] & _WRITES):
            path = os.fspath(arguments[0]) if not isinstance(arguments[0], int) else ""
            inside = isinstance(path, str) and (path.startswith(str(folder)) or not path.startswith("/"))
            if inside:
                note(event, path if event != "os.rename" else f"{path} -> {os.fspath(arguments[1])}")

    setattr(os, "fsync", fsync)  # noqa: B010 (in a child that ends here)
    sys.addaudithook(hook)


def _child(folder: Path, prepare: Callable[[], None]) -> int:
    """Build NEW in a forked process."""
    pid = os.fork()
    if pid == 0:
        try:
            prepare()
            build(folder, NEW, WordEncoder())
        except BaseException:  # noqa: BLE001 (whatever it was, a child never returns)
            os._exit(1)
        os._exit(0)
    return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])


def _die_at(folder: Path, nth: int) -> Callable[[], None]:
    seen = 0

    def note(operation: str, path: str) -> None:
        nonlocal seen
        seen += 1
        if seen == nth:
            os._exit(_DIED)

    return lambda: _watch(folder, note)


def _die_in_write(nth: int) -> Callable[[], None]:
    """The nth file is written for one half, and nothing comes after."""
    seen = 0
    whole, text = durable.write, Path.write_text

    def torn(path: Path, data: bytes) -> None:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
        os.write(descriptor, data[: len(data) // 2])
        os._exit(_DIED)

    def write(path: Path, data: bytes) -> None:
        nonlocal seen
        seen += 1
        torn(path, data) if seen == nth else whole(path, data)

    def write_text(path: Path, data: str, *arguments: Any, **options: Any) -> int:
        nonlocal seen
        seen += 1
        if seen == nth:
            torn(path, data.encode())
        return text(path, data, *arguments, **options)

    def prepare() -> None:
        durable.write = write
        Path.write_text = write_text  # type: ignore[method-assign, assignment]

    return prepare


def _state(folder: Path) -> str | None:
    """The generation that serves, which must be whole and answer; None where there is no index at all."""
    if not (folder / CURRENT).exists():
        with pytest.raises(IndexUnusableError, match="geen index"):
            Generation.open(folder, WordEncoder.fingerprint, WordEncoder.name)
        return None
    name, manifest, problems = verify(folder)
    assert problems == []
    encoder = WordEncoder()
    generation = Generation.open(folder, encoder.fingerprint, encoder.name)
    rows, _ = generation.vectors.search(encoder.encode_query("Afghanistan"), 1)
    assert generation.passages([int(rows[0])])[0].document_id == "kabul"
    assert generation.lexical.size == manifest.passages == len(generation.passages(list(range(manifest.passages))))
    generation.store.close()
    return name


def _recovers(folder: Path, new: str) -> None:
    """The next build cleans up and publishes."""
    assert build(folder, NEW, WordEncoder()).generation == new
    assert _state(folder) == new
    assert [path for path in folder.rglob("*") if path.name.startswith(".tmp-")] == []
    assert len(list((folder / GENERATIONS).iterdir())) <= 2


def _deaths(base: Path, prepare: Callable[[Path, int], Callable[[], None]], start: list[Any]) -> list[str | None]:
    """Die at the nth operation for every n, until a build lives; the state after each death."""
    new = build(base / "whole", NEW, WordEncoder()).generation
    states: list[str | None] = []
    for nth in range(1, 500):
        folder = base / str(nth)
        old = build(folder, start, WordEncoder()).generation if start else None
        code = _child(folder, prepare(folder, nth))
        state = _state(folder)
        assert state in {old, new}
        if code == 0:
            assert state == new
            return ["new" if s == new else "old" for s in states]
        assert code == _DIED
        states.append(state)
        _recovers(folder, new)
    raise AssertionError("no build was left alive")


@pytest.mark.parametrize("start", [[], OLD], ids=["first build", "next build"])
def test_a_builder_that_dies_at_any_operation_leaves_the_old_or_the_new_index(memory: Path, start: list[Any]) -> None:  # FAULTS B1
    states = _deaths(memory, _die_at, start)
    assert len(states) > 30
    turn = states.index("new")  # once, at the rename of CURRENT, and never back
    assert states == ["old"] * turn + ["new"] * (len(states) - turn) and turn > 20


def test_a_builder_that_dies_in_the_middle_of_a_write_leaves_the_old_index(memory: Path) -> None:  # FAULTS B1
    states = _deaths(memory, lambda folder, nth: _die_in_write(nth), OLD)
    assert states == ["old"] * 8  # 4 files, 2 of tantivy, the manifest, CURRENT


def _trace(folder: Path, log: Path) -> list[tuple[str, str]]:
    descriptor = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_APPEND)

    def note(operation: str, path: str) -> None:
        os.write(descriptor, (json.dumps([operation, path]) + "\n").encode())

    assert _child(folder, lambda: _watch(folder, note)) == 0
    os.close(descriptor)
    return [(operation, path.replace(f"{folder}/", "")) for operation, path in map(json.loads, log.read_text().splitlines())]


def test_files_are_on_disk_before_the_rename_that_publishes_them(tmp_path: Path) -> None:  # FAULTS B1
    folder = tmp_path / "index"
    build(folder, OLD, WordEncoder())
    trace = _trace(folder, tmp_path / "log")
    name = (folder / CURRENT).read_text().strip()
    target = f"{GENERATIONS}/{name}"
    (publish,) = [n for n, (operation, path) in enumerate(trace) if operation == "os.rename" and path.endswith(f" -> {target}")]
    temporary = trace[publish][1].split(" -> ")[0]
    last_sync = {path: n for n, (operation, path) in enumerate(trace) if operation == "fsync"}
    paths = [path.relative_to(folder / target).as_posix() for path in (folder / target).rglob("*")]
    assert "manifest.json" in paths and "lexical/meta.json" in paths
    for path in [*(f"{temporary}/{path}" for path in paths), temporary]:
        assert last_sync[path] < publish, path
        changes = [n for n, (operation, p) in enumerate(trace) if operation != "fsync" and (p == path or p.endswith(f" -> {path}"))]
        assert all(n < last_sync[path] for n in changes), path
    made = [n for n, (operation, path) in enumerate(trace) if operation in {"open", "os.rename"} and path.split(" -> ")[-1].startswith(f"{temporary}/")]
    assert max(made) < last_sync[temporary] and last_sync[f"{temporary}/lexical"] < last_sync[temporary]


def test_a_folder_is_on_disk_after_each_rename_and_current_comes_last(tmp_path: Path) -> None:  # FAULTS B1
    folder = tmp_path / "index"
    build(folder, OLD, WordEncoder())
    trace = _trace(folder, tmp_path / "log")
    renames = [n for n, (operation, path) in enumerate(trace) if operation == "os.rename" and "/lexical/" not in path]
    assert [trace[n][1].split(" -> ")[1] for n in renames] == [f"{GENERATIONS}/{(folder / CURRENT).read_text().strip()}", CURRENT]
    assert trace[renames[0] + 1] == ("fsync", f"{GENERATIONS}")
    assert trace[renames[1] - 1] == ("fsync", f".tmp-{CURRENT}")
    assert trace[renames[1] + 1] == ("fsync", str(folder))
    removed = [n for n, (operation, _) in enumerate(trace) if operation in {"os.remove", "os.rmdir"}]
    assert not [n for n in removed if n < renames[1] and "lock" not in trace[n][1]]  # nothing goes before CURRENT points elsewhere


def test_a_generation_that_a_dead_builder_moved_is_on_disk_before_current_names_it(tmp_path: Path) -> None:  # FAULTS B1
    folder = tmp_path / "index"
    build(folder, NEW, WordEncoder())
    (folder / CURRENT).unlink()  # as after a death between the two renames
    trace = _trace(folder, tmp_path / "log")
    (point,) = [n for n, (operation, path) in enumerate(trace) if operation == "os.rename" and path.endswith(f" -> {CURRENT}")]
    assert ("fsync", GENERATIONS) in trace[:point]


_LOOP = """
import sys
from pathlib import Path
from rbzqa.index.build import build
from tests.fakes import WordEncoder
from tests.test_index_crash import NEW, OLD
print("klaar", flush=True)
while True:
    for documents in (NEW, OLD):
        build(Path(sys.argv[1]), documents, WordEncoder())
"""


def test_a_builder_that_is_killed_leaves_a_whole_index(tmp_path: Path) -> None:  # FAULTS B1
    folder = tmp_path / "index"
    names = {build(tmp_path / "new", NEW, WordEncoder()).generation, build(folder, OLD, WordEncoder()).generation}
    chance = random.Random(21501)
    for _ in range(4):
        builder = subprocess.Popen([sys.executable, "-c", _LOOP, str(folder)], stdout=subprocess.PIPE, cwd=REPOSITORY)
        assert builder.stdout is not None
        with builder.stdout:
            assert builder.stdout.readline() == b"klaar\n"
            time.sleep(chance.uniform(0.02, 0.4))
            assert builder.poll() is None
            builder.kill()
            builder.wait()
        assert _state(folder) in names
    _recovers(folder, build(tmp_path / "new", NEW, WordEncoder()).generation)
