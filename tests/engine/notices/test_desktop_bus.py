"""The desktop of Linux, over a real D-Bus to a server of our own."""

import queue
import threading

import pytest

from socialdesk.engine.notices import desktop_bus
from socialdesk.engine.notices.desktop_bus import DesktopBus
from socialdesk.engine.notices.telling import OPEN, SEEN, SNOOZE
from socialdesk.engine.notices.told import Told
from tests.engine.notices.desktop_server import DAEMON, FakeServer, session_bus

pytestmark = pytest.mark.skipif(DAEMON is None, reason="dbus-daemon is not installed here")

ONE = Told(
    "danger", "Words of danger", "Ann: <b>help</b> & now", (7,), mention_id=5, is_urgent=True
)
MANY = Told("overdue", "5 mentions are overdue", "Ann, Ben and 3 more", (1, 2), place="overdue")


@pytest.fixture
def address(tmp_path):
    with session_bus(tmp_path) as made:
        yield made


@pytest.fixture
def server(address):
    made = FakeServer(address).start()
    yield made
    made.close()


@pytest.fixture
def clicks():
    """What was told, and what was pressed on it."""
    return queue.Queue()


@pytest.fixture
def desktop(address, clicks):
    made = DesktopBus(address)
    made.listen(lambda told, action: clicks.put((told, action)))
    yield made
    made.close()


def refused(told):
    raise AssertionError("the desktop is there")


def test_a_notice_arrives_with_its_buttons_and_a_strangers_markup_is_text(desktop, server):
    desktop.show(ONE, refused)
    (shown,) = server.wait_for(1)
    assert (shown.title, shown.body) == (
        "Words of danger",
        "Ann: &lt;b&gt;help&lt;/b&gt; &amp; now",
    )
    assert shown.actions[::2] == [OPEN, SNOOZE, SEEN]
    assert shown.hints["desktop-entry"] == ("s", "socialdesk")
    assert shown.hints["urgency"] == ("y", 2)


def test_several_cannot_be_snoozed_by_a_button(desktop, server):
    desktop.show(MANY, refused)
    (shown,) = server.wait_for(1)
    assert shown.actions[::2] == [OPEN, SEEN]
    assert shown.hints["urgency"] == ("y", 1)


def test_a_server_without_buttons_or_markup_gets_plain_words(desktop, address):
    plain = FakeServer(address, abilities=("body",)).start()
    desktop.show(ONE, refused)
    (shown,) = plain.wait_for(1)
    assert (shown.body, shown.actions) == (ONE.body, [])
    plain.close()


def test_a_newer_notice_takes_the_place_of_the_older_one_of_its_kind(desktop, server):
    for told in (MANY, ONE, MANY):
        desktop.show(told, refused)
    first, second, third = server.wait_for(3)
    assert (third.id, third.replaces) == (first.id, first.id)
    assert second.id != first.id


def test_clicks_come_back_and_dismissing_is_having_seen_it(desktop, server, clicks):
    desktop.show(ONE, refused)
    desktop.show(MANY, refused)
    first, second = server.wait_for(2)
    server.click(99, OPEN)  # another program's
    server.click(first.id, SNOOZE)
    assert clicks.get(timeout=10) == (ONE, SNOOZE)
    server.dismiss(first.id)
    assert clicks.get(timeout=10) == (ONE, SEEN)
    server.dismiss(second.id, reason=1)  # it went away by itself
    server.click(second.id, OPEN)  # and is known no more
    server.click(first.id, OPEN)
    desktop.show(ONE, refused)
    server.click(server.wait_for(3)[2].id, OPEN)
    assert clicks.get(timeout=10) == (ONE, OPEN)
    assert clicks.empty()


def test_what_was_seen_elsewhere_is_taken_away(desktop, server):
    desktop.show(ONE, refused)
    desktop.show(MANY, refused)
    first, _ = server.wait_for(2)
    desktop.hide(ONE.kind)
    desktop.hide("never shown")
    desktop.show(ONE, refused)
    server.wait_for(3)
    assert server.hidden == [first.id]


def test_the_launcher_is_told_the_number(desktop, server):
    desktop.count(12)
    server.wait_for_count(12)
    desktop.count(0)
    server.wait_for_count(0)


def test_without_a_server_the_window_shows_it(desktop):
    failed: queue.Queue[Told] = queue.Queue()
    desktop.show(ONE, failed.put)
    assert failed.get(timeout=10) == ONE


def test_without_a_bus_the_window_shows_it():
    desktop = DesktopBus("unix:path=/nowhere/at/all")
    desktop.listen(lambda told, action: None)
    failed: queue.Queue[Told] = queue.Queue()
    desktop.show(ONE, failed.put)
    assert failed.get(timeout=10) == ONE
    desktop.close()


def test_a_server_that_hangs_holds_nobody_up(desktop, address, monkeypatch):
    monkeypatch.setattr(desktop_bus, "TIMEOUT_S", 0.3)
    silent = FakeServer(address, is_silent=True).start()
    failed: queue.Queue[Told] = queue.Queue()
    asked = threading.Thread(target=desktop.show, args=(ONE, failed.put))
    asked.start()
    asked.join(0.25)  # returns at once
    assert not asked.is_alive()
    assert failed.get(timeout=10) == ONE
    silent.close()


def test_a_server_that_was_started_again_is_found_again(desktop, address):
    first = FakeServer(address).start()
    desktop.show(ONE, refused)
    first.wait_for(1)
    first.close()
    failed: queue.Queue[Told] = queue.Queue()
    desktop.show(MANY, failed.put)
    assert failed.get(timeout=10) == MANY
    second = FakeServer(address).start()
    desktop.show(MANY, refused)
    assert second.wait_for(1)[0].title == MANY.title
    second.close()
