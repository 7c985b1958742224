"""A desk that closes while somebody listens."""

import logging
from threading import Barrier, Event

import pytest

from socialdesk.domain.errors import StoreError, StoreFault
from socialdesk.engine.commands import ListNetworks
from socialdesk.engine.desk import Notice
from socialdesk.engine.errands.every import N_THREADS


def test_one_that_reads_while_the_desk_closes_is_no_failure(bench, caplog):
    def reads(told):
        raise StoreError(StoreFault.CLOSED)

    bench.desk.listen(reads)
    bench.desk.close()
    with caplog.at_level(logging.ERROR):
        bench.desk.tell(Notice("any", {}))
    assert not caplog.records


def test_one_that_fails_while_it_is_open_is_logged_and_stops_no_other(bench, expect_log):
    heard: list[Notice] = []
    expect_log("a listener failed")

    def fails(told):
        raise StoreError(StoreFault.CLOSED)

    bench.desk.listen(fails)
    bench.desk.listen(heard.append)
    bench.desk.tell(Notice("any", {}))
    assert heard


def test_errands_that_wait_while_it_closes_are_told_that_it_closed(bench):
    """With an error of ours: who asked may be a command line, or a link that writes it down."""
    began, goes_on, errands = Barrier(N_THREADS + 1), Event(), bench.desk._errands

    def take_long(*_: object) -> dict[str, int]:
        began.wait(60)
        return {"n": int(goes_on.wait(60))}

    errands.also({ListNetworks: take_long})
    doing = [bench.desk.do(ListNetworks()) for _ in range(N_THREADS + 1)]
    began.wait(60)
    bench.desk.close()
    late = errands.do(ListNetworks(), "late")  # its asker looked a moment before
    goes_on.set()
    assert [done.result(60).answer["n"] for done in doing[:-1]] == [1] * N_THREADS
    for refused in (doing[-1], late):
        with pytest.raises(StoreError) as caught:
            refused.result(60)
        assert caught.value.fault is StoreFault.CLOSED
