"""The encoding of a text file: declared, or certain, or refused."""

import pytest

from rbzqa.errors import SourceError
from rbzqa.readers import read
from rbzqa.readers.text.encodings import decode

from .conftest import LETTER

DUTCH = "De Oekraïense coördinatie in België’s regio: “één” café – 2020–2024, €5 à 3 € voor Curaçao; EU–VS, hij zei ‘ja’… carrière, ÉÉN, Één, «nee» § 4."


def refusal(data: bytes) -> str:
    with pytest.raises(SourceError) as caught:
        decode(data)
    assert caught.value.hint == "bewaar het bestand als UTF-8"
    return caught.value.message


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"])
def test_dutch_text_is_decoded(encoding: str) -> None:
    # FAULTS A3
    assert decode(DUTCH.encode(encoding)) == DUTCH


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be", "cp1252"])
def test_whole_letter_gives_the_same_blocks(encoding: str) -> None:
    # FAULTS A3
    raw = LETTER.read_bytes()
    assert read(raw.decode().encode(encoding)) == read(raw)


@pytest.mark.parametrize("encoding", ["cp850", "cp437", "mac_roman"])
@pytest.mark.parametrize("word", ["Oekraïne", "coördinatie", "België ", "één", "café", "naäpen", "reünie", "crème", "enquête"])
def test_word_of_dos_or_macintosh_is_refused(encoding: str, word: str) -> None:
    # FAULTS A3
    assert "UTF-8" in refusal(f"Het woord {word}.".encode(encoding))


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("Привет мир.", "cp1251"),
        ("Miloševič en Tadić.", "cp1250"),
        ("Erdoğan sprak.", "cp1254"),
        ("Ελλάδα", "cp1253"),
        ("De prijs is 5 € per stuk.", "iso-8859-15"),
    ],
)
def test_other_encoding_of_one_byte_is_refused(text: str, encoding: str) -> None:
    # FAULTS A3
    assert "UTF-8" in refusal(text.encode(encoding))


@pytest.mark.parametrize(
    "text",
    [
        "El Ni\xf1o",  # in cp1250 that byte is another letter, and nothing here tells
        "Kr\xf8yer",
        "a\x95b",  # a bullet within a word
        "a\x94b",
        "los \x92 teken",
        "\xeb",
        "caf\x8e",  # a small word that ends in a capital
        "5 \xa4",
        "x\x81y",
    ],
)
def test_byte_that_is_out_of_its_place_is_refused(text: str) -> None:
    # FAULTS A3
    assert refusal(text.encode("latin-1")).startswith("geen geldige UTF-8-tekst (byte ")


def test_rarer_letter_is_read_where_the_file_shows_its_encoding() -> None:
    # FAULTS A3
    text = "El Niño en Kroatië."
    assert "UTF-8" in refusal(text.encode("cp1252"))
    assert decode(f"Oekraïne. {text}".encode("cp1252")) == f"Oekraïne. {text}"


@pytest.mark.parametrize(
    "data",
    [
        "Eén zin.\n".encode() + "Eén zin.\n".encode("cp1252"),
        "CAFé. ".encode() + "Oekraïne.".encode("cp1252"),
        "“Ja”. ".encode() + "België.".encode("cp1252"),
        "Een afgebroken teken \xc3".encode("latin-1"),
    ],
)
def test_mixed_encodings_are_refused(data: bytes) -> None:
    # FAULTS A3
    assert "UTF-8" in refusal(data)


@pytest.mark.parametrize(
    "data",
    [
        b"Een zin\x00met NUL.",
        "Een zin.".encode("utf-32-be"),
        "Een zin.".encode("utf-32"),
        b"\x00a\x00",
        b"a\x00" * 3,
        "Een zin.".encode("utf-16-le") + b"ab" * 40,
    ],
)
def test_nul_that_is_not_of_utf16_is_refused(data: bytes) -> None:
    # FAULTS A3 A4
    assert "NUL" in refusal(data)


@pytest.mark.parametrize("data", ["Tekst.".encode("utf-16")[:-1], b"\xff\xfeT\x00\x00\xd8x\x00", "Tekst met een halve ".encode("utf-16-le") + b"\x01\xd8"])
def test_broken_utf16_is_refused(data: bytes) -> None:
    # FAULTS A3
    assert "UTF-16" in refusal(data)


def test_no_replacement_character_is_ever_made() -> None:
    # FAULTS A3
    for byte in range(128, 256):
        data = b"Een woord" + bytes([byte]) + b"n van Dutch."
        try:
            text = decode(data)
        except SourceError:
            continue
        assert "\ufffd" not in text and text.encode("cp1252") == data
