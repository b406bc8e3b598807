"""What the styles of a Word file say of a paragraph or a run: bold, hidden, heading level, numbering."""

import re
from dataclasses import dataclass
from typing import Literal

from lxml import etree

from rbzqa.readers.docx.package import W

Toggle = Literal["b", "i", "u", "vanish"]
TOGGLES: tuple[Toggle, ...] = ("b", "i", "u", "vanish")
OFF = ("0", "false", "off", "none")
_HEADING = re.compile(r"(?:heading|kop|überschrift|titre) ?([1-9])(?: .*)?", re.IGNORECASE)
_TITLE = ("title", "titel")
_CONTENTS = re.compile(r"(?:toc|inhopg|inhoudsopgave) ?\d|(?:toc|inhopg|table of) (?:heading|figures)|kopvaninhoudsopgave", re.IGNORECASE)
_CAPTION = ("caption", "bijschrift")
TITLE_LEVEL = 0  # above heading 1
MAX_OUTLINE = 9  # of outlines and lists in Word


@dataclass(frozen=True, slots=True)
class NumPr:
    """Where a paragraph or style stands in a list; None is not said."""

    num: str | None = None
    level: int | None = None


@dataclass(frozen=True, slots=True)
class Style:
    """One style with what it inherits by basedOn; ``outline`` is None for what is no heading."""

    id: str
    name: str = ""
    toggles: frozenset[Toggle] = frozenset()
    outline: int | None = None
    numbering: NumPr = NumPr()
    borders: bool = False
    first_row: bool = False

    @property
    def is_contents(self) -> bool:
        """Whether it sets a line of a table of contents."""
        return bool(_CONTENTS.match(self.name))

    @property
    def is_caption(self) -> bool:
        """Whether it sets the title of a table or figure."""
        return self.name.lower() in _CAPTION


class Styles:
    """The styles of one file, by id."""

    def __init__(self, root: etree._Element | None) -> None:
        self._elements: dict[str, etree._Element] = {}
        self._known: dict[str, Style] = {}
        self._defaults: dict[str, str] = {}
        for element in root.iterfind(f"{W}style") if root is not None else ():
            key = element.get(f"{W}styleId", "")
            self._elements[key] = element
            if element.get(f"{W}default", "0") not in OFF:
                self._defaults[element.get(f"{W}type", "")] = key

    def get(self, key: str | None, kind: str) -> Style:
        """The style ``key``, else the default one of its kind (paragraph, character, table)."""
        if key not in self._elements:
            key = self._defaults.get(kind, "")
        return self._resolve(key)

    def list_style(self, key: str) -> str | None:
        """The list that a numbering style stands for."""
        return self._resolve(key).numbering.num

    def _resolve(self, key: str) -> Style:
        chain: list[str] = []
        while key in self._elements and key not in self._known and key not in chain:
            chain.append(key)
            key = val(self._elements[key].find(f"{W}basedOn")) or ""
        style = self._known.get(key, Style(""))
        for at in reversed(chain):
            style = self._known[at] = _style(at, self._elements[at], style)
        return style


def _style(key: str, element: etree._Element, base: Style) -> Style:
    name = val(element.find(f"{W}name")) or key
    paragraph = element.find(f"{W}pPr")
    own = num_pr(paragraph)
    return Style(
        key,
        name,
        toggled(element.find(f"{W}rPr"), base.toggles),
        _outline(name, paragraph, base),
        NumPr(own.num if own.num is not None else base.numbering.num, own.level if own.level is not None else base.numbering.level),
        base.borders or has_borders(element.find(f"{W}tblPr/{W}tblBorders")) is True,
        base.first_row or any(part.get(f"{W}type") == "firstRow" for part in element.iterfind(f"{W}tblStylePr")),
    )


def _outline(name: str, paragraph: etree._Element | None, base: Style) -> int | None:
    level = outline_level(paragraph)
    if level is not None:
        return level if level <= MAX_OUTLINE else None
    if name.lower() in _TITLE:
        return TITLE_LEVEL
    found = _HEADING.fullmatch(name)
    return int(found[1]) if found else base.outline


def outline_level(paragraph: etree._Element | None) -> int | None:
    """The outline level of paragraph properties, from 1; 10 is body text, None is not said."""
    text = val(paragraph.find(f"{W}outlineLvl")) if paragraph is not None else None
    return min(int(text) + 1, MAX_OUTLINE + 1) if text is not None and text.isdecimal() and len(text) < MAX_OUTLINE else None


def num_pr(paragraph: etree._Element | None) -> NumPr:
    """The list and level of paragraph properties."""
    element = paragraph.find(f"{W}numPr") if paragraph is not None else None
    if element is None:
        return NumPr()
    level = val(element.find(f"{W}ilvl"))
    return NumPr(
        val(element.find(f"{W}numId")), min(int(level), MAX_OUTLINE - 1) if level is not None and level.isdecimal() and len(level) < MAX_OUTLINE else None
    )


def toggled(run: etree._Element | None, base: frozenset[Toggle]) -> frozenset[Toggle]:
    """The toggle properties that hold once run properties have had their say."""
    if run is None:
        return base
    said = {name: is_on(element) for name in TOGGLES if (element := run.find(f"{W}{name}")) is not None}
    return frozenset(name for name in TOGGLES if said.get(name, name in base))


def is_on(element: etree._Element | None) -> bool:
    """Whether a switch such as w:b is there and on."""
    return element is not None and element.get(f"{W}val", "1").lower() not in OFF


def val(element: etree._Element | None) -> str | None:
    """The w:val of an element, None without."""
    return element.get(f"{W}val") if element is not None else None


def has_borders(borders: etree._Element | None) -> bool | None:
    """Whether any line of a w:tblBorders or w:tcBorders is drawn; None where it names none."""
    if borders is None or not len(borders):
        return None
    return any(line.get(f"{W}val", "nil") not in ("nil", "none") for line in borders)
