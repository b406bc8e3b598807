"""A folder of source files -> documents; what cannot be read is named, and the rest goes on."""

import hashlib
import os
import re
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from rbzqa import dutch
from rbzqa.errors import ConfigError, SourceError
from rbzqa.metadata import Sidecar, read_sidecar
from rbzqa.readers import MAX_BYTES, read
from rbzqa.structure import build_document
from rbzqa.types import Document

_SIDECAR = ".toml"
_PUT = "zet er brieven in, of wijs met --corpus een andere map aan"


@dataclass(frozen=True, slots=True)
class Refused:
    """A file that is not in the corpus, why, and what to do."""

    file: str
    message: str
    hint: str


@dataclass(frozen=True, slots=True)
class Corpus:
    """What a folder holds: documents in the order of their files, refused files, duplicates."""

    documents: tuple[Document, ...]
    refused: tuple[Refused, ...]
    duplicates: tuple[tuple[str, str], ...]


def read_corpus(folder: Path) -> Corpus:
    """Read every file below a folder, hidden ones and sidecars left out.

    Raises:
        ConfigError: the folder is missing, empty, or holds nothing that can be read.
    """
    if not folder.is_dir():
        raise ConfigError(f"de map {folder} bestaat niet", _PUT)
    documents: dict[str, Document] = {}
    by_hash: dict[str, str] = {}
    refused: list[Refused] = []
    duplicates: list[tuple[str, str]] = []
    for path in _files(folder):
        name = shown(path.relative_to(folder))
        try:
            data = _read_bytes(path, folder)
            sha256 = hashlib.sha256(data).hexdigest()
            if sha256 in by_hash:
                duplicates.append((name, by_hash[sha256]))
                continue
            document = _document(path, name, data, sha256, taken=documents)
            documents[document.id], by_hash[sha256] = document, name
        except (SourceError, ConfigError) as error:
            refused.append(Refused(name, error.message, error.hint))
    if not documents:
        detail = f": {refused[0].file}: {refused[0].message}" if refused else ""
        kind = SourceError if refused else ConfigError
        raise kind(f"in {folder} staat geen leesbare brief{detail}", refused[0].hint if refused else _PUT)
    return Corpus(tuple(documents.values()), tuple(refused), tuple(duplicates))


def _files(folder: Path) -> Iterator[Path]:
    """The source files, and the folders that cannot be entered: reading those says why."""
    closed: list[OSError] = []
    for root, folders, names in os.walk(folder, onerror=closed.append, followlinks=False):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        yield from (path for path in (Path(root, name) for name in folders) if path.is_symlink())
        yield from (Path(root, name) for name in sorted(names) if not name.startswith(".") and not name.endswith(_SIDECAR))
    yield from (Path(error.filename) for error in closed)


def _read_bytes(path: Path, folder: Path) -> bytes:
    """The bytes of a regular file within the folder; never waits on a pipe or a device."""
    try:
        if path.is_symlink() and not path.resolve().is_relative_to(folder.resolve()):
            raise SourceError("is een verwijzing naar buiten de map", "zet het bestand zelf in de map")
        descriptor = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
        try:
            return _read_open(descriptor)
        finally:
            os.close(descriptor)
    except (OSError, RuntimeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "verwijzing in een kring"
        raise SourceError(f"is niet te lezen ({reason})", "controleer de rechten") from error


def _read_open(descriptor: int) -> bytes:
    before = os.fstat(descriptor)
    if not stat.S_ISREG(before.st_mode):
        raise SourceError("is geen gewoon bestand", "haal het uit de map")
    with os.fdopen(descriptor, "rb", closefd=False) as file:
        data = file.read(MAX_BYTES + 1)
    after = os.fstat(descriptor)
    if (before.st_size, before.st_mtime_ns) != (after.st_size, after.st_mtime_ns):
        raise SourceError("veranderde tijdens het lezen", "wacht tot het geschreven is en indexeer opnieuw")
    return data


def _document(path: Path, name: str, data: bytes, sha256: str, taken: dict[str, Document]) -> Document:
    blocks, parser = read(data)
    return build_document(blocks, id=_id(path, sha256, taken), sha256=sha256, file=name, parser=parser, sidecar=_sidecar(path))


def _sidecar(path: Path) -> Sidecar:
    """What the sidecar of a file says, if it has one."""
    sidecar = path.with_suffix(_SIDECAR)
    if not os.access(sidecar, os.F_OK):  # False too for a name that would be too long
        return Sidecar()
    name = shown(sidecar.name)
    try:
        data = _read_bytes(sidecar, path.parent)
    except SourceError as error:
        raise SourceError(f"sidecar {name} {error.message}", error.hint) from error
    return read_sidecar(data, name)


def _id(path: Path, sha256: str, taken: dict[str, Document]) -> str:
    """The file's name as an address may hold it; with a hash where that changes it or it is taken."""
    slug = re.sub(r"[^a-z0-9]+", "-", dutch.fold(path.stem)).strip("-")[:80]
    if slug == path.stem.lower() and slug not in taken:
        return slug
    hashed = (f"{slug or 'document'}-{sha256[:digits]}" for digits in range(6, len(sha256) + 1))
    return next(name for name in hashed if name not in taken)


def shown(name: Path | str) -> str:
    """A file name that is safe to print: what does not print is escaped."""
    text = os.fsencode(name).decode("utf-8", errors="backslashreplace")
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode() for c in text)
