"""Bytes -> blocks: encodings, line ends, pages, hyphens, page furniture and footnotes."""

import time
import unicodedata
from collections import Counter

import pytest

from rbzqa.dutch import words
from rbzqa.errors import SourceError
from rbzqa.readers import MAX_BYTES, media_type, read
from rbzqa.readers.lines import join_lines
from rbzqa.types import Block, Mark

from .conftest import LETTER
from .fakes import letter
from .timing import is_linear

BODY = "Geachte voorzitter,\n\nDe Raad sprak over één thema,\nhet gas.\n\nAfghanistan\n\nNog een alinea."


def blocks(body: str | bytes) -> tuple[Block, ...]:
    return read(body.encode() if isinstance(body, str) else body)[0]


def shape(body: str | bytes) -> list[tuple[str, str]]:
    return [(block.kind, block.text) for block in blocks(body)]


def refusal(data: bytes) -> SourceError:
    with pytest.raises(SourceError) as caught:
        read(data)
    assert "\n" not in caught.value.message and caught.value.hint
    assert caught.value.exit_code == 3
    return caught.value


def test_reader_is_named_with_its_version() -> None:
    assert read(b"Een alinea.") == ((Block("paragraph", "Een alinea."),), "text-1")


# What is refused


def test_empty_file_has_no_text() -> None:
    # FAULTS A1
    assert "geen tekst" in refusal(b"").message


@pytest.mark.parametrize(
    "data",
    [
        b" \n\t \r\n",
        b"\xef\xbb\xbf",
        b"\f\f\n\f",
        b"\xef\xbb\xbf \f\n",
        "\ufeff\ufeff\n\u200b\u00ad".encode(),
        b"\xff\xfe",
        "\u00a0\u3000".encode(),
        b"\x01\x02",
    ],
)
def test_white_space_marks_and_form_feeds_are_no_text(data: bytes) -> None:
    # FAULTS A2
    assert "geen tekst" in refusal(data).message


@pytest.mark.parametrize("data", [b"Afghanistan\n", b"12\n\n13\n", b"https://www.rijksoverheid.nl\n"])
def test_only_headings_or_furniture_is_refused(data: bytes) -> None:
    # FAULTS A2
    assert "lopende tekst" in refusal(data).message


@pytest.mark.parametrize(
    "data",
    [
        "Eén zin.\n".encode() + "Eén zin.\n".encode("cp1252"),
        b"Een afgebroken teken \xc3",
        b"Een half paar \xed\xa0\x80 is geen tekst.",
        "Tekst.".encode("utf-16")[:-1],
        b"\xff\xfeT\x00\x00\xd8x\x00",
        "Een zin.".encode("utf-32-be"),
    ],
)
def test_undeclared_or_broken_encoding_is_refused_and_never_guessed(data: bytes) -> None:
    # FAULTS A3
    assert "UTF-" in refusal(data).message or "NUL" in refusal(data).message


def test_place_of_the_wrong_byte_is_named() -> None:
    # FAULTS A3
    assert refusal(b"Sloveni\xeb\x90.").message == "geen geldige UTF-8-tekst (byte 7)"


@pytest.mark.parametrize("data", [b"Een zin\x00met NUL.", "Een zin.".encode("utf-32")])
def test_nul_is_refused(data: bytes) -> None:
    # FAULTS A4
    assert "NUL" in refusal(data).message


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (b"PK\x03\x04\x14\x00", "DOCX- of ZIP-bestand"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "een oud Word-bestand (.doc)"),
        (b"{\\rtf1 tekst}", "een RTF-bestand"),
    ],
)
def test_format_without_a_reader_is_refused_by_its_first_bytes(data: bytes, name: str) -> None:
    # FAULTS A21
    assert name in refusal(data).message
    with pytest.raises(SourceError):
        media_type(data)
    assert media_type(b"Het woord RTF in een zin.") == "text/plain"


