"""Layouts of PDF files, made here: what is furniture, in which order columns are read, where paragraphs end."""

from collections.abc import Sequence

import pytest

from rbzqa.readers.pdf import read_pdf
from rbzqa.readers.pdf.glyphs import read_pages
from rbzqa.structure import build_document
from rbzqa.types import Block

from .pdfs import Text, block, pdf

RUN = (
    "De commissie heeft in het voorjaar met alle betrokken partijen gesproken over\n"
    "de uitvoering van de regeling en de gevolgen daarvan voor de burgers en de\n"
    "bedrijven"
)
LONG = f"{RUN} in de grensstreek. Dat heeft geleid tot een aantal aanbevelingen die nu\nworden uitgevoerd."
SHORT = "Uit de gesprekken blijkt dat de regeling in de praktijk goed werkt, al is er nog\nveel onbekend."


def flat(lines: str) -> str:
    return lines.replace("\n", " ")


def shape(data: bytes) -> list[tuple[str, str]]:
    return [(one.kind, one.text) for one in read_pdf(data) if one.kind not in ("furniture", "fact")]


def texts(*page: Sequence[Text]) -> list[str]:
    return [text for _, text in shape(pdf(*page))]


def of_kind(data: bytes, kind: str) -> list[Block]:
    return [one for one in read_pdf(data) if one.kind == kind]


def stated(data: bytes) -> list[tuple[str, str]]:
    return [(one.label, one.text) for one in of_kind(data, "fact")]


# Letters and words


@pytest.mark.parametrize(
    ("pieces", "expected"),
    [
        ([(80, "Het ministerie van Inf"), (175.3, "rastructuur en het land")], "Het ministerie van Infrastructuur en het land"),
        ([(80, "Op bladzijde 1"), (146, "van 7 staat het dan")], "Op bladzijde 1 van 7 staat het dan"),
        ([(80, "Dit is"), (103.5, " al goed gezet en af")], "Dit is al goed gezet en af"),
    ],
)
def test_words_are_made_by_the_place_of_their_letters(pieces: list[tuple[float, str]], expected: str) -> None:
    assert texts([Text(x, 700, part) for x, part in pieces]) == [expected]


def test_words_without_space_glyphs_are_parted_by_white() -> None:
    assert texts([Text(80, 700, "Geheel"), Text(115, 700, "zonder"), Text(149, 700, "spaties.")]) == ["Geheel zonder spaties."]


@pytest.mark.parametrize(
    ("x", "accent", "expected"),
    [(103.0, "´", "Het woord Kostić staat hier."), (103.0, "¸", "Het woord Kostiç staat hier."), (119.0, "´", "Het woord Kostic ´ staat hier.")],
)
def test_accent_printed_over_a_letter_makes_it_one(x: float, accent: str, expected: str) -> None:
    found = texts([Text(30, 700, "Het woord"), Text(80, 700, "Kostic"), Text(x, 700, accent), Text(126, 700, "staat hier.")])
    assert found == [expected]


@pytest.mark.parametrize("font", ["F", "B"])
def test_bold_by_printing_twice_is_read_once(font: str) -> None:
    assert texts([Text(80, 700, "Een zin die vet is."), Text(80.3, 700, "Een zin die vet is.", font=font)]) == ["Een zin die vet is."]


@pytest.mark.parametrize(
    ("text", "expected", "labels"),
    [
        ("Een zin.^1^ Nog een zin.", "Een zin. Nog een zin.", ["1"]),
        ("Een zin^1, 2^ met twee.", "Een zin met twee.", ["1", "2"]),
        ("Een veld van 20 km^2^ groot.", "Een veld van 20 km2 groot.", []),
        ("Het gas is 10^3^ maal meer.", "Het gas is 103 maal meer.", []),
        ("De 1^e^ keer.", "De 1e keer.", []),
        ("Een ster^*^ erbij.", "Een ster erbij.", ["*"]),
    ],
)
def test_raised_figure_is_a_mark_unless_it_is_a_power(text: str, expected: str, labels: list[str]) -> None:
    (found,) = of_kind(pdf([Text(80, 700, text)]), "paragraph")
    assert found.text == expected
    assert [mark.label for mark in found.marks] == labels
    assert all(found.text[: mark.offset] == text.split("^")[0] for mark in found.marks)


