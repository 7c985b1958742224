"""What a drill's log says for its score, row by row."""

from collections.abc import Iterator
from itertools import count
from pathlib import Path
from typing import Any

import pytest

from socialdesk.domain.crisis.drill import DrillFacts
from socialdesk.domain.crisis.incident import MINUTE_MS, Severity
from socialdesk.store import journal
from socialdesk.store.crisis.drill_facts import read_facts
from socialdesk.store.file.reader import Readers
from socialdesk.store.file.writer import Transaction, Writer
from tests.fakes import NOON, HandClock

ONSET = NOON
DECLARED = ONSET + 4 * MINUTE_MS
NOW = ONSET + 40 * MINUTE_MS
NUMBERS = count(1)


def at(minutes: float) -> int:
    return ONSET + round(minutes * MINUTE_MS)


class Log:
    """A sandbox's file, filled by hand."""

    def __init__(self, path: Path) -> None:
        self._writer = Writer(path, clock=HandClock(NOW), announce=lambda changes: None)
        self._writer.start()
        self._readers = Readers(path)

    def add(self, table: str, **values: Any) -> int:
        def write(tx: Transaction) -> int:
            marks = ", ".join("?" * len(values))
            sql = f"INSERT INTO {table}({', '.join(values)}) VALUES({marks})"
            return int(tx.conn.execute(sql, tuple(values.values())).lastrowid or 0)

        return self._writer.submit(write).result()

    def event(self, kind: str, incident: int | None = 1, **data: Any) -> None:
        self._writer.submit(
            lambda tx: journal.append(tx, kind, data, person=1, incident=incident)
        ).result()

    def reply(self, **values: Any) -> int:
        known = {
            "mention_id": 0, "account_id": 1, "state": "sent", "text": "x", "hash": "",
            "person_id": 1, "made_at": at(5), "sent_at": at(6),
            "dedupe_key": str(next(NUMBERS)), "checksum": 0,
        }  # fmt: skip
        return self.add("outbox", **(known | values))

    def mention(self, body: str) -> int:
        number = next(NUMBERS)
        author = self.add("author", network="mastodon", remote_id=str(number), handle="x", name="x",
                          first_seen_at=1)  # fmt: skip
        return self.add(
            "mention", account_id=1, network="mastodon", uri=str(number), remote_id=str(number),
            author_id=author, body=body, published_at=ONSET, first_seen_at=ONSET,
            conversation_id=number, checksum=0, role=0, kind=1,
        )  # fmt: skip

    def facts(self) -> DrillFacts:
        return self._readers.here(
            lambda conn: read_facts(conn, NOW, onset_at=ONSET, safety_words="answer.")
        )

    def close(self) -> None:
        self._readers.close()
        self._writer.close()


@pytest.fixture
def log(tmp_path: Path) -> Iterator[Log]:
    made = Log(tmp_path / "drill.db")
    made.add("incident", code="INC-1", state="responding", severity=2, declared_at=DECLARED,
             first_statement_at=at(10))  # fmt: skip
    yield made
    made.close()


def test_times_and_severity_are_those_of_the_first_that_was_declared(log: Log):
    log.add("incident", code="INC-2", state="declared", severity=1, declared_at=at(20))
    facts = log.facts()
    assert (facts.declared_at, facts.statement_at) == (DECLARED, at(10))
    assert facts.severity is Severity.SEV2


def test_checks_skipped_and_sends_are_counted_from_the_journal(log: Log):
    log.event("check_skipped", code="R25")
    log.event("check_skipped", incident=None, code="R25")
    log.event("refused", code="R40", facts={"action": "x"})
    log.event("refused", incident=None, code="R40", facts={"action": "x"})
    log.event("refused", code="R25")
    facts = log.facts()
    assert (facts.n_skipped, facts.n_sends) == (1, 2)


Check = tuple[float, str, str, str]
SEEN: Check = (5, "seen", "till", "yes")
TOLD: Check = (6, "person", "Bea", "yes")


