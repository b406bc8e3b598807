"""The head of a Kamerstuk, line by line, in whatever format."""

import pytest

from rbzqa.letterhead import read_letterhead
from rbzqa.structure import build_document
from rbzqa.types import Block


def head(*lines: str) -> tuple[list[tuple[str, str]], set[int]]:
    found = read_letterhead([Block("paragraph", line) for line in lines])
    return [(block.label, block.text) for block in found.facts], set(found.lines)


CHAMBER, SESSION = "Tweede Kamer der Staten-Generaal", "Vergaderjaar 2024–2025"


def test_a_head_ends_at_the_first_line_that_is_no_part_of_it() -> None:
    facts, lines = head(CHAMBER, "2", SESSION, "De Kamer,", "36 278", "Nr. 3")
    assert lines == {0, 1, 2}
    assert facts == [("chamber", CHAMBER), ("chamber", "2"), ("session", SESSION)]


def test_a_head_may_come_a_few_lines_down_but_not_in_the_letter() -> None:
    assert head("2", CHAMBER, SESSION, "36 278", "Titel")[1] == {0, 1, 2, 3, 4}
    assert head(*["Tekst."] * 6, CHAMBER, SESSION)[1] == set()


def test_a_piece_of_the_eerste_kamer_has_a_letter() -> None:
    facts, lines = head("EERSTE KAMER DER STATEN-GENERAAL", SESSION, "36 278", "Titel", "Nr. B", "BRIEF VAN DE MINISTER", "Aan de Voorzitter")
    assert ("number", "B") in facts and ("chamber", "EERSTE KAMER DER STATEN-GENERAAL") in facts
    assert lines == {0, 1, 2, 3, 4, 5}


@pytest.mark.parametrize(
    ("lines", "number"),
    [(("Nr. 7 HERDRUK", "VERSLAG"), "7"), (("Nr. 7", "HERDRUK1", "VERSLAG"), "7"), (("HERDRUK", "Nr. 7", "VERSLAG"), "7"), (("Nr. 7 herdruk VERSLAG",), "7")],
)
def test_forms_of_a_reprint(lines: tuple[str, ...], number: str) -> None:
    facts, taken = head(CHAMBER, SESSION, "36 278", "Titel", *lines, "Tekst.")
    assert ("number", number) in facts and ("title", "VERSLAG") in facts
    assert [text.lower() for label, text in facts if label == "reprint"] == ["herdruk"]
    assert len(taken) == 4 + len(lines)


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("MOTIE VAN HET LID X", "motie"),
        ("NADER GEWIJZIGDE MOTIE VAN HET LID X", "motie"),
        ("GEWIJZIGD AMENDEMENT VAN HET LID X", "amendement"),
        ("BRIEF VAN DE MINISTER", "brief"),
        ("Lijst van vragen en antwoorden", "lijst van vragen en antwoorden"),
        ("VERSLAG VAN EEN COMMISSIEDEBAT", "verslag van een commissiedebat"),
        ("MOTIVERING", None),
        ("IETS ANDERS", None),
    ],
)
def test_the_kind_is_what_the_title_states(title: str, kind: str | None) -> None:
    lines = (CHAMBER, SESSION, "36 278", "Titel", "Nr. 3", title, "Tekst.")
    document = build_document([Block("paragraph", line) for line in lines], id="x", sha256="0" * 64, file="x", parser="x-1")
    assert document.meta.kind == kind


@pytest.mark.parametrize(
    ("line", "date"),
    [
        ("Voorgesteld 24 april 2025", "24 april 2025"),
        ("Ontvangen 3 mei 2023", "3 mei 2023"),
        ("Vastgesteld op 3 mei 2023", "3 mei 2023"),
        ("Den Haag, 3 mei 2023", "3 mei 2023"),
        ("Ingekomen op 3 mei 2023", None),
    ],
)
def test_the_date_below_the_title(line: str, date: str | None) -> None:
    facts, _ = head(CHAMBER, SESSION, "36 278", "Titel", "Nr. 3", "MOTIE", line, "Tekst.")
    assert [text for label, text in facts if label == "date"] == ([date] if date else [])


def test_lines_between_title_and_date_belong_to_the_head_but_not_the_text_without_a_date() -> None:
    assert head(CHAMBER, SESSION, "36 278", "Titel", "Nr. 3", "MOTIE", "Ter vervanging van nr. 2", "Voorgesteld 3 mei 2023", "x")[1] == set(range(8))
    assert head(CHAMBER, SESSION, "36 278", "Titel", "Nr. 3", "MOTIE", "De Kamer,", "gehoord,", "x")[1] == set(range(6))


def test_a_head_that_stops_short_is_a_head() -> None:
    for n in range(1, 7):
        facts, lines = head(*(CHAMBER, SESSION, "36 278", "Titel", "Nr. 3", "MOTIE")[:n])
        assert len(lines) == n and bool(facts) == (n > 1)
