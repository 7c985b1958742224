"""The hot path: one fetched page with its cursor, rejects and coverage, in one transaction.

A page that comes again changes nothing and costs about 10 µs a row. What we decided about a known
mention is never touched by a fetch, with one exception: they wrote again in the thread.
"""

from collections.abc import Callable, Iterable, Sequence

from socialdesk.domain.frozen import frozen
from socialdesk.domain.mentions.mention import Mention
from socialdesk.domain.mentions.status import Disposition, Status
from socialdesk.store.file.transaction import Transaction
from socialdesk.store.mentions import coverage, erased, mentions, rejects, retention
from socialdesk.store.mentions.mentions import Arrival, Role
from socialdesk.store.mentions.posts import Source, save_posts


@frozen
class PageToSave:
    """One page as a connector read it. `rejects`: raw bytes and reason. `cursor` None = leave it.
    `gone`: uris the network says are deleted. `filing`: how a new mention is filed; `due_at`: its
    response target (ms UTC, 0 = none). `finish`: what else belongs into this transaction."""

    account_id: int
    watch_id: int
    network: str
    mentions: Sequence[Mention]
    filing: Callable[[Mention], tuple[Status, Disposition]]
    due_at: Callable[[Mention], int]
    rejects: Sequence[tuple[bytes, str]] = ()
    cursor: str | None = None
    gone: Sequence[str] = ()
    finish: "Callable[[Transaction, SavedPage], None]" = lambda tx, saved: None


@frozen
class SavedPage:
    """What a page changed; ids ascend. `new_ids`: new to the queue, with context posts that joined
    it; `own_ids`: posts of the brand not seen before; `n_known`: mentions that came again."""

    new_ids: tuple[int, ...] = ()
    edited_ids: tuple[int, ...] = ()
    deleted_ids: tuple[int, ...] = ()
    own_ids: tuple[int, ...] = ()
    n_known: int = 0
    n_rejects: int = 0
    account_id: int = 0


def save_page(tx: Transaction, page: PageToSave) -> SavedPage:
    """All of it or, when anything fails, nothing: the cursor never gets ahead of the rows."""
    source = Source(
        page.account_id, page.network, page.watch_id, filing=page.filing, due_at=page.due_at
    )
    saved = save_posts(tx, source, _arrivals(tx, page.network, page.mentions, Role.QUEUE))
    deleted = _mark_gone(tx, "network = ? AND uri = ?", [(page.network, u) for u in page.gone])
    n_rejects = rejects.save(tx, page.account_id, page.watch_id, page.rejects)
    if page.cursor is not None:
        tx.conn.execute("UPDATE watch SET cursor = ? WHERE id = ?", (page.cursor, page.watch_id))
    coverage.note_fetched(tx, page.account_id, len(saved.queued))
    done = SavedPage(
        tuple(sorted(saved.queued)), tuple(sorted(saved.edited)), deleted,
        tuple(sorted(saved.own)), saved.n_known, n_rejects, page.account_id,
    )  # fmt: skip
    page.finish(tx, done)
    return done


def save_context(
    tx: Transaction, account_id: int, network: str, posts: Iterable[Mention]
) -> list[int]:
    """Posts around a mention, and our own as they leave: shown in threads, not in the queue. The
    ids of all of them in the order given, known ones included."""
    arrivals = _arrivals(tx, network, posts, Role.CONTEXT)
    save_posts(tx, Source(account_id, network), arrivals)
    known = mentions.find_known(tx.conn, network, [a.mention.uri for a in arrivals])
    return [known[a.mention.uri].id for a in arrivals if a.mention.uri in known]


def save_recheck(
    tx: Transaction,
    account_id: int,
    network: str,
    posts: Iterable[Mention],
    gone_remote_ids: Iterable[str],
) -> SavedPage:
    """Posts looked at again by the account that met them: edits and deletions seen late. Posts we
    never stored are left out."""
    arrivals = _arrivals(tx, network, posts, Role.CONTEXT)
    known = mentions.find_known(tx.conn, network, [a.mention.uri for a in arrivals])
    here = [a for a in arrivals if a.mention.uri in known]
    saved = save_posts(tx, Source(account_id, network), here)
    looked_at = [(tx.now, known[a.mention.uri].id) for a in here]
    tx.conn.executemany("UPDATE mention SET checked_at = ? WHERE id = ?", looked_at)
    gone = [(account_id, remote_id) for remote_id in gone_remote_ids]
    deleted = _mark_gone(tx, "account_id = ? AND remote_id = ?", gone)
    return SavedPage(
        edited_ids=tuple(sorted(saved.edited)), deleted_ids=deleted, n_known=saved.n_known
    )  # fmt: skip


def _arrivals(tx: Transaction, network: str, posts: Iterable[Mention], role: Role) -> list[Arrival]:
    """`role` for what strangers wrote. The brand's other accounts on this network are no
    strangers, whatever the one that fetched thinks."""
    rows = tx.conn.execute(
        "SELECT own_remote_id FROM account WHERE network = ? AND own_remote_id <> ''", (network,)
    )
    own = {remote_id for (remote_id,) in rows}
    return [
        mentions.arrival(m, tx.now, Role.OWN if m.is_own or m.author.remote_id in own else role)
        for m in retention.without_past(tx, network, erased.without_erased(tx, network, posts))
    ]


def _mark_gone(tx: Transaction, where: str, keys: Iterable[tuple[object, ...]]) -> tuple[int, ...]:
    """Deleted on the network; the row, its words and our decisions stay. Ids newly marked."""
    ids: list[int] = []
    for key in keys:
        rows = tx.conn.execute(
            f"UPDATE mention SET deleted_at = ?, checked_at = ? WHERE {where} AND deleted_at = 0"
            " RETURNING id",
            (tx.now, tx.now, *key),
        )
        ids += [id for (id,) in rows.fetchall()]
    tx.note_updated(ids)
    return tuple(sorted(ids))
