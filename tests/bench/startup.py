"""From exec to the first paint, and to a list one can work with, beside the least window."""

from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from typing import Any, Final

from tests.bench.build import cached
from tests.bench.children import environ_for, told, x_server
from tests.bench.harness import Bench, at_most, at_most_times, p50

MAX_MODULES: Final = 190  # besides our own
Start = Callable[[], dict[str, Any]]  # starts a window; what it told
Taken = dict[str, list[dict[str, Any]]]


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
    taken = compare(bench, cases, platform)
    n_modules = max(facts["n_modules"] for name in taken for facts in taken[name])
    bench.add(f"modules at first paint, {platform}", n_modules, "", at_most(MAX_MODULES))


def compare(
    bench: Bench, cases: Mapping[str, Start], where: str, *, n: int = 9, limit: float = 1.5
) -> Taken:
    """`n` rounds of every start in turn; `cases`: "floor", and a start for each number of
    mentions. `limit`: the goal, of the floor. What was told of the latter."""
    for case in cases.values():
        case()
    rounds = [{name: case() for name, case in cases.items()} for _ in range(bench.rounds(n))]
    floors = [taken.pop("floor") for taken in rounds]
    for name in rounds[0]:
        for fact, words in (
            ("painted_ms", "first paint"),
            ("usable_ms", "list to work with"),
            ("cpu_ms", "  processor time of it"),
        ):
            bench.add(
                f"exec → {words}, {name} mentions, {where}" if fact != "cpu_ms" else words,
                p50([taken[name][fact] for taken in rounds]), "ms",
                at_most_times(limit), floor=p50([floor[fact] for floor in floors]),
            )  # fmt: skip
    return {name: [taken[name] for taken in rounds] for name in rounds[0]}
