"""Notices in the file: what was told, what is to be told next, and what somebody has seen.

A row per mention and reason, so that nothing is told twice after a restart or a jump of the clock;
what is shown groups them. A mention that was decided meanwhile is not told of any more.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final

from socialdesk.domain.changes import Area
from socialdesk.domain.errors import CommandError, CommandFault
from socialdesk.domain.notices import (
    DANGER,
    DUE_SOON,
    IN_VIEW,
    OF_MENTION,
    OVERDUE,
    REACH,
    SIGN_IN,
    VIP,
    Notice,
    NoticeLine,
    Popup,
)
from socialdesk.domain.queue.rows import View
from socialdesk.domain.queue.search import parse
from socialdesk.store import journal
from socialdesk.store.file.sqlite import Connection
from socialdesk.store.queue import search
from socialdesk.store.queue.rows import queue_rows
from socialdesk.store.triage import targets

if TYPE_CHECKING:
    from socialdesk.store.file.transaction import Transaction

DAY_MS: Final = 86_400_000
LATEST_MS: Final = 3 * DAY_MS  # a target that passed before that is old news
UNTOLD_MS: Final = DAY_MS  # so long a notice waits for its time: after a long sleep it is old
KEPT_MS: Final = 90 * DAY_MS
MOST: Final = 1_000  # notices looked at in one turn

_COLUMNS: Final = "id, at, code, mention_id, is_urgent, next_at, seen_at, facts"


def add(
    tx: "Transaction",
    code: str,
    facts: Mapping[str, str | int],
    mention_id: int = 0,
    is_urgent: bool = False,
) -> int:
    """To be told now; urgent ones again until somebody has seen them. `facts` hold no names and no
    words of a stranger: they are read when it is told. Its id."""
    made = tx.conn.execute(
        "INSERT INTO notice(at, code, facts, mention_id, is_urgent, next_at)"
        " VALUES (?, ?, ?, ?, ?, ?)",
        (tx.now, code, json.dumps(dict(facts), ensure_ascii=False), mention_id, is_urgent, tx.now),
    ).lastrowid
    tx.touch(Area.NOTICES)
    return int(made or 0)


# --- what there is to tell ---


def find_due(tx: "Transaction", *, overdue: bool, due_soon: bool) -> None:
    """A notice for each mention whose target passed, or passes soon, that has none for it."""
    times = {**targets.times(tx.conn, tx.now), "first": tx.now - LATEST_MS}
    n = 0
    if overdue:
        told = f"{_NEW_NOTICE}SELECT :now, '{OVERDUE}', '{{}}', mention_id, :now {_OVERDUE}"
        n += tx.conn.execute(told, times).rowcount
    if due_soon:
        facts = "json_object('due', due_at)"
        told = f"{_NEW_NOTICE}SELECT :now, '{DUE_SOON}', {facts}, mention_id, :now {_DUE_SOON}"
        n += tx.conn.execute(told, times).rowcount
    if n:
        tx.touch(Area.NOTICES)


def is_due(conn: Connection, now: int, *, overdue: bool, due_soon: bool) -> bool:
    """Whether `find_due` would find something."""
    times = {**targets.times(conn, now), "first": now - LATEST_MS}
    wanted = [sql for sql, is_on in ((_OVERDUE, overdue), (_DUE_SOON, due_soon)) if is_on]
    return any(conn.execute(f"SELECT 1 {sql} LIMIT 1", times).fetchone() for sql in wanted)


_NEW_NOTICE: Final = "INSERT INTO notice(at, code, facts, mention_id, next_at) "
_OVERDUE: Final = f"""
FROM triage
WHERE status <= 1 AND due_at BETWEEN :first AND :now - 1 AND NOT EXISTS (
  SELECT 1 FROM notice n WHERE n.mention_id = triage.mention_id
  AND n.code = '{OVERDUE}' AND n.at >= triage.due_at)"""
_DUE_SOON: Final = f"""
FROM triage
WHERE status <= 1 AND due_at BETWEEN :now AND :soon AND NOT EXISTS (
  SELECT 1 FROM notice n WHERE n.mention_id = triage.mention_id AND n.code = '{DUE_SOON}'
  AND json_extract(n.facts, '$.due') = triage.due_at)"""


def find_sign_ins(tx: "Transaction") -> None:
    """A notice for each account that asks for a sign-in, until it is signed in again."""
    state = "(SELECT state FROM account a WHERE a.id = json_extract(facts, '$.account'))"
    n = tx.conn.execute(
        f"UPDATE notice SET seen_at = CASE seen_at WHEN 0 THEN ? ELSE seen_at END, next_at = 0, "
        f"facts = json_set(facts, '$.over', 1) WHERE code = '{SIGN_IN}' "
        f"AND json_extract(facts, '$.over') IS NULL AND {state} IS NOT 'sign_in'",
        (tx.now,),
    ).rowcount
    for (account,) in tx.conn.execute(_NEED_SIGN_IN).fetchall():
        add(tx, SIGN_IN, {"account": account})
    if n:
        tx.touch(Area.NOTICES)


def needs_sign_in(conn: Connection) -> bool:
    """Whether `find_sign_ins` would change something."""
    told = conn.execute(
        f"SELECT 1 FROM notice WHERE code = '{SIGN_IN}' AND json_extract(facts, '$.over') IS NULL "
        "AND (SELECT state FROM account a WHERE a.id = json_extract(facts, '$.account')) "
        "IS NOT 'sign_in' LIMIT 1"
    ).fetchone()
    return told is not None or conn.execute(_NEED_SIGN_IN).fetchone() is not None


_NEED_SIGN_IN: Final = f"""
SELECT id FROM account WHERE state = 'sign_in' AND NOT EXISTS (SELECT 1 FROM notice
  WHERE code = '{SIGN_IN}' AND json_extract(facts, '$.account') = account.id
  AND json_extract(facts, '$.over') IS NULL)"""


def tell_new(
    tx: "Transaction", ids: Sequence[int], since: int, *, danger: bool, vip: bool, reach: int
) -> None:
    """Of mentions that just came: the urgent ones, and those in a view whose notice is on. What
    was written before `since` (ms UTC) is no news. `reach`: followers from which on an author is
    told of, 0 = never."""
    rows = tx.conn.execute(_NEW, (json.dumps(list(ids)), since)).fetchall()
    urgent = set()
    for id, is_alarming, followers, is_vip in rows:
        if danger and is_alarming:
            add(tx, DANGER, {}, id, is_urgent=True)
        elif vip and is_vip:
            add(tx, VIP, {}, id, is_urgent=True)
        elif 0 < reach <= followers:
            add(tx, REACH, {"reach": followers}, id, is_urgent=True)
        else:
            continue
        urgent.add(id)
    _tell_views(tx, [row[0] for row in rows if row[0] not in urgent])


def _tell_views(tx: "Transaction", ids: Sequence[int]) -> None:
    """Each mention once, however many views it is in: the first in their order."""
    left = list(ids)
    views = tx.conn.execute(
        "SELECT id, search, notice FROM saved_view WHERE notice <> '' ORDER BY position, id"
    ).fetchall()
    for view, text, how in views:
        found = search.among(tx.conn, parse(text), left, now=tx.now) if left else []
        for id in found:
            repeat: dict[str, str | int] = {"repeat": 1} if how == "repeat" else {}
            add(tx, IN_VIEW, {"view": view, **repeat}, id)
        left = [id for id in left if id not in set(found)]


_NEW: Final = """
SELECT t.mention_id, t.is_alarming, t.reach, a.is_vip FROM triage t
JOIN mention m ON m.id = t.mention_id JOIN author a ON a.id = m.author_id
WHERE t.mention_id IN (SELECT value FROM json_each(?)) AND t.status <= 1 AND m.published_at >= ?
ORDER BY t.mention_id"""


# --- telling ---


def next_at(conn: Connection) -> int | None:
    """When something is to be told next (ms UTC); None when nothing is."""
    (at,) = conn.execute("SELECT min(next_at) FROM notice WHERE next_at > 0").fetchone()
    return None if at is None else int(at)


def due(conn: Connection, now: int) -> list[Notice]:
    """Unseen ones whose time has come, oldest first."""
    return _read(
        conn,
        "WHERE next_at BETWEEN 1 AND ? AND seen_at = 0 ORDER BY next_at, id LIMIT ?",
        now,
        MOST,
    )


def drop_moot(tx: "Transaction") -> None:
    """What is no longer so is not told: the mention was decided, or the time to tell it is long
    past. A time far ahead was left by a clock that went wrong."""
    codes = ", ".join(f"'{code}'" for code in (*OF_MENTION, "rule_hit", "rule_alert"))
    tx.conn.execute(
        f"UPDATE notice SET next_at = 0 WHERE next_at > 0 AND (next_at < ? OR (code IN ({codes}) "
        "AND mention_id > 0 AND (SELECT status FROM triage t WHERE t.mention_id = "
        "notice.mention_id) NOT IN (0, 1)))",
        (tx.now - UNTOLD_MS,),
    )
    tx.conn.execute(
        "UPDATE notice SET next_at = ? WHERE next_at > ?", (tx.now, tx.now + 2 * DAY_MS)
    )


def note_told(tx: "Transaction", notices: Iterable[Notice], again_at: int) -> None:
    """They are being told now; those that repeat again at `again_at` (ms UTC)."""
    tx.conn.executemany(
        "UPDATE notice SET next_at = ? WHERE id = ? AND seen_at = 0",
        [(again_at if n.repeats else 0, n.id) for n in notices],
    )
    tx.touch(Area.NOTICES)


def see(
    tx: "Transaction",
    *,
    ids: Sequence[int] = (),
    mention_id: int = 0,
    kind: str = "",
    everything: bool = False,
) -> int:
    """Somebody has seen them: nothing of them is told again. How many were unseen."""
    code, _, of = kind.partition(":")
    values: dict[str, Any] = {"now": tx.now, "ids": json.dumps(list(ids)), "mention": mention_id,
                              "code": code, "of": of, "all": everything}  # fmt: skip
    n = tx.conn.execute(_SEE, values).rowcount
    if n:
        tx.touch(Area.NOTICES)
    return n


_SEE: Final = """
UPDATE notice SET seen_at = :now, next_at = 0 WHERE seen_at = 0 AND (:all
  OR id IN (SELECT value FROM json_each(:ids))
  OR (:mention > 0 AND mention_id = :mention)
  OR (:code <> '' AND code = :code AND (:of = ''
    OR :of = CAST(coalesce(json_extract(facts, '$.view'), json_extract(facts, '$.rule')) AS TEXT)
  )))"""


def forget_old(tx: "Transaction") -> None:
    """Rows that nobody will look for."""
    tx.conn.execute("DELETE FROM notice WHERE at < ?", (tx.now - KEPT_MS,))


def set_on_view(tx: "Transaction", view_id: int, notice: str, person: int) -> int:
    """Of new mentions in it: "" none, "once", "repeat". The journal entry. Raises CommandError
    NOT_FOUND."""
    sql = "UPDATE saved_view SET notice = ? WHERE id = ?"
    if not tx.conn.execute(sql, (notice, view_id)).rowcount:
        raise CommandError(CommandFault.NOT_FOUND)
    tx.touch(Area.VIEWS)
    data = {"view": view_id, "notice": notice}
    return journal.append(tx, "view_notice_set", data, person=person)


# --- reading ---


def of_views(conn: Connection) -> list[tuple[int, str, str]]:
    """Id, name and notice of each saved view, in their order."""
    return conn.execute("SELECT id, name, notice FROM saved_view ORDER BY position, id").fetchall()


def newest(conn: Connection, limit: int) -> list[Notice]:
    """The newest first."""
    return _read(conn, "WHERE 1 ORDER BY id DESC LIMIT ?", limit)


def count_unseen(conn: Connection) -> dict[str, int]:
    """Told, or to be told, and not looked at; per kind."""
    counts: dict[str, int] = {}
    for notice in _read(conn, "WHERE seen_at = 0 ORDER BY id DESC LIMIT ?", MOST):
        counts[notice.kind] = counts.get(notice.kind, 0) + 1
    return counts


def unseen_among(conn: Connection, ids: Sequence[int]) -> set[int]:
    """Which of these nobody has seen."""
    sql = "SELECT id FROM notice WHERE seen_at = 0 AND id IN (SELECT value FROM json_each(?))"
    return {id for (id,) in conn.execute(sql, (json.dumps(list(ids)),))}


def count_open(conn: Connection, view: View, now: int) -> int:
    """What the badge says: how many are in a view."""
    from socialdesk.store.queue import badges

    return badges.count_of(conn, view, now)


def _read(conn: Connection, where: str, *values: object) -> list[Notice]:
    rows = conn.execute(f"SELECT {_COLUMNS} FROM notice {where}", values)
    return [
        Notice(id, at, code, mention, bool(urgent), next_, seen, _facts(facts))
        for id, at, code, mention, urgent, next_, seen, facts in rows
    ]


def _facts(packed: str) -> dict[str, str | int]:
    try:
        facts = json.loads(packed)
    except ValueError:
        return {}
    return facts if isinstance(facts, dict) else {}


MAX_NAMES: Final = 3


def lines(conn: Connection, popups: Sequence[Popup]) -> list[NoticeLine]:
    """With the names and words of now: a person who was erased is in none of them."""
    return [_line(conn, popup) for popup in popups]


def _line(conn: Connection, popup: Popup) -> NoticeLine:
    shown = popup.mentions[:MAX_NAMES]
    found = [row for row in queue_rows(conn, shown) if row.author]
    who = tuple(dict.fromkeys(row.author for row in found))
    words = found[0].body if len(popup.mentions) == 1 and found else ""
    return NoticeLine(popup, who, words, _subject(conn, popup))


def _subject(conn: Connection, popup: Popup) -> str:
    facts = popup.notices[0].facts
    for key, sql in _SUBJECTS.items():
        if key in facts:
            row = conn.execute(sql, (facts[key],)).fetchone()
            if row is not None:
                return str(row[0])
    return str(facts.get("name", ""))


_SUBJECTS: Final = {
    "view": "SELECT name FROM saved_view WHERE id = ?",
    "account": "SELECT name FROM account WHERE id = ?",
}
