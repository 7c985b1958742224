"""The live counts of the views, after any run of acts: a recount never finds another number."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any
from unittest.mock import patch

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from socialdesk.domain.errors import CommandError
from socialdesk.domain.mentions.status import Disposition, Status
from socialdesk.domain.people.contact import Imported, Profile
from socialdesk.domain.replies.reply import Posted
from socialdesk.domain.rules.rule import Do, Rule
from socialdesk.domain.rules.step import ON_MANY, Step, StepKind
from socialdesk.engine import commands as c
from socialdesk.engine.errands.bulk import begin, do_slice
from socialdesk.engine.handlers import HANDLERS
from socialdesk.store import jobs
from socialdesk.store.contacts import contact_imports
from socialdesk.store.erasing import erasing
from socialdesk.store.file.transaction import Transaction
from socialdesk.store.mentions import counters
from socialdesk.store.replies import outbox, replies
from socialdesk.store.rules import rule_hits, rules
from socialdesk.store.triage import acts, triage
from tests.makers import a_mention
from tests.rule_makers import a_rule, do
from tests.store.queue_file import QueueFile

AUTHORS = ("ann", "ben", "cat", "dan")
N_PEOPLE = 2
HOUR_S = 3_600.0
RULES = (
    (do(Do.STATUS, "done"),),
    (do(Do.STATUS, "open"), do(Do.MUTE)),
    (do(Do.SNOOZE, 60), do(Do.VIP), do(Do.LABEL, "late")),
    (do(Do.STATUS, "spam"), do(Do.PRIORITY, 1)),
)

some = st.lists(st.integers(0, 40), min_size=1, max_size=8)
person = st.integers(1, N_PEOPLE)
statuses = st.sampled_from(Status).map(lambda s: s.value)
dispositions = st.sampled_from(Disposition).map(lambda d: d.value)
steps = st.builds(
    Step, st.sampled_from(sorted(ON_MANY, key=lambda k: k.value)), st.just("late"),
    st.integers(0, 5), dispositions,
)  # fmt: skip
act = st.one_of(
    st.tuples(st.just("fetch"), st.lists(st.sampled_from(AUTHORS), min_size=1, max_size=4), some),
    st.tuples(st.just("status"), some, statuses, dispositions, st.booleans(), person),
    st.tuples(st.just("snooze"), some, person),
    st.tuples(st.just("open"), some),
    st.tuples(st.just("mute"), some, st.booleans(), person),
    st.tuples(st.just("vip"), some, person),
    st.tuples(st.just("all"), steps, st.integers(0, 6), person),
    st.tuples(st.just("slices"), st.integers(1, 6)),
    st.tuples(st.just("undo"), st.booleans(), person),
    st.tuples(st.just("redo"), st.booleans(), person),
    st.tuples(st.just("rule"), st.integers(0, len(RULES) - 1), some),
    st.tuples(st.just("rule_undo"), st.integers(0, len(RULES) - 1), some),
    st.tuples(st.just("reply"), some, st.sampled_from(["hold", "back", "no", "sent"]), person),
    st.tuples(st.just("time"), st.sampled_from([1.0, 30.0, 24.0 * 30])),
    st.tuples(st.just("erase"), some),
    st.tuples(st.just("people"), st.sampled_from(AUTHORS), person),
)


@contextmanager
def queue_file() -> Iterator[QueueFile]:
    with tempfile.TemporaryDirectory() as folder:
        made = QueueFile(Path(folder))
        try:
            yield made
        finally:
            made.close()


class Office:
    """Does acts by name on a real file; places in lists stand for mentions that are there."""

    def __init__(self, file: QueueFile) -> None:
        self.file = file
        self.rules: list[Rule] = []
        for n, actions in enumerate(RULES):
            rule = a_rule(then=actions, id=0, name=f"Rule {n}")
            self.rules.append(file.write(partial(_kept, rule=rule)))

    def do(self, name: str, *values: Any) -> None:
        getattr(self, name)(*values)

    def ids(self, places: list[int]) -> tuple[int, ...]:
        there = [id for (id,) in self.file.sql("SELECT mention_id FROM triage ORDER BY 1")]
        return tuple(dict.fromkeys(there[n % len(there)] for n in places)) if there else ()

    def command(self, command: Any, person: int = 1) -> Any:
        return self.file.write(lambda tx: HANDLERS[type(command)](tx, command, person))

    def fetch(self, authors: list[str], places: list[int]) -> None:
        self.file.clock.advance(60)
        answered = self.ids(places)[:1]
        uri = self.file.sql("SELECT uri FROM mention WHERE id = ?", *answered) if answered else []
        parent = {"parent_uri": uri[0][0]} if uri else {}
        page = [a_mention(author=who, at=self.file.clock.now, **parent) for who in authors]
        self.file.save(*page)

    def status(
        self, places: list[int], status: int, disposition: int, mutes: bool, person: int
    ) -> None:
        self.command(c.SetStatus(self.ids(places), status, disposition, mutes=mutes), person)

    def snooze(self, places: list[int], person: int) -> None:
        self.command(c.Snooze(self.ids(places), self.file.clock.now + 3_600_000), person)

    def open(self, places: list[int]) -> None:
        for id in self.ids(places)[:1]:
            self.command(c.OpenMention(id))

    def mute(self, places: list[int], is_muted: bool, person: int) -> None:
        self.command(c.SetMuted(self.ids(places), is_muted), person)

    def vip(self, places: list[int], person: int) -> None:
        self.command(c.SetVip(self.ids(places), True), person)

    def all(self, step: Step, n_slices: int, person: int) -> None:
        if step.kind is StepKind.SNOOZE:
            step = Step(step.kind, number=self.file.clock.now + 7_200_000)
        ids = list(self.ids(list(range(40))))
        self.file.write(lambda tx: begin(tx, step, ids, "all", "", person))
        self.slices(n_slices)

    def slices(self, n: int) -> None:
        for _ in range(n):
            self.file.write(do_slice)

    def undo(self, is_past: bool, person: int) -> None:
        self.file.write(lambda tx: acts.undo(tx, person, _newest(tx, person) if is_past else 0))

    def redo(self, is_past: bool, person: int) -> None:
        self.file.write(lambda tx: acts.redo(tx, person, _undone(tx, person) if is_past else 0))

    def rule(self, n: int, places: list[int]) -> None:
        ids = self.ids(places)
        self.file.write(lambda tx: rule_hits.apply(tx, self.rules[n], ids))

    def rule_undo(self, n: int, places: list[int]) -> None:
        ids = self.ids(places)
        self.file.write(lambda tx: rule_hits.undo(tx, self.rules[n].id, ids))

    def reply(self, places: list[int], end: str, person: int) -> None:
        for id in self.ids(places)[:1]:
            new = replies.NewReply(id, "Thank you.", person, f"key {self.file.clock.now} {id}")
            row = self.file.write(partial(replies.add, new=new)).outbox_id
            self.file.write(partial(_end_reply, row=row, end=end, person=person))

    def time(self, hours: float) -> None:
        self.file.clock.advance(hours * HOUR_S)
        self.file.write(triage.wake_snoozes)
        self.file.write(triage.quiet_waiting)

    def erase(self, places: list[int]) -> None:
        for id in self.ids(places)[:1]:
            ((author,),) = self.file.sql("SELECT author_id FROM mention WHERE id = ?", id)
            self.file.write(partial(erasing.erase, contact=0, author=author, person=1))

    def people(self, who: str, person: int) -> None:
        """An import that finds an author of ours, and somebody new."""
        known = Profile(who, fields=(("handle", f"@{who}@pond.example"),))
        found = [Imported(1, known, labels=("late",)), Imported(2, Profile("Eve"), note="new")]

        def write(tx: Transaction) -> None:
            plan = contact_imports.plan(tx.conn, found, contact_imports.UPDATE)
            contact_imports.write(tx, acts.begin(tx, "contacts_imported", person, {}), plan)

        self.file.write(write)


def _kept(tx: Transaction, rule: Rule) -> Rule:
    return Rule(rules.save(tx, rule, 1)[0], rule.name, rule.groups, rule.actions)


def _newest(tx: Transaction, person: int) -> int:
    found = acts._newest(tx.conn, person)
    return found[0] if found else 0


def _undone(tx: Transaction, person: int) -> int:
    found = acts._last_undone(tx.conn, person)
    return found[0] if found else 0


def _end_reply(tx: Transaction, row: int, end: str, person: int) -> None:
    if end == "back":
        replies.take_back(tx, row, person)
    elif end == "no":
        replies.discard(tx, row, person)
    elif end == "sent":
        replies.send_now(tx, row, person)
        claim = outbox.claim_next(tx, ())
        assert claim is not None
        uri = f"https://pond.example/ours/{row}"
        outbox.settle_sent(tx, claim.id, Posted(remote_id=uri, uri=uri, url=uri))


@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(act, min_size=3, max_size=25))
def test_no_run_of_acts_moves_a_count_away_from_its_rows(story: list[Any]) -> None:
    with patch.multiple(jobs, SLICE=3), patch.multiple(acts, LARGE=4), queue_file() as file:
        office = Office(file)
        office.fetch([*AUTHORS, *AUTHORS], [])
        for step in story:
            try:
                office.do(*step)
            except CommandError:
                continue  # refused: nothing of it stands, which the next line sees too
            finally:
                assert not file.write(counters.recount), f"{step} moved a count"
        office.slices(60)
        assert not file.write(counters.recount), "the rest of the long acts moved a count"
        assert file.sql("PRAGMA foreign_key_check") == []
