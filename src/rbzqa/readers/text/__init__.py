"""Plain-text letters -> blocks: pages, paragraphs, headings, footnotes (FORMATS §1)."""

import re
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import accumulate, pairwise

from rbzqa.errors import SourceError
from rbzqa.readers.lines import count_words, join_lines, normalise
from rbzqa.readers.text.encodings import decode
from rbzqa.readers.text.parting import MARK_AT_END, NUMBERED, TERMINAL, Line, cells, part
from rbzqa.types import Block, Mark

_BARE_URL = re.compile(r"https?://\S+")
_PLACEHOLDER = re.compile(r"\[[^\[\]]{1,60}\]|\d{1,4}|Pagina \d{1,4} van \d{1,4}", re.IGNORECASE)
_NUMBER = re.compile(r"\d{1,4}")
_YEAR = re.compile(r"(?:19|20)\d\d")
_FOOTNOTE = re.compile(r"(\d{1,3}) +(?=\S)")
_MAX_HEADING = 100
_MAX_HEADING_LINES = 4
_MIN_TITLE = 5  # words in capitals that are a title though a full stop ends them
_MAX_CELL = 60
_MIN_CELLS = 6
_MIN_PAGE = 8  # lines between two page numbers
_MAX_ABBREVIATION = 8  # letters: a cell may be "RAZ" or "COVID-19"
_PAGE_GAP = 3  # strictly empty lines that an export leaves where a page ended early


@dataclass(slots=True)
class _Chunk:
    """Lines between blank lines."""

    lines: list[Line] = field(default_factory=list)
    furniture: bool = False
    cell: bool = False

    @property
    def head(self) -> Line:
        return self.lines[0]

    @property
    def text(self) -> str:
        """The text of a single line; of more lines none."""
        return self.head.text.strip() if len(self.lines) == 1 else ""


def read_text(data: bytes) -> tuple[Block, ...]:
    """Read a plain-text letter.

    Raises:
        SourceError: empty, binary, or in an encoding that is not declared.
    """
    text = normalise(decode(data))
    if not any(c.isalnum() for c in text):
        raise SourceError("er staat geen tekst in", "haal het bestand weg of vul het")
    chunks = list(_chunks(part(_pages(text))))
    _tell_apart(chunks)
    chunks = _join_over_pages(chunks)
    words = count_words(text)
    blocks = [_block(chunk, words) for chunk in chunks]
    return tuple(_footnotes(blocks))


