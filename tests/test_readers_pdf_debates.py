"""Debates, lists of questions, contents and columns in PDF, made here."""

from collections import Counter
from collections.abc import Sequence

import pytest

from rbzqa.readers.lines import join_lines
from rbzqa.readers.pdf import read_pdf
from rbzqa.readers.pdf.contents import take_contents
from rbzqa.readers.pdf.debates import with_speakers
from rbzqa.readers.pdf.paragraphs import measure, paragraphs
from rbzqa.readers.pdf.pieces import Piece
from rbzqa.readers.pdf.reader import with_soft_hyphens
from rbzqa.readers.pdf.sheets import Sheet
from rbzqa.types import Block

from .pdfs import Line, Shown, Text, block, pdf
from .timing import is_linear

LONG = (
    "De commissie heeft in het voorjaar met alle betrokken partijen gesproken over\n"
    "de uitvoering van de regeling en de gevolgen daarvan voor de burgers en de\n"
    "bedrijven in de grensstreek. Dat heeft geleid tot aanbevelingen."
)


def shape(*pages: Sequence[Shown]) -> list[tuple[str, int, str]]:
    return [(one.kind, one.level, one.text) for one in read_pdf(pdf(*pages)) if one.kind not in ("furniture", "fact")]


def stated(*pages: Sequence[Shown]) -> list[tuple[str, str]]:
    return [(one.label, one.text) for one in read_pdf(pdf(*pages)) if one.kind == "fact"]


def headings(*pages: Sequence[Shown]) -> list[tuple[int, str]]:
    return [(level, text) for kind, level, text in shape(*pages) if kind == "heading"]


# Handelingen


WIDTHS = {"De": 12.8, "De heer": 35.0, "Minister": 38.3, "voorzitter": 50.0, "Wilders": 38.9, "Kaag": 24.4}  # points


def speaker(y: float, before: str, name: str, after: str) -> list[Shown]:
    at = 60 + WIDTHS[before] + 3
    return [Text(60, y, before), Text(at, y, name, font="B"), Text(at + WIDTHS[name] + 3 * (after != ":"), y, after)]


def debate(foot: str = "61-10-1", chamber: str = "Tweede Kamer") -> list[Shown]:
    page: list[Shown] = [Text(60, 790, "10", 20, "B"), Text(60, 760, "Ondernemen en financiering", 14, "B")]
    for n, (before, name, after) in enumerate(
        (("De", "voorzitter", ":"), ("De heer", "Wilders", "(PVV):"), ("Minister", "Kaag", ":"), ("De", "voorzitter", ":"))
    ):
        page += [*speaker(730 - 80 * n, before, name, after), *block(60, 718 - 80 * n, LONG)]
    return [*page, Text(60, 40, chamber, 8), Text(250, 40, "Ondernemen en financiering", 8), Text(480, 40, foot, 8), Text(480, 50, "22 maart 2018", 8)]


def test_speakers_in_a_debate_are_headings_below_its_title() -> None:
    found = shape(debate())
    assert [(level, text) for kind, level, text in found if kind == "heading"] == [
        (1, "Ondernemen en financiering"),
        (2, "De voorzitter"),
        (2, "De heer Wilders (PVV)"),
        (2, "Minister Kaag"),
        (2, "De voorzitter"),
    ]
    assert [text for kind, _, text in found if kind == "paragraph"] == [LONG.replace("\n", " ")] * 4


@pytest.mark.parametrize("foot", ["61-10-1", "TK 61 61-10-1", "22 maart 2018 TK 61 61-10-1"])
def test_foot_of_the_handelingen_states_where_it_stands(foot: str) -> None:
    facts = stated(debate(foot), debate(foot.replace("10-1", "10-2")))
    assert [fact for fact in facts if fact[0] != "date"] == [
        ("pages", "publication"),
        ("publication", "Handelingen"),
        ("chamber", "Tweede Kamer"),
        ("number", "61"),
        ("item", "10"),
        ("title", "Ondernemen en financiering"),
    ]
    blocks = read_pdf(pdf(debate(foot.replace("10-1", "10-7"))))
    assert {one.page for one in blocks if one.kind == "paragraph"} == {7}
    furniture = [one.text for one in blocks if one.kind == "furniture"]
    assert "10" in furniture and "22 maart 2018" in furniture


