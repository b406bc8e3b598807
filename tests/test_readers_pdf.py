"""The PDF reader over the real samples: a ministry's letter, printed Kamerstukken, questions with answers."""

import re
from difflib import SequenceMatcher
from functools import cache
from itertools import pairwise

import pytest

from rbzqa.metadata import FACTS
from rbzqa.readers import read
from rbzqa.readers.lines import count_words, join_lines
from rbzqa.readers.pdf import read_pdf
from rbzqa.readers.pdf.glyphs import read_pages
from rbzqa.readers.pdf.sheets import read_columns, read_sheet
from rbzqa.structure import build_document
from rbzqa.types import Block

from .conftest import REPOSITORY

DOCS = REPOSITORY.parent / "shared" / "data" / "docs"
pytestmark = pytest.mark.skipif(not DOCS.is_dir(), reason="the shared samples are not on this machine")

LETTER = "verzamelbrief-luchtvaart"
ADVICE = "kst-35538-4"
MOTION = "kst-21501-02-3121"


@cache
def sample(name: str) -> tuple[Block, ...]:
    return read_pdf((DOCS / "pdf" / f"{name}.pdf").read_bytes())


def facts(name: str) -> list[tuple[str, str]]:
    return [(block.label, block.text) for block in sample(name) if block.kind == "fact"]


def text(name: str) -> list[Block]:
    return [block for block in sample(name) if block.kind in ("heading", "paragraph")]


def notes(name: str) -> list[Block]:
    return [block for block in sample(name) if block.kind == "footnote"]


def headings(name: str) -> list[tuple[int, str]]:
    return [(block.level, block.text) for block in sample(name) if block.kind == "heading"]


def test_reader_is_chosen_by_content_and_named() -> None:
    blocks, parser = read((DOCS / "pdf" / f"{MOTION}.pdf").read_bytes())
    assert parser == "pdf-1" and blocks == sample(MOTION)


@pytest.mark.parametrize("path", sorted(DOCS.glob("pdf/*.pdf")), ids=lambda path: path.stem)
def test_every_sample_keeps_the_contract_of_blocks(path: object) -> None:
    blocks = sample(path.stem)  # type: ignore[attr-defined]
    assert {block.label for block in blocks if block.kind == "fact"} <= FACTS
    for block in blocks:
        assert block.text and block.text == block.text.strip() and "\n" not in block.text and "  " not in block.text
        assert not re.search("[\x00-\x08\x0a-\x1f\u00ad\ufffd\ufffe]", block.text)
        assert all(0 <= mark.offset <= len(block.text) for mark in block.marks)
        assert all(0 < at < len(block.text) for at, _ in block.page_turns)
        assert block.level > 0 if block.kind == "heading" else block.level == 0
        assert block.kind == "fact" or block.page is not None


@pytest.mark.parametrize("path", sorted(DOCS.glob("pdf/*.pdf")), ids=lambda path: path.stem)
def test_every_footnote_has_its_mark_right_before_it(path: object) -> None:
    blocks = sample(path.stem)  # type: ignore[attr-defined]
    marks = [mark.label for block in blocks for mark in block.marks]
    labels = [block.label for block in blocks if block.kind == "footnote"]
    assert marks == labels
    assert all(note.text[0].isalnum() or note.text[0] in "«“(" for note in blocks if note.kind == "footnote")
    held = {mark.label for block in blocks if block.kind == "fact" for mark in block.marks}
    holder: list[str] = []
    for block in blocks:
        if block.kind == "footnote":
            assert block.label in [*holder, *held]
        elif block.kind != "fact":
            holder = [mark.label for mark in block.marks]


# The ministry's letter


def test_letter_states_its_facts() -> None:
    assert facts(LETTER) == [
        ("pages", "letter"),
        ("ministry", "Ministerie van Infrastructuur en Waterstaat"),
        ("kenmerk", "IENW/BSK-2023/297705"),
        ("date", "18 oktober 2023"),
        ("subject", "Verzamelbrief luchtvaart"),
    ]


def test_words_of_the_letter_stand_in_the_right_order() -> None:
    expected = re.sub(r"(?<=[a-zU.])\d{1,2}(?=[\s.]|$)", "", (DOCS / "text" / f"{LETTER}.body.txt").read_text(encoding="utf-8"))
    expected = re.sub(r"drone\W?exploitanten\. In", "drone-exploitanten. In", expected)  # its known error
    words = re.findall(r"[\w/€-]+(?:[.,]\d+)*", expected)
    blocks = text(LETTER)
    start = next(n for n, block in enumerate(blocks) if block.text == "Geachte voorzitter,")
    found = re.findall(r"[\w/€-]+(?:[.,]\d+)*", " ".join(block.text for block in blocks[start:]))
    same = sum(match.size for match in SequenceMatcher(None, words, found[: len(words)], autojunk=False).get_matching_blocks())
    assert same / len(words) >= 0.995


