"""The text of one Word paragraph as its page shows it: changes, fields, notes and page turns in their place."""

import re
from collections import Counter
from dataclasses import dataclass, field

from lxml import etree

from rbzqa.readers.docx.package import R, W, is_link
from rbzqa.readers.docx.styles import OFF, Style, Styles, Toggle, toggled, val
from rbzqa.readers.marked import Marked
from rbzqa.readers.numerals import in_form

MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
GONE = frozenset(f"{W}{name}" for name in ("del", "moveFrom"))
_NO_TEXT = GONE | {f"{W}{name}" for name in ("pPr", "rPr", "sdtPr", "sdtEndPr", "rubyPr", "rt", "fldData")}
_AS_TEXT = {f"{W}tab": "\t", f"{W}ptab": "\t", f"{W}cr": "\n", f"{W}noBreakHyphen": "-"}
_LINK_FIELD = re.compile(r'\s*HYPERLINK\s+"([^"\s]+)"')
_UPPER, _LOWER = "ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖ", "αβχδεφγηιϕκλμνοπθρστυϖωξψζ"  # the letters of the Symbol font
_SYMBOL = {
    **{0x41 + n: letter for n, letter in enumerate(_UPPER)},
    **{0x61 + n: letter for n, letter in enumerate(_LOWER)},
    **{0xA3: "≤", 0xA5: "∞", 0xAE: "→", 0xB0: "°", 0xB1: "±", 0xB3: "≥", 0xB4: "×", 0xB7: "•", 0xB8: "÷", 0xB9: "≠", 0xBB: "≈", 0x2D: "-"},
}
_DINGS = {0xA7: "•", 0xA8: "☐", 0x6F: "☐", 0xFE: "☑", 0xFD: "☒", 0xFC: "✓", 0xFB: "✗", 0xE0: "→", 0x6C: "•", 0x6E: "•", 0x9F: "•", 0xD8: "•"}
_SHOWN: frozenset[Toggle] = frozenset({"b", "i", "u"})
_LINE: frozenset[Toggle] = frozenset({"u"})
_CODE_PIECES = 8  # runs over which the address of a link field may be spread


@dataclass(slots=True)
class Inline:
    """What stands in one paragraph."""

    text: Marked = field(default_factory=Marked)
    page: int | None = None
    starts_page: bool = False
    looks: Counter[frozenset[Toggle]] = field(default_factory=Counter)
    first_line: tuple[int, frozenset[Toggle]] | None = None  # the length of its text, and what all of its letters are
    boxes: list[etree._Element] = field(default_factory=list)
    notes: list[tuple[etree._Element, str]] = field(default_factory=list)
    urls: list[str] = field(default_factory=list)

    @property
    def look(self) -> frozenset[Toggle]:
        """What all of its letters are: bold, italic, underlined."""
        return frozenset.intersection(*self.looks) if self.looks else frozenset()


class Pages:
    """Counts the page turns that Word noted down when it last laid out the file.

    A file without those has breaks of its own at most: they part the text, but number no pages.
    """

    def __init__(self, root: etree._Element | None) -> None:
        self.known = root is not None and next(root.iter(f"{W}lastRenderedPageBreak"), None) is not None
        self.number = 1
        self.fresh = self.known  # the first page is fresh

    @property
    def page(self) -> int | None:
        """The number of this page, where it is known."""
        return self.number if self.known else None

    def turn(self, *, noted: bool) -> bool:
        """Turn the page; Word also notes the turn that the text itself asks for, which is one and the same."""
        if noted and self.fresh:
            return False
        self.fresh = True
        self.number += 1
        return True


