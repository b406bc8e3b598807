"""Hits -> answer: the one to three sentences that answer, or an abstention with its reason."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from rbzqa import chunk, cite, dutch, questions
from rbzqa.confidence import Features, Wanted, coverage, probability, wanted
from rbzqa.dates import MONTHS
from rbzqa.encode import Encoder, Vectors
from rbzqa.errors import IndexUnusableError
from rbzqa.index.generation import Generation
from rbzqa.index.manifest import REBUILD
from rbzqa.search import correct, nearest, search
from rbzqa.types import Answer, Citation, Document, Evidence, Hit, Query, Reason, Span

MAX_CITATIONS = 3
THRESHOLD = 0.68  # on eval/letter-tune.jsonl (30 answerable, 16 not) the lowest without a wrong citation
_HITS = 6  # passages in which evidence is looked for
_PART = 4  # letters of the first part of a compound
_ASKED_FOR = frozenset({"who", "where", "when", "amount"})
_YEAR = re.compile(r"(?:19|20)\d\d")


@dataclass(frozen=True, slots=True)
class EvidenceWeights:
    """What makes a sentence evidence: hit score, cosine, words covered by it and by its passage, kind.

    The first five by a coarse grid on train/answerability.jsonl, ``agreed`` and ``name_missing`` by hand on
    eval/letter-tune.jsonl. training/fit_confidence.py prints how often the sentence on top is the right one.
    """

    hit: float = 1.0
    cosine: float = 2.0
    sentence: float = 0.2
    passage: float = 0.2
    offers: float = 0.1
    agreed: float = 0.4
    name_missing: float = 0.3


EVIDENCE = EvidenceWeights()


@dataclass(frozen=True, slots=True)
class Candidate:
    """A sentence with the signs that speak for it."""

    hit: Hit
    span: Span
    score: float
    features: Features


def answer(query: Query, generation: Generation, encoder: Encoder, k: int, public_url: str) -> Answer:
    """Answer a question from one generation.

    Raises:
        IndexUnusableError: a citation is not what its paragraph says; then nothing is answered.
    """
    query = correct(query, generation)
    hits, vector = search(query, generation, encoder, max(k, _HITS))
    want = wanted(query, generation)
    documents = {hit.passage.document_id: generation.document(hit.passage.document_id) for hit in hits}
    stated = [hit for hit in hits if hit.passage.role != "question"]
    candidates = find_candidates(want, stated[:_HITS], vector, generation, documents)
    chosen = _choose(want, candidates)
    confidence = chosen[0].probability if chosen else 0.0
    reason = _reason(query, want, confidence, generation)
    citations = () if reason else tuple(_cite(chosen, generation, public_url))
    return Answer(
        question=query.text,
        status="abstained" if reason else "answered",
        reason=reason,
        confidence=confidence,
        text=None if reason else " ".join(citation.quote for citation in citations),
        citations=citations,
        hits=tuple(hits[:k]),
        generation=generation.id,
        model=encoder.name,
    )


def find_candidates(want: Wanted, hits: Sequence[Hit], vector: Vectors, generation: Generation, documents: dict[str, Document]) -> list[Candidate]:
    """Every sentence of the best hits, best evidence first."""
    found: list[Candidate] = []
    for hit in hits:
        document = documents[hit.passage.document_id]
        context = chunk.context(document, hit.passage)
        around = dutch.stems(context)
        texts = [document.text[start:end] for start, end in hit.passage.sentence_spans]
        stems = [dutch.stems(text) for text in texts]
        whole = around.union(*stems)
        covered_passage, rarest = coverage(want.weights, whole)
        names = sum(not name & whole for name in want.names) / max(1, len(want.names))
        figures = bool(want.numbers - questions.numbers(" ".join([context, *texts])))
        cosines = generation.vectors.sentence_scores(vector, hit.row)
        for n, span in enumerate(hit.passage.sentence_spans):
            if not _says_something(want, texts[n]):
                continue
            own, _ = coverage(want.weights, stems[n])
            offers = questions.offers(want.kind, _beyond(want, texts[n]))
            weight = EVIDENCE.agreed if want.kind == "agreed" else EVIDENCE.offers
            score = EVIDENCE.hit * hit.score + EVIDENCE.cosine * float(cosines[n]) + EVIDENCE.sentence * own + EVIDENCE.passage * covered_passage
            features = Features(
                cosine=float(cosines[n]),
                margin=0.0,
                covered=coverage(want.weights, stems[n] | around)[0],
                rarest_missing=rarest,
                names_missing=names,
                numbers_missing=float(figures),
                offers=offers,
                legs_agree=float(hit.dense_rank == 1) + float(hit.lexical_rank == 1),
            )
            found.append(Candidate(hit, span, score + weight * offers - EVIDENCE.name_missing * names, features))
    return sorted(found, key=lambda one: -one.score)


def _says_something(want: Wanted, text: str) -> bool:
    """Whether a sentence can be an answer: not one that only announces, nor one with no word beyond the question's; a date is none."""
    beyond = set(dutch.words(text)) - want.words - set(MONTHS)
    return not text.endswith(":") and any(not word.isdigit() for word in beyond)


