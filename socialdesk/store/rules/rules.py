"""Rules as rows: in their order, on or off, with what they did."""

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from socialdesk.domain.changes import Area
from socialdesk.domain.errors import CommandError, CommandFault, StoreError
from socialdesk.domain.rules.rule import Do, Rule, RuleRow
from socialdesk.domain.rules.rule_json import (
    UnreadableRuleError,
    actions_json,
    conditions_json,
    digest,
    read_rule,
)
from socialdesk.store import journal, people
from socialdesk.store.file.savepoint import savepoint
from socialdesk.store.file.sqlite import Connection, store_errors
from socialdesk.store.mentions import facets
from socialdesk.store.triage import acts

if TYPE_CHECKING:
    from socialdesk.store.file.transaction import Transaction

MAX_RULES: Final = 200
_NAMED: Final = {
    Do.ASSIGN: "SELECT 1 FROM person WHERE id = ?",
    Do.TEMPLATE: "SELECT 1 FROM template WHERE id = ? AND is_archived = 0",
}
_ROWS: Final = """
SELECT r.id, r.name, r.is_on, r.conditions, r.actions, r.n_slow, r.off_reason,
  (SELECT count(*) FROM rule_hit h LEFT JOIN act a ON a.seq = h.seq WHERE h.rule_id = r.id
    AND h.undone_at = 0 AND coalesce(a.undone_seq, 0) = 0),
  coalesce((SELECT max(at) FROM rule_hit h WHERE h.rule_id = r.id), 0)
FROM rule r WHERE r.deleted_at = 0 ORDER BY r.position, r.id"""
_RUNNING: Final = """
SELECT id, name, conditions, actions, n_slow FROM rule
WHERE is_on = 1 AND deleted_at = 0 ORDER BY position, id"""


def list_rules(conn: Connection) -> list[RuleRow]:
    """In their order. One that cannot be read is shown, and is off."""
    return [_row(conn, *row) for row in conn.execute(_ROWS).fetchall()]


def running(conn: Connection) -> list[Rule]:
    """Those that are on, in their order; one that cannot be read does nothing."""
    rules = []
    for row in conn.execute(_RUNNING):
        try:
            rules.append(read_rule(*row))
        except UnreadableRuleError:
            continue
    return rules


def find(conn: Connection, rule_id: int) -> RuleRow:
    """Raises CommandError NOT_FOUND."""
    for row in list_rules(conn):
        if row.id == rule_id:
            return row
    raise CommandError(CommandFault.NOT_FOUND)


def texts(rule: Rule) -> tuple[str, str]:
    """Its conditions and actions as they are stored."""
    return conditions_json(rule), actions_json(rule.actions)


def missing(conn: Connection, rule: Rule) -> tuple[int, Do] | None:
    """The first action that names a person or a template that is not there: its place and kind."""
    for place, action in enumerate(rule.actions):
        sql = _NAMED.get(action.do)
        if sql is not None and conn.execute(sql, (action.value,)).fetchone() is None:
            return place, action.do
        if action.do is Do.ASSIGN and action.value in people.put_away_ids(conn):
            return place, action.do
    return None


def is_tried(conn: Connection, rule: Rule) -> bool:
    """Whether a dry run of exactly these conditions and actions was seen."""
    found = conn.execute("SELECT 1 FROM rule_trial WHERE digest = ?", (digest(rule),))
    return found.fetchone() is not None


def remember_trial(tx: "Transaction", rule: Rule) -> None:
    """Its dry run went to its end."""
    tx.conn.execute(
        "INSERT INTO rule_trial(digest, at) VALUES (?, ?) "
        "ON CONFLICT(digest) DO UPDATE SET at = excluded.at",
        (digest(rule), tx.now),
    )
    tx.touch(Area.RULES)


def save(tx: "Transaction", rule: Rule, person: int) -> tuple[int, int, bool]:
    """`rule.id` 0 makes a new one, last and off. One that does something else now is switched off
    unless that was tried. Id, journal entry, whether it is on. Raises CommandError NOT_FOUND."""
    is_on = False
    if rule.id:
        before = find(tx.conn, rule.id)
        same = before.rule is not None and digest(before.rule) == digest(rule)
        is_on = before.is_on and (same or is_tried(tx.conn, rule))
    else:
        rule = _made(tx, rule, person)
    values = (rule.name, int(is_on), conditions_json(rule), actions_json(rule.actions), person,
              tx.now, rule.id)  # fmt: skip

    def change() -> None:
        tx.conn.execute(
            "UPDATE rule SET name = ?, is_on = ?, conditions = ?, actions = ?, person_id = ?,"
            " changed_at = ?, off_reason = '', n_slow = 0, deleted_at = 0 WHERE id = ?",
            values,
        )

    return rule.id, _acted(tx, person, "rule_saved", rule.id, change), is_on


