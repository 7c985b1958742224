"""Undo and redo: each act keeps what it changed, so both outlive a restart.

An act that somebody or something else changed since is not taken back by itself: nothing is
touched, and the refusal names it. Asked again with `past`, what nobody changed is put back, the
rest is left as it is and counted, and the way to older acts is free. An act on very many rows is
turned by a job (`jobs.py`), which always goes about it this way. A reply is taken back only while
it is held or waits for approval, a statement at the accounts where it is held, a case for a CRM
until it leaves; afterwards undo goes past it. A new act ends the redo of older ones.
"""

import json
from collections.abc import Mapping
from typing import Any

from socialdesk.domain.changes import Area
from socialdesk.domain.errors import CommandError, CommandFault
from socialdesk.domain.frozen import frozen
from socialdesk.store import jobs, journal
from socialdesk.store.crm import crm_case_rows, crm_cases
from socialdesk.store.file.sqlite import Connection
from socialdesk.store.file.transaction import Transaction
from socialdesk.store.insight import insights
from socialdesk.store.mentions import contact_facets, counters, facets, need_order
from socialdesk.store.mentions.facets import WHOLE, Part
from socialdesk.store.mentions.textindex import reindexed
from socialdesk.store.outbox import outbox_moves

KEPT = 200  # acts a person can go back; older ones keep their journal entries only
SHOWN_IDS = 100  # ids named in a journal entry or an answer; the rest is a number
REPLY_KIND = "reply_written"
STATEMENT_KIND = "statement_queued"
CASE_KIND, CASE_TABLE = "crm_case_made", "crm_case"
LARGE = 2_000  # rows of an act that are turned at once, in some 40 ms; more take a job


@frozen
class Act:
    """An act under way: `seq` is its journal entry."""

    seq: int
    person: int


@frozen
class UndoneAct:
    """What undo or redo did. `seq`: its own journal entry; `kind`, `act_seq`: of the act; `ids`:
    the first mentions it touched, of `n`; `n_left`: rows left alone, changed since; `job`: which
    carries it out, 0 = done."""

    seq: int
    act_seq: int
    kind: str
    n: int
    ids: tuple[int, ...]
    n_left: int = 0
    job: int = 0


def begin(tx: Transaction, kind: str, person: int, data: Mapping[str, Any]) -> Act:
    """A journal entry and an act that undo can find; the redo of older acts ends."""
    return stand(tx, journal.append(tx, kind, dict(data), person=person), kind, person)


def stand(tx: Transaction, seq: int, kind: str, person: int) -> Act:
    """The act of a journal entry that is written already."""
    tx.conn.execute(
        "UPDATE act SET is_dead = 1 WHERE person_id = ? AND undone_seq > 0 AND is_dead = 0",
        (person,),
    )
    tx.conn.execute(
        "DELETE FROM act WHERE person_id = ?1 AND seq <= "
        "(SELECT seq FROM act WHERE person_id = ?1 ORDER BY seq DESC LIMIT 1 OFFSET ?2) "
        "AND seq NOT IN (SELECT seq FROM job WHERE state = 'running')",
        (person, KEPT - 1),
    )
    tx.conn.execute("INSERT INTO act(seq, person_id, kind) VALUES (?, ?, ?)", (seq, person, kind))
    return Act(seq, person)


def named(ids: tuple[int, ...] | list[int]) -> dict[str, Any]:
    """Mentions for a journal entry: how many, and the first of them."""
    return {"n": len(ids), "ids": list(ids[:SHOWN_IDS])}


def record(tx: Transaction, act: Act, facet: str, row: int, before: Any, after: Any) -> None:
    """One row that `act` changed, outside the sets of `facets.py`."""
    tx.conn.execute(
        "INSERT INTO act_row(seq, table_name, row_id, before, after) VALUES (?, ?, ?, ?, ?)",
        (act.seq, facet, row, packed(before), packed(after)),
    )


def fold(tx: Transaction, act: Act) -> None:
    """A row that the act changed twice in the same respect: from its first side to its last."""
    while twice := tx.conn.execute(_TWICE, (act.seq,)).fetchall():
        folded = set()
        for table, row, first, middle, last in twice:
            if (table, row) in folded:  # three times: the rest in the next round
                continue
            folded.add((table, row))
            tx.conn.execute(f"DELETE FROM act_row WHERE {_ONE}", (act.seq, table, row, middle))
            tx.conn.execute(
                f"UPDATE act_row SET after = ? WHERE {_ONE}", (last, act.seq, table, row, first)
            )


