"""Due times in the file: what is overdue now, what will be soon, and clocks that stop and go on.

2026-11: `due_at` is a moment, worked out once in open time, not a length looked at anew: a list and
its index need no hours. What moves it: other hours or targets (`retime`, for all that is
undecided, in slices), a label with a target of its own, and the clock that stops while we wait for
them (`turn_clock`). A snooze stops nothing: it is our own doing, and they still wait.
"""

import json
from collections.abc import Iterable, Sequence
from datetime import date
from typing import TYPE_CHECKING, Final

from socialdesk.domain.frozen import frozen
from socialdesk.domain.mentions.status import NEEDS_REPLY, UNDECIDED, Status
from socialdesk.store import settings
from socialdesk.store.file.sqlite import Connection

if TYPE_CHECKING:  # the window needs the hours only once somebody has set some
    from socialdesk.domain.targets import Targets
    from socialdesk.domain.times.hours import BusinessHours
    from socialdesk.store.file.transaction import Transaction
    from socialdesk.store.triage.acts import Act

MINUTE_MS: Final = 60_000
DUE_SOON_MIN, TARGET_MIN = "15", "60"  # the defaults of `engine/settings.py`
HOURS, HOLIDAYS, TARGETS = "hours", "holiday_dates", "targets"
MARK: Final = "timed_by"  # what the due times in the file were worked out with
_UNDECIDED: Final = ",".join(str(s.value) for s in UNDECIDED)


@frozen
class Face:
    """What due times are worked out with. `own_min`: the workspace's target."""

    hours: "BusinessHours"
    targets: "Targets"
    own_min: int

    def due_at(self, network: str, labels: Iterable[int], since: int) -> int:
        """When a mention of that network is due (ms UTC); 0 = never."""
        minutes = self.targets.minutes(network, tuple(labels), self.own_min)
        return self.hours.add(since, minutes * MINUTE_MS) if minutes else 0


def times(conn: Connection, now: int) -> dict[str, int]:
    """`now`, and `soon`: due until then is due soon (both ms UTC). Closed hours do not count."""
    soon = _number(settings.read(conn, "due_soon_min"), DUE_SOON_MIN) * MINUTE_MS
    if settings.read(conn, HOURS):
        return {"now": now, "soon": read_hours(conn).add(now, soon)}
    return {"now": now, "soon": now + soon}


def read_hours(conn: Connection) -> "BusinessHours":
    """The hours in force; always open when none are set, or when they cannot be read."""
    return hours_in(settings.read(conn, HOURS), settings.read(conn, HOLIDAYS))


def hours_in(packed: str, packed_holidays: str) -> "BusinessHours":
    """The same from the two settings."""
    from socialdesk.domain.times.hours import always_open
    from socialdesk.domain.times.hours_text import HoursError, parse_hours

    try:
        return parse_hours(packed, _days(packed_holidays) if packed else frozenset())
    except HoursError:  # refused when it was set: somebody else wrote it. Nobody is missed.
        return always_open()


def read_face(conn: Connection) -> Face:
    """Everything in force."""
    from socialdesk.domain.targets import Targets, TargetsError, parse_targets

    try:
        own = parse_targets(settings.read(conn, TARGETS))
    except TargetsError:
        own = Targets()
    return Face(read_hours(conn), own, _number(settings.read(conn, "target_min"), TARGET_MIN))


def fingerprint(conn: Connection) -> str:
    """Changes whenever due times have to be worked out anew; "" as long as nothing was set."""
    keys = (HOURS, HOLIDAYS, TARGETS, "target_min")
    values = [settings.read(conn, key) for key in keys]
    return json.dumps(values) if any(values) else ""


# --- the clock of one mention ---


def turn_clock(tx: "Transaction", act: "Act | None", ids: Sequence[int], status: Status) -> None:
    """Call before mentions get this status: to WAITING their clock stops, and what was left is
    kept; from there back to the queue they are due when that much open time has passed. Overdue
    ones stay as much overdue; those answered too late stay due when they were, so that no report
    takes that answer for one in time."""
    if status is Status.WAITING:
        numbers = _UNDECIDED
    elif status in NEEDS_REPLY:
        numbers = str(Status.WAITING.value)
    else:
        return
    rows = tx.conn.execute(
        "SELECT mention_id, due_at, left_ms, first_reply_at > due_at FROM triage WHERE due_at > 0 "
        f"AND status IN ({numbers}) AND mention_id IN (SELECT value FROM json_each(?))",
        (json.dumps(list(ids)),),
    ).fetchall()
    if not rows:
        return
    hours, now = read_hours(tx.conn), tx.now
    if status is Status.WAITING:  # 0 would say that it never stopped
        turned = [(id, due, hours.between(now, due) or 1) for id, due, *_ in rows]
    else:
        turned = [
            (id, hours.add(now, left), left)
            for id, _, left, is_late in rows
            if left and not is_late
        ]
    _set(tx, act, turned)


