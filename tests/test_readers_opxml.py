"""OP-XML -> blocks: Kamerstukken, Kamervragen, Handelingen and gazettes; and what untrusted XML may not do."""

import re
import socket
import unicodedata
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import NoReturn

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from rbzqa.errors import SourceError
from rbzqa.readers import media_type, read
from rbzqa.readers.opxml import read_opxml
from rbzqa.readers.trees import MAX_DEPTH
from rbzqa.structure import build_document
from rbzqa.types import Block, Mark

from .conftest import REPOSITORY
from .timing import is_linear

FIXTURES = REPOSITORY / "tests" / "fixtures" / "xml"
DOCS = REPOSITORY.parent / "shared" / "data" / "docs" / "xml"
needs_docs = pytest.mark.skipif(not DOCS.is_dir(), reason="shared/data/docs is not in this checkout")
SAMPLES = sorted([*FIXTURES.glob("*.xml"), *(path for path in DOCS.glob("*.xml") if path.name[:3] not in ("met", "sru"))])


def piece(inner: str, product: str = "kamerstuk") -> bytes:
    return f"<officiele-publicatie><{product}>{inner}</{product}></officiele-publicatie>".encode()


def text_of(inner: str) -> list[Block]:
    """The blocks of a Kamerstuk with this in its text, without facts."""
    return [
        block for block in read_opxml(piece(f"<stuk><algemeen><vrije-tekst><tekst>{inner}</tekst></vrije-tekst></algemeen></stuk>")) if block.kind != "fact"
    ]


def shape(blocks: list[Block]) -> list[tuple[str, int, str]]:
    return [(block.kind, block.level, block.text) for block in blocks]


def texts(inner: str) -> list[str]:
    return [block.text for block in text_of(inner)]


def headings(inner: str) -> list[tuple[int, str]]:
    return [(block.level, block.text) for block in text_of(inner) if block.kind == "heading"]


def facts(blocks: tuple[Block, ...]) -> list[tuple[str, str]]:
    return [(block.label, block.text) for block in blocks if block.kind == "fact"]


def note(number: str, text: str, kind: str = "voet") -> str:
    return f'<noot id="n{number}" type="{kind}"><noot.nr>{number}</noot.nr><noot.al>{text}</noot.al></noot>'


def fixture(name: str) -> tuple[Block, ...]:
    return read_opxml((FIXTURES / name).read_bytes())


def refusal(data: bytes) -> SourceError:
    with pytest.raises(SourceError) as caught:
        read_opxml(data)
    assert "\n" not in caught.value.message and caught.value.hint
    return caught.value


# --- a whole piece of each kind -------------------------------------------------------------------


def test_a_kamerstuk_states_its_facts() -> None:
    assert facts(fixture("kamerstuk.xml")) == [
        ("identifier", "kst-99501-02-77"),
        ("publication", "Kamerstuk"),
        ("chamber", "Tweede Kamer der Staten-Generaal"),
        ("session", "Vergaderjaar 2024-2025"),
        ("dossier", "99 501-02"),
        ("dossier_title", "Raad Visserij en Raad Havens"),
        ("dossier", "99 800 XIV"),
        ("dossier_title", "Begroting Havens"),
        ("number", "77"),
        ("reprint", "HERDRUK"),
        ("title", "BRIEF VAN DE MINISTER VAN HAVENS"),
        ("date", "2025-03-04"),
        ("author", "De Minister van Havens"),
    ]