def test_no_kenmerk_and_no_page_number_stands_in_the_text() -> None:
    words = " ".join(block.text for block in text(LETTER))
    assert not re.search(r"BSK|Kenmerk|Pagina|Retouradres|Rijnstraat", words)
    assert "voor het tijdelijk verbieden van dergelijke korte vluchten wegens ernstige" in words  # the kenmerk stood beside it
    furniture = [block.text for block in sample(LETTER) if block.kind == "furniture"]
    assert [line for line in furniture if line.startswith("Pagina")] == [f"Pagina {n} van 7" for n in range(1, 8)]


def test_headings_of_the_letter_have_two_levels() -> None:
    assert headings(LETTER) == [
        (1, "1. Registratiekosten voor drone-exploitanten in andere EU-landen"),
        (1, "2. Controles door de Nederlandse Arbeidsinspectie (NLA) en de Inspectie Leefomgeving en Transport (ILT)"),
        (1, "3. Tiende update zomerdrukte Schiphol"),
        (1, "4. Verbod korte vluchten Benelux"),
        (2, "Benelux"),
        (2, "EU-recht"),
        (2, "EU-verordening 1008/2008"),
        (2, "(Bilaterale en EU) luchtvervoerverdragen met derde landen"),
        (2, "Conclusie"),
    ]


def test_list_items_are_paragraphs_with_their_hanging_lines() -> None:
    items = [block.text for block in text(LETTER) if block.kind == "paragraph" and block.text[:2] in ("1.", "2.", "3.", "4.")]
    assert items == [
        "1. Registratiekosten voor drone-exploitanten in andere EU-landen;",
        "2. Periodieke controles door de Nederlandse Arbeidsinspectie (NLA) en de Inspectie Leefomgeving en Transport (ILT);",
        "3. Tiende update zomerdrukte Schiphol;",
        "4. Verbod korte vluchten Benelux.",
    ]


def test_paragraph_over_a_page_break_is_one() -> None:
    over = {block.page: block for block in text(LETTER) if block.page_turns}
    assert {page: [turn for _, turn in block.page_turns] for page, block in over.items()} == {1: [2], 2: [3], 3: [4]}
    at, _ = over[1].page_turns[0]
    assert over[1].text[:at].endswith("De inschrijving in het ") and over[1].text[at:].startswith("register is geldig")


def test_footnotes_of_the_letter_have_their_words_and_links() -> None:
    by_label = {note.label: note for note in notes(LETTER)}
    assert list(by_label) == [str(n) for n in range(1, 14)]
    assert by_label["1"].text == "Kamerstuk 36200-XII-60"
    assert by_label["5"].text == "Besluit Risico’s Zware Ongevallen 2015, zie Home - BRZO+ (brzoplus.nl)."
    assert by_label["5"].urls == ("https://brzoplus.nl/",)
    assert by_label["6"].text.endswith("Zie: Jaarverslag 2022 | Jaarverslag | Nederlandse Arbeidsinspectie (nlarbeidsinspectie.nl)")
    assert by_label["6"].urls == ()
    first = next(block for block in text(LETTER) if any(mark.label == "1" for mark in block.marks))
    assert first.text[: first.marks[0].offset].endswith("controles op Schiphol") and first.text[first.marks[0].offset :] == "."


# Printed Kamerstukken


def test_motion_is_read_exactly() -> None:
    assert facts(MOTION) == [
        ("pages", "publication"),
        ("identifier", "kst-21501-02-3121"),
        ("chamber", "Tweede Kamer der Staten-Generaal"),
        ("session", "Vergaderjaar 2024–2025"),
        ("publication", "Kamerstuk"),
        ("dossier", "21 501-02"),
        ("dossier_title", "Raad Algemene Zaken en Raad Buitenlandse Zaken"),
        ("number", "3121"),
        ("title", "MOTIE VAN HET LID CEDER"),
        ("date", "10 april 2025"),
    ]
    assert [(block.kind, block.page, block.text) for block in text(MOTION)] == [
        ("paragraph", 1, words)
        for words in (
            "De Kamer,",
            "gehoord de beraadslaging,",
            "constaterende dat Israël meer gebied in het zuiden van Gaza wil innemen en Rafah wil ontruimen;",
            "overwegende dat sinds president Trump aan de macht is de Israëlische regering escalatie verkiest in plaats van aansturen op het staakt-het-vuren;",
            "overwegende dat een actieve en eensgezinde rol van de EU essentieel is voor een duurzaam staakt-het-vuren;",
            "verzoekt de regering Israël op te roepen tot onmiddellijke toelating van humanitaire hulp en herstel van stroomvoorziening in Gaza,"
            " en zich, mede gezien de opstelling van de VS, in te zetten voor een leidende EU-rol in het vredesproces, gericht op een"
            " staakt-het-vuren, vrijlating van gijzelaars, terugtrekking van Israëlische troepen en een duurzaam perspectief,",
            "en gaat over tot de orde van de dag.",
            "Ceder",
        )
    ]


