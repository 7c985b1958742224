"""The window of a workspace whose one account has its token in a locked keyring: prints one JSON
line of what somebody in front of it meets.

    sh tests/with_keyring.sh python -m tests.realwindow.locked_window WORKSPACE_FOLDER

The prompt to unlock stays unanswered: whoever asked the keyring waits for ever.
"""

import json
import sys
import threading
import time
from contextlib import closing
from typing import Any

import secretstorage
from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtTest import QTest

from socialdesk.app import SystemClock, run_window
from socialdesk.credentials import SecretStore
from socialdesk.engine.accounts.secrets import KeyringSecrets
from socialdesk.engine.commands import AddAccount, FetchNow
from socialdesk.engine.desk import EngineState
from socialdesk.engine.inline import InlineDesk
from socialdesk.engine.outside import Outside
from socialdesk.engine.process.supervisor import dial
from socialdesk.networks import registry
from socialdesk.networks.testing import session_with
from socialdesk.places import Workspace, workspace
from socialdesk.ui import application
from socialdesk.ui.bridge import Bridge
from socialdesk.ui.window import MainWindow
from tests.networks import fake_mastodon
from tests.networks.fake_mastodon import FakeMastodon
from tests.soak.stall_probe import StallProbe

N_MENTIONS, PRESS_MS, LEAF_MS = 30, 100, 3_000
PATIENCE_MS = 30_000
TOKEN = "nobodys-token"


class Meets(QObject):
    """Notes when the notice came, leafs through the list meanwhile, and closes the window."""

    def __init__(self, window: MainWindow, facts: dict[str, Any]) -> None:
        super().__init__(window)
        self._window, self._facts, self._asked = window, facts, 0.0
        self._probe: StallProbe | None = None
        Bridge(window._desk, self).state_changed.connect(self._on_state)
        QTimer.singleShot(PATIENCE_MS, self._close)

    def _on_state(self, state: EngineState) -> None:
        now = time.perf_counter()
        if state is EngineState.READY and not self._asked:
            self._asked = now
            self._window._desk.do(FetchNow())
        if state is EngineState.WAITING_KEYRING and "notice_s" not in self._facts:
            self._facts["notice_s"] = now - self._asked
            QTimer.singleShot(0, self._leaf_through)

    def _leaf_through(self) -> None:
        self._facts["is_told"] = self._window._state.isVisible()
        self._probe = StallProbe(lambda: "leaf", self)
        press = QTimer(self)
        press.timeout.connect(lambda: QTest.keyClick(self._window.inbox.pane.list, Qt.Key.Key_J))
        press.start(PRESS_MS)
        QTimer.singleShot(LEAF_MS, self._close)

    def _close(self) -> None:
        if self._probe is not None:
            self._facts["worst_stall_ms"] = self._probe.worst.own_ms
        self._facts["closed_at"] = time.perf_counter()
        self._window.close()


def sign_in(place: Workspace) -> None:
    """An account with mentions, while the keyring is open."""
    server, store = FakeMastodon(token=TOKEN), SecretStore()
    for n in range(N_MENTIONS):
        server.add_mention(f"Question number {n}?")
    outside = Outside(
        dict(registry.networks()), lambda: session_with(server),
        lambda name: KeyringSecrets(store, name),
    )  # fmt: skip
    place.prepare()
    desk = InlineDesk(place.database, place.backups, SystemClock(), outside)
    fields = (("server", fake_mastodon.HOST), ("token", TOKEN))
    desk.do(AddAccount("mastodon", fields, (("mentions", "", ""),))).result()
    desk.do(FetchNow(wait=True)).result()
    desk.close()
    store.close()


def lock_keyring() -> None:
    with closing(secretstorage.dbus_init()) as bus:
        collection = secretstorage.get_default_collection(bus)
        collection.lock()
        assert collection.is_locked()


def main(folder: str) -> int:
    place = workspace(folder)
    sign_in(place)
    lock_keyring()
    facts: dict[str, Any] = {}

    def watched(*args: Any, **named: Any) -> MainWindow:
        window = MainWindow(*args, **named)
        Meets(window, facts)
        return window

    vars(application)["MainWindow"] = watched
    code = run_window(["--workspace", folder])
    closed_at = facts.pop("closed_at")
    facts["window_gone_s"] = time.perf_counter() - closed_at
    never = threading.Event()
    while dial(place) is not None and time.perf_counter() - closed_at < PATIENCE_MS / 1000:
        never.wait(0.02)
    facts["engine_gone_s"] = time.perf_counter() - closed_at
    print(json.dumps(facts), flush=True)
    return code


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
