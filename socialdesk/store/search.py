"""Searches as SQL, always with parameters; newest first by the index's own row order.

Measured on a million rows (performance.md, S5): newest 200 of a common word 1 ms by rowid, 1,400
ms by any other order. A search that asks for a rare thing beside a common word starts from the
rare thing.
"""

import json
from array import array
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from socialdesk.domain.mention import SECOND_BITS
from socialdesk.domain.rows import Listing, Order, View
from socialdesk.domain.search import Ask, Has, Is, Operator, Search, Term, Word
from socialdesk.domain.search_values import Span, first_second
from socialdesk.domain.status import Status
from socialdesk.store import labels
from socialdesk.store.badges import COUNT_CAP
from socialdesk.store.sqlite import Connection
from socialdesk.store.textindex import words

FEW: Final = 5_000  # mentions: an unordered set of so many may be walked through and sorted
FEW_WITH_WORDS: Final = 1_000  # more than these are not looked up in the index one by one
SEARCH_IDS: Final = 100_000  # the most a search lists

_VIEWS: Final = {
    View.NEEDS_REPLY: "t.status <= 1", View.NEW: "t.status = 0", View.WAITING: "t.status = 2",
    View.SNOOZED: "t.status = 3", View.DONE: "t.status = 4", View.SPAM: "t.status = 5",
    View.MUTED: "t.disposition = 3",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Set:
    """A statement that gives every id a condition fits. `by_time`: an index gives them in order."""

    sql: str
    by_time: bool


@dataclass(slots=True)
class _Query:
    """A search on its way to SQL. `match`: the full-text part, "" = none; `tests`: conditions on
    m (mention) and t (triage); `sets`: what the walk may start from."""

    conn: Connection
    now: int
    match: str = ""
    tests: list[str] = field(default_factory=list)
    sets: list[_Set] = field(default_factory=list)
    values: dict[str, object] = field(default_factory=dict)

    def value(self, value: object) -> str:
        """The placeholder of a value."""
        name = f"v{len(self.values)}"
        self.values[name] = value
        return f":{name}"


def list_found(
    conn: Connection, search: Search, *, view: View, order: Order, limit: int, now: int
) -> Listing:
    """What fits, within a view: the newest (or oldest) `limit`, in the order asked for.

    `n_total` is counted up to COUNT_CAP. View.ALL also finds our own posts and thread context.
    """
    limit = max(0, min(limit, SEARCH_IDS))
    query = _compile(conn, search, view, now)
    ids = _run(query, limit, oldest_first=order is Order.LONGEST)
    if order in (Order.NEED, Order.REACH):
        ids = _sorted(conn, ids, order)
    n_total = len(ids) if len(ids) < limit else max(len(ids), _count(query))
    is_capped = len(ids) >= limit and n_total >= COUNT_CAP
    return Listing(ids, n_total, is_capped, search.faults)


def count_found(conn: Connection, search: Search, *, view: View, now: int) -> int:
    """How many fit, counted up to COUNT_CAP."""
    return 0 if search.is_empty else _count(_compile(conn, search, view, now))


def _compile(conn: Connection, search: Search, view: View, now: int) -> _Query:
    query = _Query(conn, now)
    wanted: list[str] = []
    unwanted: list[str] = []
    for group in search.groups:
        if not all(_is_text(term) for term in group) or _mixes_not(group):
            query.tests.append("(" + " OR ".join(_test(term, query) for term in group) + ")")
            query.sets += _set_of_any(group, query)
        elif group[0].is_not:
            unwanted.append(_phrase(group[0]))
        else:
            wanted.append("(" + " OR ".join(map(_phrase, group)) + ")")
    if wanted:
        query.match = " AND ".join(wanted)
        if unwanted:
            query.match = f"({query.match}) NOT ({' OR '.join(unwanted)})"
    elif unwanted:
        query.tests.append(f"NOT {_contains(query, ' OR '.join(unwanted))}")
    if view in _VIEWS:
        query.tests.append(_VIEWS[view])
        where = _VIEWS[view].replace("t.", "")
        query.sets.append(_Set(f"SELECT mention_id AS id FROM triage WHERE {where}", by_time=True))
    return query


def _is_text(term: Term) -> bool:
    """What the full-text index answers by itself: words, and who wrote them."""
    return isinstance(term, Word) or term.operator is Operator.FROM


def _mixes_not(group: tuple[Term, ...]) -> bool:
    return len(group) > 1 and any(term.is_not for term in group)


def _phrase(term: Term) -> str:
    """A text term for FTS5: always quoted, so that no operator of its own is left in it."""
    if isinstance(term, Word):
        text = words(term.text).replace('"', " ")
        return f'"{text}"*' if term.is_beginning else f'"{text}"'
    text = words(str(term.value).lstrip("@")).replace('"', " ")
    return f'author : "{text}"'


def _contains(query: _Query, match: str) -> str:
    """One mention against the index: a seek each, so for few mentions only."""
    return (
        "EXISTS (SELECT 1 FROM mention_search s "
        f"WHERE s.rowid = m.id AND mention_search MATCH {query.value(match)})"
    )


def _found(query: _Query, term: Term) -> str:
    match = query.value(_phrase(term))
    return f"SELECT rowid AS id FROM mention_search WHERE mention_search MATCH {match}"


def _test(term: Term, query: _Query) -> str:
    """A condition on m and t."""
    if _is_text(term):
        test = f"m.id IN ({_found(query, term)})"
    elif isinstance(term, Ask) and term.value is not None:
        test = _ask(term, query)
    else:
        return "0"
    return f"NOT coalesce({test}, 0)" if term.is_not else test


def _ask(ask: Ask, query: _Query) -> str:
    match ask.operator, ask.value:
        case Operator.NETWORK, str(name):
            return f"m.network = {query.value(name.casefold())}"
        case Operator.LANG, str(lang):
            return f"(m.lang = {query.value(lang)} OR m.lang LIKE {query.value(f'{lang}-%')})"
        case Operator.ACCOUNT, str(name):
            pattern = query.value(f"%{_literal(name)}%")
            return (
                "m.account_id IN (SELECT id FROM account "
                f"WHERE name LIKE {pattern} ESCAPE '\\' OR server LIKE {pattern} ESCAPE '\\')"
            )
        case Operator.LABEL, str(name):
            return f"m.id IN ({_labelled(query, name)})"
        case Operator.STATUS, Status() as status:
            return f"t.status = {status.value}"
        case Operator.REACH, Span(low, high):
            return f"coalesce(t.reach, -1) BETWEEN {query.value(low)} AND {query.value(high)}"
        case Operator.BEFORE, Span() as span:
            return f"m.id < {query.value(_first_id(span, query.now))}"
        case Operator.AFTER, Span() as span:
            return f"m.id >= {query.value(_first_id(span, query.now))}"
        case Operator.IS, Is() as what:
            return _IS[what].replace(":now", query.value(query.now))
        case Operator.HAS, Has() as what:
            return _HAS[what]
        case _:
            return "0"


_IS: Final = {
    Is.UNREAD: "t.status = 0",
    Is.EDITED: "m.edited_at > 0",
    Is.DELETED: "m.deleted_at > 0",
    Is.OVERDUE: "t.status <= 1 AND t.due_at BETWEEN 1 AND :now",
    Is.WOKEN: "t.is_woken = 1",
    Is.VIP: "m.author_id IN (SELECT id FROM author WHERE is_vip = 1)",
    Is.MUTED: "t.disposition = 3",
    Is.REPLIED: "t.first_reply_at > 0",
    Is.ASSIGNED: "t.assignee_id > 0",
    Is.OURS: "m.role = 1",
    Is.BOT: "EXISTS (SELECT 1 FROM author a WHERE a.id = m.author_id AND a.is_bot = 1)",
}
_HAS: Final = {
    Has.NOTE: "m.id IN (SELECT mention_id FROM note)",
    Has.LABEL: "EXISTS (SELECT 1 FROM mention_label l WHERE l.mention_id = m.id)",
    Has.DRAFT: "m.id IN (SELECT mention_id FROM draft)",
    Has.REPLY: "EXISTS (SELECT 1 FROM outbox o WHERE o.mention_id = m.id AND o.state = 'sent')",
    Has.PICTURE: "m.attachments <> ''",
    Has.WARNING: "m.warning <> ''",
    Has.STARS: "m.n_stars > 0",
    Has.LINK: "m.body LIKE '%http%'",
}


def _set_of_any(group: tuple[Term, ...], query: _Query) -> list[_Set]:
    """What fits one of the terms; [] when one of them has no index to start from."""
    sets = [_set_of(term, query) for term in group]
    known = [one for one in sets if one is not None]
    if len(known) < len(group):
        return []
    return known if len(known) == 1 else [_Set(" UNION ".join(s.sql for s in known), False)]


def _set_of(term: Term, query: _Query) -> _Set | None:
    if term.is_not:
        return None
    if _is_text(term):
        return _Set(_found(query, term), by_time=True)
    match term.operator, term.value:  # type: ignore[union-attr]
        case Operator.LABEL, str(name):
            return _Set(_labelled(query, name), by_time=True)
        case Operator.STATUS, Status() as status:
            sql = f"SELECT mention_id AS id FROM triage WHERE status = {status.value}"
            return _Set(sql, by_time=True)
        case Operator.NETWORK, str(name):
            sql = f"SELECT id FROM mention WHERE network = {query.value(name.casefold())}"
            return _Set(sql, by_time=False)
        case Operator.IS, Is() as what if what in _IS_SETS:
            sql = _IS_SETS[what].replace(":now", query.value(query.now))
            return _Set(sql, by_time=what in (Is.UNREAD, Is.MUTED))
        case Operator.HAS, Has() as what if what in _HAS_SETS:
            return _Set(_HAS_SETS[what], by_time=False)
        case _:
            return None


_IS_SETS: Final = {
    Is.UNREAD: "SELECT mention_id AS id FROM triage WHERE status = 0",
    Is.OVERDUE: "SELECT mention_id AS id FROM triage"
    " WHERE status <= 1 AND due_at BETWEEN 1 AND :now",
    Is.VIP: "SELECT m.id FROM author a JOIN mention m ON m.author_id = a.id WHERE a.is_vip = 1",
    Is.MUTED: "SELECT mention_id AS id FROM triage WHERE disposition = 3",
}
_HAS_SETS: Final = {
    Has.NOTE: "SELECT DISTINCT mention_id AS id FROM note",
    Has.DRAFT: "SELECT mention_id AS id FROM draft",
    Has.LABEL: "SELECT DISTINCT mention_id AS id FROM mention_label",
    Has.REPLY: "SELECT DISTINCT mention_id AS id FROM outbox WHERE state = 'sent'",
}


def _labelled(query: _Query, name: str) -> str:
    label = labels.find(query.conn, name)  # SQL folds the case of ASCII only
    return f"SELECT mention_id AS id FROM mention_label WHERE label_id = {query.value(label or 0)}"


def _run(query: _Query, limit: int, *, oldest_first: bool) -> "array[int]":
    direction = "ASC" if oldest_first else "DESC"
    ordered = f"{_statement(query)} ORDER BY 1 {direction} LIMIT :limit"
    sql = f"SELECT json_group_array(id) FROM ({ordered})"
    (packed,) = query.conn.execute(sql, {**query.values, "limit": limit}).fetchone()
    return array("q", json.loads(packed))


def _count(query: _Query) -> int:
    sql = f"SELECT count(*) FROM ({_statement(query)} LIMIT :limit)"
    (n,) = query.conn.execute(sql, {**query.values, "limit": COUNT_CAP}).fetchone()
    return int(n)


def _statement(query: _Query) -> str:
    """Ids of what fits, unordered: walks through the smallest set there is, else through the hits
    of the words, else through all mentions by time."""
    tests = list(query.tests)
    start = _start(query)
    if start is None and query.match:
        match = query.value(query.match)
        if not tests:
            return f"SELECT rowid AS id FROM mention_search WHERE mention_search MATCH {match}"
        walk = "SELECT s.rowid AS id FROM mention_search s CROSS JOIN mention m ON m.id = s.rowid"
        tests.append(f"mention_search MATCH {match}")
    elif start is None:
        walk = "SELECT m.id AS id FROM mention m"
    else:
        walk = f"SELECT x.id AS id FROM ({start.sql}) x CROSS JOIN mention m ON m.id = x.id"
        if query.match:
            tests.append(_contains(query, query.match))
    joined = f"{walk} LEFT JOIN triage t ON t.mention_id = m.id"
    return f"{joined} WHERE {' AND '.join(tests)}" if tests else joined


def _start(query: _Query) -> _Set | None:
    """The set to walk through. Beside words only a small one beats their own hits."""
    most = FEW_WITH_WORDS if query.match else FEW
    best, fewest = None, most + 1
    for one in query.sets:
        sql = f"SELECT count(*) FROM (SELECT 1 FROM ({one.sql}) LIMIT {fewest})"
        (n,) = query.conn.execute(sql, query.values).fetchone()
        if n < fewest:
            best, fewest = one, n
    if best is None and not query.match:
        return next((one for one in query.sets if one.by_time), None)
    return best


def _sorted(conn: Connection, ids: "array[int]", order: Order) -> "array[int]":
    """What was found, in another order: in memory, it is at most SEARCH_IDS."""
    column = "need_at" if order is Order.NEED else "-reach"
    keys = dict(_keys(conn, ids, column))
    last = (1, 0)
    return array("q", sorted(ids, key=lambda id: ((0, keys[id]) if id in keys else last, -id)))


def _keys(conn: Connection, ids: Sequence[int], column: str) -> list[tuple[int, int]]:
    sql = (
        f"SELECT mention_id, {column} FROM triage "
        "WHERE mention_id IN (SELECT value FROM json_each(?))"
    )
    return conn.execute(sql, (f"[{','.join(map(str, ids))}]",)).fetchall()


def _first_id(span: Span, now: int) -> int:
    """The smallest mention id of that moment: ids are times."""
    return first_second(span, datetime.fromtimestamp(now / 1000)) << SECOND_BITS


def _literal(text: str) -> str:
    return text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
