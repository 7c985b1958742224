"""Alerts: every five minutes, and after each page that brought something that counts.

What is found is compared with what is loud already (`plan.py`); whatever reaches the level of
an alert makes a suspected incident or joins the one it belongs to, and is told of. It only
suggests: a person declares. A check takes some milliseconds; the baseline is made anew once a day.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import date, tzinfo
from typing import Final

from socialdesk.analysis.baseline import COLD_DAYS
from socialdesk.analysis.spikes import LONGEST_S
from socialdesk.domain.crisis.alert import AlertKind, Found, Level, Series
from socialdesk.domain.crisis.incident import MINUTE_MS, RAISED_AGAIN_MIN, Incident, IncidentState
from socialdesk.domain.mentions.mention import Mention
from socialdesk.domain.playbooks.playbook import Playbook
from socialdesk.engine.alerts import notices as alert_notices
from socialdesk.engine.alerts import topics as alert_topics
from socialdesk.engine.alerts import volume as alert_volume
from socialdesk.engine.alerts.plan import Act, Planned, plan
from socialdesk.engine.alerts.topics import Waiting, WatchWords
from socialdesk.engine.alerts.usual import BUCKET_MS, Usual, local, read_usual
from socialdesk.engine.intake import Finish
from socialdesk.engine.kit import Kit
from socialdesk.engine.playbooks import read_playbooks
from socialdesk.engine.settings import number_of
from socialdesk.store import settings
from socialdesk.store.crisis import alerts, incident_life, incident_mentions, incidents
from socialdesk.store.file.sqlite import Connection
from socialdesk.store.file.transaction import Transaction
from socialdesk.store.file.writer import Priority
from socialdesk.store.insight import alert_counts
from socialdesk.store.mentions.pages import SavedPage

EVERY_S: Final = 300.0
SOONEST_S: Final = 5.0  # between two checks, however many pages come
SHARED: Final = 3  # mentions of two alerts that make them one event, or half of them

Settings = Callable[[], Mapping[str, str]]
Playbooks = Callable[[Connection], Sequence[Playbook]]


class Alerts:
    """A part of the clockwork and a step of the intake. `settings`: those in force now; `zone`: of
    the workspace, None = the system's; `playbooks`: whose watch words count."""

    def __init__(
        self,
        kit: Kit,
        settings: Settings,
        zone: Callable[[], tzinfo | None],
        playbooks: Playbooks = read_playbooks,
    ) -> None:
        self._kit, self._settings, self._zone, self._playbooks = kit, settings, zone, playbooks
        self._next_ms = self._checked_ms = 0  # monotonic
        self._is_due = True
        self._day: date | None = None
        self._usual: dict[Series, Usual] = {}
        self._words, self._waiting = WatchWords(), Waiting()
        self._slow: tuple[date | None, list[Found]] = (None, [])

    # --- the intake ---

    def prepare(self, network: str, mentions: Sequence[Mention]) -> Finish:
        """A page with new mentions is looked at as soon as it is stored."""

        def finish(tx: Transaction, saved: SavedPage) -> None:
            if saved.new_ids:
                self._is_due = True

        return finish

    # --- the clockwork ---

    def after_jump(self) -> None:
        """The hours are others now."""
        self._is_due, self._day = True, None

    def step(self) -> float:
        """Check what is due; seconds until the next check."""
        mono = self._kit.clock.monotonic_ms()
        if self._is_due and mono < self._checked_ms + SOONEST_S * 1000 and self._checked_ms:
            return (self._checked_ms + SOONEST_S * 1000 - mono) / 1000
        if self._is_due or mono >= self._next_ms:
            self._is_due = False
            self._checked_ms, self._next_ms = mono, mono + round(EVERY_S * 1000)
            self.check()
        return min((self._next_ms - mono) / 1000, self._remind())

    def check(self) -> None:
        """Look at the file now, and do what follows."""
        now, readers = self._kit.clock.now_ms(), self._kit.readers
        if readers.here(lambda conn: alert_counts.needs_counting(conn, now)):
            self._write(alert_counts.count_hours)
        found = readers.here(lambda conn: self._found(conn, now))
        acts = readers.here(lambda conn: _planned(conn, found, now))
        if acts:
            self._write(lambda tx: self._do_all(tx, acts))
        notices = readers.here(lambda conn: alert_notices.find(conn, now))
        if notices:
            self._write(lambda tx: alert_notices.tell(tx, notices))

    # --- finding ---

    def _found(self, conn: Connection, now: int) -> list[Found]:
        first = alert_counts.first_watched(conn)
        found = self._volume(conn, now, first)
        found += self._words.find(conn, now, self._playbooks(conn))
        known = {a.topic for a in alerts.open_alerts(conn) if a.kind is AlertKind.WAITING}
        found += self._waiting.find(conn, now, known, first)
        fewest = settings.crisis_limits(conn).copy_authors
        found += alert_topics.find_copies(conn, now, fewest)
        return found + self._slow_burns(conn, now)

    def _volume(self, conn: Connection, now: int, first: int) -> list[Found]:
        if alert_volume.is_learning(first, now):
            return []
        watch = number_of(self._settings(), "alert_limit") / 10
        return alert_volume.find(conn, now, self._usual_now(conn, now, first), watch)

    def _usual_now(self, conn: Connection, now: int, first: int) -> dict[Series, Usual]:
        """Made anew when a day has begun; in the first days each time."""
        zone = self._zone()
        today = local(now, zone).date()
        is_cold = any(usual.n_days < COLD_DAYS for usual in self._usual.values())
        if today != self._day or is_cold:
            self._usual = {s: read_usual(conn, s, now, zone, first) for s in Series}
            self._day = today
        return self._usual

    def _slow_burns(self, conn: Connection, now: int) -> list[Found]:
        today = local(now, self._zone()).date()
        if self._slow[0] != today:
            self._slow = today, alert_topics.find_slow_burns(conn, now)
        return self._slow[1]

    # --- doing ---

    def _do_all(self, tx: Transaction, acts: Sequence[Planned]) -> None:
        alerts.forget_mutes(tx)
        for act in acts:
            self._do(tx, act)

    def _do(self, tx: Transaction, planned: Planned) -> None:
        found, alert = planned.found, planned.alert
        match planned.act:
            case Act.CLEAR if alert is not None:
                alerts.clear(tx, alert.id)
            case Act.STILL if alert is not None and found is not None:
                if found.level >= alert.level and _n(found.facts) > _n(alert.facts):
                    alerts.raise_to(tx, alert.id, found, alert.incident_id)  # its peak explains it
                else:
                    alerts.still_loud(tx, alert.id)
                _link_news(tx, alert.incident_id, found)
            case Act.RAISE if alert is not None and found is not None:
                incident_id = alert.incident_id
                if planned.is_told:
                    incident_id = self._suspect(tx, found)
                alerts.raise_to(tx, alert.id, found, incident_id)
                if planned.is_told:
                    alert_notices.tell_alert(tx, alert.id, found, incident_id)
            case Act.BEGIN if found is not None:
                incident_id = self._suspect(tx, found) if planned.is_told else 0
                is_first = not alerts.of_incident(tx.conn, incident_id)
                alert_id = alerts.add(tx, found, incident_id)
                if planned.is_told and (is_first or found.level >= Level.CRISIS):
                    alert_notices.tell_alert(tx, alert_id, found, incident_id)

    def _suspect(self, tx: Transaction, found: Found) -> int:
        """The incident it belongs to: one that is led already, or a suspected one."""
        open_ = incidents.open_incidents(tx.conn)
        led = next((i for i in open_ if _is_about(i, found)), None)
        if led is not None and led.state is IncidentState.STAND_DOWN:
            incident_life.respond(tx, led, found.kind.value, None)  # the full lock is back
        if known := led.id if led else _sharing(tx, open_, found):
            _link_news(tx, known, found)
            return known
        usual = self._usual.get(found.series or Series.NEGATIVE)
        made = incidents.suspect(
            tx, kind=found.kind.value, topic=found.topic, mentions=found.mentions,
            baseline_15m=usual.between(tx.now - BUCKET_MS, tx.now) if usual else 0.0,
            detected_at=alert_counts.time_of(min(found.mentions)) if found.mentions else 0,
            title=alert_notices.incident_title(tx.conn, found),
        )  # fmt: skip
        return made.id

    def _remind(self) -> float:
        """A suspected incident that nobody decided is told of again; seconds until the next."""
        now = self._kit.clock.now_ms()
        waiting = self._kit.readers.here(alert_notices.undecided)
        due = [(i, n) for i, n in waiting if _again_at(i, n) <= now]
        if due:
            self._write(lambda tx: alert_notices.tell_again(tx, due))
            waiting = self._kit.readers.here(alert_notices.undecided)
        return max(0.5, min(((_again_at(i, n) - now) / 1000 for i, n in waiting), default=EVERY_S))

    def _write(self, write: Callable[[Transaction], None]) -> None:
        self._kit.writer.submit(write, priority=Priority.SEND, durable=False).result()


