"""Corrections of what was read, the background reading, and the learning's reset."""

import re
from typing import Final

from socialdesk.domain.errors import CommandError, CommandFault
from socialdesk.domain.mentions.insight import Intent, Sentiment
from socialdesk.engine.commands import insight as c
from socialdesk.engine.work import Handler, Outcome
from socialdesk.store.file.writer import Transaction
from socialdesk.store.insight import learned, reading_state
from socialdesk.store.triage import acts, corrections
from socialdesk.store.triage.corrections import Field

_LANG: Final = re.compile(r"[a-z]{2,3}")
# "Unsure" and "not rated" are no answers of a person; 0 takes one back.
_SENTIMENTS: Final = {"": 0} | {
    s.name.lower(): s.value for s in (Sentiment.NEGATIVE, Sentiment.NEUTRAL, Sentiment.POSITIVE)
}
_INTENTS: Final = {"": 0} | {i.name.lower(): i.value for i in Intent if i is not Intent.UNSURE}


def correct(tx: Transaction, command: c.CorrectInsight, person: int) -> Outcome:
    if not command.ids:
        raise CommandError(CommandFault.NOT_FOUND)
    field, value = meant(command.field, command.value)
    data = {"field": field.value, "value": command.value, **acts.named(command.ids)}
    act = acts.begin(tx, "corrected", person, data)
    corrections.correct(tx, act, command.ids, field, value)
    return act.seq, {"n": len(command.ids)}


def meant(field: str, value: str) -> tuple[Field, int | str]:
    """A correction as the store has it. Raises CommandError BAD_INPUT."""
    match field:
        case Field.SENTIMENT.value if value in _SENTIMENTS:
            return Field.SENTIMENT, _SENTIMENTS[value]
        case Field.INTENT.value if value in _INTENTS:
            return Field.INTENT, _INTENTS[value]
        case Field.LANG.value if not value or _LANG.fullmatch(value):
            return Field.LANG, value
        case _:
            raise CommandError(CommandFault.BAD_INPUT, what=f"{field} {value}"[:60])


def stop_reading(tx: Transaction, command: c.StopReading, person: int) -> Outcome:
    return reading_state.set_stopped(tx, True, person), {}


def continue_reading(tx: Transaction, command: c.ContinueReading, person: int) -> Outcome:
    return reading_state.set_stopped(tx, False, person), {}


def reset(tx: Transaction, command: c.ResetLearning, person: int) -> Outcome:
    return learned.forget(tx, person), {}


def take_up(tx: Transaction, command: c.TakeUpLearning, person: int) -> Outcome:
    return learned.take_up_again(tx, person), {}


HANDLERS: Final[dict[type, Handler]] = {
    c.CorrectInsight: correct,
    c.StopReading: stop_reading,
    c.ContinueReading: continue_reading,
    c.ResetLearning: reset,
    c.TakeUpLearning: take_up,
}
