"""Small DOCX files of our own making, for the tests."""

import io
import zipfile
from collections.abc import Mapping

NAMESPACES = " ".join(
    f'xmlns:{prefix}="{uri}"'
    for prefix, uri in {
        "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
        "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
        "m": "http://schemas.openxmlformats.org/officeDocument/2006/math",
        "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
        "wps": "http://schemas.microsoft.com/office/word/2010/wordprocessingShape",
        "v": "urn:schemas-microsoft-com:vml",
    }.items()
)
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml"
MAIN = f"{_TYPE}.document.main+xml"
ROOTS = {"styles": "styles", "numbering": "numbering", "footnotes": "footnotes", "endnotes": "endnotes", "settings": "settings"}


def r(text: str, properties: str = "") -> str:
    """A run."""
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def p(*runs: str, style: str = "", properties: str = "") -> str:
    """A paragraph of runs; a string that is no markup becomes a run."""
    named = f'<w:pStyle w:val="{style}"/>' if style else ""
    inner = "".join(run if run.startswith("<") or not run else r(run) for run in runs)
    return f"<w:p><w:pPr>{named}{properties}</w:pPr>{inner}</w:p>"


def numbered(text: str, num: str = "1", level: int = 0) -> str:
    """A paragraph in a list."""
    return p(text, properties=f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{num}"/></w:numPr>')


def level(n: int, form: str, text: str, more: str = "") -> str:
    """One level of a list definition."""
    return f'<w:lvl w:ilvl="{n}"><w:start w:val="1"/><w:numFmt w:val="{form}"/>{more}<w:lvlText w:val="{text}"/></w:lvl>'


def lists(*levels: str, more: str = "") -> str:
    """numbering.xml with one definition and list 1 that uses it."""
    return f'<w:abstractNum w:abstractNumId="0">{"".join(levels)}</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>{more}'


def style(key: str, name: str, inner: str = "", *, kind: str = "paragraph", base: str = "") -> str:
    """A style."""
    based = f'<w:basedOn w:val="{base}"/>' if base else ""
    return f'<w:style w:type="{kind}" w:styleId="{key}"><w:name w:val="{name}"/>{based}{inner}</w:style>'


def note(key: int, *paragraphs: str, kind: str = "footnote", more: str = "") -> str:
    """A footnote or endnote."""
    return f'<w:{kind} w:id="{key}"{more}>{"".join(paragraphs)}</w:{kind}>'


def mark(key: int, kind: str = "footnote") -> str:
    """The mark of a note."""
    return f'<w:r><w:{kind}Reference w:id="{key}"/></w:r>'


def cell(*content: str, properties: str = "") -> str:
    """A table cell of paragraphs; plain text becomes one."""
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{''.join(c if c.startswith('<') else p(c) for c in content)}</w:tc>"


def row(*cells: str, properties: str = "") -> str:
    """A table row."""
    return f"<w:tr><w:trPr>{properties}</w:trPr>{''.join(c if c.startswith('<w:tc>') else cell(c) for c in cells)}</w:tr>"


LINES = '<w:tblBorders><w:insideH w:val="single"/><w:insideV w:val="single"/></w:tblBorders>'


def table(*rows: str, properties: str = LINES) -> str:
    """A table, with lines unless told otherwise."""
    return f"<w:tbl><w:tblPr>{properties}</w:tblPr>{''.join(rows)}</w:tbl>"


def docx(body: str, *, links: Mapping[str, str] | None = None, headers: tuple[str, ...] = (), extra: Mapping[str, bytes] | None = None, **parts: str) -> bytes:
    """A DOCX with this body; ``parts`` are the insides of styles, numbering, footnotes, endnotes, settings.

    ``links`` are the external links of the body by id, ``note_links`` (a part of its own) those of the footnotes.
    """
    return zipped({**documents(body, links=links or {}, headers=headers, **parts), **(extra or {})})


def documents(body: str, *, links: Mapping[str, str], headers: tuple[str, ...] = (), kind: str = MAIN, note_link: str = "", **parts: str) -> dict[str, bytes]:
    """The files of a DOCX, by name."""
    files = {"word/document.xml": f"<w:document {NAMESPACES}><w:body>{body}</w:body></w:document>"}
    rels = [f'<Relationship Id="{key}" Type="{RELATIONS}/hyperlink" Target="{url}" TargetMode="External"/>' for key, url in links.items()]
    types = [f'<Override PartName="/word/document.xml" ContentType="{kind}"/>']
    for name, inner in parts.items():
        files[f"word/{name}.xml"] = f"<w:{ROOTS[name]} {NAMESPACES}>{inner}</w:{ROOTS[name]}>"
        rels.append(f'<Relationship Id="of-{name}" Type="{RELATIONS}/{name}" Target="{name}.xml"/>')
        types.append(f'<Override PartName="/word/{name}.xml" ContentType="{_TYPE}.{name}+xml"/>')
    for n, inner in enumerate(headers):
        files[f"word/header{n}.xml"] = f"<w:hdr {NAMESPACES}>{inner}</w:hdr>"
        rels.append(f'<Relationship Id="header{n}" Type="{RELATIONS}/header" Target="header{n}.xml"/>')
    if note_link:
        files["word/_rels/footnotes.xml.rels"] = _rels([f'<Relationship Id="l" Type="{RELATIONS}/hyperlink" Target="{note_link}" TargetMode="External"/>'])
    files["word/_rels/document.xml.rels"] = _rels(rels)
    files["_rels/.rels"] = _rels([f'<Relationship Id="main" Type="{RELATIONS}/officeDocument" Target="word/document.xml"/>'])
    files["[Content_Types].xml"] = (
        f'<Types xmlns="{_PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{"".join(types)}</Types>'
    )
    return {name: text.encode() for name, text in files.items()}


def _rels(inner: list[str]) -> str:
    return f'<Relationships xmlns="{_PACKAGE}/relationships">{"".join(inner)}</Relationships>'


def zipped(files: Mapping[str, bytes]) -> bytes:
    """A ZIP file of these."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(zipfile.ZipInfo(name), data, zipfile.ZIP_DEFLATED)
    return out.getvalue()
