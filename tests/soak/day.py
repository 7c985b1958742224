"""A working day, compressed: engine and window as two processes, watched from a third.

    python -m tests.soak.day FOLDER [SHARE]

SHARE of the eight hours (1 = all of them). Prints what came of it, and leaves the logs in FOLDER.
"""

import json
import os
import re
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from typing import Any, Final

from socialdesk.engine.process.environ import engine_environ
from socialdesk.places import Workspace, workspace
from socialdesk.store.file.sqlite import open_reader
from tests.bench.children import ROOT, memory_mb
from tests.soak import day_clock, day_engine, day_window

DAY_S: Final = 8 * 3600
N_MENTIONS, N_REPLIES, N_DRILLS, N_ERRORS = 100_000, 1_000, 20, 200
FAST, SLOW = 60.0, 1.0  # clock seconds a real one; slow while a drill is on
SAMPLE_S: Final = 2.0
WARM_UP: Final = 0.2  # of the samples
START_S: Final = 120.0
_BAD: Final = re.compile(r" (ERROR|CRITICAL) |^Traceback", re.MULTILINE)


@dataclass(slots=True)
class Samples:
    """Memory of two processes, MB, every SAMPLE_S."""

    engine: list[float] = field(default_factory=list)
    window: list[float] = field(default_factory=list)

    def growth(self, name: str) -> float:
        """From after the warm-up to the end, medians of a twentieth of the samples each."""
        values: list[float] = getattr(self, name)
        n, width = int(len(values) * WARM_UP), max(3, len(values) // 20)
        return median(values[-width:]) - median(values[n : n + width])


def play(folder: Path, share: float = 1.0) -> dict[str, Any]:
    """All facts of a day, by name."""
    n_mentions, n_replies = int(N_MENTIONS * share), int(N_REPLIES * share)
    counts = (str(n_replies), str(max(1, int(N_DRILLS * share))), str(int(N_ERRORS * share)))
    place = workspace(str(folder / "day"))
    os.environ[day_clock.VARIABLE] = str(folder / "day.clock")
    day_clock.begin(folder / "day.clock", FAST)
    day_engine.prepare(place)
    day_clock.begin(folder / "day.clock", FAST)
    day_s = DAY_S * share
    began = time.monotonic()
    with _child("day_engine", place, str(n_mentions), str(day_s)) as engine:
        _wait_for(place.engine_address.exists, engine)
        speeds = (str(FAST), str(SLOW))
        with _child("day_window", place, str(day_s), *counts, *speeds) as window:
            goal = {"n_mentions": n_mentions, "n_replies": n_replies}
            samples = _watch(window, engine, folder / "memory.csv", place, goal)
            assert window.stdout is not None
            lines = window.stdout.read().splitlines()
    if not lines:
        raise RuntimeError(f"the window fell ({window.returncode}), see beside {place.window_log}")
    facts: dict[str, Any] = json.loads(lines[-1])
    return facts | {
        "minutes": (time.monotonic() - began) / 60,
        "engine_growth": samples.growth("engine"), "window_growth": samples.growth("window"),
        "engine": samples.engine, "window": samples.window,
        "log": _complaints(place), **_stored(place),
    }  # fmt: skip


def _stored(place: Workspace) -> dict[str, int]:
    conn = open_reader(place.database)
    found = {name: conn.execute(sql).fetchone()[0] for name, sql in _COUNTS.items()}
    conn.close()
    return found


_COUNTS: Final = {  # the town counts its mentions with its cursor
    "n_mentions": "SELECT coalesce(max(CAST(cursor AS INTEGER)), 0) FROM watch",
    "n_replies": "SELECT count(*) FROM outbox WHERE state = 'sent'",
    "n_drills_kept": "SELECT count(*) FROM incident WHERE is_drill",
}


def _complaints(place: Workspace) -> list[str]:
    """Errors in both logs; those that were thrown in left out."""
    found = []
    for log in (place.engine_log, place.window_log):
        text = log.read_text("utf-8") if log.exists() else ""
        for start in re.split(r"^(?=\d{4}-\d\d-\d\d )", text, flags=re.MULTILINE):
            if _BAD.search(start) and "InjectedError" not in start:
                found.append(start.strip()[:1_500])
    return found


@contextmanager
def _child(module: str, place: Workspace, *args: str) -> "Iterator[subprocess.Popen[str]]":
    command = [sys.executable, "-m", f"tests.soak.{module}", str(place.folder), *args]
    environ = engine_environ() if module == "day_engine" else dict(os.environ)
    environ["QT_QPA_PLATFORM"] = "offscreen"
    child = subprocess.Popen(command, cwd=ROOT, env=environ, stdout=subprocess.PIPE, text=True)
    try:
        yield child
    finally:
        child.terminate()
        try:
            child.wait(30)
        except subprocess.TimeoutExpired:
            child.kill()


def _wait_for(is_there: Any, child: "subprocess.Popen[str]") -> None:
    never, end = threading.Event(), time.monotonic() + START_S
    while not is_there():
        if child.poll() is not None or time.monotonic() > end:
            raise RuntimeError("the engine did not start")
        never.wait(0.1)


def _watch(
    window: "subprocess.Popen[str]",
    engine: "subprocess.Popen[str]",
    log: Path,
    place: Workspace,
    goal: dict[str, int],
) -> Samples:
    """Until the window ends, which is told once the `goal` is reached. `log`: for who looks on, or
    comes after a day that was cut short."""
    samples, children = Samples(), {"engine": engine, "window": window}
    while True:
        try:
            window.wait(SAMPLE_S)
        except subprocess.TimeoutExpired:
            found = {name: memory_mb(str(child.pid)) for name, child in children.items()}
            for name, memory in found.items():
                if memory:
                    getattr(samples, name).append(memory["rss"])
            stored, all_in = _stored(place), place.folder / day_window.ALL_IN
            if all(stored[name] >= n for name, n in goal.items()):
                all_in.touch()
            with log.open("a") as file:
                file.write(",".join(f"{m.get('rss', 0):.1f}" for m in found.values()) + "\n")
        else:
            return samples


def table(facts: dict[str, Any]) -> str:
    """For people."""
    worst = facts["worst"]
    rows = (
        ("the day took", f"{facts['minutes']:.1f} min"),
        ("mentions in", f"{facts['n_mentions']:,}"),
        ("replies sent", f"{facts['n_replies']:,}"),
        ("drills begun and ended, kept", f"{facts['n_drills']}, {facts['n_drills_kept']}"),
        ("screens shown", f"{facts['n_screens']:,}"),
        ("memory of the engine, growth", f"{facts['engine_growth']:+.1f} MB of "
                                         f"{facts['engine'][-1]:.0f}"),
        ("memory of the window, growth", f"{facts['window_growth']:+.1f} MB of "
                                         f"{facts['window'][-1]:.0f}"),
        ("worst gap between paints", f"{worst[1]} ms of its own, {worst[0]} by the clock"
                                     f" ({worst[2]})"),
        ("gaps over 200 ms", str(sum(own > 200 for _, own, _ in facts["gaps"]))),
        ("errors nobody handled, in logs", f"{len(facts['unhandled'])}, {len(facts['log'])}"),
        ("errors thrown in, drafts kept", f"{facts['n_injected']}, {facts['n_kept']}"),
    )  # fmt: skip
    return "\n".join(f"{name:34}{value}" for name, value in rows)


if __name__ == "__main__":
    found = play(Path(sys.argv[1]), float(sys.argv[2]) if sys.argv[2:] else 1.0)
    Path(sys.argv[1], "facts.json").write_text(json.dumps(found))
    print(table(found))
    print("\n".join([*found["log"][:5], *found["unhandled"][:5], *found["given_up"][:10]]))
