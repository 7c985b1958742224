"""Long runs of a rule: over what is stored (changing nothing), over the queue, and back again.

Each goes in pieces and can be looked at and stopped by its ticket. Only a piece that changes
something goes through the writer, behind every command; killed in between, what was done stands
whole mention by mention.
"""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from typing import Any, Final

from socialdesk.domain.errors import CommandError, CommandFault
from socialdesk.domain.rules.rule import Field, Rule, UndoCount
from socialdesk.domain.rules.rule_run import decide
from socialdesk.domain.rules.rule_trial import Trying
from socialdesk.engine.commands import rules as c
from socialdesk.engine.handlers.rules import rule_of
from socialdesk.engine.kit import Kit
from socialdesk.engine.rules.on_pages import zone_of
from socialdesk.engine.rules.patterns import finds
from socialdesk.engine.rules.trial_json import trial_json
from socialdesk.engine.work import here_of
from socialdesk.store import commands, journal, settings
from socialdesk.store.crisis import lock
from socialdesk.store.file.sqlite import Connection
from socialdesk.store.file.transaction import Transaction
from socialdesk.store.file.writer import Priority
from socialdesk.store.mentions.facets import LAST
from socialdesk.store.rules import rule_facts, rule_hits, rules
from socialdesk.store.triage.acts import Act

READ, CHANGED, UNDONE = 1_000, 500, 200  # mentions a piece
NO_NAME: Final = "—"  # a dry run may come before a name was thought of

Answer = dict[str, Any]


@dataclass(slots=True)
class _Run:
    n_done: int = 0
    n_total: int = 0
    stop: threading.Event = field(default_factory=threading.Event)


