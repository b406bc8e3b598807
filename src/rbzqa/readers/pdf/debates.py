"""Debates in print: the foot of the Handelingen, and who speaks."""

import re
from collections.abc import Sequence
from dataclasses import replace

from rbzqa.readers.pdf.pieces import Piece
from rbzqa.readers.pdf.sheets import Sheet
from rbzqa.types import Block

_SITTING = re.compile(r"(?:.* )?(?:[TE]K )?(\d{1,3})-(\d{1,3})-(\d{1,4})")  # sitting, item, page
_CHAMBER = re.compile(r"(?:Handelingen )?(Tweede Kamer|Eerste Kamer|TK|EK)\b")
_DATE = re.compile(r"\b\d{1,2} [a-z]{3,9} \d{4}\b")
_FOOT = 0.13  # share of the height
_BAND = 3.0  # in sizes: lines of one foot stand no further apart
_SPEAKER = re.compile(
    r"(?:De (?:heer|voorzitter|griffier)|Mevrouw|(?:De )?(?:[Mm]inister(?:-president)?|[Ss]taatssecretaris))\b[^.!?:;]{0,80}(?:\([^()]{1,40}\))?:"
)
_FEW = 3


def sitting_of(sheet: Sheet) -> tuple[Piece, re.Match[str]] | None:
    """The piece in the foot that names sitting, item and page of the Handelingen, beside the name of a Chamber."""
    foot = [piece for piece in sheet.pieces if piece.y < _FOOT * sheet.height]
    found = next(((piece, match) for piece in foot if (match := _SITTING.fullmatch(piece.text))), None)
    return found if found and any(_CHAMBER.match(piece.text) for piece in foot) else None


def strip_debate(sheets: Sequence[Sheet]) -> list[Block]:
    """Take the feet and the large number of the item out of the pages; give the facts that they state."""
    facts: list[Block] = []
    for sheet in sheets:
        found = sitting_of(sheet)
        if not found:
            continue
        mark, match = found
        foot = _foot(sheet, mark)
        sheet.printed = int(match[3])
        if facts:
            continue
        chamber = next((named[1] for piece in foot if (named := _CHAMBER.match(piece.text))), "")
        date = next((dated[0] for piece in foot if (dated := _DATE.search(piece.text))), "")
        stated = (("pages", "publication"), ("publication", "Handelingen"), ("chamber", chamber), ("number", match[1]))
        facts = [Block("fact", text, label=label) for label, text in (*stated, ("item", match[2]), ("date", date)) if text]
        large = [piece for piece in sheet.pieces if piece.text == match[2] and piece.size > 1.3 * mark.size and piece.y > sheet.height / 2]
        sheet.furniture += sheet.take(large)
    return facts


def _foot(sheet: Sheet, mark: Piece) -> list[Piece]:
    near = _BAND * mark.size
    return sheet.drop(lambda piece: abs(piece.y - mark.y) < near and piece.y < _FOOT * sheet.height and piece.size < 1.2 * mark.size)


def with_speakers(blocks: Sequence[Block], strong: Sequence[bool]) -> list[Block]:
    """Headings of the lines that say who speaks, if there are some; other headings than the largest stand below them.

    Args:
        blocks: those of the text, in order.
        strong: whether some of the letters of each are bold.
    """
    speaks = [
        not block.marks and block.role == "text" and bold and len(block.text) < 160 and bool(_SPEAKER.fullmatch(block.text))
        for block, bold in zip(blocks, strong, strict=True)
    ]
    if sum(speaks) < _FEW:
        return list(blocks)
    out, begun = [], False
    for block, is_speaker in zip(blocks, speaks, strict=True):
        if is_speaker:
            begun = True
            block = replace(block, kind="heading", level=2, text=block.text.removesuffix(":").rstrip())
        elif block.kind == "heading" and begun and not block.starts_page:
            block = replace(block, level=max(3, block.level))
        out.append(block)
    return out
