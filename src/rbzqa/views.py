"""Nouns -> the JSON of DESIGN §4, the same for every face."""

from bisect import bisect_left
from collections.abc import Sequence
from operator import attrgetter
from typing import Any

from rbzqa.cite import Place, label, locate, official, pages, permalink, places
from rbzqa.index.generation import Generation
from rbzqa.officials import official_of
from rbzqa.types import Answer, Citation, Document, DocumentMeta, Hit, Paragraph, Part, Publication, Reference, Span

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
        "role": place.paragraph.role,
        "context": _texts(document, place.paragraph.context),
        "twins": [{"label": label, "url": url} for label, url in citation.twins],
    }


def _texts(document: Document, spans: Sequence[Span]) -> list[str]:
    return [document.text[start:end] for start, end in spans]


def hit_views(hits: Sequence[Hit], generation: Generation, public_url: str) -> list[Json]:
    """Hits by rank, each with its text."""
    views = []
    for rank, hit in enumerate(hits, 1):
        document = generation.document(hit.passage.document_id)
        place = next(place for place in places(document) if place.paragraph.id == hit.passage.paragraph_ids[0])
        views.append(
            {
                "rank": rank,
                "score": round(hit.score, 4),
                "text": document.text[hit.passage.start : hit.passage.end],
                "documentId": document.id,
                "part": part_view(place.part),
                "section": list(place.section.path),
                "paragraphs": list(hit.passage.paragraph_ids),
                "start": hit.passage.start,
                "end": hit.passage.end,
                "label": label(document.meta, place, pages(place.paragraph, hit.passage.start, min(hit.passage.end, place.paragraph.end))),
                "url": permalink(public_url, document.id, hit.passage.paragraph_ids[0]),
            }
        )
    return views


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


def document_line(document: Document) -> Json:
    """What tells a document from others, in a list."""
    meta = document.meta
    return {"id": document.id, "citation": _citation(document), "title": meta.title or meta.description, "date": meta.date, "file": meta.file}


def _citation(document: Document) -> str:
    return official(document.meta, document.parts[0]) if document.parts else document.meta.description


def document_view(document: Document) -> Json:
    """A document's metadata and structure, with the text of every paragraph."""
    return {
        "id": document.id,
        "sha256": document.sha256,
        "citation": _citation(document),
        **_meta_view(document.meta),
        "parts": [
            {**part_view(part), "sections": [{"path": list(section.path), "paragraphs": [p.id for p in section.paragraphs]} for section in part.sections]}
            for part in document.parts
        ],
        "paragraphs": [paragraph_view(document, place) for place in places(document)],
        "references": [_reference_view(document, reference) for reference in document.references],
    }


def _meta_view(meta: DocumentMeta) -> Json:
    return {
        "title": meta.title,
        "subject": meta.subject,
        "description": meta.description,
        "file": meta.file,
        "date": meta.date,
        "meeting": meta.meeting,
        "meetingDates": list(meta.meeting_dates),
        "publications": [_publication_view(publication) for publication in meta.publications],
        "dossierTitles": list(meta.dossier_titles),
        "identifier": meta.identifier,
        "kind": meta.kind,
        "kenmerk": meta.kenmerk,
        "authors": list(meta.authors),
        "ministry": meta.ministry,
        "signatories": list(meta.signatories),
        "reprint": meta.reprint,
        "parent": meta.parent,
        "annexes": list(meta.annexes),
        "pages": meta.pages or None,
        "missing": list(meta.missing),
        "conflicts": list(meta.conflicts),
    }


def _publication_view(publication: Publication) -> Json:
    return {
        "series": publication.series,
        "chamber": publication.chamber,
        "session": publication.session,
        "dossier": publication.dossier,
        "number": publication.number,
        "item": publication.item,
        "label": str(official_of(publication)),
    }


def _reference_view(document: Document, reference: Reference) -> Json:
    """A mention of another piece: its own words, how that piece is cited, and which document it is, if one is."""
    text = document.text[reference.start : reference.end]
    annex = text if reference.annex is None else f"bijlage {reference.annex}"
    return {
        "start": reference.start,
        "end": reference.end,
        "text": text,
        "label": str(official_of(reference.publication)) if reference.publication else annex,
        "documentId": reference.document_id,
        "part": reference.part,
    }


def paragraph_view(document: Document, place: Place, public_url: str = "") -> Json:
    """One paragraph with its text, what it needs to be understood, its footnotes, its references and its label."""
    paragraph = place.paragraph
    return {
        "id": paragraph.id,
        "number": paragraph.number,
        "documentId": document.id,
        "part": part_view(place.part),
        "section": list(place.section.path),
        "role": paragraph.role,
        "page": paragraph.page,
        "start": paragraph.start,
        "end": paragraph.end,
        "text": document.text[paragraph.start : paragraph.end],
        "context": _texts(document, paragraph.context),
        "footnotes": [{"label": n.label, "at": n.at, "text": document.text[n.start : n.end], "urls": list(n.urls)} for n in paragraph.footnotes],
        "references": [_reference_view(document, reference) for reference in _references_in(document, paragraph)],
        "label": label(document.meta, place, pages(paragraph, paragraph.start, paragraph.end)),
        "url": permalink(public_url, document.id, paragraph.id),
    }


def _references_in(document: Document, paragraph: Paragraph) -> list[Reference]:
    """The references in a paragraph and in its footnotes; those of a document stand in order."""
    found: list[Reference] = []
    for start, end in [(paragraph.start, paragraph.end), *((note.start, note.end) for note in paragraph.footnotes)]:
        first, last = (bisect_left(document.references, at, key=attrgetter("start")) for at in (start, end))
        found += document.references[first:last]
    return found
