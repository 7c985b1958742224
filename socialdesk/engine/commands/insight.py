"""What a person says about what the program read, and about what it learned from that."""

from socialdesk.domain.frozen import frozen


@frozen
class CorrectInsight:
    """`field`: sentiment, intent or lang (`store.triage.corrections.Field`); `value`: the name
    of the value in small letters (negative, complaint), or a language code; "" takes the
    correction back. Can be undone."""

    ids: tuple[int, ...]
    field: str
    value: str


@frozen
class StopReading:
    """Older mentions are no longer read in the background until ContinueReading."""


@frozen
class ContinueReading:
    """They are."""


@frozen
class ResetLearning:
    """What was learned is deleted, and what was answered until now no longer counts.
    TakeUpLearning brings it back; the corrections themselves stay."""


@frozen
class TakeUpLearning:
    """A reset is taken back: everything ever answered is learned from."""


InsightCommand = CorrectInsight | StopReading | ContinueReading | ResetLearning | TakeUpLearning
