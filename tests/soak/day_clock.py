"""A clock that several processes go by, and that can be made to run faster or slower.

A small file holds its stretches: from which real time on it runs how fast. A change is written a
little ahead of its time, so that every process has read it before it comes.
"""

import json
import os
import time
from bisect import bisect_right
from pathlib import Path
from typing import Final

VARIABLE: Final = "SOCIALDESK_DAY_CLOCK"  # the file
AHEAD_MS: Final = 500
LOOK_EVERY_S: Final = 0.1

Stretch = tuple[int, int, float]  # real ms, clock ms, clock seconds a real one


class DayClock:
    """As `app.SystemClock`; both its clocks run alike."""

    def __init__(self, path: Path | None = None) -> None:
        self._path = path or Path(os.environ[VARIABLE])
        self._looked = 0.0
        self._stretches: list[Stretch] = []

    def now_ms(self) -> int:
        real_ms = time.time_ns() // 1_000_000
        began, at, speed = self._at(real_ms)
        return at + int((real_ms - began) * speed)

    def monotonic_ms(self) -> int:
        return self.now_ms()

    def speed(self) -> float:
        """Clock seconds a real one, now."""
        return self._at(time.time_ns() // 1_000_000)[2]

    def change_speed(self, speed: float) -> None:
        """A little later. One process only does it."""
        real_ms = time.time_ns() // 1_000_000 + AHEAD_MS
        began, at, before = self._at(real_ms)
        after = (real_ms, at + int((real_ms - began) * before), speed)
        _write(self._path, [*self._stretches, after])
        self._looked = 0.0

    def _at(self, real_ms: int) -> Stretch:
        if time.monotonic() - self._looked > LOOK_EVERY_S:
            self._stretches = [tuple(one) for one in json.loads(self._path.read_text())]
            self._looked = time.monotonic()
        n = bisect_right([began for began, _, _ in self._stretches], real_ms)
        return self._stretches[max(0, n - 1)]


def begin(path: Path, speed: float) -> None:
    """A clock that shows the real time now, and runs at `speed` from now on."""
    now = time.time_ns() // 1_000_000
    _write(path, [(now, now, speed)])


def _write(path: Path, stretches: list[Stretch]) -> None:
    draft = path.with_suffix(".new")
    draft.write_text(json.dumps(stretches))
    draft.replace(path)
