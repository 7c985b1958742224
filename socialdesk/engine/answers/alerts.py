"""Answers about alerts: the list, the explanation of one, the chart, the back-test."""

from array import array
from collections import Counter
from collections.abc import Callable, Sequence
from datetime import timedelta, tzinfo
from typing import Any, Final

from socialdesk.analysis.spikes import LONGEST_S
from socialdesk.domain.crisis.alert import (
    Alert,
    AlertKind,
    AlertLine,
    Bar,
    Driver,
    Explanation,
    Reacher,
    Series,
)
from socialdesk.domain.queue.search import parse
from socialdesk.engine.alerts.back_test import back_test
from socialdesk.engine.alerts.phrases import drivers
from socialdesk.engine.alerts.usual import BUCKET_MS, Usual, local, read_usual
from socialdesk.engine.playbooks import read_playbook
from socialdesk.engine.queries import alerts as q
from socialdesk.engine.rules.on_pages import zone_of
from socialdesk.engine.words import alerts as alert_words
from socialdesk.store import settings
from socialdesk.store.crisis import alerts, incidents
from socialdesk.store.figures.figure_groups import brand_names
from socialdesk.store.file.sqlite import Connection
from socialdesk.store.insight import alert_counts
from socialdesk.store.insight.alert_counts import PER_AUTHOR

WEEK_MS: Final = 7 * 86_400_000
MOST_TEXTS: Final = 2_000
N_DRIVERS: Final = 5
N_AUTHORS: Final = 8
MOST_OF_REACH: Final = 0.8
MOST_BARS: Final = 200


def list_alerts(conn: Connection, query: q.ListAlerts) -> list[AlertLine]:
    """With the incident each made or joined."""
    found = alerts.open_alerts(conn) if query.only_open else alerts.newest(conn, query.limit)
    return [_line(conn, alert) for alert in found[: query.limit]]


def explain(conn: Connection, alert_id: int, now: int) -> Explanation | None:
    """Read from what is stored now: a person who was erased is in none of it."""
    alert = alerts.find(conn, alert_id)
    if alert is None:
        return None
    line, ids = _line(conn, alert), mentions_of(conn, alert)
    until = _end(alert)
    authors = [Reacher(*row) for row in alert_counts.authors(conn, ids)]
    return Explanation(
        alert,
        bars=tuple(bars(conn, alert.series or Series.NEGATIVE, until - LONGEST_S * 1000, until)),
        drivers=_drivers(conn, ids),
        authors=tuple(authors[:N_AUTHORS]),
        n_reach=_n_reach([author.reach for author in authors]),
        mentions=tuple(ids),
        search=_search(conn, alert, ids, line.incident),
        incident=line.incident,
        incident_state=line.incident_state,
        subject=line.subject,
    )


def mentions_of(conn: Connection, alert: Alert) -> list[int]:
    """What it counted, ascending."""
    if alert.kind is AlertKind.VOLUME and alert.series is not None:
        until = _end(alert)
        since = until - round(alert.number("window_s")) * 1000
        return [post.id for post in alert_counts.posts(conn, alert.series, since, until)]
    return alert_counts.linked(conn, alert.incident_id)


def list_mentions(conn: Connection, alert_id: int) -> "array[int]":
    """Newest first, as a list shows them; empty where the alert is gone."""
    alert = alerts.find(conn, alert_id)
    return array("q", reversed(mentions_of(conn, alert)) if alert is not None else ())


