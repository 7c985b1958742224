"""What an act may change of a contact, for undo: the words about them, fields, labels, notes, whose
an author is, who was merged into whom.

A contact made by an act that is undone goes with what the act gave it; when somebody added more
since, undo refuses.
"""

from typing import Final

from socialdesk.store.file.transaction import Transaction

CARD: Final = "contact"  # row = contact; [] or [name, org, channel, crm_url, folded, made_at]
FIELD: Final = "contact_field"  # row = contact, value = [kind, value, 1 or 0]
LABEL: Final = "contact_label"  # row = contact, value = [label id, 1 or 0]
NOTE: Final = "contact_note"  # row = note; [] or [contact, person, at, text]
MERGE: Final = "contact_merge"  # row = merge; [] or [into, from, why, at, person, ended_at]
APART: Final = "contact_apart"  # row = pair; [] or [one, other, at, person]
AUTHOR: Final = "author.contact"  # row = author, value = [contact]
MERGED: Final = "contact.merged"  # row = contact, value = [whom it belongs to, 0 = itself]
NAMES: Final = (CARD, FIELD, LABEL, NOTE, MERGE, APART, AUTHOR, MERGED)

_SIDE: Final = "CASE :side WHEN 'before' THEN r.before ELSE r.after END"
_ROWS: Final = "FROM act_row r WHERE r.seq = :seq AND r.table_name"
_IN_ACT: Final = "SELECT 1 FROM act_row x WHERE x.seq = :seq AND x.table_name"

# Each says whether a row of the act is no longer what :side of the act says.
_MOVED: Final = (
    f"""
SELECT 1 FROM act_row r LEFT JOIN contact c ON c.id = r.row_id
WHERE r.seq = :seq AND r.table_name = 'contact' AND {_SIDE} IS NOT CASE WHEN c.id IS NULL THEN '[]'
  ELSE json_array(c.name, c.org, c.channel, c.crm_url, c.folded, c.made_at) END LIMIT 1""",
    f"""
SELECT 1 {_ROWS} = 'contact_field'
  AND json_extract({_SIDE}, '$[2]') IS NOT EXISTS (SELECT 1 FROM contact_field
    WHERE contact_id = r.row_id AND kind = json_extract(r.before, '$[0]')
      AND value = json_extract(r.before, '$[1]')) LIMIT 1""",
    f"""
SELECT 1 {_ROWS} = 'contact_label'
  AND json_extract({_SIDE}, '$[1]') IS NOT EXISTS (SELECT 1 FROM contact_label
    WHERE label_id = json_extract(r.before, '$[0]') AND contact_id = r.row_id) LIMIT 1""",
    f"""
SELECT 1 FROM act_row r LEFT JOIN contact_note n ON n.id = r.row_id
WHERE r.seq = :seq AND r.table_name = 'contact_note' AND {_SIDE} IS NOT
  CASE WHEN n.id IS NULL THEN '[]'
  ELSE json_array(n.contact_id, n.person_id, n.at, n.text) END LIMIT 1""",
    f"""
SELECT 1 FROM act_row r LEFT JOIN contact_merge g ON g.id = r.row_id
WHERE r.seq = :seq AND r.table_name = 'contact_merge' AND {_SIDE} IS NOT
  CASE WHEN g.id IS NULL THEN '[]'
  ELSE json_array(g.into_id, g.from_id, g.why, g.at, g.person_id, g.ended_at) END LIMIT 1""",
    f"""
SELECT 1 FROM act_row r LEFT JOIN contact_apart p ON p.id = r.row_id
WHERE r.seq = :seq AND r.table_name = 'contact_apart' AND {_SIDE} IS NOT
  CASE WHEN p.id IS NULL THEN '[]'
  ELSE json_array(p.one, p.other, p.at, p.person_id) END LIMIT 1""",
    f"""
SELECT 1 FROM act_row r LEFT JOIN author a ON a.id = r.row_id
WHERE r.seq = :seq AND r.table_name = 'author.contact'
  AND json_extract({_SIDE}, '$[0]') IS NOT a.contact_id LIMIT 1""",
    f"""
SELECT 1 FROM act_row r LEFT JOIN contact c ON c.id = r.row_id
WHERE r.seq = :seq AND r.table_name = 'contact.merged'
  AND json_extract({_SIDE}, '$[0]') IS NOT c.merged_into LIMIT 1""",
    # taking back how a contact began: nothing else may hang on it
    f"""
SELECT 1 {_ROWS} = 'contact' AND r.before = '[]' AND :side = 'after' AND (
  EXISTS (SELECT 1 FROM contact_note n WHERE n.contact_id = r.row_id
    AND NOT EXISTS ({_IN_ACT} = 'contact_note' AND x.row_id = n.id))
  OR EXISTS (SELECT 1 FROM contact_field f WHERE f.contact_id = r.row_id
    AND NOT EXISTS ({_IN_ACT} = 'contact_field' AND x.row_id = r.row_id
      AND json_extract(x.after, '$[0]') = f.kind AND json_extract(x.after, '$[1]') = f.value))
  OR EXISTS (SELECT 1 FROM author a WHERE a.contact_id = r.row_id AND a.contact_id > 0
    AND NOT EXISTS ({_IN_ACT} = 'author.contact' AND x.row_id = a.id))
  OR EXISTS (SELECT 1 FROM contact m WHERE m.merged_into = r.row_id AND m.merged_into > 0
    AND NOT EXISTS ({_IN_ACT} = 'contact.merged' AND x.row_id = m.id))) LIMIT 1""",
)

