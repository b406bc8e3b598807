"""Bytes of a source file -> blocks: a registry of readers, chosen by content, never by file name."""

import importlib
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import cast

from rbzqa.errors import SourceError
from rbzqa.readers.zips import DOCX, zip_media_type
from rbzqa.types import Block

MAX_BYTES = 20_000_000
RECORD = "application/x-overheid-metadata"

_SAVE_AS = "sla het op als PDF of DOCX"
_REFUSED = (
    (b"\xd0\xcf\x11\xe0", "een oud Word-bestand (.doc)", "open het in Word of LibreOffice en sla het op als DOCX"),
    (b"{\\rtf", "een RTF-bestand", _SAVE_AS),
    (b"\x89PNG", "een afbeelding", "maak er met OCR een PDF met tekstlaag van"),
    (b"\xff\xd8\xff", "een afbeelding", "maak er met OCR een PDF met tekstlaag van"),
    (b"II*\0", "een afbeelding", "maak er met OCR een PDF met tekstlaag van"),
    (b"\x1f\x8b", "een ingepakt bestand", "pak het eerst uit"),
)
_BEFORE = rb"(?:\s++|<\?.*?\?>|<!--.*?-->)*+"
_PROLOGUE = re.compile(
    rb"(?:\xef\xbb\xbf)?" + _BEFORE + rb"(?:<!doctype\s+(?P<doctype>[\w.:-]+)[^\[>]*+(?:\[.*?\]\s*)?>)?" + _BEFORE + rb"<(?P<root>[a-z][\w.:-]*)",
    re.IGNORECASE | re.DOTALL,
)
_ROOTS = {
    "officiele-publicatie": "application/x-op-xml",
    "metadata_gegevens": RECORD,
    "record": RECORD,
    "gzd": RECORD,
    "searchretrieveresponse": RECORD,
    **dict.fromkeys("html head body main article section div p h1 table".split(), "text/html"),  # pages, and pieces cut out of one
}
_HEAD = 100_000  # bytes in which a file must say what it is


@dataclass(frozen=True, slots=True)
class Reader:
    """One format: ``name`` (with version) is stored as ``Document.parser``; its module is loaded at first use."""

    name: str
    module: str
    function: str

    def read(self, data: bytes) -> tuple[Block, ...]:
        """Read the bytes of a file of this format."""
        function = getattr(importlib.import_module(self.module), self.function)
        return cast("Callable[[bytes], tuple[Block, ...]]", function)(data)


READERS: dict[str, Reader] = {
    "text/plain": Reader("text-1", "rbzqa.readers.text", "read_text"),
    "text/html": Reader("html-1", "rbzqa.readers.html", "read_html"),
    "application/pdf": Reader("pdf-1", "rbzqa.readers.pdf", "read_pdf"),
    DOCX: Reader("docx-1", "rbzqa.readers.docx", "read_docx"),
    "application/x-op-xml": Reader("opxml-1", "rbzqa.readers.opxml", "read_opxml"),
    RECORD: Reader("record-1", "rbzqa.readers.record", "read_record"),
}


def media_type(data: bytes) -> str:
    """Tell the media type of ``data`` by its content.

    Raises:
        SourceError: a format that has no reader.
    """
    for magic, name, hint in _REFUSED:
        if data.startswith(magic):
            raise SourceError(f"dit is {name}; dat formaat wordt niet gelezen", hint)
    if b"%PDF-" in data[:1024]:
        return "application/pdf"
    if data.startswith(b"PK\x03\x04"):
        return zip_media_type(data)
    head = data[:_HEAD]
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        head = head.decode("utf-16", errors="replace").encode()
    found = _PROLOGUE.match(head)
    if not found:
        return "text/plain"
    root = found["root"].decode().rpartition(":")[2].lower()
    if root in _ROOTS:
        return _ROOTS[root]
    if (found["doctype"] or b"").lower() == b"html":
        return "text/html"
    if b"<?xml" in head[:1024].lower():
        raise SourceError(f"dit is XML met <{root}>; die vorm is niet bekend", "gelezen worden OP-XML en HTML van officielebekendmakingen.nl")
    return "text/plain"


def read(data: bytes) -> tuple[tuple[Block, ...], str]:
    """Read a source file.

    Returns:
        Its blocks in reading order and the name of the reader; at least one block has text,
        but for a metadata record, which has facts only.

    Raises:
        SourceError: too large, empty, or in a form that cannot be read without guessing.
    """
    if len(data) > MAX_BYTES:
        raise SourceError(f"het bestand is groter dan {MAX_BYTES // 1_000_000} MB", "splits het of haal het weg")
    media = media_type(data)
    reader = READERS[media]
    blocks = reader.read(data)
    if media != RECORD and not any(block.kind == "paragraph" for block in blocks):
        raise SourceError("er staat geen lopende tekst in", "controleer of het bestand goed is opgeslagen")
    return blocks, reader.name
