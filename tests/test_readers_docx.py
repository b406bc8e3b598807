"""DOCX -> blocks: running text, headings, notes, changes, fields, page turns and the head of a Kamerstuk."""

import unicodedata
from collections.abc import Sequence
from typing import Any

import pytest

from rbzqa.readers import read
from rbzqa.structure import build_document
from rbzqa.types import Block, Document, DocumentMeta, Mark, Publication

from .conftest import REPOSITORY
from .docxs import cell, docx, mark, note, p, r, row, style, table
from .timing import is_linear

DOCS = REPOSITORY.parent / "shared" / "data" / "docs" / "docx"
BOLD, ITALIC, LINED, HIDDEN = "<w:b/>", "<w:i/>", '<w:u w:val="single"/>', "<w:vanish/>"
TEXT = "Dit is een zin."


def blocks(body: str, **parts: Any) -> tuple[Block, ...]:
    return read(docx(body, **parts))[0]


def texts(body: str, **parts: Any) -> list[str]:
    return [block.text for block in blocks(body, **parts)]


def shape(body: str, **parts: Any) -> list[tuple[str, int, str]]:
    return [(block.kind, block.level, block.text) for block in blocks(body, **parts)]


def one(*runs: str) -> str:
    """The text of a single paragraph."""
    (block,) = blocks(p(*runs))
    return block.text


def field(code: str, result: str) -> str:
    kinds = "<w:r><w:fldChar w:fldCharType='{}'/></w:r>"
    code = code if code.startswith("<") else f"<w:r><w:instrText>{code}</w:instrText></w:r>"
    return f"{kinds.format('begin')}{code}{kinds.format('separate')}{result}{kinds.format('end')}"


# Running text


def test_paragraphs_come_in_order_and_empty_ones_do_not() -> None:
    assert texts(p("Eén.") + p() + p(" ") + p("Twee.")) == ["Eén.", "Twee."]


def test_the_reader_is_named() -> None:
    assert read(docx(p(TEXT)))[1].startswith("docx-")


def test_runs_join_without_a_space_and_keep_their_own() -> None:
    assert one("Raad", "sstuk ", "over", " Mali") == "Raadsstuk over Mali"


def test_two_spaces_of_the_writer_stay_and_those_at_the_ends_go() -> None:
    assert one("  Nr.  10   ") == "Nr.  10"


@pytest.mark.parametrize("inner", ["<w:tab/>", "<w:br/>", "<w:cr/>", "<w:ptab/>", "<w:tab/><w:br/>", '<w:br w:type="column"/>'])
def test_tabs_and_breaks_are_one_space(inner: str) -> None:
    assert one("Datum ", f"<w:r>{inner}</w:r>", " 3 mei") == "Datum 3 mei"


def test_hyphens_that_word_sets_itself() -> None:
    assert one("EU", "<w:r><w:noBreakHyphen/></w:r>", "aanpak sa", "<w:r><w:softHyphen/></w:r>", "men\u00adhang") == "EU-aanpak samenhang"


def test_nfd_becomes_nfc_also_over_runs_and_offsets_stay_true() -> None:
    # FAULTS A5
    (block, *_) = blocks(p("cafe", "\u0301 is Frans.", mark(1), " Ja."), footnotes=note(1, p("Noot.")))
    assert block.text == unicodedata.normalize("NFC", "café is Frans. Ja.")
    assert block.text[: block.marks[0].offset] == "café is Frans."


def test_characters_beyond_the_first_plane_count_as_one() -> None:
    # FAULTS A7
    block = blocks(p("Een 😀 hier.", mark(1)), footnotes=note(1, p("Noot.")))[0]
    assert block.marks == (Mark(len("Een 😀 hier."), "1"),)


def test_line_separators_are_a_space() -> None:
    # FAULTS A10
    assert one("een\u2028twee&#13;drie") == "een twee drie"


def test_a_no_break_space_stays_what_it_is() -> None:
    assert one("3\u00a0mei") == "3\u00a0mei"


def test_text_inside_wrappers_is_read_in_its_place() -> None:
    inner = f"<w:smartTag>{r('b')}</w:smartTag><w:hyperlink>{r('c')}</w:hyperlink><w:sdt><w:sdtPr/><w:sdtContent>{r('d')}</w:sdtContent></w:sdt>"
    assert one("a", inner, f"<w:fldSimple w:instr='PAGE'>{r('e')}</w:fldSimple>", f"<w:iets>{r('f')}</w:iets>") == "abcdef"


