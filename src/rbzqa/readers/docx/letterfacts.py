"""What the labels of a letterhead in a Word file state, in its tables, text boxes and margins."""

import re
from collections.abc import Iterable

from rbzqa.readers.labels import LABELS
from rbzqa.types import Block

_LABEL = re.compile(rf"({'|'.join(sorted(LABELS, key=len, reverse=True))})(?: ?:)?(?=\s|$)\s*", re.IGNORECASE)
_OTHER_LABEL = re.compile(
    r"(?:uw kenmerk|uw referentie|uw brief|bijlagen?(?:n|\(n\))?|contactpersoon|pagina|telefoon|t|f|e|kopie aan|cc|behandeld door|auteur)(?: ?:|\s|$)",
    re.IGNORECASE,
)
_MINISTRY = re.compile(r"Ministerie van [A-Z][^.!?:;|]{3,80}")
_PLAUSIBLE = {"date": re.compile(r"\d{1,2}[ -].{1,14}\d{4}$"), "kenmerk": re.compile(r"(?=.*\d)\S+(?: \S+){0,3}$"), "subject": re.compile(r"\S")}


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
            label = LABELS[found[1].lower()]
        else:
            kind = LABELS[found[1].lower()]
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
