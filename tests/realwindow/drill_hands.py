"""A drill's own window: found, played by keys, watched from outside for internet sockets."""

import os
import signal
import subprocess
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from socialdesk.app import SystemClock
from socialdesk.domain.crisis.incident import Incident
from socialdesk.domain.queue.rows import View
from socialdesk.engine.drills.mark import DrillClock
from socialdesk.engine.queries.crisis import ListIncidents
from socialdesk.places import Workspace, workspace
from tests.realwindow.conftest import (
    Person,
    keep_picture,
    wait_until,
    wait_until_still,
    xdotool,
)

PROC: Final = Path("/proc")
N_TRIES, PATIENCE_S = 4, 4.0  # a key whose effect does not show is pressed again
_INTERNET: Final = ("tcp", "tcp6", "udp", "udp6", "udplite", "udplite6", "raw", "raw6")

# Set before anything else in every process that the window starts: notes each way to a network.
TRAP: Final = """
import os, sys, socket

def note(what):
    with open(os.environ["TRAP"], "a") as trap:
        trap.write(what + " in " + " ".join(sys.orig_argv) + "\\n")

def seen(event, args):
    if event in ("socket.getaddrinfo", "socket.gethostbyname", "socket.gethostbyaddr"):
        note(event)
    elif event in ("socket.connect", "socket.bind", "socket.sendto", "socket.sendmsg"):
        # urllib3 binds to ::1 to find out whether there is IPv6: nobody is asked, nothing is heard.
        family = args[0].family
        is_probe = family == socket.AF_INET6 and event == "socket.bind" and args[1][0] == "::1"
        if family != socket.AF_UNIX and not is_probe:
            note(f"{event} {args[1]}")
    elif event == "import" and args[0].startswith("keyring.backends"):
        note("import " + args[0])

note("trap set")
sys.addaudithook(seen)
"""


class Trainee(Person):
    """At the drill's window, which has the keyboard."""

    def __init__(self, place: Workspace) -> None:
        super().__init__(place)
        self.sockets: set[str] = set()  # internet ones that were seen open
        self.n_looks = 0  # at what one process has open

    @property
    def incident(self) -> Incident | None:
        found = self.desk.ask(ListIncidents()).result()
        return found[0] if found else None

    def keep(self, name: str) -> None:
        """A picture of this stage, and a look at what its processes have open."""
        wait_until_still()
        keep_picture(f"drill-{name}")
        for pid in pids_of(self.place.folder):
            self.sockets |= internet_sockets(pid)
            self.n_looks += 1

    @property
    def now_ms(self) -> int:
        """Of the drill's clock."""
        return DrillClock(SystemClock(), self.place.drill_mark).now_ms()

    def wait_in(self, title: str) -> None:
        """Until the window whose title says this has the keyboard."""
        wait_until(lambda: title in _focused(), f"the keys go to {title!r}")
        wait_until_still()

    def press_until(self, key: str, is_so: Callable[[], object], what: str) -> None:
        """The key again until it did what it is for: while windows change places one is lost."""
        for _ in range(N_TRIES):
            self.press(key)
            if happens(is_so):
                return
        wait_until(is_so, what)

    def open_by(self, key: str, title: str) -> None:
        """A dialog, and it has the keyboard."""
        self.press_until(key, lambda: title in _focused(), f"{key} opens {title!r}")
        wait_until_still()

    def stand_on(self, says: str, search: str) -> None:
        """In the queue, on the one mention that is found by this word."""
        wait_until(lambda: self._find(says), f"{says!r} is there", 90)
        self.press("g q", "slash")
        self.type(search)
        self.press("Return")

    def _find(self, words: str) -> int:
        rows = self.rows(View.NEEDS_REPLY)
        return next((row.id for row in rows if words in row.body), 0)


def happens(is_so: Callable[[], object]) -> bool:
    """Whether it becomes so within PATIENCE_S."""
    never = threading.Event()
    for _ in range(int(PATIENCE_S * 20)):
        if is_so():
            return True
        never.wait(0.05)
    return False


def drill_place(real: Workspace) -> Workspace | None:
    """The sandbox that was made last."""
    made = sorted(real.drills.glob("*/drill.json")) if real.drills.exists() else []
    return workspace(str(made[-1].parent)) if made else None


@contextmanager
def drill_window(real: Workspace) -> Iterator[Trainee]:
    """The window that opens by itself; it and its engine end with the test."""
    wait_until(lambda: drill_place(real), "the sandbox is made", 30)
    place = drill_place(real)
    assert place is not None
    try:
        wait_until(lambda: _windows(), "the drill's window is there", 30)
        wait_until(place.engine_address.exists, "the drill's engine is there", 30)
        xdotool("windowfocus", _windows()[-1])
        trainee = Trainee(place)
        yield trainee
        trainee.desk.close()
    finally:
        for pid in pids_of(place.folder):
            os.kill(pid, signal.SIGTERM)
        wait_until(lambda: not pids_of(place.folder), "the drill's processes end", 30)


def pids_of(folder: Path) -> list[int]:
    """Processes that were started for this workspace."""
    found = []
    for entry in PROC.glob("[0-9]*"):
        try:
            words = (entry / "cmdline").read_bytes().split(b"\0")
        except OSError:
            continue  # it ended meanwhile
        if str(folder).encode() in words:
            found.append(int(entry.name))
    return found


def internet_sockets(pid: int) -> set[str]:
    """Those this process has open just now, as the kernel lists them; none when it has ended."""
    own = set()
    for fd in (PROC / str(pid) / "fd").glob("*"):
        try:
            target = os.readlink(fd)
        except OSError:
            continue  # closed meanwhile
        if target.startswith("socket:["):
            own.add(target[len("socket:[") : -1])
    return {
        f"{kind}: {line}"
        for kind in _INTERNET
        if (table := PROC / str(pid) / "net" / kind).exists()
        for line in table.read_text().splitlines()[1:]
        if own & set(line.split())
    }


def _windows() -> list[str]:
    order = ["xdotool", "search", "--onlyvisible", "--name", "DRILL"]
    return subprocess.run(order, capture_output=True, text=True, timeout=20).stdout.split()


def _focused() -> str:
    """The title of the window that has the keyboard; "" while it goes from one to another."""
    order = ["xdotool", "getwindowfocus", "getwindowname"]
    return subprocess.run(order, capture_output=True, text=True, timeout=20).stdout
