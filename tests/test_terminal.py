"""faces/terminal.py: what people see, and what a text may not do to their screen."""

import io
import sys

import pytest

from rbzqa.engine import Engine
from rbzqa.faces import terminal


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
        "citations": [{"quote": "[red]een\u202equote " + "lang " * 40, "label": "L · § X, al. 1", "paragraph": {"id": "verslag-p1-aaaaaa"}}],
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
    with terminal.progress("brieven verwerkt") as report:
        for done in range(1, 201):
            report(done, 200)
    captured = capsys.readouterr()
    assert captured.out == ""
    assert captured.err.splitlines() == [f"brieven verwerkt: {n} van 200" for n in range(20, 201, 20)]


def test_progress_on_a_terminal_is_a_bar_on_stderr(monkeypatch: pytest.MonkeyPatch) -> None:
    screen = Screen()
    monkeypatch.setattr(sys, "stderr", screen)
    monkeypatch.setenv("TERM", "xterm-256color")
    with terminal.progress("brieven verwerkt") as report:
        report(1, 3)
        report(3, 3)
    assert "brieven verwerkt" in screen.getvalue() and "3/3" in screen.getvalue()


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
