"""types.py: the nouns are frozen and slotted, and know the few things they must."""

import dataclasses
import inspect
import sys

import pytest

from rbzqa import types
from rbzqa.types import Paragraph, Part, PartKind

NOUNS = [noun for _, noun in inspect.getmembers(types, inspect.isclass) if noun.__module__ == types.__name__]


@pytest.mark.parametrize("noun", NOUNS, ids=lambda noun: noun.__name__)
def test_a_noun_is_frozen_slotted_and_explained(noun: type) -> None:
    assert dataclasses.is_dataclass(noun)
    assert noun.__dataclass_params__.frozen  # type: ignore[attr-defined]
    assert "__slots__" in vars(noun)
    assert noun.__doc__ and not noun.__doc__.startswith(f"{noun.__name__}(")  # not the one that dataclass makes


def test_the_nouns_of_the_contract_are_all_there() -> None:
    names = {noun.__name__ for noun in NOUNS}
    assert {"Block", "Document", "Part", "Section", "Paragraph", "Passage", "Query", "Hit", "Evidence", "Citation", "Answer"} <= names


def test_the_nouns_need_the_standard_library_alone() -> None:
    imported = {line.split()[1] for line in inspect.getsource(types).splitlines() if line.startswith(("import ", "from "))}
    assert imported and imported <= sys.stdlib_module_names


def test_a_paragraph_over_a_page_break_knows_the_page_of_every_character() -> None:
    paragraph = Paragraph("verslag-p1-aaaaaa", 1, 10, 100, 3, page_turns=((40, 4), (80, 5)))
    assert [paragraph.page_at(at) for at in (10, 39, 40, 79, 80, 99)] == [3, 3, 4, 4, 5, 5]


def test_without_pages_there_is_no_page() -> None:
    assert Paragraph("verslag-p1-aaaaaa", 1, 10, 100, None).page_at(50) is None


@pytest.mark.parametrize(
    ("kind", "number", "code"),
    [
        ("letter", 1, "brief"),
        ("report", 1, "verslag"),
        ("report", 2, "verslag2"),
        ("agenda", 1, "agenda"),
        ("annex", 1, "bijlage1"),
        ("annex", 12, "bijlage12"),
    ],
)
def test_the_code_of_a_part_begins_its_paragraph_ids(kind: PartKind, number: int, code: str) -> None:
    assert Part(kind, number, "", ()).code == code
