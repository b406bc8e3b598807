"""What titles say: kind, part, author, council; and how they read in a sentence."""

import pytest

from rbzqa.titles import annex_number, author_of, council_of, is_bare, kind_of, offices_of, part_of, sentence_case, short_title

GYMNICH = "VERSLAG VAN DE RAAD BUITENLANDSE ZAKEN GYMNICH VAN 2 EN 3 SEPTEMBER 2021"


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        (GYMNICH, "report"),
        ("VERSLAG RAAD BUITENLANDSE ZAKEN VAN 20 januari 2020", "report"),
        ("Verslag Raad Buitenlandse Zaken Handel van 23 juni 2025", "report"),
        ("VERSLAG VIDEOCONFERENTIE VAN DE LEDEN VAN DE RAAD D.D. 22 JUNI 2021", "report"),
        ("Verslag informele Raad", "report"),
        ("Verslag Gymnich", "report"),
        ("Verslag Europese Raad", "report"),
        ("Kort verslag NAVO-top", "report"),
        ("Verslag NAVO Ministeriële", "report"),
        ("GEANNOTEERDE AGENDA VAN DE LEDEN VAN DE RAAD BUITENLANDSE ZAKEN", "agenda"),
        ("Geannoteeerde agenda RBZ", "agenda"),
        ("Aanvullende agenda Raad Buitenlandse Zaken", "agenda"),
        ("Aanvullende informatie op de Geannoteerde agenda van de RAZEB", "agenda"),
        ("Agenda Raad", "agenda"),
        ("Bijlage", "annex"),
        ("BIJLAGE I", "annex"),
        ("Bijlagen: toezeggingen", "annex"),
        ("Bijlage bij de begroting", None),
        ("Verslag van de werkzaamheden", None),
        ("Verslag van de Raad van State", None),
        ("Verslag van een schriftelijk overleg over de Raad Buitenlandse Zaken", None),
        ("Verslag van een commissiedebat over de RBZ", None),
        ("Agenda 2030", None),
        ("De Raad Buitenlandse Zaken", None),
        ("Bijlagenoverzicht", None),
    ],
)
def test_part_of(title: str, kind: str | None) -> None:
    assert part_of(title) == kind


@pytest.mark.parametrize(
    ("title", "number"),
    [
        ("Bijlage 2: x", 2),
        ("BIJLAGE IV", 4),
        ("Bijlage IX - y", 9),
        ("Bijlage nr. 12", 12),
        ("Bijlage", None),
        ("Bijlage Internationaal", None),
        ("Verslag 3", None),
    ],
)
def test_annex_number(title: str, number: int | None) -> None:
    assert annex_number(title) == number


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("BRIEF VAN DE MINISTER VAN BUITENLANDSE ZAKEN", "brief"),
        ("Brief regering", "brief"),
        ("Kamerbrief over Mali", "brief"),
        ("GEWIJZIGDE MOTIE VAN HET LID CEDER", "motie"),
        ("Nader gewijzigd amendement van het lid X", "amendement"),
        ("VERSLAG VAN EEN COMMISSIEDEBAT", "verslag van een commissiedebat"),
        ("VERSLAG VAN EEN SCHRIFTELIJK OVERLEG", "verslag van een schriftelijk overleg"),
        ("LIJST VAN VRAGEN EN ANTWOORDEN", "lijst van vragen en antwoorden"),
        ("LIJST VAN VRAGEN", "lijst van vragen"),
        ("NOTA NAAR AANLEIDING VAN HET VERSLAG", "nota naar aanleiding van het verslag"),
        ("MEMORIE VAN TOELICHTING", "memorie van toelichting"),
        ("ADVIES AFDELING ADVISERING RAAD VAN STATE EN NADER RAPPORT", "advies raad van state"),
        ("Vragen van het lid Kaag over Mali", "vragen en antwoorden"),
        ("Handelingen", "handelingen"),
        ("Bijlage", "bijlage"),
        (GYMNICH, None),
        ("De situatie in Congo", None),
        ("", None),
    ],
)
def test_kind_of(title: str, kind: str | None) -> None:
    assert kind_of(title) == kind


@pytest.mark.parametrize(
    ("title", "author"),
    [
        ("BRIEF VAN DE MINISTER VAN BUITENLANDSE ZAKEN", "minister van Buitenlandse Zaken"),
        ("Brief van de minister van Defensie", "minister van Defensie"),
        ("Brief van de minister van Defensie over Mali", "minister van Defensie"),
        (
            "BRIEF VAN DE MINISTERS VAN BUITENLANDSE ZAKEN EN VOOR BUITENLANDSE HANDEL EN ONTWIKKELINGSSAMENWERKING",
            "ministers van Buitenlandse Zaken en voor Buitenlandse Handel en Ontwikkelingssamenwerking",
        ),
        ("MOTIE VAN HET LID CEDER", "Ceder"),
        ("MOTIE VAN DE LEDEN PIRI EN VAN DER PLAS", "Piri en Van der Plas"),
        ("GEWIJZIGDE MOTIE VAN HET LID FABER-VAN DE KLASHORST C.S.", "Faber-van de Klashorst"),
        ("Motie van het lid Van Dijk over Mali", "Van Dijk"),
        ("Gewijzigde motie van de leden A en B ter vervanging van nr. 3", "A en B"),
        ("VERSLAG VAN EEN COMMISSIEDEBAT", None),
    ],
)
def test_author_of(title: str, author: str | None) -> None:
    assert author_of(title) == author


