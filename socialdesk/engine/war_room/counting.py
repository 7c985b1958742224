"""One incident, counted for the wall. Asked on a reader thread of the window: SQL counts, Python
takes apart a few hundred texts only."""

from collections.abc import Iterator, Sequence
from datetime import UTC, timedelta
from typing import Final

from socialdesk.domain.crisis.crisis_rows import AudienceRow, Standing
from socialdesk.domain.crisis.incident import MINUTE_MS, Incident
from socialdesk.domain.crisis.war_room import Due, Quarter, WarRoom
from socialdesk.domain.times.period import HOUR_MS, local
from socialdesk.engine.playbooks import read_playbook_of
from socialdesk.engine.reports.board import usual_hours
from socialdesk.engine.reports.counting import Terms, new_topics
from socialdesk.i18n import language
from socialdesk.store.crisis import audiences, incident_rows, war_room
from socialdesk.store.figures import figure_groups as groups
from socialdesk.store.file.sqlite import Connection

QUARTER_MS: Final = 15 * MINUTE_MS
N_QUARTERS: Final = 24  # six hours
MOOD_MS, WEEK_MS = HOUR_MS, 7 * 24 * HOUR_MS
TALK_MS: Final = 6 * HOUR_MS
N_WORDS, MOST_TEXTS = 6, 200


def count_war_room(conn: Connection, incident_id: int, terms: Terms, now: int) -> WarRoom | None:
    """`incident_id` 0 = the worst that is open. None = there is none."""
    standing = _standing(conn, incident_id)
    if standing is None:
        return None
    incident, id = standing.incident, standing.incident.id
    chosen = [a for a in audiences.list_audiences(conn, id) if a.is_in_incident]
    return WarRoom(
        standing=standing, now=now, zone=terms.zone_name,
        quarters=tuple(_quarters(conn, terms, now)), channels=war_room.channels(conn, id),
        mood_now=war_room.mood(conn, now - MOOD_MS, now),
        mood_before=war_room.mood(conn, now - WEEK_MS, now - MOOD_MS),
        unanswered=war_room.unanswered(conn, id), authors=war_room.reaching(conn, id),
        drivers=tuple(new_topics(
            conn, (now - TALK_MS, now), (now - WEEK_MS, now - TALK_MS), now, N_WORDS, MOST_TEXTS
        )),
        facts=war_room.facts(conn, id), said=war_room.said(conn, id, incident.cluster),
        dues=tuple(_dues(conn, incident, chosen)), events=war_room.events(conn, id),
        promised=war_room.promised(conn, id, now),
        audiences=tuple((a.name, a.told_at) for a in chosen),
        n_skipped=war_room.count_events(conn, id, "check_skipped"),
        n_loose=war_room.count_loose(conn, id),
    )  # fmt: skip


def _standing(conn: Connection, incident_id: int) -> Standing | None:
    found = incident_rows.read_standing(conn)
    wanted = [s for s in found if incident_id in (0, s.incident.id)]
    return wanted[0] if wanted else None


def _quarters(conn: Connection, terms: Terms, now: int) -> Iterator[Quarter]:
    """The newest last; what is usual in an hour is spread evenly over it."""
    end = now - now % QUARTER_MS + QUARTER_MS
    start = end - N_QUARTERS * QUARTER_MS
    counts = groups.count_quarters(conn, (start, end))
    hour = start - start % HOUR_MS
    usual = usual_hours(conn, (hour, end), terms)
    for at in range(start, end, QUARTER_MS):
        in_hour = usual.get(at - at % HOUR_MS)
        yield Quarter(at, counts.get(at, 0), None if in_hour is None else in_hour / 4)


def _dues(conn: Connection, incident: Incident, chosen: Sequence[AudienceRow]) -> list[Due]:
    """Who was not told, in one line; then what is late or due, the earliest first; what has no time
    last."""
    untold = ", ".join(row.name for row in chosen if not row.told_at)
    found = [*war_room.steps_due(conn, incident.id), *_clocks(conn, incident)]
    found.sort(key=lambda due: (due.at == 0, due.at))
    return [Due("audience", untold, 0), *found] if untold else found


def _clocks(conn: Connection, incident: Incident) -> Iterator[Due]:
    """Legal clocks that may apply, from when it was noticed."""
    playbook = read_playbook_of(conn, incident.playbook, incident.playbook_version)
    since = incident.detected_at or incident.declared_at
    if playbook is None or not since:
        return
    for clock in playbook.clocks:
        at = since + clock.hours * HOUR_MS if clock.hours else _working(since, clock.business_days)
        text = clock.text.get(language()) or clock.text["en"]
        yield Due("clock", text, at)


def _working(since: int, days: int) -> int:
    """So many working days later at the same hour; holidays are not known of everywhere, so the
    earlier day is the careful one. UTC."""
    at = local(since, UTC)
    while days:
        at += timedelta(days=1)
        days -= at.weekday() < 5
    return int(at.timestamp() * 1000)
