"""One mention with everything around it, and who wrote it."""

import json
from collections import defaultdict
from typing import Any, Final

from socialdesk.domain.crisis.approval import canonical_text
from socialdesk.domain.frozen import frozen
from socialdesk.domain.mentions.mention import CanReply, Kind, Visibility
from socialdesk.domain.queue.rows import AuthorCard, Detail, Earlier, Note, QueueRow, ThreadPost
from socialdesk.domain.replies.reply import OutboxState
from socialdesk.store import accounts
from socialdesk.store.file.sqlite import Connection
from socialdesk.store.outbox import drafts
from socialdesk.store.queue.rows import LEAVES_AT, queue_rows

MAX_POSTS: Final = 200  # posts of a thread shown: the mention's own time in the middle
MAX_RECENT: Final = 20
MAX_COUNTED: Final = 5_000  # mentions of one author that are counted; a feed may have far more


@frozen
class Remote:
    """Where a mention lies on its network, as the account that met it knows it."""

    account_id: int
    remote_id: str
    uri: str
    author_remote_id: str


def remote_of(conn: Connection, mention_id: int) -> Remote | None:
    """None when there is no such mention."""
    row = conn.execute(
        "SELECT m.account_id, m.remote_id, m.uri, a.remote_id FROM mention m "
        "JOIN author a ON a.id = m.author_id WHERE m.id = ?",
        (mention_id,),
    ).fetchone()
    return Remote(*row) if row else None


def read_detail(conn: Connection, mention_id: int) -> Detail | None:
    """None when there is no such mention. Its thread may be long: at most MAX_POSTS around it."""
    row = conn.execute(_MENTION, (mention_id,)).fetchone()
    if row is None:
        return None
    (account_id, conversation, kind, title, body, uri, url, lang, visibility, warning, n_stars,
     can_reply, reply_note, remote_id) = row  # fmt: skip
    account = accounts.read_account(conn, account_id)
    posts, is_trimmed = _thread(conn, mention_id, conversation)
    return Detail(
        row=queue_rows(conn, [mention_id])[0], account_id=account_id,
        account=account.name if account else "", kind=Kind(kind), title=title, body=body,
        url=url or uri, lang=lang, visibility=Visibility(visibility), warning=warning,
        n_stars=n_stars, can_reply=CanReply(can_reply), reply_note=reply_note, thread=posts,
        notes=_notes(conn, mention_id), draft=drafts.read(conn, mention_id),
        card=account.card if account else None, parent_remote_id=remote_id,
        answered_elsewhere=_answered_elsewhere(posts, mention_id), is_trimmed=is_trimmed,
    )  # fmt: skip


def read_author(conn: Connection, mention_id: int) -> AuthorCard | None:
    """Who wrote it, and our history with them. None when there is no such mention."""
    row = conn.execute(_AUTHOR, (mention_id,)).fetchone()
    if row is None:
        return None
    author, network, name, handle, url, n_followers, is_bot, is_vip, muted_at, first_seen = row
    n_mentions, n_replies = conn.execute(_HISTORY, {"author": author}).fetchone()
    return AuthorCard(
        id=author, network=network, name=name or handle, handle=handle, url=url,
        n_followers=-1 if n_followers is None else n_followers, is_bot=bool(is_bot),
        is_vip=bool(is_vip), is_muted=muted_at > 0, first_seen_at=first_seen,
        n_mentions=n_mentions, n_replies=n_replies, recent=_recent(conn, author),
    )  # fmt: skip


_MENTION: Final = """
SELECT account_id, conversation_id, kind, title, body, uri, url, lang, visibility, warning, n_stars,
  can_reply, reply_note, remote_id
FROM mention WHERE id = ?"""
_AUTHOR: Final = """
SELECT a.id, a.network, a.name, a.handle, a.url, a.n_followers, a.is_bot, a.is_vip, a.muted_at,
  a.first_seen_at
FROM mention m JOIN author a ON a.id = m.author_id WHERE m.id = ?"""
_HISTORY: Final = f"""
SELECT count(*), coalesce(sum(EXISTS (
  SELECT 1 FROM outbox o WHERE o.mention_id = m.id AND o.state = 'sent')), 0)
FROM (SELECT id FROM mention WHERE author_id = :author AND role = 0 ORDER BY id DESC
  LIMIT {MAX_COUNTED}) m"""
_RECENT: Final = """
SELECT id FROM mention WHERE author_id = ? AND role = 0 ORDER BY id DESC LIMIT ?"""

# A post of another account of ours is the brand's too: whoever watches from here shall see that.
# Half before, half after: ids are times, so each half is one seek in `mention_conversation`.
_POSTS: Final = """
SELECT m.id, coalesce(nullif(a.name, ''), a.handle), a.handle, m.body, m.published_at,
  CASE WHEN EXISTS (SELECT 1 FROM account o WHERE o.network = a.network
    AND o.own_remote_id = a.remote_id AND o.own_remote_id <> '') THEN 1 ELSE m.role END,
  coalesce(nullif(m.url, ''), m.uri), m.warning, m.lang, m.edited_at, m.deleted_at, m.attachments,
  m.uri, m.network, m.expired_at
FROM mention m JOIN author a ON a.id = m.author_id WHERE m.id IN (
  SELECT id FROM (SELECT id FROM mention WHERE conversation_id = :conversation AND id <= :id
    ORDER BY id DESC LIMIT :half)
  UNION ALL
  SELECT id FROM (SELECT id FROM mention WHERE conversation_id = :conversation AND id > :id
    ORDER BY id LIMIT :half))
ORDER BY m.id"""
_VERSIONS: Final = """
SELECT mention_id, seen_at, body, warning, title FROM mention_version
WHERE mention_id IN (SELECT value FROM json_each(?)) ORDER BY mention_id, n"""
_REPLIES: Final = f"""
SELECT o.id, o.state, o.uri, o.text, o.made_at, o.sent_at, o.url, o.warning, o.lang,
  coalesce(p.name, ''), coalesce(a.name, ''), o.reason, {LEAVES_AT}
FROM outbox o LEFT JOIN person p ON p.id = o.person_id LEFT JOIN account a ON a.id = o.account_id
WHERE o.mention_id IN (SELECT value FROM json_each(?))
  AND o.state NOT IN ('taken_back', 'discarded') ORDER BY o.id"""
