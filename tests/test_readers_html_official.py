"""HTML -> blocks: pages of officielebekendmakingen.nl and rijksoverheid.nl as they are made, and letters that Word saved."""

import pytest

from rbzqa.readers import read
from rbzqa.structure import build_document
from rbzqa.types import Block, Document, Mark

from .timing import is_linear


def blocks(body: str, head: str = "") -> tuple[Block, ...]:
    return read(f"<!doctype html><html><head>{head}</head><body>{body}</body></html>".encode())[0]


def shape(body: str) -> list[tuple[str, str]]:
    return [(block.role if block.kind == "paragraph" else block.kind, block.text) for block in blocks(body) if block.kind != "fact"]


def headings(body: str) -> list[tuple[int, str]]:
    return [(block.level, block.text) for block in blocks(body) if block.kind == "heading"]


def document(body: str, head: str = "") -> Document:
    return build_document(blocks(body, head), id="d", sha256="0" * 64, file="d.html", parser="html-1")


# officielebekendmakingen.nl


def noot(key: str, label: str, text: str) -> str:
    return (
        f'<div class="voet noot snp-mouseoffset snb-pinned notedefault" id="supernote-note-{key}"><h5 class="note-close"><a class="note-close"'
        f' href="#close-{key}">X</a> Noot\n               </h5><sup>'
        f'<span class="nootnum"><a id="{key}" name="{key}"></a>{label}</span></sup><p>{text}</p></div>'
    )


def test_a_note_of_the_site_is_without_its_number_and_the_cross_that_closes_it() -> None:
    body = '<p>Een zin.<a class="nootnum supernote-click-n1" href="#n1">1</a> <a class="nootnum" href="#n2">2</a></p>'
    link = '<a href="http://nos.nl/l/2077649" class="externe_link">http://nos.nl/l/2077649</a>'
    first, one, two = blocks(f'{body}<div id="noten"><hr/>{noot("n1", "1", "2023 was zwaar.")}{noot("n2", "2", link)}</div>')
    assert (first.text, first.marks) == ("Een zin.", (Mark(8, "1"), Mark(8, "2")))
    assert (one.label, one.text, two.label, two.text, two.urls) == ("1", "2023 was zwaar.", "2", "http://nos.nl/l/2077649", ("http://nos.nl/l/2077649",))


def test_the_heading_of_a_note_that_says_more_is_kept() -> None:
    body = '<p>Zin.<a class="noot" href="#n1">1</a></p><div class="noot" id="n1"><h5>Toelichting</h5><p>Tekst.</p></div>'
    assert blocks(body)[1].text == "Toelichting Tekst."


@pytest.mark.parametrize("back", ["Terug naar link van noot 1", "↑ terug", "Ga terug naar de tekst", "^"])
def test_the_way_back_is_no_part_of_a_note(back: str) -> None:
    body = f'<p>Zin.<a class="noot" id="r1" href="#n1">1</a></p><ol><li id="n1"><p>Een noot. <a href="#r1">{back}</a></p></li></ol>'
    assert [block.text for block in blocks(body)] == ["Zin.", "Een noot."]


def test_raised_numbers_without_links_are_marks_where_a_later_paragraph_begins_with_them() -> None:
    body = "<p>Het is 12 km<sup>2</sup> groot.<sup>1</sup> Meer.</p><p>Ook.<sup>3</sup></p><p><sup>1</sup> Kamerstuk 1.</p><p><b><sup>3</sup></b>Zie 2.</p>"
    first, one, second, three = blocks(body)
    assert (first.text, first.marks) == ("Het is 12 km2 groot. Meer.", (Mark(20, "1"),))
    assert (second.text, second.marks) == ("Ook.", (Mark(4, "3"),))
    assert [(one.kind, one.label, one.text), (three.kind, three.label, three.text)] == [("footnote", "1", "Kamerstuk 1."), ("footnote", "3", "Zie 2.")]


@pytest.mark.parametrize(
    "body",
    ["<p><sup>1</sup> Eerst.</p><p>Dan.<sup>1</sup></p>", "<p>Zin.<sup>1</sup></p><div><sup>1</sup><p>Blok.</p></div>", "<p>a<sup>1</sup> b<sup>1</sup></p>"],
)
def test_raised_numbers_without_a_note_of_their_own_are_text(body: str) -> None:
    assert not any(block.kind == "footnote" or block.marks for block in blocks(body))


def test_subheadings_are_ranked_by_their_letters_and_named_by_their_class() -> None:
    body = (
        '<h2 class="divisiekop1">2 Inzet</h2><p>a</p><p class="tussenkop"><strong class="tussenkop_vet">Wat nu?</strong></p><p>b</p>'
        '<p class="tussenkop"><em class="tussenkop_cur">Iran</em></p><p>c</p><p class="tussenkop">Zonder letters</p><p>d</p>'
    )
    assert headings(body) == [(1, "2 Inzet"), (2, "Wat nu?"), (3, "Iran"), (2, "Zonder letters")]


