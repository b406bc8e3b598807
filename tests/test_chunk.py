"""Documents -> passages: whole paragraphs of one section, exact spans, and pieces that lose nothing."""

import pytest

from rbzqa.chunk import MAX_TOKENS, context, passages
from rbzqa.splitter import SentenceSplitter
from rbzqa.types import Document, Paragraph, Passage

from .fakes import WordEncoder, letter, with_roles
from .timing import is_linear


def words(text: str) -> int:
    return len(text.split())


def cut(document: Document) -> list[Passage]:
    return list(passages(document, WordEncoder().count_tokens))


def text_of(document: Document, passage: Passage) -> str:
    return document.text[passage.start : passage.end]


def sentences_of(document: Document, passage: Passage) -> list[str]:
    return [document.text[start:end] for start, end in passage.sentence_spans]


def alinea(number: int, size: int) -> str:
    return " ".join([f"Alinea{number}", *["woord"] * (size - 2), "einde."])


def check(document: Document, found: list[Passage]) -> None:
    """What is true of the passages of every document."""
    at = 0
    for passage in found:
        paragraphs = {p.id: p for p in document.parts[passage.part].sections[passage.section].paragraphs}
        own = [paragraphs[name] for name in passage.paragraph_ids]
        assert own
        assert own[0].start <= passage.start and passage.end <= own[-1].end
        assert at <= passage.start < passage.end <= len(document.text)
        at = passage.end
        assert passage.sentence_spans[0][0] == passage.start
        assert passage.sentence_spans[-1][1] == passage.end
        last = passage.start
        for start, end in passage.sentence_spans:
            assert last <= start < end <= passage.end
            assert any(p.start <= start and end <= p.end for p in own)
            last = end
    assert len({passage.id for passage in found}) == len(found)


