"""Promise 9: an update that is killed leaves the old file or the new one, never one between.

Every released schema; 200,000 mentions and 100 kills each in `soak`.
"""

import json
import os
import subprocess
import sys

import pytest

from tests.promises.plugin import Trials

pytestmark = [
    pytest.mark.promise(9),
    pytest.mark.skipif(not hasattr(os, "fork"), reason="each update is a fork; here is none"),
]
WRONG = ("n_between", "n_lost", "n_broken", "n_stuck")
MAX_UPDATE_S = 10


def run(n_rows: int, n_kills: int, trials: Trials) -> list[dict[str, float]]:
    done = subprocess.run(
        [sys.executable, "-m", "tests.soak.migration_kills", str(n_rows), str(n_kills), "9"],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-2000:]
    found: list[dict[str, float]] = [json.loads(line) for line in done.stdout.splitlines()]
    for one in found:
        print(one)
        trials.add(n_kills, failed=int(sum(one[name] for name in WRONG)))
    assert not any(one[name] for one in found for name in WRONG), found
    # The newest has nothing to do, and ends before it can be killed.
    assert all(one["n_killed"] > n_kills // 3 for one in found[:-1])
    return found


def test_an_update_of_any_released_file_may_be_killed(trials: Trials) -> None:
    run(500, 4, trials)


@pytest.mark.soak
@pytest.mark.timeout(3_600)
def test_an_update_of_a_large_file_may_be_killed_a_hundred_times(trials: Trials) -> None:
    found = run(200_000, 100, trials)
    assert all(one["update_s"] <= MAX_UPDATE_S for one in found)
