"""What is true of every document, whatever file it was made of; shared by property tests and ``benchmarks/fuzz.py``."""

import re
import unicodedata

from rbzqa import cite
from rbzqa.chunk import context, passages
from rbzqa.types import Document, Paragraph, paragraph_hash

_CONTROLS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029]")


def paragraphs_of(document: Document) -> list[Paragraph]:
    """Every paragraph, in order."""
    return [place.paragraph for place in cite.places(document)]


def check(document: Document) -> None:
    """Raise AssertionError where a span, an id, a page, a footnote or a passage is not what it must be."""
    text = document.text
    assert unicodedata.is_normalized("NFC", text)
    assert not _CONTROLS.search(text)
    found = paragraphs_of(document)
    assert len({paragraph.id for paragraph in found}) == len(found)
    at = 0
    for paragraph in found:
        assert at <= paragraph.start < paragraph.end <= len(text)
        at = paragraph.end
        _check_paragraph(text, paragraph)
    _check_passages(document)
    for place in cite.places(document)[:20]:
        start, end = place.paragraph.start, place.paragraph.end
        citation = cite.cite(document, start, end, "")
        assert citation is not None and citation.quote == text[start:end] and citation.label
    for reference in document.references:
        assert 0 <= reference.start < reference.end <= len(text)


def _check_paragraph(text: str, paragraph: Paragraph) -> None:
    own = text[paragraph.start : paragraph.end]
    assert own == own.strip() and "\n" not in own
    assert paragraph.id.endswith(f"-{paragraph_hash(own)}")
    assert text[paragraph.end : paragraph.end + 2] in ("\n\n", "")
    offsets = [offset for offset, _ in paragraph.page_turns]
    assert offsets == sorted(set(offsets))
    assert all(paragraph.start < offset < paragraph.end for offset in offsets)
    assert all(0 <= start < end <= len(text) for start, end in paragraph.context)
    for note in paragraph.footnotes:
        assert paragraph.start <= note.at <= paragraph.end
        assert 0 <= note.start < note.end <= len(text)


def _check_passages(document: Document) -> None:
    at = 0
    for passage in passages(document, lambda piece: len(piece.split())):
        section = document.parts[passage.part].sections[passage.section]
        own = [paragraph for paragraph in section.paragraphs if paragraph.id in passage.paragraph_ids]
        assert own[0].start <= passage.start and passage.end <= own[-1].end
        assert at <= passage.start < passage.end
        at = passage.end
        assert passage.sentence_spans
        assert all(any(p.start <= a < b <= p.end for p in own) for a, b in passage.sentence_spans)
        assert all(p.role == passage.role for p in own)
        assert isinstance(context(document, passage), str)