def _planned(conn: Connection, found: Sequence[Found], now: int) -> list[Planned]:
    open_ = alerts.open_alerts(conn)
    dismissed = {a.incident_id for a in open_ if _is_dismissed(conn, a.incident_id)}
    return plan(found, open_, alerts.muted(conn, now), dismissed, now)


def _is_dismissed(conn: Connection, incident_id: int) -> bool:
    incident = incidents.find(conn, incident_id) if incident_id else None
    return incident is not None and incident.state is IncidentState.DISMISSED


def _is_about(incident: Incident, found: Found) -> bool:
    """An incident under way that the finding adds to; suspected ones join by themselves."""
    if not incident.is_locking and incident.state is not IncidentState.STAND_DOWN:
        return False
    if found.kind is AlertKind.VOLUME or incident.playbook == found.topic:
        return True
    return (incident.alert_kind, incident.alert_topic) == (found.kind.value, found.topic)


def _sharing(tx: Transaction, open_: Sequence[Incident], found: Found) -> int:
    """The incident that holds the same mentions already: one event rings in several ways. What is
    said of the whole brand belongs to what was suspected within its longest window."""
    if found.kind is AlertKind.VOLUME:
        recent = [i for i in open_ if i.suspected_at >= tx.now - LONGEST_S * 1000]
        suspected = [i for i in recent if i.state is IncidentState.SUSPECTED]
        if suspected:
            return max(suspected, key=lambda i: i.id).id
    shared = alert_counts.shared(tx.conn, [i.id for i in open_], found.mentions)
    enough = min(SHARED, (len(found.mentions) + 1) // 2)
    return next((id for id, n in shared if n >= enough), 0)


def _link_news(tx: Transaction, incident_id: int, found: Found) -> None:
    """What came meanwhile belongs to the incident while it is not over."""
    incident = incidents.find(tx.conn, incident_id) if incident_id else None
    if incident is not None and incident.is_open:
        incident_mentions.link(
            tx, incident, found.mentions, how=incident_mentions.ALERT, person=None
        )


def _n(facts: Mapping[str, int | float | str]) -> float:
    n = facts.get("n", 0)
    return n if isinstance(n, int | float) else 0


def _again_at(incident: Incident, n_told: int) -> int:
    return incident.suspected_at + RAISED_AGAIN_MIN[n_told] * MINUTE_MS
