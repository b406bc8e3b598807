"""Tables whose rows are parted by rules or white, and cells that a wide space parts or does not."""

from collections.abc import Sequence

import pytest

from rbzqa.readers.pdf import read_pdf
from rbzqa.readers.pdf.glyphs import read_pages
from rbzqa.readers.pdf.pieces import Piece
from rbzqa.readers.pdf.rules import Rule, covered, is_underlined
from rbzqa.readers.pdf.tables import Row, find_tables

from .pdfs import Box, Line, Shown, Text, block, pdf

ABOVE = "Uit de gesprekken blijkt dat de regeling in de praktijk goed werkt, al is er nog veel"
XS = (80, 240, 400)


def cells(y: float, *lines: Sequence[str], font: str = "F", xs: Sequence[float] = XS) -> list[Shown]:
    return [Text(x, y - 12 * n, cell, 10, font) for n, line in enumerate(lines) for x, cell in zip(xs, line, strict=True) if cell]


def rules(*ys: float) -> list[Shown]:
    return [Line(75, 520, y) for y in ys]


def rows(*page: Shown) -> list[tuple[str, str]]:
    return [(one.role, one.text) for one in read_pdf(pdf([*block(80, 760, ABOVE), *page])) if one.role != "text"]


HEADS = cells(700, ("Land", "Besluit", "Stand"), font="B")
WRAPPED = [
    *cells(684, ("De Bondsrepubliek", "Een nieuwe regeling", "In overleg"), ("Duitsland", "Voor de grens", "")),
    *cells(656, ("Frankrijk", "Geen", "Af")),
    *cells(640, ("Spanje", "Een wet", ""), ("", "Die nog volgt", "")),
]
EXPECTED = [
    ("heads", "Land\tBesluit\tStand"),
    ("row", "De Bondsrepubliek Duitsland\tEen nieuwe regeling Voor de grens\tIn overleg"),
    ("row", "Frankrijk\tGeen\tAf"),
    ("row", "Spanje\tEen wet Die nog volgt"),
]


def test_rules_part_the_rows_whatever_the_cells_hold() -> None:
    assert rows(*HEADS, *WRAPPED, *rules(712, 696, 668, 652, 624)) == EXPECTED


def test_boxes_part_the_rows_as_rules_do() -> None:
    boxes = [Box(75, low, 520, high) for low, high in ((696, 712), (668, 696), (652, 668), (624, 652))]
    assert rows(*HEADS, *WRAPPED, *boxes) == EXPECTED
    filled = [Box(75, low, 520, high, "f") for low, high in ((696, 712), (668, 696), (652, 668), (624, 652))]
    assert rows(*filled, *HEADS, *WRAPPED) == EXPECTED


def test_sides_of_a_box_that_is_not_drawn_part_nothing() -> None:
    hidden = [Box(75, low, 520, high, "n") for low, high in ((696, 712), (668, 696), (652, 668), (624, 652))]
    (page,) = read_pages(pdf([*HEADS, *hidden]))
    assert page.rules == []


def test_white_parts_the_rows_where_no_rule_is_drawn() -> None:
    page = [
        *cells(704, ("Land", "Besluit", "Stand"), font="B"),
        *cells(684, ("De Bondsrepubliek", "Een nieuwe regeling", "In overleg"), ("Duitsland", "", "")),
        *cells(652, ("Frankrijk", "Geen", "Af")),
        *cells(632, ("Spanje", "Een wet", "Af")),
    ]
    assert rows(*page) == [
        ("heads", "Land\tBesluit\tStand"),
        ("row", "De Bondsrepubliek Duitsland\tEen nieuwe regeling\tIn overleg"),
        ("row", "Frankrijk\tGeen\tAf"),
        ("row", "Spanje\tEen wet\tAf"),
    ]


def test_rules_over_groups_of_rows_do_not_make_one_row_of_them() -> None:
    figures = [("België", "12", "3"), ("Duitsland", "7", "4"), ("Frankrijk", "8", "5"), ("Totaal", "27", "12")]
    page = [*cells(700, ("Land", "2022", "2023"), font="B"), *cells(684, *figures)]
    found = rows(*page, *rules(712, 696, 658, 640))
    assert found[1:] == [("row", "\t".join(line)) for line in figures]


