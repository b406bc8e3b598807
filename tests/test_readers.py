"""The registry: what a file is, by its content and never by its name."""

import contextlib
import io
import zipfile

import pytest

from rbzqa.errors import SourceError
from rbzqa.readers import READERS, RECORD, media_type, read
from rbzqa.readers.zips import DOCX

from .timing import is_linear

OP = "application/x-op-xml"
KAMERSTUK = '<officiele-publicatie xmlns:xsi="x"><kamerstuk><stuk><al>Eén alinea.</al></stuk></kamerstuk></officiele-publicatie>'


def zipped(*names: str) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for name in names:
            archive.writestr(name, "<x/>")
    return made.getvalue()


@pytest.mark.parametrize(
    ("data", "media"),
    [
        (b"Geachte voorzitter,", "text/plain"),
        (b"", "text/plain"),
        (b"%PDF-1.7\n", "application/pdf"),
        (b"\n\n%PDF-1.4\n", "application/pdf"),
        (KAMERSTUK.encode(), OP),
        (b'\xef\xbb\xbf<?xml version="1.0"?>\r\n<!-- een > opmerking -->\r\n' + KAMERSTUK.encode(), OP),
        (b'<?xml version="1.0"?><!DOCTYPE officiele-publicatie [<!ENTITY x "y">]>' + KAMERSTUK.encode(), OP),
        (f'<?xml version="1.0" encoding="utf-16"?>{KAMERSTUK}'.encode("utf-16"), OP),
        (b"<metadata_gegevens><metadata/></metadata_gegevens>", RECORD),
        (b'<sru:searchRetrieveResponse xmlns:sru="x"/>', RECORD),
        (b"<!doctype html><title>x</title>", "text/html"),
        (b"<HTML><p>x", "text/html"),
        (b'<?xml version="1.0"?><!DOCTYPE html\n PUBLIC "-//W3C//DTD XHTML 1.0 Strict//EN" "x.dtd">\n<html>', "text/html"),
        (b"<div class='tekst'><p>Een alinea.</p></div>", "text/html"),
        ("<html><p>E\u00e9n".encode("utf-16"), "text/html"),
        (b"<naam> is afwezig.", "text/plain"),
        (b"< 5 procent", "text/plain"),
        (zipped("[Content_Types].xml", "word/document.xml"), DOCX),
    ],
)
def test_a_file_is_what_its_content_says(data: bytes, media: str) -> None:
    assert media_type(data) == media
    assert media in READERS


@pytest.mark.parametrize(
    ("data", "said", "hint"),
    [
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "oud Word-bestand (.doc)", "DOCX"),
        (b"{\\rtf1\\ansi", "RTF", "PDF of DOCX"),
        (b"\x89PNG\r\n", "afbeelding", "OCR"),
        (b"\xff\xd8\xff\xe0", "afbeelding", "OCR"),
        (b"\x1f\x8b\x08", "ingepakt", "pak het"),
        (b'<?xml version="1.0"?><svg/>', "<svg>", "OP-XML"),
        (zipped("mimetype", "content.xml"), "OpenDocument", "DOCX"),
        (zipped("a.txt"), "ZIP-bestand", "DOCX"),
        (b"PK\x03\x04", "ZIP-bestand", ""),
    ],
)
def test_what_has_no_reader_is_refused_with_a_hint(data: bytes, said: str, hint: str) -> None:
    # FAULTS A21
    with pytest.raises(SourceError) as caught:
        media_type(data)
    assert said in caught.value.message and hint in caught.value.hint
    assert "\n" not in caught.value.message + caught.value.hint


def test_facts_alone_are_no_letter_and_no_error_for_a_record() -> None:
    record = b'<metadata_gegevens><metadata name="DC.identifier" content="kst-1-2"/></metadata_gegevens>'
    blocks, parser = read(record)
    assert parser == READERS[RECORD].name and {block.kind for block in blocks} == {"fact"}
    with pytest.raises(SourceError, match="lopende tekst"):
        read(b"<officiele-publicatie><kamerstuk/></officiele-publicatie>")


@pytest.mark.parametrize("piece", [b" ", b"<!--", b"<!-- x -->", b"<?x?>", b"<!doctype a ", b"<!doctype a [", b"[", b"<", b"\n<?"])
def test_sniffing_takes_linear_time(piece: bytes) -> None:
    # FAULTS G2
    def sniff(data: bytes) -> None:
        for _ in range(3):
            with contextlib.suppress(SourceError):
                media_type(data)

    assert is_linear(lambda n: b"<?xml?>" + piece * n, sniff, 2_000)
