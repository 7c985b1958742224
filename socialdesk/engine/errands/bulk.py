"""Acts on very many mentions: begun by one command, carried on in slices, on a thread of its own.

A slice stands in the writer's queue beside fetched pages, so commands and replies go before it.
"""

import logging
import threading
from collections import deque
from concurrent.futures import Future
from typing import Any

from socialdesk.domain.errors import (
    CommandError,
    CommandFault,
    SocialDeskError,
    StoreError,
    StoreFault,
)
from socialdesk.domain.queue.rows import View
from socialdesk.domain.rules.step import ON_MANY, Step
from socialdesk.engine.clockwork import TICK_S
from socialdesk.engine.commands.bulk import ActOnAll
from socialdesk.engine.kit import Kit
from socialdesk.engine.steps import do_step, facet_of, facts_of, journal_kind, step_of
from socialdesk.engine.work import here_of
from socialdesk.store import commands, jobs
from socialdesk.store.file.short_turns import SHORT_TURNS
from socialdesk.store.file.sqlite import Connection
from socialdesk.store.file.transaction import Transaction
from socialdesk.store.file.writer import Priority
from socialdesk.store.jobs import State
from socialdesk.store.mentions.facets import Part
from socialdesk.store.queue import bulk
from socialdesk.store.triage import acts

AHEAD = 2  # slices in the writer's queue

log = logging.getLogger(__name__)


class Bulk:
    """A part of the clockwork; `begin` is one of the errands."""

    def __init__(self, kit: Kit) -> None:
        self._kit = kit
        self._lock = threading.Lock()
        self._is_busy = False

    def after_jump(self) -> None:
        """No job waits for a time."""

    def step(self) -> float:
        """Go on with what the file says is to be done."""
        with self._lock:
            if not self._is_busy and self._kit.readers.here(jobs.running) is not None:
                try:
                    self._kit.pool.submit(self._run)
                except RuntimeError as e:  # the engine closes: the next one goes on
                    raise StoreError(StoreFault.CLOSED) from e
                self._is_busy = True
        return TICK_S

    def begin(self, command: ActOnAll, command_id: str) -> dict[str, Any]:
        """Take down what matches now, and begin. Raises CommandError NOT_FOUND when nothing does,
        BAD_INPUT."""
        step = step_of(command.kind, command.text, command.number, command.disposition)
        if step.kind not in ON_MANY:
            raise CommandError(CommandFault.BAD_INPUT, what=command.kind)
        ids = sorted(command.ids) or self._matches(command)
        if not ids:
            raise CommandError(CommandFault.NOT_FOUND)
        answer: dict[str, Any] = {"n": len(ids)}

        def write(tx: Transaction) -> int:
            act, job = begin(tx, step, ids, command.view, command.search, here_of(tx))
            answer["job_id"] = job
            commands.remember(tx, command_id, act.seq, answer)
            return act.seq

        answer["seq"] = self._kit.writer.submit(write).result()
        self.step()
        return answer

    def _matches(self, command: ActOnAll) -> list[int]:
        try:
            view = View(command.view)
        except ValueError as e:
            raise CommandError(CommandFault.BAD_INPUT, what=command.view[:40]) from e
        now = self._kit.clock.now_ms()

        def match(conn: Connection) -> list[int]:
            found = list(bulk.match_ids(conn, view, command.search, now))
            conn.execute("PRAGMA shrink_memory")  # this thread may not read again for long
            return found

        return self._kit.readers.here(match)

    def _run(self) -> None:
        goes_on = True
        try:
            ahead: deque[Future[bool]] = deque()
            with SHORT_TURNS.during():
                while goes_on:
                    # Two stand in the queue: else background work slips in between any two.
                    while len(ahead) < AHEAD:
                        ahead.append(
                            self._kit.writer.submit(do_slice, priority=Priority.PAGE, durable=False)
                        )
                    goes_on = ahead.popleft().result()
        except SocialDeskError as e:  # the file closes, or is full: it goes on at the next turn
            log.info("a long act pauses (%s)", e)
        except Exception:
            log.exception("a long act failed")
            self._kit.writer.submit(_give_up)
        with self._lock:
            self._is_busy = False
        if not goes_on:
            self._kit.writer.submit(_let_go, priority=Priority.BACKGROUND, durable=False)
            self.step()  # one that began as this one ended


def begin(
    tx: Transaction, step: Step, ids: list[int], view: str, search: str, person: int
) -> tuple[acts.Act, int]:
    """The act, its journal entry, and the job that carries it out."""
    # Not what was searched for: it may name a person, and the journal is never erased.
    data = {**facts_of(step), "view": view, "is_search": bool(search), **acts.named(ids)}
    act = acts.begin(tx, journal_kind(step), person, data)
    kept = {"step": [step.kind.value, step.text, step.number, step.disposition]}
    return act, jobs.start(tx, journal_kind(step), act.seq, person, kept, ids)


def do_slice(tx: Transaction) -> bool:
    """One slice of the job whose turn it is; False when none is left."""
    job = jobs.running(tx.conn)
    if job is None:
        return False
    part = jobs.next_slice(tx, job)
    if part is None:
        jobs.end(tx, job.id, State.DONE, job.person)
        return True
    if job.kind in ("undone", "redone"):
        want = "before" if job.kind == "undone" else "after"
        acts.turn_part(tx, job.seq, want, Part(part.facet, part.ids[0], part.ids[-1]))
    else:
        try:
            _do(tx, job, part)
        except CommandError as e:  # the time of a snooze has come, the person is gone
            log.info("job %d stops: %s", job.id, e)
            jobs.end(tx, job.id, State.STOPPED, job.person)
            return True
    jobs.note_done(tx, job, part)
    return True


def _do(tx: Transaction, job: jobs.Job, part: jobs.Slice) -> None:
    step = step_of(*job.data["step"])
    ids = list(part.ids)
    if facet := facet_of(step):
        ids = jobs.without_newer(tx, job.seq, facet, ids)
    do_step(tx, acts.Act(job.seq, job.person), ids, step)


def _let_go(tx: Transaction) -> None:
    """The pages of 100,000 rows lie in SQLite's cache: nobody needs them now."""
    tx.conn.execute("PRAGMA shrink_memory")


def _give_up(tx: Transaction) -> None:
    """A job that fails would fail for ever."""
    job = jobs.running(tx.conn)
    if job is not None:
        jobs.end(tx, job.id, State.STOPPED, job.person)
