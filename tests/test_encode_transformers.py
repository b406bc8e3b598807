"""The sentence-transformers adapter: the same vectors as the ONNX one, no code and no pickle of a model.

A tiny random BERT is made here and exported to ONNX. Without the extra `transformers` (torch,
sentence-transformers) and onnx + onnxscript for the export, those tests are skipped; the gate runs both.
"""

import hashlib
import json
import shutil
import socket
import subprocess
import sys
import warnings
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from rbzqa.encode import open_encoder
from rbzqa.encode.onnx import OnnxEncoder
from rbzqa.encode.transformers import TransformersEncoder
from rbzqa.errors import ModelError

_MISSING = [name for name in ("torch", "sentence_transformers", "onnx", "onnxscript") if find_spec(name) is None]
needs_extra = pytest.mark.skipif(bool(_MISSING), reason=f"not installed: {', '.join(_MISSING)} (extras transformers and transformers-dev)")

WORDS = ["query", "passage", ":", ".", "de", "raad", "sprak", "over", "china", "handel", "kabul", "##en", "wat", "is", "besloten", "?", "en", "lang"]
TEXTS = [
    "de raad sprak over china en de handel .",
    "kabul",
    "",
    "onbekend woord , de raad",
    "de raad " * 40,
    "wat is besloten over handelen ?",
]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A sentence-transformers folder: two layers, 32 dimensions, mean pooling, normalised."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of torch and transformers, while the model is made
        return _make_model(tmp_path_factory.mktemp("model") / "tiny")


def _make_model(folder: Path) -> Path:
    import torch
    from tokenizers import Tokenizer, models, normalizers, pre_tokenizers, processors
    from transformers import BertConfig, BertModel, PreTrainedTokenizerFast

    vocabulary = {word: n for n, word in enumerate(["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", *WORDS])}
    tokenizer = Tokenizer(models.WordPiece(vocabulary, unk_token="[UNK]"))
    tokenizer.normalizer = normalizers.BertNormalizer()
    tokenizer.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    tokenizer.post_processor = processors.TemplateProcessing(single="[CLS] $A [SEP]", special_tokens=[("[CLS]", 2), ("[SEP]", 3)])
    torch.manual_seed(21501)
    config = BertConfig(
        vocab_size=len(vocabulary),
        hidden_size=32,
        num_hidden_layers=2,
        num_attention_heads=2,
        intermediate_size=64,
        max_position_embeddings=512,
        initializer_range=0.5,
    )
    BertModel(config).eval().save_pretrained(folder)
    names = {"unk_token": "[UNK]", "pad_token": "[PAD]", "cls_token": "[CLS]", "sep_token": "[SEP]", "mask_token": "[MASK]"}
    PreTrainedTokenizerFast(tokenizer_object=tokenizer, model_max_length=512, **names).save_pretrained(folder)
    kinds = [
        ("", "sentence_transformers.models.Transformer"),
        ("1_Pooling", "sentence_transformers.models.Pooling"),
        ("2_Normalize", "sentence_transformers.models.Normalize"),
    ]
    modules = [{"idx": n, "name": str(n), "path": path, "type": kind} for n, (path, kind) in enumerate(kinds)]
    for path, _ in kinds[1:]:
        (folder / path).mkdir()
    (folder / "modules.json").write_text(json.dumps(modules))
    (folder / "sentence_bert_config.json").write_text('{"max_seq_length": 512, "do_lower_case": false}')
    (folder / "1_Pooling" / "config.json").write_text('{"word_embedding_dimension": 32, "pooling_mode_mean_tokens": true, "pooling_mode_cls_token": false}')
    return folder


@pytest.fixture(scope="module")
def exported(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same model as ONNX with token vectors, its tokenizer and its sums."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of the exporter
        return _export(folder, tmp_path_factory.mktemp("onnx"))


def _export(folder: Path, target: Path) -> Path:
    import torch
    from transformers import BertModel

    class TokenVectors(torch.nn.Module):  # type: ignore[misc, unused-ignore]
        def __init__(self) -> None:
            super().__init__()
            self.bert = BertModel.from_pretrained(folder, attn_implementation="eager")

        def forward(self, input_ids: Any, attention_mask: Any, token_type_ids: Any) -> Any:
            return self.bert(input_ids=input_ids, attention_mask=attention_mask, token_type_ids=token_type_ids).last_hidden_state

    ids = torch.ones(2, 7, dtype=torch.long)
    free = {0: torch.export.Dim.DYNAMIC, 1: torch.export.Dim.DYNAMIC}
    program = torch.onnx.export(
        TokenVectors().eval(),
        (ids, ids.clone(), torch.zeros_like(ids)),  # one tensor twice would become one input
        input_names=["input_ids", "attention_mask", "token_type_ids"],
        output_names=["token_embeddings"],
        dynamic_shapes=(free, free, free),
        dynamo=True,
        verbose=False,
    )
    program.save(str(target / "model.onnx"), external_data=False)
    (target / "tokenizer.json").write_bytes((folder / "tokenizer.json").read_bytes())
    sums = [f"{hashlib.sha256((target / name).read_bytes()).hexdigest()}  {name}" for name in ("model.onnx", "tokenizer.json")]
    (target / "SHA256SUMS").write_text("\n".join(sums))
    return target


@pytest.fixture
def no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*arguments: Any, **options: Any) -> None:
        raise AssertionError("the network was asked")

    for name in ("connect", "connect_ex", "sendto"):
        monkeypatch.setattr(socket.socket, name, refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)


