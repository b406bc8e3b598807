"""What a letter, its record and its sidecar say of it, and where they contradict each other."""

import pytest

from rbzqa.metadata import FACTS, Contents, Stated, describe, parent_of
from rbzqa.sidecar import Sidecar, read_sidecar
from rbzqa.structure import build_document
from rbzqa.types import Block, Document, DocumentMeta, Publication

from .conftest import REPOSITORY
from .fakes import letter

GYMNICH = "VERSLAG VAN DE RAAD BUITENLANDSE ZAKEN GYMNICH VAN 2 EN 3 SEPTEMBER 2021"
DOCS = REPOSITORY.parent / "shared" / "data" / "docs"
NUMBER = Publication("II", "2020/21", "21501-02", "2400")


def facts(**stated: str | tuple[str, ...]) -> tuple[Block, ...]:
    """Fact blocks by their label; a tuple states a label more than once."""
    assert set(stated) <= FACTS
    return tuple(Block("fact", text, label=label) for label, texts in stated.items() for text in ((texts,) if isinstance(texts, str) else texts))


def meta(
    file: tuple[Block, ...] = (),
    record: tuple[Block, ...] = (),
    sidecar: Sidecar | None = None,
    title: str = "",
    opening: str = "",
    signed: tuple[str, ...] = (),
) -> DocumentMeta:
    return describe(Contents(title, opening, signed), "a.txt", Stated(file, record), sidecar or Sidecar())


KAMERSTUK = facts(
    chamber="Tweede Kamer der Staten-Generaal",
    session="Vergaderjaar 2022–2023",
    dossier="21 501-02",
    dossier_title="Raad Algemene Zaken en Raad Buitenlandse Zaken",
    number="Nr. 2602",
    title="BRIEF VAN DE MINISTER VAN BUITENLANDSE ZAKEN",
    date="31 januari 2023",
)


def test_letter_is_described_by_its_own_words_and_no_more(seed: Document) -> None:
    meta = seed.meta
    assert meta.title == GYMNICH
    assert meta.subject == "Verslag van de Raad Buitenlandse Zaken Gymnich van 2 en 3 september 2021"
    assert meta.description == "Verslag RBZ Gymnich, 2-3 september 2021"
    assert (meta.meeting, meta.meeting_dates) == ("Raad Buitenlandse Zaken Gymnich", ("2021-09-02", "2021-09-03"))
    assert (meta.kind, meta.authors) == ("brief", ("minister van Buitenlandse Zaken",))
    assert meta.file == "verslag-rbz-gymnich-2021-09.txt"
    assert (meta.date, meta.kenmerk, meta.publications, meta.identifier, meta.parent, meta.pages) == (None, None, (), None, None, "")
    assert meta.missing == ("datum", "kenmerk", "kamerstuknummer")
    assert meta.conflicts == ()


def test_facts_of_a_kamerstuk_in_one_form() -> None:
    found = meta(KAMERSTUK, title="VERSLAG RAAD BUITENLANDSE ZAKEN VAN 23 JANUARI 2023", signed=("De Minister van Buitenlandse Zaken, W.B. Hoekstra",))
    assert found.publications == (Publication("II", "2022/23", "21501-02", "2602"),)
    assert (found.kind, found.date, found.authors) == ("brief", "2023-01-31", ("minister van Buitenlandse Zaken",))
    assert (found.meeting, found.meeting_dates) == ("Raad Buitenlandse Zaken", ("2023-01-23",))
    assert found.dossier_titles == ("Raad Algemene Zaken en Raad Buitenlandse Zaken",)
    assert found.description == "Verslag RBZ, 23 januari 2023"
    assert (found.missing, found.conflicts) == ((), ())


