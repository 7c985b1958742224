"""Which rules fit which mentions: pure, over facts.

Rules run in order, mention by mention in the order of time; each sees what those before it did.
Rules that only label, and ask for no label, do the same in any order.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace

from socialdesk.domain.frozen import frozen
from socialdesk.domain.rules.brand_words import read_brand_words
from socialdesk.domain.rules.rule import (
    MAX_SLOW,
    OPEN_END,
    Action,
    Condition,
    Do,
    Field,
    Group,
    Match,
    Rule,
)
from socialdesk.domain.rules.rule_facts import Facts, Stored, after

Finds = Callable[[str, str], bool]
"""(expression, text) → whether it occurs. Raises TooSlowError."""


class TooSlowError(Exception):
    """An expression was given up on a text."""


@frozen
class Hit:
    mention_id: int
    rule_id: int
    actions: tuple[Action, ...]


@dataclass(slots=True)
class Decided:
    """`n_slow`: texts each rule was too slow for, this time. `failed`: rules that raised; they
    did nothing any more from then on."""

    hits: list[Hit] = field(default_factory=list)
    n_slow: dict[int, int] = field(default_factory=dict)
    failed: dict[int, Exception] = field(default_factory=dict)

    def is_dead(self, rule: Rule) -> bool:
        """It shall be switched off."""
        return rule.id in self.failed or self.is_slow(rule)

    def is_slow(self, rule: Rule) -> bool:
        return rule.n_slow + self.n_slow.get(rule.id, 0) >= MAX_SLOW


def decide(rules: Sequence[Rule], mentions: Iterable[Stored], finds: Finds) -> Decided:
    """What the rules do to these mentions, oldest first. Never raises for a rule's sake."""
    decided = Decided()
    vips: set[int] = set()
    muted: set[int] = set()
    for stored in sorted(mentions, key=lambda s: s.facts.mention_id):
        facts = stored.facts
        author = facts.author_id
        if author in vips or author in muted:
            is_muted = facts.is_muted or author in muted
            facts = replace(facts, is_vip=facts.is_vip or author in vips, is_muted=is_muted)
        is_filed = stored.is_filed or author in muted
        facts = _run(rules, facts, finds, decided, is_filed=is_filed)
        vips |= {author} if facts.is_vip else set()
        muted |= {author} if facts.is_muted and not stored.facts.is_muted else set()
    return decided


def _run(
    rules: Sequence[Rule], facts: Facts, finds: Finds, decided: Decided, *, is_filed: bool
) -> Facts:
    """One mention through the rules; what is known of it afterwards."""
    for rule in rules:
        if decided.is_dead(rule) or (is_filed and not rule.with_filed):
            continue
        try:
            fits = matches(rule, facts, finds)
        except TooSlowError:
            decided.n_slow[rule.id] = decided.n_slow.get(rule.id, 0) + 1
            continue
        except Exception as e:  # a bug of ours in one rule must not cost anybody the page
            decided.failed[rule.id] = e
            continue
        if fits:
            decided.hits.append(Hit(facts.mention_id, rule.id, rule.actions))
            facts = after(facts, rule.actions)
            if any(a.do is Do.STOP for a in rule.actions):
                break
    return facts


def matches(rule: Rule, facts: Facts, finds: Finds) -> bool:
    """Whether the rule fits. Raises TooSlowError."""
    fits = (_group_fits(group, facts, finds) for group in rule.groups)
    return all(fits) if rule.match is Match.ALL else any(fits)


def _group_fits(group: Group, facts: Facts, finds: Finds) -> bool:
    # What costs nothing goes first: an expression is asked only where all else fits.
    cheap_first = sorted(group.conditions, key=lambda c: _COST.get(c.field, 0))
    fits = (holds(condition, facts, finds) for condition in cheap_first)
    return all(fits) if group.match is Match.ALL else any(fits)


_COST = {Field.WORDS: 1, Field.PATTERN: 2}


def holds(condition: Condition, facts: Facts, finds: Finds) -> bool:
    """Whether one condition holds. Raises TooSlowError."""
    return _is_so(condition, facts, finds) is not condition.is_not


def _is_so(condition: Condition, facts: Facts, finds: Finds) -> bool:
    values = condition.values
    match condition.field:
        case Field.WORDS:
            return read_brand_words(str(values[0])).keep(facts.text)
        case Field.PATTERN:
            return finds(str(values[0]), facts.text)
        case Field.NAME:
            return read_brand_words(str(values[0])).keep(facts.name)
        case Field.HANDLE:
            return any(_is_handle(str(value), facts.handle) for value in values)
        case Field.ACCOUNT:
            return facts.account_id in values
        case Field.WATCH:
            return not facts.watch_ids.isdisjoint(int(v) for v in values)
        case Field.LABEL:
            return not facts.labels.isdisjoint(str(v).casefold() for v in values)
        case Field.TIME:
            return _is_in_time(values, facts.weekday, facts.minute)
        case Field.REACH:
            return facts.reach >= 0 and _is_in_span(values, facts.reach)
        case Field.STARS:
            return facts.n_stars > 0 and _is_in_span(values, facts.n_stars)
        case Field.COPIES:
            return _is_in_span(values, facts.n_copies)
        case Field.NETWORK | Field.SOURCE | Field.LANG | Field.SENTIMENT | Field.INTENT:
            return _code(condition.field, facts) in values
        case _:
            return _flag(condition.field, facts)


def _code(asked: Field, facts: Facts) -> str:
    match asked:
        case Field.NETWORK:
            return facts.network
        case Field.LANG:
            return facts.lang
        case Field.SOURCE:
            return facts.source.name.lower()
        case Field.SENTIMENT:
            return facts.sentiment.name.lower()
        case _:
            return facts.intent.name.lower()


def _flag(asked: Field, facts: Facts) -> bool:
    match asked:
        case Field.VIP:
            return facts.is_vip
        case Field.BOT:
            return facts.is_bot
        case Field.MUTED:
            return facts.is_muted
        case Field.FIRST_CONTACT:
            return facts.is_first
        case Field.LINK:
            return facts.has_link
        case Field.ATTACHMENT:
            return facts.has_attachment
        case Field.QUESTION:
            return facts.has_question
        case _:
            raise ValueError(asked.value)


def _is_in_span(values: Sequence[str | int], n: int) -> bool:
    low, high = int(values[0]), int(values[1])
    return low <= n and (high == OPEN_END or n <= high)


def _is_in_time(values: Sequence[str | int], weekday: int, minute: int) -> bool:
    """A range that ends before it begins goes over midnight, and belongs to the day it began."""
    days, start, end = (int(v) for v in values)
    if start < end:
        return bool(days >> weekday & 1) and start <= minute < end
    if minute >= start:
        return bool(days >> weekday & 1)
    return minute < end and bool(days >> (weekday - 1) % 7 & 1)


def _is_handle(asked: str, handle: str) -> bool:
    """ "ann", "@ann" and "@ann@pond.example" are all @ann@pond.example."""
    wanted, have = asked.strip().lstrip("@").casefold(), handle.lstrip("@").casefold()
    return wanted == have or ("@" not in wanted and wanted == have.partition("@")[0])
