"""Text -> unit vectors: one protocol, two adapters (ONNX without torch, sentence-transformers)."""

from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from rbzqa.encode.onnx import OnnxEncoder, embedded_models

__all__ = ["Encoder", "Vectors", "embedded_models", "open_encoder"]

Vectors = NDArray[np.float32]


class Encoder(Protocol):
    """Anything that turns texts into L2-normalised float32 vectors."""

    @property
    def name(self) -> str:
        """What the user called it."""

    @property
    def fingerprint(self) -> str:
        """A hash of the weights and the tokenizer: another one needs another index."""

    @property
    def dimensions(self) -> int:
        """The length of a vector."""

    def count_tokens(self, text: str) -> int:
        """The number of model tokens of ``text``, without special ones."""

    def encode_query(self, text: str) -> Vectors:
        """One question -> shape (dimensions,)."""

    def encode_passages(self, texts: Sequence[str]) -> Vectors:
        """Texts -> shape (len(texts), dimensions), in the order given."""


def open_encoder(model: str, threads: int = 1) -> Encoder:
    """Open a model.

    Args:
        model: the name of a model in the package, a folder (ONNX or sentence-transformers), or a
            name on the hub; only the last one ever reaches for the network.
        threads: CPU threads of one call.

    Raises:
        ModelError: missing, damaged, or in need of the extra ``transformers``.
    """
    if model in embedded_models():
        return OnnxEncoder(embedded_models()[model], name=model, threads=threads)
    if any(Path(model).glob("*.onnx")):
        return OnnxEncoder(Path(model), name=model, threads=threads)
    from rbzqa.encode.transformers import TransformersEncoder  # torch: only when asked for

    return TransformersEncoder(model, threads=threads)
