"""Accounts and their watches: what is fetched, how far it was read, how it is doing.

An account's secret is never here; disconnecting leaves its row, because its mentions stay.
"""

import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any, Final

from socialdesk.domain.account import AccountState, Card, Watch, WatchKind
from socialdesk.domain.changes import Area
from socialdesk.domain.errors import CommandError, CommandFault
from socialdesk.domain.frozen import frozen
from socialdesk.domain.ids import AccountId, WatchId
from socialdesk.domain.queue.rows import AccountRow, WatchHealth
from socialdesk.domain.spend import CAP_SETTING
from socialdesk.store import journal, settings
from socialdesk.store.file.sqlite import Connection
from socialdesk.store.file.transaction import Transaction
from socialdesk.store.mentions import cards, coverage, rejects

DAY_MS: Final = 86_400_000
MAX_DETAIL_CHARS: Final = 500
UNFINISHED: Final = "unfinished"  # fault of a new account whose secret is not kept yet
MAIN_PASSWORD: Final = "main_password"  # settings key, "1" when a connector noticed one
MISSING: Final = "missing_since"  # settings key: watch → since when its source is not there, JSON

_DUE: Final = (
    "SELECT w.id, w.account_id, w.kind, w.query, w.brand_words, w.cursor, w.since, w.added_at,"
    " w.n_failures FROM watch w JOIN account a ON a.id = w.account_id"
)


@frozen
class AccountSpec:
    """What it takes to make the account's connector, beside its secret."""

    id: AccountId
    network: str
    name: str
    server: str
    settings: Mapping[str, str]
    state: AccountState
    card: Card | None = None


@frozen
class DueWatch:
    """A watch to fetch. Times are ms UTC: `since` = how far back at the first time, `added_at` =
    what was published before is filed as done."""

    id: WatchId
    account: AccountSpec
    watch: Watch
    cursor: str | None
    since: int
    added_at: int
    n_failures: int


def sign_in(
    tx: Transaction,
    *,
    network: str,
    signed_settings: Mapping[str, str],
    card: Card,
    watches: Iterable[tuple[str, str, str]] = (),
    backfill_days: int = 7,
    account_id: int = 0,
) -> AccountId:
    """The account's row, new or as it was; its state does not change before `switch_on`.

    The same identity connected anew is the same account, so its mentions can be answered again.
    `watches`: kind, query, brand words. Raises CommandError when `account_id` is somebody else.
    """
    known = _known(tx.conn, network, card, account_id)
    name = card.own.handle or card.own.name or card.server or network
    kept = {**signed_settings, **_kept_settings(tx.conn, known)}
    values = (name, card.server, card.own.remote_id, _json(kept), cards.packed(card))
    if known:
        tx.conn.execute(
            "UPDATE account SET name = ?, server = ?, own_remote_id = ?, settings = ?, card = ?"
            " WHERE id = ?",
            (*values, known),
        )
    else:
        known = _inserted(
            tx,
            "INSERT INTO account(name, server, own_remote_id, settings, card, network, state,"
            " fault, added_at) VALUES(?, ?, ?, ?, ?, ?, 'paused', ?, ?)",
            (*values, network, UNFINISHED, tx.now),
        )
    for kind, query, brand_words in watches:
        since = tx.now - max(0, backfill_days) * DAY_MS
        add_watch(tx, known, Watch(WatchKind(kind), query, brand_words), since=since)
    tx.touch(Area.ACCOUNTS)
    return AccountId(known)


def switch_on(tx: Transaction, account_id: int, person: int) -> int:
    """The secret is kept: begin to fetch. The journal entry."""
    set_state(tx, account_id, AccountState.ON)
    make_due(tx, account_id)
    return journal.append(tx, "account_connected", {"account": account_id}, person=person)


def remove_unfinished(tx: Transaction, account_id: int) -> None:
    """A new account whose secret could not be kept leaves nothing behind; others stay."""
    tx.conn.execute(
        "DELETE FROM account WHERE id = ? AND state = 'paused' AND fault = ?",
        (account_id, UNFINISHED),
    )
    tx.touch(Area.ACCOUNTS)


def disconnect(tx: Transaction, account_id: int, person: int) -> int:
    """Nothing is fetched or sent any more; mentions stay readable. The journal entry."""
    set_state(tx, account_id, AccountState.STOPPED)
    return journal.append(tx, "account_disconnected", {"account": account_id}, person=person)


def set_state(
    tx: Transaction, account_id: int, state: AccountState, *, fault: str = "", detail: str = ""
) -> None:
    """`fault`: class name of the error behind it. Raises CommandError for no such account."""
    n = tx.conn.execute(
        "UPDATE account SET state = ?, fault = ?, detail = ? WHERE id = ?",
        (state.value, fault, detail[:MAX_DETAIL_CHARS], account_id),
    ).rowcount
    if not n:
        raise CommandError(CommandFault.NOT_FOUND)
    tx.touch(Area.ACCOUNTS)


