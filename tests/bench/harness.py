"""How a figure is taken and shown: rounds in turn, medians, and the floor beside the value.

A floor is the least that the same work costs on this machine without our program, taken in the
same run. Absolute times differ from machine to machine; the ratios carry over.
"""

import os
import platform
import shutil
import statistics
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from socialdesk.store.file.sqlite import SIDE_FILES, SQLITE_VERSION

Action = Callable[[], object]
MILLION: Final = 1_000_000
N_QUICK: Final = 100_000


@dataclass(frozen=True, slots=True)
class Goal:
    """A limit of the value, or of its ratio to the floor; a ceiling unless `is_least`."""

    limit: float
    is_ratio: bool = False
    is_least: bool = False

    def is_met(self, value: float, floor: float | None) -> bool:
        if self.is_ratio and not floor:
            return True
        measured = value / floor if self.is_ratio and floor else value
        return measured >= self.limit if self.is_least else measured <= self.limit

    def words(self, unit: str) -> str:
        sign = "≥" if self.is_least else "≤"
        return f"{sign} {self.limit:g}x" if self.is_ratio else f"{sign} {shown(self.limit)} {unit}"


def at_most(limit: float) -> Goal:
    return Goal(limit)


def at_most_times(limit: float) -> Goal:
    return Goal(limit, is_ratio=True)


def at_least(limit: float) -> Goal:
    return Goal(limit, is_least=True)


def at_least_times(limit: float) -> Goal:
    return Goal(limit, is_ratio=True, is_least=True)


@dataclass(frozen=True, slots=True)
class Figure:
    """One line of the table. `floor` None: there is nothing to compare with."""

    name: str
    value: float
    unit: str
    floor: float | None = None
    goals: tuple[Goal, ...] = ()

    def cells(self) -> tuple[str, ...]:
        """Name, value, floor, ratio, goal, verdict."""
        has_floor = self.floor is not None
        return (
            self.name,
            f"{shown(self.value)} {self.unit}",
            f"{shown(self.floor)} {self.unit}" if self.floor is not None else "",
            f"{self.value / self.floor:.2f}x" if has_floor and self.floor else "",
            ", ".join(goal.words(self.unit) for goal in self.goals),
            self._verdict(),
        )

    def _verdict(self) -> str:
        if not self.goals:
            return ""
        return "ok" if all(g.is_met(self.value, self.floor) for g in self.goals) else "MISSED"


@dataclass(slots=True)
class Bench:
    """One run. `folder`: scratch and cached files; `n`: mentions in the large workspace."""

    folder: Path
    n: int = MILLION
    is_quick: bool = False
    figures: list[Figure] = field(default_factory=list)

    def rounds(self, n: int) -> int:
        """`n`, or a third of it in a quick run."""
        return max(2, n // 3) if self.is_quick else n

    def add(
        self, name: str, value: float, unit: str, *goals: Goal, floor: float | None = None
    ) -> None:
        """Keep a figure and print it at once."""
        figure = Figure(name, value, unit, floor, goals)
        self.figures.append(figure)
        print("  " + "  ".join(filter(None, figure.cells())), flush=True)

    @contextmanager
    def copy_of(self, path: Path) -> Iterator[Path]:
        """A private copy of a cached file in a workspace folder of its own, as whole on the disk
        as one that grew there: else the first sync of what is measured would write all of it."""
        home = self.folder / f"work-{os.getpid()}-{time.monotonic_ns()}"
        home.mkdir(mode=0o700)
        try:
            copy = home / "workspace.db"
            shutil.copyfile(path, copy)
            copy.chmod(0o600)
            with copy.open("rb+") as file:
                os.fsync(file.fileno())
            yield copy
        finally:
            shutil.rmtree(home)

    @contextmanager
    def scratch_file(self) -> Iterator[Path]:
        """A path for a new database; it and its side files are gone afterwards."""
        path = self.folder / f"scratch-{os.getpid()}-{time.monotonic_ns()}.db"
        try:
            yield path
        finally:
            for side in ("", *SIDE_FILES):
                Path(f"{path}{side}").unlink(missing_ok=True)


def seconds(action: Action) -> float:
    """How long one call takes, wall time."""
    began = time.perf_counter()
    action()
    return time.perf_counter() - began


def timed_ms(action: Action) -> float:
    """The same in ms."""
    return seconds(action) * 1000


def samples(action: Action, n: int) -> list[float]:
    """`n` calls after one that warms the caches, in ms."""
    action()
    return [timed_ms(action) for _ in range(n)]


def in_turn(actions: Mapping[str, Action], n: int) -> dict[str, list[float]]:
    """`n` rounds in which each action has its turn, so that noise hits all alike; ms."""
    for action in actions.values():
        action()
    taken: dict[str, list[float]] = {name: [] for name in actions}
    for _ in range(n):
        for name, action in actions.items():
            taken[name].append(timed_ms(action))
    return taken


def p50(values: Sequence[float]) -> float:
    return statistics.median(values)


def p95(values: Sequence[float]) -> float:
    return percentile(values, 0.95)


def percentile(values: Sequence[float], share: float) -> float:
    """The value that `share` of them do not exceed (nearest rank)."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


def shown(value: float) -> str:
    """Three digits that count, thousands apart."""
    if abs(value) >= 100:
        return f"{value:,.0f}"
    return f"{value:.1f}" if abs(value) >= 10 else f"{value:.2f}"


def machine() -> str:
    """What it was measured on, for the head of the table."""
    load = f", load {os.getloadavg()[0]:.1f}" if hasattr(os, "getloadavg") else ""
    return (
        f"Python {platform.python_version()}, SQLite {SQLITE_VERSION}, {os.cpu_count()} cores,"
        f" {platform.system()} {platform.release()}{load}"
    )


def table(figures: Sequence[Figure]) -> str:
    """All figures under each other, in columns."""
    heads = ("measure", "value", "floor", "ratio", "goal", "verdict")
    rows = [heads, *(figure.cells() for figure in figures)]
    widths = [max(len(row[n]) for row in rows) for n in range(len(heads))]
    return "\n".join(
        "  ".join(
            cell.rjust(width) if 0 < n < 4 else cell.ljust(width)
            for n, (cell, width) in enumerate(zip(row, widths, strict=True))
        ).rstrip()
        for row in rows
    )
