"""Parts, headings, signatures and footnotes, from blocks as every reader may give them."""

from collections.abc import Callable, Sequence

import pytest

from rbzqa.sidecar import Sidecar
from rbzqa.structure import build_document
from rbzqa.types import Block, Document, Mark, Part, Section

from .fakes import letter
from .timing import is_linear

REPORT = "VERSLAG RAAD BUITENLANDSE ZAKEN VAN 3 MEI 2021"


def built(*of: Block, sidecar: Sidecar | None = None, record: Sequence[Block] = ()) -> Document:
    return build_document(of, id="brief", sha256="0" * 64, file="brief.xml", parser="opxml-1", sidecar=sidecar, record=record)


def head(text: str, level: int = 1, starts_part: bool = False) -> Block:
    return Block("heading", text, level=level, starts_part=starts_part)


def par(text: str = "Tekst van een alinea.", starts_part: bool = False) -> Block:
    return Block("paragraph", text, starts_part=starts_part)


def paths(part: Part) -> list[tuple[str, ...]]:
    return [section.path for section in part.sections]


def texts(document: Document, section: Section) -> list[str]:
    return [document.text[p.start : p.end] for p in section.paragraphs]


def codes(document: Document) -> list[str]:
    return [part.code for part in document.parts]


# Parts


def test_annex_of_the_format_is_a_report_where_its_title_says_so() -> None:
    document = built(par(), head(REPORT, starts_part=True), par(), head("Toezeggingen", starts_part=True), par(), par("Zonder titel.", starts_part=True))
    assert codes(document) == ["brief", "verslag", "bijlage1", "bijlage2"]
    assert [part.title for part in document.parts] == ["", REPORT, "Toezeggingen", ""]
    assert document.text[document.parts[3].sections[0].paragraphs[0].start :] == "Zonder titel."


def test_two_reports_and_two_agendas_in_one_letter() -> None:
    agenda = "GEANNOTEERDE AGENDA RAAD ALGEMENE ZAKEN"
    document = built(par(), head(REPORT), par(), head(agenda), par(), head(REPORT), par(), head(agenda), par())
    assert codes(document) == ["brief", "verslag", "agenda", "verslag2", "agenda2"]


def test_annex_bears_the_number_that_it_gives_itself() -> None:
    document = built(par(), head("Bijlage 2 - Toezeggingen"), par(), head("BIJLAGE IV"), par(), head("Bijlage"), par(), head("Bijlage 1"), par())
    assert codes(document) == ["brief", "bijlage2", "bijlage4", "bijlage5", "bijlage6"]
    assert document.parts[1].sections[0].paragraphs[0].id.startswith("bijlage2-p1-")


def test_bare_annex_takes_the_next_heading_for_its_title() -> None:
    document = built(par(), head("Bijlage 1"), head("Toezeggingen"), par(), head("Mali"), par(), head("Bijlage 2"), head("Inleiding", level=2), par())
    assert [part.title for part in document.parts[1:]] == ["Bijlage 1: Toezeggingen", "Bijlage 2"]
    assert [paths(part) for part in document.parts[1:]] == [[(), ("Mali",)], [("Inleiding",)]]


def test_heading_below_the_text_of_an_annex_is_a_section_of_it() -> None:
    document = built(par(), head("Bijlage 1"), par(), head("Toezeggingen"), par())
    assert (document.parts[1].title, paths(document.parts[1])) == ("Bijlage 1", [(), ("Toezeggingen",)])


def test_report_inside_an_annex_is_the_report() -> None:
    document = built(par(), head("Bijlage 1"), head(REPORT), par())
    assert codes(document) == ["brief", "verslag"]


def test_part_without_paragraphs_is_left_out() -> None:
    assert codes(built(head(REPORT), head("Bijlage 1"), par())) == ["bijlage1"]


def test_long_title_below_the_signature_begins_an_agenda() -> None:
    title = "Aanvullende informatie op de Geannoteerde agenda van de Raad Algemene Zaken en Externe Betrekkingen (RAZEB) van 16 en 17 maart 2009"
    office = par("De Minister van Buitenlandse Zaken, S.A. Blok")
    assert [(part.kind, part.title) for part in built(par(), office, par(title), par()).parts] == [("letter", ""), ("agenda", title)]
    assert codes(built(par(), par(title), par())) == ["brief"]
    assert codes(built(par(), office, par(f"{title}."), par())) == ["brief"]