def test_sidecar_wins_over_the_letter_and_what_it_says_is_not_missing() -> None:
    sidecar = Sidecar(
        title="Titel",
        subject="Onderwerp",
        date="2021-09-06",
        kenmerk="BZ-1",
        kamerstukken=(NUMBER,),
        kind="nota",
        meeting="Raad X",
        meeting_dates=("2021-09-01",),
        ministry="Ministerie van Defensie",
        authors=("S.A. Blok",),
        reprint=True,
    )
    found = meta(title=GYMNICH, sidecar=sidecar, signed=("De minister,",))
    assert (found.title, found.subject, found.date, found.kenmerk, found.publications) == ("Titel", "Onderwerp", "2021-09-06", "BZ-1", (NUMBER,))
    assert (found.kind, found.meeting, found.meeting_dates, found.ministry) == ("nota", "Raad X", ("2021-09-01",), "Ministerie van Defensie")
    assert (found.authors, found.reprint) == (("S.A. Blok",), True)
    assert found.missing == ()


def test_letter_without_anything_is_described_by_its_file() -> None:
    found = meta()
    assert (found.title, found.subject, found.description, found.kind) == ("", "a.txt", "a.txt", None)
    assert found.missing == ("titel", "datum", "kenmerk", "kamerstuknummer", "ondertekenaar")


# Contradictions


@pytest.mark.parametrize(
    ("label", "record", "file", "sentence"),
    [
        ("date", "2023-02-01", "31 januari 2023", "datum: 2023-02-01 volgens metadata.xml, 2023-01-31 volgens het bestand; metadata.xml geldt"),
        ("session", "2023-2024", "Vergaderjaar 2022-2023", "vergaderjaar: 2023/24 volgens metadata.xml, 2022/23 volgens het bestand; metadata.xml geldt"),
        ("chamber", "Eerste Kamer", "2", "kamer: I volgens metadata.xml, II volgens het bestand; metadata.xml geldt"),
        ("kenmerk", "BZ-1", "BZ-2", "kenmerk: BZ-1 volgens metadata.xml, BZ-2 volgens het bestand; metadata.xml geldt"),
        ("dossier", "21501-20", "21 501-02", "dossier: 21501-20 volgens metadata.xml, 21501-02 volgens het bestand; metadata.xml geldt"),
        ("number", "5", "Nr. 6", "nummer: 5 volgens metadata.xml, 6 volgens het bestand; metadata.xml geldt"),
        ("kind", "Motie", "Brief", "soort: motie volgens metadata.xml, brief volgens het bestand; metadata.xml geldt"),
    ],
)
def test_record_wins_over_the_file_and_the_contradiction_is_named(label: str, record: str, file: str, sentence: str) -> None:
    assert meta(facts(**{label: file}), facts(**{label: record})).conflicts == (sentence,)


@pytest.mark.parametrize(
    ("label", "record", "file"),
    [
        ("date", "2023-01-31", "31 januari 2023"),
        ("dossier", "21501-02", "21 501-02"),
        ("session", "2022-2023", "Vergaderjaar 2022–2023"),
        ("chamber", "2", "Tweede Kamer"),
        ("kenmerk", "BZ 1", "bz1"),
        ("kind", "Brief regering", "BRIEF"),
        ("title", "Verslag", "Iets anders"),
    ],
)
def test_same_thing_in_other_words_is_no_contradiction(label: str, record: str, file: str) -> None:
    assert meta(facts(**{label: file}), facts(**{label: record})).conflicts == ()


def test_sidecar_wins_over_both() -> None:
    found = meta(facts(date="2 mei 2021"), facts(date="2021-05-03"), Sidecar(date="2021-05-01"))
    assert found.date == "2021-05-01"
    assert found.conflicts == (
        "datum: 2021-05-01 volgens de sidecar, 2021-05-03 volgens metadata.xml; de sidecar geldt",
        "datum: 2021-05-01 volgens de sidecar, 2021-05-02 volgens het bestand; de sidecar geldt",
    )
    number = meta(KAMERSTUK, sidecar=Sidecar(kamerstukken=(NUMBER,)))
    assert number.publications == (NUMBER,)
    assert number.conflicts == ("kamerstuknummer: 21501-02, nr. 2400 volgens de sidecar, 21501-02, nr. 2602 elders; de sidecar geldt",)
    assert meta(facts(reprint="HERDRUK"), sidecar=Sidecar(reprint=False)).conflicts[0].startswith("herdruk: nee volgens de sidecar")


