"""What rules do to mentions, and how that is taken back.

A rule acts through the same functions as a person. Its act belongs to nobody (person 0), so that
nobody's Ctrl+Z meets it; it is taken back by rule and mention, all of a mention's part or nothing.
"""

import json
from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Final

from socialdesk.domain.changes import Area
from socialdesk.domain.mentions.status import Disposition, Status
from socialdesk.domain.rules.rule import Action, Do, Rule, RuleHit, Suggestion, UndoCount
from socialdesk.domain.rules.rule_json import UnreadableRuleError, actions_json, read_actions
from socialdesk.domain.rules.rule_run import Hit
from socialdesk.store import journal, people
from socialdesk.store.file.sqlite import Connection
from socialdesk.store.mentions import facets
from socialdesk.store.mentions.facets import Part
from socialdesk.store.rules import rule_notices
from socialdesk.store.triage import acts, tags, triage
from socialdesk.store.triage.acts import Act

if TYPE_CHECKING:
    from socialdesk.store.file.transaction import Transaction

PROGRAM: Final = 0  # no person has this number
APPLIED_KIND: Final = "rule_applied"
RUN_KIND: Final = "rule_run"  # by a person, on what is in the queue
MINUTE_MS: Final = 60_000
_STATUS: Final = {
    "open": (Status.OPEN, Disposition.NONE),
    "done": (Status.DONE, Disposition.NO_REPLY_NEEDED),
    "spam": (Status.SPAM, Disposition.NONE),
}
# VIP moves what a priority moves too, and muting leaves alone what has a status already.
_ORDER: Final = (Do.VIP, Do.LABEL, Do.PRIORITY, Do.ASSIGN, Do.STATUS, Do.SNOOZE, Do.MUTE,
                 Do.TEMPLATE, Do.NOTIFY, Do.ALERT, Do.STOP)  # fmt: skip


def apply(tx: "Transaction", rule: Rule, ids: Sequence[int]) -> None:
    """What `rule` does to these mentions, by the program. Raises CommandError where an action
    cannot be done (a person who is gone): nothing of it then stands."""
    data = {"rule": rule.id, "name": rule.name, "did": _told(rule.actions), **acts.named(list(ids))}
    seq = journal.append(tx, APPLIED_KIND, data, person=None)
    tx.conn.execute(
        "INSERT INTO act(seq, person_id, kind) VALUES (?, ?, ?)", (seq, PROGRAM, APPLIED_KIND)
    )
    do(tx, Act(seq, PROGRAM), rule, ids)


def begin_run(tx: "Transaction", rule: Rule, n: int, person: int) -> Act:
    """An act of a person: this rule on what is in the queue, at most `n` mentions."""
    data = {"rule": rule.id, "name": rule.name, "did": _told(rule.actions), "n": n}
    return acts.begin(tx, RUN_KIND, person, data)


def do(tx: "Transaction", act: Act, rule: Rule, ids: Sequence[int]) -> None:
    """The rule's actions as part of `act`, and its hits. Raises CommandError."""
    for action in sorted(rule.actions, key=lambda a: _ORDER.index(a.do)):
        _do(tx, act, rule, action, ids)
    did = actions_json(rule.actions)
    tx.conn.executemany(
        "INSERT INTO rule_hit(mention_id, rule_id, at, seq, did) VALUES (?, ?, ?, ?, ?)"
        " ON CONFLICT(mention_id, rule_id) DO UPDATE SET at = excluded.at, seq = excluded.seq,"
        " did = excluded.did, undone_at = 0",
        [(id, rule.id, tx.now, act.seq, did) for id in ids],
    )
    tx.note_updated(ids)
    tx.touch(Area.RULES)