class RuleRuns:
    """Errands; each on a thread of its own. Thread-safe."""

    def __init__(self, kit: Kit) -> None:
        self._kit = kit
        self._runs: dict[str, _Run] = {}
        self.work: dict[type, Callable[[Any, str], Answer]] = {
            c.DryRunRule: self._dry_run,
            c.ApplyRule: self._apply,
            c.UndoRule: self._undo,
            c.PeekRun: self._peek,
            c.StopRun: self._stop,
        }

    def close(self) -> None:
        """Every run ends after its piece."""
        for run in list(self._runs.values()):
            run.stop.set()

    def _peek(self, command: c.PeekRun, _: str) -> Answer:
        run = self._runs.get(command.ticket) or _Run()
        return {"n_done": run.n_done, "n_total": run.n_total}

    def _stop(self, command: c.StopRun, _: str) -> Answer:
        if (run := self._runs.get(command.ticket)) is not None:
            run.stop.set()
        return {}

    def _dry_run(self, command: c.DryRunRule, _: str) -> Answer:
        rule = rule_of(0, NO_NAME, command.conditions, command.actions)
        trying = Trying(rule, finds)
        with self._under_way(command.ticket) as run:
            run.n_total = self._read(rule_facts.count)
            run.n_total = min(run.n_total, command.n) if command.n > 0 else run.n_total
            before = LAST
            while run.n_done < run.n_total and not run.stop.is_set():
                size = min(READ, run.n_total - run.n_done)
                mentions = self._read(
                    lambda conn, before=before, size=size: rule_facts.read(  # type: ignore[misc]
                        conn,
                        rule_facts.ids_before(conn, before, size),
                        _zone(conn),
                        with_watches=rule.asks(Field.WATCH),
                    )
                )
                if not mentions:
                    break
                before = mentions[0].facts.mention_id
                trying.take(mentions[::-1])
                run.n_done += len(mentions)
            is_whole = not run.stop.is_set()
        if is_whole:
            self._kit.writer.submit(lambda tx: rules.remember_trial(tx, rule)).result()
        return trial_json(trying.trial(is_whole=is_whole))

    def _apply(self, command: c.ApplyRule, command_id: str) -> Answer:
        """Decided on a reading thread, done in pieces of one act. What somebody decided in between
        is left alone."""
        with self._under_way(command.ticket) as run:
            row = self._read(lambda conn: rules.find(conn, command.rule_id))
            if row.rule is None:
                raise CommandError(CommandFault.RULE, code="unreadable")
            ids = self._caught(row.rule, run)
            if not ids:
                return {"n": 0, "is_whole": not run.stop.is_set()}
            act = self._begin(row.rule, len(ids), command_id)
            run.n_done, run.n_total, n = 0, len(ids), 0
            for start in range(0, len(ids), CHANGED):
                if run.stop.is_set():
                    break
                piece = ids[start : start + CHANGED]
                n += self._change(act, row.rule, piece)
                run.n_done += len(piece)
            return {"n": n, "is_whole": run.n_done == run.n_total, "seq": act.seq}

    def _caught(self, rule: Rule, run: _Run) -> list[int]:
        ids = self._read(rule_facts.undecided_ids)
        run.n_total = len(ids)
        found: list[int] = []
        for start in range(0, len(ids), READ):
            if run.stop.is_set():
                break
            piece = ids[start : start + READ]

            def read(conn: Connection, piece: list[int] = piece) -> list[Any]:
                new = rule_hits.not_yet_hit(conn, rule.id, piece)
                return rule_facts.read(conn, new, _zone(conn))

            decided = decide([rule], self._read(read), finds)
            if rule.id in decided.failed:
                raise decided.failed[rule.id]
            found += [hit.mention_id for hit in decided.hits]
            run.n_done += len(piece)
        return found

    def _begin(self, rule: Rule, n: int, command_id: str) -> Act:
        def write(tx: Transaction) -> Act:
            act = rule_hits.begin_run(tx, rule, n, here_of(tx))
            commands.remember(tx, command_id, act.seq, {"n": n, "is_whole": False})
            return act

        return self._kit.writer.submit(write).result()

    def _change(self, act: Act, rule: Rule, ids: list[int]) -> int:
        def write(tx: Transaction) -> int:
            still = lock.not_locked(tx.conn, rule_facts.still_undecided(tx.conn, ids))
            new = rule_hits.not_yet_hit(tx.conn, rule.id, still)
            if new:
                rule_hits.do(tx, act, rule, new)
            return len(new)

        return self._kit.writer.submit(write, priority=Priority.BACKGROUND).result()

    def _undo(self, command: c.UndoRule, command_id: str) -> Answer:
        counts, seq = [0, 0, 0], 0
        with self._under_way(command.ticket) as run:
            run.n_total = (
                1
                if command.mention_id
                else self._read(
                    lambda conn: rule_hits.count_standing(conn, command.rule_id, command.since)
                )
            )
            before = LAST
            while not run.stop.is_set() and (ids := self._next(command, before)):
                piece = partial(_undo_piece, command=command, ids=ids)
                done, undone = self._kit.writer.submit(piece, priority=Priority.BACKGROUND).result()
                seq = done or seq
                counts = [a + b for a, b in zip(
                    counts, (undone.n, undone.n_changed, undone.n_gone), strict=True
                )]  # fmt: skip
                run.n_done += len(ids)
                before = 0 if command.mention_id else ids[-1]
        answer = dict(zip(("n", "n_changed", "n_gone"), counts, strict=True))
        self._kit.writer.submit(lambda tx: commands.remember(tx, command_id, seq, answer)).result()
        return {**answer, "seq": seq}

    def _next(self, command: c.UndoRule, before: int) -> list[int]:
        if command.mention_id:
            return [command.mention_id] if before == LAST else []
        ids: list[int] = self._read(
            lambda conn: rule_hits.standing_ids(
                conn, command.rule_id, command.since, before, UNDONE
            )
        )
        return ids

    @contextmanager
    def _under_way(self, ticket: str) -> Iterator[_Run]:
        run = _Run()
        if ticket:
            self._runs[ticket] = run
        try:
            yield run
        finally:
            self._runs.pop(ticket, None)

    def _read(self, read: Callable[[Connection], Any]) -> Any:
        return self._kit.readers.here(read)


def _undo_piece(tx: Transaction, command: c.UndoRule, ids: list[int]) -> tuple[int, UndoCount]:
    """Some mentions of a long undo, and the journal entry of just these (0 = nothing was put back):
    killed or closed afterwards, the journal says all the same what was done."""
    undone = rule_hits.undo(tx, command.rule_id, ids)
    if not undone.n:
        return 0, undone
    data = {"rule": command.rule_id, "mention": command.mention_id, "n": undone.n,
            "n_changed": undone.n_changed, "n_gone": undone.n_gone}  # fmt: skip
    return journal.append(tx, "rule_undone", data, person=here_of(tx)), undone


def _zone(conn: Connection) -> Any:
    return zone_of(settings.read_all(conn))
