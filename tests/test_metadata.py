"""What a letter says of itself, and what its sidecar may add."""

import datetime

import pytest

from rbzqa.errors import ConfigError
from rbzqa.metadata import Sidecar, describe, meeting_dates, read_sidecar, sentence_case, short_title
from rbzqa.types import Document, Kamerstuk

GYMNICH = "VERSLAG VAN DE RAAD BUITENLANDSE ZAKEN GYMNICH VAN 2 EN 3 SEPTEMBER 2021"


def test_letter_is_described_by_its_own_words_and_no_more(seed: Document) -> None:
    meta = seed.meta
    assert meta.title == GYMNICH
    assert meta.subject == "Verslag van de Raad Buitenlandse Zaken Gymnich van 2 en 3 september 2021"
    assert meta.description == "Verslag RBZ Gymnich, 2-3 september 2021"
    assert meta.meeting_dates == ("2021-09-02", "2021-09-03")
    assert meta.file == "verslag-rbz-gymnich-2021-09.txt"
    assert (meta.date, meta.kenmerk, meta.kamerstukken) == (None, None, ())
    assert meta.missing == ("datum", "kenmerk", "kamerstuknummer")


@pytest.mark.parametrize(
    ("title", "dates"),
    [
        (GYMNICH, ("2021-09-02", "2021-09-03")),
        ("VERSLAG RAAD BUITENLANDSE ZAKEN VAN 20 januari 2020", ("2020-01-20",)),
        ("Verslag 2-3 maart 2021", ("2021-03-02", "2021-03-03")),
        ("Verslag 9 tot en met 11 mei 2022", ("2022-05-09", "2022-05-11")),
        ("Agenda van 3 mei 2021 en verslag van 12 april 2021", ("2021-05-03", "2021-04-12")),
        ("Verslag van september 2021", ()),
        ("Verslag van 2 septembre 2021", ()),
        ("", ()),
    ],
)
def test_meeting_dates_are_those_of_the_title(title: str, dates: tuple[str, ...]) -> None:
    assert meeting_dates(title) == dates


@pytest.mark.parametrize(
    ("title", "short"),
    [
        (GYMNICH, "Verslag RBZ Gymnich, 2-3 september 2021"),
        ("VERSLAG RAAD BUITENLANDSE ZAKEN VAN 20 januari 2020", "Verslag RBZ, 20 januari 2020"),
        ("Verslag Raad Buitenlandse Zaken van 23 juni 2025", "Verslag RBZ, 23 juni 2025"),
        ("Verslag van de Raad Algemene Zaken d.d. 22 juni 2021", "Verslag RAZ, 22 juni 2021"),
        ("Verslag van de Raad Algemene Zaken en Externe Betrekkingen van 16 maart 2009", "Verslag RAZEB, 16 maart 2009"),
        ("Verslag zonder datum", "Verslag zonder datum"),
    ],
)
def test_short_title(title: str, short: str) -> None:
    assert short_title(title) == short


def test_sentence_case_leaves_a_title_in_small_letters_alone() -> None:
    assert sentence_case("Verslag van de RBZ") == "Verslag van de RBZ"
    assert sentence_case("VERSLAG RBZ EN EU IN GYMNICH") == "Verslag RBZ en EU in Gymnich"
    assert sentence_case("") == ""


def test_sidecar_wins_over_the_letter_and_what_it_says_is_not_missing() -> None:
    number = Kamerstuk("II", "2020/21", "21501-02", "2400")
    sidecar = Sidecar(title="Titel", subject="Onderwerp", date="2021-09-06", kenmerk="BZ-1", kamerstukken=(number,))
    meta = describe(GYMNICH, ("De minister,",), "a.txt", sidecar)
    assert (meta.title, meta.subject, meta.date, meta.kenmerk, meta.kamerstukken) == ("Titel", "Onderwerp", "2021-09-06", "BZ-1", (number,))
    assert meta.missing == ()


