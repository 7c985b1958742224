"""Every screen of the real program as a screen reader meets it: over AT-SPI, from another process.

Driven by keys alone. Prints a table: screen | controls | unnamed.
"""

import json
import os
import re
import shutil
import subprocess
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from socialdesk.domain.queue.rows import View
from socialdesk.ui.rooms import ROOMS
from tests.realwindow.conftest import (
    Person,
    running,
    wait_until,
    wait_until_still,
    xdotool,
)

pytestmark = [pytest.mark.realwindow, pytest.mark.timeout(420)]

WALKER = Path(__file__).parents[1] / "accessibility" / "atspi_walk.py"
SYSTEM_PYTHON = "/usr/bin/python3"
LAUNCHERS = ("/usr/libexec/at-spi-bus-launcher", "/usr/lib/at-spi2-core/at-spi-bus-launcher")
CONTROLS = {
    "push button", "button", "toggle button", "check box", "radio button", "combo box", "text",
    "entry", "spin button", "slider", "list", "table", "tree", "page tab", "link", "dialog",
    "password text",
}  # fmt: skip
ROWS = {"list item", "table cell"}
FEWEST_CONTROLS = 250  # of all screens: a walk that sees nothing is no walk


@dataclass(frozen=True, slots=True)
class Told:
    """One thing that a screen reader is told of."""

    role: str
    name: str
    is_focusable: bool
    is_focused: bool
    path: str


class Reader:
    """The walker, beside the program."""

    def __init__(self, walker: "subprocess.Popen[str]", pid: int) -> None:
        self._walker, self._pid = walker, pid

    def hear(self) -> list[Told]:
        pipe_in, pipe_out = self._walker.stdin, self._walker.stdout
        assert pipe_in is not None and pipe_out is not None
        pipe_in.write(f"{self._pid}\n")
        pipe_in.flush()
        return [Told(*fields) for fields in json.loads(pipe_out.readline())]

    def focused(self) -> str:
        """The name of what has the keys."""
        return next((told.name for told in reversed(self.hear()) if told.is_focused), "")


