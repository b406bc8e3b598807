"""Blocks -> drafts of parts and sections: where a report or annex begins, how headings nest, who signs."""

import re
from collections import defaultdict
from collections.abc import Sequence, Set
from dataclasses import dataclass, field

from rbzqa.titles import annex_number, part_of
from rbzqa.types import Block, PartKind

_ANNOUNCES_ANNEX = re.compile(r"\bbijlagen?\b", re.IGNORECASE)
_BARE_ANNEX = re.compile(r"bijlagen?(?:\s+(?:nr\.?\s*)?(?:\d{1,3}|[IVX]{1,6}|[A-Z]))?\s*[.:–-]?", re.IGNORECASE)
_OFFICE = re.compile(
    r"(?:(?:mede )?namens )?(?:de (?:minister|staatssecretaris|minister-president|vice-president|voorzitter|(?:adjunct-)?griffier)|(?:adjunct-)?griffier)\b"
    r"[^.;:!?]{0,90},",
    re.IGNORECASE,
)
_INITIALS = r"(?:[A-Z][a-z]?\.-?){1,6}(?:[A-Z][\w’'-]*)?"
_NAME_WORD = rf"(?:(?i:drs|dr|mr|ir|ing|prof)\.|{_INITIALS}|[A-Z][\w’'-]*|van|de|den|der|ten|ter|het|’t|en|c\.s\.)"
_NAME = re.compile(rf"{_NAME_WORD}(?: {_NAME_WORD}){{0,8}}\.?")
_MOVED = re.compile(r"en gaat over tot de orde van de dag\.?$", re.IGNORECASE)
_NUMBERED = re.compile(r"(\d{1,3}(?:\.\d{1,3}){0,5})\.?(?=\s|$)")
_WORDS = re.compile(r"[^\W\d_]{3,}")
_MAX_EMPTY = 6  # words of a heading that stands over nothing
_MAX_SIGNATURE = 80
_MAX_DEPTH = 6
_MAX_TITLE = 400
_SENTENCE_END = tuple(".?!:;,")


@dataclass(slots=True)
class DraftSection:
    """A heading (its block by index) with those above it, and the blocks below it."""

    path: tuple[str, ...] = ()
    heading: int = -1
    blocks: list[int] = field(default_factory=list)


@dataclass(slots=True)
class DraftPart:
    """A part with its sections; ``start`` is its first block, ``number`` the one that an annex gives itself."""

    kind: PartKind
    start: int = 0
    title: str = ""
    number: int | None = None
    sections: list[DraftSection] = field(default_factory=lambda: [DraftSection()])


def signature(blocks: Sequence[Block]) -> list[int]:
    """The blocks that sign: an office that ends in a comma and the name behind or below it, and the names that end a motion."""
    signed: list[int] = []
    owed = 0  # names that are still to come
    for n, block in enumerate(blocks):
        if block.kind == "footnote":
            continue
        office = _OFFICE.match(block.text)
        named = block.text[office.end() :].strip() if office else ""
        if office and len(named) <= _MAX_SIGNATURE and not block.starts_part and not block.text.endswith("."):
            signed.append(n)
            owed = 0 if named else owed + 1
        elif owed and _is_name(block, strict=False):
            signed.append(n)
            owed -= 1
        else:
            owed = 0
    return sorted({*signed, *_movers(blocks)})


def _movers(blocks: Sequence[Block]) -> list[int]:
    """The names below a motion, where nothing stands below them: in the report of a debate other words do."""
    names: list[int] = []
    for n in range(len(blocks) - 1, -1, -1):
        if blocks[n].kind == "footnote":
            continue
        if not _is_name(blocks[n], strict=True):
            return names if _MOVED.search(blocks[n].text) else []
        names.append(n)
    return []


def _is_name(block: Block, strict: bool) -> bool:
    if len(block.text) > _MAX_SIGNATURE or block.starts_page or block.starts_part or part_of(block.text):
        return False
    return (block.kind == "heading" and not strict) or bool(_NAME.fullmatch(block.text))


def outline(blocks: Sequence[Block], apart: Set[int], asked: Set[int], annex: bool) -> list[DraftPart]:
    """Divide the blocks over parts and sections; a part without paragraphs is left out.

    Args:
        blocks: the text of the document.
        apart: blocks that are no part of the structure: letterhead, signature.
        asked: headings of questions and answers.
        annex: the document is an annex as a whole: so is its first part, and its first heading is the title.
    """
    drafts = [DraftPart("annex" if annex else "letter")]
    headings, announced = _Headings(), _Announced()
    for n, block in enumerate(blocks):
        announced.add(block)
        if n in apart or block.kind == "footnote" or block.role == "heads":
            continue
        if annex and block.kind == "heading" and n not in asked and len(drafts) == 1 and not drafts[0].title and not drafts[0].sections[0].blocks:
            drafts[0].title = block.text
            continue
        long_title = n - 1 in apart and _is_long_title(block)
        kind = part_of(block.text) if long_title else _begins(block, announced)
        if kind:
            titled = block.kind == "heading" or long_title
            drafts.append(DraftPart(kind, n, block.text if titled else "", annex_number(block.text) if titled else None))
            headings = _Headings(block.level if titled and _BARE_ANNEX.fullmatch(block.text) else None)
            if titled:
                continue
        if block.kind != "heading":
            drafts[-1].sections[-1].blocks.append(n)
            headings.paragraph()
        elif headings.completes(block):
            drafts[-1].title = f"{drafts[-1].title}: {block.text}" if drafts[-1].title else block.text
        else:
            drafts[-1].sections.append(DraftSection(headings.path(block, n in asked), n))
    for draft in drafts:
        _keep_lines(draft, blocks)
    return _numbered([draft for draft in drafts if any(section.blocks for section in draft.sections)])