def _do(tx: "Transaction", act: Act, rule: Rule, action: Action, ids: Sequence[int]) -> None:
    value = action.value
    match action.do:
        case Do.LABEL:
            tags.add_label(tx, act, ids, str(value))
        case Do.PRIORITY:
            triage.set_priority(tx, act, ids, int(value))
        case Do.STATUS:
            triage.set_status(tx, act, ids, *_STATUS[str(value)])
        case Do.SNOOZE:
            triage.snooze(tx, act, ids, tx.now + int(value) * MINUTE_MS)
        case Do.ASSIGN:
            if int(value) not in people.put_away_ids(tx.conn):  # else it stays nobody's
                triage.assign(tx, act, ids, int(value))
        case Do.VIP:
            triage.set_vip(tx, act, ids, True)
        case Do.MUTE:
            triage.set_muted(tx, act, ids, True)
        case Do.NOTIFY | Do.ALERT:
            is_urgent = action.do is Do.ALERT
            rule_notices.tell(tx, rule.id, str(value), ids, is_urgent=is_urgent)
        case Do.TEMPLATE | Do.STOP:
            pass  # the hit says it


def undo(tx: "Transaction", rule_id: int, ids: Sequence[int]) -> UndoCount:
    """Take back what the rule did to these mentions; `ids` without a standing hit are passed
    over. A mention somebody changed since is left alone, and its hit stands."""
    hits = _standing(tx.conn, rule_id, ids)
    n = n_changed = n_gone = 0
    for mention, seq in sorted(hits, reverse=True):
        if not _is_kept(tx.conn, seq):
            n_gone += 1
            continue
        parts = _parts_left(tx, seq, mention)
        if parts is None:
            n_changed += 1
            continue
        for part in parts:
            acts.turn_part(tx, seq, "before", part)
        rule_notices.withdraw(tx, rule_id, mention)
        tx.conn.execute(
            "UPDATE rule_hit SET undone_at = ? WHERE mention_id = ? AND rule_id = ?",
            (tx.now, mention, rule_id),
        )
        tx.note_updated([mention])
        n += 1
    tx.touch(Area.QUEUE, Area.LABELS, Area.RULES)
    return UndoCount(n, n_changed, n_gone)


def _is_kept(conn: Connection, seq: int) -> bool:
    """What the act changed can be put back still."""
    return conn.execute("SELECT 1 FROM act WHERE seq = ?", (seq,)).fetchone() is not None


def standing_ids(conn: Connection, rule_id: int, since: int, before: int, limit: int) -> list[int]:
    """Mentions with a standing hit of the rule at `since` (ms) or later, ids below `before`,
    newest first."""
    rows = conn.execute(
        "SELECT h.mention_id FROM rule_hit h LEFT JOIN act a ON a.seq = h.seq"
        " WHERE h.rule_id = ? AND h.at >= ? AND h.mention_id < ? AND h.undone_at = 0"
        " AND coalesce(a.undone_seq, 0) = 0 ORDER BY h.mention_id DESC LIMIT ?",
        (rule_id, since, before, limit),
    )
    return [id for (id,) in rows]


def count_standing(conn: Connection, rule_id: int, since: int = 0) -> int:
    """How many mentions an undo of the rule would look at."""
    return len(standing_ids(conn, rule_id, since, facets.LAST, -1))


def not_yet_hit(conn: Connection, rule_id: int, ids: Sequence[int]) -> list[int]:
    """Those of `ids` without a standing hit of the rule."""
    hit = {mention for mention, _ in _standing(conn, rule_id, ids)}
    return [id for id in ids if id not in hit]


def forget_before(tx: "Transaction", at: int) -> int:
    """Acts of rules that are older than `at` (ms) can be taken back no more; the hits stay. How
    many acts went."""
    return tx.conn.execute(
        "DELETE FROM act WHERE person_id = ? AND seq IN (SELECT seq FROM rule_hit WHERE at < ?)",
        (PROGRAM, at),
    ).rowcount


