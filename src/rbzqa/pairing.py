"""What a paragraph is not understood without: the question that an answer answers, the heads of a table's row."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import islice
from typing import Literal

from rbzqa.types import Block, Role, Span

_N = r"\d{1,4}"
_LIST = rf"\(?{_N}\)?(?: ?(?:,| en|, en| t/m| tot en met| &|[-–]) ?{_N}){{0,60}}"
_OF = r"(?: \([^()]{1,80}\))?\s*[.:]?"
_QUESTION = re.compile(rf"vra(?:ag|gen)(?: nr\.?)? (?P<numbers>{_LIST}){_OF}", re.IGNORECASE)
_ANSWER = re.compile(
    rf"antwoord(?:en)?(?: op)?(?:(?: de)? vra(?:ag|gen))?(?: nr\.?)? (?P<numbers>{_LIST}){_OF}"
    r"|antwoord(?:en)?(?: op (?:deze|de|bovenstaande) vra(?:ag|gen))?\s*[.:]?",
    re.IGNORECASE,
)
_BARE = re.compile(rf"(?P<numbers>{_LIST})\s*[.:]?")
_OPENS = re.compile(rf"(?P<numbers>{_N})[.)]?\s")
_RANGE = re.compile(rf"({_N}) ?(?:t/m|tot en met|[-–]) ?({_N})|({_N})")
_MAX_RANGE = 200
_ASKS = re.compile(r"(?:Vraag )?(\d{1,3})[.):]?\s[^?]{0,2000}\?")
_MAX_CONTEXT = 40  # spans: what is longer helps no one, and each paragraph bears its own
_DEEPEST = 9  # the level of a heading that the format does not know for one

Asked = Literal["question", "answer"]


@dataclass(frozen=True, slots=True)
class Head:
    """A heading "Vraag 3, 4 en 5" or "Antwoord"."""

    role: Asked
    numbers: tuple[int, ...]


@dataclass(slots=True)
class _Question:
    numbers: tuple[int, ...]
    spans: list[Span] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Pairs:
    """By the index of a block: the role of its paragraph, and the spans that are its context."""

    roles: dict[int, Role]
    contexts: dict[int, tuple[Span, ...]]


def asked_heads(blocks: Sequence[Block]) -> tuple[list[Block], dict[int, Head]]:
    """Find the headings of questions and answers.

    Returns:
        The blocks, in which a paragraph that holds no more than such a heading has become one, and the heads by index.
    """
    blocks = _with_roles(blocks)
    heads = {n: head for n, block in enumerate(blocks) if (head := _head(block))}
    if {head.role for head in heads.values()} != {"question", "answer"}:
        heads = {n: head for n, head in heads.items() if blocks[n].role in ("question", "answer") or (blocks[n].kind == "heading" and head.numbers)}
    out = [replace(block, kind="heading", level=_DEEPEST) if n in heads and block.kind == "paragraph" else block for n, block in enumerate(blocks)]
    return out, heads


def _with_roles(blocks: Sequence[Block]) -> Sequence[Block]:
    """Roles where no more than "Antwoord" stands above the answers: a question begins at the number that counts on."""
    answers = {n for n, block in enumerate(blocks) if (head := _head(block)) and head.role == "answer" and not head.numbers}
    begins = _counted(blocks)
    if min(len(answers), len(begins)) < 2:
        return blocks
    out: list[Block] = []
    role: Role = "text"
    for n, block in enumerate(blocks):
        if n in begins:
            role = "question"
        elif n in answers and role == "question":
            role = "answer"
        elif block.kind == "heading" and role != "question":  # a question in bold is no heading
            role = "text"
        if block.role == "text" and role != "text":
            block = replace(block, role=role, kind="paragraph" if block.kind == "heading" else block.kind)
        out.append(block)
    return out


def _counted(blocks: Sequence[Block]) -> set[int]:
    """The blocks that begin with the next number: it stands alone, or before a question."""
    begins: set[int] = set()
    expected = 1
    for n, block in enumerate(blocks):
        if block.role != "text" or block.kind not in ("heading", "paragraph"):
            continue
        alone, asks = _BARE.fullmatch(block.text), _ASKS.match(block.text)
        numbers = _numbers(alone["numbers"]) if alone else (int(asks[1]),) if asks else ()
        if numbers and numbers[0] == expected:
            begins.add(n)
            expected = max(numbers) + 1
    return begins


def _head(block: Block) -> Head | None:
    text = block.text.strip()
    if block.kind not in ("heading", "paragraph") or len(text) > 400:
        return None
    if question := _QUESTION.fullmatch(text):
        return Head("question", _numbers(question["numbers"]))
    if answer := _ANSWER.fullmatch(text):
        return Head("answer", _numbers(answer["numbers"] or ""))
    bare = _BARE.fullmatch(text)
    if bare and block.role == "question":
        return Head("question", _numbers(bare["numbers"]))
    return Head("answer", _numbers(bare["numbers"])) if bare and block.role == "answer" else None


def _numbers(text: str) -> tuple[int, ...]:
    """``3, 4 en 5`` -> 3, 4, 5; ``1 t/m 3`` -> 1, 2, 3."""
    found: list[int] = []
    for first, last, one in _RANGE.findall(text):
        if one:
            found.append(int(one))
        elif int(first) <= int(last) <= int(first) + _MAX_RANGE:
            found += range(int(first), int(last) + 1)
        else:
            found += [int(first), int(last)]
    return tuple(dict.fromkeys(found))


def pair(blocks: Sequence[Block], spans: Sequence[Span], heads: dict[int, Head], starts: Iterable[int]) -> Pairs:
    """Pair answers with questions and rows with heads.

    An answer belongs to the nearest questions before it that bear its numbers, within its part; one without number,
    to the questions since the last answer.

    Args:
        blocks: as ``asked_heads`` gives them.
        spans: of each block in the text.
        heads: as ``asked_heads`` gives them.
        starts: the blocks with which a part begins.
    """
    pairs = Pairs({}, {})
    begins = set(starts)
    reader = _Reader()
    for n, block in enumerate(blocks):
        if n in begins:
            reader = _Reader()
        context = tuple(reader.table(block, spans[n])) if block.kind != "footnote" else ()
        asked = reader.asked(block, spans[n], heads.get(n))
        if block.kind == "paragraph" and block.role != "heads":
            pairs.roles[n] = "row" if block.role == "row" else asked or "text"
            before = tuple(reader.answered()) if asked == "answer" else ()
            if before or context:
                pairs.contexts[n] = (*before, *context)
    return pairs


class _Reader:
    """Where in a part the reading is: in a table, in a question, in an answer."""

    def __init__(self) -> None:
        self._heads: list[Span] = []
        self._in_rows = False
        self._mode: Asked | None = None
        self._headed = False  # the mode was set by a heading
        self._latest: dict[int, _Question] = {}
        self._open: list[_Question] = []  # asked since the last answer
        self._answers: tuple[_Question, ...] = ()

    def table(self, block: Block, span: Span) -> Iterator[Span]:
        """Note a block of a table; gives the heads of a row."""
        if block.role == "heads":
            if self._in_rows:
                self._heads = []
            self._heads = [*self._heads[: _MAX_CONTEXT - 1], span]
            self._in_rows = False
        elif block.role == "row":
            self._in_rows = True
            yield from self._heads
        else:
            self._heads, self._in_rows = [], False

    def asked(self, block: Block, span: Span, head: Head | None) -> Asked | None:
        """Note a block; gives the role of a paragraph among questions and answers."""
        if head:
            self._begin(head.role, head.numbers)
            self._headed = True
            return None
        if block.kind == "heading":
            if block.role not in ("question", "answer"):
                self._mode, self._headed = None, False
            return None
        if block.kind != "paragraph":
            return None
        if block.role in ("question", "answer") and not (self._headed and self._mode == block.role):
            self._by_role("question" if block.role == "question" else "answer", block.text)
        elif block.role == "text" and not self._headed:
            self._mode = None
        if self._mode == "question" and self._open:
            self._open[-1].spans.append(span)
        return self._mode

    def _by_role(self, role: Asked, text: str) -> None:
        """A paragraph of which the format alone says that it is a question, or an answer."""
        opens = _OPENS.match(text)
        if self._mode != role or self._headed or opens:
            known = opens is not None and (role == "question" or int(opens["numbers"]) in self._latest)
            self._begin(role, _numbers(opens["numbers"]) if opens and known else ())
        self._headed = False

    def _begin(self, role: Asked, numbers: tuple[int, ...]) -> None:
        if role == "question":
            question = _Question(numbers)
            self._open.append(question)
            self._latest |= dict.fromkeys(numbers, question)
        elif numbers:
            found = [self._latest[number] for number in numbers if number in self._latest]
            self._answers = tuple({id(question): question for question in found}.values())
            self._open = []
        else:
            self._answers = tuple(self._open) if self._open else self._answers if self._mode == "answer" else ()
            self._open = []
        self._mode = role

    def answered(self) -> Iterator[Span]:
        """The spans of the questions that the current answer answers."""
        return islice((span for question in self._answers for span in question.spans), _MAX_CONTEXT)