def test_a_kamerstuk_keeps_its_text_and_structure() -> None:
    blocks = [block for block in fixture("kamerstuk.xml") if block.kind not in ("fact", "furniture")]
    assert shape(blocks)[2:] == [
        ("paragraph", 0, "Aan de Voorzitter van de Tweede Kamer der Staten-Generaal"),
        ("paragraph", 0, "De UZI-servercertificaten zijn nodig. Er is 12 km2 haven."),
        ("footnote", 0, "Zie de memo. En het antwoord."),
        ("heading", 2, "Vangst"),
        ("paragraph", 0, "De vangst daalt."),
        ("heading", 1, "Handel"),
        ("paragraph", 0, "De handel groeit:"),
        ("paragraph", 0, "a. haring;"),
        ("paragraph", 0, "vooral in mei;"),
        ("paragraph", 0, "b. 1°. kabeljauw."),
        ("paragraph", 0, "Een oude kop"),
        ("paragraph", 0, "«Wie vist, die leeft.»"),
        ("heading", 1, "1. Inleiding"),
        ("footnote", 0, "Kopnoot."),
        ("paragraph", 0, "Eerst dit."),
        ("heading", 2, "1.1 Aanleiding"),
        ("heading", 3, "Klein"),
        ("paragraph", 0, "Dan dat."),
        ("heading", 1, "2. Vervolg"),
        ("heading", 2, "2.1 Onder twee"),
        ("paragraph", 0, "Ten slotte."),
        ("paragraph", 0, "Figuur 1: de haven"),
        ("heading", 1, "De Minister van Havens,"),
        ("heading", 1, "P. de Vries"),
        ("heading", 1, "VERSLAG RAAD VISSERIJ VAN 3 MAART 2025"),
        ("paragraph", 0, "Quota"),
        ("paragraph", 0, "Soort\tJaar"),
        ("footnote", 0, "In ton."),
        ("paragraph", 0, "Haring\t10\t11 12"),
        ("paragraph", 0, "\t20\t21"),
        ("footnote", 0, "Raming."),
        ("paragraph", 0, "De Raad sprak over haring."),
    ]
    assert [block.text for block in blocks if block.starts_part] == ["VERSLAG RAAD VISSERIJ VAN 3 MAART 2025"]
    assert [block.role for block in blocks if "\t" in block.text] == ["heads", "row", "row"]


def test_the_head_of_a_kamerstuk_keeps_its_footnotes_and_furniture() -> None:
    blocks = fixture("kamerstuk.xml")
    assert [(block.label, block.text) for block in blocks if block.kind == "footnote"][:2] == [("1", "Zie ook het register."), ("2", "I.v.m. een correctie.")]
    assert [block.text for block in blocks if block.kind == "furniture"] == ["Nr. 77 HERDRUK", "Ontvangen 4 maart 2025", "c."]


def test_kamervragen_pair_by_role_and_heading() -> None:
    blocks = fixture("kamervragen.xml")
    assert [(block.kind, block.role, block.text) for block in blocks if block.kind in ("heading", "paragraph")] == [
        ("paragraph", "text", "Vragen van het lid Visser (ZEE) aan de Minister van Havens over de haringvangst (ingezonden 2 oktober 2023)."),
        ("paragraph", "text", "Antwoord van Minister De Vries (Havens) (ontvangen 13 november 2023)."),
        ("heading", "question", "Vraag 1"),
        ("paragraph", "question", "Kent u het bericht?"),
        ("heading", "answer", "Antwoord 1"),
        ("paragraph", "answer", "Ja."),
        ("heading", "question", "Vraag 2"),  # older files state it in a paragraph
        ("paragraph", "question", "Wat doet u?"),
        ("heading", "question", "Vraag 3"),
        ("paragraph", "question", "Wanneer?"),
        ("paragraph", "question", "a. Dit jaar?"),
        ("heading", "answer", "Antwoord 2 en 3"),
        ("paragraph", "answer", "Nu."),
        ("paragraph", "text", "Deze vragen dienen ter aanvulling op eerdere vragen."),
    ]
    assert dict(facts(blocks)) | {"title": ""} == {
        "identifier": "ah-tk-20232024-9999",
        "publication": "Aanhangsel",
        "chamber": "Tweede Kamer der Staten-Generaal",
        "session": "Vergaderjaar 2023-2024",
        "number": "9999",
        "title": "",
        "subject": "de haringvangst",
        "author": "Visser",
        "date": "2023-11-13",
    }


def test_questions_without_an_answer_bear_the_date_on_which_they_were_asked() -> None:
    asked = '<kamervraagomschrijving>Vragen (ingezonden <datum isodatum="2023-10-02">2 oktober 2023</datum>).</kamervraagomschrijving>'
    assert ("date", "2023-10-02") in facts(read_opxml(piece(asked, "kamervragen")))


def test_a_first_paragraph_of_a_question_that_is_no_number_stays_a_paragraph() -> None:
    blocks = read_opxml(piece("<vraag><al>Vraag 1 van de vorige lijst is niet beantwoord. Waarom?</al></vraag>", "kamervragen"))
    assert [(block.kind, block.role) for block in blocks if block.kind != "fact"] == [("paragraph", "question")]


