"""The numbers and bullets of lists: Word keeps only the rule, the page shows what it gives."""

from collections import defaultdict
from dataclasses import dataclass, replace

from lxml import etree

from rbzqa.readers.docx.package import W
from rbzqa.readers.docx.styles import NumPr, Style, Styles, is_on, val
from rbzqa.readers.numerals import in_form

_LEVELS = 9
_BULLET = "•"
_AS_SHOWN = frozenset("-–—‐‑*•◦▪■□►➢✓→>·○●")
_MINUS = "\uf02d"  # in the Symbol font
_MAX_NUMBER = 32_767  # Word's own limit


@dataclass(frozen=True, slots=True)
class _Level:
    start: int = 1
    form: str = "decimal"
    text: str = ""
    restarts_after: int | None = None  # number of a higher level that restarts it; 0: never; None: any
    all_decimal: bool = False
    gap: str = " "
    style: str = ""


@dataclass(slots=True)
class _List:
    """One w:num: which definition it uses and where it begins anew."""

    abstract: str
    levels: dict[int, _Level]
    starts: dict[int, int]


class Numbering:
    """Counts the lists of one file; ask for the paragraphs in order."""

    def __init__(self, root: etree._Element | None, styles: Styles) -> None:
        self._styles = styles
        self._abstract: dict[str, etree._Element] = {}
        self._nums: dict[str, etree._Element] = {}
        self._lists: dict[str, _List | None] = {}
        self._counts: dict[str, dict[int, int]] = defaultdict(dict)
        if root is not None:
            self._abstract = {element.get(f"{W}abstractNumId", ""): element for element in root.iterfind(f"{W}abstractNum")}
            self._nums = {element.get(f"{W}numId", ""): element for element in root.iterfind(f"{W}num")}

    def label(self, own: NumPr, style: Style) -> str:
        """The number or bullet of the next paragraph, with the gap behind it; empty for what is in no list."""
        num = own.num if own.num is not None else style.numbering.num
        known = self._list(num) if num else None
        if known is None:
            return ""
        level = own.level if own.level is not None else style.numbering.level if own.num is None else 0
        if level is None:
            level = next((n for n, one in known.levels.items() if one.style == style.id), 0)
        return self._next(known, level)

    def _list(self, num: str) -> _List | None:
        if num not in self._lists:
            element = self._nums.get(num)
            self._lists[num] = self._read(element) if element is not None else None
        return self._lists[num]

    def _read(self, num: etree._Element) -> _List | None:
        key = val(num.find(f"{W}abstractNumId")) or ""
        definition = self._abstract.get(key)
        link = val(definition.find(f"{W}numStyleLink")) if definition is not None else None
        if link and (other := self._nums.get(self._styles.list_style(link) or "")) is not None:
            key = val(other.find(f"{W}abstractNumId")) or ""
            definition = self._abstract.get(key)
        if definition is None:
            return None
        levels = {at: _level(element) for element in definition.iterfind(f"{W}lvl") if (at := _number(element.get(f"{W}ilvl"), -1)) >= 0}
        starts: dict[int, int] = {}
        for override in num.iterfind(f"{W}lvlOverride"):
            at = _number(override.get(f"{W}ilvl"), 0)
            if (own := override.find(f"{W}lvl")) is not None:
                levels[at] = _level(own)
            if (start := override.find(f"{W}startOverride")) is not None:
                starts[at] = _number(val(start), 1)
                levels[at] = replace(levels.get(at, _Level()), start=starts[at])
        return _List(key, levels, starts)

    def _next(self, known: _List, level: int) -> str:
        counts = self._counts[known.abstract]
        rule = known.levels.get(level, _Level())
        if level in known.starts:  # a list that begins anew does so once
            counts[level] = known.starts.pop(level)
        else:
            counts[level] = counts.get(level, rule.start - 1) + 1
        for lower in [at for at in counts if at > level]:
            after = known.levels.get(lower, _Level()).restarts_after
            if after is None or level < after:
                del counts[lower]
        text = _bullet(rule.text) if rule.form == "bullet" else _filled(rule, known, counts)
        return text + rule.gap if text.strip() else ""


def _level(element: etree._Element) -> _Level:
    text, suffix, restart = val(element.find(f"{W}lvlText")), val(element.find(f"{W}suff")), val(element.find(f"{W}lvlRestart"))
    return _Level(
        _number(val(element.find(f"{W}start")), 0),
        val(element.find(f"{W}numFmt")) or "decimal",
        text or "",
        _number(restart, 0) if restart is not None else None,
        is_on(element.find(f"{W}isLgl")),
        "" if suffix == "nothing" else " ",
        val(element.find(f"{W}pStyle")) or "",
    )


def _number(text: str | None, default: int) -> int:
    return min(int(text), _MAX_NUMBER) if text and text.isdecimal() and len(text) < _LEVELS else default


def _bullet(text: str) -> str:
    """A bullet as the page shows it: dashes stay, the pictures of symbol fonts are bullets."""
    if text == _MINUS:
        return "-"
    return text if text in _AS_SHOWN else _BULLET if text else ""


def _filled(rule: _Level, known: _List, counts: dict[int, int]) -> str:
    """The text of a level with the counts of the levels that it names: "%1.%2" gives "2.1"."""
    text = rule.text
    for at in range(_LEVELS):
        if f"%{at + 1}" in text:
            other = known.levels.get(at, _Level())
            form = "decimal" if rule.all_decimal else other.form
            text = text.replace(f"%{at + 1}", in_form(counts.get(at, other.start), form))
    return text
