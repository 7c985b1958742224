"""kill -9 at any moment of fetching and sending, per kind of network; 1,000 each in `make soak`
(tests/promises/test_p02_sending_kills.py)."""

import json
import os
import subprocess
import sys

import pytest

from socialdesk.practice.kinds import Kind

pytestmark = pytest.mark.skipif(
    not hasattr(os, "fork"), reason="each killed engine is a fork; this system has none"
)


def run(kind: Kind, n_kills: int, timeout_s: float) -> dict[str, int]:
    done = subprocess.run(
        [sys.executable, "-m", "tests.engine.kills", kind.value, str(n_kills), "7"],
        capture_output=True, text=True, timeout=timeout_s, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-2000:]
    found: dict[str, int] = json.loads(done.stdout.splitlines()[-1])
    return found


def check(found: dict[str, int], *, is_long: bool = False) -> None:
    """What must hold after any number of kills. `is_long`: so many that statements went out, too,
    however busy the machine was."""
    assert found["is_whole"]
    assert found["n_lost"] == 0
    assert found["n_doubled_mentions"] == 0
    assert found["n_doubled"] == 0
    assert found["n_uncertain"] <= found["n_kills"]
    assert found["n_unsettled"] == 0
    assert found["n_missing"] == 0
    # Every post on the network is one of ours that says sent, or one a person is asked about.
    assert found["n_sent"] <= found["n_on_network"] <= found["n_sent"] + found["n_uncertain"]
    assert found["n_on_network"] > 0
    assert found["n_picture_wrong"] == 0
    assert found["n_statements"] > 0 or not is_long
    assert found["n_statements_under_others"] == 0


@pytest.mark.timeout(120)
@pytest.mark.parametrize("kind", list(Kind))
def test_kills_lose_no_mention_and_double_no_reply(kind: Kind) -> None:
    check(run(kind, 13, 110))
