"""Where a quote stands, checked: Citation with its label and permalink (DESIGN §3)."""

from dataclasses import dataclass
from urllib.parse import quote

from rbzqa.structure import paragraph_hash
from rbzqa.types import Citation, Document, DocumentMeta, Paragraph, Part, Section


@dataclass(frozen=True, slots=True)
class Place:
    """The part, section and paragraph in which a span lies."""

    part: Part
    section: Section
    paragraph: Paragraph


def places(document: Document) -> list[Place]:
    """Every paragraph of a document with where it stands, in order."""
    return [Place(part, section, p) for part in document.parts for section in part.sections for p in section.paragraphs]


def locate(document: Document, start: int, end: int) -> Place | None:
    """The paragraph that holds the whole of ``text[start:end]``, if one does."""
    return next((place for place in places(document) if place.paragraph.start <= start < end <= place.paragraph.end), None)


def cite(document: Document, start: int, end: int, public_url: str) -> Citation | None:
    """Slice a quote from the canonical text and check it against its own paragraph.

    Returns:
        The citation, or None where no paragraph holds the span or the paragraph's text is not
        the one that its id was made of: then there must be no answer.
    """
    place = locate(document, start, end)
    if place is None:
        return None
    paragraph = place.paragraph
    if paragraph.id.rpartition("-")[2] != paragraph_hash(document.text[paragraph.start : paragraph.end]):
        return None
    return Citation(
        document_id=document.id,
        paragraph_id=paragraph.id,
        start=start,
        end=end,
        quote=document.text[start:end],
        label=label(document.meta, place),
        url=permalink(public_url, document.id, paragraph.id),
    )


def label(meta: DocumentMeta, place: Place) -> str:
    """The official reference of the piece and, behind a dot, our own finding aid."""
    return f"{official(meta, place.part)} · {finding_aid(place)}"


def official(meta: DocumentMeta, part: Part) -> str:
    """How to cite the piece: by its number, else by its kenmerk, else by a description."""
    if meta.kamerstukken:
        first, *others = meta.kamerstukken
        text = f"Kamerstukken {first.chamber} {first.session}, {first.dossier}, nr. {first.number}"
        text += "".join(f" en {other.dossier}, nr. {other.number}" for other in others)
    elif meta.kenmerk:
        text = f"{meta.description}, kenmerk {meta.kenmerk}"
    else:
        text = meta.description
    return f"Bijlage bij {text}" if part.kind == "annex" else text


def finding_aid(place: Place) -> str:
    """``§ Afghanistan, al. 1``, ``bijlage 1, al. 20``, ``brief, al. 2``."""
    number = f"al. {place.paragraph.number}"
    if place.part.kind == "annex":
        return f"bijlage {place.part.number}, {number}"
    part = {"letter": "brief", "report": "verslag", "agenda": "agenda"}[place.part.kind]
    part = f"{part} {place.part.number}" if place.part.number > 1 else part
    if not place.section.path:
        return f"{part}, {number}"
    heading = f"§ {' > '.join(place.section.path)}, {number}"
    return f"{part}, {heading}" if place.part.number > 1 or place.part.kind == "agenda" else heading


def permalink(public_url: str, document_id: str, paragraph_id: str) -> str:
    """The address of a paragraph: a path, or absolute where a public URL is configured."""
    return f"{public_url.rstrip('/')}/documenten/{quote(document_id, safe='')}#{quote(paragraph_id, safe='')}"
