"""cite.py: a quote is what its own paragraph says, or there is no citation."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rbzqa.cite import aid as cite_aid
from rbzqa.cite import cite, finding_aid, label, locate, official, page_counts, pages, permalink, places, twin
from rbzqa.officials import chamber_name, identifier_of, official_of
from rbzqa.types import Chamber, Document, DocumentMeta, Pages, Paragraph, Part, PartKind, Publication, Role, Section, paragraph_hash

from .fakes import letter

META = DocumentMeta(title="Verslag", subject="Verslag", description="Verslag RBZ Gymnich, 2-3 september 2021", file="a.txt", kind="brief")
NUMBER = Publication("II", "2020/21", "21501-02", "2400")
REPORT = Part("report", 1, "", ())
ANNEX = Part("annex", 1, "", ())
SENTENCE = "een regionaal platform op te zetten"


def place_of(kind: PartKind, number: int = 1, path: tuple[str, ...] = (), paragraph: int = 2) -> "tuple[Part, Section, Paragraph]":
    p = Paragraph("x-p1-aaaaaa", paragraph, 0, 1, None)
    section = Section(path, path[-1] if path else "", (p,))
    return Part(kind, number, "", (section,)), section, p


# cite()


def test_a_citation_names_its_paragraph_and_quotes_the_text(seed: Document) -> None:
    start = seed.text.index(SENTENCE)
    citation = cite(seed, start, start + len(SENTENCE), "")
    assert citation is not None
    assert (citation.quote, citation.paragraph_id, citation.document_id) == (SENTENCE, "verslag-p2-ef9562", seed.id)
    assert seed.text[citation.start : citation.end] == citation.quote
    assert citation.label == "Verslag RBZ Gymnich, 2-3 september 2021 · § Afghanistan, al. 1"
    assert citation.url == f"/documenten/{seed.id}#verslag-p2-ef9562"


def test_every_paragraph_of_the_letter_can_be_cited_whole(seed: Document) -> None:
    for place in places(seed):
        citation = cite(seed, place.paragraph.start, place.paragraph.end, "")
        assert citation is not None and citation.paragraph_id == place.paragraph.id


@pytest.mark.parametrize("changed", ["Een", "een\u00a0", "één"])
def test_a_paragraph_that_is_not_the_one_of_its_id_is_never_cited(seed: Document, changed: str) -> None:
    start = seed.text.index(SENTENCE)
    tampered = replace(seed, text=seed.text[:start] + changed + seed.text[start + len(changed) :])
    assert len(tampered.text) == len(seed.text)
    inside = next(place.paragraph for place in places(seed) if place.paragraph.id == "verslag-p2-ef9562")
    assert cite(tampered, start, start + 20, "") is None
    assert cite(tampered, inside.start, inside.start + 10, "") is None  # also where the words themselves are untouched
    other = next(place.paragraph for place in places(seed) if place.paragraph.id == "verslag-p5-b8b7f1")
    assert cite(tampered, other.start, other.end, "") is not None


def test_a_span_over_two_paragraphs_or_outside_all_is_no_citation(seed: Document) -> None:
    first, second = places(seed)[3].paragraph, places(seed)[4].paragraph
    assert cite(seed, first.end - 5, second.start + 5, "") is None
    assert cite(seed, first.end, second.start, "") is None
    assert cite(seed, -5, 3, "") is None
    assert cite(seed, len(seed.text), len(seed.text) + 1, "") is None
    assert cite(seed, first.start, first.start, "") is None
    assert cite(seed, first.start + 9, first.start + 2, "") is None


@given(st.data())
def test_a_citation_is_the_text_in_its_paragraph_or_nothing(seed: Document, data: st.DataObject) -> None:
    start = data.draw(st.integers(-3, len(seed.text) + 3))
    end = data.draw(st.integers(start - 3, start + 400))
    citation = cite(seed, start, end, "")
    place = locate(seed, start, end)
    assert (citation is None) == (place is None)
    if citation and place:
        assert seed.text[citation.start : citation.end] == citation.quote != ""
        assert place.paragraph.start <= citation.start < citation.end <= place.paragraph.end
        assert place.paragraph.id == citation.paragraph_id


def test_offsets_count_code_points(make_document: Callable[[str, str], Document]) -> None:
    # FAULTS A7
    document = make_document("emoji", "Verslag\n\nDe Raad 🇳🇱 sprak over 🕊️ vrede in Oekraïne.\n")
    start = document.text.index("vrede")
    citation = cite(document, start, start + 5, "")
    assert citation is not None and citation.quote == "vrede"


def test_the_heads_of_a_table_are_never_quoted() -> None:
    text = "Land\tBedrag"
    paragraph = Paragraph(f"brief-p1-{paragraph_hash(text)}", 1, 0, len(text), None)
    for role, cited in (("row", True), ("heads", False)):
        held = (Part("letter", 1, "", (Section((), "", (replace(paragraph, role=role),)),)),)  # type: ignore[arg-type]
        assert (cite(Document("d", "0", META, text, held, ""), 0, 4, "") is not None) == cited


def test_a_citation_names_the_page_on_which_the_quote_begins() -> None:
    text = "Op drie. Op vier."
    paragraph = Paragraph(f"verslag-p1-{paragraph_hash(text)}", 1, 0, len(text), 3, page_turns=((9, 4),))
    meta = replace(META, publications=(NUMBER,), pages="publication")
    document = Document("d", "0", meta, text, (Part("report", 1, "", (Section((), "", (paragraph,)),)),), "")
    labels = [found.label for found in (cite(document, 0, 8, ""), cite(document, 9, 17, "")) if found]
    assert labels == [f"Kamerstukken II 2020/21, 21501-02, nr. 2400, p. {page} · verslag, al. 1" for page in (3, 4)]


def test_a_twin_is_cited_as_its_own_place_would_be(seed: Document) -> None:
    start = seed.text.index(SENTENCE)
    own = cite(seed, start, start + len(SENTENCE), "")
    assert own is not None and own.twins == ()
    assert twin(seed, "verslag-p2-ef9562", "") == (own.label, own.url)
    assert twin(seed, "verslag-p2-000000", "") is None


# labels


def test_a_piece_with_a_number_is_cited_by_it() -> None:
    assert official(replace(META, publications=(NUMBER,), kenmerk="BZDOC-1"), REPORT) == "Kamerstukken II 2020/21, 21501-02, nr. 2400"


def test_a_piece_with_two_numbers_names_both() -> None:
    two = (NUMBER, Publication("II", "2020/21", "27925", "788"))
    assert official(replace(META, publications=two), REPORT) == "Kamerstukken II 2020/21, 21501-02, nr. 2400 en 27925, nr. 788"


def test_an_annex_says_of_what() -> None:
    assert official(replace(META, publications=(NUMBER,)), ANNEX) == "Bijlage bij Kamerstukken II 2020/21, 21501-02, nr. 2400"
    assert official(META, ANNEX) == "Bijlage bij Verslag RBZ Gymnich, 2-3 september 2021"


def test_a_letter_without_number_goes_by_its_kenmerk_and_else_by_a_description() -> None:
    assert official(replace(META, kenmerk="BZDOC-123-1"), REPORT) == "Verslag RBZ Gymnich, 2-3 september 2021, kenmerk BZDOC-123-1"
    assert official(META, REPORT) == "Verslag RBZ Gymnich, 2-3 september 2021"


def kst(dossier: str, number: str, chamber: Chamber = "II", session: str = "2020/21") -> Publication:
    return Publication(chamber, session, dossier, number)


@pytest.mark.parametrize(
    ("publications", "expected"),
    [
        ([kst("21501-02", "2400")], "Kamerstukken II 2020/21, 21501-02, nr. 2400"),
        ([kst("21501-02", "2502"), kst("36045", "2502")], "Kamerstukken II 2020/21, 21501-02 en 36045, nr. 2502"),
        ([kst("21501-02", "2502"), kst("36045", "")], "Kamerstukken II 2020/21, 21501-02 en 36045, nr. 2502"),
        ([kst("1", "7"), kst("2", "7"), kst("3", "7")], "Kamerstukken II 2020/21, 1, 2 en 3, nr. 7"),
        ([kst("21501-02", "2400"), kst("27925", "788")], "Kamerstukken II 2020/21, 21501-02, nr. 2400 en 27925, nr. 788"),
        ([kst("35500", "4"), kst("35500", "A", "I")], "Kamerstukken II 2020/21, 35500, nr. 4; Kamerstukken I 2020/21, 35500, A"),
        ([kst("31700-VI", "D", "I", "2008/09")], "Kamerstukken I 2008/09, 31700 VI, D"),
        ([kst("23700", "188b", "I", "1995/96")], "Kamerstukken I 1995/96, 23700, nr. 188b"),
        ([kst("35099-(R2114)", "3")], "Kamerstukken II 2020/21, 35099 (R2114), nr. 3"),
        ([kst("21501-02", "2400", session="")], "Kamerstukken II, 21501-02, nr. 2400"),
        ([kst("21501-02", "2400", "", "")], "Kamerstukken, 21501-02, nr. 2400"),
        ([kst("21501-02", "2400", "")], "Kamerstukken 2020/21, 21501-02, nr. 2400"),
        ([Publication("II", "2023/24", "", "2129", "Aanhangsel")], "Aanhangsel Handelingen II 2023/24, nr. 2129"),
        ([Publication("II", "2017/18", "", "61", "Handelingen", "10")], "Handelingen II 2017/18, nr. 61, item 10"),
        ([Publication("II", "2007/08", "", "108", "Handelingen")], "Handelingen II 2007/08, nr. 108"),
        ([Publication("", "2018", "", "84", "Staatsblad")], "Stb. 2018, 84"),
        ([Publication("", "2015", "", "47076", "Staatscourant")], "Stcrt. 2015, 47076"),
        ([Publication("", "2015", "", "1005", "Provinciaal blad")], "Provinciaal blad 2015, 1005"),
        ([Publication("", "2024", "", "104547", "Gemeenteblad")], "Gemeenteblad 2024, 104547"),
    ],
)
def test_every_kind_has_its_official_form_and_what_is_not_known_is_left_out(publications: list[Publication], expected: str) -> None:
    meta = replace(META, publications=tuple(publications), kenmerk="BZ-1")
    assert official(meta, REPORT) == expected
    assert official(meta, REPORT, "3") == expected  # whose page that is, nobody says
    assert official(replace(meta, pages="letter"), REPORT, "3") == expected
    assert official(replace(meta, pages="publication"), REPORT) == expected
    assert official(replace(meta, pages="publication"), REPORT, "3") == f"{expected}, p. 3"
    assert official(replace(meta, pages="publication"), ANNEX, "3") == f"Bijlage bij {expected}, p. 3"


def test_a_reprint_is_said_to_be_one() -> None:
    meta = replace(META, publications=(NUMBER,), reprint=True, pages="publication")
    assert official(meta, REPORT, "2") == "Kamerstukken II 2020/21, 21501-02, nr. 2400 HERDRUK, p. 2"


@pytest.mark.parametrize("pages", ["", "publication", "letter"])
def test_a_page_goes_with_the_kenmerk_only_if_it_is_one_of_the_letter(pages: Pages) -> None:
    meta = replace(META, kenmerk="IENW/BSK-2023/1", pages=pages)
    assert official(meta, REPORT, "2") == f"{META.description}, kenmerk IENW/BSK-2023/1" + (", p. 2" if pages == "letter" else "")
    assert official(replace(META, pages=pages), REPORT, "2") == META.description
    assert page_counts(meta) == (pages == "letter")


def test_a_number_that_names_no_piece_is_not_cited_as_one() -> None:
    dossier = replace(META, publications=(kst("21501-02", ""),))
    assert official(dossier, REPORT) == f"{META.description}, Kamerstukken II 2020/21, 21501-02"
    assert official(replace(META, publications=(kst("", "2400"),)), REPORT) == META.description
    assert official(replace(META, publications=(kst("", "2400"),), kenmerk="BZ-1"), REPORT) == f"{META.description}, kenmerk BZ-1"


def test_a_whole_document_may_be_an_annex() -> None:
    meta = replace(META, publications=(NUMBER,), parent="brief-1", identifier="blg-929506")
    place = next(iter(places(Document("d", "", meta, "x", (place_of("letter", path=("Inleiding",))[0],), ""))))
    assert official(meta, place.part) == "Bijlage bij Kamerstukken II 2020/21, 21501-02, nr. 2400"
    assert label(meta, place) == "Bijlage bij Kamerstukken II 2020/21, 21501-02, nr. 2400 · blg-929506, § Inleiding, al. 2"
    assert label(replace(meta, identifier=None), place).endswith(f" · {META.description}, § Inleiding, al. 2")


def test_no_number_is_made_of_a_parent_that_is_not_here() -> None:
    meta = replace(META, parent="kst-21501-02-2400", kenmerk="BZ-1")
    assert official(meta, REPORT) == f"{META.description}, kenmerk BZ-1, bijlage bij kst-21501-02-2400"


@pytest.mark.parametrize(
    ("publication", "expected"),
    [
        (NUMBER, "kst-21501-02-2400"),
        (kst("36200-XII", "60", "", ""), "kst-36200-XII-60"),
        (Publication("II", "2023/24", "", "1076", "Aanhangsel"), "ah-tk-20232024-1076"),
        (Publication("I", "1999/00", "", "61", "Handelingen", "10"), "h-ek-19992000-61-10"),
        (Publication("II", "2017/18", "", "61", "Handelingen"), ""),
        (Publication("", "2023/24", "", "1076", "Aanhangsel"), ""),
        (Publication("II", "", "", "1076", "Aanhangsel"), ""),
        (kst("", "2400"), ""),
        (Publication("", "2018", "", "84", "Staatsblad"), "stb-2018-84"),
        (Publication("", "2015", "", "47076", "Staatscourant"), "stcrt-2015-47076"),
        (Publication("", "2015", "", "1005", "Provinciaal blad"), "prb-2015-1005"),
        (Publication("", "2024", "", "104547", "Gemeenteblad"), "gmb-2024-104547"),
    ],
)
def test_a_number_makes_an_identifier_where_it_is_whole(publication: Publication, expected: str) -> None:
    assert identifier_of(publication) == expected


def test_a_dossier_alone_is_cited_without_a_number() -> None:
    assert str(official_of(kst("31945", "", "", ""))) == "Kamerstukken, 31945"
    assert str(official_of(Publication("", "2018", "", "", "Staatsblad"))) == "Stb. 2018"
    assert [chamber_name(chamber) for chamber in ("", "I", "II", "I/II")] == ["", "Eerste Kamer der Staten-Generaal", "Tweede Kamer der Staten-Generaal", ""]


@pytest.mark.parametrize(
    ("kind", "number", "path", "expected"),
    [
        ("report", 1, ("Afghanistan",), "§ Afghanistan, al. 2"),
        ("report", 1, ("Overig", "Libië"), "§ Overig > Libië, al. 2"),
        ("report", 1, (), "verslag, al. 2"),
        ("report", 2, ("Afghanistan",), "verslag 2, § Afghanistan, al. 2"),
        ("report", 2, (), "verslag 2, al. 2"),
        ("letter", 1, (), "brief, al. 2"),
        ("letter", 1, ("Inleiding",), "§ Inleiding, al. 2"),
        ("agenda", 1, ("Mali",), "agenda, § Mali, al. 2"),
        ("agenda", 1, (), "agenda, al. 2"),
        ("annex", 1, ("Waarden",), "bijlage 1, al. 2"),
        ("annex", 3, (), "bijlage 3, al. 2"),
    ],
)
def test_the_finding_aid_leads_to_the_paragraph(kind: PartKind, number: int, path: tuple[str, ...], expected: str) -> None:
    part, section, paragraph = place_of(kind, number, path)
    found = next(iter(places(Document("d", "", META, "x", (part,), "")))) if part.sections else None
    assert found is not None and (found.part, found.section, found.paragraph) == (part, section, paragraph)
    assert finding_aid(found) == expected
    assert label(META, found) == f"{official(META, part)} · {expected}"


@pytest.mark.parametrize(
    ("role", "path", "expected"),
    [
        ("question", ("Vraag 3",), "vraag 3, al. 2"),
        ("answer", ("Antwoord 3, 4 en 5",), "antwoord 3, 4 en 5, al. 2"),
        ("answer", ("ANTWOORD 3",), "antwoord 3, al. 2"),
        ("answer", ("Energie", "Antwoord 3"), "§ Energie, antwoord 3, al. 2"),
        ("answer", ("Energie",), "§ Energie, al. 2"),
        ("answer", (), "brief, al. 2"),
        ("text", ("Vraag 3",), "vraag 3, al. 2"),
        ("row", ("Kosten",), "§ Kosten, al. 2 (tabelrij)"),
        ("row", (), "brief, al. 2 (tabelrij)"),
    ],
)
def test_questions_answers_and_rows_are_found_by_what_they_are(role: Role, path: tuple[str, ...], expected: str) -> None:
    part, section, paragraph = place_of("letter", path=path)
    section = replace(section, paragraphs=(replace(paragraph, role=role),))
    (place,) = places(Document("d", "", META, "x", (replace(part, sections=(section,)),), ""))
    assert finding_aid(place) == expected


@pytest.mark.parametrize(
    ("kind", "number", "path", "expected"),
    [
        ("letter", 1, (), "blg-1, al. 2"),
        ("annex", 1, (), "blg-1, al. 2"),
        ("annex", 2, (), "blg-1, bijlage 2, al. 2"),
        ("report", 1, (), "blg-1, verslag, al. 2"),
        ("letter", 2, ("Mali",), "blg-1, brief 2, § Mali, al. 2"),
    ],
)
def test_a_document_that_is_an_annex_leads_the_way(kind: PartKind, number: int, path: tuple[str, ...], expected: str) -> None:
    (place,) = places(Document("d", "", META, "x", (place_of(kind, number, path)[0],), ""))
    assert finding_aid(place, "blg-1") == expected


def test_a_heading_that_comes_again_is_counted() -> None:
    # FAULTS A30
    def section(path: tuple[str, ...]) -> Section:
        return Section(path, "", (Paragraph("p", 1, 0, 1, None), Paragraph("q", 2, 0, 1, None)))

    paths: list[tuple[str, ...]] = [(), ("De voorzitter",), ("De heer Graus",), ("De voorzitter",), (), ("De voorzitter",)]
    document = Document("d", "", META, "x", (Part("letter", 1, "", tuple(map(section, paths))), Part("report", 1, "", (section(("De voorzitter",)),))), "")
    aids = [finding_aid(place) for place in places(document)]
    assert aids[::2] == [
        "brief, al. 1",
        "§ De voorzitter, al. 1",
        "§ De heer Graus, al. 1",
        "§ De voorzitter (2), al. 1",
        "brief (2), al. 1",
        "§ De voorzitter (3), al. 1",
        "§ De voorzitter, al. 1",
    ]
    assert aids[7] == "§ De voorzitter (2), al. 2"


def test_no_two_paragraphs_of_the_letter_have_one_label(seed: Document) -> None:
    labels = [label(seed.meta, place) for place in places(seed)]
    assert len(set(labels)) == len(labels)


# permalinks


@pytest.mark.parametrize(
    ("public_url", "document_id", "paragraph_id", "expected"),
    [
        ("", "verslag", "verslag-p1-aaaaaa", "/documenten/verslag#verslag-p1-aaaaaa"),
        ("https://voorbeeld.nl", "verslag", "p", "https://voorbeeld.nl/documenten/verslag#p"),
        ("https://voorbeeld.nl/rbz/", "verslag", "p", "https://voorbeeld.nl/rbz/documenten/verslag#p"),
        ("", "a/b c?d#e%f", "p 1#x", "/documenten/a%2Fb%20c%3Fd%23e%25f#p%201%23x"),
        ("", "../etc", '"><svg>', "/documenten/..%2Fetc#%22%3E%3Csvg%3E"),
        ("", "georgië", "p", "/documenten/georgi%C3%AB#p"),
        ("", "verslag", "", "/documenten/verslag"),
    ],
)
def test_a_permalink_opens_the_paragraph_whatever_its_ids_hold(public_url: str, document_id: str, paragraph_id: str, expected: str) -> None:
    assert permalink(public_url, document_id, paragraph_id) == expected


@pytest.mark.parametrize(("kind", "aid"), [(None, "al. 1"), ("brief", "brief, al. 1"), ("motie", "al. 1"), ("vragen en antwoorden", "al. 1")])
def test_only_a_letter_is_called_one(kind: str | None, aid: str) -> None:
    document = letter("x", "De Kamer, gehoord de beraadslaging.")
    (place,) = places(document)
    assert cite_aid(replace(document.meta, kind=kind), place) == aid


def test_a_quote_that_runs_over_a_page_names_both() -> None:
    paragraph = Paragraph("brief-p1-aaaaaa", 1, 0, 30, 1, page_turns=((10, 2), (20, 3)))
    assert [pages(paragraph, a, b) for a, b in ((0, 10), (0, 11), (5, 25), (10, 20), (20, 30))] == ["1", "1-2", "1-3", "2", "3"]
    assert pages(replace(paragraph, page=None, page_turns=()), 0, 30) == ""
    meta = replace(META, publications=(NUMBER,), pages="publication")
    assert official(meta, REPORT, pages(paragraph, 5, 15)) == "Kamerstukken II 2020/21, 21501-02, nr. 2400, p. 1-2"


def test_an_annex_of_a_piece_that_is_not_here_is_one_of_what_it_names_and_of_nothing_else() -> None:
    meta = replace(META, parent="kst-99999-1", description="Overzicht inzet Mali", kind="bijlage")
    assert official(meta, ANNEX) == "Overzicht inzet Mali, bijlage bij kst-99999-1"
