"""Which posts hang together: by the uris of their parents and roots, in whatever order they come.

A stored post knows its conversation itself; `anchor` knows it for posts we heard of but have not
seen. When two conversations turn out to be one, the older number stays.
"""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from socialdesk.domain.frozen import frozen
from socialdesk.domain.mentions.mention import Mention
from socialdesk.store.file.sqlite import Connection


@frozen
class Placed:
    """`of`: conversation per mention, in the order given. `old`: those that had posts before."""

    of: tuple[int, ...]
    old: frozenset[int]


@dataclass(slots=True)
class _Map:
    """Conversations while a page is placed: uri → number, and which numbers have become which."""

    of_uri: dict[str, int]
    became: dict[int, int] = field(default_factory=dict)

    def at(self, uri: str) -> int | None:
        number = self.of_uri.get(uri)
        return None if number is None else self.last(number)

    def last(self, number: int) -> int:
        while number in self.became:
            number = self.became[number]
        return number


def place(conn: Connection, network: str, mentions: Sequence[Mention]) -> Placed:
    """Conversations for posts not stored yet; writes anchors and merges, not the posts."""
    if not mentions:
        return Placed((), frozenset())
    own = {m.uri for m in mentions}
    linked = {uri for m in mentions for uri in (m.parent_uri, m.root_uri) if uri}
    anchored = _anchored(conn, network, own | linked)
    stored = _stored(conn, network, linked - own) if linked - own else {}
    places = _Map(anchored | stored)
    old = set(places.of_uri.values())
    next_number = _last_number(conn) + 1
    numbers = []
    for m in mentions:
        if not m.parent_uri and not m.root_uri and m.uri not in places.of_uri:
            places.of_uri[m.uri] = next_number  # most posts of a search stand alone
            numbers.append(next_number)
            next_number += 1
            continue
        uris = [uri for uri in (m.uri, m.parent_uri, m.root_uri) if uri]
        found = {n for n in map(places.at, uris) if n is not None}
        if found:
            number = min(found)
            places.became.update({other: number for other in found if other != number})
        else:
            number, next_number = next_number, next_number + 1
        places.of_uri.update(dict.fromkeys(uris, number))
        numbers.append(number)
    _merge(conn, {n: places.last(n) for n in places.became})
    _drop_anchors(conn, network, own & anchored.keys())
    heard_of = linked - own - anchored.keys() - stored.keys()
    _add_anchors(conn, network, [(uri, places.last(places.of_uri[uri])) for uri in heard_of])
    return Placed(tuple(places.last(n) for n in numbers), frozenset(places.last(n) for n in old))


def join(conn: Connection, network: str, uri: str, number: int) -> None:
    """A stored post of conversation `number` goes by `uri` now: those who named it join it."""
    other = _anchored(conn, network, [uri]).get(uri)
    _drop_anchors(conn, network, [uri])
    if other is not None and other != number:
        _merge(conn, {max(other, number): min(other, number)})


def _anchored(conn: Connection, network: str, uris: Iterable[str]) -> dict[str, int]:
    rows = conn.execute(
        "SELECT uri, conversation_id FROM anchor"
        " WHERE network = ? AND uri IN (SELECT value FROM json_each(?))",
        (network, json.dumps(list(uris))),
    )
    return dict(rows.fetchall())


def _stored(conn: Connection, network: str, uris: Iterable[str]) -> dict[str, int]:
    rows = conn.execute(
        "SELECT uri, conversation_id FROM mention"
        " WHERE network = ? AND uri IN (SELECT value FROM json_each(?))",
        (network, json.dumps(list(uris))),
    )
    return dict(rows.fetchall())


def _last_number(conn: Connection) -> int:
    (number,) = conn.execute(
        "SELECT max(coalesce((SELECT max(conversation_id) FROM mention), 0),"
        " coalesce((SELECT max(conversation_id) FROM anchor), 0))"
    ).fetchone()
    return int(number)


def _merge(conn: Connection, became: dict[int, int]) -> None:
    pairs = [(after, before) for before, after in became.items()]
    conn.executemany("UPDATE mention SET conversation_id = ? WHERE conversation_id = ?", pairs)
    conn.executemany("UPDATE anchor SET conversation_id = ? WHERE conversation_id = ?", pairs)


def _drop_anchors(conn: Connection, network: str, uris: Iterable[str]) -> None:
    conn.executemany(
        "DELETE FROM anchor WHERE network = ? AND uri = ?", [(network, uri) for uri in uris]
    )


def _add_anchors(conn: Connection, network: str, anchors: Iterable[tuple[str, int]]) -> None:
    conn.executemany(
        "INSERT INTO anchor(network, uri, conversation_id) VALUES(?, ?, ?)",
        [(network, uri, number) for uri, number in anchors],
    )