def test_turned_page_is_read_along_its_text() -> None:
    plain = pdf(block(80, 500, SHORT))
    turned = plain.replace(b"1 0 0 1 80 500 Tm", b"0 1 -1 0 95 80 Tm").replace(b"1 0 0 1 80 488 Tm", b"0 1 -1 0 107 80 Tm")
    assert plain != turned
    assert shape(turned) == shape(plain) == [("paragraph", flat(SHORT))]
    assert shape(pdf(block(80, 500, SHORT), extra="/Rotate 90")) == shape(plain)


def test_page_that_does_not_begin_at_its_corner_is_moved() -> None:
    moved = [Text(180, 750, f"{SHORT} En nog wat tekst.^1^".replace("\n", " "), 9), Text(180, 190, "^1^ Zie daar.", 6)]
    data = pdf(moved, links={0: [((180, 188, 300, 200), "https://www.x.nl/")]}).replace(b"[0 0 595 842]", b"[100 100 695 942]")
    (page,) = read_pages(data)
    assert (page.width, page.height, round(page.glyphs[0].x0), round(page.glyphs[0].y)) == (595, 842, 80, 650)
    assert [one.urls for one in of_kind(data, "footnote")] == [("https://www.x.nl/",)]


@pytest.mark.parametrize(("matrix", "place"), [(b"0 1 -1 0 95 80", (80, 500)), (b"-1 0 0 -1 500 700", (95, 142)), (b"0 -1 1 0 95 700", (142, 95))])
def test_text_that_runs_up_down_or_back_is_turned(matrix: bytes, place: tuple[int, int]) -> None:
    (page,) = read_pages(pdf([Text(80, 500, "Een regel")]).replace(b"1 0 0 1 80 500", matrix))
    assert (round(page.glyphs[0].x0), round(page.glyphs[0].y)) == place
    assert [glyph.text for glyph in sorted(page.glyphs, key=lambda glyph: glyph.x0)] == list("Een regel")


# Paragraphs


def test_white_indent_and_a_short_last_line_part_paragraphs() -> None:
    white = block(80, 700, LONG) + block(80, 640, SHORT)
    indent = [*block(80, 700, LONG), Text(92, 652, SHORT.split("\n")[0]), Text(80, 640, SHORT.split("\n")[1])]
    close = block(80, 700, LONG) + block(80, 652, SHORT)
    for page in (white, indent, close):
        assert texts(page) == [flat(LONG), flat(SHORT)]


def test_indent_parts_paragraphs_although_the_last_line_is_full() -> None:
    full = "De regeling werkt goed, en de burgers en de bedrijven in de grensstreek weten dat."
    page = [
        *block(80, 700, f"{RUN.rpartition(chr(10))[0]}\n{full}"),
        Text(92, 664, "De tweede alinea springt in, en loopt dan nog een aantal woorden door,"),
        Text(80, 652, "en eindigt."),
    ]
    assert [text.split(" ")[:2] for text in texts(page)] == [["De", "commissie"], ["De", "tweede"]]


def test_abbreviation_at_a_line_end_ends_no_paragraph() -> None:
    lines = (
        "Het advies is van de Raad van State en het nader rapport is d.d.\n"
        "21 augustus 2020 aan de Koning aangeboden door de Minister van Volksgezondheid,\n"
        "Welzijn en Sport."
    )
    assert texts(block(80, 700, lines)) == [flat(lines)]


def test_addressee_and_signature_of_short_lines() -> None:
    lines = "De Minister van Buitenlandse Zaken,\nM. J. M. Verhagen"
    assert texts(block(80, 700, LONG) + block(80, 620, lines)) == [flat(LONG), flat(lines)]


def test_items_of_a_list_are_paragraphs_and_hang() -> None:
    page = block(80, 700, "De raad vroeg in zijn brief aan de regering om drie zaken die hier worden genoemd:")
    for n, mark in enumerate(("•", "1.", "a.", "–")):
        page += [
            Text(80, 676 - 24 * n, mark),
            Text(98, 676 - 24 * n, f"de zaak nummer {n} die over meer dan een enkele regel doorloopt en dan"),
            Text(98, 664 - 24 * n, "eindigt;"),
        ]
    assert texts(page)[1:] == [
        f"{mark} de zaak nummer {n} die over meer dan een enkele regel doorloopt en dan eindigt;" for n, mark in enumerate(("•", "1.", "a.", "–"))
    ]


def test_dash_or_number_at_a_line_head_is_running_text() -> None:
    lines = (
        "De zaak van de minister en de Kamer – en dat is een gewone zin met een streep\n"
        "– loopt door tot aan het einde van de regel en verwijst ook nog naar artikel\n"
        "12. Daarna is hij af."
    )
    assert texts(block(80, 700, lines)) == [flat(lines)]


