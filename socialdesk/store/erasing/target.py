"""Who is erased, and what that would take: weighed before a person decides."""

import json
import zlib
from typing import Any, Final

from socialdesk.domain.errors import CommandError, CommandFault
from socialdesk.domain.frozen import frozen
from socialdesk.domain.people.contact import bare_handle
from socialdesk.store.contacts import contacts
from socialdesk.store.file.sqlite import Connection

MIN_TRACE_CHARS: Final = 6  # a shorter name stands in too many other words
_ON_ITS_WAY: Final = ("sending", "uncertain")


@frozen
class AuthorFacts:
    """What the network told of one author."""

    id: int
    network: str
    remote_id: str
    handle: str
    name: str
    url: str


@frozen
class Target:
    """Everything that is one person. `mentions`: theirs; `ours`: our posts that answer them;
    `uris`: the addresses of both, as (network, uri)."""

    name: str
    contacts: tuple[int, ...]
    authors: tuple[AuthorFacts, ...]
    mentions: tuple[int, ...]
    ours: tuple[int, ...]
    outbox: tuple[int, ...]
    uris: tuple[tuple[str, str], ...]

    @property
    def keys(self) -> list[str]:
        """As `contact_apart` names them."""
        return [f"c{id}" for id in self.contacts] + [f"a{a.id}" for a in self.authors]

    @property
    def traces(self) -> list[str]:
        """Texts that name nobody else: full handles, addresses, lasting names."""
        found = []
        for a in self.authors:
            handle = a.handle.removeprefix("@")
            found += [a.remote_id, a.url, handle if "." in handle or "@" in handle else ""]
        return sorted({t for t in found if len(t) >= MIN_TRACE_CHARS}, key=len, reverse=True)


def find(conn: Connection, contact: int, author: int) -> Target:
    """The person meant. Raises CommandError NOT_FOUND, BAD_INPUT for the brand itself."""
    root = contacts.root_of(conn, contact) if contact else contacts.contact_of(conn, author)
    authors = contacts.authors_of(conn, root) if root else [author]
    rows = conn.execute(
        "SELECT id, network, remote_id, handle, name, url FROM author"
        " WHERE id IN (SELECT value FROM json_each(?))",
        (json.dumps(authors),),
    )
    facts = tuple(AuthorFacts(*row) for row in rows)
    name = conn.execute("SELECT name FROM contact WHERE id = ?", (root,)).fetchone()
    if not facts and name is None:
        raise CommandError(CommandFault.NOT_FOUND)
    ids = json.dumps([a.id for a in facts])
    posts = conn.execute(
        "SELECT id, network, uri, role FROM mention"
        " WHERE author_id IN (SELECT value FROM json_each(?))",
        (ids,),
    ).fetchall()
    if any(role == 1 for *_, role in posts):
        raise CommandError(CommandFault.BAD_INPUT, what=facts[0].handle)
    mentions = tuple(post[0] for post in posts)
    ours = conn.execute(_OURS, (json.dumps(mentions),)).fetchall()
    outbox = conn.execute(_OUTBOX, (json.dumps(mentions),)).fetchall()
    return Target(
        name[0] if name else facts[0].name or facts[0].handle,
        tuple(contacts.members(conn, root)) if root else (), facts, mentions,
        tuple(id for id, _, _ in ours), tuple(id for (id,) in outbox),
        tuple((network, uri) for _, network, uri, *_ in (*posts, *ours)),
    )  # fmt: skip


_OURS: Final = """
SELECT o.id, o.network, o.uri FROM mention t JOIN mention o
  ON o.conversation_id = t.conversation_id AND o.role = 1 AND o.parent_uri = t.uri
WHERE t.id IN (SELECT value FROM json_each(?)) GROUP BY o.id"""
_OUTBOX: Final = """
SELECT id FROM outbox WHERE mention_id IN (SELECT value FROM json_each(?))"""


def weigh(conn: Connection, contact: int, author: int) -> dict[str, Any] | None:
    """What erasing would take: name, counts, is_busy, named_in. None when there is nobody."""
    try:
        target = find(conn, contact, author)
    except CommandError:
        return None
    values = (json.dumps(target.mentions),)
    (n_versions,) = conn.execute(
        "SELECT count(*) FROM mention_version WHERE mention_id IN (SELECT value FROM json_each(?))",
        values,
    ).fetchone()
    return {
        "name": target.name,
        "counts": {
            "mentions": len(target.mentions), "versions": n_versions,
            "replies": len(target.outbox), "authors": len(target.authors),
            "notes": count_notes(conn, target), "rejects": len(rejects_of(conn, target)),
        },
        "is_busy": is_busy(conn, target),
        "named_in": _named_in(conn, target),
    }  # fmt: skip


def count_notes(conn: Connection, target: Target) -> int:
    (n,) = conn.execute(
        "SELECT (SELECT count(*) FROM note WHERE mention_id IN (SELECT value FROM json_each(?)))"
        " + (SELECT count(*) FROM contact_note"
        "    WHERE contact_id IN (SELECT value FROM json_each(?)))",
        (json.dumps(target.mentions), json.dumps(target.contacts)),
    ).fetchone()
    return int(n)


def is_busy(conn: Connection, target: Target) -> bool:
    row = conn.execute(
        "SELECT 1 FROM outbox WHERE id IN (SELECT value FROM json_each(?)) AND state IN (?, ?)",
        (json.dumps(target.outbox), *_ON_ITS_WAY),
    ).fetchone()
    return row is not None


def _named_in(conn: Connection, target: Target) -> list[str]:
    """Saved views and rules that name them: ours to change, not erased."""
    names = []
    for handle in {bare_handle(a.handle) for a in target.authors if a.handle}:
        names += conn.execute(
            "SELECT name FROM saved_view WHERE instr(lower(search), ?1) > 0"
            " UNION SELECT name FROM rule WHERE instr(lower(conditions), ?1) > 0",
            (handle,),
        ).fetchall()
    return sorted({name for (name,) in names})


def rejects_of(conn: Connection, target: Target) -> list[int]:
    needles: set[bytes] = set()
    for a in target.authors:
        for text in (a.remote_id, bare_handle(a.handle), a.url, a.name):
            if len(text) >= MIN_TRACE_CHARS:
                spelled = json.dumps(text)[1:-1]
                needles |= {t.encode() for t in (text, spelled, spelled.replace("/", "\\/"))}
    if not needles:
        return []
    found = []
    for id, packed in conn.execute("SELECT id, raw FROM reject"):
        try:
            raw = zlib.decompress(packed)
        except zlib.error:  # damaged: whose it was cannot be told
            continue
        if any(needle in raw for needle in needles):
            found.append(id)
    return found
