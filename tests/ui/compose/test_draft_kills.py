"""Killed while somebody types: at most the last two seconds of words are lost, and the plan of the
reply with them. Each life begins where the one before left the file."""

import os
import random
import subprocess
import sys
import time

import pytest

from socialdesk.engine import queries as q
from tests.engine.conftest import bench, start_bench  # noqa: F401  (fixtures)
from tests.ui.compose.typist import PLANNED_AT, open_desk, typed

LOST_S = 2.0
LIFE_S = (2.1, 2.9)  # of typing, before the kill


def one_life(folder, mention_id, life_s):
    """Types for `life_s` and is killed; (when killed, [(when, characters typed)])."""
    command = [sys.executable, "-m", "tests.ui.compose.typist", str(folder), str(mention_id)]
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    keys: list[tuple[float, int]] = []
    with (
        (folder / "stderr").open("w+", encoding="utf-8") as told,
        subprocess.Popen(
            command, stdout=subprocess.PIPE, stderr=told, text=True, env=environment
        ) as child,
    ):
        assert child.stdout is not None
        assert child.stdout.readline() == "ready\n", (folder / "stderr").read_text("utf-8")
        for line in child.stdout:
            when, n = line.split()
            keys.append((float(when), int(n)))
            if keys[-1][0] - keys[0][0] > life_s:
                break
        child.kill()
        killed = time.time()
    return killed, keys


@pytest.mark.promise(47)
@pytest.mark.timeout(1800)
@pytest.mark.parametrize("n_kills", [20, pytest.param(200, marks=pytest.mark.soak)])
def test_a_kill_while_typing_costs_two_seconds_at_most(bench, tmp_path, n_kills, trials):  # noqa: F811
    dice = random.Random(20261121)
    mention_id = bench.rows()[0].id
    bench.desk.close()
    for _ in range(n_kills):
        killed, keys = one_life(tmp_path / "a", mention_id, dice.uniform(*LIFE_S))
        desk = open_desk(tmp_path / "a")
        detail = desk.ask(q.ReadDetail(mention_id)).result()
        desk.close()
        must = max((n for when, n in keys if when <= killed - LOST_S), default=0)
        kept = detail.draft.text if detail and detail.draft else ""
        assert len(kept) >= must, f"{len(kept)} characters kept of {must} older than {LOST_S} s"
        assert kept == typed(len(kept))
        assert detail is not None and detail.draft is not None
        assert detail.draft.plan.send_at == PLANNED_AT
        trials.add()
