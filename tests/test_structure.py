"""The structure of the letter, and of letters like it (tests/test_golden.py pins all of it)."""

import re

import pytest

from rbzqa.structure import build_document
from rbzqa.types import Block, Document, Paragraph, Part, paragraph_hash

from .fakes import letter
from .timing import is_linear

URL = "https://www.rijksoverheid.nl/documenten/diplomatieke-verklaringen/2021/08/31/gemeenschappelijke-nederlandse-verklaring-van-frankrijk-en-nederland"


def paragraphs(part: Part) -> list[Paragraph]:
    return [paragraph for section in part.sections for paragraph in section.paragraphs]


def texts(document: Document) -> list[list[str]]:
    return [[document.text[p.start : p.end] for p in paragraphs(part)] for part in document.parts]


def holding(document: Document, words: str) -> Paragraph:
    (found,) = (p for part in document.parts for p in paragraphs(part) if words in document.text[p.start : p.end])
    return found


def test_letter_has_three_parts(seed: Document) -> None:
    assert [(part.kind, part.number, part.code, len(part.sections), len(paragraphs(part))) for part in seed.parts] == [
        ("letter", 1, "brief", 1, 2),
        ("report", 1, "verslag", 5, 7),
        ("annex", 1, "bijlage1", 3, 28),
    ]


def test_letter_itself_is_two_paragraphs(seed: Document) -> None:
    assert texts(seed)[0] == [
        "Geachte voorzitter,",
        "Hierbij bied ik u het verslag aan van de informele Raad Buitenlandse Zaken Gymnich van 2 en 3 september 2021.",
    ]


def test_report_has_an_opening_and_four_headed_sections(seed: Document) -> None:
    assert seed.parts[1].title == "VERSLAG VAN DE RAAD BUITENLANDSE ZAKEN GYMNICH VAN 2 EN 3 SEPTEMBER 2021"
    assert [section.path for section in seed.parts[1].sections] == [
        (),
        ("Afghanistan",),
        ("EU-China",),
        ("Lunch Indiase Minister van Buitenlandse Zaken Jaishankar",),
        ("Frans-Nederlandse verklaring",),
    ]
    assert [len(section.paragraphs) for section in seed.parts[1].sections] == [1, 3, 1, 1, 1]


def test_annex_without_the_word_bijlage_is_an_annex(seed: Document) -> None:
    annex = seed.parts[2]
    assert annex.title == "Gemeenschappelijke Frans-Nederlandse Verklaring"
    assert [section.path for section in annex.sections] == [
        (),
        ("Nederland en Frankrijk zijn verbonden door hun gedeelde Europese waarden",),
        ("Nederland en Frankrijk willen hun bestaande dialoogstructuren verstevigen",),
    ]
    assert [p.number for p in paragraphs(annex)] == list(range(1, 29))


def test_report_counts_within_the_section_and_annex_within_the_annex(seed: Document) -> None:
    assert [[p.number for p in section.paragraphs] for section in seed.parts[1].sections] == [[1], [1, 2, 3], [1], [1], [1]]
    assert [section.paragraphs[0].number for section in seed.parts[2].sections] == [1, 2, 25]


@pytest.mark.parametrize(
    ("before", "after", "page"),
    [
        ("tussen de lidstaten worden", "vergroot en dat anderzijds", 5),
        ("kritieke infrastructuur te", "beschermen en belangrijke technologieën", 7),
        ("benadrukken het belang van", "een vastberaden gemeenschappelijke bestrijding", 8),
        ("en sociale rechtvaardigheid.  ", "Nu de EU meer vaart zet", 6),
    ],
)
def test_paragraph_over_a_page_break_is_one_paragraph(seed: Document, before: str, after: str, page: int) -> None:
    turned = re.search(rf"{re.escape(before.strip())}\s+(?={re.escape(after)})", seed.text)
    assert turned
    paragraph = holding(seed, after)
    assert paragraph.start < turned.start() and turned.end() < paragraph.end
    assert paragraph.page == page - 1
    assert paragraph.page_turns == ((turned.end(), page),)
    assert paragraph.page_at(paragraph.start) == paragraph.page_at(turned.end() - 1) == page - 1
    assert paragraph.page_at(turned.end()) == paragraph.page_at(paragraph.end - 1) == page


def test_only_four_paragraphs_turn_a_page_and_pages_never_go_back(seed: Document) -> None:
    every = [p for part in seed.parts for p in paragraphs(part)]
    assert [p.number for p in every if p.page_turns] == [8, 12, 18, 23]
    pages = [page for p in every for page in (p.page, *(turn for _, turn in p.page_turns))]
    assert pages == sorted(pages, key=lambda page: page or 0)
    assert (pages[0], pages[-1]) == (1, 8)


