"""What alerts tell: an alert, a suspected incident that waits for a decision, one far-reaching
negative author, a turn in mood."""

from collections.abc import Sequence
from typing import Final

from socialdesk.analysis.slow_burn import has_mood_turned
from socialdesk.domain import notices as kinds
from socialdesk.domain.crisis.alert import Found
from socialdesk.domain.crisis.incident import RAISED_AGAIN_MIN, Incident, IncidentState
from socialdesk.domain.frozen import frozen
from socialdesk.engine.playbooks import read_playbook
from socialdesk.engine.words import alerts as alert_words
from socialdesk.store.crisis import alerts, incidents
from socialdesk.store.file.sqlite import Connection
from socialdesk.store.file.transaction import Transaction
from socialdesk.store.insight import alert_counts
from socialdesk.store.triage import pins

DAY_MS: Final = 86_400_000
MOOD_BEFORE_MS: Final = 28 * DAY_MS
REACH_TIMES: Final = 10  # the median reach
REACH_LEAST: Final = 100  # followers: ten times nobody is nobody, our choice
REACH_NEWS_MS: Final = 3_600_000

ALERT, AGAIN = "alert", "alert_again"
REACH, MOOD = "alert_reach", "alert_mood"
_TOLD_OF: Final = (REACH, kinds.REACH, kinds.DANGER, kinds.VIP)


@frozen
class News:
    """What is told and makes no incident. `mentions`: negative, by authors of wide reach; `mood`:
    (negative, rated, negative before, rated before), None = it has not turned."""

    mentions: tuple[tuple[int, int], ...] = ()  # (mention, times the median)
    mood: tuple[int, int, int, int] | None = None

    def __bool__(self) -> bool:
        return bool(self.mentions or self.mood)


def find(conn: Connection, now: int) -> News:
    """What was not told yet."""
    return News(_far_reaching(conn, now), _mood(conn, now))


def tell(tx: Transaction, news: News) -> None:
    for mention, median in news.mentions:
        alerts.tell(tx, REACH, {"median": median}, mention, urgent=False)
        pins.set_pinned(tx, None, [mention], True)  # on top of the queue; one key takes it off
    if news.mood:
        n_bad, n, bad_before, n_before = news.mood
        facts = {"bad": n_bad, "rated": n, "before": round(100 * bad_before / n_before)}
        alerts.tell(tx, MOOD, facts, urgent=False)


def tell_alert(tx: Transaction, alert_id: int, found: Found, incident_id: int) -> None:
    """Urgent: told again until somebody has seen it. Where the incident is led already people
    look at its board."""
    incident = incidents.find(tx.conn, incident_id)
    if incident is not None and incident.state is IncidentState.SUSPECTED:
        named = {k: round(v) if isinstance(v, float) else v for k, v in found.facts.items()}
        named["count"] = named.pop("n")  # "n" of a notice is how many it stands for
        facts: dict[str, str | int] = {**named, "kind": found.kind.value}
        facts |= {"alert": alert_id, "incident": incident_id}
        if found.series is not None:
            facts["series"] = found.series.name.lower()
        facts["subject"] = alert_words.subject_of(found, _playbook_title(tx.conn, found.topic))
        alerts.tell(tx, ALERT, facts, urgent=True)


def undecided(conn: Connection) -> list[tuple[Incident, int]]:
    """Suspected incidents that are to be told of again, and how often they were."""
    suspected = [i for i in incidents.open_incidents(conn) if i.state is IncidentState.SUSPECTED]
    told = [(i, incidents.n_told(conn, i.id)) for i in suspected]
    return [(i, n) for i, n in told if n < len(RAISED_AGAIN_MIN)]


def tell_again(tx: Transaction, due: Sequence[tuple[Incident, int]]) -> None:
    for incident, n in due:
        facts: dict[str, str | int] = {"incident": incident.id, "name": incident.title}
        facts["minutes"] = RAISED_AGAIN_MIN[n]
        alerts.tell(tx, AGAIN, facts, urgent=True)
        incidents.told_again(tx, incident, n + 1)


def incident_title(conn: Connection, found: Found) -> str:
    """What a suspected incident is called until a person names it."""
    subject = alert_words.subject_of(found, _playbook_title(conn, found.topic))
    return alert_words.title(found.kind, found.series, subject)


def _playbook_title(conn: Connection, topic: str) -> str:
    playbook = read_playbook(conn, topic)
    return alert_words.in_language(playbook.title) if playbook else ""


def _far_reaching(conn: Connection, now: int) -> tuple[tuple[int, int], ...]:
    recent = alert_counts.far_reaching(conn, now - REACH_NEWS_MS, REACH_LEAST)
    if not recent:
        return ()
    median = alert_counts.median_reach(conn, now - MOOD_BEFORE_MS)
    far = alert_counts.far_reaching(
        conn, now - REACH_NEWS_MS, max(REACH_LEAST, REACH_TIMES * median)
    )
    return tuple((id, median) for id in far if not alerts.was_told_of(conn, id, _TOLD_OF))


def _mood(conn: Connection, now: int) -> tuple[int, int, int, int] | None:
    """Told at most once a day."""
    if now - alerts.told_at(conn, MOOD) < DAY_MS:
        return None
    n_bad, n = alert_counts.moods(conn, now - DAY_MS, now)
    bad_before, n_before = alert_counts.moods(conn, now - DAY_MS - MOOD_BEFORE_MS, now - DAY_MS)
    found = (n_bad, n, bad_before, n_before)
    return found if has_mood_turned(*found) else None
