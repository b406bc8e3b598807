"""Every sample and every fixture, pinned whole by a golden file.

``python -m pytest tests/test_golden.py --update-golden`` writes them anew, and fails: look at the difference
before you commit it, for a paragraph id that changes is a permalink that moves.
"""

import json
from pathlib import Path
from typing import Any

import pytest

from rbzqa import cite, references
from rbzqa.errors import SourceError
from rbzqa.readers import read
from rbzqa.structure import build_document
from rbzqa.types import Document, Part

from .conftest import LETTER, REPOSITORY
from .invariants import check

GOLDEN = Path(__file__).parent / "golden"
DOCS = REPOSITORY.parent / "shared" / "data" / "docs"
FIXTURES = REPOSITORY / "tests" / "fixtures"
SAMPLES = sorted(path for path in DOCS.rglob("*") if path.is_file()) if DOCS.is_dir() else []
SHIPPED = [LETTER, *sorted(path for path in FIXTURES.rglob("*") if path.is_file())]
_WORDS = 4


def place_of(path: Path) -> Path:
    """The golden file of a source file."""
    folder = "samples" if path.is_relative_to(DOCS) else "fixtures"
    return GOLDEN / folder / f"{path.name}.json"


def golden(path: Path) -> dict[str, Any]:
    """All that a file gives, as JSON: metadata, structure, the words at the edges of each paragraph, references."""
    try:
        blocks, parser = read(path.read_bytes())
    except SourceError as error:
        return {"refused": error.message, "hint": error.hint}
    if parser.startswith("record"):
        return {"parser": parser, "facts": [[block.label, block.text] for block in blocks]}
    document = build_document(blocks, id=path.stem, sha256="0" * 64, file=path.name, parser=parser)
    (document,) = references.link([document])
    check(document)
    return structure(document)


def structure(document: Document) -> dict[str, Any]:
    """A document's metadata and structure; the ids of paragraphs hold the hashes of their text."""
    meta = document.meta
    return {
        "parser": document.parser,
        "characters": len(document.text),
        "citation": cite.official(meta, document.parts[0]),
        "kind": meta.kind,
        "title": meta.title,
        "description": meta.description,
        "date": meta.date,
        "meeting": [meta.meeting, *meta.meeting_dates],
        "authors": list(meta.authors),
        "signatories": list(meta.signatories),
        "missing": list(meta.missing),
        "conflicts": list(meta.conflicts),
        "parts": [_part(document, part) for part in document.parts],
        "references": [document.text[reference.start : reference.end] for reference in document.references],
    }


def _part(document: Document, part: Part) -> dict[str, Any]:
    sections = [
        {"path": list(section.path), "paragraphs": [_paragraph(document, cite.Place(part, section, p)) for p in section.paragraphs]}
        for section in part.sections
    ]
    return {"code": part.code, "title": part.title, "sections": sections}


def _paragraph(document: Document, place: cite.Place) -> list[Any]:
    """Id, page, role, where it runs onto other pages, its edges, and each footnote with the word that bears its mark."""
    paragraph, text = place.paragraph, document.text
    words = text[paragraph.start : paragraph.end].split()
    edges = " ".join(words[:_WORDS]) + (f" … {' '.join(words[-_WORDS:])}" if len(words) > _WORDS else "")
    notes = [[note.label, text[: note.at].rsplit(None, 1)[-1] if note.at else "", text[note.start : note.end], *note.urls] for note in paragraph.footnotes]
    turns = [[text[offset:].split(None, 1)[0], page] for offset, page in paragraph.page_turns]
    return [paragraph.id, paragraph.page, paragraph.role, turns, edges, notes]


@pytest.mark.parametrize("path", [*SHIPPED, *SAMPLES], ids=lambda path: path.name)
def test_a_file_gives_what_its_golden_file_says(path: Path, request: pytest.FixtureRequest) -> None:
    found, place = golden(path), place_of(path)
    if request.config.getoption("--update-golden"):
        place.parent.mkdir(exist_ok=True, parents=True)
        place.write_text(json.dumps(found, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
        pytest.fail(f"{place.name} is written; run again without --update-golden")
    assert found == json.loads(place.read_text(encoding="utf-8"))


@pytest.mark.skipif(not SAMPLES, reason="../shared/data/docs is not here")
def test_every_golden_file_has_its_source() -> None:
    expected = {place_of(path) for path in [*SHIPPED, *SAMPLES]}
    assert set(GOLDEN.rglob("*.json")) == expected


def test_a_golden_file_sees_one_changed_letter() -> None:
    blocks, parser = read(LETTER.read_text(encoding="utf-8").replace("regionaal platform", "regionaal Platform").encode())
    document = build_document(blocks, id=LETTER.stem, sha256="0" * 64, file=LETTER.name, parser=parser)
    assert structure(document) != golden(LETTER)
