"""The printed layout of Parliament (Kamerstuk, Aanhangsel, Handelingen): its furniture and what it states."""

import re
from collections import Counter
from collections.abc import Sequence

from rbzqa.readers.lines import join_lines
from rbzqa.readers.pdf.pieces import Piece
from rbzqa.readers.pdf.sheets import Sheet, left_edge
from rbzqa.types import Block, Mark

_CHAMBER = re.compile(r"(?:Tweede|Eerste) Kamer der Staten-Generaal|Verenigde Vergadering der Staten-Generaal")
_FOOT = re.compile(r"(?:Tweede|Eerste) Kamer, (?:vergaderjaar|\d)|Handelingen\b.*\d{4}|Verenigde Vergadering, ")
_SESSION = re.compile(r"Vergaderjaar \d{4}\s?[-–/]\s?\d{2,4}")
_IDENTIFIER = re.compile(r"(?:kst|ah|blg|h|nds|kv|stb|stcrt)-[\w.-]+", re.ASCII)
_DOSSIER = re.compile(r"\d{2} ?\d{3}(?:[- ](?:[A-Z]{1,6}|\d{1,3}))?(?: ?\(R ?\d+\))?")
_NUMBER = re.compile(r"(?:Nr\. ?)?(\d{1,5}|[A-Z]{1,3})\b\.?(?: ?HERDRUK\d?)?")
_REPRINT = re.compile(r"\s*\bHERDRUK\b\s*")
_DATED = re.compile(r"(?:Voorgesteld|Ontvangen|Vastgesteld|Ter griffie ontvangen)\b[^.]{0,40}?(\d{1,2} [a-z]+ \d{4})\.?")
_PAGE = re.compile(r"\d{1,5}")
_ASKED = re.compile(r"\s*\((?:ingezonden|Ingezonden) [^)]*\)\.?$")
_ANSWERED = re.compile(r"(?:Nader antwoord|Antwoord|Mededeling|Aanvullend antwoord|Uitstelbericht) van (.+?)\s*\([Oo]ntvangen ([^)]*\d{4})\)")
_DATE = re.compile(r"\d{1,2} [a-z]+ \d{4}")
_FINE = 6.5  # points: the imprint at the foot
_TITLE = 10.5  # points: dossier numbers and their titles
_MAX_LABELS = 20  # more dossiers than any piece has


def is_printed(sheets: Sequence[Sheet]) -> bool:
    """Whether the first page bears the name of a Chamber as a masthead, or its running foot."""
    return any(
        (_CHAMBER.fullmatch(piece.text) and piece.size >= 14) or (_FOOT.match(piece.text) and piece.y < 0.13 * sheet.height)
        for sheet in sheets[:1]
        for piece in sheet.pieces
    )


def strip_printed(sheets: Sequence[Sheet], words: Counter[str]) -> list[Block]:
    """Take the furniture out of the pages, and give the facts that it states; ``words`` are those of the whole file."""
    facts = _imprint(sheets)
    for sheet in sheets:
        _running_foot(sheet)
    first = sheets[0]
    for piece in first.drop(lambda piece: bool(_CHAMBER.fullmatch(piece.text)) and piece.size >= 14):
        facts.append(_fact("chamber", piece.text))
    first.drop(lambda piece: piece.size > 30)
    for piece in first.drop(lambda piece: bool(_SESSION.fullmatch(piece.text)))[:1]:
        facts.append(_fact("session", piece.text))
    if _is_aanhangsel(first):
        return [*facts, _fact("publication", "Aanhangsel"), *_aanhangsel(first, words)]
    identifier = next((fact.text for fact in facts if fact.label == "identifier"), "")
    debate = identifier.startswith("h-") or any("Handelingen" in piece.text for piece in first.furniture)
    facts.append(_fact("publication", "Handelingen" if debate else "Kamerstuk"))
    return facts if debate else facts + _kamerstuk(first, words)


def _fact(label: str, text: str, marks: Sequence[tuple[int, str]] = ()) -> Block:
    return Block("fact", text, label=label, marks=tuple(Mark(offset, mark) for offset, mark in marks))


def _imprint(sheets: Sequence[Sheet]) -> list[Block]:
    """The fine print at the foot of the first page names the piece."""
    facts = [_fact("pages", "publication")]
    for sheet in sheets:
        facts += [_fact("identifier", piece.text) for piece in _fine_print(sheet) if _IDENTIFIER.fullmatch(piece.text)][: sheet is sheets[0]]
    return facts


def _fine_print(sheet: Sheet) -> list[Piece]:
    edge = left_edge(sheet.pieces)
    return sheet.drop(lambda piece: piece.size < _FINE and piece.y < 0.2 * sheet.height and piece.x1 < edge)


def _running_foot(sheet: Sheet) -> None:
    feet = sheet.drop(lambda piece: bool(_FOOT.match(piece.text)) and not 0.13 * sheet.height < piece.y < 0.9 * sheet.height)
    beside = sheet.drop(lambda piece: bool(_PAGE.fullmatch(piece.text)) and any(abs(piece.y - foot.y) < foot.size for foot in feet[:2]))
    if beside:
        sheet.printed = int(beside[-1].text)


