"""The child process in which one file is parsed: bytes on stdin, JSON of its blocks on stdout (``rbzqa.isolation``)."""

import dataclasses
import json
import os
import resource
import sys
from typing import Any

from rbzqa.errors import SourceError
from rbzqa.readers import read
from rbzqa.types import Block

_DEFAULTS = [(field.name, field.default) for field in dataclasses.fields(Block)]
_FORBIDDEN = ("socket.", "subprocess.", "os.exec", "os.posix_spawn", "os.system", "os.fork", "os.remove", "os.rename", "os.rmdir", "os.link", "os.symlink")


def main(memory: int, seconds: int, files: int, output: int) -> None:
    """Bind this process to its limits (bytes, seconds of CPU, open files, bytes written), then read."""
    bounds = {resource.RLIMIT_AS: memory, resource.RLIMIT_NOFILE: files, resource.RLIMIT_FSIZE: output, resource.RLIMIT_CORE: 0}
    for limit, value in bounds.items():
        resource.setrlimit(limit, (value, value))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 1))  # SIGXCPU first, which says why
    sys.addaudithook(_guard)
    json.dump(_outcome(sys.stdin.buffer.read()), sys.stdout, default=dataclasses.asdict)


def _guard(event: str, arguments: tuple[Any, ...]) -> None:
    """A parser has no business on the network, with other programs, or with files that it would change."""
    if event.startswith(_FORBIDDEN) or (event == "open" and isinstance(arguments[2], int) and arguments[2] & (os.O_WRONLY | os.O_RDWR)):
        raise PermissionError(f"{event} is not allowed in a reader")


def _outcome(data: bytes) -> dict[str, Any]:
    try:
        blocks, parser = read(data)
    except SourceError as error:
        return {"message": error.message, "hint": error.hint}
    return {"parser": parser, "blocks": [_plain(block) for block in blocks]}


def _plain(block: Block) -> dict[str, Any]:
    """The fields that are not their default."""
    values = ((name, getattr(block, name), default) for name, default in _DEFAULTS)
    return {name: value for name, value, default in values if value != default}


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
