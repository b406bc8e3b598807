"""Plain-text letters -> blocks: pages, paragraphs, headings, footnotes (FORMATS §1)."""

import re
import unicodedata
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import accumulate, pairwise

from rbzqa.errors import SourceError
from rbzqa.types import Block, Mark

_LINE_ENDS = re.compile("\r\n|[\r\u2028\u2029\u0085\v]")
_CONTROLS = re.compile("[\x01-\x08\x0e-\x1f\x7f-\x84\x86-\x9f]")
_BARE_URL = re.compile(r"https?://\S+")
_PLACEHOLDER = re.compile(r"\[[^\[\]]{1,60}\]|\d{1,4}|Pagina \d{1,4} van \d{1,4}", re.IGNORECASE)
_YEAR = re.compile(r"(?:19|20)\d\d")
_FOOTNOTE = re.compile(r"(\d{1,3}) +(?=\S)")
_LETTERS = re.compile(r"[^\W\d_]+")
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_TERMINAL = tuple(".?!:;,…")
_MARK_AT_END = re.compile(r"(?<=[^\W\d_][.?!:;,…])\d{1,3}$")
_SUSPENDED = frozenset("en of als tot dan respectievelijk c.q. en/of".split())
_MAX_HEADING = 100
_MAX_HEADING_LINES = 4
_MIN_WRAPPED = 8  # filled lines from which a text can be seen to be wrapped
_SLACK = 6  # characters by which a full line may fall short
_PAGE_GAP = 3  # strictly empty lines that an export leaves where a page ended early


@dataclass(slots=True)
class _Line:
    text: str
    page: int | None
    starts_page: bool


@dataclass(slots=True)
class _Chunk:
    """Lines between blank lines."""

    lines: list[_Line] = field(default_factory=list)

    @property
    def head(self) -> _Line:
        return self.lines[0]


def read_text(data: bytes) -> tuple[Block, ...]:
    """Read a plain-text letter.

    Raises:
        SourceError: empty, binary, or in an encoding that is not declared.
    """
    text = _normalise(_decode(data))
    if not any(c.isalnum() for c in text):
        raise SourceError("er staat geen tekst in", "haal het bestand weg of vul het")
    chunks = _join_over_pages(list(_chunks(_part_paragraphs(_pages(text)))))
    words = Counter(word.lower() for word in _WORD.findall(text))
    blocks = [_block(chunk, words) for chunk in chunks]
    return tuple(_footnotes(blocks))


def _decode(data: bytes) -> str:
    encoding = "utf-16" if data.startswith((b"\xff\xfe", b"\xfe\xff")) else "utf-8-sig"
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        raise SourceError(f"geen geldige {encoding.removesuffix('-sig').upper()}-tekst (byte {error.start})", "bewaar het bestand als UTF-8") from error
    if "\0" in text:
        raise SourceError("er staan NUL-tekens in: dit is geen tekstbestand", "bewaar het bestand als UTF-8")
    return text


def _normalise(text: str) -> str:
    """NFC, one kind of line end, no control characters; nothing else changes."""
    return unicodedata.normalize("NFC", _CONTROLS.sub("", _LINE_ENDS.sub("\n", text)))


