"""Declaring: the lock, what it stops, and all that an incident starts with, in one transaction."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import field, replace
from typing import Final

from socialdesk.domain import id_ranges
from socialdesk.domain.crisis.approval import TeamMode
from socialdesk.domain.crisis.incident import (
    Incident,
    IncidentState,
    Role,
    Scope,
    Severity,
    Strategy,
)
from socialdesk.domain.crisis.refusal import CrisisRefusedError
from socialdesk.domain.errors import CommandError, CommandFault
from socialdesk.domain.frozen import frozen
from socialdesk.store import people, settings
from socialdesk.store.crisis import held, incident_moves, incidents, lock, press_tasks, steps
from socialdesk.store.crisis.held import HeldAtOnce
from socialdesk.store.crisis.steps import NewStep
from socialdesk.store.file.sqlite import Connection
from socialdesk.store.file.transaction import Transaction

EVERYTHING: Final = Scope()
IN_WORDS: Final = 200  # outbox ids on the wire that the event names


@frozen
class NewFact:
    """A question of the playbook. `gate`: holding or serious."""

    key: str
    gate: str
    question: str


@frozen
class Declaration:
    """What a commander declares. `incident_id` 0 = from monitoring. `audiences` (): all that are
    kept. `is_light_locked`, `cluster`, `steps`, `facts`: as the playbook has them."""

    title: str
    playbook: str
    playbook_version: str
    severity: int
    commander: int
    incident_id: int = 0
    strategy: Strategy = Strategy.PROACTIVE
    cluster: str = ""
    scope: Scope = EVERYTHING
    roles: tuple[tuple[str, int], ...] = ()
    audiences: tuple[int, ...] = ()
    baseline_15m: float = 0.0
    is_light_locked: bool = True
    steps: Sequence[NewStep] = field(default=())
    facts: Sequence[NewFact] = field(default=())


@frozen
class Declared:
    """`seq`: the journal entry."""

    incident: Incident
    stopped: HeldAtOnce
    seq: int


def declare(tx: Transaction, asked: Declaration, person: int) -> Declared:
    """The lock is on when this commits: what was queued, scheduled, waiting for undo or for an
    approval is held; what is on the wire is named. Raises CrisisRefusedError R01, R02;
    CommandError NOT_FOUND, BAD_INPUT, TOO_LATE."""
    _check_whole(tx.conn, asked)
    _check_free(tx.conn, asked)
    before = _begun(tx, asked)
    mode = settings.team_mode(tx.conn)
    roles = {Role.COMMANDER.value: asked.commander, **dict(asked.roles)}
    after = replace(
        before, title=asked.title.strip()[: incidents.MAX_TITLE], playbook=asked.playbook,
        playbook_version=asked.playbook_version, cluster=asked.cluster,
        severity=Severity(asked.severity), strategy=asked.strategy, scope=asked.scope, roles=roles,
        began_solo=mode is TeamMode.SOLO, is_light_locked=asked.is_light_locked,
        declared_at=tx.now, baseline_15m=before.baseline_15m or asked.baseline_15m,
    )  # fmt: skip
    stopped = held.hold_scope(tx, after)
    facts = {
        "title": after.title, "playbook": after.playbook,
        "playbook_version": after.playbook_version, "severity": after.severity.value,
        "commander": after.commander, "roles": roles, "strategy": after.strategy.value,
        "scope": {"accounts": list(after.scope.accounts),
                  "languages": list(after.scope.languages)},
        "mode": mode.value, "n_held": len(stopped.held), "held": id_ranges.packed(stopped.held),
        "in_flight": list(stopped.in_flight[:IN_WORDS]),
    }  # fmt: skip
    declared, seq = _put(tx, before, after, facts, person)
    _begin_work(tx, declared, asked)
    press_tasks.hand_over(tx, declared, person)
    return Declared(declared, stopped, seq)


def _check_whole(conn: Connection, asked: Declaration) -> None:
    given = {
        "title": bool(asked.title.strip()),
        "type": bool(asked.playbook),
        "severity": asked.severity in (1, 2, 3),
        "commander": _is_person(conn, asked.commander),
    }
    missing = [name for name, is_there in given.items() if not is_there]
    if missing:
        raise CrisisRefusedError("R01", incident_id=asked.incident_id, list=", ".join(missing))
    if not all(role in _ROLES and _is_person(conn, who) for role, who in asked.roles):
        raise CommandError(CommandFault.BAD_INPUT, what="roles")
    for who in {asked.commander, *(who for _, who in asked.roles)}:
        people.require_at_work(conn, who)


def _check_free(conn: Connection, asked: Declaration) -> None:
    """A lock, or a stand-down, over any part of the scope: it is that incident, or a part of it."""
    for other in lock.locking(conn):
        if other.id != asked.incident_id and other.scope.meets(asked.scope):
            names = [lock.account_name(conn, a) for a in other.scope.accounts]
            scope = ", ".join([*names, *other.scope.languages])
            raise CrisisRefusedError("R02", incident_id=other.id, id=other.code, scope=scope)


def _begun(tx: Transaction, asked: Declaration) -> Incident:
    """The suspected incident, or a new one that has no row yet."""
    if asked.incident_id:
        return incident_moves.read(tx.conn, asked.incident_id)
    made = Incident(
        id=0, code=incidents.next_code(tx.conn, tx.now), state=IncidentState.SUSPECTED,
        detected_at=tx.now,
    )  # fmt: skip
    return incident_moves.insert(tx, made, "", None)


def _put(
    tx: Transaction, before: Incident, after: Incident, facts: Mapping[str, object], person: int
) -> tuple[Incident, int]:
    changed = {
        name: getattr(after, name)
        for name in _SAID
        if getattr(after, name) != getattr(before, name)
    }
    return incident_moves.move(
        tx, before, IncidentState.DECLARED, "incident_declared", person, facts, **changed
    )


def _begin_work(tx: Transaction, incident: Incident, asked: Declaration) -> None:
    steps.copy(tx, incident.id, asked.steps)
    tx.conn.executemany(
        "INSERT INTO fact_item(incident_id, key, gate, question) VALUES (?, ?, ?, ?)",
        [(incident.id, f.key, f.gate, f.question) for f in asked.facts],
    )
    tx.conn.execute(
        "INSERT INTO incident_audience(incident_id, audience_id) SELECT ?1, id FROM audience "
        "WHERE CASE json_array_length(?2) WHEN 0 THEN is_archived = 0 "
        "ELSE id IN (SELECT value FROM json_each(?2)) END",
        (incident.id, json.dumps(list(asked.audiences))),
    )


def _is_person(conn: Connection, person: int) -> bool:
    return conn.execute("SELECT 1 FROM person WHERE id = ?", (person,)).fetchone() is not None


_ROLES: Final = frozenset(r.value for r in Role)
_SAID: Final = (
    "title", "playbook", "playbook_version", "cluster", "severity", "strategy", "scope", "roles",
    "began_solo", "is_light_locked", "declared_at", "baseline_15m",
)  # fmt: skip
