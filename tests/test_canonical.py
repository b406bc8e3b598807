"""The canonical text against the source file, character by character, under the rules of DESIGN §3."""

import re
from collections.abc import Callable
from dataclasses import dataclass

import pytest

from rbzqa.types import Document

from .conftest import LETTER

URL = "https://www.rijksoverheid.nl/documenten/diplomatieke-verklaringen/2021/08/31/gemeenschappelijke-nederlandse-verklaring-van-frankrijk-en-nederland"
EXPECTED = [("dropped", "[Ondertekenaar 2]"), ("dropped", "1"), ("dropped", "1 "), ("dropped", URL), ("dropped", URL)]

_LINE_END = re.compile(r"[^\S\n]*\n\s*")
_SUSPENDED = re.compile(r"(?:en|of)\b")
_SURE = 12  # so many characters in a row agree again: the walk goes on from there
_FAR = 600


@dataclass(frozen=True)
class Difference:
    """``kind``: dropped (only in the source), added (only in the canonical text) or changed."""

    kind: str
    text: str
    context: str


def step(source: str, canonical: str, i: int, j: int) -> tuple[int, int] | None:
    """How far source and canonical text agree at (i, j) under the rules; None if they do not."""
    line_end = _LINE_END.match(source, i)
    if line_end is None:
        return (i + 1, j + 1) if i < len(source) and j < len(canonical) and source[i] == canonical[j] else None
    if line_end.end() == len(source):
        return (line_end.end(), j) if j == len(canonical) else None
    if line_end[0].count("\n") > 1:
        expected = "\n\n"
    elif source[i - 1] == "-" and not _SUSPENDED.match(source, line_end.end()):
        expected = ""
    else:
        expected = " "
    return (line_end.end(), j + len(expected)) if canonical.startswith(expected, j) else None


def agrees(source: str, canonical: str, i: int, j: int) -> bool:
    """Whether the texts agree from (i, j) for long enough, or up to a new block: they are in step again."""
    for _ in range(_SURE):
        if i >= len(source) and j >= len(canonical):
            return True
        after = step(source, canonical, i, j)
        if after is None or canonical.startswith("\n\n", j):
            return after is not None
        i, j = after
    return True


def differences(source: str, canonical: str) -> list[Difference]:
    """Every difference that the rules do not allow, in order."""
    found: list[Difference] = []
    i, j = len(source) - len(source.lstrip()), 0
    while i < len(source) or j < len(canonical):
        after = step(source, canonical, i, j)
        if after is None:
            context = f"{source[max(0, i - 30) : i + 30]!r} / {canonical[max(0, j - 30) : j + 30]!r}"
            kind, after = resynchronise(source, canonical, i, j)
            text = source[i : after[0]] if kind != "added" else canonical[j : after[1]]
            lines = [line.strip() for line in text.split("\n") if line.strip()] if "\n" in text else []
            found += [Difference(kind, line, context) for line in lines or [text]]
        i, j = after
    return found


def resynchronise(source: str, canonical: str, i: int, j: int) -> tuple[str, tuple[int, int]]:
    """The smallest piece that must be changed, dropped or added for the texts to agree again."""
    for n in range(1, _FAR):
        for kind, (a, b) in (("changed", (i + n, j + n)), ("dropped", (i + n, j)), ("added", (i, j + n))):
            if a <= len(source) and b <= len(canonical) and agrees(source, canonical, a, b):
                return kind, (a, b)
    return "changed", (len(source), len(canonical))


@pytest.fixture(scope="module")
def source() -> str:
    return LETTER.read_bytes().decode("utf-8")


def listed(found: list[Difference]) -> list[tuple[str, str]]:
    return [(difference.kind, difference.text) for difference in found]


def test_canonical_text_differs_from_the_letter_in_exactly_five_places(seed: Document, source: str) -> None:
    found = differences(source, seed.text)
    print("\n".join(f"{difference.kind} {difference.text!r} at {difference.context}" for difference in found))
    assert listed(found) == EXPECTED


def test_the_letter_has_every_kind_of_line_end_that_the_walk_knows(source: str) -> None:
    assert re.search(r"EU-\s*\n\s*aanpak", source)
    assert re.search(r"worden \n vergroot", source)
    assert re.search(r"\S \n \n\S", source)


def change(text: str, at: int) -> str:
    return text[:at] + ("x" if text[at] != "x" else "y") + text[at + 1 :]


def lose(text: str, at: int) -> str:
    return text[:at] + text[at + 1 :]


def double(text: str, at: int) -> str:
    return text[: at + 1] + text[at:]


@pytest.mark.parametrize("tamper", [change, lose, double])
def test_the_walk_sees_one_tampered_character_anywhere(seed: Document, source: str, tamper: Callable[[str, int], str]) -> None:
    for at in [*range(0, len(seed.text), len(seed.text) // 12), len(seed.text) - 1]:
        found = differences(source, tamper(seed.text, at))
        assert listed(found) != EXPECTED, f"{tamper.__name__} at {at}: {seed.text[at - 10 : at + 10]!r}"
        assert len(found) >= len(EXPECTED)


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        ("EU-aanpak", "EU- aanpak"),
        ("EU-aanpak", "EUaanpak"),
        ("Indo-Pacificstrategie", "Indo Pacificstrategie"),
        ("veiligheids- en geopolitieke", "veiligheids-en geopolitieke"),
        ("waarborgen.  Het hanteren", "waarborgen. Het hanteren"),
        ("worden vergroot", "worden\n\nvergroot"),
        ("het hoofd te bieden Het Koninkrijk", "het hoofd te bieden. Het Koninkrijk"),
        ("Slovenië", "Slovenie"),
        ("thema’s", "thema's"),
        ("risico's", "risico’s"),
        ("op te zetten.\n\nOm de rol", "op te zetten. Om de rol"),
        ("ontwikkelen./.", "ontwikkelen."),
    ],
)
def test_the_walk_sees_a_repaired_or_rejoined_word(seed: Document, source: str, right: str, wrong: str) -> None:
    assert right in seed.text
    assert listed(differences(source, seed.text.replace(right, wrong, 1))) != EXPECTED


def test_the_walk_sees_a_lost_and_a_swapped_paragraph(seed: Document, source: str) -> None:
    blocks = seed.text.split("\n\n")
    assert listed(differences(source, "\n\n".join(blocks[:8] + blocks[9:]))) != EXPECTED
    assert listed(differences(source, "\n\n".join([*blocks[:8], blocks[9], blocks[8], *blocks[10:]]))) != EXPECTED
    assert listed(differences(source, "\n\n".join(blocks[:-1]))) != EXPECTED
