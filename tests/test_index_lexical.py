"""The lexical leg: our tokens only, never the user's text to a query parser."""

import json
import os
from pathlib import Path

import pytest

from rbzqa.dutch import Analysis, analyse
from rbzqa.index.lexical import FIELDS, Lexical, LexicalText, build

BOOSTS = {"stems": 1.0, "grams": 0.4, "context": 0.3}


def query(*stems: str, grams: tuple[str, ...] = ()) -> Analysis:
    return Analysis(stems, grams)


def text(*stems: str, grams: tuple[str, ...] = (), context: tuple[str, ...] = ()) -> LexicalText:
    return LexicalText(stems, grams, context)


def opened(folder: Path, *texts: LexicalText) -> Lexical:
    build(folder / "lexical", texts)
    return Lexical(folder / "lexical")


def test_row_n_is_the_nth_text_best_first(tmp_path: Path) -> None:
    index = opened(tmp_path, text("raad", "china"), text("china", "china", "china"), text("raad", "raad"), text("handel"))
    rows, scores = index.search(query("china"), BOOSTS, 10)
    assert rows.tolist() == [1, 0]
    assert scores[0] > scores[1] > 0
    assert (str(rows.dtype), str(scores.dtype), index.size) == ("int64", "float32", 4)
    assert index.search(query("china"), BOOSTS, 1)[0].tolist() == [1]


def test_a_word_that_few_texts_have_weighs_more(tmp_path: Path) -> None:
    index = opened(tmp_path, text("raad", "a"), text("raad", "b"), text("china", "c"), text("raad", "d"))
    assert index.search(query("raad", "china"), BOOSTS, 4)[0][0] == 2


@pytest.mark.parametrize(
    "nasty", ["(", ")", "AND", "OR NOT", '"', "'", "stems:china", "a~2", "*", "china^9", "[a TO b]", "\\", "+-", "{", "\0", "🙂", "x" * 70_000]
)
def test_query_syntax_is_never_parsed(tmp_path: Path, nasty: str) -> None:
    index = opened(tmp_path, text("china"), text("raad"))
    assert index.search(analyse(nasty), BOOSTS, 5)[0].size <= 2
    raw, _ = index.search(query(nasty, grams=(nasty,)), BOOSTS, 5)
    assert raw.tolist() == []
    assert index.search(query(nasty, "china"), BOOSTS, 5)[0].tolist() == [0]
    assert index.document_frequency(nasty) == 0


def test_tokens_are_taken_as_they_are(tmp_path: Path) -> None:
    index = opened(tmp_path, text("China"), text("china"), text("oekraïne"))
    assert index.search(query("China"), BOOSTS, 5)[0].tolist() == [0]
    assert index.search(query("oekraïne"), BOOSTS, 5)[0].tolist() == [2]
    assert index.search(query("oekraine"), BOOSTS, 5)[0].size == 0


def test_without_tokens_nothing_is_found(tmp_path: Path) -> None:
    index = opened(tmp_path, text("china"))
    for rows, scores in (index.search(query(), BOOSTS, 5), index.search(query("china"), dict.fromkeys(FIELDS, 0.0), 5)):
        assert rows.shape == scores.shape == (0,)
        assert (str(rows.dtype), str(scores.dtype)) == ("int64", "float32")


def test_each_field_counts_by_its_boost_alone(tmp_path: Path) -> None:
    index = opened(tmp_path, text("china"), text("x", grams=("chin",)), text("y", context=("china",)))
    asked = query("china", grams=("chin",))
    only = {field: index.search(asked, {**dict.fromkeys(FIELDS, 0.0), field: 1.0}, 5) for field in FIELDS}
    assert {field: rows.tolist() for field, (rows, _) in only.items()} == {"stems": [0], "grams": [1], "context": [2]}
    doubled = index.search(asked, {"stems": 0.0, "grams": 0.0, "context": 2.0}, 5)[1]
    assert doubled[0] == pytest.approx(2 * only["context"][1][0])
    assert index.search(asked, {"stems": 0.1, "grams": 1.0, "context": 0.2}, 5)[0][0] == 1


def test_a_token_asked_twice_counts_once(tmp_path: Path) -> None:
    index = opened(tmp_path, text("china", "raad"), text("raad"))
    once, twice = (index.search(query(*tokens), BOOSTS, 5)[1] for tokens in (["china", "raad"], ["china", "raad", "china"]))
    assert once.tolist() == twice.tolist()


def test_document_frequency_counts_texts_of_the_stems(tmp_path: Path) -> None:
    index = opened(tmp_path, text("china", "china"), text("china", "raad"), text("z", grams=("raad",), context=("raad",)))
    assert [index.document_frequency(token) for token in ("china", "raad", "geen")] == [2, 1, 0]


def test_an_index_of_nothing_can_be_opened(tmp_path: Path) -> None:
    index = opened(tmp_path)
    assert index.size == 0
    assert index.search(query("china"), BOOSTS, 5)[0].size == 0


def test_names_and_bytes_do_not_depend_on_chance(tmp_path: Path) -> None:  # FAULTS B18
    texts = [text(f"woord{n}", "raad", grams=("raad",), context=("brief",)) for n in range(300)]
    trees = []
    for name in ("one", "two"):
        build(tmp_path / name, texts)
        trees.append({path.name: path.read_bytes() for path in sorted((tmp_path / name).iterdir())})
    assert trees[0] == trees[1]
    assert f"{1:032x}.idx" in trees[0] and ".tantivy-writer.lock" not in trees[0]
    managed = set(json.loads(trees[0][".managed.json"]))
    assert managed - {"meta.json"} <= set(trees[0])
    assert {name for name in trees[0] if name.endswith((".idx", ".term", ".fast"))} <= managed


def test_many_words_still_make_one_segment(tmp_path: Path) -> None:  # FAULTS B18: segments are cut and merged at places that differ between builds
    texts = (text(*(f"{n}x{k}" for k in range(2_000))) for n in range(1_000))
    build(tmp_path / "lexical", texts)
    assert [path.name for path in (tmp_path / "lexical").glob("*.idx")] == [f"{1:032x}.idx"]
    assert Lexical(tmp_path / "lexical").search(query("999x7"), BOOSTS, 5)[0].tolist() == [999]


def test_a_folder_that_exists_is_not_written_over(tmp_path: Path) -> None:
    build(tmp_path / "lexical", [text("china")])
    with pytest.raises(FileExistsError):
        build(tmp_path / "lexical", [text("raad")])
    assert Lexical(tmp_path / "lexical").search(query("china"), BOOSTS, 5)[0].tolist() == [0]


def test_what_tantivy_cannot_write_is_an_oserror(tmp_path: Path) -> None:  # FAULTS B6
    def texts_while_the_folder_goes() -> object:
        yield text("china")
        for path in sorted((tmp_path / "lexical").iterdir()):
            path.unlink()
        (tmp_path / "lexical").rmdir()

    with pytest.raises(OSError, match=r"."):
        build(tmp_path / "lexical", texts_while_the_folder_goes())  # type: ignore[arg-type]


def test_opening_writes_nothing(tmp_path: Path) -> None:
    build(tmp_path / "lexical", [text("china")])
    before = {path.name: (path.read_bytes(), path.stat().st_mtime_ns) for path in (tmp_path / "lexical").iterdir()}
    Lexical(tmp_path / "lexical").search(query("china"), BOOSTS, 5)
    assert {path.name: (path.read_bytes(), path.stat().st_mtime_ns) for path in (tmp_path / "lexical").iterdir()} == before
    assert os.listdir(tmp_path) == ["lexical"]  # noqa: PTH208
