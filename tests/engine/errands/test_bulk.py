"""An act on all that match in a whole engine: begun by one command, carried on by itself."""

import threading
import uuid
from concurrent.futures import Future
from typing import Any

import pytest

from socialdesk.domain.changes import Area, Changes
from socialdesk.domain.errors import CommandError, CommandFault, StoreError, StoreFault
from socialdesk.domain.mentions.status import Status
from socialdesk.domain.queue.rows import View
from socialdesk.engine.commands import Undo
from socialdesk.engine.commands.bulk import ActOnAll, StopJob
from socialdesk.engine.queries.bulk import CountMatches, ListJobs
from socialdesk.store import jobs
from socialdesk.store.triage import acts

WAIT_S = 20.0


@pytest.fixture(autouse=True)
def small(monkeypatch):
    """A few rows are many here."""
    monkeypatch.setattr(jobs, "SLICE", 2)
    monkeypatch.setattr(acts, "LARGE", 2)


def done(future: "Future[Any]") -> Any:
    return future.result(WAIT_S)


def wait_for_jobs(bench) -> None:
    """Until no job runs; the engine tells after each slice."""
    moved = threading.Event()

    def hear(news: object) -> None:
        if isinstance(news, Changes) and Area.JOBS in news.areas:
            moved.set()

    stop = bench.desk.listen(hear)
    while any(job.is_running for job in done(bench.desk.ask(ListJobs()))):
        moved.wait(0.2)
        moved.clear()
    stop()


def test_all_that_match_are_labelled_and_one_undo_takes_it_back(bench) -> None:
    n = done(bench.desk.ask(CountMatches(View.NEEDS_REPLY)))
    told = done(bench.desk.do(ActOnAll("label", "seen", view="needs_reply")))
    assert told.answer["n"] == n > 3
    wait_for_jobs(bench)
    assert len(bench.rows(View.ALL, "label:seen")) == n
    undone = done(bench.desk.do(Undo()))
    assert (undone.answer["kind"], undone.answer["n"]) == ("labelled", n)
    wait_for_jobs(bench)
    assert bench.rows(View.ALL, "label:seen") == []


def test_the_same_command_again_begins_nothing_twice(bench) -> None:
    command, command_id = ActOnAll("pin", "", 1, view="needs_reply"), uuid.uuid4().hex
    first = done(bench.desk.do(command, command_id))
    wait_for_jobs(bench)
    assert done(bench.desk.do(command, command_id)) == first
    assert len(done(bench.desk.ask(ListJobs()))) == 1


def test_the_journal_does_not_keep_whom_was_searched_for(bench) -> None:
    name = bench.rows()[0].author.split()[0]
    told = done(bench.desk.do(ActOnAll("pin", "", 1, view="all", search=name)))
    wait_for_jobs(bench)
    (entry,) = done(
        bench.desk._readers.run(
            lambda conn: conn.execute(
                "SELECT data FROM journal WHERE seq = ?", (told.seq,)
            ).fetchone()
        )
    )
    assert name not in entry
    assert '"is_search":true' in entry


def test_a_desk_that_closes_while_a_slice_is_told_says_nothing_of_it(bench, monkeypatch) -> None:
    """No failure in the log (the log watch fails the test), and whoever listens hears it still."""
    heard: list[object] = []
    bench.desk.listen(heard.append)

    def close_first() -> float:
        bench.desk._is_open = False  # as close() does, before its readers end
        raise StoreError(StoreFault.CLOSED)

    monkeypatch.setattr(bench.desk.bulk, "step", close_first)
    news = Changes(areas=frozenset({Area.JOBS}))
    try:
        bench.desk._announce(news)
    finally:
        bench.desk._is_open = True
    assert heard == [news]


def test_a_list_of_mentions_goes_the_same_way(bench) -> None:
    ids = tuple(row.id for row in bench.rows()[:3])
    done(bench.desk.do(ActOnAll("status", "", Status.SPAM.value, ids=ids)))
    wait_for_jobs(bench)
    assert {row.id for row in bench.rows(View.SPAM)} == set(ids)


def test_an_engine_that_starts_goes_on_with_what_was_begun(start_bench, monkeypatch) -> None:
    bench = start_bench()
    bench.turn(120)
    monkeypatch.setattr(bench.desk.bulk, "step", lambda: 30.0)  # it is killed before the first
    done(bench.desk.do(ActOnAll("label", "seen", view="needs_reply")))
    n = len(bench.rows())
    bench.end()
    again = start_bench(bench.clock)
    again.desk.clockwork.turn()
    wait_for_jobs(again)
    assert len(again.rows(View.ALL, "label:seen")) >= n > 0


@pytest.mark.parametrize(
    ("command", "fault"),
    [
        (ActOnAll("teleport"), CommandFault.BAD_INPUT),
        (ActOnAll("note", "all of you"), CommandFault.BAD_INPUT),
        (ActOnAll("status", "", 99), CommandFault.BAD_INPUT),
        (ActOnAll("label", "x", view="nowhere"), CommandFault.BAD_INPUT),
        (ActOnAll("label", "x", view="all", search="is:nonsense"), CommandFault.NOT_FOUND),
        (StopJob(77), CommandFault.NOT_FOUND),
    ],
)
def test_what_cannot_be_done_is_refused_and_changes_nothing(bench, command, fault) -> None:
    with pytest.raises(CommandError) as refused:
        done(bench.desk.do(command))
    assert refused.value.fault is fault
    assert done(bench.desk.ask(ListJobs())) == []
