"""Settings: what differs from the defaults in `engine/settings.py`."""

from typing import TYPE_CHECKING

from socialdesk.domain.changes import Area
from socialdesk.domain.crisis.approval import DEFAULT_POLICY, Policy, TeamMode
from socialdesk.domain.crisis.limits import PREFIX, CrisisLimits, limits_of
from socialdesk.store import journal
from socialdesk.store.file.sqlite import Connection

if TYPE_CHECKING:
    from socialdesk.store.file.transaction import Transaction


def read_all(conn: Connection) -> dict[str, str]:
    """Every setting that differs from its default."""
    return dict(conn.execute("SELECT key, value FROM setting").fetchall())


def read(conn: Connection, key: str, default: str = "") -> str:
    """One setting, or `default`."""
    row = conn.execute("SELECT value FROM setting WHERE key = ?", (key,)).fetchone()
    return row[0] if row else default


def set_value(tx: "Transaction", key: str, value: str, person: int) -> int:
    """ "" goes back to the default. The journal entry. The caller has checked key and value."""
    put(tx, key, value)
    tx.touch(Area.SETTINGS)
    return journal.append(tx, "setting_set", {"key": key, "value": value}, person=person)


def put(tx: "Transaction", key: str, value: str) -> None:
    """What the program keeps for itself: no entry in the journal. "" = nothing."""
    if value:
        sql = "INSERT INTO setting(key, value) VALUES (?1, ?2) ON CONFLICT DO UPDATE SET value = ?2"
        tx.conn.execute(sql, (key, value))
    else:
        tx.conn.execute("DELETE FROM setting WHERE key = ?", (key,))
    tx.touch(Area.SETTINGS)


def workspace_id(tx: "Transaction") -> str:
    """A name for this workspace that no other has, made once: the keyring sorts secrets by it."""
    known = read(tx.conn, "workspace_id")
    if known:
        return known
    import uuid  # once in the life of a file

    made = uuid.uuid4().hex
    tx.conn.execute("INSERT INTO setting(key, value) VALUES ('workspace_id', ?)", (made,))
    return made


def team_mode(conn: Connection) -> TeamMode:
    """How many people stand behind a reply."""
    return TeamMode(read(conn, "team_mode", TeamMode.SOLO.value))


def policy(conn: Connection) -> Policy:
    """What a reply needs beyond an approved template, now."""
    chosen = read(conn, "policy")
    return Policy(chosen) if chosen else DEFAULT_POLICY[team_mode(conn)]


def crisis_limits(conn: Connection) -> CrisisLimits:
    """The limits of crisis mode, now."""
    rows = conn.execute("SELECT key, value FROM setting WHERE key GLOB ?", (f"{PREFIX}*",))
    return limits_of(dict(rows.fetchall()))