# A document that is an annex as a whole


@pytest.mark.parametrize(
    ("facts", "sidecar", "parent"),
    [
        ((Block("fact", "kst-21501-02-2400", label="parent"),), None, "kst-21501-02-2400"),
        ((), Sidecar(parent="kst-21501-02-2400"), "kst-21501-02-2400"),
        ((Block("fact", "blg-1027694", label="identifier"),), None, None),
    ],
)
def test_whole_annex_is_annex_one_with_its_own_title(facts: tuple[Block, ...], sidecar: Sidecar | None, parent: str | None) -> None:
    document = built(*facts, head(REPORT), par(), head("Mali"), par(), head("Bijlage 1"), par(), sidecar=sidecar)
    assert [(part.code, part.title) for part in document.parts] == [("bijlage1", REPORT), ("bijlage2", "Bijlage 1")]
    assert paths(document.parts[0]) == [(), ("Mali",)]
    assert (document.meta.kind, document.meta.parent, document.meta.title) == ("bijlage", parent, REPORT)
    assert ("hoofddocument" in document.meta.missing) == (parent is None)
    assert "ondertekenaar" not in document.meta.missing


def test_record_tells_that_a_document_is_an_annex() -> None:
    document = built(par(), record=(Block("fact", "blg-1", label="identifier"), Block("fact", "Non-paper Mali", label="title")))
    assert [(part.code, part.title) for part in document.parts] == [("bijlage1", "Non-paper Mali")]


# Headings


def test_levels_nest_and_a_higher_one_ends_the_lower() -> None:
    document = built(head("A"), head("B", 2), par(), head("C", 2), par(), head("D", 3), par(), head("E"), par(), head("F", 3), par())
    assert paths(document.parts[0]) == [("A", "B"), ("A", "C"), ("A", "C", "D"), ("E",), ("E", "F")]
    assert [section.title for section in document.parts[0].sections] == ["B", "C", "D", "E", "F"]


def test_levels_are_relative() -> None:
    assert paths(built(head("A", 3), par(), head("B", 5), par(), head("C", 3), par()).parts[0]) == [("A",), ("A", "B"), ("C",)]


def test_number_gives_the_level_that_the_format_does_not() -> None:
    titles = ["1. Inleiding", "2. Inzet", "2.1 Mali", "2.1.3 Troepen", "2.2 Niger", "3. Slot", "Nawoord"]
    document = built(*(block for title in titles for block in (head(title), par())))
    assert paths(document.parts[0]) == [
        ("1. Inleiding",),
        ("2. Inzet",),
        ("2. Inzet", "2.1 Mali"),
        ("2. Inzet", "2.1 Mali", "2.1.3 Troepen"),
        ("2. Inzet", "2.2 Niger"),
        ("3. Slot",),
        ("Nawoord",),
    ]


@pytest.mark.parametrize("title", ["15.00 uur: opening", "2.1 Mali", "3.50 euro"])
def test_number_whose_upper_one_is_not_above_it_gives_no_level(title: str) -> None:
    assert paths(built(head("1. Inleiding"), par(), head(title), par()).parts[0]) == [("1. Inleiding",), (title,)]


def test_level_of_the_format_goes_before_the_number() -> None:
    assert paths(built(head("2 Inzet", 1), par(), head("Mali", 2), par(), head("2.1 Niger", 1), par()).parts[0]) == [
        ("2 Inzet",),
        ("2 Inzet", "Mali"),
        ("2 Inzet", "2.1 Niger"),
    ]


def test_of_two_headings_without_text_between_the_upper_is_parent_of_that_one_only() -> None:
    document = letter("brief", f"{REPORT}\n\nOpening.\n\nCurrent affairs\n\nBolivia\n\nTekst.\n\nVenezuela\n\nTekst twee.")
    assert paths(document.parts[0]) == [(), ("Current affairs", "Bolivia"), ("Venezuela",)]


def test_numbered_heading_below_another_is_no_child_of_it() -> None:
    assert paths(built(head("1. Inleiding"), head("2. Inzet"), par()).parts[0]) == [("2. Inzet",)]
    assert paths(built(head("1. Inleiding"), head("Mali"), par(), head("Niger"), par()).parts[0]) == [("1. Inleiding", "Mali"), ("Niger",)]