def test_paragraphs_and_tables_inside_content_controls() -> None:
    inner = f"<w:sdt><w:sdtContent>{p('Drie.')}</w:sdtContent></w:sdt>"
    inside = f"<w:sdt><w:sdtPr><w:alias w:val='x'/></w:sdtPr><w:sdtContent>{p('Twee.')}{inner}</w:sdtContent></w:sdt>"
    assert texts(p("Een.") + inside + p("Vier.")) == ["Een.", "Twee.", "Drie.", "Vier."]


def test_a_text_box_is_read_once_behind_its_paragraph() -> None:
    box = f"<w:txbxContent>{p('In het kader.')}</w:txbxContent>"
    choice, fallback = f"<mc:Choice><wps:txbx>{box}</wps:txbx></mc:Choice>", f"<mc:Fallback><w:pict><v:textbox>{box}</v:textbox></w:pict></mc:Fallback>"
    twice = f"<w:r><mc:AlternateContent>{choice}{fallback}</mc:AlternateContent></w:r>"
    assert texts(p("Voor", twice, " en na.") + p("Daarna.")) == ["Voor en na.", "In het kader.", "Daarna."]


def test_alternatives_between_paragraphs_are_read_once() -> None:
    both = f"<mc:AlternateContent><mc:Choice>{p('Nieuw.')}</mc:Choice><mc:Fallback>{p('Oud.')}</mc:Fallback></mc:AlternateContent>"
    assert texts(p("Voor.") + both + "<mc:AlternateContent/>" + both.replace("mc:Choice", "mc:Anders") + p("Na.")) == ["Voor.", "Nieuw.", "Nieuw.", "Na."]


def test_an_alternative_without_choice_gives_the_fallback() -> None:
    assert one(f"<mc:AlternateContent><mc:Fallback>{r('tekst')}</mc:Fallback></mc:AlternateContent>") == "tekst"


def test_equations_and_symbols_keep_what_is_text() -> None:
    assert one("Dus ", "<m:oMath><m:r><m:t>x=2</m:t></m:r></m:oMath>", '<w:r><w:sym w:font="Symbol" w:char="F0B3"/></w:r>', "3") == "Dus x=2≥3"


@pytest.mark.parametrize(
    ("char", "font", "shown"), [("F061", "Symbol", "α"), ("F0FE", "Wingdings", "☑"), ("20AC", "Arial", "€"), ("F001", "Eigen", ""), ("zz", "A", "")]
)
def test_symbols(char: str, font: str, shown: str) -> None:
    assert one("a", f'<w:r><w:sym w:font="{font}" w:char="{char}"/></w:r>', "b") == f"a{shown}b"


# What the page does not show


def test_deleted_text_is_never_read_and_inserted_text_is() -> None:
    # FAULTS A20
    gone = f"<w:del>{r('WEG')}<w:r><w:delText>WEG</w:delText></w:r></w:del><w:moveFrom>{r('WEG')}</w:moveFrom>"
    assert one("Wij ", gone, f"<w:ins>{r('blijven')}</w:ins>", f"<w:moveTo>{r(' hier')}</w:moveTo>", ".") == "Wij blijven hier."


def test_a_deleted_paragraph_end_joins_two_paragraphs() -> None:
    # FAULTS A20
    ended = "<w:rPr><w:del w:id='1'/></w:rPr>"
    assert texts(p("Een zin die ", properties=ended) + p("doorloopt.") + p("Nog een.")) == ["Een zin die doorloopt.", "Nog een."]
    assert texts(p(f"<w:del>{r('Alles weg')}</w:del>", properties=ended) + p("Blijft.")) == ["Blijft."]
    assert texts(p("Laatste alinea.", properties=ended)) == ["Laatste alinea."]


def test_earlier_properties_of_a_change_do_not_count() -> None:
    # FAULTS A20
    body = p(
        r("Gewone tekst", "<w:rPrChange><w:rPr><w:vanish/></w:rPr></w:rPrChange>"),
        properties="<w:pPrChange><w:pPr><w:pStyle w:val='Kop1'/></w:pPr></w:pPrChange>",
    )
    assert shape(body, styles=style("Kop1", "heading 1")) == [("paragraph", 0, "Gewone tekst")]


