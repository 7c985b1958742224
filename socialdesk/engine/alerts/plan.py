"""What becomes of what was found: a new alert, a louder one, the same, silence, or its end."""

from collections.abc import Collection, Sequence
from enum import Enum
from typing import Final

from socialdesk.analysis.spikes import CLEAR_AFTER_S
from socialdesk.domain.crisis.alert import Alert, AlertKind, Found, Level, Series
from socialdesk.domain.frozen import frozen

LOUD_EVERY_MS: Final = 60_000  # "still so" is written, and its news linked, no more often
DAY_MS: Final = 86_400_000
LASTS_MS: Final = {AlertKind.SLOW_BURN: 2 * DAY_MS}  # looked for once a day


class Act(Enum):
    """What is done about one alert."""

    BEGIN = "begin"
    RAISE = "raise"
    STILL = "still"
    CLEAR = "clear"


@frozen
class Planned:
    """`alert` None for a new one, `found` None for one that ends. `is_told`: it makes or joins an
    incident and is told of."""

    act: Act
    found: Found | None = None
    alert: Alert | None = None
    is_told: bool = False


def plan(
    found: Sequence[Found],
    open_: Sequence[Alert],
    muted: Collection[tuple[str, str]],
    dismissed: Collection[int],
    now: int,
) -> list[Planned]:
    """`muted`: kinds and topics a dismissal has silenced; `dismissed`: ids of incidents that
    were: when their silence is over and the cause still holds, it begins anew."""
    known = {key_of(alert): alert for alert in open_}
    acts: list[Planned] = []
    for one in found:
        is_muted = (one.kind.value, one.topic) in muted
        alert = known.pop(one.key, None)
        if alert is not None and alert.incident_id in dismissed and not is_muted:
            acts.append(Planned(Act.CLEAR, alert=alert))
            alert = None
        acts += _about(one, alert, is_muted, now)
    acts += [Planned(Act.CLEAR, alert=alert) for alert in known.values() if _is_over(alert, now)]
    return acts


def key_of(alert: Alert) -> tuple[AlertKind, Series | None, str]:
    """As Found.key."""
    return alert.kind, alert.series, alert.topic


def _about(one: Found, alert: Alert | None, is_muted: bool, now: int) -> list[Planned]:
    if alert is None:
        return [] if is_muted else [Planned(Act.BEGIN, one, is_told=one.level >= Level.ALERT)]
    if one.level > alert.level:
        return [Planned(Act.RAISE, one, alert, is_told=not is_muted)]
    if now - alert.loud_at >= LOUD_EVERY_MS:
        return [Planned(Act.STILL, one, alert)]
    return []


def _is_over(alert: Alert, now: int) -> bool:
    return now - alert.loud_at >= LASTS_MS.get(alert.kind, CLEAR_AFTER_S * 1000)
