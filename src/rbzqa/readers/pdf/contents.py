"""Tables of contents: lines that end in the number of a page are furniture, for they only repeat the headings."""

import re
from collections.abc import Sequence

from rbzqa.readers.pdf.pieces import Piece
from rbzqa.readers.pdf.sheets import Sheet

_TITLE = re.compile(r"(?:inhoud|inhoudsopgave|inhoudsopgaaf|inhoudstafel|table of contents|contents)\s*:?", re.IGNORECASE)
_LEADER = re.compile(r"(?<!\.)(?<!\. )(?:\. ?){4,}+\s*+(?:\d{1,4}|[ivxl]{1,6})|(?<!…)(?<!…\s)(?:…\s?){2,}+\s*+\d{1,4}")
_NUMBER = re.compile(r"\d{1,4}|[ivxl]{1,6}")
_FEW = 3
_WRAPPED = 2  # lines of one entry before the one with its number


def take_contents(sheets: Sequence[Sheet], lines: list[list[Piece]]) -> None:
    """Move the contents from the ``lines`` of each sheet to its furniture."""
    begun = False
    for sheet, on_page in zip(sheets, lines, strict=True):
        title = next((n for n, line in enumerate(on_page) if _TITLE.fullmatch(line.text)), None)
        led = [n for n, line in enumerate(on_page) if _LEADER.search(line.text)]
        start = title if title is not None else 0 if begun else led[0] if len(led) >= _FEW else None
        if start is None:
            continue
        end = _end(on_page, start + (title is not None))
        found = end - start - (title is not None)
        begun = found >= (1 if begun else _FEW)
        if begun:
            sheet.furniture += on_page[start:end]
            del on_page[start:end]
            begun = not on_page or start == 0


def _end(lines: Sequence[Piece], start: int) -> int:
    """Where the entries end that begin at ``start``: behind the last line with a number, no far line between."""
    end, n = start, start
    while n < len(lines) and n - end <= _WRAPPED:
        if _is_entry(lines[n]):
            end = n + 1
        n += 1
    return end


def _is_entry(line: Piece) -> bool:
    """Whether a line ends in leaders and a number, or in a number that stands apart."""
    return bool(_LEADER.search(line.text)) or (len(line.cells) > 1 and bool(_NUMBER.fullmatch(line.cells[-1].text.strip("\u2060\u200b "))))