def test_handelingen_have_item_speakers_and_motions() -> None:
    speaker = "<spreker><voorvoegsels>De heer</voorvoegsels>\n<naam>\n<achternaam>Visser</achternaam>\n</naam> (<politiek>ZEE</politiek>):</spreker>"
    chair = "<spreker><voorvoegsels>De</voorvoegsels><naam><achternaam>voorzitter</achternaam></naam>:</spreker>"
    motion = f"<motie><kop><titel>Motie</titel></kop><al>De Kamer,</al><motie-info>{chair}<al>Zij krijgt nr. 5.</al></motie-info></motie>"
    data = piece(
        "<vergadering><vergadering-nummer>50e vergadering</vergadering-nummer><vergaderdatum>Donderdag 8 februari 2018</vergaderdatum>"
        "<vergadertijd>Aanvang 10:15 uur</vergadertijd></vergadering>"
        "<agendapunt><nr>3</nr><item-titel>Visserij</item-titel><onderwerp><al>Aan de orde is het debat.</al></onderwerp>"
        f"<spreekbeurt>{speaker}<tekst><al-groep><al>Dank u wel.</al></al-groep>{motion}</tekst></spreekbeurt><tekst><al>Gesloten.</al></tekst></agendapunt>",
        "handelingen",
    )
    blocks = read_opxml(data)
    assert facts(blocks) == [
        ("publication", "Handelingen"),
        ("number", "50"),
        ("date", "Donderdag 8 februari 2018"),
        ("item", "3"),
        ("title", "Visserij"),
    ]
    assert shape([block for block in blocks if block.kind in ("heading", "paragraph")]) == [
        ("heading", 1, "Visserij"),
        ("paragraph", 0, "Aan de orde is het debat."),
        ("heading", 2, "De heer Visser (ZEE)"),
        ("paragraph", 0, "Dank u wel."),
        ("heading", 3, "Motie"),
        ("paragraph", 0, "De Kamer,"),
        ("heading", 2, "De voorzitter"),
        ("paragraph", 0, "Zij krijgt nr. 5."),
        ("paragraph", 0, "Gesloten."),
    ]


def test_a_gazette_has_a_title_articles_and_numbered_paragraphs() -> None:
    article = "<artikel><kop><label>Artikel</label><nr>1</nr><titel>Begrip</titel></kop><lid><lidnr>1.</lidnr><al>Haring is vis.</al></lid></artikel>"
    data = (
        "<officiele-publicatie><kop><titel>STAATSCOURANT</titel><subtitel>Uitgave</subtitel></kop><staatscourant>"
        f"<kop><titel>Ter inzage</titel><subtitel>Havens</subtitel></kop><regeling>{article}</regeling></staatscourant></officiele-publicatie>"
    )
    blocks = read_opxml(data.encode())
    assert facts(blocks) == [("publication", "Staatscourant"), ("title", "Ter inzage")]
    assert [block.text for block in blocks if block.kind == "furniture"] == ["STAATSCOURANT", "Uitgave"]
    assert shape([block for block in blocks if block.kind in ("heading", "paragraph")]) == [
        ("heading", 1, "Ter inzage"),
        ("heading", 2, "Havens"),
        ("heading", 2, "Artikel 1 Begrip"),
        ("paragraph", 0, "1. Haring is vis."),
    ]


def test_who_has_a_law_printed_is_not_its_author() -> None:
    signed = "<ondertekening><functie>De Minister van {},</functie><naam><achternaam>X</achternaam></naam></ondertekening>"
    data = piece(f"<wetsluiting>{signed.format('Havens')}<uitgifte>{signed.format('Justitie')}</uitgifte></wetsluiting>", "staatsblad")
    assert [text for label, text in facts(read_opxml(data)) if label == "author"] == ["De Minister van Havens"]


# --- running text ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("inner", "expected"),
    [
        ("UZI-server<?xpp afbm?>certificaten", "UZI-servercertificaten"),
        ("ha<!-- c -->ven", "haven"),
        ("<nadruk>W</nadruk>et en <nadruk>R</nadruk><nadruk>aad</nadruk>", "Wet en Raad"),
        ("  een\r\n   twee\tdrie ", "een twee drie"),
        ("m<sup>2</sup> en H<inf>2</inf>O", "m2 en H2O"),
        ("een<br/>twee", "een twee"),
        ('zie <extref doc="kst-1-2">Kamerstuk 1, nr. 2</extref>.', "zie Kamerstuk 1, nr. 2."),
        ("een <onbekend>nieuw</onbekend>woord", "een nieuwwoord"),
        ("9&#160;maart", "9\u00a0maart"),
        ("<naam>\n<voornaam>W.B.</voornaam><achternaam>Hoekstra</achternaam>\n</naam>, minister", "W.B. Hoekstra, minister"),
        ("<![CDATA[a < b]]>", "a < b"),
        ("cafe\u0301", "café"),  # FAULTS A5
        ("ca\u2028fe", "ca fe"),  # FAULTS A10
        ("a\u0081b&#x7f;c", "abc"),  # FAULTS A4
        ("een 🐟 vis", "een 🐟 vis"),
    ],
)
def test_running_text_is_what_a_renderer_would_show(inner: str, expected: str) -> None:
    assert texts(f"<al>{inner}</al>") == [expected]


