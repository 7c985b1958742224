"""The rows of a list, a page at a time: one statement for the page, one for each thing on it."""

import json
from collections.abc import Sequence
from typing import Any, Final

from socialdesk.domain.mentions.insight import Sentiment
from socialdesk.domain.mentions.status import Disposition, Status
from socialdesk.domain.queue.rows import QueueRow
from socialdesk.domain.replies.reply import OutboxState
from socialdesk.store.file.checksum import mention_checksum
from socialdesk.store.file.sqlite import Connection
from socialdesk.store.insight.insight_words import held

MAX_IDS: Final = 100
BODY_CHARS: Final = 280
CHECKED_CHARS: Final = 20_000  # a longer body is checked when it is opened, not in the list

_STATUS: Final = {status.value: status for status in Status}
_DISPOSITION: Final = {disposition.value: disposition for disposition in Disposition}
_SENTIMENT: Final = {mood.value: mood for mood in Sentiment}
_OUTBOX_STATE: Final = {state.value: state for state in OutboxState}
# By name each costs 0.15 µs a row (Python 3.11), a tenth of what making the row takes.
_DONE, _NO_DISPOSITION, _NOT_RATED = Status.DONE, Disposition.NONE, Sentiment.NOT_RATED

# Of the outbox, as `o`: when a held reply goes out by its schedule, else 0.
LEAVES_AT: Final = "iif(o.state = 'held' AND o.hold_reason = 'scheduled', o.held_until, 0)"
_IDS: Final = "(SELECT value FROM json_each(:ids))"
_ALIKE: Final = (
    "(SELECT count(*) FROM insight c WHERE c.copy_of > 0"
    " AND c.copy_of = coalesce(nullif(n.copy_of, 0), m.id))"
)
# One packed value instead of rows: half the time, and no hand-over of the interpreter lock per row.
_PAGE: Final = f"""
SELECT json_group_array(json_array(m.id, m.network, coalesce(a.name, ''), coalesce(a.handle, ''),
  m.title, substr(m.body, 1, {CHECKED_CHARS + 1}), m.published_at, m.warning, m.uri,
  coalesce(a.remote_id, ''), m.checksum,
  m.edited_at, m.deleted_at, m.n_reposts, a.is_vip, a.n_followers,
  t.due_at, t.status, t.disposition, t.priority, t.snoozed_until, t.is_woken, t.reach, p.name,
  t.pinned_at, {held("sentiment", "n")}, {_ALIKE}, t.is_alarming, m.expired_at))
FROM json_each(:ids) i CROSS JOIN mention m ON m.id = i.value
LEFT JOIN author a ON a.id = m.author_id -- one without its author is damaged, and says so
LEFT JOIN triage t ON t.mention_id = m.id LEFT JOIN person p ON p.id = t.assignee_id
LEFT JOIN insight n ON n.mention_id = m.id"""
_LABELS: Final = f"""
SELECT ml.mention_id, l.name FROM mention_label ml JOIN label l ON l.id = ml.label_id
WHERE ml.mention_id IN {_IDS} ORDER BY l.name"""
_OUTBOX: Final = f"""
SELECT o.mention_id, o.state, {LEAVES_AT} FROM outbox o WHERE o.mention_id IN {_IDS}
  AND o.state NOT IN ('taken_back', 'discarded') ORDER BY o.id"""
_DRAFTS: Final = f"SELECT mention_id, 1 FROM draft WHERE mention_id IN {_IDS}"
_PROMISES: Final = f"""
SELECT mention_id, min(due_at) FROM promise WHERE mention_id IN {_IDS} AND state IN ('open', 'late')
GROUP BY mention_id"""


def queue_rows(conn: Connection, ids: Sequence[int]) -> list[QueueRow]:
    """One row per id, in that order, blank when gone. At most MAX_IDS; under 1 ms warm."""
    if len(ids) > MAX_IDS:
        raise ValueError(f"{len(ids)} rows asked for, {MAX_IDS} are a page")
    values = {"ids": json.dumps(list(ids))}
    labels: dict[int, tuple[str, ...]] = {}
    for mention, name in conn.execute(_LABELS, values):
        labels[mention] = (*labels.get(mention, ()), name)
    newest = {  # the last of each mention stays
        mention: (state, leaves_at)
        for mention, state, leaves_at in conn.execute(_OUTBOX, values).fetchall()
    }
    drafts = dict(conn.execute(_DRAFTS, values).fetchall())
    promised = dict(conn.execute(_PROMISES, values).fetchall())
    (packed,) = conn.execute(_PAGE, values).fetchone()
    rows = {
        row[0]: _row(
            row, labels.get(row[0], ()), newest.get(row[0], ("", 0)), row[0] in drafts,
            promised.get(row[0], 0),
        )
        for row in json.loads(packed)
    }  # fmt: skip
    return [rows.get(id) or QueueRow(id=id, network="") for id in ids]


def _row(
    row: list[Any],
    labels: tuple[str, ...],
    outbox: tuple[str, int],
    has_draft: bool,
    promise_at: int,
) -> QueueRow:
    """A value that an enum has not (damage) costs the row nothing but that value. Our own posts and
    context posts are in no queue: nothing of them is left to decide."""
    (id, network, name, handle, title, body, at, warning, uri, author, checksum, edited_at,
     deleted_at, n_reposts, is_vip, n_followers, due_at, status, disposition, priority,
     snoozed_until, is_woken, reach, assignee, pinned_at, mood, n_copies,
     is_alarming, expired_at) = row  # fmt: skip
    is_damaged = (
        len(body) <= CHECKED_CHARS
        and mention_checksum(uri, author, title, body, warning, at) != checksum
    )
    if n_followers is None:
        n_followers = -1 if reach is None else reach
    return QueueRow(  # by position: half the time of names, and a page is 100 of them
        id, network, name or handle, handle, one_line(f"{title}: {body}" if title else body), at,
        due_at or 0, _STATUS.get(status, _DONE),
        _DISPOSITION.get(disposition, _NO_DISPOSITION), priority or 0, snoozed_until or 0,
        is_woken == 1, is_vip == 1, edited_at > 0, deleted_at, n_reposts, n_followers,
        assignee or "", labels, _OUTBOX_STATE.get(outbox[0]), has_draft,
        is_damaged, (pinned_at or 0) > 0, _SENTIMENT.get(mood, _NOT_RATED), n_copies + 1,
        is_alarming == 1, promise_at, outbox[1], expired_at > 0,
    )  # fmt: skip


def one_line(text: str) -> str:
    """The first words for a list: blanks folded, at most BODY_CHARS."""
    if len(text) > BODY_CHARS or not text.isprintable() or "  " in text:
        text = " ".join(text[: BODY_CHARS * 2].split())[:BODY_CHARS]
    return text.strip(" ")  # the other blanks are not printable