def set_card(tx: Transaction, account_id: int, card: Card) -> None:
    """The capability record as the network told it now."""
    tx.conn.execute("UPDATE account SET card = ? WHERE id = ?", (cards.packed(card), account_id))
    tx.touch(Area.ACCOUNTS)


def add_watch(tx: Transaction, account_id: int, watch: Watch, *, since: int) -> WatchId:
    """Fetch this too, due at once; one that is there only gets its brand words changed. `since`:
    ms, how far back. Raises CommandError for no such account."""
    if not tx.conn.execute("SELECT 1 FROM account WHERE id = ?", (account_id,)).fetchone():
        raise CommandError(CommandFault.NOT_FOUND)
    id = _inserted(
        tx,
        "INSERT INTO watch(account_id, kind, query, brand_words, since, added_at)"
        " VALUES(?, ?, ?, ?, ?, ?) ON CONFLICT(account_id, kind, query)"
        " DO UPDATE SET brand_words = excluded.brand_words, is_on = 1, next_at = 0",
        (account_id, watch.kind.value, watch.query, watch.brand_words, since, tx.now),
    )
    tx.touch(Area.ACCOUNTS)
    return WatchId(id)


def remove_watch(tx: Transaction, watch_id: int) -> None:
    """Its mentions stay. Raises CommandError for no such watch."""
    if not tx.conn.execute("DELETE FROM watch WHERE id = ?", (watch_id,)).rowcount:
        raise CommandError(CommandFault.NOT_FOUND)
    tx.touch(Area.ACCOUNTS)


def make_due(tx: Transaction, account_id: int = 0) -> None:
    """Fetch at once, also what was given up; 0 = every account."""
    tx.conn.execute(
        "UPDATE watch SET next_at = 0, is_on = 1 WHERE ?1 = 0 OR account_id = ?1", (account_id,)
    )
    tx.touch(Area.ACCOUNTS)


def hasten(tx: Transaction) -> None:
    """The clock jumped: every watch that is on is due now."""
    tx.conn.execute("UPDATE watch SET next_at = 0 WHERE is_on")


def hasten_calm(tx: Transaction, account_ids: Sequence[int] = ()) -> None:
    """Watches that are on and well are due now; those that a network told to wait, wait. () = of
    every account."""
    tx.conn.execute(
        "UPDATE watch SET next_at = 0 WHERE is_on AND n_failures = 0 "
        "AND (json_array_length(?1) = 0 OR account_id IN (SELECT value FROM json_each(?1)))",
        (json.dumps(list(account_ids)),),
    )
    tx.touch(Area.ACCOUNTS)


def hasten_watch(tx: Transaction, watch_id: int) -> None:
    """The network says that something came: due now, if it is on and well."""
    tx.conn.execute(
        "UPDATE watch SET next_at = 0 WHERE id = ? AND is_on AND n_failures = 0", (watch_id,)
    )


def is_due_at_once(conn: Connection, watch_id: int) -> bool:
    """Whether it was made due and not fetched since."""
    row = conn.execute("SELECT next_at FROM watch WHERE id = ?", (watch_id,)).fetchone()
    return row is not None and row[0] == 0


def note_fetched(tx: Transaction, watch_id: int, next_at: int, *, moved_to: str = "") -> None:
    """After its pages were saved: all is well, next look at `next_at` (ms). `moved_to`: the
    source's new address."""
    tx.conn.execute(
        "UPDATE watch SET last_ok_at = ?, next_at = ?, n_failures = 0, fault = '', detail = ''"
        " WHERE id = ?",
        (tx.now, next_at, watch_id),
    )
    if moved_to:  # OR IGNORE: that address may be watched already
        tx.conn.execute("UPDATE OR IGNORE watch SET query = ? WHERE id = ?", (moved_to, watch_id))
    tx.touch(Area.ACCOUNTS)


def note_failed(
    tx: Transaction, watch_id: int, fault: str, detail: str, next_at: int, *, stop: bool = False
) -> None:
    """`fault`: class name of the error. `stop`: no further try before a person asks for one."""
    row = tx.conn.execute(
        "UPDATE watch SET n_failures = n_failures + 1, fault = ?, detail = ?, next_at = ?,"
        " is_on = is_on AND NOT ? WHERE id = ? RETURNING account_id",
        (fault, detail[:MAX_DETAIL_CHARS], next_at, stop, watch_id),
    ).fetchone()
    if row:  # it may have been removed meanwhile
        coverage.note_failed(tx, row[0], is_limited=fault == "RateLimitedError")
        tx.touch(Area.ACCOUNTS)


def note_missing(tx: Transaction, watch_id: int, ends: Collection[tuple[str, str]]) -> int:
    """A try found nothing at its address: since when (ms) every one of them did; now, where the
    last one ended otherwise. `ends`: (fault, detail) of such a try. Before `note_failed`."""
    alike = {(fault, detail[:MAX_DETAIL_CHARS]) for fault, detail in ends}
    rows = tx.conn.execute("SELECT id, fault, detail FROM watch WHERE n_failures > 0")
    missing = {watch: (fault, detail) in alike for watch, fault, detail in rows}
    kept = json.loads(settings.read(tx.conn, MISSING, "{}"))
    since = {watch: at for watch, at in kept.items() if int(watch) in missing}
    if not missing.get(watch_id) or str(watch_id) not in since:
        since[str(watch_id)] = tx.now
        settings.put(tx, MISSING, json.dumps(since))
    return int(since[str(watch_id)])