def test_annexes_begin_where_the_page_says_so() -> None:
    body = '<p>Brief.</p><div class="bijlage"><h2 class="bijlage_kop">Overzicht</h2><p>a</p><p>b</p></div><div class="bijlage"><p>Zonder kop.</p></div>'
    assert [block.text for block in blocks(body) if block.starts_part] == ["Overzicht", "Zonder kop."]
    assert [(part.code, part.title) for part in document(body).parts] == [("brief", ""), ("bijlage1", "Overzicht"), ("bijlage2", "")]


def test_questions_and_answers_have_their_roles_and_facts() -> None:
    body = (
        '<h1 class="kamervraagomschrijving_kop no-toc">Vragen van het lid Piri (PvdA) over Georgië (ingezonden 15 mei 2024).</h1>{}'
        '<div class="vraag"><h2 class="stuktitel no-toc"><a id="d1"></a>Vraag 1\n  </h2><p>Hoe?</p></div>'
        '<div class="antwoord"><h2>Antwoord 1</h2><p>Zo.</p></div>'
        '<div class="mededeling"><p>Een mededeling.</p></div>'
    )
    answered = '<h1 class="kamervraagomschrijving_kop">Antwoord van Minister Bruins Slot (Buitenlandse Zaken) (ontvangen 20 juni 2024).</h1>'
    found = blocks(body.format(answered))
    assert [(block.role, block.text) for block in found if block.kind != "fact"][2:] == [
        ("question", "Vraag 1"),
        ("question", "Hoe?"),
        ("answer", "Antwoord 1"),
        ("answer", "Zo."),
        ("text", "Een mededeling."),
    ]
    assert [(block.label, block.text) for block in found if block.kind == "fact"] == [
        ("title", "Vragen van het lid Piri (PvdA) over Georgië"),
        ("date", "20 juni 2024"),
    ]
    assert [block.text for block in blocks(body.format("")) if block.label == "date"] == ["15 mei 2024"]


def test_what_stands_before_the_title_of_a_piece_is_of_the_site() -> None:
    body = (
        '<article><div><dl><dt>Publicatie</dt><dd>Kamerstuk</dd></dl></div><p class="kamerstukkop">Vergaderjaar 2022-2023</p><div class="broodtekst">'
        '<p>Authentieke versie</p><h1 class="dossiertitel">21 501-02 Raad</h1><p>Tekst.</p></div><p>Slot.</p></article>'
    )
    assert [text for _, text in shape(body)] == ["Vergaderjaar 2022-2023", "21 501-02 Raad", "Tekst.", "Slot."]


def test_the_mark_of_an_item_stands_apart_from_its_text() -> None:
    body = '<ul class="expliciet"><li><p class="labeled"><span class="ol">–</span>een;</p></li><li><span class="ol">1°. </span>twee.</li></ul>'
    body += "<p>een<span>–</span>twee</p>"
    assert [text for _, text in shape(body)] == ["– een;", "1°. twee.", "een–twee"]


def test_control_characters_in_what_a_page_states_are_dropped() -> None:  # FAULTS A4; fuzz seed html-7003
    head = '<meta name="DC.title" content="Brief\x01 van\x0b nu"><meta name="DCTERMS.creator" content="Ministerie van\x1f Zaken">'
    assert [(block.label, block.text) for block in blocks("<p>Tekst.</p>", head) if block.kind == "fact"][:1] == [("title", "Brief van nu")]
    asked = '<h1 class="kamervraagomschrijving_kop">Vragen\x02 over Mali (ingezonden 1 mei 2024).</h1><p>Tekst.</p>'
    assert next(block.text for block in blocks(asked) if block.label == "title") == "Vragen over Mali"


# rijksoverheid.nl


def test_files_to_fetch_are_no_text_but_a_heading_named_after_them_is() -> None:
    body = (
        '<main><h1 class="download">Kamerbrief over de RBZ</h1><p>De minister stuurt het verslag.</p><div class="block-download"><h2>Documenten</h2><ul><li>'
        '<a class="download-chunk" href="x.pdf">Verslag</a><p class="meta">PDF | 9 pagina\'s | 250 kB</p></li></ul></div>'
        '<a class="icon-download" href="y">Download</a><p class="download-info">Zonder koppeling blijft staan.</p></main>'
    )
    assert shape(body) == [("heading", "Kamerbrief over de RBZ"), ("text", "De minister stuurt het verslag."), ("text", "Zonder koppeling blijft staan.")]


def test_a_whole_letter_that_is_named_a_download_is_kept() -> None:
    letter = "De Raad sprak. " * 120
    assert shape(f'<div class="download"><p>{letter}</p><a href="x">PDF</a></div>')[0] == ("text", letter.strip())


