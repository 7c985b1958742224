"""A part of the clockwork that rests while a setting says so."""

from collections.abc import Callable

from socialdesk.engine.clockwork import TICK_S, Part


class Pausable:
    """`part`, while `is_on()`."""

    def __init__(self, part: Part, is_on: Callable[[], bool]) -> None:
        self._part, self._is_on = part, is_on

    def after_jump(self) -> None:
        """What the clock's jump made due waits too."""
        self._part.after_jump()

    def step(self) -> float:
        return self._part.step() if self._is_on() else TICK_S