def test_paragraph_over_a_page_break_is_one_and_knows_where_it_turns() -> None:
    first = [*block(80, 700, LONG), Text(80, 90, "Daar komt bij dat de looptijd van de regeling nog een jaar langer is dan wat"), Text(300, 30, "7")]
    second = block(80, 760, "de bedoeling was.") + block(80, 700, SHORT) + [Text(300, 30, "8")]
    blocks = of_kind(pdf(first, second), "paragraph")
    assert [one.text for one in blocks] == [
        flat(LONG),
        "Daar komt bij dat de looptijd van de regeling nog een jaar langer is dan wat de bedoeling was.",
        flat(SHORT),
    ]
    at = blocks[1].text.index("de bedoeling")
    assert (blocks[1].page, blocks[1].page_turns, blocks[2].page) == (7, ((at, 8),), 8)


def test_page_is_the_physical_one_where_none_is_printed() -> None:
    assert [one.page for one in of_kind(pdf(block(80, 700, LONG), block(80, 700, SHORT)), "paragraph")] == [1, 2]


def test_sentence_that_ends_at_the_foot_of_a_page_ends_its_paragraph() -> None:
    assert texts(block(80, 110, SHORT), block(80, 760, LONG)) == [flat(SHORT), flat(LONG)]


# Furniture


def test_running_lines_leave_and_what_is_said_twice_stays() -> None:
    pages = [
        [
            Text(80, 810, "Evaluatie van de regeling", 8),
            Text(80, 798, f"Versie 1.0, bladzijde {n} van 3", 8),
            *block(80, 700, f"Op dag {n} van het onderzoek is gesproken met de {who}.\nDat was zo afgesproken."),
            *block(80, 78, f"Op dag {n} stond er op elke bladzijde onderaan iets dat gelijk is, zoals bij de {who},\nmet als slot een gelijke regel."),
        ]
        for n, who in ((1, "raad"), (2, "griffie"), (3, "pers"))
    ]
    found = texts(*pages)
    assert not any("Evaluatie" in text or "Versie" in text for text in found)
    assert sum(text.endswith("met als slot een gelijke regel.") for text in found) == 3


def test_heading_that_opens_two_pages_alike_is_kept() -> None:
    pages = [[Text(80, 760, f"Artikel {n}", 12, "B"), *block(80, 740, f"{LONG} Dit is lid {n}.")] for n in (3, 8)]
    assert [one.text for one in of_kind(pdf(*pages), "heading")] == ["Artikel 3", "Artikel 8"]
    assert all(one.starts_page for one in of_kind(pdf(*pages), "heading"))


# Headings


def test_headings_by_size_weight_and_number_have_levels() -> None:
    page = [Text(80, 780, "Evaluatie van de regeling", 16, "B")]
    for n in (1, 2):
        top = 740 - 300 * (n - 1)
        page += [Text(80, top, f"{n}. Hoofdstuk", 12, "B"), *block(80, top - 20, LONG)]
        page += [Text(80, top - 90, f"{n}.1 Aanpak", 12, "B"), *block(80, top - 110, SHORT)]
        page += [
            Text(80, top - 150, "Nader bezien", 10, "B"),
            *block(80, top - 162, SHORT),
            Text(80, top - 200, "Cursief kopje", 10, "I"),
            *block(80, top - 212, SHORT),
        ]
    assert [(one.level, one.text) for one in of_kind(pdf(page), "heading")] == [
        (1, "Evaluatie van de regeling"),
        *[(level, text) for n in (1, 2) for level, text in ((2, f"{n}. Hoofdstuk"), (3, f"{n}.1 Aanpak"), (4, "Nader bezien"), (5, "Cursief kopje"))],
    ]


def test_larger_line_is_a_heading_although_it_is_not_bold() -> None:
    page = [Text(80, 740, "Evaluatie van de regeling", 14), *block(80, 700, LONG)]
    assert shape(pdf(page)) == [("heading", "Evaluatie van de regeling"), ("paragraph", flat(LONG))]


def test_numbered_lines_that_follow_each_other_are_a_list() -> None:
    page = block(80, 700, LONG)
    for n in range(1, 4):
        page += [Text(80, 640 - 24 * n, f"{n}. Het voorstel voor {'een veel ' * n}langere looptijd")]
    assert of_kind(pdf(page + block(80, 480, LONG)), "heading") == []


