"""How the command line shows things to people: quotes, labels, colours only on a terminal."""

import sys
import unicodedata
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import partial
from typing import TYPE_CHECKING, Any

from rich.console import Console
from rich.padding import Padding
from rich.text import Text

from rbzqa.engine import Found

if TYPE_CHECKING:
    from rich.progress import Progress, TaskID

REASONS = {
    "buiten_corpus": "Een naam of onderwerp uit de vraag komt in deze documenten niet voor.",
    "geen_passage": "Geen passage past bij de vraag.",
    "te_onzeker": "De passages die het dichtst bij de vraag komen, geven er waarschijnlijk geen antwoord op.",
    "periode_ontbreekt": "De vraag gaat over een datum of periode waarover hier geen document is.",
}
# What prints and does not show: the fillers of Hangul, Khmer and Mongolian, the grapheme joiner, Braille's blank and the further variation selectors.
_BLANK = [0x034F, 0x115F, 0x1160, 0x17B4, 0x17B5, *range(0x180B, 0x1810), 0x2800, 0x3164, 0xFFA0, *range(0xE0100, 0xE01F0)]
_FORMAT = [0x00AD, *range(0x200B, 0x2010), *range(0x202A, 0x202F), *range(0x2060, 0x206A), 0xFEFF]
_INVISIBLE = {c: f"\\u{c:04x}" if c <= 0xFFFF else f"\\U{c:08x}" for c in [*_FORMAT, *_BLANK]}
_ROLES = {"question": "vraag", "answer": "antwoord", "row": "rij van een tabel"}
_PARTS = {"report": "verslag", "agenda": "agenda", "annex": "bijlage"}

Json = Mapping[str, Any]


def console() -> Console:
    """A console on standard output that never wraps or colours what goes into a file or pipe."""
    terminal = sys.stdout.isatty()  # FORCE_COLOR does not make a pipe one
    return Console(file=sys.stdout, force_terminal=terminal, soft_wrap=not terminal, highlight=False, markup=False, emoji=False)


def visible(text: str) -> str:
    """Text with its control and invisible characters escaped, so that a quote cannot mislead."""
    shown = text.translate(_INVISIBLE)
    return "".join(c if c.isprintable() or c in "\n\t" or unicodedata.category(c) == "Zs" else c.encode("unicode_escape").decode() for c in shown)


def show_answer(out: Console, answer: Json) -> None:
    """The quotes with their citations, or why there is no answer and what came nearest."""
    out.print(Text(visible(answer["question"]), style="bold"))
    if answer["status"] == "answered":
        for citation in answer["citations"]:
            out.print()
            for context in citation["context"]:  # a row says nothing without its heads, an answer little without its question
                _indented(out, Text(visible(context), style="dim"), 2)
            _indented(out, Text(f"„{visible(citation['quote'])}”"), 2)
            _indented(out, _reference(citation["label"], citation["paragraph"]["id"]), 4)
            for twin in citation["twins"]:
                _indented(out, Text(visible(f"ook: {twin['label']}"), style="dim"), 4)
        out.print()
        out.print(Text(f"zekerheid {answer['confidence']:.2f}".replace(".", ","), style="dim"))
        return
    out.print()
    out.print(Text("Niet gevonden in deze documenten.", style="yellow"))
    out.print(REASONS[answer["reason"]])
    if answer["passages"]:
        out.print()
        out.print("Het dichtst in de buurt (geen antwoord):")
        show_passages(out, answer["passages"][:3], shorten=160)


def show_passages(out: Console, passages: Sequence[Json], shorten: int | None = None) -> None:
    """Passages with rank, label and text."""
    for passage in passages:
        lines = passage["text"].split("\n\n")
        text = " ".join(passage["text"].split())
        if shorten and len(text) > shorten:
            lines = [text[:shorten].rsplit(" ", 1)[0] + " …"]
        out.print()
        out.print(Text(f"{passage['rank']}. ", style="bold").append_text(_reference(passage["label"], passage["paragraphs"][0])))
        for line in lines:
            _indented(out, Text(visible(line.replace("\t", "   "))), 3)


def _indented(out: Console, text: Text, columns: int) -> None:
    """Print text with a margin: wrapped on a terminal, whole on one line elsewhere."""
    out.print(Padding(text, (0, 0, 0, columns)) if out.is_terminal else Text(" " * columns).append_text(text))


def _reference(label: str, paragraph_id: str) -> Text:
    return Text(visible(label), style="cyan").append(f"  [{paragraph_id}]", style="dim")


