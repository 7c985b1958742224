"""Mentions arrive once, failures back off, and no account stops another."""

import shutil
import threading
from pathlib import Path
from typing import Any

import pytest

from socialdesk.domain.account import AccountState
from socialdesk.domain.errors import StoreError, StoreFault
from socialdesk.domain.mentions.status import Status
from socialdesk.domain.queue.rows import View
from socialdesk.engine.commands import FetchNow, SetAccountOn
from socialdesk.engine.fetching.poller import TURN_PAGES
from socialdesk.engine.queries import ListAccounts, ListMentions, ReadCoverage, ReadExport
from socialdesk.practice.faults import Fault, Trouble
from socialdesk.store.file.writer import Priority, Writer
from tests.conftest import ExpectLog
from tests.engine.conftest import Bench, StartBench
from tests.engine.pond import Pond, PondNetwork, pond_desk
from tests.fakes import HandClock

READS = r"/api/v1/(notifications|timelines/.*)|/api/v2/search"


def n_mentions(bench: Bench) -> int:
    return len(bench.desk.ask(ListMentions(View.ALL)).result().ids)


def test_mentions_arrive_by_themselves(bench: Bench) -> None:
    before = n_mentions(bench)
    assert before > 0
    bench.turn(300)
    assert n_mentions(bench) > before


def test_fetching_again_brings_nothing_twice(bench: Bench) -> None:
    bench.desk.do(FetchNow(wait=True)).result()  # what the last turn had not come to
    before = n_mentions(bench)
    for _ in range(3):
        bench.desk.do(FetchNow(wait=True)).result()
    assert n_mentions(bench) == before


@pytest.mark.parametrize("trouble", [
    Trouble.LIMIT_RESET, Trouble.LIMIT_SECONDS, Trouble.LIMIT_DATE, Trouble.LIMIT_BARE,
    Trouble.SERVER_ERROR, Trouble.WEB_PAGE, Trouble.TIME_OUT, Trouble.BROKEN, Trouble.CUT_OFF,
    Trouble.MALFORMED, Trouble.TRUNCATED, Trouble.NO_ROUTE, Trouble.DRIP,
])  # fmt: skip
def test_after_any_trouble_everything_is_there(
    start_bench: StartBench, trouble: Trouble, tmp_path: Path
) -> None:
    ill = start_bench()
    ill.network.faults.add(Fault(trouble, "GET", READS, remaining=8))
    ill.turn(120)
    assert ill.network.faults.n_hits > 0
    ill.network.faults.clear()
    ill.turn(900)  # whatever backed off comes back by itself
    (account,) = ill.desk.ask(ListAccounts()).result()
    assert [w.fault for w in account.watches] == [""] * len(account.watches)
    ill.desk.do(FetchNow(wait=True)).result()
    assert there(start_bench, ill, tmp_path) <= seen(ill)


def there(start_bench: StartBench, bench: Bench, tmp_path: Path) -> set[str]:
    """What an engine that starts now finds on the same network: deleted posts are gone for it."""
    (tmp_path / "well").mkdir()
    shutil.copy(tmp_path / "a" / "practice.jsonl", tmp_path / "well")
    well = start_bench(bench.clock, folder="well")
    well.desk.do(FetchNow(wait=True)).result()
    found = seen(well)
    assert found
    return found


def seen(bench: Bench) -> set[str]:
    """The addresses of all mentions."""
    ids = bench.desk.ask(ListMentions(View.ALL)).result().ids
    return {row.url for row in bench.desk.ask(ReadExport(tuple(ids[:500]))).result()}


def test_trouble_is_told_in_source_health_and_in_the_ledger(bench: Bench) -> None:
    bench.network.faults.add(Fault(Trouble.WEB_PAGE, "GET", READS, remaining=None))
    bench.turn(120)
    (account,) = bench.desk.ask(ListAccounts()).result()
    assert account.state is AccountState.ON
    assert {w.fault for w in account.watches} == {"UnreachableError"}
    assert all(w.n_failures > 0 for w in account.watches)
    hours = bench.desk.ask(ReadCoverage(0)).result()
    assert sum(n_failed for _, _, _, n_failed, _ in hours) > 0