def unstop(tx: "Transaction", mention_id: int) -> None:
    """We never waited for them, for our reply did not leave: the clock has run all the time."""
    tx.conn.execute("UPDATE triage SET left_ms = 0 WHERE mention_id = ?", (mention_id,))


def follow_label(tx: "Transaction", act: "Act | None", ids: Sequence[int], label_id: int) -> None:
    """A label was put on these, or taken off: one with a target of its own moves their due time."""
    if settings.read(tx.conn, TARGETS):
        face = read_face(tx.conn)
        if any(label == label_id for label, _ in face.targets.labels):
            retime(tx, act, ids, face)


def retime(tx: "Transaction", act: "Act | None", ids: Sequence[int], face: Face) -> None:
    """Work out anew when these are due, from when they were written, and where they stand in the
    order of need. A clock that was stopped once keeps its time: only undecided ones with a clock
    of its own are looked at."""
    rows = tx.conn.execute(_TIMED, (json.dumps(list(ids)),)).fetchall()
    fresh = [
        (id, face.due_at(network, json.loads(labels), since), 0)
        for id, network, since, labels in rows
    ]
    _set(tx, act, fresh)
    from socialdesk.store.mentions import need_order

    need_order.place_anew(tx, ids)


def undecided_after(conn: Connection, last_id: int, n: int) -> list[int]:
    """The next `n` that have a due time to keep, by id."""
    rows = conn.execute(
        f"SELECT mention_id FROM triage WHERE status IN ({_UNDECIDED}) AND mention_id > ? "
        "ORDER BY mention_id LIMIT ?",
        (last_id, n),
    )
    return [id for (id,) in rows]


# Written after it was seen is a wrong clock: then it counts from when it was first seen.
_TIMED: Final = f"""
SELECT t.mention_id, m.network, min(m.published_at, m.first_seen_at),
  (SELECT json_group_array(label_id) FROM mention_label l WHERE l.mention_id = t.mention_id)
FROM triage t JOIN mention m ON m.id = t.mention_id
WHERE t.status IN ({_UNDECIDED}) AND t.left_ms = 0
  AND t.mention_id IN (SELECT value FROM json_each(?))"""


def _set(tx: "Transaction", act: "Act | None", rows: Sequence[tuple[int, int, int]]) -> None:
    """`rows`: mention, due_at, left_ms; those that differ are recorded for undo and written."""
    from socialdesk.store.mentions import facets

    packed = json.dumps(rows)
    source = (
        "(SELECT value ->> 0 AS id, value ->> 1 AS due, value ->> 2 AS rest FROM json_each(?)) x"
    )
    different = "(t.due_at, t.left_ms) IS NOT (x.due, x.rest)"
    if act is not None:
        tx.conn.execute(
            "INSERT INTO act_row(seq, table_name, row_id, before, after) "
            f"SELECT {act.seq}, '{facets.TARGET.name}', t.mention_id, "
            "json_array(t.due_at, t.left_ms), json_array(x.due, x.rest) "
            f"FROM {source} JOIN triage t ON t.mention_id = x.id WHERE {different}",
            (packed,),
        )
    tx.conn.execute(
        f"UPDATE triage AS t SET due_at = x.due, left_ms = x.rest FROM {source} "
        f"WHERE t.mention_id = x.id AND {different}",
        (packed,),
    )
    tx.note_updated([row[0] for row in rows])


def _days(packed: str) -> frozenset[date]:
    """The days that `engine/holidays.py` found; none when they cannot be read."""
    try:
        return frozenset(date.fromisoformat(day) for day in json.loads(packed)["days"])
    except (ValueError, KeyError, TypeError):
        return frozenset()


def _number(text: str, default: str) -> int:
    return int(text if text.isdecimal() else default)
