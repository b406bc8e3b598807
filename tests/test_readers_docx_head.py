"""What the head of a Word file states: labels of a letterhead, title lines of a Kamerstuk, line by line."""

import time

import pytest

from rbzqa.metadata import FACTS
from rbzqa.readers.docx.letterfacts import fact, is_label, kamer_head, letter_facts, once


def stated(*lines: str) -> list[tuple[str, str]]:
    return [(block.label, block.text) for block in letter_facts(lines)]


def head(*lines: str) -> tuple[list[tuple[str, str]], set[int]]:
    found = kamer_head(lines)
    return [(block.label, block.text) for block in found.facts], found.lines


@pytest.mark.parametrize(
    ("lines", "facts"),
    [
        (("Datum", "3 mei 2023"), [("date", "3 mei 2023")]),
        (("Datum: 3 mei 2023",), [("date", "3 mei 2023")]),
        (("DATUM 03-05-2023",), [("date", "03-05-2023")]),
        (("Ons kenmerk", "BZ2311111"), [("kenmerk", "BZ2311111")]),
        (("Onze referentie:", "2023Z 0001 / DIO"), [("kenmerk", "2023Z 0001 / DIO")]),
        (("Kenmerk", "1234-ABC"), [("kenmerk", "1234-ABC")]),
        (("Betreft", "Verslag van de Raad"), [("subject", "Verslag van de Raad")]),
        (("Onderwerp: Verslag",), [("subject", "Verslag")]),
        (("Betreft", "Verslag", "Datum", "3 mei 2023"), [("subject", "Verslag"), ("date", "3 mei 2023")]),
    ],
)
def test_labels_and_their_values(lines: tuple[str, ...], facts: list[tuple[str, str]]) -> None:
    assert stated(*lines) == facts


@pytest.mark.parametrize(
    "lines",
    [
        ("Datum", "Betreft"),
        ("Datum", "morgen"),
        ("Datum", "Uw kenmerk", "3 mei 2023"),
        ("Uw kenmerk", "BZ-1"),
        ("Kenmerk", "van de dienst"),
        ("Kenmerkend is 2023",),
        ("Onderwerp van gesprek was Mali",),
        ("3 mei 2023",),
        (),
    ],
)
def test_what_states_nothing(lines: tuple[str, ...]) -> None:
    assert stated(*lines) == []


@pytest.mark.parametrize("line", ["Datum", "Ons kenmerk", "Betreft:", "Uw kenmerk", "Bijlage(n)", "Pagina"])
def test_labels(line: str) -> None:
    assert is_label(line)


@pytest.mark.parametrize("line", ["Datum 3 mei", "Land", "", "Kenmerkend", "Bijlage 1"])
def test_what_is_no_label(line: str) -> None:
    assert not is_label(line)


def test_each_fact_once_and_of_a_letter_its_first_date() -> None:
    facts = [fact("date", "a"), fact("date", "b"), fact("dossier", "c"), fact("dossier", "d"), fact("dossier", "c")]
    assert [(block.label, block.text) for block in once(facts)] == [("date", "a"), ("dossier", "c"), ("dossier", "d")]


CHAMBER, SESSION = "Tweede Kamer der Staten-Generaal", "Vergaderjaar 2024–2025"


def test_a_head_ends_at_the_first_line_that_is_no_part_of_it() -> None:
    facts, lines = head(CHAMBER, "2", SESSION, "De Kamer,", "36 278", "Nr. 3")
    assert lines == {0, 1, 2}
    assert facts == [("chamber", CHAMBER), ("session", SESSION)]


def test_a_head_may_come_a_few_lines_down_but_not_in_the_letter() -> None:
    assert head("2", CHAMBER, SESSION, "36 278", "Titel")[1] == {1, 2, 3, 4}
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
        ("MOTIE VAN HET LID X", "MOTIE"),
        ("NADER GEWIJZIGDE MOTIE VAN HET LID X", "NADER GEWIJZIGDE MOTIE"),
        ("GEWIJZIGD AMENDEMENT VAN HET LID X", "GEWIJZIGD AMENDEMENT"),
        ("BRIEF VAN DE MINISTER", "BRIEF"),
        ("Lijst van vragen en antwoorden", "Lijst van vragen en antwoorden"),
        ("VERSLAG VAN EEN COMMISSIEDEBAT", "VERSLAG"),
        ("MOTIVERING", None),
        ("IETS ANDERS", None),
    ],
)
def test_the_kind_is_what_the_title_states(title: str, kind: str | None) -> None:
    facts, _ = head(CHAMBER, SESSION, "36 278", "Titel", "Nr. 3", title, "Tekst.")
    assert [text for label, text in facts if label == "kind"] == ([kind] if kind else [])


@pytest.mark.parametrize(
    ("line", "date"),
    [
        ("Voorgesteld 24 april 2025", "24 april 2025"),
        ("Ontvangen 3 mei 2023", "3 mei 2023"),
        ("Vastgesteld op 3 mei 2023", "3 mei 2023"),
        ("Den Haag, 3 mei 2023", None),
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
        assert (len(lines) == n) == (n > 1) and bool(facts) == (n > 1)


def test_every_label_is_one_that_the_metadata_knows() -> None:
    facts, _ = head(CHAMBER, "2", SESSION, "36 278", "Titel", "Nr. 3 HERDRUK", "MOTIE", "Voorgesteld 3 mei 2023")
    assert {label for label, _ in [*facts, *stated("Datum", "3 mei 2023", "Betreft", "x", "Kenmerk", "x1")]} <= FACTS


def test_long_lines_take_linear_time() -> None:
    def took(n: int) -> float:
        lines = ["1 a" * n, "36 278 " + " " * n + "x", "Nr. 3" + " " * n, "a1 " * n, "Kenmerk " + "x " * n, "Datum " + "1 " * n]
        times = []
        for _ in range(3):
            start = time.process_time()
            kamer_head([CHAMBER, SESSION, *lines])
            letter_facts(lines)
            for line in lines:
                kamer_head([CHAMBER, SESSION, line])
            times.append(time.process_time() - start)
        return min(times)

    took(100)
    assert any(took(80_000) < 10 * max(took(20_000), 1e-4) for _ in range(5))  # a square law gives 16; a busy machine now and then more than 4
