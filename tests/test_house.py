"""The bounds of DESIGN §8, and that the documents say what the code does."""

import ast
import re
import tomllib
from pathlib import Path

import click
import pytest

from rbzqa.faces.cli import cli
from rbzqa.settings import Settings

from .conftest import REPOSITORY

SOURCE = sorted((REPOSITORY / "src").rglob("*.py"))
TESTS = sorted((REPOSITORY / "tests").rglob("*.py"))
EVERY = [*SOURCE, *sorted((REPOSITORY / "benchmarks").rglob("*.py")), *sorted((REPOSITORY / "training").rglob("*.py"))]
LAST_RESORT = {"cli.py", "onnx.py"}  # a bug; libraries that raise bare Exceptions of their own
README = (REPOSITORY / "README.md").read_text(encoding="utf-8")


def lines(path: Path) -> int:
    return len(path.read_text(encoding="utf-8").splitlines())


def functions(path: Path) -> list[ast.FunctionDef | ast.AsyncFunctionDef]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)]


@pytest.mark.parametrize("path", EVERY, ids=lambda path: path.name)
def test_a_module_keeps_to_its_bounds(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    assert lines(path) <= 400
    assert (ast.get_docstring(tree) or "").strip()
    for function in functions(path):
        assert (function.end_lineno or 0) - function.lineno + 1 <= 80, function.name
        arguments = function.args
        assert len(arguments.posonlyargs + arguments.args + arguments.kwonlyargs) <= 8, function.name


def test_functions_are_short_on_the_whole() -> None:
    sizes = sorted((f.end_lineno or 0) - f.lineno + 1 for path in SOURCE for f in functions(path))
    assert sizes[len(sizes) // 2] < 10


def test_there_is_more_test_than_source() -> None:
    assert sum(map(lines, TESTS)) >= 1.2 * sum(map(lines, SOURCE))


@pytest.mark.parametrize("path", SOURCE, ids=lambda path: path.name)
def test_only_the_settings_read_the_environment(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    if path.name != "settings.py":
        assert not re.search(r"os\.environ|os\.getenv|getenv\(|load_dotenv", text)


@pytest.mark.parametrize("path", SOURCE, ids=lambda path: path.name)
def test_nothing_is_caught_broadly_but_in_the_last_resort(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    handlers = [node for node in ast.walk(tree) if isinstance(node, ast.ExceptHandler)]
    broad = [h for h in handlers if h.type is None or getattr(h.type, "id", "") in ("Exception", "BaseException")]
    assert len(broad) == (1 if path.name in LAST_RESORT else 0)


@pytest.mark.parametrize("path", SOURCE, ids=lambda path: path.name)
def test_no_pickle_and_no_torch_load(path: Path) -> None:
    assert not re.search(r"import pickle|torch\.load|allow_pickle=True|shelve|marshal", path.read_text(encoding="utf-8"))


def test_every_command_and_flag_stands_in_the_readme() -> None:
    for name, command in cli.commands.items():
        assert f"`rbzqa {name}" in README
        for parameter in command.params:
            if isinstance(parameter, click.Option) and parameter.name != "as_json":
                assert f"{parameter.opts[0]}" in README, (name, parameter.opts)


def test_every_setting_stands_in_the_readme_with_its_default() -> None:
    for name, field in Settings.model_fields.items():
        row = next(line for line in README.splitlines() if f"`RBZQA_{name.upper()}`" in line)
        assert not field.default or f"`{field.default}`" in row


def test_the_readme_has_its_two_commands_and_the_answer_that_the_first_one_gives() -> None:
    blocks = re.findall(r"^```sh\n(.*?)^```$", README, flags=re.MULTILINE | re.DOTALL)
    assert 'rbzqa ask "wat is afgesproken over Afghanistan?"' in blocks[0]
    assert blocks[1].strip() == ".venv/bin/python -m pytest"


def test_the_locks_pin_by_hash_and_hold_no_torch() -> None:
    for name in ("requirements.lock", "requirements-dev.lock", "requirements-transformers.lock"):
        text = (REPOSITORY / name).read_text(encoding="utf-8")
        pins = re.findall(r"^([A-Za-z0-9._-]+)==", text, flags=re.MULTILINE)
        assert len(pins) > 20
        assert text.count("--hash=sha256:") >= len(pins)
        assert not {"torch", "triton"} & set(pins)


def test_every_dependency_is_in_the_lock() -> None:
    project = tomllib.loads((REPOSITORY / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    lock = (REPOSITORY / "requirements.lock").read_text(encoding="utf-8").lower()
    for requirement in project["dependencies"]:
        name = re.split(r"[<>=!\[]", requirement)[0].lower()
        assert f"\n{name}==" in f"\n{lock}"