def hits_of(conn: Connection, mention_id: int) -> list[RuleHit]:
    """What rules did to a mention, in the order of time."""
    rows = conn.execute(
        "SELECT h.rule_id, r.name, h.at, h.did, h.undone_at > 0 OR coalesce(a.undone_seq, 0) > 0"
        " FROM rule_hit h JOIN rule r ON r.id = h.rule_id LEFT JOIN act a ON a.seq = h.seq"
        " WHERE h.mention_id = ? ORDER BY h.seq, r.position",
        (mention_id,),
    )
    return [RuleHit(id, name, at, _read(did), bool(undone)) for id, name, at, did, undone in rows]


def suggestions(conn: Connection, mention_id: int) -> list[Suggestion]:
    """Templates that rules offer for a mention, each once, in the order of the rules."""
    found: dict[int, Suggestion] = {}
    for hit in hits_of(conn, mention_id):
        for action in hit.did if not hit.is_undone else ():
            if action.do is not Do.TEMPLATE:
                continue
            row = conn.execute(
                "SELECT name FROM template WHERE id = ? AND is_archived = 0", (action.value,)
            ).fetchone()
            if row is not None:
                template = int(action.value)
                found.setdefault(template, Suggestion(template, row[0], hit.name))
    return list(found.values())


def by_rule(hits: Sequence[Hit], rules: Sequence[Rule]) -> Mapping[int, list[int]]:
    """Mentions per rule, in the order of the rules."""
    of: dict[int, list[int]] = defaultdict(list)
    for hit in hits:
        of[hit.rule_id].append(hit.mention_id)
    return {rule.id: of[rule.id] for rule in rules if rule.id in of}


def _standing(conn: Connection, rule_id: int, ids: Sequence[int]) -> list[tuple[int, int]]:
    return conn.execute(
        "SELECT h.mention_id, h.seq FROM json_each(?) w JOIN rule_hit h ON h.mention_id = w.value"
        " AND h.rule_id = ? LEFT JOIN act a ON a.seq = h.seq"
        " WHERE h.undone_at = 0 AND coalesce(a.undone_seq, 0) = 0",
        (json.dumps(list(ids)), rule_id),
    ).fetchall()


def _parts_left(tx: "Transaction", seq: int, mention: int) -> list[Part] | None:
    """What is to be put back; None when somebody changed it since. An author's mark may have been
    put back with another mention of theirs."""
    own = Part("", mention, mention)
    if facets.count_moved(tx, seq, "before", own):
        return None
    parts = [own]
    for part in _parts_of_author(tx.conn, seq, mention):
        if not facets.count_moved(tx, seq, "before", part):
            parts.append(part)
        elif facets.count_moved(tx, seq, "after", part):
            return None
    return parts


def _parts_of_author(conn: Connection, seq: int, mention: int) -> list[Part]:
    """Rows of the act about the mention's author, and what else of theirs was filed with it."""
    authors = conn.execute(
        "SELECT r.table_name, r.row_id FROM mention m JOIN act_row r ON r.row_id = m.author_id"
        " WHERE m.id = ? AND r.seq = ? AND r.table_name IN ('author.muted', 'author.vip')",
        (mention, seq),
    ).fetchall()
    parts = [Part(name, author, author) for name, author in authors]
    if authors:
        others = conn.execute(
            "SELECT r.table_name, r.row_id FROM act_row r JOIN mention m ON m.id = r.row_id"
            " WHERE r.seq = ? AND m.author_id = ? AND r.table_name = 'triage.status'"
            " AND NOT EXISTS (SELECT 1 FROM rule_hit h"
            "   WHERE h.mention_id = m.id AND h.seq = r.seq)",
            (seq, authors[0][1]),
        )
        parts += [Part(name, id, id) for name, id in others.fetchall()]
    return parts


def _told(actions: Sequence[Action]) -> list[list[str | int]]:
    return [[a.do.value, a.value] for a in actions]


def _read(did: str) -> tuple[Action, ...]:
    try:
        return read_actions(did)
    except UnreadableRuleError:  # a later program knew more
        return ()
