"""Fixtures: the real letter and its real index (built once), and a fast encoder for the rest."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from rbzqa.engine import Engine, index_corpus
from rbzqa.readers import read
from rbzqa.settings import Settings, load_settings
from rbzqa.structure import build_document
from rbzqa.types import Document

from .fakes import WordEncoder, letter

REPOSITORY = Path(__file__).parent.parent
LETTER = REPOSITORY / "corpus" / "verslag-rbz-gymnich-2021-09.txt"


def pytest_addoption(parser: pytest.Parser) -> None:
    """The switch that writes the golden files anew (tests/test_golden.py)."""
    parser.addoption("--update-golden", action="store_true", help="write the golden files anew, and fail")


@pytest.fixture(autouse=True)
def _clean_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """No setting of the machine reaches a test, and nothing may look at a hub."""
    for name in [name for name in os.environ if name.upper().startswith("RBZQA_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")


@pytest.fixture(scope="session")
def seed() -> Document:
    """The letter of corpus/, as a Document."""
    blocks, parser = read(LETTER.read_bytes())
    return build_document(blocks, id=LETTER.stem, sha256="0" * 64, file=LETTER.name, parser=parser)


@pytest.fixture(scope="session")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """Settings whose index of the real corpus, with the real model, is built."""
    made = load_settings(corpus=LETTER.parent, index=tmp_path_factory.mktemp("real") / "index")
    index_corpus(made)
    return made


@pytest.fixture(scope="session")
def engine(settings: Settings) -> Engine:
    """The real engine over the real corpus."""
    return Engine.open(settings)


@pytest.fixture
def encoder() -> WordEncoder:
    """A fast, deterministic stand-in for a model."""
    return WordEncoder()


@pytest.fixture
def make_document() -> Callable[[str, str], Document]:
    """Make a small letter of (id, body): paragraphs parted by blank lines."""
    return letter
