"""engine.py: one façade, and the master invariant over everything that it returns."""

import dataclasses
import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, example, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from rbzqa import engine as engines
from rbzqa.cite import places
from rbzqa.encode.onnx import embedded_models
from rbzqa.engine import Engine, evaluate_beir, has_index, index_corpus, models, verify
from rbzqa.errors import ConfigError, IndexUnusableError, ModelError, QueryError, SourceError
from rbzqa.index.store import Store
from rbzqa.settings import Settings, load_settings
from rbzqa.types import Document

from .conftest import LETTER
from .fakes import WordEncoder

QUESTION = "wat is afgesproken over Afghanistan?"
WORDS = sorted(set(re.findall(r"[^\W\d_]{3,}", LETTER.read_text(encoding="utf-8"))))
NOISE = ["wat", "wie", "hoeveel", "wanneer", "?", "2021", "2024", "Jupiter", "zzzz", "\u202e", "👍", "(", '"', "EU-", "the", "agreed", "\x00", "a" * 60]


@pytest.fixture
def fast(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    """Settings of an empty place, where the stand-in encoder is used."""
    encoder = WordEncoder()
    monkeypatch.setattr(engines, "open_encoder", lambda model, threads=1: encoder)
    (tmp_path / "corpus").mkdir()
    return load_settings(corpus=tmp_path / "corpus", index=tmp_path / "index")


def write(made: Settings, **letters: str) -> None:
    for name, body in letters.items():
        (made.corpus / f"{name}.txt").write_text(body, encoding="utf-8")


# the master invariant


def holds(view: dict[str, Any], document: Document) -> None:
    """Everything in an answer or a search is, letter for letter, where it says that it is."""
    paragraphs = {place.paragraph.id: place for place in places(document)}
    for citation in view.get("citations", []):
        place = paragraphs[citation["paragraph"]["id"]]
        assert document.text[citation["start"] : citation["end"]] == citation["quote"] != ""
        assert place.paragraph.start <= citation["start"] < citation["end"] <= place.paragraph.end
        assert citation["paragraph"]["number"] == place.paragraph.number
        assert (citation["part"]["kind"], citation["section"]) == (place.part.kind, list(place.section.path))
        assert citation["label"].endswith(f"al. {place.paragraph.number}")
    for passage in view["passages"]:
        assert document.text[passage["start"] : passage["end"]] == passage["text"] != ""
        held = [paragraphs[one].paragraph for one in passage["paragraphs"]]
        assert held[0].start <= passage["start"] < passage["end"] <= held[-1].end
        assert passage["section"] == list(paragraphs[passage["paragraphs"][0]].section.path)


@hypothesis_settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.sampled_from(WORDS) | st.sampled_from(NOISE), min_size=1, max_size=9).map(" ".join), st.integers(1, 50))
@example(QUESTION, 5)
@example("wat zegt de verklaring over vaccins, klimaat en migratie?", 50)
def test_whatever_is_asked_every_quote_and_passage_is_the_text_itself(engine: Engine, question: str, k: int) -> None:
    document = engine.document(LETTER.stem)
    try:
        view = engine.answer_json(question, k)
    except QueryError:
        assert not any(c.isalnum() for c in question)
        return
    holds(view, document)
    holds(engine.search_json(question, k), document)
    assert len(view["passages"]) <= k
    assert 0 <= view["confidence"] <= 1
    if view["status"] == "answered":
        assert view["reason"] is None and view["text"] == " ".join(c["quote"] for c in view["citations"]) and 1 <= len(view["citations"]) <= 3
    else:
        assert view["reason"] in ("buiten_corpus", "geen_passage", "te_onzeker", "periode_ontbreekt")
        assert (view["text"], view["citations"]) == (None, [])
    assert view["passages"]


def test_the_invariant_check_can_fail(engine: Engine) -> None:
    document = engine.document(LETTER.stem)
    view = engine.answer_json(QUESTION)
    view["citations"][0]["start"] += 1
    with pytest.raises(AssertionError):
        holds(view, document)


def test_every_paragraph_that_is_shown_is_the_text_itself(engine: Engine) -> None:
    document = engine.document(LETTER.stem)
    shown = engine.document_json(document)
    for paragraph in shown["paragraphs"]:
        assert document.text[paragraph["start"] : paragraph["end"]] == paragraph["text"]
        alone = engine.paragraph_json(engine.paragraph(paragraph["id"]))
        assert {key: alone[key] for key in paragraph} == paragraph


# answers


