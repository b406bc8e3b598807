"""Nouns -> the JSON of DESIGN §4, the same for every face."""

from collections.abc import Sequence
from typing import Any

from rbzqa.cite import Place, label, locate, permalink, places
from rbzqa.index.generation import Generation
from rbzqa.types import Answer, Citation, Document, Hit, Part, Section

Json = dict[str, Any]


def part_view(part: Part) -> Json:
    """A part without its text."""
    return {"kind": part.kind, "number": part.number, "title": part.title}


def citation_view(citation: Citation, document: Document) -> Json:
    """One citation with the place that it names."""
    place = locate(document, citation.start, citation.end)
    if place is None:
        raise LookupError(f"{citation.paragraph_id} is not in {citation.document_id}")
    return {
        "label": citation.label,
        "quote": citation.quote,
        "documentId": citation.document_id,
        "part": part_view(place.part),
        "section": list(place.section.path),
        "paragraph": {"id": citation.paragraph_id, "number": place.paragraph.number},
        "page": place.paragraph.page_at(citation.start),
        "start": citation.start,
        "end": citation.end,
        "url": citation.url,
    }


def hit_views(hits: Sequence[Hit], generation: Generation, public_url: str) -> list[Json]:
    """Hits by rank, each with its text."""
    views = []
    for rank, hit in enumerate(hits, 1):
        document = generation.document(hit.passage.document_id)
        part, section = _place(document, hit)
        first = section.paragraphs[[p.id for p in section.paragraphs].index(hit.passage.paragraph_ids[0])]
        views.append(
            {
                "rank": rank,
                "score": round(hit.score, 4),
                "text": document.text[hit.passage.start : hit.passage.end],
                "documentId": document.id,
                "part": part_view(part),
                "section": list(section.path),
                "paragraphs": list(hit.passage.paragraph_ids),
                "start": hit.passage.start,
                "end": hit.passage.end,
                "label": label(document.meta, Place(part, section, first)),
                "url": permalink(public_url, document.id, hit.passage.paragraph_ids[0]),
            }
        )
    return views


def _place(document: Document, hit: Hit) -> tuple[Part, Section]:
    part = document.parts[hit.passage.part]
    return part, part.sections[hit.passage.section]


def answer_view(answer: Answer, generation: Generation, public_url: str, took_ms: float) -> Json:
    """The whole answer, as ``rbzqa ask --json`` and ``POST /v1/answers`` give it."""
    return {
        "question": answer.question,
        "status": answer.status,
        "reason": answer.reason,
        "confidence": round(answer.confidence, 4),
        "text": answer.text,
        "citations": [citation_view(c, generation.document(c.document_id)) for c in answer.citations],
        "passages": hit_views(answer.hits, generation, public_url),
        "generation": answer.generation,
        "model": answer.model,
        "tookMs": round(took_ms, 2),
    }


def document_view(document: Document) -> Json:
    """A document's metadata and structure, with the text of every paragraph."""
    meta = document.meta
    return {
        "id": document.id,
        "sha256": document.sha256,
        "title": meta.title,
        "description": meta.description,
        "file": meta.file,
        "date": meta.date,
        "meetingDates": list(meta.meeting_dates),
        "kamerstukken": [{"chamber": k.chamber, "session": k.session, "dossier": k.dossier, "number": k.number} for k in meta.kamerstukken],
        "kenmerk": meta.kenmerk,
        "signatories": list(meta.signatories),
        "missing": list(meta.missing),
        "parts": [
            {**part_view(part), "sections": [{"path": list(section.path), "paragraphs": [p.id for p in section.paragraphs]} for section in part.sections]}
            for part in document.parts
        ],
        "paragraphs": [paragraph_view(document, place) for place in places(document)],
    }


def paragraph_view(document: Document, place: Place, public_url: str = "") -> Json:
    """One paragraph with its text, its footnotes and its label."""
    paragraph = place.paragraph
    return {
        "id": paragraph.id,
        "number": paragraph.number,
        "documentId": document.id,
        "part": part_view(place.part),
        "section": list(place.section.path),
        "page": paragraph.page,
        "start": paragraph.start,
        "end": paragraph.end,
        "text": document.text[paragraph.start : paragraph.end],
        "footnotes": [{"label": n.label, "at": n.at, "text": document.text[n.start : n.end], "urls": list(n.urls)} for n in paragraph.footnotes],
        "label": label(document.meta, place),
        "url": permalink(public_url, document.id, paragraph.id),
    }
