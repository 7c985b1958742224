"""Mentions as rows: cleaned, timed, numbered, compared with what is stored."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from enum import IntEnum
from typing import Any, Final, NamedTuple

from socialdesk.domain.mentions.mention import (
    SECOND_BITS,
    Attachment,
    Mention,
    mention_id,
    second_of,
)
from socialdesk.store.file.checksum import mention_checksum
from socialdesk.store.file.sqlite import Connection

MAX_BODY_CHARS: Final = 65_536  # feeds are unbounded; feeds.md, section 6
MAX_TITLE_CHARS: Final = 1_000
DAY_MS: Final = 86_400_000
OLDEST_MS: Final = (
    788_918_400_000  # 1995: what claims to be older has no date (feeds.md, section 5)
)

_FACTS: Final = ("url", "lang", "visibility", "n_stars", "can_reply", "reply_note", "attachments")
SET_FACTS: Final = ", ".join(f"{column} = ?" for column in _FACTS)
_KNOWN: Final = (
    "SELECT json_group_array(json_array(uri, id, account_id, role, title, body, warning, edited_at,"
    f" deleted_at, n_reposts, {', '.join(_FACTS)}))"
    " FROM mention WHERE network = ? AND uri IN (SELECT value FROM json_each(?))"
)
_LAST_IDS: Final = (
    "SELECT value, (SELECT max(id) FROM mention"
    f" WHERE id >= value << {SECOND_BITS} AND id < (value + 1) << {SECOND_BITS}) FROM json_each(?)"
)

_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_MS: Final = timedelta(milliseconds=1)


class Role(IntEnum):
    """Why a post is stored."""

    QUEUE = 0  # somebody wrote to or about the brand
    OWN = 1
    CONTEXT = 2  # shown in a thread only


_ROLES: Final = (Role.QUEUE, Role.OWN, Role.CONTEXT)  # Role(n) is six times as slow


# Tuples, here and in the modules of the hot path: a frozen dataclass takes 4 µs to make, one 0.9.
# And `_value_` of an enum, 0.02 µs: its `value` is a property in Python (3.11), 0.3 µs.
class Arrival(NamedTuple):
    """A mention ready to be stored: no unpaired surrogates, not too long, times in ms UTC."""

    mention: Mention
    published_at: int
    first_seen_at: int
    role: Role

    @property
    def second(self) -> int:
        """What orders it: published, unless that is later than when we saw it."""
        return min(self.published_at, self.first_seen_at) // 1000


class Known(NamedTuple):
    """What is stored of a post that came again."""

    id: int
    account_id: int
    role: Role
    words: tuple[str, str, str]  # title, body, warning
    edited_at: int
    deleted_at: int
    n_reposts: int
    facts: tuple[Any, ...]  # see `facts_of`


def arrival(m: Mention, now: int, role: Role) -> Arrival:
    """`now`: ms UTC. A time over a day ahead, or before 1995, counts as now."""
    m = _clean(m)
    at = to_ms(m.published_at)
    if not OLDEST_MS <= at <= now + DAY_MS:
        at = now
        m = replace(m, published_at=from_ms(now))
    return Arrival(m, at, now, role)


def to_ms(at: datetime) -> int:
    """Whole milliseconds UTC; a time without a zone is taken for UTC."""
    return ((at if at.tzinfo else at.replace(tzinfo=UTC)) - _EPOCH) // _MS


def from_ms(ms: int) -> datetime:
    """Aware UTC; exact, for any year datetime has."""
    return _EPOCH + ms * _MS


def find_known(conn: Connection, network: str, uris: Iterable[str]) -> dict[str, Known]:
    """What is stored under these uris. Packed into one value: text by text takes twice as long."""
    (packed,) = conn.execute(_KNOWN, (network, json.dumps(list(uris)))).fetchone()
    known = {}
    for row in json.loads(packed):
        (uri, id, account_id, role, title, body, warning, edited_at, deleted_at, n_reposts,
         *facts) = row  # fmt: skip
        words = (title, body, warning)
        known[uri] = Known(
            id, account_id, _ROLES[role], words, edited_at, deleted_at, n_reposts, tuple(facts)
        )
    return known


def facts_of(m: Mention) -> tuple[Any, ...]:
    """What may change on the network beside the words: the columns of SET_FACTS."""
    return (
        "" if m.url == m.uri else m.url,
        m.lang,
        m.visibility._value_,
        m.n_stars or 0,
        m.can_reply._value_,
        m.reply_note,
        _packed(m.attachments),
    )


def set_uri(conn: Connection, id: int, uri: str) -> None:
    """The post's lasting name turned out to be another one."""
    author, title, body, warning, published_at = conn.execute(
        "SELECT a.remote_id, m.title, m.body, m.warning, m.published_at FROM mention m"
        " JOIN author a ON a.id = m.author_id WHERE m.id = ?",
        (id,),
    ).fetchone()
    checksum = mention_checksum(uri, author, title, body, warning, published_at)
    conn.execute("UPDATE mention SET uri = ?, checksum = ? WHERE id = ?", (uri, checksum, id))


