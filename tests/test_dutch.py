import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rbzqa.dutch import STOP_WORDS, analyse, fold, language, names, words
from rbzqa.names import LONGEST, NAMES

from .timing import is_linear


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Rusland", "Russische"),
        ("China", "Chinese"),
        ("Afghanistan", "Afghaanse"),
        ("Oekraïne", "Oekraine"),
        ("Oekraïne", "Ukraine"),
        ("Nederland", "Nederlandse"),
        ("Kaboel", "Kabul"),
        ("Peking", "Beijing"),
        ("Wit-Rusland", "Belarus"),
        ("Hoge Vertegenwoordiger", "HV"),
        ("Raad Buitenlandse Zaken", "RBZ"),
        ("Verenigde Staten", "Amerikaanse"),
        ("Saoedi-Arabië", "Saoedische"),
        ("vluchteling", "vluchtelingen"),
        ("EU-aanpak", "aanpak van de Europese Unie"),
        ("WHO", "Wereldgezondheidsorganisatie"),
    ],
)
def test_words_that_mean_the_same_share_a_stem(one: str, other: str) -> None:
    assert set(analyse(one).stems) & set(analyse(other).stems)


@pytest.mark.parametrize(("capital", "country"), [("Kaboel", "Afghanistan"), ("Moskou", "Rusland"), ("New Delhi", "India"), ("Peking", "China")])
def test_a_capital_stands_for_its_government_and_keeps_a_token_of_its_own(capital: str, country: str) -> None:
    tokens = set(analyse(capital).stems)
    assert set(analyse(country).stems) < tokens


@pytest.mark.parametrize(
    ("one", "other"), [("Wit-Rusland", "Rusland"), ("Noord-Korea", "Zuid-Korea"), ("Zuid-Soedan", "Soedan"), ("Niger", "Nigeria"), ("Iran", "Irak")]
)
def test_names_that_only_look_alike_stay_apart(one: str, other: str) -> None:
    assert not set(names(one)) & set(names(other))


def test_the_english_who_is_no_health_organisation() -> None:
    assert names("who agreed what") == ()
    assert names("de WHO hervormen") == (frozenset({"wgo"}),)


def test_every_form_in_the_table_is_folded_and_no_longer_than_the_longest() -> None:
    for form, tokens in NAMES.items():
        assert all(word == fold(word) and word.isalnum() for word in form)
        assert 1 <= len(form) <= LONGEST
        assert tokens and all(token.isalnum() for token in tokens)


def test_stop_words_leave_nothing() -> None:
    assert analyse("wat is er over de en het").stems == ()
    assert not any(word != fold(word) for word in STOP_WORDS)


def test_four_grams_survive_a_slip() -> None:
    right, wrong = set(analyse("Afghanistan").grams), set(analyse("Afganistan").grams)
    assert len(right & wrong) >= 4


def test_invisible_characters_do_not_hide_a_word() -> None:
    # FAULTS A6
    assert words("Af\u200bgha\u00adnis\u202etan") == words("Afghanistan") == ("afghanistan",)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("wat is afgesproken over Afghanistan?", "nl"),
        ("what was agreed about Afghanistan?", "en"),
        ("Which sanctions did the Council adopt?", "en"),
        ("sancties Rusland", "nl"),
        ("", "nl"),
    ],
)
def test_language_of_a_question(text: str, expected: str) -> None:
    assert language(text) == expected


@given(st.text(max_size=200))
@settings(max_examples=150, deadline=None)
def test_analysis_is_total_and_repeatable(text: str) -> None:
    once = analyse(text)
    assert once == analyse(text)
    assert all(token and not token.isspace() and " " not in token for token in (*once.stems, *once.grams))


def test_long_runs_take_linear_time() -> None:
    # FAULTS G2
    for unit in ("a", "(", " ", "wit "):
        assert is_linear(lambda n, unit=unit: unit * (n // len(unit)), analyse, 50_000), unit  # type: ignore[misc]
