"""Numbers as files state them, in one form."""

import pytest

from rbzqa.publications import Numbers, chamber_of, dossier_of, is_annex, is_reprint, number_of, numbers_of, series_of, session_of, written
from rbzqa.types import Publication


@pytest.mark.parametrize(
    ("text", "dossier"),
    [
        ("21 501-02", "21501-02"),
        ("21501-02", "21501-02"),
        ("21\u00a0501-02 Raad Algemene Zaken", "21501-02"),
        ("29521", "29521"),
        ("29 521 Nederlandse deelname", "29521"),
        ("36 278 EU-beleid", "36278"),
        ("36 278 IV-beleid", "36278"),
        ("36 800 XIV", "36800-XIV"),
        ("36 800-XIV", "36800-XIV"),
        ("36600-VII", "36600-VII"),
        ("35 570 IIA Staten-Generaal", "35570-IIA"),
        ("35 500 V", "35500-V"),
        ("35 123 (R2114)", "35123-(R2114)"),
        ("1 501-02", ""),
        ("kst-1268678", ""),
        ("", ""),
    ],
)
def test_dossier_of(text: str, dossier: str) -> None:
    assert dossier_of(text) == dossier


@pytest.mark.parametrize(
    ("text", "session"),
    [
        ("Vergaderjaar 2024–2025", "2024/25"),
        ("2017-2018", "2017/18"),
        ("1999-2000", "1999/00"),
        ("2024/25", "2024/25"),
        ("20232024", "2023/24"),
        ("2018", "2018"),
        ("2019-2021", ""),
        ("20232025", ""),
        ("vandaag", ""),
    ],
)
def test_session_of(text: str, session: str) -> None:
    assert session_of(text) == session


@pytest.mark.parametrize(
    ("text", "chamber"),
    [
        ("Tweede Kamer der Staten-Generaal", "II"),
        ("TWEEDE KAMER DER STATEN-GENERAAL", "II"),
        ("2", "II"),
        ("Eerste Kamer der Staten-Generaal", "I"),
        ("1", "I"),
        ("Eerste en Tweede Kamer", "I/II"),
        ("Verenigde Vergadering der Staten-Generaal", "I/II"),
        ("Staten-Generaal", ""),
        ("3", ""),
    ],
)
def test_chamber_of(text: str, chamber: str) -> None:
    assert chamber_of(text) == chamber


@pytest.mark.parametrize(
    ("text", "number"),
    [("Nr. 2602 HERDRUK", "2602"), ("2602", "2602"), ("Nr. A", "A"), ("BT", "BT"), ("Nr. 7 HERDRUK1", "7"), ("BRIEF", ""), ("2.1", ""), ("", "")],
)
def test_number_of(text: str, number: str) -> None:
    assert number_of(text) == number


def test_series_of() -> None:
    assert series_of("Kamerstuk") == "Kamerstukken"
    assert series_of("Aanhangsel van de Handelingen") == "Aanhangsel"
    assert series_of("Handelingen") == "Handelingen"
    assert series_of("Kamervragen zonder antwoord") is None


@pytest.mark.parametrize(
    ("identifier", "publication"),
    [
        ("kst-21501-02-2602", Publication("", "", "21501-02", "2602")),
        ("kst-36600-VII-1", Publication("", "", "36600-VII", "1")),
        ("kst-34851-4", Publication("", "", "34851", "4")),
        ("kst-35570-A", Publication("", "", "35570", "A")),
        ("kst-35982-7-h1", Publication("", "", "35982", "7")),
        ("kst-35123-(R2114)-3", Publication("", "", "35123-(R2114)", "3")),
        ("ah-tk-20232024-1076", Publication("II", "2023/24", "", "1076", "Aanhangsel")),
        ("ah-ek-20232024-2", Publication("I", "2023/24", "", "2", "Aanhangsel")),
        ("h-tk-20172018-61-10", Publication("II", "2017/18", "", "61", "Handelingen", "10")),
        ("stb-2018-84", Publication("", "2018", "", "84", "Staatsblad")),
        ("stcrt-2015-47076", Publication("", "2015", "", "47076", "Staatscourant")),
        ("prb-2017-1003", Publication("", "2017", "", "1003", "Provinciaal blad")),
        ("gmb-2023-174296", Publication("", "2023", "", "174296", "Gemeenteblad")),
    ],
)
def test_identifier_gives_its_publication(identifier: str, publication: Publication) -> None:
    assert numbers_of(identifier).publications() == (publication,)


@pytest.mark.parametrize("identifier", ["kst-1268678", "ah-1271549", "blg-1027694", "kst-35570-VII-12-b1", "kv-tk-2023Z12345", "x", ""])
def test_piece_that_is_not_placed_has_no_number(identifier: str) -> None:
    assert numbers_of(identifier).publications() == ()


def test_piece_under_several_dossiers_has_its_number_in_the_first() -> None:
    numbers = Numbers(chamber="II", session="2019/20", dossiers=("21501-02", "21501-20"), numbers=("2193",))
    assert numbers.publications() == (Publication("II", "2019/20", "21501-02", "2193"), Publication("II", "2019/20", "21501-20", ""))
    both = Numbers(dossiers=("21501-02", "36045"), numbers=("2502", "3"))
    assert [one.number for one in both.publications()] == ["2502", "3"]


def test_dossier_without_number_is_known_and_number_without_series_is_not() -> None:
    assert Numbers(dossiers=("21501-02",)).publications() == (Publication("", "", "21501-02", ""),)
    assert Numbers(numbers=("5",)).publications() == ()
    assert Numbers("Aanhangsel", numbers=("5",)).publications() == ()


def test_reprint_and_annex_by_identifier() -> None:
    assert is_reprint("kst-35982-7-h1") and not is_reprint("kst-35982-7")
    assert is_annex("blg-1027694") and is_annex("kst-35570-VII-12-b1") and not is_annex("kst-35570-VII-12")


def test_written() -> None:
    assert written(Publication("II", "2022/23", "21501-02", "2602")) == "21501-02, nr. 2602"
    assert written(Publication("II", "2022/23", "", "12", "Aanhangsel")) == "Aanhangsel 2022/23, nr. 12"
    assert written(Publication("II", "", "21501-02", "")) == "21501-02"
