"""`make bench`: every figure with its floor, measured in one run, and a table at the end.

    python -m tests.bench [--quick] [FAMILY ...]

`--quick` (or QUICK=1 with make): 100,000 mentions and fewer rounds, about two minutes. BENCH_DIR
names a folder that keeps the large workspace for the next run; without it everything lies in a
temporary folder and is gone afterwards.
"""

import argparse
import os
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Final

from tests.bench import (
    bulk,
    declare,
    frozen,
    ingest,
    insight,
    link,
    practice,
    queries,
    reports,
    startup,
    understanding,
    window,
)
from tests.bench.harness import MILLION, N_QUICK, Bench, machine, table

FAMILIES: Final[dict[str, Callable[[Bench], None]]] = {
    "ingest": ingest.measure,
    "insight": insight.measure,
    "practice": practice.measure,
    "queries": queries.measure,
    "reports": reports.measure,
    "startup": startup.measure,
    "frozen": frozen.measure,
    "window": window.measure,
    "link": link.measure,
    "bulk": bulk.measure,
    "declare": declare.measure,
    "understanding": understanding.measure,
}


def main(args: Sequence[str]) -> int:
    """Measures what is asked for; 0 also when a goal is missed, figures are for reading."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench")
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("families", nargs="*", metavar="FAMILY", help=", ".join(FAMILIES))
    options = parser.parse_args(args)
    if unknown := set(options.families) - FAMILIES.keys():
        parser.error(f"no such family: {', '.join(sorted(unknown))}; there are {list(FAMILIES)}")
    kept = os.environ.get("BENCH_DIR")
    if kept:
        Path(kept).mkdir(parents=True, exist_ok=True)
        _run(options.families, Bench(Path(kept).absolute(), *_size(options.quick)))
    else:
        with tempfile.TemporaryDirectory(prefix="socialdesk-bench-") as folder:
            _run(options.families, Bench(Path(folder), *_size(options.quick)))
    return 0


def _size(is_quick: bool) -> tuple[int, bool]:
    return (N_QUICK, True) if is_quick else (MILLION, False)


def _run(names: Sequence[str], bench: Bench) -> None:
    print(f"{machine()}; {bench.n:,} mentions in {bench.folder}", flush=True)
    began = time.monotonic()
    for name in names or FAMILIES:
        print(f"== {name}", flush=True)
        FAMILIES[name](bench)
    print(f"\n{table(bench.figures)}\n\n{machine()}; {time.monotonic() - began:.0f} s")


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