def test_many_lines_in_capitals_below_each_other_are_a_list() -> None:
    page = block(80, 700, LONG)
    for n, name in enumerate(("AFGHANISTAN", "BOLIVIA", "COLOMBIA", "DENEMARKEN", "ETHIOPIË")):
        page += [Text(80, 640 - 24 * n, name)]
    assert of_kind(pdf(page + block(80, 480, LONG)), "heading") == []
    assert len(of_kind(pdf([*block(80, 700, LONG), Text(80, 640, "AFGHANISTAN"), *block(80, 610, LONG)]), "heading")) == 1


@pytest.mark.parametrize("line", ["Geachte voorzitter,", "De Kamer wordt geïnformeerd.", "Ceder", "• een punt", "H. Jansen"])
def test_plain_line_is_no_heading(line: str) -> None:
    page = [*block(80, 700, LONG), Text(80, 630, line), *block(80, 600, SHORT)]
    assert of_kind(pdf(page), "heading") == []


def test_bold_phrase_in_running_text_is_no_heading() -> None:
    lines = LONG.split("\n")
    page = [Text(80, 700, lines[0]), Text(80, 688, lines[1], font="B"), Text(80, 676, lines[2]), Text(80, 664, lines[3])]
    assert shape(pdf(page)) == [("paragraph", flat(LONG))]


# Footnotes


def test_footnotes_follow_the_block_of_their_mark_and_run_on_to_the_next_page() -> None:
    first = block(80, 700, "Een zin met een noot.^1^ Nog een zin, met nog een noot^2^ erin.") + block(80, 660, SHORT)
    first += block(
        80, 90, "^1^ Zie het rapport.\n^2^ Zie het andere rapport van de Rekenkamer, dat over de uitvoering van de\nregeling gaat en dat", 7, pitch=9
    )
    second = block(80, 700, "Een derde zin met een noot.^3^") + block(80, 660, SHORT)
    second += block(80, 90, "over twee bladzijden loopt.\n^3^ Zie www.x.nl.", 7, pitch=9)
    data = pdf(first, second, links={1: [((80, 78, 200, 90), "https://www.x.nl/"), ((80, 640, 200, 670), "https://www.tekst.nl/")]})
    blocks = read_pdf(data)
    assert [(one.kind, one.label) for one in blocks] == [
        ("paragraph", ""),
        ("footnote", "1"),
        ("footnote", "2"),
        ("paragraph", ""),
        ("paragraph", ""),
        ("footnote", "3"),
        ("paragraph", ""),
    ]
    second_note = blocks[2]
    assert second_note.text == "Zie het andere rapport van de Rekenkamer, dat over de uitvoering van de regeling gaat en dat over twee bladzijden loopt."
    assert second_note.page_turns == ((second_note.text.index("over twee"), 2),)
    assert (blocks[5].text, blocks[5].urls, second_note.urls) == ("Zie www.x.nl.", ("https://www.x.nl/",), ())


def test_footnote_with_a_figure_of_its_own_size_is_paired() -> None:
    page = block(80, 700, f"{LONG} Een zin met een noot.^1^ En meer tekst.") + block(80, 90, "1 Zie het rapport van 2020.\n2 dagen later.", 7, pitch=9)
    (note,) = of_kind(pdf(page), "footnote")
    assert (note.label, note.text) == ("1", "Zie het rapport van 2020. 2 dagen later.")


def test_footnotes_that_start_anew_on_each_page_are_paired_by_page() -> None:
    pages = [[*block(80, 700, f"{LONG}\nZin {n} met een noot.^1^ En meer tekst."), Text(80, 90, f"^1^ Noot {n}.", 7)] for n in (1, 2, 3)]
    assert [text for kind, text in shape(pdf(*pages)) if kind == "footnote"] == ["Noot 1.", "Noot 2.", "Noot 3."]
    found = [text for _, text in shape(pdf(*pages))]
    assert [text.split(" ")[:2] for text in found if "oot" in text] == [words for n in (1, 2, 3) for words in (["Zin", f"{n}"], ["Noot", f"{n}."])]


def test_star_below_a_numbered_footnote_is_one_of_its_own() -> None:
    page = block(80, 700, f"{LONG} Een zin met een noot^1^ en een ster.^*^") + block(80, 90, "^1^ Zie het rapport\n* en de bijlage.", 7, pitch=9)
    assert [(note.label, note.text) for note in of_kind(pdf(page), "footnote")] == [("1", "Zie het rapport"), ("*", "en de bijlage.")]


