"""Where paragraphs begin in texts without blank lines, lists, letterheads and tables flattened to cells."""

import pytest

from rbzqa.readers import read
from rbzqa.readers.text.parting import Line, part
from rbzqa.structure import build_document
from rbzqa.types import Block

from .conftest import REPOSITORY
from .fakes import letter

TEXTS = REPOSITORY.parent / "shared" / "data" / "docs" / "text"


def shape(body: str) -> list[tuple[str, str]]:
    return [(block.kind, block.text) for block in read(body.encode())[0]]


def parted(body: str) -> list[str]:
    """The pieces between blank lines."""
    text = "\n".join(line.text for line in part([Line(line, None, False) for line in body.split("\n")]))
    return [piece.strip() for piece in text.split("\n\n") if piece.strip()]


# Lists


@pytest.mark.parametrize(
    "items",
    [
        ["1. Registratiekosten;", "2. Controles door de NLA;", "3. Verbod."],
        ["1. Appels", "2. Peren", "3. Noten"],
        ["a) Appels", "b) Peren"],
        ["1) een", "2) twee"],
        ["- Appels;", "- Peren."],
        ["– appels", "– peren"],
        ["• Appels", "• Peren"],
        ["• 1. De IOB is actief.", "• 2. De IOB is laat."],
        ["● een", "● twee"],
    ],
)
def test_items_on_lines_below_each_other_are_paragraphs(items: list[str]) -> None:
    body = "Het betreft de volgende onderwerpen:\n" + "\n".join(items)
    assert shape(body) == [("paragraph", "Het betreft de volgende onderwerpen:"), *(("paragraph", item) for item in items)]


def test_item_goes_on_until_the_next() -> None:
    body = "De punten:\n1. Controles door de NLA en de\nInspectie Leefomgeving (ILT);\n2. Update zomerdrukte."
    assert [text for _, text in shape(body)] == ["De punten:", "1. Controles door de NLA en de Inspectie Leefomgeving (ILT);", "2. Update zomerdrukte."]


@pytest.mark.parametrize(
    "body",
    [
        "Dit volgt uit artikel\n5. De Raad sprak erover.",
        "Dit volgt uit artikel\n1. De Raad sprak erover.",
        "Hij bleef lang weg -\n- zo leek het -\nen kwam toen terug.",
        "De Raad sprak erover.\n– Dat was nieuw.",
        "De reeks loopt van 2\n3. en dan\n5. en verder.",
        "Het gaat om plan\na. van aanpak.",
    ],
)
def test_line_of_running_text_is_no_item(body: str) -> None:
    assert shape(body) == [("paragraph", " ".join(body.split("\n")))]


def test_numbered_headings_between_paragraphs_stay_headings() -> None:
    assert shape("1. Inleiding\n\nTekst.\n\n2. Inzet\n\nMeer tekst.")[::2] == [("heading", "1. Inleiding"), ("heading", "2. Inzet")]


def test_lower_case_item_at_the_head_of_a_page_is_not_joined_to_the_last() -> None:
    assert [text for _, text in shape("De punten zijn\n\n\fa. appels\nb. peren")] == ["De punten zijn", "a. appels", "b. peren"]


# Wrapped texts

LONG = "De Raad sprak uitgebreid over de situatie in dat land en over de hulp die daarvoor"
WRAPPED = [
    "Brief regering : Verslag Raad Buitenlandse Zaken van 22 januari 2024, dat veel langer is dan de andere regels",
    "21 501-02 Raad Algemene Zaken en Raad Buitenlandse Zaken",
    "Nr. 2822",
    "BRIEF VAN DE MINISTERS VOOR BUITENLANDSE HANDEL EN ONTWIKKELINGSHULP EN VAN",
    "DEFENSIE",
    "Aan de Voorzitter van de Tweede Kamer der Staten-Generaal",
    "Den Haag, 30 januari 2024",
    "Hierbij bied ik u het verslag aan van de Raad Buitenlandse Zaken van 22 januari 2024.",
    "De Minister van Buitenlandse Zaken, H.G.J. Bruins Slot",
    "VERSLAG RAAD BUITENLANDSE ZAKEN 22 JANUARI 2024",
    LONG,
    "nodig is. De leden waren het eens over het belang van een goede afstemming daarvan.",
    "Situatie in het Midden-Oosten",
    LONG,
    "nodig is in de komende tijd.1",
    "Sahel",
    LONG,
    "nodig is.",
]


