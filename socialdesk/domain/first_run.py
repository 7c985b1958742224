"""The first steps of a new workspace: which there are, and how far somebody has come."""

from dataclasses import replace
from enum import Enum

from socialdesk.domain.frozen import frozen

KEY = "first_run"  # of the setting that keeps it; "" = never begun


class FirstStep(Enum):
    """In their order."""

    WORDS = "words"  # how the brand is written
    LOOK = "look"  # the practice brand, or a first source
    TRY = "try"  # a live test fetch
    PACK = "pack"  # texts to answer with
    NOTICES = "notices"
    DRILL = "drill"


STEPS: tuple[FirstStep, ...] = tuple(FirstStep)


class Stand(Enum):
    """Whether the steps show themselves."""

    OPEN = "open"  # they are on the screen, and will be at the next start
    LATER = "later"  # put off: one line reminds of them
    OVER = "over"  # gone through to the end, or dismissed


@frozen
class FirstRun:
    """`at`: the step to go on with; `done`: those that were not skipped."""

    at: FirstStep = FirstStep.WORDS
    done: frozenset[FirstStep] = frozenset()
    stand: Stand = Stand.OPEN

    @property
    def n_done(self) -> int:
        return len(self.done)

    @property
    def number(self) -> int:
        """Of the step, from 1."""
        return STEPS.index(self.at) + 1

    def finish(self) -> "FirstRun":
        """This step is done: on to the next; after the last one it is over."""
        return replace(self, done=self.done | {self.at}).skip()

    def skip(self) -> "FirstRun":
        """On, without counting this step."""
        if self.at is STEPS[-1]:
            return replace(self, stand=Stand.OVER)
        return replace(self, at=STEPS[self.number])

    def back(self) -> "FirstRun":
        """To the step before; the first one stays."""
        return replace(self, at=STEPS[max(0, self.number - 2)])

    def stands(self, stand: Stand) -> "FirstRun":
        return replace(self, stand=stand)

    def packed(self) -> str:
        """As the setting keeps it: "at=look done=words,pack stand=later"."""
        done = ",".join(step.value for step in STEPS if step in self.done)
        return f"at={self.at.value} done={done} stand={self.stand.value}"


def read_first_run(packed: str) -> FirstRun | None:
    """What `packed` wrote; None when it was never begun. Raises ValueError on other text."""
    if not packed:
        return None
    parts = dict(part.split("=", 1) for part in packed.split())
    try:
        done = frozenset(FirstStep(value) for value in parts["done"].split(",") if value)
        return FirstRun(FirstStep(parts["at"]), done, Stand(parts["stand"]))
    except KeyError as e:
        raise ValueError(packed) from e


def shows_itself(kept: FirstRun | None, *, is_new: bool) -> bool:
    """Whether the steps open at the start. `is_new`: no account, no mention."""
    return is_new if kept is None else kept.stand is Stand.OPEN
