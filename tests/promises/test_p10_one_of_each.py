"""Promise 10: however many starts there are at once, one window opens; a later start raises it and
leaves; a window that was killed leaves no lock behind. (Of engines the same stands in proof.)"""

import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication

from socialdesk.ui.single import Instance

ROOT = Path(__file__).parents[2]
SOON_S = 2.0
WAIT_S = 120.0
# What `application.run` does before and after it knows whether it is the first.
START = """
import sys
from pathlib import Path
from PySide6.QtCore import QCoreApplication
from socialdesk.ui.single import Instance
app = QCoreApplication([])
sys.stdout.write("up\\n"); sys.stdout.flush()
sys.stdin.readline()  # all at once
instance = Instance(Path(sys.argv[1]))
if instance.is_first:
    instance.listen()
    print("first", flush=True)
    app.exec()
else:
    print("raised" if instance.call_first("raise") else "left", flush=True)
"""


@pytest.fixture
def starts(tmp_path: Path) -> Iterator[list["subprocess.Popen[str]"]]:
    made: list[subprocess.Popen[str]] = []
    yield made
    for child in made:
        child.kill()
        child.communicate(timeout=WAIT_S)


def begin(starts: list["subprocess.Popen[str]"], lock: Path, n: int) -> None:
    """`n` processes that wait for one another, loaded and ready."""
    for _ in range(n):
        starts.append(subprocess.Popen(
            [sys.executable, "-c", START, str(lock)], cwd=ROOT, text=True,
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
        ))  # fmt: skip
    assert [said(child) for child in starts[-n:]] == ["up"] * n


def said(child: "subprocess.Popen[str]") -> str:
    assert child.stdout is not None
    return child.stdout.readline().strip()


def go(child: "subprocess.Popen[str]") -> None:
    assert child.stdin is not None
    child.stdin.write("\n")
    child.stdin.flush()


@pytest.mark.promise(10)
@pytest.mark.timeout(900)
@pytest.mark.parametrize("n", [10, pytest.param(100, marks=pytest.mark.soak)])
def test_so_many_starts_at_once_open_one_window(n, tmp_path, starts, trials) -> None:
    lock = tmp_path / "window.lock"
    begin(starts, lock, n)
    for child in starts:
        go(child)
    words = [said(child) for child in starts]
    assert words.count("first") == 1  # one that comes before it listens just leaves
    assert set(words) <= {"first", "raised", "left"}
    owner = starts[words.index("first")]
    owner.kill()
    owner.wait(WAIT_S)
    begin(starts, lock, 1)
    go(starts[-1])
    assert said(starts[-1]) == "first"
    trials.add(n + 1)


@pytest.mark.promise(10)
@pytest.mark.timeout(300)
def test_later_starts_raise_the_window_soon(tmp_path, qtbot, starts, trials) -> None:
    called: list[str] = []
    first = Instance(tmp_path / "window.lock", QCoreApplication.instance())
    assert first.is_first
    first.called.connect(called.append)
    first.listen()
    begin(starts, tmp_path / "window.lock", 9)
    began = time.monotonic()
    for child in starts:
        go(child)
    qtbot.waitUntil(lambda: len(called) == 9, timeout=int(WAIT_S * 1000))
    assert time.monotonic() - began < SOON_S * len(starts)  # on one busy core they share the time
    assert [said(child) for child in starts] == ["raised"] * 9
    assert called == ["raise"] * 9
    first.release()
    trials.add(9)
