"""One letter of our own making, with real words of kst-21501-02-2602, written down in each of the forms that it comes in."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from html import escape
from typing import Literal

from .docxs import docx, level, lists, mark, note, numbered, p, r, row, style, table

Kind = Literal["text", "head", "subhead", "item", "heads", "row", "office", "name", "report", "agenda", "annex"]
NUMBER, DATE = "2602", "31 januari 2023"
DOSSIERS = (("21 501-02", "Raad Algemene Zaken en Raad Buitenlandse Zaken"), ("36 045", "Situatie in de Oekraïne"))
TITLE = "BRIEF VAN DE MINISTER VAN BUITENLANDSE ZAKEN"
ADDRESSEE = "Aan de Voorzitter van de Tweede Kamer der Staten-Generaal"
PARTS = ("report", "agenda", "annex")
_MARK = re.compile(r"\[\^(\d)\]")


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the letter; ``[^1]`` in its text is a mark, and ``notes`` says what stands there."""

    kind: Kind
    text: str
    notes: tuple[str, ...] = ()

    @property
    def plain(self) -> str:
        """Its text without marks."""
        return _MARK.sub("", self.text)

    @property
    def labels(self) -> list[str]:
        """The numbers of its notes."""
        return _MARK.findall(self.text)


LINES = (
    Line(
        "text",
        "Hierbij bied ik u het verslag aan van de Raad Buitenlandse Zaken van 23 januari 2023.[^1] Tevens vindt u de geannoteerde agenda van de volgende raad.",
        ("Kamerstuk 21 501-02, nr. 2580.",),
    ),
    Line("office", "De Minister van Buitenlandse Zaken,"),
    Line("name", "W.B. Hoekstra"),
    Line("report", "VERSLAG RAAD BUITENLANDSE ZAKEN VAN 23 JANUARI 2023"),
    Line("text", "Op maandag 23 januari vond de Raad Buitenlandse Zaken (RBZ) plaats. De Minister van Buitenlandse Zaken nam deel."),
    Line("head", "Russische agressie jegens Oekraïne"),
    Line(
        "text",
        "De Raad sprak over de West- en Noord-Afrikaanse landen en over steun ter waarde van EUR 500 miljoen.[^2] Nederland verwelkomde dit besluit.",
        ("Besluit (GBVB) 2023/231 van de Raad.",),
    ),
    Line("text", "Het kabinet zette in op drie onderwerpen:"),
    Line("item", "militaire steun voor Oekraïne;"),
    Line("item", "sancties tegen Rusland en Belarus;"),
    Line("item", "het Oekraïnetribunaal.[^3]", ("Zie ook de brief van 7 december 2022.",)),
    Line("head", "Current affairs"),
    Line("subhead", "Iran"),
    Line("text", "De Raad veroordeelde de executies in Iran. «Dit is onacceptabel», aldus de Minister."),
    Line("subhead", "Kosovo / Servië"),
    Line("text", "De HV informeerde de Raad over zijn gesprekken met Kosovo en Servië."),
    Line("agenda", "GEANNOTEERDE AGENDA VAN DE RAAD BUITENLANDSE ZAKEN VAN 20 FEBRUARI 2023"),
    Line("head", "Introductie"),
    Line("text", "Op 20 februari 2023 komt de Raad bijeen in Brussel.[^1] De Minister is voornemens deel te nemen.", ("Onder voorbehoud van wijzigingen.",)),
    Line("annex", "BIJLAGE 1 OVERZICHT VAN DE STEUN"),
    Line("text", "In dit overzicht staat de steun per land."),
    Line("heads", "Land\t2022\t2023"),
    Line("row", "Oekraïne\t3100\t500[^2]", ("Stand van januari 2023.",)),
    Line("row", "Moldavië\t40\t45"),
    Line("row", "Totaal\t\t545"),
)


def _marked(line: Line, made: Callable[[str, str], str], text: Callable[[str], str] = escape) -> str:
    """A line in some form: ``made`` gives the mark with a label and the text of its note."""
    pieces = _MARK.split(line.text)
    notes = dict(zip(line.labels, line.notes, strict=True))
    return "".join(made(piece, notes[piece]) if n % 2 else text(piece) for n, piece in enumerate(pieces))


def as_text() -> bytes:
    """As the site shows it as text: marks glued to the words, notes at the end of their part, no letters to tell headings apart, and no table."""
    out = [f"{number} {title}" for number, title in DOSSIERS] + [f"Nr. {NUMBER} HERDRUK {TITLE}", ADDRESSEE, f"Den Haag, {DATE}"]
    notes: list[str] = []
    for line in (line for line in LINES if line.kind not in ("heads", "row")):
        if line.kind in PARTS:
            out += notes
            notes = []
        notes += [f"{label} {text}" for label, text in zip(line.labels, line.notes, strict=True)]
        out.append(("• " if line.kind == "item" else "") + _MARK.sub(r"\1", line.text))
    return "\n\n".join([*out, *notes]).encode()


