"""The same letter as OP-XML, DOCX, HTML and text gives the same parts, sections, paragraphs, footnotes and numbers."""

from collections.abc import Callable, Sequence
from typing import Any

import pytest

from rbzqa import cite
from rbzqa.readers import read
from rbzqa.structure import build_document
from rbzqa.types import Document

from .invariants import check
from .pieces import LINES, PARTS, Line, as_docx, as_html, as_opxml, as_text

FORMS: dict[str, Callable[[], bytes]] = {
    "opxml": as_opxml,
    "opxml, headings by their letters": lambda: as_opxml(pseudo=True),
    "docx, headings by their letters": as_docx,
    "docx, headings by style": lambda: as_docx(styled=True),
    "html": as_html,
}
Shape = list[tuple[str, str, list[tuple[tuple[str, ...], list[tuple[str, str, list[tuple[str, str]]]]]]]]


def document(data: bytes) -> Document:
    blocks, parser = read(data)
    made = build_document(blocks, id="piece", sha256="0" * 64, file="piece", parser=parser)
    check(made)
    return made


def shape(made: Document) -> Shape:
    """Parts, their sections, and of each paragraph its text, role and notes."""
    text = made.text
    return [
        (
            part.kind,
            part.title,
            [
                (
                    section.path,
                    [(text[p.start : p.end], p.role, [(note.label, text[note.start : note.end]) for note in p.footnotes]) for p in section.paragraphs],
                )
                for section in part.sections
            ],
        )
        for part in made.parts
    ]


def truth(lines: Sequence[Line] = LINES) -> Shape:
    """The same, of the letter as it was written down."""
    out: Shape = [("letter", "", [((), [])])]
    path: tuple[str, ...] = ()
    for line in lines:
        if line.kind in PARTS:
            out.append((line.kind, line.plain, [((), [])]))
        elif line.kind in ("head", "subhead"):
            path = (line.plain,) if line.kind == "head" else (path[0], line.plain)
            out[-1][2].append((path, []))
        elif line.kind in ("text", "item", "row"):
            text = f"• {line.plain}" if line.kind == "item" else line.plain
            notes = list(zip(line.labels, line.notes, strict=True))
            out[-1][2][-1][1].append((text, "row" if line.kind == "row" else "text", notes))
    return [(kind, title, [section for section in sections if section[1]]) for kind, title, sections in out]


@pytest.mark.parametrize("form", FORMS)
def test_a_letter_has_the_same_structure_in_every_form(form: str) -> None:
    assert shape(document(FORMS[form]())) == truth()


@pytest.mark.parametrize("form", FORMS)
def test_a_letter_says_the_same_of_itself_in_every_form(form: str) -> None:
    meta = document(FORMS[form]()).meta
    found: dict[str, Any] = {name: getattr(meta, name) for name in ("kind", "title", "date", "meeting_dates", "authors", "reprint", "missing", "conflicts")}
    assert found == {
        "kind": "brief",
        "title": "VERSLAG RAAD BUITENLANDSE ZAKEN VAN 23 JANUARI 2023",
        "date": "2023-01-31",
        "meeting_dates": ("2023-01-23",),
        "authors": ("minister van Buitenlandse Zaken",),
        "reprint": True,
        "missing": (),
        "conflicts": (),
    }
    assert [(one.chamber, one.session, one.dossier, one.number) for one in meta.publications] == [
        ("II", "2022/23", "21501-02", "2602"),
        ("II", "2022/23", "36045", ""),
    ]
    assert " ".join(meta.signatories) == "De Minister van Buitenlandse Zaken, W.B. Hoekstra"


@pytest.mark.parametrize("form", FORMS)
def test_a_mark_stands_behind_the_same_words_in_every_form(form: str) -> None:
    made = document(FORMS[form]())
    places = [(made.text[: note.at].rsplit(None, 1)[-1], note.label) for place in cite.places(made) for note in place.paragraph.footnotes]
    assert places == [("2023.", "1"), ("miljoen.", "2"), ("Oekraïnetribunaal.", "3"), ("Brussel.", "1"), ("500", "2")]


@pytest.mark.parametrize("form", FORMS)
def test_a_row_has_the_same_heads_in_every_form(form: str) -> None:
    made = document(FORMS[form]())
    contexts = [[made.text[slice(*span)] for span in place.paragraph.context] for place in cite.places(made) if place.paragraph.role == "row"]
    assert contexts == [["Land\t2022\t2023"]] * 3


def test_the_text_of_a_letter_differs_only_where_text_cannot_say_it() -> None:
    """Documented differences of the text form: a second subheading is not seen to stand below the head above both, a table is
    no table (and is left out here), and nothing in it states the session."""
    made = document(as_text())
    expected = truth([line for line in LINES if line.kind not in ("heads", "row")])
    (below,) = [section for _, _, sections in expected for section in sections if section[0] == ("Current affairs", "Kosovo / Servië")]
    for _, _, sections in expected:
        sections[:] = [(("Kosovo / Servië",), paragraphs) if path == below[0] else (path, paragraphs) for path, paragraphs in sections]
    assert shape(made) == expected
    of_xml = document(as_opxml()).meta
    assert made.meta.missing == ("vergaderjaar",)
    assert (made.meta.title, made.meta.date, made.meta.signatories) == (of_xml.title, of_xml.date, of_xml.signatories)
    assert [(one.dossier, one.number) for one in made.meta.publications] == [(one.dossier, one.number) for one in of_xml.publications]


def test_paragraph_ids_are_the_same_in_every_form() -> None:
    ids = {tuple(place.paragraph.id for place in cite.places(document(make()))) for make in FORMS.values()}
    assert len(ids) == 1