def test_an_empty_paragraph_is_dropped() -> None:
    assert texts("<al/><al> </al><al>&#160;</al><al>x</al>") == ["x"]


def test_a_block_inside_a_paragraph_stands_apart() -> None:
    assert texts("<al>Voor:<lijst><li><li.nr>–</li.nr><al>een</al></li></lijst>en na.</al>") == ["Voor:", "– een", "en na."]


def test_lists_and_definitions_keep_their_marks() -> None:
    item = "<definitie-item><li.nr>a.</li.nr><term>haring:</term><definitie><al>een vis;</al></definitie></definitie-item>"
    assert texts(f"<definitielijst>{item}</definitielijst><lijst><li><al>zonder merk</al></li></lijst>") == ["a. haring: een vis;", "zonder merk"]


def test_a_mark_without_text_is_not_given_to_what_follows() -> None:
    assert [(block.kind, block.text) for block in text_of("<lijst><li><li.nr>9.</li.nr></li></lijst><al>los</al>")] == [
        ("furniture", "9."),
        ("paragraph", "los"),
    ]


@pytest.mark.parametrize("inner", ["<wonder>Los <b>woord</b> hier</wonder>", "<wonder><a>Los woord</a><b>hier</b></wonder>", "Los woord<al>hier</al>"])
def test_an_unknown_element_is_never_dropped(inner: str) -> None:
    assert " ".join(texts(inner)) == "Los woord hier"


def test_a_table_of_contents_is_furniture() -> None:
    blocks = text_of("<officiele-inhoudsopgave><kop><titel>Inhoud</titel></kop><lijst><li><al>1. Vis</al></li></lijst></officiele-inhoudsopgave>")
    assert [(block.kind, block.text) for block in blocks] == [("furniture", "Inhoud"), ("furniture", "1. Vis")]


# --- headings -------------------------------------------------------------------------------------


def test_a_subheading_ranks_by_its_typography_within_its_container() -> None:
    inner = (
        '<tussenkop kopopmaak="cur">A</tussenkop><al>x</al><tussenkop kopopmaak="vetcur">B</tussenkop><al>x</al>'
        "<tussenkop><nadruk type='vet'>C</nadruk></tussenkop><al>x</al>"
        '<divisie><kop><titel>D</titel></kop><tussenkop kopopmaak="cur">E</tussenkop><al>x</al></divisie>'
    )
    assert headings(inner) == [(3, "A"), (2, "B"), (1, "C"), (1, "D"), (2, "E")]


def test_a_numbered_section_has_the_level_of_its_number() -> None:
    kop = "<divisie><kop><nr>{}</nr><titel>T</titel></kop>{}</divisie>"
    inner = (
        kop.format("1.", kop.format("1.1", kop.format("1.1.1", ""))) + kop.format("2", "") + kop.format("2.1", "") + kop.format("2.1.3", kop.format("a.", ""))
    )
    assert [level for level, _ in headings(inner)] == [1, 2, 3, 1, 2, 3, 4]


def test_a_number_that_stands_in_the_title_counts_and_a_year_does_not() -> None:
    kop = "<divisie><kop><titel>{}</titel></kop></divisie>"
    assert headings(kop.format("2. Vis") + kop.format("2.1 Haring") + kop.format("2024.1 Jaar")) == [(1, "2. Vis"), (2, "2.1 Haring"), (1, "2024.1 Jaar")]


@pytest.mark.parametrize("around", ["citaat", "box", "wijziging"])
def test_a_heading_in_what_is_quoted_is_a_paragraph(around: str) -> None:
    blocks = text_of(f"<{around}><kop><titel>Artikel 5</titel></kop><tussenkop>T</tussenkop><al>Luidt.</al></{around}><al>Verder.</al>")
    assert [(block.kind, block.text) for block in blocks] == [("paragraph", text) for text in ("Artikel 5", "T", "Luidt.", "Verder.")]


def test_an_annex_begins_a_part_even_without_a_heading() -> None:
    blocks = read_opxml(piece("<stuk><al>Brief.</al><bijlagen><bijlage><al>Een.</al><al>Twee.</al></bijlage><bijlage/></bijlagen><al>Na.</al></stuk>"))
    assert [(block.text, block.starts_part) for block in blocks if block.kind == "paragraph"] == [
        ("Brief.", False),
        ("Een.", True),
        ("Twee.", False),
        ("Na.", False),
    ]