def test_afghanistan_in_the_annex_is_paragraph_twenty(seed: Document) -> None:
    paragraph = holding(seed, "In het licht van de huidige situatie in Afghanistan")
    assert paragraph.id == "bijlage1-p20-86dc29"
    assert (paragraph.number, paragraph.page) == (20, 7)


def test_footnote_stands_at_its_mark_and_its_url_is_there_once(seed: Document) -> None:
    notes = [note for part in seed.parts for p in paragraphs(part) for note in p.footnotes]
    (note,) = notes
    paragraph = holding(seed, "gepubliceerd op rijksoverheid.nl.")
    assert paragraph.footnotes == (note,)
    assert note.label == "1"
    assert note.at == paragraph.end
    assert seed.text[note.at - 18 : note.at] == " rijksoverheid.nl."
    assert seed.text[note.start : note.end] == (
        "Gemeenschappelijke Nederlandse verklaring van Frankrijk en Nederland | Diplomatieke verklaring | Rijksoverheid.nl"
    )
    assert note.urls == (URL,)
    assert "https://" not in seed.text


def test_signature_and_placeholder_are_in_no_paragraph(seed: Document) -> None:
    every = "\n".join(text for part in texts(seed) for text in part)
    assert "Sigrid" in seed.text and "Sigrid" not in every
    assert "De minister van Buitenlandse Zaken," in seed.text and "De minister van Buitenlandse Zaken," not in every
    assert "Ondertekenaar" not in seed.text
    assert seed.meta.signatories == ("De minister van Buitenlandse Zaken,", "Sigrid A.M. Kaag")


def test_ids_are_part_code_number_in_the_part_and_hash(seed: Document) -> None:
    for part in seed.parts:
        for number, paragraph in enumerate(paragraphs(part), 1):
            assert paragraph.id == f"{part.code}-p{number}-{paragraph_hash(seed.text[paragraph.start : paragraph.end])}"
            assert re.fullmatch(r"[a-z0-9]+-p\d+-[0-9a-f]{6}", paragraph.id)


def test_paragraph_hash_is_pinned() -> None:
    assert paragraph_hash("Geachte voorzitter,") == "812aa2"
    assert paragraph_hash("Geachte voorzitter.") != "812aa2"


def test_errors_of_the_ministry_stand_as_they_are(seed: Document) -> None:
    for words in (
        "plaats in Kranj,",
        "het hoofd te bieden Het Koninkrijk",
        "met ander EU-lidstaten",
        "ontwikkelen./.",
        "lhbtqi+’ers",
        "inzake migratie en asiel.  Beide",
    ):
        assert seed.text.count(words) == 1


# Letters like it


def test_two_agendas_and_two_annexes_are_numbered_by_kind() -> None:
    document = letter(
        "brief",
        "Geachte voorzitter,\n\nGEANNOTEERDE AGENDA VAN DE RAAD BUITENLANDSE ZAKEN\n\nEerste tekst.\n\nBijlage 1\n\nTekst a.\n\n"
        "Geannoteerde agenda Raad Algemene Zaken\n\nTweede tekst.\n\nBijlage 2\n\nTekst b.",
    )
    assert [part.code for part in document.parts] == ["brief", "agenda", "bijlage1", "agenda2", "bijlage2"]


@pytest.mark.parametrize(
    ("heading", "kind"),
    [
        ("VERSLAG RAAD BUITENLANDSE ZAKEN VAN 20 januari 2020", "report"),
        ("Verslag Raad Buitenlandse Zaken van 23 juni 2025", "report"),
        ("VERSLAG VIDEOCONFERENTIE VAN DE LEDEN VAN DE RAAD D.D. 22 JUNI 2021", "report"),
        ("GEANNOTEERDE AGENDA VAN DE LEDEN VAN DE RAAD BUITENLANDSE ZAKEN", "agenda"),
        ("Aanvullende agenda Raad Buitenlandse Zaken", "agenda"),
        ("Bijlage 1: toezeggingen", "annex"),
        ("BIJLAGE", "annex"),
    ],
)
def test_heading_starts_a_part(heading: str, kind: str) -> None:
    document = letter("brief", f"Geachte voorzitter,\n\n{heading}\n\nTekst van het deel.")
    assert [(part.kind, part.title) for part in document.parts] == [("letter", ""), (kind, heading)]


@pytest.mark.parametrize("heading", ["Verslag van de werkzaamheden", "Agenda 2030", "Bijlage bij de begroting", "Afghanistan"])
def test_heading_of_another_kind_is_a_section(heading: str) -> None:
    document = letter("brief", f"Geachte voorzitter,\n\n{heading}\n\nTekst van het deel.")
    assert [part.kind for part in document.parts] == ["letter"]
    assert document.parts[0].sections[1].path == (heading,)


