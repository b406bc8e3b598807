"""Where a paragraph of a plain text begins, though no blank line says so: wrapped texts, letterheads, lists."""

import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import groupby

from rbzqa.readers.labels import SALUTATION
from rbzqa.types import Role

TERMINAL = tuple(".?!:;,…")
MARK_AT_END = re.compile(r"(?<=[^\W\d_][.?!:;,…])\d{1,3}$")
_MIN_WRAPPED = 8  # filled lines from which a text can be seen to be wrapped
_CLUSTER = 9  # characters within which the lengths of full lines lie
_MIN_WIDTH = 40
NUMBERED = re.compile(r"(\d{1,2})\. [A-Z]")
_HEAD_LINES = 40  # filled lines within which a letterhead stands
_MAX_UNKNOWN = 3  # lines of another form within a letterhead
_MIN_CAPITALS = 12
_DATE = r"\d{1,2} [a-z]{3,9} \d{4}"
# Lines of a letterhead, and whether they are always whole: what has a title behind it may run on.
_HEAD = re.compile(
    rf"(?P<whole>(?:Tweede|Eerste) Kamer der Staten-Generaal(?: [12])?|Vergaderjaar \d{{4}} ?[-–] ?\d{{4}}\b.{{0,40}}|Aan de [Vv]oorzitters? van de .{{3,90}}"
    rf"|[A-Z’'][\w’' -]{{2,30}}, {_DATE}|(?:Datum|Ontvangen|Vastgesteld|Voorgesteld|Ingezonden):?\s+{_DATE}|(?:Ons )?[Kk]enmerk:?\s+\S*\d\S*)"
    r"|\d{2} ?\d{3}(?:-\d{2}|[- ][IVXLC]{1,7}[A-Z]?)?(?: [A-Z].{2,300})?|Nr\. ?\d{1,5}\b.{0,300}|(?:Betreft|Onderwerp):?\s+\S.{2,300}"
)
_NAME = r"(?:(?:Drs|Dr|Mr|Ir|Ing|Prof)\. )?(?:[A-Z][a-z]?\.){1,6} ?[A-Z][\w’' -]{1,40}"
_SIGNED = re.compile(rf"De (?:[Mm]inister|[Ss]taatssecretaris)\b[^.;:!?]{{0,90}},(?: {_NAME})?")
_SIGNATORY = re.compile(_NAME)
_FUNCTION_WORDS = frozenset("de het een van en of in op aan voor met door over bij naar tot uit om te als dat die der den inzake tussen tegen per".split())
_GAP = re.compile(r" *\t[ \t]*| {3,}")
_BULLET = re.compile(r"\s*([•●▪◦‣➢○·])\s+(?=\S)")
_DASH = re.compile(r"\s*([-–—*])\s+(?=\S)")
_ITEM = re.compile(r"\s*(?:(\d{1,2})|([a-z]))([.)])\s+(?=\S)")


@dataclass(slots=True)
class Line:
    """One line of the file; ``item`` is set where it begins an item of a list, ``row`` where it is a row of a table."""

    text: str
    page: int | None
    starts_page: bool
    item: bool = False
    row: Role = "text"


def part(lines: list[Line]) -> list[Line]:
    """Put blank lines where a paragraph, a heading, a line of a letterhead or an item of a list begins with certainty."""
    return _part_runs(_part_runs(_part_letterhead(_part_wrapped(lines)), _part_list), _part_rows)


def _blank(page: int | None) -> Line:
    return Line("", page, False)


def _part_letterhead(lines: list[Line]) -> list[Line]:
    """Part the lines of a letterhead from each other; it ends at the salutation or the first sentence."""
    out: list[Line] = []
    filled, unknown, whole = 0, 0, False
    for n, line in enumerate(lines):
        text = line.text.strip()
        found = _HEAD.fullmatch(text) if text else None
        filled += bool(text)
        unknown = 0 if found or not text else unknown + 1
        ended = filled > _HEAD_LINES or SALUTATION.match(text) or (not found and text.endswith(".")) or unknown > _MAX_UNKNOWN
        if found or whole or ended:
            out.append(_blank(line.page))
        if ended:
            return out + lines[n:] if whole else out[:-1] + lines[n:]
        out.append(line)
        whole = bool(found and found["whole"])
    return out


def _part_wrapped(lines: list[Line]) -> list[Line]:
    """Put blank lines between the paragraphs of a text that has none but is wrapped.

    A wrapped line is full: where the first word of the next line had fitted, a paragraph or a heading
    ends. Behind a line without a full stop that counts only if it began there too, or a sentence ended before it: a
    heading. Capitals part from small letters, and the line that signs from all others.
    """
    filled = [line.text.strip() for line in lines if line.text.strip()]
    if len(filled) < _MIN_WRAPPED or len(lines) - len(filled) > len(filled) // 10:
        return lines
    width = _width(list(map(len, filled)))
    if not width:
        return lines
    parted, begins, before, number = [], True, "", 0
    texts = [*(line.text.strip() for line in lines), "", ""]
    for line, text, following, beyond in zip(lines, texts, texts[1:], texts[2:], strict=False):
        stops = MARK_AT_END.sub("", text).endswith(TERMINAL[:3])
        own = NUMBERED.match(text) if begins else None
        number = int(own[1]) if own else number
        next_number = NUMBERED.match(following) if stops and number else None
        ends = (
            (next_number is not None and int(next_number[1]) == number + 1)
            or _ends(text, following, width, begins)
            or _turns(before, text, following)
            or (stops and _is_heading(following, beyond, width))
        )
        parted += [line, _blank(line.page)] if ends else [line]
        begins = ends or not text or (own is not None and number > 1)  # a numbered heading may take two lines
        before = text
    return parted


