"""How a declared incident goes on: holding, responding, stand-down, review, closed; and what its
commander changes on the way. Every step is refused until its guard is met."""

import json
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from typing import Final

from socialdesk.domain.crisis.incident import (
    MAX_STRETCH,
    STRETCH_AFTER_MS,
    Cluster,
    Incident,
    IncidentState,
    Pace,
    Role,
    Severity,
    Strategy,
)
from socialdesk.domain.crisis.refusal import CrisisRefusedError
from socialdesk.domain.errors import CommandError, CommandFault
from socialdesk.store import people
from socialdesk.store.crisis import (
    facts,
    incident_dues,
    incident_guards,
    incident_moves,
    incidents,
    looks,
    press_tasks,
)
from socialdesk.store.crisis.incident_guards import Waits
from socialdesk.store.file.transaction import Transaction

MAX_REASON: Final = 1_000
REVIEW_FIELDS: Final = ("cause", "went_well", "went_badly", "public_message")
Freeze = Callable[[Transaction, Incident], str]
"""Freezes the report of an incident that is about to close; its SHA-256, "" = there is none."""


def first_statement_out(tx: Transaction, incident_id: int, *, by_hand: bool = False) -> int:
    """The first statement is on at least one account: holding. Once only; the journal entry, 0 =
    it was out before. The caller has made the promise of the next update."""
    incident = incident_moves.read(tx.conn, incident_id)
    if incident.first_statement_at or incident.state not in _BEFORE_REVIEW:
        return 0
    if incident.state is not IncidentState.DECLARED:  # silence had been decided before
        facts = {"field": "first_statement", "before": "", "after": str(tx.now), "reason": ""}
        return incident_moves.change(
            tx, incident, "incident_changed", None, facts, first_statement_at=tx.now
        )[1]
    return incident_moves.move(
        tx, incident, IncidentState.HOLDING, "incident_moved", None,
        {"why": "by_hand" if by_hand else "first_statement"}, holding_at=tx.now,
        first_statement_at=tx.now,
    )[1]  # fmt: skip


def silence_decided(tx: Transaction, incident_id: int, silence_id: int, person: int | None) -> int:
    """The decision to be silent has its second look: holding. The journal entry, 0 = it held."""
    incident = incident_moves.read(tx.conn, incident_id)
    if incident.state is not IncidentState.DECLARED:
        return 0
    return incident_moves.move(
        tx, incident, IncidentState.HOLDING, "incident_moved", person,
        {"why": "silence", "silence": silence_id}, holding_at=tx.now,
    )[1]  # fmt: skip


def respond(tx: Transaction, incident: Incident, reason: str, person: int | None) -> int:
    """Responding: after a serious statement, without one in SEV3 with the written reason; or again
    out of stand-down, which needs nothing. `person` None = an alert on the topic. The journal
    entry. Raises CommandError BAD_INPUT (`what`: serious), TOO_LATE."""
    said = reason.strip()[:MAX_REASON]
    if incident.state is IncidentState.STAND_DOWN:
        return incident_moves.move(
            tx, incident, IncidentState.RESPONDING, "incident_moved", person,
            {"why": "again", "reason": said}, responding_at=tx.now, stand_down_at=0,
        )[1]  # fmt: skip
    is_out = incident_guards.has_published(tx.conn, incident.id, "serious")
    if not is_out and (not said or incident.severity is not Severity.SEV3):
        raise CommandError(CommandFault.BAD_INPUT, what="serious")
    return incident_moves.move(
        tx, incident, IncidentState.RESPONDING, "incident_moved", person,
        {"why": "serious" if is_out else "none_needed", "reason": said}, responding_at=tx.now,
        is_serious_needed=is_out,
    )[1]  # fmt: skip


