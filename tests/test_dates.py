"""Dates as letters write them, in ISO form."""

import pytest

from rbzqa.dates import dutch_date, first_written, iso_date, written_dates


@pytest.mark.parametrize(
    ("text", "dates"),
    [
        ("VERSLAG RAAD BUITENLANDSE ZAKEN GYMNICH VAN 2 EN 3 SEPTEMBER 2021", ("2021-09-02", "2021-09-03")),
        ("VERSLAG RAAD BUITENLANDSE ZAKEN VAN 20 januari 2020", ("2020-01-20",)),
        ("Verslag 2-3 maart 2021", ("2021-03-02", "2021-03-03")),
        ("Verslag 24 – 25 juni 2021", ("2021-06-24", "2021-06-25")),
        ("Verslag 9 tot en met 11 mei 2022", ("2022-05-09", "2022-05-11")),
        ("Verslag 9 t/m 11 mei 2022", ("2022-05-09", "2022-05-11")),
        ("Verslag 1, 2 en 3 mei 2022", ("2022-05-01", "2022-05-02", "2022-05-03")),
        ("Verslag van 30 juni en 1 juli 2021", ("2021-06-30", "2021-07-01")),
        ("Verslag van 30 juni 2020 en 1 juli 2021", ("2020-06-30", "2021-07-01")),
        ("Verslag van woensdag 30 juni en donderdag 1 juli 2021", ("2021-06-30", "2021-07-01")),
        ("Agenda van 3 mei 2021 en verslag van 12 april 2021", ("2021-05-03", "2021-04-12")),
        ("Twee keer 3 mei 2021 en 3 mei 2021", ("2021-05-03",)),
        ("Agenda van 3 mei, over de Raad van 12 april 2021", ("2021-04-12",)),
        ("Verslag van september 2021", ()),
        ("Verslag van 2 septembre 2021", ()),
        ("Verslag van 31 februari 2021", ()),
        ("Het bedrag van 2,3 mei 2021", ()),
        ("1.200 mei 20213", ()),
        ("", ()),
    ],
)
def test_written_dates(text: str, dates: tuple[str, ...]) -> None:
    assert written_dates(text) == dates


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("2023-01-31", "2023-01-31"),
        ("2023-01-31T10:15:00+01:00", "2023-01-31"),
        ("2023-01-31-02", None),
        ("2023-02-31", None),
        ("Den Haag, 31 januari 2023", "2023-01-31"),
        ("Donderdag 8 februari 2018", "2018-02-08"),
        ("11-03-2009 | Kamerstuk", "2009-03-11"),
        ("11-13-2009", None),
        ("in 2009", None),
    ],
)
def test_iso_date(text: str, date: str | None) -> None:
    assert iso_date(text) == date


def test_first_written_spans_all_that_is_joined() -> None:
    text = "Verslag van 30 juni en 1 juli 2021 en 4 mei 2022"
    span = first_written(text)
    assert span is not None and text[slice(*span)] == "30 juni en 1 juli 2021"
    assert first_written("op 3 mei") is None
    assert first_written("op 3 mei, of 4 mei 2021") == (13, 23)


def test_dutch_date() -> None:
    assert dutch_date("2023-01-31") == "31 januari 2023"
    assert iso_date(dutch_date("2020-02-29")) == "2020-02-29"
