"""Mutated real files through a reader: nothing but SourceError, no hang, and every invariant holds.

    python benchmarks/fuzz.py ../shared/data/docs pdf --minutes 10

Each case runs in a worker process that may die; what broke something is written to ``--keep`` and the exit code is 1.
"""

import argparse
import copy
import io
import os
import random
import signal
import sys
import time
import zipfile
import zlib
from collections import Counter
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

from lxml import etree
from tests.invariants import check

from rbzqa import references
from rbzqa.errors import SourceError
from rbzqa.readers import read
from rbzqa.structure import build_document

SECONDS = 20  # in which one case must be done
CASES = 200  # of one worker
_WORDS = """<al>|</al>|<noot id='n' type='voet'><noot.nr>1</noot.nr><noot.al>x</noot.al></noot>|<row><entry><al>a</al></entry></row>|<bijlage>
</bijlage>|<vraag><nr>1</nr>|</vraag>|<!--|-->|<![CDATA[|]]>|&amp;|&#0;|&x;|<?xpp|?>|<ul><li>|<table><tr><td colspan='9'>|<script>|<w:p>|</w:p>|<w:del>
<w:tab/>|<w:tr>|Vraag 1|Antwoord 1, 2 en 3|Bijlage 2|Nr. 7 HERDRUK|21 501-02| 1 |\u2022 |- |\u00ad|\u202e|\u0301|endobj|stream|/Kids [1 0 R]
/Length 99999999|BT|Tj|0 0 0 0 0 0 cm|1e9|-1|0|%%EOF"""
TOKENS = (*_WORDS.replace("\n", "|").split("|"), "\n\n", "\f", "\r\n", "\x01")

Mutation = Callable[[random.Random, bytes], bytes]


def flip(rng: random.Random, data: bytes) -> bytes:
    """Change a few bytes."""
    changed = bytearray(data)
    for _ in range(rng.choice((1, 3, 20))):
        changed[rng.randrange(len(changed))] = rng.randrange(256)
    return bytes(changed)


def cut(rng: random.Random, data: bytes) -> bytes:
    """Leave out a stretch, or everything behind a point."""
    a, b = sorted((rng.randrange(len(data)), rng.randrange(len(data))))
    return data[:b] if rng.random() < 0.3 else data[:a] + data[b:] if b - a < len(data) // 2 else data[a:b]


def repeat(rng: random.Random, data: bytes) -> bytes:
    """Say a stretch again, sometimes many times."""
    a = rng.randrange(len(data))
    piece = data[a : a + rng.randrange(1, 400)]
    return data[:a] + piece * rng.choice((2, 3, 200)) + data[a:]


def insert(rng: random.Random, data: bytes) -> bytes:
    """Put in what means something to one of the formats."""
    a = rng.randrange(len(data))
    return data[:a] + rng.choice(TOKENS).encode() * rng.choice((1, 1, 1, 500)) + data[a:]


def swap(rng: random.Random, data: bytes) -> bytes:
    """Move a stretch."""
    a, b, c = sorted(rng.randrange(len(data)) for _ in range(3))
    return data[:a] + data[b:c] + data[a:b] + data[c:]


def digits(rng: random.Random, data: bytes) -> bytes:
    """Replace a number."""
    places = [n for n, byte in enumerate(data) if 48 <= byte <= 57]
    if not places:
        return data
    a = rng.choice(places)
    return data[:a] + rng.choice((b"0", b"-1", b"99999999999", b"1e40", b"65536")) + data[a + 1 :]


def tree(rng: random.Random, data: bytes) -> bytes:
    """Move, copy, rename, empty or remove elements of an XML file: what comes out is well formed."""
    try:
        root = etree.fromstring(data, etree.XMLParser(resolve_entities=False, no_network=True))
    except etree.XMLSyntaxError:
        return flip(rng, data)
    for _ in range(rng.choice((1, 3, 20))):
        elements = [element for element in root.iter("*") if element is not root]
        if not elements:
            break
        one, other = rng.choice(elements), rng.choice(elements)
        parent, act = one.getparent(), rng.randrange(6)
        if parent is None:
            continue
        if act == 0:
            parent.remove(one)
        elif act == 1:
            one.addnext(copy.deepcopy(one))
        elif act == 2 and one is not other and one not in other.iterancestors():
            other.append(one)
        elif act == 3:
            one.tag = other.tag
        elif act == 4:
            one.text = rng.choice((None, "", " ", "1", "Vraag 1", "a" * 300, "Nr. 3", "\u202e\u0301"))
        else:
            one.tail = rng.choice((None, "", "los", " \n "))
    return etree.tostring(root, encoding="utf-8", xml_declaration=True)


