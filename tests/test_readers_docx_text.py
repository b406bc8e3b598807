"""Running text as it is gathered (shared by DOCX and HTML): white space, marks and page turns, offsets exact."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rbzqa.readers.marked import Cleaned, Marked, joined
from rbzqa.types import Mark


def gathered(*pieces: str | tuple[str] | int) -> Marked:
    """Text of strings, marks as (label,), page turns as numbers."""
    text = Marked()
    for piece in pieces:
        if isinstance(piece, str):
            text.add(piece)
        else:
            text.place(piece[0] if isinstance(piece, tuple) else piece)
    return text


@pytest.mark.parametrize(
    ("pieces", "text", "offsets"),
    [
        (("De Raad", ("1",), " besloot"), "De Raad besloot", [7]),
        (("De Raad ", ("1",), " besloot"), "De Raad besloot", [8]),
        (("De Raad ", ("1",), "besloot"), "De Raad besloot", [8]),
        (("Raad", ("1",), ("2",), " x"), "Raad x", [4, 4]),
        (("Raad ", ("1",), " ", ("2",), " x"), "Raad x", [5, 5]),
        (("een\t", ("1",), "\ntwee"), "een twee", [4]),
        (("een", ("1",), "\ttwee"), "een twee", [3]),
        ((("1",), " een"), "een", [0]),
        (("een ", ("1",), " "), "een", [3]),
        (("", ("1",)), "", [0]),
        (("\u00a0", ("1",), "een"), "een", [0]),
    ],
)
def test_marks_stay_at_their_place(pieces: tuple[str | tuple[str], ...], text: str, offsets: list[int]) -> None:
    cleaned = gathered(*pieces).clean()
    assert cleaned.text == text
    assert [mark.offset for mark in cleaned.marks] == offsets


def test_page_turns_stay_at_their_place() -> None:
    assert gathered("een zin ", 2, "die doorloopt", ("1",), ".").clean() == Cleaned("een zin die doorloopt.", (Mark(21, "1"),), ((8, 2),))


def test_spaces_stay_unless_they_collapse() -> None:
    assert gathered("a  b \u00a0 c").clean().text == "a  b \u00a0 c"
    assert gathered("a  b", " ", " c").clean(collapse=True).text == "a b c"
    assert gathered("a ", ("1",), " b", ("2",), ("3",), "c").clean(collapse=True) == Cleaned("a b" + "c", (Mark(2, "1"), Mark(3, "2"), Mark(3, "3")))


def test_soft_hyphens_go_and_other_invisible_characters_stay() -> None:
    # FAULTS A6
    assert gathered("sa\u00admen\u200bhang \u202eom\u202c \U000e0041").clean().text == "samen\u200bhang \u202eom\u202c \U000e0041"


def test_controls_go_and_the_sign_for_a_place_can_not_be_forged() -> None:
    # FAULTS A4
    assert gathered("a\0b\x01c\x7f", ("1",)).clean() == Cleaned("abc", (Mark(3, "1"),))


def test_a_text_is_filled_once_it_has_more_than_white_space() -> None:
    blank, text = gathered(" \t", ("1",)), gathered(" ", ("1",), "x")
    assert (blank.filled, text.filled) == (False, True)
    blank.extend(text)
    assert blank.filled
    assert blank.clean() == Cleaned("x", (Mark(0, "1"), Mark(0, "1")))


def test_texts_behind_each_other() -> None:
    parts = [Cleaned("ab", (Mark(1, "1"),), ((2, 5),)), Cleaned(""), Cleaned("c", (Mark(1, "2"),))]
    assert joined(parts, "\t") == Cleaned("ab\t\tc", (Mark(1, "1"), Mark(5, "2")), ((2, 5),))
    assert joined([], " ") == Cleaned("")


PIECES = st.lists(st.one_of(st.text(alphabet=" \t\n\u00a0ae\u0301\u00ad😀.\0\u2028"), st.tuples(st.sampled_from(["1", "*"])), st.integers(2, 9)), max_size=8)


@given(PIECES, st.booleans())
def test_every_text_is_canonical_and_every_offset_lies_in_it(pieces: list[str | tuple[str] | int], collapse: bool) -> None:
    text, marks, turns = gathered(*pieces).clean(collapse=collapse)
    assert text == text.strip() == unicodedata.normalize("NFC", text)
    assert not set(text) & set("\0\t\n\r\u2028\u00ad")
    assert [mark.label for mark in marks] == [piece[0] for piece in pieces if isinstance(piece, tuple)]
    assert [page for _, page in turns] == [piece for piece in pieces if isinstance(piece, int)]
    places = [mark.offset for mark in marks]
    assert places == sorted(places)
    assert all(0 <= at <= len(text) for at in [*places, *(at for at, _ in turns)])
    assert not collapse or "  " not in text


@given(PIECES)
def test_no_character_is_lost_but_white_space(pieces: list[str | tuple[str] | int]) -> None:
    said = "".join(piece for piece in pieces if isinstance(piece, str))
    kept = gathered(*pieces).clean().text
    wanted = unicodedata.normalize("NFC", "".join(said.replace("\0", "").replace("\u00ad", "").split()))
    assert unicodedata.normalize("NFC", "".join(kept.split())) == wanted