def _beyond(want: Wanted, text: str) -> str:
    """What a sentence adds to a question: who, when or how much it asks cannot be a word of its own."""
    if want.kind not in _ASKED_FOR:
        return text
    return " ".join(word for word in text.split() if not set(dutch.words(word)) <= want.words)


def _choose(want: Wanted, candidates: Sequence[Candidate]) -> list[Evidence]:
    """The best sentence and, from other sections, those that answer too; best first.

    A question that asks for one thing (who, when, how much) gets one sentence; "what was agreed"
    and "what about" may be answered in several places, in the report and in an annex.
    """
    if not candidates:
        return []
    best = candidates[0]
    chosen = [_evidence(best, candidates)]
    for one in candidates[1:]:
        if len(chosen) == MAX_CITATIONS or want.kind not in ("agreed", "other"):
            break
        elsewhere = all(_section(one.hit) != _section(other.hit) for other in chosen)
        if elsewhere and one.features.offers > 0 and one.features.names_missing <= best.features.names_missing and _covers_as_much(one, best):
            evidence = _evidence(one, candidates)
            if evidence.probability >= THRESHOLD:
                chosen.append(evidence)
    return chosen


def _section(hit: Hit) -> tuple[str, int, int]:
    return hit.passage.document_id, hit.passage.part, hit.passage.section


def _covers_as_much(one: Candidate, best: Candidate) -> bool:
    return one.features.rarest_missing <= best.features.rarest_missing and one.features.covered >= best.features.covered


def with_margin(one: Candidate, candidates: Sequence[Candidate]) -> Features:
    """The signs of a candidate with its lead over the best one of another passage."""
    rival = next((other.score for other in candidates if other.hit.row != one.hit.row), one.score - 1.0)
    return replace(one.features, margin=one.score - rival)


def _evidence(one: Candidate, candidates: Sequence[Candidate]) -> Evidence:
    return Evidence(one.hit, one.span, probability(with_margin(one, candidates)))


def _reason(query: Query, want: Wanted, confidence: float, generation: Generation) -> Reason | None:
    """Why not to answer, or None."""
    if not want.weights:
        return "geen_passage"
    figures = {piece for number in want.numbers for piece in dutch.words(number)}
    unknown = figures - generation.store.known_words(sorted(figures))
    if any(_YEAR.fullmatch(figure) for figure in unknown):
        return "periode_ontbreekt"
    if unknown or _names_nobody(query, want, generation):
        return "buiten_corpus"
    return "te_onzeker" if confidence < THRESHOLD else None


def _names_nobody(query: Query, want: Wanted, generation: Generation) -> bool:
    """Whether the question names somebody or something that no text names, slips allowed for."""
    if any(not any(generation.lexical.document_frequency(token) for token in name) for name in want.names):
        return True
    if query.language != "nl":
        return False
    names = {word for name in questions.proper_names(query.text) for word in dutch.words(name) if len(word) > 2 and word not in dutch.STOP_WORDS}
    return any(not dutch.names(word) and not _is_known(word, generation) for word in names)


def _is_known(word: str, generation: Generation) -> bool:
    """Whether a text has a word, its first part ("Golf" of "Golfstaten"), or one with a slip."""
    parts = [word[:n] for n in range(_PART, len(word) + 1)]
    return bool(generation.store.known_words(parts)) or bool(nearest(word, generation.words()))


def _cite(chosen: Sequence[Evidence], generation: Generation, public_url: str) -> Iterator[Citation]:
    """Citations in the order of the document; documents in the order of their best sentence."""
    order = list(dict.fromkeys(evidence.hit.passage.document_id for evidence in chosen))
    for evidence in sorted(chosen, key=lambda one: (order.index(one.hit.passage.document_id), one.sentence_span)):
        document = generation.document(evidence.hit.passage.document_id)
        citation = cite.cite(document, *evidence.sentence_span, public_url)
        if citation is None:
            raise IndexUnusableError(f"een alinea van {document.id} is niet die waarnaar zij heet", REBUILD)
        yield replace(citation, twins=tuple(_twins(citation, generation, public_url)))


def _twins(citation: Citation, generation: Generation, public_url: str) -> Iterator[cite.Twin]:
    """The other places where the text of a cited paragraph stands."""
    for other, paragraph in generation.store.twins(citation.document_id, citation.paragraph_id):
        twin = cite.twin(generation.document(other), paragraph, public_url)
        if twin is not None:
            yield twin
