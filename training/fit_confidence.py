"""Fit the coefficients of rbzqa.confidence on train/answerability.jsonl, with the product's own code.

    python training/fit_confidence.py ../shared/data/train /tmp/fit

A question counts as answered right when the sentence that the product would cite overlaps the words
that answer it; every near miss counts as wrong. Cross-validated by passage. A bag of words over the
question alone, which sees no text, is printed beside it: what it finds is an artefact of how the
near misses were written.
"""

import hashlib
import json
import sys
import zlib
from dataclasses import astuple, fields
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from rbzqa import dutch
from rbzqa.answer import find_candidates, with_margin
from rbzqa.confidence import Features, wanted
from rbzqa.encode import Encoder, open_encoder
from rbzqa.index.build import build
from rbzqa.index.generation import Generation
from rbzqa.search import correct, parse_question, search
from rbzqa.structure import build_document
from rbzqa.types import Block, Document

Array = NDArray[np.float64]

ANSWERED = {"a1": "e1", "a2": "e2"}
MISSES = ("n1", "n2", "n3")
FOLDS = 5
HITS = 6
BAG = 4096


def documents(rows: list[dict[str, Any]]) -> list[Document]:
    """Each passage as a document of its own, its source as the heading that gives it context."""
    made = []
    for row in rows:
        blocks = [Block("heading", row["source"]), Block("paragraph", " ".join(row["passage"].split()))]
        made.append(build_document(blocks, id=row["id"], sha256=hashlib.sha256(row["passage"].encode()).hexdigest(), file="", parser="train-1"))
    return made


def example(row: dict[str, Any], key: str, generation: Generation, encoder: Encoder) -> tuple[tuple[float, ...], bool] | None:
    """The signs of the sentence that would be cited, and whether it is the right one."""
    query = correct(parse_question(row[key]), generation)
    hits, vector = search(query, generation, encoder, HITS)
    found = {hit.passage.document_id: generation.document(hit.passage.document_id) for hit in hits}
    candidates = find_candidates(wanted(query, generation), hits, vector, generation, found)
    if not candidates:
        return None
    best = candidates[0]
    right = False
    if key in ANSWERED and best.hit.passage.document_id == row["id"]:
        at = found[row["id"]].text.find(" ".join(row[ANSWERED[key]].split()))
        right = at >= 0 and best.span[0] < at + len(row[ANSWERED[key]]) and at < best.span[1]
    return astuple(with_margin(best, candidates)), right


def fit(x: Array, y: Array, ridge: float) -> Array:
    """Logistic regression by Newton's method; the last coefficient is the intercept."""
    x = np.c_[x, np.ones(len(x))]
    w = np.zeros(x.shape[1])
    penalty = np.r_[np.full(x.shape[1] - 1, ridge), 0.0]
    for _ in range(25):
        p = 1 / (1 + np.exp(-np.clip(x @ w, -30, 30)))
        gradient = x.T @ (p - y) + penalty * w
        hessian = (x * (p * (1 - p))[:, None]).T @ x + np.diag(penalty + 1e-9)
        w = w - np.linalg.solve(hessian, gradient)
    return np.asarray(w)


def cross_validate(x: Array, y: Array, groups: Array, ridge: float) -> Array:
    """Out-of-fold scores, whole passages held out together."""
    scores = np.zeros(len(y))
    for fold in range(FOLDS):
        test = groups % FOLDS == fold
        w = fit(x[~test], y[~test], ridge)
        scores[test] = np.c_[x[test], np.ones(test.sum())] @ w
    return scores


def auc(y: Array, scores: Array) -> float:
    """The chance that a right one scores above a wrong one."""
    ranks = np.argsort(np.argsort(scores, kind="stable")) + 1.0
    right = y > 0
    return float((ranks[right].sum() - right.sum() * (right.sum() + 1) / 2) / (right.sum() * (~right).sum()))


def bag_of_words(question: str) -> Array:
    """The question alone, hashed."""
    vector = np.zeros(BAG)
    for word in dutch.words(question):
        vector[zlib.crc32(word.encode()) % BAG] = 1
    return vector


def main() -> None:
    """Print the coefficients and how well they tell right from wrong."""
    folder, place = Path(sys.argv[1]), Path(sys.argv[2])
    rows = [json.loads(line) for line in (folder / "answerability.jsonl").read_text(encoding="utf-8").splitlines()]
    encoder = open_encoder("e5-small-nl", threads=2)
    build(place, documents(rows), encoder, progress=lambda done, total: print(f"\r{done}/{total}", end="", file=sys.stderr))
    generation = Generation.open(place, encoder.fingerprint, encoder.name)
    x, y, groups, kinds, bags = [], [], [], [], []
    for n, row in enumerate(rows):
        for key in (*ANSWERED, *MISSES):
            made = example(row, key, generation, encoder)
            if made:
                x.append(made[0])
                y.append(float(made[1]))
                groups.append(n)
                kinds.append(key)
                bags.append(bag_of_words(row[key]))
    data, right, passages, kind = np.array(x), np.array(y), np.array(groups), np.array(kinds)
    scores = cross_validate(data, right, passages, 1.0)
    answered = np.isin(kind, list(ANSWERED))
    print(f"\n{len(right)} questions; cited sentence right for {right[answered].mean():.3f} of {answered.sum()} answerable")
    print(f"AUC right from wrong, cross-validated: {auc(right, scores):.3f}; the margin alone {auc(right, data[:, 1]):.3f}")
    bag = cross_validate(np.array(bags)[:, np.array(bags).sum(axis=0) > 5], right, passages, 20.0)
    print(f"the question alone, no text seen: {auc(right, bag):.3f}")
    for share in (0.1, 0.3, 0.5):
        top = np.argsort(-scores)[: int(len(scores) * share)]
        print(f"of the most confident {share:.0%}, wrong: {1 - right[top].mean():.3f}")
    w = fit(data, right, 1.0)
    for field, value in zip([*(f.name for f in fields(Features)), "INTERCEPT"], w, strict=True):
        print(f"    {field}={value:.3f},")


if __name__ == "__main__":
    main()