def test_the_signature_is_what_structure_recognises() -> None:
    document = build_document(fixture("kamerstuk.xml"), id="x", sha256="0", file="x.xml", parser="opxml-1")
    assert document.meta.signatories == ("De Minister van Havens,", "P. de Vries")


def test_names_without_an_office_are_a_paragraph() -> None:
    blocks = text_of("<ondertekening><naam><achternaam>Visser</achternaam></naam><naam><achternaam>Bot</achternaam></naam></ondertekening>")
    assert [(block.kind, block.text) for block in blocks] == [("paragraph", "Visser"), ("paragraph", "Bot")]


# --- footnotes and tables -------------------------------------------------------------------------


def test_a_mark_leaves_the_text_and_the_footnote_stands_behind_its_block() -> None:
    first, foot, second, last = text_of(f"<al>Een {note('1', 'A')} twee{note('2', 'B')}.</al><al>Drie.</al>")[:4]
    assert (first.text, first.marks) == ("Een twee.", (Mark(4, "1"), Mark(8, "2")))
    assert [(block.kind, block.label, block.text) for block in (foot, second)] == [("footnote", "1", "A"), ("footnote", "2", "B")]
    assert last.text == "Drie."


def test_a_footnote_keeps_all_its_paragraphs_and_its_addresses() -> None:
    extref = '<extref soort="URL" doc="https://example.org/{0}">site</extref>'
    inner = f"<noot><noot.nr>4</noot.nr><noot.al>Zie {extref.format(1)}.</noot.al><noot.al>Of {extref.format(2)}.</noot.al></noot>"
    foot = text_of(f"<al>x{inner} <extref doc='javascript:alert(1)'>y</extref></al>")[1]
    assert (foot.text, foot.urls) == ("Zie site. Of site.", ("https://example.org/1", "https://example.org/2"))


def test_a_footnote_in_a_list_mark_in_a_footnote_and_between_paragraphs() -> None:
    inner = f"<lijst><li><li.nr>a.{note('1', 'merk')}</li.nr><al>x</al></li></lijst><al>y{note('2', 'in' + note('3', 'binnen'))}</al>{note('4', 'los')}"
    blocks = text_of(inner)
    assert [(block.text, block.marks) for block in blocks if block.kind == "paragraph"] == [("a. x", (Mark(2, "1"),)), ("y", (Mark(1, "2"), Mark(1, "4")))]
    assert [(block.label, block.text) for block in blocks if block.kind == "footnote"] == [("1", "merk"), ("2", "in"), ("3", "binnen"), ("4", "los")]


def test_a_second_reference_to_a_footnote_is_a_mark_and_no_text() -> None:
    assert text_of('<al>Vis<nootref refid="n1">1</nootref>.</al>') == [Block("paragraph", "Vis.", marks=(Mark(3, "1"),))]


def test_a_footnote_without_a_number_has_the_usual_sign() -> None:
    blocks = text_of("<al>Vis<noot><noot.al>A</noot.al></noot></al>")
    assert (blocks[0].marks, blocks[1].label) == ((Mark(3, "*"),), "*")


def test_a_mark_never_parts_a_letter_from_its_accent() -> None:
    block = text_of(f"<al>cafe{note('1', 'A')}\u0301 x</al>")[0]
    assert (block.text, block.marks) == ("café x", (Mark(4, "1"),))


def table(head: str, body: str, columns: int = 3) -> str:
    spec = "".join(f'<colspec colname="c{n}"/>' for n in range(1, columns + 1))
    return f'<table><tgroup cols="{columns}">{spec}{head and f"<thead>{head}</thead>"}<tbody>{body}</tbody></tgroup><bron>CBS</bron></table>'


def test_a_table_without_heads_has_rows_only_and_keeps_what_stands_below_it() -> None:
    blocks = text_of(table("", "<row><entry><al>a</al></entry><entry/><entry><al>b</al></entry></row><row><entry/></row>"))
    assert [(block.role, block.text) for block in blocks] == [("row", "a\t\tb"), ("text", "CBS")]


def test_spanned_cells_keep_the_columns_and_repeat_nothing() -> None:
    body = (
        '<row><entry morerows="1" colname="c1">a</entry><entry namest="c2" nameend="c3">b</entry></row><row><entry>c</entry></row>'
        '<row><entry colname="c3">d</entry></row>'
    )
    assert [block.text for block in text_of(table("", body)) if block.role == "row"] == ["a\tb", "\tc", "\t\td"]


