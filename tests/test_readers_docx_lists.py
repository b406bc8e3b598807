"""DOCX lists: the numbers and bullets that the page shows stand before their paragraphs."""

from typing import Any

import pytest

from rbzqa.readers import read
from rbzqa.readers.numerals import in_form

from .docxs import docx, level, lists, numbered, p, r, style

DECIMAL = lists(level(0, "decimal", "%1."), level(1, "lowerLetter", "%2."), level(2, "lowerRoman", "(%3)"))


def texts(body: str, numbering: str = DECIMAL, **parts: Any) -> list[str]:
    return [block.text for block in read(docx(body, numbering=numbering, **parts))[0]]


def at(*levels: int, num: str = "1") -> str:
    return "".join(numbered("x", num, n) for n in levels)


def test_numbers_count_and_lower_levels_begin_anew() -> None:
    assert texts(at(0, 1, 1, 2, 0, 1)) == ["1. x", "a. x", "b. x", "(i) x", "2. x", "a. x"]


def test_numbers_of_more_levels_in_one() -> None:
    assert texts(at(0, 1, 1, 0, 1), lists(level(0, "decimal", "%1"), level(1, "decimal", "%1.%2."))) == ["1 x", "1.1. x", "1.2. x", "2 x", "2.1. x"]


def test_a_lower_level_before_any_higher_one_names_its_start() -> None:
    assert texts(at(1, 0), lists(level(0, "decimal", "%1."), level(1, "decimal", "%1.%2"))) == ["1.1 x", "1. x"]


def test_legal_numbers_are_all_decimal() -> None:
    rules = lists(level(0, "upperRoman", "Artikel %1"), level(1, "decimal", "%1.%2", "<w:isLgl/>"), level(2, "decimal", "%1.%3"))
    assert texts(at(0, 0, 1, 2), rules) == ["Artikel I x", "Artikel II x", "2.1 x", "II.1 x"]


def test_a_level_that_never_begins_anew_or_only_after_one_level() -> None:
    never = lists(level(0, "decimal", "%1."), level(1, "decimal", "(%2)", '<w:lvlRestart w:val="0"/>'))
    assert texts(at(0, 1, 0, 1), never) == ["1. x", "(1) x", "2. x", "(2) x"]
    first = lists(level(0, "decimal", "%1."), level(1, "decimal", "%2."), level(2, "decimal", "(%3)", '<w:lvlRestart w:val="1"/>'))
    assert texts(at(0, 1, 2, 1, 2, 0, 2), first)[2::2] == ["(1) x", "(2) x", "(1) x"]


def test_two_lists_of_one_definition_count_on_unless_one_begins_anew() -> None:
    other = '<w:num w:numId="2"><w:abstractNumId w:val="0"/>{}</w:num>'
    anew = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="5"/></w:lvlOverride>'
    body = at(0, 0) + at(0, 0, num="2") + at(0)
    assert texts(body, lists(level(0, "decimal", "%1."), more=other.format(""))) == ["1. x", "2. x", "3. x", "4. x", "5. x"]
    assert texts(body, lists(level(0, "decimal", "%1."), more=other.format(anew))) == ["1. x", "2. x", "5. x", "6. x", "7. x"]


def test_a_level_of_its_own_in_one_list() -> None:
    more = f'<w:num w:numId="2"><w:abstractNumId w:val="0"/><w:lvlOverride w:ilvl="0">{level(0, "upperLetter", "%1)")}</w:lvlOverride></w:num>'
    assert texts(at(0, num="2"), lists(level(0, "decimal", "%1."), more=more)) == ["A) x"]


@pytest.mark.parametrize(
    ("char", "shown"),
    [("\uf0b7", "• x"), ("\uf0a7", "• x"), ("o", "• x"), ("•", "• x"), ("-", "- x"), ("–", "– x"), ("\uf02d", "- x"), ("▪", "▪ x"), ("", "x")],
)
def test_bullets_as_the_page_shows_them(char: str, shown: str) -> None:
    assert texts(at(0), lists(level(0, "bullet", char))) == [shown]


def test_no_list_and_no_number() -> None:
    assert texts(at(0, num="0") + at(0, num="77")) == ["x", "x"]
    assert texts(at(0), lists(level(0, "none", ""))) == ["x"]


def test_a_number_that_touches_its_text() -> None:
    assert texts(at(0), lists(level(0, "decimal", "§%1", '<w:suff w:val="nothing"/>'))) == ["§1x"]


