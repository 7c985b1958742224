"""Incidents: read, suspected, dismissed. How one is declared stands in `declaring.py`, how it goes
on in `incident_life.py`.

The events of an incident's log, by journal kind; all carry the incident's id, its `code` and the
`state` after it (boards, reports and drills read them):

  incident_suspected   how: alert | hand, alert (its kind), topic, n_mentions
  incident_joined      another alert of the same kind and topic: alert, topic, n_mentions
  incident_dismissed   reason, note, looked_by
  incident_declared    title, playbook, playbook_version, severity, commander, roles, scope,
                       strategy, mode, n_held, held ("3-40,52": outbox ids), in_flight (ids)
  incident_moved       from, to, why (what opened the way), and what that step names beside
  incident_changed     field, before, after, reason (mode: the team mode; before and after)
  refused              code (R01 …), command, facts
  reply_held           outbox, hash, why: what the lock, a lost approval or a fact stopped later
  held_decided         outbox, hash, decision: keep | change | discard
  held_discarded_all   n, outbox ("3-40,52")
  step_done, step_undone, step_skipped   step, key, why, note
  log_note             text
  mention_linked       n, ids, how: alert | rule | hand, category
  press_handed         n, ids, to (person): press or authority, now the spokesperson's
  mention_unlinked     n, ids
  mention_hidden       mention, reason, words (CRC-32 of the words, as the mention row keeps it)
  clock_jumped         ms: by which the wall clock jumped, in a session
  review_saved         fields (names only)
  task_saved           task, text, owner, due_at, is_done; task_removed: task
"""

import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import Final

from socialdesk.domain.crisis.approval import TeamMode
from socialdesk.domain.crisis.incident import (
    MINUTE_MS,
    Category,
    DismissReason,
    Incident,
    IncidentState,
)
from socialdesk.domain.crisis.refusal import CrisisRefusedError
from socialdesk.domain.errors import CommandError, CommandFault
from socialdesk.domain.playbooks.playbook import TYPES
from socialdesk.store import people, settings
from socialdesk.store.crisis import alerts, incident_mentions, incident_moves
from socialdesk.store.crisis.incident_moves import COLUMNS, entry
from socialdesk.store.crisis.incident_moves import read as read
from socialdesk.store.file.sqlite import Connection
from socialdesk.store.file.transaction import Transaction

_OPEN: Final = "state NOT IN ('closed', 'dismissed')"  # as the partial index says
MAX_TITLE: Final = 120
MAX_NOTE: Final = 2_000
SELF_LOOK_MS: Final = 3 * MINUTE_MS


def find(conn: Connection, incident_id: int) -> Incident | None:
    """One of them; None when there is none."""
    row = conn.execute(f"SELECT {COLUMNS} FROM incident WHERE id = ?", (incident_id,)).fetchone()
    return entry(row) if row else None


def open_incidents(conn: Connection) -> list[Incident]:
    """What is not over, the worst first: locks, then stand-down, then suspected, then reviews."""
    rows = conn.execute(f"SELECT {COLUMNS} FROM incident WHERE {_OPEN} ORDER BY id").fetchall()
    return sorted(map(entry, rows), key=_urgency)


def list_incidents(
    conn: Connection, *, with_drills: bool = True, limit: int = 200
) -> list[Incident]:
    """Newest first, closed and dismissed ones too."""
    rows = conn.execute(
        f"SELECT {COLUMNS} FROM incident WHERE is_drill <= ? ORDER BY id DESC LIMIT ?",
        (int(with_drills), limit),
    )
    return [entry(row) for row in rows]


def next_code(conn: Connection, now: int) -> str:
    """INC-YYYY-NNNN, numbered through a year (UTC)."""
    year = datetime.fromtimestamp(now / 1000, UTC).year
    (last,) = conn.execute(
        "SELECT coalesce(max(CAST(substr(code, 10) AS INTEGER)), 0) FROM incident"
        " WHERE code GLOB ?",
        (f"INC-{year:04}-[0-9]*",),
    ).fetchone()
    return f"INC-{year:04}-{last + 1:04}"