def test_same_heading_twice_is_not_its_own_parent_and_depth_is_bounded() -> None:
    assert paths(built(head("A"), head("A"), par()).parts[0]) == [("A",)]
    (path,) = paths(built(*(head(f"Kop {n}x", n + 1) for n in range(1000)), par()).parts[0])
    assert path == ("Kop 0x", "Kop 1x", "Kop 2x", "Kop 3x", "Kop 4x", "Kop 999x")


def test_of_three_equal_headings_in_a_row_only_the_second_is_a_child() -> None:
    assert paths(built(head("A"), head("B"), par(), head("C"), head("D"), head("E"), par()).parts[0]) == [("A", "B"), ("E",)]


def test_a_sentence_that_looks_like_a_heading_is_not_lost() -> None:
    steun, unifil = "De Raad sprak over de Sahel en besloot tot steun", "De Raad besloot de missie te verlengen"
    document = built(par(), head("Sahel"), head(steun), head("Libanon"), head(unifil))
    assert [(section.path, texts(document, section)) for section in document.parts[0].sections[1:]] == [(("Sahel",), [steun]), (("Libanon",), [unifil])]


def test_the_last_line_of_a_part_is_not_lost_and_an_empty_short_heading_is_no_text() -> None:
    document = built(par(), head("Inleiding"), head("1. Inzet"), par(), head("Einde"))
    assert [section.path for section in document.parts[0].sections] == [(), ("1. Inzet",)]
    assert texts(document, document.parts[0].sections[1])[-1] == "Einde"


# Who signs


def test_office_takes_one_name_and_not_the_next_heading() -> None:
    document = built(par(), par("De Minister van Buitenlandse Zaken, S.A. Blok"), head("Afghanistan"), par())
    assert document.meta.signatories == ("De Minister van Buitenlandse Zaken, S.A. Blok",)
    assert paths(document.parts[0]) == [(), ("Afghanistan",)]
    below = built(par(), par("De Minister van Buitenlandse Zaken,"), par("W.B. Hoekstra"), head("Afghanistan"), par())
    assert below.meta.signatories == ("De Minister van Buitenlandse Zaken,", "W.B. Hoekstra")
    assert paths(below.parts[0]) == [(), ("Afghanistan",)]


@pytest.mark.parametrize(
    "name", ["W.B. Hoekstra", "Sigrid A.M. Kaag", "Drs. M.J.M. Verhagen Drs. F.C.G.M. Timmermans", "H.G.J. Bruins Slot", "Th. van der Plas"]
)
def test_paragraph_that_is_a_name_below_an_office_signs(name: str) -> None:
    assert built(par(), par("De Minister van Buitenlandse Zaken,"), par(name)).meta.signatories[1:] == (name,)


@pytest.mark.parametrize("text", ["De Raad sprak over Mali.", "wordt vervolgd", "Zie ook bijlage 2"])
def test_text_below_an_office_does_not_sign(text: str) -> None:
    assert built(par(), par("De Minister van Buitenlandse Zaken,"), par(text)).meta.signatories == ("De Minister van Buitenlandse Zaken,",)


def test_chair_and_clerk_sign() -> None:
    document = built(par(), par("De voorzitter van de commissie, Eijsink"), par("Adjunct-griffier van de commissie, Wiskerke"), par())
    assert document.meta.signatories == ("De voorzitter van de commissie, Eijsink", "Adjunct-griffier van de commissie, Wiskerke")


MOTION = (par("De Kamer,"), par("en gaat over tot de orde van de dag."))


def test_names_that_end_a_motion_sign() -> None:
    document = built(*MOTION, par("Ceder"), head("Van der Plas"), Block("footnote", "Een noot.", label="1"))
    assert document.meta.signatories == ("Ceder", "Van der Plas")
    assert [document.text[p.start : p.end] for p in document.parts[0].sections[0].paragraphs] == [block.text for block in MOTION]


