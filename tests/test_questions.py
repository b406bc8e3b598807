import pytest

from rbzqa.questions import asks, numbers, offers, proper_names, subject_words


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("wat is afgesproken over Afghanistan?", "agreed"),
        ("Welk besluit nam de Raad?", "agreed"),
        ("What was decided about China?", "agreed"),
        ("Hoeveel doses zijn toegezegd aan arme landen en door wie?", "agreed"),
        ("Hoeveel vaccins?", "amount"),
        ("How many doses were pledged?", "amount"),
        ("Wanneer is de verklaring gepubliceerd?", "when"),
        ("Wie nam deel?", "who"),
        ("Waar vond de vergadering plaats?", "where"),
        ("Waarom verviel het agendapunt?", "why"),
        ("kwantumtechnologie", "other"),
    ],
)
def test_what_a_question_asks_for(question: str, kind: str) -> None:
    assert asks(question) == kind


@pytest.mark.parametrize(
    ("kind", "sentence", "force"),
    [
        ("agreed", "De lidstaten spraken de intentie uit om een platform op te zetten.", 1.0),
        ("agreed", "De Raad nam conclusies over Belarus aan.", 1.0),
        ("agreed", "Beide landen zijn vastbesloten de samenwerking te versterken.", 0.6),
        ("agreed", "Nederland en Frankrijk roepen de partijen op tot kalmte.", 0.6),
        ("agreed", "Lidstaten spraken voorts over de voorwaarden.", 0.0),
        ("amount", "Zij hebben 80 miljoen doses toegezegd.", 1.0),
        ("amount", "Dat gebeurde met spoed.", 0.0),
        ("when", "De top vindt plaats in december.", 1.0),
        ("when", "De top vindt later plaats.", 0.0),
        ("why", "Dit verviel wegens tijdgebrek.", 1.0),
        ("why", "Dit verviel.", 0.0),
        ("who", "Daar sprak Jaishankar over.", 1.0),
        ("where", "De vergadering was in Kranj.", 1.0),
        ("other", "Zomaar iets.", 1.0),
    ],
)
def test_whether_a_sentence_offers_it(kind: str, sentence: str, force: float) -> None:
    assert offers(kind, sentence) == force  # type: ignore[arg-type]


def test_numbers_as_written_without_separators_of_thousands() -> None:
    assert numbers("op 1 januari 2021: 1.000 en 2 500 en 3,5% (MH17, EI2)") == {"1", "2021", "1000", "2500", "3,5"}


def test_names_are_capitalised_words_that_do_not_open_the_question() -> None:
    assert proper_names("Wat zei Borrell over de Westelijke Balkan? Wie volgde?") == {"Borrell", "Westelijke", "Balkan"}
    assert proper_names("Venezuela sancties") == set()


def test_the_subject_is_what_remains_without_the_asking() -> None:
    assert subject_words("wat is afgesproken over Afghanistan").split() == ["wat", "is", "over", "Afghanistan"]
    assert subject_words("Wat vond Borrell van China?").split() == ["Wat", "Borrell", "van", "China?"]
