"""DOCX tables: rows with their heads, or a layout whose cells are plain paragraphs."""

from typing import Any

import pytest

from rbzqa.readers import read
from rbzqa.structure import build_document
from rbzqa.types import Block, Mark, Publication

from .docxs import LINES, cell, docx, mark, note, p, r, row, style, table

HEAD = "<w:tblHeader/>"
DATA = row("Land", "Bedrag", properties=HEAD) + row("Mali", "3 mln.") + row("Niger", "4 mln.")


def blocks(body: str, **parts: Any) -> tuple[Block, ...]:
    return read(docx(body, **parts))[0]


def rows(body: str, **parts: Any) -> list[tuple[str, str]]:
    return [(block.role, block.text) for block in blocks(body, **parts)]


def bold(text: str) -> str:
    return cell(p(r(text, "<w:b/>")))


def test_a_row_is_a_paragraph_and_heads_are_heads() -> None:
    assert rows(p("Voor.") + table(DATA) + p("Na.")) == [
        ("text", "Voor."),
        ("heads", "Land\tBedrag"),
        ("row", "Mali\t3 mln."),
        ("row", "Niger\t4 mln."),
        ("text", "Na."),
    ]
    assert all(block.kind == "paragraph" for block in blocks(table(DATA)))


def test_a_bold_first_row_is_heads() -> None:
    assert [role for role, _ in rows(table(row(bold("A"), bold("B")) + row("a", "b") + row("c", "d")))] == ["heads", "row", "row"]
    assert [role for role, _ in rows(table(row(bold("A"), bold("B")) + row(bold("a"), bold("b"))))] == ["row", "row"]


def test_a_table_style_that_sets_the_first_row_apart() -> None:
    styles = style("raster", "Raster", f'<w:tblPr>{LINES}</w:tblPr><w:tblStylePr w:type="firstRow"/>', kind="table")
    plain = row("A", "B") + row("a", "b")
    for look, first in (('w:firstRow="1"', "heads"), ('w:firstRow="0"', "row"), ('w:val="04A0"', "heads"), ('w:val="0480"', "row")):
        body = table(plain, properties=f'<w:tblStyle w:val="raster"/><w:tblLook {look}/>')
        assert rows(body, styles=styles)[0] == (first, "A\tB")


def test_a_bold_title_row_over_the_heads() -> None:
    body = table(row(cell(p(r("Tabel 1", "<w:b/>")), properties='<w:gridSpan w:val="2"/>')) + row(bold("A"), bold("B")) + row("a", "b") + row("c", "d"))
    assert rows(body)[:3] == [("heads", "Tabel 1"), ("heads", "A\tB"), ("row", "a\tb")]


def test_a_caption_right_above_a_table_is_one_of_its_heads() -> None:
    styles = style("bij", "caption")
    assert rows(p("Tabel 1: Steun", style="bij") + table(DATA), styles=styles)[0] == ("heads", "Tabel 1: Steun")
    assert rows(p("Figuur 1", style="bij") + p("Tekst."), styles=styles)[0] == ("text", "Figuur 1")


def test_merged_cells_say_their_text_once() -> None:
    top, below = cell("Mali", properties='<w:vMerge w:val="restart"/>'), cell("Mali", properties="<w:vMerge/>")
    wide = cell("samen", properties='<w:gridSpan w:val="2"/>')
    assert rows(table(row(top, "a") + row(below, "b") + row("Niger", "c") + row(wide))) == [
        ("row", "Mali\ta"),
        ("row", "\tb"),
        ("row", "Niger\tc"),
        ("row", "samen"),
    ]


def test_the_paragraphs_of_a_cell_are_one_text_and_a_tab_in_a_cell_parts_nothing() -> None:
    assert rows(table(row(cell("een", "twee"), cell(p("drie", "<w:r><w:tab/></w:r>", "vier"))) + row("a", "b"))) == [
        ("row", "een twee\tdrie vier"),
        ("row", "a\tb"),
    ]


def test_notes_in_cells_stand_behind_their_row() -> None:
    body = table(row("a", cell(p("b", mark(1), "c"))) + row("d", "e"))
    first, second, third = blocks(body, footnotes=note(1, p("Noot.")))
    assert (first.text, first.marks) == ("a\tbc", (Mark(3, "1"),))
    assert (second.kind, second.text, third.text) == ("footnote", "Noot.", "d\te")


def test_rows_and_cells_that_a_change_took_away() -> None:
    # FAULTS A20
    body = table(row("a", "b") + row("WEG", "WEG", properties="<w:del/>") + row("c", cell("WEG", properties="<w:cellDel/>"), "d"))
    assert rows(body) == [("row", "a\tb"), ("row", "c\t\td")]
    assert rows(table(row("a", "b") + row("WEG", "WEG", properties="<w:hidden/>") + row("c", "d"))) == [("row", "a\tb"), ("row", "c\td")]


def test_rows_and_cells_in_content_controls_and_changes() -> None:
    controlled = f"<w:tc><w:p/></w:tc><w:sdt><w:sdtContent>{cell('d')}</w:sdtContent></w:sdt>"
    inside = f"<w:sdt><w:sdtContent>{row('c', controlled)}</w:sdtContent></w:sdt>"
    assert rows(table(row("a", "b") + inside + row("e", "f")))[1] == ("row", "c\t\td")


