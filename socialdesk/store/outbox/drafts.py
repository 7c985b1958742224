"""Drafts: one per mention, saved a second after the last key. Typing is no decision: no journal.

A draft keeps its plan (pictures, time, promise) beside its words.
"""

import json
from typing import TYPE_CHECKING

from socialdesk.domain.changes import Area
from socialdesk.domain.queue.rows import Draft
from socialdesk.domain.replies.plan import NO_PLAN, Plan, packed_plan, unpacked_plan
from socialdesk.store.file.sqlite import Connection

if TYPE_CHECKING:
    from socialdesk.store.file.transaction import Transaction

_SAVE = (
    "INSERT INTO draft(mention_id, text, version_id, slot_values, lang, person_id, at, plan) "
    "VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT(mention_id) DO "
)
_REPLACE = (
    "UPDATE SET text = excluded.text, version_id = excluded.version_id, lang = excluded.lang, "
    "slot_values = excluded.slot_values, person_id = excluded.person_id, at = excluded.at, "
    "plan = excluded.plan"
)


def save(tx: "Transaction", draft: Draft, person: int) -> None:
    """In place of the mention's draft; one without words and plan removes it. `draft.at` does not
    count."""
    if not draft.text.strip() and draft.plan.is_empty:
        return remove(tx, draft.mention_id)
    values = (draft.mention_id, draft.text, draft.version_id, packed_values(draft.values),
              draft.lang, person, tx.now, packed_plan(draft.plan))  # fmt: skip
    tx.conn.execute(_SAVE + _REPLACE, values)
    return _told(tx, draft.mention_id)


def bring_back(
    tx: "Transaction",
    mention_id: int,
    text: str,
    version_id: int,
    slot_values: str,
    lang: str,
    person: int,
    plan: Plan = NO_PLAN,
) -> None:
    """The reply that was taken back, unless somebody has begun another one meanwhile."""
    values = (
        mention_id, text, version_id, slot_values, lang, person, tx.now, packed_plan(plan),
    )  # fmt: skip
    tx.conn.execute(_SAVE + "NOTHING", values)
    _told(tx, mention_id)


def remove(tx: "Transaction", mention_id: int) -> None:
    """Sent, or thrown away."""
    tx.conn.execute("DELETE FROM draft WHERE mention_id = ?", (mention_id,))
    _told(tx, mention_id)


def read(conn: Connection, mention_id: int) -> Draft | None:
    """The mention's draft, if it has one."""
    row = conn.execute(
        "SELECT mention_id, text, version_id, slot_values, lang, at, plan FROM draft "
        "WHERE mention_id = ?",
        (mention_id,),
    ).fetchone()
    if row is None:
        return None
    mention, text, version, values, lang, at, plan = row
    return Draft(mention, text, version, unpacked_values(values), lang, at, unpacked_plan(plan))


def packed_values(values: tuple[tuple[str, str], ...]) -> str:
    """Slot values as the file keeps them: a JSON list of [slot, value]."""
    return json.dumps([list(pair) for pair in values], ensure_ascii=False, separators=(",", ":"))


def unpacked_values(text: str) -> tuple[tuple[str, str], ...]:
    """What `packed_values` packed; () for a damaged text."""
    try:
        return tuple((str(slot), str(value)) for slot, value in json.loads(text))
    except (ValueError, TypeError):
        return ()


def _told(tx: "Transaction", mention_id: int) -> None:
    tx.note_updated([mention_id])
    tx.touch(Area.DRAFTS)