def test_comments_and_their_marks_are_not_read() -> None:
    # FAULTS A20
    assert one("a", "<w:commentRangeStart w:id='1'/>", "b", "<w:r><w:annotationRef/><w:commentReference w:id='1'/></w:r>") == "ab"


def test_hidden_text_is_not_read_however_it_is_hidden() -> None:
    # FAULTS A20
    styles = style("geheim", "Geheim", f"<w:rPr>{HIDDEN}</w:rPr>", kind="character") + style("weg", "Weg", f"<w:rPr>{HIDDEN}</w:rPr>")
    body = p("Open", r("DICHT", HIDDEN), r("DICHT", "<w:rStyle w:val='geheim'/>"), r(".", "<w:vanish w:val='0'/>")) + p("DICHT", style="weg")
    assert texts(body, styles=styles) == ["Open."]


def test_what_a_style_hides_a_run_may_show() -> None:
    # FAULTS A20
    styles = style("weg", "Weg", f"<w:rPr>{HIDDEN}</w:rPr>")
    assert texts(p("DICHT", r("Open.", "<w:vanish w:val='false'/>"), style="weg"), styles=styles) == ["Open."]


def test_the_code_of_a_field_is_not_read_and_its_result_is() -> None:
    assert one("Zie ", field("REF x", r("bijlage 2")), ".") == "Zie bijlage 2."
    assert one(field(r("CODE"), r("ja"))) == "ja"


def test_a_field_in_a_field() -> None:
    assert one(field(field("PAGE", r("NIET")), r("wel"))) == "wel"


def test_a_field_that_never_ends_hides_nothing() -> None:
    assert texts(p("<w:r><w:fldChar w:fldCharType='begin'/></w:r>", "Tekst.") + p("Meer.")) == ["Tekst.", "Meer."]


def test_a_table_of_contents_is_furniture() -> None:
    styles = style("Inhopg1", "toc 1")
    assert [(b.kind, b.text) for b in blocks(p("1 Inleiding 3", style="Inhopg1") + p(TEXT), styles=styles)] == [
        ("furniture", "1 Inleiding 3"),
        ("paragraph", TEXT),
    ]


# Headings


def test_headings_by_style_name_outline_and_inheritance() -> None:
    styles = (
        style("Kop1", "heading 1")
        + style("k2", "Kop 2")
        + style("eigen", "Eigen kop", base="k2")
        + style("niveau", "Niveau", "<w:pPr><w:outlineLvl w:val='2'/></w:pPr>")
        + style("geen", "Geen kop", "<w:pPr><w:outlineLvl w:val='9'/></w:pPr>", base="Kop1")
    )
    body = "".join(p(name, style=name) for name in ("Kop1", "k2", "eigen", "niveau", "geen")) + p("direct", properties="<w:outlineLvl w:val='0'/>")
    assert [block.level for block in blocks(body, styles=styles)] == [1, 2, 2, 3, 0, 1]


def test_levels_are_relative_to_those_that_occur() -> None:
    styles = style("a", "Kop 3") + style("b", "Kop 5") + style("t", "Title")
    assert [b.level for b in blocks(p("Drie", style="a") + p("Vijf", style="b") + p(TEXT), styles=styles)] == [1, 2, 0]
    assert [b.level for b in blocks(p("Titel", style="t") + p("Drie", style="a") + p(TEXT), styles=styles)] == [1, 2, 0]


def test_styles_that_are_based_on_each_other_in_a_ring() -> None:
    assert shape(p("Tekst.", style="a"), styles=style("a", "A", base="b") + style("b", "B", base="a")) == [("paragraph", 0, "Tekst.")]


def test_a_whole_paragraph_in_heading_style_is_no_heading() -> None:
    assert shape(p("woord " * 60, style="a"), styles=style("a", "Kop 1"))[0][:2] == ("paragraph", 0)


LONG = p("Hier staat een gewone alinea van enige lengte, zodat de opmaak ervan de regel is.") * 3


