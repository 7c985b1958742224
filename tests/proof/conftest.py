"""Two real processes: this one as the window, and the engine it starts on a practice workspace."""

import json
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from socialdesk.app import SystemClock
from socialdesk.domain.changes import Changes
from socialdesk.engine.desk import Done, EngineState, Notice
from socialdesk.engine.process.link import LinkedDesk
from socialdesk.engine.process.supervisor import Supervisor
from socialdesk.places import PRACTICE_WORKSPACE, Workspace, workspace
from socialdesk.store.file.reader import Readers

WAIT_S = 40.0  # for a process to come up beside seven others
ENGINE = [sys.executable, "-m", "socialdesk", "--engine"]
CALL = ["--workspace", PRACTICE_WORKSPACE, "--speed", "20"]


class Window:
    """The window's half, without a window: its desk, its supervisor, and what it was told."""

    def __init__(self, place: Workspace) -> None:
        clock = SystemClock()
        self.place = place
        self.desk = LinkedDesk(Readers(place.database), clock)
        self.supervisor = Supervisor(self.desk, place, clock, CALL)
        self.desk.on_lost(self.supervisor.lost)
        self.told: list[Any] = []
        self._news = threading.Condition()
        self.desk.listen(self._hear)

    def start(self) -> int:
        """The engine's process id, once it is linked."""
        self.supervisor.start()
        self.wait_for(EngineState.READY)
        return engine_pid(self.place)

    def collect(self) -> None:
        """The ended engine's last word to its parent; the program itself just ends."""
        if self.supervisor.engine_pid():
            os.waitpid(self.supervisor.engine_pid(), 0)

    def _hear(self, news: Changes | Notice | EngineState) -> None:
        with self._news:
            self.told.append(news)
            self._news.notify_all()

    def wait_for(self, state: EngineState, n: int = 1) -> None:
        """Until it was told that state `n` times."""
        with self._news:
            found = self._news.wait_for(lambda: self.told.count(state) >= n, WAIT_S)
        assert found, f"{state} was not told {n} times, but {self.states()}"

    def states(self) -> list[EngineState]:
        return [t for t in self.told if isinstance(t, EngineState)]

    def do(self, command: Any, command_id: str = "") -> Done:
        return self.desk.do(command, command_id).result(WAIT_S)

    def ask(self, query: Any) -> Any:
        return self.desk.ask(query).result(WAIT_S)


@pytest.fixture
def place(_own_home: None) -> Workspace:
    """A practice workspace in this test's own home."""
    made = workspace(PRACTICE_WORKSPACE)
    made.prepare()
    return made


@pytest.fixture
def window(place: Workspace) -> Iterator[Window]:
    made = Window(place)
    yield made
    made.supervisor.close(end_engine=True)
    end_engine(place)
    made.collect()


@pytest.fixture
def start_engine(place: Workspace) -> Iterator[Callable[..., "subprocess.Popen[bytes]"]]:
    """Starts engines as a window does, or with a line of Python before; ends them afterwards."""
    started: list[subprocess.Popen[bytes]] = []

    def start(before: str = "") -> "subprocess.Popen[bytes]":
        program = f"{before}\nfrom socialdesk.app import run_engine\nrun_engine({CALL!r})"
        command = [sys.executable, "-c", program] if before else [*ENGINE, *CALL]
        started.append(subprocess.Popen(command, stderr=subprocess.DEVNULL))
        return started[-1]

    yield start
    for engine in started:
        engine.kill()
        engine.wait(WAIT_S)


def address(place: Workspace) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(place.engine_address.read_text("utf-8"))
    return found


def engine_pid(place: Workspace) -> int:
    """Of the engine that wrote its address last."""
    return int(address(place)["pid"])


def wait_until(is_so: Callable[[], bool], timeout_s: float = WAIT_S) -> None:
    """Looks 50 times a second: there is nothing to wait on in another process' files."""
    never = threading.Event()
    for _ in range(int(timeout_s * 50)):
        if is_so():
            return
        never.wait(0.02)
    raise AssertionError(f"it did not come to that within {timeout_s} s")


def is_alive(pid: int) -> bool:
    """Not ended; a child that waits to be collected has ended."""
    try:
        with open(f"/proc/{pid}/stat", encoding="utf-8") as f:
            return f.read().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


def end_engine(place: Workspace) -> None:
    """Whoever is left of this test's engines."""
    if place.engine_address.exists() and is_alive(pid := engine_pid(place)):
        os.kill(pid, signal.SIGKILL)
