"""Promise 6: 64 bytes overwritten anywhere in a workspace file are noticed. 300 times in `soak`.

A place may hold nothing that anybody reads: a free page, an index, which is made anew, or what undo
needs. What counts is where a row reads differently. Not every column has a checksum: names of
authors, notes, labels and states have none, and lean on what SQLite itself notices.
"""

import random
from collections import Counter
from pathlib import Path

import pytest

from socialdesk.store.file.sqlite import open_reader
from tests.promises.plugin import Trials
from tests.soak import damage

pytestmark = pytest.mark.promise(6)
SHARE_NOTICED = 0.99


def overwrite(folder: Path, n: int, seed: int) -> Counter[str]:
    whole = damage.whole_file(folder)
    conn = open_reader(whole)
    rows = damage.read_all(conn)
    conn.close()
    target = folder / "damaged" / "workspace.db"
    target.parent.mkdir()
    dice, found = random.Random(seed), Counter[str]()
    for _ in range(n):
        fate = damage.try_once(whole, rows, target, dice)
        found["live"] += bool(fate.changed)
        found["noticed"] += bool(fate.changed and fate.by)
        found["wrong"] += bool(fate.wrong)
        if fate.changed and not fate.by:
            found[f"nobody noticed: {', '.join(sorted(fate.changed))}"] += 1
    return found


def check(found: Counter[str], n: int, trials: Trials) -> None:
    print(dict(found))
    trials.add(n, failed=found["live"] - found["noticed"] + found["wrong"])
    assert found["wrong"] == 0, found
    assert found["noticed"] >= SHARE_NOTICED * found["live"], found
    assert found["live"] > n // 5


def test_fifteen_overwrites_are_noticed(tmp_path: Path, trials: Trials) -> None:
    check(overwrite(tmp_path, 15, seed=2), 15, trials)


@pytest.mark.soak
@pytest.mark.timeout(3_600)
def test_three_hundred_overwrites_are_noticed(tmp_path: Path, trials: Trials) -> None:
    check(overwrite(tmp_path, 300, seed=1), 300, trials)