def test_bold_lines_are_headings_where_they_are_the_only_mark() -> None:
    body = p(r("Inleiding", BOLD)) + LONG + p(r("Verloop", BOLD + ITALIC)) + LONG + p(r("Mali", ITALIC)) + LONG + p(r("Tsjaad", LINED)) + LONG
    assert [(b.text, b.level) for b in blocks(body) if b.kind == "heading"] == [("Inleiding", 1), ("Verloop", 2), ("Mali", 3), ("Tsjaad", 3)]


@pytest.mark.parametrize(
    "runs",
    [
        (r("Dit is vet en een zin.", BOLD),),
        (r("Let op:", BOLD),),
        (r("Deels", BOLD), " vet"),
        (r("kleine letter", BOLD),),
        (r("12", BOLD),),
        (r("Lang " * 40, BOLD),),
        (r("Niet vet", '<w:b w:val="0"/>'),),
    ],
)
def test_what_bold_lines_are_no_headings(runs: tuple[str, ...]) -> None:
    assert blocks(p(*runs) + LONG)[0].kind == "paragraph"


def test_a_bold_style_and_a_bold_run_style_cancel_out() -> None:
    styles = style("vet", "Vet", f"<w:rPr>{BOLD}</w:rPr>") + style("teken", "Teken", f"<w:rPr>{BOLD}</w:rPr>", kind="character")
    assert blocks(p("Vet", style="vet") + LONG, styles=styles)[0].kind == "heading"
    assert blocks(p(r("Plat", "<w:rStyle w:val='teken'/>"), style="vet") + LONG, styles=styles)[0].kind == "paragraph"


def test_bold_marks_nothing_in_a_letter_that_is_all_bold() -> None:
    assert {kind for kind, _, _ in shape(p(r("Inleiding", BOLD)) + p(r("Alles is hier vet gezet, ook een gewone alinea.", BOLD)))} == {"paragraph"}


def test_a_heading_by_style_is_above_one_by_its_letters() -> None:
    assert [b.level for b in blocks(p(r("Vet", BOLD)) + LONG + p("Kop", style="k") + LONG, styles=style("k", "Kop 4")) if b.kind == "heading"] == [2, 1]


def test_the_same_heading_a_thousand_times() -> None:
    # FAULTS A30
    found = blocks((p("Kop", style="k") + p(TEXT)) * 1000, styles=style("k", "Kop 1"))
    assert sum(block.kind == "heading" for block in found) == 1000


# Notes


def test_a_footnote_stands_behind_its_paragraph_and_its_mark_leaves_the_text() -> None:
    notes = note(-1, p("<w:r><w:separator/></w:r>"), more=' w:type="separator"') + note(
        7, p("<w:r><w:footnoteRef/></w:r>", " Kamerstuk 21 501-02."), p("Tweede alinea.")
    )
    first, second, last = blocks(p("De Raad", mark(7), " besloot.") + p("Daarna."), footnotes=notes)
    assert (first.text, first.marks) == ("De Raad besloot.", (Mark(7, "1"),))
    assert (second.kind, second.label, second.text) == ("footnote", "1", "Kamerstuk 21 501-02. Tweede alinea.")
    assert last.text == "Daarna."


def test_notes_are_counted_in_the_order_of_their_marks() -> None:
    notes = note(1, p("Een.")) + note(2, p("Twee."))
    found = blocks(p("a", mark(2), "b", mark(1)), footnotes=notes)
    assert found[0].marks == (Mark(1, "1"), Mark(2, "2"))
    assert [(b.label, b.text) for b in found[1:]] == [("1", "Twee."), ("2", "Een.")]


def test_a_mark_of_the_writers_own_does_not_count() -> None:
    own = '<w:r><w:footnoteReference w:customMarkFollows="1" w:id="1"/><w:t>*</w:t></w:r>'
    found = blocks(p("a", own, "b", mark(2)), footnotes=note(1, p("Ster.")) + note(2, p("Een.")))
    assert found[0].text == "ab"
    assert found[0].marks == (Mark(1, "*"), Mark(2, "1"))
    assert [b.label for b in found[1:]] == ["*", "1"]


def test_endnotes_have_roman_numbers_unless_the_file_says_otherwise() -> None:
    ends = note(1, p("Eind."), kind="endnote")
    assert blocks(p("a", mark(1, "endnote")), endnotes=ends)[1] == Block("footnote", "Eind.", label="i")
    settings = '<w:endnotePr><w:numFmt w:val="upperLetter"/><w:numStart w:val="3"/></w:endnotePr>'
    assert blocks(p("a", mark(1, "endnote")), endnotes=ends, settings=settings)[1].label == "C"


