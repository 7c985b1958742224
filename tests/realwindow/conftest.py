"""The real program in a real window: keys come from the X server, nothing reaches inside."""

import os
import shutil
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtGui import QGuiApplication, QImage

from socialdesk.app import SystemClock
from socialdesk.domain.queue.rows import Order, QueueRow, View
from socialdesk.engine.process.link import LinkedDesk
from socialdesk.engine.queries import ListMentions, ReadRows
from socialdesk.places import PRACTICE_WORKSPACE, Workspace, workspace
from socialdesk.store.file.reader import Readers

PICTURES = Path(__file__).parents[1] / "output"
SCREEN = ("xdotool", "openbox")  # hands, and what lets windows take turns
WAIT_S = 60.0
SPEED = "10"


class Person:
    """Hands on the keyboard and eyes on the screen; `desk` reads the file beside the window."""

    def __init__(self, place: Workspace) -> None:
        self.place = place
        self.desk = LinkedDesk(Readers(place.database), SystemClock())

    def press(self, *keys: str) -> None:
        """Each key, and the screen's answer to it before the next one. Two keys that are one act
        ("g n") go at once: the program waits a moment only for the second."""
        for key in keys:
            self._act("key", "--clearmodifiers", *key.split())

    def type(self, words: str) -> None:
        self._act("type", "--delay", "20", words)

    def _act(self, *order: str) -> None:
        before = see()
        xdotool(*order)
        wait_until(lambda: see() != before, f"the screen answers {order}")
        wait_until_still()

    def rows(self, view: View, search: str = "") -> list[QueueRow]:
        ids = self.desk.ask(ListMentions(view, search, Order.NEWEST)).result().ids[:100]
        return self.desk.ask(ReadRows(tuple(ids))).result()

    def row(self, mention: int) -> QueueRow:
        (row,) = self.desk.ask(ReadRows((mention,))).result()
        return row


def see() -> QImage:
    """What the screen shows."""
    return QGuiApplication.primaryScreen().grabWindow(0).toImage()


def keep_picture(name: str) -> None:
    PICTURES.mkdir(exist_ok=True)
    see().save(str(PICTURES / f"day-{name}.png"))


def xdotool(*order: str) -> str:
    return subprocess.run(
        ["xdotool", *order], capture_output=True, text=True, timeout=20, check=True
    ).stdout


def wait_until(is_so: Callable[[], object], what: str, timeout_s: float = WAIT_S) -> None:
    """Looks 20 times a second: another program's window tells nobody."""
    never = threading.Event()
    for _ in range(int(timeout_s * 20)):
        if is_so():
            return
        never.wait(0.05)
    keep_picture("failed")
    raise AssertionError(f"not within {timeout_s} s: {what}")


def wait_until_still(n_looks: int = 4) -> None:
    """Several looks in a row show the same; on a screen that never rests, long enough."""
    never, before, n_same = threading.Event(), see(), 0
    for _ in range(40):
        never.wait(0.05)
        now = see()
        n_same = n_same + 1 if now == before else 0
        before = now
        if n_same >= n_looks:
            return


def need_screen() -> None:
    """Skips where a person could not sit down."""
    if QGuiApplication.platformName() != "xcb" or not all(map(shutil.which, SCREEN)):
        pytest.skip("needs an X server, xdotool and openbox: run make test")


@pytest.fixture
def person(qapp: object, _own_home: None, tmp_path: Path) -> Iterator[Person]:
    """At the practice brand's window, which has the keyboard."""
    need_screen()
    place = workspace(PRACTICE_WORKSPACE)
    place.prepare()
    with ExitStack() as ends, (tmp_path / "said.txt").open("w+") as said:
        ends.enter_context(running(["openbox"]))  # the X server alone gives no new window the keys
        command = [sys.executable, "-m", "socialdesk", "practice", "--speed", SPEED]
        program = ends.enter_context(running(command, stdout=said, stderr=said))
        wait_until(lambda: windows(program), "the window is there")
        wait_until(place.engine_address.exists, "the engine is there")
        xdotool("windowfocus", windows(program)[0])
        made = Person(place)
        yield made
        made.desk.close()
        ends.close()
        said.seek(0)
        assert said.read() == ""


@contextmanager
def running(command: list[str], **how: Any) -> Iterator[subprocess.Popen[bytes]]:
    """A program that is told to end at the end, and does."""
    program = subprocess.Popen(command, env={**os.environ, "QT_QPA_PLATFORM": "xcb"}, **how)
    try:
        yield program
    finally:
        program.terminate()
        assert program.wait(WAIT_S) is not None


def windows(program: subprocess.Popen[bytes]) -> list[str]:
    """Ids of its windows on the screen."""
    order = ["xdotool", "search", "--onlyvisible", "--pid", str(program.pid)]
    return subprocess.run(order, capture_output=True, text=True, timeout=20).stdout.split()
