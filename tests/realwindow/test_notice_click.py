"""A click on a notice of the desktop while no window is open: one opens, at the mention."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

import pytest

from socialdesk.engine.notices.telling import OPEN
from socialdesk.engine.queries.notices import ListNotices
from socialdesk.places import Workspace, workspace
from tests.engine.notices.desktop_server import DAEMON, FakeServer, session_bus
from tests.engine.notices.notice_bench import Engine
from tests.fakes import HandClock
from tests.makers import a_mention
from tests.realwindow.conftest import (
    Person,
    keep_picture,
    need_screen,
    running,
    wait_until,
    wait_until_still,
)
from tests.store.queue_file import QueueFile

pytestmark = [pytest.mark.realwindow, pytest.mark.timeout(180)]

OVERDUE_MS = 90 * 60_000


@pytest.fixture
def place(qapp: object, _own_home: None) -> Workspace:
    """With one mention that nobody has answered in time, and an engine that asks no network."""
    need_screen()
    if DAEMON is None:
        why = "needs dbus-daemon"
        pytest.fail(why) if os.environ.get("CI") else pytest.skip(why)
    made = workspace("shop")
    made.prepare()
    QueueFile(made.folder).close()
    clock = HandClock()
    clock.now = time.time_ns() // 1_000_000
    engine = Engine(made.folder, clock)
    engine.set(fetching="off", keep_watching="yes")
    engine.bring(a_mention("Is the shop open today?", at=clock.now - OVERDUE_MS))
    engine.desk.close()
    return made


def test_a_window_opens_at_the_mention_and_the_notice_counts_as_seen(
    place: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with ExitStack() as ends:
        monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", ends.enter_context(session_bus(tmp_path)))
        server = FakeServer(os.environ["DBUS_SESSION_BUS_ADDRESS"]).start()
        ends.callback(server.close)
        ends.enter_context(running(["openbox"]))
        engine = [sys.executable, "-m", "socialdesk", "--engine", "--workspace", place.name]
        pid = ends.enter_context(running(engine)).pid
        shown = server.wait_for(1)[0]
        assert not children(pid)
        server.click(shown.id, OPEN)
        with closing_window(pid):
            person = Person(place)
            ends.callback(person.desk.close)
            wait_until(lambda: _is_seen(person), "the window has gone there")
            wait_until_still()
            keep_picture("notice-click")


def _is_seen(person: Person) -> bool:
    (line,) = person.desk.ask(ListNotices()).result()
    return line.is_seen


@contextmanager
def closing_window(engine: int) -> Iterator[None]:
    """It is the engine's child, which goes on: it is ended by hand."""
    wait_until(lambda: children(engine), "a window was started")
    (window,) = children(engine)
    try:
        yield
        assert _said("xdotool", "search", "--onlyvisible", "--pid", window)
    finally:
        os.kill(int(window), signal.SIGTERM)
        wait_until(lambda: not children(engine), "the window is gone")


def children(engine: int) -> list[str]:
    """Ids of the programs that it has started, whichever of its threads did."""
    found: list[str] = []
    for stat in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):  # it ends as we look
            state, parent = stat.read_text().rpartition(")")[2].split()[:2]
            if int(parent) == engine and state != "Z":
                found.append(stat.parent.name)
    return found


def _said(*order: str) -> list[str]:
    return subprocess.run(order, capture_output=True, text=True, timeout=20).stdout.split()