def test_text_just_above_the_foot_of_a_debate_stays() -> None:
    page = [*debate(), *block(60, 100, LONG.split("\n")[0]), Text(60, 95 - 12, "en dat was het.")]
    words = " ".join(text for _, _, text in shape(page))
    assert words.endswith("gesproken over en dat was het.")


def test_item_number_that_is_no_larger_than_text_stays() -> None:
    page = [one for one in debate() if not (isinstance(one, Text) and one.text == "10")]
    assert "10" in [text for _, _, text in shape([*page, Text(60, 440, "10")])]


def test_page_without_a_foot_in_a_debate_keeps_its_count() -> None:
    blocks = read_pdf(pdf(debate("61-10-1"), block(60, 760, LONG)))
    assert [one.page for one in blocks if one.kind == "paragraph"][-1] == 2


def test_numbers_in_a_foot_without_a_chamber_are_no_sitting() -> None:
    assert not any(label == "item" for label, _ in stated(debate(chamber="Rapport")))


def test_motion_in_a_debate_stands_below_its_speaker() -> None:
    page = debate()
    page[-4:-4] = [Text(60, 400, "Motie", 10, "B"), *block(60, 388, "De Kamer,\ngehoord de beraadslaging,\noverwegende dat " + LONG)]
    found = shape(page)
    at = found.index(("heading", 3, "Motie"))
    assert [text for _, _, text in found[at + 1 : at + 4]] == ["De Kamer,", "gehoord de beraadslaging,", "overwegende dat " + LONG.replace("\n", " ")]


BOLD = [Block("paragraph", f"De heer {name}:", 1) for name in ("Bosma", "Van der Lee (GroenLinks)", "Jansen")]


def test_speaker_is_known_by_bold_letters_and_a_colon() -> None:
    assert [one.kind for one in with_speakers(BOLD, [True] * 3)] == ["heading"] * 3
    assert with_speakers(BOLD, [False] * 3) == BOLD
    assert with_speakers(BOLD[:2], [True] * 2) == BOLD[:2]
    said = Block("paragraph", "De heer Bosma zei dat. En toen:", 1)
    assert with_speakers([*BOLD, said], [True] * 4)[-1] == said


def test_speaker_loses_its_colon_and_nothing_else() -> None:
    assert [one.text for one in with_speakers(BOLD, [True] * 3)] == ["De heer Bosma", "De heer Van der Lee (GroenLinks)", "De heer Jansen"]


def test_heading_that_opens_a_page_keeps_its_level_among_speakers() -> None:
    annex = Block("heading", "Bijlage", 4, 1, starts_page=True)
    assert with_speakers([*BOLD, annex], [True] * 4)[-1].level == 1
    assert with_speakers([*BOLD, Block("heading", "Motie", 4, 1)], [True] * 4)[-1].level == 3


# Contents


def test_contents_are_furniture() -> None:
    entries = [Text(80, 730 - 14 * n, f"{n}. Hoofdstuk {n} {'. ' * 40}{n + 2}") for n in range(1, 5)]
    first: list[Shown] = [Text(80, 750, "Inhoudsopgave", 12, "B"), *entries, *block(80, 600, LONG)]
    assert shape(first) == [("paragraph", 0, LONG.replace("\n", " "))]
    furniture = [one.text for one in read_pdf(pdf(first)) if one.kind == "furniture"]
    assert furniture[0] == "Inhoudsopgave" and len(furniture) == 5


def test_contents_without_leaders_are_furniture_below_their_title() -> None:
    entries: list[Shown] = []
    for n in range(1, 5):
        entries += [Text(80, 730 - 14 * n, f"{n}. Hoofdstuk over de regeling"), Text(500, 730 - 14 * n, str(n + 2))]
    assert shape([Text(80, 750, "Inhoud", 12, "B"), *entries, *block(80, 600, LONG)]) == [("paragraph", 0, LONG.replace("\n", " "))]
    kept = [text for _, _, text in shape([Text(80, 750, "Bedragen", 12, "B"), *entries, *block(80, 600, LONG)])]
    assert "1. Hoofdstuk over de regeling\t3" in kept


