"""What marks a folder as a drill's sandbox, and the clock that both its processes go by.

The mark is a small JSON file: the engine and the window of the drill read it before anything else.
"""

import json
from dataclasses import asdict, replace
from pathlib import Path

from socialdesk.domain.frozen import frozen
from socialdesk.domain.times.clock import Clock
from socialdesk.places import private_opener


@frozen
class DrillMark:
    """`made_ms`: real time at which the sandbox was made. `is_filled`: with the four weeks before.
    `began_ms`: real time at which the
    stream's minute 0 was, 0 = being prepared. `ended_ms`: of the drill's clock, 0 = it goes on.
    `why_ended`: person, declared, gone, time. `real`: the folder of the workspace it is for."""

    stream: str
    speed: int
    real: str
    made_ms: int
    is_filled: bool = False
    began_ms: int = 0
    ended_ms: int = 0
    why_ended: str = ""


def read_mark(path: Path) -> DrillMark | None:
    """None where there is none, or none that can be read."""
    try:
        return DrillMark(**json.loads(path.read_text("utf-8")))
    except (OSError, ValueError, TypeError):
        return None


def write_mark(path: Path, mark: DrillMark) -> None:
    """A reader sees the old mark or the new one. Raises OSError."""
    draft = path.with_name(path.name + ".new")
    with open(draft, "w", encoding="utf-8", opener=private_opener) as f:
        f.write(json.dumps(asdict(mark)))
    draft.replace(path)


def note_filled(path: Path) -> DrillMark:
    """The sandbox holds all that was before the drill. Raises as `begin`."""
    return _change(path, is_filled=True)


def begin(path: Path, now_ms: int) -> DrillMark:
    """From now on the drill's time runs. Raises OSError; ValueError where there is no mark."""
    return _change(path, began_ms=now_ms)


def end(path: Path, now_ms: int, why: str) -> DrillMark:
    """The drill is over; the first reason stays. Raises as `begin`."""
    mark = read_mark(path)
    if mark is not None and mark.ended_ms:
        return mark
    return _change(path, ended_ms=now_ms, why_ended=why)


def _change(path: Path, **values: str | int | bool) -> DrillMark:
    mark = read_mark(path)
    if mark is None:
        raise ValueError("this is no drill's folder")
    changed = replace(mark, **values)  # type: ignore[arg-type]
    write_mark(path, changed)
    return changed


class DrillClock:
    """The drill's own time: from its beginning on `speed` times as fast as the real one, for
    stream, timers, cool-downs and promises alike. Before it begins: real time."""

    def __init__(self, real: Clock, mark: Path) -> None:
        self._real, self._path = real, mark
        self._began_ms, self._speed = 0, 1

    def now_ms(self) -> int:
        now = self._real.now_ms()
        if not self._began_ms:
            self._look()
        if not self._began_ms:
            return now
        return self._began_ms + (now - self._began_ms) * self._speed

    def monotonic_ms(self) -> int:
        """Runs as fast as `now_ms`, so that the two never drift apart."""
        if not self._began_ms:
            self._look()
        return self._real.monotonic_ms() * self._speed

    def _look(self) -> None:
        mark = read_mark(self._path)
        if mark is not None and mark.began_ms:
            self._began_ms, self._speed = mark.began_ms, mark.speed