def _pages(text: str) -> list[Line]:
    """Give every line its page: by form feeds, else by the leading space that an export leaves.

    Without either sign the page is not known, and None.
    """
    raw = text.split("\n")
    if "\f" in text:
        return _pages_by_form_feed(raw)
    filled = [line for line in raw if line.strip()]
    leading = [line for line in filled if re.match(r" \S", line)]
    if not leading or len(leading) > max(1, len(filled) // 20):
        return [Line(line, None, False) for line in raw]
    lines, page, empty = [], 0, 0
    for line in raw:
        starts = bool(line.strip()) and (line.startswith(" ") or empty >= _PAGE_GAP or not page)
        page += starts
        lines.append(Line(line, max(page, 1), starts))
        empty = empty + 1 if not line else 0
    return lines


def _pages_by_form_feed(raw: Iterable[str]) -> list[Line]:
    lines, page, fresh = [], 1, True
    for line in raw:
        for n, piece in enumerate(line.split("\f")):
            page, fresh = page + (n > 0), fresh or n > 0
            lines.append(Line(piece, page, fresh and bool(piece.strip())))
            fresh = fresh and not piece.strip()
    return lines


def _chunks(lines: list[Line]) -> Iterator[_Chunk]:
    """Cut at blank lines, around bare URLs, and before a heading that opens a page."""
    chunk = _Chunk()
    for n, line in enumerate(lines):
        text = line.text.strip()
        alone = _stands_alone(chunk, lines, n)
        cut = not text or alone or _is_next_number(chunk, text) or (line.starts_page and _opens_page_with_heading(chunk, lines, n))
        if cut and chunk.lines:
            yield chunk
            chunk = _Chunk()
        if text:
            chunk.lines.append(line)
        if alone:
            yield chunk
            chunk = _Chunk()
    if chunk.lines:
        yield chunk


def _is_next_number(before: _Chunk, text: str) -> bool:
    """Whether a line under footnote 1 begins footnote 2."""
    last, number = _FOOTNOTE.match(before.head.text.strip()) if before.lines else None, _FOOTNOTE.match(text)
    return bool(last and number and int(number[1]) == int(last[1]) + 1)


def _stands_alone(before: _Chunk, lines: list[Line], n: int) -> bool:
    """Whether a URL, a number or a placeholder is a line of its own, and not one of running text."""
    text = lines[n].text.strip()
    url = _BARE_URL.fullmatch(text)
    if not url and not _PLACEHOLDER.fullmatch(text):
        return False
    if not before.lines or before.lines[-1].text.rstrip().endswith(TERMINAL) or _FOOTNOTE.match(before.head.text.strip()):
        return True
    goes_on = n + 1 < len(lines) and lines[n + 1].text.strip() and not lines[n + 1].starts_page
    return not (url or goes_on or _YEAR.fullmatch(text))


def _opens_page_with_heading(before: _Chunk, lines: list[Line], n: int) -> bool:
    alone = n + 1 >= len(lines) or not lines[n + 1].text.strip()
    ended = not before.lines or before.lines[-1].text.rstrip().endswith(TERMINAL)
    return alone and ended and _is_heading([lines[n].text.strip()])


def _is_heading(lines: list[str]) -> bool:
    text = MARK_AT_END.sub("", " ".join(lines))
    capitals = text.isupper() and len(text.split()) >= _MIN_TITLE
    if len(lines) > _MAX_HEADING_LINES or (text.endswith(TERMINAL) and not (capitals and text.endswith("."))) or not (text[0].isupper() or text[0].isdigit()):
        return False
    numbered = len(lines) == 2 and bool(NUMBERED.match(text))
    return any(c.isalpha() for c in text) and (
        (len(lines) == 1 and len(text) <= _MAX_HEADING) or (numbered and len(text) <= 2 * _MAX_HEADING) or text == text.upper()
    )


def _tell_apart(chunks: Sequence[_Chunk]) -> None:
    """Tell page numbers, placeholders and bare URLs from the text, and the cells of a flattened table from headings.

    A number is a page's where it stands at the head or foot of one, counts on from the last across many lines, or
    stands between running text; between cells it is a cell.
    """
    numbers = [n for n, chunk in enumerate(chunks) if _NUMBER.fullmatch(chunk.text)]
    counting = _counting(chunks, numbers)
    brief = [bool(chunk.text) and len(chunk.text) <= _MAX_CELL and not chunk.text.endswith(TERMINAL) and not chunk.head.item for chunk in chunks]
    for n, chunk in enumerate(chunks):
        at_edge = chunk.lines[0].starts_page or (n + 1 < len(chunks) and chunks[n + 1].head.starts_page)
        among_cells = (n > 0 and brief[n - 1] and not chunks[n - 1].furniture) or (all(brief[n + 1 : n + 3]) and n + 2 < len(chunks))
        if n in counting or (_NUMBER.fullmatch(chunk.text) and (at_edge or not among_cells)):
            chunk.furniture = True
        elif not _NUMBER.fullmatch(chunk.text):
            chunk.furniture = bool(_PLACEHOLDER.fullmatch(chunk.text) or _BARE_URL.fullmatch(chunk.text))
    _mark_cells(chunks, brief)


def _counting(chunks: Sequence[_Chunk], numbers: Sequence[int]) -> set[int]:
    """The numbers that count pages: each one more than the last, many lines further on."""
    counting: set[int] = set()
    lines = list(accumulate((len(chunk.lines) for chunk in chunks), initial=0))
    for n, m in pairwise(numbers):
        if int(chunks[m].text) == int(chunks[n].text) + 1 and lines[m] - lines[n] >= _MIN_PAGE:
            counting |= {n, m}
    return counting


def _mark_cells(chunks: Sequence[_Chunk], brief: Sequence[bool]) -> None:
    """A run of short lines, longer than any stack of headings, is a table of which each line is a cell; its first line may be its title."""
    begun = False
    run: list[_Chunk] = []
    for chunk, is_brief in [*zip(chunks, brief, strict=True), (None, False)]:
        if chunk is not None and chunk.furniture:
            continue
        if chunk is not None and is_brief and not _is_capitals(chunk.text):
            run.append(chunk)
            continue
        if begun and len(run) >= _MIN_CELLS:
            for cell in run[1:]:
                cell.cell = True
        run = []
        begun = begun or bool(chunk is not None and not is_brief)


def _is_capitals(text: str) -> bool:
    return text.isupper() and sum(map(str.isalpha, text)) > _MAX_ABBREVIATION


def _join_over_pages(chunks: list[_Chunk]) -> list[_Chunk]:
    """Join a sentence that stops at the foot of a page and goes on at the head of the next."""
    joined: list[_Chunk] = []
    furniture: list[_Chunk] = []
    for chunk in chunks:
        text = chunk.head.text.strip()
        if chunk.furniture and not _BARE_URL.fullmatch(text):
            furniture.append(chunk)
            continue
        last = joined[-1].lines[-1].text.rstrip() if joined else "."
        chunk.head.starts_page |= any(piece.head.starts_page for piece in furniture)
        if chunk.head.starts_page and text[0].islower() and not chunk.head.item and not last.endswith(TERMINAL[:4]) and not _BARE_URL.fullmatch(last.strip()):
            joined[-1].lines.extend(chunk.lines)
            joined.extend(furniture)
        else:
            joined.extend([*furniture, chunk])
        furniture = []
    return joined + furniture


def _block(chunk: _Chunk, words: Counter[str]) -> Block:
    lines = [line.text.strip() for line in chunk.lines]
    text, starts = join_lines(lines, words)
    turns = tuple((at, line.page) for at, line in zip(starts[1:], chunk.lines[1:], strict=True) if line.starts_page and line.page)
    head = chunk.head
    if chunk.furniture:
        return Block("furniture", text, head.page, starts_page=head.starts_page)
    if head.row != "text":
        return Block("paragraph", "\t".join(cells(head.text)), head.page, role=head.row)
    if not head.item and not chunk.cell and len(cells(lines[0])) == 1 and _is_heading(lines):
        return Block("heading", text, head.page, level=1, starts_page=head.starts_page)
    return Block("paragraph", text, head.page, starts_page=head.starts_page, page_turns=turns)


def _footnotes(blocks: list[Block]) -> list[Block]:
    """Pair each footnote at the foot of a page with its mark, glued to a word of the text.

    Bare URLs behind a footnote are the link annotations of its own text: they become its ``urls``.
    """
    out: list[Block] = []
    glued = _Glued()
    for block in blocks:
        number = _FOOTNOTE.match(block.text)
        if _BARE_URL.fullmatch(block.text) and out and out[-1].kind == "footnote":
            out[-1] = replace(out[-1], urls=tuple(dict.fromkeys([*out[-1].urls, block.text])))
        elif number and block.kind != "furniture" and glued.take(number[1]):
            out.append(replace(block, kind="footnote", text=block.text[number.end() :], label=number[1], level=0))
        else:
            glued.add(len(out), block)
            out.append(block)
    return [_without(block, sorted(glued.taken[n], key=lambda mark: mark.offset)) if n in glued.taken else block for n, block in enumerate(out)]


class _Glued:
    """The numbers glued to words of the paragraphs so far, and which of them were ``taken`` as marks.

    A mark behind punctuation is surer than one behind a word ("EI2" holds no mark), and one behind a
    number must end a sentence ("paragraaf 2.1 van" holds none).
    """

    _SURE_FIRST = tuple(
        re.compile(rf"(?:{before})(\d{{1,3}})(?={after})")
        for before, after in ((r"[^\W\d_][.,;:?!)”’\"]", r"\s|$"), (r"[a-zà-ÿ]{2}", r"\s|$"), (r"\d[.;:?!)]", r"\s+[A-Z]|\s*$"))
    )

    def __init__(self) -> None:
        self._places: dict[tuple[int, str], list[tuple[int, int]]] = defaultdict(list)
        self.taken: dict[int, list[Mark]] = defaultdict(list)

    def add(self, n: int, block: Block) -> None:
        """Note the numbers glued to words in block ``n``."""
        if block.kind == "paragraph":
            for rank, pattern in enumerate(self._SURE_FIRST):
                for found in pattern.finditer(block.text):
                    self._places[rank, found[1]].append((n, found.start(1)))

    def take(self, label: str) -> bool:
        """Take the nearest ``label`` before, the surest kind first, for a mark; False if there is none."""
        places = next((at for rank in range(len(self._SURE_FIRST)) if (at := self._places.get((rank, label)))), None)
        if not places:
            return False
        n, offset = places.pop()
        self.taken[n].append(Mark(offset, label))
        return True


def _without(block: Block, marks: Sequence[Mark]) -> Block:
    """The block without these marks, in order, of its text: every offset moves with it."""
    ends = [0, *(mark.offset + len(mark.label) for mark in marks)]
    text = "".join(block.text[a:b] for a, b in zip(ends, [*(mark.offset for mark in marks), len(block.text)], strict=True))
    moved = list(accumulate((len(mark.label) for mark in marks), initial=0))
    places = [mark.offset for mark in marks]
    turns = tuple((offset - moved[bisect_left(places, offset)], page) for offset, page in block.page_turns)
    return replace(block, text=text, marks=tuple(Mark(mark.offset - gone, mark.label) for mark, gone in zip(marks, moved)), page_turns=turns)
