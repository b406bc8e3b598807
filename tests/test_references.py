"""mentions.py and references.py: what a text names is found whatever its form, and resolved only where it is certain."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rbzqa.mentions import mentions, published_as
from rbzqa.readers import read
from rbzqa.references import link
from rbzqa.structure import build_document
from rbzqa.types import Chamber, Document, DocumentMeta, Footnote, Paragraph, Part, PartKind, Publication, Reference, Section

from .conftest import REPOSITORY
from .timing import is_linear

DOCS = REPOSITORY.parent / "shared" / "data" / "docs"
BLANK = DocumentMeta(title="", subject="", description="", file="")


def find(text: str) -> list[Reference]:
    """The mentions in a text as references that nobody has resolved."""
    return [Reference(one.start, one.end, one.publications[0] if one.publications else None, one.annex) for one in mentions(text)]


def paper(dossier: str, number: str, chamber: Chamber = "", session: str = "") -> Publication:
    return Publication(chamber, session, dossier, number)


def named(text: str) -> list[tuple[str, Publication | None, int | None]]:
    """(words, publication, annex) of each reference in a text."""
    found = find(text)
    assert all(one.document_id is None and one.part is None for one in found)
    return [(text[one.start : one.end], one.publication, one.annex) for one in found]


# papers of Parliament


@pytest.mark.parametrize(
    ("text", "publication"),
    [
        ("Kamerstuk 21 501-02, nr. 2733", paper("21501-02", "2733")),
        ("Kamerstuk 35 663, nr.19", paper("35663", "19")),
        ("kamerstuk 35663 nr 19", paper("35663", "19")),
        ("KAMERSTUK 21 501-02, NR. 5", paper("21501-02", "5")),
        ("Kamerstuk 21\u00a0501-02, nr.\u00a05", paper("21501-02", "5")),
        ("Kamerstuk 21 501\u201302, nr. 5", paper("21501-02", "5")),
        ("Kamerstuk: 21 501-02, nr. 5", paper("21501-02", "5")),
        ("Kamerstuk nr. 21 501-02-2400", paper("21501-02", "2400")),
        ("Kamerstuk 21501-02-3135", paper("21501-02", "3135")),
        ("Kamerstuk 36 471-64", paper("36471", "64")),
        ("Kamerstuk 36 471-02", paper("36471-02", "")),  # no piece is numbered 02
        ("Kamerstuk 36 471-64, nr. 3", paper("36471-64", "3")),
        ("21501-32-1740", paper("21501-32", "1740")),
        ("21 501-04, nr. 119", paper("21501-04", "119")),
        ("36 800 XIV, nr. 80", paper("36800-XIV", "80")),
        ("36200-XII-60", paper("36200-XII", "60")),
        ("Kamerstuk 36 200 IV, nr. 25", paper("36200-IV", "25")),
        ("Kamerstuk 33 240 A, nr. 2", paper("33240-A", "2")),
        ("Kamerstuk 35 099 (R2114), nr. 3", paper("35099-R2114", "3")),
        ("Kamerstukken 21 501-02 en 36 045, nr. 2502", paper("21501-02", "2502")),
        ("Kamerstukken II, 2025/26, 36 800 XIV, nr. 80", paper("36800-XIV", "80", "II", "2025/26")),
        ("Kamerstukken II 2020/21, 21501-02, nr. 2400, p. 3", paper("21501-02", "2400", "II", "2020/21")),
        ("Kamerstukken II 2020-2021, 21501-02, nr. 2400, p. 3-4", paper("21501-02", "2400", "II", "2020/21")),
        ("Kamerstukken II, vergaderjaar 1999–2000, 21 501-02, nr. 3", paper("21501-02", "3", "II", "1999/00")),
        ("Kamerstukken I 2008/09, 31 700 VI, D, p. 4", paper("31700-VI", "D", "I", "2008/09")),
        ("Kamerstukken II2015–16, 34 104, nr. 128", paper("34104", "128", "II", "2015/16")),
        ("Kamerstukken I/II 2020/21, 35 500, nr. 4", paper("35500", "4", "I/II", "2020/21")),
        ("Kamerstukken II 2023–34, 23 235, nr. 240", paper("23235", "240", "II")),  # a session that cannot be is none
        ("kst-21501-02-2602", paper("21501-02", "2602")),
        ("kst-36600-VII-1", paper("36600-VII", "1")),
        ("kst -30552-3", paper("30552", "3")),
        ("Kamers tuk 3 6200-XII- 60", paper("36200-XII", "60")),  # a PDF with spaces between its glyphs
        ("Kamerstuk 3 6200-XII, nr. 6 0", paper("36200-XII", "60")),
        ("Kamers tuknummer 3 6200-XII-60", paper("36200-XII", "60")),
        ("Kamers tukken I I, 2 0 22-2023, 3 1936, nr. 1 0 5 3", paper("31936", "1053", "II", "2022/23")),
        ("Kamerstukken 31945", paper("31945", "")),
        ("Kamerstuk 21 501-02", paper("21501-02", "")),
        ("Stb. 2018, 84", Publication("", "2018", "", "84", "Staatsblad")),
        ("Staatsblad 2018, nr. 84", Publication("", "2018", "", "84", "Staatsblad")),
        ("Stcrt. 2015, 47076", Publication("", "2015", "", "47076", "Staatscourant")),
        ("Handelingen II 2017/18, nr. 61, item 10", Publication("II", "2017/18", "", "61", "Handelingen", "10")),
        ("Handelingen Tweede Kamer 2017/18, nr. 61, item 10, p. 5", Publication("II", "2017/18", "", "61", "Handelingen", "10")),
        ("Handelingen II 2007/08, nr. 108 , p. 7909-7943", Publication("II", "2007/08", "", "108", "Handelingen")),
        ("Aanhangsel Handelingen II 2023/24, nr. 1076", Publication("II", "2023/24", "", "1076", "Aanhangsel")),
        ("Aanhangsel van de Handelingen, vergaderjaar 2022-2023, nr. 2129", Publication("", "2022/23", "", "2129", "Aanhangsel")),
        ("ah-tk-20232024-387", Publication("II", "2023/24", "", "387", "Aanhangsel")),
        ("h-tk-20172018-70-3", Publication("II", "2017/18", "", "70", "Handelingen", "3")),
        ("2021D25732", None),
        ("blg-1027694", None),
        ("kst-1268678", None),
    ],
)
def test_every_form_of_a_reference_is_one_span(text: str, publication: Publication | None) -> None:
    for before, after in (("", ""), ("(", ")"), ("zie ", ". Daarna volgt meer."), ("zoals toegezegd\n\n", "\n\nNr. 12"), ("in ", " is gemeld"), ("a\t", "\tb")):
        assert named(f"{before}{text}{after}") == [(text, publication, None)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Kamerstuk 21 501-02, nrs. 2733 en 2734", [("Kamerstuk 21 501-02, nrs. 2733", "2733"), ("2734", "2734")]),
        ("Kamerstuk 21 501-02, nr. 2733 en 2740 zijn", [("Kamerstuk 21 501-02, nr. 2733", "2733"), ("2740", "2740")]),
        ("Kamerstuk 21 501-02, nr. 2733 en nr. 9 zijn", [("Kamerstuk 21 501-02, nr. 2733", "2733"), ("nr. 9", "9")]),
        ("Kamerstuk 21 501-02, nr. 99 en 100.", [("Kamerstuk 21 501-02, nr. 99", "99"), ("100", "100")]),
        ("Kamerstuk 21 501-02, nr. 2733, 2740 en 2741", [("Kamerstuk 21 501-02, nr. 2733", "2733"), ("2740", "2740"), ("2741", "2741")]),
        ("Kamers tukken 2 9665, nummers 4 27, 4 3 3 en 4 42", [("Kamers tukken 2 9665, nummers 4 27", "427"), ("4 3 3", "433"), ("4 42", "442")]),
        ("Kamerstuk 21 501-02, nr. 2733 en 27 september", [("Kamerstuk 21 501-02, nr. 2733", "2733")]),
        ("Kamerstuk 21 501-02, nr. 2733 2 september", [("Kamerstuk 21 501-02, nr. 2733", "2733")]),
        ("Kamerstuk 21 501-02, nr. 2733 en 3 brieven", [("Kamerstuk 21 501-02, nr. 2733", "2733")]),
        ("Kamerstuk 21 501-02, nr. 2733, 2021", [("Kamerstuk 21 501-02, nr. 2733", "2733")]),
        ("Kamerstuk 29 665, nr. 4 27", [("Kamerstuk 29 665", "")]),  # 427, or 4 and then 27: not certain
        ("Kamers tuk 2 9665, nr. 4 mei", [("Kamers tuk 2 9665", "")]),
        ("Kamerstukken II 2020/21, 21501-02, nr. 2400 en 27925, nr. 788", [("Kamerstukken II 2020/21, 21501-02, nr. 2400", "2400"), ("27925, nr. 788", "788")]),
    ],
)
def test_several_numbers_are_several_references(text: str, expected: list[tuple[str, str]]) -> None:
    found = named(text)
    assert [(words, publication and publication.number) for words, publication, _ in found] == expected
    assert len({(publication.chamber, publication.session) for _, publication, _ in found if publication}) == 1


def test_dossiers_that_share_a_number_are_one_mention_of_one_piece() -> None:
    (mention,) = mentions("Kamerstukken 21 501-02, 21 501-20 en 36 045, nr. 2502")
    assert [publication.dossier for publication in mention.publications] == ["21501-02", "21501-20", "36045"]


@pytest.mark.parametrize(
    "text",
    [
        "21 501 euro",
        "€ 21 501, nr. 3",
        "06 21 501, nr. 3",
        "bel 070-348 48 48 of 06-12345678",
        "artikel 21, nr. 3, lid 501",
        "op 21 501-02 dagen",
        "21 501-02 Raad Buitenlandse Zaken",  # a dossier at the head of a letter
        "van 23.500 naar 24.501, nr. 5",
        "kenmerk 1722926-208233-DICIO",
        "CAS 50000-00-0",
        "https://zoek.officielebekendmakingen.nl/kst-21501-02-2602.html",
        "www.tweedekamer.nl/kamerstukken?nr=21501-02-3135",
        "https://x.nl/?a=21501-02, nummer",
        "x/kst-21501-02-2602",
        "https://x.nl/a;kst-21501-02-2602,(21501-32-1740)",
        "IBAN NL21 5010 2273 3",
        "postbus 20018, 2500 EA Den Haag",
        "de Kamerstukkenreeks 21 501",
        "Handelingen II 2017/18",
        "Aanhangsel van de Handelingen",
        "de Staatscourant van 2015",
        "bijlage II bij Verordening (EU) 2016/679",
        "bijlage 2 van de Regeling",
        "bijlage 1.2",
        "bijlage 5%",
        "een bijlage",
        "bijlageblad 2",
        "de vrijlage 2",
        "2021D2573299",
    ],
)
def test_what_only_looks_like_a_reference_is_none(text: str) -> None:
    assert find(text) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("zie bijlage 2.", [("bijlage 2", 2)]),
        ("Bijlage 1 bij deze brief", [("Bijlage 1", 1)]),
        ("bijlagen 1 en 2", [("bijlagen 1", 1), ("2", 2)]),
        ("de bijlagen 1, 2 en bijlage 3", [("bijlagen 1", 1), ("2", 2), ("3", 3)]),
        ("bijlage IV", [("bijlage IV", 4)]),
        ("in de bijlage staat", [("bijlage", None)]),
        ("die als bijlage bij dit verslag is gevoegd", [("bijlage", None)]),
        ("(bijlage)", [("bijlage", None)]),
        ("bijlage 929506 bij Kamerstukken II 2019/20, 25 295, nr. 219", [("Kamerstukken II 2019/20, 25 295, nr. 219", None)]),
        ("de bijlage 3 maart", [("bijlage", None)]),
    ],
)
def test_annexes_are_named_by_number_or_as_the_only_one(text: str, expected: list[tuple[str, int | None]]) -> None:
    assert [(words, annex) for words, _, annex in named(text)] == expected


def test_identifiers_are_read_as_the_numbers_that_they_state() -> None:
    assert published_as("kst-36200-XII-60") == paper("36200-XII", "60")
    assert published_as("gmb-2024-104547") == Publication("", "2024", "", "104547", "Gemeenteblad")
    assert published_as("ah-1271549") is None and published_as("blg-929506") is None


@given(st.text(alphabet="Kamerstukn. 0123456789-,()/I XVbijlagehd\n\u00a0", max_size=300))
def test_references_stand_in_order_within_the_text_and_never_overlap(text: str) -> None:
    at = 0
    for one in find(text):
        assert at <= one.start < one.end <= len(text)
        at = one.end


@pytest.mark.parametrize("piece", ["1", "1 ", "21 501 ", "21 501-02, nr. 2733, ", "K a m e r ", "Kamerstuk ", "bijlage 1, ", "Kamerstuk 21 501, ", "(", "a"])
def test_the_time_is_linear_in_the_text(piece: str) -> None:
    # FAULTS G2
    assert is_linear(lambda n: piece * (n // len(piece)), find, 25_000)


# what they mean


def piece(id: str, text: str = "Tekst.", meta: DocumentMeta = BLANK, annexes: tuple[str, ...] = (), kind: PartKind = "letter") -> Document:
    """A document of one paragraph, with empty annex parts of these titles."""
    paragraph = Paragraph(f"brief-p1-{id}", 1, 0, len(text), None)
    parts = [Part(kind, 1, "", (Section((), "", (paragraph,)),)), *(Part("annex", n, title, ()) for n, title in enumerate(annexes, 1))]
    return Document(id, "0", meta, text, tuple(parts), "text-1")


def about(*publications: Publication, **changes: object) -> DocumentMeta:
    return replace(BLANK, publications=publications, **changes)  # type: ignore[arg-type]


LETTER = about(paper("21501-02", "2400", "II", "2020/21"), identifier="kst-21501-02-2400")


def resolved(*documents: Document) -> list[tuple[str | None, int | None]]:
    """(document, part) of the references of the first document."""
    linked = link(documents)
    assert [document.id for document in linked] == [document.id for document in documents]
    return [(one.document_id, one.part) for one in linked[0].references]


@pytest.mark.parametrize(
    "text",
    [
        "Zie Kamerstuk 21 501-02, nr. 2400.",
        "Zie Kamerstukken II 2020/21, 21501-02, nr. 2400.",
        "Zie kst-21501-02-2400.",
        "Zie Kamerstukken 36 045 en 21 501-02, nr. 2400.",
    ],
)
def test_a_number_is_resolved_to_the_piece_that_bears_it(text: str) -> None:
    assert resolved(piece("a", text), piece("b", meta=LETTER), piece("c", meta=about(paper("21501-02", "2401")))) == [("b", None)]


@pytest.mark.parametrize(
    "text",
    [
        "Zie Kamerstuk 21 501-02, nr. 2402.",
        "Zie Kamerstuk 21 501-20, nr. 2400.",
        "Zie Kamerstukken II 2019/20, 21501-02, nr. 2400.",
        "Zie Kamerstukken I 2020/21, 21501-02, nr. 2400.",
        "Zie Kamerstuk 21 501-02.",
        "Zie kst-21501-02-2402.",
    ],
)
def test_what_says_something_else_stays_unresolved(text: str) -> None:
    assert resolved(piece("a", text), piece("b", meta=LETTER)) == [(None, None)]


def test_a_session_tells_two_pieces_apart_and_without_it_they_are_ambiguous() -> None:
    old, new = (piece(name, meta=about(paper("36600-V", "3", "II", session))) for name, session in (("old", "2023/24"), ("new", "2024/25")))
    assert resolved(piece("a", "Kamerstukken II 2024/25, 36 600 V, nr. 3"), old, new) == [("new", None)]
    assert resolved(piece("a", "Kamerstuk 36 600 V, nr. 3"), old, new) == [(None, None)]
    assert resolved(piece("a", "Kamerstuk 36 600 V, nr. 3"), old) == [("old", None)]


def test_questions_and_minutes_are_numbered_by_the_year_so_without_it_they_are_not_known() -> None:
    answers = piece("ah", meta=about(Publication("II", "2023/24", "", "1076", "Aanhangsel")))
    minutes = piece("h", meta=about(Publication("II", "2017/18", "", "61", "Handelingen", "10")))
    law = piece("stb", meta=about(Publication("", "2018", "", "84", "Staatsblad")))
    assert resolved(piece("a", "Aanhangsel Handelingen 2023/24, nr. 1076"), answers) == [("ah", None)]
    assert resolved(piece("a", "Aanhangsel Handelingen II, nr. 1076"), answers) == [(None, None)]
    assert resolved(piece("a", "Handelingen II 2017/18, nr. 61, item 10; Stb. 2018, 84"), minutes, law) == [("h", None), ("stb", None)]
    assert resolved(piece("a", "Handelingen II 2017/18, nr. 61, item 11; Stb. 2019, 84"), minutes, law) == [(None, None), (None, None)]


def test_a_piece_is_known_by_its_identifier_where_no_number_says_it() -> None:
    assert resolved(piece("a", "zie blg-1027694 en 2021D25732"), piece("b", meta=about(identifier="BLG-1027694"))) == [("b", None), (None, None)]


def test_a_letter_does_not_refer_to_itself() -> None:
    text = "Kamerstuk 21 501-02, nr. 2400 en Kamerstuk 35 663, nr. 19"
    (letter,) = link([piece("a", text, LETTER)])
    assert [letter.text[one.start : one.end] for one in letter.references] == ["Kamerstuk 35 663, nr. 19"]
    first, _ = link([piece("a", text, LETTER), piece("copy", text, LETTER)])
    assert len(first.references) == 1


def test_an_annex_is_resolved_within_the_letter() -> None:
    text = "Zie bijlage 2 en de bijlage; zie bijlage 3."
    assert resolved(piece("a", text, annexes=("", ""))) == [("a", 2), (None, None), (None, None)]
    assert resolved(piece("a", "Zie de bijlage.", annexes=("",))) == [("a", 1)]
    assert resolved(piece("a", "Zie bijlage 2.", annexes=("Bijlage 2: kaart", "Bijlage 1: cijfers"))) == [("a", 1)]
    assert resolved(piece("a", "Zie bijlage 1.", annexes=("Bijlage 2: kaart",))) == [(None, None)]


def test_an_annex_that_is_a_file_of_its_own_is_found_by_its_title_or_as_the_only_one() -> None:
    letter = piece("a", "Zie bijlage 2.", LETTER)
    one, two = (piece(f"blg-{n}", meta=replace(BLANK, title=f"Bijlage {n} Kaart", parent="a")) for n in (1, 2))
    assert resolved(letter, one, two) == [("blg-2", None)]
    plain = piece("blg-9", meta=replace(BLANK, title="Kaart", parent="kst-21501-02-2400"))
    assert resolved(replace(letter, text="Zie bijlage 1."), plain) == [("blg-9", None)]
    assert resolved(replace(letter, text="Zie de bijlage"), plain) == [("blg-9", None)]
    assert resolved(letter, plain) == [(None, None)]
    many = replace(letter, text="Zie bijlage 1.", meta=replace(LETTER, annexes=("blg-9", "blg-10")))
    assert resolved(many, plain) == [(None, None)]  # the other annex is not here, and may be the first
    assert resolved(replace(many, text="Zie de bijlage"), plain) == [(None, None)]


def test_the_heading_of_an_annex_is_not_a_mention_of_it_and_a_footnote_may_be() -> None:
    text = "Bijlage 1\n\nZie bijlage 1.\n\nZie ook bijlage 1."
    note = Footnote("1", 20, 27, len(text))
    paragraph = Paragraph("p", 1, 11, 25, None, (note,))
    document = Document("a", "0", BLANK, text, (Part("annex", 1, "Bijlage 1", (Section((), "", (paragraph,)),)),), "text-1")
    (linked,) = link([document])
    assert [(one.start, one.document_id, one.part) for one in linked.references] == [(15, "a", 0), (text.rindex("bijlage"), "a", 0)]


# annexes and their parents


@pytest.mark.parametrize("name", ["brief-1", "kst-21501-02-2400", "KST-21501-02-2400"])
def test_an_annex_takes_from_its_parent_what_it_does_not_say_itself(name: str) -> None:
    parent = piece("brief-1", meta=replace(LETTER, date="2021-09-09", identifier=None))
    meta = replace(BLANK, parent=name, missing=("titel", "datum", "kamerstuknummer"))
    _, child = link([parent, piece("blg-1", meta=meta)])
    assert (child.meta.parent, child.meta.publications, child.meta.date) == ("brief-1", LETTER.publications, "2021-09-09")
    assert child.meta.missing == ("titel",)


def test_an_annex_keeps_its_own_numbers_and_date() -> None:
    parent = piece("brief-1", meta=replace(LETTER, date="2021-09-09"))
    own = (paper("1", "2"),)
    _, child, dated = link(
        [parent, piece("b", meta=replace(BLANK, parent="brief-1", publications=own)), piece("c", meta=replace(BLANK, parent="brief-1", date="2020-01-01"))]
    )
    assert (child.meta.parent, child.meta.publications, child.meta.date) == ("brief-1", own, None)
    assert (dated.meta.publications, dated.meta.date) == (LETTER.publications, "2020-01-01")


def test_a_parent_may_name_its_annexes() -> None:
    parent = piece("brief-1", meta=replace(LETTER, annexes=("blg-7", "BLG-8")))
    _, by_id, by_identifier, other = link([parent, piece("blg-7"), piece("x", meta=replace(BLANK, identifier="blg-8")), piece("blg-9")])
    assert [document.meta.parent for document in (by_id, by_identifier, other)] == ["brief-1", "brief-1", None]


def test_a_parent_that_is_not_here_or_not_certain_stays_as_named() -> None:
    absent = piece("blg-1", meta=replace(BLANK, parent="kst-21501-02-2400"))
    assert link([absent])[0].meta == absent.meta
    twice = [absent, piece("a", meta=LETTER), piece("b", meta=LETTER)]
    assert link(twice)[0].meta == absent.meta
    itself = piece("a", meta=replace(BLANK, parent="a"))
    assert link([itself])[0].meta == itself.meta


def test_a_number_means_the_letter_and_not_the_annex_that_bears_it_too() -> None:
    annex = piece("blg-1", "Zie Kamerstuk 21 501-02, nr. 2400.", replace(BLANK, parent="brief-1"))
    linked = link([annex, piece("brief-1", meta=LETTER)])
    assert linked[0].references == (Reference(4, 33, paper("21501-02", "2400"), None, "brief-1", None),)
    assert link(linked) == linked  # once more changes nothing


def test_linking_leaves_the_text_and_the_order_alone() -> None:
    documents = [piece("b", "Zie Kamerstuk 35 663, nr. 19."), piece("a", "Niets.", LETTER)]
    linked = link(iter(documents))
    assert [replace(document, references=()) for document in linked] == documents
    assert [len(document.references) for document in linked] == [1, 0]
    assert link([]) == ()


# real letters

SCHIPHOL = [f"29665/{number}" for number in "482 427 433 435 438 442 448 455 459 473".split()]


@pytest.mark.skipif(not DOCS.is_dir(), reason="de voorbeelddocumenten staan niet naast deze map")
@pytest.mark.parametrize(
    ("file", "expected"),
    [
        ("text/kst-21501-02-1628.txt", ["21501-02/1626", "21501-02/1607"]),
        ("text/kst-21501-02-2377.txt", ["35663/19"]),
        ("text/kst-29521-403.txt", ["29521/348"]),
        ("pdf/ah-tk-20232024-1481.pdf", ["/1137", "36200-IV/25", "36410-IV/15", "36410-IV/49"]),
        ("pdf/ah-tk-20232024-1999.pdf", ["36471/64"]),
        ("pdf/ah-tk-20232024-2168.pdf", ["36197/15", "29023/487"]),
        ("pdf/verzamelbrief-luchtvaart.pdf", ["36200-XII/60", "36200-XII/60", "30552/3", *SCHIPHOL, "31936/1053"]),
    ],
)
def test_the_references_of_real_letters_are_found_and_no_others(file: str, expected: list[str]) -> None:
    blocks, parser = read((DOCS / file).read_bytes())
    (document,) = link([build_document(blocks, id="a", sha256="0", file=file, parser=parser)])
    found = [one.publication for one in document.references if one.publication]
    assert sorted(f"{publication.dossier}/{publication.number}" for publication in found) == sorted(expected)
    assert all(one.document_id is None for one in document.references if one.publication)
    for one in document.references:
        assert "\n" not in document.text[one.start : one.end] and document.text[one.start : one.end].strip()


@pytest.mark.skipif(not DOCS.is_dir(), reason="de voorbeelddocumenten staan niet naast deze map")
def test_real_letters_refer_to_each_other() -> None:
    names = ("kst-21501-02-2602", "kst-21501-02-2377", "kst-29521-403")
    documents = []
    for name in names:
        blocks, parser = read((DOCS / "text" / f"{name}.txt").read_bytes())
        documents.append(build_document(blocks, id=name, sha256="0", file=name, parser=parser))
    cited = piece("kst-35663-19", meta=about(paper("35663", "19", "II", "2020/21")))
    linked = link([*documents, cited])
    assert {document.id: [one.document_id for one in document.references if one.document_id] for document in linked} == {
        "kst-21501-02-2602": [],
        "kst-21501-02-2377": ["kst-35663-19"],
        "kst-29521-403": [],
        "kst-35663-19": [],
    }
