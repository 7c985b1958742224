"""What the engine tells reaches the window on its own thread, joined when it comes in bursts."""

import threading

from PySide6.QtCore import QCoreApplication, QEvent, QObject

from socialdesk.domain.changes import Area, Changes
from socialdesk.engine.desk import EngineState, Notice
from socialdesk.ui.bridge import Bridge
from tests.ui.fake_desk import FakeDesk


def test_changes_from_another_thread_arrive(qtbot):
    desk, owner = FakeDesk(), QObject()
    bridge = Bridge(desk, owner)
    with qtbot.waitSignal(bridge.changed) as told:
        thread = threading.Thread(target=desk.tell, args=(Changes(added=(1,)),))
        thread.start()
        thread.join()
    assert told.args == [Changes(added=(1,))]


def test_a_burst_is_joined_and_nothing_of_it_is_lost(qtbot):
    desk, owner = FakeDesk(), QObject()
    seen: list[Changes] = []
    Bridge(desk, owner).changed.connect(seen.append)
    for n in range(40):
        desk.tell(Changes(added=(n,), areas=frozenset({Area.QUEUE})))
    qtbot.waitUntil(lambda: len([i for c in seen for i in c.added]) == 40)
    assert len(seen) <= 3
    assert sorted(i for c in seen for i in c.added) == list(range(40))


def test_states_and_notices_have_signals_of_their_own(qtbot):
    desk, owner = FakeDesk(), QObject()
    bridge = Bridge(desk, owner)
    with qtbot.waitSignals([bridge.state_changed, bridge.noticed]):
        desk.tell(EngineState.LOST)
        desk.tell(Notice("reply_sent"))


def test_it_stops_listening_with_its_owner(qtbot):
    desk, owner = FakeDesk(), QObject()
    Bridge(desk, owner)
    owner.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    assert desk.listeners == []
