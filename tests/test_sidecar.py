"""The sidecar: every key of it, and every way to get one wrong, with the line."""

import datetime

import pytest

from rbzqa.errors import ConfigError
from rbzqa.sidecar import Sidecar, read_sidecar
from rbzqa.types import Publication

NUMBER = '[[kamerstukken]]\nkamer = "II"\nvergaderjaar = "2020/21"\ndossier = "21501-02"\nnummer = "2400"\n'
AFTER = (datetime.date.today() + datetime.timedelta(days=1)).isoformat()


def test_whole_sidecar_is_read() -> None:
    data = (
        '\ufefftitel = "T"\r\nonderwerp = "O"\r\ndatum = "2021-09-06"\r\nkenmerk = "BZ-2021/1"\r\nsoort = "brief"\r\nbijlage_bij = "kst-21501-02-2400"\r\n'
        'vergadering = "Raad Buitenlandse Zaken"\r\nvergaderdata = ["2021-09-02", "2021-09-03"]\r\nministerie = "Ministerie van Defensie"\r\n'
        'auteurs = ["minister van Defensie", "S.A. Blok"]\r\nherdruk = true\r\n'
        '[[kamerstukken]]\r\nkamer = "II"\r\nvergaderjaar = "2020/21"\r\ndossier = "21501-02"\r\nnummer = "2400"\r\n'
        '[[kamerstukken]]\r\nkamer = "I/II"\r\nvergaderjaar = "2020/21"\r\ndossier = "35500-V"\r\nnummer = "A"\r\n'
    ).encode()
    assert read_sidecar(data, "a.toml") == Sidecar(
        title="T",
        subject="O",
        date="2021-09-06",
        kenmerk="BZ-2021/1",
        kamerstukken=(Publication("II", "2020/21", "21501-02", "2400"), Publication("I/II", "2020/21", "35500-V", "A")),
        kind="brief",
        parent="kst-21501-02-2400",
        meeting="Raad Buitenlandse Zaken",
        meeting_dates=("2021-09-02", "2021-09-03"),
        ministry="Ministerie van Defensie",
        authors=("minister van Defensie", "S.A. Blok"),
        reprint=True,
    )


def test_empty_sidecar_says_nothing() -> None:
    assert read_sidecar(b"", "a.toml") == Sidecar()
    assert read_sidecar(b"herdruk = false", "a.toml").reprint is False


@pytest.mark.parametrize(
    ("text", "publication"),
    [
        (NUMBER.replace("21501-02", "35123-(R2114)"), Publication("II", "2020/21", "35123-(R2114)", "2400")),
        (NUMBER.replace('"21501-02"', '""') + 'reeks = "Aanhangsel"', Publication("II", "2020/21", "", "2400", "Aanhangsel")),
        (NUMBER.replace('"21501-02"', '""') + 'reeks = "Handelingen"\nitem = "10"', Publication("II", "2020/21", "", "2400", "Handelingen", "10")),
        (
            '[[kamerstukken]]\nkamer = ""\nvergaderjaar = "2018"\ndossier = ""\nnummer = "47076"\nreeks = "Staatscourant"',
            Publication("", "2018", "", "47076", "Staatscourant"),
        ),
    ],
)
def test_number_in_another_series(text: str, publication: Publication) -> None:
    assert read_sidecar(text.encode(), "a.toml").kamerstukken == (publication,)


@pytest.mark.parametrize(
    ("text", "line", "says"),
    [
        ('titel = "T"\nonderwerp = \n', 2, "TOML"),
        ('titel = "T"\ntitel = "U"\n', 2, "TOML"),
        ('titel = "T"\nonderwerp = "', 2, "TOML"),
        ('titel = "T"\nkenmerk = 3\n', 2, "kenmerk moet tekst"),
        ('titel = "T"\n\nauteur = "Kaag"\n', 3, "'auteur'; bedoeld is misschien 'auteurs'"),
        ('titel = "T"\nbijlage-bij = "x"\n', 2, "bedoeld is misschien 'bijlage_bij'"),
        ('Titel = "T"\n', 1, "bedoeld is misschien 'titel'"),
        ('titel = "datum"\nqqq = 1\n', 2, "onbekende sleutel 'qqq'"),
        ('titel = ""\n', 1, "titel is leeg"),
        ('soort = "brief"\ntitel = """a\nb"""\n', 2, "titel is leeg, te lang of heeft stuurtekens"),
        ('titel = "' + "x" * 2000 + '"\n', 1, "te lang"),
        ('kamerstukken = "2400"\n', 1, "kamerstukken"),
        ('titel = "T"\nkamerstukken = ["2400"]\n', 2, "[[kamerstukken]]"),
        ('titel = "T"\ndatum = 2021-09-06\n', 2, "datum moet"),
        ('titel = "T"\ndatum = "6 september 2021"\n', 2, "jjjj-mm-dd"),
        ('datum = "2021-02-30"\n', 1, "jjjj-mm-dd"),
        ('datum = "20210906"\n', 1, "jjjj-mm-dd"),
        (f'titel = "T"\ndatum = "{AFTER}"\n', 2, "toekomst"),
        ('vergaderdata = "2021-09-02"\n', 1, "lijst"),
        ('vergaderdata = ["2021-09-02", "2021-13-02"]\n', 1, "vergaderdata"),
        ("vergaderdata = [3]\n", 1, "vergaderdata"),
        ('auteurs = ["Kaag", ""]\n', 1, "auteurs"),
        ('auteurs = "Kaag"\n', 1, "auteurs"),
        ('herdruk = "ja"\n', 1, "herdruk"),
        ('bijlage_bij = "zie de brief"\n', 1, "bijlage_bij"),
        ('bijlage_bij = "../x"\n', 1, "bijlage_bij"),
        (NUMBER.replace("2400", "2400'; --"), 5, "nummer"),
        (NUMBER.replace('"2400"', "2400"), 5, "nummer"),
        (NUMBER + NUMBER.replace("2400", "x"), 10, "nummer"),
        (NUMBER.replace("2020/21", "2020-2021"), 3, "vergaderjaar"),
        (NUMBER.replace("21501-02", "21 501-02"), 4, "dossier"),
        (NUMBER.replace('"II"', '"III"'), 2, "kamer"),
        (NUMBER.replace("nummer", "volgnummer"), 5, "onbekende sleutel 'volgnummer' in kamerstukken; bedoeld is misschien 'nummer'"),
        (NUMBER.replace('nummer = "2400"\n', ""), 1, "mist nummer"),
        (NUMBER + 'herdruk = "ja"\n', 6, "'herdruk' in kamerstukken"),
        (NUMBER + 'reeks = "Krant"\n', 6, "reeks"),
        (NUMBER + 'item = "3"\n', 6, "item"),
        (NUMBER + 'reeks = "Aanhangsel"\n', 4, "dossier"),
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
    assert "\n" not in caught.value.message and caught.value.hint
    assert caught.value.exit_code == 2


def test_sidecar_of_today_is_not_in_the_future_and_a_meeting_may_be() -> None:
    today = datetime.date.today().isoformat()
    assert read_sidecar(f'datum = "{today}"'.encode(), "a.toml").date == today
    assert read_sidecar(f'vergaderdata = ["{AFTER}"]'.encode(), "a.toml").meeting_dates == (AFTER,)


def test_sidecar_that_is_not_utf8_is_refused() -> None:
    # FAULTS A27
    with pytest.raises(ConfigError, match=r"^a\.toml: geen geldige UTF-8$"):
        read_sidecar(b'titel = "Sloveni\xeb"', "a.toml")
