"""What a person says about what the program read, and about what it learned from that."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class CorrectInsight:
    """`field`: sentiment, intent or lang (`store.corrections.Field`); `value`: the name of the
    value in small letters (negative, complaint), or a language code; "" takes the correction
    back. Can be undone."""

    ids: tuple[int, ...]
    field: str
    value: str


@dataclass(frozen=True, slots=True)
class StopReading:
    """Older mentions are no longer read in the background until ContinueReading."""


@dataclass(frozen=True, slots=True)
class ContinueReading:
    """They are."""


@dataclass(frozen=True, slots=True)
class ResetLearning:
    """What was learned is deleted, and what was answered until now no longer counts.
    TakeUpLearning brings it back; the corrections themselves stay."""


@dataclass(frozen=True, slots=True)
class TakeUpLearning:
    """A reset is taken back: everything ever answered is learned from."""


InsightCommand = CorrectInsight | StopReading | ContinueReading | ResetLearning | TakeUpLearning