def test_paragraphs_are_put_together_up_to_the_limit_exactly() -> None:
    document = letter("brief", "\n\n".join(alinea(n, MAX_TOKENS // 2) for n in range(5)))
    found = cut(document)
    check(document, found)
    assert [len(passage.paragraph_ids) for passage in found] == [2, 2, 1]
    assert text_of(document, found[0]) == document.text[: found[0].end]
    assert words(text_of(document, found[0])) == MAX_TOKENS


def test_one_word_over_the_limit_begins_another_passage() -> None:
    document = letter("brief", f"{alinea(1, MAX_TOKENS // 2)}\n\n{alinea(2, MAX_TOKENS // 2 + 1)}")
    assert [len(passage.paragraph_ids) for passage in cut(document)] == [1, 1]


def test_no_passage_crosses_a_section_or_a_part() -> None:
    document = letter("brief", "Een.\n\nAfghanistan\n\nTwee.\n\nDrie.\n\nBijlage 1\n\nVier.\n\nChina\n\nVijf.")
    found = cut(document)
    check(document, found)
    assert [(passage.part, passage.section, text_of(document, passage)) for passage in found] == [
        (0, 0, "Een."),
        (0, 1, "Twee.\n\nDrie."),
        (1, 0, "Vier."),
        (1, 1, "Vijf."),
    ]


def test_footnote_or_signature_between_two_paragraphs_is_in_no_passage() -> None:
    document = letter("brief", "Een zin.1 Slot.\n\n1 De noot.\n\nTwee.\n\nDe minister van Buitenlandse Zaken,\n\nDrie is een zin.")
    found = cut(document)
    check(document, found)
    assert [text_of(document, passage) for passage in found] == ["Een zin. Slot.", "Twee.", "Drie is een zin."]


def test_long_paragraph_is_cut_between_sentences() -> None:
    sentences = [alinea(n, 50) for n in range(10)]
    document = letter("brief", " ".join(sentences))
    found = cut(document)
    check(document, found)
    assert [sentences_of(document, passage) for passage in found] == [sentences[0:4], sentences[4:8], sentences[8:10]]
    assert [passage.id.rpartition(".")[2] for passage in found[1:]] == ["2", "3"]
    assert found[0].id == f"brief/{found[0].paragraph_ids[0]}"
    assert len({passage.paragraph_ids for passage in found}) == 1


def test_long_paragraph_stands_alone_between_short_ones() -> None:
    document = letter("brief", f"Kort.\n\n{' '.join(alinea(n, 100) for n in range(3))}\n\nOok kort.")
    assert [text_of(document, passage).split()[0] for passage in cut(document)] == ["Kort.", "Alinea0", "Alinea2", "Ook"]


@pytest.mark.parametrize("mark", [";", ":", ","])
def test_oversized_sentence_is_cut_at_clauses(mark: str) -> None:
    clauses = [" ".join([f"deel{n}", *["woord"] * 98, f"slot{mark}"]) for n in range(5)]
    document = letter("brief", "Begin. Want " + " ".join(clauses) + " einde.")
    found = cut(document)
    check(document, found)
    assert all(words(text_of(document, passage)) <= MAX_TOKENS for passage in found)
    assert all(text_of(document, passage).endswith(mark) for passage in found[1:-1])
    assert [text_of(document, passage).split()[0] for passage in found] == ["Begin.", "deel2", "deel4"]


def test_word_over_the_limit_is_cut_and_nothing_is_lost() -> None:
    document = letter("brief", "Een woord: " + "x" * 1000 + " slot.")
    found = list(passages(document, len))
    check(document, found)
    assert "".join(text_of(document, passage) for passage in found).replace(" ", "") == document.text.replace(" ", "")
    assert max(passage.end - passage.start for passage in found) <= MAX_TOKENS


def test_every_word_of_every_paragraph_is_in_a_passage_once(seed: Document) -> None:
    found = cut(seed)
    check(seed, found)
    paragraphs: list[Paragraph] = [p for part in seed.parts for section in part.sections for p in section.paragraphs]
    assert " ".join(text_of(seed, passage) for passage in found).split() == " ".join(seed.text[p.start : p.end] for p in paragraphs).split()
    assert {name for passage in found for name in passage.paragraph_ids} == {p.id for p in paragraphs}
    assert all(words(text_of(seed, passage)) <= MAX_TOKENS for passage in found)


def test_passages_of_the_letter_are_pinned(seed: Document) -> None:
    found = cut(seed)
    assert len(found) == 26
    assert [(found[n].id.split("/")[1], len(found[n].paragraph_ids)) for n in (0, 1, 25)] == [
        ("brief-p1-812aa2", 2),
        ("verslag-p1-41b5c1", 1),
        ("bijlage1-p28-b6c666", 1),
    ]
    assert {passage.document_id for passage in found} == {"verslag-rbz-gymnich-2021-09"}


def test_context_names_subject_annex_and_section(seed: Document) -> None:
    found = cut(seed)
    subject = "Verslag van de Raad Buitenlandse Zaken Gymnich van 2 en 3 september 2021"
    assert context(seed, found[0]) == subject
    assert context(seed, next(p for p in found if p.paragraph_ids[0].startswith("verslag-p2"))) == f"{subject} | Afghanistan"
    assert context(seed, found[-1]) == (
        f"{subject} | Gemeenschappelijke Frans-Nederlandse Verklaring | Nederland en Frankrijk willen hun bestaande dialoogstructuren verstevigen"
    )


@pytest.mark.parametrize(
    "text",
    [
        "Eén zin. Twee zinnen?  Drie zinnen!\tVier.",
        "a " * 50,
        "x" * 200,
        "een, twee; drie: vier. " * 20,
        "  Witruimte voor. En erna.  ",
        "Zonder einde en met  dubbele   spaties, en een komma ,die plakt;zo",
        "😀 en 𝒜. " * 10,
        ". . . . . . . .",
        "",
    ],
)
@pytest.mark.parametrize("limit", [1, 3, 7, 1000])
def test_pieces_joined_give_the_text_back(text: str, limit: int) -> None:
    for count in (words, len):
        pieces = SentenceSplitter(count, limit).split_text(text)
        assert "".join(pieces) == text
        assert all(count(piece) <= limit for piece in pieces)


def test_splitter_keeps_whole_sentences_together() -> None:
    text = "Een twee. Drie vier. Vijf zes."
    assert SentenceSplitter(words, 4).split_text(text) == ["Een twee. Drie vier. ", "Vijf zes."]
    assert SentenceSplitter(words, 6).split_text(text) == [text]


@pytest.mark.parametrize("unit", ["Dit is een zin van de minister. ", "Dit is een alinea.\n\n", "een lange bijzin, "])
def test_time_is_linear(unit: str) -> None:
    # FAULTS A9
    assert is_linear(lambda n: letter("brief", f"Begin. {unit * n} einde."), cut, 1000)


QUESTIONS = letter("vragen", "Bent u bekend met het bericht?\n\nHoeveel kost het fonds?\n\nJa, dat bericht is bekend.\n\nTien miljoen euro per jaar.")
ANSWERED = with_roles(QUESTIONS, {0: ("question", ()), 1: ("question", ()), 2: ("answer", (0,)), 3: ("answer", (1,))})


def test_a_question_and_an_answer_are_never_one_passage() -> None:
    found = cut(ANSWERED)
    check(ANSWERED, found)
    assert [(passage.role, len(passage.paragraph_ids)) for passage in found] == [("question", 2), ("answer", 1), ("answer", 1)]


def test_an_answer_takes_its_question_along_for_search_only() -> None:
    _, first, second = cut(ANSWERED)
    assert context(ANSWERED, first).endswith("Bent u bekend met het bericht?")
    assert context(ANSWERED, second).endswith("Hoeveel kost het fonds?")
    assert text_of(ANSWERED, second) == "Tien miljoen euro per jaar."


def test_rows_of_one_table_share_their_heads_and_their_passage() -> None:
    table = with_roles(letter("tabel", "Land, bedrag.\n\nMali, 10.\n\nNiger, 20.\n\nZo staat het er."), {1: ("row", (0,)), 2: ("row", (0,))})
    _, rows, after = cut(table)
    assert (rows.role, text_of(table, rows)) == ("row", "Mali, 10.\n\nNiger, 20.")
    assert context(table, rows).endswith("Land, bedrag.")
    assert not context(table, after).endswith("Land, bedrag.")


def test_a_very_long_question_is_cut_in_the_context() -> None:
    document = with_roles(letter("lang", f"{'woord ' * 500}einde?\n\nJa."), {0: ("question", ()), 1: ("answer", (0,))})
    answer = cut(document)[-1]
    assert 80 <= words(context(document, answer)) < 100