def test_notes_begin_anew_with_each_section_where_the_file_says_so() -> None:
    body = p("a", mark(1), properties="<w:sectPr/>") + p("b", mark(2))
    settings = '<w:footnotePr><w:numRestart w:val="eachSect"/></w:footnotePr>'
    notes = note(1, p("Een.")) + note(2, p("Twee."))
    assert [b.label for b in blocks(body, footnotes=notes, settings=settings) if b.kind == "footnote"] == ["1", "1"]
    assert [b.label for b in blocks(body, footnotes=notes) if b.kind == "footnote"] == ["1", "2"]


def test_a_mark_without_a_note_is_only_a_mark_and_a_note_is_told_once() -> None:
    # FAULTS A30
    found = blocks(p("a", mark(9), mark(1), mark(1)), footnotes=note(1, p("Een.")))
    assert [mark.label for mark in found[0].marks] == ["1", "2", "3"]
    assert [b.label for b in found[1:]] == ["2"]


def test_a_mark_that_was_deleted_or_hidden_does_not_count() -> None:
    # FAULTS A20
    notes = note(1, p("Weg.")) + note(2, p("Een."))
    hidden = "<w:r><w:rPr><w:vanish/></w:rPr><w:footnoteReference w:id='1'/></w:r>"
    assert [b.text for b in blocks(p("a", f"<w:del>{mark(1)}</w:del>", hidden, mark(2)), footnotes=notes)] == ["a", "Een."]


def test_the_links_of_a_note_are_its_urls() -> None:
    link = f'<w:hyperlink r:id="l">{r("hier")}</w:hyperlink>'
    body, notes = p("a", mark(1)), note(1, p(link, field('HYPERLINK "https://b.nl/x"', r("daar"))))
    found = read(docx(body, footnotes=notes, note_link="https://a.nl/"))[0][1]
    assert (found.text, found.urls) == ("hierdaar", ("https://a.nl/", "https://b.nl/x"))
    assert read(docx(body, footnotes=notes, note_link="javascript:alert(1)"))[0][1].urls == ("https://b.nl/x",)


def test_a_space_on_both_sides_of_a_mark_is_one_space() -> None:
    block = blocks(p("De Raad ", mark(1), " besloot."), footnotes=note(1, p("Noot.")))[0]
    assert (block.text, block.marks) == ("De Raad besloot.", (Mark(8, "1"),))


# Pages

TURN = "<w:r><w:lastRenderedPageBreak/></w:r>"
BREAK = '<w:r><w:br w:type="page"/></w:r>'


def pages(body: str) -> list[tuple[int | None, bool, tuple[tuple[int, int], ...]]]:
    return [(block.page, block.starts_page, block.page_turns) for block in blocks(body)]


def test_the_page_turns_that_word_noted() -> None:
    assert pages(p("Een.") + p("Twee ", TURN, "loopt door.") + p(TURN, "Drie.")) == [(1, True, ()), (1, False, ((5, 2),)), (3, True, ())]


def test_a_break_and_the_turn_that_word_notes_for_it_are_one() -> None:
    assert [page for page, _, _ in pages(p("Een.", BREAK) + p(TURN, "Twee.") + p(TURN, "Drie."))] == [1, 2, 3]
    before = "<w:pageBreakBefore/>"
    assert [page for page, _, _ in pages(p("Een.") + p(TURN, "Twee.", properties=before) + p(TURN, "Drie."))] == [1, 2, 3]


def test_breaks_alone_part_the_text_but_number_no_pages() -> None:
    assert pages(p("Een.", BREAK) + p("Twee.")) == [(None, False, ()), (None, True, ())]


@pytest.mark.parametrize(("kind", "page"), [("nextPage", 2), ("continuous", 1)])
def test_the_next_section_says_whether_it_opens_a_page(kind: str, page: int) -> None:
    body = p("Een.", properties="<w:sectPr/>") + p("Twee.") + p(TURN, "Drie.") + f'<w:sectPr><w:type w:val="{kind}"/></w:sectPr>'
    assert pages(body)[1][0] == page


