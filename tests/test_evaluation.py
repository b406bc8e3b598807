"""evaluation/: measures against sums done by hand, and a BEIR folder through the real code."""

import json
import math
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rbzqa.errors import ConfigError
from rbzqa.evaluation.beir import RUNS, load_beir, run_beir
from rbzqa.evaluation.measures import evaluate, mean_with_interval, ndcg, recall, reciprocal_rank

from .fakes import WordEncoder

# measures


def test_ndcg_by_hand() -> None:
    relevance = {"a": 3, "b": 2, "c": 0, "d": 1}
    gain = 2 / math.log2(2) + 0 / math.log2(3) + 3 / math.log2(4)
    ideal = 3 / math.log2(2) + 2 / math.log2(3) + 1 / math.log2(4)
    assert ndcg(relevance, ["b", "c", "a"], 10) == pytest.approx(gain / ideal)
    assert ndcg(relevance, ["a", "b", "d", "c"], 10) == 1.0
    assert ndcg({"a": 1}, ["x", "a"], 10) == pytest.approx(1 / math.log2(3)) == pytest.approx(0.6309, abs=1e-4)


def test_ndcg_looks_no_further_than_k_and_neither_does_its_ideal() -> None:
    assert ndcg({"a": 1}, ["x", "y", "a"], 2) == 0.0
    assert ndcg({"a": 1, "b": 1, "c": 1}, ["a", "b"], 2) == 1.0


def test_recall_by_hand() -> None:
    relevance = {"a": 1, "b": 2, "c": 0, "d": 1, "e": 1}
    ranked = ["c", "a", "x", "b"]
    assert [recall(relevance, ranked, k) for k in (1, 2, 3, 4, 10)] == [0, 1 / 4, 1 / 4, 2 / 4, 2 / 4]


def test_reciprocal_rank_by_hand() -> None:
    relevance = {"a": 1, "b": 0}
    assert reciprocal_rank(relevance, ["a"], 10) == 1
    assert reciprocal_rank(relevance, ["b", "x", "a"], 10) == 1 / 3
    assert reciprocal_rank(relevance, ["b", "x", "a"], 2) == 0
    assert reciprocal_rank(relevance, ["b", "x"], 10) == 0


@pytest.mark.parametrize("measure", [ndcg, recall, reciprocal_rank])
def test_nothing_found_and_nothing_to_find_are_zero(measure: Callable[[dict[str, int], list[str], int], float]) -> None:
    assert measure({"a": 1}, [], 10) == 0.0
    assert measure({}, ["a"], 10) == 0.0
    assert measure({"a": 0}, ["a"], 10) == 0.0


@given(st.dictionaries(st.sampled_from("abcdefgh"), st.integers(0, 3)), st.permutations("abcdefghij"), st.integers(1, 12))
def test_every_measure_lies_between_nought_and_one_and_the_ideal_order_is_best(relevance: dict[str, int], ranked: list[str], k: int) -> None:
    ideal = sorted(ranked, key=lambda text: -relevance.get(text, 0))
    for measure in (ndcg, recall, reciprocal_rank):
        assert 0 <= measure(relevance, ranked, k) <= measure(relevance, ideal, k) + 1e-12 <= 1 + 1e-9


def test_a_question_without_an_answer_counts_as_zero() -> None:
    qrels = {"1": {"a": 1}, "2": {"b": 1}, "3": {"c": 1}, "4": {"d": 1}}
    measures = {m.name: m for m in evaluate(qrels, {"1": ["a"], "2": ["x", "b"], "3": []})}
    assert list(measures) == ["nDCG@10", "recall@1", "recall@3", "recall@10", "MRR@10"]
    assert measures["recall@1"].value == 1 / 4
    assert measures["recall@3"].value == measures["recall@10"].value == 2 / 4
    assert measures["MRR@10"].value == pytest.approx((1 + 1 / 2) / 4)
    assert measures["nDCG@10"].value == pytest.approx((1 + 1 / math.log2(3)) / 4)
    assert {m.n for m in measures.values()} == {4}


def test_a_question_that_nobody_judged_does_not_count() -> None:
    assert {m.n for m in evaluate({"1": {"a": 1}}, {"1": ["a"], "2": ["b"]})} == {1}


