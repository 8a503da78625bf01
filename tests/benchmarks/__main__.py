"""Run every benchmark here: `make bench`, or `python -m tests.benchmarks tick` for one."""

from __future__ import annotations

import importlib
import sys
from pathlib import Path

HERE = Path(__file__).parent


def main(wanted: list[str]) -> None:
    """Run those whose name contains one of the words, or all."""
    for path in sorted(HERE.glob("bench_*.py")):
        if not wanted or any(word in path.stem for word in wanted):
            sys.stdout.write(f"\n== {path.stem.removeprefix('bench_').replace('_', ' ')}\n")
            sys.stdout.flush()
            importlib.import_module(f"tests.benchmarks.{path.stem}").main()


if __name__ == "__main__":
    main(sys.argv[1:])