def test_footnote_without_its_mark_is_kept() -> None:
    page = [*block(80, 700, SHORT), Text(80, 90, "^4^ Een noot zonder teken.", 7)]
    assert shape(pdf(page)) == [("paragraph", flat(SHORT)), ("footnote", "Een noot zonder teken.")]


def test_small_print_without_a_label_is_text() -> None:
    page = block(80, 700, SHORT) + block(80, 90, "Colofon van de uitgave.", 7)
    assert shape(pdf(page)) == [("paragraph", flat(SHORT)), ("paragraph", "Colofon van de uitgave.")]


def test_footnote_runs_on_alone_at_the_foot_of_the_next_page() -> None:
    first = block(80, 700, f"{LONG} Een zin met een noot.^1^") + block(
        80, 90, "^1^ Zie het rapport van de Rekenkamer over de uitvoering van de regeling, en dat", 7
    )
    second = block(80, 700, LONG) + block(80, 90, "van een jaar later.", 7)
    (note,) = of_kind(pdf(first, second), "footnote")
    assert note.text.endswith("van de regeling, en dat van een jaar later.") and [page for _, page in note.page_turns] == [2]


def test_mark_without_a_footnote_takes_none_of_the_next_page() -> None:
    first, second = block(80, 700, f"{LONG} Eerste.^1^"), [*block(80, 700, f"{LONG} Tweede.^1^"), Text(80, 90, "^1^ Zie daar.", 7)]
    assert [kind for kind, _ in shape(pdf(first, second))] == ["paragraph", "paragraph", "footnote"]
    assert [text.split(" ")[-1] for _, text in shape(pdf(first, second))] == ["Eerste.", "Tweede.", "daar."]


# Tables


def table(y: float, rows: Sequence[Sequence[str]], xs: Sequence[float] = (80, 220, 320), font: str = "F") -> list[Text]:
    return [Text(x, y - 12 * n, cell, 10, font if n == 0 else "F") for n, row in enumerate(rows) for x, cell in zip(xs, row, strict=True) if cell]


def test_cells_under_each_other_are_rows() -> None:
    rows = [("Land", "Uitgaven", "Aandeel"), ("België", "12", "3%"), ("Duitsland en", "7", "-"), ("omgeving", "", "")]
    page = [*block(80, 700, SHORT), Text(80, 640, "Tabel 1 Uitgaven", 10, "B"), *table(625, rows, font="B"), *block(80, 560, LONG)]
    assert [(one.role, one.text) for one in read_pdf(pdf(page))] == [
        ("text", flat(SHORT)),
        ("heads", "Tabel 1 Uitgaven"),
        ("heads", "Land\tUitgaven\tAandeel"),
        ("row", "België\t12\t3%"),
        ("row", "Duitsland en\t7\t-"),
        ("text", "omgeving"),
        ("text", flat(LONG)),
    ]


def test_cell_of_more_lines_is_one_row() -> None:
    rows = [("Land", "Wat er is besloten", "Jaar"), ("België", "een nieuwe regeling", "2023"), ("", "voor de grens", ""), ("Frankrijk", "nog niets", "2024")]
    found = [(one.role, one.text) for one in read_pdf(pdf(block(80, 700, SHORT) + table(640, rows, font="B")))]
    assert found[1:] == [
        ("heads", "Land\tWat er is besloten\tJaar"),
        ("row", "België\teen nieuwe regeling voor de grens\t2023"),
        ("row", "Frankrijk\tnog niets\t2024"),
    ]


def test_row_whose_cells_all_run_on_is_one() -> None:
    rows = [
        ("Land", "Besluit", "Stand"),
        ("Duitsland en", "een nieuwe regeling", "nog in"),
        ("omgeving", "voor de grens", "overleg"),
        ("België", "nog niets", "open"),
    ]
    found = [one.text for one in read_pdf(pdf(block(80, 700, SHORT) + table(640, rows, font="B")))]
    assert found[1:] == ["Land\tBesluit\tStand", "Duitsland en omgeving\teen nieuwe regeling voor de grens\tnog in overleg", "België\tnog niets\topen"]


def test_empty_cell_keeps_its_place() -> None:
    rows = [("Land", "2022", "2023"), ("België", "", "3"), ("Duitsland", "5", "")]
    found = [one.text for one in read_pdf(pdf(block(80, 700, SHORT) + table(640, rows))) if one.role in ("row", "heads")]
    assert found == ["Land\t2022\t2023", "België\t\t3", "Duitsland\t5"]