@given(st.lists(st.floats(0, 1), min_size=1, max_size=40))
def test_the_interval_holds_the_mean_within_the_values(values: list[float]) -> None:
    measure = mean_with_interval("x", values)
    assert measure.value == pytest.approx(sum(values) / len(values))
    assert measure.low <= measure.value + 1e-9 and measure.value <= measure.high + 1e-9
    assert min(values) - 1e-9 <= measure.low <= measure.high <= max(values) + 1e-9
    assert measure == mean_with_interval("x", values)


def test_the_interval_is_about_two_standard_errors_wide_and_shrinks_with_n() -> None:
    few, many = (mean_with_interval("x", [0.0, 1.0] * n) for n in (50, 800))
    error = 0.5 / math.sqrt(100)
    assert few.high - few.low == pytest.approx(2 * 1.96 * error, rel=0.1)
    assert many.high - many.low == pytest.approx((few.high - few.low) / 4, rel=0.15)


def test_the_interval_of_equal_values_is_a_point() -> None:
    measure = mean_with_interval("x", [0.25] * 7)
    assert (measure.low, measure.value, measure.high, measure.n) == (0.25, 0.25, 0.25, 7)
    assert mean_with_interval("x", [1.0]).n == 1


# a BEIR folder

TEXTS = {
    "t1": ("Afghanistan", "De Raad sprak over de evacuatie uit Kabul."),
    "t2": ("", "De ministers bespraken de handel met China."),
    "t3": ("", "Nederland steunt de hervorming van de visserij."),
    "t4": ("", "Het kabinet trekt geld uit voor vaccins."),
    "t5": ("", "Frankrijk werkt samen aan kwantumtechnologie."),
}


def write(folder: Path, *, qrels: str = "query-id\tcorpus-id\tscore\nv1\tt1\t1\nv2\tt2\t1\n") -> Path:
    folder.mkdir(exist_ok=True)
    rows = [json.dumps({"_id": name, "title": title, "text": text}) for name, (title, text) in TEXTS.items()]
    (folder / "corpus.jsonl").write_text("\n".join([*rows, ""]), encoding="utf-8")
    questions = {"v1": "evacuatie uit Kabul", "v2": "handel met China", "v3": "???"}
    (folder / "queries.jsonl").write_text("\n".join(json.dumps({"_id": name, "text": text}) for name, text in questions.items()), encoding="utf-8")
    (folder / "qrels.tsv").write_text(qrels, encoding="utf-8")
    return folder


def test_a_folder_is_read_as_it_stands(tmp_path: Path) -> None:
    data = load_beir(write(tmp_path / "set"))
    assert [document.id for document in data.documents] == list(TEXTS)
    assert data.documents[0].text.endswith("De Raad sprak over de evacuatie uit Kabul.")
    assert data.qrels == {"v1": {"t1": 1}, "v2": {"t2": 1}}
    assert data.questions["v2"] == "handel met China"


@pytest.mark.parametrize(
    "qrels",
    [
        "v1\tt1\t1\nv2\tt2\t1\n",  # no heading
        "query-id\tcorpus-id\tscore\r\nv1\tt1\t1\r\nv2\tt2\t1\r\n",
        "\ufeffquery-id\tcorpus-id\tscore\nv1\tt1\t1\nv2\tt2\t1",
        "v1\t0\tt1\t1\nv2\t0\tt2\t1\n",  # the four columns of TREC
    ],
)
def test_judgements_come_in_several_forms(qrels: str, tmp_path: Path) -> None:
    assert load_beir(write(tmp_path / "set", qrels=qrels)).qrels == {"v1": {"t1": 1}, "v2": {"t2": 1}}


def test_judgements_may_lie_where_beir_itself_has_them(tmp_path: Path) -> None:
    folder = write(tmp_path / "set")
    (folder / "qrels").mkdir()
    (folder / "qrels.tsv").rename(folder / "qrels" / "test.tsv")
    assert set(load_beir(folder).qrels) == {"v1", "v2"}


def test_a_text_without_words_is_left_out(tmp_path: Path) -> None:
    folder = write(tmp_path / "set")
    with (folder / "corpus.jsonl").open("a") as file:
        file.write('{"_id": "leeg", "title": "Kop", "text": "  "}\n')
    assert "leeg" not in [document.id for document in load_beir(folder).documents]


