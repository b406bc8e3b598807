"""A file is parsed in a child process: what a parser may do to it, and never to us."""

import os
import socket
import threading
import zlib
from pathlib import Path

import pytest

from rbzqa import isolation
from rbzqa.errors import SourceError
from rbzqa.isolation import Limits, read_isolated
from rbzqa.readers import __main__ as child
from rbzqa.readers import read

from .conftest import LETTER
from .pdfs import assemble, stream

SMALL = Limits(memory=400 << 20, seconds=1, files=64, output=1 << 20)


def misbehave(monkeypatch: pytest.MonkeyPatch, body: str) -> None:
    """Let the child's reader run ``body`` in place of reading."""
    indented = "\n    ".join(body.splitlines())
    code = f"import sys\nimport rbzqa.readers.__main__ as child\nfrom rbzqa.types import Block\ndef read(data):\n    {indented}\nchild.read = read\n"
    monkeypatch.setattr(isolation, "CHILD", ("-c", code + "child.main(*map(int, sys.argv[1:]))"))


def refusal(limits: Limits = SMALL) -> str:
    with pytest.raises(SourceError) as caught:
        read_isolated(b"tekst", limits)
    assert caught.value.hint and "\n" not in caught.value.message
    return caught.value.message


def test_the_child_reads_what_the_reader_reads() -> None:
    data = LETTER.read_bytes()
    assert read_isolated(data) == read(data)


def test_what_the_reader_refuses_is_refused_in_its_own_words() -> None:
    with pytest.raises(SourceError) as inside:
        read(b"")
    with pytest.raises(SourceError) as outside:
        read_isolated(b"")
    assert (outside.value.message, outside.value.hint) == (inside.value.message, inside.value.hint)


def test_a_loop_is_stopped_by_its_processor_time(monkeypatch: pytest.MonkeyPatch) -> None:
    # FAULTS A14
    misbehave(monkeypatch, "while True: pass")
    assert refusal() == "het lezen duurde langer dan 1 seconden"


def test_a_child_that_only_waits_is_stopped_by_the_clock(monkeypatch: pytest.MonkeyPatch) -> None:
    # FAULTS A14
    misbehave(monkeypatch, "import time; time.sleep(600)")
    assert refusal() == "het lezen duurde langer dan 1 seconden"


def test_a_bomb_meets_the_limit_on_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    # FAULTS A15
    misbehave(monkeypatch, "return [bytes(1 << 24) for _ in range(1000)]")
    assert refusal() == "het lezen vroeg meer dan 400 MB geheugen"


def test_a_reader_that_writes_without_end_meets_the_limit_on_output(monkeypatch: pytest.MonkeyPatch) -> None:
    misbehave(monkeypatch, "return (Block('paragraph', 'a' * (1 << 21)),), 'x-1'")
    assert refusal() == "er komt meer dan 1 MB uit"


@pytest.mark.parametrize(("body", "said"), [("import os; os.abort()", "signaal 6"), ("import os, signal; os.kill(os.getpid(), signal.SIGSEGV)", "signaal 11")])
def test_a_crash_costs_this_file_only(monkeypatch: pytest.MonkeyPatch, body: str, said: str) -> None:
    misbehave(monkeypatch, body)
    assert refusal() == f"de lezer liep erop vast ({said})"
    monkeypatch.undo()
    assert read_isolated(LETTER.read_bytes()) == read(LETTER.read_bytes())


def test_a_bug_in_a_reader_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    misbehave(monkeypatch, "raise KeyError('w:p')")
    assert refusal() == "de lezer liep erop vast (KeyError: 'w:p')"


def test_too_many_open_files_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    misbehave(monkeypatch, "return [open('/dev/null') for _ in range(100)]")
    assert "Too many open files" in refusal()


@pytest.mark.parametrize(
    "body",
    [
        "import socket; socket.create_connection(('127.0.0.1', 9))",
        "import socket; socket.getaddrinfo('example.org', 80)",
        "import subprocess; subprocess.run(['true'])",
        "import os; os.system('true')",
        "import os; os.fork()",
        "open('gemaakt.txt', 'w')",
        "import os; os.open('gemaakt.txt', os.O_CREAT | os.O_RDWR)",
        "import os; os.remove('er-is-niets')",
    ],
)
def test_a_reader_has_no_network_no_programs_and_writes_nothing(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, body: str) -> None:
    monkeypatch.chdir(tmp_path)
    misbehave(monkeypatch, body)
    assert "not allowed in a reader" in refusal()
    assert not list(tmp_path.iterdir())


