"""Scenario 15: kill -9 at any moment of declare, approve, send; 200 each in `make soak`."""

import json
import os
import subprocess
import sys

import pytest

from socialdesk.practice.kinds import Kind
from tests.promises.plugin import Trials

pytestmark = pytest.mark.skipif(
    not hasattr(os, "fork"), reason="each killed engine is a fork; this system has none"
)
KINDS = (Kind.HONOURS_KEY, Kind.IGNORES_KEY)


def run(kind: Kind, n_kills: int, timeout_s: float) -> dict[str, int]:
    done = subprocess.run(
        [sys.executable, "-m", "tests.crisis.kills", kind.value, str(n_kills), "15"],
        capture_output=True, text=True, timeout=timeout_s, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-2000:]
    found: dict[str, int] = json.loads(done.stdout.splitlines()[-1])
    return found


def check(found: dict[str, int]) -> None:
    """State, timers, approvals and log are whole; nothing left unapproved, nothing twice."""
    assert found["is_whole"]
    assert found["n_incidents"] > 0
    assert found["n_half_declared"] == 0
    assert found["n_timers_missing"] == 0
    assert found["n_left_unapproved"] == 0
    assert found["n_doubled"] == 0
    assert found["n_sent"] <= found["n_on_network"] <= found["n_sent"] + found["n_uncertain"]


@pytest.mark.timeout(180)
@pytest.mark.parametrize("kind", KINDS)
def test_scenario_15_kills_leave_everything_whole(kind: Kind) -> None:
    found = run(kind, 8, 170)
    check(found)


@pytest.mark.soak
@pytest.mark.promise(3)
@pytest.mark.timeout(7_200)
@pytest.mark.parametrize("kind", KINDS)
def test_scenario_15_two_hundred_kills_leave_everything_whole(kind: Kind, trials: Trials) -> None:
    found = run(kind, 200, 7_000)
    trials.add(200, failed=found["n_left_unapproved"])
    print(f"{kind.value}: {found}")
    check(found)
    assert found["n_left_under_lock"] > 0
    assert found["n_statements"] > 0