# Every row becomes what :side says; a contact is there before its fields are.
_PUT: Final = (
    f"""
DELETE FROM contact WHERE id IN (SELECT r.row_id {_ROWS} = 'contact' AND {_SIDE} = '[]')""",
    f"""
INSERT INTO contact(id, name, org, channel, crm_url, folded, made_at, changed_at)
  SELECT r.row_id, json_extract({_SIDE}, '$[0]'), json_extract({_SIDE}, '$[1]'),
    json_extract({_SIDE}, '$[2]'), json_extract({_SIDE}, '$[3]'), json_extract({_SIDE}, '$[4]'),
    json_extract({_SIDE}, '$[5]'), json_extract({_SIDE}, '$[5]')
  {_ROWS} = 'contact' AND {_SIDE} <> '[]'
  ON CONFLICT(id) DO UPDATE SET name = excluded.name, org = excluded.org,
    channel = excluded.channel, crm_url = excluded.crm_url, folded = excluded.folded""",
    f"""
DELETE FROM contact_field WHERE (contact_id, kind, value) IN (
  SELECT r.row_id, json_extract(r.before, '$[0]'), json_extract(r.before, '$[1]')
  {_ROWS} = 'contact_field' AND json_extract({_SIDE}, '$[2]') = 0)""",
    f"""
INSERT OR IGNORE INTO contact_field(contact_id, kind, value)
  SELECT r.row_id, json_extract(r.before, '$[0]'), json_extract(r.before, '$[1]')
  {_ROWS} = 'contact_field' AND json_extract({_SIDE}, '$[2]') = 1""",
    f"""
DELETE FROM contact_label WHERE (label_id, contact_id) IN (
  SELECT json_extract(r.before, '$[0]'), r.row_id
  {_ROWS} = 'contact_label' AND json_extract({_SIDE}, '$[1]') = 0)""",
    f"""
INSERT OR IGNORE INTO contact_label(label_id, contact_id)
  SELECT json_extract(r.before, '$[0]'), r.row_id
  {_ROWS} = 'contact_label' AND json_extract({_SIDE}, '$[1]') = 1""",
    f"""
DELETE FROM contact_note WHERE id IN (
  SELECT r.row_id {_ROWS} = 'contact_note' AND {_SIDE} = '[]')""",
    f"""
INSERT INTO contact_note(id, contact_id, person_id, at, text)
  SELECT r.row_id, json_extract({_SIDE}, '$[0]'), json_extract({_SIDE}, '$[1]'),
    json_extract({_SIDE}, '$[2]'), json_extract({_SIDE}, '$[3]')
  {_ROWS} = 'contact_note' AND {_SIDE} <> '[]'""",
    f"""
DELETE FROM contact_merge WHERE id IN (
  SELECT r.row_id {_ROWS} = 'contact_merge' AND {_SIDE} = '[]')""",
    f"""
INSERT INTO contact_merge(id, into_id, from_id, why, at, person_id, ended_at)
  SELECT r.row_id, json_extract({_SIDE}, '$[0]'), json_extract({_SIDE}, '$[1]'),
    json_extract({_SIDE}, '$[2]'), json_extract({_SIDE}, '$[3]'), json_extract({_SIDE}, '$[4]'),
    json_extract({_SIDE}, '$[5]')
  {_ROWS} = 'contact_merge' AND {_SIDE} <> '[]'
  ON CONFLICT(id) DO UPDATE SET ended_at = excluded.ended_at""",
    f"""
DELETE FROM contact_apart WHERE id IN (
  SELECT r.row_id {_ROWS} = 'contact_apart' AND {_SIDE} = '[]')""",
    f"""
INSERT INTO contact_apart(id, one, other, at, person_id)
  SELECT r.row_id, json_extract({_SIDE}, '$[0]'), json_extract({_SIDE}, '$[1]'),
    json_extract({_SIDE}, '$[2]'), json_extract({_SIDE}, '$[3]')
  {_ROWS} = 'contact_apart' AND {_SIDE} <> '[]'""",
    f"""
UPDATE author SET contact_id = json_extract({_SIDE}, '$[0]') FROM act_row r
WHERE r.seq = :seq AND r.table_name = 'author.contact' AND r.row_id = author.id""",
    f"""
UPDATE contact SET merged_into = json_extract({_SIDE}, '$[0]') FROM act_row r
WHERE r.seq = :seq AND r.table_name = 'contact.merged' AND r.row_id = contact.id""",
)


def touches(tx: Transaction, seq: int) -> bool:
    """Whether the act changed a contact at all."""
    places = ", ".join("?" * len(NAMES))
    rows = f"SELECT 1 FROM act_row WHERE seq = ? AND table_name IN ({places}) LIMIT 1"
    return tx.conn.execute(rows, (seq, *NAMES)).fetchone() is not None


def have_moved(tx: Transaction, seq: int, side: str) -> bool:
    """True when a row of act `seq` is not what its `side` ("before", "after") says."""
    values = {"seq": seq, "side": side}
    return any(tx.conn.execute(sql, values).fetchone() for sql in _MOVED)


def put(tx: Transaction, seq: int, side: str) -> None:
    """Every row of act `seq` becomes what its `side` says."""
    for sql in _PUT:
        tx.conn.execute(sql, {"seq": seq, "side": side})