def test_a_span_that_lies_costs_nothing() -> None:
    body = '<row><entry morerows="99999999999">a</entry><entry morerows="-1" nameend="c9">b</entry></row><row><entry>c</entry></row>'
    assert [block.text for block in text_of(table("", body, 2)) if block.role == "row"] == ["a\tb", "c"]


def test_marks_in_a_row_count_over_its_cells() -> None:
    row, foot = text_of(table("", f"<row><entry>aa</entry><entry>b{note('1', 'N')}</entry></row>", 2))[:2]
    assert (row.text, row.marks, foot.text) == ("aa\tb", (Mark(4, "1"),), "N")


# --- every word, every sample ---------------------------------------------------------------------


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.name)
def test_every_word_of_a_sample_is_in_its_blocks_in_order(path: Path) -> None:
    data = path.read_bytes()
    blocks = read_opxml(data)
    source = Counter(re.findall(r"\w+", " ".join(etree.fromstring(data).xpath("//text()[not(ancestor::comment())]"))))
    read_words = Counter(word for block in blocks for word in re.findall(r"\w+", f"{block.text} {' '.join(mark.label for mark in block.marks)}"))
    joined = {"server": 1, "certificaten": 1, "km": 1, "2": 1, "1": 1}  # a word with an instruction in it, and a sup
    assert not {word: n for word, n in (source - read_words).items() if n > joined.get(word, 0)}
    body = " ".join(block.text for block in blocks if block.kind in ("paragraph", "heading", "footnote"))
    paragraphs = [re.sub("[ \n]+", " ", "".join(node.itertext())).strip() for node in etree.fromstring(data).iter("al") if not len(node)]
    at = 0
    for text in filter(None, paragraphs):
        at = body.index(unicodedata.normalize("NFC", text), at)


@needs_docs
def test_the_debate_sample_has_its_speakers() -> None:
    blocks = read_opxml((DOCS / "h-tk-20172018-61-10.xml").read_bytes())
    speakers = [block.text for block in blocks if block.kind == "heading" and block.level == 2]
    assert len(speakers) == 47 and speakers[:2] == ["De voorzitter", "De heer Wörsdörfer (VVD)"]
    assert ("item", "10") in facts(blocks)


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.name)
@pytest.mark.parametrize("end", ["\r\n", "\r"])
def test_line_ends_change_nothing(path: Path, end: str) -> None:  # FAULTS A10
    data = path.read_bytes().replace(b"\r\n", b"\n")
    assert read_opxml(data.replace(b"\n", end.encode())) == read_opxml(data)


def test_the_registry_reads_it_with_bom_and_by_content() -> None:
    data = b"\xef\xbb\xbf" + (FIXTURES / "kamerstuk.xml").read_bytes()
    assert media_type(data) == "application/x-op-xml"
    assert read(data) == (fixture("kamerstuk.xml"), "opxml-1")


# --- untrusted XML --------------------------------------------------------------------------------


@pytest.fixture(autouse=True)
def _no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> NoReturn:
        raise AssertionError("a socket was opened")

    monkeypatch.setattr(socket.socket, "connect", refuse)


def doctype(inner: str, body: str = "&x;") -> bytes:
    return f"<!DOCTYPE o [{inner}]><officiele-publicatie><al>a {body}</al></officiele-publicatie>".encode()


LAUGHS = '<!ENTITY a0 "ha">' + "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10))


@pytest.mark.parametrize(
    "data",
    [
        doctype('<!ENTITY x SYSTEM "file:///etc/passwd">'),
        doctype('<!ENTITY x SYSTEM "http://127.0.0.1/x">'),
        doctype('<!ENTITY % p SYSTEM "http://127.0.0.1/x.dtd"> %p;', ""),
        doctype('<!ENTITY x "stil">'),
        doctype(LAUGHS, "&a9;"),
        doctype(LAUGHS, '<b c="&a9;"/>'),
        b'<!DOCTYPE o SYSTEM "http://127.0.0.1/x.dtd"><officiele-publicatie><al>a &x;</al></officiele-publicatie>',
    ],
)
def test_entities_are_refused_and_never_resolved(data: bytes) -> None:  # FAULTS A19
    assert "entiteiten" in refusal(data).message


def test_an_external_dtd_and_an_inclusion_are_not_fetched() -> None:  # FAULTS A19
    include = '<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="file:///etc/passwd" parse="text"/>'
    data = f'<!DOCTYPE o SYSTEM "http://127.0.0.1/x.dtd"><officiele-publicatie>{include}<al>a</al></officiele-publicatie>'
    assert read_opxml(data.encode()) == (Block("paragraph", "a"),)