def _is_aanhangsel(first: Sheet) -> bool:
    named = any(piece.text.startswith("Aanhangsel") and piece.bold for piece in first.pieces)
    return named or any(piece.text.endswith(", Aanhangsel") for piece in first.furniture)


def _kamerstuk(first: Sheet, words: Counter[str]) -> list[Block]:
    """Dossiers and number stand to the left of their titles."""
    edge = left_edge(first.pieces)
    rows = [piece for piece in first.pieces if piece.x1 < edge and piece.bold][:_MAX_LABELS]
    facts: list[Block] = []
    for n, label in enumerate(rows):
        floor = rows[n + 1].y + rows[n + 1].size / 2 if n + 1 < len(rows) else -1.0
        beside = _beside(first, label, edge, floor)
        if _DOSSIER.fullmatch(label.text) and label.size >= _TITLE:
            facts.append(_fact("dossier", label.text))
            facts += [_fact("dossier_title", *_text(beside, words))] if beside else []
        elif number := _NUMBER.fullmatch(label.text):
            facts += _numbered(first, label, number[1], _text(beside, words))
        else:
            continue
        first.furniture += first.take([label, *beside])
    return facts


def _beside(first: Sheet, label: Piece, edge: float, floor: float) -> list[Piece]:
    """The bold lines beside a label and below it, as far as they stay bold, close and of one size."""
    out: list[Piece] = []
    for piece in first.pieces:
        if piece.x0 < edge - 5 or piece.y > label.y + label.size / 2 or piece.y < floor:
            continue
        near = abs(piece.y - label.y) < label.size if not out else out[-1].y - piece.y < 1.7 * piece.size and abs(piece.size - out[-1].size) < 0.5
        if not (piece.bold and near):
            break
        out.append(piece)
    return out


def _numbered(first: Sheet, label: Piece, number: str, title: tuple[str, list[tuple[int, str]]]) -> list[Block]:
    facts = [_fact("number", number)]
    text, marks = title
    above = [piece for piece in first.pieces if _REPRINT.fullmatch(piece.text) and piece.bold]
    if "HERDRUK" in label.text or _REPRINT.search(text) or above:
        facts.append(_fact("reprint", "HERDRUK"))
        marks = [(min(offset, len(_REPRINT.sub("", text))), mark) for offset, mark in [*marks, *label.marks, *(m for piece in above for m in piece.marks)]]
        text = _REPRINT.sub(" ", text).strip()
        first.furniture += first.take(above)
    if text:
        facts.append(_fact("title", text, marks))
    for piece in first.drop(lambda piece: bool(_DATED.fullmatch(piece.text)))[:1]:
        dated = _DATED.fullmatch(piece.text)
        facts.append(_fact("date", dated[1] if dated else piece.text))
    return facts


def _text(pieces: Sequence[Piece], words: Counter[str]) -> tuple[str, list[tuple[int, str]]]:
    """Running text of these lines, with the marks in it."""
    if not pieces:
        return "", []
    text, starts = join_lines([piece.text for piece in pieces], words, hyphenates=True)
    return text, [(start + offset, label) for start, piece in zip(starts, pieces, strict=True) for offset, label in piece.marks]


def _aanhangsel(first: Sheet, words: Counter[str]) -> list[Block]:
    """The number in large bold figures, then who asked what, then who answered; what stands behind that is text."""
    facts: list[Block] = []
    edge = left_edge(first.pieces)
    first.drop(lambda piece: piece.text.startswith("Aanhangsel") and piece.bold)
    number = first.drop(lambda piece: piece.bold and piece.size >= _TITLE and bool(_PAGE.fullmatch(piece.text)))
    facts += [_fact("number", piece.text) for piece in number[:1]]
    if number:
        first.drop(lambda piece: piece.y > number[0].y and (piece.bold or piece.x1 < edge))
    asked = _opening(first)
    text, marks = _text(asked, words)
    if text.startswith("Vragen van "):
        facts.append(_fact("title", _ASKED.sub("", text), marks))
        first.furniture += first.take(asked)
    answer = _opening(first)
    text, _ = _text(answer, words)
    answered = _ANSWERED.match(text)
    if not answered:
        return facts
    first.furniture += first.take(answer)
    facts.append(_fact("author", answered[1]))
    date = _DATE.search(answered[2])
    facts += [_fact("date", date[0])] if date else []
    rest = text[answered.end() :].lstrip(". ")
    return [*facts, Block("paragraph", rest, first.printed or first.number)] if rest else facts


def _opening(first: Sheet) -> list[Piece]:
    """The paragraph at the head of the page."""
    out: list[Piece] = []
    for piece in first.pieces:
        if out and out[-1].y - piece.y > 1.4 * piece.size:
            break
        out.append(piece)
    return out
