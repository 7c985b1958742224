"""The only door to `incident.state`, and to what else may change of an incident.

Every move is checked against `domain.crisis.incident.STEPS` and leaves its event in the
incident's log.
"""

import json
from collections.abc import Mapping
from dataclasses import fields, replace
from enum import Enum
from typing import Any, Final

from socialdesk.domain.changes import Area
from socialdesk.domain.crisis.incident import (
    STEPS,
    Incident,
    IncidentState,
    Scope,
    Severity,
    Strategy,
)
from socialdesk.domain.errors import CommandError, CommandFault
from socialdesk.store import journal
from socialdesk.store.crisis import incident_order
from socialdesk.store.file.sqlite import Connection
from socialdesk.store.file.transaction import Transaction

_NAMES: Final = tuple(f.name for f in fields(Incident))
COLUMNS: Final = ", ".join(_NAMES)
_READ: Final = f"SELECT {COLUMNS} FROM incident WHERE id = ?"
_FLAGS: Final = frozenset({"began_solo", "is_serious_needed", "is_light_locked", "is_drill"})


def entry(row: tuple[Any, ...]) -> Incident:
    """A selected row of COLUMNS."""
    value = dict(zip(_NAMES, row, strict=True))
    value |= {name: bool(value[name]) for name in _FLAGS}
    value["state"] = IncidentState(value["state"])
    value["severity"] = Severity(value["severity"])
    value["strategy"] = Strategy(value["strategy"])
    value["scope"] = unpacked_scope(value["scope"])
    value["roles"] = {str(k): int(v) for k, v in json.loads(value["roles"]).items()}
    return Incident(**value)


def read(conn: Connection, incident_id: int) -> Incident:
    """Raises CommandError NOT_FOUND."""
    row = conn.execute(_READ, (incident_id,)).fetchone()
    if row is None:
        raise CommandError(CommandFault.NOT_FOUND)
    return entry(row)


def insert(tx: Transaction, new: Incident, kind: str, person: int | None, **facts: Any) -> Incident:
    """A new incident, with its event ("" = a move follows at once); `new.id` does not count."""
    values = [_stored(getattr(new, name)) for name in _NAMES[1:]]
    marks = ", ".join("?" * len(values))
    made = tx.conn.execute(
        f"INSERT INTO incident({', '.join(_NAMES[1:])}) VALUES ({marks})", values
    ).lastrowid
    incident = replace(new, id=int(made or 0))
    if kind:
        note(tx, incident, kind, person, **facts)
    return incident


def move(
    tx: Transaction,
    before: Incident,
    state: IncidentState,
    kind: str,
    person: int | None,
    facts: Mapping[str, Any] | None = None,
    **changes: Any,
) -> tuple[Incident, int]:
    """To `state`, with other columns; the incident as it is then and the journal entry.

    Raises CommandError TOO_LATE when no step leads there. `person` None = the program.
    """
    if state not in STEPS[before.state]:
        raise CommandError(CommandFault.TOO_LATE, state=before.state.value)
    after = replace(before, state=state, **changes)
    _write(tx, before, after)
    told = {"from": before.state.value, "to": state.value, **(facts or {})}
    seq = note(tx, after, kind, person, **told)
    if before.is_locking != after.is_locking:
        incident_order.place_linked(tx, after)
    return after, seq


def change(
    tx: Transaction, before: Incident, kind: str, person: int | None, facts: Mapping[str, Any],
    **changes: Any,
) -> tuple[Incident, int]:  # fmt: skip
    """Other columns than the state, with an event."""
    after = replace(before, **changes)
    _write(tx, before, after)
    return after, note(tx, after, kind, person, **facts)


def quiet_change(tx: Transaction, before: Incident, **changes: Any) -> Incident:
    """What is no decision and stands in the log by another event."""
    after = replace(before, **changes)
    _write(tx, before, after)
    return after


def note(tx: Transaction, incident: Incident, kind: str, person: int | None, **facts: Any) -> int:
    """An event of the incident's log: ids, codes and our own texts."""
    tx.touch(Area.INCIDENTS)
    data = {"code": incident.code, "state": incident.state.value, **facts}
    return journal.append(tx, kind, data, person=person, incident=incident.id)


def packed_scope(scope: Scope) -> str:
    """As the file keeps it; {} = all."""
    parts = {"accounts": list(scope.accounts), "languages": list(scope.languages)}
    return json.dumps({name: part for name, part in parts.items() if part}, ensure_ascii=False)


def unpacked_scope(text: str) -> Scope:
    """What `packed_scope` packed."""
    found = json.loads(text)
    return Scope(
        tuple(int(a) for a in found.get("accounts", ())),
        tuple(str(lang) for lang in found.get("languages", ())),
    )


def _write(tx: Transaction, before: Incident, after: Incident) -> None:
    moved = [n for n in _NAMES[1:] if getattr(before, n) != getattr(after, n)]
    if moved:
        sets = ", ".join(f"{name} = ?" for name in moved)
        values = [_stored(getattr(after, name)) for name in moved]
        tx.conn.execute(f"UPDATE incident SET {sets} WHERE id = ?", (*values, after.id))
    tx.touch(Area.INCIDENTS)


def _stored(value: Any) -> Any:
    if isinstance(value, Scope):
        return packed_scope(value)
    if isinstance(value, Mapping):
        return json.dumps(dict(value))
    return value.value if isinstance(value, Enum) else value
