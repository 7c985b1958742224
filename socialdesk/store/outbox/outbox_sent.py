"""Replies and posts of ours that stand on their network: in our thread, edited, deleted."""

from socialdesk.domain.frozen import frozen
from socialdesk.domain.mentions.mention import Attachment, Kind, Mention, Visibility
from socialdesk.domain.replies.reply import OutboxState, Posted
from socialdesk.store import accounts
from socialdesk.store.accounts import AccountSpec
from socialdesk.store.file.checksum import outbox_checksum
from socialdesk.store.file.sqlite import Connection
from socialdesk.store.file.transaction import Transaction
from socialdesk.store.mentions import pages
from socialdesk.store.mentions.mentions import from_ms
from socialdesk.store.mentions.textindex import reindexed
from socialdesk.store.outbox import approval_hashes, outbox_moves
from socialdesk.store.outbox.outbox_moves import Entry


@frozen
class Sent:
    """A reply on the network, to be edited or deleted there; a statement only to be deleted: other
    words would need another second look, so they are a correction."""

    id: int
    account: AccountSpec
    remote_id: str
    text: str
    lang: str
    is_statement: bool = False


def is_anothers(conn: Connection, outbox_id: int, account_id: int, remote_id: str) -> bool:
    """Whether a post of ours is known as another reply: the same words may have gone to several
    people in one thread, and some networks do not tell which of them a post answers."""
    sql = (
        "SELECT 1 FROM outbox WHERE account_id = ? AND remote_id = ? AND id <> ?"
        " AND state = 'sent' AND reason <> 'deleted' LIMIT 1"
    )
    return conn.execute(sql, (account_id, remote_id, outbox_id)).fetchone() is not None


def is_answered_beside(
    conn: Connection, row: Entry, since: int, *, only_by_hand: bool = False
) -> bool:
    """Whether another reply to the same mention is out since then (ms UTC). By hand: a person
    posted it in the browser and said so here."""
    sql = (
        "SELECT 1 FROM outbox WHERE mention_id = ? AND mention_id <> 0 AND id <> ?"
        " AND state = 'sent' AND sent_at > ? AND reason <> 'deleted'"
        " AND (NOT ? OR reason = 'by_hand') LIMIT 1"
    )
    return conn.execute(sql, (row.mention_id, row.id, since, only_by_hand)).fetchone() is not None


def read_sent(conn: Connection, outbox_id: int) -> Sent | None:
    """A reply that is on the network and that this program can reach there."""
    row = outbox_moves.read(conn, outbox_id)
    account = accounts.read_account(conn, row.account_id)
    if row.state is not OutboxState.SENT or not row.remote_id or account is None:
        return None
    is_statement = bool(row.statement_version_id)
    return Sent(row.id, account, row.remote_id, row.text, row.lang, is_statement)


def note_edited(tx: Transaction, outbox_id: int, text: str, person: int) -> int:
    """The network has other words now. The journal keeps both hashes."""
    row = outbox_moves.read(tx.conn, outbox_id)
    digest = approval_hashes.reply_hash(tx.conn, row.account_id, row.lang, text, row.pictures)
    checksum = outbox_checksum(
        text=text, mention_id=row.mention_id, account_id=row.account_id,
        dedupe_key=row.dedupe_key, hash=digest,
    )  # fmt: skip
    with reindexed(tx, [row.mention_id]):
        tx.conn.execute(
            "UPDATE outbox SET text = ?, hash = ?, checksum = ?, version_id = 0 WHERE id = ?",
            (text, digest, checksum, row.id),
        )
    seq = outbox_moves.note(tx, row, "reply_edited", person, new_hash=digest)
    account = accounts.read_account(tx.conn, row.account_id)
    if account is not None and (own := _own_post(tx.conn, row, account, text)) is not None:
        pages.save_context(tx, account.id, account.network, [own])
    tx.note_updated([row.mention_id])
    return seq


def note_deleted(tx: Transaction, outbox_id: int, person: int) -> int:
    """Our post is off the network; the row stays, and says so."""
    row = outbox_moves.read(tx.conn, outbox_id)
    tx.conn.execute(
        "UPDATE mention SET deleted_at = ? WHERE role = 1 AND uri = ? AND uri <> '' AND network = "
        "(SELECT network FROM account WHERE id = ?)",
        (tx.now, row.uri, row.account_id),
    )
    tx.conn.execute("UPDATE outbox SET reason = 'deleted' WHERE id = ?", (row.id,))
    tx.note_updated([row.mention_id])
    return outbox_moves.note(tx, row, "reply_deleted", person)


def keep_own_post(tx: Transaction, row: Entry, posted: Posted) -> None:
    """The network has it: our post stands in its thread. `row`: as it was before."""
    account = accounts.read_account(tx.conn, row.account_id)
    sent = outbox_moves.read(tx.conn, row.id)
    if account is not None and posted.uri:
        own = _own_post(tx.conn, sent, account, row.text)
        if own is not None:
            pages.save_context(tx, account.id, account.network, [own])


def _own_post(conn: Connection, row: Entry, account: AccountSpec, text: str) -> Mention | None:
    """Our reply as a post of the thread, or our own post as the first of one; None when the
    network told no address for it."""
    parent = outbox_moves.parent_of(conn, row)
    if account.card is None or parent is None or not row.uri:
        return None
    return Mention(
        uri=row.uri, remote_id=row.remote_id, author=account.card.own, body=text,
        published_at=from_ms(row.sent_at), kind=Kind.REPLY if row.mention_id else Kind.POST,
        is_own=True, url=row.url, lang=row.lang, parent_uri=parent[1],
        visibility=Visibility(row.visibility), warning=row.warning, attachments=_shown(row),
    )  # fmt: skip


def _shown(row: Entry) -> tuple[Attachment, ...]:
    """Its pictures; they open with the post, for their own addresses are not told."""
    return tuple(Attachment(row.url or row.uri, "image", one.alt) for one in row.pictures)
