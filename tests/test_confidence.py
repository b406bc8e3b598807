from dataclasses import fields, replace

import pytest

from rbzqa.confidence import COEFFICIENTS, Features, coverage, probability, wanted
from rbzqa.engine import Engine
from rbzqa.search import correct, parse_question

TYPICAL = Features(cosine=0.8, margin=0.2, covered=0.7, rarest_missing=0.3, names_missing=0.0, numbers_missing=0.0, offers=1.0, legs_agree=1.0)


def test_a_probability_lies_between_nothing_and_certainty() -> None:
    assert 0 < probability(TYPICAL) < 1


@pytest.mark.parametrize("field", [field.name for field in fields(Features)])
def test_each_sign_moves_the_probability_the_way_of_its_coefficient(field: str) -> None:
    coefficient = getattr(COEFFICIENTS, field)
    more = probability(replace(TYPICAL, **{field: getattr(TYPICAL, field) + 0.5}))
    assert (more > probability(TYPICAL)) == (coefficient > 0)


@pytest.mark.parametrize(("field", "sign"), [("cosine", 1), ("margin", 1), ("covered", 1), ("names_missing", -1), ("numbers_missing", -1), ("offers", 1)])
def test_the_signs_point_the_way_that_they_mean(field: str, sign: int) -> None:
    assert getattr(COEFFICIENTS, field) * sign > 0


def test_coverage_weighs_words_and_names_the_rarest_that_is_missing() -> None:
    share, rarest = coverage({"vaccin": 1.0, "dosis": 0.5, "maan": 0.5}, ["vaccin", "dosis", "land"])
    assert share == pytest.approx(0.75)
    assert rarest == 0.5
    assert coverage({}, ["vaccin"]) == (0.0, 0.0)


@pytest.mark.parametrize(("asked", "found"), [("drugs", "drugshandel"), ("vluchtelinge", "vluchteling"), ("kompas", "kompaz"), ("handel", "handelsbeleid")])
def test_a_slip_or_a_part_of_a_compound_counts(asked: str, found: str) -> None:
    assert coverage({asked: 1.0}, [found])[0] == 1.0


@pytest.mark.parametrize(("asked", "found"), [("maan", "maar"), ("kust", "rust"), ("oorlog", "vrede"), ("platform", "plafond")])
def test_another_word_does_not_count(asked: str, found: str) -> None:
    assert coverage({asked: 1.0}, [found])[0] == 0.0


def test_rare_words_of_a_question_weigh_more_and_asking_words_nothing(engine: Engine) -> None:
    query = correct(parse_question("wat is afgesproken over het platform van Nederland?"), engine.generation)
    weights = wanted(query, engine.generation).weights
    assert weights["platform"] > weights["nederland"]
    assert not any(token.startswith("afgespr") for token in weights)


def test_english_words_without_a_name_weigh_nothing(engine: Engine) -> None:
    query = correct(parse_question("what did the neighbours of Afghanistan do?"), engine.generation)
    assert set(wanted(query, engine.generation).weights) == {"afghanistan"}
