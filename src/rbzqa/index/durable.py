"""The few disk operations of publishing, in the order that survives a crash."""

import fcntl
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from rbzqa.errors import ConfigError, IndexUnusableError

_LOCK = ".lock"


@contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Hold the builder's lock of an index folder; the kernel frees it when a builder dies.

    Raises:
        ConfigError: another builder is at work.
        IndexUnusableError: the folder cannot be written, or knows no locks.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(folder / _LOCK, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
    except OSError as error:
        raise unwritable(folder, error) from error
    try:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise ConfigError(f"een andere `rbzqa index` is bezig in {folder}", "wacht tot die klaar is") from error
        except OSError as error:
            raise IndexUnusableError(f"{folder} kan niet worden vergrendeld: {error.strerror}", "kies met --index een map op een lokale schijf") from error
        yield
    finally:
        os.close(descriptor)


def unwritable(folder: Path, error: OSError) -> IndexUnusableError:
    """The error for a folder in which nothing can be written (read-only, full, no permission)."""
    return IndexUnusableError(f"in {folder} kan niet worden geschreven: {error.strerror}", "maak ruimte of rechten, of kies een andere map met --index")


def write(path: Path, data: bytes) -> None:
    """Write a new file and bring it to disk."""
    with path.open("xb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def sync(path: Path) -> None:
    """Bring a file or a folder that another library wrote to disk."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def rename(source: Path, target: Path) -> None:
    """Rename in one step and bring the folder's entry to disk."""
    source.rename(target)
    sync(target.parent)


def remove(folder: Path) -> None:
    """Remove a folder; whatever cannot be removed is left for the next time."""
    shutil.rmtree(folder, ignore_errors=True)
