"""The desktop of Linux: notifications and the number on the launcher, over the session's D-Bus.

Sources: Desktop Notifications Specification 1.2; Unity LauncherEntry API (Plasma, Dash to Dock and
others follow it). `jeepney` (MIT, pure Python) speaks D-Bus; no call of ours waits for it: one
thread does, and a server that does not answer within TIMEOUT_S is passed over.
"""

import html
import itertools
import logging
import queue
import threading
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from socialdesk.engine.notices.telling import OPEN, SEEN, SNOOZE
from socialdesk.engine.notices.told import Told
from socialdesk.i18n import tr

if TYPE_CHECKING:
    from jeepney.io.threading import DBusConnection

TIMEOUT_S: Final = 3.0
KEPT: Final = 200  # notices on the desktop whose buttons we still know
MAX_WAITING: Final = 100
APP_ID: Final = "socialdesk"
NAME, PATH = "org.freedesktop.Notifications", "/org/freedesktop/Notifications"
LAUNCHER: Final = "com.canonical.Unity.LauncherEntry"
DISMISSED: Final = 2  # NotificationClosed: by a person
LOW, NORMAL, CRITICAL = 0, 1, 2

Failed = Callable[[Told], None]
_END: Final = None
log = logging.getLogger(__name__)


class DesktopBus:
    """Connects when there is first something to say, and again after the bus was lost."""

    def __init__(self, address: str = "SESSION") -> None:
        self._address = address
        self._todo: queue.Queue[Any] = queue.Queue(MAX_WAITING)
        self._on_action: Callable[[Told, str], None] = lambda told, action: None
        self._shown: dict[int, Told] = {}  # by the server's number
        self._bus: _Bus | None = None
        self._thread = threading.Thread(target=self._run, name="desktop", daemon=True)

    def listen(self, on_action: Callable[[Told, str], None]) -> None:
        self._on_action = on_action
        self._thread.start()

    def show(self, told: Told, failed: Failed) -> None:
        try:
            self._todo.put_nowait((told, failed))
        except queue.Full:  # a server that hangs
            failed(told)

    def hide(self, kind: str) -> None:
        self._put(kind)

    def count(self, n: int) -> None:
        self._put(n)

    def _put(self, found: int | str) -> None:
        try:
            self._todo.put_nowait(found)
        except queue.Full:
            log.info("the desktop was not told: it does not answer")

    def close(self) -> None:
        """What waits is dropped; the thread ends by itself when the server hangs."""
        try:
            self._todo.put_nowait(_END)
        except queue.Full:
            return
        if self._thread.is_alive():
            self._thread.join(TIMEOUT_S + 1)

    # --- on its own thread ---

    def _run(self) -> None:
        while (found := self._todo.get()) is not _END:
            try:
                self._do(found)
            except Exception:
                log.exception("the desktop was told in a way it should not")
        if self._bus is not None:
            self._bus.close()

    def _do(self, found: Any) -> None:
        if isinstance(found, int):
            self._with_bus(lambda bus: bus.count(found))
        elif isinstance(found, str):
            for id in [id for id, told in self._shown.items() if told.kind == found]:
                del self._shown[id]
                self._with_bus(partial(_Bus.hide, id=id))
        elif isinstance(found, tuple):
            told, failed = found
            if not self._with_bus(lambda bus: self._shown_by(bus, told)):
                failed(told)
        else:
            self._take(found)

    def _with_bus(self, say: "Callable[[_Bus], object]") -> bool:
        """False when there is no bus, or nobody there who answers."""
        try:
            if self._bus is None or not self._bus.is_alive():
                self._bus = _Bus(self._address, self._todo)
            say(self._bus)
        except Exception as e:  # of the address, the socket, the server: jeepney raises many
            log.info("the desktop cannot be told: %s", type(e).__name__)
            if self._bus is not None:
                self._bus.close()
            self._bus = None
            return False
        return True

    def _shown_by(self, bus: "_Bus", told: Told) -> None:
        old = next((id for id, t in self._shown.items() if t.kind == told.kind), 0)
        id = bus.notify(told, old)
        self._shown.pop(old, None)
        self._shown[id] = told
        for oldest in list(itertools.islice(self._shown, max(0, len(self._shown) - KEPT))):
            del self._shown[oldest]

    def _take(self, signal: Any) -> None:
        """ActionInvoked(id, action) or NotificationClosed(id, reason)."""
        from jeepney import HeaderFields

        id, what = signal.body
        told = self._shown.get(id)
        if told is None:
            return  # another program's
        if signal.header.fields[HeaderFields.member] == "ActionInvoked":
            self._on_action(told, what)
            return
        del self._shown[id]
        if what == DISMISSED:
            self._on_action(told, SEEN)


