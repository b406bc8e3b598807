"""What the head of a Word file states of itself: the labels of a letterhead, the title lines of a Kamerstuk."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from rbzqa.types import Block

_LABELS = {
    "datum": "date",
    "betreft": "subject",
    "onderwerp": "subject",
    "kenmerk": "kenmerk",
    "ons kenmerk": "kenmerk",
    "onze referentie": "kenmerk",
    "ons referentienummer": "kenmerk",
}
_LABEL = re.compile(rf"({'|'.join(sorted(_LABELS, key=len, reverse=True))})(?: ?:)?(?=\s|$)\s*", re.IGNORECASE)
_OTHER_LABEL = re.compile(
    r"(?:uw kenmerk|uw referentie|uw brief|bijlagen?(?:n|\(n\))?|contactpersoon|pagina|telefoon|t|f|e|kopie aan|cc|behandeld door|auteur)(?: ?:|\s|$)",
    re.IGNORECASE,
)
_MINISTRY = re.compile(r"Ministerie van [A-Z][^.!?:;|]{3,80}")
_PLAUSIBLE = {"date": re.compile(r"\d{1,2}[ -].{1,14}\d{4}$"), "kenmerk": re.compile(r"(?=.*\d)\S+(?: \S+){0,3}$"), "subject": re.compile(r"\S")}

_CHAMBER = re.compile(r"(?:(?:tweede|eerste) kamer der )?staten-generaal", re.IGNORECASE)
_SESSION = re.compile(r"vergaderjaar \d{4} ?[-–] ?\d{2,4}", re.IGNORECASE)
_DOSSIER = re.compile(r"(\d{2} ?\d{3}(?:(?: ?-|[  ])(?:[IVXLC]+|[A-Z]|\d{2})(?=\s|$))?)(?: ?\(R ?\d{3,4}\))?(?:\s+|$)(.*)")
_NUMBER = re.compile(r"nr\. *([A-Z]{1,3}|\d{1,5})(?=\s|$)\s*(herdruk\d?)?\s*(.*)", re.IGNORECASE)
_REPRINT = re.compile(r"(herdruk)\d?", re.IGNORECASE)
_DATED = re.compile(r"(?:voorgesteld|ontvangen|vastgesteld|ingezonden|aangeboden)(?: op)? (\d{1,2} [a-z]+ \d{4})(?: ?/.*)?", re.IGNORECASE)
_KIND = re.compile(
    r"(?:(?:nader |tweede |derde )?gewijzigde? )?(?:motie|amendement|brief|verslag|nota van wijziging|nota naar aanleiding|nota"
    r"|lijst van vragen(?: en antwoorden)?|voorstel van wet|memorie van toelichting|advies|geleidende brief|koninklijke boodschap|initiatiefnota)\b",
    re.IGNORECASE,
)
_TOP = 6  # lines within which a Kamerstuk says what it is
_TITLE_LINES = 4  # lines that a title may take up to the line with its date


def fact(label: str, text: str) -> Block:
    """A fact block."""
    return Block("fact", text, label=label)


def is_label(line: str) -> bool:
    """Whether a line or cell is a label of a letterhead and no more."""
    found = _LABEL.match(line)
    return bool(found and found.end() == len(line)) or bool((other := _OTHER_LABEL.match(line)) and len(line) - other.end() < 1)


def letter_facts(lines: Iterable[str]) -> list[Block]:
    """The facts of letterhead lines: a label with its value behind it or on the next line."""
    facts: list[Block] = []
    label = ""
    for line in lines:
        found = _LABEL.match(line)
        if found is None:
            if label and not _OTHER_LABEL.match(line):
                facts += _stated(label, line)
            elif _MINISTRY.fullmatch(line):
                facts.append(fact("ministry", line))
            label = ""
        elif found.end() == len(line):
            label = _LABELS[found[1].lower()]
        else:
            kind = _LABELS[found[1].lower()]
            facts += _stated(kind, line[found.end() :]) if ":" in found[0] or kind != "subject" else []
            label = ""
    return facts


def _stated(label: str, value: str) -> list[Block]:
    return [fact(label, value)] if _PLAUSIBLE[label].match(value) else []


def once(facts: Iterable[Block]) -> list[Block]:
    """Each fact once; of what a letter has but one, the first."""
    kept: dict[tuple[str, str], Block] = {}
    single: set[str] = set()
    for block in facts:
        if block.label in single:
            continue
        kept.setdefault((block.label, block.text), block)
        if block.label not in ("dossier", "dossier_title"):
            single.add(block.label)
    return list(kept.values())


@dataclass(slots=True)
class KamerHead:
    """The head of a Kamerstuk: its facts, and which of the lines state them."""

    facts: list[Block] = field(default_factory=list)
    lines: set[int] = field(default_factory=set)

    def has(self, label: str) -> bool:
        """Whether a fact is known."""
        return any(block.label == label for block in self.facts)

    def take(self, line: int, *facts: tuple[str, str]) -> None:
        """Note that a line is of the head and what it states."""
        self.lines.add(line)
        self.facts += [fact(label, text) for label, text in facts if text]


def kamer_head(lines: Sequence[str]) -> KamerHead:
    """Read the title lines above a Kamerstuk of the Tweede or Eerste Kamer; empty where there are none."""
    first = next((n for n, line in enumerate(lines[:_TOP]) if _CHAMBER.fullmatch(line.strip())), None)
    head = KamerHead()
    if first is None:
        return head
    head.take(first, ("chamber", lines[first]))
    at = first + 1
    while at < len(lines) and (taken := _head_line(lines, at, head)):
        at += taken
    if not head.has("dossier") and not head.has("session"):
        return KamerHead()
    if head.has("dossier"):
        head.facts.insert(0, fact("publication", "Kamerstuk"))
    return head


def _head_line(lines: Sequence[str], at: int, head: KamerHead) -> int:
    """Take the line ``at`` and what belongs to it; gives how many lines that are, 0 behind the head."""
    line = lines[at]
    if line in ("1", "2", "1/2") and not head.has("session"):
        head.take(at)
    elif _SESSION.fullmatch(line):
        head.take(at, ("session", line))
    elif reprint := _REPRINT.fullmatch(line):
        head.take(at, ("reprint", reprint[1]))
    elif dated := _DATED.fullmatch(line):
        head.take(at, ("date", dated[1]))
    elif number := _NUMBER.fullmatch(line):
        head.take(at, ("number", number[1]), ("reprint", (number[2] or "").rstrip("0123456789")))
        return 1 + _title(lines, at, number[3], head)
    elif dossier := _DOSSIER.fullmatch(line):
        return _dossier(lines, at, dossier, head)
    else:
        return 0
    return 1


def _dossier(lines: Sequence[str], at: int, found: re.Match[str], head: KamerHead) -> int:
    """A dossier number with its title, on the same line or on the next."""
    title, taken = found[2], 1
    if not title and at + 1 < len(lines) and not any(form.fullmatch(lines[at + 1]) for form in (_DOSSIER, _NUMBER, _SESSION)):
        title, taken = lines[at + 1], 2
        head.take(at + 1)
    head.take(at, ("dossier", found[1]), ("dossier_title", title))
    return taken


def _title(lines: Sequence[str], at: int, title: str, head: KamerHead) -> int:
    """The title of the piece behind its number, up to the line with its date where there is one."""
    taken = 0
    if at + 1 < len(lines) and (reprint := _REPRINT.fullmatch(lines[at + 1])):
        head.take(at + 1, ("reprint", reprint[1]))
        taken = 1
    if not title and at + taken + 1 < len(lines):
        taken += 1
        title = lines[at + taken]
        head.take(at + taken)
    kind = _KIND.match(title)
    head.facts += [fact("title", title)] if title else []
    head.facts += [fact("kind", kind[0])] if kind else []
    for n in range(at + taken + 1, min(at + taken + _TITLE_LINES, len(lines))):
        if _DATED.fullmatch(lines[n]):
            for between in range(at + taken + 1, n):
                head.take(between)
            return n - at - 1
    return taken
