"""From exec to the first paint, and to a list one can work with, beside the least window."""

from functools import partial
from pathlib import Path
from typing import Final

from tests.bench.build import cached
from tests.bench.children import environ_for, told, x_server
from tests.bench.harness import Bench, at_most, at_most_times, p50

MAX_MODULES: Final = 190  # besides our own


def measure(bench: Bench) -> None:
    """Floor, empty and large workspace in turn, on each platform there is here."""
    large, empty = cached(bench.n, bench.folder), cached(0, bench.folder)
    with bench.copy_of(large) as full, bench.copy_of(empty) as none:
        environ = environ_for(bench.folder, "offscreen")
        _measure_on(bench, environ, full.parent, none.parent)
        with x_server() as display:
            if display:
                environ = environ_for(bench.folder, "xcb", display)
                _measure_on(bench, environ, full.parent, none.parent)
            else:
                print("  Xvfb is not here: no figures on a screen.")


def _measure_on(bench: Bench, environ: dict[str, str], full: Path, empty: Path) -> None:
    start, platform = partial(told, environ=environ), environ["QT_QPA_PLATFORM"]
    cases = {
        "floor": partial(start, "tests.bench.floor_window"),
        "0": partial(start, "tests.bench.start_probe", str(empty)),
        f"{bench.n:,}": partial(start, "tests.bench.start_probe", str(full)),
    }
    for case in cases.values():
        case()
    rounds = [{name: case() for name, case in cases.items()} for _ in range(bench.rounds(9))]
    floors = [taken.pop("floor") for taken in rounds]
    for name in rounds[0]:
        for fact, words in (
            ("painted_ms", "first paint"),
            ("usable_ms", "list to work with"),
            ("cpu_ms", "  processor time of it"),
        ):
            bench.add(
                f"exec → {words}, {name} mentions, {platform}" if fact != "cpu_ms" else words,
                p50([taken[name][fact] for taken in rounds]), "ms",
                at_most_times(1.5), floor=p50([floor[fact] for floor in floors]),
            )  # fmt: skip
    n_modules = max(taken[name]["n_modules"] for taken in rounds for name in taken)
    bench.add(f"modules at first paint, {platform}", n_modules, "", at_most(MAX_MODULES))