def test_a_server_that_names_a_time_is_left_alone_until_then(bench: Bench) -> None:
    fault = Fault(Trouble.SERVER_ERROR, "GET", READS, remaining=None, wait_s=900)
    bench.network.faults.add(fault)
    bench.turn(120)
    (account,) = bench.desk.ask(ListAccounts()).result()
    assert {w.fault for w in account.watches} == {"RateLimitedError"}
    n_before = bench.network.faults.n_hits
    bench.turn(700)
    assert bench.network.faults.n_hits == n_before


def test_a_dead_sign_in_asks_for_a_new_one_and_stops_asking_the_network(bench: Bench) -> None:
    bench.network.faults.add(Fault(Trouble.SIGNED_OUT, remaining=None))
    bench.turn(60)
    (account,) = bench.desk.ask(ListAccounts()).result()
    assert account.state is AccountState.SIGN_IN
    n_hits = bench.network.faults.n_hits
    bench.turn(600)
    assert bench.network.faults.n_hits == n_hits


def test_a_paused_account_fetches_nothing_until_it_is_on_again(bench: Bench) -> None:
    (account,) = bench.desk.ask(ListAccounts()).result()
    bench.desk.do(SetAccountOn(account.id, is_on=False)).result()
    before = n_mentions(bench)
    bench.turn(300)
    assert n_mentions(bench) == before
    bench.desk.do(SetAccountOn(account.id, is_on=True)).result()
    bench.turn(30)
    assert n_mentions(bench) > before


def test_what_came_while_the_program_was_closed_is_open_and_nothing_is_lost(
    start_bench: StartBench,
) -> None:
    clock = HandClock()
    first = start_bench(clock)
    first.turn(60)
    first.end()
    clock.advance(600)
    second = start_bench(clock)
    second.turn(60)
    gap = [r for r in second.rows() if r.at < clock.now - 120_000 and r.at > clock.now - 600_000]
    assert gap
    assert {r.status for r in gap} == {Status.OPEN}


def test_a_machine_that_slept_fetches_at_once(bench: Bench) -> None:
    (account,) = bench.desk.ask(ListAccounts()).result()
    planned = max(w.next_at for w in account.watches)
    bench.clock.jump(-7200)  # due times lie two hours ahead now
    bench.turn()
    (account,) = bench.desk.ask(ListAccounts()).result()
    assert all(w.next_at < planned for w in account.watches)


@pytest.mark.parametrize("forgets", [True, False])
def test_what_the_source_forgets_is_on_the_disk_before_it_is_asked_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, forgets: bool
) -> None:
    made = pond_desk(tmp_path, PondNetwork(Pond(forgets=forgets)))
    saved: list[bool] = []
    submit = Writer.submit

    def spied(self: Writer, write: Any, **how: Any) -> Any:
        if how.get("priority") is Priority.PAGE:
            saved.append(how.get("durable", True))
        return submit(self, write, **how)

    monkeypatch.setattr(Writer, "submit", spied)
    made.pond.add("hello", made.at())
    made.turn(400)
    assert saved and set(saved) == {forgets}
    made.desk.close()


def test_a_flood_is_fetched_page_after_page(tmp_path: Path) -> None:
    made = pond_desk(tmp_path, PondNetwork(Pond(page=2)))
    for n in range(7):
        made.pond.add(f"hello {n}", made.at())
    made.turn(400)
    assert len(made.desk.ask(ListMentions(View.ALL)).result().ids) == 7
    made.desk.close()