def test_the_same_question_gives_the_same_answer(engine: Engine) -> None:
    assert engine.ask(QUESTION) == engine.ask(QUESTION)
    assert engine.ask(f"  {QUESTION}\n").citations == engine.ask(QUESTION).citations


def test_the_number_of_passages_is_that_of_the_call_else_of_the_settings(engine: Engine) -> None:
    assert len(engine.ask(QUESTION).hits) == len(engine.search(QUESTION)) == 5
    assert len(engine.ask(QUESTION, 2).hits) == len(engine.search(QUESTION, 2)) == 2


def test_permalinks_begin_with_the_configured_address(settings: Settings, engine: Engine) -> None:
    public = Engine(settings.model_copy(update={"public_url": "https://voorbeeld.nl/"}), engine._encoder, engine.generation)
    view = public.answer_json(QUESTION)
    start = f"https://voorbeeld.nl/documenten/{LETTER.stem}#"
    assert all(item["url"].startswith(start) for item in view["citations"] + view["passages"])
    assert public.paragraph_json(public.paragraph("verslag-p2-ef9562"))["url"] == f"{start}verslag-p2-ef9562"


def test_a_tampered_document_gives_no_answer_at_all(settings: Settings, engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    real = Store.document

    def tampered(self: Store, id: str) -> Document | None:
        document = real(self, id)
        return document and dataclasses.replace(document, text=document.text.replace("drugshandel", "wapenhandel"))

    assert engine.ask(QUESTION).status == "answered"
    monkeypatch.setattr(Store, "document", tampered)
    opened = Engine.open(settings)  # a fresh one: an open engine keeps the documents that it has read
    with pytest.raises(IndexUnusableError, match="niet die waarnaar zij heet"):
        opened.ask(QUESTION)


# open


def test_another_model_than_the_index_was_made_with_is_refused(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engines, "open_encoder", lambda model, threads=1: WordEncoder())
    with pytest.raises(IndexUnusableError, match="gemaakt met model 'e5-small-nl'"):
        Engine.open(settings)


def test_without_an_index_the_model_is_not_even_opened(fast: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    def never(model: str, threads: int = 1) -> None:
        raise AssertionError

    monkeypatch.setattr(engines, "open_encoder", never)
    with pytest.raises(IndexUnusableError, match="staat geen index"):
        Engine.open(fast)


def test_has_index_counts_a_damaged_one_and_no_half_one(tmp_path: Path) -> None:
    assert not has_index(tmp_path)
    assert not has_index(tmp_path / ("a" * 300))
    (tmp_path / "generations").mkdir()
    assert not has_index(tmp_path)
    (tmp_path / "CURRENT").write_bytes(b"?")
    assert has_index(tmp_path)


# index_corpus


def test_indexing_tells_what_it_did(fast: Settings) -> None:
    write(fast, een="Verslag\n\nDe Raad sprak over Georgië.\n", twee="Verslag\n\nDe Raad sprak over Armenië.\n", leeg="")
    (fast.corpus / "zelfde.txt").write_bytes((fast.corpus / "een.txt").read_bytes())
    reading: list[tuple[int, int]] = []
    encoding: list[tuple[int, int]] = []
    built = index_corpus(fast, lambda *at: reading.append(at), lambda *at: encoding.append(at))
    assert (built.documents, built.passages, built.encoded) == (2, 2, 2)
    assert [(file, bool(message), bool(hint)) for file, message, hint in built.refused] == [("leeg.txt", True, True)]
    assert built.duplicates == (("zelfde.txt", "een.txt"),)
    assert reading == [(1, 4), (2, 4), (3, 4), (4, 4)]
    assert encoding == [(1, 2), (2, 2)]
    assert built.generation == Engine.open(fast).generation.id
    assert [skipped["file"] for skipped in verify(fast)["skipped"]] == ["leeg.txt"]
    assert [remark["file"] for remark in verify(fast)["remarks"]] == ["zelfde.txt"]


def test_only_what_changed_is_encoded_again(fast: Settings) -> None:
    write(fast, een="Verslag\n\nDe Raad sprak over Georgië.\n", twee="Verslag\n\nDe Raad sprak over Armenië.\n")
    first = index_corpus(fast)
    write(fast, twee="Verslag\n\nDe Raad sprak over Moldavië.\n")
    second = index_corpus(fast)
    assert (second.documents, second.encoded) == (2, 1)
    assert second.generation != first.generation
    assert Engine.open(fast).search("Moldavië")[0].passage.document_id == "twee"


def test_a_corpus_that_is_missing_empty_or_unreadable_publishes_nothing(fast: Settings) -> None:
    # FAULTS A31
    with pytest.raises(ConfigError):
        index_corpus(fast.model_copy(update={"corpus": fast.corpus / "nergens"}))
    with pytest.raises(ConfigError):
        index_corpus(fast)
    write(fast, leeg=" \n")
    with pytest.raises(SourceError):
        index_corpus(fast)
    assert not has_index(fast.index)


# documents and paragraphs


def test_an_unknown_document_is_named_with_some_that_are_there(engine: Engine) -> None:
    with pytest.raises(QueryError) as error:
        engine.document("nergens")
    assert "'nergens'" in error.value.message and LETTER.stem in error.value.hint
    assert engine.has_document(LETTER.stem) and not engine.has_document("nergens")


def test_of_many_documents_three_are_named(fast: Settings) -> None:
    write(fast, **{f"d{n}": f"Verslag {n}\n\nDe Raad sprak over punt {n}.\n" for n in range(5)})
    index_corpus(fast)
    with pytest.raises(QueryError) as error:
        Engine.open(fast).document("x")
    assert error.value.hint == "`rbzqa show` noemt ze alle (5): d0, d1, d2, ..."


def test_a_paragraph_has_its_neighbours_and_the_ends_have_one(engine: Engine) -> None:
    document = engine.document(LETTER.stem)
    ids = [place.paragraph.id for place in places(document)]
    for n, one in enumerate(ids):
        found = engine.paragraph(one)
        assert found.place.paragraph.id == one and not found.moved
        assert (found.before.paragraph.id if found.before else None) == (ids[n - 1] if n else None)
        assert (found.after.paragraph.id if found.after else None) == (ids[n + 1] if n + 1 < len(ids) else None)


def test_a_moved_paragraph_is_found_by_its_hash(engine: Engine) -> None:
    found = engine.paragraph("verslag-p77-ef9562")
    assert found.moved and found.place.paragraph.id == "verslag-p2-ef9562"
    assert engine.paragraph_json(found)["moved"] is True
    assert engine.paragraph("verslag-p77-ef9562", LETTER.stem).place == found.place


@pytest.mark.parametrize(
    "id", ["", "verslag", "verslag-p2", "verslag-p2-000000", "bijlage1-p2-ef9562", "a-b-c-d", "--", "verslag-p%-ef9562x", "verslag-p2-EF9562", "%-%-%"]
)
def test_an_id_of_nothing_is_refused(id: str, engine: Engine) -> None:
    with pytest.raises(QueryError, match="geen document of alinea"):
        engine.paragraph(id)


def same_opening(made: Settings) -> Engine:
    """Two letters that have one paragraph in common, under two numbers."""
    shared = "Uw Kamer ontvangt hierover zo spoedig mogelijk een brief."
    een = f"Verslag een\n\n{shared}\n\nDe Raad sprak over Georgië.\n"
    twee = f"Verslag twee\n\nDe Raad sprak over Armenië.\n\n{shared}\n"
    write(made, een=een, twee=twee)
    index_corpus(made)
    opened = Engine.open(made)
    ids = [_with(opened.document(name), shared) for name in ("een", "twee")]
    assert ids[0] != ids[1] and ids[0][-6:] == ids[1][-6:]
    assert opened.generation.store.documents_with(ids[0]) == ["een"]
    return opened


def _with(document: Document, words: str) -> str:
    """The id of the one paragraph of a document that has some words."""
    (found,) = [place.paragraph.id for place in places(document) if words in document.text[place.paragraph.start : place.paragraph.end]]
    return found


def test_a_paragraph_that_moved_is_looked_for_in_its_own_document(fast: Settings) -> None:
    opened = same_opening(fast)
    first = _with(opened.document("een"), "hierover")
    found = opened.paragraph(first, "twee")  # the number is that of the other letter
    assert found.moved and found.document.id == "twee"
    assert found.place.paragraph.id == _with(found.document, "hierover")
    assert not opened.paragraph(first, "een").moved


def test_a_paragraph_of_two_documents_asks_which(fast: Settings) -> None:
    opened = same_opening(fast)
    first = _with(opened.document("een"), "hierover")
    with pytest.raises(QueryError) as error:
        opened.paragraph(re.sub(r"-p\d+-", "-p99-", first))
    assert "meer documenten" in error.value.message
    assert f"een#{first}" in error.value.hint and "twee#" in error.value.hint


def test_a_paragraph_in_an_unknown_document_names_the_document(engine: Engine) -> None:
    with pytest.raises(QueryError, match="geen document 'nergens'"):
        engine.paragraph("verslag-p2-ef9562", "nergens")


# verify, models, evaluate_beir


def test_verify_opens_the_index_too(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    report = verify(settings)
    assert report["problems"] == [] and report["documents"] == 1 and report["files"] > 5 and report["sentences"] >= report["passages"] > 20
    monkeypatch.setattr(engines, "open_encoder", lambda model, threads=1: WordEncoder())
    with pytest.raises(IndexUnusableError):
        verify(settings)


def test_models_tells_of_a_broken_one(monkeypatch: pytest.MonkeyPatch) -> None:
    (good,) = models(load_settings())["models"]
    assert good["path"] == str(embedded_models()["e5-small-nl"])

    def broken(model: str, threads: int = 1) -> None:
        raise ModelError("modelbestand is beschadigd", "installeer opnieuw")

    monkeypatch.setattr(engines, "open_encoder", broken)
    report = models(load_settings())
    (model,) = report["models"]
    assert (model["status"], model["dimensions"], model["fingerprint"], model["active"]) == ("modelbestand is beschadigd", None, None, True)
    assert report["active"] == "e5-small-nl"


def test_evaluation_keeps_its_index_apart_and_uses_it_again(fast: Settings, tmp_path: Path) -> None:
    beir = tmp_path / "beir"
    beir.mkdir()
    texts = ('{"_id": "1", "text": "De Raad sprak over Georgië."}', '{"_id": "2", "text": "De Raad sprak over Armenië."}')
    (beir / "corpus.jsonl").write_text("\n".join(texts), encoding="utf-8")
    (beir / "queries.jsonl").write_text('{"_id": "q", "text": "Georgië"}\n', encoding="utf-8")
    (beir / "qrels.tsv").write_text("q\t1\t1\n")
    steps: list[tuple[int, int]] = []
    notes: list[str] = []
    first = evaluate_beir(fast, beir, lambda done, total: steps.append((done, total)), notes.append)
    assert (first["questions"], first["documents"], first["passages"], first["model"]) == (1, 2, 2, "woorden")
    assert [run["name"] for run in first["runs"]] == ["gecombineerd", "alleen BM25", "alleen passagevector"]
    assert first["runs"][0]["measures"][0] == {"name": "nDCG@10", "value": 1.0, "low": 1.0, "high": 1.0, "n": 1}
    assert steps == [(1, 2), (2, 2)] and len(notes) == 3
    assert not has_index(fast.index)
    assert evaluate_beir(fast, beir, None, notes.append)["generation"] == first["generation"]


def test_a_generation_that_lost_a_document_contradicts_itself(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Store, "document", lambda *args: None)
    opened = Engine.open(settings)
    with pytest.raises(IndexUnusableError, match="ontbreekt in de index"):
        opened.ask(QUESTION)


def test_a_document_goes_by_its_official_identifier_too(fast: Settings) -> None:
    meta = '<metadata><meta name="OVERHEIDop.externMetadataRecord" scheme="" content="https://zoek.officielebekendmakingen.nl/kst-21501-02-2400/metadata.xml"/></metadata>'
    stuk = "<kamerstuk><stuk><algemeen><vrije-tekst><tekst><al>De Raad sprak over Mali.</al></tekst></vrije-tekst></algemeen></stuk></kamerstuk>"
    fast.corpus.mkdir(exist_ok=True)
    (fast.corpus / "brief.xml").write_text(f"<officiele-publicatie>{meta}{stuk}</officiele-publicatie>", encoding="utf-8")
    index_corpus(fast)
    opened = Engine.open(fast)
    assert opened.document("KST-21501-02-2400").id == "brief"
    paragraph = opened.document("brief").parts[0].sections[0].paragraphs[0].id
    assert opened.paragraph(paragraph, "kst-21501-02-2400").document.id == "brief"
    assert opened.has_document("kst-21501-02-2400") and not opened.has_document("kst-21501-02-2401")


def test_an_index_that_is_a_file_is_said_to_be_one_before_anything_is_read(fast: Settings, tmp_path: Path) -> None:
    (tmp_path / "bestand").write_text("x")
    with pytest.raises(ConfigError, match="is geen map"):
        index_corpus(load_settings(corpus=fast.corpus, index=tmp_path / "bestand"), reading=lambda *at: pytest.fail("it reads"))