@needs_extra
def test_the_two_adapters_give_the_same_vectors(folder: Path, exported: Path) -> None:
    one, two = TransformersEncoder(str(folder)), OnnxEncoder(exported, name="tiny")
    assert one.dimensions == two.dimensions == 32
    expected = one.encode_passages(TEXTS)
    assert np.linalg.norm(expected, axis=1) == pytest.approx(1, abs=1e-5)
    assert two.encode_passages(TEXTS) == pytest.approx(expected, abs=1e-4)
    for text in TEXTS:
        assert two.encode_query(text) == pytest.approx(one.encode_query(text), abs=1e-4)
    between = expected @ expected.T
    assert between[~np.eye(len(TEXTS), dtype=bool)].max() < 0.999  # vectors that differ, or the comparison says nothing


@needs_extra
@pytest.mark.parametrize("size", [2, 3, 32])
def test_padding_changes_no_vector(folder: Path, exported: Path, size: int) -> None:
    alone = OnnxEncoder(exported, name="tiny", batch_size=1).encode_passages(TEXTS)
    assert OnnxEncoder(exported, name="tiny", batch_size=size).encode_passages(TEXTS) == pytest.approx(alone, abs=1e-4)
    assert TransformersEncoder(str(folder), batch_size=size).encode_passages(TEXTS) == pytest.approx(alone, abs=1e-4)


@needs_extra
def test_both_cut_at_the_same_place_and_count_the_same(folder: Path, exported: Path) -> None:
    one, two = TransformersEncoder(str(folder)), OnnxEncoder(exported, name="tiny")
    long = "de raad sprak " * 400
    assert one.count_tokens(long) == two.count_tokens(long) == 1_200
    assert [one.count_tokens(text) for text in TEXTS] == [two.count_tokens(text) for text in TEXTS]
    assert two.encode_passages([long]) == pytest.approx(one.encode_passages([long]), abs=1e-4)
    assert one.encode_passages([long]) == pytest.approx(one.encode_passages([long + "china"]), abs=1e-6)


@needs_extra
def test_shapes_types_and_order(folder: Path) -> None:
    encoder = TransformersEncoder(str(folder))
    passages = encoder.encode_passages(TEXTS)
    assert (passages.shape, str(passages.dtype)) == ((6, 32), "float32")
    assert encoder.encode_passages([]).shape == (0, 32)
    assert encoder.encode_passages(TEXTS[::-1]) == pytest.approx(passages[::-1], abs=1e-5)
    assert encoder.encode_query("kabul").shape == (32,)
    assert np.abs(encoder.encode_query("kabul") - passages[1]).max() > 1e-3  # another prefix


