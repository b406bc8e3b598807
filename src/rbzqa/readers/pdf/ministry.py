"""The layout of a ministry's letter: a column of fine print on the right, labels with values, numbered pages."""

import math
import re
from collections.abc import Sequence

from rbzqa.readers.labels import LABELS
from rbzqa.readers.lines import count_words, join_lines
from rbzqa.readers.pdf.pieces import Piece, join_pieces
from rbzqa.readers.pdf.sheets import Sheet
from rbzqa.types import Block

_PAGE = re.compile(r"Pagina (\d{1,4}) van (?:de )?\d{1,4}", re.IGNORECASE)
_KENMERK = re.compile(r"(?:ons |onze )?(?:kenmerk|referentie)", re.IGNORECASE)
_MAX_LABELS = 6
_MAX_ADDRESS = 8  # lines
_CHAMBER = re.compile(r"Staten-Generaal|(?:Eerste|Tweede) Kamer\b")
_FINE = 7.5  # points
_RIGHT = 0.77  # share of the width to the right of which fine print stands in its column
_FAR_RIGHT = 0.7  # the same, of a kenmerk that shows where the column begins


def is_letter(sheets: Sequence[Sheet]) -> bool:
    """Whether fine print on the right names a kenmerk, or the pages are numbered there beside a labelled subject."""
    pieces = [piece for sheet in sheets[:2] for piece in sheet.pieces]
    if _kenmerks(sheets):
        return True
    numbered = any(_PAGE.fullmatch(piece.text) for piece in pieces)
    return numbered and any(_label(piece) == "subject" for piece in pieces)


def _kenmerks(sheets: Sequence[Sheet]) -> list[Piece]:
    """The labels "Kenmerk" in fine print on the right."""
    near = [(sheet, piece) for sheet in sheets[:2] for piece in sheet.pieces if piece.size < _FINE and piece.x0 > _FAR_RIGHT * sheet.width]
    return [piece for _, piece in near if _KENMERK.match(piece.text)]


def strip_letter(sheets: Sequence[Sheet]) -> list[Block]:
    """Take the furniture out of the pages, and give the facts that it states."""
    facts = [Block("fact", "letter", label="pages")]
    side: list[Piece] = []
    left = min((piece.x0 - 3 for piece in _kenmerks(sheets)), default=math.inf)
    for sheet in sheets:
        dropped = _fine_print(sheet, left)
        side = side or dropped
    facts += _side_facts(side)
    addressee = _addressee(sheets[0])
    return [*facts, *_labelled(sheets[0]), *addressee]


def _fine_print(sheet: Sheet, left: float) -> list[Piece]:
    """Take the number of the page and the sender's line off it, and the column on the right, which is returned."""
    for piece in sheet.drop(lambda piece: bool(_PAGE.fullmatch(piece.text)) and piece.y < 0.12 * sheet.height):
        found = _PAGE.fullmatch(piece.text)
        sheet.printed = int(found[1]) if found else None
    column = sheet.drop(lambda piece: piece.size < _FINE and piece.x0 >= min(left, _RIGHT * sheet.width))
    sheet.edge = min((piece.x0 for piece in column), default=None)
    sheet.drop(lambda piece: piece.text.startswith("> ") and piece.size < _FINE)
    return column


def _side_facts(side: Sequence[Piece]) -> list[Block]:
    """The ministry is the first bold name; the kenmerk stands below its label, or behind it."""
    facts: list[Block] = []
    for n, piece in enumerate(side):
        if piece.text.startswith("Ministerie van") and not facts:
            name = [piece]
            for after in side[n + 1 :]:
                if after.bold != piece.bold or name[-1].y - after.y > 1.7 * piece.size:
                    break
                name.append(after)
            facts.append(Block("fact", join_pieces(name).text, label="ministry"))
        label = _KENMERK.match(piece.text)
        if label:
            behind = piece.text[label.end() :].lstrip(" :")
            below = _below(side[n + 1 :], piece)
            if behind or below:
                facts.append(Block("fact", behind or below, label="kenmerk"))
                break
    return facts


def _below(pieces: Sequence[Piece], label: Piece) -> str:
    """The value under a label: the lines that are not bold, close below each other."""
    value: list[Piece] = []
    for piece in pieces:
        if piece.bold or (value[-1] if value else label).y - piece.y > 3 * piece.size:
            break
        value.append(piece)
        if not piece.text.endswith(("-", "/")):
            break
    return join_lines([piece.text for piece in value], count_words(""))[0] if value else ""


def _addressee(first: Sheet) -> list[Block]:
    """The lines of the address above the labels, as one paragraph: in it, who is written to is known from where he sits."""
    top = max((piece.y for piece in first.pieces if _label(piece)), default=math.inf)
    lines = [piece for piece in first.pieces if piece.y > top + piece.size]
    if not lines or len(lines) > _MAX_ADDRESS or not _CHAMBER.search(" ".join(piece.text for piece in lines)):
        return []
    first.take(lines)
    return [Block("paragraph", join_lines([piece.text for piece in lines], count_words(""))[0], first.printed or first.number)]


def _label(piece: Piece) -> str:
    return LABELS.get(piece.text.partition(" ")[0].rstrip(":").lower(), "")


def _labelled(first: Sheet) -> list[Block]:
    """Date and subject stand to the right of their labels, or behind them; a subject may run on below."""
    facts: list[Block] = []
    taken: list[Piece] = []
    labels = [piece for piece in first.pieces if _label(piece)][:_MAX_LABELS]
    for label in labels:
        rest = label.text.partition(" ")[2]
        values = [label] if rest else [piece for piece in first.pieces if abs(piece.y - label.y) < 2 and piece.x0 > label.x1]
        if not values or any(fact.label == _label(label) for fact in facts):
            continue
        left, lines = (label.second if rest else values[0].x0), [rest or join_pieces(values).text]
        last = label.y
        for piece in first.pieces:
            follows = 0 < last - piece.y < 1.6 * label.size and abs(piece.x0 - left) < 3 and not any(abs(other.y - piece.y) < 2 for other in labels)
            if follows and left > label.x0 + 10:
                lines.append(piece.text)
                taken.append(piece)
                last = piece.y
        facts.append(Block("fact", join_lines(lines, count_words(""))[0], label=_label(label)))
        taken += [label, *values]
    first.furniture += first.take(taken)
    return facts
