"""faces/terminal.py: what people see, and what a text may not do to their screen."""

import dataclasses
import io
import sys

import pytest

from rbzqa import views
from rbzqa.cite import places
from rbzqa.engine import Engine, Found
from rbzqa.faces import cli, terminal
from rbzqa.types import Document, DocumentMeta, Footnote, Pages, Paragraph, Part, Publication, Reference, Role, Section

from .fakes import letter, with_roles

HIDDEN = "a\u200bb\u00adc\u202ed\U000e0041"  # FAULTS A6
ESCAPED = "a\\u200bb\\u00adc\\u202ed\\U000e0041"


class Screen(io.StringIO):
    """A stream that says it is a terminal."""

    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("gewone tekst, ‘aanhaling’ – é €", "gewone tekst, ‘aanhaling’ – é €"),
        ("€\u00a05 miljoen, 5\u202f000", "€\u00a05 miljoen, 5\u202f000"),
        ("a\u200bb\u00adc\ufeff", "a\\u200bb\\u00adc\\ufeff"),
        ("\u202egnp.exe", "\\u202egnp.exe"),
        ("\x1b[31mrood\x07", "\\x1b[31mrood\\x07"),
        ("\U000e0041", "\\U000e0041"),
        ("een\ntwee\tdrie", "een\ntwee\tdrie"),
        ("\udcff", "\\udcff"),
        ("\u2028", "\\u2028"),
        ("a\u3164b\u2800c\u034f", "a\\u3164b\\u2800c\\u034f"),  # letters and marks that show nothing
        ("a\U000e0100", "a\\U000e0100"),
        ("\u2066x\u2069", "\\u2066x\\u2069"),
    ],
)
def test_what_does_not_show_is_escaped_and_the_rest_stays(text: str, expected: str) -> None:
    assert terminal.visible(text) == expected


def answer(**changes: object) -> dict[str, object]:
    made = {
        "question": "wat [bold]nu[/bold]?\x1b[2J",
        "status": "answered",
        "reason": None,
        "confidence": 0.5,
        "citations": [
            {"quote": "[red]een\u202equote " + "lang " * 40, "label": "L · § X, al. 1", "paragraph": {"id": "verslag-p1-aaaaaa"}, "context": [], "twins": []}
        ],
        "passages": [],
    }
    return {**made, **changes}


def test_a_quote_is_shown_as_it_stands_markup_and_all(capsys: pytest.CaptureFixture[str]) -> None:
    terminal.show_answer(terminal.console(), answer())
    out = capsys.readouterr().out
    assert out.startswith("wat [bold]nu[/bold]?\\x1b[2J\n\n  „[red]een\\u202equote lang lang")
    assert "\n    L · § X, al. 1  [verslag-p1-aaaaaa]\n\nzekerheid 0,50\n" in out


@pytest.mark.parametrize("reason", ["buiten_corpus", "geen_passage", "te_onzeker", "periode_ontbreekt"])
def test_every_reason_of_an_abstention_has_its_own_words(reason: str, capsys: pytest.CaptureFixture[str]) -> None:
    terminal.show_answer(terminal.console(), answer(status="abstained", reason=reason, citations=[]))
    out = capsys.readouterr().out
    assert out.endswith(f"Niet gevonden in deze documenten.\n{terminal.REASONS[reason]}\n")
    assert len(set(terminal.REASONS.values())) == len(terminal.REASONS) == 4


def test_nearest_passages_are_shortened_at_a_word_and_marked_so(capsys: pytest.CaptureFixture[str]) -> None:
    passage = {"rank": 1, "text": "woord " * 100, "label": "L", "paragraphs": ["p"]}
    terminal.show_answer(terminal.console(), answer(status="abstained", reason="te_onzeker", citations=[], passages=[passage]))
    last = capsys.readouterr().out.splitlines()[-1]
    assert last.startswith("   woord woord") and last.endswith("woord …") and len(last) <= 165
    terminal.show_passages(terminal.console(), [passage])
    assert "…" not in capsys.readouterr().out


