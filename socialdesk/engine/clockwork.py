"""The engine's heart: one thread that asks each part what is due, and sleeps until the next thing.

Due times are wall-clock ms in the file, never timers: they outlive sleep, restarts and clock jumps.
"""

import logging
import threading
from collections.abc import Sequence
from typing import Protocol

from socialdesk.domain.times.clock import Clock
from socialdesk.store.file.short_turns import SHORT_TURNS

TICK_S = 30.0  # the longest sleep: a jump of the clock is noticed within it
JUMP_MS = 60_000  # wall against monotonic clock: the machine slept, or the clock was set

log = logging.getLogger(__name__)


class Part(Protocol):
    """A part of the engine with something to do from time to time."""

    def step(self) -> float:
        """Start what is due; seconds until the next thing (a wake may come sooner)."""
        ...

    def after_jump(self) -> None:
        """The clock jumped: do now what waited for a time that has passed."""
        ...


class Clockwork:
    """Runs its parts, in order, until stopped. A part that fails is logged and asked again.

    `speed`: how much faster than the real ones the clock's seconds are (a drill)."""

    def __init__(self, parts: Sequence[Part], clock: Clock, speed: float = 1.0) -> None:
        self._parts, self._clock, self._speed = parts, clock, speed
        self._wake = threading.Event()
        self._stopping = False
        self._thread = threading.Thread(target=self._run, name="clockwork", daemon=True)
        self._offset = clock.now_ms() - clock.monotonic_ms()

    def start(self) -> None:
        self._thread.start()

    def wake(self) -> None:
        """Something changed: ask the parts now."""
        self._wake.set()

    def stop(self, timeout_s: float = 5.0) -> None:
        self._stopping = True
        self._wake.set()
        if self._thread.is_alive():
            self._thread.join(timeout_s)

    def turn(self) -> float:
        """Ask each part once; seconds until the next thing."""
        self._notice_jump()
        return max(0.0, min([TICK_S, *(self._ask(part) for part in self._parts)]))

    def _notice_jump(self) -> None:
        offset = self._clock.now_ms() - self._clock.monotonic_ms()
        if abs(offset - self._offset) > JUMP_MS:
            log.info("the clock jumped by %d s", (offset - self._offset) // 1000)
            for part in self._parts:
                part.after_jump()
        self._offset = offset

    def _ask(self, part: Part) -> float:
        if self._stopping:
            return TICK_S
        SHORT_TURNS.stand_aside()  # a command has woken it, its answer is on the way
        try:
            return part.step()
        except Exception:
            log.exception("%s could not do its turn", type(part).__name__)
            return 5.0

    def _run(self) -> None:
        while not self._stopping:
            pause = self.turn()
            self._wake.wait(pause / self._speed)
            self._wake.clear()
