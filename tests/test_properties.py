"""What holds for every letter that Hypothesis can think of: spans, ids, passages, and no lost character."""

import itertools
import re
import unicodedata

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rbzqa.chunk import MAX_TOKENS, passages
from rbzqa.sentences import sentence_spans
from rbzqa.splitter import SentenceSplitter
from rbzqa.types import Document, Paragraph, paragraph_hash

from .fakes import letter

QUICK = settings(max_examples=60, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])

OPENING = "Geachte voorzitter,"
LETTERS = st.characters(categories=("Ll", "Lu", "Lo", "Mn", "Nd"), exclude_characters="\u0345")
ODD = st.sampled_from([*"aAeéE.,;:!?'’“”()-–1209€%/", "\u0301", "\u0327", "\u00ad", "\u200b", "\u202e", "😀", "𝒜", "🇳", "ﬁ", "İ", "ß"])
WORDS = st.one_of(
    st.sampled_from(
        "De Raad sprak over Afghanistan en de EU-aanpak o.a. mr. S.A. 15,6 mrd. woord.1 woord2 veiligheids- -beleid samen- werking nr. Zin. Vraag?".split()
    ),
    st.text(LETTERS, min_size=1, max_size=6),
    st.text(ODD, min_size=1, max_size=5),
)
LINES = st.lists(WORDS, min_size=1, max_size=7).map(" ".join)
PARAGRAPHS = st.lists(LINES, min_size=1, max_size=5).map("\n".join)
HEADINGS = st.sampled_from(["Afghanistan", "EU-China", "Bijlage 1", "VERSLAG RAAD BUITENLANDSE ZAKEN VAN 2 SEPTEMBER\n2021", "Agenda Raad", "Lunch"])
FURNITURE = st.sampled_from(["3", "Pagina 3 van 7", "[Ondertekenaar 2]", "https://www.rijksoverheid.nl/a"])
NOTES = st.sampled_from(["1 Zie rijksoverheid.nl", "2 Kamerstuk 21 501-02\n\nhttps://example.org/x", "1 Noot een\n2 Noot twee", "12 Noot."])
SIGNATURES = st.just("De minister van Buitenlandse Zaken,\n\nStef Blok")
GAPS = st.sampled_from(["\n\n", "\n\n\n", "\n \n", "\n\n\f", "\f", "\n\n3\n\n\f", "\r\n\r\n", "\u2029\u2028"])
PIECES = st.one_of(PARAGRAPHS, PARAGRAPHS, PARAGRAPHS, HEADINGS, FURNITURE, NOTES, SIGNATURES)
BODIES = st.lists(st.tuples(GAPS, PIECES), max_size=12).map(lambda pieces: OPENING + "".join(gap + piece for gap, piece in pieces))


def paragraphs_of(document: Document) -> list[Paragraph]:
    return [p for part in document.parts for section in part.sections for p in section.paragraphs]


def squeezed(text: str) -> str:
    return "".join(text.split())


@QUICK
@given(BODIES)
def test_paragraphs_are_ordered_inside_the_text_and_have_the_hash_of_their_words(body: str) -> None:
    document = letter("brief", body)
    at = 0
    found = paragraphs_of(document)
    assert found
    for paragraph in found:
        assert at <= paragraph.start < paragraph.end <= len(document.text)
        text = document.text[paragraph.start : paragraph.end]
        assert text == text.strip() and "\n" not in text
        assert paragraph.id.endswith(f"-{paragraph_hash(text)}")
        assert document.text[paragraph.end : paragraph.end + 2] in ("\n\n", "")
        at = paragraph.end
    assert len({paragraph.id for paragraph in found}) == len(found)


@QUICK
@given(BODIES)
def test_marks_notes_and_page_turns_lie_where_they_should(body: str) -> None:
    document = letter("brief", body)
    for paragraph in paragraphs_of(document):
        offsets = [offset for offset, _ in paragraph.page_turns]
        assert offsets == sorted(set(offsets))
        assert all(paragraph.start < offset < paragraph.end for offset in offsets)
        assert all(document.text[offset : offset + 1].strip() for offset in offsets)
        pages = [paragraph.page or 0, *(page for _, page in paragraph.page_turns)]
        assert pages == sorted(pages)
        for note in paragraph.footnotes:
            assert paragraph.start < note.at <= paragraph.end < note.start < note.end <= len(document.text)
            assert len(set(note.urls)) == len(note.urls)


