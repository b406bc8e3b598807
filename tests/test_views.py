"""views.py: the JSON of DESIGN §4, the same for every face, and JSON it is."""

import dataclasses
import json
from typing import Any

import pytest

from rbzqa import views
from rbzqa.cite import cite, places
from rbzqa.engine import Engine
from rbzqa.types import Citation, Document, DocumentMeta, Footnote, Paragraph, Part, Publication, Reference, Section, paragraph_hash

QUESTION = "wat is afgesproken over Afghanistan?"
PARAGRAPH_KEYS = "id number documentId part section role page start end text context footnotes references label url".split()
CITATION_KEYS = "label quote documentId part section paragraph page start end url role context twins".split()


def plain(value: Any) -> bool:
    """Whether a value is JSON as it stands, without tuples or objects."""
    if isinstance(value, dict):
        return all(isinstance(key, str) and plain(one) for key, one in value.items())
    if isinstance(value, list):
        return all(map(plain, value))
    return value is None or type(value) in (str, int, float, bool)


def keys(value: Any) -> set[str]:
    """Every key, however deep."""
    if isinstance(value, dict):
        return {*value, *(key for one in value.values() for key in keys(one))}
    return {key for one in value for key in keys(one)} if isinstance(value, list) else set()


def test_every_view_is_plain_json_with_camel_case_keys(engine: Engine) -> None:
    document = engine.document("verslag-rbz-gymnich-2021-09")
    made = [
        engine.answer_json(QUESTION),
        engine.search_json(QUESTION),
        engine.document_json(document),
        engine.paragraph_json(engine.paragraph("brief-p1-812aa2")),
    ]
    for view in made:
        assert plain(view)
        assert json.loads(json.dumps(view, ensure_ascii=False)) == view
        assert all(key.isidentifier() and "_" not in key and key[0].islower() for key in keys(view))


def test_a_citation_has_the_page_on_which_its_words_stand() -> None:
    text = "Eerste zin op drie. Tweede zin op vier."
    paragraph = Paragraph(f"verslag-p1-{paragraph_hash(text)}", 1, 0, len(text), 3, page_turns=((20, 4),))
    meta = DocumentMeta(title="T", subject="S", description="D", file="f.txt")
    document = Document("d", "0", meta, text, (Part("report", 1, "T", (Section((), "", (paragraph,)),)),), "text-1")
    for (start, end), page in (((0, 19), 3), ((20, len(text)), 4)):
        citation = cite(document, start, end, "")
        assert citation is not None
        assert views.citation_view(citation, document)["page"] == page


def test_a_citation_of_a_place_that_is_not_there_is_a_bug_and_not_a_view(seed: Document) -> None:
    citation = Citation(seed.id, "verslag-p2-ef9562", 0, len(seed.text), seed.text, "L", "/x")
    with pytest.raises(LookupError, match="verslag-p2-ef9562"):
        views.citation_view(citation, seed)


def test_the_view_of_a_document_holds_its_metadata_and_the_order_of_its_parts(seed: Document) -> None:
    meta = dataclasses.replace(seed.meta, publications=(Publication("II", "2020/21", "21501-02", "2400"),), date="2021-09-09", kenmerk="BZDOC-1")
    view = views.document_view(dataclasses.replace(seed, meta=meta))
    assert view["publications"] == [
        {
            "series": "Kamerstukken",
            "chamber": "II",
            "session": "2020/21",
            "dossier": "21501-02",
            "number": "2400",
            "item": "",
            "label": "Kamerstukken II 2020/21, 21501-02, nr. 2400",
        }
    ]
    assert (view["date"], view["kenmerk"], view["meetingDates"]) == ("2021-09-09", "BZDOC-1", ["2021-09-02", "2021-09-03"])
    assert view["paragraphs"][-1]["label"].startswith("Bijlage bij Kamerstukken II 2020/21, 21501-02, nr. 2400 · bijlage 1, al. ")
    assert [section["path"] for section in view["parts"][1]["sections"]][:2] == [[], ["Afghanistan"]]
    assert sum(len(section["paragraphs"]) for part in view["parts"] for section in part["sections"]) == len(view["paragraphs"])


def test_the_view_of_a_paragraph_has_its_footnotes_with_their_addresses(seed: Document) -> None:
    place = next(place for place in places(seed) if place.paragraph.footnotes)
    view = views.paragraph_view(seed, place, "https://voorbeeld.nl")
    assert list(view) == PARAGRAPH_KEYS
    (note,) = view["footnotes"]
    assert list(note) == ["label", "at", "text", "urls"]
    assert note["label"] == "1" and note["text"].startswith("Gemeenschappelijke Nederlandse verklaring")
    assert view["start"] <= note["at"] <= view["end"]
    assert note["urls"] and all(url.startswith("https://www.rijksoverheid.nl/") for url in note["urls"])
    assert view["url"] == f"https://voorbeeld.nl/documenten/{seed.id}#{place.paragraph.id}"


def test_a_paragraph_without_footnotes_or_page_has_empty_fields() -> None:
    paragraph = Paragraph("brief-p1-aaaaaa", 1, 0, 5, None)
    part = Part("letter", 1, "", (Section((), "", (paragraph,)),))
    document = Document("d", "0", DocumentMeta("T", "S", "D", "f"), "Tekst", (part,), "text-1")
    view = views.paragraph_view(document, places(document)[0])
    assert (view["footnotes"], view["page"], view["section"], view["text"]) == ([], None, [], "Tekst")
    assert views.part_view(part) == {"kind": "letter", "number": 1, "title": ""}
    assert Footnote("1", 0, 0, 5).urls == ()


