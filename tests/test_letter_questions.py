"""The twenty questions of eval/letter-test.jsonl: written before tuning, and not used in it."""

import json
from typing import Any

import pytest

from rbzqa.engine import Engine

from .conftest import REPOSITORY

QUESTIONS: list[dict[str, Any]] = [json.loads(line) for line in (REPOSITORY / "eval" / "letter-test.jsonl").read_text(encoding="utf-8").splitlines()]
TUNED: list[dict[str, Any]] = [json.loads(line) for line in (REPOSITORY / "eval" / "letter-tune.jsonl").read_text(encoding="utf-8").splitlines()]
ANSWERABLE = [q for q in QUESTIONS if q["quotes"]]
UNANSWERABLE = [q for q in QUESTIONS if not q["quotes"]]
LETTER = "verslag-rbz-gymnich-2021-09"


def test_the_set_is_what_the_issue_asks_for(engine: Engine) -> None:
    kinds = [q["kind"] for q in QUESTIONS]
    assert (len(ANSWERABLE), len(UNANSWERABLE)) == (15, 5)
    assert kinds.count("paraphrase") >= 5
    assert kinds.count("typo") >= 3
    assert kinds.count("english") >= 2
    text = engine.document(LETTER).text
    assert all(quote in text for q in QUESTIONS + TUNED for quote in q["quotes"])


def test_no_test_question_but_the_headline_was_tuned_on() -> None:
    shared = {q["question"] for q in QUESTIONS} & {q["question"] for q in TUNED}
    assert shared == {"wat is afgesproken over Afghanistan?"}


def test_fourteen_of_fifteen_are_in_the_first_three_passages(engine: Engine) -> None:
    text = engine.document(LETTER).text
    missed = []
    for q in ANSWERABLE:
        passages = [text[hit.passage.start : hit.passage.end] for hit in engine.search(q["question"], 3)]
        if not any(quote in passage for quote in q["quotes"] for passage in passages):
            missed.append(q["question"])
    assert len(missed) <= 1, missed


def test_no_confident_answer_cites_wrongly_first(engine: Engine) -> None:
    answered = [(q, engine.ask(q["question"])) for q in ANSWERABLE]
    given = [(q, a) for q, a in answered if a.status == "answered"]
    wrong = [q["question"] for q, a in given if not any(quote in a.citations[0].quote for quote in q["quotes"])]
    assert len(given) >= 7
    assert wrong == []


@pytest.mark.parametrize("question", [q["question"] for q in UNANSWERABLE])
def test_what_the_letter_does_not_answer_is_refused(engine: Engine, question: str) -> None:
    assert engine.ask(question).status == "abstained"
