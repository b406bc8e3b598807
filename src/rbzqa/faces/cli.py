"""The command line (DESIGN §4): results on stdout, progress and messages on stderr."""

import json
import os
import sys
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from functools import wraps
from pathlib import Path
from typing import Any

import click
from rich.console import Console

from rbzqa import __version__, engine
from rbzqa.errors import ConfigError, RbzqaError
from rbzqa.faces import terminal
from rbzqa.settings import Settings, load_settings

_HELP = {"help_option_names": ["-h", "--help"], "max_content_width": 100}
_INTERRUPTED = 130
_MAX_LINE = 1 << 20


@dataclass(frozen=True, slots=True)
class Context:
    """What every command gets: the settings and the form of its output."""

    settings: Settings
    as_json: bool


def options(command: Callable[..., Any]) -> Callable[..., Any]:
    """The flags that every command has; they win over RBZQA_* and .env."""

    @click.option("--corpus", metavar="MAP", help="Map met brieven.  [corpus]")
    @click.option("--index", metavar="MAP", help="Map met de index.  [index]")
    @click.option("--model", metavar="NAAM", help="Ingebouwd model, map, of naam op de hub.  [e5-small-nl]")
    @click.option("--threads", metavar="N", help="Processordraden van het model.  [1]")
    @click.option("--json", "as_json", is_flag=True, help="Geef JSON, ook bij fouten.")
    @wraps(command)
    def with_context(*args: Any, as_json: bool, **flags: Any) -> Any:
        names = ("corpus", "index", "model", "threads", "top_k", "public_url")
        settings = load_settings(**{name: flags.pop(name, None) for name in names})
        return command(*args, context=Context(settings, as_json), **flags)

    return with_context


@click.group(context_settings=_HELP)
@click.version_option(__version__, "--version", message="rbzqa %(version)s", help="Toon de versie.")
def cli() -> None:
    """Antwoorden uit Kamerbrieven: woordelijk, met vindplaats, of een eerlijk "niet gevonden"."""


@cli.command()
@options
def index(context: Context) -> int:
    """Lees de brieven in de corpusmap en bouw er een index van."""
    built = _build(context)
    if context.as_json:
        _print_json(asdict(built))
    else:
        click.echo(f"documenten: {built.documents} (nieuw verwerkt: {built.encoded}), passages: {built.passages}, index: {built.generation}")
    return 3 if built.refused else 0


@cli.command()
@click.argument("question", metavar="VRAAG")
@click.option("--top-k", metavar="N", help="Aantal passages.  [5]")
@options
def ask(context: Context, question: str) -> int:
    """Beantwoord VRAAG. Met `-` komt er een vraag per regel van de standaardinvoer."""
    if question != "-":
        engine.check_question(question)
        _show_answer(context, _open(context, build=True).answer_json(question))
        return 0
    opened = _open(context, build=True)
    worst = 0
    for line in _lines():
        try:
            _show_answer(context, opened.answer_json(line), many=True)
        except RbzqaError as error:
            worst = max(worst, error.exit_code)
            if context.as_json:
                _print_json({"question": line[:200], **_problem(error)}, one_line=True)
            else:
                _say(error.message, error.hint)
    return worst


@cli.command()
@click.argument("question", metavar="VRAAG")
@click.option("--top-k", metavar="N", help="Aantal passages.  [5]")
@options
def search(context: Context, question: str) -> int:
    """Zoek de passages die het best bij VRAAG passen, zonder antwoord te kiezen."""
    engine.check_question(question)
    found = _open(context, build=True).search_json(question)
    if context.as_json:
        _print_json(found)
    else:
        terminal.show_passages(terminal.console(), found["passages"])
    return 0


