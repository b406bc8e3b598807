"""Lists of a web page: the numbers and bullets that a browser draws before their items."""

import re
from dataclasses import dataclass

from lxml import etree

from rbzqa.readers.numerals import in_form

_FORMS = {"1": "decimal", "a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman"}
_STYLES = {
    "lower-alpha": "lowerLetter",
    "lower-latin": "lowerLetter",
    "upper-alpha": "upperLetter",
    "upper-latin": "upperLetter",
    "lower-roman": "lowerRoman",
    "upper-roman": "upperRoman",
    "decimal": "decimal",
}
DRAWN = {"none": "", "bullet": "•"}
OWN_BULLET = re.compile(r"[•·▪◦●–—-]\s")  # a writer who sets one has the drawn one taken away
_STYLE = re.compile(r"list-style(?:-type)?\s*:\s*([a-z-]+)", re.IGNORECASE)
_UNMARKED = frozenset("expliciet list-unstyled no-bullet nobullets no-bullets".split())
_OWN_MARK = re.compile(r"\s*(?:[•·▪◦–—-]|\(?(?:\d{1,3}|[a-z]{1,2}|[ivx]{1,6})[.)°]{1,2})\s*", re.IGNORECASE)


@dataclass(slots=True)
class HtmlList:
    """A list that is open: how its items are marked and how far it has counted."""

    form: str
    next: int = 1
    step: int = 1

    def mark(self, item: etree._Element) -> str:
        """The mark of the next item."""
        value = number(item.get("value"))
        if value is not None:
            self.next = value
        form = _form(item, self.form)
        text = DRAWN[form] if form in DRAWN else f"{in_form(self.next, form)}."
        self.next += self.step
        return "" if _has_own_mark(item) else text


def list_of(node: etree._Element) -> HtmlList:
    """A list that opens: its form and the number at which it starts."""
    ordered = node.tag == "ol"
    form = _form(node, _FORMS.get(node.get("type", "1"), "decimal") if ordered else "bullet")
    if _UNMARKED & set(node.get("class", "").split()):
        form = "none"
    backwards = ordered and node.get("reversed") is not None
    start = number(node.get("start"))
    return HtmlList(form, start if start is not None else len(node.findall("li")) if backwards else 1, -1 if backwards else 1)


def _form(node: etree._Element, default: str) -> str:
    found = _STYLE.search(node.get("style", ""))
    if found is None:
        return default
    name = found[1].lower()
    return "none" if name == "none" else _STYLES.get(name, default)


def number(text: str | None) -> int | None:
    """An attribute that is a whole number of at most six figures."""
    text = (text or "").strip()
    return int(text) if re.fullmatch(r"-?[0-9]{1,6}", text) else None


def _has_own_mark(item: etree._Element) -> bool:
    """Whether the writer set the mark of an item as text, in an element of its own at the start."""
    node = item
    while not (node.text or "").strip() and len(node) and isinstance(node[0].tag, str):
        node = node[0]
        if node.tag in ("span", "b", "strong", "em") and not len(node):
            return bool(_OWN_MARK.fullmatch(node.text or ""))
        if node.tag not in ("p", "div", "span"):
            return False
    return False
