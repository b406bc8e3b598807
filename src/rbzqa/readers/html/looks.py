"""Headings that only their letters mark: bold, italic or underlined lines above the text of a web page."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from typing import Literal

from lxml import etree

from rbzqa.types import Block

Look = Literal["b", "i", "u"]
PLAIN: frozenset[Look] = frozenset()
_TAGS: dict[str, Look] = {"b": "b", "strong": "b", "i": "i", "em": "i", "u": "u"}
_STYLES: tuple[tuple[re.Pattern[str], Look], ...] = (
    (re.compile(r"font-weight\s*:\s*(?:bold|[6-9]00)", re.IGNORECASE), "b"),
    (re.compile(r"font-style\s*:\s*italic", re.IGNORECASE), "i"),
    (re.compile(r"text-decoration\s*:\s*underline", re.IGNORECASE), "u"),
)
LOWEST_TAG = 6  # h6; what only its letters mark stands below it
_BOLD, _BOLD_ITALIC, _LIGHT = 7, 8, 9
SURE = 10  # added to the level of one that the page itself names a heading, until all are known
_COMMON = 0.5  # share of all characters from which a look marks nothing


def look_of(node: etree._Element) -> frozenset[Look]:
    """What an element makes of its letters; the line below a link is none."""
    own = {_TAGS[node.tag]} if node.tag in _TAGS else set()
    style = node.get("style", "")
    return frozenset(own | {look for pattern, look in _STYLES if pattern.search(style)}) if style or own else PLAIN


def level_by_look(look: frozenset[Look]) -> int:
    """The level, below every h6, of a heading whose letters are all so; 0 for plain ones."""
    return 0 if not look else _LIGHT if "b" not in look else _BOLD_ITALIC if "i" in look else _BOLD


def relative(blocks: Sequence[Block]) -> list[Block]:
    """The blocks with the levels of their headings counted from 1, without gaps; in a letter that is all bold, bold is no mark.

    A line in italics or underlined is a heading only if text stands below it.
    """
    lengths = Counter[int]()
    for block in blocks:
        lengths[block.level if block.kind == "heading" and LOWEST_TAG < block.level < SURE else 0] += len(block.text) * (block.kind in ("heading", "paragraph"))
    common = {level for level, length in lengths.items() if level and length > _COMMON * lengths.total()}
    out: list[Block] = []
    text_below = False
    for block in reversed(blocks):
        if block.level in common or (block.level == _LIGHT and not text_below):
            block = replace(block, kind="paragraph", level=0)
        block = replace(block, level=block.level % SURE)
        text_below = text_below if block.kind == "footnote" else block.level in (0, *range(_BOLD, _LIGHT + 1))
        out.append(block)
    levels = {level: n for n, level in enumerate(sorted({block.level for block in out if block.kind == "heading"}), 1)}
    return [replace(block, level=levels[block.level]) if block.kind == "heading" else block for block in reversed(out)]
