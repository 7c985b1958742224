"""Promise 2 at full size: 1,000 kills in the middle of sending, per kind of network.

The small runs of every day are those of tests/engine/test_kills.py. An engine that is killed mostly
waits, so the three kinds run side by side.
"""

from concurrent.futures import ThreadPoolExecutor

import pytest

from socialdesk.practice.kinds import Kind
from tests.engine.test_kills import check, pytestmark, run
from tests.promises.plugin import Trials

__all__ = ["pytestmark"]  # where no process can be forked, these are skipped as those are
N_KILLS = 1_000


@pytest.mark.soak
@pytest.mark.promise(2)
@pytest.mark.timeout(7_200)
def test_a_thousand_kills_per_kind_double_no_reply(trials: Trials) -> None:
    kinds = list(Kind)
    with ThreadPoolExecutor(len(kinds)) as pool:
        runs = list(pool.map(lambda kind: run(kind, N_KILLS, 7_000), kinds))
    for kind, found in zip(kinds, runs, strict=True):
        print(f"{kind.value}: {found}")
        trials.add(N_KILLS, failed=found["n_doubled"])
    for found in runs:
        check(found, is_long=True)
