"""Promises of an incident: made and kept by publications, told of three times, never lost."""

from pathlib import Path

import pytest

from socialdesk.store.crisis import incident_dues as dues
from tests.store.queue_file import QueueFile

MINUTE = 60_000


@pytest.fixture
def file(tmp_path: Path):
    made = QueueFile(tmp_path)
    made.execute("INSERT INTO incident(id, code, state) VALUES (1, 'INC-2026-0001', 'holding')")
    yield made
    made.close()


def publish(file: QueueFile, version: int, in_min: int = 0, audience: int = 0) -> None:
    at = file.clock.now + in_min * MINUTE if in_min else 0
    file.write(lambda tx: dues.statement_published(tx, 1, version, at, audience))


def states(file: QueueFile) -> list[tuple[str, str]]:
    return [(row.to_kind, row.state) for row in file.read(dues.list_dues, 1)]


def tell(file: QueueFile) -> list[str]:
    file.write(dues.come_due)
    return [code for (code,) in file.sql("SELECT code FROM notice ORDER BY id")]


def test_a_publication_opens_a_promise_and_the_next_one_keeps_it(file) -> None:
    publish(file, 1, in_min=30)
    assert states(file) == [("public", "open")]
    file.clock.advance(20 * 60)
    publish(file, 2, in_min=30)
    assert sorted(states(file)) == [("public", "kept"), ("public", "open")]


def test_a_second_account_of_the_same_text_changes_nothing(file) -> None:
    publish(file, 1, in_min=30)
    publish(file, 1, in_min=30)
    assert len(states(file)) == 1


def test_signals_come_before_at_and_after_and_then_it_is_late(file) -> None:
    publish(file, 1, in_min=30)
    assert tell(file) == []
    file.clock.advance(20 * 60)
    assert tell(file) == [dues.SOON]
    file.clock.advance(10 * 60)
    assert tell(file) == [dues.SOON, dues.DUE]
    assert file.read(dues.late_due_at, 1) == 0
    file.clock.advance(5 * 60)
    assert tell(file) == [dues.SOON, dues.DUE, dues.LATE]
    assert states(file) == [("public", "late")]
    assert file.read(dues.late_due_at, 1) > 0
    assert tell(file) == [dues.SOON, dues.DUE, dues.LATE]


def test_after_a_sleep_only_the_last_signal_comes(file) -> None:
    publish(file, 1, in_min=30)
    file.clock.advance(3 * 3600)
    assert tell(file) == [dues.LATE]


def test_a_late_one_is_kept_by_the_next_and_the_time_tells(file) -> None:
    publish(file, 1, in_min=30)
    file.clock.advance(3600)
    tell(file)
    publish(file, 2)
    (row,) = file.read(dues.list_dues, 1)
    assert row.state == "kept" and row.kept_at > row.due_at
    assert file.read(dues.late_due_at, 1) == 0


def test_audiences_keep_their_own(file) -> None:
    publish(file, 1, in_min=30)
    publish(file, 2, in_min=60, audience=7)
    publish(file, 3, audience=7)
    assert sorted(states(file)) == [("audience", "kept"), ("public", "open")]
    assert file.read(dues.count_standing, 1) == 1


def test_what_was_never_done_is_broken_at_the_review(file) -> None:
    publish(file, 1, in_min=30)
    file.clock.advance(3600)
    tell(file)
    file.write(lambda tx: dues.review_begins(tx, 1))
    assert states(file) == [("public", "broken")]


def test_every_step_is_an_event_of_the_incident(file) -> None:
    publish(file, 1, in_min=30)
    publish(file, 2)
    kinds = [k for (k,) in file.sql("SELECT kind FROM journal WHERE incident = 1 ORDER BY seq")]
    assert kinds == ["incident_promise_made", "incident_promise_kept"]