class Notes:
    """The footnotes or endnotes of a file and the numbers that their marks get."""

    def __init__(self, name: str, root: etree._Element | None, rules: list[etree._Element]) -> None:
        self._notes = {note.get(f"{W}id", ""): note for note in (root.iterfind(f"{W}{name}") if root is not None else ())}
        self._form, self._start, self._anew = "decimal" if name == "footnote" else "lowerRoman", 1, ""
        for rule in rules:
            self._form = val(rule.find(f"{W}numFmt")) or self._form
            start = val(rule.find(f"{W}numStart")) or ""
            self._start = int(start) if start.isdecimal() and len(start) < len("100000") else self._start
            self._anew = val(rule.find(f"{W}numRestart")) or self._anew
        self._count, self._at = self._start - 1, 0

    def number(self, page: int, section: int) -> str:
        """The number of the next mark."""
        at = {"eachPage": page, "eachSect": section}.get(self._anew, 0)
        self._count = self._start if at != self._at else self._count + 1
        self._at = at
        return in_form(self._count, self._form)

    def take(self, key: str | None) -> etree._Element | None:
        """The note of a mark, once."""
        return self._notes.pop(key or "", None)


class Text:
    """Reads the paragraphs of one story: the body, a note, a header."""

    def __init__(self, root: etree._Element, styles: Styles, links: dict[str, str], pages: Pages, notes: dict[str, Notes]) -> None:
        self._styles = styles
        self._links = links
        self.pages = pages
        self._notes = notes
        self._section = 0
        self._sections = [val(section.find(f"{W}type")) for section in root.iter(f"{W}sectPr")]
        self._fields: list[str] = []  # of each open field whether its code or its result is being read
        self._matched = _matched_fields(root)
        self._code: list[str] = []
        self._actions = {
            f"{W}r": self._run,
            f"{W}t": self._characters,
            f"{_MATH}t": self._characters,
            f"{W}sym": self._symbol,
            f"{W}br": self._break,
            f"{W}lastRenderedPageBreak": self._noted_break,
            f"{W}fldChar": self._field,
            f"{W}instrText": self._instruction,
            f"{W}hyperlink": self._link,
            f"{W}txbxContent": self._box,
            f"{W}footnoteReference": self._note,
            f"{W}endnoteReference": self._note,
            f"{MC}AlternateContent": self._alternative,
        }
        self._style = Style("")
        self._look: frozenset[Toggle] = frozenset()

    def read(self, paragraph: etree._Element, style: Style, out: Inline) -> None:
        """Add the text of a paragraph to ``out``."""
        self._style = style
        self._look = style.toggles
        self._children(paragraph, out)

    def end_section(self) -> None:
        """A section ends here; the next one says whether it opens a page."""
        self._section += 1
        if self._sections[self._section : self._section + 1] not in (["continuous"], []):
            self.pages.turn(noted=True)

    def _children(self, node: etree._Element, out: Inline) -> None:
        for child in node:
            if child.tag in _NO_TEXT or not isinstance(child.tag, str):
                continue
            if (text := _AS_TEXT.get(child.tag)) is not None:
                self._add(text, out)
            else:
                self._actions.get(child.tag, self._children)(child, out)

    def _run(self, run: etree._Element, out: Inline) -> None:
        before = self._look
        properties = run.find(f"{W}rPr")
        own = self._styles.get(val(properties.find(f"{W}rStyle")) if properties is not None else None, "character").toggles
        base = self._style.toggles
        self._look = toggled(properties, (base ^ own) | (_LINE & (base | own)))  # Word: bold in bold is plain
        mark = run.find(f"{W}footnoteReference") if self._notes else None
        if mark is not None and mark.get(f"{W}customMarkFollows", "0") not in OFF:
            self._custom_note(run, mark, out)
        else:
            self._children(run, out)
        self._look = before

    def _add(self, text: str, out: Inline) -> None:
        if "code" in self._fields or "vanish" in self._look:
            return
        if text and not text.isspace():
            if not out.text.filled:
                out.page, out.starts_page = self.pages.page, self.pages.fresh
            self.pages.fresh = False
            out.looks[self._look & _SHOWN] += len(text)
        out.text.add(text)

    def _characters(self, node: etree._Element, out: Inline) -> None:
        self._add(node.text or "", out)

    def _symbol(self, node: etree._Element, out: Inline) -> None:
        self._add(symbol(node), out)

    def _break(self, node: etree._Element, out: Inline) -> None:
        if node.get(f"{W}type") == "page":
            self._turn(out, noted=False)
        elif out.first_line is None and out.text.filled:
            out.first_line = len(out.text), out.look
        self._add("\n", out)

    def _noted_break(self, _: etree._Element, out: Inline) -> None:
        self._turn(out, noted=True)

    def _turn(self, out: Inline, *, noted: bool) -> None:
        if self.pages.turn(noted=noted) and out.text.filled and self.pages.page is not None:
            out.text.place(self.pages.page)

    def _field(self, node: etree._Element, _: Inline) -> None:
        kind = node.get(f"{W}fldCharType")
        if kind == "begin" and node in self._matched:
            self._fields.append("code")
            self._code.clear()
        elif kind == "separate" and self._fields:
            self._fields[-1] = "result"
        elif kind == "end" and self._fields:
            self._fields.pop()

    def _instruction(self, node: etree._Element, out: Inline) -> None:
        self._code.append(node.text or "")
        found = _LINK_FIELD.match("".join(self._code)) if len(self._code) <= _CODE_PIECES else None
        if found and is_link(found[1]):
            out.urls.append(found[1])

    def _link(self, node: etree._Element, out: Inline) -> None:
        if (url := self._links.get(node.get(f"{R}id", ""))) is not None:
            out.urls.append(url)
        self._children(node, out)

    def _box(self, node: etree._Element, out: Inline) -> None:
        out.boxes.append(node)

    def _alternative(self, node: etree._Element, out: Inline) -> None:
        """The same thing twice, for newer and for older programs: only one of them is on the page."""
        chosen = node.find(f"{MC}Choice")
        chosen = node.find(f"{MC}Fallback") if chosen is None else chosen
        if chosen is not None:
            self._children(chosen, out)

    def _note(self, node: etree._Element, out: Inline) -> None:
        notes = self._notes.get(etree.QName(node).localname)
        if notes is not None and "code" not in self._fields and "vanish" not in self._look:
            self._mark(notes, node, notes.number(self.pages.number, self._section), out)

    def _custom_note(self, run: etree._Element, node: etree._Element, out: Inline) -> None:
        """A mark such as * that the writer chose: it stands as text in the same run, and counts for nothing."""
        marks = "".join(symbol(child) if child.tag == f"{W}sym" else child.text or "" for child in run if child.tag in (f"{W}t", f"{W}sym"))
        if "code" not in self._fields and "vanish" not in self._look:
            self._mark(self._notes["footnoteReference"], node, marks.strip() or "*", out)

    def _mark(self, notes: Notes, node: etree._Element, label: str, out: Inline) -> None:
        out.text.place(label)
        note = notes.take(node.get(f"{W}id"))
        if note is not None:
            out.notes.append((note, label))


def symbol(node: etree._Element) -> str:
    """The character of a w:sym; one that only its font knows is left out."""
    try:
        code = int(node.get(f"{W}char", ""), 16)
    except ValueError:
        return ""
    if 0xF000 <= code <= 0xF0FF:
        return (_SYMBOL if node.get(f"{W}font", "").lower() == "symbol" else _DINGS).get(code - 0xF000, "")
    return chr(code) if 0x20 <= code <= 0xFFFD and not 0xD800 <= code <= 0xF8FF else ""


def _matched_fields(root: etree._Element) -> set[etree._Element]:
    """The beginnings of fields that also end: one that does not would hide the rest of the letter."""
    matched: set[etree._Element] = set()
    began: list[etree._Element] = []
    for node in root.iter(f"{W}fldChar"):
        if any(above.tag in GONE or above.tag == f"{MC}Fallback" for above in node.iterancestors()):
            continue
        kind = node.get(f"{W}fldCharType")
        if kind == "begin":
            began.append(node)
        elif kind == "end" and began:
            matched.add(began.pop())
    return matched