def test_cells_that_do_not_stand_under_each_other_are_lines_and_nothing_is_lost() -> None:
    page = [*block(80, 700, SHORT), Text(80, 640, "een twee"), Text(200, 640, "drie"), Text(80, 628, "vier"), Text(130, 628, "vijf zes zeven acht negen")]
    found = read_pdf(pdf(page))
    assert {one.role for one in found} == {"text"}
    assert " ".join(one.text for one in found).endswith("een twee drie vier vijf zes zeven acht negen")


def test_cells_far_apart_are_no_table() -> None:
    found = read_pdf(pdf([*block(80, 700, LONG), Text(80, 600, "Den Haag"), Text(300, 600, "Utrecht"), Text(80, 400, "Gouda"), Text(300, 400, "Leiden")]))
    assert {one.role for one in found} == {"text"}


def test_table_of_two_columns_is_read_by_rows() -> None:
    rows = [("Land", "Hoofdstad"), *((f"Land {n}", f"Stad {n}") for n in range(9))]
    long = [("Land van herkomst", "Aantal"), *((f"De republiek nummer {n} van de lijst", f"{n} van de genoemde aantallen") for n in range(9))]
    small = [("soort", "aantal"), *((f"soort {'met een langere naam ' * (n % 4 == 0)}{n}", f"ongeveer {n}") for n in range(9))]
    for cells in (rows, long, small):
        found = [one.text for one in read_pdf(pdf(table(700, cells, (80, 330), font="B") + block(80, 500, LONG)))]
        assert found[:2] == ["\t".join(cells[0]), "\t".join(cells[1]).replace(" \t", "\t")]


# Two columns

COLUMN = (
    "De heer Jansen heeft gevraagd of de\n"
    "minister bereid is om met zijn ambt-\n"
    "genoten te spreken over de gevolgen\n"
    "van het besluit en over wat zij daar\n"
    "van vinden, want dat is nog niet ge-\n"
    "zegd.\n"
    "Mevrouw De Vries sluit zich daar met\n"
    "nadruk bij aan en vraagt wat de Raad\n"
    "van plan is."
)


def test_columns_are_read_one_after_the_other_between_lines_over_both() -> None:
    page = [Text(60, 790, "De beraadslaging over de brief van de minister, op deze dag gehouden in de zaal", 12, "B")]
    page += block(60, 760, COLUMN) + block(310, 760, COLUMN.replace("Jansen", "Bakker"))
    page += [Text(60, 620, "De beraadslaging over het tweede onderwerp, op dezelfde dag in dezelfde zaal", 12, "B")]
    page += block(60, 590, COLUMN.replace("Jansen", "Smit")) + block(310, 590, COLUMN.replace("Jansen", "Visser"))
    found = [(kind, text.split(" ")[2]) for kind, text in shape(pdf(page))]
    names = [("paragraph", name) for name in ("Jansen", "Vries", "Bakker", "Vries", "Smit", "Vries", "Visser", "Vries")]
    assert found == [("heading", "over"), *names[:4], ("heading", "over"), *names[4:]]
    assert "ambtgenoten te spreken" in shape(pdf(page))[1][1]


def test_paragraph_goes_on_in_the_next_column() -> None:
    lines = COLUMN.split("\n")
    left, right = "\n".join(lines * 2 + lines[:3]), "\n".join(lines[3:] + lines)
    assert [text.split(" ")[2] for text in texts(block(60, 760, left) + block(310, 760, right))] == ["Jansen", "Vries"] * 4


# A printed piece of Parliament


def printed(head: list[Text], body: list[Text], foot: str, *more: list[Text], mast: str = "Tweede Kamer der Staten-Generaal") -> bytes:
    mastheads = [Text(55, 762, mast, 18, "B"), Text(506, 740, "2", 51, "B"), Text(55, 706, "Vergaderjaar 2008–2009", 9.6)]
    first = [*mastheads, *head, *body, Text(55, 82, "kst-21501-02-870", 5.9), Text(55, 76, "ISSN 0921 - 7371", 5.9)]
    pages = [[*page, Text(221, 69, foot, 9), Text(535, 69, str(n), 9)] for n, page in enumerate((first, *more), 1)]
    return pdf(*pages)


FOOT = "Tweede Kamer, vergaderjaar 2008–2009, 21 501-02, nr. 870"
BODY = block(
    221,
    498,
    (
        "Hierbij bied ik u het verslag aan van de Raad, die over de samen-\n"
        "werking met de EU-\n"
        "landen sprak. De minister-\n"
        "president was er en ook de Oost-\n"
        "en Zuid-Europese landen, die de minister-president van\n"
        "maandag aanhoorden."
    ),
    9,
    pitch=10.7,
)


