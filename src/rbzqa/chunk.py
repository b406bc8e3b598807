"""Document -> passages: whole paragraphs of one section, and exact spans, always."""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator, Sequence
from typing import Protocol

from rbzqa.sentences import sentence_spans
from rbzqa.types import Document, Paragraph, Passage, Role, Span

VERSION = "chunk-2"
MAX_TOKENS = 220
_MAX_NEEDED = 80  # words of a question that an answer takes along

CountTokens = Callable[[str], int]


class _Splitter(Protocol):
    def split_text(self, text: str) -> list[str]: ...


def passages(document: Document, count: CountTokens) -> Iterator[Passage]:
    """Cut a document into passages.

    Args:
        document: the frozen document.
        count: the number of model tokens of a text.
    """
    from rbzqa.splitter import SentenceSplitter  # langchain costs 0.3 s, and only indexing needs it

    splitter = SentenceSplitter(count, MAX_TOKENS)
    for p, part in enumerate(document.parts):
        for s, section in enumerate(part.sections):
            for group in _groups(document.text, section.paragraphs, count):
                yield from _cut(document, p, s, group, splitter)


def _groups(text: str, paragraphs: Sequence[Paragraph], count: CountTokens) -> Iterator[list[Paragraph]]:
    group: list[Paragraph] = []
    size = 0
    for paragraph in paragraphs:
        tokens = count(text[paragraph.start : paragraph.end])
        # a footnote or a signature stands between, or another question is answered
        apart = bool(group) and (not text[group[-1].end : paragraph.start].isspace() or _kind(paragraph) != _kind(group[-1]))
        if group and (apart or size + tokens > MAX_TOKENS):
            yield group
            group, size = [], 0
        group.append(paragraph)
        size += tokens
    if group:
        yield group


def _kind(paragraph: Paragraph) -> tuple[Role, tuple[Span, ...]]:
    return paragraph.role, paragraph.context


def _cut(document: Document, part: int, section: int, group: list[Paragraph], splitter: _Splitter) -> Iterator[Passage]:
    """One passage of the whole group, or several of a paragraph that is too long."""
    spans: list[Span] = [(group[0].start, group[-1].end)]
    if len(group) == 1:
        spans = _piece_spans(document.text, group[0], splitter)
    sentences = [(p.start + a, p.start + b) for p in group for a, b in sentence_spans(document.text[p.start : p.end])]
    begins, ends = [a for a, _ in sentences], [b for _, b in sentences]
    for n, (start, end) in enumerate(spans):
        within = sentences[bisect_right(ends, start) : bisect_left(begins, end)]
        yield Passage(
            id=f"{document.id}/{group[0].id}" + (f".{n + 1}" if n else ""),
            document_id=document.id,
            part=part,
            section=section,
            paragraph_ids=tuple(p.id for p in group),
            sentence_spans=tuple((max(a, start), min(b, end)) for a, b in within),
            start=start,
            end=end,
            role=group[0].role,
        )


def _piece_spans(text: str, paragraph: Paragraph, splitter: _Splitter) -> list[Span]:
    """Spans of the pieces, found by adding up lengths; white space at their ends is left out."""
    spans, at = [], paragraph.start
    for piece in splitter.split_text(text[paragraph.start : paragraph.end]):
        start = at + len(piece) - len(piece.lstrip())
        at += len(piece)
        spans.append((start, at - len(piece) + len(piece.rstrip())))
    return [(start, end) for start, end in spans if end > start]


def context(document: Document, passage: Passage) -> str:
    """What a passage is about, for search only: subject of the document, annex, section path, and of
    an answer its question, of a table row the column heads.
    """
    part = document.parts[passage.part]
    section = part.sections[passage.section]
    annex = (part.title,) if part.kind == "annex" else ()
    first = section.paragraphs[bisect_right(section.paragraphs, passage.start, key=lambda paragraph: paragraph.start) - 1]
    needed = " ".join(document.text[start:end] for start, end in first.context)
    pieces = (document.meta.subject, *annex, *section.path, " ".join(needed.split()[:_MAX_NEEDED]))
    return " | ".join(piece for piece in pieces if piece)