@pytest.mark.parametrize("depth", [MAX_DEPTH, 300, 100_000])
def test_what_is_nested_too_deep_is_refused(depth: int) -> None:
    assert "genest" in refusal(piece("<x>" * depth + "t" + "</x>" * depth)).message


def test_what_is_nested_deep_is_read() -> None:
    inner = "<lijst><li>" * 40 + "t" + "</li></lijst>" * 40
    assert read_opxml(piece(inner))[-1].text == "t"


def test_broken_xml_is_refused_with_its_line() -> None:
    assert "regel 3" in refusal(b"<officiele-publicatie>\n<al>x</al>\n<al>y</b></officiele-publicatie>").message
    assert "regel" in refusal(b"").message
    assert "regel" in refusal(piece("<al>a\0b</al>")).message  # FAULTS A4
    assert "regel" in refusal(piece("<al>&eacute;</al>")).message


@pytest.mark.parametrize(("declared", "actual"), [("utf-8", "cp1252"), ("iso-8859-1", "cp1252"), ("us-ascii", "utf-8"), ("x-klingon", "utf-8")])
def test_a_wrong_encoding_is_refused(declared: str, actual: str) -> None:  # FAULTS A3
    text = f'<?xml version="1.0" encoding="{declared}"?><officiele-publicatie><al>“één”</al></officiele-publicatie>'
    assert "codering" in refusal(text.encode(actual)).message


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "cp1252"])
def test_a_declared_encoding_is_decoded(encoding: str) -> None:  # FAULTS A3
    text = f'<?xml version="1.0" encoding="{encoding}"?><officiele-publicatie><al>“één”</al></officiele-publicatie>'
    assert read_opxml(text.encode(encoding))[0].text == "“één”"


@pytest.mark.parametrize(
    "make",
    [
        lambda n: "<al>Een alinea.</al>" * n,
        lambda n: f"<al>{'woord<nadruk>x</nadruk> ' * n}</al>",
        lambda n: f"<al>{('x' + note('1', 'y')) * n}</al>",
        lambda n: f"<al>a</al><al>{note('1', 'y') * n}</al>",
        lambda n: ("<al>" + note("1", "y") + "</al>") * n,
        lambda n: "<divisie><kop><nr>2.1</nr><titel>T</titel></kop><tussenkop>K</tussenkop><al>x</al></divisie>" * n,
        lambda n: f"<lijst>{'<li><li.nr>a.</li.nr></li>' * n}</lijst>",
        lambda n: "<li.nr>a.</li.nr>" * n,
        lambda n: table("", '<row><entry morerows="9">a</entry><entry>b</entry></row>' * n),
        lambda n: "<kamervraagomschrijving>x</kamervraagomschrijving>" * n,
        lambda n: f"<al>{'&#x301; ' * n}</al>",
        lambda n: bold("Kop") * n,
        lambda n: (bold("Kop") + "<al/>" * 3) * n + "<al>x</al>",
    ],
)
def test_time_is_linear(make: Callable[[int], str]) -> None:  # FAULTS A9
    assert is_linear(lambda n: piece(make(n)), read_opxml, 3_000)


NAMES = (
    "al al-groep lijst li li.nr tussenkop kop nr titel divisie table tgroup tbody row entry noot noot.nr noot.al bijlage vraag antwoord spreker naam x".split()
)
NODES = st.recursive(
    st.text(alphabet="ab1. \u0301\u00a0\n–", max_size=6),
    lambda inner: st.builds(lambda name, parts: f"<{name}>{''.join(parts)}</{name}>", st.sampled_from(NAMES), st.lists(inner, max_size=4)),
    max_leaves=25,
)


@settings(max_examples=150, deadline=None)
@given(st.lists(NODES, max_size=4))
def test_any_nesting_gives_canonical_blocks_with_all_its_words(parts: list[str]) -> None:
    data = piece("".join(parts))
    blocks = read_opxml(data)
    for block in blocks:
        assert unicodedata.is_normalized("NFC", block.text)
        assert block.text and "\n" not in block.text and "  " not in block.text
        assert all(0 <= mark.offset <= len(block.text) for mark in block.marks)
    source = Counter(c for c in unicodedata.normalize("NFD", "".join(etree.fromstring(data).itertext())) if c in "ab–")
    kept = Counter(c for block in blocks for c in unicodedata.normalize("NFD", block.text + "".join(mark.label for mark in block.marks)) if c in "ab–")
    assert all(kept[c] >= n for c, n in source.items())


# Headings that only their letters mark, signatures and dates


def bold(text: str, look: str = "vet") -> str:
    return f'<al><nadruk type="{look}">{text}</nadruk></al>'