@pytest.mark.parametrize("unit", [b"a", b" ", b"a\n"])
def test_file_of_fifty_megabytes_is_refused_at_once(unit: bytes) -> None:
    # FAULTS A8
    data = unit * (50_000_000 // len(unit))
    start = time.process_time()
    assert "groter dan 20 MB" in refusal(data).message
    assert time.process_time() - start < 1


def test_size_limit_is_exact() -> None:
    # FAULTS A8
    assert "groter" in refusal(b" " * (MAX_BYTES + 1)).message
    assert "geen tekst" in refusal(b" " * MAX_BYTES).message


# What is read, and comes out as the same canonical text


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_declared_encoding_is_decoded(encoding: str) -> None:
    # FAULTS A3
    assert blocks(BODY.encode(encoding)) == blocks(BODY)


def test_utf16_of_either_byte_order_is_decoded() -> None:
    # FAULTS A3
    for mark, encoding in ((b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be")):
        assert blocks(mark + BODY.encode(encoding)) == blocks(BODY)


def test_replacement_character_of_the_source_stays_and_none_is_made() -> None:
    # FAULTS A3
    assert shape("Een \ufffd in de bron.") == [("paragraph", "Een \ufffd in de bron.")]
    assert all("\ufffd" not in text for _, text in shape(BODY))


@pytest.mark.parametrize("control", ["\x01", "\x07", "\x08", "\x0e", "\x1b", "\x1c", "\x1f", "\x7f", "\x80", "\x9f"])
def test_control_characters_are_dropped_and_offsets_stay_true(control: str) -> None:
    # FAULTS A4
    document = letter("brief", f"Een{control} zin met{control}{control} controle.\n\nNog{control} een.")
    assert document.text == "Een zin met controle.\n\nNog een."
    (section,) = document.parts[0].sections
    assert [document.text[p.start : p.end] for p in section.paragraphs] == ["Een zin met controle.", "Nog een."]


def test_tab_stays() -> None:
    # FAULTS A4
    assert shape("Een\ttab in de zin.") == [("paragraph", "Een\ttab in de zin.")]


def test_decomposed_letters_are_composed_and_spans_fit() -> None:
    # FAULTS A5
    decomposed = letter("brief", unicodedata.normalize("NFD", BODY))
    composed = letter("brief", BODY)
    assert decomposed.text == composed.text
    assert decomposed.parts == composed.parts
    assert unicodedata.is_normalized("NFC", decomposed.text)


def test_whole_letter_gives_the_same_text_decomposed() -> None:
    # FAULTS A5
    raw = LETTER.read_bytes()
    assert blocks(unicodedata.normalize("NFD", raw.decode()).encode()) == blocks(raw)


@pytest.mark.parametrize("invisible", ["\u200b", "\u00ad", "\u202e", "\u2066", "\ufeff", "\U000e0041"])
def test_invisible_characters_stay_in_the_text_and_search_ignores_them(invisible: str) -> None:
    # FAULTS A6
    body = f"Een af{invisible}spraak over gas."
    document = letter("brief", body)
    assert document.text == body
    assert words(document.text) == ("een", "afspraak", "over", "gas")


def test_offsets_count_code_points_of_astral_characters() -> None:
    # FAULTS A7
    document = letter("brief", "Vlag 🇳🇱 en 👨‍👩‍👧 en 𝒜.\n\nTweede.1 Slot 😀.\n\n1 Noot 😀.")
    first, second = document.parts[0].sections[0].paragraphs
    assert (first.start, first.end) == (0, 22)
    assert document.text[second.start : second.end] == "Tweede. Slot 😀."
    (note,) = second.footnotes
    assert document.text[: note.at].endswith("Tweede.")
    assert document.text[note.start : note.end] == "Noot 😀."


@pytest.mark.parametrize("end", ["\r\n", "\r", "\u2028", "\u2029", "\u0085", "\v"])
def test_every_kind_of_line_end_gives_the_same_blocks(end: str) -> None:
    # FAULTS A10
    assert blocks(BODY.replace("\n", end)) == blocks(BODY)


@pytest.mark.parametrize("end", ["\r\n", "\r", "\u2028"])
def test_whole_letter_gives_the_same_blocks_with_other_line_ends(end: str) -> None:
    # FAULTS A10
    raw = LETTER.read_bytes()
    assert blocks(raw.decode().replace("\n", end).encode()) == blocks(raw)


# Lines, headings and pages


def test_lines_become_running_text_with_one_space() -> None:
    assert shape("Een zin  \n  die verder\ngaat.") == [("paragraph", "Een zin die verder gaat.")]


def test_spaces_within_a_line_stay() -> None:
    assert shape("Een  zin.   Nog een.") == [("paragraph", "Een  zin.   Nog een.")]


def test_short_line_without_full_stop_is_a_heading() -> None:
    assert shape("Afghanistan\n\nTekst.") == [("heading", "Afghanistan"), ("paragraph", "Tekst.")]
    assert shape("afghanistan\n\nTekst.")[0] == ("paragraph", "afghanistan")
    assert shape("Afghanistan.\n\nTekst.")[0] == ("paragraph", "Afghanistan.")
    assert shape("A" + "f" * 100 + "\n\nTekst.")[0][0] == "paragraph"
    assert shape("12-3\n\nTekst.")[0][0] == "paragraph"


def test_heading_of_more_lines_must_be_in_capitals() -> None:
    assert shape("VERSLAG VAN DE RAAD\nVAN 2 SEPTEMBER\n\nTekst.")[0] == ("heading", "VERSLAG VAN DE RAAD VAN 2 SEPTEMBER")
    assert shape("Verslag van de Raad\nvan 2 september\n\nTekst.")[0][0] == "paragraph"


def test_form_feeds_number_the_pages() -> None:
    found = blocks("Een.\n\n\fTwee.\n\n\f\fVier.")
    assert [(block.text, block.page, block.starts_page) for block in found] == [("Een.", 1, True), ("Twee.", 2, True), ("Vier.", 4, True)]


def test_leading_space_numbers_the_pages_of_an_export() -> None:
    body = " Een.\n" + "Alinea.\n\n" * 60 + " Twee."
    found = blocks(body)
    assert (found[0].page, found[-2].page, found[-1].page) == (1, 1, 2)
    assert [block.starts_page for block in found] == [True, *[False] * 59, True]


def test_three_empty_lines_end_a_page_of_an_export() -> None:
    body = " Een.\n" + "Alinea.\n\n" * 60
    assert [block.page for block in blocks(f"{body}\n\nTwee.\n \n \nDrie.")][-3:] == [1, 2, 2]
    assert [block.page for block in blocks(f"{body}Een nog.\n \n \n \nDrie.")][-2:] == [1, 1]


def test_page_number_at_the_head_of_a_page_does_not_hide_that_the_page_begins() -> None:
    found = [block for block in blocks("Een alinea.\n\n\f2\n\nVerklaring\n\nTekst.") if block.kind != "furniture"]
    assert [(block.text, block.page, block.starts_page) for block in found] == [("Een alinea.", 1, True), ("Verklaring", 2, True), ("Tekst.", 2, False)]


def test_page_is_unknown_without_a_sign_of_one() -> None:
    assert {block.page for block in blocks(BODY)} == {None}
    assert {block.page for block in blocks(" Alles\n begint\n met\n spaties.")} == {None}


@pytest.mark.parametrize(
    "between",
    ["\f", "\n\f", "\n\n\f", "\n\n3\n\n\f", "\n3\n\f", "\n\f3\n\n", "\n\nPagina 3 van 7\n\n\f", "\n \n \n\f\n"],
)
def test_sentence_over_a_page_break_is_one_paragraph(between: str) -> None:
    paragraphs = [block for block in blocks(f"Een zin die over de{between}bladzijde loopt. Einde.") if block.kind == "paragraph"]
    assert [(block.text, block.page, block.page_turns) for block in paragraphs] == [("Een zin die over de bladzijde loopt. Einde.", 1, ((20, 2),))]


def test_word_broken_over_a_page_keeps_its_hyphen_and_its_turn() -> None:
    (block,) = blocks("Een gezamenlijke EU-\n\n\faanpak volgt.")
    assert (block.text, block.page_turns) == ("Een gezamenlijke EU-aanpak volgt.", ((20, 2),))


def test_ended_sentence_or_capital_is_not_joined_over_a_page() -> None:
    assert [text for _, text in shape("Een zin.\n\n\fnog een.")] == ["Een zin.", "nog een."]
    assert [text for _, text in shape("Een zin over de\n\n\fRaad loopt.")] == ["Een zin over de", "Raad loopt."]
    assert [text for _, text in shape("Een zin over de\n\nbladzijde loopt.\n\n\fX.")] == ["Een zin over de", "bladzijde loopt.", "X."]


@pytest.mark.parametrize("line", ["12", "[Ondertekenaar 2]", "Pagina 2 van 7", "pagina 12 van 107"])
def test_page_furniture_stands_alone_and_is_no_text(line: str) -> None:
    assert shape(f"Een alinea.\n\n{line}\n\nNog een.") == [("paragraph", "Een alinea."), ("furniture", line), ("paragraph", "Nog een.")]
    assert letter("brief", f"Een alinea.\n{line}\nNog een.").text == "Een alinea.\n\nNog een."


def test_number_or_url_on_a_line_of_running_text_is_text() -> None:
    assert shape("Zie artikel\n5\nvan de wet.") == [("paragraph", "Zie artikel 5 van de wet.")]
    assert shape("Zie de pagina\nhttps://www.rijksoverheid.nl/a\nvoor meer.") == [("paragraph", "Zie de pagina https://www.rijksoverheid.nl/a voor meer.")]
    assert shape("Meer staat op\nhttps://www.rijksoverheid.nl/a\n\nNog.")[0] == ("paragraph", "Meer staat op https://www.rijksoverheid.nl/a")


def test_year_on_the_last_line_of_a_title_stays() -> None:
    assert shape("VERSLAG VAN DE RAAD VAN 2 EN 3 SEPTEMBER\n2021\n\nTekst.")[0] == ("heading", "VERSLAG VAN DE RAAD VAN 2 EN 3 SEPTEMBER 2021")


# Hyphens at a line end


@pytest.mark.parametrize(
    ("lines", "text"),
    [
        (["een EU-", "aanpak"], "een EU-aanpak"),
        (["de Indo-", "Pacificstrategie"], "de Indo-Pacificstrategie"),
        (["het jaar 2020-", "2024"], "het jaar 2020-2024"),
        (["een One Health-", "aanpak"], "een One Health-aanpak"),
        (["de minister-", "president"], "de minister-president"),
        (["veiligheids-", "en geopolitieke"], "veiligheids- en geopolitieke"),
        (["West-", "of Oost-Europa"], "West- of Oost-Europa"),
        (["in- ", "tot uitvoer"], "in-  tot uitvoer"),
        (["mensenhandel en", "-smokkel"], "mensenhandel en -smokkel"),
        (["zo -", "dat was het"], "zo - dat was het"),
        (["zo –", "dat"], "zo – dat"),
        (["samen\u00ad", "hang"], "samenhang"),
        (["één"], "één"),
    ],
)
def test_hyphen_that_belongs_to_the_word_stays(lines: list[str], text: str) -> None:
    assert join_lines(lines, Counter())[0] == text


@pytest.mark.parametrize(
    ("elsewhere", "text"),
    [
        ("", "de samen-hang"),
        ("samenhang", "de samenhang"),
        ("Samenhang", "de samenhang"),
        ("samenhang samen-hang", "de samen-hang"),
        ("samenhangend", "de samen-hang"),
    ],
)
def test_soft_hyphen_is_joined_only_on_evidence(elsewhere: str, text: str) -> None:
    assert shape(f"de samen-\nhang\n\n{elsewhere or 'x'}")[0] == ("paragraph", text)


def test_no_evidence_joins_a_capital_or_an_abbreviation() -> None:
    assert shape("de EU-\naanpak\n\nEUaanpak euaanpak")[0] == ("paragraph", "de EU-aanpak")
    assert shape("de Indo-\nPacific\n\nIndoPacific")[0] == ("paragraph", "de Indo-Pacific")


def test_offset_of_each_line_is_returned() -> None:
    lines = ["een EU-", "aanpak van veiligheids-", "en andere samen-", "hang"]
    text, starts = join_lines(lines, Counter(["samenhang"]))
    assert text == "een EU-aanpak van veiligheids- en andere samenhang"
    assert [text[start:].split()[0] for start in starts] == ["een", "aanpak", "en", "hang"]


# Footnotes


def test_mark_leaves_the_text_and_its_place_is_remembered() -> None:
    first, note = blocks("De verklaring werd gepubliceerd.1 Zij is lang.\n\n1 Zie rijksoverheid.nl.")
    assert (first.text, first.marks) == ("De verklaring werd gepubliceerd. Zij is lang.", (Mark(32, "1"),))
    assert (note.kind, note.label, note.text) == ("footnote", "1", "Zie rijksoverheid.nl.")


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("De kosten zijn 15,6 mrd.", " het volgend jaar."),
        ("Wij schetsen.", " Allereerst dit."),
        ("De periode 2021–2027.", " Sinds dan."),
        ("Hij zei “ja”", " en ging."),
        ("Was het zo?", ""),
        ("Dit staat in de motie", " van het lid."),
        ("Zie rijksoverheid.nl.", ""),
    ],
)
def test_mark_glued_to_a_word_is_found(before: str, after: str) -> None:
    first, note = blocks(f"{before}3{after}\n\n3 Een noot.")
    assert (first.text, first.marks) == (before + after, (Mark(len(before), "3"),))
    assert note.kind == "footnote"


@pytest.mark.parametrize(
    "text", ["Het EI2 is een kader.", "Zie paragraaf 4.2 van de brief.", "Het zijn er 2 in totaal.", "In 2002 was er een Raad.", "Dit is artikel 12."]
)
def test_number_that_is_no_mark_stays_and_the_numbered_line_is_text(text: str) -> None:
    assert shape(f"{text}\n\n2 Een genummerde alinea.") == [("paragraph", text), ("paragraph", "2 Een genummerde alinea.")]


def test_numbered_list_is_not_a_footnote() -> None:
    assert shape("Dit zijn de punten:\n\n1 Het eerste punt.\n\n2 Het tweede punt.") == [
        ("paragraph", "Dit zijn de punten:"),
        ("paragraph", "1 Het eerste punt."),
        ("paragraph", "2 Het tweede punt."),
    ]


def test_sure_mark_is_taken_before_a_number_that_only_looks_like_one() -> None:
    first, note = blocks("Het woord1 staat na paragraaf 2.1 van de brief.\n\n1 Een noot.")
    assert first.text == "Het woord staat na paragraaf 2.1 van de brief."
    assert note.kind == "footnote"


def test_nearest_mark_is_taken() -> None:
    found = blocks("Een.1 Eerst.\n\n1 Noot een.\n\nTwee.1 Dan.\n\n1 Noot twee.")
    assert [block.kind for block in found] == ["paragraph", "footnote"] * 2
    assert [block.marks for block in found[::2]] == [(Mark(4, "1"),), (Mark(5, "1"),)]


def test_note_takes_the_last_of_two_marks() -> None:
    first, second, _ = blocks("Een.1 Eerst.\n\nTwee.1 Dan.\n\n1 De noot.")
    assert (first.text, first.marks) == ("Een.1 Eerst.", ())
    assert (second.text, second.marks) == ("Twee. Dan.", (Mark(5, "1"),))


def test_offsets_move_with_every_mark_before_them() -> None:
    body = "Een.1 Twee.2 Drie.12 en dan over de\n\fbladzijde.\n\n12 Noot twaalf.\n\n2 Noot twee.\n\n1 Noot een."
    first = blocks(body)[0]
    assert first.text == "Een. Twee. Drie. en dan over de bladzijde."
    assert first.marks == (Mark(4, "1"), Mark(10, "2"), Mark(16, "12"))
    ((offset, page),) = first.page_turns
    assert (first.text[offset:], page) == ("bladzijde.", 2)


def test_notes_on_following_lines_are_notes_of_their_own() -> None:
    found = blocks("Een.1 Twee.2 Slot.\n\n1 Noot een die\nverder gaat\n2 Noot twee.\n3 bomen.")
    assert [(block.kind, block.label, block.text) for block in found] == [
        ("paragraph", "", "Een. Twee. Slot."),
        ("footnote", "1", "Noot een die verder gaat"),
        ("footnote", "2", "Noot twee."),
        ("paragraph", "", "3 bomen."),
    ]


def test_urls_behind_a_note_belong_to_it_once() -> None:
    url, other = "https://www.rijksoverheid.nl/a", "http://example.org/b"
    for gap in ("\n", "\n\n"):
        note = blocks(f"Een.1 Slot.\n\n1 Noot.{gap}{url}\n{url}\n{other}\nMeer tekst.")[1]
        assert (note.kind, note.text, note.urls) == ("footnote", "Noot.", (url, other))


def test_url_on_its_own_is_furniture() -> None:
    assert shape("Een alinea.\n\nhttps://www.rijksoverheid.nl/a\n\nNog een.")[1] == ("furniture", "https://www.rijksoverheid.nl/a")


# Time


@pytest.mark.parametrize("unit", ["a", "(", ".", " ", "-", "a-", "a-\n", "1 ", "[", "\f", "\u00ad\n", "e\u0301", "A", "\n 1"])
def test_hundred_kilobytes_of_anything_are_read_in_linear_time(unit: str) -> None:
    # FAULTS G2
    assert is_linear(lambda n: f"Een alinea-\n{unit * (n // len(unit))} b-\nc d.".encode(), read, 25_000)


WRAPPED = """21 501-02 Raad Algemene Zaken en Raad Buitenlandse Zaken
Den Haag, 24 april 2020
Hierbij bied ik u het verslag van de videoconferentie Raad Buitenlandse Zaken van
22 april 2020 aan.
De Minister van Buitenlandse Zaken, S.A. Blok
VERSLAG VIDEOCONFERENTIE RAAD BUITENLANDSE ZAKEN VAN 22 APRIL 2020
Op woensdag 22 april vond de Raad Buitenlandse Zaken plaats per videoconferentie en
de Minister van Buitenlandse Zaken nam deel. Hij sprak er over de betrekkingen met
Nederland en over Libië.
Current Affairs
De Hoge Vertegenwoordiger startte met erop te wijzen dat de inspanningen groot zijn
gebleven. Deze samenwerking verdient het breed te worden gezegd.
Tot slot riep hij de lidstaten op de financiering over te nemen nu die elders
is opgeschort.
"""


def test_a_wrapped_text_without_blank_lines_is_parted_where_a_line_is_not_full() -> None:
    blocks, _ = read(WRAPPED.encode())
    texts = [(block.kind, block.text[:24]) for block in blocks]
    assert texts == [
        ("heading", "21 501-02 Raad Algemene "),
        ("heading", "Den Haag, 24 april 2020"),
        ("paragraph", "Hierbij bied ik u het ve"),
        ("heading", "De Minister van Buitenla"),
        ("heading", "VERSLAG VIDEOCONFERENTIE"),
        ("paragraph", "Op woensdag 22 april von"),
        ("heading", "Current Affairs"),
        ("paragraph", "De Hoge Vertegenwoordige"),
        ("paragraph", "Tot slot riep hij de lid"),
    ]


def test_a_text_with_blank_lines_is_not_parted_anywhere_else() -> None:
    body = "\n\n".join("Een korte regel.\nEn nog een regel die wat langer is dan de eerste." for _ in range(8))
    assert len(read(body.encode())[0]) == 8
