"""A document, or a quote in it, as a record for reference managers: BibTeX, RIS and CSL-JSON that Zotero reads.

Types, chosen for what they become in Zotero and in its style "Leidraad voor juridische auteurs":

- Kamerstukken, Aanhangsel and Handelingen are ``bill``: that style prints a bill as container-title, volume, number and
  note, which is "Kamerstukken II 2020/21, 21501-02, nr. 2400 (§ Afghanistan, al. 2)". ``hearing`` would fit the
  Handelingen, but the style has no form for it and Zotero's older CSL importers refuse it.
- Staatsblad, Staatscourant and the gazettes of provinces and municipalities are ``legislation``.
- A letter without a number is ``report``: that has places for a kenmerk, a kind and a ministry; ``document`` has not.
- BibTeX knows none of these: all are ``techreport``, whose ``type`` and ``number`` print as the official reference.
"""

import hashlib
import json
import re
import unicodedata
from dataclasses import dataclass
from typing import Any, Literal

from rbzqa import cite
from rbzqa.errors import QueryError
from rbzqa.officials import chamber_name, identifier_of, officials
from rbzqa.types import Document, DocumentMeta

Kind = Literal["bill", "legislation", "report"]
Json = dict[str, Any]

_PARLIAMENT = ("Kamerstukken", "Aanhangsel", "Handelingen")
_OFFICIAL = "https://zoek.officielebekendmakingen.nl"
_PUBLISHED = re.compile(r"(?:kst|blg|ah|h|stb|stcrt|prb|gmb)-[A-Za-z0-9()-]+")
_KEY = re.compile(r"[A-Za-z0-9:_-]+")
_RIS_KINDS: dict[Kind, str] = {"bill": "BILL", "legislation": "STAT", "report": "RPRT"}
_MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()
_LATEX = str.maketrans(
    {"\\": "{\\textbackslash}", "~": "{\\textasciitilde}", "^": "{\\textasciicircum}", "{": "\\{", "}": "\\}", **{c: f"\\{c}" for c in "&%$#_"}}
)
_LONE = {"{": "$\\lbrace$", "}": "$\\rbrace$"}  # BibTeX counts braces, whatever stands before them
_LIGATURE = re.compile(r"([-`',<>])(?=\1)|[?!](?=`)")  # TeX makes one sign of two
_URL = str.maketrans({c: f"%{ord(c):02X}" for c in '{}\\"<>^`| '})


@dataclass(frozen=True, slots=True)
class Entry:
    """What a record says; what is not known is empty. ``note`` is our finding aid, ``quote`` the words cited."""

    key: str
    kind: Kind
    title: str
    url: str
    authors: tuple[str, ...] = ()
    series: str = ""
    session: str = ""
    number: str = ""
    date: str = ""
    page: str = ""
    note: str = ""
    quote: str = ""
    genre: str = ""
    institution: str = ""
    chamber: str = ""
    keywords: tuple[str, ...] = ()


def entry(document: Document, place: cite.Place | None = None, public_url: str = "") -> Entry:
    """The record of a document, or of a paragraph of it.

    Args:
        document: the document.
        place: the paragraph; without it the document as a whole.
        public_url: the configured address, or empty.
    """
    meta = document.meta
    paragraph = place.paragraph if place else None
    start, end = (paragraph.start, paragraph.end) if paragraph else (0, 0)
    page = cite.pages(paragraph, start, end) if paragraph and cite.page_counts(meta) else ""
    found = officials(meta)
    first = found[0] if found else None
    annex = bool(meta.parent) or (place is not None and place.part.kind == "annex")
    more = [str(other) for other in found[1:]]
    key = _key(document)
    return Entry(
        key=f"{key}-{paragraph.id}" if paragraph else key,
        kind=_kind(meta) if first else "report",
        title=(place.part.title if place and place.part.kind == "annex" else "") or meta.title or meta.description,
        url=_address(document, paragraph.id if paragraph else "", public_url),
        authors=tuple(dict.fromkeys(meta.authors or ((meta.ministry,) if meta.ministry else ()))),
        series=f"Bijlage bij {first.series}" if first and annex else first.series if first else "",
        session=first.session if first else "",
        number="; ".join([first.number, *more]) if first else meta.kenmerk or "",
        date=meta.date or "",
        page=page,
        note=cite.aid(meta, place) if place else "",
        quote=document.text[start:end],
        genre=meta.kind or "",
        institution=meta.ministry or "",
        chamber=chamber_name(meta.publications[0].chamber) if first else "",
        keywords=meta.dossier_titles,
    )


def export(document: Document, format: str, place: cite.Place | None = None, public_url: str = "") -> str:
    """The text of a file in one of the formats ``bibtex``, ``ris`` and ``csl`` (a list of one item, as its schema asks).

    Raises:
        QueryError: another format.
    """
    made = entry(document, place, public_url)
    if format == "csl":
        return json.dumps([csl_json(made)], ensure_ascii=False, indent=2) + "\n"
    if format not in _WRITERS:
        raise QueryError(f"onbekende vorm {format!r}", "kies bibtex, ris of csl")
    return _WRITERS[format](made)


def _kind(meta: DocumentMeta) -> Kind:
    return "bill" if meta.publications[0].series in _PARLIAMENT else "legislation"


def _identifier(meta: DocumentMeta) -> str:
    """The official identifier, or the one that its own number makes, or empty."""
    numbers = () if meta.parent else meta.publications  # those of an annex may be its parent's
    return next((name for name in (meta.identifier or "", *map(identifier_of, numbers)) if name), "")


