"""One opened generation: hashed before anything parses it, and never changed after."""

import re
from functools import lru_cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from rbzqa.errors import IndexUnusableError
from rbzqa.index.lexical import Lexical
from rbzqa.index.manifest import REBUILD, Manifest, damaged_files, read_manifest
from rbzqa.index.store import Store
from rbzqa.index.vectors import Vectors
from rbzqa.types import Document, Passage

CURRENT = "CURRENT"
GENERATIONS = "generations"
_ID = re.compile(r"[0-9a-f]{16}\n?")


def current_id(folder: Path, *, strict: bool = True) -> str | None:
    """The id that CURRENT names.

    Raises:
        IndexUnusableError: if ``strict``, where CURRENT is missing or names nothing.
    """
    try:
        text = (folder / CURRENT).read_bytes().decode("ascii", errors="replace")
    except OSError as error:
        if not strict:
            return None
        raise IndexUnusableError(f"in {folder} staat geen index", "bouw er een met `rbzqa index`") from error
    if not _ID.fullmatch(text) or not (folder / GENERATIONS / text.strip()).is_dir():
        if not strict:
            return None
        raise IndexUnusableError(f"{folder / CURRENT} wijst geen index aan", REBUILD)
    return text.strip()


def verify(folder: Path) -> tuple[str, Manifest, list[str]]:
    """Check the current generation in full.

    Returns:
        Its id, its manifest, and a line for every file that is damaged (empty: all is well).

    Raises:
        IndexUnusableError: where there is no manifest to compare with.
    """
    name = current_id(folder) or ""
    manifest = read_manifest(folder / GENERATIONS / name)
    return name, manifest, damaged_files(folder / GENERATIONS / name, manifest)


class Generation:
    """An immutable index, opened; it stays usable when its folder is replaced or removed."""

    def __init__(self, id: str, folder: Path, manifest: Manifest) -> None:
        self.id = id
        self.manifest = manifest
        self.folder = folder
        self.vectors = Vectors(folder, manifest.dimensions, manifest.passages, manifest.sentences)
        self.lexical = Lexical(folder / "lexical")
        self.store = Store(folder / "texts.sqlite")
        self.questions = np.array(self.store.questions(), dtype=np.int64)
        self._words: list[str] | None = None
        self._documents = lru_cache(maxsize=32)(self.store.document)

    @classmethod
    def open(cls, folder: Path, model_fingerprint: str, model: str) -> "Generation":
        """Open the current generation of an index folder.

        Raises:
            IndexUnusableError: missing, damaged (the file is named), or of another release or model.
        """
        name, manifest, problems = verify(folder)
        if problems:
            raise IndexUnusableError(f"index {name} is beschadigd: {problems[0]}", REBUILD)
        manifest.check_versions(model_fingerprint, model)
        return cls(name, folder / GENERATIONS / name, manifest)

    def passages(self, rows: list[int]) -> list[Passage]:
        """Passages by row."""
        return self.store.passages(rows)

    def document(self, id: str) -> Document:
        """A document that a passage of this generation names.

        Raises:
            IndexUnusableError: it is not there, so the index contradicts itself.
        """
        found = self._documents(id)
        if found is None:
            raise IndexUnusableError(f"document {id} ontbreekt in de index", REBUILD)
        return found

    def words(self) -> list[str]:
        """Every folded word of the texts; read once, when a question first has an unknown one."""
        if self._words is None:
            self._words = self.store.words()
        return self._words

    def vectors_of(self, key: str) -> tuple[NDArray[np.float32], NDArray[np.float32]] | None:
        """Passage and sentence vectors of the document with this cache key."""
        found = self.store.keys().get(key)
        if found is None:
            return None
        first, rows = found
        sentences = self.vectors.sentences[self.vectors.offsets[first] : self.vectors.offsets[first + rows]]
        return self.vectors.passages(np.arange(first, first + rows)), np.asarray(sentences)
