"""Blocks -> Document: letter, report, annexes, sections, paragraphs, footnotes."""

import hashlib
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence, Set
from dataclasses import dataclass, field

from rbzqa.metadata import Sidecar, describe
from rbzqa.types import Block, Document, Footnote, Paragraph, Part, PartKind, Section, Span

_SEPARATOR = "\n\n"
_REPORT = re.compile(r"verslag\b|(?:aanvullende |geannoteerde )?agenda\b", re.IGNORECASE)
_COUNCIL = re.compile(r"\braad\b|\brbz\b|\bgymnich\b|videoconferentie|vergadering|ministeriële", re.IGNORECASE)
_ANNEX = re.compile(r"bijlagen?\b(?!\s+bij\b)", re.IGNORECASE)
_ANNOUNCES_ANNEX = re.compile(r"\bbijlagen?\b", re.IGNORECASE)
_OFFICE = re.compile(r"(?:mede namens )?de (?:minister|staatssecretaris|minister-president|voorzitter|(?:adjunct-)?griffier)\b[^.;:!?]{0,90},", re.IGNORECASE)
_LETTERHEAD = re.compile(
    r"\d{2} ?\d{3}\b|Nr\. ?\d|Brief van de |Brief regering\b|Aan de voorzitter\b|Vastgesteld \d|[A-Z][^,.]{2,20}, \d{1,2} [a-z]+ \d{4}$", re.IGNORECASE
)
_MAX_SIGNATURE = 80
_WORDS = re.compile(r"[^\W\d_]{3,}")


@dataclass(slots=True)
class _DraftSection:
    title: str
    blocks: list[int] = field(default_factory=list)


@dataclass(slots=True)
class _DraftPart:
    kind: PartKind
    title: str
    sections: list[_DraftSection] = field(default_factory=lambda: [_DraftSection("")])


def build_document(blocks: Sequence[Block], *, id: str, sha256: str, file: str, parser: str, sidecar: Sidecar | None = None) -> Document:
    """Freeze the blocks of one file into a Document.

    Headings, signature and footnotes stand in the canonical text, but only paragraphs are
    structure: what is not in a paragraph is never a passage. Furniture is dropped.
    """
    kept = [block for block in blocks if block.kind != "furniture"]
    spans = _spans(kept)
    signed = _signature(kept)
    drafts = _outline(kept, frozenset(signed))
    text = _SEPARATOR.join(block.text for block in kept)
    notes = _footnotes(kept, spans)
    parts: list[Part] = []
    numbers = Counter[PartKind]()
    for draft in drafts:
        numbers[draft.kind] += 1
        parts.append(_part(draft, numbers[draft.kind], kept, spans, notes))
    main = next((part.title for part in parts if part.kind in ("report", "agenda")), "")
    meta = describe(main, tuple(kept[n].text for n in signed), file, sidecar or Sidecar())
    return Document(id=id, sha256=sha256, meta=meta, text=text, parts=tuple(parts), parser=parser)


def paragraph_hash(text: str) -> str:
    """The six hex digits of a paragraph's text that its id carries."""
    return hashlib.sha256(text.encode()).hexdigest()[:6]


def _spans(blocks: Iterable[Block]) -> list[Span]:
    spans, at = [], 0
    for block in blocks:
        spans.append((at, at + len(block.text)))
        at += len(block.text) + len(_SEPARATOR)
    return spans


def _signature(blocks: Sequence[Block]) -> list[int]:
    """The blocks that sign: an office that ends in a comma, and the names below it."""
    signed: list[int] = []
    for n, block in enumerate(blocks):
        office = _OFFICE.match(block.text)
        below = bool(signed) and signed[-1] == n - 1
        signs = office is not None and len(block.text) - office.end() <= _MAX_SIGNATURE and not block.text.endswith(".")
        named = below and block.kind == "heading" and not block.starts_page and len(block.text) <= _MAX_SIGNATURE and not _starts_part(block)
        if signs or named:
            signed.append(n)
    return signed


def _starts_part(block: Block) -> PartKind | None:
    if block.kind != "heading":
        return None
    if _ANNEX.match(block.text):
        return "annex"
    if _REPORT.match(block.text) and _COUNCIL.search(block.text):
        return "report" if block.text.lower().startswith("verslag") else "agenda"
    return None


def _outline(blocks: Sequence[Block], signed: Set[int]) -> list[_DraftPart]:
    """Divide the blocks over parts and sections; a part without paragraphs is left out."""
    drafts = [_DraftPart("letter", "")]
    announced = _Announced()
    for n, block in enumerate(blocks):
        announced.add(block)
        if n in signed or block.kind == "footnote":
            continue
        kind = _starts_part(block) or ("annex" if block.starts_page and announced.names(block) else None)
        if kind:
            drafts.append(_DraftPart(kind, block.text))
        elif block.kind == "heading" and drafts[-1].kind == "letter" and _LETTERHEAD.match(block.text):
            continue
        elif block.kind == "heading":
            drafts[-1].sections.append(_DraftSection(block.text))
        else:
            drafts[-1].sections[-1].blocks.append(n)
    return [draft for draft in drafts if any(section.blocks for section in draft.sections)]


class _Announced:
    """The paragraphs that speak of an annex, by their words."""

    def __init__(self) -> None:
        self._by_word: dict[str, list[frozenset[str]]] = defaultdict(list)

    def add(self, block: Block) -> None:
        """Note a paragraph that speaks of an annex."""
        if block.kind == "paragraph" and _ANNOUNCES_ANNEX.search(block.text):
            words = _words(block.text)
            for word in words:
                self._by_word[word].append(words)

    def names(self, block: Block) -> bool:
        """Whether a heading has the words by which one of those paragraphs names its annex."""
        title = _words(block.text)
        if block.kind != "heading" or not title:
            return False
        rarest = min((self._by_word.get(word, []) for word in title), key=len)
        return any(title <= words for words in rarest)


def _words(text: str) -> frozenset[str]:
    return frozenset(word.lower() for word in _WORDS.findall(text))


def _footnotes(blocks: Sequence[Block], spans: Sequence[Span]) -> dict[int, list[Footnote]]:
    """Footnotes by the block that holds their mark: each note takes the nearest mark before it that is free."""
    notes: dict[int, list[Footnote]] = defaultdict(list)
    free: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for n, block in enumerate(blocks):
        for mark in block.marks:
            free[mark.label].append((n, spans[n][0] + mark.offset))
        if block.kind == "footnote" and free[block.label]:
            m, at = free[block.label].pop()
            notes[m].append(Footnote(block.label, at, *spans[n], urls=block.urls))
    return notes


def _part(draft: _DraftPart, number: int, blocks: Sequence[Block], spans: Sequence[Span], notes: dict[int, list[Footnote]]) -> Part:
    code = Part(draft.kind, number, draft.title, ()).code
    sections, in_part = [], 0
    for section in draft.sections:
        paragraphs = []
        for in_section, n in enumerate(section.blocks, 1):
            in_part += 1
            block, (start, end) = blocks[n], spans[n]
            paragraphs.append(
                Paragraph(
                    id=f"{code}-p{in_part}-{paragraph_hash(block.text)}",
                    number=in_part if draft.kind == "annex" else in_section,
                    start=start,
                    end=end,
                    page=block.page,
                    footnotes=tuple(notes.get(n, ())),
                    page_turns=tuple((start + offset, page) for offset, page in block.page_turns),
                )
            )
        if paragraphs:
            path = (section.title,) if section.title else ()
            sections.append(Section(path, section.title, tuple(paragraphs)))
    return Part(draft.kind, number, draft.title, tuple(sections))