def test_printed_piece_of_two_dossiers_that_is_printed_again() -> None:
    head = [
        Text(55, 640, "21 501-02", 12, "B"),
        *block(221, 640, "Raad Algemene Zaken en Raad Buiten-\nlandse Zaken", 12, "B", pitch=13),
        Text(55, 600, "21 501-20", 12, "B"),
        Text(221, 600, "Europese Raad", 12, "B"),
        Text(221, 572, "HERDRUK^1^", 9.6, "B"),
        Text(55, 560, "Nr. 870", 9.6, "B"),
        *block(221, 560, "BRIEF VAN DE MINISTER VAN BUITENLANDSE ZAKEN", 9.6, "B"),
        Text(221, 548, "Ontvangen 30 maart 2009", 9),
    ]
    data = printed(head, [*BODY, Text(221, 120, "^1^ I.v.m. een correctie in de tekst.", 7)], FOOT)
    assert stated(data) == [
        ("pages", "publication"),
        ("identifier", "kst-21501-02-870"),
        ("chamber", "Tweede Kamer der Staten-Generaal"),
        ("session", "Vergaderjaar 2008–2009"),
        ("publication", "Kamerstuk"),
        ("dossier", "21 501-02"),
        ("dossier_title", "Raad Algemene Zaken en Raad Buitenlandse Zaken"),
        ("dossier", "21 501-20"),
        ("dossier_title", "Europese Raad"),
        ("number", "870"),
        ("reprint", "HERDRUK"),
        ("title", "BRIEF VAN DE MINISTER VAN BUITENLANDSE ZAKEN"),
        ("date", "30 maart 2009"),
    ]
    assert shape(data) == [
        (
            "paragraph",
            "Hierbij bied ik u het verslag aan van de Raad, die over de samenwerking met de EU-landen sprak. De minister-president was er en ook de"
            " Oost- en Zuid-Europese landen, die de minister-president van maandag aanhoorden.",
        ),
        ("footnote", "I.v.m. een correctie in de tekst."),
    ]


@pytest.mark.parametrize(("label", "number", "reprint"), [("Nr. 7 HERDRUK", "7", True), ("Nr. 12", "12", False), ("BG", "BG", False)])
def test_number_beside_the_title(label: str, number: str, reprint: bool) -> None:
    head = [
        Text(55, 640, "36 800 XIV", 12, "B"),
        Text(221, 640, "Begroting", 12, "B"),
        Text(55, 560, label, 9.6, "B"),
        Text(221, 560, "MOTIE VAN HET LID X", 9.6, "B"),
    ]
    data = printed([*head, Text(221, 530, "Inleiding", 9.6, "B")], BODY, FOOT)
    found = stated(data)
    assert shape(data)[0] == ("heading", "Inleiding")
    assert ("dossier", "36 800 XIV") in found and ("number", number) in found and ("title", "MOTIE VAN HET LID X") in found
    assert (("reprint", "HERDRUK") in found) == reprint


def test_printed_page_numbers_are_those_of_the_foot_and_a_wide_table_is_kept() -> None:
    wide = table(700, [("Land", "Uitgaven in miljoenen", "Aandeel"), ("België", "12", "3%"), ("Duitsland", "7", "4%")], (55, 240, 450), font="B")
    data = printed([Text(55, 640, "21 501-02", 12, "B"), Text(221, 640, "Raad", 12, "B")], BODY, FOOT, wide)
    rows = [one for one in read_pdf(data) if one.role in ("row", "heads")]
    assert [(one.page, one.text) for one in rows] == [(2, "Land\tUitgaven in miljoenen\tAandeel"), (2, "België\t12\t3%"), (2, "Duitsland\t7\t4%")]


