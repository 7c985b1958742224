"""Searches as SQL: which set of ids to walk through, newest first, and what to test on the way.

Measured on a million rows (performance.md, S5): newest 200 of a common word 1 ms by the index's
own row order, 1,400 ms by any other.
"""

import json
from array import array
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

from socialdesk.domain.queue.rows import Listing, Order, View
from socialdesk.domain.queue.search import Ask, Is, Operator, Search, Term
from socialdesk.store.file.sqlite import Connection
from socialdesk.store.mentions import counters
from socialdesk.store.queue.badges import COUNT_CAP, COUNTED
from socialdesk.store.queue.search_names import unknown
from socialdesk.store.queue.search_terms import (
    IN_VIEW,
    UNDECIDED,
    IdSet,
    Query,
    found,
    is_span,
    is_text,
    phrase,
    sets_of_any,
    span_of,
    test_of,
)

FEW: Final = 5_000  # an unordered set of so many is walked through and sorted
# So many are noted in 10 ms at most, and each hit of a word is then tested in 0.05 µs instead of
# 0.4; a word of few hits is tested sooner than anything is noted.
FEW_TO_NOTE: Final = 32_000
FIRST_PART: Final = 1_000  # of a set, noted in 0.2 ms; each part is four times the one before
FEW_HITS: Final = 4_000
FEW_BESIDE_WORDS: Final = 250  # to look so many up in the index costs as much as 50,000 hits
MANY_HITS: Final = 20_000
_WAYS: Final = ("ASC", "DESC")
_PAST_ALL: Final = 1 << 62  # no id is so large
_BEGINNING: Final = '"*'  # how `search_terms.phrase` ends one
# Views that are what an operator finds: the two can never differ.
_AS_TERMS: Final[dict[View, tuple[tuple[Term, ...], ...]]] = {
    View.OVERDUE: ((Ask(Operator.IS, Is.OVERDUE),),),
    View.DUE_SOON: ((Ask(Operator.IS, Is.DUE),),),
}
SEARCH_IDS: Final = 100_000  # the most a search lists


def list_found(
    conn: Connection, search: Search, *, view: View, order: Order, limit: int, now: int
) -> Listing:
    """What fits, within a view: the newest (or oldest) `limit`, in the order asked for.

    `n_total` counts no further than that: who wants the whole number asks for the whole list, which
    the window does a moment after its first screen. View.ALL also finds our own posts and thread
    context.
    """
    limit = max(0, min(limit, SEARCH_IDS))
    ids = _walk(_compile(conn, search, view, now), limit + 1, oldest_first=order is Order.LONGEST)
    is_capped = len(ids) > limit
    ids = ids[:limit]
    if order in (Order.NEED, Order.REACH):
        ids = _sorted(conn, ids, "-reach" if order is Order.REACH else _need_of(view))
    faults = search.faults + unknown(conn, search, is_empty=not ids)
    return Listing(ids, len(ids), is_capped, faults)


def count_found(conn: Connection, search: Search, *, view: View, now: int) -> int:
    """How many fit, counted up to COUNT_CAP."""
    if search.is_empty:
        return 0
    return len(_walk(_compile(conn, search, view, now), COUNT_CAP))


def find_all(conn: Connection, search: Search, *, view: View, now: int) -> "array[int]":
    """All that fits, however many, oldest first: for an act on all that match."""
    return _walk(_compile(conn, search, view, now), -1, oldest_first=True)


def among(conn: Connection, search: Search, ids: Sequence[int], *, now: int) -> list[int]:
    """Which of a few mentions fit, ascending; none fits an empty search."""
    if search.is_empty or not ids:
        return []
    query = _compile(conn, search, View.ALL, now)
    few = f"SELECT value AS id FROM json_each({query.value(json.dumps(list(ids)))})"
    query.tests.append(_is_in(few))
    query.sets.append(IdSet(few, by_time=False))
    return list(_walk(query, len(ids), oldest_first=True))


