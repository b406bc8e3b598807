"""The command line as a person or a script uses it: every command, in both its forms."""

import functools
import io
import json
import os
import pty
import shutil
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest

from rbzqa import __version__
from rbzqa import engine as engines
from rbzqa.encode import open_encoder
from rbzqa.engine import Engine
from rbzqa.faces.cli import main
from rbzqa.settings import Settings
from rbzqa.types import Document

from .conftest import LETTER

QUESTION = "wat is afgesproken over Afghanistan?"
OUTSIDE = "wie wint de Tour de France?"
ANSWER_KEYS = ["question", "status", "reason", "confidence", "text", "citations", "passages", "generation", "model", "tookMs"]
CITATION_KEYS = ["label", "quote", "documentId", "part", "section", "paragraph", "page", "start", "end", "url", "role", "context", "twins"]
PASSAGE_KEYS = ["rank", "score", "text", "documentId", "part", "section", "paragraphs", "start", "end", "label", "url"]
SMALL = "Verslag\n\nDe Raad sprak over {name} en nam een verklaring aan.\n"


@dataclass(frozen=True)
class Ran:
    """What a command left behind."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)


kept_encoder = functools.cache(open_encoder)


def rbzqa(*args: str, stdin: bytes = b"") -> Ran:
    """Run the command line in this process, with streams of its own; a model is loaded once."""
    out, err = (io.TextIOWrapper(io.BytesIO(), encoding="ascii") for _ in range(2))
    read = io.TextIOWrapper(io.BytesIO(stdin), encoding="ascii")
    with (
        patch.object(sys, "argv", ["rbzqa", *args]),
        patch.object(engines, "open_encoder", kept_encoder),
        patch.object(sys, "stdin", read),
        patch.object(sys, "stdout", out),
        patch.object(sys, "stderr", err),
        pytest.raises(SystemExit) as left,
    ):
        main()
    assert isinstance(left.value.code, int)
    return Ran(left.value.code, written(out), written(err))


def written(stream: io.TextIOWrapper) -> str:
    stream.flush()
    stream.seek(0)
    return bytes(stream.buffer.read()).decode("utf-8")


def process(args: Sequence[str], *, env: dict[str, str] | None = None, **more: Any) -> "subprocess.CompletedProcess[bytes]":
    """Run the command line in a process of its own."""
    command = [sys.executable, "-m", "rbzqa.faces.cli", *args]
    return subprocess.run(command, capture_output=True, timeout=60, check=False, env={**os.environ, **(env or {})}, **more)


def places(settings: Settings) -> list[str]:
    """The flags that point at an index that is there."""
    return ["--index", str(settings.index), "--corpus", str(settings.corpus)]


def two_letters(tmp_path: Path) -> list[str]:
    """The flags of a place with two small letters and no index."""
    (tmp_path / "corpus").mkdir()
    for name in ("Armenië", "Georgië"):
        (tmp_path / "corpus" / f"{name[:3].lower()}.txt").write_text(SMALL.format(name=name), encoding="utf-8")
    return ["--corpus", str(tmp_path / "corpus"), "--index", str(tmp_path / "index")]


@pytest.fixture
def small(tmp_path: Path) -> list[str]:
    return two_letters(tmp_path)


# index


def test_index_says_what_it_made_and_progress_goes_to_stderr(small: list[str]) -> None:
    ran = rbzqa("index", *small)
    assert ran.code == 0
    assert ran.out.startswith("documenten: 2 (nieuw verwerkt: 2), passages: 2, index: ")
    assert ran.out.count("\n") == 1
    assert ran.err == "bestanden gelezen: 1 van 2\nbestanden gelezen: 2 van 2\nbrieven verwerkt: 1 van 2\nbrieven verwerkt: 2 van 2\n"


def test_index_again_encodes_nothing_and_gives_the_same_generation(small: list[str]) -> None:
    first, second = rbzqa("index", *small, "--json").json, rbzqa("index", *small, "--json").json
    assert list(first) == ["generation", "documents", "passages", "encoded", "refused", "duplicates", "remarks"]
    assert (first["encoded"], second["encoded"]) == (2, 0)
    assert first["generation"] == second["generation"]


def test_index_names_a_duplicate_and_counts_it_once(small: list[str]) -> None:
    corpus = Path(small[1])
    shutil.copy(corpus / "arm.txt", corpus / "kopie.txt")
    ran = rbzqa("index", *small)
    assert ran.code == 0
    assert ran.out.startswith("documenten: 2 ")
    assert "rbzqa: kopie.txt: is hetzelfde stuk als arm.txt; alleen dat telt mee\n" in ran.err


# ask


def test_ask_quotes_the_agreement_on_afghanistan_first_and_the_annex_after_it(settings: Settings) -> None:
    answer = rbzqa("ask", QUESTION, "--json", *places(settings)).json
    first, *later = answer["citations"]
    assert "een regionaal platform op te zetten met focus op migratie, terrorismebestrijding en het bestrijden van drugshandel" in first["quote"]
    assert first["label"] == "Verslag RBZ Gymnich, 2-3 september 2021 · § Afghanistan, al. 1"
    assert first["part"]["kind"] == "report" and first["section"] == ["Afghanistan"] and first["paragraph"]["number"] == 1
    assert any("bijlage 1, al. 20" in c["label"] and c["part"]["kind"] == "annex" and c["part"]["number"] == 1 for c in later)
    assert answer["text"] == " ".join(c["quote"] for c in answer["citations"])


def test_ask_json_has_exactly_the_fields_of_the_contract(settings: Settings) -> None:
    ran = rbzqa("ask", QUESTION, "--json", *places(settings))
    assert (ran.code, ran.err) == (0, "")
    answer = ran.json
    assert list(answer) == ANSWER_KEYS
    assert (answer["question"], answer["status"], answer["reason"], answer["model"]) == (QUESTION, "answered", None, "e5-small-nl")
    assert 0.6 <= answer["confidence"] <= 1 and answer["tookMs"] > 0
    assert answer["generation"] == (settings.index / "CURRENT").read_text().strip()
    for citation in answer["citations"]:
        assert list(citation) == CITATION_KEYS
        assert list(citation["part"]) == ["kind", "number", "title"]
        assert list(citation["paragraph"]) == ["id", "number"]
        assert citation["url"] == f"/documenten/{citation['documentId']}#{citation['paragraph']['id']}"
    assert [passage["rank"] for passage in answer["passages"]] == [1, 2, 3, 4, 5]
    for passage in answer["passages"]:
        assert list(passage) == PASSAGE_KEYS
        assert list(passage["part"]) == ["kind", "number", "title"]
        assert passage["paragraphs"] and passage["url"].endswith(passage["paragraphs"][0])
    scores = [passage["score"] for passage in answer["passages"]]
    assert scores == sorted(scores, reverse=True)


def test_ask_shows_whole_quotes_with_their_labels(settings: Settings) -> None:
    ran = rbzqa("ask", QUESTION, *places(settings))
    assert (ran.code, ran.err) == (0, "")
    answer = rbzqa("ask", QUESTION, "--json", *places(settings)).json
    for citation in answer["citations"]:  # a quote is never wrapped or cut off in a pipe
        assert f"\n  „{citation['quote']}”\n    {citation['label']}  [{citation['paragraph']['id']}]\n" in ran.out
    assert f"zekerheid {answer['confidence']:.2f}".replace(".", ",") in ran.out


def test_an_abstention_is_no_failure_and_lists_what_came_nearest(settings: Settings) -> None:
    ran = rbzqa("ask", OUTSIDE, "--json", *places(settings))
    answer = ran.json
    assert ran.code == 0
    assert list(answer) == ANSWER_KEYS
    assert (answer["status"], answer["reason"], answer["text"], answer["citations"]) == ("abstained", "buiten_corpus", None, [])
    assert len(answer["passages"]) == 5


def test_an_abstention_says_so_in_words(settings: Settings) -> None:
    ran = rbzqa("ask", OUTSIDE, *places(settings))
    assert (ran.code, ran.err) == (0, "")
    assert "Niet gevonden in deze documenten.\nEen naam of onderwerp uit de vraag komt in deze documenten niet voor.\n" in ran.out
    assert "Het dichtst in de buurt (geen antwoord):" in ran.out
    assert ran.out.count("Verslag RBZ Gymnich, 2-3 september 2021 · ") == 3
    assert "„" not in ran.out


def test_ask_where_nothing_was_indexed_builds_first_and_says_so_on_stderr(small: list[str]) -> None:
    ran = rbzqa("ask", "wat nam de Raad aan over Georgië?", "--json", *small)
    assert ran.code == 0
    assert ran.err.startswith(f"er is nog geen index in {small[3]}; die wordt nu gebouwd\nbestanden gelezen: 1 van 2\n")
    assert ran.json["passages"][0]["documentId"].startswith("geo")
    assert rbzqa("ask", "en over Armenië?", *small).err == ""


def test_ask_tells_of_what_the_first_build_could_not_read(small: list[str]) -> None:
    (Path(small[1]) / "leeg.txt").write_bytes(b"")
    ran = rbzqa("ask", "Georgië", "--json", *small)
    assert ran.code == 0
    assert "rbzqa: leeg.txt: " in ran.err
    assert len(ran.json["passages"]) == 2


def test_top_k_says_how_many_passages(settings: Settings) -> None:
    assert len(rbzqa("ask", QUESTION, "--json", "--top-k", "2", *places(settings)).json["passages"]) == 2
    assert len(rbzqa("search", QUESTION, "--json", "--top-k", "9", *places(settings)).json["passages"]) == 9


def test_questions_by_the_line_are_answered_in_order(settings: Settings) -> None:
    lines = f"\ufeff?!\r\n\n{QUESTION}\r\n{OUTSIDE}\n".encode() + b"\xff\xfe China\n"
    ran = rbzqa("ask", "-", "--json", *places(settings), stdin=lines)
    wrong, first, outside, odd = (json.loads(line) for line in ran.out.splitlines())
    assert list(first) == list(outside) == list(odd) == ANSWER_KEYS
    assert (first["question"], first["status"]) == (QUESTION, "answered")
    assert list(wrong) == ["question", "error", "hint", "exitCode"]
    assert (wrong["question"], wrong["error"], wrong["exitCode"]) == ("?!", "de vraag is leeg", 2)
    assert (outside["question"], outside["status"]) == (OUTSIDE, "abstained")
    assert "China" in odd["question"]
    assert (ran.code, ran.err) == (2, "")


def test_questions_by_the_line_without_json_name_a_bad_one_on_stderr(settings: Settings) -> None:
    ran = rbzqa("ask", "-", *places(settings), stdin=f"!\n{QUESTION}\n".encode())
    assert ran.code == 2
    assert ran.err.startswith("rbzqa: de vraag is leeg\n")
    assert ran.out.startswith(f"{QUESTION}\n") and ran.out.endswith("\n\n")


def test_no_questions_on_standard_input_is_nothing_to_do(settings: Settings) -> None:
    assert rbzqa("ask", "-", "--json", *places(settings)) == Ran(0, "", "")


# search


def test_search_gives_the_passages_alone(settings: Settings, seed: Document) -> None:
    found = rbzqa("search", "EU-China", "--json", *places(settings)).json
    assert list(found) == ["question", "passages", "generation", "model", "tookMs"]
    assert all(list(passage) == PASSAGE_KEYS for passage in found["passages"])
    best = found["passages"][0]
    assert best["section"] == ["EU-China"]
    assert best["text"] == seed.text[best["start"] : best["end"]]


def test_search_shows_rank_label_and_whole_text(settings: Settings) -> None:
    ran = rbzqa("search", "EU-China", "--top-k", "1", *places(settings))
    best = rbzqa("search", "EU-China", "--json", "--top-k", "1", *places(settings)).json["passages"][0]
    assert ran.out == f"\n1. {best['label']}  [{best['paragraphs'][0]}]\n   {best['text']}\n"


# show


def test_show_a_document_with_its_structure_and_what_is_not_known(settings: Settings, seed: Document) -> None:
    ran = rbzqa("show", seed.id, *places(settings))
    assert (ran.code, ran.err) == (0, "")
    assert "vergaderdata:     2021-09-02, 2021-09-03" in ran.out
    assert "niet bekend:      datum, kenmerk, kamerstuknummer" in ran.out
    assert "bijlage 1: Gemeenschappelijke Frans-Nederlandse Verklaring" in ran.out
    assert "  Afghanistan  3 al.  verslag-p2-ef9562 … verslag-p4-5e2688\n" in ran.out
    assert "  (zonder kop)  1 al.  verslag-p1-41b5c1\n" in ran.out


def test_show_a_document_in_json_holds_every_paragraph_verbatim(settings: Settings, seed: Document) -> None:
    shown = rbzqa("show", seed.id, "--json", *places(settings)).json
    assert shown["id"] == seed.id and shown["missing"] == ["datum", "kenmerk", "kamerstuknummer"]
    assert [part["kind"] for part in shown["parts"]] == ["letter", "report", "annex"]
    listed = [one for part in shown["parts"] for section in part["sections"] for one in section["paragraphs"]]
    assert listed == [paragraph["id"] for paragraph in shown["paragraphs"]]
    assert len(listed) == 2 + 7 + 28
    assert all(seed.text[p["start"] : p["end"]] == p["text"] for p in shown["paragraphs"])


def test_show_a_paragraph_between_its_neighbours(settings: Settings) -> None:
    ran = rbzqa("show", "verslag-p2-ef9562", *places(settings))
    assert ran.code == 0
    assert ran.out.startswith("Verslag RBZ Gymnich, 2-3 september 2021 · § Afghanistan, al. 1  blz. 2 van het bestand\n")
    order = [ran.out.index(f"[{one}]") for one in ("verslag-p1-41b5c1", "verslag-p2-ef9562", "verslag-p3-fa78b3")]
    assert order == sorted(order)
    assert "verplaatst" not in ran.out


def test_show_a_paragraph_with_its_footnote(settings: Settings) -> None:
    ran = rbzqa("show", "verslag-p7-06b329", *places(settings))
    assert "Voetnoot 1: Gemeenschappelijke Nederlandse verklaring van Frankrijk en Nederland | Diplomatieke verklaring" in ran.out
    assert "\n  https://www.rijksoverheid.nl/documenten/diplomatieke-verklaringen/2021/08/31/" in ran.out


def test_show_takes_a_document_and_paragraph_as_a_permalink_has_them(settings: Settings, seed: Document) -> None:
    alone = rbzqa("show", "bijlage1-p20-86dc29", "--json", *places(settings)).json
    assert rbzqa("show", f"{seed.id}#bijlage1-p20-86dc29", "--json", *places(settings)).json == alone
    assert (alone["id"], alone["before"], alone["after"], alone["moved"]) == ("bijlage1-p20-86dc29", "bijlage1-p19-9e1910", "bijlage1-p21-d75c8b", False)
    assert alone["text"].startswith("In het licht van de huidige situatie in Afghanistan")


def test_show_finds_a_paragraph_whose_number_has_moved_and_says_so(settings: Settings) -> None:
    ran = rbzqa("show", "bijlage1-p99-86dc29", *places(settings))
    assert ran.code == 0
    assert ran.out.startswith("Deze alinea is verplaatst; zij heet nu bijlage1-p20-86dc29.\n")
    moved = rbzqa("show", "bijlage1-p99-86dc29", "--json", *places(settings)).json
    assert (moved["moved"], moved["id"]) == (True, "bijlage1-p20-86dc29")


# verify, models


def test_verify_says_that_all_is_well(settings: Settings) -> None:
    ran = rbzqa("verify", *places(settings))
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.endswith(" bestanden, 0 beschadigd\n")
    report = rbzqa("verify", "--json", *places(settings)).json
    assert report["problems"] == [] and report["documents"] == 1 and report["model"] == "e5-small-nl" and report["skipped"] == []


def test_verify_names_what_was_skipped_when_the_index_was_built(small: list[str]) -> None:
    (Path(small[1]) / "leeg.txt").write_bytes(b"")
    assert rbzqa("index", *small).code == 3
    (skipped,) = rbzqa("verify", "--json", *small).json["skipped"]
    assert skipped["file"] == "leeg.txt" and skipped["reason"]


def test_models_names_the_embedded_one_and_that_it_is_in_use() -> None:
    ran = rbzqa("models")
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.startswith("e5-small-nl (in gebruik): 384 dimensies, in orde, ")
    report = rbzqa("models", "--json").json
    (model,) = report["models"]
    assert (model["name"], model["active"], model["dimensions"], model["status"]) == ("e5-small-nl", True, 384, "in orde")
    assert len(model["fingerprint"]) == 64


def test_models_with_another_one_chosen_does_not_say_that_ours_is_in_use() -> None:
    ran = rbzqa("models", "--model", "iets/anders")
    assert ran.code == 0
    assert ran.out.startswith("e5-small-nl: 384 dimensies")


# eval


@pytest.fixture
def beir(tmp_path: Path) -> Path:
    """A retrieval set of five texts and three questions."""
    folder = tmp_path / "beir"
    folder.mkdir()
    texts = [
        "De Raad sprak over Afghanistan en de evacuatie uit Kabul.",
        "De ministers bespraken de handel met China.",
        "Nederland steunt de hervorming van de visserij in de Noordzee.",
        "Het kabinet trekt geld uit voor vaccins in Afrika.",
        "Frankrijk en Nederland werken samen aan kwantumtechnologie.",
    ]
    rows = [json.dumps({"_id": f"t{n}", "title": "", "text": text}) for n, text in enumerate(texts)]
    (folder / "corpus.jsonl").write_text("\n".join(rows), encoding="utf-8")
    questions = {"v1": "evacuatie uit Afghanistan", "v2": "handel met China", "v3": "vaccins voor Afrika"}
    (folder / "queries.jsonl").write_text("\n".join(json.dumps({"_id": name, "text": text}) for name, text in questions.items()), encoding="utf-8")
    (folder / "qrels.tsv").write_text("query-id\tcorpus-id\tscore\nv1\tt0\t1\nv2\tt1\t1\nv3\tt3\t1\n", encoding="utf-8")
    return folder


def test_eval_prints_every_measure_with_its_interval_for_three_runs(beir: Path, tmp_path: Path) -> None:
    ran = rbzqa("eval", "--beir", str(beir), "--index", str(tmp_path / "index"))
    assert ran.code == 0
    assert ran.out.startswith("3 vragen, 5 teksten, 5 passages, model e5-small-nl\n\ngecombineerd\n")
    assert "\nalleen BM25\n" in ran.out and "\nalleen passagevector\n" in ran.out
    for measure in ("nDCG@10", "recall@1", "recall@3", "recall@10", "MRR@10"):
        assert ran.out.count(f"\n  {measure:<10} ") == 3
    assert "  nDCG@10    1.000  [1.000, 1.000]  n=3\n" in ran.out
    assert "teksten verwerkt: 5 van 5\n" in ran.err and "rbzqa: 3 vragen: gecombineerd\n" in ran.err


def test_eval_json_names_set_counts_and_runs(beir: Path, tmp_path: Path) -> None:
    report = rbzqa("eval", "--beir", str(beir), "--json", "--index", str(tmp_path / "index")).json
    assert list(report) == ["set", "questions", "documents", "passages", "model", "generation", "runs"]
    assert [run["name"] for run in report["runs"]] == ["gecombineerd", "alleen BM25", "alleen passagevector"]
    for run in report["runs"]:
        assert [m["name"] for m in run["measures"]] == ["nDCG@10", "recall@1", "recall@3", "recall@10", "MRR@10"]
        assert all(0 <= m["low"] <= m["value"] <= m["high"] <= 1 and m["n"] == 3 for m in run["measures"])


# help, streams, colours


def test_help_and_version_go_to_stdout() -> None:
    assert rbzqa("--version") == Ran(0, f"rbzqa {__version__}\n", "")
    for args in (["--help"], ["-h"], ["ask", "--help"]):
        ran = rbzqa(*args)
        assert (ran.code, ran.err) == (0, "")
        assert ran.out.startswith("Usage: rbzqa")


def test_without_a_command_the_help_is_shown_and_the_exit_code_says_usage() -> None:
    ran = rbzqa()
    assert (ran.code, ran.err) == (2, "")
    assert all(f"  {command} " in ran.out for command in ("index", "ask", "search", "show", "verify", "models", "eval"))


@pytest.mark.parametrize("colour", [{}, {"FORCE_COLOR": "1"}])
def test_nothing_but_text_goes_into_a_pipe(settings: Settings, colour: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> None:
    plain = rbzqa("ask", QUESTION, *places(settings)).out
    for name, value in colour.items():
        monkeypatch.setenv(name, value)
    for args in (["ask", QUESTION], ["ask", OUTSIDE], ["search", QUESTION], ["show", "verslag-p2-ef9562"], ["show", LETTER.stem], ["models"], ["verify"]):
        assert "\x1b" not in rbzqa(*args, *places(settings)).out
    assert rbzqa("ask", QUESTION, *places(settings)).out == plain


def on_a_terminal(args: Sequence[str], env: dict[str, str]) -> str:
    """Everything that a command writes where standard output and error are a terminal."""
    parent, child = pty.openpty()
    command = [sys.executable, "-m", "rbzqa.faces.cli", *args]
    with subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=child, stderr=child, env={**os.environ, "COLUMNS": "60", **env}) as started:
        os.close(child)
        written = b""
        try:
            while data := os.read(parent, 65536):
                written += data
        except OSError:  # EIO: the other end has closed
            pass
    os.close(parent)
    assert started.returncode == 0
    return written.decode()


def test_a_terminal_gets_colours_and_whole_quotes_that_are_wrapped(settings: Settings, engine: Engine) -> None:
    shown = on_a_terminal(["ask", QUESTION, *places(settings)], {"TERM": "xterm-256color"})
    assert "\x1b[36mVerslag RBZ Gymnich" in shown and "\x1b[1m" in shown
    flowing = " ".join(shown.split())
    assert all(citation.quote in flowing for citation in engine.ask(QUESTION).citations)
    assert all(len(line) <= 60 for line in shown.replace("\r", "").splitlines() if "\x1b" not in line)


def test_a_terminal_gets_a_progress_bar_and_indented_json(small: list[str]) -> None:
    shown = on_a_terminal(["index", *small], {"TERM": "xterm-256color"})
    assert "brieven verwerkt" in shown and "\x1b[" in shown and "2/2" in shown
    assert "documenten: 2 (nieuw verwerkt: 2), passages: 2" in shown
    assert '{\r\n  "generation": "' in on_a_terminal(["verify", "--json", *small], {"TERM": "xterm-256color"})


def test_an_answer_never_needs_torch_or_langchain(settings: Settings) -> None:
    code = """