def undo(tx: Transaction, person: int, past: int = 0) -> UndoneAct:
    """Take back this person's newest act. `past`: of this act only what nobody changed since.
    Raises CommandError NOTHING_TO_UNDO, CHANGED_SINCE."""
    found = _newest(tx.conn, person)
    if found is None:
        raise CommandError(CommandFault.NOTHING_TO_UNDO)
    seq, kind = found
    if kind == REPLY_KIND:
        return _take_reply_back(tx, person, seq)
    if kind == CASE_KIND:
        return _take_case_back(tx, person, seq)
    if kind == STATEMENT_KIND:
        return _take_statement_back(tx, person, seq)
    jobs.stop_act(tx, seq)
    return _turn_act(tx, person, seq, kind, want="before", past=past)


def redo(tx: Transaction, person: int, past: int = 0) -> UndoneAct:
    """Do again what this person undid last; `past` as in `undo`. Raises CommandError
    NOTHING_TO_REDO, CHANGED_SINCE."""
    found = _last_undone(tx.conn, person)
    if found is None:
        raise CommandError(CommandFault.NOTHING_TO_REDO)
    seq, kind = found
    jobs.stop_act(tx, seq)
    return _turn_act(tx, person, seq, kind, want="after", past=past)


def _turn_act(
    tx: Transaction, person: int, seq: int, kind: str, *, want: str, past: int
) -> UndoneAct:
    word = "undone" if want == "before" else "redone"
    if contact_facets.touches(tx, seq):
        return _turn_contacts(tx, person, seq, kind, want=want, past=past)
    n_rows = jobs.count_rows(tx.conn, seq)
    is_large = n_rows > LARGE
    n_left = 0 if is_large else facets.count_moved(tx, seq, want)
    if n_left and past != seq:
        raise CommandError(CommandFault.CHANGED_SINCE, act=seq, kind=kind, n=n_rows, n_moved=n_left)
    done = journal.append(tx, word, {"act": seq, "kind": kind, "left": n_left}, person=person)
    undone = done if want == "before" else 0
    is_dead = int(bool(n_left) and n_left >= n_rows)  # nothing of it was put back
    tx.conn.execute("UPDATE act SET undone_seq = ?, is_dead = ? WHERE seq = ?",
                    (undone or (done if is_dead else 0), is_dead, seq))  # fmt: skip
    if is_large:
        job = jobs.start_turn(tx, word, seq, person, {"act_kind": kind})
        ids = tuple(_ids(tx, _FIRST_TOUCHED, seq))
        return UndoneAct(done, seq, kind, n_rows, ids, job=job)
    turn_part(tx, seq, want)
    return _told(tx, done, seq, kind, n_left)


def _turn_contacts(
    tx: Transaction, person: int, seq: int, kind: str, *, want: str, past: int
) -> UndoneAct:
    """An act about people, an import included: whole or not at all, in sets. Gone past, all of it
    is left as it is, and the way to older acts is free."""
    word, have = ("undone", "after") if want == "before" else ("redone", "before")
    if contact_facets.have_moved(tx, seq, have):
        if past != seq:
            raise CommandError(CommandFault.CHANGED_SINCE, act=seq, kind=kind, n=1, n_moved=1)
        n_left = jobs.count_rows(tx.conn, seq)
        done = journal.append(tx, word, {"act": seq, "kind": kind, "left": n_left}, person=person)
        tx.conn.execute("UPDATE act SET undone_seq = ?, is_dead = 1 WHERE seq = ?", (done, seq))
        return _told(tx, done, seq, kind, n_left)
    contact_facets.put(tx, seq, want)
    done = journal.append(tx, word, {"act": seq, "kind": kind}, person=person)
    undone = done if want == "before" else 0
    tx.conn.execute("UPDATE act SET undone_seq = ? WHERE seq = ?", (undone, seq))
    tx.touch(Area.CONTACTS)
    return _told(tx, done, seq, kind, 0)


def peek(conn: Connection, person: int) -> tuple[str, str]:
    """The kinds of act that undo and redo would turn now; "" = none."""
    newest, undone = _newest(conn, person), _last_undone(conn, person)
    return newest[1] if newest else "", undone[1] if undone else ""