def _keep_lines(draft: DraftPart, blocks: Sequence[Block]) -> None:
    """A heading over nothing at all is a line of the text above it if it ends the part or is long: no sentence may be lost."""
    kept: list[DraftSection] = []
    for n in range(len(draft.sections) - 1, 0, -1):
        section = draft.sections[n]
        below = kept[-1].path if kept else ()
        if section.blocks or (len(below) > len(section.path) and below[: len(section.path)] == section.path):
            kept.append(section)
        elif not kept or len(blocks[section.heading].text.split()) > _MAX_EMPTY:
            draft.sections[n - 1].blocks.append(section.heading)
    draft.sections[1:] = reversed(kept)


def _begins(block: Block, announced: "_Announced") -> PartKind | None:
    """The part that a block begins, by its own words, by the format, or since an earlier paragraph announces it."""
    kind = part_of(block.text) if block.kind == "heading" else None
    if block.starts_part:
        return kind or "annex"
    return kind or ("annex" if block.starts_page and announced.names(block) else None)


def _is_long_title(block: Block) -> bool:
    """Whether a paragraph below letterhead or signature is the title of a report or agenda, too long to look like a heading."""
    is_title = block.role == "text" and len(block.text) <= _MAX_TITLE and not block.text.endswith(_SENTENCE_END)
    return is_title and part_of(block.text) in ("report", "agenda")


def _numbered(drafts: list[DraftPart]) -> list[DraftPart]:
    """Give every part its number: the count of its kind, or the higher one that an annex gives itself."""
    last: dict[PartKind, int] = defaultdict(int)
    for draft in drafts:
        stated = draft.number or 0
        draft.number = last[draft.kind] = stated if stated > last[draft.kind] else last[draft.kind] + 1
    return drafts


class _Headings:
    """The headings above the next paragraph.

    A heading stands below the nearest one before it of a higher level. The level is the block's; of
    headings of one level, "2.1" stands below "2" where that stands above it. Of two headings of one level without a
    paragraph between them, the upper is the parent of the lower and of no other.
    """

    def __init__(self, bare: int | None = None) -> None:
        self._bare = bare  # the level of a heading "Bijlage 1" whose title is still to come
        self._above: list[tuple[tuple[int, int], str, str]] = []  # level, number, title
        self._follows = self._nested = False  # the last block was a heading; and one that stands directly below its equal

    def paragraph(self) -> None:
        """Note a paragraph below the last heading."""
        self._follows, self._nested, self._bare = False, False, None

    def completes(self, block: Block) -> bool:
        """Whether a heading is the title of the annex whose bare number stands directly above it."""
        bare, self._bare = self._bare, None
        return bare is not None and block.level <= bare

    def path(self, block: Block, asked: bool) -> tuple[str, ...]:
        """The headings from the top down to this one."""
        found = _NUMBERED.match(block.text)
        number = found[1] if found else ""
        level = (block.level or 1, self._depth(number))
        last = self._above[-1] if self._above else None
        directly = self._follows and not asked and not self._nested and last is not None and last[0] == level and last[2] != block.text and not number
        self._nested = directly
        while self._above and (self._above[-1][0] > level or (self._above[-1][0] == level and not directly)):
            self._above.pop()
        self._above = [*self._above[: _MAX_DEPTH - 1], (level, number, block.text)]
        self._follows = not asked
        return tuple(title for _, _, title in self._above)

    def _depth(self, number: str) -> int:
        """1 for a heading without number; for "2.1" one more than for the "2" above it, if there is one."""
        pieces = number.split(".")
        prefixes = {".".join(pieces[:n]) for n in range(1, len(pieces))}
        return 1 + max((level[1] for level, above, _ in self._above if above in prefixes), default=0)


class _Announced:
    """The paragraphs that speak of an annex, by their words."""

    def __init__(self) -> None:
        self._by_word: dict[str, list[frozenset[str]]] = defaultdict(list)

    def add(self, block: Block) -> None:
        """Note a paragraph that speaks of an annex."""
        if block.kind == "paragraph" and _ANNOUNCES_ANNEX.search(block.text):
            words = _words(block.text)
            for word in words:
                self._by_word[word].append(words)

    def names(self, block: Block) -> bool:
        """Whether a heading has the words by which one of those paragraphs names its annex."""
        title = _words(block.text)
        if block.kind != "heading" or not title:
            return False
        rarest = min((self._by_word.get(word, []) for word in title), key=len)
        return any(title <= words for words in rarest)


def _words(text: str) -> frozenset[str]:
    return frozenset(word.lower() for word in _WORDS.findall(text))