def test_advice_states_its_facts() -> None:
    stated = dict(facts(ADVICE))
    assert stated["dossier"] == "35 538" and stated["number"] == "4" and stated["session"] == "Vergaderjaar 2019–2020"
    assert stated["dossier_title"].endswith("misbruik daarvan (Tijdelijke wet notificatieapplicatie covid-19)")
    title = next(block for block in sample(ADVICE) if block.label == "title")
    assert title.text == "ADVIES AFDELING ADVISERING RAAD VAN STATE EN NADER RAPPORT"
    assert [(mark.offset, mark.label) for mark in title.marks] == [(len(title.text), "1")]


def test_advice_has_its_headings() -> None:
    assert [(level, title) for level, title in headings(ADVICE) if title != "Reactie:"] == [
        (1, "1. Inleiding"),
        (1, "2. Noodzaak wettelijke grondslag"),
        (1, "3. Gegevensbescherming"),
        (3, "a. Doelomschrijving"),
        (3, "b. Beperking gegevensverwerking"),
        (3, "c. Verwerking bijzondere persoonsgegevens door GGD"),
        (3, "d. Verwerkingsverantwoordelijkheid"),
        (3, "e. Rechten van betrokkenen"),
        (3, "f. De rol van Google en Apple"),
        (1, "4. Subdelegatie"),
        (1, "5. Parlementaire betrokkenheid"),
        (1, "6. Interoperabiliteit"),
        (1, "7. Deactivering"),
        (2, "Redactionele bijlage bij het advies van de Afdeling advisering van de Raad van State betreffende no. W13.20.0254/III"),
    ]


def test_the_reaction_of_the_minister_is_told_from_the_advice() -> None:
    found = headings(ADVICE)
    above = [found[n - 1][1][:2] for n, heading in enumerate(found) if heading == (4, "Reactie:")]
    assert above == ["2.", "a.", "b.", "c.", "d.", "e.", "f.", "4.", "5.", "6.", "7.", "Re"]


def test_advice_holds_no_furniture_and_all_its_footnotes() -> None:
    words = " ".join(block.text for block in text(ADVICE))
    assert not re.search(r"vergaderjaar 2019–2020, 35 538|ISSN|kst-35538|Tweede Kamer der Staten-Generaal 2", words)
    assert [note.label for note in notes(ADVICE)] == [str(n) for n in range(1, 63)]
    assert {block.page for block in text(ADVICE)} == set(range(1, 17))
    assert "kenmerk 1722926-208233-DICIOPM, p. 1." in notes(ADVICE)[9].text


