"""The ONNX adapter: onnxruntime and tokenizers, no torch; it serves the embedded model."""

import hashlib
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

from rbzqa.errors import ModelError

MAX_TOKENS = 512
_MODELS = Path(__file__).parent.parent / "models"
_SUMS = "SHA256SUMS"


def embedded_models() -> dict[str, Path]:
    """The models that ship with the package, by name."""
    return {folder.name: folder for folder in sorted(_MODELS.iterdir()) if (folder / _SUMS).is_file()}


def verify_model(folder: Path) -> str:
    """Check the files of a model folder against its SHA256SUMS.

    Returns:
        The fingerprint of the model: a hash over the hashes of its files.

    Raises:
        ModelError: no such folder, a file missing, or one that differs from its sum.
    """
    try:
        lines = (folder / _SUMS).read_text(encoding="utf-8").splitlines()
        sums = {name: digest for digest, name in (line.split(maxsplit=1) for line in lines if line.strip())}
        for name, expected in sums.items():
            with (folder / name).open("rb") as file:
                found = hashlib.file_digest(file, "sha256").hexdigest()
            if found != expected:
                raise ModelError(f"modelbestand {folder / name} is beschadigd", "installeer rbzqa opnieuw of herstel het bestand")
        unlisted = {"tokenizer.json", *(path.name for path in folder.glob("*.onnx"))} - sums.keys()
        if unlisted:
            raise ValueError(f"{', '.join(sorted(unlisted))} staat niet in {_SUMS}")
    except (OSError, ValueError) as error:
        raise ModelError(f"model in {folder} is niet volledig: {error}", f"nodig: *.onnx, tokenizer.json en {_SUMS}") from error
    return hashlib.sha256("\n".join(f"{name} {sums[name]}" for name in sorted(sums)).encode()).hexdigest()


class OnnxEncoder:
    """A transformer exported to ONNX: ``embedding`` (n, d), or token vectors (n, tokens, d).

    Token vectors are averaged over the real tokens; all vectors are L2-normalised. The default
    batch of one is the fastest for the embedded int8 model on CPU (26 a second against 21 in
    batches of 8), and keeps a vector independent of its neighbours: int8 activations are scaled
    over the whole batch (measured: cosine down to .993).
    """

    def __init__(self, folder: Path, *, name: str, threads: int = 1, batch_size: int = 1) -> None:
        with ThreadPoolExecutor(1) as other:  # hashing and importing take a tenth of a second each
            check = other.submit(verify_model, folder)
            import onnxruntime

            self.fingerprint = check.result()  # before anything parses: only the promised bytes are

        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads, options.inter_op_num_threads = threads, 1
        try:
            self._tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
            (model,) = folder.glob("*.onnx")
            self._session = onnxruntime.InferenceSession(str(model), options, providers=["CPUExecutionProvider"])
        except Exception as error:
            raise ModelError(f"model in {folder} is niet te openen: {error}", "nodig: één .onnx en tokenizer.json") from error
        self._inputs = {node.name for node in self._session.get_inputs()}
        self._tokenizer.enable_truncation(MAX_TOKENS)
        pad = next((p for p in ("<pad>", "[PAD]") if self._tokenizer.token_to_id(p) is not None), "<pad>")
        self._tokenizer.enable_padding(pad_id=self._tokenizer.token_to_id(pad) or 0, pad_token=pad)
        self._counter: Tokenizer | None = None
        self._folder = folder
        self._batch_size = batch_size
        self.name = name
        self.dimensions = int(self._session.get_outputs()[0].shape[-1])

    def count_tokens(self, text: str) -> int:
        """The number of model tokens of ``text``, without special ones."""
        if self._counter is None:  # only indexing counts, and a second tokenizer costs 20 MB
            self._counter = Tokenizer.from_file(str(self._folder / "tokenizer.json"))
        return len(self._counter.encode(text, add_special_tokens=False).ids)

    def encode_query(self, text: str) -> NDArray[np.float32]:
        """One question -> shape (dimensions,)."""
        vector: NDArray[np.float32] = self._encode([f"query: {text}"])[0]
        return vector

    def encode_passages(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Texts -> shape (len(texts), dimensions), in the order given."""
        vectors = np.zeros((len(texts), self.dimensions), dtype=np.float32)
        order = sorted(range(len(texts)), key=lambda n: len(texts[n]))
        for start in range(0, len(order), self._batch_size):
            rows = order[start : start + self._batch_size]
            vectors[rows] = self._encode([f"passage: {texts[n]}" for n in rows])
        return vectors

    def _encode(self, texts: list[str]) -> NDArray[np.float32]:
        encoded = self._tokenizer.encode_batch(texts)
        ids = np.array([item.ids for item in encoded], dtype=np.int64)
        mask = np.array([item.attention_mask for item in encoded], dtype=np.int64)
        feed = {"input_ids": ids, "attention_mask": mask, "token_type_ids": np.zeros_like(ids)}
        output = self._session.run(None, {name: feed[name] for name in self._inputs})[0]
        if output.ndim == 3:
            weight = mask[:, :, None].astype(np.float32)
            output = (output * weight).sum(axis=1) / np.maximum(weight.sum(axis=1), 1e-9)
        norms = np.linalg.norm(output, axis=1, keepdims=True)
        return np.asarray(output / np.maximum(norms, 1e-12), dtype=np.float32)
