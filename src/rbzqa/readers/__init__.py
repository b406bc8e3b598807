"""Bytes of a source file -> blocks: a registry of readers, chosen by content, never by file name."""

from collections.abc import Callable
from dataclasses import dataclass

from rbzqa.errors import SourceError
from rbzqa.readers.text import read_text
from rbzqa.types import Block

MAX_BYTES = 20_000_000

_NOT_YET = (
    (b"%PDF-", "een PDF"),
    (b"PK\x03\x04", "een DOCX- of ZIP-bestand"),
    (b"\xd0\xcf\x11\xe0", "een oud Word-bestand (.doc)"),
)


@dataclass(frozen=True, slots=True)
class Reader:
    """One format: ``name`` (with version) is stored as ``Document.parser``."""

    name: str
    read: Callable[[bytes], tuple[Block, ...]]


READERS: dict[str, Reader] = {"text/plain": Reader("text-1", read_text)}


def media_type(data: bytes) -> str:
    """Tell the media type of ``data`` by its content.

    Raises:
        SourceError: a format that has no reader.
    """
    for magic, name in _NOT_YET:
        if data.startswith(magic):
            raise SourceError(f"dit is {name}; dat formaat wordt niet gelezen", "bewaar het als platte tekst (UTF-8)")
    return "text/plain"


def read(data: bytes) -> tuple[tuple[Block, ...], str]:
    """Read a source file.

    Returns:
        Its blocks in reading order, at least one with text, and the name of the reader.

    Raises:
        SourceError: too large, empty, or in a form that cannot be read without guessing.
    """
    if len(data) > MAX_BYTES:
        raise SourceError(f"het bestand is groter dan {MAX_BYTES // 1_000_000} MB", "splits het of haal het weg")
    reader = READERS[media_type(data)]
    blocks = reader.read(data)
    if not any(block.kind == "paragraph" for block in blocks):
        raise SourceError("er staat geen lopende tekst in", "controleer of het bestand goed is opgeslagen")
    return blocks, reader.name