MUTATIONS: tuple[Mutation, ...] = (flip, cut, repeat, insert, swap, digits)


def mutate(rng: random.Random, data: bytes) -> bytes:
    """One to four mutations; within an entry of a ZIP file, or a stream of a PDF, half of the time."""
    inside = {b"PK": _in_zip, b"%P": _in_stream}.get(data[:2])
    if inside and rng.random() < 0.7:
        return inside(rng, data)
    if b"<" in data[:4] and rng.random() < 0.6:
        return tree(rng, data)
    for _ in range(rng.randrange(1, 5)):
        data = rng.choice(MUTATIONS)(rng, data) or data
    return data


def _in_zip(rng: random.Random, data: bytes) -> bytes:
    with zipfile.ZipFile(io.BytesIO(data)) as source:
        entries = {name: source.read(name) for name in source.namelist()}
    name = "word/document.xml" if rng.random() < 0.6 else rng.choice(sorted(entries))
    if entries[name]:
        entries[name] = rng.choice((*MUTATIONS, *[tree] * 8))(rng, entries[name])
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as target:
        for entry, content in entries.items():
            target.writestr(entry, content)
    return made.getvalue()


def _in_stream(rng: random.Random, data: bytes) -> bytes:
    """Mutate what a Flate stream holds, not its compressed bytes; PDFium finds its way without the right offsets."""
    starts = [at + 7 for at in _places(data, b"stream") if data[at - 3 : at] != b"end"]
    start = rng.choice(starts or [0])
    start += 2 if data[start : start + 2] == b"\r\n" else 0
    start = start if data[start - 1 : start] == b"\n" or data[start : start + 1] == b"x" else max(start - 1, 0)
    end = data.find(b"endstream", start)
    try:
        content = zlib.decompressobj().decompress(data[start:end], 1 << 24)
    except zlib.error:
        return flip(rng, data)
    if not content:
        return flip(rng, data)
    return data[:start] + zlib.compress(rng.choice(MUTATIONS)(rng, content)) + b"\n" + data[end:]


def _places(data: bytes, piece: bytes) -> list[int]:
    at, found = data.find(piece), []
    while at >= 0:
        found.append(at)
        at = data.find(piece, at + 1)
    return found


def _fail(message: str) -> str:
    raise AssertionError(message)


def try_one(data: bytes) -> str:
    """Read, build, link and check one file; how it went in a word."""
    try:
        blocks, parser = read(data)
    except SourceError as error:
        return "refused" if error.message and error.hint and "\n" not in error.message else _fail(f"not one line: {error!r}")
    if parser.startswith("record"):
        return "record"
    document = build_document(blocks, id="fuzz", sha256="0" * 64, file="fuzz", parser=parser)
    (document,) = references.link([document])
    check(document)
    return "read"


def work(files: list[Path], seed: int, until: float, place: Path) -> None:
    """Run cases in this process; each is written to ``place`` first, so that one that kills us is known."""
    rng = random.Random(seed)  # noqa: S311 - not for secrets
    results = Counter[str]()
    originals = [file.read_bytes() for file in files]
    for _ in range(CASES):
        if time.monotonic() > until:
            break
        data = mutate(rng, rng.choice(originals))
        place.write_bytes(data)
        signal.alarm(SECONDS)
        results[try_one(data)] += 1
        signal.alarm(0)
    place.unlink(missing_ok=True)
    print(" ".join(f"{name}={count}" for name, count in sorted(results.items())), flush=True)


def main() -> int:
    """Run workers until the time is up; keep what broke one."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("kind", help="name of a folder below it")
    parser.add_argument("--minutes", type=float, default=10)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--keep", type=Path, default=Path("fuzz-found"))
    arguments = parser.parse_args()
    files = sorted(path for path in (arguments.folder / arguments.kind).iterdir() if path.suffix != ".doc")
    arguments.keep.mkdir(exist_ok=True)
    until, seed, broken = time.monotonic() + 60 * arguments.minutes, arguments.seed, 0
    while time.monotonic() < until:
        place = arguments.keep / f"{arguments.kind}-{seed}"
        child = os.fork()
        if not child:
            work(files, seed, until, place)
            os._exit(0)
        _, status = os.waitpid(child, 0)
        if status:
            broken += 1
            print(f"seed {seed}: status {status}, kept {place}", flush=True)
        seed += 1
    print(f"{arguments.kind}: {seed - arguments.seed} workers, {broken} broken")
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main())