def test_wrapped_letter_is_parted_at_every_change_of_kind() -> None:
    assert [text for _, text in shape("\n".join(WRAPPED))] == [
        *WRAPPED[:3],
        f"{WRAPPED[3]} {WRAPPED[4]}",
        *WRAPPED[5:10],
        f"{LONG} {WRAPPED[11]}",
        WRAPPED[12],
        f"{LONG} {WRAPPED[14]}",
        WRAPPED[15],
        f"{LONG} nodig is.",
    ]


def test_report_run_into_the_signature_is_found() -> None:
    document = letter("brief", "\n".join(WRAPPED))
    assert [(one.kind, one.title) for one in document.parts] == [("letter", ""), ("report", WRAPPED[9])]
    assert [section.path for section in document.parts[1].sections] == [(), (WRAPPED[12],), (WRAPPED[15],)]
    assert document.meta.signatories == (WRAPPED[8],)
    assert (document.meta.date, document.meta.publications[0].number) == ("2024-01-30", "2822")


def test_name_on_the_line_below_the_office_is_parted_from_what_follows() -> None:
    lines = [
        *WRAPPED[:8],
        "De Minister van Buitenlandse Zaken,",
        "C.C.J. Veldkamp",
        "Verslag van de Raad Buitenlandse Zaken van 22 januari 2024",
        *WRAPPED[10:],
    ]
    document = letter("brief", "\n".join(lines))
    assert [one.kind for one in document.parts] == ["letter", "report"]
    assert "".join(document.meta.signatories).replace(" ", "") == "DeMinistervanBuitenlandseZaken,C.C.J.Veldkamp"


def test_heading_does_not_end_in_a_function_word() -> None:
    lines = [LONG, "nodig is.", "Controles door de Nederlandse Arbeidsinspectie en de", "Inspectie Leefomgeving", *[LONG, "nodig is."] * 4]
    assert parted("\n".join(lines))[1].startswith("Controles door de Nederlandse Arbeidsinspectie en de\nInspectie")


def test_letterhead_lines_are_parted_in_any_text() -> None:
    head = ["Tweede Kamer der Staten-Generaal 2", "Vergaderjaar 2019-2020", "21 501-02 Raad", "Nr. 3 BRIEF VAN DE MINISTER", "Den Haag, 3 mei 2020"]
    body = "\n".join([*head, "Geachte voorzitter,\n\nTekst."])
    assert parted(body) == body.replace("\n\n", "\n").split("\n")


def test_line_like_a_letterhead_in_running_text_is_not_parted() -> None:
    body = "De Raad sprak over Mali.\nZie het dossier\n21 501-02 Raad Algemene Zaken\nen Den Haag, 3 mei 2020"
    assert parted(body) == [body]
    assert parted("Geachte voorzitter,\nOver\nDen Haag, 3 mei 2020\nis gesproken.") == ["Geachte voorzitter,\nOver\nDen Haag, 3 mei 2020\nis gesproken."]


def test_title_in_capitals_may_end_in_a_full_stop() -> None:
    title = "VERSLAG INFORMELE VIDEOCONFERENTIE RAAD BUITENLANDSE ZAKEN\nVAN 27 EN 28 AUGUSTUS 2020."
    assert shape(f"{title}\n\nTekst.")[0] == ("heading", title.replace("\n", " "))
    assert shape("DIT IS ZO.\n\nTekst.")[0][0] == "paragraph"


# Page numbers and cells


