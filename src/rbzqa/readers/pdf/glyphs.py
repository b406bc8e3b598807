"""PDFium -> glyphs: what a page shows and where, behind the only module that knows its C structures."""

import ctypes
import math
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, field, replace

import pypdfium2
import pypdfium2.raw as raw

from rbzqa.errors import SourceError
from rbzqa.readers.pdf.rules import Rule, read_rules

MAX_PAGES = 2_000
MAX_CHARS = 5_000_000

_PASSWORD = 4  # FPDF_ERR_PASSWORD
_SECURITY = 5  # FPDF_ERR_SECURITY
_BROKEN_OFF = frozenset("\x02\ufffe\u00ad")  # how PDFium gives a hyphen at a line end; all three show as a hyphen
_SPACES = frozenset(" \u00a0\u2002\u2003\u2009\u202f\t\v\f\x1c\x1d\x1e\x1f\x85\u2028\u2029")
_TAIL = 2_048  # bytes in which a whole file says that it ends
_FIGURES = frozenset("0123456789⁰¹²³⁴⁵⁶⁷⁸⁹")
_LEAST_RISE, _SUPERIOR = 0.2, 0.6  # of the size: how far a superior figure stands up, and how large it is at most
_FAR = 20_000.0  # points; the largest page is 14 400
_BOLD_WEIGHT = 650
_MAX_UNREADABLE = 0.2  # share of glyphs without a character above which a text layer is useless
_BOLD_NAMES = ("bold", "black", "heavy", "demi")
_LINK = 2  # FPDF_ANNOT_LINK
_SHOWN = {  # ligatures, and the bullets of Word's symbol fonts
    "\ufb00": "ff",
    "\ufb01": "fi",
    "\ufb02": "fl",
    "\ufb03": "ffi",
    "\ufb04": "ffl",
    "\uf0b7": "•",
    "\uf0a7": "▪",
    "\uf0d8": "➢",
    "\uf02d": "-",
}


@dataclass(frozen=True, slots=True)
class Style:
    """How a glyph is set: ``size`` is in points as the page shows it, ``turn`` in quarters, counter-clockwise."""

    size: float
    bold: bool
    italic: bool
    turn: int


@dataclass(frozen=True, slots=True)
class Glyph:
    """One character; ``x0`` to ``x1`` is its advance, ``y`` its baseline, in points from below."""

    text: str
    x0: float
    x1: float
    y: float
    style: Style


@dataclass(frozen=True, slots=True)
class Link:
    """A link annotation: its rectangle and where it leads."""

    x0: float
    y0: float
    x1: float
    y1: float
    url: str


@dataclass(slots=True)
class Page:
    """What one page shows, in the order of its content stream; ``number`` counts from 1."""

    number: int
    width: float
    height: float
    glyphs: list[Glyph] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)
    rules: list[Rule] = field(default_factory=list)


def read_pages(data: bytes) -> list[Page]:
    """Read the glyphs, links and rules of every page.

    Raises:
        SourceError: not a readable PDF, encrypted, too large, or without a text layer.
    """
    with closing(_open(data)) as document:
        count = len(document)
        if count > MAX_PAGES:
            raise SourceError(f"de PDF heeft {count} bladzijden; meer dan {MAX_PAGES} worden niet gelezen", "splits het bestand")
        pages, left = [], MAX_CHARS
        for n in range(count):
            page = _page(document, n, left)
            left -= len(page.glyphs)
            pages.append(page)
    if not any(glyph.text.isalnum() for page in pages for glyph in page.glyphs):
        raise SourceError("de PDF heeft geen tekstlaag: het zijn afbeeldingen van bladzijden", "maak hem doorzoekbaar met OCR, of neem een ander formaat")
    _check_readable(pages)
    return pages