def stand_down(tx: Transaction, incident: Incident, reason: str, person: int) -> int:
    """The lock becomes partial; the watch goes on. The journal entry. Raises CrisisRefusedError
    R30, CommandError TOO_LATE."""
    _check_step(incident, IncidentState.STAND_DOWN)
    waits = incident_guards.stand_down_waits_for(tx.conn, incident, tx.now)
    if waits:
        raise CrisisRefusedError("R30", incident_id=incident.id, list=packed_list(waits))
    return incident_moves.move(
        tx, incident, IncidentState.STAND_DOWN, "incident_moved", person,
        {"why": "asked", "reason": reason.strip()[:MAX_REASON]}, stand_down_at=tx.now,
    )[1]  # fmt: skip


def review(tx: Transaction, incident_id: int) -> int:
    """Quiet once more as long as before: the lock is off, held rows stay held, and the review has
    its date. The journal entry, 0 = it is not time yet."""
    incident = incident_moves.read(tx.conn, incident_id)
    is_time = not incident_guards.quiet_left_ms(tx.conn, incident, tx.now)
    if incident.state is not IncidentState.STAND_DOWN or not is_time:
        return 0
    due_at = review_due(incident.pace, tx.now)
    seq = incident_moves.move(
        tx, incident, IncidentState.REVIEW, "incident_moved", None,
        {"why": "quiet", "review_due_at": due_at}, review_at=tx.now, review_due_at=due_at,
    )[1]  # fmt: skip
    _end_approvals(tx, incident_id)
    incident_dues.review_begins(tx, incident_id)
    return seq


def close(tx: Transaction, incident: Incident, person: int, freeze: Freeze) -> int:
    """Closed, with its report frozen. The journal entry. Raises CrisisRefusedError R31,
    CommandError TOO_LATE."""
    _check_step(incident, IncidentState.CLOSED)
    waits = incident_guards.closing_waits_for(tx.conn, incident)
    if waits:
        raise CrisisRefusedError("R31", incident_id=incident.id, list=packed_list(waits))
    digest = freeze(tx, incident)
    return incident_moves.move(
        tx, incident, IncidentState.CLOSED, "incident_moved", person,
        {"why": "asked", "report_hash": digest}, closed_at=tx.now, report_hash=digest,
    )[1]  # fmt: skip


def change(
    tx: Transaction, incident: Incident, field: str, value: str, reason: str, person: int
) -> int:
    """One thing the commander changes, with a reason (a title needs none); the journal entry.
    Raises CommandError BAD_INPUT (`what`: reason, or the field), TOO_LATE."""
    said = reason.strip()[:MAX_REASON]
    if field != "title" and not said:
        raise CommandError(CommandFault.BAD_INPUT, what="reason")
    if incident.state in _OVER:
        raise CommandError(CommandFault.TOO_LATE, state=incident.state.value)
    before, changes = _changed(tx, incident, field, value.strip())
    data = {"field": field, "before": before, "after": value.strip(), "reason": said}
    after, seq = incident_moves.change(tx, incident, "incident_changed", person, data, **changes)
    if field == "severity":
        facts.recount(tx, incident.id, person)
    if field == f"role:{Role.SPOKESPERSON.value}":
        press_tasks.hand_over(tx, after, person, before=int(before))
    return seq


def note_setting(tx: Transaction, field: str, before: str, after: str, person: int) -> None:
    """The team mode (`field` "mode") or a limit of crisis mode (`field`: its setting) changed while
    something locks: each such incident's log says so."""
    for incident in incidents.open_incidents(tx.conn):
        if incident.is_locking or incident.state is IncidentState.STAND_DOWN:
            incident_moves.note(
                tx, incident, "incident_changed", person, field=field, before=before, after=after,
                reason="",
            )  # fmt: skip


def save_review(tx: Transaction, incident: Incident, fields: Mapping[str, str], person: int) -> int:
    """Parts of the review; the journal entry. Raises CommandError BAD_INPUT, TOO_LATE."""
    if unknown := set(fields) - set(REVIEW_FIELDS):
        raise CommandError(CommandFault.BAD_INPUT, what=min(unknown)[:40])
    if incident.state in _OVER:
        raise CommandError(CommandFault.TOO_LATE, state=incident.state.value)
    known = incidents.review_of(tx.conn, incident.id) | dict(fields)
    tx.conn.execute(
        "UPDATE incident SET review = ? WHERE id = ?",
        (json.dumps(known, ensure_ascii=False), incident.id),
    )
    return incident_moves.note(tx, incident, "review_saved", person, fields=sorted(fields))