def _newest(conn: Connection, person: int) -> tuple[int, str] | None:
    found: tuple[int, str] | None = conn.execute(
        "SELECT a.seq, a.kind FROM act a WHERE a.person_id = ? AND a.undone_seq = 0 "
        "AND (EXISTS (SELECT 1 FROM act_row r WHERE r.seq = a.seq) "
        "  OR EXISTS (SELECT 1 FROM job j WHERE j.seq = a.seq AND j.state = 'running')) "
        f"AND (a.kind = '{STATEMENT_KIND}' "
        "  OR NOT EXISTS (SELECT 1 FROM act_row r JOIN outbox o ON o.id = r.row_id "
        "  WHERE r.seq = a.seq AND r.table_name = 'outbox' "
        "  AND (o.state NOT IN ('held', 'approval') OR o.hold_reason = 'crisis'))) "
        f"AND (a.kind <> '{STATEMENT_KIND}' OR EXISTS (SELECT 1 {_STILL_HELD} a.seq)) "
        f"AND (a.kind <> '{CASE_KIND}' OR EXISTS (SELECT 1 FROM act_row r JOIN crm_case k "
        f"  ON k.id = r.row_id WHERE r.seq = a.seq AND r.table_name = '{CASE_TABLE}' "
        "  AND k.state = 'queued' AND k.n_tries = 0)) "
        "ORDER BY a.seq DESC LIMIT 1",
        (person,),
    ).fetchone()
    return found


def _last_undone(conn: Connection, person: int) -> tuple[int, str] | None:
    found: tuple[int, str] | None = conn.execute(
        "SELECT seq, kind FROM act WHERE person_id = ? AND undone_seq > 0 AND is_dead = 0 "
        "ORDER BY undone_seq DESC LIMIT 1",
        (person,),
    ).fetchone()
    return found


def turn_part(tx: Transaction, seq: int, want: str, part: Part = WHOLE) -> None:
    """Rows of the act to its side `want`, counters and the order of need with them."""
    before = _status_groups(tx, seq, part)
    with reindexed(tx, _ids(tx, _WORDS_CHANGE, seq) if part.facet in ("", facets.NOTE) else []):
        facets.put(tx, seq, want, part)
    counters.move(tx.conn, before, _status_groups(tx, seq, part))
    need_order.place_anew(tx, _undecided(tx, seq, part))
    if corrected := _corrected(tx, seq, part):
        insights.settle(tx, corrected)


def _undecided(tx: Transaction, seq: int, part: Part) -> list[int]:
    """What needs a reply among the mentions of a part: its score may have moved meanwhile."""
    sql = (
        "SELECT DISTINCT t.mention_id FROM act_row r JOIN triage t ON t.mention_id = r.row_id "
        "WHERE r.seq = :seq AND r.row_id BETWEEN :first AND :last AND t.status <= 1 "
        "AND r.table_name IN ('triage.status', 'triage.priority', 'triage.need', 'triage.target')"
    )
    values = {"seq": seq, "first": part.first, "last": part.last}
    return [row[0] for row in tx.conn.execute(sql, values)]


def _corrected(tx: Transaction, seq: int, part: Part) -> list[int]:
    """Mentions of which something that was read is corrected in a part of the act."""
    sql = (
        "SELECT row_id FROM act_row WHERE seq = :seq AND row_id BETWEEN :first AND :last "
        f"AND table_name = '{facets.OWN_INSIGHT.name}'"
    )
    values = {"seq": seq, "first": part.first, "last": part.last}
    return [row[0] for row in tx.conn.execute(sql, values)]


def _status_groups(tx: Transaction, seq: int, part: Part) -> dict[tuple[int, int], int]:
    """Mentions per (status, disposition) among the rows whose status the act changed."""
    groups = tx.conn.execute(
        "SELECT t.status, t.disposition, count(*) FROM act_row r "
        "JOIN triage t ON t.mention_id = r.row_id "
        "WHERE r.seq = ? AND r.table_name = 'triage.status' AND r.row_id BETWEEN ? AND ? "
        "GROUP BY t.status, t.disposition",
        (seq, part.first, part.last),
    )
    return {(status, disposition): n for status, disposition, n in groups}


def _take_reply_back(tx: Transaction, person: int, seq: int) -> UndoneAct:
    """A reply that has not left goes back to its draft, and what it let wait needs a reply again,
    unless that was decided otherwise since. Not redone: sending again is a new act."""
    (outbox_id,) = tx.conn.execute(
        "SELECT row_id FROM act_row WHERE seq = ? AND table_name = 'outbox'", (seq,)
    ).fetchone()
    done = outbox_moves.take_back(tx, outbox_id, person)
    if not facets.count_moved(tx, seq, "before"):
        turn_part(tx, seq, "before")
        tx.note_updated(_ids(tx, _TOUCHED, seq))
    tx.conn.execute("UPDATE act SET undone_seq = ?, is_dead = 1 WHERE seq = ?", (done, seq))
    mention = outbox_moves.read(tx.conn, outbox_id).mention_id
    return UndoneAct(done, seq, REPLY_KIND, 1, (mention,))