class _Bus:
    """One connection. `signals`: where ActionInvoked and NotificationClosed are put."""

    def __init__(self, address: str, signals: "queue.Queue[Any]") -> None:
        """Raises what jeepney raises when there is no bus, or no notification server."""
        from jeepney import DBusAddress, MatchRule, message_bus, new_method_call
        from jeepney.io.threading import DBusRouter, Proxy, open_dbus_connection

        self._call = new_method_call
        self._server = DBusAddress(PATH, bus_name=NAME, interface=NAME)
        self._connection: DBusConnection = open_dbus_connection(address)
        self._router = DBusRouter(self._connection)
        try:
            for member in ("ActionInvoked", "NotificationClosed"):
                rule = MatchRule(type="signal", interface=NAME, member=member, path=PATH)
                Proxy(message_bus, self._router, timeout=TIMEOUT_S).AddMatch(rule)
                self._router.filter(rule, queue=signals)
        except Exception:
            self.close()
            raise
        self._can: frozenset[str] | None = None

    def is_alive(self) -> bool:
        return bool(self._router._rcv_thread.is_alive())

    def notify(self, told: Told, replaces: int) -> int:
        """Notify(susssasa{sv}i) → id."""
        actions: list[str] = []
        if "actions" in self._abilities():
            actions = _actions(told)
        body = html.escape(told.body) if "body-markup" in self._abilities() else told.body
        hints = {
            "desktop-entry": ("s", APP_ID),
            "urgency": ("y", CRITICAL if told.is_urgent else NORMAL),
            "category": ("s", "im.received"),
        }
        values = ("SocialDesk", replaces, APP_ID, told.title, body, actions, hints, -1)
        return int(self._ask("Notify", "susssasa{sv}i", values)[0])

    def count(self, n: int) -> None:
        """Update(sa{sv}), a signal to whoever draws launchers."""
        from jeepney import DBusAddress, new_signal

        entry = DBusAddress("/com/canonical/Unity/LauncherEntry", interface=LAUNCHER)
        facts = {"count": ("x", n), "count-visible": ("b", n > 0)}
        uri = f"application://{APP_ID}.desktop"
        self._router.send(new_signal(entry, "Update", "sa{sv}", (uri, facts)))

    def hide(self, id: int) -> None:
        """CloseNotification(u)."""
        self._ask("CloseNotification", "u", (id,))

    def close(self) -> None:
        self._router.close()
        self._connection.close()

    def _abilities(self) -> frozenset[str]:
        if self._can is None:
            self._can = frozenset(self._ask("GetCapabilities", None, ())[0])
        return self._can

    def _ask(self, method: str, signature: str | None, values: tuple[Any, ...]) -> Any:
        from jeepney.wrappers import unwrap_msg

        call = self._call(self._server, method, signature, values)
        return unwrap_msg(self._router.send_and_get_reply(call, timeout=TIMEOUT_S))


def _actions(told: Told) -> list[str]:
    """Keys and words, in turns."""
    pairs = [(OPEN, tr("Open it"))]
    if told.mention_id:
        pairs.append((SNOOZE, tr("Snooze for 1 h")))
    pairs.append((SEEN, tr("Seen")))
    return [word for pair in pairs for word in pair]