def watches_due(conn: Connection, now: int) -> list[DueWatch]:
    """Watches of accounts that are on and whose time has come (ms), longest due first."""
    rows = conn.execute(
        f"{_DUE} WHERE a.state = 'on' AND w.is_on AND w.next_at <= ? ORDER BY w.next_at, w.id",
        (now,),
    )
    return _due(conn, rows.fetchall())


def next_watch_at(conn: Connection) -> int | None:
    """When the next watch is due (ms); None when none is on."""
    (at,) = conn.execute(
        "SELECT min(w.next_at) FROM watch w JOIN account a ON a.id = w.account_id"
        " WHERE a.state = 'on' AND w.is_on"
    ).fetchone()
    return None if at is None else int(at)


def read_watch(conn: Connection, watch_id: int) -> DueWatch | None:
    """One watch as it stands, due or not."""
    found = _due(conn, conn.execute(f"{_DUE} WHERE w.id = ?", (watch_id,)).fetchall())
    return found[0] if found else None


def read_account(conn: Connection, account_id: int) -> AccountSpec | None:
    """None when there is no such account."""
    row = conn.execute(
        "SELECT id, network, name, server, settings, state, card FROM account WHERE id = ?",
        (account_id,),
    ).fetchone()
    if row is None:
        return None
    id, network, name, server, settings, state, card = row
    return AccountSpec(
        id, network, name, server, json.loads(settings), AccountState(state), cards.unpacked(card)
    )


def list_accounts(conn: Connection) -> list[AccountRow]:
    """All of them with the health of their watches, in the order they were added. Whether a
    sign-in is kept for this session only, the keyring knows."""
    n_rejects = rejects.count(conn)
    watches: dict[int, list[WatchHealth]] = {}
    for id, account, kind, query, words, is_on, ok_at, next_at, n, fault, detail in conn.execute(
        "SELECT id, account_id, kind, query, brand_words, is_on, last_ok_at, next_at, n_failures,"
        " fault, detail FROM watch ORDER BY id"
    ):
        watch = Watch(WatchKind(kind), query, words)
        watches.setdefault(account, []).append(
            WatchHealth(
                id, watch, bool(is_on), ok_at, next_at, n, fault, detail, n_rejects.get(id, 0)
            )
        )
    return [
        AccountRow(
            id, network, name, server, AccountState(state), fault, detail, added_at,
            cards.unpacked(card), tuple(watches.get(id, ())),
            has_main_password=json.loads(settings).get(MAIN_PASSWORD) == "1",
            is_priced=CAP_SETTING in json.loads(settings),
        )
        for id, network, name, server, settings, state, fault, detail, added_at, card
        in conn.execute(
            "SELECT id, network, name, server, settings, state, fault, detail, added_at, card"
            " FROM account ORDER BY id"
        )
    ]  # fmt: skip


def _known(conn: Connection, network: str, card: Card, account_id: int) -> int:
    own = card.own.remote_id
    if account_id:
        row = conn.execute(
            "SELECT own_remote_id, name FROM account WHERE id = ? AND network = ?",
            (account_id, network),
        ).fetchone()
        if row is None:
            raise CommandError(CommandFault.NOT_FOUND)
        if row[0] and own and row[0] != own:  # its mentions belong to another identity
            raise CommandError(CommandFault.BAD_INPUT, what="account", name=row[1])
        return account_id
    if not own:
        return 0
    row = conn.execute(
        "SELECT id FROM account WHERE network = ? AND server = ? AND own_remote_id = ?",
        (network, card.server, own),
    ).fetchone()
    return int(row[0]) if row else 0


def _kept_settings(conn: Connection, account_id: int) -> dict[str, str]:
    """What a person set here stays through a new sign-in."""
    row = conn.execute("SELECT settings FROM account WHERE id = ?", (account_id,)).fetchone()
    before = json.loads(row[0]) if row else {}
    return {CAP_SETTING: before[CAP_SETTING]} if CAP_SETTING in before else {}


def _due(conn: Connection, rows: list[tuple[Any, ...]]) -> list[DueWatch]:
    accounts = {account: read_account(conn, account) for account in {row[1] for row in rows}}
    return [
        DueWatch(id, spec, Watch(WatchKind(kind), query, words), cursor, since, added_at, n)
        for id, account, kind, query, words, cursor, since, added_at, n in rows
        if (spec := accounts[account]) is not None
    ]


def _inserted(tx: Transaction, sql: str, values: tuple[Any, ...]) -> int:
    (id,) = tx.conn.execute(f"{sql} RETURNING id", values).fetchone()
    return int(id)


def _json(settings: Mapping[str, str]) -> str:
    return json.dumps(dict(settings), ensure_ascii=False)
