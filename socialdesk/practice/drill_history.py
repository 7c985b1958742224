"""Four weeks of ordinary days before a drill: what its alerts take for usual.

Invented like the rest, by a seed, with a curve over the day and the week; about a quarter of it
unhappy, as on any usual day.
"""

from collections.abc import Callable, Iterator
from itertools import cycle
from math import exp
from random import Random
from typing import Final

from socialdesk.domain.replies.template import fill, slots
from socialdesk.practice.content import Content, Line, Phrase
from socialdesk.practice.stream import writers_of

HISTORY_DAYS: Final = 28
A_DAY: Final = 22.0  # mentions on a working day
UNHAPPY_SHARE: Final = 0.25
_DAY_S: Final = 86_400
_WEEK: Final = (1.0, 1.0, 1.0, 1.0, 1.05, 0.75, 0.7)  # Monday first


def history(content: Content, seed: int, *, day_s: int, weekday: int) -> tuple[Line, ...]:
    """Lines with negative times, oldest first. `day_s`: seconds since midnight at the drill's
    start, `weekday`: 0 = Monday; both in the time the drill is played in."""
    return tuple(_lines(content, seed, day_s, weekday))


def _lines(content: Content, seed: int, day_s: int, weekday: int) -> Iterator[Line]:
    # In turn, not by chance: the same words from many mouths on one day would be a rumour.
    happy = _in_turn(content, seed, lambda kind: kind not in {"complaint", "spam"})
    unhappy = _in_turn(content, seed, lambda kind: kind == "complaint")
    for day in range(HISTORY_DAYS, -1, -1):
        draw = Random(f"{seed}/history/{day}")
        factor = _WEEK[(weekday - day) % 7] * draw.uniform(0.8, 1.2)
        times = sorted(_second(draw) for _ in range(round(A_DAY * factor)))
        for n, second in enumerate(times):
            at_s = second - day_s - day * _DAY_S
            if at_s < -60:
                phrases = unhappy if draw.random() < UNHAPPY_SHARE else happy
                yield _line(content, draw, next(phrases), f"history/{day}/{n}", at_s)


def _in_turn(content: Content, seed: int, fits: Callable[[str], bool]) -> Iterator[Phrase]:
    phrases = [phrase for phrase in content.phrases if fits(phrase.kind)]
    Random(f"{seed}/history").shuffle(phrases)
    return cycle(phrases)


def _second(draw: Random) -> float:
    """A time of day, by the day's curve: rejection sampling."""
    while True:
        hour = draw.uniform(0.0, 24.0)
        curve = 0.25 + exp(-(((hour - 13) / 5) ** 2)) + 0.6 * exp(-(((hour - 20) / 2.5) ** 2))
        if draw.random() * 1.35 <= curve:
            return hour * 3600


def _line(content: Content, draw: Random, phrase: Phrase, key: str, at_s: float) -> Line:
    words = content.words[phrase.lang]
    values = {name: draw.choice(words[name]) for name in slots(phrase.text) if name in words}
    values["order_number"] = f"TR-{draw.randrange(1000, 10000)}"
    return Line(
        key=key, at_s=round(at_s, 3), by=draw.choice(writers_of(content, phrase)).key,
        text=fill(phrase.text, values), kind=phrase.kind, lang=phrase.lang,
    )  # fmt: skip
