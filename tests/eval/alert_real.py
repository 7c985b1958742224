"""Real volume streams with windows that people marked (sources and licences: data/README.md)."""

import csv
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

import numpy as np

from socialdesk.domain.crisis.alert import Level
from tests.eval.alert_run import episodes
from tests.eval.alert_streams import PER_DAY, PER_WEEK, Stream

BUCKET: Final = 900  # s
LEARNT: Final = PER_DAY  # buckets before anything is judged


@dataclass(frozen=True, slots=True)
class Brand:
    """`start`: Unix time of the first bucket; `windows`: (first, last) bucket marked unusual."""

    name: str
    start: int
    stream: Stream
    windows: tuple[tuple[int, int], ...]

    @property
    def weeks(self) -> float:
        return (len(self.stream.negative) - LEARNT) / PER_WEEK


@dataclass(frozen=True, slots=True)
class Judged:
    n_found: int
    n_false: int


def brands(data: Path) -> Iterator[Brand]:
    """Each with its own start; every bucket is there."""
    marked = json.loads((data / "brand_volume_windows.json").read_text("utf-8"))
    rows: dict[str, list[tuple[int, int]]] = {}
    with (data / "brand_volume_15min.csv").open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            rows.setdefault(row["brand"], []).append((_unix(row["bucket_start"]),
                                                      int(row["mentions"])))  # fmt: skip
    for name, found in rows.items():
        start = found[0][0]
        whole = start - start % 86_400  # the rule counts in whole days
        counts = np.zeros((found[-1][0] - whole) // BUCKET + 1, dtype=np.int64)
        for at, n in found:
            counts[(at - whole) // BUCKET] = n
        weekday = datetime.fromtimestamp(whole, UTC).weekday()
        windows = tuple(
            ((_unix(first) - whole) // BUCKET, (_unix(last) - whole) // BUCKET)
            for first, last in marked[name]
        )
        yield Brand(
            name, whole, Stream(counts, counts, LEARNT, name=name, weekday=weekday), windows
        )


def judge_brand(brand: Brand, play: Callable[[Stream], list[Level]]) -> Judged:
    """A window is found when something rings in it; an episode outside all of them is false."""
    found = play(brand.stream)
    n_found = sum(
        any(level >= Level.WATCH for level in found[first : last + 1])
        for first, last in brand.windows
    )
    outside = [
        at for at in episodes(found)
        if at >= LEARNT and not any(first <= at <= last for first, last in brand.windows)
    ]  # fmt: skip
    return Judged(n_found, len(outside))


def _unix(text: str) -> int:
    return int(datetime.fromisoformat(text).replace(tzinfo=UTC).timestamp())
