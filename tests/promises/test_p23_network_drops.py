"""Promise 23: connections that break at any byte lose and double nothing, and no window waits.

A thousand breaks in `soak`, with the real window beside the engine.
"""

import json
import os
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from tests.promises.plugin import Trials

pytestmark = pytest.mark.promise(23)
WRONG = ("n_lost", "n_doubled_mentions", "n_doubled", "n_missing", "n_unsettled")
MAX_P99_MS = 100
WATCH_S = 20
START_S = 120


def start(module: str, *args: str) -> "subprocess.Popen[str]":
    command = [sys.executable, "-m", f"tests.soak.{module}", *args]
    environ = os.environ | {"QT_QPA_PLATFORM": "offscreen"}
    return subprocess.Popen(command, env=environ, stdout=subprocess.PIPE, text=True)


def check(child: "subprocess.Popen[str]", trials: Trials) -> None:
    out, _ = child.communicate()
    assert child.returncode == 0
    found = json.loads(out)
    print(found)
    trials.add(found["n_dropped"], failed=sum(found[name] for name in WRONG))
    assert not any(found[name] for name in WRONG), found
    assert found["is_whole"]
    assert found["n_mentions"] > 0 and found["n_on_network"] > 0


def test_twelve_breaks_lose_and_double_nothing(tmp_path: Path, trials: Trials) -> None:
    check(start("flapping", str(tmp_path / "home"), "12", "23"), trials)


@pytest.mark.soak
@pytest.mark.timeout(7_200)
def test_a_thousand_breaks_lose_and_double_nothing(tmp_path: Path, trials: Trials) -> None:
    home = tmp_path / "home"
    engine = start("flapping", str(home), "1000", "23")
    never = threading.Event()
    for _ in range(START_S * 10):
        if (home / "engine.json").exists() or engine.poll() is not None:
            break
        never.wait(0.1)
    window = start("calm_window", str(home), str(WATCH_S))
    out, _ = window.communicate()
    late = json.loads(out.splitlines()[-1])
    print(late)
    check(engine, trials)
    assert late["p99_ms"] <= MAX_P99_MS
    assert late["n"] > WATCH_S * 10
