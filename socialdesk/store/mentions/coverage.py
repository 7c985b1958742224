"""The coverage ledger: per account and hour what was tried, so that "we saw nothing" can be proved.

An hour without a row was not watched: charts show it as a gap, never as zero.
"""

from typing import Final

from socialdesk.domain.mentions.mention import mention_id
from socialdesk.store.file.sqlite import Connection
from socialdesk.store.file.transaction import Transaction

HOUR_MS: Final = 3_600_000
_CRM: Final = "CRM"  # Can.CRM.name; of accounts no more is imported for the first paint


def hour_of(at: int) -> int:
    """The start of the hour `at` (ms) lies in."""
    return at - at % HOUR_MS


def note_fetched(tx: Transaction, account_id: int, n_mentions: int) -> None:
    """One fetch worked and brought so many new mentions."""
    _add(tx, account_id, n_fetched=1, n_mentions=n_mentions)


def note_failed(tx: Transaction, account_id: int, *, is_limited: bool) -> None:
    """One fetch did not work; `is_limited`: refused by a rate limit."""
    if is_limited:
        _add(tx, account_id, n_limited=1)
    else:
        _add(tx, account_id, n_failed=1)


def is_any_watched(conn: Connection) -> bool:
    """Whether there is an account that mentions may come from."""
    (is_any,) = conn.execute(
        "SELECT EXISTS(SELECT 1 FROM account WHERE NOT EXISTS(SELECT 1 FROM"
        " json_each(iif(json_valid(card), card, '{}'), '$.can') WHERE value = ?))",
        (_CRM,),
    ).fetchone()
    return bool(is_any)


def list_hours(
    conn: Connection, since: int, until: int = 1 << 62
) -> list[tuple[int, int, int, int, int]]:
    """(account, hour start ms, fetched, failed, rate-limited) from `since` ms to before `until`,
    oldest first."""
    return conn.execute(
        "SELECT account_id, hour, n_fetched, n_failed, n_limited FROM coverage WHERE hour >= ?"
        " AND hour < ? ORDER BY hour, account_id",
        (hour_of(since), until),
    ).fetchall()


def count_per_hour(conn: Connection, now: int, hours: int = 14) -> list[int]:
    """Mentions published in each of the last `hours` hours, oldest first; -1 = none, and nobody
    was watching."""
    first = hour_of(now) - (hours - 1) * HOUR_MS
    watched = conn.execute(
        "SELECT DISTINCT hour FROM coverage WHERE hour >= ? AND n_fetched > 0", (first,)
    )
    counts = dict.fromkeys((hour for (hour,) in watched), 0)
    counts |= conn.execute(
        "SELECT (mention_id >> 20) / 3600 * 3600000, count(*) FROM triage WHERE mention_id >= ?"
        " GROUP BY 1",
        (mention_id(first // 1000, 0),),
    ).fetchall()
    return [counts.get(first + n * HOUR_MS, -1) for n in range(hours)]


def _add(tx: Transaction, account_id: int, **counts: int) -> None:
    values = {"n_fetched": 0, "n_failed": 0, "n_limited": 0, "n_mentions": 0} | counts
    tx.conn.execute(
        "INSERT INTO coverage(account_id, hour, n_fetched, n_failed, n_limited, n_mentions)"
        " VALUES(:account_id, :hour, :n_fetched, :n_failed, :n_limited, :n_mentions)"
        " ON CONFLICT(account_id, hour) DO UPDATE SET n_fetched = n_fetched + excluded.n_fetched,"
        " n_failed = n_failed + excluded.n_failed, n_limited = n_limited + excluded.n_limited,"
        " n_mentions = n_mentions + excluded.n_mentions",
        {"account_id": account_id, "hour": hour_of(tx.now), **values},
    )