def suspect(
    tx: Transaction,
    *,
    kind: str,
    topic: str,
    mentions: Sequence[int],
    baseline_15m: float,
    detected_at: int,
    person: int | None = None,
    title: str = "",
) -> Incident:
    """Something may be wrong: never refused, locks nothing. Joins the suspected incident of the
    same `kind` ("" = by hand) and `topic` that nobody decided about. `topic`: playbook id or
    phrase, "" = the whole brand; `baseline_15m`: mentions usual in 15 minutes; `detected_at`:
    first bad post, ms UTC, 0 = not known. `person` None = an alert."""
    how = incident_mentions.ALERT if person is None else incident_mentions.HAND
    known = _suspected(tx.conn, kind, topic) if kind else None
    facts = {"alert": kind, "topic": logged_topic(topic), "n_mentions": len(mentions)}
    if known is not None:
        earliest = min(filter(None, (known.detected_at, detected_at)), default=0)
        incident = incident_moves.quiet_change(tx, known, detected_at=earliest)
        incident_moves.note(tx, incident, "incident_joined", person, **facts)
    else:
        new = Incident(
            id=0, code=next_code(tx.conn, tx.now), state=IncidentState.SUSPECTED,
            title=title.strip()[:MAX_TITLE], baseline_15m=baseline_15m, alert_kind=kind,
            alert_topic=topic, detected_at=detected_at or tx.now, suspected_at=tx.now,
        )  # fmt: skip
        incident = incident_moves.insert(tx, new, "incident_suspected", person, how=how, **facts)
    incident_mentions.link(tx, incident, mentions, how=how, person=person)
    return incident


def logged_topic(topic: str) -> str:
    """As the log may have it: the id of a playbook. A phrase is made of strangers' words, which
    could never be taken out of the chain again: the incident's own row has it."""
    return topic if topic in TYPES else ""


def dismiss(
    tx: Transaction, incident_id: int, reason: str, note: str, looked_by: int, person: int
) -> int:
    """It is none: alerts of its kind and topic, and of those that rang with it, are silent for a
    time. The journal entry.

    With safety reports linked, another person has looked (`looked_by`); in a solo workspace the
    same one may, SELF_LOOK_MS after it was suspected. Raises CrisisRefusedError R03; CommandError
    NOT_FOUND, BAD_INPUT, TOO_LATE.
    """
    incident = incident_moves.read(tx.conn, incident_id)
    if reason not in {r.value for r in DismissReason}:
        raise CommandError(CommandFault.BAD_INPUT, what=reason[:40])
    n_safety = incident_mentions.count(tx.conn, incident_id, Category.SAFETY)
    if n_safety and not _has_looked(tx, incident, looked_by, person):
        raise CrisisRefusedError("R03", incident_id=incident_id, n=n_safety)
    after, seq = incident_moves.move(
        tx, incident, IncidentState.DISMISSED, "incident_dismissed", person,
        {"reason": reason, "note": note.strip()[:MAX_NOTE], "looked_by": looked_by},
        dismissed_at=tx.now,
    )  # fmt: skip
    if after.alert_kind:
        alerts.hush(tx, after.alert_kind, after.alert_topic)
    for alert in alerts.of_incident(tx.conn, incident_id):
        alerts.hush(tx, alert.kind.value, alert.topic)
    return seq


def told_again(tx: Transaction, incident: Incident, n_told: int) -> None:
    """A suspected incident was told of once more."""
    tx.conn.execute("UPDATE incident SET n_told = ? WHERE id = ?", (n_told, incident.id))


def n_told(conn: Connection, incident_id: int) -> int:
    """How often a suspected incident was told of again."""
    (n,) = conn.execute("SELECT n_told FROM incident WHERE id = ?", (incident_id,)).fetchone()
    return int(n)


def review_of(conn: Connection, incident_id: int) -> dict[str, str]:
    """cause, went_well, went_badly, public_message, as far as they are written."""
    row = conn.execute("SELECT review FROM incident WHERE id = ?", (incident_id,)).fetchone()
    found = json.loads(row[0]) if row else {}
    return {str(k): str(v) for k, v in found.items()}


def with_title(incident: Incident, title: str) -> Incident:
    """The same under another title, cut to what a banner shows."""
    return replace(incident, title=title.strip()[:MAX_TITLE])


def _suspected(conn: Connection, kind: str, topic: str) -> Incident | None:
    row = conn.execute(
        f"SELECT {COLUMNS} FROM incident WHERE {_OPEN} AND state = 'suspected' "
        "AND alert_kind = ? AND alert_topic = ? ORDER BY id DESC",
        (kind, topic),
    ).fetchone()
    return entry(row) if row else None


def _has_looked(tx: Transaction, incident: Incident, looked_by: int, person: int) -> bool:
    if not people.name_of(tx.conn, looked_by):
        return False
    people.require_at_work(tx.conn, looked_by)
    if looked_by != person:
        return True
    is_solo = settings.team_mode(tx.conn) is TeamMode.SOLO
    return is_solo and tx.now - incident.suspected_at >= SELF_LOOK_MS


def _urgency(incident: Incident) -> tuple[int, int, int]:
    order = {IncidentState.STAND_DOWN: 1, IncidentState.SUSPECTED: 2, IncidentState.REVIEW: 3}
    return order.get(incident.state, 0), int(incident.severity) or 4, incident.id
