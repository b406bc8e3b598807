"""Whole PDFs of the kinds that are read, made of texts that are known: words, paragraphs, headings, footnotes, rows.

The four files under fixtures/pdf were made by WeasyPrint 70 of HTML and CSS in these layouts: ``seed-letter``, the seed in
one column of DejaVu Sans 9.5, its footnote by ``float: footnote``; ``ministry-letter``, a letter with fine print in running
elements of the right margin, a report and an annex whose paragraphs are those of the seed; ``printed-report``, the same in
the layout of a Kamerstuk (body 221-541, hyphens of ``lang="nl"``); ``printed-debate``, h-tk-20172018-61-10 in two stretched
columns with a foot of sitting, item and page. A file that is made anew needs new golden files.
"""

from functools import cache
from pathlib import Path

import pytest

from rbzqa.readers import read
from rbzqa.readers.pdf import read_pdf
from rbzqa.structure import build_document
from rbzqa.types import Block, Document

from .conftest import LETTER, REPOSITORY
from .invariants import check

FIXTURES = Path(__file__).parent / "fixtures" / "pdf"
XML = REPOSITORY.parent / "shared" / "data" / "docs" / "xml" / "h-tk-20172018-61-10.xml"
NAMES = ("seed-letter", "ministry-letter", "printed-report", "printed-debate")


@cache
def blocks(name: str) -> tuple[Block, ...]:
    return read_pdf((FIXTURES / f"{name}.pdf").read_bytes())


@cache
def seed() -> tuple[Block, ...]:
    return read(LETTER.read_bytes())[0]


def text(name: str) -> list[Block]:
    return [block for block in blocks(name) if block.kind not in ("fact", "furniture")]


def document(found: tuple[Block, ...]) -> Document:
    made = build_document(found, id="x", sha256="0" * 64, file="x", parser="pdf-1")
    check(made)
    return made


def headings(name: str) -> list[tuple[int, str]]:
    return [(block.level, block.text) for block in blocks(name) if block.kind == "heading"]


def squeezed(words: str) -> str:
    return " ".join(words.split())


@pytest.mark.parametrize("name", NAMES)
def test_every_mark_has_its_footnote_behind_its_block(name: str) -> None:
    holder: list[str] = []
    for block in text(name):
        if block.kind == "footnote":
            assert holder.pop(0) == block.label
        else:
            assert not holder
            holder = [mark.label for mark in block.marks]


@pytest.mark.parametrize("name", NAMES)
def test_no_furniture_stands_in_the_text(name: str) -> None:
    words = " ".join(block.text for block in text(name))
    for piece in ("Pagina ", "Retouradres", "BZ2512345", "Rijnstraat", "ISSN", "kst-21501", "vergaderjaar 2024–2025, 21 501-02", "61-10-", "22 maart 2018"):
        assert piece not in words


# The seed as PDF


def test_seed_reads_the_same_from_pdf_as_from_text() -> None:
    """But for two things: a PDF keeps one space between sentences, and has no placeholder for a second signature."""
    expected = [squeezed(block.text) for block in seed() if block.kind in ("heading", "paragraph", "footnote")]
    assert [block.text for block in text("seed-letter")] == expected


def test_seed_has_the_same_headings_and_footnote() -> None:
    expected = [block.text for block in seed() if block.kind == "heading"][1:]  # the name of the signatory is not set as one in the PDF
    assert [heading for _, heading in headings("seed-letter")] == expected
    (note,) = [block for block in text("seed-letter") if block.kind == "footnote"]
    (holder,) = [block for block in text("seed-letter") if block.marks]
    assert holder.text[: holder.marks[0].offset].endswith("gepubliceerd op rijksoverheid.nl.")
    assert (note.label, note.text.split(" | ")[-1]) == ("1", "Rijksoverheid.nl")