@needs_extra
@pytest.mark.usefixtures("no_network")
def test_a_local_folder_is_never_looked_up(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:  # FAULTS H5
    monkeypatch.setattr("huggingface_hub.constants.HF_HUB_OFFLINE", False)
    opened = open_encoder(str(folder))
    assert isinstance(opened, TransformersEncoder)
    assert opened.encode_query("kabul").shape == (32,)


@needs_extra
def test_other_weights_give_another_fingerprint(folder: Path, tmp_path: Path) -> None:
    copy = Path(shutil.copytree(folder, tmp_path / "copy"))
    first = TransformersEncoder(str(folder)).fingerprint
    assert TransformersEncoder(str(copy)).fingerprint == first
    config = copy / "config.json"
    config.write_text(config.read_text() + "\n")
    assert TransformersEncoder(str(copy)).fingerprint != first


def _refused(model: str) -> ModelError:
    with pytest.raises(ModelError) as caught:
        TransformersEncoder(model)
    error = caught.value
    assert error.exit_code == 5 and error.hint
    assert "\n" not in error.message
    return error


@needs_extra
@pytest.mark.parametrize("header", [(1 << 63).to_bytes(8, "little"), b"\xff" * 8, b"", b"\x02\0\0\0\0\0\0\0{"])
def test_weights_that_lie_about_their_length(folder: Path, tmp_path: Path, header: bytes) -> None:  # FAULTS H2
    copy = Path(shutil.copytree(folder, tmp_path / "copy"))
    data = (copy / "model.safetensors").read_bytes()
    (copy / "model.safetensors").write_bytes(header + data[8:] if len(header) == 8 and header[-1] else header)
    assert str(copy) in _refused(str(copy)).message


@needs_extra
def test_truncated_weights(folder: Path, tmp_path: Path) -> None:  # FAULTS H1
    copy = Path(shutil.copytree(folder, tmp_path / "copy"))
    data = (copy / "model.safetensors").read_bytes()
    (copy / "model.safetensors").write_bytes(data[: len(data) // 2])
    _refused(str(copy))


@needs_extra
@pytest.mark.parametrize("where", ["modules.json", "config.json"])
def test_the_code_of_a_model_is_never_run(folder: Path, tmp_path: Path, where: str) -> None:  # FAULTS H3
    copy = Path(shutil.copytree(folder, tmp_path / "copy"))
    (copy / "evil.py").write_text(f"import pathlib\npathlib.Path({str(tmp_path / 'ran')!r}).touch()\nclass Evil: pass\n")
    settings = json.loads((copy / where).read_text())
    if where == "modules.json":
        settings[0]["type"] = "evil.Evil"
    else:
        settings = {**settings, "model_type": "evil", "architectures": ["Evil"], "auto_map": {"AutoConfig": "evil.Evil", "AutoModel": "evil.Evil"}}
    (copy / where).write_text(json.dumps(settings))
    _refused(str(copy))
    assert not (tmp_path / "ran").exists()


def test_pickled_weights_are_refused(tmp_path: Path) -> None:  # FAULTS H3
    (tmp_path / "config.json").write_text("{}")
    (tmp_path / "pytorch_model.bin").write_bytes(b"cposix\nsystem\n.")
    assert "safetensors" in _refused(str(tmp_path)).message


@needs_extra
def test_pickled_weights_beside_others_are_refused(folder: Path, tmp_path: Path) -> None:  # FAULTS H3
    copy = Path(shutil.copytree(folder, tmp_path / "copy"))
    (copy / "2_Normalize" / "model.safetensors").write_bytes((copy / "model.safetensors").read_bytes())
    (copy / "model.safetensors").rename(copy / "pytorch_model.bin")
    _refused(str(copy))


@pytest.mark.parametrize("model", ["./geen", "/geen/model", "~/geen"])
def test_a_missing_folder(model: str) -> None:  # FAULTS H1
    assert "geen model" in _refused(model).message


def test_a_file_is_no_model(tmp_path: Path) -> None:  # FAULTS H1
    (tmp_path / "bestand").touch()
    assert "geen model" in _refused(str(tmp_path / "bestand")).message


def test_without_the_extra_the_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:  # FAULTS H1
    monkeypatch.setitem(sys.modules, "torch", None)
    monkeypatch.setitem(sys.modules, "sentence_transformers", None)
    error = _refused("intfloat/multilingual-e5-small")
    assert "intfloat/multilingual-e5-small" in error.message
    assert "transformers" in error.hint
    with pytest.raises(ModelError):
        open_encoder("intfloat/multilingual-e5-small")


_HUB = """
import socket, sys, time
time.sleep = lambda seconds: None  # huggingface_hub tries again and again
def refuse(*arguments, **options):
    raise OSError(101, "Network is unreachable")
socket.socket.connect = refuse
socket.getaddrinfo = refuse
from rbzqa.encode import open_encoder
from rbzqa.errors import ModelError
try:
    open_encoder("rbzqa-geen/model")
except ModelError as error:
    print(error.message)
"""


@needs_extra
@pytest.mark.parametrize("offline", ["0", "1"])
def test_a_hub_name_without_network_is_one_line(tmp_path: Path, offline: str, monkeypatch: pytest.MonkeyPatch) -> None:  # FAULTS H5
    monkeypatch.setenv("HF_HUB_OFFLINE", offline)
    monkeypatch.setenv("HF_HOME", str(tmp_path))
    done = subprocess.run([sys.executable, "-c", _HUB], capture_output=True, text=True, check=False, timeout=120)
    assert done.returncode == 0, done.stderr
    assert done.stdout.count("\n") == 1 and "'rbzqa-geen/model' is niet te openen" in done.stdout
