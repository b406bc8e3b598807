"""The nouns of rbzqa: frozen values that every room shares; standard library only.

All offsets count Unicode code points in ``Document.text``.
"""

from dataclasses import dataclass
from typing import Literal

BlockKind = Literal["heading", "paragraph", "footnote", "furniture"]
PartKind = Literal["letter", "report", "agenda", "annex"]
Language = Literal["nl", "en"]
Status = Literal["answered", "abstained"]
Reason = Literal["buiten_corpus", "geen_passage", "te_onzeker", "periode_ontbreekt"]
Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Mark:
    """A footnote mark that was taken out of a block's text, ``offset`` code points into it."""

    offset: int
    label: str


@dataclass(frozen=True, slots=True)
class Block:
    """One piece of a source file as a reader saw it, in reading order.

    ``page_turns`` holds (offset, page) where the text runs over onto another page.
    """

    kind: BlockKind
    text: str
    page: int | None = None
    level: int = 0
    label: str = ""
    marks: tuple[Mark, ...] = ()
    starts_page: bool = False
    urls: tuple[str, ...] = ()
    page_turns: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Kamerstuk:
    """One number under which Parliament published a piece, e.g. II, 2020/21, 21501-02, 2400."""

    chamber: str
    session: str
    dossier: str
    number: str


@dataclass(frozen=True, slots=True)
class DocumentMeta:
    """What a letter (or its sidecar) says of itself; what nobody says is named in ``missing``."""

    title: str
    subject: str
    description: str
    file: str
    date: str | None = None
    meeting_dates: tuple[str, ...] = ()
    kamerstukken: tuple[Kamerstuk, ...] = ()
    kenmerk: str | None = None
    signatories: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Footnote:
    """A footnote: its mark stood at ``at``; its own text is ``text[start:end]``."""

    label: str
    at: int
    start: int
    end: int
    urls: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Paragraph:
    """``number`` is the one a reader cites: within the section, in an annex within the annex.

    ``page`` is that of its first word; ``page_turns`` holds (offset, page) of later pages.
    """

    id: str
    number: int
    start: int
    end: int
    page: int | None
    footnotes: tuple[Footnote, ...] = ()
    page_turns: tuple[tuple[int, int], ...] = ()

    def page_at(self, offset: int) -> int | None:
        """The page on which the character at ``offset`` of the document's text stands."""
        return next((page for at, page in reversed(self.page_turns) if at <= offset), self.page)


@dataclass(frozen=True, slots=True)
class Section:
    """The paragraphs under one heading; an opening without heading has an empty path."""

    path: tuple[str, ...]
    title: str
    paragraphs: tuple[Paragraph, ...]


@dataclass(frozen=True, slots=True)
class Part:
    """The letter itself, a report or agenda in it, or an annex; ``number`` counts its kind."""

    kind: PartKind
    number: int
    title: str
    sections: tuple[Section, ...]

    @property
    def code(self) -> str:
        """The first piece of its paragraph ids: ``brief``, ``verslag``, ``bijlage1`` ..."""
        name = {"letter": "brief", "report": "verslag", "agenda": "agenda", "annex": "bijlage"}[self.kind]
        return f"{name}{self.number}" if self.kind == "annex" or self.number > 1 else name


@dataclass(frozen=True, slots=True)
class Document:
    """A source file, frozen: its canonical text and every structure as spans in it."""

    id: str
    sha256: str
    meta: DocumentMeta
    text: str
    parts: tuple[Part, ...]
    parser: str


@dataclass(frozen=True, slots=True)
class Passage:
    """The unit of search: whole paragraphs of one section, or sentences of one long paragraph."""

    id: str
    document_id: str
    part: int
    section: int
    paragraph_ids: tuple[str, ...]
    sentence_spans: tuple[Span, ...]
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Query:
    """A question, ready for search: NFC text, analysed tokens, its language."""

    text: str
    tokens: tuple[str, ...]
    language: Language


@dataclass(frozen=True, slots=True)
class Signals:
    """The raw scores behind a hit: two cosines and a BM25 score."""

    dense: float
    lexical: float
    sentence: float


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage found: fused score in 0..1 and its rank in each leg (None: not found there)."""

    passage: Passage
    row: int
    score: float
    dense_rank: int | None
    lexical_rank: int | None
    signals: Signals


@dataclass(frozen=True, slots=True)
class Evidence:
    """A sentence of a hit that may answer, with the estimated probability that it does."""

    hit: Hit
    sentence_span: Span
    probability: float


@dataclass(frozen=True, slots=True)
class Citation:
    """A verbatim quote and where it stands: ``document.text[start:end] == quote``, always."""

    document_id: str
    paragraph_id: str
    start: int
    end: int
    quote: str
    label: str
    url: str


@dataclass(frozen=True, slots=True)
class Answer:
    """What a face shows: verbatim sentences with citations, or an abstention with its reason."""

    question: str
    status: Status
    reason: Reason | None
    confidence: float
    text: str | None
    citations: tuple[Citation, ...]
    hits: tuple[Hit, ...]
    generation: str
    model: str
