"""Promise 4: a power cut at any moment costs nothing that was confirmed. 500 cuts in `soak`."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from socialdesk.store.copies import recovery
from socialdesk.store.copies.recovery import Condition
from socialdesk.store.file import schema
from socialdesk.store.file.migrations import identify, open_current
from socialdesk.store.file.sqlite import open_writer
from tests.fakes import NOON
from tests.promises.plugin import Trials
from tests.soak import disk_log

WRONG = ("n_unopened", "n_broken", "n_forgotten", "n_half")
needs_log = pytest.mark.skipif(bool(disk_log.why_not()), reason=disk_log.why_not() or "-")
# Source: sqlite.org/fileformat.html, section 3: magic, no pages, nonce, 0 pages before, sizes.
HOT_JOURNAL = bytes.fromhex("d9d505f920a163d7 00000000 00000001 00000000 00000200 00001000")


def run(n_cuts: int, *how: str) -> dict[str, int]:
    done = subprocess.run(
        [sys.executable, "-m", "tests.soak.power_cuts", str(n_cuts), "4", *how],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-2000:]
    found: dict[str, int] = json.loads(done.stdout)
    print(found)
    return found


def check(found: dict[str, int], trials: Trials) -> None:
    trials.add(found["n_cuts"], failed=sum(found[name] for name in WRONG))
    assert not any(found[name] for name in WRONG), found
    assert found["n_lossy"] > found["n_cuts"] // 2  # something was on its way to the disk


@needs_log
@pytest.mark.promise(4)
def test_twenty_power_cuts_cost_nothing_that_was_confirmed(trials: Trials) -> None:
    check(run(20), trials)


@needs_log
def test_cuts_find_what_an_engine_loses_that_syncs_nothing() -> None:
    assert run(20, "loose")["n_forgotten"] > 5


@needs_log
@pytest.mark.soak
@pytest.mark.promise(4)
@pytest.mark.timeout(3_600)
def test_five_hundred_power_cuts_cost_nothing_that_was_confirmed(trials: Trials) -> None:
    check(run(500), trials)


@pytest.mark.promise(4)
def test_a_cut_while_the_file_is_made_leaves_a_file_to_make(tmp_path: Path) -> None:
    """Its first, empty page is there, and beside it a journal whose removal never got to the disk
    and the beginnings of a WAL: a reader can do nothing with that."""
    path = tmp_path / "workspace.db"
    open_writer(path).close()
    path.with_name("workspace.db-journal").write_bytes(HOT_JOURNAL.ljust(512, b"\0"))
    path.with_name("workspace.db-wal").write_bytes(b"\x37\x7f\x06\x82" + bytes(5_000))
    assert recovery.check(path).condition is Condition.MISSING
    open_current(path, NOON).close()
    assert identify(path).version == schema.VERSION