import sys
asked = []
class Watch:
    def find_spec(self, name, path=None, target=None):
        asked.append(name.split(".")[0])
sys.meta_path.insert(0, Watch())
sys.argv[0] = "rbzqa"
from rbzqa.faces.cli import main
try:
    main()
except SystemExit as left:
    assert not left.code, left.code
print(sorted({"torch", "sentence_transformers", "transformers", "langchain_text_splitters", "langchain_core", "langchain", "onnxruntime"} & set(asked)))
"""
    command = [sys.executable, "-c", code, "ask", QUESTION, "--json", *places(settings)]
    ran = subprocess.run(command, capture_output=True, timeout=60, check=True)
    answer, imported = ran.stdout.decode().splitlines()
    assert json.loads(answer)["status"] == "answered"
    assert imported == "['onnxruntime']"  # the watch works: it saw what an answer does need


def test_show_without_an_id_lists_the_documents(small: list[str]) -> None:
    rbzqa("index", *small)
    ran = rbzqa("show", *small)
    assert (ran.code, ran.err) == (0, "")
    listed = rbzqa("show", "--json", *small).json["documents"]
    assert [list(line) for line in listed] == [["id", "citation", "title", "date", "file"]] * 2
    assert ran.out == "".join(f"{line['id']}  {line['citation']}\n  {line['title']}\n" for line in listed)
