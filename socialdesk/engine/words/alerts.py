"""Alerts in words: what rang, its numbers, what drives it, and the rule that made it ring."""

from collections.abc import Mapping, Sequence
from typing import Final

from socialdesk.domain.crisis.alert import (
    Alert,
    AlertKind,
    Driver,
    Explanation,
    Found,
    Level,
    Series,
)
from socialdesk.domain.crisis.limits import CrisisLimits
from socialdesk.i18n import decimal, language, tr, trn

MAX_DRIVERS: Final = 3
HOUR_S: Final = 3600

Facts = Mapping[str, int | float | str]


def title(kind: AlertKind, series: Series | None, subject: str) -> str:
    """What rang, in a few words. `subject`: see subject_of."""
    match kind:
        case AlertKind.VOLUME if series is Series.NOT_RATED:
            return tr("Many mentions, mood unknown")
        case AlertKind.VOLUME:
            return tr("Many negative mentions")
        case AlertKind.WATCH_WORDS:
            return tr("Words of a crisis: {subject}", subject=subject)
        case AlertKind.WAITING:
            return tr("Complaints nobody answers: {subject}", subject=subject)
        case AlertKind.SLOW_BURN:
            return tr("More complaints every week: {subject}", subject=subject)
        case AlertKind.COPY:
            return tr("The same text by many authors")


def subject_of(found: Found | Alert, playbook_title: str) -> str:
    """What it is about: the playbook's title, or the phrase; "" = the brand as a whole."""
    match found.kind:
        case AlertKind.WATCH_WORDS:
            return playbook_title or found.topic
        case AlertKind.WAITING | AlertKind.SLOW_BURN:
            return found.topic
        case _:
            return ""


def level_word(level: Level) -> str:
    """How loud, for a chip."""
    match level:
        case Level.WATCH:
            return tr("Watch")
        case Level.ALERT:
            return tr("Alert")
        case Level.CRISIS:
            return tr("Crisis?")
        case _:
            return tr("Calm")


def numbers(kind: AlertKind, facts: Facts) -> str:
    """How many, against what is usual: "23 in the last hour, 2 expected"."""
    n = _whole(facts, "n")
    match kind:
        case AlertKind.VOLUME:
            expected = amount(_number(facts, "expected"))
            hours = max(1, round(_number(facts, "window_s") / HOUR_S))
            if hours == 1:
                return tr("{n} in the last hour, {expected} expected", n=n, expected=expected)
            return trn("{n} in {hours} hours, {expected} expected",
                       "{n} in {hours} hours, {expected} expected", n, hours=hours,
                       expected=expected)  # fmt: skip
        case AlertKind.WATCH_WORDS:
            return trn("{n} author in {minutes} minutes", "{n} authors in {minutes} minutes",
                       _whole(facts, "n_authors"), minutes=_whole(facts, "minutes"))  # fmt: skip
        case AlertKind.WAITING:
            return trn("{n} complaint waits for more than {minutes} minutes",
                       "{n} complaints wait for more than {minutes} minutes", n,
                       minutes=_whole(facts, "minutes"))  # fmt: skip
        case AlertKind.SLOW_BURN:
            weeks = " → ".join(str(_whole(facts, f"week_{k}")) for k in range(1, 6))
            return tr("Complaints a week: {weeks}", weeks=weeks)
        case AlertKind.COPY:
            return trn("{n} author posted nearly the same text",
                       "{n} authors posted nearly the same text",
                       _whole(facts, "n_authors"))  # fmt: skip


def drivers(found: Sequence[Driver]) -> str:
    """What is new against the week before; "" when nothing is."""
    phrases = [tr("“{phrase}”", phrase=driver.phrase) for driver in found[:MAX_DRIVERS]]
    if not phrases:
        return ""
    if len(phrases) == 1:
        return tr("{phrase} drives it", phrase=phrases[0])
    first, last = ", ".join(phrases[:-1]), phrases[-1]
    return tr("{phrases} and {last} drive it", phrases=first, last=last)


def reach(explanation: Explanation) -> str:
    """Whose voice carries it; "" when no reach is known."""
    if not explanation.n_reach:
        return ""
    return trn("{n} author makes up 80 % of the reach", "{n} authors make up 80 % of the reach",
               explanation.n_reach)  # fmt: skip