def test_the_first_line_of_a_paragraph_in_other_letters_is_its_heading() -> None:
    body = "<p><strong>Lunch</strong><br/>De lunch.</p><p><u>EU-China</u><br>De Raad<br>sprak.</p><p><em>Iran</em></p><p>Sancties.</p>"
    assert headings(body) == [(1, "Lunch"), (2, "EU-China"), (2, "Iran")]
    assert [text for kind, text in shape(body) if kind == "text"] == ["De lunch.", "De Raad sprak.", "Sancties."]


@pytest.mark.parametrize(
    "body",
    [
        "<p><b>Een zin.</b><br>Tekst.</p>",
        "<p><b>Een titel<br>op twee regels</b> loopt door.</p>",
        "<p>Gewoon<br><b>Vet</b><br>gewoon.</p>",
        "<p>Een hele zin met tekst.</p><p><em>Aan het slot</em></p>",
        "<p><em>Schuin</em> begin.</p>",
        '<p><a href="http://x.nl" style="color:red">Koppeling</a></p><p>Tekst.</p>',
    ],
)
def test_other_lines_are_no_headings(body: str) -> None:
    assert headings(body) == []


def test_letters_that_most_of_the_text_has_mark_nothing() -> None:
    body = "".join(f"<p><i>Regel {n}</i></p>" for n in range(9)) + "<p>x</p>"
    assert headings(body) == []


# Word


def test_a_letterhead_in_a_table_is_no_table() -> None:
    cells = [("Datum", "26 juni 2025"), ("Betreft", "Verslag van de Raad Buitenlandse Zaken")]
    body = "<table>" + "".join(f"<tr><td><p>{a}</p></td><td><p>{b}</p></td></tr>" for a, b in cells) + "</table><p>Geachte Voorzitter,</p><p>Tekst.</p>"
    made = document(body)
    assert (made.meta.date, made.meta.subject) == ("2025-06-26", "Verslag van de Raad Buitenlandse Zaken")
    assert not any(paragraph.role == "row" for part in made.parts for section in part.sections for paragraph in section.paragraphs)


def test_a_table_with_a_column_of_dates_is_one() -> None:
    body = "<table><tr><th>Datum</th><th>Plaats</th></tr><tr><td>1 mei</td><td>Brussel</td></tr></table>"
    assert shape(body) == [("heads", "Datum\tPlaats"), ("row", "1 mei\tBrussel")]


def rows(*lines: str) -> str:
    return "<table>" + "".join(f"<tr>{line}</tr>" for line in lines) + "</table>"


B = "<td><b>Land</b></td><td><p><b>Bedrag</b></p></td>"
A = "<td>Mali</td><td>5</td>"


@pytest.mark.parametrize(
    ("lines", "roles"),
    [
        ((B, A, A), ["heads", "row", "row"]),
        (("<td colspan=2><b>Steun</b></td>", B, A, A), ["heads", "heads", "row", "row"]),
        (("<td><b>Steun</b></td>", A, A), ["row", "row", "row"]),
        ((B, B, A), ["row", "row", "row"]),
        (("<td><b>Land</b></td><td>Bedrag</td>", A), ["row", "row"]),
        (("<th>Land</th><th>Bedrag</th>", B, A), ["heads", "row", "row"]),
    ],
)
def test_bold_rows_above_plain_ones_are_the_heads_of_a_table_that_names_none(lines: tuple[str, ...], roles: list[str]) -> None:
    assert [block.role for block in blocks("<p>x</p>" + rows(*lines))][1:] == roles


def test_spanned_cells_keep_the_columns() -> None:
    found = shape(
        rows(
            "<th rowspan=2>Land</th><th colspan=2>Bedrag</th><th>Bron</th>",
            "<th>2022</th><th>2023</th>",
            "<td>Mali</td><td colspan=2>5</td><td>EU</td>",
            "<td rowspan=0>Niger</td><td>1</td>",
        )
    )
    assert found == [("heads", "Land\tBedrag\t\tBron"), ("heads", "\t2022\t2023"), ("row", "Mali\t5\t\tEU"), ("row", "Niger\t1")]


def test_a_span_that_lies_costs_nothing() -> None:
    body = rows("<td colspan=999999>a</td><td>b</td>", "<td rowspan=999999 colspan=-3>c</td><td>d</td>")
    assert max(len(text) for _, text in shape(body)) < 300


@pytest.mark.parametrize(
    "piece", ["<p><b>Aa</b><br><b>aa</b><br>", "<b>aa</b><br>a", "a<sup>1</sup><p><sup>1</sup>", "<table><tr><td rowspan=9>a<td>b</table>"]
)
def test_time_is_linear(piece: str) -> None:  # FAULTS A9
    assert is_linear(lambda n: f"<html><body><p>Tekst</p>{piece * n}".encode(), read, 2_000)