def move(tx: "Transaction", rule_id: int, step: int, person: int) -> int:
    """`step` places down, up when negative; as far as there are any. The journal entry. Raises
    CommandError NOT_FOUND."""
    find(tx.conn, rule_id)
    ids = [row[0] for row in tx.conn.execute(
        "SELECT id FROM rule WHERE deleted_at = 0 ORDER BY position, id"
    )]  # fmt: skip
    at = ids.index(rule_id)
    ids.insert(max(0, min(len(ids), at + step)), ids.pop(at))
    tx.conn.executemany(
        "UPDATE rule SET position = ? WHERE id = ?", [(n, id) for n, id in enumerate(ids, 1)]
    )
    tx.touch(Area.RULES)
    return journal.append(tx, "rule_moved", {"rule": rule_id, "step": step}, person=person)


def set_on(tx: "Transaction", rule_id: int, is_on: bool, person: int) -> int:
    """The journal entry. The caller has asked whether it was tried. Raises CommandError
    NOT_FOUND."""
    find(tx.conn, rule_id)

    def change() -> None:
        tx.conn.execute(
            "UPDATE rule SET is_on = ?, off_reason = '', n_slow = 0 WHERE id = ?",
            (int(is_on), rule_id),
        )

    return _acted(tx, person, "rule_on" if is_on else "rule_off", rule_id, change)


def delete(tx: "Transaction", rule_id: int, person: int) -> int:
    """What it did stays, and so do its hits. The journal entry. Raises CommandError NOT_FOUND."""
    find(tx.conn, rule_id)

    def change() -> None:
        tx.conn.execute("UPDATE rule SET deleted_at = ? WHERE id = ?", (tx.now, rule_id))

    return _acted(tx, person, "rule_deleted", rule_id, change)


def switch_off(tx: "Transaction", rule_id: int, reason: str) -> None:
    """By the program. `reason`: failed, slow."""
    tx.conn.execute("UPDATE rule SET is_on = 0, off_reason = ? WHERE id = ?", (reason, rule_id))
    journal.append(tx, "rule_stopped", {"rule": rule_id, "why": reason}, person=None)
    tx.touch(Area.RULES)


def count_slow(tx: "Transaction", rule_id: int, n: int) -> None:
    """So many more texts its expression was too slow for."""
    tx.conn.execute("UPDATE rule SET n_slow = n_slow + ? WHERE id = ?", (n, rule_id))


def attempt(tx: "Transaction", work: Callable[[], None]) -> Exception | None:
    """`work` wholly or not at all; what it raised. What is wrong with the file itself is raised on:
    then nothing of the page is stored."""
    try:
        with store_errors(), savepoint(tx):
            work()
    except StoreError:
        raise
    except Exception as e:  # whatever one rule does must not cost the page
        return e
    return None


def _made(tx: "Transaction", rule: Rule, person: int) -> Rule:
    """An empty place at the end of the list; it counts as deleted until it is filled."""
    (n,) = tx.conn.execute("SELECT count(*) FROM rule WHERE deleted_at = 0").fetchone()
    if n >= MAX_RULES:
        raise CommandError(CommandFault.BAD_INPUT, what=str(n + 1))
    made = tx.conn.execute(
        "INSERT INTO rule(name, position, conditions, actions, person_id, changed_at, deleted_at)"
        " VALUES ('', (SELECT coalesce(max(position), 0) + 1 FROM rule), '', '', ?, ?, ?)",
        (person, tx.now, tx.now),
    ).lastrowid
    return replace(rule, id=int(made or 0))


def _acted(
    tx: "Transaction", person: int, kind: str, rule_id: int, change: Callable[[], None]
) -> int:
    """A change of one rule that undo can find; its journal entry."""
    act = acts.begin(tx, kind, person, {"rule": rule_id})
    before = _packed(tx.conn, rule_id)
    change()
    tx.conn.execute(
        "INSERT INTO act_row(seq, table_name, row_id, before, after) VALUES (?, ?, ?, ?, ?)",
        (act.seq, facets.RULE.name, rule_id, before, _packed(tx.conn, rule_id)),
    )
    tx.touch(Area.RULES)
    return act.seq


def _packed(conn: Connection, rule_id: int) -> str:
    sql = f"SELECT {facets.RULE.packed} FROM rule WHERE id = ?"
    return str(conn.execute(sql, (rule_id,)).fetchone()[0])


def _row(
    conn: Connection, id: int, name: str, is_on: int, conditions: str, actions: str, n_slow: int,
    off_reason: str, n_hits: int, last_hit_at: int,
) -> RuleRow:  # fmt: skip
    try:
        rule = read_rule(id, name, conditions, actions, n_slow)
    except UnreadableRuleError:
        return RuleRow(id, name, False, None, off_reason, False, n_hits, last_hit_at)
    return RuleRow(
        id, name, bool(is_on), rule, off_reason, is_tried(conn, rule), n_hits, last_hit_at
    )  # fmt: skip