@pytest.mark.parametrize("own", [facts(identifier="kst-21501-02-2602"), facts(dossier="21 501-02", number="2602")])
def test_record_of_another_piece_is_left_out(own: tuple[Block, ...]) -> None:
    found = meta(own, facts(identifier="kst-21501-02-2111", date="2020-01-23", dossier="21501-02", number="2111"))
    assert [(one.dossier, one.number) for one in found.publications] == [("21501-02", "2602")]
    assert found.date is None
    (conflict,) = found.conflicts
    assert "2602" in conflict and "kst-21501-02-2111" in conflict and conflict.endswith("metadata.xml is buiten beschouwing gelaten")


def test_record_of_the_piece_under_one_of_its_dossiers_is_its_own() -> None:
    found = meta(facts(dossier=("21 501-02", "21 501-20"), number="2193"), facts(identifier="kst-21501-20-2193", date="2020-08-18"))
    assert (found.date, found.conflicts) == ("2020-08-18", ())
    assert [one.dossier for one in found.publications] == ["21501-20", "21501-02"]


def test_number_that_contradicts_the_own_identifier_is_named() -> None:
    found = meta(facts(identifier="kst-21501-02-2602", dossier="21 501-02", number="2111"))
    assert found.publications[0].number == "2111"
    assert found.conflicts == ("nummer: 2111 vermeld, maar de identifier is kst-21501-02-2602; het vermelde nummer geldt",)


def test_report_that_begins_with_another_date_than_its_title() -> None:
    title = "Verslag van de Raad Buitenlandse Zaken van 17 maart 2025"
    found = meta(title=title, opening="Op maandag 17 februari 2025 vond de Raad plaats.")
    assert found.meeting_dates == ("2025-03-17",)
    assert found.conflicts == ("vergaderdatum: titel: 17 maart 2025; tekst: 17 februari 2025; de titel geldt",)


@pytest.mark.parametrize(
    "opening",
    [
        "Op maandag 17 maart 2025 vond de Raad plaats.",
        "Op 17 maart vond de Raad plaats.",
        "Op de Raad van 3 mei 2024 volgde een brief. Op 1 mei 2020 ook.",
        "Dit verslag betreft de Raad van 3 mei 2024.",
        "",
    ],
)
def test_other_dates_in_the_text_are_no_contradiction(opening: str) -> None:
    found = meta(title="Verslag Raad Buitenlandse Zaken van 17 maart 2025", opening=opening)
    assert found.conflicts == ()
    assert found.meeting_dates == ("2025-03-17",)


# Numbers from identifiers


@pytest.mark.parametrize(
    ("identifier", "publication", "kind"),
    [
        ("kst-21501-02-2602", Publication("", "", "21501-02", "2602"), None),
        ("ah-tk-20232024-1076", Publication("II", "2023/24", "", "1076", "Aanhangsel"), "vragen en antwoorden"),
        ("h-tk-20172018-61-10", Publication("II", "2017/18", "", "61", "Handelingen", "10"), "handelingen"),
        ("stb-2018-84", Publication("", "2018", "", "84", "Staatsblad"), None),
    ],
)
def test_identifier_says_what_nothing_else_says(identifier: str, publication: Publication, kind: str | None) -> None:
    found = meta(facts(identifier=identifier))
    assert (found.publications, found.kind, found.identifier) == ((publication,), kind, identifier)


def test_what_the_file_states_goes_before_the_identifier() -> None:
    found = meta(facts(identifier="kst-21501-02-2602", chamber="1", session="2022-2023", dossier=("21 501-02", "36 045")))
    assert found.publications == (Publication("I", "2022/23", "21501-02", "2602"), Publication("I", "2022/23", "36045", ""))


def test_piece_that_is_not_placed_has_no_number_and_says_so() -> None:
    found = meta(facts(identifier="kst-1268678", publication="Kamerstuk", dossier="21 501-02"))
    assert found.publications == (Publication("", "", "21501-02", ""),)
    assert "kamerstuknummer" in found.missing