def test_number_among_cells_is_a_cell() -> None:
    cells = ["RAZ", "12", "Aanwezig", "RBZ", "7", "Afgemeld", "Gymnich", "2018"]
    body = "\n\n".join(["De tabel volgt hier.", "Aanwezigheid in dat jaar", *cells, "Daarna volgt tekst."])
    assert shape(body) == [
        ("paragraph", "De tabel volgt hier."),
        ("heading", "Aanwezigheid in dat jaar"),
        *(("paragraph", cell) for cell in cells),
        ("paragraph", "Daarna volgt tekst."),
    ]


@pytest.mark.parametrize("between", ["\n\n12\n\n", "\n12\n"])
def test_number_between_running_text_is_a_page_number(between: str) -> None:
    assert shape(f"Een alinea.{between}Nog een.")[1] == ("furniture", "12")
    assert shape(f"Een alinea.{between}Kop\n\nNog een.")[1] == ("furniture", "12")


def test_numbers_at_the_edge_of_a_page_are_page_numbers_even_among_headings() -> None:
    assert ("furniture", "12") in shape("Tekst.\n\nKop een\n\n12\n\n\fKop twee\n\nTekst.")
    assert ("furniture", "12") in shape("Tekst.\n\nKop een\n\n\f12\n\nKop twee\n\nTekst.")


def test_numbers_that_count_over_many_lines_are_page_numbers() -> None:
    rows = [f"Cel {n}x" for n in range(10)]
    body = "\n\n".join(["Tekst.", *rows, "3", *rows, "4", *rows, "Slot."])
    assert [text for kind, text in shape(body) if kind == "furniture"] == ["3", "4"]
    near = "\n\n".join(["Tekst.", *rows, "3", "Cel", "4", *rows, "Slot."])
    assert [text for kind, text in shape(near) if kind == "furniture"] == []


def test_placeholder_among_cells_is_still_furniture() -> None:
    body = "\n\n".join(["Tekst.", "Kop", "Cel", "[Ondertekenaar 2]", "Cel", "Pagina 3 van 7", "Cel", "Slot."])
    assert [text for kind, text in shape(body) if kind == "furniture"] == ["[Ondertekenaar 2]", "Pagina 3 van 7"]


def test_stack_of_headings_is_no_table() -> None:
    body = "\n\n".join(["Tekst.", "VERSLAG RAAD BUITENLANDSE ZAKEN", "Current affairs", "Bolivia", "Meer tekst."])
    assert [kind for kind, _ in shape(body)] == ["paragraph", "heading", "heading", "heading", "paragraph"]
    body = "\n\n".join(["Tekst.", "Slot", "Mali", "Niger", "GEANNOTEERDE AGENDA RAAD", "Introductie", "Wit-Rusland", "Meer tekst."])
    assert [kind for kind, _ in shape(body)] == ["paragraph", *["heading"] * 6, "paragraph"]


FULL = "De Raad sprak lang over de toestand in de regio en over de gevolgen daarvan voor ons"  # 84 characters


def test_the_width_of_a_text_is_that_of_its_full_lines_whatever_a_few_very_long_ones_are() -> None:
    body = [FULL] * 9 + ["Op 14 september jl. sprak Commissievoorzitter Von der Leyen de jaarlijkse toespraak", "Staat van de Unie uit."]
    assert shape("\n".join([*body, FULL + FULL, FULL + FULL, FULL + FULL]))[0][1].count("jaarlijkse toespraak Staat van de Unie uit.") == 1


@pytest.mark.parametrize("number", [2, 10])
def test_a_numbered_heading_behind_a_full_last_line_is_found_by_the_number_before_it(number: int) -> None:
    two = f"{number}. Controles door de Arbeidsinspectie{FULL[23:60]} de"
    body = [f"{number - 1}. Registratiekosten voor drones", *[FULL] * 8, f"{FULL}.", two, "Inspectie Leefomgeving en Transport", *[FULL] * 3, "eind."]
    assert [text for kind, text in shape("\n".join(body)) if kind == "heading"][1] == f"{two} Inspectie Leefomgeving en Transport"