def test_contents_run_on_to_the_next_page_and_an_entry_over_two_lines() -> None:
    first = [Text(80, 750, "Inhoud", 12, "B"), *(Text(80, 730 - 14 * n, f"{n}. Hoofdstuk {'. ' * 40}{n + 2}") for n in range(1, 5))]
    second = [
        Text(80, 750, "5. Een hoofdstuk met een lange naam, die over"),
        Text(80, 738, f"twee regels loopt {'. ' * 40} 9"),
        *block(80, 600, LONG),
    ]
    assert shape(first, second, block(80, 700, LONG)) == [("paragraph", 0, LONG.replace("\n", " "))] * 2


@pytest.mark.parametrize("dots", [".", ". ", "… ", " ."])
def test_time_to_look_for_leaders_is_linear(dots: str) -> None:
    def look(text: str) -> None:
        line = Piece(1, 80, 400, 700, 10, text)
        take_contents([Sheet(1, 595, 842, [])], [[line]])
        paragraphs([line, line], measure([line, line], {}))

    assert is_linear(lambda n: f"{dots * n}x", look, 20_000)


def test_three_dots_and_a_number_are_text() -> None:
    page = block(80, 700, "En toen ... 3\nkwam er niets meer van. Dat was in 2023.")
    assert [text for _, _, text in shape(page)] == ["En toen ... 3 kwam er niets meer van. Dat was in 2023."]


# Headings


def test_underlined_line_is_a_heading() -> None:
    page: list[Shown] = []
    for n, title in enumerate(("Midden-Oosten", "Westelijke Balkan", "Jemen:")):
        page += [Text(80, 740 - 60 * n, title), *block(80, 728 - 60 * n, LONG)]
    lines = [Line(80, x1, y - 1.5) for x1, y in ((145, 740), (163, 680), (109, 620))]
    assert headings([*page, *lines]) == [(1, "Midden-Oosten"), (1, "Westelijke Balkan"), (1, "Jemen:")]
    assert headings(page) == []


def test_underlined_words_in_a_line_and_addresses_are_no_heading() -> None:
    page: list[Shown] = [*block(80, 740, LONG), Line(80, 143, 738.5), Text(80, 680, "www.rijksoverheid.nl"), Line(80, 174, 678.5), *block(80, 668, LONG)]
    assert headings(page) == []


def lettered(*labels: str) -> list[Shown]:
    page: list[Shown] = []
    for n, label in enumerate(labels):
        page += [Text(80, 780 - 75 * n, f"{label} Europese inzet"), *block(80, 756 - 75 * n, LONG)]
    return page


def test_plain_lines_that_count_in_letters_are_headings() -> None:
    assert headings(lettered("I.", "A.", "B.", "II.", "A.", "B.")) == [
        (1, "I. Europese inzet"),
        (2, "A. Europese inzet"),
        (2, "B. Europese inzet"),
        (1, "II. Europese inzet"),
        (2, "A. Europese inzet"),
        (2, "B. Europese inzet"),
    ]


@pytest.mark.parametrize("labels", [("A.",), ("B.", "C."), ("A.", "C."), ("H.", "J.")])
def test_letters_that_do_not_count_from_the_first_are_initials(labels: tuple[str, ...]) -> None:
    assert headings(lettered(*labels)) == []


def test_words_before_numbers_are_of_their_level() -> None:
    def page(*titles: str) -> list[Shown]:
        return [one for n, title in enumerate(titles) for one in (Text(80, 780 - 75 * n, title, 10, "B"), *block(80, 764 - 75 * n, LONG))]

    assert [level for level, _ in headings(page("Inleiding", "1. Raad", "2. Diversen", "Overig"))] == [1, 1, 1, 1]
    assert [level for level, _ in headings(page("1. Raad", "Bolivia", "2. Diversen", "Jemen"))] == [1, 2, 1, 2]