@pytest.mark.parametrize(
    ("checks", "n"),
    [
        ([SEEN, TOLD], 0),
        ([SEEN], 1),
        ([SEEN, (6, "seen", "till", "yes")], 1),  # one source twice
        ([(5, "post", "a", "yes"), (6, "post", "b", "yes")], 1),  # posts alone
        ([SEEN, TOLD, (7, "document", "log", "no")], 1),
        ([SEEN, (30, "person", "Bea", "yes")], 1),  # after it was out
    ],
)
def test_a_claim_counts_as_unconfirmed_by_what_was_known_when_it_went_out(
    log: Log, checks: list[Check], n: int
):
    fact = log.add("fact_item", incident_id=1, key="scope", gate="serious", question="?")
    for minute, kind, source, says in checks:
        log.add("fact_check", fact_id=fact, at=at(minute), person_id=1, source_kind=kind,
                source_ref=source, says=says)  # fmt: skip
    statement = log.add("statement", incident_id=1, kind="serious", person_id=1, at=at(8))
    version = log.add("statement_version", statement_id=statement, n=1, lang="en", text="x",
                      person_id=1, edited_at=at(8), hash="x")  # fmt: skip
    log.add("statement_fact", version_id=version, fact_id=fact)
    log.reply(statement_version_id=version, sent_at=at(10))
    assert log.facts().n_unconfirmed == n


def test_promises_to_all_and_to_one_are_kept_only_in_time(log: Log):
    for due, state, kept in ((12, "kept", 11), (14, "kept", 15), (20, "late", 0), (99, "open", 0)):
        log.add("incident_promise", incident_id=1, to_kind="public", due_at=at(due), state=state,
                kept_at=at(kept) if kept else 0)  # fmt: skip
    log.add("promise", mention_id=1, due_at=at(30), state="kept", person_id=1, made_at=at(6),
            ended_at=at(29))  # fmt: skip
    log.add("promise", mention_id=2, due_at=at(30), state="open", person_id=1, made_at=at(6))
    facts = log.facts()
    assert (facts.n_promises_due, facts.n_promises_kept) == (5, 2)


def test_a_held_reply_that_left_as_it_was_is_wrong(log: Log):
    log.reply(hold_incident=1, state="held")
    log.reply(hold_incident=1, decision="keep", sent_at=at(15))
    log.reply(hold_incident=1, decision="discard", state="discarded")
    facts = log.facts()
    assert (facts.n_held, facts.n_released) == (3, 1)


@pytest.mark.parametrize(("safety_at", "is_first"), [(8, True), (20, False)])
def test_safety_is_first_when_no_other_reply_left_before_it(
    log: Log, safety_at: int, is_first: bool
):
    log.reply(mention_id=log.mention("Please answer."), sent_at=at(safety_at))
    log.reply(mention_id=log.mention("Where is my cake?"), sent_at=at(12))
    log.reply(mention_id=log.mention("From before"), made_at=at(2), sent_at=at(3))
    assert log.facts().is_safety_first is is_first


def test_nobody_answered_is_neither(log: Log):
    assert log.facts().is_safety_first is None


def test_staff_are_told_by_a_notice_to_an_audience_of_theirs(log: Log):
    press = log.add("audience", name="Press", kind="press")
    staff = log.add("audience", name="Staff", kind="staff")
    log.add("audience_notice", incident_id=1, audience_id=press, at=at(9), person_id=1)
    assert not log.facts().is_staff_told
    log.add("audience_notice", incident_id=1, audience_id=staff, at=at(9), person_id=1)
    assert log.facts().is_staff_told


def test_without_a_declaration_only_the_sends_are_known(tmp_path: Path):
    log = Log(tmp_path / "empty.db")
    log.event("refused", incident=None, code="R40", facts={"action": "x"})
    assert log.facts() == DrillFacts(ONSET, n_sends=1)
    log.close()
