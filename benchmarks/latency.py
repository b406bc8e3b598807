"""How fast an answer is: the engine beside its own encoder, a cold start, and memory.

    python benchmarks/latency.py [index folder]

Prints the median and the 95th percentile of n warm questions, the ratio to the encoder in the same
run, and for n cold `rbzqa ask` processes the wall time and the peak resident memory.
"""

import json
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from rbzqa.encode import open_encoder
from rbzqa.engine import Engine, index_corpus
from rbzqa.search import parse_question
from rbzqa.settings import load_settings

REPOSITORY = Path(__file__).parent.parent
QUESTIONS = [json.loads(line)["question"] for line in (REPOSITORY / "eval" / "letter-test.jsonl").read_text(encoding="utf-8").splitlines()]
ROUNDS = 20
COLD = 10
# VmHWM, not getrusage: the latter keeps the peak of the process that forked.
PEAK = 'atexit.register(lambda: print([x for x in open("/proc/self/status") if "VmHWM" in x][0], file=sys.stderr))'


def milliseconds(call: Callable[[str], object], questions: list[str]) -> list[float]:
    """The time of each call."""
    times = []
    for question in questions:
        start = time.perf_counter()
        call(question)
        times.append((time.perf_counter() - start) * 1000)
    return times


def line(name: str, times: list[float]) -> str:
    """Median and 95th percentile."""
    return f"{name:<28} median {statistics.median(times):7.2f} ms   p95 {statistics.quantiles(times, n=20)[-1]:7.2f} ms   n={len(times)}"


def ask(index: Path, after: str) -> list[str]:
    """The command of one cold `rbzqa ask`; ``after`` runs when it ends."""
    arguments = ["rbzqa", "ask", QUESTIONS[0], "--corpus", str(REPOSITORY / "corpus"), "--index", str(index)]
    code = f"import atexit, sys; from rbzqa.faces.cli import main; {after}; sys.argv = {arguments!r}; main()"
    return [sys.executable, "-c", code]


def main() -> None:
    """Print the figures."""
    index = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(tempfile.mkdtemp()) / "index"
    settings = load_settings(corpus=REPOSITORY / "corpus", index=index)
    index_corpus(settings)
    engine, encoder = Engine.open(settings), open_encoder(settings.model)
    questions = QUESTIONS * ROUNDS
    milliseconds(engine.ask, QUESTIONS)
    encoding = milliseconds(lambda question: encoder.encode_query(parse_question(question).text), questions)
    asking = milliseconds(engine.ask, questions)
    print(line("encoder alone, warm", encoding))
    print(line("Engine.ask, warm", asking))
    print(f"{'ratio of the medians':<28} {statistics.median(asking) / statistics.median(encoding):.2f}")
    cold = milliseconds(lambda _: subprocess.run(ask(index, "pass"), check=True, capture_output=True), [""] * COLD)
    print(line("rbzqa ask, cold process", cold))
    peak = subprocess.run(ask(index, PEAK), check=True, capture_output=True, text=True).stderr
    print(f"{'peak memory of it':<28} {int(peak.split()[-2]) / 1024:.0f} MB")


if __name__ == "__main__":
    main()