def _width(lengths: Sequence[int]) -> int:
    """The length from which a line is full: that of the shortest in the densest cluster of long lines; 0 without one."""
    count = Counter(lengths)
    best = max((sum(count[low + n] for n in range(_CLUSTER)), low) for low in count)
    return best[1] if best[1] >= _MIN_WIDTH and best[0] * 5 >= len(lengths) else 0


def _ends(text: str, following: str, width: int, begins: bool) -> bool:
    """Whether a line is not full, and ends a sentence, or is a heading."""
    word = following.split(" ", 1)[0]
    if len(text) + 1 + len(word) > width:
        return False
    if MARK_AT_END.sub("", text).endswith(TERMINAL[:5]):
        return True
    runs_on = text.rpartition(" ")[2].lower() in _FUNCTION_WORDS
    return begins and not runs_on and (word[:1].isupper() or word[:1].isdigit())


def _is_heading(text: str, following: str, width: int) -> bool:
    """Whether a line behind the end of a sentence is a heading: short, with a capital, without a full stop."""
    return bool(following) and text[:1].isupper() and not MARK_AT_END.sub("", text).endswith(TERMINAL) and _ends(text, following, width, begins=True)


def _turns(before: str, text: str, following: str) -> bool:
    """Whether the next line is of another kind than this one: capitals, or a signature."""
    if _is_capital(following) and not _is_capital(text):
        return True
    if _is_capital(text) and not _is_capital(following) and following[1:2].islower():
        return True
    if _SIGNED.fullmatch(following) and text.endswith((".", "!")):
        return True
    if _SIGNED.fullmatch(text):
        return not (text.endswith(",") and _SIGNATORY.fullmatch(following))
    return bool(_SIGNATORY.fullmatch(text) and before.endswith(",") and _SIGNED.fullmatch(before))


def _is_capital(text: str) -> bool:
    return text.isupper() and sum(map(str.isalpha, text)) >= _MIN_CAPITALS and " " in text


def _part_runs(lines: list[Line], part_run: Callable[[Sequence[Line]], list[Line]]) -> list[Line]:
    """Part lines that stand below each other, run by run without a blank one."""
    out: list[Line] = []
    start = 0
    for n in range(len(lines) + 1):
        if n < len(lines) and lines[n].text.strip():
            continue
        out += part_run(lines[start:n])
        out += lines[n : n + 1]
        start = n + 1
    return out


def cells(text: str) -> list[str]:
    """The cells of a line whose columns are parted by tabs or wide spaces."""
    return _GAP.split(text.strip())


def _part_rows(lines: Sequence[Line]) -> list[Line]:
    """Part the rows of a table: at least two lines of as many cells; the first is its heads if only the others have figures."""
    out: list[Line] = []
    for count, run in groupby(lines, key=lambda line: len(cells(line.text))):
        rows = list(run)
        if count < 2 or len(rows) < 2:
            out += rows
            continue
        figures = [any(map(str.isdigit, row.text)) for row in rows]
        first: Role = "heads" if not figures[0] and all(figures[1:]) else "row"
        for n, row in enumerate(rows):
            out += [_blank(row.page), Line(row.text, row.page, row.starts_page, row=first if not n else "row")]
        out.append(_blank(rows[-1].page))
    return out


def _part_list(lines: Sequence[Line]) -> list[Line]:
    """Part one run of lines without a blank one."""
    starts = _item_starts([line.text for line in lines])
    out: list[Line] = []
    for n, line in enumerate(lines):
        if n in starts:
            out += [*([_blank(line.page)] if n else []), Line(line.text, line.page, line.starts_page, item=True)]
        else:
            out.append(line)
    return out


def _item_starts(texts: Sequence[str]) -> set[int]:
    """The lines that begin an item: a bullet, a dash where a sentence ended or an item before it, numbers that count on."""
    starts: set[int] = set()
    dashes: list[int] = []
    last: tuple[str, int, int] = ("", 0, 0)  # the style, the number and the line of the last that may be an item
    for n, text in enumerate(texts):
        before = texts[n - 1].rstrip() if n else ""
        if _BULLET.match(text):
            starts.add(n)
        elif _DASH.match(text):
            if not n or before.endswith(TERMINAL) or dashes:
                dashes.append(n)
                if len(dashes) > 1 or before.endswith((":", ";")):
                    starts |= {dashes[0], n}
        elif item := _ITEM.match(text):
            style = ("1" if item[1] else "a") + item[3]
            number = int(item[1]) if item[1] else ord(item[2]) - ord("a") + 1
            if (style, number - 1) == last[:2]:
                starts |= {last[2], n}
                last = (style, number, n)
            elif number == 1:
                last = (style, number, n)
                if before.endswith(":") and n:
                    starts.add(n)
    return starts