# What is missing


@pytest.mark.parametrize(
    ("stated", "missing"),
    [
        (facts(identifier="h-tk-20172018-61-10", title="Ondernemen", date="2018-03-13"), ()),
        (facts(identifier="stb-2018-84", title="Besluit"), ("datum",)),
        (facts(identifier="ah-tk-20232024-1076", title="Vragen van het lid X", date="2024-02-20", author="Minister Y"), ()),
        (facts(dossier="21 501-02", number="2602", title="MOTIE VAN HET LID CEDER", date="2025-04-10"), ("kamer", "vergaderjaar")),
        (facts(title="Brief van de minister van Defensie", kenmerk="BZ-1", date="2025-04-10"), ("kamerstuknummer", "ondertekenaar")),
        (facts(title="Non-paper", parent="kst-21501-02-2602"), ("datum", "kamerstuknummer")),
        (facts(title="Non-paper", identifier="blg-1"), ("datum", "kamerstuknummer", "hoofddocument")),
    ],
)
def test_missing_is_what_a_piece_of_this_kind_would_have(stated: tuple[Block, ...], missing: tuple[str, ...]) -> None:
    assert meta(stated).missing == missing


# Kind, authors, description, subject


@pytest.mark.parametrize(
    ("stated", "description"),
    [
        (
            facts(kind="Brief regering", author="De Minister van Infrastructuur en Waterstaat,", date="5 juli 2021", subject="Luchtvaart"),
            "Brief van de minister van Infrastructuur en Waterstaat van 5 juli 2021 (Luchtvaart)",
        ),
        (facts(kind="Brief", ministry="Ministerie van Defensie", date="5 juli 2021"), "Brief van het ministerie van Defensie van 5 juli 2021"),
        (facts(title="BRIEF VAN DE MINISTER VAN DEFENSIE"), "Brief van de minister van Defensie"),
        (facts(title="MOTIE VAN HET LID CEDER", date="10 april 2025"), "Motie van het lid Ceder van 10 april 2025"),
        (facts(title="VERSLAG VAN EEN COMMISSIEDEBAT", date="10 april 2025"), "Verslag van een commissiedebat van 10 april 2025"),
        (facts(title="Besluit van 9 maart 2018, houdende regels", identifier="stb-2018-84"), "Besluit van 9 maart 2018, houdende regels"),
        (facts(kind="Brief"), "a.txt"),
    ],
)
def test_description_is_how_to_cite_without_a_number(stated: tuple[Block, ...], description: str) -> None:
    assert meta(stated).description == description


def test_kind_that_says_nothing_gives_way_to_the_title() -> None:
    assert meta(facts(kind=("Kamerstuk", "Brief"), title="MOTIE")).kind == "brief"
    assert meta(facts(kind="officiële publicatie", title="MOTIE VAN HET LID X")).kind == "motie"
    assert meta(facts(kind="Wob-besluit")).kind == "wob-besluit"


def test_chamber_is_no_author_and_a_person_stays_as_stated() -> None:
    assert meta(facts(author=("Tweede Kamer der Staten-Generaal", "S.A. Blok"))).authors == ("S.A. Blok",)
    assert meta(facts(author="Minister De Jonge (Volkshuisvesting)")).authors == ("Minister De Jonge (Volkshuisvesting)",)


@pytest.mark.parametrize(
    ("stated", "title", "subject"),
    [
        (facts(title="BRIEF VAN DE MINISTER VAN DEFENSIE", dossier_title="Vredesmissies"), "", "Vredesmissies – Brief van de minister van Defensie"),
        (facts(title="BRIEF VAN DE MINISTER VAN DEFENSIE", dossier_title="Vredesmissies", subject="Sahel"), "", "Sahel"),
        (
            facts(subject="Verslag Raad Buitenlandse Zaken van 3 mei 2021"),
            "VERSLAG VAN DE RAAD BUITENLANDSE ZAKEN 3 MEI 2021",
            "Verslag van de Raad Buitenlandse Zaken 3 mei 2021",
        ),
        (facts(subject="Gaza en Mali"), "VERSLAG RAAD BUITENLANDSE ZAKEN 3 MEI 2021", "Verslag Raad Buitenlandse Zaken 3 mei 2021 – Gaza en Mali"),
    ],
)
def test_subject_is_what_the_letter_is_about(stated: tuple[Block, ...], title: str, subject: str) -> None:
    assert meta(stated, title=title).subject == subject