# The head of the letter


def test_headers_and_footers_are_furniture_that_states_facts() -> None:
    header = p("Ons kenmerk") + p("BZ-2023.1234") + p("Datum: 3 mei 2023") + p("Pagina 2 van 3")
    found = read(docx(p(TEXT), headers=(header, header)))[0]
    assert [(b.label, b.text) for b in found if b.kind == "fact"] == [("kenmerk", "BZ-2023.1234"), ("date", "3 mei 2023")]
    assert [b.text for b in found if b.kind == "paragraph"] == [TEXT]
    assert sum(b.kind == "furniture" for b in found) == 8


def test_a_label_without_a_likely_value_states_nothing() -> None:
    header = p("Uw kenmerk") + p("X-1") + p("Kenmerk") + p("van onze dienst in de stad") + p("Datum") + p("Contactpersoon")
    assert not [b for b in read(docx(p(TEXT), headers=(header,)))[0] if b.kind == "fact"]


def test_a_letterhead_column_in_a_text_box_states_facts_and_is_furniture() -> None:
    box = f"<w:r><wps:txbx><w:txbxContent>{p('Onze referentie')}{p('2023-0000123')}</w:txbxContent></wps:txbx></w:r>"
    assert [(b.kind, b.label, b.text) for b in blocks(p("Geachte voorzitter,", box))] == [
        ("fact", "kenmerk", "2023-0000123"),
        ("paragraph", "", "Geachte voorzitter,"),
        ("furniture", "", "Onze referentie"),
        ("furniture", "", "2023-0000123"),
    ]


def test_a_letterhead_in_the_header_states_facts_by_its_table_and_its_text_box() -> None:
    box = f"<w:r><wps:txbx><w:txbxContent>{p('Onze referentie')}{p('2023-0000123')}</w:txbxContent></wps:txbx></w:r>"
    header = p(box) + table(row("Datum", "3 mei 2023") + row("Betreft", "Verslag"), properties="")
    found = read(docx(p(TEXT), headers=(header,)))[0]
    assert [(b.label, b.text) for b in found if b.kind == "fact"] == [("kenmerk", "2023-0000123"), ("date", "3 mei 2023"), ("subject", "Verslag")]
    assert [b.text for b in found if b.kind == "paragraph"] == [TEXT]


def test_a_text_box_in_a_row_is_not_in_its_text() -> None:
    box = f"<w:r><wps:txbx><w:txbxContent>{p('Kenmerk')}{p('X-1')}</w:txbxContent></wps:txbx></w:r>"
    found = blocks(table(row(cell(p("a", box)), "b") + row("c", "d")))
    assert [(b.kind, b.text) for b in found] == [
        ("fact", "X-1"),
        ("paragraph", "a\tb"),
        ("furniture", "Kenmerk"),
        ("furniture", "X-1"),
        ("paragraph", "c\td"),
    ]
    assert next((b.kind, b.text) for b in blocks(table(row(cell(p(box)))) + p(TEXT))) == ("fact", "X-1")


HEAD = ("TWEEDE KAMER DER STATEN-GENERAAL", "2", "Vergaderjaar 2024-2025")


def head(*lines: str) -> tuple[DocumentMeta, list[str]]:
    """What is known of the piece, and the paragraphs that are left."""
    document = document_of(blocks("".join(map(p, [*HEAD, *lines]))))
    return document.meta, texts_of(document)


def document_of(of: Sequence[Block]) -> Document:
    return build_document(of, id="x", sha256="0" * 64, file="x", parser="docx-1")


def texts_of(document: Document) -> list[str]:
    return [document.text[q.start : q.end] for part in document.parts for section in part.sections for q in section.paragraphs]


def test_the_head_of_a_motion() -> None:
    meta, left = head(
        "36 278",
        "Wijziging van de Wet",
        "Nr. 32 HERDRUK",
        "GEWIJZIGDE MOTIE VAN HET LID X",
        "Ter vervanging van nr. 8",
        "Voorgesteld 10 april 2025",
        "De Kamer,",
    )
    assert meta.publications == (Publication("II", "2024/25", "36278", "32"),)
    assert (meta.title, meta.kind, meta.date, meta.reprint) == ("GEWIJZIGDE MOTIE VAN HET LID X", "motie", "2025-04-10", True)
    assert meta.dossier_titles == ("Wijziging van de Wet",)
    assert left == ["De Kamer,"]


