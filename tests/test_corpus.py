"""A folder of files: what is read, what is refused with a line, and that nothing hangs or is lost."""

import datetime
import hashlib
import io
import os
import re
import socket
import threading
import tracemalloc
from collections.abc import Callable
from pathlib import Path

import pytest

from rbzqa import isolation
from rbzqa.corpus import Corpus, Refused, read_corpus, remarks
from rbzqa.errors import ConfigError, RbzqaError, SourceError
from rbzqa.files import shown
from rbzqa.readers import MAX_BYTES
from rbzqa.types import Publication

from .conftest import LETTER

GOOD = "Geachte voorzitter,\n\nEen alinea."


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A corpus that holds one good letter, whatever else a test puts beside it."""
    made = tmp_path / "corpus"
    made.mkdir()
    (made / "goed.txt").write_text(GOOD)
    return made


def put(folder: Path, name: str, content: str | bytes) -> Path:
    path = folder / name
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def read_within(folder: Path, seconds: float = 10) -> Corpus:
    """Read on another thread, so that a reader that waits for ever fails its test."""
    found: list[Corpus] = []
    thread = threading.Thread(target=lambda: found.append(read_corpus(folder)), daemon=True)
    thread.start()
    thread.join(seconds)
    assert not thread.is_alive(), "read_corpus hangs"
    return found[0]


def ids(corpus: Corpus) -> list[str]:
    return [document.id for document in corpus.documents]


def only_refusal(folder: Path) -> Refused:
    corpus = read_within(folder)
    assert "goed" in ids(corpus)
    (refused,) = corpus.refused
    assert refused.message and refused.hint and "\n" not in refused.message
    return refused


def test_corpus_of_the_repository_is_the_one_letter() -> None:
    corpus = read_corpus(LETTER.parent)
    assert ids(corpus) == ["verslag-rbz-gymnich-2021-09"]
    assert corpus.documents[0].sha256 == hashlib.sha256(LETTER.read_bytes()).hexdigest()
    assert (corpus.refused, corpus.duplicates) == ((), ())


def test_files_are_read_in_order_and_hidden_ones_and_sidecars_are_not(folder: Path) -> None:
    for name in ("b.txt", "a.md", "sub/c.txt", ".verborgen.txt", ".git/d.txt", "los.toml"):
        put(folder, name, f"Alinea van {name}." if not name.endswith("toml") else "")
    corpus = read_corpus(folder)
    assert [document.meta.file for document in corpus.documents] == ["a.md", "b.txt", "goed.txt", "sub/c.txt"]
    assert ids(corpus) == ["a", "b", "goed", "c"]
    assert corpus == read_corpus(folder)


def test_refused_files_do_not_stop_the_others(folder: Path) -> None:
    # FAULTS A1 A2 A3 A4 A21
    for name, data in {"a.txt": b"", "b.txt": b" \f", "c.txt": b"caf\xe9 \x81", "d.txt": b"nul\x00", "e.txt": b"%PDF-1.7", "f.docx": b"PK\x03\x04"}.items():
        put(folder, name, data)
    corpus = read_corpus(folder)
    assert ids(corpus) == ["goed"]
    assert [refused.file for refused in corpus.refused] == ["a.txt", "b.txt", "c.txt", "d.txt", "e.txt", "f.docx"]
    assert all(refused.message and refused.hint and "\n" not in refused.message + refused.hint for refused in corpus.refused)


def test_file_that_lies_about_its_format_is_refused_by_its_content(folder: Path) -> None:
    # FAULTS A21
    put(folder, "brief.txt", b"%PDF-1.7\n")
    assert "de PDF is beschadigd" in only_refusal(folder).message
    put(folder, "brief.txt", "").unlink()
    put(folder, "brief.pdf", "Toch gewone tekst.")
    assert ids(read_corpus(folder)) == ["brief", "goed"]


def test_huge_file_is_refused_and_not_read_whole(folder: Path) -> None:
    # FAULTS A8
    with put(folder, "groot.txt", "a").open("r+b") as file:
        file.truncate(50 * MAX_BYTES)
    tracemalloc.start()
    try:
        assert "groter dan 20 MB" in only_refusal(folder).message
        assert tracemalloc.get_traced_memory()[1] < 3 * MAX_BYTES
    finally:
        tracemalloc.stop()


# Names


@pytest.mark.parametrize(
    "name",
    [
        b"$(rm -rf x).txt",
        b"regel\neinde.txt",
        b"a..b.txt",
        b"-rf.txt",
        b"niet-utf8-\xff\xfe.txt",
        b"a" * 251 + b".txt",
        b"\xe2\x80\xae.txt",
        b"<img onerror=x>.txt",
        b"Brief Kamer.TXT",
        b"zonder-punt",
        b"\x1b[31m.txt",
    ],
)
def test_strange_name_is_quoted_and_gets_an_id_with_a_hash(folder: Path, name: bytes) -> None:
    # FAULTS A22
    text = f"Alinea van {name!r}.".encode()
    path = os.fsdecode(name)
    put(folder, path, text)
    (document,) = (document for document in read_corpus(folder).documents if document.id != "goed")
    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", document.id)
    assert len(document.id) <= 87
    assert document.id == "zonder-punt" or document.id.endswith(f"-{hashlib.sha256(text).hexdigest()[:6]}")
    assert document.meta.file.isprintable()


def test_name_that_does_not_print_is_escaped_in_the_message(folder: Path) -> None:
    # FAULTS A22
    put(folder, os.fsdecode(b"kwaad\n\x1b[31m\xff.txt"), b"")
    assert only_refusal(folder).file == r"kwaad\n\x1b[31m\xff.txt"


def test_shown_leaves_a_plain_name_alone() -> None:
    # FAULTS A22
    assert shown("Brief één 😀.txt") == "Brief één 😀.txt"
    assert shown(Path("a\u202eb.txt")) == r"a\u202eb.txt"


def test_id_of_a_plain_name_is_the_name() -> None:
    assert ids(read_corpus(LETTER.parent)) == [LETTER.stem]


def test_same_name_in_two_folders_and_in_capitals_gives_other_ids(folder: Path) -> None:
    # FAULTS A26
    for name in ("brief.txt", "sub/brief.txt", "BRIEF.md", "sub/Brief.txt"):
        put(folder, name, f"Alinea van {name}.")
    found = ids(read_corpus(folder))
    assert len(set(found)) == 5
    assert "brief" in found
    assert all(re.fullmatch(r"goed|brief(-[0-9a-f]{6})?", name) for name in found)


def test_name_made_to_take_the_id_of_another_does_not_hide_it(folder: Path) -> None:
    # FAULTS A26
    text = "Alinea van de tweede."
    taken = f"a-brief-{hashlib.sha256(text.encode()).hexdigest()[:6]}"
    put(folder, f"{taken}.txt", "Alinea van de eerste.")
    put(folder, "b/a brief.txt", text)
    found = ids(read_corpus(folder))
    assert len(found) == 3
    assert taken in found and f"a-brief-{hashlib.sha256(text.encode()).hexdigest()[:7]}" in found


# What is no file


def test_symlink_out_of_the_corpus_is_skipped_with_a_line(folder: Path, tmp_path: Path) -> None:
    # FAULTS A23
    (folder / "weg.txt").symlink_to(put(tmp_path, "geheim.txt", "Een geheime alinea."))
    assert only_refusal(folder) == Refused("weg.txt", "is een verwijzing naar buiten de map", "zet het bestand zelf in de map")


def test_symlink_to_a_folder_outside_is_skipped_with_a_line(folder: Path, tmp_path: Path) -> None:
    # FAULTS A23
    put(tmp_path, "elders/geheim.txt", "Een geheime alinea.")
    (folder / "weg").symlink_to(tmp_path / "elders")
    assert only_refusal(folder).file == "weg"


def test_symlink_within_the_corpus_is_the_same_letter_twice(folder: Path) -> None:
    # FAULTS A23
    (folder / "zelfde.txt").symlink_to("goed.txt")
    corpus = read_within(folder)
    assert (ids(corpus), corpus.refused, corpus.duplicates) == (["goed"], (), (("zelfde.txt", "goed.txt"),))


@pytest.mark.parametrize("target", ["kring.txt", "bestaat-niet.txt"])
def test_symlink_to_itself_or_to_nothing_is_skipped_with_a_line(folder: Path, target: str) -> None:
    # FAULTS A23
    (folder / "kring.txt").symlink_to(target)
    assert only_refusal(folder).message.startswith("is niet te lezen (")


def test_symlink_loop_of_folders_ends(folder: Path) -> None:
    # FAULTS A23
    (folder / "sub").mkdir()
    (folder / "sub" / "op").symlink_to(folder)
    assert only_refusal(folder) == Refused("sub/op", "is geen gewoon bestand", "haal het uit de map")


def test_pipe_is_skipped_with_a_line_and_never_waited_for(folder: Path) -> None:
    # FAULTS A23
    os.mkfifo(folder / "pijp.txt")
    assert only_refusal(folder) == Refused("pijp.txt", "is geen gewoon bestand", "haal het uit de map")


def test_device_is_skipped_with_a_line(folder: Path) -> None:
    # FAULTS A23: making a device takes root; a symlink to one is how a user gets it
    (folder / "nul.txt").symlink_to("/dev/zero")
    assert only_refusal(folder).message == "is een verwijzing naar buiten de map"


def test_socket_is_skipped_with_a_line(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    # FAULTS A23
    monkeypatch.chdir(folder)  # the path of a socket may be 107 bytes at most
    with socket.socket(socket.AF_UNIX) as server:
        server.bind("stekker.txt")
        assert only_refusal(folder).message.startswith("is niet te lezen (")


def test_folder_with_the_name_of_a_file_is_a_folder(folder: Path) -> None:
    # FAULTS A23
    put(folder, "x.pdf/brief.txt", "Een alinea in een map.")
    corpus = read_within(folder)
    assert (ids(corpus), corpus.refused) == (["goed", "brief"], ())


def test_no_file_stays_open(folder: Path) -> None:
    (folder / "sub").mkdir()
    (folder / "sub" / "op").symlink_to(folder)
    os.mkfifo(folder / "pijp.txt")
    before = len(os.listdir("/proc/self/fd")) if Path("/proc/self/fd").exists() else 0  # noqa: PTH208
    for _ in range(20):
        read_corpus(folder)
    assert (len(os.listdir("/proc/self/fd")) if before else 0) == before  # noqa: PTH208


# What cannot be read


def on_open(monkeypatch: pytest.MonkeyPatch, name: str, act: Callable[[Path], None]) -> None:
    """Let something happen to a file at the moment that it is opened."""
    really = os.open

    def watched(path: str | Path, flags: int, mode: int = 0o777) -> int:
        if Path(path).name == name:
            act(Path(path))
        return really(path, flags, mode)

    monkeypatch.setattr(os, "open", watched)


def deny(path: Path) -> None:
    raise PermissionError(13, "Permission denied", str(path))


def test_unreadable_file_is_named(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    # FAULTS A24: chmod 000 does not stop root, so the refusal of the system is played
    put(folder, "dicht.txt", GOOD + " Meer.")
    on_open(monkeypatch, "dicht.txt", deny)
    assert only_refusal(folder) == Refused("dicht.txt", "is niet te lezen (Permission denied)", "controleer de rechten")


def test_only_an_unreadable_file_is_exit_code_three(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    # FAULTS A24
    on_open(monkeypatch, "goed.txt", deny)
    with pytest.raises(SourceError, match=r"goed\.txt: is niet te lezen \(Permission denied\)") as caught:
        read_corpus(folder)
    assert caught.value.exit_code == 3


def test_unreadable_folder_is_named(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    # FAULTS A24
    put(folder, "dicht/brief.txt", "Een alinea.")
    listing = os.scandir

    def watched(path: str) -> object:
        if Path(path).name == "dicht":
            deny(Path(path))
        return listing(path)

    monkeypatch.setattr(os, "scandir", watched)
    on_open(monkeypatch, "dicht", deny)
    assert only_refusal(folder) == Refused("dicht", "is niet te lezen (Permission denied)", "controleer de rechten")


def test_unreadable_sidecar_refuses_its_letter_and_is_named(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    # FAULTS A24
    put(folder, "brief.txt", "Een alinea.")
    put(folder, "brief.toml", 'titel = "T"')
    on_open(monkeypatch, "brief.toml", deny)
    assert only_refusal(folder).message == "sidecar brief.toml is niet te lezen (Permission denied)"


def test_file_that_vanishes_is_refused(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    # FAULTS A25
    put(folder, "weg.txt", GOOD + " Meer.")
    on_open(monkeypatch, "weg.txt", lambda path: path.unlink())
    assert only_refusal(folder).message == "is niet te lezen (No such file or directory)"


@pytest.mark.parametrize("change", ["grows", "shrinks", "is rewritten"])
def test_file_that_changes_during_the_read_is_refused(folder: Path, monkeypatch: pytest.MonkeyPatch, change: str) -> None:
    # FAULTS A25
    path = put(folder, "groeit.txt", GOOD + " Meer.")
    really = os.fdopen

    def watched(descriptor: int, mode: str, closefd: bool) -> io.BufferedReader:
        if os.fstat(descriptor).st_ino == path.stat().st_ino:
            size = path.stat().st_size
            path.write_text("x" * {"grows": size + 1, "shrinks": size - 1, "is rewritten": size}[change])
            os.utime(path, ns=(1, 1))
        made = really(descriptor, mode, closefd=closefd)
        assert isinstance(made, io.BufferedReader)
        return made

    monkeypatch.setattr(os, "fdopen", watched)
    assert only_refusal(folder).message == "veranderde tijdens het lezen"


def test_hash_is_that_of_the_bytes_that_were_read(folder: Path) -> None:
    # FAULTS A25
    data = ("\ufeff" + GOOD.replace("\n", "\r\n") + " Anders.").encode()
    put(folder, "anders.txt", data)
    document = read_corpus(folder).documents[0]
    assert (document.id, document.sha256) == ("anders", hashlib.sha256(data).hexdigest())


# Duplicates


def test_same_content_twice_is_one_document_and_the_duplicate_is_named(folder: Path) -> None:
    # FAULTS A26
    put(folder, "kopie.txt", GOOD)
    put(folder, "sub/nog-een.txt", GOOD)
    corpus = read_corpus(folder)
    assert ids(corpus) == ["goed"]
    assert corpus.duplicates == (("kopie.txt", "goed.txt"), ("sub/nog-een.txt", "goed.txt"))
    assert corpus.refused == ()


def test_refused_letter_does_not_hide_a_good_one_with_its_content(folder: Path) -> None:
    # FAULTS A26
    put(folder, "a.txt", "Dezelfde alinea.")
    put(folder, "a.toml", "titel =")
    put(folder, "b.txt", "Dezelfde alinea.")
    corpus = read_corpus(folder)
    assert ids(corpus) == ["b", "goed"]
    assert ([refused.file for refused in corpus.refused], corpus.duplicates) == (["a.txt"], ())


# Sidecars

NUMBER = '[[kamerstukken]]\nkamer = "II"\nvergaderjaar = "2020/21"\ndossier = "21501-02"\nnummer = "2400"\n'


def test_sidecar_wins_over_the_letter(tmp_path: Path) -> None:
    put(tmp_path, LETTER.name, LETTER.read_bytes())
    put(tmp_path, f"{LETTER.stem}.toml", f'titel = "Verslag Gymnich van 5 mei 2022"\ndatum = "2021-09-06"\nkenmerk = "BZ-1"\n{NUMBER}')
    (document,) = read_corpus(tmp_path).documents
    meta = document.meta
    assert (meta.title, meta.meeting_dates) == ("Verslag Gymnich van 5 mei 2022", ("2022-05-05",))
    assert (meta.date, meta.kenmerk, meta.publications) == ("2021-09-06", "BZ-1", (Publication("II", "2020/21", "21501-02", "2400"),))
    assert meta.missing == ()
    assert document.parts == read_corpus(LETTER.parent).documents[0].parts


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ('titel = "T"\nonderwerp =', 2),
        ('titel = "T"\n\ndatum = 2021', 3),
        ('auteur = "Kaag"', 1),
        (f'titel = "T"\ndatum = "{datetime.date.today() + datetime.timedelta(days=2)}"', 2),
        (NUMBER.replace("2400", "2400'; --"), 5),
    ],
)
def test_wrong_sidecar_is_refused_with_file_and_line(folder: Path, text: str, line: int) -> None:
    # FAULTS A27
    put(folder, "brief.txt", "Een alinea.")
    put(folder, "brief.toml", text)
    refused = only_refusal(folder)
    assert refused.file == "brief.txt"
    assert refused.message.startswith(f"brief.toml:{line}: ")


def test_only_a_wrong_sidecar_is_exit_code_three_with_file_and_line(folder: Path) -> None:
    # FAULTS A27
    put(folder, "goed.toml", 'titel = "T"\nnummer = 5')
    with pytest.raises(SourceError, match=r"goed\.toml:2: ") as caught:
        read_corpus(folder)
    assert caught.value.exit_code == 3


def test_sidecar_out_of_the_corpus_is_not_followed(folder: Path, tmp_path: Path) -> None:
    # FAULTS A23
    put(folder, "brief.txt", "Een alinea.")
    (folder / "brief.toml").symlink_to(put(tmp_path, "elders.toml", 'titel = "Geheim"'))
    assert only_refusal(folder).message == "sidecar brief.toml is een verwijzing naar buiten de map"


# Nothing at all


def refusal(folder: Path) -> RbzqaError:
    with pytest.raises(RbzqaError) as caught:
        read_corpus(folder)
    assert caught.value.hint
    return caught.value


def test_empty_folder_is_an_error(tmp_path: Path) -> None:
    # FAULTS A31
    error = refusal(tmp_path)
    assert (type(error), error.exit_code) == (ConfigError, 2)
    assert error.message == f"in {tmp_path} staat geen leesbare brief"


def test_folder_with_only_sidecars_and_hidden_files_is_an_error(tmp_path: Path) -> None:
    # FAULTS A31
    put(tmp_path, "los.toml", 'titel = "T"')
    put(tmp_path, ".verborgen.txt", GOOD)
    assert isinstance(refusal(tmp_path), ConfigError)


@pytest.mark.parametrize("name", ["bestaat-niet", "goed.txt"])
def test_folder_that_is_none_is_an_error(folder: Path, name: str) -> None:
    # FAULTS A31
    error = refusal(folder / name)
    assert (type(error), error.message) == (ConfigError, f"de map {folder / name} bestaat niet")


def test_folder_with_only_refused_files_names_the_first(tmp_path: Path) -> None:
    # FAULTS A31
    put(tmp_path, "a.txt", b"")
    put(tmp_path, "b.pdf", b"%PDF-1.7")
    error = refusal(tmp_path)
    assert (type(error), error.exit_code) == (SourceError, 3)
    assert "a.txt: er staat geen tekst in" in error.message


# Metadata records, pieces in two forms, remarks

RECORD = """<metadata_gegevens>
<metadata name="DC.identifier" scheme="" content="kst-21501-02-2400"/>
<metadata name="OVERHEIDop.vergaderjaar" scheme="" content="2020-2021"/>
<metadata name="DCTERMS.issued" scheme="" content="2021-09-06"/>
</metadata_gegevens>"""
LETTER_TEXT = (
    "21 501-02 Raad Algemene Zaken en Raad Buitenlandse Zaken\n\nNr. 2400 BRIEF VAN DE MINISTER VAN BUITENLANDSE ZAKEN\n\n"
    "Aan de Voorzitter van de Tweede Kamer der Staten-Generaal\n\n"
    "Hierbij bied ik u het verslag aan van de Raad, en ook de verklaring die daar is aangenomen.\n\n"
    "De Raad sprak lang over de toestand in Afghanistan."
)


def test_a_record_belongs_to_the_file_that_bears_its_identifier(folder: Path) -> None:
    put(folder, "kst-21501-02-2400.txt", LETTER_TEXT)
    put(folder, "los/metadata.xml", RECORD)
    corpus = read_within(folder)
    (document,) = (d for d in corpus.documents if d.id == "kst-21501-02-2400")
    assert document.meta.publications == (Publication("II", "2020/21", "21501-02", "2400"),)
    assert (document.meta.date, corpus.refused, ids(corpus)) == ("2021-09-06", (), ["goed", "kst-21501-02-2400"])


def test_a_record_of_a_piece_that_is_not_here_is_named(folder: Path) -> None:
    put(folder, "metadata.xml", RECORD)
    assert only_refusal(folder) == Refused(
        "metadata.xml", "is metadata van kst-21501-02-2400, en dat staat niet in de map", "zet het stuk erbij, of haal de metadata weg"
    )


def test_a_record_without_identifier_is_named(folder: Path) -> None:
    put(folder, "metadata.xml", RECORD.replace("DC.identifier", "DC.source"))
    assert "een stuk zonder nummer" in only_refusal(folder).message


def op_xml(body: str, number: str = "2400") -> str:
    return (
        '<?xml version="1.0"?><officiele-publicatie><metadata><meta name="OVERHEIDop.externMetadataRecord" scheme="" '
        f'content="https://zoek.officielebekendmakingen.nl/kst-21501-02-{number}/metadata.xml"/></metadata><kamerstuk><kamerstukkop>'
        '<tekstregel inhoud="kameraanduiding">Tweede Kamer der Staten-Generaal</tekstregel><tekstregel inhoud="vergaderjaar">Vergaderjaar 2020-2021'
        "</tekstregel></kamerstukkop><dossier><dossiernummer><dossiernr>21 501-02</dossiernr></dossiernummer><titel>Raad</titel></dossier><stuk>"
        f'<stuknr>Nr. <ondernummer kamer="2">{number}</ondernummer></stuknr><titel>BRIEF VAN DE MINISTER VAN BUITENLANDSE ZAKEN</titel>'
        f"<algemeen><vrije-tekst><tekst>{body}</tekst></vrije-tekst></algemeen></stuk></kamerstuk></officiele-publicatie>"
    )


SAME = "".join(f"<al>{paragraph}</al>" for paragraph in LETTER_TEXT.split("\n\n")[3:])


def test_one_piece_in_two_forms_is_one_document_and_the_better_form_is_kept(folder: Path) -> None:
    # FAULTS A26
    put(folder, "a-kst-21501-02-2400.txt", LETTER_TEXT)
    put(folder, "kst-21501-02-2400.xml", op_xml(SAME))
    corpus = read_within(folder)
    assert ids(corpus) == ["goed", "kst-21501-02-2400"]
    assert corpus.documents[1].parser.startswith("opxml")
    assert corpus.duplicates == (("a-kst-21501-02-2400.txt", "kst-21501-02-2400.xml"),)


def test_the_longer_of_two_forms_is_kept_where_the_other_stops_in_the_middle(folder: Path) -> None:
    # FAULTS A26
    more = "\n\n".join(f"De Raad sprak ook over onderwerp {n} en over wat dat voor de lidstaten betekent." for n in range(5))
    put(folder, "a-kst-21501-02-2400.txt", f"{LETTER_TEXT}\n\n{more}")
    put(folder, "kst-21501-02-2400.xml", op_xml(SAME))
    corpus = read_within(folder)
    assert [document.parser[:4] for document in corpus.documents] == ["text", "text"]
    assert corpus.duplicates == (("kst-21501-02-2400.xml", "a-kst-21501-02-2400.txt"),)


def test_an_annex_of_a_piece_that_is_not_here_is_remarked(folder: Path) -> None:
    put(folder, "los.txt", "Overzicht van de inzet in Mali.")
    put(folder, "los.toml", 'bijlage_bij = "kst-21501-02-2400"')
    corpus = read_within(folder)
    assert list(remarks(corpus)) == [("los.txt", "is een bijlage bij kst-21501-02-2400, en dat staat niet in de map")]


def test_two_texts_under_one_number_are_both_kept_and_said_to_contradict(folder: Path) -> None:
    # FAULTS A26
    put(folder, "kst-21501-02-2400.xml", op_xml(SAME))
    put(folder, "kst-21501-02-2400-anders.xml", op_xml("<al>Een heel ander stuk over de visserij bij Urk en over de haven van Rotterdam.</al>"))
    corpus = read_within(folder)
    assert len(corpus.documents) == 3 and corpus.duplicates == ()
    assert [line for _, line in remarks(corpus)] == ["kst-21501-02-2400.xml heeft hetzelfde nummer en een andere tekst"]


def test_what_people_should_know_of_a_file_is_remarked(folder: Path) -> None:
    # FAULTS A6, A26
    put(folder, "raar.txt", "De Raad\u200b sprak over\u202e Iran en over de vrede.")
    put(folder, "kopie.txt", GOOD)
    corpus = read_within(folder)
    assert list(remarks(corpus)) == [
        ("raar.txt", "bevat onzichtbare tekens: U+200B, U+202E"),
        ("kopie.txt", "is hetzelfde stuk als goed.txt; alleen dat telt mee"),
    ]
    (document,) = (d for d in corpus.documents if d.id == "raar")
    assert document.text == "De Raad\u200b sprak over\u202e Iran en over de vrede."


def test_progress_counts_every_file(folder: Path) -> None:
    for n in range(5):
        put(folder, f"b{n}.txt", f"Alinea {n} van deze brief.")
    steps: list[tuple[int, int]] = []
    read_corpus(folder, lambda *at: steps.append(at))
    assert steps == [(n, 6) for n in range(1, 7)]


def test_a_file_that_breaks_its_reader_costs_only_itself(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    # FAULTS A14, A15
    put(folder, "bom.txt", "bom")
    code = """
import os, sys
import rbzqa.readers.__main__ as child
read = child.read
child.read = lambda data: os.abort() if data == b"bom" else read(data)
child.main(*map(int, sys.argv[1:]))
"""
    monkeypatch.setattr(isolation, "CHILD", ("-c", code))
    assert only_refusal(folder).message == "de lezer liep erop vast (signaal 6)"


def test_a_letterhead_without_a_letter_is_refused(folder: Path) -> None:
    # FAULTS A1
    put(folder, "hoofd.txt", LETTER_TEXT.split("\n\nHierbij")[0])
    assert only_refusal(folder).message == "er staat geen lopende tekst in"
