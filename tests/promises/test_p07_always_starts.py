"""Promise 7: whatever lies where the workspace's file should be, the window comes up at once and
the real engine beside it leads either to the inbox or to plain choices, the file untouched."""

import os
import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Any

import pytest
from PySide6.QtWidgets import QPushButton

from socialdesk.app import SystemClock
from socialdesk.engine.desk import EngineState
from socialdesk.engine.owning.recovering import Recovering
from socialdesk.engine.process.link import LinkedDesk
from socialdesk.engine.process.supervisor import Supervisor
from socialdesk.places import PRACTICE_WORKSPACE, Workspace, workspace
from socialdesk.store.file.reader import Readers
from socialdesk.ui.application import _recovery
from socialdesk.ui.start.recovery import RecoveryScreen
from socialdesk.ui.window import MainWindow
from tests.makers import a_mention
from tests.store.copies.test_recovery import damage
from tests.store.queue_file import QueueFile

SOON_S = 5.0  # until the window is painted
WAIT_MS = 60_000  # until the engine, another process on a busy machine, has looked at the file
CALL = ["--workspace", PRACTICE_WORKSPACE]
ENDS = (EngineState.READY, EngineState.DAMAGED, EngineState.NEWER, EngineState.STOPPED)
CHOICES = {"Restore this backup", "Read what can be read", "Start a new file"}
LETTER = b"Dear friend, the ovens are warm. " * 300


@dataclass
class Start:
    """One start of the program: its window, the engine's states, and how soon it was painted."""

    window: MainWindow
    states: list[Any]
    painted_s: float
    supervisor: Supervisor

    def ended(self) -> EngineState | None:
        """The last state that asks for nothing more to happen."""
        return next((s for s in reversed(self.states) if s in ENDS), None)

    def choices(self) -> list[str]:
        screen = self.window.findChild(RecoveryScreen)
        if screen is None or not screen.isVisible():
            return []
        return [b.text() for b in screen.findChildren(QPushButton) if b.isVisible()]


@contextmanager
def started(place: Workspace, qtbot) -> Iterator[Start]:
    """As `app.run_window` does, without its own event loop."""
    clock, readers = SystemClock(), Readers(place.database)
    began = time.monotonic()
    desk = LinkedDesk(readers, clock)
    supervisor = Supervisor(desk, place, clock, CALL)
    desk.on_lost(supervisor.lost)
    rescue = Recovering(place, readers, clock, tell=desk.tell, again=supervisor.try_again)
    window = MainWindow(desk, recovery=lambda: _recovery(rescue))
    window.engine_wanted.connect(supervisor.try_again)
    window.show()
    window.grab()
    start = Start(window, [], time.monotonic() - began, supervisor)
    desk.listen(start.states.append)
    supervisor.start()
    try:
        yield start
    finally:
        window.close()
        supervisor.close(end_engine=True)
        if supervisor.engine_pid():
            os.waitpid(supervisor.engine_pid(), 0)
        window.deleteLater()


@pytest.fixture
def place(_own_home: None) -> Workspace:
    made = workspace(PRACTICE_WORKSPACE)
    made.prepare()
    return made


@pytest.fixture
def whole(tmp_path: Path) -> bytes:
    """A closed file of 300 mentions; nothing in it is fetched."""
    folder = tmp_path / "whole"
    folder.mkdir()
    made = QueueFile(folder)
    made.save(*(a_mention(f"post {n} " * 9, n=n) for n in range(300)))
    made.execute("UPDATE account SET state = 'paused'")
    made.close()
    return made.path.read_bytes()


def put(path: Path, whole: bytes, kind: str, n: int) -> None:
    """Lay a file of that kind there; `n` picks among its variants."""
    dice = Random(n)
    path.write_bytes(whole)
    match kind:
        case "damaged":
            damage(path, n)
        case "truncated":
            path.write_bytes(whole[: dice.randrange(1, len(whole))])
        case "empty":
            path.write_bytes(b"")
        case "foreign" if n % 2:
            path.write_bytes(LETTER)
        case "foreign":
            path.unlink()
            with sqlite3.connect(path) as other:
                other.execute("CREATE TABLE recipe(flour)")
            other.close()
        case "newer":
            with sqlite3.connect(path) as other:
                other.execute(f"PRAGMA user_version = {dice.randrange(50, 2_000_000)}")
            other.close()


def kinds(n: int) -> list[str]:
    """`n` starts: two in five damaged somewhere, the rest shared out."""
    return [("damaged", "truncated", "foreign", "damaged", ("empty", "newer")[i % 2])[i % 5]
            for i in range(n)]  # fmt: skip


@pytest.mark.promise(7)
@pytest.mark.timeout(3600)
@pytest.mark.parametrize("n", [29, pytest.param(299, marks=pytest.mark.soak)])
def test_every_start_shows_the_inbox_or_the_choices(n, place, whole, qtbot, trials) -> None:
    for number, kind in enumerate(kinds(n)):
        put(place.database, whole, kind, number)
        before = place.database.read_bytes()
        with started(place, qtbot) as start:
            assert start.painted_s < SOON_S
            qtbot.waitUntil(lambda start=start: start.ended() is not None, timeout=WAIT_MS)
            end = start.ended()
            assert end is not EngineState.STOPPED, kind
            if end is EngineState.READY:  # nothing to see, or it is a new one
                assert kind in ("damaged", "truncated", "empty"), kind
            else:
                assert (end is EngineState.NEWER) == (kind == "newer")
                qtbot.waitUntil(lambda start=start: "Start a new file" in start.choices())
                assert set(start.choices()) <= CHOICES
                assert place.database.read_bytes() == before
        trials.add()
        for path in place.database.parent.glob("workspace.db*"):
            path.unlink()


@pytest.mark.promise(7)
@pytest.mark.timeout(300)
def test_a_locked_file_is_waited_for_and_opens_once_it_is_free(place, whole, qtbot, trials) -> None:
    place.database.write_bytes(whole)
    holder = sqlite3.connect(place.database, isolation_level=None)
    holder.execute("PRAGMA locking_mode = EXCLUSIVE")
    holder.execute("BEGIN EXCLUSIVE")
    holder.execute("UPDATE account SET name = 'held'")
    with started(place, qtbot) as start:
        assert start.painted_s < SOON_S
        # It is the engine now and turns to the file next.
        qtbot.waitUntil(place.engine_lock.exists, timeout=WAIT_MS)
        assert start.ended() is None
        holder.rollback()
        holder.close()
        qtbot.waitUntil(lambda: start.ended() is EngineState.READY, timeout=WAIT_MS)
    trials.add()


@pytest.mark.promise(7)
@pytest.mark.timeout(300)
def test_a_new_file_can_be_begun_and_the_old_one_is_kept_byte_for_byte(place, whole, qtbot) -> None:
    place.database.write_bytes(LETTER)
    with started(place, qtbot) as start:
        qtbot.waitUntil(lambda: "Start a new file" in start.choices(), timeout=WAIT_MS)
        screen = start.window.findChild(RecoveryScreen)
        assert screen is not None
        next(b for b in screen.findChildren(QPushButton) if b.text() == "Start a new file").click()
        qtbot.waitUntil(lambda: start.ended() is EngineState.READY, timeout=WAIT_MS)
    (kept,) = place.folder.glob("kept-*/workspace.db")
    assert kept.read_bytes() == LETTER