def test_meeting_comes_from_a_title_and_never_from_the_body() -> None:
    found = meta(facts(subject="Geannoteerde agenda Raad Algemene Zaken van 3 mei 2021"))
    assert (found.meeting, found.meeting_dates) == ("Raad Algemene Zaken", ("2021-05-03",))
    body = letter("brief", "Geachte voorzitter,\n\nDe Raad Buitenlandse Zaken van 3 mei 2021 sprak over Mali.")
    assert (body.meta.meeting, body.meta.meeting_dates) == (None, ())
    assert meta(facts(title="MOTIE VAN HET LID X", dossier_title="Raad Algemene Zaken en Raad Buitenlandse Zaken")).meeting is None


def test_rest_of_the_facts() -> None:
    found = meta(facts(pages="publication", annex=("blg-1", "blg-2"), ministry="Ministerie van  Defensie", reprint="HERDRUK"))
    assert (found.pages, found.annexes, found.ministry, found.reprint) == ("publication", ("blg-1", "blg-2"), "Ministerie van Defensie", True)
    assert meta(facts(identifier="kst-35982-7-h1")).reprint
    assert meta(facts(pages="x")).pages == ""


def test_parent_of() -> None:
    assert parent_of(Stated(), Sidecar()) is None
    assert parent_of(Stated(facts(parent="a"), facts(parent="b")), Sidecar()) == "b"
    assert parent_of(Stated(facts(parent="a")), Sidecar(parent="c")) == "c"
    assert parent_of(Stated(facts(identifier="blg-1")), Sidecar()) == ""


def test_sidecar_is_to_be_had_here_too() -> None:
    assert read_sidecar(b'titel = "T"', "a.toml") == Sidecar(title="T")


@pytest.mark.skipif(not DOCS.is_dir(), reason="shared/data/docs is not there")
@pytest.mark.parametrize(
    ("name", "numbers", "kind", "date", "title"),
    [
        ("text/kst-21501-02-2111.txt", [("21501-02", "2111")], "brief", "2020-01-23", "VERSLAG RAAD BUITENLANDSE ZAKEN VAN 20 januari 2020"),
        ("text/kst-21501-02-2193.txt", [("21501-02", "2193"), ("21501-20", "")], "brief", "2020-08-18", "VERSLAG INFORMELE VIDEOCONFERENTIE"),
        ("text/kst-21501-02-1628.txt", [("21501-02", "1628")], "verslag van een schriftelijk overleg", "2016-05-23", "VERSLAG VAN EEN SCHRIFTELIJK OVERLEG"),
        ("text/kst-29521-403.txt", [("29521", "403"), ("34952", "")], "brief", "2020-03-17", "Nederlandse en bredere Europese inzet in de Sahel"),
        ("text/kst-35982-7.txt", [("35982", "7")], "brief", "2022-09-20", "Actualisatie Staat van de Unie"),
        ("text/razeb-2009-03-aanvullend.txt", [], "brief", "2009-03-11", "Aanvullende informatie op de Geannoteerde agenda"),
    ],
)
def test_real_letters_in_plain_text(name: str, numbers: list[tuple[str, str]], kind: str, date: str, title: str) -> None:
    from rbzqa.readers import read

    blocks, parser = read((DOCS / name).read_bytes())
    found = build_document(blocks, id="x", sha256="0" * 64, file=name, parser=parser).meta
    assert [(one.dossier, one.number) for one in found.publications] == numbers
    assert (found.kind, found.date) == (kind, date)
    assert found.title.startswith(title)
    assert found.reprint == ("35982" in name)