_NOTES: Final = """
SELECT n.id, n.at, coalesce(p.name, ''), n.text FROM note n LEFT JOIN person p ON p.id = n.person_id
WHERE n.mention_id = ? ORDER BY n.id"""


@frozen
class _Reply:
    """A row of the outbox, as a thread needs it."""

    id: int
    state: OutboxState
    uri: str
    text: str
    at: int
    url: str
    warning: str
    lang: str
    by: str
    account: str
    is_deleted: bool
    leaves_at: int


def _thread(
    conn: Connection, mention_id: int, conversation: int
) -> tuple[tuple[ThreadPost, ...], bool]:
    half = MAX_POSTS // 2
    values = {"conversation": conversation, "id": mention_id, "half": half}
    rows = conn.execute(_POSTS, values).fetchall()
    ids = json.dumps([row[0] for row in rows])
    earlier: dict[int, list[Earlier]] = defaultdict(list)
    for mention, *words in conn.execute(_VERSIONS, (ids,)):
        earlier[mention].append(Earlier(*words))
    replies = [_reply(row) for row in conn.execute(_REPLIES, (ids,))]
    posts = []
    for row in rows:
        ours = _reply_of(row, replies)
        if ours is not None:
            replies.remove(ours)
        posts.append(_post(row, tuple(earlier[row[0]]), ours))
    posts += [_unposted(reply) for reply in replies]
    n_before = sum(row[0] <= mention_id for row in rows)
    is_trimmed = n_before == half or len(rows) - n_before == half
    return tuple(sorted(posts, key=lambda post: post.at)), is_trimmed


def _reply(row: tuple[Any, ...]) -> _Reply:
    id, state, uri, text, made_at, sent_at, url, warning, lang, by, account, reason, leaves_at = row
    return _Reply(
        id, OutboxState(state), uri, text, sent_at or made_at, url, warning, lang, by, account,
        reason == "deleted", leaves_at,
    )  # fmt: skip


def _reply_of(row: tuple[Any, ...], replies: list[_Reply]) -> _Reply | None:
    """The reply this own post is; shown once. Where a person settled a doubtful one the network's
    address is not known, so its words decide."""
    role, uri, body = row[5], row[12], row[3]
    if role != 1:
        return None
    for reply in replies:
        is_same = reply.uri == uri if reply.uri else canonical_text(body) == reply.text
        if is_same and reply.state in (OutboxState.SENT, OutboxState.UNCERTAIN):
            return reply
    return None


def _post(row: tuple[Any, ...], earlier: tuple[Earlier, ...], ours: _Reply | None) -> ThreadPost:
    (id, author, handle, body, at, role, url, warning, lang, edited_at, deleted_at, attachments,
     _uri, _network, expired_at) = row  # fmt: skip
    return ThreadPost(
        mention_id=id, author=author, handle=handle, body=body, at=at, is_own=role == 1, url=url,
        warning=warning, lang=lang, is_edited=edited_at > 0 or bool(earlier),
        is_deleted=deleted_at > 0, deleted_at=deleted_at, earlier=earlier,
        attachments=_attachments(attachments), outbox_id=ours.id if ours else 0,
        outbox=ours.state if ours else None, by=ours.by if ours else "", is_expired=expired_at > 0,
    )  # fmt: skip


def _unposted(reply: _Reply) -> ThreadPost:
    """A reply that is not on the network yet, or whose post there we do not know."""
    return ThreadPost(
        mention_id=0, author=reply.account, handle=reply.account, body=reply.text, at=reply.at,
        is_own=True, url=reply.url, warning=reply.warning, lang=reply.lang,
        is_deleted=reply.is_deleted, outbox_id=reply.id, outbox=reply.state, by=reply.by,
        leaves_at=reply.leaves_at,
    )  # fmt: skip


def _answered_elsewhere(posts: tuple[ThreadPost, ...], mention_id: int) -> bool:
    """An own post after the mention that did not leave from here."""
    after = (p for p in posts if p.is_own and not p.is_deleted and p.mention_id > mention_id)
    return any(p.outbox_id == 0 for p in after)


def _attachments(text: str) -> tuple[tuple[str, str, str], ...]:
    try:
        return tuple((str(u), str(k), str(a)) for u, k, a in json.loads(text)) if text else ()
    except (ValueError, TypeError):
        return ()


def _notes(conn: Connection, mention_id: int) -> tuple[Note, ...]:
    return tuple(Note(*row) for row in conn.execute(_NOTES, (mention_id,)))


def _recent(conn: Connection, author: int) -> tuple[QueueRow, ...]:
    ids = [row[0] for row in conn.execute(_RECENT, (author, MAX_RECENT))]
    return tuple(queue_rows(conn, ids))
