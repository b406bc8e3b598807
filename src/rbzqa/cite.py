"""Where a quote stands, checked: Citation with its official reference, finding aid and permalink (DESIGN §3).

The forms are those of the Aanwijzingen voor de regelgeving 3.43 (parliamentary papers) and 3.45 (Stb., Stcrt.), and
of the Leidraad voor juridische auteurs §3.4 (annexes) and §3.5 (a letter that has no number goes by its kenmerk).
"""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import quote

from rbzqa.officials import official_of, officials
from rbzqa.types import Citation, Document, DocumentMeta, Paragraph, Part, Section, paragraph_hash

_NUMBERED = re.compile(r"(?:vraag|vragen|antwoord(?:en)?)\s(?:op (?:vraag|vragen)\s)?\d", re.IGNORECASE)
_TABLE_ROW = " (tabelrij)"

Twin = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Place:
    """The part, section and paragraph in which a span lies; ``again`` counts the sections of the part under the same headings."""

    part: Part
    section: Section
    paragraph: Paragraph
    again: int = 1


def places(document: Document) -> list[Place]:
    """Every paragraph of a document with where it stands, in order."""
    return list(_walk(document))


def _walk(document: Document) -> Iterator[Place]:
    for part in document.parts:
        seen = Counter[tuple[str, ...]]()
        for section in part.sections:
            seen[section.path] += 1
            yield from (Place(part, section, paragraph, seen[section.path]) for paragraph in section.paragraphs)


def locate(document: Document, start: int, end: int) -> Place | None:
    """The paragraph that holds the whole of ``text[start:end]``, if one does."""
    return next((place for place in _walk(document) if place.paragraph.start <= start < end <= place.paragraph.end), None)


def cite(document: Document, start: int, end: int, public_url: str) -> Citation | None:
    """Slice a quote from the canonical text and check it against its own paragraph.

    Args:
        document: the frozen document.
        start: of the quote, in code points.
        end: of the quote.
        public_url: the configured address, or empty.

    Returns:
        The citation, or None where no paragraph holds the span, the paragraph's text is not
        the one that its id was made of, or it is the heads of a table: then there must be no answer.
    """
    place = locate(document, start, end)
    if place is None or place.paragraph.role == "heads":
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
        label=label(document.meta, place, pages(paragraph, start, end)),
        url=permalink(public_url, document.id, paragraph.id),
    )


def twin(document: Document, paragraph_id: str, public_url: str) -> Twin | None:
    """The (label, url) of a paragraph in which the same text stands; None where there is no such paragraph."""
    place = next((place for place in places(document) if place.paragraph.id == paragraph_id), None)
    if place is None:
        return None
    return label(document.meta, place, pages(place.paragraph, place.paragraph.start, place.paragraph.end)), permalink(public_url, document.id, paragraph_id)


def pages(paragraph: Paragraph, start: int, end: int) -> str:
    """The page of a quote, ``1-2`` where it runs over onto the next, or empty."""
    first, last = paragraph.page_at(start), paragraph.page_at(end - 1)
    return "" if first is None else f"{first}" if first == last else f"{first}-{last}"


def label(meta: DocumentMeta, place: Place, page: str = "") -> str:
    """The official reference of the piece and, behind a dot, our own finding aid; ``page`` is that of the quote."""
    return f"{official(meta, place.part, page)} · {aid(meta, place)}"


def aid(meta: DocumentMeta, place: Place) -> str:
    """The finding aid within a document; one that is an annex as a whole is named, since a piece may have several."""
    return finding_aid(place, (meta.identifier or meta.description) if meta.parent else "", letter=meta.kind == "brief")


def official(meta: DocumentMeta, part: Part, page: str = "") -> str:
    """How to cite the piece: by its number, else by its kenmerk, else by a description.

    A page is named only where ``meta.pages`` says that it is one of what is cited: of the
    publication for a number, of the letter for a kenmerk.
    """
    reference = _numbered(meta)
    at = f", p. {page}" if page and page_counts(meta) else ""
    if reference:
        text = f"{reference}{at}"
        return f"Bijlage bij {text}" if part.kind == "annex" or meta.parent else text
    text = f"{meta.description}, kenmerk {meta.kenmerk}{at}" if meta.kenmerk else meta.description
    dossiers = [str(official_of(publication)) for publication in meta.publications if publication.dossier]
    text = ", ".join([text, *dossiers])
    if part.kind == "annex" and not meta.parent:
        text = f"Bijlage bij {text}"
    return f"{text}, bijlage bij {meta.parent}" if meta.parent else text  # as the file names it: no number is made of it


def page_counts(meta: DocumentMeta) -> bool:
    """Whether the pages that the paragraphs bear are pages of what ``official`` cites."""
    return meta.pages == ("publication" if _numbered(meta) else "letter")


def _numbered(meta: DocumentMeta) -> str:
    """The official reference by number of a piece, or empty where it has none that names the piece."""
    return "; ".join(map(str, officials(meta)))


def finding_aid(place: Place, annex: str = "", *, letter: bool = True) -> str:
    """``§ Afghanistan, al. 1``, ``§ De voorzitter (2), al. 1``, ``bijlage 1, al. 20``, ``brief, al. 2``, ``antwoord 3, al. 2``.

    Args:
        place: the paragraph.
        annex: the name of a document that is an annex as a whole; it leads the way.
        letter: whether the document is a letter; a motion, or questions and answers, are none.
    """
    number = f"al. {place.paragraph.number}{_TABLE_ROW if place.paragraph.role == 'row' else ''}"
    lead = [annex] if annex else []
    if place.part.kind == "annex":  # its paragraphs are numbered from its beginning
        return ", ".join([*lead, *([f"bijlage {place.part.number}"] if not annex or place.part.number > 1 else []), number])
    part = {"letter": "brief", "report": "verslag", "agenda": "agenda"}[place.part.kind]
    part = f"{part} {place.part.number}" if place.part.number > 1 else part
    headings = _headings(place)
    named = not headings or place.part.number > 1 or place.part.kind == "agenda"
    named = named and not (part == "brief" and (annex or not letter))
    way = [*lead, *([part] if named else []), *headings]
    if way and place.again > 1:
        way[-1] = f"{way[-1]} ({place.again})"
    return ", ".join([*way, number])


def _headings(place: Place) -> list[str]:
    """``§ Overig > Libië``; a question or answer goes by its own name."""
    path = list(place.section.path)
    asked = path.pop() if path and _NUMBERED.match(path[-1]) else ""
    return [*([f"§ {' > '.join(path)}"] if path else []), *([asked.lower()] if asked else [])]


def permalink(public_url: str, document_id: str, paragraph_id: str = "") -> str:
    """The address of a document or of a paragraph in it: a path, or absolute where a public URL is configured."""
    address = f"{public_url.rstrip('/')}/documenten/{quote(document_id, safe='')}"
    return f"{address}#{quote(paragraph_id, safe='')}" if paragraph_id else address