def test_scores_and_times_are_rounded_for_reading(engine: Engine) -> None:
    answer = engine.ask(QUESTION)
    view = views.answer_view(answer, engine.generation, "", 8.123456)
    assert view["tookMs"] == 8.12
    assert view["confidence"] == round(answer.confidence, 4)
    assert [passage["score"] for passage in view["passages"]] == [round(hit.score, 4) for hit in answer.hits]


def test_the_view_of_a_document_has_every_field_of_its_metadata() -> None:
    meta = DocumentMeta(
        title="T",
        subject="S",
        description="D",
        file="f.pdf",
        date="2021-09-09",
        meeting_dates=("2021-09-02",),
        publications=(Publication("II", "2017/18", "", "61", "Handelingen", "10"),),
        kenmerk="BZ-1",
        signatories=("De Minister,",),
        missing=("titel",),
        identifier="h-tk-20172018-61-10",
        kind="Handelingen",
        dossier_titles=("Raad",),
        authors=("S.A. Blok",),
        ministry="Buitenlandse Zaken",
        meeting="Gymnich",
        reprint=True,
        parent="brief-1",
        annexes=("blg-1",),
        pages="publication",
        conflicts=("twee data",),
    )
    view = views.document_view(Document("d", "0", meta, "", (), "pdf-1"))
    for field in dataclasses.fields(meta):
        first, *rest = field.name.split("_")
        value = getattr(meta, field.name)
        shown = view["".join([first, *map(str.title, rest)])]
        assert field.name == "publications" or shown == (list(value) if isinstance(value, tuple) else value), field.name
    assert view["publications"][0]["item"] == "10" and view["publications"][0]["label"] == "Handelingen II 2017/18, nr. 61, item 10"
    assert views.document_view(Document("d", "0", dataclasses.replace(meta, pages=""), "", (), "pdf-1"))["pages"] is None


TABLE = "Land\tBedrag\n\nMali\t5\u200b\n\nZie Kamerstuk 35 663, nr. 19 en bijlage 2.\n\nZie de bijlage."


@pytest.fixture
def table() -> Document:
    """A row with its heads, and a paragraph with references in it and in its footnote."""
    row, text, note = TABLE.index("Mali"), TABLE.index("Zie"), TABLE.rindex("Zie")
    paragraphs = (
        Paragraph(f"brief-p1-{paragraph_hash(TABLE[row : text - 2])}", 1, row, text - 2, 4, role="row", context=((0, row - 2),)),
        Paragraph("brief-p2-bbbbbb", 2, text, note - 2, None, (Footnote("1", text + 3, note, len(TABLE)),)),
    )
    references = (
        Reference(TABLE.index("Kamerstuk"), TABLE.index(" en"), Publication("", "", "35663", "19"), document_id="kst-35663-19"),
        Reference(TABLE.index("bijlage"), TABLE.index(".\n\nZie de"), None, 2),
        Reference(TABLE.rindex("bijlage"), len(TABLE) - 1, None, None, "d", 1),
    )
    meta = DocumentMeta("T", "S", "D", "f", publications=(Publication("II", "2020/21", "21501-02", "2400"),), pages="publication")
    return Document("d", "0", meta, TABLE, (Part("letter", 1, "", (Section((), "", paragraphs),)),), "text-1", references)


def test_references_say_what_they_name_and_which_document_that_is(table: Document) -> None:
    view = views.document_view(table)
    assert [(one["text"], one["label"], one["documentId"], one["part"]) for one in view["references"]] == [
        ("Kamerstuk 35 663, nr. 19", "Kamerstukken, 35663, nr. 19", "kst-35663-19", None),
        ("bijlage 2", "bijlage 2", None, None),
        ("bijlage", "bijlage", "d", 1),
    ]
    assert all(table.text[one["start"] : one["end"]] == one["text"] for one in view["references"])
    assert [paragraph["references"] for paragraph in view["paragraphs"]] == [[], view["references"]]
    assert plain(view) and all("_" not in key for key in keys(view))


def test_a_row_and_its_citation_have_the_heads_that_it_needs(table: Document) -> None:
    row = places(table)[0]
    assert (views.paragraph_view(table, row)["role"], views.paragraph_view(table, row)["context"]) == ("row", ["Land\tBedrag"])
    citation = cite(table, row.paragraph.start, row.paragraph.end, "")
    assert citation is not None
    view = views.citation_view(dataclasses.replace(citation, twins=(("Elders · al. 1", "/documenten/e#p"),)), table)
    assert list(view) == CITATION_KEYS
    assert view["quote"] == "Mali\t5\u200b"  # FAULTS A6: JSON keeps what does not show
    assert (view["role"], view["context"], view["page"]) == ("row", ["Land\tBedrag"], 4)
    assert view["twins"] == [{"label": "Elders · al. 1", "url": "/documenten/e#p"}]
    assert view["label"] == "Kamerstukken II 2020/21, 21501-02, nr. 2400, p. 4 · al. 1 (tabelrij)"
