"""What we decide about mentions: sets of rows at a time, with their way back and the counters.

Functions that take an `act` record what they change for undo; with None they are the program's
own. They give the number of rows that changed; ids without a queue row (own posts, context) are
passed over.
"""

import json
from collections import Counter
from collections.abc import Sequence
from typing import Any, Final

from socialdesk.domain.changes import Area
from socialdesk.domain.errors import CommandError, CommandFault
from socialdesk.domain.mentions.need import PRIORITY_BONUS_MS, WOKEN_BONUS_MS
from socialdesk.domain.mentions.status import QUIET_DAYS, UNDECIDED, Disposition, Status
from socialdesk.store import people
from socialdesk.store.file.sqlite import Connection
from socialdesk.store.file.transaction import Transaction
from socialdesk.store.mentions import counters, facets
from socialdesk.store.mentions.facets import Facet
from socialdesk.store.mentions.need_order import need_sql
from socialdesk.store.triage import targets
from socialdesk.store.triage.acts import Act
from socialdesk.store.triage.changing import IDS, change

DAY_MS: Final = 86_400_000

# The index is named: its rows are few, while the statistics of a file see the one of all statuses.
_SNOOZED: Final = "FROM triage INDEXED BY triage_snoozed WHERE status = 3"
_STATUS_AFTER: Final = (
    ":status", ":disposition",
    f"CASE WHEN :status <= {Status.OPEN.value} THEN {need_sql()} ELSE need_at END",
    ":until", "0", ":now",
)  # fmt: skip
_PRIORITY_AFTER: Final = (
    ":level",
    f"CASE is_woken WHEN 1 THEN need_at ELSE {need_sql(':level')} END",
)


def set_status(
    tx: Transaction,
    act: Act | None,
    ids: Sequence[int],
    status: Status,
    disposition: Disposition = Disposition.NONE,
) -> int:
    """Any status but SNOOZED. Mark unread is NEW. A disposition says how a done mention ended and
    is dropped with any other status: the live counts rely on it. Raises CommandError BAD_INPUT."""
    if status is Status.SNOOZED:
        raise CommandError(CommandFault.BAD_INPUT, what="snoozed")
    ended = disposition if status is Status.DONE else Disposition.NONE
    return _set_status(tx, act, ids, status, ended)


def snooze(tx: Transaction, act: Act | None, ids: Sequence[int], until: int) -> int:
    """Away until `until` (ms UTC). Raises CommandError BAD_INPUT when that is not ahead."""
    if until <= tx.now:
        raise CommandError(CommandFault.BAD_INPUT, what="until")
    return _set_status(tx, act, ids, Status.SNOOZED, Disposition.NONE, until)


def open_mention(tx: Transaction, mention_id: int) -> bool:
    """Shown in the detail pane: new becomes open, without a way back. True when it was new."""
    n = tx.conn.execute(
        "UPDATE triage SET status = 1 WHERE mention_id = ? AND status = 0", (mention_id,)
    ).rowcount
    if n:
        _told(tx, [mention_id], {(0, 0): 1}, {(1, 0): 1})
    return bool(n)


def wake_snoozes(tx: Transaction) -> int:
    """Snoozes that ended: open, at the top, marked."""
    ids = _ids(tx, f"SELECT mention_id {_SNOOZED} AND snoozed_until <= ?", (tx.now,))
    if not ids:
        return 0
    tx.conn.execute(
        f"UPDATE triage SET status = 1, is_woken = 1, need_at = snoozed_until - {WOKEN_BONUS_MS}, "
        f"snoozed_until = 0 WHERE mention_id IN {IDS}",
        {"ids": json.dumps(ids)},
    )
    _told(tx, ids, {(3, 0): len(ids)}, {(1, 0): len(ids)})
    return len(ids)


def next_snooze_end(conn: Connection) -> int | None:
    """When the next snooze ends (ms UTC); None when nothing is snoozed."""
    (at,) = conn.execute(f"SELECT min(snoozed_until) {_SNOOZED}").fetchone()
    return None if at is None else int(at)


def quiet_waiting(tx: Transaction, days: int = QUIET_DAYS) -> int:
    """No word for `days` days after our reply: done."""
    ids = _ids(
        tx,
        "SELECT mention_id FROM triage WHERE status = 2 AND decided_at <= ?",
        (tx.now - days * DAY_MS,),
    )
    return _set_status(tx, None, ids, Status.DONE, Disposition.QUIET)


def let_wait(tx: Transaction, act: Act | None, mention_id: int) -> list[int]:
    """A reply was written: it waits, and so do older undecided mentions of its author in the
    thread. Which are they."""
    ids = _answered_with(tx, mention_id, UNDECIDED)
    _set_status(tx, act, ids, Status.WAITING)
    return ids


def _answered_with(tx: Transaction, mention_id: int, statuses: Sequence[Status]) -> list[int]:
    """The mention and what its author wrote before it in the thread, of these statuses."""
    numbers = ",".join(str(s.value) for s in statuses)
    return _ids(
        tx,
        "SELECT t.mention_id FROM mention a "
        "JOIN mention m ON m.conversation_id = a.conversation_id AND m.author_id = a.author_id "
        "AND m.id <= a.id JOIN triage t ON t.mention_id = m.id "
        f"WHERE a.id = ? AND t.status IN ({numbers})",
        (mention_id,),
    )


