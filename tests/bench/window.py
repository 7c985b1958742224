"""The real window on the large workspace, beside a real engine: keys, frames, stalls, memory."""

import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

from socialdesk.engine.memory import STILL_MS
from socialdesk.engine.process.environ import engine_environ
from socialdesk.places import Workspace, workspace
from tests.bench.build import cached
from tests.bench.children import FLAG, ROOT, environ_for, memory_mb, told
from tests.bench.flood_engine import add_account
from tests.bench.harness import Bench, Goal, at_least, at_most, at_most_times, p50, p95

RATE: Final = 2_000  # mentions/s of a crisis
CALM_S: Final = 15
FLOOD_S: Final = 60
START_S: Final = 60.0
SETTLED_S: Final = 5  # after the engine saw that the flood is over
Middle = Callable[[Sequence[float]], float]


def measure(bench: Bench) -> None:
    """Hands, then stillness, then a flood; each in a fresh window on the same engine."""
    with bench.copy_of(cached(bench.n, bench.folder)) as path:
        place = workspace(str(path.parent))
        place.prepare()
        add_account(place)
        make_todays_backup(place)
        environ = environ_for(bench.folder, "offscreen")
        with engine_at(place, RATE, environ) as engine:
            probe = "tests.bench.window_probe"
            facts = told(probe, str(place.folder), "hands", str(bench.rounds(60)), environ=environ)
            _add_hands(bench, facts)
            _add_memory(bench, facts["memory"], memory_mb(str(engine.pid)))
            calm = told(probe, str(place.folder), "calm", str(bench.rounds(CALM_S)),
                        environ=environ)  # fmt: skip
            flood = told(probe, str(place.folder), "flood", str(bench.rounds(FLOOD_S)),
                         environ=environ)  # fmt: skip
            meanwhile = memory_mb(str(engine.pid))
            (place.folder / FLAG).unlink()
            told(probe, str(place.folder), "calm", str(STILL_MS // 1000 + SETTLED_S),
                 environ=environ)  # fmt: skip
            _add_flood(bench, calm, flood, meanwhile, memory_mb(str(engine.pid)))


def _add_hands(bench: Bench, facts: dict[str, Any]) -> None:
    acts: tuple[tuple[str, str, Middle, tuple[Goal, ...]], ...] = (
        ("key → next card painted, p95", "next", p95, (at_most(16),)),
        ("key → done, card gone and painted, p95", "done", p95, (at_most(16),)),
        ("key → done, acknowledged by the engine, p95", "acknowledged", p95, ()),
        ("another view → first page painted, p95", "view", p95, (at_most(16),)),
        # with the pause that tells that typing has ended: it is waited for as well
        ("last letter → found and painted, p95", "search", p95, (at_most(60),)),
    )
    for name, key, middle, goals in acts:
        wall, cpu = zip(*facts[key], strict=True)
        bench.add(name, middle(wall), "ms", *goals)
        bench.add("  processor time of it", middle(cpu), "ms", *goals)
    (wall, cpu), (floor, cpu_floor) = (
        zip(*facts[key], strict=True) for key in ("scroll", "scroll_floor")
    )
    name = f"random scroll frame, {facts['n_rows']:,} rows"
    both = (at_most(16), at_most_times(1.3))
    bench.add(f"{name}, p50", p50(wall), "ms", floor=p50(floor))
    bench.add(f"{name}, p95", p95(wall), "ms", *both, floor=p95(floor))
    bench.add("  processor time of it", p95(cpu), "ms", *both, floor=p95(cpu_floor))


def _add_memory(bench: Bench, window: dict[str, float], engine: dict[str, float]) -> None:
    for kind in window:
        bench.add(f"memory of the window after 1,000 jumps, {kind.upper()}", window[kind], "MB",
                  *([at_most(130)] if kind == "rss" else []))  # fmt: skip
        bench.add(f"memory of the engine, {kind.upper()}", engine[kind], "MB",
                  *([at_most(90)] if kind == "rss" else []))  # fmt: skip


def _add_flood(
    bench: Bench,
    calm: dict[str, Any],
    flood: dict[str, Any],
    meanwhile: dict[str, float],
    engine: dict[str, float],
) -> None:
    bench.add(f"mentions announced in a flood of {RATE:,}/s", flood["n_per_s"], "per s",
              at_least(RATE * 0.95))  # fmt: skip
    bench.add("window late in the flood, p99", flood["p99"], "ms", at_most_times(3),
              floor=calm["p99"])  # fmt: skip
    bench.add("window late in the flood, worst", flood["worst"], "ms", at_most(50),
              floor=calm["worst"])  # fmt: skip
    if engine:
        bench.add("memory of the engine in the flood, RSS", meanwhile["rss"], "MB")
        bench.add("memory of the engine after the flood, RSS", engine["rss"], "MB", at_most(90))


@contextmanager
def engine_at(
    place: Workspace, rate: int, environ: dict[str, str]
) -> "Iterator[subprocess.Popen[bytes]]":
    """An engine process that listens already."""
    command = [sys.executable, "-m", "tests.bench.flood_engine", str(place.folder), str(rate)]
    engine = subprocess.Popen(command, cwd=ROOT, env={**engine_environ(), **environ})
    try:
        end = time.monotonic() + START_S
        while not place.engine_address.exists():
            if _ends_within(engine, 0.05) or time.monotonic() > end:
                raise RuntimeError("the engine did not start")
        yield engine
    finally:
        engine.send_signal(signal.SIGTERM)
        engine.wait()


def _ends_within(engine: "subprocess.Popen[bytes]", seconds: float) -> bool:
    try:
        engine.wait(seconds)
    except subprocess.TimeoutExpired:
        return False
    return True


def make_todays_backup(place: Workspace) -> None:
    """In name only: the daily copy of the whole file is another measure than these."""
    Path(place.backups / time.strftime("backup-%Y%m%d-%H%M%S.db", time.gmtime())).touch()
