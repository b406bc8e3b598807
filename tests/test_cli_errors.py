"""What the command line does with mistakes, damage and interruption: exit code, one line what, one line what to do."""

import json
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from rbzqa import dutch, search
from rbzqa import engine as engines
from rbzqa.encode.onnx import OnnxEncoder
from rbzqa.errors import IndexUnusableError
from rbzqa.settings import Settings

from .conftest import LETTER
from .test_cli import OUTSIDE, QUESTION, Ran, kept_encoder, places, process, rbzqa, two_letters


def complains(ran: Ran, code: int, *words: str) -> None:
    """The exit code, nothing on stdout, and at the end of stderr one line what and one what to do."""
    assert ran.code == code, ran
    assert ran.out == ""
    what, todo = ran.err.splitlines()[-2:]
    assert what.startswith("rbzqa: ") and todo.startswith("       ") and todo.strip()
    assert "Traceback" not in ran.err
    assert all(word in what + todo for word in words), ran.err


@pytest.fixture
def copied(settings: Settings, tmp_path: Path) -> Path:
    """A copy of the real index, to damage."""
    shutil.copytree(settings.index, tmp_path / "index")
    return tmp_path / "index"


def generation(index: Path) -> Path:
    return index / "generations" / (index / "CURRENT").read_text().strip()


# usage (FAULTS E1)

USAGE: list[tuple[list[str], list[str]]] = [
    (["ask", "--kleur", "x"], ["onbekende vlag --kleur"]),
    (["--json"], ["onbekende vlag --json"]),
    (["vraag", "x"], ["onbekende opdracht vraag", "index, ask, search, show, verify, models, eval"]),
    (["ask"], ["ontbreekt", "VRAAG"]),
    (["search"], ["ontbreekt", "VRAAG"]),
    (["eval"], ["ontbreekt", "MAP"]),
    (["ask", "x", "--top-k"], ["--top-k", "waarde"]),
    (["models", "--json=ja"], ["--json", "waarde"]),
    (["ask", "wat", "is", "afgesproken"], ["aanhalingstekens"]),
    (["verify", "--top-k", "3"], ["onbekende vlag --top-k"]),
]


@pytest.mark.parametrize(("args", "words"), USAGE, ids=lambda value: " ".join(value))
def test_a_mistake_in_usage_is_named_in_dutch(args: list[str], words: list[str]) -> None:
    # FAULTS E1
    ran = rbzqa(*args)
    if "--json" in args:  # then the complaint itself is JSON
        assert ran.code == 2
        assert words[0] in json.loads(ran.err)["error"]
        return
    complains(ran, 2, *words)
    assert len(ran.err.splitlines()) == 2
    assert not any(english in ran.err for english in ("No such", "Missing", "requires", "unexpected"))


# settings (FAULTS E2, G3)


