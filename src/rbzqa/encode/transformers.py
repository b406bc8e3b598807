"""The sentence-transformers adapter: any model by name or local path (extra ``transformers``)."""

import hashlib
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from rbzqa.errors import ModelError

MAX_TOKENS = 512


class TransformersEncoder:
    """A sentence-transformers model with the prefixes ``query: `` and ``passage: ``.

    A local folder is read without the network; only a name on the hub is looked up there. Code
    that comes with a model is never run, and pickled weights are refused.
    """

    def __init__(self, model: str, *, threads: int = 1, batch_size: int = 32) -> None:
        folder = Path(model)
        if not folder.is_dir() and (folder.exists() or model.startswith((".", "/", "~"))):
            raise ModelError(f"geen model in {model}", "geef een map met een model, of een naam; `rbzqa models` noemt het ingebouwde")
        if folder.is_dir() and not any(folder.rglob("*.safetensors")):
            raise ModelError(f"geen model.safetensors in {model}", "zet het model om naar safetensors; andere gewichten worden niet geladen")
        try:
            import torch
            from safetensors import SafetensorError
            from sentence_transformers import SentenceTransformer
        except ImportError as error:
            raise ModelError(f"model {model!r} is niet ingebouwd", "installeer de extra 'transformers' (zie README), of laat --model weg") from error
        torch.set_num_threads(threads)
        try:
            self._model = SentenceTransformer(
                model, device="cpu", local_files_only=folder.is_dir(), trust_remote_code=False, model_kwargs={"use_safetensors": True}
            )
        except (OSError, ValueError, RuntimeError, SafetensorError) as error:
            raise ModelError(f"model {model!r} is niet te openen: {str(error).splitlines()[0]}", "controleer de naam of de map") from error
        self._model.max_seq_length = min(self._model.max_seq_length or MAX_TOKENS, MAX_TOKENS)
        self._batch_size = batch_size
        self.name = model
        self.dimensions = int(self._model.get_embedding_dimension() or 0)
        self.fingerprint = _fingerprint(folder) if folder.is_dir() else hashlib.sha256(model.encode()).hexdigest()

    def count_tokens(self, text: str) -> int:
        """The number of model tokens of ``text``, without special ones."""
        ids = self._model.tokenizer(text, add_special_tokens=False, truncation=False)["input_ids"]
        return len(ids)

    def encode_query(self, text: str) -> NDArray[np.float32]:
        """One question -> shape (dimensions,)."""
        vector: NDArray[np.float32] = self._encode([f"query: {text}"])[0]
        return vector

    def encode_passages(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Texts -> shape (len(texts), dimensions), in the order given."""
        return self._encode([f"passage: {text}" for text in texts]).reshape(len(texts), self.dimensions)

    def _encode(self, texts: list[str]) -> NDArray[np.float32]:
        vectors = self._model.encode(texts, batch_size=self._batch_size, normalize_embeddings=True, convert_to_numpy=True, show_progress_bar=False)
        return np.asarray(vectors, dtype=np.float32)


def _fingerprint(folder: Path) -> str:
    digest = hashlib.sha256()
    for path in sorted(p for p in folder.rglob("*") if p.is_file()):
        digest.update(f"{path.relative_to(folder).as_posix()}\0{path.stat().st_size}\0".encode())
        with path.open("rb") as file:
            digest.update(hashlib.file_digest(file, "sha256").digest())
    return digest.hexdigest()
