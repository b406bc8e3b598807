"""cite.py: a quote is what its own paragraph says, or there is no citation."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rbzqa.cite import cite, finding_aid, label, locate, official, permalink, places
from rbzqa.types import Document, DocumentMeta, Kamerstuk, Paragraph, Part, PartKind, Section

META = DocumentMeta(title="Verslag", subject="Verslag", description="Verslag RBZ Gymnich, 2-3 september 2021", file="a.txt")
NUMBER = Kamerstuk("II", "2020/21", "21501-02", "2400")
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


# labels


def test_a_piece_with_a_number_is_cited_by_it() -> None:
    assert official(replace(META, kamerstukken=(NUMBER,), kenmerk="BZDOC-1"), REPORT) == "Kamerstukken II 2020/21, 21501-02, nr. 2400"


def test_a_piece_with_two_numbers_names_both() -> None:
    two = (NUMBER, Kamerstuk("II", "2020/21", "27925", "788"))
    assert official(replace(META, kamerstukken=two), REPORT) == "Kamerstukken II 2020/21, 21501-02, nr. 2400 en 27925, nr. 788"


def test_an_annex_says_of_what() -> None:
    assert official(replace(META, kamerstukken=(NUMBER,)), ANNEX) == "Bijlage bij Kamerstukken II 2020/21, 21501-02, nr. 2400"
    assert official(META, ANNEX) == "Bijlage bij Verslag RBZ Gymnich, 2-3 september 2021"


def test_a_letter_without_number_goes_by_its_kenmerk_and_else_by_a_description() -> None:
    assert official(replace(META, kenmerk="BZDOC-123-1"), REPORT) == "Verslag RBZ Gymnich, 2-3 september 2021, kenmerk BZDOC-123-1"
    assert official(META, REPORT) == "Verslag RBZ Gymnich, 2-3 september 2021"


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
    ],
)
def test_a_permalink_opens_the_paragraph_whatever_its_ids_hold(public_url: str, document_id: str, paragraph_id: str, expected: str) -> None:
    assert permalink(public_url, document_id, paragraph_id) == expected