@pytest.mark.parametrize(
    ("args", "words"),
    [
        (["--top-k", "abc"], ["--top-k='abc'", "geen geheel getal"]),
        (["--top-k", "-1"], ["--top-k='-1'", "ten minste 1"]),
        (["--top-k", "0"], ["--top-k='0'", "ten minste 1"]),
        (["--top-k", "1000000000"], ["--top-k='1000000000'", "hoogstens 50"]),
        (["--top-k", "9" * 5000], ["--top-k='999", "te groot"]),
        (["--top-k", "2.5"], ["--top-k='2.5'"]),
        (["--threads", "0"], ["--threads='0'"]),
        (["--model", ""], ["--model=''", "er staat niets"]),
    ],
)
def test_a_flag_out_of_bounds_is_named(args: list[str], words: list[str], settings: Settings) -> None:
    # FAULTS E2 G3
    complains(rbzqa("ask", QUESTION, *args, *places(settings)), 2, *words)


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("RBZQA_TOP_K", "abc", ["RBZQA_TOP_K='abc'", "geen geheel getal"]),
        ("RBZQA_TOP_K", "-3", ["RBZQA_TOP_K='-3'", "ten minste 1"]),
        ("RBZQA_TOP_K", "1000000000", ["RBZQA_TOP_K='1000000000'", "hoogstens 50"]),
        ("RBZQA_TOPK", "abc", ["onbekende instelling RBZQA_TOPK", "RBZQA_TOP_K"]),
        ("rbzqa_onzin", "1", ["onbekende instelling rbzqa_onzin"]),
        ("RBZQA_PUBLIC_URL", "javascript:alert(1)", ["RBZQA_PUBLIC_URL", "http"]),
    ],
)
def test_a_variable_that_cannot_be_used_is_named(name: str, value: str, words: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    # FAULTS E2
    monkeypatch.setenv(name, value)
    complains(rbzqa("models"), 2, *words)


def test_a_dot_env_with_bom_quotes_and_crlf_works(settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    # FAULTS E3
    lines = ["# instellingen", f'RBZQA_INDEX="{settings.index}"', "export RBZQA_TOP_K='2'", "RBZQA_PUBLIC_URL=https://voorbeeld.nl/", "ANDERS=x", ""]
    (tmp_path / ".env").write_bytes(b"\xef\xbb\xbf" + "\r\n".join(lines).encode())
    monkeypatch.chdir(tmp_path)
    found = rbzqa("search", QUESTION, "--json").json
    assert len(found["passages"]) == 2
    assert found["passages"][0]["url"].startswith("https://voorbeeld.nl/documenten/")
    assert len(rbzqa("search", QUESTION, "--json", "--top-k", "3").json["passages"]) == 3  # a flag wins


def test_a_dot_env_that_is_not_utf8_or_has_an_unknown_name_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    # FAULTS E3
    monkeypatch.chdir(tmp_path)
    (tmp_path / ".env").write_bytes("RBZQA_MODEL=e5\n".encode("utf-16"))
    complains(rbzqa("models"), 2, ".env", "UTF-8")
    (tmp_path / ".env").write_text("RBZQA_TOPK=5\n")
    complains(rbzqa("models"), 2, "onbekende instelling RBZQA_TOPK")


# questions (FAULTS G1)


@pytest.mark.parametrize("question", ["", "   ", "\n\t", "?!", "…—«»", "\u200b\u202e", "\x00\x1b["])
@pytest.mark.parametrize("command", ["ask", "search"])
def test_a_question_without_a_letter_or_digit_is_refused(command: str, question: str, settings: Settings) -> None:
    complains(rbzqa(command, question, *places(settings)), 2, "de vraag is leeg", "Afghanistan")


@pytest.mark.parametrize("command", ["ask", "search"])
def test_a_question_of_a_million_characters_is_refused_before_anything_reads_it(command: str, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    # FAULTS G1
    def never(*args: object) -> None:
        raise AssertionError("was tokenised")

    monkeypatch.setattr(dutch, "analyse", never)
    monkeypatch.setattr(search, "unicodedata", SimpleNamespace(normalize=never))
    monkeypatch.setattr(OnnxEncoder, "encode_query", never)
    complains(rbzqa(command, "a" * 1_000_000, *places(settings)), 2, "langer dan 4000 tekens")


def test_a_line_of_a_million_characters_is_refused_and_the_next_is_answered(settings: Settings) -> None:
    # FAULTS G1
    ran = rbzqa("ask", "-", "--json", *places(settings), stdin=b"a " * 1_500_000 + b"\n" + QUESTION.encode())
    long, answered = (json.loads(line) for line in ran.out.splitlines())
    assert (ran.code, long["exitCode"], len(long["question"])) == (2, 2, 200)
    assert answered["status"] == "answered"


def test_the_worst_of_many_lines_decides_the_exit_code(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    real = engines.Engine.answer_json

    def damaged(self: engines.Engine, question: str, k: int | None = None) -> dict[str, Any]:
        if question == "kapot":
            raise IndexUnusableError("de index is beschadigd", "bouw hem opnieuw")
        return real(self, question, k)

    monkeypatch.setattr(engines.Engine, "answer_json", damaged)
    ran = rbzqa("ask", "-", "--json", *places(settings), stdin=b"kapot\n!\n")
    assert [json.loads(line)["exitCode"] for line in ran.out.splitlines()] == [4, 2]
    assert ran.code == 4


# corpus


@pytest.mark.parametrize("command", [["index"], ["ask", QUESTION], ["search", QUESTION]])
def test_no_corpus_and_an_empty_one_are_told_apart(command: list[str], tmp_path: Path) -> None:
    where = ["--corpus", str(tmp_path / "corpus"), "--index", str(tmp_path / "index")]
    complains(rbzqa(*command, *where), 2, str(tmp_path / "corpus"), "bestaat niet", "--corpus")
    (tmp_path / "corpus").mkdir()
    complains(rbzqa(*command, *where), 2, "geen leesbare brief", "--corpus")
    assert not (tmp_path / "index" / "CURRENT").exists()


def test_an_unreadable_source_is_named_and_the_rest_is_indexed(tmp_path: Path) -> None:
    corpus = tmp_path / "corpus"
    corpus.mkdir()
    (corpus / "goed.txt").write_text("Verslag\n\nDe Raad sprak over Georgië.\n", encoding="utf-8")
    (corpus / "leeg.txt").write_bytes(b"")
    (corpus / "plaatje.pdf").write_bytes(b"%PDF-1.7\n")
    where = ["--corpus", str(corpus), "--index", str(tmp_path / "index")]
    ran = rbzqa("index", *where)
    assert ran.code == 3
    assert ran.out.startswith("documenten: 1 (nieuw verwerkt: 1), passages: 1")
    assert "rbzqa: leeg.txt: " in ran.err and "rbzqa: plaatje.pdf: " in ran.err
    in_json = rbzqa("index", "--json", *where)
    assert in_json.code == 3
    assert [name for name, _, _ in in_json.json["refused"]] == ["leeg.txt", "plaatje.pdf"]
    assert rbzqa("ask", "wat is er over Georgië gezegd?", *where).code == 0


def test_nothing_readable_is_a_failure_and_no_empty_index(tmp_path: Path) -> None:
    (tmp_path / "leeg.txt").write_bytes(b"")
    complains(rbzqa("index", "--corpus", str(tmp_path), "--index", str(tmp_path / "index")), 3, "leeg.txt")
    assert not (tmp_path / "index" / "CURRENT").exists()


# index, model


@pytest.mark.parametrize("command", [["show", "verslag-p2-ef9562"], ["verify"]])
def test_a_missing_index_is_said_and_not_built(command: list[str], settings: Settings, tmp_path: Path) -> None:
    complains(rbzqa(*command, "--index", str(tmp_path / "index"), "--corpus", str(settings.corpus)), 4, "staat geen index", "rbzqa index")
    assert not (tmp_path / "index").exists()


@pytest.mark.parametrize("name", ["texts.sqlite", "manifest.json"])
def test_a_damaged_index_gives_no_answer_and_is_not_quietly_rebuilt(name: str, tmp_path: Path) -> None:
    where = two_letters(tmp_path)
    assert rbzqa("index", *where).code == 0
    path = generation(tmp_path / "index") / name
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(data)
    for command in (["ask", QUESTION], ["ask", "-"], ["search", QUESTION], ["show", "verslag-p2-ef9562"]):
        complains(rbzqa(*command, *where), 4, name, "beschadigd", "rbzqa index")
    assert path.read_bytes() == data
    assert rbzqa("index", *where).code == 0
    assert rbzqa("ask", QUESTION, *where).code == 0


def test_verify_names_every_damaged_file_and_exits_4(copied: Path) -> None:
    folder = generation(copied)
    (folder / "texts.sqlite").write_bytes((folder / "texts.sqlite").read_bytes() + b"x")
    (folder / "vreemd.bin").write_bytes(b"?")
    ran = rbzqa("verify", "--index", str(copied))
    assert ran.code == 4
    assert "beschadigd: vreemd.bin: staat niet in het manifest\n" in ran.err
    assert "beschadigd: texts.sqlite: grootte " in ran.err
    assert ran.err.endswith("bouw de index opnieuw met `rbzqa index`\n")
    assert ran.out.endswith(", 2 beschadigd\n")
    in_json = rbzqa("verify", "--json", "--index", str(copied))
    assert in_json.code == 4 and in_json.err == ""
    assert [problem.split(":")[0] for problem in in_json.json["problems"]] == ["vreemd.bin", "texts.sqlite"]


def test_a_pointer_that_names_nothing_is_damage(copied: Path) -> None:
    (copied / "CURRENT").write_text("../../etc\n")
    complains(rbzqa("ask", QUESTION, "--index", str(copied)), 4, "CURRENT", "rbzqa index")


def test_a_model_that_is_not_there_exits_5(settings: Settings) -> None:
    complains(rbzqa("ask", QUESTION, "--model", "geen/model", *places(settings)), 5, "geen/model")


def test_a_damaged_model_is_named_by_models(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "SHA256SUMS").write_text(f"{'0' * 64}  model.onnx\n{'0' * 64}  tokenizer.json\n")
    (tmp_path / "model.onnx").write_bytes(b"kapot")
    monkeypatch.setattr(engines, "embedded_models", lambda: {"e5-small-nl": tmp_path})
    monkeypatch.setattr("rbzqa.encode.embedded_models", lambda: {"e5-small-nl": tmp_path})
    kept_encoder.cache_clear()
    ran = rbzqa("models")
    assert ran.code == 5
    assert ran.out.startswith("e5-small-nl (in gebruik): ? dimensies, modelbestand ") and "beschadigd" in ran.out


# show


@pytest.mark.parametrize(
    ("id", "words"),
    [
        ("zomaar", ["geen document of alinea 'zomaar'", "rbzqa show"]),
        ("bijlage1-p20-000000", ["geen document of alinea"]),
        ("onbekend#verslag-p2-ef9562", ["geen document 'onbekend'", LETTER.stem]),
        (f"{LETTER.stem}#", ["geen document of alinea"]),
        ("#", ["geen document of alinea"]),
        ("", ["geen document of alinea"]),
        ("\x1b[31m", ["geen document of alinea", "x1b"]),
    ],
)
def test_an_id_that_nothing_has_is_named(id: str, words: list[str], settings: Settings) -> None:
    ran = rbzqa("show", id, *places(settings))
    complains(ran, 2, *words)
    assert "\x1b" not in ran.err


# --json on every error (FAULTS E7)


def failures(settings: Settings, tmp_path: Path) -> list[tuple[list[str], int]]:
    missing = str(tmp_path / "nergens")
    return [
        (["ask"], 2),
        (["ask", ""], 2),
        (["ask", "--kleur"], 2),
        (["onbekend"], 2),
        (["ask", "x", "--top-k", "abc"], 2),
        (["show", "zomaar"], 2),
        (["eval", "--beir", missing], 2),
        (["index", "--corpus", missing], 2),
        (["verify", "--index", missing], 4),
        (["show", "x", "--index", missing], 4),
        (["ask", "x", "--model", "geen/model"], 5),
    ]


def test_with_json_every_error_is_json_on_stderr(settings: Settings, tmp_path: Path) -> None:
    # FAULTS E7
    for args, code in failures(settings, tmp_path):
        where = [] if "--index" in args or "--corpus" in args or args[0] == "onbekend" else places(settings)
        ran = rbzqa(*args, "--json", *where)
        assert (ran.code, ran.out) == (code, ""), args
        problem = json.loads(ran.err.splitlines()[-1])
        assert list(problem) == ["error", "hint", "exitCode"]
        assert problem["error"] and problem["hint"] and problem["exitCode"] == code


# a bug


@pytest.mark.parametrize("error", [RuntimeError("kapot\n  op twee regels"), KeyError("x"), ZeroDivisionError()])
def test_a_bug_is_one_line_without_traceback(error: Exception, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*args: object) -> None:
        raise error

    monkeypatch.setattr(engines.Engine, "ask", broken)
    ran = rbzqa("ask", QUESTION, *places(settings))
    complains(ran, 1, "onverwachte fout", type(error).__name__, "meld dit")
    assert len(ran.err.splitlines()) == 2
    in_json = rbzqa("ask", QUESTION, "--json", *places(settings))
    assert (in_json.code, json.loads(in_json.err)["exitCode"]) == (1, 1)


def test_a_name_that_the_system_refuses_is_no_bug() -> None:
    long = "a" * 300
    for args in (["verify", "--index", long], ["search", "x", "--index", long], ["index", "--corpus", long], ["eval", "--beir", long]):
        ran = rbzqa(*args)
        assert ran.code in (2, 4)
        assert "onverwachte fout" not in ran.err and long in ran.err


# interruption (FAULTS E5)


def test_an_interrupted_build_leaves_the_old_generation(copied: Path, settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    # FAULTS E5
    corpus = tmp_path / "corpus"
    shutil.copytree(settings.corpus, corpus)
    (corpus / "nieuw.txt").write_text("Verslag\n\nDe Raad sprak over Georgië.\n", encoding="utf-8")
    before = generation(copied)

    def interrupted(self: OnnxEncoder, texts: Sequence[str]) -> NDArray[np.float32]:
        raise KeyboardInterrupt

    where = ["--corpus", str(corpus), "--index", str(copied)]
    with monkeypatch.context() as patched:
        patched.setattr(OnnxEncoder, "encode_passages", interrupted)
        ran = rbzqa("index", *where)
    assert (ran.code, ran.out) == (130, "")
    assert ran.err.endswith("onderbroken; wat er was, is niet veranderd\n")
    assert generation(copied) == before
    assert rbzqa("verify", "--index", str(copied)).code == 0
    assert rbzqa("index", *where).code == 0  # the lock is free again


@pytest.mark.parametrize("at_work", [b"bestanden gelezen: ", b"brieven verwerkt: "])
def test_control_c_during_index_exits_130_and_keeps_what_was(at_work: bytes, copied: Path, settings: Settings, tmp_path: Path) -> None:
    # FAULTS E5
    corpus = tmp_path / "corpus"
    shutil.copytree(settings.corpus, corpus)
    for n in range(60):
        body = f"Verslag {n}\n\n" + "\n\n".join(f"De Raad sprak op dag {n} over punt {m} van de agenda." for m in range(20))
        (corpus / f"z{n:02}.txt").write_text(body, encoding="utf-8")
    before = generation(copied)
    command = [sys.executable, "-m", "rbzqa.faces.cli", "index", "--corpus", str(corpus), "--index", str(copied)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as started:
        assert started.stdout and started.stderr
        assert any(line.startswith(at_work) for line in started.stderr)
        started.send_signal(signal.SIGINT)
        out, err = started.communicate(timeout=30)
    assert started.returncode == 130
    assert out == b"" and b"Traceback" not in err
    assert err.decode().endswith("onderbroken; wat er was, is niet veranderd\n")
    assert generation(copied) == before
    assert rbzqa("verify", "--index", str(copied)).code == 0


# streams (FAULTS E4, E6)


@pytest.mark.parametrize("command", [["search", QUESTION], ["search", QUESTION, "--json"], ["show", LETTER.stem], ["models"], ["ask", "-", "--json"]])
def test_a_reader_that_stops_is_no_error(command: list[str], settings: Settings) -> None:
    # FAULTS E4
    parent, child = os.pipe()
    os.close(parent)  # as `| head -0` leaves it
    asked = f"{QUESTION}\n".encode() * 3
    ran = subprocess.run(
        [sys.executable, "-m", "rbzqa.faces.cli", *command, *places(settings)], input=asked, stdout=child, stderr=subprocess.PIPE, timeout=60, check=False
    )
    os.close(child)
    assert (ran.returncode, ran.stderr) == (0, b"")


def test_closed_streams_are_empty_ones(settings: Settings) -> None:
    # FAULTS E4
    flags = " ".join(places(settings))
    for redirect in (">&-", "<&-", "2>&-", ">&- 2>&- <&-"):
        ran = subprocess.run(
            ["/bin/sh", "-c", f"exec {sys.executable} -m rbzqa.faces.cli ask - {flags} {redirect}"], capture_output=True, input=b"?!", timeout=60, check=False
        )
        assert ran.returncode == (0 if "<&-" in redirect else 2)
        assert b"Traceback" not in ran.stderr and b"onverwachte" not in ran.stderr


def test_a_full_disk_under_stdout_is_said(settings: Settings) -> None:
    # FAULTS E4
    with Path("/dev/full").open("wb") as full:
        command = [sys.executable, "-m", "rbzqa.faces.cli", "search", QUESTION, *places(settings)]
        ran = subprocess.run(command, stdout=full, stderr=subprocess.PIPE, timeout=60, check=False)
    assert ran.returncode == 2
    assert ran.stderr.startswith(b"rbzqa: het systeem weigert: ")
    assert b"Traceback" not in ran.stderr


@pytest.mark.parametrize("locale", [{"LANG": "C", "LC_ALL": "C"}, {"LANG": "C", "LC_ALL": "POSIX"}])
def test_the_c_locale_asks_and_answers_in_utf8(locale: dict[str, str], settings: Settings) -> None:
    # FAULTS E6
    ran = process(["ask", "goede coördinatie van de evacuatie?", *places(settings)], env=locale)
    assert ran.returncode == 0
    assert "goede coördinatie" in ran.stdout.decode("utf-8")
    assert " · " in ran.stdout.decode("utf-8")


def test_arguments_that_are_not_utf8_are_heard_as_far_as_they_go(settings: Settings, tmp_path: Path) -> None:
    # FAULTS E6
    arguments: list[Any] = [b"China\xff en de EU\xe9", *map(os.fsencode, places(settings))]
    for command in ("ask", "search"):
        ran = process([command, *arguments, "--json"])
        assert ran.returncode == 0
        assert json.loads(ran.stdout)["passages"][0]["section"] == ["EU-China"]
    odd: list[Any] = ["verify", "--index", os.fsencode(tmp_path) + b"/\xff"]
    ran = process(odd)
    assert ran.returncode == 4
    assert b"\\udcff" in ran.stderr and b"Traceback" not in ran.stderr


# surroundings (FAULTS E8)


def test_without_home_it_works(settings: Settings) -> None:
    # FAULTS E8
    env = {name: value for name, value in os.environ.items() if name != "HOME"}
    command = [sys.executable, "-m", "rbzqa.faces.cli", "ask", QUESTION, *places(settings)]
    ran = subprocess.run(command, capture_output=True, env=env, timeout=60, check=False)
    assert (ran.returncode, ran.stderr) == (0, b"")


def test_in_a_folder_that_was_removed_it_works_with_full_paths_and_else_says_what_is_missing(settings: Settings, tmp_path: Path) -> None:
    # FAULTS E8
    lost = f"mkdir {tmp_path}/weg && cd {tmp_path}/weg && rmdir {tmp_path}/weg && exec {sys.executable} -c 'from rbzqa.faces.cli import main; main()'"
    good = subprocess.run(["/bin/sh", "-c", f"{lost} models"], capture_output=True, timeout=60, check=False)
    assert (good.returncode, good.stderr) == (0, b"")
    for command, code in ((f"index --corpus {settings.corpus}", 4), (f"ask x --index {settings.index}", 0), ("ask x", 2), ("verify", 4)):
        ran = subprocess.run(["/bin/sh", "-c", f"{lost} {command}"], capture_output=True, timeout=60, check=False)
        assert ran.returncode == code, ran.stderr
        assert b"Traceback" not in ran.stderr
        assert code == 0 or ran.stderr.splitlines()[-2].startswith(b"rbzqa: ")


def test_an_index_folder_that_cannot_be_made_is_named(settings: Settings, tmp_path: Path) -> None:
    # FAULTS E8 (a read-only folder stops no root; a file in the way stops everybody)
    (tmp_path / "bezet").write_text("")
    for command in (["index"], ["ask", OUTSIDE]):
        complains(rbzqa(*command, "--corpus", str(settings.corpus), "--index", str(tmp_path / "bezet" / "index")), 4, "bezet", "--index")
