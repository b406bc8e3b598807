"""The same paragraph in several documents is searched once and named everywhere."""

from dataclasses import replace
from pathlib import Path

from rbzqa import twins
from rbzqa.index.build import About, build
from rbzqa.index.generation import Generation

from .fakes import WordEncoder, letter

REPORT = "De Raad sprak lang en indringend over de toestand in Afghanistan en in Libië."
OTHER = "De minister benadrukte dat de lidstaten hun toezeggingen aan de buurlanden gestand moeten doen."


def test_the_same_words_are_twins_whatever_their_case_and_punctuation() -> None:
    one, two = letter("brief", f"{REPORT}\n\n{OTHER}"), letter("los", REPORT.replace("De Raad", "de RAAD").replace(" en in", ", en in"))
    found = twins.find([one, two])
    (first,), (second,) = ([p.id for part in d.parts for s in part.sections for p in s.paragraphs][:1] for d in (one, two))
    places = (("brief", first), ("los", second))
    assert dict(found) == dict.fromkeys(places, places)


def test_short_paragraphs_are_the_same_by_chance() -> None:
    assert not twins.find([letter("een", "Ja, dat klopt."), letter("twee", "Ja, dat klopt.")])


def test_a_document_that_repeats_itself_has_no_twins() -> None:
    assert not twins.find([letter("een", f"{REPORT}\n\n{REPORT}")])


def test_the_letter_goes_before_its_annexes() -> None:
    annex, main = letter("blg-1", REPORT), letter("kst-2", REPORT)
    annex = replace(annex, meta=replace(annex.meta, parent="kst-2"))
    (places,) = set(twins.find([annex, main]).values())
    assert [document for document, _ in places] == ["kst-2", "blg-1"]


def test_what_can_be_cited_by_number_goes_first() -> None:
    plain, numbered = letter("a", REPORT), letter("b", f"21 501-02 Raad\n\nNr. 2400 BRIEF VAN DE MINISTER VAN BUITENLANDSE ZAKEN\n\n{REPORT}")
    assert numbered.meta.publications
    (places,) = set(twins.find([plain, numbered]).values())
    assert [document for document, _ in places] == ["b", "a"]


def test_a_passage_that_stands_elsewhere_is_indexed_once(tmp_path: Path, encoder: WordEncoder) -> None:
    one, two = letter("brief", f"{REPORT}\n\n{OTHER}"), letter("los", f"{REPORT}\n\nIran\n\n{OTHER} En nog iets.")
    built = build(tmp_path, [one, two], encoder, about=About(twins=twins.find([one, two])))
    generation = Generation.open(tmp_path, encoder.fingerprint, encoder.name)
    texts = [(p.document_id, p.start) for p in generation.passages(list(range(built.passages)))]
    assert [document for document, _ in texts] == ["brief", "los"]
    assert two.text[texts[1][1] :].startswith(OTHER[:20])
    first = generation.passages([0])[0].paragraph_ids[0]
    assert [document for document, _ in generation.store.twins("brief", first)] == ["los"]


def test_a_document_that_is_all_repeated_stays_a_document(tmp_path: Path, encoder: WordEncoder) -> None:
    documents = [letter("brief", REPORT), letter("los", REPORT)]
    about = About(twins=twins.find(documents))
    for _ in range(2):  # the second build takes the vectors of the first
        encoder.encoded.clear()
        built = build(tmp_path, documents, encoder, about=about)
        assert (built.documents, built.passages) == (2, 1)
    assert built.encoded == 0 and not encoder.encoded
    generation = Generation.open(tmp_path, encoder.fingerprint, encoder.name)
    assert generation.document("los").text == REPORT