def as_opxml(*, pseudo: bool = False) -> bytes:
    """As OP-XML: report, agenda and overview are annexes; with ``pseudo`` only the letters mark headings."""
    dossiers = "".join(f"<dossier><dossiernummer><dossiernr>{number}</dossiernr></dossiernummer><titel>{title}</titel></dossier>" for number, title in DOSSIERS)
    body, annexes, table_rows = "", "", ""
    for line in LINES:
        text = _marked(line, lambda label, note: f'<noot id="n" type="voet"><noot.nr>{label}</noot.nr><noot.al>{escape(note)}</noot.al></noot>')
        if line.kind in PARTS:
            annexes, body = annexes + body, f'</tekst></bijlage><bijlage status="goed"><kop><titel>{text}</titel></kop><tekst status="goed">'
        elif line.kind in ("head", "subhead"):
            look = "vet" if line.kind == "head" else "cur"
            body += f'<al><nadruk type="{look}">{text}</nadruk></al>' if pseudo else f'<tussenkop kopopmaak="{look}">{text}</tussenkop>'
        elif line.kind in ("heads", "row"):
            cells = "".join(f"<entry><al>{cell}</al></entry>" for cell in text.split("\t"))
            table_rows += f"<thead><row>{cells}</row></thead><tbody>" if line.kind == "heads" else f"<row>{cells}</row>"
        elif line.kind == "item":
            body += f'<lijst type="expliciet"><li><li.nr>•</li.nr><al>{text}</al></li></lijst>'
        elif line.kind == "office":
            body += f"</tekst></vrije-tekst></algemeen><tekst-sluiting><ondertekening><functie>{text}</functie>"
        elif line.kind == "name":
            first, last = text.split(" ")
            body += f"<naam><voornaam>{first}</voornaam> <achternaam>{last}</achternaam></naam></ondertekening></tekst-sluiting>"
            annexes, body = body, ""
        else:
            body += f"<al>{text}</al>"
    whole = (annexes + body).replace("</tekst-sluiting></tekst></bijlage>", "</tekst-sluiting>", 1)
    columns = "".join(f'<colspec colname="c{n}"/>' for n in (1, 2, 3))
    return (
        '\ufeff<?xml version="1.0" encoding="utf-8"?>\r\n<officiele-publicatie><metadata><meta name="OVERHEIDop.externMetadataRecord" scheme=""'
        ' content="https://zoek.officielebekendmakingen.nl/kst-21501-02-2602/metadata.xml"/></metadata><kamerstuk><kamerstukkop>'
        '<tekstregel inhoud="kameraanduiding">Tweede Kamer der Staten-Generaal</tekstregel>'
        '<tekstregel inhoud="vergaderjaar">Vergaderjaar 2022-2023</tekstregel>'
        f'</kamerstukkop>{dossiers}<stuk><stuknr>Nr. <ondernummer kamer="2">{NUMBER}</ondernummer> HERDRUK</stuknr>'
        f"<titel>{TITLE}</titel><algemeen><vrije-tekst><tekst>"
        f'<al>{ADDRESSEE}</al><al>Den Haag, {DATE}</al>{whole}<table><tgroup cols="3">{columns}{table_rows}</tbody></tgroup></table>'
        "</tekst></bijlage></stuk></kamerstuk></officiele-publicatie>"
    ).encode()