def show_paragraph(out: Console, found: Found, label: str) -> None:
    """A paragraph between its neighbours, with its footnotes."""
    document, place = found.document, found.place
    if found.moved:
        out.print(Text(f"Deze alinea is verplaatst; zij heet nu {place.paragraph.id}.", style="yellow"))
    page = "" if document.meta.pages else _page(place.paragraph.page)  # a page of the piece itself stands in the label
    out.print(Text(visible(label), style="cyan").append(page, style="dim"))
    if role := _ROLES.get(place.paragraph.role):
        out.print(Text(role, style="dim"))
    before = found.before.paragraph if found.before else None
    for start, end in place.paragraph.context:
        if before is None or (start, end) != (before.start, before.end):  # that one follows anyway
            out.print(Text(visible(document.text[start:end]), style="dim"))
    for neighbour, style in ((found.before, "dim"), (place, "bold"), (found.after, "dim")):
        if neighbour:
            p = neighbour.paragraph
            out.print()
            out.print(Text(f"[{p.id}]", style="dim"))
            out.print(Text(visible(document.text[p.start : p.end]), style=style))
    for note in place.paragraph.footnotes:
        out.print()
        out.print(Text(f"Voetnoot {note.label}: {visible(document.text[note.start : note.end])}"))
        for url in note.urls:
            out.print(Text(f"  {visible(url)}"))


def _page(page: int | None) -> str:
    return f"  blz. {page} van het bestand" if page else ""


def show_documents(out: Console, view: Json) -> None:
    """Every document in two lines: its id and how to cite it, and its title."""
    for line in view["documents"]:
        out.print(Text(visible(line["id"]), style="bold").append(visible(f"  {line['citation']}"), style="cyan"))
        _indented(out, Text(visible(line["title"]), style="dim"), 2)


def show_document(out: Console, view: Json) -> None:
    """What a document is, its parts and sections, and what it does not say of itself or says twice."""
    out.print(Text(visible(view["title"] or view["description"]), style="bold"))
    for name, value in _about(view).items():
        for line in value if isinstance(value, list) else [value]:
            if line:
                out.print(Text(f"{name + ':':<18}", style="dim").append(visible(str(line))))
    for part in view["parts"]:
        out.print()
        number = f" {part['number']}" if part["kind"] == "annex" or part["number"] > 1 else ""
        name = view["kind"] or "tekst" if part["kind"] == "letter" else _PARTS[part["kind"]]
        out.print(Text(visible(f"{name}{number}: {part['title']}".removesuffix(": ")), style="bold"))
        for section in part["sections"]:
            ids = section["paragraphs"]
            title = visible(section["path"][-1]) if section["path"] else "(zonder kop)"
            out.print(Text(f"  {title}  ").append(f"{len(ids)} al.  {' … '.join(dict.fromkeys((ids[0], ids[-1])))}", style="dim"))


def _about(view: Json) -> dict[str, Any]:
    """The metadata of a document under their Dutch names; a list has a line for each."""
    return {
        "document": view["id"],
        "bestand": view["file"],
        "aangehaald als": view["citation"],
        "soort": view["kind"],
        "datum": view["date"],
        "vergadering": view["meeting"],
        "vergaderdata": ", ".join(view["meetingDates"]),
        "nummer": [publication["label"] + " HERDRUK" * view["reprint"] for publication in view["publications"]],
        "dossier": view["dossierTitles"],
        "identificatie": view["identifier"],
        "kenmerk": view["kenmerk"],
        "ministerie": view["ministry"],
        "auteur": view["authors"],
        "ondertekend door": " ".join(view["signatories"]),
        "bijlage bij": view["parent"],
        "bijlagen": ", ".join(view["annexes"]),
        "verwijst naar": list(dict.fromkeys(f"{one['text']} → {one['documentId'] or 'niet hier, of onzeker'}" for one in view["references"])),
        "niet bekend": ", ".join(view["missing"]),
        "tegenspraak": view["conflicts"],
    }


@contextmanager
def progress(*steps: str) -> Iterator[list[Callable[[int, int], None]]]:
    """A bar for each step on a terminal; elsewhere a plain line at every tenth part. Always on standard error."""
    if sys.stderr.isatty():
        from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

        columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
        with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
            yield [partial(_advance, bar, bar.add_task(step, total=None)) for step in steps]
        return
    yield [partial(_tenths, step) for step in steps]


def _advance(bar: "Progress", task: "TaskID", done: int, total: int) -> None:
    bar.update(task, completed=done, total=total)


def _tenths(step: str, done: int, total: int) -> None:
    if done == total or done * 10 // total != (done - 1) * 10 // total:
        print(f"{step}: {done} van {total}", file=sys.stderr, flush=True)
