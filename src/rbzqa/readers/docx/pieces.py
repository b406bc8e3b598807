"""Paragraphs of a Word file before it is known which are headings, and how headings are told apart."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Self

from rbzqa.readers.docx.styles import Toggle
from rbzqa.readers.lines import reads_as_heading
from rbzqa.readers.marked import Cleaned
from rbzqa.types import Block, BlockKind, Role

_MAX_BY_STYLE = 250
_B, _I, _U = frozenset[Toggle]({"b"}), frozenset[Toggle]({"i"}), frozenset[Toggle]({"u"})
_RANKS = {_B: 10, _B | _U: 10, _B | _I: 11, _B | _I | _U: 11, _I: 12, _U: 12, _I | _U: 12}  # behind the levels of styles
_COMMON = 0.5  # share of all characters from which a look marks nothing


@dataclass(frozen=True, slots=True)
class Piece:
    """A paragraph, row, note or line of furniture; ``look`` is what all its letters are, ``outline`` what its style says."""

    cleaned: Cleaned
    page: int | None = None
    starts_page: bool = False
    kind: BlockKind = "paragraph"
    role: Role = "text"
    look: frozenset[Toggle] = frozenset()
    outline: int | None = None
    label: str = ""
    urls: tuple[str, ...] = ()
    bulleted: bool = False
    caption: bool = False

    @classmethod
    def of_fact(cls, block: Block) -> Self:
        """A fact as a piece."""
        return cls(Cleaned(block.text), kind="fact", label=block.label)

    def block(self, level: int) -> Block:
        """The block of a piece; above level 0 it is a heading."""
        text, marks, turns = self.cleaned
        if self.kind in ("fact", "furniture"):
            return Block(self.kind, text, self.page, label=self.label)
        kind: BlockKind = "heading" if level else self.kind
        return Block(kind, text, self.page, level, self.label, marks, starts_page=self.starts_page, urls=self.urls, page_turns=turns, role=self.role)


def with_levels(pieces: Sequence[Piece]) -> list[Block]:
    """Blocks of pieces: those marked as headings, by style or by letters, get levels relative to each other."""
    ranks = _all_ranks(pieces)
    levels = {rank: level for level, rank in enumerate(sorted({rank for rank in ranks if rank is not None}), 1)}
    return [piece.block(0 if rank is None else levels[rank]) for piece, rank in zip(pieces, ranks, strict=True)]


def _all_ranks(pieces: Sequence[Piece]) -> list[int | None]:
    lengths = Counter[Toggle]()
    total = 0
    for piece in pieces:
        if piece.kind == "paragraph" and piece.role == "text":
            total += len(piece.cleaned.text)
            for toggle in piece.look:
                lengths[toggle] += len(piece.cleaned.text)
    common = frozenset[Toggle](toggle for toggle, length in lengths.items() if length > _COMMON * total)
    return [_rank(piece, common) for piece in pieces]


def _rank(piece: Piece, common: frozenset[Toggle]) -> int | None:
    """How high a heading a piece is, None for what is none."""
    text = piece.cleaned.text
    if piece.kind != "paragraph" or piece.role != "text" or not any(map(str.isalpha, text)):
        return None
    if piece.outline is not None:
        return piece.outline if len(text) <= _MAX_BY_STYLE else None
    look = piece.look - common
    return _RANKS[look] if look and not piece.bulleted and reads_as_heading(text) else None


def as_furniture(piece: Piece) -> Piece:
    """A piece that is no text after all."""
    return replace(piece, kind="furniture")
