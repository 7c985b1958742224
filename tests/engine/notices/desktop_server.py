"""A notification server of our own, on a D-Bus of our own: what a desktop would be."""

import shutil
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from jeepney import (
    DBusAddress,
    HeaderFields,
    MatchRule,
    MessageType,
    message_bus,
    new_method_return,
    new_signal,
)
from jeepney.io.threading import open_dbus_connection

from socialdesk.engine.notices.desktop_bus import LAUNCHER, NAME, PATH

DAEMON = shutil.which("dbus-daemon")


# The system's own configuration would start whatever notification server is installed.
CONFIG = """<busconfig><type>session</type><listen>unix:tmpdir=/tmp</listen><auth>EXTERNAL</auth>
<policy context="default"><allow send_destination="*" eavesdrop="true"/><allow eavesdrop="true"/>
<allow own="*"/></policy></busconfig>"""


@contextmanager
def session_bus(folder: Path) -> Iterator[str]:
    """The address of a fresh bus that ends with the test."""
    assert DAEMON is not None
    config = folder / "bus.conf"
    config.write_text(CONFIG, encoding="utf-8")
    call = [DAEMON, f"--config-file={config}", "--nofork", "--nopidfile", "--print-address=1"]
    with subprocess.Popen(call, stdout=subprocess.PIPE, text=True) as bus:
        assert bus.stdout is not None
        try:
            yield bus.stdout.readline().strip()
        finally:
            bus.terminate()


@dataclass
class Shown:
    """One call of Notify."""

    id: int
    title: str
    body: str
    actions: list[str]
    hints: dict[str, Any]
    replaces: int


@dataclass
class FakeServer:
    """Answers on a thread of its own; `is_silent`: takes calls and never answers."""

    address: str
    abilities: tuple[str, ...] = ("actions", "body", "body-markup")
    is_silent: bool = False
    shown: list[Shown] = field(default_factory=list)
    counts: list[int] = field(default_factory=list)
    hidden: list[int] = field(default_factory=list)
    changed: threading.Condition = field(default_factory=threading.Condition)

    def start(self) -> "FakeServer":
        self._bus = open_dbus_connection(self.address)
        self._send(message_bus.RequestName(NAME))
        launcher = MatchRule(type="signal", interface=LAUNCHER, member="Update")
        self._send(message_bus.AddMatch(launcher))
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._thread.start()
        return self

    def close(self) -> None:
        self._bus.close()
        self._thread.join(5)

    def wait_for(self, n: int) -> list[Shown]:
        """The first `n` notices, once they are there."""
        with self.changed:
            assert self.changed.wait_for(lambda: len(self.shown) >= n, 10), self.shown
        return self.shown

    def wait_for_count(self, n: int) -> None:
        with self.changed:
            assert self.changed.wait_for(lambda: self.counts[-1:] == [n], 10), self.counts

    def click(self, id: int, action: str) -> None:
        self._signal("ActionInvoked", "us", (id, action))

    def dismiss(self, id: int, reason: int = 2) -> None:
        self._signal("NotificationClosed", "uu", (id, reason))

    def _signal(self, member: str, signature: str, values: tuple[Any, ...]) -> None:
        self._bus.send(new_signal(DBusAddress(PATH, interface=NAME), member, signature, values))

    def _send(self, message: Any) -> None:
        self._bus.send(message)
        while self._bus.receive(timeout=5).header.message_type is not MessageType.method_return:
            pass

    def _run(self) -> None:
        while True:
            try:
                message = self._bus.receive()
            except Exception:  # closed
                return
            member = message.header.fields.get(HeaderFields.member)
            with self.changed:
                self._take(message, member)
                self.changed.notify_all()

    def _take(self, message: Any, member: str | None) -> None:
        if member == "Update":
            self.counts.append(message.body[1]["count"][1])
        elif self.is_silent or message.header.message_type is not MessageType.method_call:
            return
        elif member == "GetCapabilities":
            self._bus.send(new_method_return(message, "as", (list(self.abilities),)))
        elif member == "CloseNotification":
            self.hidden.append(message.body[0])
            self._bus.send(new_method_return(message))
        elif member == "Notify":
            _, replaces, _, title, body, actions, hints, _ = message.body
            id = replaces or len(self.shown) + 1
            self.shown.append(Shown(id, title, body, actions, hints, replaces))
            self._bus.send(new_method_return(message, "u", (id,)))