def test_what_a_child_prints_is_not_trusted(monkeypatch: pytest.MonkeyPatch) -> None:
    for nonsense in ("geen json", '{"blocks": [{"kind": "paragraph"}]}', '{"blocks": [{"kind": "script", "text": "x"}], "parser": "x"}', '["x"]'):
        monkeypatch.setattr(isolation, "CHILD", ("-c", f"print({nonsense!r})"))
        assert refusal() == "de lezer gaf onzin terug"


def test_a_module_in_the_working_folder_is_not_run(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "unicodedata.py").write_text("raise SystemExit(9)")
    (tmp_path / "rbzqa.py").write_text("raise SystemExit(9)")
    monkeypatch.chdir(tmp_path)
    assert read_isolated("Eén alinea.".encode())[0][0].text == "Eén alinea."


def test_the_parent_keeps_no_file_and_no_thread() -> None:
    before = len(list(Path("/proc/self/fd").iterdir())), threading.active_count()
    for _ in range(3):
        read_isolated(b"Een alinea.")
    assert (len(list(Path("/proc/self/fd").iterdir())), threading.active_count()) == before


def test_a_socket_of_ours_is_not_inherited() -> None:
    with socket.socket() as ours:
        assert not os.get_inheritable(ours.fileno())
        assert read_isolated(b"Een alinea.")[1] == "text-1"


CATALOGUE = b"<< /Type /Catalog /Pages 2 0 R >>"
TREE = b"<< /Type /Pages /Count 1 /Kids [3 0 R] >>"


def page(resources: bytes) -> bytes:
    return b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << " + resources + b" >> >>"


def test_a_form_that_draws_itself_twice_is_stopped() -> None:
    # FAULTS A14 (by the deadline, or by its memory: whichever comes first)
    form = "/Type /XObject /Subtype /Form /BBox [0 0 595 842] /Resources << /XObject << /X 5 0 R >> >>"
    data = assemble([CATALOGUE, TREE, page(b"/XObject << /X 5 0 R >>"), stream(b"/X Do"), stream(b"/X Do /X Do", form)])
    with pytest.raises(SourceError, match=r"langer dan 2 seconden|liep erop vast"):
        read_isolated(data, Limits(seconds=2))


def test_a_megabyte_that_unpacks_to_ten_gigabytes_meets_the_limit_on_memory() -> None:
    # FAULTS A15
    packer = zlib.compressobj(9)
    gigabyte = b"".join(packer.compress(bytes(1 << 24)) for _ in range(64)) + packer.flush()
    assert len(gigabyte) < 1_100_000
    objects = [CATALOGUE, TREE, page(b"").replace(b"4 0 R", b"[" + b"4 0 R " * 10 + b"]"), stream(gigabyte, "/Filter /FlateDecode")]
    with pytest.raises(SourceError) as caught:
        read_isolated(assemble(objects), Limits(memory=600 << 20, seconds=20))
    assert caught.value.hint


def test_a_letter_after_a_bomb_is_read_in_the_same_process_of_ours() -> None:
    test_a_form_that_draws_itself_twice_is_stopped()
    assert read_isolated("Eén alinea.".encode())[1] == "text-1"


def test_the_child_says_what_the_reader_says_and_only_what_is_not_the_default() -> None:
    assert child._outcome(b"") == {"message": "er staat geen tekst in", "hint": "haal het bestand weg of vul het"}
    outcome = child._outcome(b"Verslag\n\nDe Raad sprak.")
    assert outcome["parser"] == "text-1"
    assert outcome["blocks"] == [{"kind": "heading", "text": "Verslag", "level": 1}, {"kind": "paragraph", "text": "De Raad sprak."}]


@pytest.mark.parametrize(
    ("event", "arguments", "allowed"),
    [
        ("open", ("x", "r", os.O_RDONLY), True),
        ("open", ("x", None, os.O_RDWR), False),
        ("open", ("x", "w", os.O_WRONLY | os.O_CREAT), False),
        ("import", ("json",), True),
        ("socket.connect", (), False),
        ("os.posix_spawn", (), False),
    ],
)
def test_the_guard_of_the_child(event: str, arguments: tuple[object, ...], allowed: bool) -> None:
    if allowed:
        child._guard(event, arguments)
    else:
        with pytest.raises(PermissionError):
            child._guard(event, arguments)