@pytest.mark.parametrize("line", ["Voorzitter: Klaver", "De griffier van de commissie: Westerhoff", "Adjunct-griffier: Blom"])
def test_name_of_an_officer_is_no_heading(line: str) -> None:
    assert headings([*block(80, 700, LONG), Text(80, 640, line, 10, "B"), *block(80, 610, LONG)]) == []


# Columns and widths

NARROW = (
    "De Raad sprak over de vraag\n"
    "of de lidstaten bereid zijn\n"
    "om aan het plan bij te dra-\n"
    "gen, en op welke wijze dat\n"
    "kan worden gedaan zonder\n"
    "dat het geld kost. De Raad\n"
    "is daar nog niet uit."
)


def test_three_columns_are_read_one_after_the_other() -> None:
    page = [text for n, x in enumerate((50, 220, 390)) for text in block(x, 760, NARROW.replace("De Raad sprak", f"Spreker {n} sprak"), 9, pitch=11)]
    assert [text.split(" ")[1] for _, _, text in shape(page)] == ["0", "1", "2"]


def test_last_page_has_the_columns_of_the_others() -> None:
    full = [*block(60, 760, f"{NARROW}\n{NARROW}", 9, pitch=11), *block(310, 760, f"{NARROW}\n{NARROW}", 9, pitch=11)]
    last = [*block(60, 760, "Een\nTwee\nDrie", 9, pitch=11), *block(310, 760, "Vier\nVijf\nZes", 9, pitch=11)]
    words = " ".join(text for _, _, text in shape(full, full, last))
    assert words.endswith("Een Twee Drie Vier Vijf Zes")


def test_page_whose_lines_cross_the_gutter_is_read_across() -> None:
    full = [*block(60, 760, f"{NARROW}\n{NARROW}", 9, pitch=11), *block(310, 760, f"{NARROW}\n{NARROW}", 9, pitch=11)]
    assert shape(full, full, block(80, 700, LONG))[-1][2] == LONG.replace("\n", " ")


def test_narrow_pages_and_wide_pages_have_edges_of_their_own() -> None:
    narrow = [line for n in range(4) for line in block(80, 760 - 84 * n, NARROW.replace("dra-\ngen", "\ndragen"))]
    wide = [line for n in range(12) for line in block(80, 780 - 50 * n, LONG)]
    found = [text for _, _, text in shape(narrow, wide)]
    assert len(found) == 4 + 12


def test_stretched_text_ends_where_a_line_is_not_full() -> None:
    lines = LONG.split("\n")
    full, short = (
        "De commissie heeft in het voorjaar met alle betrokken partijen gesproken met de",
        "verzoekt de regering om dit aan de orde te stellen in de Raad van deze",
    )
    page: list[Shown] = []
    for n in range(8):
        page += [Text(80, 780 - 36 * n, full), Text(80, 768 - 36 * n, full), Text(80, 756 - 36 * n, short)]
    assert lines and len(shape(page)) == 8


# Letters and signs


def test_signs_that_end_a_line_are_spaces() -> None:
    """From fuzzing (seed 5001): a form feed among the glyphs."""
    assert [text for _, _, text in shape([Text(80, 700, "Een\x0cwoord en\x1dnog een.")])] == ["Een woord en nog een."]


def test_space_behind_a_mark_is_kept_however_narrow() -> None:
    data = pdf([Text(80, 700, "Een zin.^1^ Nog een zin.")])
    narrowed = data.replace(b"( Nog een zin.)", b"-3 Tw ( Nog een zin.)")
    assert narrowed != data
    assert [one.text for one in read_pdf(narrowed) if one.kind == "paragraph"] == ["Een zin. Nog een zin."]


@pytest.mark.parametrize(
    ("text", "expected"), [("Een zin.¹ Nog een zin.", ("Een zin. Nog een zin.", ["1"])), ("Een veld van 20 km² groot.", ("Een veld van 20 km² groot.", []))]
)
def test_superior_figure_of_a_font_is_a_mark_unless_it_is_a_power(text: str, expected: tuple[str, list[str]]) -> None:
    (found,) = (one for one in read_pdf(pdf([Text(80, 700, text)])) if one.kind == "paragraph")
    assert (found.text, [mark.label for mark in found.marks]) == expected