def _open(data: bytes) -> pypdfium2.PdfDocument:
    if b"%%EOF" not in data[-_TAIL:]:  # PDFium would read what is left of a truncated file, and nobody would know that pages are gone
        raise _broken()
    try:
        return pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        if getattr(error, "err_code", None) in (_PASSWORD, _SECURITY):
            raise SourceError("de PDF is versleuteld met een wachtwoord", "sla hem zonder wachtwoord op") from error
        raise _broken() from error


def _broken() -> SourceError:
    return SourceError("de PDF is beschadigd of onvolledig en kan niet worden gelezen", "haal het bestand opnieuw op")


def _page(document: pypdfium2.PdfDocument, n: int, limit: int) -> Page:
    try:
        with closing(document[n]) as source, closing(source.get_textpage()) as text:
            if raw.FPDFText_CountChars(text) > limit:
                raise SourceError(f"de PDF heeft meer dan {MAX_CHARS:,} tekens".replace(",", " "), "splits het bestand")
            width, height = source.get_size()
            rotation = source.get_rotation() // 90
            glyphs = list(_glyphs(text, rotation))
            left, bottom, right, top = source.get_mediabox()
            rules = read_rules(source)
            links = [Link(link.x0 - left, link.y0 - bottom, link.x1 - left, link.y1 - bottom, link.url) for link in _links(document, source)]
    except pypdfium2.PdfiumError as error:
        raise SourceError(f"bladzijde {n + 1} van de PDF is beschadigd en kan niet worden gelezen", "haal het bestand opnieuw op") from error
    turn = Counter(glyph.style.turn for glyph in glyphs).most_common(1)[0][0] if glyphs else 0
    upright = [_turned(glyph, turn, (left, bottom, right, top)) for glyph in glyphs if glyph.style.turn == turn and _is_near(glyph)]
    if (turn - rotation) % 2:
        width, height = height, width
    return Page(n + 1, width, height, upright, links, [] if turn or rotation else rules)


def _is_near(glyph: Glyph) -> bool:
    """Whether a glyph stands about where a page can be; what is infinitely large or far is not shown."""
    return abs(glyph.x0) < _FAR and abs(glyph.x1) < _FAR and abs(glyph.y) < _FAR and glyph.style.size < _FAR


def _turned(glyph: Glyph, turn: int, box: tuple[float, float, float, float]) -> Glyph:
    """The glyph on a page that is turned so that its text runs from left to right."""
    # a glyph that runs up the page (turn 1) has its advance in y: _glyphs gives the pair along the text and the one across
    left, bottom, right, top = box
    x0, x1, y = glyph.x0, glyph.x1, glyph.y
    if turn == 0:
        return glyph if not (left or bottom) else Glyph(glyph.text, x0 - left, x1 - left, y - bottom, glyph.style)
    if turn == 1:
        x0, x1, y = x0 - bottom, x1 - bottom, right - y
    elif turn == 2:
        x0, x1, y = right - x1, right - x0, top - y
    else:
        x0, x1, y = top - x1, top - x0, y - left
    return Glyph(glyph.text, x0, x1, y, glyph.style)


def _glyphs(text: pypdfium2.PdfTextPage, rotation: int) -> Iterator[Glyph]:
    """The glyphs that the page itself holds; spaces and line ends that PDFium adds are left out."""
    page = text.raw
    box, across, along = raw.FS_RECTF(), ctypes.c_double(), ctypes.c_double()
    box_at, across_at, along_at = ctypes.byref(box), ctypes.byref(across), ctypes.byref(along)
    styles: dict[int, Style] = {}
    unicode_at, object_at, loose_at = raw.FPDFText_GetUnicode, raw.FPDFText_GetTextObject, raw.FPDFText_GetLooseCharBox
    for n in range(raw.FPDFText_CountChars(page)):
        code = unicode_at(page, n)
        char = chr(code) if code <= 0x10FFFF and not 0xD800 <= code <= 0xDFFF else "\ufffd"
        if char in _BROKEN_OFF:
            char = "-"
        elif (char in _SPACES or char < " ") and (char in "\r\n\0" or raw.FPDFText_IsGenerated(page, n)):
            continue
        source = object_at(page, n)
        key = ctypes.addressof(source.contents) if source else 0
        style = styles.get(key)
        if style is None:
            style = styles[key] = _style(page, n)
        loose_at(page, n, box_at)
        raw.FPDFText_GetCharOrigin(page, n, across_at, along_at)
        shown = " " if char in _SPACES else _SHOWN.get(char, char)
        if shown in _FIGURES and not style.turn and (rise := _rise(page, n, along.value, style.size)):
            yield Glyph(shown, box.left, box.right, along.value + rise, replace(style, size=_SUPERIOR * style.size))
            continue
        if style.turn % 2:
            yield Glyph(shown, box.bottom, box.top, across.value, style)
        else:
            yield Glyph(shown, box.left, box.right, along.value, style)


