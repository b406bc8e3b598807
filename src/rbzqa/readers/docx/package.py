"""A DOCX file as python-docx opens it: only its XML, checked first; nothing outside the file is ever fetched."""

import io
import posixpath
import re
import zipfile

from docx.opc.part import Part, XmlPart
from docx.package import Package
from lxml import etree

from rbzqa.errors import SourceError
from rbzqa.readers.zips import read_parts

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_REL = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_TYPES = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
_MAIN = "wordprocessingml.", ".main+xml"
_MACRO = "application/vnd.ms-word."
_LINKS = ("http://", "https://", "mailto:")
BROKEN_XML = (etree.LxmlError, zipfile.BadZipFile, LookupError, ValueError, TypeError, AttributeError, OSError, AssertionError, RecursionError)
_STRICT = re.compile(rb"""((?:xmlns(?::\w+)?|Type)\s*=\s*["'])http://purl\.oclc\.org/ooxml/(wordprocessingml|officeDocument)/(\w+)""")
_AGAIN = "haal het opnieuw op, of open het in Word en sla het opnieuw op als DOCX"


class WordPackage:
    """The parts of a Word file that are read: the text and what it points to."""

    def __init__(self, main: Part) -> None:
        self._main = main
        self.root = _root(main)

    @classmethod
    def open(cls, data: bytes) -> "WordPackage":
        """Open a DOCX, DOTX or DOCM (macros are not even unpacked).

        Raises:
            SourceError: unsafe, damaged, or not Word.
        """
        parts = read_parts(data, (".xml", ".rels"))
        for name, xml in parts.items():
            parts[name] = _checked(name, _STRICT.sub(rb"\1http://schemas.openxmlformats.org/\2/2006/\3", xml), parts)  # "strict" files name all the same
        try:
            main = Package.open(io.BytesIO(_packed(parts))).main_document_part
            kind = main.content_type
            if not (kind.endswith(_MAIN[1]) and (_MAIN[0] in kind or kind.startswith(_MACRO))):
                raise SourceError("dit is geen Word-document", "sla het op als DOCX")
            return cls(main)
        except BROKEN_XML as error:
            raise SourceError("dit DOCX-bestand is beschadigd of onvolledig", _AGAIN) from error

    def part(self, kind: str) -> etree._Element | None:
        """The root of the part that the text has of a kind ("styles", "footnotes"), or None."""
        return next((_root(rel.target_part) for rel in self._main.rels.values() if not rel.is_external and rel.reltype == _TYPES + kind), None)

    def parts(self, kinds: tuple[str, ...]) -> list[etree._Element]:
        """The roots of all parts of these kinds, such as the headers, in the order of their names."""
        wanted = {_TYPES + kind for kind in kinds}
        found = {rel.target_part.partname: rel.target_part for rel in self._main.rels.values() if not rel.is_external and rel.reltype in wanted}
        return [_root(found[name]) for name in sorted(found)]

    def links(self, kind: str = "") -> dict[str, str]:
        """The web addresses that the links of a part lead to, by relationship id; never followed."""
        parts = [rel.target_part for rel in self._main.rels.values() if kind and not rel.is_external and rel.reltype == _TYPES + kind]
        rels = parts[0].rels if parts else {} if kind else self._main.rels
        return {key: rel.target_ref for key, rel in rels.items() if rel.is_external and is_link(rel.target_ref)}


def is_link(address: str) -> bool:
    """Whether an address is one that a reader can be sent to."""
    return address.lower().startswith(_LINKS)


def _root(part: Part) -> etree._Element:
    return part.element if isinstance(part, XmlPart) else _parse(part.blob)


def _parse(xml: bytes) -> etree._Element:
    parser = etree.XMLParser(resolve_entities=False, load_dtd=False, no_network=True, huge_tree=False, remove_comments=True, remove_pis=True)
    return etree.fromstring(xml, parser)


def _checked(name: str, xml: bytes, parts: dict[str, bytes]) -> bytes:
    """The XML of a part, once it is well formed and has no DTD; relationships to parts that are not there are left out."""
    try:
        root = _parse(xml)
    except (etree.LxmlError, ValueError) as error:
        raise SourceError(f"het onderdeel {name[:80]!r} van dit DOCX-bestand is beschadigd", _AGAIN) from error
    if root.getroottree().docinfo.doctype:
        raise SourceError(f"het onderdeel {name[:80]!r} heeft een DTD; die mag in DOCX niet staan", _AGAIN)
    if not name.lower().endswith(".rels"):
        return xml
    folder = posixpath.dirname(posixpath.dirname(name))
    known = {f"/{part}".casefold() for part in parts}
    for rel in root.findall(_REL):
        target = posixpath.normpath(posixpath.join("/", folder, rel.get("Target", "")))
        if rel.get("TargetMode") != "External" and target.casefold() not in known:
            root.remove(rel)
    return etree.tostring(root)


def _packed(parts: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, xml in parts.items():
            archive.writestr(zipfile.ZipInfo(name), xml)
    return out.getvalue()
