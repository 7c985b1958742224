"""A desk that closes while somebody listens."""

import logging

from socialdesk.domain.errors import StoreError, StoreFault
from socialdesk.engine.desk import Notice


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