def test_a_letter_under_two_dossiers_in_lines_of_one_paragraph() -> None:
    meta, left = head(
        "21 501-02 Raad Algemene Zaken",
        "21 501-20",
        "Europese Raad",
        "Nr. 2400 BRIEF VAN DE MINISTER VAN BUITENLANDSE ZAKEN",
        "Aan de Voorzitter van de Tweede Kamer der Staten-Generaal",
        "Den Haag, 3 mei 2025",
        TEXT,
    )
    assert [one.dossier for one in meta.publications] == ["21501-02", "21501-20"]
    assert meta.dossier_titles == ("Raad Algemene Zaken", "Europese Raad")
    assert (meta.title, meta.kind, meta.date) == ("BRIEF VAN DE MINISTER VAN BUITENLANDSE ZAKEN", "brief", "2025-05-03")
    assert left == [TEXT]


@pytest.mark.parametrize(
    ("line", "dossier"),
    [("36 600 XVII", "36600-XVII"), ("36600-V", "36600-V"), ("35 925 A", "35925-A"), ("36 410 (R2180)", "36410-(R2180)"), ("22 112", "22112")],
)
def test_forms_of_dossier_numbers(line: str, dossier: str) -> None:
    meta, left = head(line, "Titel van het dossier", "Nr. 3", "VERSLAG", "Tekst.")
    assert meta.publications == (Publication("II", "2024/25", dossier, "3"),)
    assert (meta.dossier_titles, left) == (("Titel van het dossier",), ["Tekst."])


def test_without_the_name_of_the_chamber_nothing_is_a_head() -> None:
    found = blocks(p("36 278") + p("Nr. 32") + p(TEXT))
    assert not [b for b in found if b.kind in ("fact", "furniture")]


def test_the_name_of_the_chamber_alone_is_no_head() -> None:
    assert not [b for b in blocks(p("Tweede Kamer der Staten-Generaal") + p(TEXT)) if b.kind in ("fact", "furniture")]


def test_a_note_of_a_line_of_the_head_is_no_paragraph() -> None:
    body = "".join(map(p, HEAD)) + p("36 278") + p("Titel") + p("Nr. 32") + p("MOTIE", mark(1)) + p(TEXT)
    assert texts_of(document_of(blocks(body, footnotes=note(1, p("Herdruk wegens een fout."))))) == [TEXT]


def test_core_properties_are_not_trusted() -> None:
    core = b'<coreProperties xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>Leugen</dc:title></coreProperties>'
    assert not [b for b in read(docx(p(TEXT), extra={"docProps/core.xml": core}))[0] if b.kind == "fact"]


# The real ones


@pytest.mark.skipif(not DOCS.is_dir(), reason="the samples of shared/data are not here")
@pytest.mark.parametrize(("stem", "number", "last"), [("kst-36278-32", "32", "Rikkers-Oosterkamp"), ("kst-36682-10", "10", "Claassen")])
def test_the_samples(stem: str, number: str, last: str) -> None:
    document = document_of(read((DOCS / f"{stem}.docx").read_bytes())[0])
    assert document.meta.publications == (Publication("II", "2024/25", stem.split("-")[1], number),)
    assert document.meta.kind == "motie" and "MOTIE" in document.meta.title and (document.meta.date or "").startswith("2025-04-")
    found = texts_of(document)
    assert (found[0], found[-1], document.meta.signatories) == ("De Kamer,", "en gaat over tot de orde van de dag.", (last,))
    assert [section.path for section in document.parts[0].sections] == [()]


def test_time_is_linear() -> None:
    # FAULTS A9
    def made(n: int) -> bytes:
        links = {f"r{k}": "https://a.nl/" for k in range(n // 10)}
        notes = "".join(note(k, p(f'<w:hyperlink r:id="r{k}">{r("Noot.")}</w:hyperlink>')) for k in range(n))
        lines = "".join(p("Een alinea ", mark(k), field("PAGE", r("1")), " met tekst.") for k in range(n))
        return docx(lines + table(row("a", "b") * n) + p(f"{' ' * n}x"), links=links, footnotes=notes)

    assert is_linear(made, read, 500)
