"""Running text that is still being gathered: white space and footnote marks in it, offsets exact at the end."""

import re
import unicodedata
from itertools import accumulate
from typing import NamedTuple

from rbzqa.readers.lines import normalise
from rbzqa.types import Mark

_PLACE = "\0"  # where something stands that is no text; markup cannot hold this character
_GAP = re.compile(r"[ \t\n\0]{2,}|[\t\n]")
_EDGE = " \t\n\u00a0\u2007\u202f\u3000" + _PLACE


class Cleaned(NamedTuple):
    """Canonical text with the footnote marks and page turns in it."""

    text: str
    marks: tuple[Mark, ...] = ()
    turns: tuple[tuple[int, int], ...] = ()


class Marked:
    """Text with places in it: of footnote marks (a label) and of page turns (a page number)."""

    def __init__(self) -> None:
        self._pieces: list[str] = []
        self._places: list[str | int] = []
        self.filled = False

    def add(self, text: str) -> None:
        """Add characters; a tab or a line feed will be a space."""
        if text:
            self._pieces.append(text.replace(_PLACE, ""))
            self.filled = self.filled or not text.isspace()

    def place(self, what: str | int) -> None:
        """Note a footnote mark or a page turn here."""
        self._pieces.append(_PLACE)
        self._places.append(what)

    def extend(self, other: "Marked") -> None:
        """Add another text behind this one."""
        self._pieces += other._pieces
        self._places += other._places
        self.filled = self.filled or other.filled

    def __len__(self) -> int:
        """How many pieces were added, for ``split``."""
        return len(self._pieces)

    def split(self, at: int) -> tuple["Marked", "Marked"]:
        """The first ``at`` pieces, and the rest."""
        first, rest = Marked(), Marked()
        for part, pieces in ((first, self._pieces[:at]), (rest, self._pieces[at:])):
            part._pieces = pieces
            part.filled = any(not piece.isspace() and piece != _PLACE for piece in pieces)
        places = first._pieces.count(_PLACE)
        first._places, rest._places = self._places[:places], self._places[places:]
        return first, rest

    def clean(self, *, collapse: bool = False) -> Cleaned:
        """NFC; a tab or line end is one space, as are the spaces around a mark; no white space at the ends.

        Soft hyphens only tell where a word may be broken and are left out; other spaces stay as they are,
        or with ``collapse`` (HTML) several of them are one. No-break spaces are characters like any other.
        """
        text = _GAP.sub(_one_space if collapse else _gap, normalise("".join(self._pieces)).replace("\u00ad", "").replace("\r", " "))
        core = text.strip(_EDGE)
        head = text[: len(text) - len(text.lstrip(_EDGE))].count(_PLACE) if core else text.count(_PLACE)
        pieces = core.split(_PLACE)
        joined = unicodedata.normalize("NFC", "".join(pieces))
        inner = list(accumulate(map(len, pieces)))[:-1]
        offsets = [0] * head + [min(at, len(joined)) for at in inner]
        offsets += [len(joined)] * (len(self._places) - len(offsets))
        placed = list(zip(offsets, self._places, strict=True))
        marks = tuple(Mark(at, what) for at, what in placed if isinstance(what, str))
        return Cleaned(joined, marks, tuple((at, what) for at, what in placed if isinstance(what, int)))


def _one_space(found: re.Match[str]) -> str:
    run = found[0]
    before = len(run) - len(run.lstrip(_PLACE))
    return run if before == len(run) else _PLACE * before + " " + _PLACE * (run.count(_PLACE) - before)


def _gap(found: re.Match[str]) -> str:
    run = found[0]
    blank = run.replace(_PLACE, "")
    if not blank:
        return run
    inner = run.strip(_PLACE)
    before = len(run) - len(run.lstrip(_PLACE))
    space = inner if _PLACE not in inner and not ("\t" in blank or "\n" in blank) else " "
    return _PLACE * before + space + _PLACE * (len(run) - len(blank) - before)


def joined(parts: list[Cleaned], separator: str) -> Cleaned:
    """Put cleaned texts behind each other with ``separator`` between them."""
    starts = list(accumulate((len(part.text) + len(separator) for part in parts), initial=0))
    return Cleaned(
        separator.join(part.text for part in parts),
        tuple(Mark(start + mark.offset, mark.label) for start, part in zip(starts, parts) for mark in part.marks),
        tuple((start + at, page) for start, part in zip(starts, parts) for at, page in part.turns),
    )