def test_a_short_bold_paragraph_above_text_is_a_heading_at_the_level_of_its_letters() -> None:
    inner = (
        f"{bold('Current affairs')}{bold('Iran', 'cur')}<al>De Raad.</al><al-groep>{bold('Gaza', 'ondlijn')}</al-groep><al/><al-groep><al>Meer.</al></al-groep>"
    )
    assert headings(inner) == [(1, "Current affairs"), (2, "Iran"), (3, "Gaza")]
    assert headings(f"<tussenkop kopopmaak='vet'>Oost</tussenkop><al>a</al>{bold('West')}<al>b</al>") == [(1, "Oost"), (1, "West")]


def test_a_heading_by_its_letters_keeps_its_footnote() -> None:
    (head, foot, _) = text_of(f'<al><nadruk type="vet">Oost</nadruk>{note("1", "Zie west.")}</al><al>a</al>')
    assert (head.kind, head.marks, foot.text) == ("heading", (Mark(4, "1"),), "Zie west.")


@pytest.mark.parametrize(
    "inner",
    [
        bold("Dit is een hele zin.") + "<al>a</al>",
        bold("kleine letter") + "<al>a</al>",
        bold("A" * 121) + "<al>a</al>",
        bold("Voorzitter: Arib") + "<al>a</al>",
        bold("Kapitaal", "kap") + "<al>a</al>",
        bold("2023") + "<al>a</al>",
        bold("Niets eronder"),
        bold("Sectie eronder") + "<divisie><kop><titel>Titel</titel></kop><al>a</al></divisie>",
        "<al>Met <nadruk type='vet'>Vet</nadruk></al><al>a</al><al><nadruk type='vet'>Een</nadruk><nadruk type='vet'>Twee</nadruk></al><al>b</al>",
        f"<lijst><li><li.nr>1.</li.nr>{bold('Vangst')}<al>a</al></li></lijst>",
        f"<citaat>{bold('Vangst')}<al>a</al></citaat>",
        f"<motie>{bold('De Kamer')}<al>gehoord de beraadslaging,</al></motie>",
    ],
)
def test_other_bold_paragraphs_are_no_headings(inner: str) -> None:
    assert [text for _, text in headings(inner) if text != "Titel"] == []


def test_many_bold_lines_in_a_row_are_no_headings_over_each_other() -> None:
    lines = "".join(bold(f"Regel {n}") for n in range(9))
    assert [text for _, text in headings(f"{lines}<al>a</al>")] == ["Regel 6", "Regel 7", "Regel 8"]


def signed(inner: str) -> list[tuple[str, str]]:
    blocks = read_opxml(piece(f"<stuk><tekst-sluiting><ondertekening>{inner}</ondertekening></tekst-sluiting></stuk>"))
    return [(block.label or block.kind, block.text) for block in blocks if block.label != "publication"]


def test_what_stands_behind_a_name_belongs_to_its_line_unless_it_is_the_next_office() -> None:
    office, name = "<functie>De Minister van Havens,</functie>", "<naam><achternaam>De Vries</achternaam></naam>"
    author = ("author", "De Minister van Havens")
    assert signed(f"{office}{name} c.s.") == [author, ("heading", "De Minister van Havens,"), ("heading", "De Vries c.s.")]
    assert signed(f"De Minister van Havens,{name}De Minister van Vis,<naam>Jansen</naam>") == [
        author,
        ("heading", "De Minister van Havens,"),
        ("heading", "De Vries"),
        ("author", "De Minister van Vis"),
        ("heading", "De Minister van Vis,"),
        ("heading", "Jansen"),
    ]


def test_a_law_is_dated_by_its_publication_and_else_by_its_signature() -> None:
    signature = '<dagtekening><plaats>Den Haag,</plaats> <datum isodatum="2018-03-09">9 maart 2018</datum></dagtekening>'
    published = '<uitgifte><datum isodatum="2018-03-27">Uitgegeven de zevenentwintigste</datum></uitgifte>'
    for inner, date in ((signature, "2018-03-09"), (signature + published, "2018-03-27")):
        blocks = read_opxml(piece(f"<wetsluiting><gegeven>{inner}</gegeven></wetsluiting>", "staatsblad"))
        assert [block.text for block in blocks if block.label == "date"] == [date]
        assert "Den Haag, 9 maart 2018" in [block.text for block in blocks]


def test_a_number_within_a_number_is_not_lost() -> None:
    assert [block.text for block in read_opxml(piece("<nr>a<nr>b</nr></nr>")) if block.kind == "furniture"] == ["a", "b"]