# Every hyphen at a line end of kst-35538-4 in order, checked by eye against the pages: (line, next line, what they make).
HYPHENS = """
samenhan- gende samenhangende
verwerkingsverant- woordelijkheid. verwerkingsverantwoordelijkheid.
subdele- gatie subdelegatie
verwerkings- verantwoordelijkheid, verwerkingsverantwoordelijkheid,
gegevensbe- scherming gegevensbescherming
betrok- kenheid, betrokkenheid,
gezond- heidsdienst gezondheidsdienst
signifi- cante significante
daaropvol- gende daaropvolgende
contactop- sporing contactopsporing
1722926-208233- DICIO, 1722926-208233-DICIO,
geadvi- seerde geadviseerde
1722926-208233- DICIOPM, 1722926-208233-DICIOPM,
verwer- kingen verwerkingen
antimisbruikbe- paling antimisbruikbepaling
ingebruik- neming ingebruikneming
rechtsze- kerheid. rechtszekerheid.
1731540-208984- DICIO. 1731540-208984-DICIO.
richt- snoeren richtsnoeren
antimis- bruikbepaling, antimisbruikbepaling,
persoonsge- gevens persoonsgegevens
gegevensbescher- mingseffectbeoordeling gegevensbeschermingseffectbeoordeling
verwerkingsverantwoorde- lijke verwerkingsverantwoordelijke
contactop- sporing contactopsporing
verwerkingsverantwoorde- lijke verwerkingsverantwoordelijke
verant- woordelijk verantwoordelijk
verwerkingsverantwoorde- lijke verwerkingsverantwoordelijke
notifica- tieapp notificatieapp
verwerkingsver- antwoordelijkheid verwerkingsverantwoordelijkheid
plaats- vindt. plaatsvindt.
verwerkingsverantwoorde- lijke verwerkingsverantwoordelijke
coronamel- der.nl coronamelder.nl
informatiever- strekking informatieverstrekking
1722926-208233- DICIOPM, 1722926-208233-DICIOPM,
persoons- gegevens persoonsgegevens
verwerkingsverant- woordelijke verwerkingsverantwoordelijke
gedele- geerd gedelegeerd
persoonsge- gevens persoonsgegevens
(onder- delen (onderdelen
1722926-208233- DICIO, 1722926-208233-DICIO,
1722926-208233- DICIO, 1722926-208233-DICIO,
interoperabi- liteit interoperabiliteit
Corona- melder Coronamelder
1722926-208233- DICIO, 1722926-208233-DICIO,
COVID-19- pandemie, COVID-19-pandemie,
smart- phone. smartphone.
richt- snoeren richtsnoeren
overeen- stemming overeenstemming
opmer- kingen opmerkingen
"""


def test_every_hyphen_at_a_line_end_is_decided_as_the_page_shows() -> None:
    sheets = [read_sheet(page) for page in read_pages((DOCS / "pdf" / f"{ADVICE}.pdf").read_bytes())]
    lines = [line.text for on_page in read_columns(sheets) for line in on_page]
    words = count_words("\n".join(lines))
    found = []
    for line, after in pairwise(lines):
        if line.endswith("-"):
            pair = [line.split()[-1], after.split()[0]]
            found.append(" ".join([*pair, join_lines(pair, words, hyphenates=True)[0]]))
    assert found == HYPHENS.strip().split("\n")
    assert not re.search(r"\w- [a-z]", re.sub(r"\w- (en|of) ", "", " ".join(block.text for block in sample(ADVICE))))


# Questions and answers: number, questions, answers, footnotes, date, author

ANSWERED = {
    "1076": (5, 5, 3, "20 februari 2024", "Minister De Jonge (Binnenlandse Zaken en Koninkrijksrelaties)"),
    "1292": (10, 10, 1, "21 maart 2024", "Minister De Jonge (Binnenlandse Zaken en Koninkrijksrelaties)"),
    "1314": (4, 4, 2, "25 maart 2024", "Minister Dijkgraaf (Onderwijs, Cultuur en Wetenschap)"),
    "1481": (
        6,
        5,
        3,
        "11 april 2024",
        "Staatssecretaris Van Huffelen (Binnenlandse Zaken en Koninkrijksrelaties), mede namens de Staatssecretarissen van Volksgezondheid,"
        " Welzijn en Sport en van Justitie en Veiligheid",
    ),
    "1771": (6, 6, 8, "17 mei 2024", "Staatssecretaris Heijnen (Infrastructuur en Waterstaat), mede namens de Minister van Justitie en Veiligheid"),
    "1893": (7, 7, 1, "3 juni 2024", "Minister Bruins Slot (Buitenlandse Zaken)"),
    "1949": (4, 4, 1, "11 juni 2024", "Minister Yeşilgöz-Zegerius (Justitie en Veiligheid), mede namens de Minister voor Rechtsbescherming"),
    "1980": (6, 6, 7, "13 juni 2024", "Minister Helder (Volksgezondheid, Welzijn en Sport)"),
    "1999": (3, 0, 1, "7 juni 2024", "Minister De Jonge (Binnenlandse Zaken en Koninkrijksrelaties)"),
    "2129": (9, 9, 5, "28 juni 2024", "Minister Bruins Slot (BZ) van Minister Schreinemacher (Buitenlandse Handel en Ontwikkelingssamenwerking)"),
    "2168": (10, 10, 1, "17 juli 2024", "Minister Hermans (Klimaat en Groene Groei)"),
    "2210": (13, 13, 2, "23 juli 2024", "Minister Hermans (Klimaat en Groene Groei)"),
}