def bars(conn: Connection, series: Series, since: int, until: int) -> list[Bar]:
    """Per 15 minutes; each author at most twice in one."""
    first = since - since % BUCKET_MS
    usual = _usual(conn, series, until)
    counted = Counter(
        (post.at // BUCKET_MS * BUCKET_MS, post.author_id)
        for post in alert_counts.posts(conn, series, first, until)
    )
    per_bar = Counter[int]()
    for (at, _), n in counted.items():
        per_bar[at] += min(n, PER_AUTHOR)
    starts = range(first, until, BUCKET_MS)[:MOST_BARS]
    return [Bar(at, per_bar[at], usual.between(at, at + BUCKET_MS)) for at in starts]


def usual_between(conn: Connection, since: int, until: int) -> float:
    """Negative mentions usual in that time."""
    return _usual(conn, Series.NEGATIVE, until).between(since, until)


def _usual(conn: Connection, series: Series, now: int) -> Usual:
    return read_usual(conn, series, now, _zone(conn), alert_counts.first_watched(conn))


def _zone(conn: Connection) -> tzinfo | None:
    return zone_of(settings.read_all(conn))


def _end(alert: Alert) -> int:
    """Until when it counted: of a volume, when it was loudest."""
    return round(alert.number("until") or max(alert.at, alert.loud_at)) + 1000


def _line(conn: Connection, alert: Alert) -> AlertLine:
    incident = incidents.find(conn, alert.incident_id) if alert.incident_id else None
    playbook = read_playbook(conn, alert.topic) if alert.topic else None
    title = alert_words.in_language(playbook.title) if playbook else ""
    return AlertLine(
        alert, alert_words.subject_of(alert, title),
        incident.code if incident else "", incident.state.value if incident else "",
    )  # fmt: skip


def _drivers(conn: Connection, ids: Sequence[int]) -> tuple[Driver, ...]:
    """Against the week before the first of them."""
    if not ids:
        return ()
    now = alert_counts.words_of(conn, ids[-MOST_TEXTS:])
    start = alert_counts.time_of(min(ids))
    before = alert_counts.words_between(conn, start - WEEK_MS, start, MOST_TEXTS)
    found = drivers(
        [words.text for words in now], [words.text for words in before], brand_names(conn),
        N_DRIVERS,
    )  # fmt: skip
    return tuple(Driver(t.phrase, t.n, t.n_before, now[t.typical].id) for t in found)


def _n_reach(reaches: Sequence[int]) -> int:
    """How many authors, the farthest first, make up MOST_OF_REACH; 0 where none is known."""
    known = sorted((reach for reach in reaches if reach > 0), reverse=True)
    total, so_far = sum(known), 0
    for n, reach in enumerate(known, 1):
        so_far += reach
        if so_far >= MOST_OF_REACH * total:
            return n
    return 0


def _search(conn: Connection, alert: Alert, ids: Sequence[int], incident: str) -> str:
    """What finds the mentions in the inbox: exactly, by the incident, else by mood and days."""
    if incident and not parse(f"incident:{incident}").faults:
        return f"incident:{incident}"
    if not ids:
        return ""
    if alert.kind is AlertKind.COPY:
        return f"copies:{alert.topic}"
    zone = _zone(conn)
    first = local(alert_counts.time_of(min(ids)), zone).date()
    last = local(alert_counts.time_of(max(ids)), zone).date() + timedelta(days=1)
    mood = {Series.NEGATIVE: "sentiment:negative ", Series.NOT_RATED: "sentiment:unrated "}
    words = f'"{alert.topic}" ' if alert.kind in (AlertKind.WAITING, AlertKind.SLOW_BURN) else ""
    about = mood[alert.series] if alert.series is not None else words
    return f"{about}after:{first} before:{last}"


ANSWERS: Final[dict[type, Callable[[Connection, Any, int], Any]]] = {
    q.ListAlerts: lambda c, x, now: list_alerts(c, x),
    q.ReadAlert: lambda c, x, now: explain(c, x.alert_id, now),
    q.ListAlertMentions: lambda c, x, now: list_mentions(c, x.alert_id),
    q.ReadBars: lambda c, x, now: bars(
        c, Series.NOT_RATED if x.is_unrated else Series.NEGATIVE, x.since, x.until
    ),
    q.ReadUsual: lambda c, x, now: usual_between(c, x.since, x.until),
    q.ReadBackTest: lambda c, x, now: back_test(c, x.limits, x.weeks, now, _zone(c)),
}
