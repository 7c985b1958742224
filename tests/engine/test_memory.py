"""What a flood took goes back once it is over."""

import platform
import subprocess
import sys

import pytest

from socialdesk.domain.changes import Changes
from socialdesk.engine import memory
from socialdesk.engine.clockwork import TICK_S
from socialdesk.engine.memory import MANY, STILL_MS, AfterFlood
from tests.engine.conftest import Bench


@pytest.fixture
def given_back(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What was emptied, in order."""
    emptied: list[str] = []
    monkeypatch.setattr(memory, "_empty_cache", lambda conn: emptied.append("cache"))
    monkeypatch.setattr(memory, "give_back", lambda: emptied.append("heap"))
    return emptied


def pages(bench: Bench, n: int) -> None:
    """So many mentions were stored, by hundreds."""
    for start in range(0, n, 100):
        bench.desk.tell(Changes(added=tuple(range(start, start + 100))))


def later(bench: Bench, ms: int) -> float:
    """This part alone is asked: the others would fetch mentions. Seconds until the next time."""
    (part,) = (part for part in bench.desk.clockwork._parts if isinstance(part, AfterFlood))
    bench.clock.advance(ms / 1000)
    return part.step()


def test_a_flood_that_is_over_gives_back_once(bench: Bench, given_back: list[str]) -> None:
    pages(bench, MANY)
    assert later(bench, STILL_MS - 1) == 0.001
    assert not given_back
    for ms in (1, STILL_MS):
        later(bench, ms)
        assert given_back == ["cache", "heap"]


def test_while_it_goes_on_nothing_is_given_back(bench: Bench, given_back: list[str]) -> None:
    for _ in range(3):
        pages(bench, MANY)
        later(bench, STILL_MS - 1)
    assert not given_back


def test_a_page_now_and_then_is_no_flood(bench: Bench, given_back: list[str]) -> None:
    pages(bench, MANY - 100)
    assert later(bench, STILL_MS) == TICK_S
    assert not given_back


# What is freed lies below something small that stays: glibc by itself keeps it.
HEAP = """
import re
from pathlib import Path
from socialdesk.engine.memory import give_back

def resident_mb():
    text = Path("/proc/self/smaps_rollup").read_text()
    return int(re.search(r"Rss: +(\\d+)", text)[1]) / 1024

kept = [bytes(1_000)]
blocks = [bytearray(60_000) for _ in range(200)]
kept += [bytes(1_000) for _ in range(100)]
before = resident_mb()
del blocks
give_back()
print(before - resident_mb())
"""


@pytest.mark.skipif(platform.libc_ver()[0] != "glibc", reason="it is glibc that keeps it")
def test_what_is_free_in_the_heap_goes_back() -> None:
    done = subprocess.run([sys.executable, "-c", HEAP], capture_output=True, text=True, check=True)
    assert float(done.stdout) > 8