def _address(document: Document, paragraph_id: str, public_url: str) -> str:
    """Our permalink where we have a public address, else the official one; a path alone is no address to others."""
    if public_url:
        return cite.permalink(public_url, document.id, paragraph_id)
    name = _identifier(document.meta)
    return f"{_OFFICIAL}/{name}.{'pdf' if name.startswith('blg') else 'html'}" if _PUBLISHED.fullmatch(name) else ""


def _key(document: Document) -> str:
    """The official identifier, or the document's id; safe as a BibTeX key."""
    name = _identifier(document.meta) or document.id
    if _KEY.fullmatch(name):
        return name
    plain = re.sub(r"[^A-Za-z0-9:_]+", "-", name).strip("-")
    return f"{plain}-{hashlib.sha256(name.encode()).hexdigest()[:6]}".lstrip("-")


def _line(text: str) -> str:
    """Text on one line: formats of lines end a value at a line end; controls mean nothing to them."""
    return "".join(" " if unicodedata.category(c) in ("Cc", "Zl", "Zp") else c for c in text).strip()


def bibtex(entry: Entry) -> str:
    """A BibTeX entry, in UTF-8: what TeX would obey is escaped, and what cannot break is left alone."""
    year, month = entry.date[:4] or _year(entry), entry.date[5:7]
    fields = {
        "title": _latex(entry.title),
        "author": " and ".join(f"{{{_latex(author)}}}" for author in entry.authors),  # in braces: no first and last name
        "institution": _latex(entry.institution or entry.chamber),
        "type": _latex(f"{entry.series} {entry.session}".strip() or entry.genre),
        "number": _latex(entry.number),
        "year": year,
        "month": _MONTHS[int(month) - 1] if month else "",
        "date": entry.date,
        "pages": entry.page.replace("-", "--"),
        "url": entry.url.translate(_URL),
        "keywords": _latex(", ".join(word.replace(",", "") for word in entry.keywords)),
        "note": _latex(entry.note),
        "abstract": _latex(entry.quote),
        "language": "nl",
    }
    lines = [f"  {name} = {{{value}}}" for name, value in fields.items() if value]
    return ",\n".join([f"@techreport{{{entry.key}", *lines]) + "\n}\n"


def _latex(text: str) -> str:
    line = _line(text)
    lone = _lone_braces(line)
    return _LIGATURE.sub(r"\g<0>{}", "".join(_LONE[c] if n in lone else c.translate(_LATEX) for n, c in enumerate(line)))


def _lone_braces(text: str) -> set[int]:
    """Where the braces stand that have no partner."""
    opened: list[int] = []
    lone = set()
    for n, c in enumerate(text):
        if c == "{":
            opened.append(n)
        elif c == "}" and opened:
            opened.pop()
        elif c == "}":
            lone.add(n)
    return lone.union(opened)


def _year(entry: Entry) -> str:
    """The year that a gazette counts in; a session of Parliament is no date."""
    return entry.session if entry.kind == "legislation" and re.fullmatch(r"\d{4}", entry.session) else ""


def ris(entry: Entry) -> str:
    """A RIS record; lines end in CR LF as the format asks.

    RIS parts a name at its first comma and loses what stands behind the second, and has no way to prevent
    it: a name that holds one goes into a note.
    """
    parted = [author for author in entry.authors if "," in author]
    values = [
        ("TY", _RIS_KINDS[entry.kind]),
        ("ID", entry.key),
        ("TI", entry.title),
        *(("AU", author) for author in entry.authors if "," not in author),
        ("T2", entry.series),
        ("VL", entry.session if entry.series else ""),
        ("ET", entry.session if entry.kind == "bill" else ""),
        ("SN" if entry.kind == "report" else "M1", entry.number),
        ("T3", entry.chamber),
        ("PB", entry.institution if entry.kind == "report" else ""),
        ("M3", entry.genre if entry.kind == "report" else ""),
        ("PY", entry.date[:4] or _year(entry)),
        ("DA", entry.date.replace("-", "/")),
        ("SP", entry.page.partition("-")[0]),
        ("EP", entry.page.partition("-")[2]),
        ("UR", entry.url),
        *(("KW", word) for word in entry.keywords),
        ("N1", entry.note),
        *(("N1", f"Auteur: {author}") for author in parted),
        ("AB", entry.quote),
        ("LA", "nl"),
    ]
    lines = [f"{tag}  - {_line(value)}" for tag, value in values if value]
    return "\r\n".join([*lines, "ER  - ", ""])


def csl_json(entry: Entry) -> Json:
    """One item of CSL-JSON; authors are ``literal``, since whether a name is a person's is not known."""
    date = entry.date or _year(entry)
    item = {
        "id": entry.key,
        "type": entry.kind,
        "title": entry.title,
        "author": [{"literal": author} for author in entry.authors],
        "container-title": entry.series,
        "volume": entry.session if entry.series else "",
        "chapter-number": entry.session if entry.kind == "bill" else "",
        "number": entry.number,
        "authority": entry.chamber,
        "publisher": entry.institution if entry.kind == "report" else "",
        "genre": entry.genre,
        "issued": {"date-parts": [[int(piece) for piece in date.split("-")]]} if date else "",
        "page": entry.page,
        "URL": entry.url,
        "note": entry.note,
        "abstract": entry.quote,
        "language": "nl",
    }
    return {name: value for name, value in item.items() if value}


_WRITERS = {"bibtex": bibtex, "ris": ris}
