"""What the class names of officielebekendmakingen.nl say: its pages are made of OP-XML and name their elements after it."""

import re

from lxml import etree

from rbzqa.readers.lines import normalise
from rbzqa.types import Block, Role

_ASKED: dict[str, Role] = {"vraag": "question", "antwoord": "answer"}
_CONTAINERS = ("div", "section", "article")
_MARKS = frozenset("ol lidnr nr li.nr li_nr".split())
_SUBHEADING = re.compile(r"tussenkop(?:[_-].*)?")
_DESCRIPTION = re.compile(r"kamervraagomschrijving(?:[_-].*)?")
_TITLE = re.compile(r"(?:dossiertitel|stuktitel|kamervraagomschrijving_kop|(?:staatsblad|staatscourant)_kop)(?:_.*)?")
_OF_LETTER = ("kamerstuk", "kamervraag", "dossier", "stuk")  # how the names of what belongs to its head begin
_SENT = re.compile(r"\s*\(ingezonden (?P<date>[^()]{4,40})\)\.?$")
_RECEIVED = re.compile(r"antwoord (?:van|op)\b.*\(ontvangen (?P<date>[^()]{4,40})\)", re.IGNORECASE)


def classes(node: etree._Element) -> list[str]:
    """The class names of an element, in lower case."""
    return node.get("class", "").lower().split()


def before_letter(root: etree._Element) -> set[etree._Element]:
    """What stands before the title of an official piece, and so is of the site and not of the piece."""
    title = next((node for node in root.iter("h1", "h2", "div", "p") if any(map(_TITLE.fullmatch, classes(node)))), None)
    dropped: set[etree._Element] = set()
    while title is not None and title is not root:
        dropped |= {node for node in title.itersiblings(preceding=True) if not _is_of_letter(node)}
        title = title.getparent()
    return dropped


def _is_of_letter(node: etree._Element) -> bool:
    return any(name.startswith(_OF_LETTER) for inner in node.iter("*") for name in classes(inner))


def begins_annex(node: etree._Element) -> bool:
    """Whether an element holds an annex."""
    return node.tag in _CONTAINERS and "bijlage" in classes(node)


def asked_role(node: etree._Element) -> Role | None:
    """Whether an element holds a question or an answer."""
    return next((_ASKED[name] for name in classes(node) if name in _ASKED), None) if node.tag in _CONTAINERS else None


def is_mark(node: etree._Element) -> bool:
    """Whether an element holds the number of a list item or paragraph: the page shows a gap behind it."""
    return node.tag == "span" and not _MARKS.isdisjoint(classes(node))


def is_subheading(node: etree._Element) -> bool:
    """Whether a paragraph is a heading by its class name."""
    return node.tag in ("p", "div") and any(map(_SUBHEADING.fullmatch, classes(node)))


def questions_facts(root: etree._Element) -> list[Block]:
    """What the headings over questions and answers state: the title, and when the answer came or the questions were sent."""
    found: dict[str, str] = {}
    for node in root.iter("h1", "h2", "h3", "p", "div"):
        if not any(map(_DESCRIPTION.fullmatch, classes(node))):
            continue
        text = " ".join(normalise("".join(node.itertext())).split())
        if received := _RECEIVED.search(text):
            found["date"] = received["date"]
        elif sent := _SENT.search(text):
            found |= {"title": text[: sent.start()], "sent": sent["date"]}
    date = found.get("date") or found.get("sent", "")
    return [Block("fact", text, label=label) for label, text in (("title", found.get("title", "")), ("date", date)) if text]
