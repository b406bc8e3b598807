"""Where in an official publication something stands: the level of its headings, and what it inherits from around it."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from lxml import etree

from rbzqa.readers.lines import reads_as_heading
from rbzqa.readers.trees import child, has_own_text, name, plain
from rbzqa.types import BlockKind, Role

HEADS = ("kop", "item-titel", "spreker")  # the element in which a section of the text bears its heading
# What is quoted or set apart ends without a heading that says so: its own headings are paragraphs, or the text behind it would be theirs.
APART = frozenset("citaat wetcitaat citaat-artikel aanhaling box kader wijziging artikeltekst entry".split())
_RANKS = ("vet", "halfvet", "vetcur", "cur", "rom", "ondlijn")  # typography of a tussenkop, from high to low
_NUMBERED = re.compile(r"(\d{1,3}(?:\.\d{1,3})*)\.?(?:\s|$)")
_SET_APART = re.compile(r"vet|cur|ond")  # in the name of a typography
_NO_HEADING_IN = frozenset("li lid entry vraag motie noot definitie wat amendement".split())
_FOLLOWING = frozenset("al lijst table citaat box plaatje definitielijst".split())
_AROUND = frozenset("al-groep tekst vrije-tekst structuurtekst".split())  # they part no heading from its text
_MAX_IN_A_ROW = 3  # of those: more of them are a list
_LABELLED = re.compile(r"\w+: ")  # "Voorzitter: Arib" states something


@dataclass(frozen=True, slots=True)
class Place:
    """Where in the document something stands: what it inherits from the elements around it.

    ``styles`` gives the levels, from ``level`` on, of the tussenkoppen of this section; ``lowest`` is the
    smallest depth of the numbers of its subsections; ``speaker`` the level at which speakers stand.
    """

    level: int = 1
    role: Role = "text"
    kind: BlockKind = "paragraph"
    apart: bool = False
    styles: Mapping[str, int] = field(default_factory=dict)
    lowest: int = 1
    speaker: int = 0


def surveyed(section: etree._Element, place: Place) -> Place:
    """The place inside a section: looks at its headings, but not into the sections in it."""
    styles: set[str] = set()
    depths: set[int] = set()
    stack = [section]
    while stack:
        for node in stack.pop():
            tag = name(node)
            if tag == "tussenkop" or is_set_as_heading(node):
                styles.add(style_of(node))
            elif (kop := child(node, *HEADS)) is not None and tag:
                depths.add(depth_of(kop))
            elif tag and tag != "bijlage" and tag not in APART:
                stack.append(node)
    ranked = sorted(styles, key=_rank)
    return replace(place, styles={style: n for n, style in enumerate(ranked)}, lowest=min(depths - {0}, default=1))


def is_set_as_heading(al: etree._Element) -> bool:
    """Whether a paragraph is a heading by its letters: short, wholly bold, italic or underlined, no sentence, and directly above text."""
    below: etree._Element | None = al
    for _ in range(_MAX_IN_A_ROW):
        if below is None or not _looks_apart(below):
            break
        below = _below(below)
    return below is not al and below is not None and not _looks_apart(below) and name(below) in _FOLLOWING


def _looks_apart(al: etree._Element) -> bool:
    around = al.getparent()
    if name(al) != "al" or around is None or name(around) in _NO_HEADING_IN or has_own_text(al):
        return False
    set_apart = [node for node in al if name(node) not in ("", "noot")]
    if len(set_apart) != 1 or name(set_apart[0]) != "nadruk" or not _SET_APART.search(set_apart[0].get("type", "")):
        return False
    text = plain(set_apart[0])
    return reads_as_heading(text) and not _LABELLED.match(text)


def _below(node: etree._Element) -> etree._Element | None:
    """The block directly below one, whatever groups there are around the two; None where another section or nothing follows."""
    while (after := next(filter(_has_text, node.itersiblings()), None)) is None:
        above = node.getparent()
        if above is None or name(above) not in _AROUND:
            return None
        node = above
    while name(after) in _AROUND and (first := next(filter(_has_text, after), None)) is not None:
        after = first
    return after


def _has_text(node: etree._Element) -> bool:
    return bool(name(node)) and any(not text.isspace() for text in node.itertext())


def _rank(style: str) -> tuple[int, str]:
    return (_RANKS.index(style) if style in _RANKS else len(_RANKS), style)


def style_of(tussenkop: etree._Element) -> str:
    """Its typography, as stated or as its whole text is set."""
    inner = child(tussenkop, "nadruk")
    whole = inner is not None and not has_own_text(tussenkop)
    return tussenkop.get("kopopmaak") or (inner.get("type") if inner is not None and whole else "") or _RANKS[0]


def depth_of(kop: etree._Element) -> int:
    """2 for a heading numbered "2.1"; 0 without such a number."""
    number = child(kop, "nr")
    title = child(kop, "titel")
    found = _NUMBERED.match(plain(number if number is not None else title if title is not None else kop))
    return found[1].count(".") + 1 if found else 0
