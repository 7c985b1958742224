"""Promise 20: whatever is wrong in a network's answer, its connector ends in a page or an error of
ours, soon; a bad item is set aside and counted, and the rest is kept.

The contract that every connector passes makes 300 others of them (`ConnectorContract`).
"""

import time
from collections.abc import Iterator
from contextlib import suppress
from datetime import timedelta
from random import Random

import pytest

from socialdesk.domain.account import Can
from socialdesk.domain.errors import ConnectorError
from socialdesk.networks.base import Connector, Page
from socialdesk.networks.scripted import START
from tests.networks.samples import all_samples
from tests.networks.samples.sample import Sample

SAMPLES = [s for s in all_samples() if not s.network.info.can & (Can.CRM | Can.PANEL)]
HANG_S = 2.0  # of this thread's own time
N_POSTS, MAX_PAGES = 5, 4


def pages(connector: Connector, sample: Sample) -> Iterator[Page]:
    """Until an error of ours, the end, or enough."""
    cursor, since = None, START - timedelta(days=30)
    with suppress(ConnectorError):
        for _ in range(MAX_PAGES):
            page = connector.fetch(sample.watch, cursor, since=since)
            yield page
            if not page.more:
                return
            cursor = page.cursor


@pytest.mark.promise(20)
@pytest.mark.timeout(7200)
@pytest.mark.parametrize("n", [200, pytest.param(20_000, marks=pytest.mark.soak)])
@pytest.mark.parametrize("sample", SAMPLES, ids=lambda s: s.key)
def test_mutated_answers_end_in_a_page_or_an_error_of_ours(sample: Sample, n: int, trials) -> None:
    n_read = n_set_aside = 0
    for seed in range(n):
        server = sample.new_server()
        for number in range(N_POSTS):
            server.add_mention(f"number {number}")
        connector = sample.connect(server)
        server.mutate(Random(f"{sample.key} {seed}"))
        began = time.thread_time()
        for page in pages(connector, sample):
            n_read += len(page.mentions)
            n_set_aside += len(page.rejects)
            assert all(reject.raw and reject.reason for reject in page.rejects)
        assert time.thread_time() - began < HANG_S, seed
    trials.add(n)
    assert n_read > n  # a single fault costs no whole page
    assert n_set_aside > 0 or sample.key == "imap"  # a damaged letter is a letter