def _pages(text: str) -> list[_Line]:
    """Give every line its page: by form feeds, else by the leading space that an export leaves.

    Without either sign the page is not known, and None.
    """
    raw = text.split("\n")
    if "\f" in text:
        return _pages_by_form_feed(raw)
    filled = [line for line in raw if line.strip()]
    leading = [line for line in filled if re.match(r" \S", line)]
    if not leading or len(leading) > max(1, len(filled) // 20):
        return [_Line(line, None, False) for line in raw]
    lines, page, empty = [], 0, 0
    for line in raw:
        starts = bool(line.strip()) and (line.startswith(" ") or empty >= _PAGE_GAP or not page)
        page += starts
        lines.append(_Line(line, max(page, 1), starts))
        empty = empty + 1 if not line else 0
    return lines


def _pages_by_form_feed(raw: Iterable[str]) -> list[_Line]:
    lines, page, fresh = [], 1, True
    for line in raw:
        for n, piece in enumerate(line.split("\f")):
            page, fresh = page + (n > 0), fresh or n > 0
            lines.append(_Line(piece, page, fresh and bool(piece.strip())))
            fresh = fresh and not piece.strip()
    return lines


def _part_paragraphs(lines: list[_Line]) -> list[_Line]:
    """Put blank lines between the paragraphs of a text that has none but is wrapped.

    A wrapped line is full: where the first word of the next line had fitted, a paragraph or a heading
    ends. Behind a line without a full stop that counts only if it began there too: a heading.
    """
    filled = [line.text.strip() for line in lines if line.text.strip()]
    if len(filled) < _MIN_WRAPPED or len(lines) - len(filled) > len(filled) // 10:
        return lines
    width = sorted(map(len, filled))[len(filled) * 4 // 5] - _SLACK
    parted, begins = [], True
    for line, after in pairwise([*lines, _Line("", None, False)]):
        text, word = line.text.strip(), after.text.strip().split(" ", 1)[0]
        ends = len(text) + 1 + len(word) <= width and (text.endswith(_TERMINAL[:5]) or (begins and (word[:1].isupper() or word[:1].isdigit())))
        parted += [line, _Line("", line.page, False)] if ends else [line]
        begins = ends or not text
    return parted


def _chunks(lines: list[_Line]) -> Iterator[_Chunk]:
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


def _stands_alone(before: _Chunk, lines: list[_Line], n: int) -> bool:
    """Whether a URL, a number or a placeholder is a line of its own, and not one of running text."""
    text = lines[n].text.strip()
    url = _BARE_URL.fullmatch(text)
    if not url and not _PLACEHOLDER.fullmatch(text):
        return False
    if not before.lines or before.lines[-1].text.rstrip().endswith(_TERMINAL) or _FOOTNOTE.match(before.head.text.strip()):
        return True
    goes_on = n + 1 < len(lines) and lines[n + 1].text.strip() and not lines[n + 1].starts_page
    return not (url or goes_on or _YEAR.fullmatch(text))


def _opens_page_with_heading(before: _Chunk, lines: list[_Line], n: int) -> bool:
    alone = n + 1 >= len(lines) or not lines[n + 1].text.strip()
    ended = not before.lines or before.lines[-1].text.rstrip().endswith(_TERMINAL)
    return alone and ended and _is_heading([lines[n].text.strip()])


def _is_heading(lines: list[str]) -> bool:
    text = _MARK_AT_END.sub("", " ".join(lines))
    if len(lines) > _MAX_HEADING_LINES or text.endswith(_TERMINAL) or not (text[0].isupper() or text[0].isdigit()):
        return False
    return any(c.isalpha() for c in text) and ((len(lines) == 1 and len(text) <= _MAX_HEADING) or text == text.upper())


def _join_over_pages(chunks: list[_Chunk]) -> list[_Chunk]:
    """Join a sentence that stops at the foot of a page and goes on at the head of the next."""
    joined: list[_Chunk] = []
    furniture: list[_Chunk] = []
    for chunk in chunks:
        text = chunk.head.text.strip()
        if _PLACEHOLDER.fullmatch(text) and len(chunk.lines) == 1:
            furniture.append(chunk)
            continue
        last = joined[-1].lines[-1].text.rstrip() if joined else "."
        chunk.head.starts_page |= any(piece.head.starts_page for piece in furniture)
        if chunk.head.starts_page and text[0].islower() and not last.endswith(_TERMINAL[:4]) and not _BARE_URL.fullmatch(last.strip()):
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
    if len(lines) == 1 and (_PLACEHOLDER.fullmatch(text) or _BARE_URL.fullmatch(text)):
        return Block("furniture", text, head.page, starts_page=head.starts_page)
    if _is_heading(lines):
        return Block("heading", text, head.page, level=1, starts_page=head.starts_page)
    return Block("paragraph", text, head.page, starts_page=head.starts_page, page_turns=turns)


def join_lines(lines: Sequence[str], words: Counter[str]) -> tuple[str, list[int]]:
    """Make running text of lines (DESIGN §3): a line end is one space, a real hyphen stays.

    ``words`` counts the lower-case words of the whole file: a hyphen at a line end is soft only
    where the joined word occurs elsewhere and the hyphenated one does not.

    Returns:
        The text, and the offset in it at which each line starts.
    """
    pieces = [_before(line, after, words) for line, after in pairwise(lines)] + list(lines[-1:])
    return "".join(pieces), list(accumulate(map(len, pieces), initial=0))[:-1]


def _before(last: str, line: str, words: Counter[str]) -> str:
    """The line ``last`` as it stands in running text in front of ``line``."""
    if last.endswith("\u00ad"):
        return last[:-1]
    if last.endswith("-") and last[-2:-1].isalnum() and line.split(" ", 1)[0].lower() not in _SUSPENDED:
        return last[:-1] if _is_soft(last, line, words) else last
    return f"{last} "


def _is_soft(last: str, line: str, words: Counter[str]) -> bool:
    backwards, tail = _LETTERS.match(last[-2::-1]), _LETTERS.match(line)
    head = backwards[0][::-1] if backwards else ""
    if not head or not tail or not tail[0][0].islower() or head.isupper():
        return False
    return words[(head + tail[0]).lower()] > 0 and words[f"{head}-{tail[0]}".lower()] == 0


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
