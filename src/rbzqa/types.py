"""The nouns of rbzqa: frozen values that every room shares; standard library only.

All offsets count Unicode code points in ``Document.text``.
"""

import hashlib
from dataclasses import dataclass
from typing import Literal

BlockKind = Literal["heading", "paragraph", "footnote", "furniture", "fact"]
Role = Literal["text", "question", "answer", "heads", "row"]
Series = Literal["Kamerstukken", "Aanhangsel", "Handelingen", "Staatsblad", "Staatscourant", "Provinciaal blad", "Gemeenteblad"]
Pages = Literal["", "publication", "letter"]
Chamber = Literal["", "I", "II", "I/II"]
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

    ``page_turns`` holds (offset, page) where the text runs over onto another page. ``starts_part``
    is set where the format itself says that an annex begins. ``role`` is what a paragraph (or, for
    question and answer, a heading over paragraphs) is: ``heads`` are the title and column heads of a
    table, ``row`` is one row of it, its cells parted by a tab. A ``fact`` is no text: ``label`` names
    what the file states of itself (``rbzqa.metadata.FACTS``) and ``text`` is how it states it.
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
    role: Role = "text"
    starts_part: bool = False


@dataclass(frozen=True, slots=True)
class Publication:
    """One number under which a piece was published, e.g. Kamerstukken II, 2020/21, 21501-02, 2400.

    What does not apply to the series, or is not known, is empty; ``item`` is that of the Handelingen.
    """

    chamber: Chamber
    session: str
    dossier: str
    number: str
    series: Series = "Kamerstukken"
    item: str = ""


@dataclass(frozen=True, slots=True)
class DocumentMeta:
    """What a letter (or its record or sidecar) says of itself; what nobody says is named in ``missing``.

    ``identifier`` is the official one (``kst-21501-02-2602``); ``parent`` the id or identifier of the
    document of which this one is an annex; ``pages`` whose page numbers the paragraphs bear: those of
    the publication, or of the ministry's own letter. ``conflicts`` are sentences for people.
    """

    title: str
    subject: str
    description: str
    file: str
    date: str | None = None
    meeting_dates: tuple[str, ...] = ()
    publications: tuple[Publication, ...] = ()
    kenmerk: str | None = None
    signatories: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    identifier: str | None = None
    kind: str | None = None
    dossier_titles: tuple[str, ...] = ()
    authors: tuple[str, ...] = ()
    ministry: str | None = None
    meeting: str | None = None
    reprint: bool = False
    parent: str | None = None
    annexes: tuple[str, ...] = ()
    pages: Pages = ""
    conflicts: tuple[str, ...] = ()


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
    ``context`` are spans of the same text without which it is not understood: the question that an
    answer answers, the column heads of a row.
    """

    id: str
    number: int
    start: int
    end: int
    page: int | None
    footnotes: tuple[Footnote, ...] = ()
    page_turns: tuple[tuple[int, int], ...] = ()
    role: Role = "text"
    context: tuple[Span, ...] = ()

    def page_at(self, offset: int) -> int | None:
        """The page on which the character at ``offset`` of the document's text stands."""
        return next((page for at, page in reversed(self.page_turns) if at <= offset), self.page)


def paragraph_hash(text: str) -> str:
    """The six hex digits of a paragraph's text that its id carries."""
    return hashlib.sha256(text.encode()).hexdigest()[:6]


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
class Reference:
    """A mention of another piece, or of an annex, at ``text[start:end]``.

    ``document_id`` and ``part`` (the index of an annex in ``Document.parts``) are None while unresolved.
    """

    start: int
    end: int
    publication: Publication | None = None
    annex: int | None = None
    document_id: str | None = None
    part: int | None = None


@dataclass(frozen=True, slots=True)
class Document:
    """A source file, frozen: its canonical text and every structure as spans in it."""

    id: str
    sha256: str
    meta: DocumentMeta
    text: str
    parts: tuple[Part, ...]
    parser: str
    references: tuple[Reference, ...] = ()


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
    role: Role = "text"


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
    """A verbatim quote and where it stands: ``document.text[start:end] == quote``, always.

    ``twins`` are (label, url) of the other places where its paragraph stands.
    """

    document_id: str
    paragraph_id: str
    start: int
    end: int
    quote: str
    label: str
    url: str
    twins: tuple[tuple[str, str], ...] = ()


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