def _rise(page: object, n: int, baseline: float, size: float) -> float:
    """How far a figure stands above the baseline that is a superior one of its font, and not raised itself; else 0."""
    left, right, bottom, top = (ctypes.c_double() for _ in range(4))
    raw.FPDFText_GetCharBox(page, n, ctypes.byref(left), ctypes.byref(right), ctypes.byref(bottom), ctypes.byref(top))
    rise = bottom.value - baseline
    return rise if _LEAST_RISE * size < rise < size and top.value - bottom.value < _SUPERIOR * size else 0.0


def _style(page: object, n: int) -> Style:
    matrix, name = raw.FS_MATRIX(), ctypes.create_string_buffer(128)
    raw.FPDFText_GetMatrix(page, n, ctypes.byref(matrix))
    raw.FPDFText_GetFontInfo(page, n, name, 128, None)
    font = name.value.decode("utf-8", "replace").rpartition("+")[2].lower()
    size = raw.FPDFText_GetFontSize(page, n) * math.hypot(matrix.c, matrix.d)
    bold = any(part in font for part in _BOLD_NAMES) or (not font and raw.FPDFText_GetFontWeight(page, n) >= _BOLD_WEIGHT)
    angle = math.atan2(matrix.b, matrix.a)
    turn = round(angle / (math.pi / 2)) % 4 if math.isfinite(angle) else 0
    return Style(round(size, 2) if size < _FAR else math.inf, bold, "italic" in font or "oblique" in font, turn)


def _links(document: pypdfium2.PdfDocument, page: pypdfium2.PdfPage) -> Iterator[Link]:
    """The link annotations that lead to an address outside the document."""
    position, link = ctypes.c_int(0), raw.FPDF_LINK()
    while raw.FPDFLink_Enumerate(page, position, link):
        rectangle, action = raw.FS_RECTF(), raw.FPDFLink_GetAction(link)
        size = raw.FPDFAction_GetURIPath(document, action, None, 0) if action else 0
        if size and raw.FPDFLink_GetAnnotRect(link, rectangle):
            buffer = ctypes.create_string_buffer(size)
            raw.FPDFAction_GetURIPath(document, action, buffer, size)
            url = buffer.value.decode("utf-8", "replace")
            if url.startswith(("http://", "https://")):
                yield Link(rectangle.left, rectangle.bottom, rectangle.right, rectangle.top, url)


def _check_readable(pages: list[Page]) -> None:
    """Refuse a text layer in which PDFium finds no characters behind the glyphs."""
    glyphs = sum(len(page.glyphs) for page in pages)
    unreadable = sum(glyph.text in "\ufffd" or "\ue000" <= glyph.text[0] <= "\uf8ff" for page in pages for glyph in page.glyphs)
    if unreadable > _MAX_UNREADABLE * glyphs:
        raise SourceError(
            "de tekstlaag van de PDF is onleesbaar: de letters hebben geen tekencodes", "maak hem doorzoekbaar met OCR, of neem een ander formaat"
        )
