"""Each file is parsed in a child process of its own: a bomb, a loop or a crash costs that file and nothing else."""

import signal
import subprocess
import sys
import tempfile
from dataclasses import astuple, dataclass
from typing import IO

from pydantic import TypeAdapter, ValidationError

from rbzqa.errors import SourceError
from rbzqa.types import Block

_BROKEN = "het is beschadigd of te ingewikkeld: haal het opnieuw op, of haal het weg"
_LAST_LINE = 2_000  # bytes of the error stream in which its last line is looked for


@dataclass(frozen=True, slots=True)
class Limits:
    """What a child may use: bytes of memory, seconds (of CPU, and twice that by the clock), open files, bytes of output."""

    memory: int = 1 << 30
    seconds: int = 60
    files: int = 64
    output: int = 1 << 28


@dataclass(frozen=True, slots=True)
class _Outcome:
    """What the child prints: blocks and the reader's name, or why not."""

    blocks: tuple[Block, ...] = ()
    parser: str = ""
    message: str = ""
    hint: str = ""


LIMITS = Limits()
CHILD = ("-P", "-m", "rbzqa.readers")  # -P: a module in the working folder is not the library's
_OUTCOME = TypeAdapter(_Outcome)


def read_isolated(data: bytes, limits: Limits = LIMITS) -> tuple[tuple[Block, ...], str]:
    """Read a source file as ``rbzqa.readers.read`` does, in a child process.

    Raises:
        SourceError: what the reader says, or that it had to be stopped, or that it crashed.
    """
    command = [sys.executable, *CHILD, *map(str, astuple(limits))]
    with tempfile.TemporaryFile() as output, tempfile.TemporaryFile() as errors:
        try:
            done = subprocess.run(command, input=data, stdout=output, stderr=errors, timeout=2 * limits.seconds, check=False)  # noqa: S603
        except subprocess.TimeoutExpired as error:
            raise _too_long(limits) from error
        if done.returncode:
            raise _stopped(done.returncode, _last_line(errors), limits)
        output.seek(0)
        return _result(output.read())


def _result(data: bytes) -> tuple[tuple[Block, ...], str]:
    try:
        outcome = _OUTCOME.validate_json(data)
    except ValidationError as error:
        raise SourceError("de lezer gaf onzin terug", _BROKEN) from error
    if outcome.message:
        raise SourceError(outcome.message, outcome.hint)
    return outcome.blocks, outcome.parser


def _stopped(code: int, last: str, limits: Limits) -> SourceError:
    """Why a child ended as it did."""
    if code == -signal.SIGXCPU:
        return _too_long(limits)
    if code == -signal.SIGKILL or last.startswith(("MemoryError", "OSError: [Errno 12]")):
        return SourceError(f"het lezen vroeg meer dan {limits.memory >> 20} MB geheugen", _BROKEN)
    if code == -signal.SIGXFSZ or last.startswith("OSError: [Errno 27]"):
        return SourceError(f"er komt meer dan {limits.output >> 20} MB uit", _BROKEN)
    how = f"signaal {-code}" if code < 0 else last  # PDFium aborts, too, where it gets no memory
    return SourceError(f"de lezer liep erop vast ({how})", _BROKEN)


def _too_long(limits: Limits) -> SourceError:
    return SourceError(f"het lezen duurde langer dan {limits.seconds} seconden", _BROKEN)


def _last_line(errors: IO[bytes]) -> str:
    """The last line of a traceback, which names the error."""
    errors.seek(0)
    lines = errors.read()[-_LAST_LINE:].decode("utf-8", errors="replace").strip().splitlines()
    return lines[-1][:200] if lines else ""