def test_rules_over_groups_of_words_do_not_make_one_row_of_them() -> None:
    words = [("België", "Brussel", "Af"), ("Duitsland", "Berlijn", "Af"), ("Frankrijk", "Parijs", "Af"), ("Spanje", "Madrid", "Open")]
    page = [*cells(700, ("Land", "Stad", "Stand"), font="B"), *cells(684, *words)]
    assert rows(*page, *rules(712, 696, 670, 640))[1:] == [("row", "\t".join(line)) for line in words]


def test_last_line_of_a_cell_alone_belongs_to_its_row() -> None:
    lines = [("Spanje", "Een wet die", "Af"), ("", "nog volgt en die", ""), ("", "de Kamer nog moet", ""), ("", "goedkeuren.", ""), ("", "Dat duurt.", "")]
    page = [*HEADS, *cells(684, ("Frankrijk", "Geen", "Af")), *cells(668, *lines), *block(80, 590, "De tabel is hier uit.")]
    found = rows(*page, *rules(712, 696, 680, 610))
    assert found[2] == ("row", "Spanje\tEen wet die nog volgt en die de Kamer nog moet goedkeuren. Dat duurt.\tAf")


def test_first_line_of_a_row_alone_belongs_to_it() -> None:
    page = [*cells(712, ("", "Besluit van", ""), font="B"), *HEADS, *cells(684, ("Frankrijk", "Geen", "Af")), *cells(668, ("Spanje", "Wet", "Af"))]
    assert rows(*page, *rules(724, 696, 680, 660))[0] == ("heads", "Land\tBesluit van Besluit\tStand")


def test_cells_close_to_each_other_are_parted_where_columns_begin() -> None:
    wide = "Veiligheid en rechtsorde en nog"  # it ends less than an em before the next column
    page = [
        *cells(700, ("Land", "Programma", "2022"), font="B"),
        *cells(684, ("Mali", wide, "12,4")),
        *cells(668, ("Niger", "Water", "3,2")),
        *cells(652, ("Togo", "Voedsel", "7,7")),
    ]
    close = [Text(text.x if text.x != XS[2] else 390, text.y, text.text, text.size, text.font) for text in page if isinstance(text, Text)]
    assert rows(*close) == [("heads", "Land\tProgramma\t2022"), ("row", f"Mali\t{wide}\t12,4"), ("row", "Niger\tWater\t3,2"), ("row", "Togo\tVoedsel\t7,7")]


def test_wide_space_inside_a_cell_parts_nothing() -> None:
    page = [
        *cells(700, ("Land", "Programma", "2022"), font="B"),
        *cells(684, ("Mali", "Recht", "12,4")),
        Text(275, 684, "en orde"),
        *cells(668, ("Niger", "Water", "3,2")),
        *cells(652, ("Togo", "Voedsel", "7,7")),
    ]
    assert rows(*page)[1] == ("row", "Mali\tRecht en orde\t12,4")


def test_cell_that_stretches_over_columns_makes_no_row() -> None:
    page = [
        *cells(700, ("Land", "Programma", "2022"), font="B"),
        Text(80, 684, "Dit is een zin die over alle kolommen van de tabel heen loopt en die nergens bij hoort"),
        *cells(668, ("Niger", "Water", "3,2")),
    ]
    assert rows(*page) == []


def test_marks_of_footnotes_stay_with_the_cell_that_is_cut_off() -> None:
    lines = [("Mali", "Recht", "12"), ("Niger", "Water", "3"), ("Togo", "Voedsel", "7"), ("Tsjaad", "Water", "8")]
    page = [*cells(700, ("Land", "Programma", "2022"), font="B"), *cells(684, *lines), Text(270, 684, "en orde^1^"), Text(80, 90, "^1^ Voorlopig.", 7)]
    found = [one for one in read_pdf(pdf([*block(80, 760, ABOVE), *page])) if one.marks]
    assert [(one.text, one.marks[0].label) for one in found] == [("Mali\tRecht en orde\t12", "1")]


def test_label_over_two_lines_with_its_figures_on_the_second_is_one_row() -> None:
    lines = [("Verplichtingen", "1.234", "1.345"), ("Bijdragen aan landen en", "", ""), ("aan organisaties", "12", "23"), ("waarvan vast", "4", "5")]
    page = [*cells(700, ("Artikel 2", "2023", "2024"), font="B"), *cells(686, *lines)]
    assert rows(*page)[1:] == [
        ("row", "Verplichtingen\t1.234\t1.345"),
        ("row", "Bijdragen aan landen en aan organisaties\t12\t23"),
        ("row", "waarvan vast\t4\t5"),
    ]


