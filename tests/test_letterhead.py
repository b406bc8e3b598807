"""The lines above a letter: no paragraphs, in whatever format, but facts of the letter itself."""

import pytest

from rbzqa.letterhead import read_letterhead
from rbzqa.structure import build_document
from rbzqa.types import Block, BlockKind, Document, Publication

from .fakes import letter

PRINTED = (
    "Tweede Kamer der Staten-Generaal",
    "Vergaderjaar 2019–2020",
    "21 501-02 Raad Algemene Zaken en Raad Buitenlandse Zaken",
    "21 501-20 Europese Raad",
    "Nr. 2193 BRIEF VAN DE MINISTER VAN BUITENLANDSE ZAKEN",
    "Aan de Voorzitter van de Tweede Kamer der Staten-Generaal",
    "Den Haag, 18 augustus 2020",
)
BODY = ("Hierbij bied ik u het verslag aan.", "Georgië", "De Raad sprak over Georgië.")


def blocks(*texts: str, kind: BlockKind = "paragraph") -> list[Block]:
    return [Block(kind, text) for text in texts]


def facts(*texts: str, kind: BlockKind = "paragraph") -> list[tuple[str, str]]:
    return [(fact.label, fact.text) for fact in read_letterhead(blocks(*texts, kind=kind)).facts]


def lines(*texts: str) -> int:
    return len(read_letterhead(blocks(*texts)).lines)


def paragraphs(document: Document) -> list[str]:
    return [document.text[p.start : p.end] for part in document.parts for section in part.sections for p in section.paragraphs]


def built(*of: Block) -> Document:
    return build_document(of, id="brief", sha256="0" * 64, file="brief.docx", parser="docx-1")


def test_whole_printed_letterhead() -> None:
    assert facts(*PRINTED, *BODY) == [
        ("chamber", "Tweede Kamer der Staten-Generaal"),
        ("session", "Vergaderjaar 2019–2020"),
        ("dossier", "21 501-02"),
        ("dossier_title", "Raad Algemene Zaken en Raad Buitenlandse Zaken"),
        ("dossier", "21 501-20"),
        ("dossier_title", "Europese Raad"),
        ("number", "2193"),
        ("title", "BRIEF VAN DE MINISTER VAN BUITENLANDSE ZAKEN"),
        ("date", "18 augustus 2020"),
    ]
    assert read_letterhead(blocks(*PRINTED, *BODY)).lines == frozenset(range(7))


@pytest.mark.parametrize("kind", ["heading", "paragraph"])
def test_lines_are_recognised_whatever_the_reader_made_of_them(kind: BlockKind) -> None:
    document = built(*blocks(*PRINTED, kind=kind), *blocks(*BODY))
    assert paragraphs(document) == list(BODY)
    assert all(line in document.text for line in PRINTED)
    assert document.meta.publications == (Publication("II", "2019/20", "21501-02", "2193"), Publication("II", "2019/20", "21501-20", ""))


def test_same_letter_has_the_same_paragraph_ids_in_every_format() -> None:
    as_text = letter("brief", "\n\n".join([*PRINTED, "Hierbij bied ik u het verslag aan.", "Georgië", "De Raad sprak over Georgië."]))
    as_blocks = built(*blocks(*PRINTED), Block("paragraph", BODY[0]), Block("heading", BODY[1], level=1), Block("paragraph", BODY[2]))
    as_facts = built(Block("fact", "21 501-02", label="dossier"), Block("paragraph", BODY[0]), Block("heading", BODY[1], level=2), Block("paragraph", BODY[2]))
    ids = [[p.id for part in document.parts for section in part.sections for p in section.paragraphs] for document in (as_text, as_blocks, as_facts)]
    assert ids[0] == ids[1] == ids[2] and len(ids[0]) == 2


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("36 800 XIV Vaststelling van de begroting", [("dossier", "36 800 XIV"), ("dossier_title", "Vaststelling van de begroting")]),
        ("36600-VII", [("dossier", "36600-VII")]),
        ("Nr. 7 HERDRUK1", [("number", "7"), ("reprint", "HERDRUK1")]),
        ("Nr. A", [("number", "A")]),
        ("Aanhangsel van de Handelingen", [("publication", "Aanhangsel")]),
        ("Vastgesteld 23 mei 2016", [("date", "23 mei 2016")]),
        ("Voorgesteld 10 april 2025", [("date", "10 april 2025")]),
        ("Ontvangen op 10 april 2025", [("date", "10 april 2025")]),
        ("’s-Gravenhage, 3 mei 1999", [("date", "3 mei 1999")]),
        ("Datum 13 juni 2020", [("date", "13 juni 2020")]),
        ("Datum: 13-06-2020", [("date", "13-06-2020")]),
        ("Betreft Verzamelbrief luchtvaart", [("subject", "Verzamelbrief luchtvaart")]),
        ("Onderwerp: Verslag RBZ", [("subject", "Verslag RBZ")]),
        ("Ons kenmerk BZ2021-12", [("kenmerk", "BZ2021-12")]),
        ("Kenmerk: IENW/BSK-2023/297705", [("kenmerk", "IENW/BSK-2023/297705")]),
        ("Ministerie van Buitenlandse Zaken", [("ministry", "Ministerie van Buitenlandse Zaken")]),
    ],
)
def test_line_states_its_facts(line: str, found: list[tuple[str, str]]) -> None:
    stated = facts(PRINTED[0], PRINTED[1], line, *BODY)
    assert [fact for fact in stated if fact not in (("chamber", PRINTED[0]), ("session", PRINTED[1]))] == found


