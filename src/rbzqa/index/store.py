"""Documents, passages and words in one SQLite file, written once and then opened read-only."""

import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from pydantic import TypeAdapter

from rbzqa.types import Document, Passage

Twins = Mapping[tuple[str, str], tuple[tuple[str, str], ...]]  # (document, paragraph) -> every place of the same text

_DOCUMENT = TypeAdapter(Document)
_PASSAGE = TypeAdapter(Passage)
_SCHEMA = """
CREATE TABLE documents (id TEXT PRIMARY KEY, identifier TEXT, key TEXT NOT NULL, first_row INTEGER NOT NULL, rows INTEGER NOT NULL, body BLOB NOT NULL);
CREATE TABLE passages (row INTEGER PRIMARY KEY, body BLOB NOT NULL);
CREATE INDEX identifiers ON documents (identifier COLLATE NOCASE);
CREATE TABLE questions (row INTEGER PRIMARY KEY);
CREATE TABLE twins (document TEXT NOT NULL, paragraph TEXT NOT NULL, n INTEGER NOT NULL, other TEXT NOT NULL, twin TEXT NOT NULL,
  PRIMARY KEY (document, paragraph, n)) WITHOUT ROWID;
CREATE TABLE paragraphs (id TEXT NOT NULL, document TEXT NOT NULL, PRIMARY KEY (id, document)) WITHOUT ROWID;
CREATE TABLE words (word TEXT PRIMARY KEY, passages INTEGER NOT NULL) WITHOUT ROWID;
"""


@dataclass(frozen=True, slots=True)
class StoredDocument:
    """A document with its passages, in order, and a key: the hash of what is encoded of it."""

    document: Document
    key: str
    passages: tuple[Passage, ...]


def encode_document(document: Document) -> bytes:
    """The JSON under which a document is stored; the same document gives the same bytes."""
    return _DOCUMENT.dump_json(document)


def build(documents: Sequence[StoredDocument], words: dict[str, int], twins: Twins) -> bytes:
    """The bytes of a SQLite file that holds everything that search and answers read."""
    connection = sqlite3.connect(":memory:")
    connection.executescript(_SCHEMA)
    row = 0
    with connection:
        for item in documents:
            connection.execute(
                "INSERT INTO documents VALUES (?, ?, ?, ?, ?, ?)",
                (item.document.id, item.document.meta.identifier, item.key, row, len(item.passages), encode_document(item.document)),
            )
            bodies = ((row + n, _PASSAGE.dump_json(passage)) for n, passage in enumerate(item.passages))
            connection.executemany("INSERT INTO passages VALUES (?, ?)", bodies)
            asked = ((row + n,) for n, passage in enumerate(item.passages) if passage.role == "question")
            connection.executemany("INSERT INTO questions VALUES (?)", asked)
            connection.executemany("INSERT INTO paragraphs VALUES (?, ?)", _paragraph_rows(item.document))
            row += len(item.passages)
        connection.executemany("INSERT INTO words VALUES (?, ?)", sorted(words.items()))
        others = ((*place, n, *other) for place, places in sorted(twins.items()) for n, other in enumerate(places) if other != place)
        connection.executemany("INSERT INTO twins VALUES (?, ?, ?, ?, ?)", others)
    data = connection.serialize()
    connection.close()
    return data


def _paragraph_rows(document: Document) -> Iterable[tuple[str, str]]:
    return ((p.id, document.id) for part in document.parts for section in part.sections for p in section.paragraphs)


class Store:
    """An opened store; every method reads."""

    def __init__(self, path: Path) -> None:
        self._connection = sqlite3.connect(f"file:{quote(str(path.absolute()))}?mode=ro&immutable=1", uri=True, check_same_thread=False)

    def close(self) -> None:
        """Let go of the file."""
        self._connection.close()

    def document(self, id: str) -> Document | None:
        """One document by id."""
        found = self._connection.execute("SELECT body FROM documents WHERE id = ?", (id,)).fetchone()
        return _DOCUMENT.validate_json(found[0]) if found else None

    def id_of(self, name: str) -> str | None:
        """The id that a name means: it is one, or the official identifier of one document alone."""
        query = "SELECT id FROM documents WHERE id = ?1 OR identifier = ?1 COLLATE NOCASE ORDER BY id != ?1 LIMIT 2"
        found = [one for (one,) in self._connection.execute(query, (name,))]
        return found[0] if name in found or len(found) == 1 else None

    def document_ids(self) -> list[str]:
        """All ids, in the order of the index."""
        return [name for (name,) in self._connection.execute("SELECT id FROM documents ORDER BY first_row")]

    def keys(self) -> dict[str, tuple[int, int]]:
        """Cache key of a document -> its first row and its number of rows."""
        return {key: (first, rows) for key, first, rows in self._connection.execute("SELECT key, first_row, rows FROM documents")}

    def passages(self, rows: Sequence[int]) -> list[Passage]:
        """Passages by row, in the order asked."""
        marks = ",".join("?" * len(rows))
        found = dict(self._connection.execute(f"SELECT row, body FROM passages WHERE row IN ({marks})", list(rows)))
        return [_PASSAGE.validate_json(found[row]) for row in rows]

    def documents_with(self, paragraph_id: str) -> list[str]:
        """The documents that hold a paragraph of this id."""
        return [name for (name,) in self._connection.execute("SELECT document FROM paragraphs WHERE id = ? ORDER BY document", (paragraph_id,))]

    def paragraphs_like(self, prefix: str, suffix: str) -> list[tuple[str, str]]:
        """(paragraph, document) of ids that begin and end so: the same text under another number."""
        query = "SELECT id, document FROM paragraphs WHERE substr(id, 1, ?) = ? AND substr(id, -?) = ? ORDER BY document, id"
        return list(self._connection.execute(query, (len(prefix), prefix, len(suffix), suffix)))

    def twins(self, document_id: str, paragraph_id: str) -> list[tuple[str, str]]:
        """The other (document, paragraph) that hold the text of this one."""
        query = "SELECT other, twin FROM twins WHERE document = ? AND paragraph = ? ORDER BY n"
        return list(self._connection.execute(query, (document_id, paragraph_id)))

    def questions(self) -> list[int]:
        """The rows of the passages in which somebody asks."""
        return [row for (row,) in self._connection.execute("SELECT row FROM questions ORDER BY row")]

    def known_words(self, words: Sequence[str]) -> set[str]:
        """Those of some folded words that occur in the texts."""
        marks = ",".join("?" * len(words))
        return {word for (word,) in self._connection.execute(f"SELECT word FROM words WHERE word IN ({marks})", list(words))}

    def words(self) -> list[str]:
        """Every folded word of the texts, in order."""
        return [word for (word,) in self._connection.execute("SELECT word FROM words ORDER BY word")]
