"""Footnotes of a web page: which links are marks, and which elements hold the notes that they lead to."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from urllib.parse import unquote

from lxml import etree

_LABEL = re.compile(r"[\[(]?\s*(\d{1,4}|[a-z]{1,2}|[ivx]{1,6}|[*†‡§]{1,4})\s*[\])]?", re.IGNORECASE)
_NAMED = re.compile(r"noot|note|ftn|\bfn|edn", re.IGNORECASE)
_NOTE_CLASS = re.compile(
    r"(?:voet|eind|foot|end)?(?:noot|note)|(?:mso)?(?:foot|end)notetext|(?:ftn|fn|edn|noot|note|voetnoot|footnote)[-_:]?\d{1,4}", re.IGNORECASE
)
_NOTE_ROLES = ("doc-footnote", "doc-endnote")
_BLOCKS = frozenset("p div li dd td section aside tr blockquote article".split())
_CLIMB = frozenset("li dd tr".split())
_MAX_LABEL = 12
_SPACES = re.compile(r"\s+")
_BACK = re.compile(r"[\s^↑↩.\[(]*(?:ga )?(?:terug|back|omhoog|return)\b.{0,50}", re.IGNORECASE | re.DOTALL)
_HEADING = frozenset("noot noten voetnoot voetnoten eindnoten footnotes notes".split())


@dataclass(frozen=True, slots=True)
class NoteLink:
    """A link that is a footnote mark: what it shows and the element that holds its note."""

    label: str
    note: etree._Element


@dataclass(slots=True)
class PageNotes:
    """The marks of a page, by link, the elements that hold a note, and the links in those that lead back into the text."""

    marks: dict[etree._Element, NoteLink] = field(default_factory=dict)
    holders: set[etree._Element] = field(default_factory=set)
    back: set[etree._Element] = field(default_factory=set)


def is_notes_heading(text: str) -> bool:
    """Whether a heading stands above footnotes."""
    return text.strip(" :").lower() in _HEADING


def inner_heads(note: etree._Element) -> set[etree._Element]:
    """The headings within a note that only say that it is one, such as "X Noot" of officielebekendmakingen.nl, where X closes it."""
    heads = {node for node in note.iter("h1", "h2", "h3", "h4", "h5", "h6") if _short(node)}
    return {node for node in heads if is_notes_heading(_short(node).split()[-1])}


def find_notes(root: etree._Element, page: etree._Element) -> PageNotes:
    """Pair the marks in ``root`` with their notes, which may stand anywhere on the page.

    A mark is a link within the page that is raised or named as one, shows a number or sign, and comes before
    its note; the link in the note that leads back is none.
    """
    found = PageNotes()
    targets: dict[str, etree._Element] = {}
    order: dict[etree._Element, int] = {}
    for n, node in enumerate(page.iter()):
        if not isinstance(node.tag, str):
            continue
        order[node] = n
        for key in filter(None, (node.get("id"), node.get("name"))):
            targets.setdefault(key, node)
    around: set[etree._Element] = set()
    for link in root.iter("a"):
        target = targets.get(unquote(link.get("href", "")[1:])) if link.get("href", "").startswith("#") else None
        if target is None or order[target] <= order[link] or any(above in found.holders for above in link.iterancestors()):
            continue
        label = _label(link)
        holder = _holder(target)
        if not label or holder is None or holder is root or _contains(holder, link) or _overlaps(holder, found.holders, around):
            continue
        found.marks[link] = NoteLink(label, holder)
        found.holders.add(holder)
        around.update(holder.iterancestors())
    _pair_unlinked(root, found)
    for holder in found.holders:
        for link in holder.iter("a"):
            target = targets.get(unquote(link.get("href", "")[1:]))
            if _shows_no_words(link) and (target is None or order[target] < order[holder] or _contains(target, link)):
                found.back.add(link)
    return found


def _pair_unlinked(root: etree._Element, found: PageNotes) -> None:
    """Pair raised numbers that are no links: the mark stands behind a word, the note is a later paragraph that begins with the number."""
    open_marks: dict[str, etree._Element] = {}
    for raised in root.iter("sup"):
        shown = _LABEL.fullmatch(_short(raised))
        if shown is None or raised.find(".//a") is not None or any(above in found.holders for above in raised.iterancestors()):
            continue
        paragraph = _begun_by(raised)
        if paragraph is None:
            open_marks[shown[1]] = raised
        elif (mark := open_marks.pop(shown[1], None)) is not None and not _contains(paragraph, mark):
            found.marks[mark] = NoteLink(shown[1], paragraph)
            found.holders.add(paragraph)


def _begun_by(raised: etree._Element) -> etree._Element | None:
    """The paragraph that an element begins, if it holds no other."""
    node = raised
    above = node.getparent()
    while above is not None and above[0] is node and not (above.text or "").strip():
        if above.tag in _BLOCKS:
            return above if not any(inner.tag in _BLOCKS for inner in above.iterdescendants()) and above.tag != "td" else None
        node, above = above, above.getparent()
    return None


def _label(link: etree._Element) -> str:
    """What a mark shows; empty for a link that is no mark."""
    text = _short(link)
    shown = _LABEL.fullmatch(text)
    if shown is None:
        return ""
    around = link.getparent()
    raised = (around is not None and around.tag == "sup") or link.find(".//sup") is not None
    named = " ".join(node.get(name, "") for node in (link, around, *link) if node is not None for name in ("class", "id", "rel", "role", "name"))
    return shown[1] if raised or "noteref" in named or _NAMED.search(f"{named} {link.get('href', '').replace('#', ' ')}") else ""


def _short(node: etree._Element) -> str:
    """What an element shows, white space apart; empty where that is more than a mark or a word or two."""
    out = ""
    for text in node.itertext():
        out += _SPACES.sub(" ", text)
        if len(out) > _MAX_LABEL:
            return ""
    return out.strip()


def _holder(target: etree._Element) -> etree._Element | None:
    """The block that holds the note which a link leads to: the target, or the block around it."""
    node: etree._Element | None = target
    while node is not None and node.tag not in _BLOCKS:
        node = node.getparent()
    if node is None or node.tag == "td":
        return None if node is None else node.getparent()
    above = node.getparent()
    while above is not None and (above.tag in _CLIMB or _is_note(above)) and not _is_note(node):
        node, above = above, above.getparent()
    return node


def _is_note(node: etree._Element) -> bool:
    names = f"{node.get('class', '')} {node.get('id', '')}".split()
    return node.tag in _BLOCKS and (node.get("role") in _NOTE_ROLES or any(_NOTE_CLASS.fullmatch(name) for name in names))


def _contains(holder: etree._Element, link: etree._Element) -> bool:
    return any(above is holder for above in link.iterancestors())


def _overlaps(holder: etree._Element, holders: set[etree._Element], around: set[etree._Element]) -> bool:
    """Whether a holder is inside another one or around it: no text is told twice."""
    return holder in around or any(above in holders for above in holder.iterancestors())


def _shows_no_words(link: etree._Element) -> bool:
    """Whether a link within the page shows a number, a sign or "terug" and no more."""
    return link.get("href", "").startswith("#") and (not has_words(link) or bool(_BACK.fullmatch("".join(link.itertext()))))


def has_words(node: etree._Element) -> bool:
    """Whether more stands in an element than a number, a letter or a sign."""
    return any(len(word) > 1 for text in node.itertext() for word in re.findall(r"[^\W\d_]+", text))


def without_label(text: str, label: str) -> str:
    """The text of a note without its own number at the start."""
    found = re.match(rf"[\[(]?{re.escape(label)}[\])]?[.:)]?(?=\s|\W|[A-Z]|$)\s*", text)
    return text[found.end() :] if found else text


def note_heads(root: etree._Element, holders: set[etree._Element]) -> Iterator[etree._Element]:
    """The headings of which nothing is left once the notes under them have gone to their marks."""
    if holders:
        for node in root.iter("h1", "h2", "h3", "h4", "h5", "h6", "p"):
            if is_notes_heading(_short(node)):
                yield node
