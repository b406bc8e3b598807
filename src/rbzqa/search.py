"""Query -> hits: BM25, passage vector and best sentence vector, in one convex combination."""

import unicodedata
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray
from rapidfuzz import process
from rapidfuzz.distance import DamerauLevenshtein

from rbzqa import dutch
from rbzqa.encode import Encoder
from rbzqa.errors import QueryError
from rbzqa.index.generation import Generation
from rbzqa.names import NAMES
from rbzqa.types import Hit, Query, Signals

MAX_QUESTION = 4_000
MAX_HITS = 100
_POOL = 100  # candidates that each leg brings
_ASKED = 0.5  # of its score is left to a Member's question, which states no fact of the government: its answer comes first
_SHORTEST, _LONG = 5, 8  # letters of a word that may hold a slip, and that may hold two
_ONE_WORD_NAMES = frozenset(form[0] for form in NAMES if len(form) == 1)
_NAME_FORMS = sorted(form for form in _ONE_WORD_NAMES if len(form) >= _SHORTEST)

Array = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Weights:
    """The shares of the three signals (they add up to 1) and the boosts of the lexical fields."""

    dense: float
    lexical: float
    sentence: float
    stems: float = 1.0
    grams: float = 0.1
    context: float = 0.5

    @property
    def boosts(self) -> dict[str, float]:
        """Boost by lexical field."""
        return {"stems": self.stems, "grams": self.grams, "context": self.context}


# benchmarks/tune_fusion.py on dev/kamervragen (497 questions): within .001 of the best nDCG@10 (.760 for
# .6/.3/.1) and the most often right first (.676); on eval/letter-tune.jsonl 26 of 30 first, 30 in the first three.
WEIGHTS = Weights(dense=0.4, lexical=0.3, sentence=0.3)
# An English question shares only names with the text, so BM25 gets half of its weight.
ENGLISH = Weights(dense=0.5, lexical=0.15, sentence=0.35)


def parse_question(text: str) -> Query:
    """Make a query of what a person typed.

    Raises:
        QueryError: empty, without a letter or digit, or too long.
    """
    if len(text) > MAX_QUESTION:
        raise QueryError(f"de vraag is langer dan {MAX_QUESTION} tekens", "stel een kortere vraag")
    text = " ".join(unicodedata.normalize("NFC", "".join(c if c.isprintable() else " " for c in text)).split())
    if not any(c.isalnum() for c in text):
        raise QueryError("de vraag is leeg", 'geef een vraag, bijvoorbeeld "wat is afgesproken over Afghanistan?"')
    return Query(text, dutch.analyse(text).stems, dutch.language(text))


def correct(query: Query, generation: Generation) -> Query:
    """Add to a query the words that an unknown word of it was probably meant to be.

    A word that no text holds is compared with those that one does, and with the forms of the
    name table: one slip up to seven letters, two in a longer word or in a name.
    """
    asked = [word for word in dutch.words(query.text) if word not in dutch.STOP_WORDS and len(word) >= _SHORTEST]
    unknown = set(asked) - generation.store.known_words(asked) - _ONE_WORD_NAMES
    meant = [found for word in sorted(unknown) for found in nearest(word, generation.words())]
    return replace(query, tokens=(*query.tokens, *dutch.analyse(" ".join(meant)).stems)) if meant else query


def nearest(word: str, words: list[str]) -> list[str]:
    """The words that an unknown one was probably meant to be, at most three."""
    slips = 1 if len(word) < _LONG else 2
    near = process.extract(word, words, scorer=DamerauLevenshtein.distance, score_cutoff=slips, limit=2)
    names = process.extract(word, _NAME_FORMS, scorer=DamerauLevenshtein.distance, score_cutoff=2, limit=1)
    return sorted({found for found, _, _ in [*near, *names] if found[0] == word[0] and len(found) >= _SHORTEST})


def search(query: Query, generation: Generation, encoder: Encoder, k: int, weights: Weights | None = None) -> tuple[list[Hit], Array]:
    """Find the k best passages.

    Each signal is scaled to 0..1 over the candidates of this query (min-max), then weighed; a passage
    that only asks counts for less.

    Returns:
        At most k hits, best first, and the vector of the question, shape (d,).
    """
    weights = weights or (WEIGHTS if query.language == "nl" else ENGLISH)
    vector = encoder.encode_query(query.text)
    dense_rows, _ = generation.vectors.search(vector, _POOL)
    lexical_rows, lexical_scores = generation.lexical.search(dutch.Analysis(query.tokens, dutch.analyse(query.text).grams), weights.boosts, _POOL)
    rows = np.union1d(dense_rows, lexical_rows)
    dense = generation.vectors.passages(rows) @ vector
    sentence = generation.vectors.best_sentences(vector, rows)
    lexical = np.zeros(len(rows), dtype=np.float32)
    lexical[np.searchsorted(rows, lexical_rows)] = lexical_scores
    fused = weights.dense * _scale(dense) + weights.lexical * _scale(lexical) + weights.sentence * _scale(sentence)
    fused = np.where(np.isin(rows, generation.questions), _ASKED * fused, fused)
    best = np.lexsort((rows, -fused))[: min(k, MAX_HITS)]
    passages = generation.passages([int(row) for row in rows[best]])
    dense_rank, lexical_rank = ({int(row): n for n, row in enumerate(leg, 1)} for leg in (dense_rows, lexical_rows))
    hits = [
        Hit(
            passage=passage,
            row=int(rows[n]),
            score=float(fused[n]),
            dense_rank=dense_rank.get(int(rows[n])),
            lexical_rank=lexical_rank.get(int(rows[n])),
            signals=Signals(float(dense[n]), float(lexical[n]), float(sentence[n])),
        )
        for n, passage in zip(best, passages, strict=True)
    ]
    return hits, vector


def _scale(scores: Array) -> Array:
    spread = float(scores.max() - scores.min()) if scores.size else 0.0
    return (scores - scores.min()) / spread if spread > 0 else np.zeros_like(scores)