@cli.command()
@click.argument("id", metavar="[ID]", required=False)
@click.option("--format", metavar="VORM", help="Geef een titelbeschrijving: bibtex, ris of csl.")
@options
def show(context: Context, id: str | None, format: str | None) -> int:
    """Toon een document, of een alinea met haar buren. ID mag ook document#alinea zijn; zonder ID komen alle documenten."""
    opened = _open(context, build=False)
    if id is None:
        _show(context, opened.documents_json(), terminal.show_documents)
        return 0
    document_id, _, paragraph_id = id.rpartition("#")
    shown = opened.document(id) if not document_id and opened.has_document(id) else opened.paragraph(paragraph_id, document_id or None)
    if format is not None:
        click.echo(opened.export(shown, format), nl=False)
    elif isinstance(shown, engine.Found):
        _show(context, opened.paragraph_json(shown), lambda out, view: terminal.show_paragraph(out, shown, view["label"]))
    else:
        _show(context, opened.document_json(shown), terminal.show_document)
    return 0


def _show(context: Context, view: dict[str, Any], show_to_people: Callable[[Console, dict[str, Any]], None]) -> None:
    if context.as_json:
        _print_json(view)
    else:
        show_to_people(terminal.console(), view)


@cli.command()
@options
def verify(context: Context) -> int:
    """Controleer elk bestand van de index en van het model."""
    report = engine.verify(context.settings)
    if context.as_json:
        _print_json(report)
    else:
        for problem in report["problems"]:
            click.echo(f"beschadigd: {problem}", err=True)
        click.echo(f"index {report['generation']}: {report['files']} bestanden, {len(report['problems'])} beschadigd")
        if report["problems"]:
            click.echo("bouw de index opnieuw met `rbzqa index`", err=True)
    return 4 if report["problems"] else 0


@cli.command()
@options
def models(context: Context) -> int:
    """Noem de ingebouwde modellen en controleer ze."""
    report = engine.models(context.settings)
    if context.as_json:
        _print_json(report)
    else:
        for model in report["models"]:
            used = " (in gebruik)" if model["active"] else ""
            click.echo(f"{model['name']}{used}: {model['dimensions'] or '?'} dimensies, {model['status']}, {model['path']}")
        click.echo(f"extra 'transformers' (andere modellen): {'geïnstalleerd' if report['transformers'] else 'niet geïnstalleerd'}")
    return 5 if any(model["active"] and model["status"] != "in orde" for model in report["models"]) else 0


@cli.command("eval")
@click.option("--beir", metavar="MAP", required=True, help="Map met corpus.jsonl, queries.jsonl en qrels.tsv.")
@options
def evaluate(context: Context, beir: str) -> int:
    """Meet hoe goed het zoeken is, met 95%-intervallen."""
    with terminal.progress("teksten verwerkt") as (progress,):
        report = engine.evaluate_beir(context.settings, Path(beir), progress, _say)
    if context.as_json:
        _print_json(report)
        return 0
    click.echo(f"{report['questions']} vragen, {report['documents']} teksten, {report['passages']} passages, model {report['model']}")
    for run in report["runs"]:
        click.echo(f"\n{run['name']}")
        for m in run["measures"]:
            click.echo(f"  {m['name']:<10} {m['value']:.3f}  [{m['low']:.3f}, {m['high']:.3f}]  n={m['n']}")
    return 0


def main() -> None:
    """Run the command line and leave with the exit code of DESIGN §4."""
    as_json = "--json" in sys.argv[1:]
    _prepare_streams()
    try:
        code = cli.main(standalone_mode=False, prog_name="rbzqa")
        sys.stdout.flush()
    except RbzqaError as error:
        code = _fail(error, as_json)
    except click.exceptions.NoArgsIsHelpError as error:
        click.echo(error.ctx.get_help() if error.ctx else "")
        code = 2
    except click.ClickException as error:
        code = _fail(_usage(error), as_json)
    except (click.Abort, KeyboardInterrupt):
        click.echo("onderbroken; wat er was, is niet veranderd", err=True)
        code = _INTERRUPTED
    except (BrokenPipeError, SystemExit):  # click and rich leave with 1 when nobody reads on
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        code = 0
    except OSError as error:
        code = _fail(ConfigError(f"het systeem weigert: {error}", "controleer namen, rechten en schijfruimte"), as_json)
    except Exception as error:  # noqa: BLE001 - the last resort: a bug, said in one line
        code = _fail(RbzqaError(f"onverwachte fout: {type(error).__name__}: {error}", "meld dit, met de opdracht die u gaf"), as_json)
    sys.exit(code if isinstance(code, int) else 0)