@pytest.mark.parametrize(
    "line",
    [
        "Uw kenmerk 2021Z123",
        "Bijlage(n) 1",
        "Bijlagen 2",
        "Postbus 20018",
        "2500 EA DEN HAAG",
        "2021D25732",
        "Uw brief van 3 mei 2021",
        "> Retouradres Postbus 1",
    ],
)
def test_line_of_a_letterhead_that_says_nothing_of_the_letter(line: str) -> None:
    assert facts(PRINTED[0], line, PRINTED[1], *BODY) == [("chamber", PRINTED[0]), ("session", PRINTED[1])]
    assert lines(PRINTED[0], PRINTED[1], line, *BODY) == 3


def test_title_that_stands_on_the_lines_below_the_number() -> None:
    stated = facts("36 278", "Wijziging van de Wet zorg", "Nr. 32", "MOTIE VAN HET LID CEDER", "Voorgesteld 24 april 2025", "De Kamer,")
    assert stated == [
        ("dossier", "36 278"),
        ("dossier_title", "Wijziging van de Wet zorg"),
        ("number", "32"),
        ("title", "MOTIE VAN HET LID CEDER"),
        ("date", "24 april 2025"),
    ]


def test_labels_with_their_values_on_the_next_line() -> None:
    stated = facts("Datum", "18 oktober 2023", "Betreft", "Verzamelbrief luchtvaart", "Kenmerk", "BZ-1", "Geachte voorzitter,", "Tekst.")
    assert stated == [("date", "18 oktober 2023"), ("subject", "Verzamelbrief luchtvaart"), ("kenmerk", "BZ-1")]
    assert facts("Datum", "inwerkingtreding", "Geachte voorzitter,") == []


def test_head_of_questions_and_answers() -> None:
    stated = facts(
        PRINTED[0],
        "Vergaderjaar 2023–2024 Aanhangsel van de Handelingen",
        "Vragen gesteld door de leden der Kamer, met de daarop door de regering gegeven antwoorden",
        "Nr. 1076",
        "Vragen van het lid Van Haga over intochten (ingezonden 20 november 2023).",
        "Antwoord van Minister De Jonge (ontvangen 20 februari 2024). Zie ook Aanhangsel Handelingen, nr. 594.",
        "Vraag 1",
        "Bent u bekend?",
    )
    assert ("title", "Vragen van het lid Van Haga over intochten") in stated
    assert ("author", "Minister De Jonge") in stated
    assert [text for label, text in stated if label == "date"] == ["20 februari 2024"]
    assert ("publication", "Aanhangsel") in stated


def test_questions_without_an_answer_are_of_the_day_that_they_were_sent() -> None:
    assert ("date", "20 november 2023") in facts("Vragen van het lid Van Haga over intochten (ingezonden 20 november 2023).", "Vraag 1")


def test_title_of_the_site_above_the_letter() -> None:
    stated = facts("Brief regering : Verslag Raad van 3 mei 2021", *PRINTED[2:], *BODY)
    assert stated[:2] == [("kind", "Brief regering"), ("subject", "Verslag Raad van 3 mei 2021")]
    assert lines("Conclusie : de Raad", "Tekst van de brief.") == 0


def test_page_of_the_ministry_has_its_title_between_ministry_and_date() -> None:
    stated = facts(
        "Ministerie van Buitenlandse Zaken", "Kamerbrief over de RAZEB van 16 maart 2009", "11-03-2009 | Kamerstuk | Nederlands", "Graag bieden wij u dit aan."
    )
    assert stated == [("ministry", "Ministerie van Buitenlandse Zaken"), ("date", "11-03-2009"), ("title", "Kamerbrief over de RAZEB van 16 maart 2009")]


# Where it ends