def test_a_numbered_heading_of_two_lines_between_full_lines_is_found_by_the_number_before_it() -> None:
    one, two = "1. Registratiekosten voor drones", f"2. Controles door de Arbeidsinspectie{FULL[23:61]} de"
    body = [one, *[FULL] * 8, "beschouwd.", two, "Inspectie Leefomgeving en Transport", *[FULL] * 3, "eind."]
    assert [text for kind, text in shape("\n".join(body)) if kind == "heading"] == [one, f"{two} Inspectie Leefomgeving en Transport"]


# The samples


@pytest.mark.skipif(not TEXTS.is_dir(), reason="shared/data/docs is not there")
@pytest.mark.parametrize(
    ("name", "parts", "paragraphs"),
    [
        ("kst-21501-02-1628", ["brief"], 8),
        ("kst-21501-02-2072", ["brief"], 44),
        ("kst-21501-02-2111", ["brief", "verslag"], 4),
        ("kst-21501-02-2157", ["brief", "verslag"], 5),
        ("kst-21501-02-2193", ["brief", "verslag"], 4),
        ("kst-21501-02-2196", ["brief", "agenda"], 4),
        ("kst-21501-02-2377", ["brief", "verslag"], 4),
        ("kst-21501-02-2602", ["brief", "verslag"], 6),
        ("kst-21501-02-2790", ["brief", "agenda"], 3),
        ("kst-21501-02-2822", ["brief", "verslag"], 4),
        ("kst-21501-02-2893", ["brief"], 3),
        ("kst-21501-02-3087", ["brief", "verslag"], 4),
        ("kst-21501-02-3180", ["brief", "verslag"], 3),
        ("kst-29237-208", ["brief"], 2),
        ("kst-29521-403", ["brief"], 5),
        ("kst-31271-14", ["brief"], 7),
        ("kst-35982-7", ["brief"], 2),
        ("razeb-2009-03-aanvullend", ["brief", "agenda"], 11),
        ("verzamelbrief-luchtvaart.body", ["brief"], 24),
    ],
)
def test_every_sample_has_its_parts(name: str, parts: list[str], paragraphs: int) -> None:
    blocks, parser = read((TEXTS / f"{name}.txt").read_bytes())
    document = build_document(blocks, id=name, sha256="0" * 64, file=f"{name}.txt", parser=parser)
    assert [one.code for one in document.parts] == parts
    assert sum(len(section.paragraphs) for one in document.parts for section in one.sections) == paragraphs
    assert not any(isinstance(block, Block) and block.kind == "furniture" for block in blocks)


def test_a_line_of_columns_is_no_heading() -> None:
    body = "Overzicht\n\nLand\tBedrag in miljoen euro\n\nNederland     25\n\nDe tabel is voorlopig."
    assert [kind for kind, _ in shape(body)] == ["heading", "paragraph", "paragraph", "paragraph"]


def test_lines_of_columns_below_each_other_are_rows_with_their_heads() -> None:
    body = "Bijdragen per land.\nLand\tBedrag in miljoen euro\nNederland   25\nDuitsland\t110\nDe tabel is voorlopig."
    found = [(block.role, block.text) for block in read(body.encode())[0]]
    assert found == [
        ("text", "Bijdragen per land."),
        ("heads", "Land\tBedrag in miljoen euro"),
        ("row", "Nederland\t25"),
        ("row", "Duitsland\t110"),
        ("text", "De tabel is voorlopig."),
    ]


def test_columns_without_figures_have_no_heads_and_one_line_of_them_is_no_table() -> None:
    assert [block.role for block in read(b"Land\tHoofdstad\nMali\tBamako\nNiger\tNiamey")[0]] == ["row", "row", "row"]
    assert [block.role for block in read(b"Eerst dit.\nLand\tHoofdstad\nEn dan dat.")[0]] == ["text"]
