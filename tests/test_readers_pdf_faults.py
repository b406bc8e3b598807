"""PDF files that are damaged, hostile or without text: each is refused with one line, or read for what it shows."""

import subprocess
import sys
import time
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest

from rbzqa.errors import SourceError
from rbzqa.readers import pdf as package
from rbzqa.readers.pdf import glyphs, read_pdf

from .conftest import REPOSITORY
from .pdfs import Text, assemble, block, encrypted, pdf, stream
from .timing import is_linear

SENTENCE = "Een gewone zin over het beleid van de regering."
CATALOGUE = b"<< /Type /Catalog /Pages 2 0 R >>"
TREE = b"<< /Type /Pages /Count 1 /Kids [3 0 R] >>"
FONT = b"<< /F << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >>"
DOCS = REPOSITORY.parent / "shared" / "data" / "docs"


def page(resources: bytes = b"/Font " + FONT, more: bytes = b"") -> bytes:
    return b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << %s >> %s >>" % (resources, more)


def refusal(data: bytes) -> SourceError:
    with pytest.raises(SourceError) as caught:
        read_pdf(data)
    assert "\n" not in caught.value.message and caught.value.message and caught.value.hint
    assert caught.value.exit_code == 3
    return caught.value


def texts(data: bytes) -> list[str]:
    return [block.text for block in read_pdf(data) if block.kind == "paragraph"]


def test_whole_small_file_is_read() -> None:
    assert texts(pdf([Text(80, 700, SENTENCE)])) == [SENTENCE]


