"""A small writer of PDF files for tests: text at places, in the standard fonts, with links and (bad) objects."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

FONTS = {"F": "Helvetica", "B": "Helvetica-Bold", "I": "Helvetica-Oblique", "T": "Times-Roman"}
A4 = (595, 842)


@dataclass(frozen=True)
class Text:
    """A string whose baseline begins at (x, y); ``font`` is a key of FONTS; what stands between ``^`` is raised."""

    x: float
    y: float
    text: str
    size: float = 10
    font: str = "F"

    def operators(self) -> bytes:
        """Its part of a content stream."""
        font, out = self.font.encode(), b"BT 1 0 0 1 %g %g Tm " % (self.x, self.y)
        for n, part in enumerate(self.text.split("^")):
            size, rise = (0.6 * self.size, 0.35 * self.size) if n % 2 else (self.size, 0)
            out += b"/%s %g Tf %g Ts %s Tj " % (font, size, rise, string(part))
        return out + b"ET\n"


@dataclass(frozen=True)
class Line:
    """A horizontal rule."""

    x0: float
    x1: float
    y: float

    def operators(self) -> bytes:
        """Its part of a content stream."""
        return b"0.5 w %g %g m %g %g l S\n" % (self.x0, self.y, self.x1, self.y)


@dataclass(frozen=True)
class Box:
    """A rectangle with its sides drawn (``S``), filled (``f``) or not shown (``n``)."""

    x0: float
    y0: float
    x1: float
    y1: float
    paint: str = "S"

    def operators(self) -> bytes:
        """Its part of a content stream."""
        return b"%g %g %g %g re %s\n" % (self.x0, self.y0, self.x1 - self.x0, self.y1 - self.y0, self.paint.encode())


Shown = Text | Line | Box


def string(text: str) -> bytes:
    """A literal string in WinAnsi."""
    raw = text.encode("cp1252")
    for sign in (b"\\", b"(", b")"):
        raw = raw.replace(sign, b"\\" + sign)
    return b"(" + raw + b")"


def block(x: float, y: float, lines: str, size: float = 10, font: str = "F", pitch: float = 12) -> list[Text]:
    """The lines of a string below each other."""
    return [Text(x, y - n * pitch, line, size, font) for n, line in enumerate(lines.split("\n")) if line]


def pdf(*pages: Sequence[Shown], links: Mapping[int, Sequence[tuple[tuple[float, ...], str]]] | None = None, extra: str = "") -> bytes:
    """A file of these pages; ``links`` are (rectangle, address) by page, from 0; ``extra`` goes into each page's dictionary."""
    objects: list[bytes] = [b"", b""]  # the catalogue and the page tree come last
    fonts = b"<< %s >>" % b" ".join(
        b"/%s << /Type /Font /Subtype /Type1 /BaseFont /%s /Encoding /WinAnsiEncoding >>" % (key.encode(), name.encode()) for key, name in FONTS.items()
    )
    kids = []
    for n, page in enumerate(pages):
        content = b"".join(text.operators() for text in page)
        objects.append(stream(content))
        notes = [
            b"<< /Type /Annot /Subtype /Link /Rect [%s] /A << /S /URI /URI %s >> >>" % (b" ".join(b"%g" % side for side in rectangle), string(url))
            for rectangle, url in (links or {}).get(n, ())
        ]
        objects.append(
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 %d %d] /Contents %d 0 R /Resources << /Font %s >> /Annots [%s] %s >>"
            % (*A4, len(objects), fonts, b" ".join(notes), extra.encode())
        )
        kids.append(len(objects))
    objects[0] = b"<< /Type /Catalog /Pages 2 0 R >>"
    objects[1] = b"<< /Type /Pages /Count %d /Kids [%s] >>" % (len(kids), b" ".join(b"%d 0 R" % kid for kid in kids))
    return assemble(objects)


def stream(content: bytes, dictionary: str = "") -> bytes:
    """A stream object."""
    return b"<< /Length %d %s >>\nstream\n%s\nendstream" % (len(content), dictionary.encode(), content)


def assemble(objects: Sequence[bytes], trailer: str = "") -> bytes:
    """A file of objects 1, 2, ...; the first is the catalogue."""
    out, places = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n", []
    for n, each in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (n, each)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    end = b"trailer\n<< /Size %d /Root 1 0 R %s >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, trailer.encode(), len(out))
    return out + b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1) + table + end


_PAD = bytes.fromhex("28bf4e5e4e758a4164004e56fffa01082e2e00b6d0683e802f0ca9fe6453697a")


def rc4(key: bytes, data: bytes) -> bytes:
    """The stream cipher of old PDF files."""
    box, j = list(range(256)), 0
    for i in range(256):
        j = (j + box[i] + key[i % len(key)]) % 256
        box[i], box[j] = box[j], box[i]
    out, i, j = bytearray(), 0, 0
    for byte in data:
        i = (i + 1) % 256
        j = (j + box[i]) % 256
        box[i], box[j] = box[j], box[i]
        out.append(byte ^ box[(box[i] + box[j]) % 256])
    return bytes(out)


def encrypted(text: str, password: str = "geheim") -> bytes:
    """A page of text that opens with a password only (40 bits, revision 2)."""
    identity, permissions = b"0123456789abcdef", -44
    padded = (password.encode() + _PAD)[:32]
    owner = rc4(hashlib.md5(padded, usedforsecurity=False).digest()[:5], padded)
    key = hashlib.md5(padded + owner + (permissions & 0xFFFFFFFF).to_bytes(4, "little") + identity, usedforsecurity=False).digest()[:5]
    user = rc4(key, _PAD)
    own = hashlib.md5(key + (4).to_bytes(3, "little") + bytes(2), usedforsecurity=False).digest()[:10]
    content = rc4(own, Text(80, 700, text).operators())
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Count 1 /Kids [3 0 R] >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F << /Type /Font /Subtype /Type1"
        b" /BaseFont /Helvetica >> >> >> >>",
        stream(content),
        b"<< /Filter /Standard /V 1 /R 2 /O <%s> /U <%s> /P %d >>" % (owner.hex().encode(), user.hex().encode(), permissions),
    ]
    return assemble(objects, f"/Encrypt 5 0 R /ID [<{identity.hex()}> <{identity.hex()}>]")
