"""Bytes of a text file -> text, in the encoding that it declares or that is certain; never guessed."""

import re

from rbzqa.errors import SourceError

_HINT = "bewaar het bestand als UTF-8"
_BOMS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
_MIXED = re.compile(rb"[\xc3-\xdf][\x80-\xbf]|[\xe2-\xef][\x80-\xbf]{2}")  # a letter, a quote or a dash in UTF-8
# Where the characters of cp1252 stand in Dutch text. The same bytes are other letters in other encodings of one byte, or stand
# where no such character does: a "ë" of DOS is a "‰" within a word, one of the Macintosh an opening quote behind it.
_LETTERS = "A-Za-zÀ-ÖØ-öø-ÿŠŽšžŒœŸ"
_PLACED = re.compile(
    rf"(?<=[a-z])[à-öø-ÿšžœ]|[à-öø-ÿšžœ](?=[a-z])|(?<=[éóá])[éóá]|[éóá](?=[éóá])|[ÀÁÂÄÇÈÉÊËÍÎÏÑÓÔÖØÚÜŠŽ](?=[a-zA-Zéëïö]|É)(?<![a-z].)|(?<=[A-Z])[À-ÖØ-Þ](?![a-z])|(?<!\S)à(?!\S)"
    rf"|(?<![{_LETTERS}\d])[‘“„«‹](?=\S)|(?<=\S)[”»›](?![{_LETTERS}\d])|’(?=[{_LETTERS}\d])|(?<=\S)’|(?<![a-z])[–—]|[–—](?![a-z])"
    r"|(?<!\S)•(?!\S)|…|€(?=[ \xa0\d])|(?<=[\d ])€|[\xa0§°²³½¼¾©®]|(?<=[A-Za-z])\xad"
)
_SAME = frozenset("ÁÂÄÇÉËÍÎÓÔÖÜáâäçéëíîóôöüà‘’“”„«»‹›–—•…€\xa0\xad§°½¼¾©®²³")  # the same letter in its neighbours, or a sign
_TELLING = re.compile(r"(?<=[aeou])ï(?=[a-z])|[èê](?=[b-df-hj-np-tv-z]{1,2}e)")  # Oekraïne, carrière, enquête: no other encoding makes these


def decode(data: bytes) -> str:
    """Decode UTF-8 and UTF-16, with or without a mark, and cp1252 where every byte shows that it is.

    Raises:
        SourceError: undeclared and not certain, more than one encoding, or NUL characters.
    """
    encoding = next((name for mark, name in _BOMS if data.startswith(mark)), None) or _without_mark(data)
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        if encoding == "utf-8" and (old := _cp1252(data)) is not None:
            return old
        name = encoding.removesuffix("-sig").upper()
        raise SourceError(f"geen geldige {name}-tekst (byte {error.start})", _HINT) from error
    if "\0" in text:
        raise SourceError("er staan NUL-tekens in: dit is geen tekstbestand", _HINT)
    return text


def _without_mark(data: bytes) -> str:
    """UTF-16 without a mark: nearly every second byte is NUL, and none of the others; else UTF-8."""
    half = len(data) // 2
    nuls = (data[0::2].count(0), data[1::2].count(0))
    if len(data) % 2 or max(nuls) < 0.7 * half or min(nuls) or half < 4:
        return "utf-8"
    return "utf-16-be" if nuls[0] else "utf-16-le"


def _cp1252(data: bytes) -> str | None:
    """The text, if it is cp1252 with certainty."""
    if _MIXED.search(data) or b"\0" in data:
        return None
    try:
        text = data.decode("cp1252")
    except UnicodeDecodeError:  # one of the five bytes that it does not have
        return None
    strange = {c for c in text if c > "\x7f"}
    placed = sum(len(found) for found in _PLACED.findall(text))
    certain = placed == sum(c > "\x7f" for c in text) and (strange <= _SAME or _TELLING.search(text))
    return text if certain else None