def _compile(conn: Connection, search: Search, view: View, now: int) -> Query:
    query = Query(conn, now)
    wanted: list[str] = []
    unwanted: list[str] = []
    for group in (*search.groups, *_AS_TERMS.get(view, ())):
        if len(group) == 1 and is_span(group[0]):
            query.spans.append(span_of(group[0], query))  # type: ignore[arg-type]
        elif not all(is_text(term) for term in group) or _mixes_not(group):
            test = "(" + " OR ".join(test_of(term, query) for term in group) + ")"
            sets = sets_of_any(group, query)
            query.tests.append(test)
            query.sets += [one if one.is_wider else replace(one, test=test) for one in sets]
        elif group[0].is_not:
            unwanted.append(phrase(group[0]))
        else:
            wanted.append("(" + " OR ".join(map(phrase, group)) + ")")
    query.match = " AND ".join(wanted)
    if unwanted and wanted:
        query.match = f"({query.match}) NOT ({' OR '.join(unwanted)})"
    elif unwanted:
        query.tests.append(f"ID NOT IN ({found(query, ' OR '.join(unwanted))})")
    if view in _AS_TERMS:
        view = View.NEEDS_REPLY
    if view in IN_VIEW:
        test = f"+t.{IN_VIEW[view]}"
        every = f"SELECT mention_id AS id FROM triage WHERE {IN_VIEW[view]}"
        sql = UNDECIDED if view is View.NEEDS_REPLY else every
        query.tests.append(test)
        query.sets.append(IdSet(sql, by_time=True, counters=COUNTED[view], test=test))
    return query


def _mixes_not(group: tuple[Term, ...]) -> bool:
    return len(group) > 1 and any(term.is_not for term in group)


def _walk(query: Query, limit: int, *, oldest_first: bool = False) -> "array[int]":
    """At most `limit` ids of what fits, in order of time; negative = all."""
    direction = "ASC" if oldest_first else "DESC"
    smallest, n = _smallest(query)
    if not query.match or _beats_words(query, n):
        return _taken(query, _statement(query, smallest), limit, direction)
    query.spans += _bounds(query)
    ids = array("q")
    for noted in _noted(query, smallest, n, limit, direction):
        statement = _statement(query, smallest if noted else None, noted)
        ids += _taken(query, statement, limit - len(ids), direction)
        if 0 <= limit <= len(ids):
            break
    return ids


def _noted(query: Query, one: IdSet | None, n: int, limit: int, direction: str) -> Iterator[str]:
    """Tests whether a hit of the words is in a set of `n`, one for each part of it that is noted:
    for a screenful the first part is mostly enough. Each part opens the words anew, which their
    beginnings make dear. "" = better test the rows of the hits themselves."""
    is_beginning = _BEGINNING in query.match
    if one is None or n > FEW_TO_NOTE or not (is_beginning or _has_hits(query, FEW_HITS)):
        yield ""
    elif one.by_time and 0 < limit <= COUNT_CAP and not is_beginning:
        yield from _parts(query, one, direction)
    else:
        yield _is_in(one.sql)


def _parts(query: Query, one: IdSet, direction: str) -> Iterator[str]:
    """Each four times as large as the one before; the last ends where the set does, see _bounds.
    Between one bound on each side and not as so many: ascending ids are noted in half the time, and
    of two bounds on one side SQLite would seek by the wrong one. The index keeps to the bounds by
    itself: to test them last, on the few that are in the set, saves a tenth."""
    most = FIRST_PART
    after, until, beyond = (
        ("> 0", "<=", ">") if direction == "ASC" else (f"< {_PAST_ALL}", ">=", "<")
    )
    while True:
        rest = f"SELECT id FROM ({one.sql}) WHERE id {after}"
        to_end = f"{rest} ORDER BY id {direction} LIMIT 1 OFFSET {most - 1}"
        end = query.conn.execute(to_end, query.values).fetchone()
        if end is None:
            yield f"{_is_in(rest)} AND ID {after}"
            return
        until_end = f"{until} {end[0]}"
        yield f"{_is_in(f'{rest} AND id {until_end}')} AND ID {after} AND ID {until_end}"
        most, after = most * 4, f"{beyond} {end[0]}"


def _is_in(ids: str) -> str:
    return f"+ID IN ({ids})"  # without the + each would be sought


def _taken(query: Query, statement: str, limit: int, direction: str) -> "array[int]":
    ordered = f"{statement} ORDER BY 1 {direction} LIMIT :limit"
    (packed,) = query.conn.execute(
        f"SELECT json_group_array(id) FROM ({ordered})", {**query.values, "limit": limit}
    ).fetchone()
    return array("q", json.loads(packed))