def test_hyphen_of_print_that_only_ends_lines_is_soft() -> None:
    lines = "De Raad sprak over de samen\u2010|werking met de EU-landen en over de ex\u2010|pertise van de lidstaten."
    assert [join(lines)] == ["De Raad sprak over de samenwerking met de EU-landen en over de expertise van de lidstaten."]


def test_hyphen_of_print_that_stands_inside_of_lines_too_is_none() -> None:
    lines = "De Raad sprak over de EU\u2010landen en over de EU\u2010|landen die later komen."
    assert join(lines) == "De Raad sprak over de EU\u2010landen en over de EU\u2010landen die later komen."


def join(lines: str) -> str:
    pieces = [Piece(1, 80, 400, 700 - 12 * n, 10, line) for n, line in enumerate(lines.split("|"))]
    return join_lines([line.text for line in with_soft_hyphens(pieces)], Counter())[0]


def test_end_of_a_line_without_a_letter_before_it_is_no_soft_hyphen() -> None:
    pieces = [Piece(1, 80, 400, 700, 10, text) for text in ("van 2020\u2010", "\u2010", "een \u2010", "")]
    assert [line.text for line in with_soft_hyphens(pieces)] == ["van 2020\u2010", "\u2010", "een \u2010", ""]


# The address of a letter


def letter(*address: str, side: float = 470) -> list[Shown]:
    page: list[Shown] = [Text(side, 700 - 9 * n, line, 6.8, "B" if n == 0 else "F") for n, line in enumerate(("Onze referentie", "BZ2512345"))]
    page += [Text(80, 680 - 12 * n, line, 9) for n, line in enumerate(address)]
    page += [Text(80, 560, "Datum", 9), Text(142, 560, "31 maart 2025", 9), Text(80, 548, "Betreft", 9), Text(142, 548, "Verslag van de Raad", 9)]
    return [*page, Text(80, 500, "Geachte voorzitter,", 9), *block(80, 470, LONG, 9)]


ADDRESS = ("Aan de Voorzitter van de", "Tweede Kamer der Staten-Generaal", "Prinses Irenestraat 6", "Den Haag")


def test_lines_of_an_address_are_one_paragraph() -> None:
    found = [text for _, _, text in shape(letter(*ADDRESS))]
    assert found[:2] == [" ".join(ADDRESS), "Geachte voorzitter,"]


def test_lines_above_the_labels_that_name_no_chamber_stay_as_they_are() -> None:
    found = [text for _, _, text in shape(letter("Aan de heer Jansen", "Postbus 1", "Utrecht"))]
    assert found[0] == "Aan de heer Jansen" and found[-2] == "Geachte voorzitter,"


def test_long_text_above_the_labels_is_no_address() -> None:
    lines = [f"De Tweede Kamer heeft regel {n} van de brief gelezen." for n in range(9)]
    assert " ".join(lines[:2]) in " ".join(text for _, _, text in shape(letter(*lines)))
    assert shape(letter(*lines))[0][2] != " ".join(lines)


@pytest.mark.parametrize(("side", "is_letter"), [(470, True), (440, True), (400, False)])
def test_column_of_fine_print_begins_where_its_kenmerk_stands(side: float, is_letter: bool) -> None:
    assert (("kenmerk", "BZ2512345") in stated(letter(*ADDRESS, side=side))) == is_letter
    assert ("BZ2512345" in " ".join(text for _, _, text in shape(letter(*ADDRESS, side=side)))) != is_letter


def test_fine_print_beside_the_text_shows_how_wide_it_is() -> None:
    """A report in the same file may be set wider: that must not part the lines of the letter."""
    wide = [line for n in range(14) for line in block(60, 790 - 50 * n, LONG.replace("gesproken over", "gesproken over al wat er speelt in de wereld"))]
    first = letter(*ADDRESS, side=430)
    first[-3:] = block(80, 470, LONG, 9)
    found = [text for _, _, text in shape(first, wide)]
    assert found[2] == LONG.replace("\n", " ")