@pytest.mark.parametrize("number", ANSWERED)
def test_questions_and_answers_are_whole(number: str) -> None:
    name = f"ah-tk-20232024-{number}"
    questions, answers, footnotes, date, author = ANSWERED[number]
    heads = [heading for _, heading in headings(name)]
    assert sum(head.startswith("Vra") for head in heads) == questions
    assert sum(head.startswith("Antwoord") for head in heads) == answers
    asked = [int(n) for head in heads if head.startswith("Vra") for n in re.findall(r"\d+", head)]
    assert asked == list(range(1, len(asked) + 1))
    if answers:
        assert sorted(int(n) for head in heads if head.startswith("Antwoord") for n in re.findall(r"\d+", head)) == asked
    assert len(notes(name)) == footnotes
    stated = dict(facts(name))
    assert stated["publication"] == "Aanhangsel" and stated["number"] == number and stated["identifier"] == name
    assert (stated["date"], stated["author"]) == (date, author)
    assert stated["title"].startswith("Vragen van ") and not stated["title"].endswith((")", "."))


@pytest.mark.parametrize("number", ANSWERED)
def test_questions_and_answers_hold_no_furniture_and_know_their_role(number: str) -> None:
    blocks = text(f"ah-tk-20232024-{number}")
    assert not any(re.search(r"vergaderjaar 2023–2024, Aanhangsel|ISSN|ah-tk-|Vragen gesteld door de leden", block.text) for block in blocks)
    document = build_document(blocks, id="x", sha256="0" * 64, file="x", parser="pdf-1")
    found = [(section.path[-1][:1] if section.path else "", p.role) for part in document.parts for section in part.sections for p in section.paragraphs]
    assert all(role in ({"V": "question", "A": "answer"}.get(initial, "text"), "row") for initial, role in found)
    assert {"question"} < {role for _, role in found} or number == "1999"


def test_letter_gets_the_accent_that_is_printed_over_it() -> None:
    assert "Kostić (PvdD)" in dict(facts("ah-tk-20232024-1314"))["title"]
    assert "Yeşilgöz-Zegerius" in dict(facts("ah-tk-20232024-1949"))["author"]


def test_tables_in_an_answer_are_rows_with_heads() -> None:
    table = [(block.role, block.text) for block in sample("ah-tk-20232024-1314") if block.role in ("heads", "row")]
    assert table == [
        ("heads", "Meldingen Tumba, kenniscentrum discriminatie en diversiteit"),
        ("heads", "Grond\tMeldingen in 2021\tMeldingen in 2022\tMeldingen in 2023"),
        ("row", "Geslacht(Trans)\t2\t3\t6"),
        ("row", "Seksuele gerichtheid\t10\t14\t34"),
        ("row", "TOTAAL\t12\t17\t40"),
        (
            "heads",
            "Meldingen en/of aangiftes bij politie Fryslân (beledigende uitingen (zoals h*mo of f*kker naar politieagenten zijn ook meegenomen in de cijfers))",
        ),
        ("heads", "Grond\tMeldingen in 2021\tMeldingen in 2022\tMeldingen in 2023"),
        ("row", "Seksuele gerichtheid\t66\t73\t74"),
    ]


def test_address_that_is_broken_over_lines_has_no_space() -> None:
    whole = {note.label: note.text for note in notes("ah-tk-20232024-1314")}["2"]
    assert whole.endswith("https://www.movisie.nl/sites/movisie.nl/files/2022-03/220315_%20Regenboogbeleid%20provincies%202022.pdf")
    whole = notes("ah-tk-20232024-1949")[0].text
    assert "2024/05/03/tieners-13-en-14-weer-vrijgelaten-na" in whole
    whole = notes("ah-tk-20232024-1292")[0].text
    assert whole.endswith("www.internetconsultatie.nl/huisvesting_evacuees/b1")


def test_paragraphs_without_white_between_them_are_parted_by_their_short_last_line() -> None:
    name = "ah-tk-20232024-2210"
    start = next(n for n, block in enumerate(text(name)) if block.text == "Antwoord 2")
    openings = [block.text.split(" ", 4)[:4] for block in text(name)[start + 1 : start + 6]]
    assert [" ".join(words) for words in openings] == [
        "Ik ben evenals alle",
        "Ten eerste ondersteunen we",
        "Het Rijk heeft een",
        "Vanuit de ambitie om",
        "De beperkte sturingsinstrumenten van",
    ]


def test_lowered_figure_is_text_and_no_mark() -> None:
    assert any("Voor CO2 zijn er ook alternatieve" in block.text for block in text("ah-tk-20232024-2210"))