def test_seed_has_the_same_parts_sections_and_paragraph_numbers() -> None:
    one, other = document(blocks("seed-letter")), document(seed())
    assert [(part.code, part.title) for part in one.parts] == [(part.code, part.title) for part in other.parts]
    for mine, theirs in zip(one.parts[1:], other.parts[1:], strict=True):
        assert [section.title for section in mine.sections] == [section.title for section in theirs.sections]
        assert [len(section.paragraphs) for section in mine.sections] == [len(section.paragraphs) for section in theirs.sections]
    assert one.meta.title == other.meta.title and one.meta.meeting_dates == other.meta.meeting_dates


def test_report_and_annex_of_the_seed_open_a_page() -> None:
    openings = [block.text for block in text("seed-letter") if block.starts_page]
    assert openings[0].startswith("VERSLAG VAN DE RAAD") and "Gemeenschappelijke Frans-Nederlandse Verklaring" in openings


# The ministry's letter with a report and an annex


def test_ministry_letter_states_its_facts() -> None:
    assert [(block.label, block.text) for block in blocks("ministry-letter") if block.kind == "fact"] == [
        ("pages", "letter"),
        ("ministry", "Ministerie van Buitenlandse Zaken"),
        ("kenmerk", "BZ2512345"),
        ("date", "31 maart 2025"),
        ("subject", "Verslag van de Raad Buitenlandse Zaken van 17 maart 2025"),
    ]


REPORT = [
    (1, "VERSLAG RAAD BUITENLANDSE ZAKEN VAN 17 MAART 2025"),
    (2, "Russische agressie tegen Oekraïne"),
    (2, "Midden-Oosten"),
    (2, "Current affairs"),
    (3, "Bolivia"),
    (3, "Westelijke Balkan"),
    (3, "Georgië"),
    (2, "Overig"),
]


@pytest.mark.parametrize(
    ("name", "annex"), [("ministry-letter", "Bijlage: Stand van zaken moties en toezeggingen"), ("printed-report", "Bijlage 1. Overzicht van de uitgaven")]
)
def test_report_has_its_headings_and_levels(name: str, annex: str) -> None:
    assert headings(name) == [*REPORT, (2, annex)]
    parts = document(blocks(name)).parts
    assert [(part.kind, part.title) for part in parts] == [("letter", ""), ("report", REPORT[0][1]), ("annex", annex)]


@pytest.mark.parametrize(("name", "count"), [("ministry-letter", 11), ("printed-report", 12)])
def test_long_paragraphs_are_those_of_the_seed_to_the_letter(name: str, count: int) -> None:
    known = {squeezed(block.text) for block in seed()}
    found = [block.text for block in text(name) if block.kind == "paragraph" and block.role == "text" and len(block.text) > 175 and block.text[0] != "•"]
    strange = [words for words in found if words not in known]
    assert len(found) == count
    assert [words[:70] for words in strange] == STRANGE[name]


# print breaks "veiligheidscapa-/citeiten" and the like as any word: what has a hyphen of its own at a line end loses it
STRANGE: dict[str, list[str]] = {"ministry-letter": [], "printed-report": []}


def test_addressee_of_a_letter_is_one_paragraph_and_no_passage() -> None:
    first = text("ministry-letter")[0]
    assert first.text == "Aan de Voorzitter van de Tweede Kamer der Staten-Generaal Prinses Irenestraat 6 Den Haag"
    letter = document(blocks("ministry-letter"))
    assert letter.meta.kind == "brief" and letter.meta.date == "2025-03-31"
    start = letter.parts[0].sections[0].paragraphs[0].start
    assert letter.text[start:].startswith("Geachte voorzitter,")


def test_rows_with_wrapped_cells_are_whole() -> None:
    assert [(block.role, block.text) for block in text("ministry-letter") if block.role != "text"] == [
        ("heads", "Motie\tStand van zaken"),
        (
            "row",
            "Motie van het lid Dassen c.s. over een gecoördineerde EU-aanpak bij evacuaties (Kamerstuk 27 925, nr. 788)"
            "\tDe motie is afgedaan met de brief van 14 september 2021, waarin het kabinet de inzet in EU-verband heeft uiteengezet.",
        ),
        ("row", "Motie van het lid Ceder over humanitaire hulp\tWordt uitgevoerd."),
        (
            "row",
            "Toezegging aan het lid Piri over de Westelijke Balkan en het vervolg daarop"
            "\tDe Kamer wordt voor de zomer van 2025 nader geïnformeerd over de stand van zaken en de inzet.",
        ),
    ]