def next_ids(conn: Connection, seconds: Sequence[int]) -> list[int]:
    """A free id for each unix second, in the order given: time-ordered, unique within a second."""
    (highest,) = conn.execute("SELECT coalesce(max(id), 0) FROM mention").fetchone()
    used = _last_ns(conn, {second for second in seconds if second <= second_of(highest)})
    ids = []
    for second in seconds:
        n = used.get(second, -1) + 1
        used[second] = n
        ids.append(mention_id(second, n))
    return ids


def insert(
    conn: Connection,
    network: str,
    account_id: int,
    rows: Iterable[tuple[int, Arrival, int, int, int]],
) -> None:
    """Posts not stored yet. `rows`: id, arrival, author id, conversation, reposts counted here."""
    conn.executemany(
        _INSERT,
        [
            _row(id, network, account_id, arrived, author_id, conversation, n_reposts)
            for id, arrived, author_id, conversation, n_reposts in sorted(rows)
        ],
    )


_COLUMNS: Final = (
    "id, network, uri, account_id, remote_id, author_id, conversation_id, role, kind, title, body,"
    " warning, lang, url, parent_uri, visibility, published_at, first_seen_at, edited_at,"
    " n_reposts, n_stars, can_reply, reply_note, attachments, checksum"
)
_INSERT: Final = f"INSERT INTO mention({_COLUMNS}) VALUES({', '.join('?' * 25)})"


def _row(
    id: int, network: str, account_id: int, a: Arrival, author_id: int, conversation: int,
    n_reposts: int,
) -> tuple[Any, ...]:  # fmt: skip
    m = a.mention
    url, lang, visibility, n_stars, can_reply, reply_note, attachments = facts_of(m)
    return (
        id, network, m.uri, account_id, m.remote_id, author_id, conversation, int(a.role),
        m.kind._value_, m.title, m.body, m.warning, lang, url, m.parent_uri, visibility,
        a.published_at, a.first_seen_at, to_ms(m.edited_at) if m.edited_at else 0,
        max(m.n_reposts, n_reposts), n_stars, can_reply, reply_note, attachments,
        mention_checksum(m.uri, m.author.remote_id, m.title, m.body, m.warning, a.published_at),
    )  # fmt: skip


def _last_ns(conn: Connection, seconds: set[int]) -> dict[int, int]:
    """The last n given in each of these seconds; those without a mention are missing."""
    if not seconds:
        return {}
    rows = conn.execute(_LAST_IDS, (json.dumps(list(seconds)),)).fetchall()
    return {second: last - (second << SECOND_BITS) for second, last in rows if last is not None}


def _packed(attachments: Sequence[Attachment]) -> str:
    if not attachments:
        return ""
    return json.dumps([[a.url, a.kind, a.alt] for a in attachments], ensure_ascii=False)


def _clean(m: Mention) -> Mention:
    """JSON can spell half a character (a lone surrogate), which no UTF-8 file can hold; and a NUL
    in a uri would end it early where SQLite reads it from JSON. In words a NUL stays."""
    a = m.author
    names = "".join((m.uri, m.remote_id, m.parent_uri, m.root_uri, m.repost_of, a.remote_id))
    texts = "".join((m.body, m.title, m.url, m.lang, m.warning, m.reply_note, a.handle, a.name,
                     a.url, a.avatar_url))  # fmt: skip
    is_short = len(m.body) <= MAX_BODY_CHARS and len(m.title) <= MAX_TITLE_CHARS
    is_clean = "\0" not in names and _is_whole(names) and _is_whole(texts)
    return m if is_short and is_clean and not m.attachments else _cleaned(m)


def _cleaned(m: Mention) -> Mention:
    a = m.author
    return replace(
        m, uri=_name(m.uri), remote_id=_name(m.remote_id), parent_uri=_name(m.parent_uri),
        root_uri=_name(m.root_uri), repost_of=_name(m.repost_of),
        body=_whole(m.body)[:MAX_BODY_CHARS], title=_whole(m.title)[:MAX_TITLE_CHARS],
        url=_whole(m.url), lang=_whole(m.lang), warning=_whole(m.warning),
        reply_note=_whole(m.reply_note),
        author=replace(
            a, remote_id=_name(a.remote_id), handle=_whole(a.handle), name=_whole(a.name),
            url=_whole(a.url), avatar_url=_whole(a.avatar_url),
        ),
        attachments=tuple(
            Attachment(_whole(x.url), _whole(x.kind), _whole(x.alt)) for x in m.attachments
        ),
    )  # fmt: skip


def _name(text: str) -> str:
    return _whole(text).replace("\0", "%00")


def _is_whole(text: str) -> bool:
    if text.isascii():
        return True
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def _whole(text: str) -> str:
    return text if _is_whole(text) else text.encode("utf-8", "replace").decode()
