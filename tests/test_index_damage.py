"""Damage on the disk: whatever happened to whichever file, it is named and nothing is served.

FAULTS B11 is not tested: a generation that is valid in itself and was put there by hand, with its
manifest and CURRENT rewritten to match, cannot be told from a real one without a signature, and
rbzqa signs nothing: whoever may write the index folder may say what is in it.
FAULTS B12 is not tested: there is no older release yet whose index could be a fixture. The first
release that changes SCHEMA commits one; until then test_index_generation.py (B8) stands in for it.
"""

import random
from collections.abc import Callable
from pathlib import Path

import pytest

from rbzqa.errors import IndexUnusableError
from rbzqa.index.build import build
from rbzqa.index.generation import CURRENT, GENERATIONS, Generation, verify
from rbzqa.index.manifest import NAME

from .fakes import WordEncoder, letter

FATES: dict[str, Callable[[bytes], bytes | None]] = {
    "deleted": lambda data: None,
    "zeroed": lambda data: bytes(len(data)),
    "cut in half": lambda data: data[: len(data) // 2],
    "unchanged": lambda data: data,
    "one bit flipped": lambda data: flipped(data, len(data) // 3, 5),
    "junk appended": lambda data: data + b"\0junk",
}


def flipped(data: bytes, at: int, bit: int) -> bytes:
    return data[:at] + bytes([data[at] ^ (1 << bit)]) + data[at + 1 :] if data else data


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An index that every test leaves as it was."""
    folder = tmp_path_factory.mktemp("damage")
    bodies = ["Verslag\n\nDe Raad sprak over Afghanistan en de evacuatie.\n\nNederland steunt dit. Het kabinet volgt.", "Brief\n\nDe Raad sprak over China."]
    build(folder, [letter(f"brief{n}", body) for n, body in enumerate(bodies)], WordEncoder())
    return folder


def generation_of(index: Path) -> Path:
    return index / GENERATIONS / (index / CURRENT).read_text().strip()


def put(path: Path, data: bytes) -> None:
    """Write a new file in the place of the old one, which an index that was opened before may still map."""
    path.unlink(missing_ok=True)
    path.write_bytes(data)


def open_index(index: Path) -> None:
    Generation.open(index, WordEncoder.fingerprint, WordEncoder.name).store.close()


def assert_named(index: Path, name: str) -> None:
    with pytest.raises(IndexUnusableError) as caught:
        open_index(index)
    assert name in caught.value.message, f"{caught.value.message} does not name {name}"
    assert "\n" not in caught.value.message
    assert "rbzqa index" in caught.value.hint
    assert (caught.value.exit_code, caught.value.http_status) == (4, 503)


def files_of(index: Path) -> dict[str, bytes]:
    generation = generation_of(index)
    return {path.relative_to(generation).as_posix(): path.read_bytes() for path in sorted(generation.rglob("*")) if path.is_file()}


@pytest.mark.parametrize("fate", FATES)
def test_the_six_fates_of_every_file(index: Path, fate: str) -> None:  # FAULTS B2
    files = files_of(index)
    assert {NAME, "texts.sqlite", "passages.faiss", "sentences.npy", "offsets.npy", "lexical/meta.json"} <= set(files)
    hit = 0
    for name, data in files.items():
        path = generation_of(index) / name
        after = FATES[fate](data)
        path.unlink()
        if after is not None:
            put(path, after)
        if after == data:
            open_index(index)
        else:
            hit += 1
            assert_named(index, name)
        put(path, data)
    empty = sum(not data for data in files.values())
    expected = {"unchanged": 0, "deleted": len(files), "junk appended": len(files)}.get(fate, len(files) - empty)
    assert hit == expected and empty < 3
    open_index(index)


def test_every_file_that_is_damaged_gets_its_line(index: Path) -> None:  # FAULTS B2
    files = files_of(index)
    for name in ("offsets.npy", "lexical/meta.json"):
        put(generation_of(index) / name, flipped(files[name], 40, 1))
    assert verify(index)[2] == ["lexical/meta.json: de inhoud is veranderd", "offsets.npy: de inhoud is veranderd"]
    for name in ("offsets.npy", "lexical/meta.json"):
        put(generation_of(index) / name, files[name])
    assert verify(index)[2] == []


def test_a_bit_of_every_byte_of_the_manifest(index: Path) -> None:  # FAULTS B3
    path = generation_of(index) / NAME
    data = path.read_bytes()
    spots = {(at, at % 8) for at in range(len(data))} | {(at, bit) for at in range(64) for bit in range(8)}
    unnoticed = []
    for at, bit in sorted(spots):
        put(path, flipped(data, at, bit))
        try:
            open_index(index)
            unnoticed.append((at, bit))
        except IndexUnusableError as error:
            if NAME not in error.message:
                unnoticed.append((at, bit))
    put(path, data)
    assert unnoticed == [] and len(spots) > 2_000
    open_index(index)


def test_single_bits_of_every_file_are_noticed_before_anything_parses_them(index: Path, monkeypatch: pytest.MonkeyPatch) -> None:  # FAULTS B2
    def parsed(*arguments: object) -> None:
        raise AssertionError("parsed before it was hashed")

    chance = random.Random(2021)
    files = {name: data for name, data in files_of(index).items() if data}
    with monkeypatch.context() as patched:
        for part in ("Vectors", "Lexical", "Store"):
            patched.setattr(f"rbzqa.index.generation.{part}", parsed)
        for name, data in files.items():
            spots = [0, len(data) - 1, *(chance.randrange(len(data)) for _ in range(20))]
            for at in spots:
                put(generation_of(index) / name, flipped(data, at, chance.randrange(8)))
                assert_named(index, name)
            put(generation_of(index) / name, data)
    open_index(index)


def test_junk_behind_the_faiss_file_is_seen_by_its_size(index: Path) -> None:  # FAULTS B4
    path = generation_of(index) / "passages.faiss"
    data = path.read_bytes()
    put(path, data + b"x")
    with pytest.raises(IndexUnusableError, match=f"passages.faiss: grootte {len(data) + 1}, verwacht {len(data)}"):
        open_index(index)
    put(path, data)


@pytest.mark.parametrize("name", ["extra.bin", "lexical/00000000000000000000000000000002.idx", ".verborgen"])
def test_a_file_that_nobody_promised_is_named(index: Path, name: str) -> None:  # FAULTS B2
    path = generation_of(index) / name
    put(path, b"x")
    assert_named(index, name)
    path.unlink()
    open_index(index)


def test_no_index_at_all(tmp_path: Path) -> None:  # FAULTS B5
    for folder in (tmp_path, tmp_path / "geen"):
        with pytest.raises(IndexUnusableError, match="geen index") as caught:
            open_index(folder)
        assert "rbzqa index" in caught.value.hint and caught.value.exit_code == 4
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\n",
        b"../x",
        b"..",
        b".",
        b"/etc",
        b"0123456789abcdef\n",
        b"\xff\xfe\n",
        b"\0" * 16,
        b"NAAM\r\n",
        b" NAAM\n",
        b"NAAM\n\n",
        b"../generations/NAAM",
        b"NAAMx",
    ],
)
def test_current_that_names_no_generation(index: Path, data: bytes) -> None:  # FAULTS B5
    right = (index / CURRENT).read_bytes()
    (index / CURRENT).write_bytes(data.replace(b"NAAM", right.strip()))
    try:
        with pytest.raises(IndexUnusableError, match="CURRENT wijst geen index aan") as caught:
            open_index(index)
        assert "rbzqa index" in caught.value.hint and caught.value.exit_code == 4
    finally:
        (index / CURRENT).write_bytes(right)
    open_index(index)


def test_current_that_is_missing_or_a_folder(index: Path) -> None:  # FAULTS B5
    right = (index / CURRENT).read_bytes()
    (index / CURRENT).unlink()
    with pytest.raises(IndexUnusableError, match="geen index"):
        open_index(index)
    (index / CURRENT).mkdir()
    with pytest.raises(IndexUnusableError, match="geen index"):
        open_index(index)
    (index / CURRENT).rmdir()
    (index / CURRENT).write_bytes(right)
    open_index(index)


def test_current_that_names_a_deleted_generation(tmp_path: Path) -> None:  # FAULTS B5
    encoder = WordEncoder()
    built = build(tmp_path, [letter("a", "Brief\n\nDe Raad sprak over China.")], encoder)
    (tmp_path / GENERATIONS / built.generation).rename(tmp_path / "weg")
    with pytest.raises(IndexUnusableError, match="CURRENT wijst geen index aan"):
        open_index(tmp_path)
    assert build(tmp_path, [letter("a", "Brief\n\nDe Raad sprak over China.")], encoder) == built
    open_index(tmp_path)


def test_a_build_mends_what_was_damaged(tmp_path: Path) -> None:  # FAULTS B2
    documents = [letter("a", "Brief\n\nDe Raad sprak over China.")]
    build(tmp_path, documents, WordEncoder())
    for name, data in files_of(tmp_path).items():
        put(generation_of(tmp_path) / name, data + b"x")
        build(tmp_path, documents, WordEncoder())
        open_index(tmp_path)
