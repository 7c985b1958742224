"""Long work in slices: what is to be done lies in the file, so it goes on after a restart.

2026-11: an act on all that match is a snapshot of ids, taken when it begins, in slices of SLICE
rows, each its own transaction: commands and fetched pages pass between two of them, every slice
leaves the counters right, and a killed engine goes on with the slice it had not committed. Jobs
run one after another, in the order they were begun. Stopped, what was done stays done, and is one
act for undo.
"""

import json
from collections.abc import Mapping, Sequence
from enum import Enum
from typing import Any, Final

from socialdesk.domain.changes import Area
from socialdesk.domain.errors import CommandError, CommandFault
from socialdesk.domain.frozen import frozen
from socialdesk.domain.job import JobRow
from socialdesk.store import journal
from socialdesk.store.file.sqlite import Connection
from socialdesk.store.file.transaction import Transaction

SLICE: Final = 500  # rows a transaction: a command waits some 10 ms for one
SHOWN: Final = 20  # jobs a screen lists
KEPT_MS: Final = 86_400_000  # ended jobs are shown for a day


class State(Enum):
    """Of a job."""

    RUNNING = "running"
    DONE = "done"
    STOPPED = "stopped"


@frozen
class Job:
    """A job as it runs. `kind`: a step's journal kind, or "undone", "redone"; `seq`: its act."""

    id: int
    kind: str
    data: Mapping[str, Any]
    seq: int
    person: int
    n_done: int
    n_total: int


@frozen
class Slice:
    """The rows to do next: mentions, or rows of a facet of the act that is turned."""

    id: int
    facet: str
    ids: tuple[int, ...]


def start(
    tx: Transaction, kind: str, seq: int, person: int, data: Mapping[str, Any], ids: Sequence[int]
) -> int:
    """A job over `ids` (ascending). Its id."""
    job = _insert(tx, kind, seq, person, data, len(ids))
    slices = (json.dumps(list(ids[n : n + SLICE])) for n in range(0, len(ids), SLICE))
    tx.conn.executemany(
        "INSERT INTO job_slice(job_id, ids) VALUES (?, ?)", ((job, part) for part in slices)
    )
    return job


def start_turn(tx: Transaction, kind: str, seq: int, person: int, data: Mapping[str, Any]) -> int:
    """A job over every row that act `seq` changed. Its id."""
    job = _insert(tx, kind, seq, person, data, count_rows(tx.conn, seq))
    tx.conn.execute(
        "INSERT INTO job_slice(job_id, facet, ids) "
        "SELECT ?1, table_name, json_group_array(row_id) FROM (SELECT table_name, row_id, "
        "  row_number() OVER (PARTITION BY table_name ORDER BY row_id) / ?3 AS part "
        "  FROM act_row WHERE seq = ?2) GROUP BY table_name, part",
        (job, seq, SLICE),
    )
    return job


def count_rows(conn: Connection, seq: int) -> int:
    """How many rows an act changed."""
    (n,) = conn.execute("SELECT count(*) FROM act_row WHERE seq = ?", (seq,)).fetchone()
    return int(n)


def running(conn: Connection) -> Job | None:
    """The job whose turn it is."""
    row = conn.execute(
        "SELECT id, kind, data, seq, person_id, n_done, n_total FROM job "
        "WHERE state = 'running' ORDER BY id LIMIT 1"
    ).fetchone()
    return row and Job(row[0], row[1], json.loads(row[2]), *row[3:])


def next_slice(tx: Transaction, job: Job) -> Slice | None:
    """What is to be done next; None when nothing is left."""
    row = tx.conn.execute(
        "SELECT id, facet, ids FROM job_slice WHERE job_id = ? ORDER BY id LIMIT 1", (job.id,)
    ).fetchone()
    return row and Slice(row[0], row[1], tuple(json.loads(row[2])))


def note_done(tx: Transaction, job: Job, done: Slice) -> None:
    """A slice is done: it is taken off, in the transaction of its effect."""
    tx.conn.execute("DELETE FROM job_slice WHERE id = ?", (done.id,))
    tx.conn.execute("UPDATE job SET n_done = n_done + ? WHERE id = ?", (len(done.ids), job.id))
    tx.tell_areas_only()
    tx.touch(Area.JOBS, Area.QUEUE)


def end(tx: Transaction, job_id: int, state: State, person: int) -> int:
    """Done, or stopped: what is left of it is dropped. The journal entry, 0 = it had ended.

    Raises CommandError NOT_FOUND."""
    row = tx.conn.execute(
        "SELECT state, seq, n_done, n_total FROM job WHERE id = ?", (job_id,)
    ).fetchone()
    if row is None:
        raise CommandError(CommandFault.NOT_FOUND)
    if row[0] != State.RUNNING.value:
        return 0
    tx.conn.execute("UPDATE job SET state = ? WHERE id = ?", (state.value, job_id))
    tx.conn.execute("DELETE FROM job_slice WHERE job_id = ?", (job_id,))
    tx.conn.execute("DELETE FROM job WHERE state <> 'running' AND at < ?", (tx.now - KEPT_MS,))
    tx.touch(Area.JOBS, Area.QUEUE, Area.LABELS)
    data = {"act": row[1], "n": row[2], "of": row[3], "state": state.value}
    return journal.append(tx, "job_ended", data, person=person)


def stop_act(tx: Transaction, seq: int) -> None:
    """The act is about to be turned: what still works on it stops."""
    for job, person in tx.conn.execute(
        "SELECT id, person_id FROM job WHERE seq = ? AND state = 'running'", (seq,)
    ).fetchall():
        end(tx, job, State.STOPPED, person)


def without_newer(tx: Transaction, seq: int, facet: str, ids: Sequence[int]) -> list[int]:
    """Those of `ids` that no act newer than `seq` changed in the same respect: what somebody
    decided while a job was on its way is not overwritten by it."""
    newer = {
        row[0]
        for row in tx.conn.execute(
            "SELECT row_id FROM act_row WHERE seq > ? AND table_name = ?", (seq, facet)
        )
    }
    return [i for i in ids if i not in newer] if newer else list(ids)


def list_jobs(conn: Connection) -> list[JobRow]:
    """Those that run, and those that ended today, newest first."""
    rows = conn.execute(
        "SELECT id, kind, data, state, n_done, n_total, seq, at FROM job ORDER BY id DESC LIMIT ?",
        (SHOWN,),
    )
    return [
        JobRow(id, kind, str(json.loads(data).get("act_kind", "")), state, n_done, n_total, seq, at)
        for id, kind, data, state, n_done, n_total, seq, at in rows
    ]


def _insert(
    tx: Transaction, kind: str, seq: int, person: int, data: Mapping[str, Any], n_total: int
) -> int:
    made = tx.conn.execute(
        "INSERT INTO job(kind, data, state, n_total, seq, person_id, at) "
        "VALUES (?, ?, 'running', ?, ?, ?, ?)",
        (kind, json.dumps(dict(data)), n_total, seq, person, tx.now),
    ).lastrowid
    tx.touch(Area.JOBS)
    return int(made or 0)
