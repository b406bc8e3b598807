"""Blocks -> Document: letter, report, annexes, sections, paragraphs, footnotes."""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from rbzqa.letterhead import read_letterhead
from rbzqa.metadata import Contents, Stated, describe, parent_of
from rbzqa.outline import DraftPart, outline, signature
from rbzqa.pairing import Pairs, asked_heads, pair
from rbzqa.readers.labels import SALUTATION
from rbzqa.sidecar import Sidecar
from rbzqa.types import Block, Document, Footnote, Paragraph, Part, Section, Span, paragraph_hash

_SEPARATOR = "\n\n"


def build_document(
    blocks: Sequence[Block], *, id: str, sha256: str, file: str, parser: str, sidecar: Sidecar | None = None, record: Sequence[Block] = ()
) -> Document:
    """Freeze the blocks of one file into a Document.

    Headings, letterhead, signature, table heads and footnotes stand in the canonical text, but only paragraphs are
    structure: what is not in a paragraph is never a passage. Furniture and facts are no text.

    Args:
        blocks: what the reader saw.
        id: the document's id.
        sha256: of the bytes of the file.
        file: its name, for people.
        parser: the name of the reader.
        sidecar: what ``corpus/<stem>.toml`` says; it wins.
        record: the facts of its ``metadata.xml``; they win over those of the file.
    """
    sidecar = sidecar or Sidecar()
    facts = [block for block in blocks if block.kind == "fact"]
    kept, heads = asked_heads([block for block in blocks if block.kind not in ("furniture", "fact")])
    spans = _spans(kept)
    letterhead = read_letterhead(kept, [*facts, *record])
    stated = Stated((*facts, *letterhead.facts), tuple(record))
    signed = [n for n in signature(kept) if n not in letterhead.lines]
    annex = parent_of(stated, sidecar) is not None
    drafts = outline(kept, letterhead.lines | set(signed), set(heads), annex)
    if annex and drafts and not drafts[0].title:
        drafts[0].title = sidecar.title or next((fact.text for fact in (*record, *stated.file) if fact.label == "title"), "")
    starts = [draft.start for draft in drafts]
    frame = _Frame(kept, spans, _footnotes(kept, spans, starts), pair(kept, spans, heads, starts))
    parts = tuple(_part(draft, frame) for draft in drafts)
    contents = _contents(parts, drafts, frame, tuple(kept[n].text for n in signed))
    meta = describe(contents, file, stated, sidecar)
    return Document(id=id, sha256=sha256, meta=meta, text=_SEPARATOR.join(block.text for block in kept), parts=parts, parser=parser)


@dataclass(frozen=True, slots=True)
class _Frame:
    """All that the paragraphs of a document are made of, by the index of their block."""

    blocks: Sequence[Block]
    spans: Sequence[Span]
    notes: dict[int, list[Footnote]]
    pairs: Pairs


def _spans(blocks: Iterable[Block]) -> list[Span]:
    spans, at = [], 0
    for block in blocks:
        spans.append((at, at + len(block.text)))
        at += len(block.text) + len(_SEPARATOR)
    return spans


def _contents(parts: Sequence[Part], drafts: Sequence[DraftPart], frame: _Frame, signatories: tuple[str, ...]) -> Contents:
    """The first report or agenda, or the annex that the document is as a whole, with the paragraph that it opens with."""
    firsts = [next(frame.blocks[n].text for section in draft.sections for n in section.blocks) for draft in drafts]
    salutation = bool(firsts and SALUTATION.match(firsts[0]))
    for n, (part, first) in enumerate(zip(parts, firsts, strict=True)):
        if part.kind in ("report", "agenda") or (n == 0 and part.kind == "annex"):
            return Contents(part.title, first, signatories, salutation)
    return Contents(signatories=signatories, salutation=salutation)


def _footnotes(blocks: Sequence[Block], spans: Sequence[Span], starts: Sequence[int]) -> dict[int, list[Footnote]]:
    """Footnotes by the block that holds their mark: each takes the nearest mark before it that is free, in its own part.

    Numbers restart in an annex. A note whose part has no such mark takes that of an earlier part where there is but one.
    """
    notes: dict[int, list[Footnote]] = defaultdict(list)
    free: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for n, block in enumerate(blocks):
        for mark in block.marks:
            free[mark.label].append((n, spans[n][0] + mark.offset))
        marks = free[block.label] if block.kind == "footnote" else []
        if marks and (len(marks) == 1 or bisect_right(starts, marks[-1][0]) == bisect_right(starts, n)):
            m, at = marks.pop()
            notes[m].append(Footnote(block.label, at, *spans[n], urls=block.urls))
    return notes


def _part(draft: DraftPart, frame: _Frame) -> Part:
    number = draft.number or 1
    code = Part(draft.kind, number, draft.title, ()).code
    sections, in_part = [], 0
    for section in draft.sections:
        paragraphs = []
        for in_section, n in enumerate(section.blocks, 1):
            in_part += 1
            block, at = frame.blocks[n], frame.spans[n][0]
            words = block.text.strip()  # a row may begin or end with an empty cell
            start = at + block.text.index(words)
            paragraphs.append(
                Paragraph(
                    id=f"{code}-p{in_part}-{paragraph_hash(words)}",
                    number=in_part if draft.kind == "annex" else in_section,
                    start=start,
                    end=start + len(words),
                    page=block.page,
                    footnotes=tuple(replace(note, at=max(start, min(note.at, start + len(words)))) for note in frame.notes.get(n, ())),
                    page_turns=tuple((at + offset, page) for offset, page in block.page_turns),
                    role=frame.pairs.roles.get(n, "text"),
                    context=frame.pairs.contexts.get(n, ()),
                )
            )
        if paragraphs:
            sections.append(Section(section.path, section.path[-1] if section.path else "", tuple(paragraphs)))
    return Part(draft.kind, number, draft.title, tuple(sections))