@pytest.mark.parametrize(
    ("text", "offices"),
    [
        ("De minister van Buitenlandse Zaken, S.A. Blok", ("minister van Buitenlandse Zaken",)),
        ("DE MINISTER VAN INFRASTRUCTUUR EN WATERSTAAT,", ("minister van Infrastructuur en Waterstaat",)),
        ("De Minister van Volksgezondheid, Welzijn en Sport, H. de Jonge", ("minister van Volksgezondheid, Welzijn en Sport",)),
        (
            "De Minister van Buitenlandse Zaken, De Staatssecretaris voor Europese Zaken,",
            ("minister van Buitenlandse Zaken", "staatssecretaris voor Europese Zaken"),
        ),
        ("De Minister-President, M. Rutte", ("minister-President",)),
        ("Ceder", ()),
    ],
)
def test_offices_of(text: str, offices: tuple[str, ...]) -> None:
    assert offices_of(text) == offices


@pytest.mark.parametrize(
    ("title", "council"),
    [
        (GYMNICH, "Raad Buitenlandse Zaken Gymnich"),
        ("Verslag Raad Buitenlandse Zaken Handel van 3 mei", "Raad Buitenlandse Zaken Handel"),
        ("Verslag RBZ/Ontwikkelingssamenwerking", "Raad Buitenlandse Zaken Ontwikkelingssamenwerking"),
        ("Agenda RAZEB", "Raad Algemene Zaken en Externe Betrekkingen"),
        ("Verslag RAZ", "Raad Algemene Zaken"),
        ("Verslag van de Europese Raad", "Europese Raad"),
        ("Verslag NAVO-top", "NAVO-top"),
        ("Verslag van de gemeenteraad", None),
    ],
)
def test_council_of(title: str, council: str | None) -> None:
    assert council_of(title) == council


@pytest.mark.parametrize(
    "title", ["BRIEF VAN DE MINISTER VAN DEFENSIE", "Brief regering", "MOTIE VAN HET LID CEDER", "VERSLAG VAN EEN SCHRIFTELIJK OVERLEG", "Verslag"]
)
def test_title_of_kind_and_author_is_bare(title: str) -> None:
    assert is_bare(title)


@pytest.mark.parametrize(
    "title", [GYMNICH, "De situatie in Congo", "Motie van het lid Ceder over Gaza", "Brief van de minister inzake Mali", "Verzamelbrief luchtvaart"]
)
def test_title_that_tells_what_it_is_about_is_not(title: str) -> None:
    assert not is_bare(title)


@pytest.mark.parametrize(
    ("title", "short"),
    [
        (GYMNICH, "Verslag RBZ Gymnich, 2-3 september 2021"),
        ("VERSLAG RAAD BUITENLANDSE ZAKEN VAN 20 januari 2020", "Verslag RBZ, 20 januari 2020"),
        ("Verslag Raad Buitenlandse Zaken van 23 juni 2025", "Verslag RBZ, 23 juni 2025"),
        ("Verslag van de Raad Algemene Zaken d.d. 22 juni 2021", "Verslag RAZ, 22 juni 2021"),
        ("Verslag van de Raad Algemene Zaken en Externe Betrekkingen van 16 maart 2009", "Verslag RAZEB, 16 maart 2009"),
        ("GEANNOTEERDE AGENDA VAN DE LEDEN VAN DE RAAD BUITENLANDSE ZAKEN VAN 21 SEPTEMBER 2020", "Geannoteerde agenda RBZ, 21 september 2020"),
        ("Verslag Raad Buitenlandse Zaken Handel van 30 juni en 1 juli 2021", "Verslag RBZ Handel, 30 juni en 1 juli 2021"),
        ("Verslag van de Raad Buitenlandse Zaken (RBZ) van 3 mei 2021", "Verslag RBZ, 3 mei 2021"),
        ("Verslag zonder datum", "Verslag zonder datum"),
        ("3 mei 2021", "3 mei 2021"),
    ],
)
def test_short_title(title: str, short: str) -> None:
    assert short_title(title) == short


def test_sentence_case_leaves_a_title_in_small_letters_alone() -> None:
    assert sentence_case("Verslag van de RBZ") == "Verslag van de RBZ"
    assert sentence_case("VERSLAG RBZ EN EU IN GYMNICH") == "Verslag RBZ en EU in Gymnich"
    assert sentence_case("MOTIE VAN HET LID VAN DER PLAS OVER NEDERLAND") == "Motie van het lid Van der Plas over Nederland"
    assert sentence_case("BRIEF VAN DE MINISTER VAN LANDBOUW, NATUUR EN VOEDSELKWALITEIT") == "Brief van de minister van Landbouw, Natuur en Voedselkwaliteit"
    assert sentence_case("") == ""