def reopen(tx: Transaction, mention_id: int) -> None:
    """Its reply did not leave, and no other one is on its way: it needs a reply again."""
    on_its_way = tx.conn.execute(
        "SELECT 1 FROM outbox WHERE mention_id = ? AND state IN "
        "('approval', 'held', 'queued', 'sending', 'sent')",
        (mention_id,),
    ).fetchone()
    waits = tx.conn.execute(
        "SELECT 1 FROM triage WHERE mention_id = ? AND status = ?",
        (mention_id, Status.WAITING.value),
    ).fetchone()
    if waits and not on_its_way:
        targets.unstop(tx, mention_id)
        _set_status(tx, None, [mention_id], Status.OPEN)


def after_reply(tx: Transaction, mention_id: int) -> int:
    """The network has our reply: what was undecided until now waits. How many did."""
    n = len(let_wait(tx, None, mention_id))
    ids = _answered_with(tx, mention_id, (Status.WAITING,))
    tx.conn.execute(
        f"UPDATE triage SET first_reply_at = :now WHERE first_reply_at = 0 AND "
        f"(mention_id IN {IDS} OR mention_id = :id)",
        {"now": tx.now, "ids": json.dumps(ids), "id": mention_id},
    )
    tx.note_updated([mention_id])
    return n


def set_priority(tx: Transaction, act: Act | None, ids: Sequence[int], level: int) -> int:
    """0 = none, 1 = highest … 4. Raises CommandError BAD_INPUT."""
    if level not in PRIORITY_BONUS_MS:
        raise CommandError(CommandFault.BAD_INPUT, what=str(level))
    return change(tx, act, facets.PRIORITY, _PRIORITY_AFTER, ids, {"level": level})


def assign(tx: Transaction, act: Act | None, ids: Sequence[int], person_id: int) -> int:
    """To a person here; 0 = to nobody. Raises CommandError NOT_FOUND, PERSON (away)."""
    if person_id:
        people.require_at_work(tx.conn, person_id)
    return change(tx, act, facets.ASSIGNEE, (":person",), ids, {"person": person_id})


def set_muted(tx: Transaction, act: Act | None, ids: Sequence[int], is_muted: bool) -> int:
    """The authors of these mentions. Muting also files what waits of them as done, and undo brings
    that back; unmuting files nothing back."""
    authors = _authors(tx, ids)
    after = "CASE WHEN :muted > 0 AND muted_at > 0 THEN muted_at ELSE :muted END"
    n = _change_authors(tx, act, facets.MUTED, after, authors, tx.now if is_muted else 0)
    if is_muted:
        _set_status(tx, act, _undecided_of(tx, authors), Status.DONE, Disposition.MUTED)
    tx.note_updated(ids)
    return n


def set_vip(tx: Transaction, act: Act | None, ids: Sequence[int], is_vip: bool) -> int:
    """The authors of these mentions; what is undecided of them moves in the order of need."""
    authors = _authors(tx, ids)
    n = _change_authors(tx, act, facets.VIP, ":vip", authors, int(is_vip))
    after = f"CASE is_woken WHEN 1 THEN need_at ELSE {need_sql()} END"
    change(tx, act, facets.NEED, (after,), _undecided_of(tx, authors), {})
    tx.note_updated(ids)
    return n


def _set_status(
    tx: Transaction,
    act: Act | None,
    ids: Sequence[int],
    status: Status,
    disposition: Disposition = Disposition.NONE,
    until: int = 0,
) -> int:
    rows = tx.conn.execute(
        f"SELECT mention_id, status, disposition FROM triage WHERE mention_id IN {IDS} "
        "AND (status, disposition, snoozed_until) IS NOT (:status, :disposition, :until)",
        {"ids": json.dumps(list(ids)), "status": status.value, "disposition": disposition.value,
         "until": until},
    ).fetchall()  # fmt: skip
    moved = [row[0] for row in rows]
    targets.turn_clock(tx, act, moved, status)
    values = {"status": status.value, "disposition": disposition.value, "until": until}
    change(tx, act, facets.STATUS, _STATUS_AFTER, moved, values)
    before = Counter((row[1], row[2]) for row in rows)
    _told(tx, moved, before, {(status.value, disposition.value): len(moved)})
    return len(moved)


def _change_authors(
    tx: Transaction, act: Act | None, facet: Facet, after: str, authors: list[int], value: int
) -> int:
    """Mute or VIP of authors; every mention of theirs in the queue looks different then."""
    n = change(tx, act, facet, (after,), authors, {"muted": value, "vip": value})
    tx.note_updated(_undecided_of(tx, authors))
    tx.touch(Area.QUEUE)
    return n


def _authors(tx: Transaction, ids: Sequence[int]) -> list[int]:
    sql = f"SELECT DISTINCT author_id FROM mention WHERE id IN {IDS} AND role <> 1"
    return _ids(tx, sql, {"ids": json.dumps(list(ids))})


def _undecided_of(tx: Transaction, authors: list[int]) -> list[int]:
    """What still needs a reply, or is snoozed, of these authors."""
    undecided = ",".join(str(s.value) for s in UNDECIDED)
    return _ids(
        tx,
        f"SELECT t.mention_id FROM mention m JOIN triage t ON t.mention_id = m.id "
        f"WHERE m.author_id IN {IDS} AND t.status IN ({undecided})",
        {"ids": json.dumps(authors)},
    )


def _ids(tx: Transaction, sql: str, values: Any) -> list[int]:
    return [row[0] for row in tx.conn.execute(sql, values)]


def _told(
    tx: Transaction,
    ids: Sequence[int],
    before: "Counter[tuple[int, int]] | dict[tuple[int, int], int]",
    after: dict[tuple[int, int], int],
) -> None:
    """Counters and announcement of a change of status."""
    if ids:
        counters.move(tx.conn, before, after)
        tx.note_updated(ids)
        tx.touch(Area.QUEUE)