@pytest.mark.parametrize("name", ["ministry-letter", "printed-report"])
def test_items_of_a_list_are_paragraphs_with_their_mark(name: str) -> None:
    items = [block.text for block in text(name) if block.text.startswith("•")]
    assert [item.split(" ")[-1] for item in items] == ["gegeven;", "Soedan;", "maatregelen."]
    assert items[1] == "• de humanitaire situatie in Soedan;"


@pytest.mark.parametrize("name", ["ministry-letter", "printed-report"])
def test_footnotes_of_several_lines_are_whole(name: str) -> None:
    notes = {block.label: block.text for block in text(name) if block.kind == "footnote"}
    assert notes["1"] == "Kamerstuk 21 501-02, nr. 3041."
    assert notes["2"].startswith("Zie ook de beantwoording") and notes["2"].endswith("nader wordt toegelicht (Kamerstuk 36 045, nr. 195).")
    assert notes["3"] == "https://www.consilium.europa.eu/nl/meetings/fac/2025/03/17/"


# In print


def test_printed_report_states_its_facts() -> None:
    stated = [(block.label, block.text) for block in blocks("printed-report") if block.kind == "fact"]
    assert stated[1:] == [
        ("identifier", "kst-21501-02-3087"),
        ("chamber", "Tweede Kamer der Staten-Generaal"),
        ("session", "Vergaderjaar 2024–2025"),
        ("publication", "Kamerstuk"),
        ("dossier", "21 501-02"),
        ("dossier_title", "Raad Algemene Zaken en Raad Buitenlandse Zaken"),
        ("number", "3087"),
        ("title", "BRIEF VAN DE MINISTER VAN BUITENLANDSE ZAKEN"),
    ]
    assert document(blocks("printed-report")).meta.signatories == ("De Minister van Buitenlandse Zaken, C.C.J. Veldkamp",)


def test_table_without_rules_between_its_rows_is_read_by_lines() -> None:
    assert [(block.role, block.text) for block in text("printed-report") if block.role != "text"] == [
        ("heads", "Tabel 1. Bijdragen in miljoenen euro"),
        ("heads", "Land\t2023\t2024\t2025"),
        ("row", "België\t12,4\t13,0\t13,9"),
        ("row", "Duitsland\t120,4\t131,0\t139,2"),
        ("row", "Nederland\t45,1\t45,9\t-"),
        ("row", "Totaal\t177,9\t189,9\t153,1"),
    ]


# Handelingen


def test_debate_states_its_facts() -> None:
    assert [(block.label, block.text) for block in blocks("printed-debate") if block.kind == "fact"] == [
        ("pages", "publication"),
        ("publication", "Handelingen"),
        ("chamber", "Tweede Kamer"),
        ("number", "61"),
        ("item", "10"),
        ("date", "22 maart 2018"),
        ("title", "Ondernemen en Bedrijfsfinanciering"),
    ]
    assert {block.page for block in text("printed-debate")} == {1, 2, 3, 4}


@pytest.mark.skipif(not XML.is_file(), reason="../shared/data/docs is not here")
def test_debate_reads_like_its_xml() -> None:
    expected = [block for block in read(XML.read_bytes())[0] if block.kind in ("heading", "paragraph")]
    assert headings("printed-debate") == [(block.level, block.text) for block in expected if block.kind == "heading"]
    one, other = (" ".join(block.text for block in found).split() for found in (text("printed-debate"), expected))
    assert one == other
    paragraphs = {block.text for block in text("printed-debate")}
    apart = [block.text for block in expected if block.text not in paragraphs]
    assert len(apart) <= 6  # two paragraphs whose first ends in a full line, or at the end of a column, cannot be told from one