def _prepare_streams() -> None:
    """Write UTF-8 whatever the locale; a stream that the caller has closed is an empty one."""
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:
            setattr(sys, name, Path(os.devnull).open(mode, encoding="utf-8"))  # noqa: SIM115 - as long as the process
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(encoding="utf-8", errors="backslashreplace")  # type: ignore[union-attr]


def _open(context: Context, *, build: bool) -> engine.Engine:
    """Open the index; where there never was one, build it first and say so."""
    if build and not engine.has_index(context.settings.index):
        click.echo(f"er is nog geen index in {context.settings.index}; die wordt nu gebouwd", err=True)
        _build(context)
    return engine.Engine.open(context.settings)


def _build(context: Context) -> engine.Indexed:
    """Build the index; say what was refused and what to know of the rest."""
    with terminal.progress("bestanden gelezen", "brieven verwerkt") as (reading, encoding):
        built = engine.index_corpus(context.settings, reading, encoding)
    for file, message, hint in built.refused:
        _say(f"{file}: {message}", hint)
    for file, remark in built.remarks:
        _say(f"{file}: {remark}")
    return built


def _show_answer(context: Context, answer: dict[str, Any], *, many: bool = False) -> None:
    if context.as_json:
        _print_json(answer, one_line=many)
    else:
        terminal.show_answer(terminal.console(), answer)
        if many:
            click.echo()


def _lines() -> Iterator[str]:
    """Questions of standard input, one a line; blank lines are passed over."""
    for raw in sys.stdin.buffer:
        line = raw[:_MAX_LINE].decode("utf-8", errors="replace").strip().removeprefix("\ufeff")
        if line:
            yield line


def _print_json(value: object, *, one_line: bool = False) -> None:
    click.echo(json.dumps(value, ensure_ascii=False, indent=None if one_line or not sys.stdout.isatty() else 2))


def _problem(error: RbzqaError) -> dict[str, Any]:
    return {"error": error.message, "hint": error.hint, "exitCode": error.exit_code}


def _fail(error: RbzqaError, as_json: bool) -> int:
    if as_json:
        click.echo(json.dumps(_problem(error), ensure_ascii=False), err=True)
    else:
        _say(error.message, error.hint)
    return error.exit_code


def _say(message: str, hint: str = "") -> None:
    """One line what is wrong and one what to do, even where a library's message has more."""
    click.echo(f"rbzqa: {terminal.visible(' '.join(message.split()))}", err=True)
    if hint:
        click.echo(f"       {terminal.visible(' '.join(hint.split()))}", err=True)


def _usage(error: click.ClickException) -> RbzqaError:
    """Click's own complaints, in Dutch and in our form."""
    hint = "zie `rbzqa --help`"
    if isinstance(error, click.NoSuchOption):
        return ConfigError(f"onbekende vlag {error.option_name}", hint)
    if isinstance(error, click.MissingParameter):
        name = error.param.make_metavar(error.ctx) if error.param and error.ctx else ""
        return ConfigError(f"er ontbreekt iets: {name}", hint)
    if isinstance(error, click.BadOptionUsage):
        return ConfigError(f"vlag {error.option_name} mist een waarde, of krijgt er een die er niet bij hoort", hint)
    if isinstance(error, click.UsageError) and error.ctx:
        if error.ctx.command is cli:
            return ConfigError(f"onbekende opdracht {getattr(error, 'command_name', '')}".rstrip(), f"bekend zijn: {', '.join(cli.commands)}")
        return ConfigError("er staat te veel achter de opdracht", "zet een vraag van meer woorden tussen aanhalingstekens")
    return ConfigError(error.format_message(), hint)


if __name__ == "__main__":
    main()
