"""DOCX -> blocks: strict files, spanned cells, first lines that are headings, and what a letterhead states."""

from typing import Any

import pytest

from rbzqa.readers import read
from rbzqa.types import Block, Mark

from .docxs import LINES, cell, documents, docx, mark, note, numbered, p, r, row, style, table, zipped

BOLD = "<w:b/>"
BREAK = "<w:r><w:br/></w:r>"


def blocks(body: str, **parts: Any) -> list[Block]:
    return list(read(docx(body, **parts))[0])


def shape(body: str) -> list[tuple[str, str]]:
    return [(block.role if block.kind == "paragraph" else block.kind, block.text) for block in blocks(body) if block.kind not in ("fact", "furniture")]


def strict(files: dict[str, bytes]) -> bytes:
    """The same file in the strict form of OOXML, which has namespaces of its own."""
    for name, data in files.items():
        for part in ("wordprocessingml/2006/main", "officeDocument/2006/relationships", "officeDocument/2006/math"):
            new = f"http://purl.oclc.org/ooxml/{part.replace('/2006', '')}"
            data = data.replace(f"http://schemas.openxmlformats.org/{part}".encode(), new.encode())
        files[name] = data
    return zipped(files)


def test_a_strict_file_reads_as_any_other() -> None:
    body = p("Titel", style="Kop1") + p(r("Tekst."), mark(1)) + p('<w:hyperlink r:id="l"><w:r><w:t>hier</w:t></w:r></w:hyperlink>')
    styles, footnotes, links = style("Kop1", "heading 1"), note(1, p("Noot.")), {"l": "https://example.org/a"}
    files = documents(body, links=links, styles=styles, footnotes=footnotes)
    found = read(strict(files))[0]
    assert found == read(docx(body, links=links, styles=styles, footnotes=footnotes))[0]
    assert [(block.kind, block.text) for block in found] == [("heading", "Titel"), ("paragraph", "Tekst."), ("footnote", "Noot."), ("paragraph", "hier")]


def test_an_address_in_the_text_is_not_made_transitional() -> None:
    address = "http://purl.oclc.org/ooxml/wordprocessingml/main"
    assert blocks(p(f'Zie Type="{address}" aldaar.'.replace('"', "&quot;")))[0].text == f'Zie Type="{address}" aldaar.'


def span(text: str, columns: str) -> str:
    return cell(text, properties=f'<w:gridSpan w:val="{columns}"/>')


def test_spanned_cells_keep_the_columns() -> None:
    merged = cell(p(), properties="<w:vMerge/>")
    body = table(
        row(cell("Land", properties='<w:vMerge w:val="restart"/>'), span("Bedrag", "2"), "Bron", properties="<w:tblHeader/>"),
        row(merged, "2022", "2023", properties="<w:tblHeader/>"),
        row(span("Samen", "2"), "5", "EU"),
        row("3", "4", properties='<w:gridBefore w:val="1"/>'),
    )
    assert shape(p("x") + body)[1:] == [("heads", "Land\tBedrag\t\tBron"), ("heads", "\t2022\t2023"), ("row", "Samen\t\t5\tEU"), ("row", "\t3\t4")]


@pytest.mark.parametrize("columns", ["0", "-4", "x", "99999", "\u0663"])
def test_a_span_that_lies_costs_nothing(columns: str) -> None:
    (text,) = [text for role, text in shape(table(row(span("a", columns), "b"), row("c", "d"))) if text.startswith("a")]
    assert text.replace("\t", "") == "ab" and len(text) < 70


def test_the_first_line_of_a_paragraph_in_other_letters_is_its_heading() -> None:
    body = p(r("Oekraïne", BOLD), mark(1), BREAK, r("De Raad sprak."), mark(2), BREAK, r("Lang.")) + p("Slot.")
    found = blocks(body, footnotes=note(1, p("Een.")) + note(2, p("Twee.")))
    assert [(block.kind, block.level, block.text, block.marks) for block in found if block.kind != "footnote"] == [
        ("heading", 1, "Oekraïne", (Mark(8, "1"),)),
        ("paragraph", 0, "De Raad sprak. Lang.", (Mark(14, "2"),)),
        ("paragraph", 0, "Slot.", ()),
    ]
    assert [(block.label, block.text) for block in found if block.kind == "footnote"] == [("1", "Een."), ("2", "Twee.")]


@pytest.mark.parametrize(
    "runs",
    [
        (r("Een zin.", BOLD), BREAK, r("Tekst.")),
        (r("een", BOLD), BREAK, r("Tekst.")),
        (r("Let op:", BOLD), BREAK, r("Tekst.")),
        (r("Gewoon"), BREAK, r("Tekst.")),
        (r("Vet", BOLD), r(" en gewoon"), BREAK, r("Tekst.")),
        (r("Vet", BOLD), BREAK, r("  ")),
        (r("Vet", BOLD), '<w:r><w:br w:type="page"/></w:r>', r("Tekst.")),
    ],
)
def test_other_first_lines_stay_in_their_paragraph(runs: tuple[str, ...]) -> None:
    assert len(blocks(p(*runs) + p("Slot van de brief."))) == 2


def test_only_the_first_line_opens_the_page() -> None:
    turn = "<w:r><w:lastRenderedPageBreak/></w:r>"
    found = blocks(p("Een hele zin met tekst.") + p(turn, r("Iran", BOLD), BREAK, r("De Raad sprak.")))
    assert [(block.text, block.page, block.starts_page) for block in found[1:]] == [("Iran", 2, True), ("De Raad sprak.", 2, False)]


def test_a_title_over_two_lines_is_one_heading_and_a_list_item_is_none() -> None:
    found = blocks(p(r("Verslag van", BOLD), BREAK, r("de Raad", BOLD)) + p("Een hele zin met tekst."))
    assert [(block.kind, block.text) for block in found] == [("heading", "Verslag van de Raad"), ("paragraph", "Een hele zin met tekst.")]
    item = numbered("§").replace(r("§"), r("Vet", BOLD) + BREAK + r("gewoon."))
    one = '<w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/></w:lvl></w:abstractNum>'
    assert [block.text for block in blocks(item, numbering=f'{one}<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>')] == ["0. Vet gewoon."]


def test_the_column_of_a_letterhead_states_the_ministry() -> None:
    header = p("Ministerie van Buitenlandse Zaken") + p("Onze referentie") + p("BZ-2512345")
    facts = [(block.label, block.text) for block in read(docx(p("Tekst."), headers=(header,)))[0] if block.kind == "fact"]
    assert facts == [("ministry", "Ministerie van Buitenlandse Zaken"), ("kenmerk", "BZ-2512345")]
    assert [block.label for block in blocks(p("Ministerie van Buitenlandse Zaken heeft besloten.")) if block.kind == "fact"] == []


def test_lines_between_cells_are_no_heads_of_their_own() -> None:
    body = table(row("a", "b"), row("c", "d"), properties=LINES)
    assert shape(body) == [("row", "a\tb"), ("row", "c\td")]
