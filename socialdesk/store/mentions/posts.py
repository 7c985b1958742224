"""Posts into the file, each once however it came: new, known, edited, or joining the queue."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from socialdesk.domain.frozen import frozen
from socialdesk.domain.mentions.mention import Mention
from socialdesk.domain.mentions.status import Disposition, Status
from socialdesk.store.file.transaction import Transaction
from socialdesk.store.mentions import (
    authors,
    conversations,
    mentions,
    queueing,
    reposts,
    textindex,
    versions,
)
from socialdesk.store.mentions.mentions import Arrival, Known, Role
from socialdesk.store.mentions.queueing import Stored
from socialdesk.store.mentions.versions import Edit


@frozen
class Source:
    """Where posts come from. `watch_id` 0: thread context or a second look, nothing to file."""

    account_id: int
    network: str
    watch_id: int = 0
    filing: Callable[[Mention], tuple[Status, Disposition]] = lambda m: (
        Status.NEW,
        Disposition.NONE,
    )
    due_at: Callable[[Mention], int] = lambda m: 0


@dataclass(slots=True)
class SavedPosts:
    """Ids by what became of them."""

    queued: list[int] = field(default_factory=list)
    edited: list[int] = field(default_factory=list)
    own: list[int] = field(default_factory=list)
    n_known: int = 0


def save_posts(tx: Transaction, source: Source, arrivals: Sequence[Arrival]) -> SavedPosts:
    """In the order they came: any cut into pages gives the same queue."""
    saved = SavedPosts()
    reposts.save(tx, source.network, [a for a in arrivals if a.mention.repost_of])
    posts = [a for a in arrivals if not a.mention.repost_of]
    for part in _without_repeats(posts):
        _save(tx, source, part, saved)
    return saved


def _without_repeats(posts: Sequence[Arrival]) -> Iterator[list[Arrival]]:
    """Cut where a post comes again: its second coming may be an edit of the first."""
    part: dict[str, Arrival] = {}
    for post in posts:
        if post.mention.uri in part:
            yield list(part.values())
            part = {}
        part[post.mention.uri] = post
    if part:
        yield list(part.values())


def _save(tx: Transaction, source: Source, posts: Sequence[Arrival], saved: SavedPosts) -> None:
    known = mentions.find_known(tx.conn, source.network, [a.mention.uri for a in posts])
    _find_own(tx, source, posts, known)
    new = [a for a in posts if a.mention.uri not in known]
    again = [(a, known[a.mention.uri]) for a in posts if a.mention.uri in known]
    stored = _insert(tx, source, new)
    joined = _renew(tx, source, again, saved) if again else []
    to_file = [s for s in stored if s.arrival.role is Role.QUEUE] + joined
    queueing.enqueue(tx, to_file, filing=source.filing, due_at=source.due_at)
    _note_watch(tx, source, stored, [k.id for _, k in again])
    queueing.announce_threads(tx, {s.conversation for s in stored if s.in_old_conversation})
    saved.queued += [s.id for s in to_file]
    saved.own += [s.id for s in stored if s.arrival.role is Role.OWN]
    saved.n_known += len(again)


def _insert(tx: Transaction, source: Source, new: Sequence[Arrival]) -> list[Stored]:
    if not new:
        return []
    network = source.network
    people = authors.keep(tx, network, [a.mention.author for a in new])
    placed = conversations.place(tx.conn, network, [a.mention for a in new])
    ids = mentions.next_ids(tx.conn, [a.second for a in new])
    counts = reposts.count(tx.conn, network, [a.mention.uri for a in new])
    stored = [
        Stored(id, a, people[a.mention.author.remote_id], number, number in placed.old)
        for id, a, number in zip(ids, new, placed.of, strict=True)
    ]
    by_id = sorted(stored, key=lambda s: s.id)  # B-trees take ascending ids twice as fast
    mentions.insert(
        tx.conn, network, source.account_id,
        [
            (s.id, s.arrival, s.author.id, s.conversation, counts.get(s.arrival.mention.uri, 0))
            for s in by_id
        ],
    )  # fmt: skip
    textindex.add(tx.conn, [_index_row(s) for s in by_id])
    return stored


def _index_row(s: Stored) -> textindex.IndexRow:
    m, person = s.arrival.mention, s.author.facts
    return (
        s.id,
        textindex.body_words(m.title, m.body, m.warning),
        textindex.author_words(person.name, person.handle),
        "",
    )


def _renew(
    tx: Transaction, source: Source, again: Sequence[tuple[Arrival, Known]], saved: SavedPosts
) -> list[Stored]:
    """Bring known posts up to date; those that join the queue come back."""
    edits: list[Edit] = []
    joining: list[tuple[Arrival, Known]] = []
    for a, known in again:
        m = a.mention
        if versions.words_of(m) != known.words:
            if not versions.is_edit(tx, known, m, source.account_id):
                continue  # a stale copy: nothing in it is newer than what we have
            edits.append(Edit(known, m))
        if known.role is Role.CONTEXT and a.role is not Role.CONTEXT:
            joining.append((a, known))
        if _is_changed(known, m, source.account_id):
            _update_facts(tx, source, known, m)
    versions.save(tx, edits)
    saved.edited += [e.known.id for e in edits]
    tx.note_updated([e.known.id for e in edits])
    return _join(tx, source, joining) if joining else []


def _is_changed(known: Known, m: Mention, account_id: int) -> bool:
    return (
        known.deleted_at > 0
        or m.n_reposts > known.n_reposts
        or (known.account_id == account_id and mentions.facts_of(m) != known.facts)
    )


def _update_facts(tx: Transaction, source: Source, known: Known, m: Mention) -> None:
    """What another account's server says of abilities is not for the account that answers."""
    facts = mentions.facts_of(m) if known.account_id == source.account_id else known.facts
    tx.conn.execute(
        f"UPDATE mention SET deleted_at = 0, n_reposts = max(n_reposts, ?), {mentions.SET_FACTS}"
        " WHERE id = ?",
        (m.n_reposts, *facts, known.id),
    )
    tx.note_updated([known.id])


