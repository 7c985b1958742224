"""Alerts as rows: what is loud now, what was, and what a dismissal has silenced."""

import json
from collections.abc import Mapping
from typing import Any, Final

from socialdesk.domain.changes import Area
from socialdesk.domain.crisis.alert import Alert, AlertKind, Found, Level, Series
from socialdesk.domain.crisis.incident import HOUR_MS
from socialdesk.store import settings
from socialdesk.store.file.sqlite import Connection
from socialdesk.store.file.transaction import Transaction
from socialdesk.store.notices import notices

_COLUMNS: Final = "id, at, kind, series, topic, level, facts, incident_id, loud_at, cleared_at"
_LEVELS: Final = {level.name.lower(): level for level in Level}
_SERIES: Final = {series.name.lower(): series for series in Series}
_KINDS: Final = {kind.value: kind for kind in AlertKind}


def add(tx: Transaction, found: Found, incident_id: int = 0) -> int:
    """A new alert; its id."""
    made = tx.conn.execute(
        "INSERT INTO alert(at, kind, series, topic, level, facts, incident_id, loud_at)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        (
            tx.now, found.kind.value, found.series.name.lower() if found.series else "",
            found.topic, found.level.name.lower(), _packed(found.facts), incident_id, tx.now,
        ),
    ).lastrowid  # fmt: skip
    tx.touch(Area.INCIDENTS)
    return int(made or 0)


def raise_to(tx: Transaction, alert_id: int, found: Found, incident_id: int) -> None:
    """It became louder: the numbers of now explain it."""
    tx.conn.execute(
        "UPDATE alert SET level = ?, facts = ?, incident_id = ?, loud_at = ? WHERE id = ?",
        (found.level.name.lower(), _packed(found.facts), incident_id, tx.now, alert_id),
    )
    tx.touch(Area.INCIDENTS)


def still_loud(tx: Transaction, alert_id: int) -> None:
    """Its cause holds."""
    tx.conn.execute("UPDATE alert SET loud_at = ? WHERE id = ?", (tx.now, alert_id))


def clear(tx: Transaction, alert_id: int) -> None:
    """It is over."""
    tx.conn.execute("UPDATE alert SET cleared_at = ? WHERE id = ?", (tx.now, alert_id))
    tx.touch(Area.INCIDENTS)


def open_alerts(conn: Connection) -> list[Alert]:
    """What is loud now, the loudest first."""
    found = _read(conn, "WHERE cleared_at = 0 ORDER BY id")
    return sorted(found, key=lambda alert: (-alert.level, alert.id))


def newest(conn: Connection, limit: int) -> list[Alert]:
    """Open ones first, then past ones, the newest first."""
    return _read(conn, "ORDER BY cleared_at > 0, id DESC LIMIT ?", limit)


def find(conn: Connection, alert_id: int) -> Alert | None:
    """One of them; None when it is not there."""
    found = _read(conn, "WHERE id = ?", alert_id)
    return found[0] if found else None


def of_incident(conn: Connection, incident_id: int) -> list[Alert]:
    """Why it was suspected, oldest first."""
    return _read(conn, "WHERE incident_id = ? AND incident_id > 0 ORDER BY id", incident_id)


def muted(conn: Connection, now: int) -> set[tuple[str, str]]:
    """(kind, topic) of what was dismissed and stays silent."""
    rows = conn.execute("SELECT kind, topic FROM alert_mute WHERE until > ?", (now,))
    return {(kind, topic) for kind, topic in rows}


def forget_mutes(tx: Transaction) -> None:
    """Those that ended."""
    tx.conn.execute("DELETE FROM alert_mute WHERE until <= ?", (tx.now,))


def link(tx: Transaction, alert_id: int, incident_id: int) -> None:
    """To an incident that a person chose."""
    tx.conn.execute("UPDATE alert SET incident_id = ? WHERE id = ?", (incident_id, alert_id))
    tx.touch(Area.INCIDENTS)


def hush(tx: Transaction, kind: str, topic: str) -> None:
    """It was dismissed: silent for as long as the limits say now."""
    until = tx.now + settings.crisis_limits(tx.conn).mute_h * HOUR_MS
    tx.conn.execute(
        "INSERT INTO alert_mute(kind, topic, until) VALUES (?1, ?2, ?3) "
        "ON CONFLICT DO UPDATE SET until = max(until, ?3)",
        (kind, topic, until),
    )


def was_told_of(conn: Connection, mention_id: int, codes: tuple[str, ...]) -> bool:
    """Whether a notice of one of these kinds named the mention."""
    row = conn.execute(
        "SELECT 1 FROM notice WHERE mention_id = ? AND code IN (SELECT value FROM json_each(?))",
        (mention_id, json.dumps(codes)),
    ).fetchone()
    return row is not None


def told_at(conn: Connection, code: str) -> int:
    """When a notice of this kind was last told, ms UTC; 0 = never."""
    (at,) = conn.execute("SELECT max(at) FROM notice WHERE code = ?", (code,)).fetchone()
    return int(at or 0)


def tell(
    tx: Transaction, code: str, facts: Mapping[str, str | int], mention: int = 0, *, urgent: bool
) -> int:
    """A notice; see `engine/words/notices.py` for its words."""
    return notices.add(tx, code, facts, mention, urgent)


def _read(conn: Connection, where: str, *values: object) -> list[Alert]:
    rows = conn.execute(f"SELECT {_COLUMNS} FROM alert {where}", values)
    return [alert for row in rows if (alert := _unpacked(row)) is not None]


def _unpacked(row: tuple[Any, ...]) -> Alert | None:
    """None for a kind that only a newer program knows."""
    id, at, kind, series, topic, level, facts, incident_id, loud_at, cleared_at = row
    if kind not in _KINDS or level not in _LEVELS:
        return None
    return Alert(
        id, at, _KINDS[kind], _LEVELS[level], _SERIES.get(series), topic, _facts(facts),
        incident_id, loud_at, cleared_at,
    )  # fmt: skip


def _packed(facts: Mapping[str, int | float | str]) -> str:
    return json.dumps(dict(facts), ensure_ascii=False, separators=(",", ":"))


def _facts(packed: str) -> dict[str, int | float | str]:
    try:
        found = json.loads(packed)
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}