# Layout


@pytest.mark.parametrize("properties", ["", LINES])
def test_one_cell_a_row_is_a_layout(properties: str) -> None:
    body = table(row("Eerste alinea.") + row(cell("", "Tweede.", "Derde.")) + row("", "Vierde."), properties=properties)
    assert rows(body) == [("text", text) for text in ("Eerste alinea.", "Tweede.", "Derde.", "Vierde.")]


def test_two_signatures_beside_each_other_are_a_layout() -> None:
    body = table(row(cell("De minister,", "A. Bee"), cell("De staatssecretaris,", "C. Dee")), properties="")
    assert [text for _, text in rows(body)] == ["De minister,", "A. Bee", "De staatssecretaris,", "C. Dee"]


def test_a_table_without_lines_is_data_where_most_of_its_rows_have_cells() -> None:
    assert rows(table(row("a", "1") * 3, properties="")) == [("row", "a\t1")] * 3
    assert rows(table(row("a", "1") * 2 + row("lange tekst"), properties=""))[0] == ("text", "a")
    assert rows(table(row("a", "tekst " * 80) * 3, properties=""))[0] == ("text", "a")


@pytest.mark.parametrize(
    "properties",
    [
        '<w:tblBorders><w:insideH w:val="nil"/></w:tblBorders>',
        '<w:tblBorders><w:insideH w:val="none"/></w:tblBorders>',
    ],
)
def test_lines_that_are_not_drawn(properties: str) -> None:
    assert rows(table(row("a", "1") * 2, properties=properties))[0] == ("text", "a")


def test_a_cell_and_a_row_may_have_lines_of_their_own() -> None:
    drawn = '<w:tcBorders><w:top w:val="single"/></w:tcBorders>'
    nil = '<w:tcBorders><w:top w:val="nil"/></w:tcBorders>'
    assert rows(table(row(cell("a", properties=drawn), "1") * 2, properties=""))[0][0] == "row"
    assert rows(table(row(cell("a", properties=nil), cell("1", properties=nil)) * 2))[0][0] == "text"
    without = f"<w:tr><w:tblPrEx><w:tblBorders><w:top w:val='none'/></w:tblBorders></w:tblPrEx>{cell('a')}{cell('1')}</w:tr>"
    assert rows(table(without * 2))[0][0] == "text"


def test_labels_of_a_letterhead_are_facts_and_no_text() -> None:
    body = table(row("Datum", "3 mei 2023") + row("Betreft", "Verslag RBZ") + row("Ons kenmerk", "BZ-1234") + row("Uw kenmerk", "X-9"), properties="") + p(
        "Geachte voorzitter,"
    )
    found = blocks(body)
    assert [(b.label, b.text) for b in found if b.kind == "fact"] == [("date", "3 mei 2023"), ("subject", "Verslag RBZ"), ("kenmerk", "BZ-1234")]
    assert [b.text for b in found if b.kind == "paragraph"] == ["Geachte voorzitter,"]


def test_a_heading_in_a_layout_is_a_heading_and_in_a_row_it_is_not() -> None:
    styles = style("k", "Kop 1")
    assert blocks(table(row(cell(p("Kop", style="k"))), properties="") + p("Tekst."), styles=styles)[0].kind == "heading"
    assert [b.kind for b in blocks(table(row(cell(p("Kop", style="k")), "x") * 2), styles=styles)] == ["paragraph", "paragraph"]


def test_a_table_in_a_table_keeps_its_text() -> None:
    assert rows(table(row(cell("Kop", table(DATA), p()))))[:3] == [("text", "Kop"), ("heads", "Land\tBedrag"), ("row", "Mali\t3 mln.")]
    assert rows(table(row("x", cell(table(DATA), p())) + row("y", "z")))[0] == ("row", "x\tLand\tBedrag Mali\t3 mln. Niger\t4 mln.")


def test_an_empty_table_is_nothing() -> None:
    assert rows(p("Voor.") + table() + table(row("", "")) + table("<w:tr/>") + p("Na.")) == [("text", "Voor."), ("text", "Na.")]


def test_a_head_of_a_kamerstuk_in_a_table_with_lines_is_still_a_head() -> None:
    body = table(row("TWEEDE KAMER DER STATEN-GENERAAL", "2") + row("Vergaderjaar 2024-2025") + row("36 278", "Titel") + row("Nr. 3", "VERSLAG")) + p("Tekst.")
    document = build_document(blocks(body), id="x", sha256="0" * 64, file="x", parser="docx-1")
    assert document.meta.publications == (Publication("II", "2024/25", "36278", "3"),)
    assert [document.text[q.start : q.end] for part in document.parts for section in part.sections for q in section.paragraphs] == ["Tekst."]


def test_a_table_of_nothing_but_heads_and_one_with_a_title_and_one_row() -> None:
    assert rows(table(row("A", "B", properties=HEAD) + row("C", "D", properties=HEAD))) == [("row", "A\tB"), ("row", "C\tD")]
    title = row(bold("Tabel 1"), "")
    assert rows(table(title + row("a", "b", properties=HEAD))) == [("heads", "Tabel 1"), ("row", "a\tb")]
    assert rows(table(row("a", "b\t") * 2, properties=f"<w:tblLook/>{LINES}"))[0] == ("row", "a\tb")