def _statement(query: Query, one: IdSet | None = None, noted: str = "") -> str:
    """Ids of what fits, unordered: from the set `one`, else from the hits of the words, else from
    all mentions by time. `noted`: from the hits of the words that are in `one`, by this test, which
    comes first, so that no row of the others is read."""
    tests = [*query.spans, *(t for t in query.tests if one is None or t != one.test)]
    if one is not None and not noted:
        id, walk = "x.id", f"({one.sql}) x"
        if query.match:  # a seek in the index for each: only for a few
            tests.append(
                "EXISTS (SELECT 1 FROM mention_search s WHERE s.rowid = ID "
                f"AND mention_search MATCH {query.value(query.match)})"
            )
    elif query.match:
        id, walk = "s.rowid", "mention_search s"
        tests.append(f"mention_search MATCH {query.value(query.match)}")
        tests = [noted, *tests] if noted else tests
    else:
        id, walk = "m.id", "mention m"
    condition = " AND ".join(tests or ["1"])
    if "m." in condition and id != "m.id":
        walk += " CROSS JOIN mention m ON m.id = ID"
    if "t." in condition:
        walk += " LEFT JOIN triage t ON t.mention_id = ID"
    return f"SELECT ID AS id FROM {walk} WHERE {condition}".replace("ID", id)


def _smallest(query: Query) -> tuple[IdSet | None, int]:
    """The set to walk through or to note beside words, and how many are in it (over the most we
    take = more): the smallest, else one that comes in order."""
    best, fewest = None, (FEW_TO_NOTE if query.match else FEW) + 1
    for one in query.sets:
        n = _count_of(query, one, fewest)
        if n < fewest:
            best, fewest = one, n
    return best or next((one for one in query.sets if one.by_time), None), fewest


def _count_of(query: Query, one: IdSet, most: int) -> int:
    """How many are in a set, where that matters: a live count that is wrong costs time only."""
    if one.counters:
        counts = counters.read(query.conn)
        return sum(counts.get(key, 0) for key in one.counters)
    sql = f"SELECT count(*) FROM (SELECT 1 FROM ({one.sql}) LIMIT {most})"
    (n,) = query.conn.execute(sql, query.values).fetchone()
    return int(n)


def _bounds(query: Query) -> list[str]:
    """From the first to the last id of each set that its index gives in order: what waits is
    mostly new, and the index of the words can start and stop there."""
    bounds = []
    for one in query.sets:
        if one.by_time:
            ends = [f"(SELECT id FROM ({one.sql}) ORDER BY id {way} LIMIT 1)" for way in _WAYS]
            first, last = query.conn.execute(f"SELECT {', '.join(ends)}", query.values).fetchone()
            bounds += [f"ID >= {first}", f"ID <= {last}"] if first is not None else ["0"]
    return bounds


def _beats_words(query: Query, n: int) -> bool:
    """Whether a set of `n` is a better start than the hits of the words: it is tiny, they many."""
    return n == 0 or (n <= FEW_BESIDE_WORDS and _has_hits(query, MANY_HITS))


def _has_hits(query: Query, n: int) -> bool:
    """Whether the words have `n` hits; 0.05 µs each to step over."""
    sql = f"SELECT 1 FROM mention_search(:match) LIMIT 1 OFFSET {n - 1}"
    return query.conn.execute(sql, {"match": query.match}).fetchone() is not None


def _need_of(view: View) -> str:
    return "due_at" if view in _AS_TERMS else "need_at"


def _sorted(conn: Connection, ids: "array[int]", column: str) -> "array[int]":
    """What was found, in another order: in memory, it is at most SEARCH_IDS."""
    keys = dict(_keys(conn, ids, column))
    last = (1, 0)
    return array("q", sorted(ids, key=lambda id: ((0, keys[id]) if id in keys else last, -id)))


def _keys(conn: Connection, ids: Sequence[int], column: str) -> list[tuple[int, int]]:
    sql = (
        f"SELECT mention_id, {column} FROM triage "
        "WHERE mention_id IN (SELECT value FROM json_each(?))"
    )
    return conn.execute(sql, (json.dumps(list(ids)),)).fetchall()