def test_a_list_by_the_style_of_the_paragraph() -> None:
    styles = style("lijst", "Alineanummer 1", '<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr>') + style("sub", "Alineanummer 2", base="lijst")
    rules = lists(level(0, "decimal", "%1."), level(1, "lowerLetter", "%2.", '<w:pStyle w:val="sub"/>'))
    body = (
        p("een", style="lijst")
        + p("twee", style="sub")
        + p("drie", style="lijst")
        + p("vier", style="lijst", properties='<w:numPr><w:numId w:val="0"/></w:numPr>')
    )
    assert texts(body, rules, styles=styles) == ["1. een", "a. twee", "2. drie", "vier"]


def test_a_style_that_names_its_level_and_a_paragraph_that_names_only_its_level() -> None:
    styles = style("sub", "Sub", '<w:pPr><w:numPr><w:ilvl w:val="1"/><w:numId w:val="1"/></w:numPr></w:pPr>')
    assert texts(p("a", style="sub") + p("b", style="sub", properties='<w:numPr><w:ilvl w:val="0"/></w:numPr>'), styles=styles) == ["a. a", "1. b"]


def test_a_list_by_a_numbering_style() -> None:
    styles = style("stijl", "Mijn lijst", '<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr>', kind="numbering")
    linked = '<w:abstractNum w:abstractNumId="5"><w:numStyleLink w:val="stijl"/></w:abstractNum>'
    more = '<w:num w:numId="2"><w:abstractNumId w:val="5"/></w:num>'
    assert texts(at(0, num="2"), linked + lists(level(0, "decimal", "%1°")) + more, styles=styles) == ["1° x"]


def test_an_empty_paragraph_counts_and_one_that_was_deleted_or_hidden_does_not() -> None:
    properties = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>'
    assert texts(at(0) + p(properties=properties) + at(0)) == ["1. x", "3. x"]
    deleted = p(f"<w:del>{r('weg')}</w:del>", properties=f"{properties}<w:rPr><w:del/></w:rPr>")
    assert texts(at(0) + deleted + at(0)) == ["1. x", "2. x"]  # FAULTS A20
    hidden = p(r("weg", "<w:vanish/>"), properties=f"{properties}<w:rPr><w:vanish/></w:rPr>")
    assert texts(at(0) + hidden + at(0)) == ["1. x", "2. x"]


def test_a_numbered_bold_line_is_a_heading_and_a_bulleted_one_is_not() -> None:
    bold = p(r("Titel", "<w:b/>"), properties='<w:numPr><w:numId w:val="1"/></w:numPr>')
    after = p("Een gewone alinea die lang genoeg is.")
    assert read(docx(bold + after, numbering=DECIMAL))[0][0].kind == "heading"
    assert texts(bold + after)[0] == "1. Titel"
    assert read(docx(bold + after, numbering=lists(level(0, "bullet", "•"))))[0][0].kind == "paragraph"


def test_lists_without_a_definition_of_lists() -> None:
    assert [block.text for block in read(docx(at(0)))[0]] == ["x"]


@pytest.mark.parametrize(
    ("number", "form", "text"),
    [
        (4, "decimal", "4"),
        (4, "decimalZero", "04"),
        (26, "lowerLetter", "z"),
        (27, "lowerLetter", "aa"),
        (54, "upperLetter", "BBB"),
        (4, "lowerRoman", "iv"),
        (1994, "upperRoman", "MCMXCIV"),
        (0, "lowerLetter", "0"),
        (0, "upperRoman", "0"),
        (3, "none", ""),
        (3, "cardinalText", "3"),
    ],
)
def test_forms_of_numbers(number: int, form: str, text: str) -> None:
    assert in_form(number, form) == text


def test_absurd_numbers_stay_small() -> None:
    rules = lists(level(0, "upperRoman", "%1")).replace('w:start w:val="1"', 'w:start w:val="99999999999999999999"')
    assert "9999" in rules
    assert len(texts(at(0), rules)[0]) < 100
    assert texts(p("x", properties='<w:numPr><w:ilvl w:val="99"/><w:numId w:val="1"/></w:numPr>')) == ["x"]
    assert texts(p("x", properties='<w:numPr><w:ilvl w:val="nee"/><w:numId w:val="1"/></w:numPr>')) == ["1. x"]