@pytest.mark.parametrize("name", ["corpus.jsonl", "queries.jsonl", "qrels.tsv"])
def test_a_file_that_is_missing_is_named(name: str, tmp_path: Path) -> None:
    folder = write(tmp_path / "set")
    (folder / name).unlink()
    with pytest.raises(ConfigError, match=f"{name} is niet te lezen") as error:
        load_beir(folder)
    assert error.value.hint == "een BEIR-map heeft corpus.jsonl, queries.jsonl en qrels.tsv"


@pytest.mark.parametrize(
    ("name", "text", "line"),
    [
        ("corpus.jsonl", '{"_id": "1", "text": "a"}\n{"_id": "2"}\n', 2),
        ("corpus.jsonl", "\n\n{kapot\n", 3),
        ("corpus.jsonl", "[1]\n", 1),
        ("corpus.jsonl", "7\n", 1),
        ("queries.jsonl", '{"text": "a"}\n', 1),
        ("qrels.tsv", "v1\tt1\t1\nv2\tt2\tveel\n", 2),
        ("qrels.tsv", "v1\tt1\t1\n\n", 2),
        ("qrels.tsv", "1\n", 1),
    ],
)
def test_a_line_of_another_form_is_named_with_its_number(name: str, text: str, line: int, tmp_path: Path) -> None:
    folder = write(tmp_path / "set")
    (folder / name).write_text(text, encoding="utf-8")
    with pytest.raises(ConfigError, match=rf"{name}:{line}: "):
        load_beir(folder)


@pytest.mark.parametrize("name", ["corpus.jsonl", "queries.jsonl", "qrels.tsv"])
def test_bytes_that_are_not_utf8_are_a_mistake_in_that_file(name: str, tmp_path: Path) -> None:
    folder = write(tmp_path / "set")
    (folder / name).write_bytes(b'{"_id": "1", "text": "\xff"}\n')
    with pytest.raises(ConfigError, match=name):
        load_beir(folder)


def test_an_empty_set_is_refused_and_not_measured_as_zero(tmp_path: Path) -> None:
    folder = write(tmp_path / "set", qrels="query-id\tcorpus-id\tscore\n")
    with pytest.raises(ConfigError, match="leeg"):
        load_beir(folder)
    write(folder, qrels="onbekend\tt1\t1\n")
    with pytest.raises(ConfigError, match="onbekende vraag"):
        load_beir(folder)
    (write(folder) / "corpus.jsonl").write_text("")
    with pytest.raises(ConfigError, match="geen teksten"):
        load_beir(folder)


def test_the_three_runs_go_through_the_real_index_and_search(tmp_path: Path, encoder: WordEncoder) -> None:
    data = load_beir(write(tmp_path / "set"))
    notes: list[str] = []
    result = run_beir(data, encoder, tmp_path / "index", note=notes.append)
    assert list(result.runs) == list(RUNS) == ["gecombineerd", "alleen BM25", "alleen passagevector"]
    assert result.passages == 5
    assert [note.partition(": ")[2] for note in notes] == list(RUNS)
    for measures in result.runs.values():
        assert {m.n for m in measures} == {2}
    assert result.runs["gecombineerd"][0].value == result.runs["alleen BM25"][0].value == 1.0


def test_a_set_that_was_indexed_is_not_encoded_again(tmp_path: Path, encoder: WordEncoder) -> None:
    data = load_beir(write(tmp_path / "set"))
    first = run_beir(data, encoder, tmp_path / "index")
    encoded = len(encoder.encoded)
    assert encoded > 0
    assert run_beir(data, encoder, tmp_path / "index") == first
    assert len(encoder.encoded) == encoded


def test_a_question_that_the_product_refuses_finds_nothing(tmp_path: Path, encoder: WordEncoder) -> None:
    data = load_beir(write(tmp_path / "set", qrels="v1\tt1\t1\nv3\tt2\t1\n"))
    result = run_beir(data, encoder, tmp_path / "index")
    recall_10 = {m.name: m.value for m in result.runs["gecombineerd"]}["recall@10"]
    assert recall_10 == 0.5
