"""The manifest of a generation: what it was made of, and the hash and size of every file."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from rbzqa import chunk, dutch
from rbzqa.errors import IndexUnusableError

SCHEMA = "index-2"
NAME = "manifest.json"
REBUILD = "bouw de index opnieuw met `rbzqa index`"


@dataclass(frozen=True, slots=True)
class FileEntry:
    """One file of a generation."""

    sha256: str
    size: int


@dataclass(frozen=True, slots=True)
class Remark:
    """A source file that is not in the index, and why; or one that is, and what to know of it."""

    file: str
    reason: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """Everything that decides whether a generation can be used; it holds no time of day."""

    schema: str
    analyser: str
    chunker: str
    model: str
    model_fingerprint: str
    dimensions: int
    corpus: str
    documents: int
    passages: int
    sentences: int
    skipped: tuple[Remark, ...]
    remarks: tuple[Remark, ...]
    files: Mapping[str, FileEntry]

    def to_bytes(self) -> bytes:
        """The canonical JSON of the manifest: the same content gives the same bytes."""
        return (json.dumps(asdict(self), indent=1, sort_keys=True, ensure_ascii=False) + "\n").encode()

    def check_versions(self, model_fingerprint: str, model: str) -> None:
        """Refuse a generation of another release or another model.

        Raises:
            IndexUnusableError: naming what differs.
        """
        here = {"schema": SCHEMA, "analyser": dutch.VERSION, "chunker": chunk.VERSION}
        for field, version in here.items():
            if getattr(self, field) != version:
                raise IndexUnusableError(f"de index is gemaakt met {field} {getattr(self, field)}; hier is {version}", REBUILD)
        if self.model_fingerprint != model_fingerprint:
            raise IndexUnusableError(f"de index is gemaakt met model {self.model!r}, niet met deze uitgave van {model!r}", REBUILD)


_ADAPTER = TypeAdapter(Manifest)


def generation_id(manifest: bytes) -> str:
    """The name of a generation: a hash of its manifest, so a changed manifest has another name."""
    return hashlib.sha256(manifest).hexdigest()[:16]


def file_entry(path: Path) -> FileEntry:
    """Hash a file on disk."""
    with path.open("rb") as file:
        return FileEntry(hashlib.file_digest(file, "sha256").hexdigest(), file.tell())


def read_manifest(folder: Path) -> Manifest:
    """Read the manifest of a generation and check it against the generation's name.

    Raises:
        IndexUnusableError: missing, damaged, or of another form.
    """
    try:
        data = (folder / NAME).read_bytes()
        if generation_id(data) != folder.name:
            raise IndexUnusableError(f"{folder / NAME} is beschadigd", REBUILD)
        return _ADAPTER.validate_json(data)
    except OSError as error:
        raise IndexUnusableError(f"{folder / NAME} is niet te lezen: {error.strerror}", REBUILD) from error
    except ValidationError as error:
        raise IndexUnusableError(f"{folder / NAME} heeft een andere vorm dan deze uitgave kent", REBUILD) from error


def damaged_files(folder: Path, manifest: Manifest) -> list[str]:
    """Compare every file of a generation with its manifest.

    Returns:
        One line for each file that is missing, has another size or hash, or is not listed.
    """
    found = {path.relative_to(folder).as_posix(): path for path in sorted(folder.rglob("*")) if not path.is_dir()}
    problems = [f"{name}: staat niet in het manifest" for name in found if name not in manifest.files and name != NAME]
    for name, entry in sorted(manifest.files.items()):
        try:
            if name not in found:
                problems.append(f"{name}: ontbreekt")
            elif found[name].stat().st_size != entry.size:
                problems.append(f"{name}: grootte {found[name].stat().st_size}, verwacht {entry.size}")
            elif file_entry(found[name]) != entry:
                problems.append(f"{name}: de inhoud is veranderd")
        except OSError as error:
            problems.append(f"{name}: niet te lezen ({error.strerror})")
    return problems
