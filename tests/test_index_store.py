"""The store: documents, passages, paragraphs and words, written once and then read only."""

import dataclasses
import hashlib
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from rbzqa import chunk
from rbzqa.index.store import Store, StoredDocument, build, encode_document
from rbzqa.types import Document

from .fakes import WordEncoder, letter

SAME = "Nederland steunt dit voorstel van de Commissie."
KABUL = letter("kabul", f"Verslag\n\nDe Raad sprak over Afghanistan.\n\n{SAME}")
CHINA = letter("china", f"{SAME}\n\nDe Raad sprak over China.\n\nBesluiten\n\nHet kabinet blijft dit volgen.")
TWINS = {(name, "p1"): (("kabul", "p1"), ("china", "p1"), ("nato", "p9")) for name in ("kabul", "china")}
WORDS = {"raad": 2, "afghanistan": 1, "de": 2, "china": 1}


def stored(document: Document) -> StoredDocument:
    passages = tuple(chunk.passages(document, WordEncoder().count_tokens))
    return StoredDocument(document, hashlib.sha256(encode_document(document)).hexdigest(), passages)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "met spatie #1?x=%41.sqlite"
    path.write_bytes(build([stored(KABUL), stored(CHINA)], WORDS, TWINS))
    return path


@pytest.fixture
def store(path: Path) -> Iterator[Store]:
    opened = Store(path)
    yield opened
    opened.close()


def paragraph_ids(document: Document) -> list[str]:
    return [p.id for part in document.parts for section in part.sections for p in section.paragraphs]


def test_a_document_comes_back_as_it_went_in(store: Store) -> None:
    assert store.document("kabul") == KABUL
    assert store.document("china") == CHINA
    assert store.document("geen") is None
    assert store.document("' OR 1=1 --") is None


def test_ids_keep_the_order_of_the_index(store: Store) -> None:
    assert store.document_ids() == ["kabul", "china"]


def test_keys_give_the_rows_of_each_document(store: Store) -> None:
    one, two = stored(KABUL), stored(CHINA)
    assert store.keys() == {one.key: (0, len(one.passages)), two.key: (len(one.passages), len(two.passages))}
    assert len(two.passages) >= 1


def test_passages_come_in_the_order_asked(store: Store) -> None:
    every = [*stored(KABUL).passages, *stored(CHINA).passages]
    rows = list(reversed(range(len(every))))
    assert len(rows) >= 2
    assert store.passages(rows) == [every[row] for row in rows]
    assert store.passages([1, 1, 0]) == [every[1], every[1], every[0]]
    assert store.passages([]) == []


def test_a_paragraph_finds_every_document_that_holds_it(store: Store) -> None:
    for document in (KABUL, CHINA):
        for paragraph in paragraph_ids(document):
            assert document.id in store.documents_with(paragraph)
    assert store.documents_with("brief-p9-000000") == []


def test_the_same_paragraph_in_two_documents_is_found_in_both(tmp_path: Path) -> None:
    twin = letter("twin", f"{SAME}\n\nIets anders.")
    (tmp_path / "s").write_bytes(build([stored(CHINA), stored(twin)], {}, {}))
    store = Store(tmp_path / "s")
    (shared,) = set(paragraph_ids(twin)) & set(paragraph_ids(CHINA))
    assert store.documents_with(shared) == ["china", "twin"]
    store.close()


def test_a_text_under_another_number_is_found_by_its_hash(store: Store) -> None:
    digest = paragraph_ids(CHINA)[0].rsplit("-", 1)[1]
    like = store.paragraphs_like("brief-p", f"-{digest}")
    assert {document for _, document in like} == {"kabul", "china"}
    assert len({paragraph for paragraph, _ in like}) == 2
    assert store.paragraphs_like("bijlage1-p", f"-{digest}") == []
    assert store.paragraphs_like("brief-p", "-" + "%" * 6) == []
    assert store.paragraphs_like("brief_p", f"-{digest}") == []


def test_words_are_known_or_not(store: Store) -> None:
    assert store.words() == sorted(WORDS)
    assert store.known_words(["raad", "onbekend", "china"]) == {"raad", "china"}
    assert store.known_words([]) == set()


def test_a_store_only_reads(path: Path, store: Store) -> None:
    before = path.read_bytes()
    with pytest.raises(sqlite3.OperationalError, match="readonly"):
        store._connection.execute("DELETE FROM documents")
    assert path.read_bytes() == before
    assert [p.name for p in path.parent.iterdir()] == [path.name]


def test_a_missing_store_is_not_made(tmp_path: Path) -> None:
    with pytest.raises(sqlite3.OperationalError):
        Store(tmp_path / "geen.sqlite")
    assert list(tmp_path.iterdir()) == []


def test_the_same_content_gives_the_same_bytes() -> None:  # FAULTS B18
    one = build([stored(KABUL), stored(CHINA)], WORDS, TWINS)
    assert one == build([stored(KABUL), stored(CHINA)], dict(reversed(WORDS.items())), TWINS)
    assert one != build([stored(KABUL)], WORDS, TWINS)
    assert encode_document(KABUL) == encode_document(letter("kabul", f"Verslag\n\nDe Raad sprak over Afghanistan.\n\n{SAME}"))


def test_a_paragraph_knows_where_else_it_stands(path: Path) -> None:
    store = Store(path)
    assert store.twins("kabul", "p1") == [("china", "p1"), ("nato", "p9")]
    assert store.twins("china", "p1") == [("kabul", "p1"), ("nato", "p9")]
    assert store.twins("china", "p2") == []


def test_the_rows_in_which_somebody_asks_are_known(tmp_path: Path) -> None:
    kabul, china = stored(KABUL), stored(CHINA)
    asked = StoredDocument(china.document, china.key, tuple(dataclasses.replace(p, role="question") for p in china.passages))
    (tmp_path / "s").write_bytes(build([kabul, asked], {}, {}))
    first = len(kabul.passages)
    assert Store(tmp_path / "s").questions() == list(range(first, first + len(china.passages)))


def test_a_name_is_an_id_or_the_identifier_of_one_document(tmp_path: Path) -> None:
    def named(id: str, identifier: str) -> StoredDocument:
        document = letter(id, "De Raad sprak over Mali.")
        return stored(dataclasses.replace(document, meta=dataclasses.replace(document.meta, identifier=identifier)))

    made = [named("a", "kst-1-2"), named("kst-1-2", "kst-1-3"), named("c", "kst-1-4"), named("d", "kst-1-4")]
    (tmp_path / "s").write_bytes(build(made, {}, {}))
    store = Store(tmp_path / "s")
    assert [store.id_of(name) for name in ("a", "kst-1-2", "KST-1-3", "kst-1-4", "A", "niets")] == ["a", "kst-1-2", "kst-1-2", None, None, None]
