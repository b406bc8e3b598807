"""What holds for any blocks that any reader may give, however odd, and for one letter in two formats."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rbzqa.metadata import FACTS
from rbzqa.readers import read
from rbzqa.structure import build_document
from rbzqa.types import Block, BlockKind, Document, Mark, Paragraph, Role, paragraph_hash

from .conftest import REPOSITORY

DOCS = REPOSITORY.parent / "shared" / "data" / "docs"
QUICK = settings(max_examples=150, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])

TEXTS = st.one_of(
    st.sampled_from(
        [
            *("Tekst van een alinea.", "Afghanistan", "Bijlage 1", "BIJLAGE II", "Bijlage", "2.1 Mali", "2 Inzet", "1", "2.", "Mali\t2020"),
            *("VERSLAG RAAD BUITENLANDSE ZAKEN VAN 3 MEI 2021", "Geannoteerde agenda RBZ", "Vraag 1", "Vraag 1 t/m 3", "Antwoord 1, 2 en 3", "Antwoord"),
            *("21 501-02 Raad", "Nr. 7 HERDRUK", "Datum", "Kenmerk", "Den Haag, 3 mei 2021", "Aan de Voorzitter van de Tweede Kamer", "Geachte voorzitter,"),
            *("De Minister van Defensie,", "S.A. Blok", "en gaat over tot de orde van de dag.", "Op 3 mei 2020 sprak de Raad.", "Zie de bijlage over Mali."),
        ]
    ),
    st.text(st.characters(exclude_categories=("Cs", "Cc")), min_size=1, max_size=12),
)

KINDS: list[BlockKind] = ["heading", "paragraph", "paragraph", "paragraph", "footnote", "furniture", "fact"]
ROLES: list[Role] = ["text", "text", "question", "answer", "heads", "row"]


@st.composite
def any_block(draw: st.DrawFn) -> Block:
    kind = draw(st.sampled_from(KINDS))
    text = draw(TEXTS)
    marks = draw(st.lists(st.tuples(st.integers(0, len(text)), st.sampled_from("12a")), max_size=2, unique_by=lambda mark: mark[0]))
    return Block(
        kind,
        text,
        page=draw(st.sampled_from([None, 1, 2])),
        level=draw(st.integers(0, 4)),
        label=draw(st.sampled_from(sorted(FACTS))) if kind == "fact" else draw(st.sampled_from(["", "1", "2"])) if kind == "footnote" else "",
        marks=tuple(Mark(*mark) for mark in sorted(marks)) if kind in ("heading", "paragraph") else (),
        starts_page=draw(st.booleans()),
        role=draw(st.sampled_from(ROLES)) if kind == "paragraph" else "text",
        starts_part=draw(st.integers(0, 9)) == 0,
    )


def paragraphs_of(document: Document) -> list[Paragraph]:
    return [p for part in document.parts for section in part.sections for p in section.paragraphs]


@QUICK
@given(st.lists(any_block(), max_size=30), st.lists(any_block().filter(lambda block: block.kind == "fact"), max_size=3))
def test_spans_ids_and_contexts_of_any_blocks_are_exact(blocks: list[Block], record: list[Block]) -> None:
    document = build_document(blocks, id="x", sha256="0" * 64, file="x.xml", parser="opxml-1", record=record)
    kept = [block.text for block in blocks if block.kind not in ("furniture", "fact")]
    assert document.text == "\n\n".join(kept)
    found = paragraphs_of(document)
    assert len({p.id for p in found}) == len(found)
    at = 0
    for paragraph in found:
        text = document.text[paragraph.start : paragraph.end]
        assert at <= paragraph.start < paragraph.end and text in kept
        assert paragraph.id.endswith(f"-{paragraph_hash(text)}")
        assert paragraph.role in ("text", "question", "answer", "row")
        assert all(0 <= a < b <= paragraph.start and document.text[a:b] in kept for a, b in paragraph.context)
        assert all(paragraph.start <= note.at <= paragraph.end <= note.start < note.end for note in paragraph.footnotes)
        at = paragraph.end


@QUICK
@given(st.lists(any_block(), max_size=30))
def test_parts_are_numbered_apart_and_metadata_is_never_empty(blocks: list[Block]) -> None:
    document = build_document(blocks, id="x", sha256="0" * 64, file="x.xml", parser="opxml-1")
    codes = [part.code for part in document.parts]
    assert len(set(codes)) == len(codes)
    assert all(section.paragraphs for part in document.parts for section in part.sections)
    assert document.meta.description and document.meta.subject
    assert all("\n" not in conflict for conflict in document.meta.conflicts)
    assert document == build_document(blocks, id="x", sha256="0" * 64, file="x.xml", parser="opxml-1")


@QUICK
@given(st.lists(any_block().filter(lambda block: block.role != "heads" and block.kind == "paragraph"), min_size=1, max_size=20))
def test_no_paragraph_of_the_body_is_lost(blocks: list[Block]) -> None:
    body = [block for block in blocks if block.text == "Tekst van een alinea."]
    document = build_document([*blocks, Block("paragraph", "Slot van de brief.")], id="x", sha256="0" * 64, file="x.xml", parser="opxml-1")
    texts = [document.text[p.start : p.end] for p in paragraphs_of(document)]
    assert texts.count("Tekst van een alinea.") == len(body)
    assert texts[-1] == "Slot van de brief."


@pytest.mark.skipif(not DOCS.is_dir(), reason="shared/data/docs is not there")
def test_one_letter_as_text_and_as_xml_has_the_same_paragraph_ids() -> None:
    ids = []
    for name in ("text/kst-21501-02-2602.txt", "xml/kst-21501-02-2602.reconstructed.xml"):
        blocks, parser = read((DOCS / name).read_bytes())
        document = build_document(blocks, id="x", sha256="0" * 64, file=name, parser=parser)
        ids.append([p.id for part in document.parts for p in part.sections[0].paragraphs[:1]])
        assert document.meta.publications[0].number == "2602" and document.meta.date == "2023-01-31"
        assert [part.code for part in document.parts] == ["brief", "verslag"]
    assert ids[0] == ids[1] and len(ids[0]) == 2


def test_a_row_begins_at_its_first_word_and_its_columns_stay_in_the_text() -> None:
    heads = Block("paragraph", "Soort\t2024\t2025", role="heads")
    row = Block("paragraph", "\t20\t21\t", role="row", marks=(Mark(0, "1"), Mark(7, "2")))
    notes = (Block("footnote", "Raming.", label="1"), Block("footnote", "Schatting.", label="2"))
    document = build_document([heads, row, *notes], id="x", sha256="0" * 64, file="x", parser="x-1")
    (paragraph,) = (p for part in document.parts for section in part.sections for p in section.paragraphs)
    assert document.text[paragraph.start : paragraph.end] == "20\t21"
    assert paragraph.id.endswith(paragraph_hash("20\t21"))
    assert document.text.startswith("Soort\t2024\t2025\n\n\t20\t21\t\n\n")
    assert [note.at for note in paragraph.footnotes] == [paragraph.start, paragraph.end]
