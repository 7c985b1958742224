"""Keeps an engine running for a window: finds one, or starts one, and starts it again when it dies.

Restarts: at once, then after 1, 5 and 30 s; three deaths within a minute and it stops and says so.
"""

import json
import os
import subprocess
import sys
import threading
from typing import Any

from socialdesk import __version__
from socialdesk.domain.times.clock import Clock
from socialdesk.engine.desk import EngineState
from socialdesk.engine.process import codec
from socialdesk.engine.process.environ import engine_environ
from socialdesk.engine.process.link import LinkedDesk
from socialdesk.places import Workspace

PAUSES_S = (0.0, 1.0, 5.0, 30.0)
MAX_DEATHS, DEATHS_WITHIN_MS = 3, 60_000
START_TIMEOUT_S = 60.0  # a migration of a large file may run before it listens
GREETING_TIMEOUT_S = 20.0  # 5 s passed on a machine with eight programs at work (seen)


class Supervisor:
    """`arguments`: how this program is called (the workspace), beside `--engine`."""

    def __init__(
        self, desk: LinkedDesk, workspace: Workspace, clock: Clock, arguments: list[str]
    ) -> None:
        self._desk, self._workspace, self._clock = desk, workspace, clock
        self._arguments = arguments
        self._child: subprocess.Popen[bytes] | None = None
        self._was_linked = False
        self._deaths: list[int] = []
        self._stop = threading.Event()
        self._starting = threading.Lock()  # a window that closes starts no engine any more
        self._needed = threading.Event()
        self._thread = threading.Thread(target=self._run, name="supervisor", daemon=True)

    def start(self) -> None:
        """Find or start an engine, in the background."""
        self._needed.set()
        self._thread.start()

    def lost(self) -> None:
        """The pipe ended."""
        if not self._stop.is_set():
            self._deaths.append(self._clock.monotonic_ms())
            self._desk.tell(EngineState.LOST)
            self._needed.set()

    def try_again(self) -> None:
        """A person asked, after it had stopped."""
        self._deaths.clear()
        self._needed.set()

    def engine_pid(self) -> int:
        """Of the engine started here; 0 when there is none."""
        child = self._child
        return child.pid if child is not None and child.poll() is None else 0

    def close(self, *, end_engine: bool, timeout_s: float = 10.0) -> None:
        """The window ends. `end_engine`: ask the engine to finish what is on the wire and end."""
        with self._starting:
            self._stop.set()
        self._needed.set()
        if end_engine and self._desk.is_attached():
            from socialdesk.engine.commands import Quit  # 40 ms that no start needs

            self._desk.do(Quit())
        self._desk.close()
        if end_engine and self._child is not None:
            try:
                self._child.wait(timeout_s)
            except subprocess.TimeoutExpired:
                self._child.terminate()
        elif self._child is not None and self._child.poll() is None:
            self._child.returncode = 0  # it goes on without us: nobody is left to collect it

    def _run(self) -> None:
        while not self._stop.is_set():
            self._needed.wait()
            self._needed.clear()
            if self._stop.is_set():
                return
            if self._dies_too_often():
                self._desk.tell(EngineState.STOPPED)
                continue
            self._stop.wait(PAUSES_S[min(self._recent_deaths(), len(PAUSES_S) - 1)])
            if not self._stop.is_set():
                self._bring_up()

    def _recent_deaths(self) -> int:
        since = self._clock.monotonic_ms() - DEATHS_WITHIN_MS
        self._deaths = [at for at in self._deaths if at >= since]
        return max(0, len(self._deaths) - 1)

    def _dies_too_often(self) -> bool:
        self._recent_deaths()
        return len(self._deaths) >= MAX_DEATHS

    def _bring_up(self) -> None:
        self._desk.tell(EngineState.STARTING)
        deadline = self._clock.monotonic_ms() + int(START_TIMEOUT_S * 1000)
        while not self._stop.is_set():
            if self._join_running():
                return
            if self._child is not None and self._child.poll() is not None:
                code, self._child = self._child.returncode, None
                if code == EXIT_LOCKED:  # another engine has the file: it answers soon, or ends
                    self._stop.wait(LOCKED_PAUSE_S)
                elif code and not self._was_linked:  # else the pipe's end has told it
                    self._report_end(code)
                    return
            if self._child is None:
                self._start_one()
            if self._clock.monotonic_ms() > deadline:
                self.lost()
                return
            self._stop.wait(0.02)

    def _start_one(self) -> None:
        """Unless the window closed while it looked for one, which may take GREETING_TIMEOUT_S."""
        with self._starting:
            if not self._stop.is_set():
                self._child, self._was_linked = self._spawn(), False

    def _report_end(self, code: int) -> None:
        state = {EXIT_DAMAGED: EngineState.DAMAGED, EXIT_NEWER: EngineState.NEWER}.get(code)
        if state is not None:
            self._desk.tell(state)
        else:
            self.lost()

    def _join_running(self) -> bool:
        connection = greet(self._workspace)
        if connection is None:
            return False
        self._was_linked = True
        self._desk.attach(connection)
        self._desk.tell(EngineState.READY)
        return True

    def _spawn(self) -> "subprocess.Popen[bytes]":
        command = [sys.executable, *([] if getattr(sys, "frozen", False) else ["-m", "socialdesk"])]
        return subprocess.Popen(
            [*command, "--engine", *self._arguments],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            env=engine_environ(),
            **_background(),
        )


EXIT_DAMAGED, EXIT_NEWER, EXIT_LOCKED = 65, 66, 67
LOCKED_PAUSE_S = 0.5
SWITCH_S = 0.001  # Python's own is 0.005


def _background() -> dict[str, Any]:
    """Below the window in the system's eyes; a Ctrl+C in a terminal is the window's to handle."""
    if sys.platform == "win32":
        below_normal, no_window = 0x4000, 0x08000000
        return {"creationflags": below_normal | no_window}
    return {"start_new_session": True}


def be_nice() -> None:
    """Called by the engine itself: niceness 10 (Windows: set by the starter), and short turns of
    its threads: a command waits for the interpreter behind those that read mentions."""
    sys.setswitchinterval(SWITCH_S)
    if hasattr(os, "nice"):
        os.nice(10)


def dial(workspace: Workspace) -> Any:
    """A pipe to the running engine of a workspace, or None when nobody answers."""
    from multiprocessing import AuthenticationError
    from multiprocessing.connection import Client

    try:
        where = json.loads(workspace.engine_address.read_text(encoding="utf-8"))
        return Client(where["address"], authkey=bytes.fromhex(where["key"]))
    except (OSError, EOFError, ValueError, KeyError, TypeError, AuthenticationError):
        return None


def greet(workspace: Workspace) -> Any:
    """A pipe to the running engine, its greeting read; None when there is none, or when it is of
    another version: that one is asked to finish, and will be replaced."""
    connection = dial(workspace)
    if connection is None:
        return None
    try:
        if not connection.poll(GREETING_TIMEOUT_S):
            raise EOFError
        hello = codec.from_bytes(connection.recv_bytes())["hello"]
        if hello["version"] == __version__:
            return connection
        from socialdesk.engine.commands import Quit

        connection.send_bytes(
            codec.to_bytes({"id": "replace", "do": codec.command_to_json(Quit())})
        )
    except (OSError, EOFError, ValueError, KeyError):
        pass
    connection.close()
    return None
