"""The ONNX adapter with the model that ships: no torch, no network, nothing that is not promised."""

import hashlib
import shutil
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest

from rbzqa.encode import embedded_models, open_encoder
from rbzqa.encode.onnx import MAX_TOKENS, OnnxEncoder, verify_model
from rbzqa.errors import ModelError

NAME = "e5-small-nl"
MODEL = embedded_models()[NAME]
TEXTS = [
    "De Raad sprak over de evacuatie van mensen uit Kaboel.",
    "Kort.",
    "De visserijquota voor kabeljauw en schol worden volgend jaar verlaagd, aldus de minister in zijn brief aan de Kamer van vorige week.",
    "In Georgië vinden volgende maand verkiezingen plaats.",
]


@pytest.fixture(scope="module")
def model() -> OnnxEncoder:
    return OnnxEncoder(MODEL, name=NAME)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A small folder with a model that is none, and its sums."""
    for name in ("model.onnx", "tokenizer.json"):
        (tmp_path / name).write_bytes(name.encode() * 10)
    return seal(tmp_path)


def seal(folder: Path) -> Path:
    names = [path.name for path in sorted(folder.iterdir()) if path.name != "SHA256SUMS"]
    (folder / "SHA256SUMS").write_text("".join(f"{hashlib.sha256((folder / name).read_bytes()).hexdigest()}  {name}\n" for name in names))
    return folder


def test_the_embedded_model_opens_by_its_name(model: OnnxEncoder) -> None:
    opened = open_encoder(NAME)
    assert (opened.name, opened.dimensions) == (NAME, 384)
    assert opened.fingerprint == model.fingerprint == verify_model(MODEL)
    assert (opened.encode_query(TEXTS[0]) == model.encode_query(TEXTS[0])).all()


def test_a_folder_with_an_onnx_model_opens_by_its_path(model: OnnxEncoder) -> None:
    opened = open_encoder(str(MODEL))
    assert isinstance(opened, OnnxEncoder)
    assert (opened.name, opened.fingerprint) == (str(MODEL), model.fingerprint)


def test_vectors_have_their_shape_type_and_unit_length(model: OnnxEncoder) -> None:
    passages, query = model.encode_passages(TEXTS), model.encode_query(TEXTS[0])
    assert (passages.shape, query.shape) == ((4, 384), (384,))
    assert passages.dtype == query.dtype == np.float32
    assert np.linalg.norm(passages, axis=1) == pytest.approx(1, abs=1e-5)
    assert np.linalg.norm(query) == pytest.approx(1, abs=1e-5)
    assert model.encode_passages([]).shape == (0, 384)


@pytest.mark.parametrize("text", ["", " ", "\n", "🙂", "漢字", "\0", "(" * 300, "\u202e"])
def test_any_text_gives_a_vector(model: OnnxEncoder, text: str) -> None:
    for vector in (model.encode_query(text), model.encode_passages([text])[0]):
        assert np.isfinite(vector).all()
        assert np.linalg.norm(vector) == pytest.approx(1, abs=1e-5)


def test_vectors_keep_the_order_of_the_texts(model: OnnxEncoder) -> None:
    assert sorted(map(len, TEXTS)) != list(map(len, TEXTS))
    for vector, text in zip(model.encode_passages(TEXTS), TEXTS, strict=True):
        assert (vector == model.encode_passages([text])[0]).all()


def test_a_vector_does_not_depend_on_its_neighbours(model: OnnxEncoder) -> None:
    forward, backward = model.encode_passages(TEXTS), model.encode_passages(TEXTS[::-1])
    assert (forward == backward[::-1]).all()
    assert model._batch_size == 1


def test_batches_keep_order_and_sense(model: OnnxEncoder) -> None:
    batched = OnnxEncoder(MODEL, name=NAME, batch_size=3).encode_passages(TEXTS)
    cosines = batched @ model.encode_passages(TEXTS).T
    assert cosines.argmax(axis=1).tolist() == [0, 1, 2, 3]
    assert np.diag(cosines).min() > 0.97  # int8: the scale is that of the whole batch


def test_the_number_of_threads_changes_no_vector(model: OnnxEncoder) -> None:
    two = OnnxEncoder(MODEL, name=NAME, threads=2)
    assert two.encode_passages(TEXTS) == pytest.approx(model.encode_passages(TEXTS), abs=1e-5)


def test_text_past_the_limit_is_cut(model: OnnxEncoder) -> None:
    long = "vergadering " * 2_000
    assert model.count_tokens(long) > 2 * MAX_TOKENS
    assert (model.encode_passages([long]) == model.encode_passages([long + "Afghanistan"])).all()
    assert len(model._tokenizer.encode(long).ids) == MAX_TOKENS
    short = "vergadering " * 20
    assert (model.encode_passages([short]) != model.encode_passages([short + "Afghanistan"])).any()


def test_tokens_are_counted_without_special_ones_and_without_limit(model: OnnxEncoder) -> None:
    assert model.count_tokens("") == 0
    one, two = model.count_tokens("vergadering"), model.count_tokens("vergadering vergadering")
    assert 1 <= one <= 6 and two == 2 * one
    assert model.count_tokens("vergadering " * 3_000) == 3_000 * one


def test_questions_and_passages_have_their_own_prefix(model: OnnxEncoder) -> None:
    query, passage = model.encode_query("Afghanistan"), model.encode_passages(["Afghanistan"])[0]
    assert (query == model._encode(["query: Afghanistan"])[0]).all()
    assert (passage == model._encode(["passage: Afghanistan"])[0]).all()
    assert (query != passage).any()


def test_a_question_is_nearest_to_the_passage_that_answers_it(model: OnnxEncoder) -> None:
    passages = model.encode_passages(TEXTS)
    asked = {"Wanneer zijn de verkiezingen in Georgië?": 3, "Wat gebeurt er met de vangst van vis?": 2, "Hoe worden mensen uit Afghanistan gehaald?": 0}
    assert {question: int((passages @ model.encode_query(question)).argmax()) for question in asked} == asked


def test_a_missing_model_folder(tmp_path: Path) -> None:  # FAULTS H1
    with pytest.raises(ModelError, match="niet volledig") as caught:
        OnnxEncoder(tmp_path / "geen", name="geen")
    assert caught.value.exit_code == 5
    assert "\n" not in caught.value.message and caught.value.hint


@pytest.mark.parametrize("name", ["model.onnx", "tokenizer.json", "SHA256SUMS"])
def test_a_missing_file(folder: Path, name: str) -> None:  # FAULTS H1
    verify_model(folder)
    (folder / name).unlink()
    with pytest.raises(ModelError, match="niet volledig") as caught:
        verify_model(folder)
    assert name in caught.value.message + caught.value.hint


@pytest.mark.parametrize("name", ["model.onnx", "tokenizer.json"])
@pytest.mark.parametrize("change", ["a byte", "half", "junk"])
def test_a_changed_file_is_named_and_never_parsed(folder: Path, name: str, change: str, monkeypatch: pytest.MonkeyPatch) -> None:  # FAULTS H1
    data = (folder / name).read_bytes()
    changed = {"a byte": bytes([data[0] ^ 1]) + data[1:], "half": data[: len(data) // 2], "junk": data + b"x"}[change]
    (folder / name).write_bytes(changed)

    def never(*args: object, **options: object) -> None:
        raise AssertionError("was parsed")

    monkeypatch.setattr("onnxruntime.InferenceSession", never)
    monkeypatch.setattr("rbzqa.encode.onnx.Tokenizer", SimpleNamespace(from_file=never))
    with pytest.raises(ModelError, match=f"{name} is beschadigd") as caught:
        OnnxEncoder(folder, name="kapot")
    assert caught.value.exit_code == 5


@pytest.mark.parametrize("sums", ["", "\n\n", "geen som\n", "abc\n", f"{'0' * 64}  ../../etc/passwd\n", "\udcff"])
def test_sums_that_promise_nothing(folder: Path, sums: str) -> None:  # FAULTS H1
    (folder / "SHA256SUMS").write_bytes(sums.encode("utf-8", "surrogateescape"))
    with pytest.raises(ModelError):
        verify_model(folder)


@pytest.mark.parametrize("name", ["model.onnx", "tokenizer.json"])
def test_a_file_that_the_sums_leave_out(folder: Path, name: str) -> None:  # FAULTS H1
    lines = [line for line in (folder / "SHA256SUMS").read_text().splitlines() if name not in line]
    (folder / "SHA256SUMS").write_text("\n".join(lines))
    with pytest.raises(ModelError, match=f"{name} staat niet in SHA256SUMS"):
        verify_model(folder)


def test_a_tokenizer_of_another_model_gives_another_fingerprint(folder: Path) -> None:  # FAULTS H1: and so an index that is refused (B8)
    before = verify_model(folder)
    (folder / "tokenizer.json").write_bytes(b"{}")
    assert verify_model(seal(folder)) != before


def test_a_file_that_is_no_model_is_one_line(folder: Path) -> None:  # FAULTS H1
    with pytest.raises(ModelError, match="niet te openen") as caught:
        OnnxEncoder(folder, name="kapot")
    assert "\n" not in caught.value.message
    shutil.copy(MODEL / "tokenizer.json", folder)
    with pytest.raises(ModelError, match="niet te openen") as caught:
        OnnxEncoder(seal(folder), name="kapot")
    assert "\n" not in caught.value.message
    (folder / "tweede.onnx").write_bytes(b"x")
    with pytest.raises(ModelError, match="niet te openen"):
        OnnxEncoder(seal(folder), name="kapot")


_OFFLINE = """
import socket, sys
def refuse(*arguments, **options):
    raise AssertionError("the network was asked")
socket.socket = socket.create_connection = socket.getaddrinfo = refuse
from rbzqa.encode import open_encoder
vector = open_encoder("e5-small-nl").encode_query("Wat is afgesproken over Afghanistan?")
heavy = {"torch", "transformers", "sentence_transformers", "huggingface_hub"} & set(sys.modules)
assert not heavy, heavy
print(len(vector))
"""


def test_the_embedded_model_needs_neither_torch_nor_network() -> None:  # FAULTS H5
    done = subprocess.run([sys.executable, "-W", "error", "-c", _OFFLINE], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (0, "384\n"), done.stderr
