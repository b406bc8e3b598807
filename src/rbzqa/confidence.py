"""How likely a sentence answers a question: several weak signs, weighed together (DESIGN §7)."""

import math
from collections.abc import Iterable
from dataclasses import astuple, dataclass

from rapidfuzz.distance import DamerauLevenshtein

from rbzqa import dutch
from rbzqa.index.generation import Generation
from rbzqa.questions import Asks, asks, numbers, subject_words
from rbzqa.types import Query

_FUZZY = 5  # letters from which a slip, or a part of a compound, counts as the same word


@dataclass(frozen=True, slots=True)
class Features:
    """The signs, all of them about question *and* text: none looks at the question alone."""

    cosine: float
    margin: float
    covered: float
    rarest_missing: float
    names_missing: float
    numbers_missing: float
    offers: float
    legs_agree: float


# Logistic regression of "this is the sentence that answers" on the 7,835 questions of
# train/answerability.jsonl (training/fit_confidence.py prints these numbers with their AUC).
# There three questions in five are near misses; PRIOR moves the odds to users, of whom two in
# three are expected to ask what a document answers.
INTERCEPT = -6.422
PRIOR = 1.7
COEFFICIENTS = Features(
    cosine=5.821,
    margin=0.597,
    covered=0.766,
    rarest_missing=-0.988,
    names_missing=-1.087,
    numbers_missing=-2.503,
    offers=0.812,
    legs_agree=0.079,
)


def probability(features: Features) -> float:
    """The estimated probability, 0..1, that the sentence answers the question."""
    total = INTERCEPT + PRIOR + sum(c * x for c, x in zip(astuple(COEFFICIENTS), astuple(features), strict=True))
    return 1 / (1 + math.exp(-total))


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a question brings: its tokens with their weight, its words, what it asks for, names and numbers.

    A name is the set of tokens that stand for it: finding one of them is enough.
    """

    weights: dict[str, float]
    words: frozenset[str]
    kind: Asks
    names: tuple[frozenset[str], ...]
    numbers: frozenset[str]


def wanted(query: Query, generation: Generation) -> Wanted:
    """Weigh the tokens of a question by their inverse document frequency, scaled to 0..1."""
    total = generation.manifest.passages
    asking = dutch.stems(query.text) - dutch.stems(subject_words(query.text))
    weights = {}
    for token in dict.fromkeys(token for token in query.tokens if token not in asking):
        found = generation.lexical.document_frequency(token)
        if found or query.language == "nl":  # an English word without a name tells nothing here
            weights[token] = math.log(1 + (total - found + 0.5) / (found + 0.5)) / math.log(1 + (total + 0.5) / 0.5)
    return Wanted(weights, frozenset(dutch.words(query.text)), asks(query.text), dutch.names(query.text), frozenset(numbers(query.text)))


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
