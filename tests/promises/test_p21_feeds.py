"""Promise 21: feeds with faults, bombs and wrong encodings harm nothing. 50,000 in `soak`."""

import json
import subprocess
import sys

import pytest

from tests.promises.plugin import Trials

pytestmark = [
    pytest.mark.promise(21),
    pytest.mark.skipif(sys.platform == "win32", reason="memory and hangs are measured by POSIX"),
]
WRONG = ("n_crashed", "n_hung", "n_lost")
MAX_MEMORY_MB = 200


def run(n: int, trials: Trials, n_processes: int = 1) -> None:
    command = [sys.executable, "-m", "tests.soak.hostile_feeds", str(n // n_processes)]
    children = [
        subprocess.Popen([*command, str(seed)], stdout=subprocess.PIPE, text=True)
        for seed in range(21, 21 + n_processes)
    ]
    for child in children:
        out, _ = child.communicate()
        assert child.returncode == 0
        check(json.loads(out), trials)


def check(found: dict[str, float], trials: Trials) -> None:
    print(found)
    trials.add(int(found["n"]), failed=int(sum(found[name] for name in WRONG)))
    assert not any(found[name] for name in WRONG), found
    assert found["memory_mb"] <= MAX_MEMORY_MB
    assert found["n_read"] > found["n"] / 4  # they were not all refused at the door


def test_some_hostile_feeds_harm_nothing(trials: Trials) -> None:
    run(150, trials)


@pytest.mark.soak
@pytest.mark.timeout(7_200)
def test_fifty_thousand_hostile_feeds_harm_nothing(trials: Trials) -> None:
    run(50_000, trials, n_processes=2)