def test_small_letter_with_figures_under_figures_begins_a_row() -> None:
    page = [*cells(700, ("Artikel 2", "2023", "2024"), font="B"), *cells(688, ("Uitgaven", "10", "12"), ("waarvan vast", "4", "5"), ("Ontvangsten", "1", "2"))]
    assert [text for _, text in rows(*page)][1:] == ["Uitgaven\t10\t12", "waarvan vast\t4\t5", "Ontvangsten\t1\t2"]


def test_word_that_is_broken_in_a_cell_is_whole_where_the_text_breaks_words() -> None:
    broken = block(80, 740, "De Raad sprak over samen-\nwerking en veilig-\nheid en over rechts-\norde en over gezond-\nheid in Afrika.")
    page = [
        *cells(640, ("Land", "Besluit", "Jaar"), font="B"),
        *cells(626, ("Mali", "Veiligheid en be-", "2022"), ("", "vordering", ""), ("Niger", "Geen", "2023")),
    ]
    assert rows(*broken, *page)[1] == ("row", "Mali\tVeiligheid en bevordering\t2022")


def test_table_beside_nothing_of_two_pages_gives_its_heads_on_both() -> None:
    first = [*block(80, 760, ABOVE), *cells(700, ("Land", "Besluit", "Jaar"), font="B"), *cells(686, ("Mali", "Wet", "2022"), ("Niger", "Geen", "2023"))]
    second = [*cells(780, ("Land", "Besluit", "Jaar"), font="B"), *cells(766, ("Togo", "Wet", "2024"), ("Tsjaad", "Geen", "2025"))]
    found = [(one.role, one.page) for one in read_pdf(pdf(first, second)) if one.role != "text"]
    assert found == [("heads", 1), ("row", 1), ("row", 1), ("heads", 2), ("row", 2), ("row", 2)]


def piece(x0: float, x1: float, y: float, text: str, *parts: Piece) -> Piece:
    return Piece(1, x0, x1, y, 10, text, cells=parts)


def test_cells_without_width_are_no_table() -> None:
    """From fuzzing (seed 5011): a column whose cells all begin where it ends."""
    lines = [piece(80, 200, y, "a b", piece(80, 90, y, "a"), piece(200, 200, y, "b")) for y in (700, 688, 676)]
    assert find_tables(lines, 10) == lines


# Rules


def test_rules_are_read_with_their_places() -> None:
    (page,) = read_pages(pdf([Text(80, 700, "Tekst"), Line(80, 300, 600), Box(80, 400, 300, 401, "f"), Box(80, 200, 300, 300), Line(80, 82, 100)]))
    assert [(round(rule.x0), round(rule.x1), round(rule.y)) for rule in page.rules] == [(80, 300, y) for y in (200, 300, 400, 600)]


def test_rules_of_a_turned_page_are_left_out() -> None:
    assert read_pages(pdf([Text(80, 700, "Tekst"), Line(80, 300, 600)], extra="/Rotate 90"))[0].rules == []


def test_page_that_is_drawn_full_has_no_rules(monkeypatch: pytest.MonkeyPatch) -> None:
    page: list[Shown] = [Text(80, 700, "Tekst"), *(Line(80, 300, 600 - n) for n in range(5))]
    assert len(read_pages(pdf(page))[0].rules) == 5
    for limit in ("_MAX_RULES", "_MAX_OBJECTS"):
        with monkeypatch.context() as bounded:
            bounded.setattr(f"rbzqa.readers.pdf.rules.{limit}", 4 if limit == "_MAX_RULES" else 5)
            assert read_pages(pdf(page))[0].rules == []


def test_page_that_does_not_begin_at_its_corner_moves_its_rules() -> None:
    data = pdf([Text(180, 750, "Tekst"), Line(180, 300, 600)]).replace(b"[0 0 595 842]", b"[100 100 695 942]")
    (rule,) = read_pages(data)[0].rules
    assert (round(rule.x0), round(rule.x1), round(rule.y)) == (80, 200, 500)


