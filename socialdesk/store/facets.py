"""What an act may change, as groups of columns: recorded, compared and put back row by row, in
sets.

A facet is what `act_row.table_name` holds. Undo compares only the columns its act moved: opening
a mention that got a label in between is no reason to refuse.
"""

from dataclasses import dataclass, field

from socialdesk.store.transaction import Transaction

_SIDE = "CASE :side WHEN 'before' THEN r.before ELSE r.after END"


@dataclass(frozen=True, slots=True)
class Facet:
    """Columns that change together. The statements take :seq; row values are packed JSON arrays."""

    name: str
    table: str
    key: str
    columns: tuple[str, ...]
    packed: str = field(init=False)  # SQL for the row as it is now
    moved: str = field(init=False)  # a row that is no longer what :side of the act says
    put: str = field(init=False)  # every row becomes what :side says

    def __post_init__(self) -> None:
        words = {"TABLE": self.table, "KEY": self.key, "NAME": self.name, "SIDE": _SIDE}
        sets = ", ".join(
            f"{column} = json_extract({_SIDE}, '$[{i}]')" for i, column in enumerate(self.columns)
        )
        object.__setattr__(self, "packed", f"json_array({', '.join(self.columns)})")
        object.__setattr__(self, "moved", _words(_MOVED, words | {"PACKED": self.packed}))
        object.__setattr__(self, "put", _words(_PUT, words | {"SETS": sets}))


_MOVED = """
SELECT 1 FROM act_row r LEFT JOIN TABLE x ON x.KEY = r.row_id
WHERE r.seq = :seq AND r.table_name = 'NAME'
  AND SIDE IS NOT PACKED LIMIT 1"""

_PUT = """
UPDATE TABLE SET SETS FROM act_row r
WHERE r.seq = :seq AND r.table_name = 'NAME' AND r.row_id = TABLE.KEY"""


def _words(sql: str, words: dict[str, str]) -> str:
    """Our own names put into a statement; nothing typed by anybody comes here."""
    for word, name in words.items():
        sql = sql.replace(word, name)
    return sql


STATUS = Facet(
    "triage.status", "triage", "mention_id",
    ("status", "disposition", "need_at", "snoozed_until", "is_woken", "decided_at"),
)  # fmt: skip
PRIORITY = Facet("triage.priority", "triage", "mention_id", ("priority", "need_at"))
NEED = Facet("triage.need", "triage", "mention_id", ("need_at",))
ASSIGNEE = Facet("triage.assignee", "triage", "mention_id", ("assignee_id",))
MUTED = Facet("author.muted", "author", "id", ("muted_at",))
VIP = Facet("author.vip", "author", "id", ("is_vip",))
COLUMN_FACETS = (STATUS, PRIORITY, NEED, ASSIGNEE, MUTED, VIP)

LABEL = "mention_label"  # row = mention, value = [label id, 1 or 0]
NOTE = "note"  # row = note; [] or [mention, person, at, text]
REPLY = "outbox"  # row = outbox; taken back by a move of its own, never put back


def have_moved(tx: Transaction, seq: int, side: str) -> bool:
    """True when a row of act `seq` is not what its `side` ("before", "after") says."""
    values = {"seq": seq, "side": side}
    statements = (*(facet.moved for facet in COLUMN_FACETS), _LABEL_MOVED, _NOTE_MOVED)
    return any(tx.conn.execute(sql, values).fetchone() for sql in statements)


def put(tx: Transaction, seq: int, side: str) -> None:
    """Every row of act `seq` becomes what its `side` says."""
    values = {"seq": seq, "side": side}
    for sql in (*(facet.put for facet in COLUMN_FACETS), *_LABEL_PUT, *_NOTE_PUT):
        tx.conn.execute(sql, values)


_LABEL_MOVED = _words(
    """
SELECT 1 FROM act_row r WHERE r.seq = :seq AND r.table_name = 'mention_label'
  AND json_extract(SIDE, '$[1]') IS NOT EXISTS (SELECT 1 FROM mention_label
    WHERE label_id = json_extract(r.before, '$[0]') AND mention_id = r.row_id) LIMIT 1""",
    {"SIDE": _SIDE},
)
_LABEL_PUT = tuple(
    _words(sql, {"SIDE": _SIDE})
    for sql in (
        """
DELETE FROM mention_label WHERE (label_id, mention_id) IN (
  SELECT json_extract(r.before, '$[0]'), r.row_id FROM act_row r
  WHERE r.seq = :seq AND r.table_name = 'mention_label' AND json_extract(SIDE, '$[1]') = 0)""",
        """
INSERT OR IGNORE INTO mention_label(label_id, mention_id)
  SELECT json_extract(r.before, '$[0]'), r.row_id FROM act_row r
  WHERE r.seq = :seq AND r.table_name = 'mention_label' AND json_extract(SIDE, '$[1]') = 1""",
    )
)
_NOTE_MOVED = _words(
    """
SELECT 1 FROM act_row r LEFT JOIN note n ON n.id = r.row_id
WHERE r.seq = :seq AND r.table_name = 'note' AND SIDE IS NOT CASE WHEN n.id IS NULL THEN '[]'
  ELSE json_array(n.mention_id, n.person_id, n.at, n.text) END LIMIT 1""",
    {"SIDE": _SIDE},
)
_NOTE_PUT = tuple(
    _words(sql, {"SIDE": _SIDE})
    for sql in (
        """
DELETE FROM note WHERE id IN (SELECT row_id FROM act_row r
  WHERE r.seq = :seq AND r.table_name = 'note' AND SIDE = '[]')""",
        """
INSERT INTO note(id, mention_id, person_id, at, text)
  SELECT r.row_id, json_extract(SIDE, '$[0]'), json_extract(SIDE, '$[1]'),
    json_extract(SIDE, '$[2]'), json_extract(SIDE, '$[3]') FROM act_row r
  WHERE r.seq = :seq AND r.table_name = 'note' AND SIDE <> '[]'""",
    )
)