def test_heading_below_a_motion_in_a_debate_does_not_sign() -> None:
    document = built(*MOTION, head("Motie"), *MOTION, head("Arib"), par("Dank u wel."))
    assert document.meta.signatories == ()
    assert paths(document.parts[0]) == [(), ("Motie",), ("Arib",)]
    assert built(par("Tekst."), par("Ceder")).meta.signatories == ()


# Footnotes


def marked(text: str, *labels: str) -> Block:
    return Block("paragraph", text, marks=tuple(Mark(len(text), label) for label in labels))


def note(text: str, label: str = "1") -> Block:
    return Block("footnote", text, label=label)


def notes(document: Document) -> dict[str, list[str]]:
    every = [p for part in document.parts for section in part.sections for p in section.paragraphs]
    return {document.text[p.start : p.end]: [document.text[n.start : n.end] for n in p.footnotes] for p in every}


def test_notes_are_keyed_by_part() -> None:
    document = built(marked("Brief.", "1"), head("Bijlage 1"), marked("Bijlage.", "1"), par("Slot."), note("Van de bijlage."), note("Van niemand."))
    assert notes(document) == {"Brief.": ["Van niemand."], "Bijlage.": ["Van de bijlage."], "Slot.": []}


def test_note_of_a_part_without_its_mark_is_given_to_none_of_two() -> None:
    document = built(marked("Een.", "1"), marked("Twee.", "1"), head("Bijlage 1"), par("Drie."), note("Een noot."))
    assert notes(document) == {"Een.": [], "Twee.": [], "Drie.": []}
    assert document.text.endswith("Een noot.")


def test_number_without_note_and_note_without_number() -> None:
    # FAULTS A30
    document = built(marked("Een.", "1", "2"), note("Twee.", "2"), note("Drie.", "3"), note("Nul.", ""))
    assert notes(document) == {"Een.": ["Twee."]}
    (paragraph,) = document.parts[0].sections[0].paragraphs
    assert paragraph.footnotes[0].at == paragraph.end


# Time


@pytest.mark.parametrize(
    "made",
    [
        lambda n: [head("Afghanistan") for _ in range(n)] + [par()],
        lambda n: [block for k in range(n) for block in (head(f"{k}.1 Kop", k % 9), par())],
        lambda n: [block for _ in range(n) for block in (head("Bijlage 1"), marked("Tekst.", "1"), note("Noot."))],
        lambda n: [marked("Tekst.", "1") for _ in range(n)] + [note("Noot.") for _ in range(n)],
        lambda n: [par("en gaat over tot de orde van de dag.")] + [par("Ceder") for _ in range(n)],
        lambda n: [Block("paragraph", "Kop", role="heads")] * n + [Block("paragraph", "a\tb", role="row")] * n,
        lambda n: [head("Vraag 1")] + [par()] * n + [head("Antwoord 1")] + [par()] * n,
        lambda n: [block for k in range(n) for block in (head(f"Vraag {k % 9999}"), par(), head(f"Antwoord {k % 9999}"), par())],
    ],
)
def test_time_is_linear_in_the_number_of_blocks(made: Callable[[int], list[Block]]) -> None:
    # FAULTS A9 A30
    assert is_linear(made, lambda of: built(*of), 1500)


def test_an_annex_of_questions_is_not_called_after_the_first_of_them() -> None:
    document = built(head("Vraag 1"), par("Klopt dit?"), head("Antwoord 1"), par("Ja."), sidecar=Sidecar(parent="kst-21501-02-2400"))
    assert document.parts[0].title == ""
    assert [section.path for section in document.parts[0].sections] == [("Vraag 1",), ("Antwoord 1",)]
    assert document.meta.title != "Vraag 1"


def test_a_changed_motion_keeps_its_name_and_a_debate_is_one_without_a_number() -> None:
    motion = built(Block("fact", "GEWIJZIGDE MOTIE VAN HET LID CLAASSEN", label="title"), par())
    assert motion.meta.description.startswith("Gewijzigde motie van het lid ")
    assert built(Block("fact", "Handelingen", label="publication"), par()).meta.kind == "handelingen"


def test_the_editorial_annex_of_an_advice_is_an_annex() -> None:
    document = built(par(), head("Redactionele bijlage bij het advies van de Afdeling advisering"), par())
    assert codes(document) == ["brief", "bijlage1"]
    assert codes(built(par(), head("Bijlage bij de brief"), par())) == ["brief"]
