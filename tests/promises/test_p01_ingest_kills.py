"""Promise 1: a kill while pages are stored loses and doubles nothing. 50 here, 1,000 in `soak`."""

import json
import os
import subprocess
import sys

import pytest

from tests.promises.plugin import Trials

pytestmark = [
    pytest.mark.promise(1),
    pytest.mark.skipif(not hasattr(os, "fork"), reason="each life is a fork; here is none"),
]
FAULTS = ("n_lost", "n_doubled", "n_ahead", "n_behind", "n_broken")


def run(n_kills: int, trials: Trials) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "tests.soak.ingest_kills", str(n_kills), "1"],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-2000:]
    found = json.loads(done.stdout)
    print(found)
    trials.add(found["n_kills"], failed=sum(found[name] for name in FAULTS))
    assert not any(found[name] for name in FAULTS), found
    assert found["n_pages"] > found["n_kills"]  # they died at work, not before it


def test_fifty_kills_lose_nothing_and_double_nothing(trials: Trials) -> None:
    run(50, trials)


@pytest.mark.soak
@pytest.mark.timeout(3_600)
def test_a_thousand_kills_lose_nothing_and_double_nothing(trials: Trials) -> None:
    run(1_000, trials)
