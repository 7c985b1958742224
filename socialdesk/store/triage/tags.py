"""Labels and notes on mentions: ours alone, found by search, undoable."""

import json
from collections.abc import Sequence
from typing import Final

from socialdesk.domain.changes import Area
from socialdesk.domain.errors import CommandError, CommandFault
from socialdesk.store.file.transaction import Transaction
from socialdesk.store.mentions import facets
from socialdesk.store.mentions.textindex import reindexed
from socialdesk.store.triage import acts, labels, targets
from socialdesk.store.triage.acts import Act


def add_label(tx: Transaction, act: Act | None, ids: Sequence[int], name: str) -> int:
    """The label is made when there is none of that name. How many did not wear it. Raises
    CommandError BAD_INPUT."""
    return _label(tx, act, ids, labels.find_or_make(tx, name), wears=1)


def remove_label(tx: Transaction, act: Act | None, ids: Sequence[int], name: str) -> int:
    """How many wore it. Raises CommandError NOT_FOUND when there is no such label."""
    label = labels.find(tx.conn, name)
    if label is None:
        raise CommandError(CommandFault.NOT_FOUND)
    return _label(tx, act, ids, label, wears=0)


def add_note(tx: Transaction, act: Act | None, mention_id: int, person: int, text: str) -> int:
    """A team's note; its id. Raises CommandError EMPTY, NOT_FOUND."""
    text = text.strip()
    if not text:
        raise CommandError(CommandFault.EMPTY)
    if not tx.conn.execute("SELECT 1 FROM mention WHERE id = ?", (mention_id,)).fetchone():
        raise CommandError(CommandFault.NOT_FOUND)
    values = (mention_id, person, tx.now, text)
    with reindexed(tx, [mention_id]):
        note = tx.conn.execute(
            "INSERT INTO note(mention_id, person_id, at, text) VALUES (?, ?, ?, ?)", values
        ).lastrowid
    if act is not None:
        acts.record(tx, act, facets.NOTE, note or 0, [], list(values))
    tx.note_updated([mention_id])
    return int(note or 0)


def _label(tx: Transaction, act: Act | None, ids: Sequence[int], label: int, *, wears: int) -> int:
    values = {"ids": json.dumps(list(ids)), "label": label, "wears": wears}
    moved = [row[0] for row in tx.conn.execute(_DIFFERENT, values)]
    values["ids"] = json.dumps(moved)
    if act is not None:
        tx.conn.execute(_RECORD, {**values, "seq": act.seq})
    tx.conn.execute(_WEAR if wears else _TAKE_OFF, values)
    targets.follow_label(tx, act, moved, label)
    tx.note_updated(moved)
    tx.touch(Area.LABELS)
    return len(moved)


_DIFFERENT: Final = """
SELECT m.id FROM mention m WHERE m.id IN (SELECT value FROM json_each(:ids)) AND :wears <> EXISTS (
  SELECT 1 FROM mention_label l WHERE l.label_id = :label AND l.mention_id = m.id)"""
_RECORD: Final = """
INSERT INTO act_row(seq, table_name, row_id, before, after)
SELECT :seq, 'mention_label', value, json_array(:label, 1 - :wears), json_array(:label, :wears)
FROM json_each(:ids)"""
_WEAR: Final = """
INSERT OR IGNORE INTO mention_label(label_id, mention_id)
SELECT :label, value FROM json_each(:ids)"""
_TAKE_OFF: Final = """
DELETE FROM mention_label WHERE label_id = :label
  AND mention_id IN (SELECT value FROM json_each(:ids))"""