@pytest.fixture
def spoken_bus(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A session bus of our own with the accessibility bus on it, in the environment."""
    launcher = next((name for name in LAUNCHERS if os.access(name, os.X_OK)), "")
    has_gi = Path(SYSTEM_PYTHON).exists() and not subprocess.call(
        [SYSTEM_PYTHON, "-c", "import gi; gi.require_version('Atspi', '2.0')"],
        stderr=subprocess.DEVNULL,
    )
    if not launcher or not has_gi or not shutil.which("dbus-daemon"):
        _miss("needs at-spi2-core, dbus, python3-gi and gir1.2-atspi-2.0")
    with ExitStack() as ends:
        bus = ["dbus-daemon", "--session", "--nofork", "--print-address=1"]
        daemon = ends.enter_context(running(bus, stdout=subprocess.PIPE))
        assert daemon.stdout is not None
        ends.enter_context(daemon.stdout)
        address = daemon.stdout.readline().decode().strip()
        monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", address)
        monkeypatch.setenv("QT_LINUX_ACCESSIBILITY_ALWAYS_ON", "1")
        ends.enter_context(running([launcher, "--launch-immediately"], stderr=subprocess.DEVNULL))
        yield


@pytest.fixture
def reader(spoken_bus: None, request: pytest.FixtureRequest) -> Iterator[tuple[Person, Reader]]:
    """The program is started after the bus."""
    person: Person = request.getfixturevalue("person")
    pid = int(xdotool("getwindowpid", xdotool("getwindowfocus").strip()))
    pipes: dict[str, Any] = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True}
    with running([SYSTEM_PYTHON, str(WALKER)], **pipes) as walker:
        assert walker.stdin is not None and walker.stdout is not None
        with walker.stdin, walker.stdout:
            yield person, Reader(walker, pid)  # type: ignore[arg-type]


def test_a_screen_reader_is_told_of_everything(reader: tuple[Person, Reader]) -> None:
    person, ears = reader
    wait_until(lambda: len(person.rows(View.NEEDS_REPLY)) > 3, "mentions arrive")
    wait_until(lambda: any(t.role in ROWS for t in ears.hear()), "the list is heard")
    heard: dict[str, list[Told]] = {}
    for name, go, back in _screens(ears):
        go()
        heard[name] = _hear_still(ears)
        back()
    _print(heard)
    unnamed = [f"{name}: {t.role} in {t.path}" for name, tolds in heard.items()
               for t in tolds if _is_unnamed(t)]  # fmt: skip
    assert unnamed == []
    assert sum(_n_controls(tolds) for tolds in heard.values()) >= FEWEST_CONTROLS
    _check_rows(heard)


def _screens(ears: Reader) -> Iterator[tuple[str, Callable[[], None], Callable[[], None]]]:
    """A name, the way there, and the way back: keys only."""

    def by(*keys: str) -> Callable[[], None]:
        return lambda: _press(*keys)

    def add_account() -> None:
        _press("g a")
        for _ in range(20):
            if ears.focused().startswith("Add"):
                break
            _press("Tab")
        _press("Return")

    def start_drill() -> None:
        _press("ctrl+k")
        xdotool("type", "--delay", "20", "Start a drill")
        wait_until_still()
        _press("Return")

    stay, out = by(), by("Escape")
    yield "inbox", by("g q"), stay
    yield "person", by("i"), by("i")
    yield "composer", by("r"), out
    yield "note", by("n"), out
    yield "snooze", by("h"), out
    yield "label", by("l"), out
    for name, keys in (("outbox", "g o"), ("approval", "g p"), ("waiting", "g w")):
        yield name, by(keys), stay
    for room in ROOMS:
        if room.keys:
            yield room.key, by(room.keys), stay
    yield "settings", by("g q", "g s"), out
    yield "palette", by("ctrl+k"), out
    yield "keys", by("F1"), out
    yield "declare sheet", by("ctrl+shift+F12"), out
    yield "add account", add_account, out
    yield "drill", start_drill, out


def _press(*keys: str) -> None:
    for key in keys:
        xdotool("key", "--clearmodifiers", *key.split())
        wait_until_still()


def _hear_still(ears: Reader) -> list[Told]:
    """Twice the same: what is still being read has come."""
    before, never = ears.hear(), threading.Event()
    for _ in range(10):
        never.wait(0.2)
        now = ears.hear()
        if [t.name for t in now] == [t.name for t in before]:
            return now
        before = now
    return before


def _is_unnamed(told: Told) -> bool:
    return told.role in CONTROLS and not told.name.strip()


def _n_controls(tolds: list[Told]) -> int:
    return sum(told.role in CONTROLS for told in tolds)


def _check_rows(heard: dict[str, list[Told]]) -> None:
    """A mention says author, network, time, state and words; no row anywhere says nothing."""
    mentions = [t.name for t in heard["inbox"] if t.role == "table cell"]
    assert len(mentions) > 3
    for name in mentions:
        assert re.match(
            r"[^,]+, Mastodon, (now|\d+ (min|h|d)), (New|Open|Waiting|Done), .*: .", name
        )
    mute = {f"{name}: {t.path}" for name, tolds in heard.items()
            for t in tolds if t.role in ROWS and not t.name.strip()}  # fmt: skip
    assert {m for m in mute if "tree" not in m} == set()  # an empty cell of a tree's row


def _print(heard: dict[str, list[Told]]) -> None:
    print("\n| screen | controls | unnamed |\n| --- | ---: | ---: |")
    for name, tolds in heard.items():
        print(f"| {name} | {_n_controls(tolds)} | {sum(map(_is_unnamed, tolds))} |")


def _miss(why: str) -> None:
    if os.environ.get("CI"):
        pytest.fail(why)
    pytest.skip(why)