def test_a_pipe_gets_no_colour_and_a_terminal_does(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setenv("TERM", "xterm-256color")
    for stream, coloured in ((Screen(), True), (io.StringIO(), False)):
        with monkeypatch.context() as patched:
            patched.setattr(sys, "stdout", stream)
            terminal.show_answer(terminal.console(), answer())
        assert ("\x1b[36m" in stream.getvalue()) == coloured
        assert "[2J" in stream.getvalue() and "\x1b[2J" not in stream.getvalue()


def test_no_color_is_heard(monkeypatch: pytest.MonkeyPatch) -> None:
    screen = Screen()
    monkeypatch.setenv("NO_COLOR", "1")
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.setattr(sys, "stdout", screen)
    terminal.show_answer(terminal.console(), answer())
    assert "\x1b[36m" not in screen.getvalue()


def test_progress_off_a_terminal_is_a_line_at_every_tenth(capsys: pytest.CaptureFixture[str]) -> None:
    with terminal.progress("brieven verwerkt") as (report,):
        for done in range(1, 201):
            report(done, 200)
    captured = capsys.readouterr()
    assert captured.out == ""
    assert captured.err.splitlines() == [f"brieven verwerkt: {n} van 200" for n in range(20, 201, 20)]


def test_progress_on_a_terminal_is_a_bar_on_stderr(monkeypatch: pytest.MonkeyPatch) -> None:
    screen = Screen()
    monkeypatch.setattr(sys, "stderr", screen)
    monkeypatch.setenv("TERM", "xterm-256color")
    with terminal.progress("bestanden gelezen", "brieven verwerkt") as (reading, encoding):
        reading(2, 2)
        encoding(1, 3)
        encoding(3, 3)
    assert all(piece in screen.getvalue() for piece in ("bestanden gelezen", "2/2", "brieven verwerkt", "3/3"))


def test_a_paragraph_stands_between_its_neighbours_where_it_has_them(engine: Engine, capsys: pytest.CaptureFixture[str]) -> None:
    document = engine.document("verslag-rbz-gymnich-2021-09")
    first, last = engine.paragraph("brief-p1-812aa2"), engine.paragraph("bijlage1-p28-b6c666")
    assert (first.before, last.after) == (None, None)
    for found in (first, last):
        terminal.show_paragraph(terminal.console(), found, "LABEL")
        out = capsys.readouterr().out
        paragraph = found.place.paragraph
        assert out.startswith("LABEL")
        assert document.text[paragraph.start : paragraph.end] in out
        assert out.count("\n[") == 2


def test_what_does_not_show_is_escaped_in_a_quote_and_all_around_it(capsys: pytest.CaptureFixture[str]) -> None:
    # FAULTS A6
    citation = {"quote": HIDDEN, "label": f"L {HIDDEN}", "paragraph": {"id": "p"}, "context": [f"Vraag {HIDDEN}"], "twins": [{"label": HIDDEN, "url": "/x"}]}
    terminal.show_answer(terminal.console(), answer(citations=[citation]))
    out = capsys.readouterr().out
    assert f"\n  Vraag {ESCAPED}\n  „{ESCAPED}”\n    L {ESCAPED}  [p]\n    ook: {ESCAPED}\n" in out
    assert not set(HIDDEN[1::2]) & set(out)


def held(text: str = "Vraag?\n\nJa.\n\nNoot.", role: Role = "answer", meta: DocumentMeta | None = None) -> Document:
    """A document of one paragraph with a context before it and a note behind it."""
    start = text.index("\n\n") + 2
    end = text.index("\n\n", start)
    paragraph = Paragraph("brief-p1-aaaaaa", 1, start, end, 2, (Footnote("1", end, end + 2, len(text), (f"https://x/{HIDDEN}",)),), (), role, ((0, start - 2),))
    section = Section(("Antwoord 1",), "Antwoord 1", (paragraph,))
    parts = (Part("letter", 1, "", (section,)), Part("annex", 1, "Kaart", (Section((), "", (paragraph, paragraph)),)))
    return Document("d", "0", meta or DocumentMeta("", "", "Antwoorden", "f.pdf"), text, parts, "pdf-1")


@pytest.mark.parametrize(("role", "name"), [("question", "vraag"), ("answer", "antwoord"), ("row", "rij van een tabel")])
def test_a_paragraph_says_what_it_is_and_what_it_needs(role: Role, name: str, capsys: pytest.CaptureFixture[str]) -> None:
    document = held(role=role)
    terminal.show_paragraph(terminal.console(), Found(document, places(document)[0], None, None, False), "LABEL")
    assert capsys.readouterr().out.startswith(f"LABEL  blz. 2 van het bestand\n{name}\nVraag?\n\n[brief-p1-aaaaaa]\nJa.\n\nVoetnoot 1: Noot.\n")


def test_plain_text_is_not_said_to_be_anything(capsys: pytest.CaptureFixture[str]) -> None:
    document = held(role="text")
    place = places(document)[0]
    bare = Found(document, type(place)(place.part, place.section, Paragraph("p", 1, 8, 11, None)), None, None, True)
    terminal.show_paragraph(terminal.console(), bare, "LABEL")
    assert capsys.readouterr().out == "Deze alinea is verplaatst; zij heet nu p.\nLABEL\n\n[p]\nJa.\n"


def test_a_paragraph_shows_what_hides_in_it(capsys: pytest.CaptureFixture[str]) -> None:
    # FAULTS A6
    document = held(f"V {HIDDEN}\n\nJ {HIDDEN}\n\nN {HIDDEN}")
    terminal.show_paragraph(terminal.console(), Found(document, places(document)[0], None, None, False), HIDDEN)
    out = capsys.readouterr().out
    assert [out.count(f"{letter} {ESCAPED}") for letter in "VJN"] == [1, 1, 1] and f"https://x/{ESCAPED}" in out
    assert not set(HIDDEN[1::2]) & set(out)


def test_a_document_says_what_it_knows_and_what_it_lacks(capsys: pytest.CaptureFixture[str]) -> None:
    meta = DocumentMeta(
        title=f"Verslag {HIDDEN}",
        subject="",
        description="Verslag RBZ",
        file="f.pdf",
        date="2021-09-09",
        meeting_dates=("2021-09-02", "2021-09-03"),
        publications=(Publication("II", "2020/21", "21501-02", "7"), Publication("II", "2020/21", "36045", "8")),
        kenmerk="BZ-1",
        signatories=("De Minister,", "S. Kaag"),
        missing=("auteur", "soort"),
        identifier="kst-21501-02-7",
        kind="Brief",
        dossier_titles=("Raad", "Europese Raad"),
        authors=("De Minister",),
        ministry="BZ",
        meeting="Gymnich",
        reprint=True,
        parent="brief-0",
        annexes=("blg-1", "blg-2"),
        conflicts=("twee data: a en b", f"twee nummers {HIDDEN}"),
    )
    document = held(meta=meta)
    references = (Reference(0, 1, document_id="x"), Reference(1, 2), Reference(2, 3, annex=2))
    view = views.document_view(Document("d", "0", meta, document.text, document.parts, "pdf-1", references))
    terminal.show_document(terminal.console(), view)
    assert capsys.readouterr().out.splitlines() == [
        f"Verslag {ESCAPED}",
        "document:         d",
        "bestand:          f.pdf",
        "aangehaald als:   Bijlage bij Kamerstukken II 2020/21, 21501-02, nr. 7 en 36045, nr. 8 HERDRUK",
        "soort:            Brief",
        "datum:            2021-09-09",
        "vergadering:      Gymnich",
        "vergaderdata:     2021-09-02, 2021-09-03",
        "nummer:           Kamerstukken II 2020/21, 21501-02, nr. 7 HERDRUK",
        "nummer:           Kamerstukken II 2020/21, 36045, nr. 8 HERDRUK",
        "dossier:          Raad",
        "dossier:          Europese Raad",
        "identificatie:    kst-21501-02-7",
        "kenmerk:          BZ-1",
        "ministerie:       BZ",
        "auteur:           De Minister",
        "ondertekend door: De Minister, S. Kaag",
        "bijlage bij:      brief-0",
        "bijlagen:         blg-1, blg-2",
        "verwijst naar:    V → x",
        "verwijst naar:    r → niet hier, of onzeker",
        "verwijst naar:    a → niet hier, of onzeker",
        "niet bekend:      auteur, soort",
        "tegenspraak:      twee data: a en b",
        f"tegenspraak:      twee nummers {ESCAPED}",
        "",
        "Brief",
        "  Antwoord 1  1 al.  brief-p1-aaaaaa",
        "",
        "bijlage 1: Kaart",
        "  (zonder kop)  2 al.  brief-p1-aaaaaa",
    ]


def test_a_document_that_knows_little_has_few_lines(capsys: pytest.CaptureFixture[str]) -> None:
    terminal.show_document(terminal.console(), views.document_view(held()))
    assert capsys.readouterr().out.startswith("Antwoorden\ndocument:         d\nbestand:          f.pdf\naangehaald als:   Antwoorden\n\ntekst\n")


@pytest.mark.parametrize("id", ["verslag-rbz-gymnich-2021-09", "brief-p1-812aa2", "verslag-rbz-gymnich-2021-09#brief-p1-812aa2"])
def test_show_writes_a_record_as_the_engine_gives_it(id: str, engine: Engine, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    asked: list[tuple[object, str]] = []

    def export(self: Engine, shown: object, form: str) -> str:
        asked.append((shown, form))
        return "TY  - RPRT\r\n"

    monkeypatch.setattr(Engine, "open", lambda settings: engine)
    monkeypatch.setattr(Engine, "export", export, raising=False)
    assert cli.cli.main(["show", id, "--format", "ris"], standalone_mode=False) == 0
    assert capsys.readouterr().out.splitlines() == ["TY  - RPRT"]
    assert asked == [(engine.paragraph("brief-p1-812aa2") if "brief-p1" in id else engine.document(id), "ris")]


def test_rows_of_a_passage_stand_below_each_other_and_a_shortened_one_is_one_line(capsys: pytest.CaptureFixture[str]) -> None:
    passage = {"rank": 1, "label": "L", "paragraphs": ["p"], "text": "Mali\t10\n\nNiger\t20"}
    terminal.show_passages(terminal.console(), [passage])
    assert capsys.readouterr().out == "\n1. L  [p]\n   Mali   10\n   Niger   20\n"
    terminal.show_passages(terminal.console(), [passage], shorten=7)
    assert capsys.readouterr().out == "\n1. L  [p]\n   Mali …\n"


@pytest.mark.parametrize(("pages", "shown"), [("", True), ("publication", False), ("letter", False)])
def test_a_page_is_said_to_be_the_file_s_only_where_it_is(pages: Pages, shown: bool, capsys: pytest.CaptureFixture[str]) -> None:
    document = held()
    document = dataclasses.replace(document, meta=dataclasses.replace(document.meta, pages=pages))
    (place, *_) = places(document)
    terminal.show_paragraph(terminal.console(), Found(document, place, None, None, False), "LABEL")
    assert capsys.readouterr().out.startswith("LABEL  blz. 2 van het bestand\n" if shown else "LABEL\n")


def test_a_question_that_stands_just_above_its_answer_is_shown_once(capsys: pytest.CaptureFixture[str]) -> None:
    document = letter("vragen", "Klopt dit?\n\nJa, dat klopt.")
    asked = with_roles(document, {0: ("question", ()), 1: ("answer", (0,))})
    question, answer = places(asked)
    terminal.show_paragraph(terminal.console(), Found(asked, answer, question, None, False), "LABEL")
    assert capsys.readouterr().out.count("Klopt dit?") == 1
    terminal.show_paragraph(terminal.console(), Found(asked, answer, None, None, False), "LABEL")
    assert capsys.readouterr().out.count("Klopt dit?") == 1