@QUICK
@given(BODIES)
def test_text_is_composed_and_has_no_control_character_or_form_feed(body: str) -> None:
    text = letter("brief", body).text
    assert unicodedata.is_normalized("NFC", text)
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029]", text)


@QUICK
@given(BODIES)
def test_reading_is_deterministic_whatever_the_form_and_the_line_ends(body: str) -> None:
    document = letter("brief", body)
    assert letter("brief", body) == document
    # FAULTS A5 A10
    for other in (unicodedata.normalize("NFD", body), body.replace("\r\n", "\n").replace("\n", "\r\n"), "\ufeff" + body):
        again = letter("brief", other)
        assert (again.text, again.parts, again.meta) == (document.text, document.parts, document.meta)


@QUICK
@given(
    st.lists(
        st.tuples(
            st.sampled_from(["\n", "\n\n", "\n\n\f", "\f", " "]), st.text(st.one_of(LETTERS, st.sampled_from(".,;:!?'’“”()€%/😀𝒜")), min_size=1, max_size=8)
        ),
        max_size=40,
    )
)
def test_no_character_is_added_lost_or_moved(pieces: list[tuple[str, str]]) -> None:
    # without a hyphen, a footnote or page furniture in it, only white space may change
    body = f"{OPENING}\n\n" + "".join(f"{gap}x{word}" for gap, word in pieces)
    assert squeezed(letter("brief", body).text) == squeezed(unicodedata.normalize("NFC", body))


@QUICK
@given(st.lists(WORDS, max_size=30).map(" ".join))
def test_sentences_cover_every_word_once_and_in_order(text: str) -> None:
    spans = sentence_spans(text)
    assert all(a < b for a, b in spans)
    assert all(before[1] <= after[0] for before, after in itertools.pairwise(spans))
    assert all(text[a:b] == text[a:b].strip() for a, b in spans)
    assert "".join(squeezed(text[a:b]) for a, b in spans) == squeezed(text)


@QUICK
@given(BODIES, st.sampled_from([1, 15, 40, 110]))
def test_passages_are_exact_ordered_and_inside_one_section(body: str, weight: int) -> None:
    document = letter("brief", body)
    found = list(passages(document, lambda text: weight * len(text.split())))
    at = 0
    covered: list[str] = []
    for passage in found:
        section = document.parts[passage.part].sections[passage.section]
        own = [p for p in section.paragraphs if p.id in passage.paragraph_ids]
        assert tuple(p.id for p in own) == passage.paragraph_ids
        assert own[0].start <= passage.start and passage.end <= own[-1].end
        assert at <= passage.start < passage.end <= len(document.text)
        at = passage.end
        text = document.text[passage.start : passage.end]
        first, last = passage.sentence_spans[0], passage.sentence_spans[-1]
        assert text.startswith(document.text[slice(*first)]) and text.endswith(document.text[slice(*last)])
        assert (first[0], last[1]) == (passage.start, passage.end)
        assert all(before[1] <= after[0] for before, after in itertools.pairwise(passage.sentence_spans))
        assert all(any(p.start <= a < b <= p.end for p in own) for a, b in passage.sentence_spans)
        assert len(own) == 1 or len(text.split()) * weight <= MAX_TOKENS
        covered += (document.text[a:b] for a, b in passage.sentence_spans)
    assert squeezed("".join(covered)) == squeezed("".join(document.text[p.start : p.end] for p in paragraphs_of(document)))
    assert len({passage.id for passage in found}) == len(found)
    assert list(passages(document, lambda text: weight * len(text.split()))) == found


@QUICK
@given(st.text(st.one_of(ODD, st.sampled_from("  \u00a0aB")), max_size=120), st.integers(1, 12))
def test_pieces_of_the_splitter_give_the_text_back(text: str, limit: int) -> None:
    for count in (len, lambda piece: len(piece.split())):
        pieces = SentenceSplitter(count, limit).split_text(text)
        assert "".join(pieces) == text
        assert all(count(piece) <= limit for piece in pieces)
