"""The lock over an account: the one question that composer, sender, rules and command line ask.

Full while an incident is declared, holding or responding: everything in its scope. In stand-down
only mentions linked to the incident and planned posts stay locked. Of several the fullest counts,
then the worst.
"""

import json
from collections.abc import Sequence
from typing import Final

from socialdesk.domain.crisis.incident import Category, Incident, IncidentState, Lock
from socialdesk.store.crisis import incident_moves
from socialdesk.store.file.sqlite import Connection

# As the partial index `incident_open` says.
_LOCKING: Final = (
    f"SELECT {incident_moves.COLUMNS} FROM incident "
    "WHERE state NOT IN ('closed', 'dismissed') "
    "AND state IN ('declared', 'holding', 'responding', 'stand_down') "
    "ORDER BY state = 'stand_down', severity, id"
)
THEIR_LANG: Final = "coalesce(nullif(i.own_lang, ''), nullif(i.lang, ''), m.lang)"
"""The language of mention m with its insight i; "" = unknown."""
_FULL: Final = frozenset({IncidentState.DECLARED, IncidentState.HOLDING, IncidentState.RESPONDING})


def lock_of(conn: Connection, account_id: int, mention_id: int = 0, lang: str = "") -> Lock | None:
    """What locks this account, for an answer to the mention (0 = a post of our own); None = free.
    A scope of languages covers an answer in one of them or to one; `lang` "" is covered by all."""
    found = locking(conn)
    theirs = _their_lang(conn, mention_id) if any(i.scope.languages for i in found) else ""
    for incident in found:
        scope = incident.scope
        is_theirs = bool(theirs) and scope.covers(account_id, theirs)
        if not is_theirs and not scope.covers(account_id, lang):
            continue
        if incident.is_locking or not mention_id or _is_linked(conn, incident.id, mention_id):
            return _lock(conn, incident, account_id, mention_id)
    return None


def locking(conn: Connection) -> list[Incident]:
    """Incidents with a full lock first, the worst of them first, then those in stand-down."""
    return [incident_moves.entry(row) for row in conn.execute(_LOCKING).fetchall()]


def not_locked(conn: Connection, mentions: Sequence[int]) -> list[int]:
    """Those of these that no full lock covers, by account and the language that was read."""
    full = [incident for incident in locking(conn) if incident.is_locking]
    if not full:
        return list(mentions)
    rows = conn.execute(
        f"SELECT m.id, m.account_id, {THEIR_LANG} "
        "FROM mention m LEFT JOIN insight i ON i.mention_id = m.id "
        "WHERE m.id IN (SELECT value FROM json_each(?)) ORDER BY m.id",
        (json.dumps(list(mentions)),),
    )
    return [
        id for id, account, lang in rows if not any(i.scope.covers(account, lang) for i in full)
    ]


def is_watched_closely(conn: Connection, account_id: int) -> bool:
    """An incident in whose scope it lies is being led: it is asked as often as its network lets."""
    return any(incident.scope.covers(account_id) for incident in locking(conn))


def light_lock(conn: Connection, account_id: int, lang: str = "") -> int:
    """The id of the incident, stand-down included, in whose type the light tone is out of place;
    0 = none."""
    for incident in locking(conn):
        if incident.is_light_locked and incident.scope.covers(account_id, lang):
            return incident.id
    return 0


def account_name(conn: Connection, account_id: int) -> str:
    """As people know it; "" when it is gone."""
    row = conn.execute("SELECT name FROM account WHERE id = ?", (account_id,)).fetchone()
    return str(row[0]) if row else ""


def _their_lang(conn: Connection, mention_id: int) -> str:
    row = conn.execute(
        f"SELECT {THEIR_LANG} FROM mention m LEFT JOIN insight i ON i.mention_id = m.id "
        "WHERE m.id = ?",
        (mention_id,),
    ).fetchone()
    return str(row[0]) if row else ""


def _is_linked(conn: Connection, incident_id: int, mention_id: int) -> bool:
    found = conn.execute(
        "SELECT 1 FROM incident_mention WHERE incident_id = ? AND mention_id = ?",
        (incident_id, mention_id),
    ).fetchone()
    return found is not None


def _is_staff(conn: Connection, mention_id: int) -> bool:
    """Whether an incident that is not over has it as an employee's."""
    found = conn.execute(
        "SELECT 1 FROM incident_mention l JOIN incident i ON i.id = l.incident_id "
        "WHERE l.mention_id = ? AND l.category = ? AND i.state NOT IN ('closed', 'dismissed')",
        (mention_id, Category.STAFF.value),
    ).fetchone()
    return found is not None


def _lock(conn: Connection, incident: Incident, account_id: int, mention_id: int) -> Lock:
    return Lock(
        incident_id=incident.id, code=incident.code, state=incident.state,
        severity=incident.severity, account=account_name(conn, account_id),
        is_full=incident.state in _FULL, is_light_locked=incident.is_light_locked,
        is_claim_locked=incident.is_claim_locked,
        is_staff=bool(mention_id) and _is_staff(conn, mention_id),
    )  # fmt: skip