def test_a_reply_that_waits_comes_before_the_next_page(tmp_path: Path) -> None:
    made = pond_desk(tmp_path, PondNetwork(Pond(page=2)))
    for n in range(7):
        made.pond.add(f"hello {n}", made.at())
    made.pond.on_fetch = lambda: made.desk._turns.want(frozenset({made.account_id}))
    made.turn(400)
    assert len(made.desk.ask(ListMentions(View.ALL)).result().ids) == 2
    made.desk.close()


def test_who_closes_the_program_waits_for_one_page_only(tmp_path: Path) -> None:
    made = pond_desk(tmp_path, PondNetwork(Pond(page=2)))
    for n in range(7):
        made.pond.add(f"hello {n}", made.at())
    made.pond.on_fetch = made.desk._turns.close
    made.turn(400)
    assert len(made.desk.ask(ListMentions(View.ALL)).result().ids) == 2
    made.desk.close()


def test_who_has_everything_fetched_lets_a_reply_go_between_two_pages(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("socialdesk.engine.fetching.poller.PATIENCE_S", 60.0)
    made = pond_desk(tmp_path, PondNetwork(Pond(page=2)))
    for n in range(7):
        made.pond.add(f"hello {n}", made.at())
    fetched = threading.Event()

    def begin() -> None:
        if not fetched.is_set():
            made.desk._turns.want(frozenset({made.account_id}))
            fetched.set()

    made.pond.on_fetch = begin
    done = made.desk.do(FetchNow(wait=True))
    assert fetched.wait(10)
    made.desk.settle()
    assert (made.pond.n_fetched, done.done()) == (1, False)
    made.desk.sender.step()  # the reply went
    assert done.result(10).answer["n_new"] == 7
    made.desk.close()


def test_who_has_everything_fetched_stops_when_the_program_ends(tmp_path: Path) -> None:
    made = pond_desk(tmp_path, PondNetwork(Pond(page=2)))
    for n in range(7):
        made.pond.add(f"hello {n}", made.at())
    made.pond.on_fetch = made.desk._turns.close
    assert made.desk.do(FetchNow(wait=True)).result(10).answer["n_new"] == 2
    made.desk.close()


def test_a_full_disk_is_no_reason_to_fetch_a_page_again_and_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, expect_log: ExpectLog
) -> None:
    def full(*_: Any, **__: Any) -> None:
        raise StoreError(StoreFault.FULL, "no room")

    expect_log("the page could not be stored")
    made = pond_desk(tmp_path, PondNetwork(Pond()))
    made.pond.add("hello", made.at())
    monkeypatch.setattr("socialdesk.engine.fetching.poller.save_page", full)
    made.turn(0.5, times=40)
    assert made.pond.n_fetched == 1
    made.turn(30)
    assert made.pond.n_fetched == 2
    monkeypatch.undo()
    made.turn(31)
    assert len(made.desk.ask(ListMentions(View.ALL)).result().ids) == 1
    made.desk.close()


def test_an_errand_that_comes_again_while_it_is_done_is_done_once(tmp_path: Path) -> None:
    """The asker's link broke, and it asks on a new one."""
    made = pond_desk(tmp_path, PondNetwork(Pond()))
    fetching, go_on = threading.Event(), threading.Event()

    def wait() -> None:
        fetching.set()
        assert go_on.wait(10)

    made.pond.on_fetch = wait
    first = made.desk.do(FetchNow(wait=True), "one")
    assert fetching.wait(10)
    again = made.desk.do(FetchNow(wait=True), "one")
    go_on.set()
    assert first.result(10) == again.result(10)
    assert made.pond.n_fetched == 1
    made.desk.close()


def test_one_watch_does_not_fetch_for_ever(tmp_path: Path) -> None:
    made = pond_desk(tmp_path, PondNetwork(Pond(page=1)))
    for n in range(TURN_PAGES + 5):
        made.pond.add(f"hello {n}", made.at())
    made.turn(400)
    assert made.pond.n_fetched == TURN_PAGES
    made.desk.close()