def test_letter_without_anything_is_described_by_its_file() -> None:
    meta = describe("", (), "a.txt", Sidecar())
    assert (meta.title, meta.subject, meta.description) == ("", "a.txt", "a.txt")
    assert meta.missing == ("titel", "datum", "kenmerk", "kamerstuknummer", "ondertekenaar")


def test_whole_sidecar_is_read() -> None:
    data = (
        '\ufefftitel = "T"\r\nonderwerp = "O"\r\ndatum = "2021-09-06"\r\nkenmerk = "BZ-2021/1"\r\n'
        '[[kamerstukken]]\r\nkamer = "II"\r\nvergaderjaar = "2020/21"\r\ndossier = "21501-02"\r\nnummer = "2400"\r\n'
        '[[kamerstukken]]\r\nkamer = "I/II"\r\nvergaderjaar = "2020/21"\r\ndossier = "35500-V"\r\nnummer = "A"\r\n'
    ).encode()
    assert read_sidecar(data, "a.toml") == Sidecar(
        "T", "O", "2021-09-06", "BZ-2021/1", (Kamerstuk("II", "2020/21", "21501-02", "2400"), Kamerstuk("I/II", "2020/21", "35500-V", "A"))
    )


def test_empty_sidecar_says_nothing() -> None:
    assert read_sidecar(b"", "a.toml") == Sidecar()


NUMBER = '[[kamerstukken]]\nkamer = "II"\nvergaderjaar = "2020/21"\ndossier = "21501-02"\nnummer = "2400"\n'
TOMORROW = (datetime.date.today() + datetime.timedelta(days=1)).isoformat()


@pytest.mark.parametrize(
    ("text", "line", "says"),
    [
        ('titel = "T"\nonderwerp = \n', 2, "TOML"),
        ('titel = "T"\ntitel = "U"\n', 2, "TOML"),
        ('titel = "T"\nkenmerk = 3\n', 2, "kenmerk"),
        ('titel = "T"\n\nauteur = "Kaag"\n', 3, "auteur"),
        ('kamerstukken = "2400"\n', 1, "kamerstukken"),
        ('titel = "T"\nkamerstukken = ["2400"]\n', 2, "kamerstukken"),
        ('titel = "T"\ndatum = 2021-09-06\n', 2, "datum"),
        ('titel = "T"\ndatum = "6 september 2021"\n', 2, "datum"),
        ('datum = "2021-02-30"\n', 1, "datum"),
        ('datum = "20210906"\n', 1, "datum"),
        (f'titel = "T"\ndatum = "{TOMORROW}"\n', 2, "toekomst"),
        (NUMBER.replace("2400", "2400'; --"), 5, "nummer"),
        (NUMBER.replace('"2400"', "2400"), 5, "nummer"),
        (NUMBER.replace("2020/21", "2020-2021"), 3, "vergaderjaar"),
        (NUMBER.replace("21501-02", "21 501-02"), 4, "dossier"),
        (NUMBER.replace('"II"', '"III"'), 2, "kamer"),
        (NUMBER.replace("nummer", "volgnummer"), 1, "kamerstukken"),
        (NUMBER + 'herdruk = "ja"\n', 1, "kamerstukken"),
        ("titel = " + "[" * 100_000, 1, "TOML"),
        ("titel = " + "9" * 5_000, 1, "TOML"),
    ],
)
def test_wrong_sidecar_is_refused_with_its_line(text: str, line: int, says: str) -> None:
    # FAULTS A27
    with pytest.raises(ConfigError) as caught:
        read_sidecar(text.encode(), "a.toml")
    assert caught.value.message.startswith(f"a.toml:{line}: ")
    assert says in caught.value.message
    assert caught.value.exit_code == 2


def test_sidecar_of_today_is_not_in_the_future() -> None:
    today = datetime.date.today().isoformat()
    assert read_sidecar(f'datum = "{today}"'.encode(), "a.toml").date == today


def test_sidecar_that_is_not_utf8_is_refused() -> None:
    # FAULTS A27
    with pytest.raises(ConfigError, match=r"^a\.toml: geen geldige UTF-8$"):
        read_sidecar(b'titel = "Sloveni\xeb"', "a.toml")