def summary(explanation: Explanation) -> str:
    """All of it in one line."""
    alert = explanation.alert
    parts = (numbers(alert.kind, alert.facts), drivers(explanation.drivers), reach(explanation))
    return "; ".join(part for part in parts if part)


def rule(alert: Alert) -> str:
    """Why that rings, with its own numbers."""
    match alert.kind:
        case AlertKind.VOLUME:
            return _volume_rule(alert)
        case AlertKind.WATCH_WORDS:
            return tr("Rings when at least 3 different authors use watch words of one playbook "
                      "within 30 minutes.")  # fmt: skip
        case AlertKind.WAITING:
            return tr("Rings when at least 3 people wait for more than 60 minutes for an answer "
                      "to a complaint on one topic.")  # fmt: skip
        case AlertKind.SLOW_BURN:
            return tr("Rings when the complaints on one topic went up four weeks running, to at "
                      "least 8 and twice the first week.")  # fmt: skip
        case AlertKind.COPY:
            # An alert of an older program does not say.
            fewest = _whole(alert.facts, "fewest") or CrisisLimits().copy_authors
            return trn("Rings when at least {n} author posts nearly the same text within a day.",
                       "Rings when at least {n} authors post nearly the same text within a day.",
                       fewest)  # fmt: skip


def _volume_rule(alert: Alert) -> str:
    surprise, n_authors = alert.number("surprise"), int(alert.number("n_authors"))
    odds = tr("Surprise {surprise}: so many come by chance about once in {odds} such windows.",
              surprise=decimal(surprise), odds=decimal(10 ** min(surprise, 9), 0))  # fmt: skip
    counted = trn("{n} author; two mentions of each count at most.",
                  "{n} authors; two mentions of each count at most.", n_authors)  # fmt: skip
    rule = tr("A watch needs at least 4 mentions and 2.5 times the usual; an alert 5 authors and "
              "more surprise; a crisis is proposed from 10 authors.")  # fmt: skip
    return " ".join((odds, counted, rule))


def severity(alert: Alert) -> str:
    """What is proposed; "" below a crisis."""
    level = int(alert.number("severity"))
    if not level:
        return ""
    n, expected = alert.number("n"), max(alert.number("expected"), 0.01)
    return tr("Proposed: SEV{level} ({times} times the usual)", level=level,
              times=f"{n / expected:,.0f}")  # fmt: skip


# --- notices ---


def notice_title(facts: Facts) -> str:
    """Of the notice of an alert, from its facts."""
    kind = _kind(facts)
    if kind is None:
        return tr("Something may be wrong")
    series = Series.NOT_RATED if facts.get("series") == "not_rated" else Series.NEGATIVE
    return title(kind, series, str(facts.get("subject", "")))


def notice_body(facts: Facts) -> str:
    """Its numbers, and the next step."""
    kind = _kind(facts)
    ask = tr("Look at it and decide: declare, link or dismiss.")
    if kind is None:
        return ask
    told = numbers(kind, {**facts, "n": facts.get("count", 0)})
    return tr("{numbers}. {ask}", numbers=told, ask=ask)


def again_body(facts: Facts) -> str:
    """Of a suspected incident nobody decided about."""
    minutes = _whole(facts, "minutes")
    return trn("Suspected {n} minute ago, and nobody has decided.",
               "Suspected {n} minutes ago, and nobody has decided.", minutes)  # fmt: skip


def mood_body(facts: Facts) -> str:
    """The line in the day's summary: the share of negatives has shifted."""
    return tr("{bad} of {rated} mentions of the last 24 hours are negative; usually {before} %.",
              bad=_whole(facts, "bad"), rated=_whole(facts, "rated"),
              before=_whole(facts, "before"))  # fmt: skip


def in_language(texts: Mapping[str, str]) -> str:
    """The text in the language of the program."""
    return texts.get(language()) or texts.get("en", "")


def amount(expected: float) -> str:
    """An expected count, as few digits as say something."""
    if expected >= 10:
        return decimal(expected, 0)
    return decimal(expected) if expected >= 0.95 else tr("less than 1")


def _kind(facts: Facts) -> AlertKind | None:
    name = facts.get("kind")
    return next((kind for kind in AlertKind if kind.value == name), None)


def _number(facts: Facts, name: str) -> float:
    value = facts.get(name, 0)
    return float(value) if isinstance(value, int | float) else 0.0


def _whole(facts: Facts, name: str) -> int:
    return int(_number(facts, name))
