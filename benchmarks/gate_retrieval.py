"""The gate on retrieval: fails where a BEIR set is *significantly* below what is committed here.

    python benchmarks/gate_retrieval.py ../shared/data/dev/kamervragen [index folder]

The combination must not be below .745 nDCG@10 by its whole 95% interval, and must beat each of its
legs alone.
"""

import sys
import tempfile
from pathlib import Path

from rbzqa.engine import evaluate_beir
from rbzqa.settings import load_settings

FLOOR = 0.745


def main() -> int:
    """Print the measures; 1 where the gate is shut."""
    index = Path(sys.argv[2]) if len(sys.argv) > 2 else Path(tempfile.mkdtemp()) / "index"
    settings = load_settings(index=index, threads=2)
    report = evaluate_beir(settings, Path(sys.argv[1]), None, print)
    values = {}
    for run in report["runs"]:
        for m in run["measures"]:
            print(f"{run['name']:<22} {m['name']:<10} {m['value']:.3f} [{m['low']:.3f}, {m['high']:.3f}] n={m['n']}")
        values[run["name"]] = run["measures"][0]
    (name, combined), *legs = values.items()
    shut = [f"{name}: {combined['high']:.3f} < {FLOOR}"] if combined["high"] < FLOOR else []
    shut += [f"{name} {combined['value']:.3f} is not above {leg} {m['value']:.3f}" for leg, m in legs if combined["value"] <= m["value"]]
    print("\n".join(shut) or "retrieval: passed")
    return 1 if shut else 0


if __name__ == "__main__":
    sys.exit(main())
