"""What the labels of a letterhead in a Word file state, line by line."""

import pytest

from rbzqa.metadata import FACTS
from rbzqa.readers.docx.letterfacts import fact, is_label, letter_facts, once

from .timing import is_linear


def stated(*lines: str) -> list[tuple[str, str]]:
    return [(block.label, block.text) for block in letter_facts(lines)]


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


def test_every_label_is_one_that_the_metadata_knows() -> None:
    assert {label for label, _ in stated("Datum", "3 mei 2023", "Betreft", "x", "Kenmerk", "x1")} <= FACTS


def test_long_lines_take_linear_time() -> None:
    assert is_linear(lambda n: ["1 a" * n, "a1 " * n, "Kenmerk " + "x " * n, "Datum " + "1 " * n], letter_facts, 20_000)