def test_answer_with_words_behind_the_date_keeps_them() -> None:
    opening = block(
        221, 500, "Vragen van het lid Ceder (ChristenUnie) aan de Minister over ont-\nwikkelingen in Jemen (ingezonden 5 juni 2024).", 8.5, pitch=9.6
    )
    opening += block(
        221, 475, "Antwoord van Minister Bruins Slot (Buitenlandse Zaken) (ontvangen\n28 juni 2024). Zie ook Aanhangsel Handelingen, nr. 1848.", 8.5, pitch=9.6
    )
    body = block(221, 440, "Vraag 1\nBent u bekend met de oproep van de organisaties die in het land actief zijn?", 8.5, pitch=9.6)
    body += block(221, 410, "Antwoord 1\nJa.", 8.5, pitch=9.6) + block(221, 380, "Toelichting:\nDeze vragen dienen ter aanvulling.", 8.5, pitch=9.6)
    head = [Text(221, 706, "Aanhangsel van de Handelingen", 10, "B"), *block(221, 649, "Vragen gesteld door de leden der Kamer, met de\nantwoorden", 9, "B")]
    data = printed([*head, Text(221, 538, "2129", 12.8, "B")], opening + body, "Tweede Kamer, vergaderjaar 2008–2009, Aanhangsel")
    assert stated(data)[4:] == [
        ("publication", "Aanhangsel"),
        ("number", "2129"),
        ("title", "Vragen van het lid Ceder (ChristenUnie) aan de Minister over ontwikkelingen in Jemen"),
        ("author", "Minister Bruins Slot (Buitenlandse Zaken)"),
        ("date", "28 juni 2024"),
    ]
    shown = [one for one in read_pdf(data) if one.kind not in ("fact", "furniture")][:5]
    assert [(one.kind, one.text) for one in shown] == [
        ("paragraph", "Zie ook Aanhangsel Handelingen, nr. 1848."),
        ("heading", "Vraag 1"),
        ("paragraph", "Bent u bekend met de oproep van de organisaties die in het land actief zijn?"),
        ("heading", "Antwoord 1"),
        ("paragraph", "Ja."),
    ]
    document = build_document(shown[1:], id="x", sha256="0" * 64, file="x", parser="pdf-1")
    assert [p.role for part in document.parts for section in part.sections for p in section.paragraphs] == ["question", "answer"]


# A ministry's letter


def letter(side: list[Text], labels: list[Text], *more: list[Text]) -> bytes:
    first = [
        Text(80, 700, "> Retouradres Postbus 20901 2500 EX Den Haag", 6.8),
        *block(80, 678, "De voorzitter van de Tweede Kamer\nder Staten-Generaal", 9),
        *side,
        *labels,
    ]
    first += block(80, 454, "Geachte voorzitter,", 9) + block(80, 430, LONG, 9)
    pages = [first, *more]
    return pdf(*([*page, Text(467, 28, f"Pagina {n} van {len(pages)}", 6.8)] for n, page in enumerate(pages, 1)))


SIDE = [
    *block(467, 680, "Ministerie van\nBuitenlandse Zaken", 6.8, "B", pitch=9),
    Text(467, 649, "Rijnstraat 8", 6.8),
    Text(467, 619, "Onze referentie", 6.8, "B"),
    Text(467, 610, "BZDOC-1234-", 6.8),
    Text(467, 601, "56", 6.8),
]


def test_letter_pairs_its_labels_with_their_values() -> None:
    labels = [
        Text(85, 532, "Datum", 9),
        Text(142, 532, "31 januari 2023", 9),
        Text(85, 520, "Betreft", 9),
        *block(142, 520, "Verslag van de Raad Buitenlandse Zaken\nvan 23 januari 2023", 9),
    ]
    second = block(80, 671, "Een zin op de tweede bladzijde die naast een kenmerk staat, en die daar over\nnog een regel doorloopt.", 9)
    data = letter(SIDE, labels, [*second, Text(467, 683, "Kenmerk", 6.8, "B"), Text(440, 671, "BZDOC-1234-56", 6.8)])
    assert stated(data) == [
        ("pages", "letter"),
        ("ministry", "Ministerie van Buitenlandse Zaken"),
        ("kenmerk", "BZDOC-1234-56"),
        ("date", "31 januari 2023"),
        ("subject", "Verslag van de Raad Buitenlandse Zaken van 23 januari 2023"),
    ]
    found = shape(data)
    assert found[:2] == [("paragraph", "De voorzitter van de Tweede Kamer der Staten-Generaal"), ("paragraph", "Geachte voorzitter,")]
    assert not any("Retour" in text or "Pagina" in text or "Rijnstraat" in text or "januari" in text for _, text in found)


def test_letter_with_values_behind_their_labels() -> None:
    data = letter(SIDE, [Text(80, 532, "Datum 31 januari 2023", 9), Text(80, 520, "Betreft Verslag van de Raad", 9)])
    assert stated(data)[3:] == [("date", "31 januari 2023"), ("subject", "Verslag van de Raad")]


def test_letter_keeps_its_hyphens() -> None:
    second = block(80, 671, "Een zin op de tweede bladzijde over de kosten van veiligheids-\nbeleid.", 9)
    assert any("van veiligheids-beleid." in text for _, text in shape(letter(SIDE, [], second)))
