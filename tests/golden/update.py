"""Rewrite the golden files from the code as it is: ``python tests/golden/update.py``.

Look at the difference before you commit it: a paragraph id that changes is a permalink that moves.
"""

import json
from pathlib import Path
from typing import Any

from rbzqa.readers import read
from rbzqa.structure import build_document
from rbzqa.types import Document, Footnote, Paragraph

GOLDEN = Path(__file__).parent
LETTER = GOLDEN.parent.parent / "corpus" / "verslag-rbz-gymnich-2021-09.txt"
STRUCTURE = GOLDEN / "letter-structure.json"
_WORDS = 4


def structure(document: Document) -> dict[str, Any]:
    """All structure of a document that its citations rest on, as JSON."""
    return {
        "id": document.id,
        "parser": document.parser,
        "characters": len(document.text),
        "parts": [
            {
                "kind": part.kind,
                "number": part.number,
                "code": part.code,
                "title": part.title,
                "sections": [
                    {"path": list(section.path), "paragraphs": [_paragraph(document.text, paragraph) for paragraph in section.paragraphs]}
                    for section in part.sections
                ],
            }
            for part in document.parts
        ],
    }


def _paragraph(text: str, paragraph: Paragraph) -> dict[str, Any]:
    words = text[paragraph.start : paragraph.end].split()
    return {
        "id": paragraph.id,
        "number": paragraph.number,
        "start": paragraph.start,
        "end": paragraph.end,
        "page": paragraph.page,
        "page_turns": [list(turn) for turn in paragraph.page_turns],
        "first": " ".join(words[:_WORDS]),
        "last": " ".join(words[-_WORDS:]),
        "footnotes": [_footnote(text, note) for note in paragraph.footnotes],
    }


def _footnote(text: str, note: Footnote) -> dict[str, Any]:
    return {"label": note.label, "at": note.at, "start": note.start, "end": note.end, "text": text[note.start : note.end], "urls": list(note.urls)}


def read_letter() -> Document:
    """The letter of corpus/, as a Document."""
    blocks, parser = read(LETTER.read_bytes())
    return build_document(blocks, id=LETTER.stem, sha256="0" * 64, file=LETTER.name, parser=parser)


def main() -> None:
    """Write every golden file."""
    STRUCTURE.write_text(json.dumps(structure(read_letter()), ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