def _join(
    tx: Transaction, source: Source, joining: Sequence[tuple[Arrival, Known]]
) -> list[Stored]:
    """Context posts that a watch has met now, as mentions or as the brand's own."""
    people = authors.keep(tx, source.network, [a.mention.author for a, _ in joining])
    stored = []
    for a, known in joining:
        (number,) = tx.conn.execute(
            "UPDATE mention SET role = ?, kind = ?, account_id = ?, remote_id = ? WHERE id = ?"
            " RETURNING conversation_id",
            (a.role, a.mention.kind.value, source.account_id, a.mention.remote_id, known.id),
        ).fetchone()
        if a.role is Role.QUEUE:
            author = people[a.mention.author.remote_id]
            stored.append(Stored(known.id, a, author, number, True))
    return stored


def _find_own(
    tx: Transaction, source: Source, posts: Sequence[Arrival], known: dict[str, Known]
) -> None:
    """A post we sent and now meet under another uri than the answer gave is the same post."""
    for a in posts:
        m = a.mention
        if a.role is not Role.OWN or m.uri in known or not m.remote_id:
            continue
        row = tx.conn.execute(
            "SELECT id, conversation_id FROM mention"
            " WHERE account_id = ? AND remote_id = ? AND role = 1",
            (source.account_id, m.remote_id),
        ).fetchone()
        if row:
            mentions.set_uri(tx.conn, row[0], m.uri)
            conversations.join(tx.conn, source.network, m.uri, row[1])
            known |= mentions.find_known(tx.conn, source.network, [m.uri])


def _note_watch(
    tx: Transaction, source: Source, stored: Sequence[Stored], again: Sequence[int]
) -> None:
    if not source.watch_id:
        return
    rows = sorted([s.id for s in stored] + list(again))
    tx.conn.executemany(
        "INSERT OR IGNORE INTO mention_watch(watch_id, mention_id) VALUES(?, ?)",
        [(source.watch_id, id) for id in rows],
    )