def test_announced_annex_needs_a_page_of_its_own_and_words() -> None:
    announced = "De verklaring over Mali is als bijlage gevoegd.\n\n{}Verklaring Mali\n\nTekst van de verklaring."
    assert [part.kind for part in letter("brief", announced.format("\f")).parts] == ["letter", "annex"]
    assert [part.kind for part in letter("brief", announced.format("")).parts] == ["letter"]
    assert [part.kind for part in letter("brief", announced.replace("Verklaring Mali", "II").format("\f")).parts] == ["letter"]
    assert [part.kind for part in letter("brief", announced.replace("Verklaring Mali", "Verklaring Tsjaad").format("\f")).parts] == ["letter"]


def test_annex_may_be_announced_by_any_earlier_paragraph() -> None:
    body = "De verklaring over Mali is als bijlage gevoegd.\n\nOok de bijlage over de verklaring van Niger komt.\n\n\fVerklaring Mali\n\nTekst."
    assert [part.title for part in letter("brief", body).parts] == ["", "Verklaring Mali"]


def test_office_at_the_end_signs_and_the_name_below_it_too() -> None:
    document = letter("brief", "Geachte voorzitter,\n\nTekst.\n\nDe minister van Buitenlandse Zaken,\n\nStef Blok\n\nBijlage 1\n\nMeer tekst.")
    assert document.meta.signatories == ("De minister van Buitenlandse Zaken,", "Stef Blok")
    assert texts(document) == [["Geachte voorzitter,", "Tekst."], ["Meer tekst."]]


def test_sentence_that_begins_with_an_office_does_not_sign() -> None:
    document = letter("brief", "De minister van Buitenlandse Zaken, die aanwezig was, sprak met de leden.\n\nMeer tekst.")
    assert document.meta.signatories == ()
    assert len(texts(document)[0]) == 2


def test_two_notes_with_one_number_take_the_nearest_free_mark() -> None:
    document = letter("brief", "Een zin.1 Meer.\n\nNog een zin.1 Slot.\n\n1 Noot bij de tweede.\n\n1 Noot bij de eerste.")
    first, second = paragraphs(document.parts[0])
    assert [document.text[note.start : note.end] for p in (first, second) for note in p.footnotes] == ["Noot bij de eerste.", "Noot bij de tweede."]
    for paragraph in (first, second):
        assert document.text[: paragraph.footnotes[0].at].endswith("zin.")


def test_note_without_a_mark_among_the_blocks_is_left_out() -> None:
    blocks = (Block("paragraph", "Tekst zonder merk."), Block("footnote", "Een noot.", label="1"))
    document = build_document(blocks, id="brief", sha256="0" * 64, file="brief.txt", parser="text-1")
    assert paragraphs(document.parts[0])[0].footnotes == ()
    assert document.text == "Tekst zonder merk.\n\nEen noot."


def test_same_heading_a_thousand_times_and_numbers_without_a_note() -> None:
    # FAULTS A30
    document = letter("brief", "\n\n".join(f"Afghanistan\n\nAlinea {n} met een merk.7 Slot." for n in range(1000)))
    (part,) = document.parts
    assert [section.path for section in part.sections] == [("Afghanistan",)] * 1000
    assert len({p.id for p in paragraphs(part)}) == 1000
    assert texts(document)[0] == [f"Alinea {n} met een merk.7 Slot." for n in range(1000)]


@pytest.mark.parametrize(
    "piece",
    [
        "Alinea van een brief.\n\n",
        "1 Genummerde alinea zonder merk.\n\n",
        "Een woord.1 Meer.\n\n1 Noot.\n\n",
        "\fKop van een bladzijde\n\nTekst die een bijlage noemt.\n\n",
        "De minister van Buitenlandse Zaken,\n\n",
        "Bijlage 1\n\nTekst.\n\n",
        "woord woord-\n",
        "Woord.1 ",
        "\n12\n",
    ],
)
def test_time_is_linear_in_the_number_of_paragraphs(piece: str) -> None:
    # FAULTS A9
    assert is_linear(lambda n: "Geachte voorzitter.\n\n" + piece * n, lambda body: letter("brief", body), 1000)


def test_a_letterhead_is_text_but_no_section() -> None:
    head = ["21 501-02 Raad Algemene Zaken", "Nr. 2157 BRIEF VAN DE MINISTER", "Aan de Voorzitter van de Tweede Kamer", "Den Haag, 24 april 2020"]
    document = letter("brief", "\n\n".join([*head, "Hierbij bied ik u het verslag aan.", "Georgië, stand van zaken", "De Raad sprak over Georgië."]))
    (part,) = document.parts
    assert [section.title for section in part.sections] == ["", "Georgië, stand van zaken"]
    assert all(line in document.text for line in head)
