from pathlib import Path

import pytest

from rbzqa.engine import Engine
from rbzqa.errors import QueryError
from rbzqa.index.build import build
from rbzqa.index.generation import Generation
from rbzqa.search import ENGLISH, MAX_QUESTION, WEIGHTS, Weights, correct, nearest, parse_question, search

from .fakes import WordEncoder, letter, with_roles

PLATFORM = "een regionaal platform op te zetten"


@pytest.mark.parametrize("question", ["", "   ", "?!", "\n\t", "\u200b", "…"])
def test_a_question_without_a_letter_or_digit_is_refused(question: str) -> None:
    # FAULTS C4
    with pytest.raises(QueryError, match="leeg"):
        parse_question(question)


def test_a_question_is_measured_before_anything_reads_it() -> None:
    # FAULTS G1
    with pytest.raises(QueryError, match=str(MAX_QUESTION)):
        parse_question("a" * 1_000_000)
    assert parse_question("a" * MAX_QUESTION).text == "a" * MAX_QUESTION


def test_a_question_is_one_line_of_nfc() -> None:
    # FAULTS A5, C16
    assert parse_question("wat\r\nzegt  de\tOekrai\u0308ne\x07?").text == "wat zegt de Oekraïne ?"


def test_the_weights_are_shares() -> None:
    for weights in (WEIGHTS, ENGLISH):
        assert weights.dense + weights.lexical + weights.sentence == pytest.approx(1.0)


@pytest.mark.parametrize(
    "question",
    [
        "regionaal platform Afghanistan",
        "afganistan regionaal platvorm",
        "AFGHANISTAN REGIONAAL PLATFORM",
        "Afghaans regionaal platform",
        "Which regional platform do Afghanistan's neighbours set up?",
        "platform met de buurlanden van de Afghanen (",
        'regionaal AND platform OR "(((',
    ],
)
def test_the_passage_is_found_however_it_is_asked_for(engine: Engine, question: str) -> None:
    hits = engine.search(question, 3)
    document = engine.document("verslag-rbz-gymnich-2021-09")
    assert any(PLATFORM in document.text[hit.passage.start : hit.passage.end] for hit in hits)


def test_a_missing_diaeresis_and_a_slip_are_corrected(engine: Engine) -> None:
    assert "slovenie" in correct(parse_question("vergadering in Slovenie"), engine.generation).tokens
    assert "afghanistan" in correct(parse_question("afganistan"), engine.generation).tokens
    assert "afghanistan" in correct(parse_question("afganse vluchtelinge"), engine.generation).tokens


def test_a_word_that_is_there_is_not_corrected(engine: Engine) -> None:
    query = parse_question("besproken migratie")
    assert correct(parse_question("migratie in Afrika"), engine.generation) == parse_question("migratie in Afrika")
    assert set(query.tokens) <= set(correct(query, engine.generation).tokens)


def test_nearest_keeps_the_first_letter_and_the_number_of_slips() -> None:
    assert nearest("drugshandl", ["drugshandel", "trugshandel"]) == ["drugshandel"]
    assert nearest("kompaz", ["kompas", "kampaz"]) == ["kampaz", "kompas"]
    assert nearest("kompazz", ["kompas"]) == []


def test_hits_are_ranked_scored_and_bounded(engine: Engine) -> None:
    hits = engine.search("samenwerking tussen de EU en de NAVO", 7)
    scores = [hit.score for hit in hits]
    assert len(hits) == 7
    assert scores == sorted(scores, reverse=True)
    assert all(0 <= score <= 1.0001 for score in scores)
    assert len({hit.passage.id for hit in hits}) == 7
    assert min(hit.dense_rank or 99 for hit in hits) == 1


def test_each_leg_alone_gives_its_own_order(engine: Engine) -> None:
    query = parse_question("belang van samenwerking met China")
    encoder = engine._encoder
    for weights, signal in ((Weights(1.0, 0.0, 0.0), "dense"), (Weights(0.0, 1.0, 0.0), "lexical"), (Weights(0.0, 0.0, 1.0), "sentence")):
        hits, vector = search(query, engine.generation, encoder, 10, weights)
        values = [getattr(hit.signals, signal) for hit in hits]
        assert values == sorted(values, reverse=True)
        assert vector.shape == (384,)


def test_a_question_of_a_member_ranks_below_the_answer(tmp_path: Path, encoder: WordEncoder) -> None:
    body = "Hoeveel kost het fonds voor Jemen per jaar?\n\nHet kost tien miljoen euro.\n\nOver vissers is niet gesproken."
    plain = letter("vragen", body)
    asked = with_roles(plain, {0: ("question", ()), 1: ("answer", (0,))})
    for document, first in ((plain, "Hoeveel"), (asked, "Het kost")):
        build(tmp_path / first, [document], encoder)
        generation = Generation.open(tmp_path / first, encoder.fingerprint, encoder.name)
        hits, _ = search(parse_question("Hoeveel kost het fonds voor Jemen?"), generation, encoder, 3)
        assert document.text[hits[0].passage.start :].startswith(first)
    assert [hit.passage.role for hit in hits][:2] == ["answer", "question"]
