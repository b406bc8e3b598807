"""Which files a corpus folder holds, and their bytes: never through a link, a pipe or a device."""

import os
import stat
from collections.abc import Iterator
from pathlib import Path

from rbzqa.errors import SourceError
from rbzqa.readers import MAX_BYTES


def source_files(folder: Path) -> Iterator[Path]:
    """The source files and sidecars below a folder, hidden ones left out, in order.

    Folders that cannot be entered, and links to folders, are among them: reading those says why.
    """
    closed: list[OSError] = []
    for root, folders, names in os.walk(folder, onerror=closed.append, followlinks=False):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        yield from (path for path in (Path(root, name) for name in folders) if path.is_symlink())
        yield from (Path(root, name) for name in sorted(names) if not name.startswith("."))
    yield from (Path(error.filename) for error in closed)


def read_bytes(path: Path, folder: Path) -> bytes:
    """The bytes of a regular file within the folder; never waits on a pipe or a device.

    Raises:
        SourceError: it cannot be read, lies outside the folder, or changed meanwhile.
    """
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


def shown(name: Path | str) -> str:
    """A file name that is safe to print: what does not print is escaped."""
    text = os.fsencode(name).decode("utf-8", errors="backslashreplace")
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode() for c in text)
