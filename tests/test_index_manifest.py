"""The manifest: canonical bytes, a name that is its hash, versions and the hash of every file."""

import dataclasses
import json
import os
from pathlib import Path

import pytest

from rbzqa import chunk, dutch
from rbzqa.errors import IndexUnusableError
from rbzqa.index.manifest import NAME, SCHEMA, FileEntry, Manifest, Remark, damaged_files, file_entry, generation_id, read_manifest

EMPTY = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"


def manifest(**changes: object) -> Manifest:
    made = Manifest(
        schema=SCHEMA,
        analyser=dutch.VERSION,
        chunker=chunk.VERSION,
        model="woorden",
        model_fingerprint="f" * 64,
        dimensions=32,
        corpus="c" * 64,
        documents=1,
        passages=2,
        sentences=3,
        skipped=(Remark("scàn.pdf", "geen tekstlaag"),),
        remarks=(),
        files={"b.bin": FileEntry("0" * 64, 1), "a.bin": FileEntry("1" * 64, 2)},
    )
    return dataclasses.replace(made, **changes)  # type: ignore[arg-type]


def write(folder: Path, data: bytes) -> Path:
    """A generation folder of the name that its manifest gives."""
    generation = folder / generation_id(data)
    generation.mkdir()
    (generation / NAME).write_bytes(data)
    return generation


def test_a_manifest_survives_the_way_through_its_bytes(tmp_path: Path) -> None:
    assert read_manifest(write(tmp_path, manifest().to_bytes())) == manifest()


def test_the_bytes_do_not_depend_on_the_order_of_the_files() -> None:
    turned = manifest(files=dict(reversed(list(manifest().files.items()))))
    assert list(turned.files) != list(manifest().files)
    assert turned.to_bytes() == manifest().to_bytes()
    assert manifest().to_bytes().endswith(b"}\n") and "scàn.pdf".encode() in manifest().to_bytes()


def test_the_name_of_a_generation_follows_its_manifest() -> None:
    name = generation_id(manifest().to_bytes())
    assert len(name) == 16 and set(name) <= set("0123456789abcdef")
    assert generation_id(manifest(passages=3).to_bytes()) != name


def test_a_manifest_under_another_name_is_damaged(tmp_path: Path) -> None:
    moved = write(tmp_path, manifest().to_bytes()).rename(tmp_path / "0123456789abcdef")
    with pytest.raises(IndexUnusableError, match=r"manifest\.json is beschadigd"):
        read_manifest(moved)


def test_a_missing_manifest_is_named(tmp_path: Path) -> None:
    with pytest.raises(IndexUnusableError, match=r"manifest\.json is niet te lezen: No such file") as caught:
        read_manifest(tmp_path)
    assert "rbzqa index" in caught.value.hint


@pytest.mark.parametrize("data", [b"", b"{}", b"[]", b"{", b"\xff\xfe", b"null", b'{"schema": 1}', b"[" * 100_000])
def test_a_manifest_of_another_form_is_one_line(tmp_path: Path, data: bytes) -> None:
    with pytest.raises(IndexUnusableError, match="heeft een andere vorm") as caught:
        read_manifest(write(tmp_path, data))
    assert "\n" not in caught.value.message and "rbzqa index" in caught.value.hint


def test_a_manifest_with_a_field_of_another_type_is_refused(tmp_path: Path) -> None:
    fields = json.loads(manifest().to_bytes())
    with pytest.raises(IndexUnusableError, match="heeft een andere vorm"):
        read_manifest(write(tmp_path, json.dumps({**fields, "files": ["a.bin"]}).encode()))
    with pytest.raises(IndexUnusableError, match="heeft een andere vorm"):
        read_manifest(write(tmp_path, json.dumps({**fields, "dimensions": "veel"}).encode()))


def test_the_versions_and_model_of_here_are_accepted() -> None:
    manifest().check_versions("f" * 64, "woorden")


@pytest.mark.parametrize("field", ["schema", "analyser", "chunker"])
def test_another_release_is_named_with_the_way_out(field: str) -> None:  # FAULTS B8
    with pytest.raises(IndexUnusableError, match=f"{field} oud-0") as caught:
        manifest(**{field: "oud-0"}).check_versions("f" * 64, "woorden")
    assert "rbzqa index" in caught.value.hint and caught.value.exit_code == 4


def test_another_model_is_named_with_the_way_out() -> None:  # FAULTS B8
    with pytest.raises(IndexUnusableError, match=r"'woorden'.*'ander'") as caught:
        manifest().check_versions("e" * 64, "ander")
    assert "rbzqa index" in caught.value.hint


def test_a_file_is_hashed_and_measured(tmp_path: Path) -> None:
    (tmp_path / "leeg").touch()
    assert file_entry(tmp_path / "leeg") == FileEntry(EMPTY, 0)
    (tmp_path / "vol").write_bytes(b"x" * 300_000)
    assert file_entry(tmp_path / "vol").size == 300_000


def test_every_file_that_differs_gets_its_line(tmp_path: Path) -> None:
    for name in ("goed", "weg", "korter", "anders", "map"):
        (tmp_path / name).write_bytes(b"inhoud")
    (tmp_path / "diep").mkdir()
    (tmp_path / "diep" / "goed").write_bytes(b"inhoud")
    files = {path.relative_to(tmp_path).as_posix(): file_entry(path) for path in tmp_path.rglob("*") if path.is_file()}
    (tmp_path / NAME).write_bytes(b"het manifest zelf staat niet in zichzelf")
    assert damaged_files(tmp_path, manifest(files=files)) == []
    (tmp_path / "weg").unlink()
    (tmp_path / "korter").write_bytes(b"inhou")
    (tmp_path / "anders").write_bytes(b"inhoUd")
    (tmp_path / "map").unlink()
    (tmp_path / "map").mkdir()
    (tmp_path / "diep" / "vreemd").touch()
    (tmp_path / "dood").symlink_to(tmp_path / "nergens")
    assert sorted(damaged_files(tmp_path, manifest(files=files))) == [
        "anders: de inhoud is veranderd",
        "diep/vreemd: staat niet in het manifest",
        "dood: staat niet in het manifest",
        "korter: grootte 5, verwacht 6",
        "map: ontbreekt",
        "weg: ontbreekt",
    ]


def test_a_file_that_cannot_be_read_gets_its_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "dicht").write_bytes(b"inhoud")
    files = {"dicht": file_entry(tmp_path / "dicht")}

    def refuse(*arguments: object) -> None:
        raise PermissionError(13, os.strerror(13))

    monkeypatch.setattr(Path, "open", refuse)
    assert damaged_files(tmp_path, manifest(files=files)) == ["dicht: niet te lezen (Permission denied)"]