def as_html() -> bytes:
    """As a page of officielebekendmakingen.nl, with its site around it and its notes below the text."""
    dossiers = "".join(f'<h1 class="dossiertitel"><span class="dossiernummer">{number}</span> {title}</h1>' for number, title in DOSSIERS)
    notes: list[str] = []
    body, rows, opened = "", "", False

    def made(label: str, text: str) -> str:
        key = f"ID-d37e{len(notes)}"
        notes.append(
            f'<div class="voet noot snp-mouseoffset snb-pinned notedefault" id="supernote-note-{key}"><h5 class="note-close"><a class="note-close"'
            f' href="#close-{key}">X</a> Noot\n               </h5><sup><span class="nootnum"><a id="{key}" name="{key}">'
            f"</a>{label}</span></sup><p>{text}</p></div>"
        )
        return f'<a class="nootnum supernote-click-{key}" href="#{key}">{label}</a>'

    for line in LINES:
        text = _marked(line, made)
        if line.kind in PARTS:
            body += ("</div>" if opened else "") + f'<div class="bijlage"><h2 class="bijlage_kop"><a id="d{len(body)}"></a>{text}\n            </h2>'
            opened = True
        elif line.kind in ("head", "subhead"):
            tag, look = ("strong", "vet") if line.kind == "head" else ("em", "cur")
            body += f'<p class="tussenkop"><{tag} class="tussenkop_{look}">{text}</{tag}></p>'
        elif line.kind in ("heads", "row"):
            tag, around = ("th", "thead") if line.kind == "heads" else ("td", "tbody")
            rows += f"<{around}><tr>{''.join(f'<{tag}><p>{cell}</p></{tag}>' for cell in text.split(chr(9)))}</tr></{around}>"
        elif line.kind == "item":
            body += f'<ul class="expliciet whitespace-small"><li class="li"><p class="labeled"><span class="ol">•</span>{text}</p></li></ul>'
        elif line.kind == "office":
            body += f'<p class="ondertekening"><span class="functie">{text}</span>\n     '
        elif line.kind == "name":
            body += f'<span class="naam">{text}</span></p>'
        else:
            body += f"<p>{text.replace(' de ', chr(10) + '               de ', 1)}</p>"
    return (
        '<!DOCTYPE html><html lang="nl"><head><meta charset="utf-8"><meta name="DC.identifier" content="kst-21501-02-2602">'
        '<meta name="DC.creator" scheme="OVERHEID.StatenGeneraal" content="Tweede Kamer der Staten-Generaal">'
        '<meta name="OVERHEIDop.vergaderjaar" content="2022-2023">'
        '</head><body><div class="header"><ul class="menu"><li><a href="/">Home</a></li></ul></div>'
        '<div id="main-column"><div class="toc"><a href="#d1">VERSLAG</a></div>'
        f'<div class="stuk">{dossiers}<h2 class="stuktitel no-toc"><span class="stuknummer">Nr. {NUMBER}</span> HERDRUK {TITLE}</h2><div class="algemeen">'
        f"<p>{ADDRESSEE}</p><p>Den Haag, {DATE}</p>{body}<table>{rows}</table></div></div></div>"
        f'<div id="noten"><hr>{"".join(notes)}</div></div><div id="voetregel"></div></body></html>'
    ).encode()


def as_docx(*, styled: bool = False) -> bytes:
    """As the Kamer sends it: headings are bold or italic paragraphs, or have a style; numbers of notes begin anew with the agenda."""
    notes: list[str] = []
    body = [p(text) for number, title in DOSSIERS for text in (f"{number}\t{title}", " ")]
    body = [p("TWEEDE KAMER DER STATEN-GENERAAL"), p("2"), p(" "), p("Vergaderjaar 2022-2023"), *body]
    body += [p(r(f"Nr. {NUMBER}"), r(" HERDRUK"), r(f"\t{TITLE}", "<w:b/>")), p(" "), p(ADDRESSEE), p(" "), p(f"Den Haag, {DATE}"), p()]
    rows: list[str] = []
    for line in LINES:
        runs = [r(piece) if n % 2 == 0 else mark(len(notes) + n // 2 + 1) for n, piece in enumerate(_MARK.split(line.text))]
        notes += [note(len(notes) + 1 + n, p("<w:r><w:footnoteRef/></w:r>", r(f" {text}"))) for n, text in enumerate(line.notes)]
        if line.kind == "agenda":
            body.append('<w:p><w:pPr><w:sectPr><w:type w:val="nextPage"/></w:sectPr></w:pPr></w:p>')
        if line.kind in (*PARTS, "head", "subhead"):
            look = "<w:i/>" if line.kind == "subhead" else "<w:b/>"
            named = {"head": "Kop2", "subhead": "Kop3"}.get(line.kind, "Kop1")
            body.append(p(line.text, style=named) if styled else p(r(line.text, look)))
        elif line.kind in ("heads", "row"):
            cells = [p(r(cell, "<w:b/>")) if line.kind == "heads" else p(*_cell(cell, len(notes))) for cell in line.text.split("\t")]
            rows.append(row(*cells))
        else:
            body.append(numbered("§").replace(r("§"), "".join(runs)) if line.kind == "item" else p(*runs))
    styles = "".join(style(f"Kop{n}", f"heading {n}", f'<w:pPr><w:outlineLvl w:val="{n - 1}"/></w:pPr>') for n in (1, 2, 3))
    whole = "".join(body) + table(*rows) + "<w:sectPr/>"
    restarts = '<w:footnotePr><w:numRestart w:val="eachSect"/></w:footnotePr>'
    return docx(whole, styles=styles, numbering=lists(level(0, "bullet", "\uf0b7")), footnotes="".join(notes), settings=restarts)


def _cell(text: str, last: int) -> list[str]:
    """The runs of a cell; a mark in it is that of the last note."""
    return [r(piece) if n % 2 == 0 else mark(last) for n, piece in enumerate(_MARK.split(text))]