@pytest.mark.parametrize("tenth", range(10))
@pytest.mark.parametrize("linefeeds", [1, 40])
def test_truncated_file_is_one_line_and_never_a_part_of_the_text(tenth: int, linefeeds: int) -> None:
    # FAULTS A11
    data = pdf(*([Text(80, 700, SENTENCE)] for _ in range(linefeeds)))
    assert "beschadigd of onvolledig" in refusal(data[: len(data) * tenth // 10]).message


@pytest.mark.skipif(not DOCS.is_dir(), reason="the shared samples are not on this machine")
@pytest.mark.parametrize("path", sorted(DOCS.glob("pdf/*.pdf"))[-3:], ids=lambda path: path.stem)
def test_truncated_sample_is_one_line(path: Path) -> None:
    # FAULTS A11
    data = path.read_bytes()
    for tenth in range(10):
        assert "beschadigd of onvolledig" in refusal(data[: len(data) * tenth // 10]).message


@pytest.mark.parametrize("data", [b"", b"%PDF-1.7\n%%EOF", b"%PDF-1.7\ntrailer << /Root 1 0 R >>\n%%EOF", b"\x00" * 100 + b"%%EOF"])
def test_file_that_is_no_document_is_one_line(data: bytes) -> None:
    # FAULTS A11
    assert "beschadigd of onvolledig" in refusal(data).message


def test_encrypted_file_says_so() -> None:
    # FAULTS A12
    found = refusal(encrypted(SENTENCE))
    assert "versleuteld" in found.message and "wachtwoord" in found.hint


def test_file_that_opens_without_a_password_is_read_although_it_is_encrypted() -> None:
    # FAULTS A12
    assert texts(encrypted(SENTENCE, "")) == [SENTENCE]


def test_page_without_text_is_a_scan() -> None:
    # FAULTS A13
    image = b"q 400 0 0 400 80 300 cm BI /W 2 /H 2 /BPC 8 /CS /G ID \x00\xff\x00\xff EI Q"
    for data in (pdf([]), pdf([], []), assemble([CATALOGUE, TREE, page(), stream(image)]), pdf([Text(80, 700, " . - ")])):
        found = refusal(data)
        assert "geen tekstlaag" in found.message and "OCR" in found.hint


def test_text_layer_without_characters_is_refused() -> None:
    # FAULTS A13
    font = b"/Font << /F << /Type /Font /Subtype /Type1 /BaseFont /X /ToUnicode 5 0 R >> >>"
    codes = b"/CIDInit /ProcSet findresource begin begincmap 1 begincodespacerange <00> <FF> endcodespacerange\n"
    codes += b"1 beginbfrange <41> <5A> <E041> endbfrange endcmap end"
    data = assemble([CATALOGUE, TREE, page(font), stream(Text(80, 700, "ABCDEFGHIJ").operators() + Text(80, 600, "a1").operators()), stream(codes)])
    assert "onleesbaar" in refusal(data).message


def test_running_lines_alone_are_no_text() -> None:
    data = pdf(*([Text(80, 810, "Evaluatie van de regeling"), Text(300, 30, str(n))] for n in (1, 2, 3)))
    assert "lopende tekst" in refusal(data).message


@pytest.mark.parametrize(
    "objects",
    [
        [CATALOGUE, b"<< /Type /Pages /Count 3 /Kids [2 0 R 2 0 R] >>"],
        [CATALOGUE, b"<< /Type /Pages /Count 30 /Kids [3 0 R] >>", b"<< /Type /Pages /Count 30 /Parent 2 0 R /Kids [2 0 R] >>"],
        [CATALOGUE, b"<< /Type /Pages /Count 2000000000 /Kids [3 0 R] >>", b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] >>"],
        [b"<< /Type /Catalog /Pages 1 0 R >>"],
    ],
    ids=["its own kid", "its own grandkid", "a false count", "the catalogue itself"],
)
def test_page_tree_that_runs_in_a_circle_is_one_line(objects: list[bytes]) -> None:
    # FAULTS A14 (what does not end in PDFium itself falls to the deadline of the child process)
    started = time.process_time()
    refusal(assemble(objects))
    assert time.process_time() - started < 5


def test_cross_reference_table_that_runs_in_a_circle_is_read() -> None:
    # FAULTS A14
    data = pdf([Text(80, 700, SENTENCE)])
    table = data.rindex(b"xref\n0 ")
    assert texts(data.replace(b"/Root 1 0 R", b"/Root 1 0 R /Prev %d" % table)) == [SENTENCE]


def test_form_that_draws_itself_once_ends() -> None:
    # FAULTS A14 (one that draws itself twice doubles at each level in PDFium: the deadline's)
    itself = "/Type /XObject /Subtype /Form /BBox [0 0 595 842] /Resources << /XObject << /X 5 0 R >> >>"
    form = stream(b"/X Do " + Text(80, 600, SENTENCE).operators(), itself)
    resources = b"/Font " + FONT + b" /XObject << /X 5 0 R >>"
    data = assemble([CATALOGUE, TREE, page(resources), stream(Text(80, 700, SENTENCE).operators() + b"/X Do"), form])
    assert texts(data)[0] == SENTENCE


def test_stream_that_unpacks_to_ten_megabytes_is_read_for_what_it_shows() -> None:
    # FAULTS A15 (memory beyond this is bounded by the child process)
    packed = zlib.compress(b" " * 10_000_000 + Text(80, 700, SENTENCE).operators(), 9)
    assert len(packed) < 20_000
    assert texts(assemble([CATALOGUE, TREE, page(), stream(packed, "/Filter /FlateDecode")])) == [SENTENCE]


def test_number_of_characters_is_limited(monkeypatch: pytest.MonkeyPatch) -> None:
    # FAULTS A15
    data = pdf([Text(80, 700, SENTENCE)], [Text(80, 700, SENTENCE)])
    monkeypatch.setattr(glyphs, "MAX_CHARS", len(SENTENCE) + 10)
    assert "tekens" in refusal(data).message
    monkeypatch.setattr(glyphs, "MAX_CHARS", 2 * len(SENTENCE))
    assert texts(data) == [SENTENCE, SENTENCE]


def test_number_of_pages_is_limited() -> None:
    # FAULTS A15
    kids = b"3 0 R " * (glyphs.MAX_PAGES + 1)
    tree = b"<< /Type /Pages /Count %d /Kids [%s] >>" % (glyphs.MAX_PAGES + 1, kids)
    found = refusal(assemble([CATALOGUE, tree, page(), stream(Text(80, 700, SENTENCE).operators())]))
    assert "2001 bladzijden" in found.message and "splits" in found.hint


_HOOKED = """
import sys
opened = []
sys.addaudithook(lambda event, arguments: opened.append(str(arguments[0])) if event == "open" else None)
from rbzqa.readers.pdf import read_pdf
data = sys.stdin.buffer.read()
del opened[:]
print(len(read_pdf(data)))
print("\\n".join(opened))
"""


def test_path_in_the_name_of_a_character_map_opens_no_file() -> None:
    # FAULTS A16
    font = (
        b"/Font << /F << /Type /Font /Subtype /Type0 /BaseFont /Evil /Encoding /..#2f..#2fx.pickle.gz /ToUnicode /..#2f..#2fx.pickle.gz /DescendantFonts"
        b" [<< /Type /Font /Subtype /CIDFontType2 /BaseFont /Evil /CIDSystemInfo << /Registry (../../x) /Ordering (../../y) /Supplement 0 >> >>] >> >>"
    )
    data = assemble([CATALOGUE, TREE, page(font), stream(Text(80, 700, SENTENCE).operators())])
    done = subprocess.run([sys.executable, "-c", _HOOKED], input=data, capture_output=True, check=True, timeout=60)
    count, *opened = done.stdout.decode().split("\n")
    homes = (str(Path(package.__file__).parent), sys.prefix, sys.base_prefix)
    assert int(count) > 0
    assert [name for name in opened if name and not name.startswith(homes)] == []
    assert done.stderr == b""


def test_metadata_with_a_billion_laughs_is_never_parsed() -> None:
    # FAULTS A17
    laughs = b"<?xml version='1.0'?><!DOCTYPE l [<!ENTITY a0 'lol'>" + b"".join(b"<!ENTITY a%d '%s'>" % (n, b"&a%d;" % (n - 1) * 10) for n in range(1, 12))
    packet = stream(laughs + b"]><x>&a11;</x>", "/Type /Metadata /Subtype /XML")
    catalogue = CATALOGUE[:-2] + b"/Metadata 5 0 R >>"
    assert texts(assemble([catalogue, TREE, page(), stream(Text(80, 700, SENTENCE).operators()), packet])) == [SENTENCE]


def test_reader_leaves_no_handle_and_no_warning_behind() -> None:
    code = "import sys; from rbzqa.readers.pdf import read_pdf; print(len(read_pdf(sys.stdin.buffer.read())))"
    for data in (pdf([Text(80, 700, SENTENCE)], links={0: [((80, 690, 200, 710), "https://www.rijksoverheid.nl")]}), pdf([Text(80, 700, SENTENCE)])):
        done = subprocess.run([sys.executable, "-W", "error", "-c", code], input=data, capture_output=True, check=True, timeout=60)
        assert done.stdout.strip() == b"1" and done.stderr == b""


@pytest.mark.parametrize(("x", "size"), [(1e30, 10), (-1e38, 10), (80, 1e38), (3e38, 3e38), (80, 0), (80, -10)])
def test_text_out_of_all_measure_does_not_break_the_page(x: float, size: float) -> None:
    assert SENTENCE in texts(pdf([Text(80, 700, SENTENCE), Text(x, 600, "ver weg", size), Text(80, x, "hoog", size)]))


@pytest.mark.parametrize(
    "make",
    [
        lambda n: pdf([Text(80, 800 - k % 700, f"{k}", 10) for k in range(n)]),
        lambda n: pdf([Text(80 + k % 400, 700, "^1^a") for k in range(n)]),
        lambda n: pdf([Text(80, 800 - k * 700 / n, "Datum Betreft Vraag 1.", 6) for k in range(n)]),
        lambda n: pdf([Text(80 + 40 * (k % 9), 800 - (k // 9), "12", 2) for k in range(n)]),
        lambda n: pdf(*([*block(80, 600, "Een regel van tekst^1^ op elke bladzijde\nen nog een."), Text(80, 40, "^1^ Noot.", 7)] for _ in range(n // 20))),
    ],
    ids=["numbers", "raised figures at one height", "labels", "cells", "footnotes"],
)
def test_time_is_linear(make: Callable[[int], bytes]) -> None:
    # FAULTS A9
    assert is_linear(make, read_pdf, 800)