def review_due(pace: Pace, now: int) -> int:
    """So many days after `now` (ms UTC); working days are Monday to Friday."""
    day, left = datetime.fromtimestamp(now / 1000, UTC), pace.review_days
    while left:
        day += timedelta(days=1)
        left -= not pace.is_review_working or day.weekday() < 5
    return int(day.timestamp() * 1000)


def packed_list(waits: Waits) -> str:
    """ "key:n, key:n", as a refusal carries a list."""
    return ", ".join(f"{key}:{n}" for key, n in waits)


def _end_approvals(tx: Transaction, incident_id: int) -> None:
    """Its texts leave no more: what was approved of them counts no longer (R27)."""
    looks.end_all(tx, incident_id, IncidentState.REVIEW.value, None)


def _check_step(incident: Incident, state: IncidentState) -> None:
    before = {
        IncidentState.STAND_DOWN: IncidentState.RESPONDING,
        IncidentState.CLOSED: IncidentState.REVIEW,
    }
    if incident.state is not before[state]:
        raise CommandError(CommandFault.TOO_LATE, state=incident.state.value)


def _changed(
    tx: Transaction, incident: Incident, field: str, value: str
) -> tuple[str, dict[str, object]]:
    """What it was, and the columns that change. Raises CommandError BAD_INPUT."""
    try:
        match field:
            case "severity":
                return str(incident.severity.value), {"severity": _severity(value)}
            case "strategy":
                return incident.strategy.value, {"strategy": Strategy(value)}
            case "cluster":
                return incident.cluster, {"cluster": Cluster(value).value}
            case "title" if value:
                title = incidents.with_title(incident, value).title
                return incident.title, {"title": title}
            case "gap_min":
                return str(incident.gap_min), {"gap_min": _gap(tx, incident, int(value))}
            case _:
                return _role_changed(tx, incident, field, int(value))
    except ValueError as e:
        raise CommandError(CommandFault.BAD_INPUT, what=field[:40]) from e


def _severity(value: str) -> Severity:
    found = Severity(int(value))
    if found is Severity.UNSAID:
        raise ValueError(value)
    return found


def _gap(tx: Transaction, incident: Incident, minutes: int) -> int:
    """Up to MAX_STRETCH times the severity's own, and never in the first two hours; 0 = its own."""
    is_early = tx.now - incident.declared_at < STRETCH_AFTER_MS
    longest = incident.pace.gap_min * MAX_STRETCH
    if minutes and (is_early or not incident.pace.gap_min <= minutes <= longest):
        raise ValueError(minutes)
    return minutes


def _role_changed(
    tx: Transaction, incident: Incident, field: str, person: int
) -> tuple[str, dict[str, object]]:
    name = field.removeprefix("role:")
    known = tx.conn.execute("SELECT 1 FROM person WHERE id = ?", (person,)).fetchone()
    role = Role(name)
    if (role is Role.COMMANDER or person) and not known:
        raise ValueError(field)
    if person:
        people.require_at_work(tx.conn, person)
    before = incident.roles.get(role.value, 0)
    roles = {**incident.roles, role.value: person} if person else {
        k: v for k, v in incident.roles.items() if k != role.value
    }  # fmt: skip
    return str(before), {"roles": roles}


_BEFORE_REVIEW: Final = frozenset(
    {IncidentState.DECLARED, IncidentState.HOLDING, IncidentState.RESPONDING,
     IncidentState.STAND_DOWN}
)  # fmt: skip
_OVER: Final = frozenset({IncidentState.CLOSED, IncidentState.DISMISSED})