def test_letterhead_ends_at_the_salutation_and_at_the_first_sentence() -> None:
    for ending in ("Geachte voorzitter,", "Geachte voorzitter", "Hierbij bied ik u het verslag aan."):
        assert facts(*PRINTED[:2], ending, "Nr. 5 BRIEF", "Den Haag, 3 mei 2021") == facts(*PRINTED[:2])


def test_number_in_a_sentence_says_nothing_of_the_letter() -> None:
    assert facts("In Kamerstuk 21 501-02, nr. 2733 staat het verslag.", *PRINTED) == []
    document = built(*blocks("Geachte voorzitter,", "Zie Kamerstuk 21 501-02, nr. 2733.", *PRINTED))
    assert document.meta.publications == () and document.meta.date is None


def test_heading_below_the_letterhead_is_a_section_and_one_within_it_is_not() -> None:
    document = letter("brief", "\n\n".join([*PRINTED[:5], "Ministers van alle tijden", *PRINTED[5:], "Inleiding", "De Raad sprak."]))
    assert [section.path for section in document.parts[0].sections] == [("Inleiding",)]


def test_report_that_a_file_begins_with_is_no_letterhead() -> None:
    document = letter("brief", "VERSLAG RAAD BUITENLANDSE ZAKEN VAN 3 MEI 2021\n\nDen Haag, 4 mei 2021\n\nDe Raad sprak.")
    assert [part.kind for part in document.parts] == ["report"]


@pytest.mark.parametrize("line", ["10 000 euro voor Mali", "Nr. 5 op de lijst"])
def test_one_line_that_looks_like_a_number_is_not_certain(line: str) -> None:
    assert facts(line, "De Raad sprak over Mali.") == []


def test_footnote_between_the_lines_does_not_end_it() -> None:
    of = [*blocks(*PRINTED[:5]), Block("footnote", "I.v.m. een correctie", label="1"), *blocks(*PRINTED[5:], *BODY)]
    assert ("date", "18 augustus 2020") in [(fact.label, fact.text) for fact in read_letterhead(of).facts]
    assert read_letterhead(of).lines == frozenset(range(8)) - {5}


def test_table_and_questions_end_it() -> None:
    of = [*blocks(*PRINTED[:2]), Block("paragraph", "Jaar", role="heads"), *blocks("Den Haag, 3 mei 2021")]
    assert read_letterhead(of).lines == {0, 1}


def test_heading_that_repeats_a_stated_title_is_a_line_of_it() -> None:
    of = [Block("heading", "De situatie  in Congo", level=1), Block("paragraph", "Tekst.")]
    assert read_letterhead(of, [Block("fact", "De situatie in Congo", label="title")]).lines == {0}
    assert read_letterhead(of).lines == set()


# The chamber


@pytest.mark.parametrize(
    ("addressee", "number", "chamber"),
    [
        ("Aan de Voorzitter van de Tweede Kamer der Staten-Generaal", "2193", "II"),
        ("Aan de Voorzitter van de Eerste Kamer der Staten-Generaal", "BT", "I"),
        ("Aan de Voorzitter van de Eerste Kamer der Staten-Generaal", "2193", ""),
        ("Aan de Voorzitters van de Eerste en van de Tweede Kamer der Staten-Generaal", "2193", ""),
    ],
)
def test_addressee_tells_the_chamber_where_the_number_agrees(addressee: str, number: str, chamber: str) -> None:
    document = built(*blocks("21 501-02 Raad", f"Nr. {number} BRIEF VAN DE MINISTER VAN DEFENSIE", addressee, "Den Haag, 3 mei 2021", "Tekst van de brief."))
    assert [one.chamber for one in document.meta.publications] == [chamber]


def test_many_lines_are_not_read_for_ever() -> None:
    assert lines(*["Nr. 5"] * 500) <= 60
    assert lines(*["woord"] * 500) == 0


def test_the_address_of_the_chamber_is_letterhead() -> None:
    document = letter(
        "brief", "Aan de Voorzitter van de Tweede Kamer der Staten-Generaal\n\nPrinses Irenestraat 6\n\nDen Haag\n\nGeachte voorzitter,\n\nHierbij."
    )
    assert [document.text[p.start : p.end] for part in document.parts for s in part.sections for p in s.paragraphs] == ["Geachte voorzitter,", "Hierbij."]


@pytest.mark.parametrize("label", ["Kenmerk", "Ons kenmerk", "Onze referentie", "Ons referentienummer"])
def test_every_label_of_a_kenmerk_is_one_in_every_format(label: str) -> None:
    found = read_letterhead([Block("paragraph", label), Block("paragraph", "BZ-2311111"), Block("paragraph", "Geachte voorzitter,")])
    assert [(fact.label, fact.text) for fact in found.facts] == [("kenmerk", "BZ-2311111")]
