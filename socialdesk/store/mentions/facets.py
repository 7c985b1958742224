"""What an act may change, as groups of columns: recorded, compared and put back row by row, in
sets.

A facet is what `act_row.table_name` holds. Undo compares only what its act decided: opening a
mention that got a label in between is no reason to refuse, nor is a place in the order of need
that moved with the score.
"""

import re
from dataclasses import field
from typing import TYPE_CHECKING

from socialdesk.domain.frozen import frozen

if TYPE_CHECKING:
    from socialdesk.store.file.transaction import Transaction

_HAVE = "CASE :want WHEN 'before' THEN r.after ELSE r.before END"
_WANT = "CASE :want WHEN 'before' THEN r.before ELSE r.after END"
LAST = 1 << 62  # above every row id


@frozen
class Part:
    """Some rows of an act: of one facet ("" = all), with ids from `first` to `last`."""

    facet: str = ""
    first: int = 0
    last: int = LAST


WHOLE = Part()


@frozen
class Facet:
    """Columns that change together; those `decided` were meant, the others follow from them. The
    statements take :seq, :want, :first, :last; row values are packed JSON arrays. Files keep
    values by position: the order of `columns` is never changed."""

    name: str
    table: str
    key: str
    columns: tuple[str, ...]
    decided: tuple[str, ...]
    packed: str = field(init=False)  # SQL for the row as it is now
    moved: str = field(init=False)  # how many rows are no longer what the act left
    put: str = field(init=False)  # every other row becomes what :want says

    def __post_init__(self) -> None:
        stands = " AND ".join(
            f"json_extract({_HAVE}, '$[{i}]') IS {self.table}.{column}"
            for i, column in enumerate(self.columns)
            if column in self.decided
        )
        sets = ", ".join(
            f"{column} = json_extract({_WANT}, '$[{i}]')" for i, column in enumerate(self.columns)
        )
        words = {"TABLE": self.table, "KEY": self.key, "NAME": self.name, "SETS": sets,
                 "STANDS": stands or "1"}  # fmt: skip
        object.__setattr__(self, "packed", f"json_array({', '.join(self.columns)})")
        object.__setattr__(self, "moved", _words(_MOVED, words))
        object.__setattr__(self, "put", _words(_PUT, words))


_MOVED = """
SELECT count(*) FROM act_row r LEFT JOIN TABLE ON TABLE.KEY = r.row_id
WHERE r.seq = :seq AND r.row_id BETWEEN :first AND :last AND r.table_name = 'NAME'
  AND NOT (STANDS)"""

_PUT = """
UPDATE TABLE SET SETS FROM act_row r
WHERE r.seq = :seq AND r.row_id BETWEEN :first AND :last AND r.table_name = 'NAME'
  AND r.row_id = TABLE.KEY AND STANDS"""


def _words(sql: str, words: dict[str, str]) -> str:
    """Our own names put into a statement; nothing typed by anybody comes here."""
    for word, name in words.items():
        sql = re.sub(rf"\b{word}\b", lambda _, name=name: name, sql)  # type: ignore[misc]
    return sql


STATUS = Facet(
    "triage.status", "triage", "mention_id",
    ("status", "disposition", "need_at", "snoozed_until", "is_woken", "decided_at"),
    ("status", "disposition", "snoozed_until"),
)  # fmt: skip
PRIORITY = Facet("triage.priority", "triage", "mention_id", ("priority", "need_at"), ("priority",))
NEED = Facet("triage.need", "triage", "mention_id", ("need_at",), ())
ASSIGNEE = Facet("triage.assignee", "triage", "mention_id", ("assignee_id",), ("assignee_id",))
# Nothing is compared: an undo puts back what the clock showed, whatever was retimed since.
TARGET = Facet("triage.target", "triage", "mention_id", ("due_at", "left_ms"), ())
PIN = Facet("triage.pin", "triage", "mention_id", ("pinned_at",), ("pinned_at",))
MUTED = Facet("author.muted", "author", "id", ("muted_at",), ("muted_at",))
VIP = Facet("author.vip", "author", "id", ("is_vip",), ("is_vip",))
OWN_INSIGHT = Facet(
    "insight.own", "insight", "mention_id", ("own_sentiment", "own_intent", "own_lang", "own_at"),
    ("own_sentiment", "own_intent", "own_lang"),
)  # fmt: skip
RULE = Facet(
    "rule", "rule", "id",
    ("name", "is_on", "conditions", "actions", "off_reason", "deleted_at"),
    ("name", "is_on", "conditions", "actions", "deleted_at"),
)  # fmt: skip
PROMISE = Facet("promise", "promise", "id", ("state", "ended_at"), ("state",))
COLUMN_FACETS = (
    TARGET, STATUS, PRIORITY, NEED, ASSIGNEE, PIN, MUTED, VIP, OWN_INSIGHT, RULE, PROMISE,
)  # fmt: skip

