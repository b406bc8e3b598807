"""How likely a sentence answers a question: several weak signs, weighed together (DESIGN §7)."""

import math
from collections.abc import Iterable
from dataclasses import astuple, dataclass

from rapidfuzz.distance import DamerauLevenshtein

from rbzqa import dutch
from rbzqa.index.generation import Generation
from rbzqa.questions import Asks, asks, numbers, offers
from rbzqa.types import Query

_FUZZY = 5  # letters from which a slip, or a part of a compound, counts as the same word


@dataclass(frozen=True, slots=True)
class Features:
    """The signs, all of them about question *and* text: none looks at the question alone."""

    sentence: float
    passage: float
    margin: float
    covered_sentence: float
    covered_passage: float
    rarest_missing: float
    names_missing: float
    numbers_missing: float
    offers: float
    legs_agree: float


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a question brings: its tokens with their weight, what it asks for, names and numbers."""

    weights: dict[str, float]
    kind: Asks
    names: frozenset[str]
    numbers: frozenset[str]


def wanted(query: Query, generation: Generation) -> Wanted:
    """Weigh the tokens of a question by their inverse document frequency."""
    total = generation.manifest.passages
    weights = {}
    for token in dict.fromkeys(query.tokens):
        found = generation.lexical.document_frequency(token)
        weights[token] = math.log(1 + (total - found + 0.5) / (found + 0.5)) / math.log(1 + (total + 0.5) / 0.5)
    return Wanted(weights, asks(query.text), frozenset(dutch.names(query.text)), frozenset(numbers(query.text)))


def coverage(weights: dict[str, float], stems: Iterable[str]) -> tuple[float, float]:
    """The share of the question's weight that a text has, and the weight of its rarest word without.

    A word counts too with one slip, or as a part of a compound ("drugs" in "drugshandel").
    """
    present = set(stems)
    missing = [weight for token, weight in weights.items() if token not in present and not _resembles(token, present)]
    total = sum(weights.values())
    return (1 - sum(missing) / total if total else 0.0), max(missing, default=0.0)


def _resembles(token: str, present: set[str]) -> bool:
    if len(token) < _FUZZY:
        return False
    return any(
        len(stem) >= _FUZZY and (token in stem or stem in token or (token[0] == stem[0] and DamerauLevenshtein.distance(token, stem, score_cutoff=1) <= 1))
        for stem in present
    )