@pytest.mark.parametrize(
    ("found", "expected"),
    [
        ([Rule(80, 200, 698)], True),
        ([Rule(80, 120, 698), Rule(130, 200, 698)], True),  # a descender interrupts it
        ([Rule(80, 130, 698)], False),
        ([Rule(60, 400, 698)], False),  # over a column: it parts
        ([Rule(80, 200, 690)], False),
        ([Rule(80, 200, 703)], False),
        ([], False),
    ],
)
def test_text_is_underlined_by_a_rule_of_its_own_width(found: list[Rule], expected: bool) -> None:
    assert is_underlined(found, 80, 200, 700, 10) == expected


def test_stretches_that_overlap_count_once() -> None:
    assert covered([Rule(0, 60, 1), Rule(50, 80, 1), Rule(90, 200, 1), Rule(95, 99, 1)], 0, 100) == 90


class Triangle(Line):
    """A shape with one level side, from (x0, y) to (x1, y), and two slanting ones."""

    def operators(self) -> bytes:
        middle = (self.x0 + self.x1) / 2
        return b"%g %g m %g %g l %g %g l h S\n" % (self.x0, self.y, self.x1, self.y, middle, self.y + 80)


class Curve(Line):
    """A bow that begins and ends at one height."""

    def operators(self) -> bytes:
        return b"%g %g m %g %g %g %g %g %g c S\n" % (self.x0, self.y, self.x0, self.y + 90, self.x1, self.y + 90, self.x1, self.y)


def test_slanting_and_bent_lines_are_no_rules() -> None:
    (page,) = read_pages(pdf([Text(80, 700, "Tekst"), Triangle(80, 300, 500), Curve(80, 300, 300)]))
    assert [(round(rule.x0), round(rule.x1), round(rule.y)) for rule in page.rules] == [(80, 300, 500)]


def test_rule_that_is_turned_with_its_matrix_has_the_place_that_is_seen() -> None:
    class Moved(Line):
        def operators(self) -> bytes:
            return b"q 2 0 0 2 10 20 cm %s Q\n" % Box(self.x0, self.y, self.x1, self.y + 50).operators()

    (page,) = read_pages(pdf([Text(80, 700, "Tekst"), Moved(40, 100, 100)]))
    assert [(round(rule.x0), round(rule.x1), round(rule.y)) for rule in page.rules] == [(90, 210, 220), (90, 210, 320)]


def line(y: float, *cells: Piece) -> Piece:
    return Piece(1, cells[0].x0, cells[-1].x1, y, 10, " ".join(cell.text for cell in cells), cells=cells)


def cell(x0: float, x1: float, y: float, text: str, **more: object) -> Piece:
    return Piece(1, x0, x1, y, 10, text, **more)  # type: ignore[arg-type]


def test_cell_that_is_cut_off_takes_its_own_marks_along() -> None:
    joined = cell(200, 330, 700, "Recht 12", gaps=((6, 318.0),), marks=((5, "1"), (8, "2")))
    lines = [line(700, cell(80, 100, 700, "Mali"), joined)]
    lines += [
        line(700 - 12 * n, cell(80, 105, 0, name), cell(200, 230, 0, "Water"), cell(318, 330, 0, "3")) for n, name in enumerate(("Niger", "Togo", "Ghana"), 1)
    ]
    first = find_tables(lines, 10)[0]
    assert isinstance(first, Row)
    assert [[(piece.text, piece.marks) for piece in cell] for cell in first.cells] == [[("Mali", ())], [("Recht", ((5, "1"),))], [("12", ((2, "2"),))]]


def test_line_that_runs_into_the_next_column_makes_no_table() -> None:
    lines = [line(700, cell(80, 100, 700, "Mali"), cell(200, 330, 700, "Recht en orde"))]
    lines += [
        line(700 - 12 * n, cell(80, 105, 0, name), cell(200, 230, 0, "Water"), cell(300, 330, 0, "3")) for n, name in enumerate(("Niger", "Togo", "Ghana"), 1)
    ]
    assert all(isinstance(item, Piece) for item in find_tables(lines, 10))


def test_lines_of_mostly_one_cell_are_no_table() -> None:
    lines = [line(700 - 12 * n, cell(80, 100, 0, "Mali")) for n in range(5)]
    lines = [line(712, cell(80, 100, 0, "Mali"), cell(200, 230, 0, "12")), *lines, line(640, cell(80, 100, 0, "Mali"), cell(203, 230, 0, "12"))]
    assert all(isinstance(item, Piece) for item in find_tables(lines, 10)[1:4])
