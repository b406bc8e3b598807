"""Where Dutch sentences end, and that this costs linear time."""

import pytest

from rbzqa.sentences import sentence_spans
from rbzqa.types import Document

from .timing import is_linear


def sentences(text: str) -> list[str]:
    return [text[start:end] for start, end in sentence_spans(text)]


@pytest.mark.parametrize(
    "text",
    [
        "Zie o.a. Nederland en d.w.z. Frankrijk.",
        "Minister drs. Kaag en mr. dr. Rutte spraken.",
        "De heer S.A. Blok nam deel.",
        "Sigrid A.M. Kaag en J.P. Balkenende waren er.",
        "Zie art. 5 en nr. 2400, p. 3.",
        "Kamerstuk 21 501-02, nr. 2400 en blz. 12 van Stb. 2021.",
        "Hulp i.h.k.v. de crisis, m.n. in Kabul en t.a.v. Afghanen.",
        "De 3. vergadering en het 18e. overleg.",
        "Dat kost 15,6 mrd. euro.",
        "Het was jl. maandag, in o.i.d. vorm.",
        "Op 31 aug. 2021 kwam de verklaring uit.",
        "Landen als Mali, Niger enz. doen mee.",
        "Het bedrag is 1.000.000 euro of 3.5 procent.",
        "Kijk op www.rijksoverheid.nl voor meer.",
        "Nee... toch niet.",
        "Hij zei “dat is zo!” en ging.",
        "1. De IOB is een dienst.",
        "• 2. De IOB is een dienst.",
        "a. De IOB is een dienst.",
        "(Zie ook p. 3.)",
        "Deze wijze om initiatieven te ontwikkelen./.",
        "Geen punt aan het eind",
    ],
)
def test_one_sentence(text: str) -> None:
    assert sentences(text) == [text]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("De Raad sprak.", "Nederland bepleitte snelheid."),
        ("Was het zo?", "Ja."),
        ("Zeker!", "Het kan."),
        ("Nee...", "Toch wel."),
        ("Wie weet…", "De Raad."),
        ("Hij zei: “Het is zo.”", "Daarna ging hij."),
        ('Zij riep "kom!"', "En hij kwam."),
        ("Dat is (volgens hem) zo.", "“Het kan,” zei zij."),
        ("(Zie p. 3.)", "Daarna volgt meer."),
        ("Het was in 2021.", "De Raad kwam bijeen."),
        ("De vergadering was in jan.", "Daarna niet meer."),
        ("Dat kost 15,6 mrd.", "Het is veel."),
        ("Mali, Niger enz.", "Ook zij doen mee."),
        ("Zie nr. 2400.", "De Kamer wacht."),
        ("Dit is het slot./.", "Nog een zin."),
        ("1. De IOB is een dienst.", "2. De rest volgt."),
        ("Hij sprak met 5.", "De rest niet."),
        ("Wij zijn blij.", "’s-Gravenhage ook."),
        ("Dat is zo.", "2021 was een jaar."),
        ("De EU.", "Één stem."),
        ("Zin een." + " " * 60, "Zin twee."),
    ],
)
def test_two_sentences(first: str, second: str) -> None:
    assert sentences(f"{first} {second}") == [first.strip(), second]


def test_line_end_ends_a_sentence_and_white_space_is_in_none() -> None:
    text = "  Een kop\nEen zin.\u00a0 Nog een.\n\n \t"
    assert sentences(text) == ["Een kop", "Een zin.", "Nog een."]


def test_no_text_has_no_sentences() -> None:
    assert sentence_spans("") == sentence_spans(" \n\t ") == ()


def test_only_dots_is_one_sentence() -> None:
    assert sentences("....") == ["...."]


def test_offsets_count_code_points() -> None:
    # FAULTS A7
    assert sentence_spans("Een 😀. Twee 👨‍👩‍👧. Drie.") == ((0, 6), (7, 18), (19, 24))


def test_sentences_of_the_letter(seed: Document) -> None:
    paragraphs = {p.id: seed.text[p.start : p.end] for part in seed.parts for section in part.sections for p in section.paragraphs}
    assert [len(sentences(text)) for text in paragraphs.values()][:9] == [1, 1, 4, 7, 2, 1, 7, 4, 5]
    assert sentences(paragraphs["bijlage1-p20-86dc29"])[1].startswith("Zij eisen dat het Afghaanse grondgebied")
    assert all("".join(sentences(text)).replace(" ", "") == text.replace(" ", "") for text in paragraphs.values())
    assert all(sentence[-1] in ".,?!" or "te bieden Het" in sentence for text in paragraphs.values() for sentence in sentences(text))


@pytest.mark.parametrize("unit", [".", " ", "(", "a", "?", "…", '"', "”)", ".)", ". ", "?! ", "A.", "A. ", "1. ", ". (", ".\n", ".a", "…”x", "\n"])
def test_hundred_kilobytes_of_anything_take_linear_time(unit: str) -> None:
    # FAULTS G2
    assert is_linear(lambda n: unit * (n // len(unit)), sentence_spans, 25_000)