def take_reply_back(tx: Transaction, outbox_id: int, person: int) -> int:
    """The same for one reply, whoever wrote it and whatever was done since. The journal entry.

    Raises CommandError TOO_LATE once it has left."""
    found = tx.conn.execute(
        "SELECT r.seq FROM act_row r JOIN act a ON a.seq = r.seq "
        "WHERE a.kind = ? AND a.undone_seq = 0 AND r.table_name = 'outbox' AND r.row_id = ?",
        (REPLY_KIND, outbox_id),
    ).fetchone()
    if found is None:  # so many acts ago that its act is kept no more
        return outbox_moves.take_back(tx, outbox_id, person)
    return _take_reply_back(tx, person, found[0]).seq


def _take_statement_back(tx: Transaction, person: int, seq: int) -> UndoneAct:
    """What of it is held does not leave; where it left already is counted. It makes no draft: its
    words are kept with the statement. Not redone: publishing again is a new act."""
    held = [row for (row,) in tx.conn.execute(f"SELECT r.row_id {_STILL_HELD} ?", (seq,))]
    done = 0
    for outbox_id in held:
        done = outbox_moves.take_back(tx, outbox_id, person)
    tx.conn.execute("UPDATE act SET undone_seq = ?, is_dead = 1 WHERE seq = ?", (done, seq))
    tx.touch(Area.INCIDENTS)
    (n_left,) = tx.conn.execute(
        "SELECT count(*) FROM act_row r JOIN outbox o ON o.id = r.row_id WHERE r.seq = ? "
        "AND r.table_name = 'outbox' AND o.state NOT IN ('taken_back', 'discarded')",
        (seq,),
    ).fetchone()
    mention = outbox_moves.read(tx.conn, held[0]).mention_id
    ids = (mention,) if mention else ()
    return UndoneAct(done, seq, STATEMENT_KIND, len(ids), ids, n_left)


def _take_case_back(tx: Transaction, person: int, seq: int) -> UndoneAct:
    """A case that has not left yet is not made. Not redone: making it again is a new act."""
    (case_id,) = tx.conn.execute(
        "SELECT row_id FROM act_row WHERE seq = ? AND table_name = ?", (seq, CASE_TABLE)
    ).fetchone()
    done = crm_cases.discard(tx, case_id, person)
    tx.conn.execute("UPDATE act SET undone_seq = ?, is_dead = 1 WHERE seq = ?", (done, seq))
    mention = crm_case_rows.read(tx.conn, case_id).mention_id
    return UndoneAct(done, seq, CASE_KIND, 1, (mention,))


def _told(tx: Transaction, done: int, seq: int, kind: str, n_left: int) -> UndoneAct:
    ids = _ids(tx, _TOUCHED, seq)
    tx.note_updated(ids)
    tx.touch(Area.QUEUE, Area.LABELS, Area.RULES)
    return UndoneAct(done, seq, kind, len(ids), tuple(ids[:SHOWN_IDS]), n_left)


def _ids(tx: Transaction, sql: str, seq: int) -> list[int]:
    return [row[0] for row in tx.conn.execute(sql, {"seq": seq})]


_ONE = "seq = ? AND table_name = ? AND row_id = ? AND before = ?"
_TWICE = """
SELECT a.table_name, a.row_id, a.before, b.before, b.after FROM act_row a
JOIN act_row b ON b.seq = a.seq AND b.table_name = a.table_name AND b.row_id = a.row_id
  AND b.before = a.after AND a.before <> b.before
WHERE a.seq = ? AND a.table_name LIKE 'triage.%'"""

_WORDS_CHANGE = """
SELECT json_extract(CASE before WHEN '[]' THEN after ELSE before END, '$[0]')
  FROM act_row WHERE seq = :seq AND table_name = 'note'"""

_STILL_HELD = (  # of the act named next; the seconds of undo
    "FROM act_row r JOIN outbox o ON o.id = r.row_id WHERE r.table_name = 'outbox' "
    "AND o.state = 'held' AND o.hold_reason = 'undo' AND r.seq ="
)
_FIRST_TOUCHED = "SELECT row_id FROM act_row WHERE seq = :seq AND table_name <> 'author' LIMIT 1"
_TOUCHED = """
SELECT row_id FROM act_row WHERE seq = :seq
  AND (table_name IN ('mention_label', 'insight.own') OR table_name LIKE 'triage.%')
UNION SELECT t.mention_id FROM act_row r JOIN mention m ON m.author_id = r.row_id
  JOIN triage t ON t.mention_id = m.id WHERE r.seq = :seq AND r.table_name LIKE 'author.%'
UNION SELECT json_extract(after, '$[0]') FROM act_row WHERE seq = :seq AND table_name = 'note'"""


def packed(value: Any) -> str:
    """A side of a row, as `act_row` keeps it."""
    return json.dumps(value, separators=(",", ":"), ensure_ascii=False)
