"""Whether the values of a rule make sense; each fault has a sentence in `engine/words/rules.py`."""

import re
from collections.abc import Iterator, Sequence

from socialdesk.domain.frozen import frozen
from socialdesk.domain.mentions.insight import Intent, Sentiment
from socialdesk.domain.mentions.mention import Kind
from socialdesk.domain.rules.brand_words import read_brand_words
from socialdesk.domain.rules.rule import (
    ALL_DAYS,
    BARE,
    DAY_MIN,
    FLAGS,
    MAX_ACTIONS,
    MAX_CONDITIONS,
    MAX_GROUPS,
    MAX_NAME_CHARS,
    MAX_VALUE_CHARS,
    MAX_VALUES,
    NUMBERS,
    OPEN_END,
    SPANS,
    TEXTS,
    Action,
    Condition,
    Do,
    Field,
    Rule,
)

STATUSES = ("open", "done", "spam")
SOURCES = tuple(k.name.lower() for k in Kind if k is not Kind.CONTEXT)
SENTIMENTS = tuple(s.name.lower() for s in Sentiment)
INTENTS = tuple(i.name.lower() for i in Intent)
_CODES = {Field.SOURCE: SOURCES, Field.SENTIMENT: SENTIMENTS, Field.INTENT: INTENTS}
_LANG = re.compile(r"[a-z]{2,3}")
MAX_LABEL_CHARS = 60  # as store/triage/labels.py
MAX_SNOOZE_MIN = 366 * DAY_MIN


@frozen
class RuleFault:
    """`fact`: what is wrong, as typed. `group` and `place` count from 0: a condition of that
    group, or with group -1 an action; both -1 = the rule itself."""

    code: str
    fact: str = ""
    group: int = -1
    place: int = -1


def faults(rule: Rule) -> list[RuleFault]:
    """Everything that keeps the rule from being stored; [] when all is well. Whether an expression
    compiles is asked elsewhere (`engine/rules/patterns.py`)."""
    return [*_of_whole(rule), *_of_conditions(rule), *_of_actions(rule.actions)]


def _of_whole(rule: Rule) -> Iterator[RuleFault]:
    n = sum(len(group.conditions) for group in rule.groups)
    if not rule.name.strip():
        yield RuleFault("no_name")
    if len(rule.name) > MAX_NAME_CHARS:
        yield RuleFault("long_name", str(MAX_NAME_CHARS))
    if not n:
        yield RuleFault("no_conditions")
    if n > MAX_CONDITIONS or len(rule.groups) > MAX_GROUPS:
        yield RuleFault("many_conditions", str(MAX_CONDITIONS))
    if not rule.actions:
        yield RuleFault("no_actions")
    if len(rule.actions) > MAX_ACTIONS:
        yield RuleFault("many_actions", str(MAX_ACTIONS))


def _of_conditions(rule: Rule) -> Iterator[RuleFault]:
    for g, group in enumerate(rule.groups):
        if not group.conditions and len(rule.groups) > 1:
            yield RuleFault("empty_group", group=g)
        for n, condition in enumerate(group.conditions):
            if found := condition_fault(condition):
                yield RuleFault(*found, group=g, place=n)


def condition_fault(condition: Condition) -> tuple[str, str] | None:
    """Code and fact of what is wrong with the values; None when they make sense."""
    field, values = condition.field, condition.values
    if field in FLAGS:
        return None if not values else ("no_value_here", field.value)
    wanted = int if field in SPANS | NUMBERS or field is Field.TIME else str
    if any(type(v) is not wanted for v in values) or len(values) > MAX_VALUES:
        return "bad_value", field.value
    if field in SPANS:
        return _span_fault(field, values)
    if field is Field.TIME:
        return _time_fault(values)
    if not values or any(v == "" for v in values):
        return "no_value", field.value
    if field in TEXTS:
        return _text_fault(field, values)
    for value in values:
        if not _is_known(field, value):
            return "bad_value", str(value)
    return None


def _span_fault(field: Field, values: Sequence[str | int]) -> tuple[str, str] | None:
    if len(values) != 2:
        return "bad_value", field.value
    low, high = int(values[0]), int(values[1])
    if low == high == OPEN_END:
        return "no_value", field.value
    if low < OPEN_END or high < OPEN_END or (field is Field.STARS and max(low, high) > 5):
        return "bad_number", str(max(low, high))
    return ("empty_span", f"{low} > {high}") if OPEN_END < high < low else None


def _time_fault(values: Sequence[str | int]) -> tuple[str, str] | None:
    if len(values) != 3:
        return "bad_value", Field.TIME.value
    days, start, end = (int(v) for v in values)
    if not 0 < days <= ALL_DAYS:
        return "no_days", ""
    if not (0 <= start < DAY_MIN and 0 < end <= DAY_MIN) or start == end:
        return "bad_clock", ""
    return None


def _text_fault(field: Field, values: Sequence[str | int]) -> tuple[str, str] | None:
    text = str(values[0])
    if len(values) != 1:
        return "bad_value", field.value
    if len(text) > MAX_VALUE_CHARS:
        return "long_text", str(MAX_VALUE_CHARS)
    if field is Field.PATTERN:
        return None
    read = read_brand_words(text)
    return None if read.any or read.must or read.never else ("no_words", text)


def _is_known(field: Field, value: str | int) -> bool:
    if field in NUMBERS:
        return int(value) > 0
    text = str(value)
    if field in _CODES:
        return text in _CODES[field]
    if field is Field.LANG:
        return _LANG.fullmatch(text) is not None
    return len(text) <= MAX_VALUE_CHARS


def _of_actions(actions: Sequence[Action]) -> Iterator[RuleFault]:
    for n, action in enumerate(actions):
        if found := action_fault(action):
            yield RuleFault(*found, place=n)
    last: dict[tuple[Do, str], int] = {}
    for n, action in enumerate(actions):
        kind = Do.STATUS if action.do is Do.SNOOZE else action.do
        key = (kind, str(action.value).casefold() if kind in (Do.LABEL, Do.TEMPLATE) else "")
        if key in last:
            yield RuleFault("twice", kind.value, place=n)
        last[key] = n
    keeps = any(a.do is Do.SNOOZE or (a.do is Do.STATUS and a.value == "open") for a in actions)
    if keeps and (Do.MUTE, "") in last:
        yield RuleFault("mute_and_open", place=last[Do.MUTE, ""])


def action_fault(action: Action) -> tuple[str, str] | None:
    """Code and fact of what is wrong with the value; None when it makes sense."""
    do, value = action.do, action.value
    if do in BARE:
        return None if value == "" else ("no_value_here", do.value)
    if type(value) is int:
        return _number_fault(do, value)
    text = str(value)
    if do is Do.LABEL:
        n = len(" ".join(text.split()))
        if not n:
            return "no_value", do.value
        return None if n <= MAX_LABEL_CHARS else ("bad_label", str(MAX_LABEL_CHARS))
    if do is Do.STATUS:
        return None if text in STATUSES else ("bad_value", text)
    if do in (Do.NOTIFY, Do.ALERT):
        return None if len(text) <= MAX_NAME_CHARS else ("long_text", str(MAX_NAME_CHARS))
    return "no_value", do.value


def _number_fault(do: Do, value: int) -> tuple[str, str] | None:
    fits = {
        Do.PRIORITY: 1 <= value <= 4,
        Do.SNOOZE: 1 <= value <= MAX_SNOOZE_MIN,
        Do.ASSIGN: value > 0,
        Do.TEMPLATE: value > 0,
    }
    return None if fits.get(do, False) else ("bad_number", str(value))