LABEL = "mention_label"  # row = mention, value = [label id, 1 or 0]
NOTE = "note"  # row = note; [] or [mention, person, at, text]
REPLY = "outbox"  # row = outbox; taken back by a move of its own, never put back


def count_moved(tx: "Transaction", seq: int, want: str, part: Part = WHOLE) -> int:
    """How many rows of act `seq` are no longer what it left, seen from the facet where most are.
    `want`: the side ("before", "after") they shall be turned to."""
    values = _values(seq, want, part)
    statements = (*(facet.moved for facet in COLUMN_FACETS), _LABEL_MOVED, _NOTE_MOVED)
    return int(max(tx.conn.execute(sql, values).fetchone()[0] for sql in statements))


def put(tx: "Transaction", seq: int, want: str, part: Part = WHOLE) -> None:
    """Rows of act `seq` become what its side `want` says; what somebody changed since stays."""
    values = _values(seq, want, part)
    for facet in COLUMN_FACETS:
        if part.facet in ("", facet.name):
            tx.conn.execute(facet.put, values)
    for name, statements in ((LABEL, _LABEL_PUT), (NOTE, _NOTE_PUT)):
        for sql in statements if part.facet in ("", name) else ():
            tx.conn.execute(sql, values)


def _values(seq: int, want: str, part: Part) -> dict[str, object]:
    return {"seq": seq, "want": want, "first": part.first, "last": part.last}


_WORDS = {
    "HAVE": _HAVE,
    "WANT": _WANT,
    "ROWS": "r.seq = :seq AND r.row_id BETWEEN :first AND :last",
}
_LABEL_MOVED = _words(
    """
SELECT count(*) FROM act_row r WHERE ROWS AND r.table_name = 'mention_label'
  AND json_extract(HAVE, '$[1]') IS NOT EXISTS (SELECT 1 FROM mention_label
    WHERE label_id = json_extract(r.before, '$[0]') AND mention_id = r.row_id)""",
    _WORDS,
)
# A label that somebody took off, or put on, meanwhile is then already as wanted.
_LABEL_PUT = tuple(
    _words(sql, _WORDS)
    for sql in (
        """
DELETE FROM mention_label WHERE (label_id, mention_id) IN (
  SELECT json_extract(r.before, '$[0]'), r.row_id FROM act_row r
  WHERE ROWS AND r.table_name = 'mention_label' AND json_extract(WANT, '$[1]') = 0)""",
        """
INSERT OR IGNORE INTO mention_label(label_id, mention_id)
  SELECT json_extract(r.before, '$[0]'), r.row_id FROM act_row r
  WHERE ROWS AND r.table_name = 'mention_label' AND json_extract(WANT, '$[1]') = 1""",
    )
)
_NOTE_NOW = (
    "CASE WHEN n.id IS NULL THEN '[]' ELSE json_array(n.mention_id, n.person_id, n.at, n.text) END"
)
_NOTE_MOVED = _words(
    f"""
SELECT count(*) FROM act_row r LEFT JOIN note n ON n.id = r.row_id
WHERE ROWS AND r.table_name = 'note' AND HAVE IS NOT {_NOTE_NOW}""",
    _WORDS,
)
_NOTE_PUT = tuple(
    _words(sql, _WORDS)
    for sql in (
        f"""
DELETE FROM note WHERE id IN (SELECT r.row_id FROM act_row r LEFT JOIN note n ON n.id = r.row_id
  WHERE ROWS AND r.table_name = 'note' AND WANT = '[]' AND HAVE IS {_NOTE_NOW})""",
        """
INSERT OR IGNORE INTO note(id, mention_id, person_id, at, text)
  SELECT r.row_id, json_extract(WANT, '$[0]'), json_extract(WANT, '$[1]'),
    json_extract(WANT, '$[2]'), json_extract(WANT, '$[3]') FROM act_row r
  WHERE ROWS AND r.table_name = 'note' AND WANT <> '[]'""",
    )
)
