"""What priced networks have cost, by account and month; counted before a call is made.

A held price stands in the file before the first byte leaves, so that neither a killed program nor
a lost answer is ever forgotten. Rows of later months count too: a clock that was set back finds
the money spent that was spent while it ran ahead.
"""

import json
from datetime import UTC, datetime
from typing import Any

from socialdesk.domain.changes import Area
from socialdesk.domain.errors import CommandError, CommandFault
from socialdesk.domain.spend import (
    CAP_SETTING,
    DEFAULT_CAP,
    OWED_SETTING,
    Spend,
    SpendCapError,
    cap_text,
    month_of,
    next_month,
    read_cap,
)
from socialdesk.store.file.sqlite import Connection
from socialdesk.store.file.transaction import Transaction

FAULT = "SpendCapError"  # of a watch or a reply that waits for the next month


def read(conn: Connection, account_id: int, now: int) -> Spend:
    """This month's (`now`: ms), with what is owed from before the account was kept."""
    settings = _settings(conn, account_id)
    month = month_of(_utc(now))
    n_calls, micros = conn.execute(
        "SELECT coalesce(sum(n_calls), 0), coalesce(sum(micros), 0) FROM spend"
        " WHERE account_id = ? AND month >= ?",
        (account_id, month),
    ).fetchone()
    return Spend(month, _cap(settings), micros + _owed(settings), n_calls)


def is_priced(conn: Connection, account_id: int) -> bool:
    """Whether its network takes money for each call: then it was asked for a cap."""
    return CAP_SETTING in _settings(conn, account_id)


def hold(tx: Transaction, account_id: int, price: int, *, percent: int = 100) -> str:
    """Count a call at the most it can cost; the month it counts in. `percent`: of the cap, that
    this kind of call may fill. Raises SpendCapError."""
    now = read(tx.conn, account_id, tx.now)
    if price > now.left(percent=percent):
        raise SpendCapError(now.cap, next_month(_utc(tx.now)))
    _take_owed(tx, account_id, now.month)
    _add(tx, account_id, now.month, 1, price)
    return now.month


def settle(tx: Transaction, account_id: int, month: str, back: int) -> None:
    """A call of that month cost `back` less than was held for it."""
    _add(tx, account_id, month, 0, -back)


def set_cap(tx: Transaction, account_id: int, cap: int) -> int:
    """What waits for the cap is tried at once; the cap before. Raises CommandError."""
    settings = _settings(tx.conn, account_id)
    if CAP_SETTING not in settings:
        raise CommandError(CommandFault.NOT_FOUND)
    before = _cap(settings)
    _save(tx, account_id, {**settings, CAP_SETTING: cap_text(cap)})
    tx.conn.execute(
        "UPDATE watch SET next_at = 0 WHERE account_id = ? AND fault = ?", (account_id, FAULT)
    )
    tx.conn.execute(
        "UPDATE outbox SET next_at = 0 WHERE account_id = ? AND state = 'queued' AND reason = ?",
        (account_id, FAULT),
    )
    tx.touch(Area.ACCOUNTS, Area.OUTBOX)
    return before


def _take_owed(tx: Transaction, account_id: int, month: str) -> None:
    settings = _settings(tx.conn, account_id)
    owed = _owed(settings)
    if owed:
        _add(tx, account_id, month, 1, owed)
        _save(tx, account_id, {k: v for k, v in settings.items() if k != OWED_SETTING})


def _add(tx: Transaction, account_id: int, month: str, n_calls: int, micros: int) -> None:
    tx.conn.execute(
        "INSERT INTO spend(account_id, month, n_calls, micros) VALUES(?, ?, ?, max(0, ?))"
        " ON CONFLICT(account_id, month) DO UPDATE SET n_calls = n_calls + excluded.n_calls,"
        " micros = max(0, micros + ?)",
        (account_id, month, n_calls, micros, micros),
    )
    tx.touch(Area.ACCOUNTS)


def _settings(conn: Connection, account_id: int) -> dict[str, Any]:
    row = conn.execute("SELECT settings FROM account WHERE id = ?", (account_id,)).fetchone()
    return dict(json.loads(row[0])) if row else {}


def _save(tx: Transaction, account_id: int, settings: dict[str, Any]) -> None:
    packed = json.dumps(settings, ensure_ascii=False)
    tx.conn.execute("UPDATE account SET settings = ? WHERE id = ?", (packed, account_id))


def _cap(settings: dict[str, Any]) -> int:
    """A setting that cannot be read is the default: never more than a person agreed to."""
    try:
        return read_cap(str(settings[CAP_SETTING]))
    except (KeyError, ValueError):
        return DEFAULT_CAP


def _owed(settings: dict[str, Any]) -> int:
    owed = str(settings.get(OWED_SETTING, "0"))
    return int(owed) if owed.isascii() and owed.isdigit() and len(owed) < 12 else 0


def _utc(ms: int) -> datetime:
    return datetime.fromtimestamp(ms / 1000, UTC)
