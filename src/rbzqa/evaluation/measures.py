"""Ranking measures and their bootstrap intervals; an unanswered question counts as zero."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

_SAMPLES = 2_000
_SEED = 20211031

Qrels = Mapping[str, Mapping[str, int]]
Run = Mapping[str, Sequence[str]]


@dataclass(frozen=True, slots=True)
class Measure:
    """A mean over n questions with its 95% bootstrap interval."""

    name: str
    value: float
    low: float
    high: float
    n: int


def evaluate(qrels: Qrels, run: Run) -> list[Measure]:
    """nDCG@10, recall@1/3/10 and MRR@10 over every question of ``qrels``.

    Args:
        qrels: question -> text -> relevance (0: judged, not relevant).
        run: question -> texts, best first.
    """
    per_question = {
        "nDCG@10": [ndcg(qrels[q], run.get(q, ()), 10) for q in qrels],
        "recall@1": [recall(qrels[q], run.get(q, ()), 1) for q in qrels],
        "recall@3": [recall(qrels[q], run.get(q, ()), 3) for q in qrels],
        "recall@10": [recall(qrels[q], run.get(q, ()), 10) for q in qrels],
        "MRR@10": [reciprocal_rank(qrels[q], run.get(q, ()), 10) for q in qrels],
    }
    return [mean_with_interval(name, values) for name, values in per_question.items()]


def ndcg(relevance: Mapping[str, int], ranked: Sequence[str], k: int) -> float:
    """Normalised discounted cumulative gain with linear gains, as trec_eval has it."""
    gain = sum(relevance.get(text, 0) / math.log2(rank + 1) for rank, text in enumerate(ranked[:k], 1))
    ideal = sorted(relevance.values(), reverse=True)[:k]
    best = sum(value / math.log2(rank + 1) for rank, value in enumerate(ideal, 1))
    return gain / best if best > 0 else 0.0


def recall(relevance: Mapping[str, int], ranked: Sequence[str], k: int) -> float:
    """The share of the relevant texts among the first k."""
    relevant = {text for text, value in relevance.items() if value > 0}
    return len(relevant & set(ranked[:k])) / len(relevant) if relevant else 0.0


def reciprocal_rank(relevance: Mapping[str, int], ranked: Sequence[str], k: int) -> float:
    """One over the rank of the first relevant text among the first k, or 0."""
    return next((1 / rank for rank, text in enumerate(ranked[:k], 1) if relevance.get(text, 0) > 0), 0.0)


def mean_with_interval(name: str, values: Sequence[float]) -> Measure:
    """The mean and its percentile bootstrap interval (2,000 samples, fixed seed)."""
    data: NDArray[np.float64] = np.asarray(values, dtype=np.float64)
    draws = np.random.default_rng(_SEED).integers(0, len(data), size=(_SAMPLES, len(data)))
    low, high = np.percentile(data[draws].mean(axis=1), [2.5, 97.5])
    return Measure(name, float(data.mean()), float(low), float(high), len(data))
