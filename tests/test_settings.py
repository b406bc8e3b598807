"""settings.py: flag over RBZQA_* over .env over default, and every mistake by name."""

from pathlib import Path

import pytest
from pydantic import ValidationError

from rbzqa.errors import ConfigError
from rbzqa.settings import Settings, load_settings


@pytest.fixture(autouse=True)
def _elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No .env of the repository reaches a test."""
    monkeypatch.chdir(tmp_path)


def refused(**flags: object) -> ConfigError:
    with pytest.raises(ConfigError) as error:
        load_settings(**flags)
    assert error.value.hint
    assert "\n" not in error.value.message
    return error.value


def test_the_defaults_are_those_of_the_contract() -> None:
    made = load_settings()
    assert (made.corpus, made.index, made.model) == (Path("corpus"), Path("index"), "e5-small-nl")
    assert (made.top_k, made.threads, made.public_url) == (5, 1, "")


def test_a_flag_wins_over_the_environment_over_the_file_over_the_default(monkeypatch: pytest.MonkeyPatch) -> None:
    assert load_settings(top_k=None).top_k == 5
    Path(".env").write_text("RBZQA_TOP_K=2\nRBZQA_THREADS=2\n")
    assert load_settings().top_k == 2
    monkeypatch.setenv("RBZQA_TOP_K", "3")
    assert load_settings().top_k == 3
    assert load_settings(top_k="4").top_k == 4
    assert load_settings(top_k="4").threads == 2


def test_names_may_be_in_small_letters(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("rbzqa_top_k", "7")
    assert load_settings().top_k == 7


def test_settings_cannot_be_changed_after() -> None:
    with pytest.raises(ValidationError):
        load_settings().top_k = 9


@pytest.mark.parametrize(("name", "value"), [("top_k", 1), ("top_k", 50), ("threads", 1), ("threads", 64)])
def test_the_bounds_themselves_are_allowed(name: str, value: int) -> None:
    assert getattr(load_settings(**{name: str(value)}), name) == value


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("top_k", "abc", "dat is geen geheel getal"),
        ("top_k", "", "dat is geen geheel getal"),
        ("top_k", "-1", "het moet ten minste 1 zijn"),
        ("top_k", "51", "het mag hoogstens 50 zijn"),
        ("top_k", "1000000000", "het mag hoogstens 50 zijn"),
        ("top_k", "9" * 5000, "dat getal is te groot"),
        ("threads", "65", "het mag hoogstens 64 zijn"),
        ("model", "", "er staat niets"),
        ("public_url", "voorbeeld.nl", "het moet met http:// of https:// beginnen"),
    ],
)
def test_a_value_that_cannot_be_is_named_as_it_was_given(name: str, value: str, words: str, monkeypatch: pytest.MonkeyPatch) -> None:
    # FAULTS E2 G3
    flag = refused(**{name: value})
    assert flag.message.startswith(f"--{name.replace('_', '-')}='{value[:80]}' is ongeldig: {words}")
    monkeypatch.setenv(f"RBZQA_{name.upper()}", value)
    assert refused().message.startswith(f"RBZQA_{name.upper()}='{value[:80]}' is ongeldig: {words}")


@pytest.mark.parametrize("url", ["", "http://localhost:8000", "https://voorbeeld.nl", "https://voorbeeld.nl/rbz/", "https://[::1]:80/x"])
def test_an_address_that_a_permalink_can_begin_with(url: str) -> None:
    assert load_settings(public_url=url).public_url == url


@pytest.mark.parametrize(
    "url", ["ftp://x.nl", "https://", "https://x.nl/?q=1", "https://x.nl/#a", "https://x.nl/a b", "javascript:alert(1)", "//x.nl", "https://x.nl\n"]
)
def test_an_address_that_a_permalink_cannot_begin_with(url: str) -> None:
    assert "--public-url" in refused(public_url=url).message


def test_an_unknown_name_is_refused_wherever_it_stands_and_the_known_ones_listed(monkeypatch: pytest.MonkeyPatch) -> None:
    # FAULTS E2
    Path(".env").write_text("export RBZQA_TOPK=3\n")
    assert refused().message == "onbekende instelling RBZQA_TOPK"
    assert all(f"RBZQA_{name.upper()}" in refused().hint for name in Settings.model_fields)
    Path(".env").unlink()
    monkeypatch.setenv("RBZQA_SLACK", "x")
    assert refused().message == "onbekende instelling RBZQA_SLACK"


def test_names_of_others_and_comments_in_the_file_are_left_alone() -> None:
    Path(".env").write_text("#RBZQA_TOPK=3\n  # RBZQA_X=1\nPATH=/x\nzomaar een regel zonder gelijkteken of zo\nRBZQA_TOP_K=8\n")
    assert load_settings().top_k == 8


@pytest.mark.parametrize(
    "text", ["\ufeffRBZQA_TOP_K=8\n", 'RBZQA_TOP_K="8"\r\n', "RBZQA_TOP_K='8'\r\n", "export RBZQA_TOP_K=8", "\r\n\r\nRBZQA_TOP_K = 8 \r\n"]
)
def test_the_file_may_come_from_any_editor(text: str) -> None:
    # FAULTS E3
    Path(".env").write_bytes(text.encode())
    assert load_settings().top_k == 8


def test_a_file_that_is_not_utf8_is_named() -> None:
    # FAULTS E3
    Path(".env").write_bytes(b"RBZQA_MODEL=caf\xe9\n")
    error = refused()
    assert error.message.startswith(".env is niet te lezen") and "UTF-8" in error.hint
    assert error.exit_code == 2


def test_a_folder_called_dot_env_is_no_file() -> None:
    Path(".env").mkdir()
    assert load_settings().top_k == 5


@pytest.mark.parametrize("name", ["corpus", "index"])
def test_an_empty_or_current_folder_is_no_folder_to_build_in(name: str) -> None:
    with pytest.raises(ConfigError, match=f"--{name}"):
        load_settings(**{name: ""})


def test_the_working_folder_may_be_named_and_nothing_may_not() -> None:
    assert load_settings(corpus=".").corpus == Path()
    with pytest.raises(ConfigError, match=r"--corpus='' is ongeldig: noem een map$"):
        load_settings(corpus="")
