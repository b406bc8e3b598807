"""The run that chose the weights of rbzqa.search: a grid over the three signals on a BEIR set.

    python benchmarks/tune_fusion.py ../shared/data/dev/kamervragen [index folder]

Prints, for every boost of the 4-grams, the best weights by nDCG@10 with the share right first. The
arithmetic is that of rbzqa.search (min-max over the candidates of a question), for all weights at once.
"""

import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from rbzqa import dutch
from rbzqa.encode import open_encoder
from rbzqa.evaluation.beir import BeirSet, load_beir
from rbzqa.index.build import build
from rbzqa.index.generation import Generation
from rbzqa.search import parse_question

Array = NDArray[np.float32]

GRAMS = (0.0, 0.1, 0.2, 0.3, 0.5)
STEP = 0.1
POOL = 100


@dataclass(frozen=True, slots=True)
class Signals:
    """Scores of every passage for every question, (questions, passages), and the document of each passage."""

    dense: Array
    sentence: Array
    owner: NDArray[np.int64]
    gold: NDArray[np.int64]


def read_signals(data: BeirSet, generation: Generation, vectors: Array) -> Signals:
    """The dense signals, and which document is right."""
    passages = generation.passages(list(range(generation.manifest.passages)))
    number = {document.id: n for n, document in enumerate(data.documents)}
    owner = np.array([number[passage.document_id] for passage in passages])
    gold = np.array([number[next(text for text, value in data.qrels[q].items() if value > 0)] for q in data.qrels])
    best = np.maximum.reduceat(vectors @ np.asarray(generation.vectors.sentences).T, generation.vectors.offsets[:-1], axis=1)
    return Signals(vectors @ generation.vectors.passages(np.arange(len(passages))).T, best, owner, gold)


def lexical(data: BeirSet, generation: Generation, grams: float) -> Array:
    """BM25 of every question, 0 where a passage is not among the candidates."""
    scores = np.zeros((len(data.qrels), generation.manifest.passages), dtype=np.float32)
    for n, question in enumerate(data.qrels):
        analysis = dutch.analyse(parse_question(data.questions[question]).text)
        rows, values = generation.lexical.search(analysis, {"stems": 1.0, "grams": grams, "context": 0.5}, POOL)
        scores[n, rows] = values
    return scores


def scale(scores: Array, pool: NDArray[np.bool_]) -> Array:
    """Min-max over the candidates of each question."""
    low = np.where(pool, scores, np.inf).min(axis=1, keepdims=True)
    high = np.where(pool, scores, -np.inf).max(axis=1, keepdims=True)
    return np.asarray((scores - low) / np.maximum(high - low, 1e-9))


def measure(fused: Array, signals: Signals) -> tuple[float, float]:
    """nDCG@10 (one right document a question) and the share right first."""
    best = np.full((len(fused), signals.owner.max() + 1), -np.inf)
    for n, owner in enumerate(signals.owner):
        best[:, owner] = np.maximum(best[:, owner], fused[:, n])
    rank = (best > best[np.arange(len(best)), signals.gold][:, None]).sum(axis=1)
    return float(np.where(rank < 10, 1 / np.log2(rank + 2), 0).mean()), float((rank == 0).mean())


def main() -> None:
    """Print the grid's best rows."""
    data, encoder = load_beir(Path(sys.argv[1])), open_encoder("e5-small-nl", threads=2)
    folder = Path(sys.argv[2]) if len(sys.argv) > 2 else Path(tempfile.mkdtemp())
    build(folder, data.documents, encoder)
    generation = Generation.open(folder, encoder.fingerprint, encoder.name)
    vectors = np.array([encoder.encode_query(parse_question(data.questions[q]).text) for q in data.qrels])
    signals = read_signals(data, generation, vectors)
    nearest = signals.dense >= -np.sort(-signals.dense, axis=1)[:, POOL - 1 : POOL]
    for grams in GRAMS:
        words = lexical(data, generation, grams)
        pool = nearest | (words > 0)
        legs = [scale(leg, pool) for leg in (signals.dense, words, signals.sentence)]
        shares = [(d, w, 1 - d - w) for d in np.arange(0, 1 + STEP / 2, STEP) for w in np.arange(0, 1 - d + STEP / 2, STEP)]
        rows = []
        for share in shares:
            mixed = sum(weight * leg for weight, leg in zip(share, legs, strict=True))
            rows.append((*measure(np.where(pool, mixed, -1).astype(np.float32), signals), share))
        for value, first, (dense, words_share, sentence) in sorted(rows, reverse=True)[:4]:
            print(f"grams {grams:.1f}  dense {dense:.1f} lexical {words_share:.1f} sentence {sentence:.1f}  nDCG@10 {value:.4f}  first {first:.3f}")


if __name__ == "__main__":
    main()
