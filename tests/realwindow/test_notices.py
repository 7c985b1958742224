"""A stranger's markup on the desktop: a real notification server shows it as it was typed.

The server draws what it is told in its own window. What SocialDesk tells one that takes markup must
look, to the pixel, like the bare words in one that takes none; and the same words sent unescaped
must not, or the comparison would be blind.
"""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from jeepney import DBusAddress, new_method_call
from jeepney.io.blocking import open_dbus_connection
from PySide6.QtGui import QGuiApplication, QImage

from socialdesk.engine.notices.desktop_bus import CRITICAL, NAME, PATH, DesktopBus
from socialdesk.engine.notices.told import Told
from tests.engine.notices.desktop_server import DAEMON, session_bus
from tests.realwindow.conftest import running, see, wait_until, wait_until_still

pytestmark = [pytest.mark.realwindow, pytest.mark.timeout(180), pytest.mark.promise(24)]

TITLE = "Words of danger"
HOSTILE = (
    "Ann: <b>help</b> & now",
    'Ann: <a href="https://evil.example">free</a> <img src="/etc/hostname"/>',
    "Ann: &lt;i&gt; &amp; <i>x</i> < > \" '",
)
CONFIG = """[global]
markup = {markup}
format = "%s\\n%b"
font = Noto Sans 12
width = 500
height = 200
origin = top-left
offset = 20x20
show_indicators = false
icon_position = off
ignore_newline = false
word_wrap = yes
idle_threshold = 0
[urgency_critical]
background = "#ffffff"
foreground = "#000000"
frame_color = "#000000"
timeout = 0
"""


@pytest.fixture
def screen(qapp: object) -> None:
    if QGuiApplication.platformName() != "xcb":
        pytest.skip("needs an X server: run make test")
    if DAEMON is None or not shutil.which("dunst"):
        why = "needs dbus-daemon and dunst"
        pytest.fail(why) if os.environ.get("CI") else pytest.skip(why)


@contextmanager
def server(folder: Path, markup: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """The address of a bus on which dunst shows notices; `markup`: full or no."""
    folder.mkdir(exist_ok=True)
    config = folder / "dunstrc"
    config.write_text(CONFIG.format(markup=markup), encoding="utf-8")
    with session_bus(folder) as address:
        monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", address)
        with (folder / "said.txt").open("w") as said:
            with running(["dunst", "-config", str(config)], stdout=said, stderr=said):
                wait_until(lambda: _has_server(address), "dunst answers", 20)
                yield address


def _has_server(address: str) -> bool:
    bus = open_dbus_connection(address)
    try:
        asked = DBusAddress("/org/freedesktop/DBus", "org.freedesktop.DBus", "org.freedesktop.DBus")
        call = new_method_call(asked, "NameHasOwner", "s", (NAME,))
        return bool(bus.send_and_get_reply(call).body[0])
    finally:
        bus.close()


def shown_bare(address: str, body: str) -> QImage:
    """The words sent as they are, past SocialDesk."""
    bus, empty = open_dbus_connection(address), see()
    try:
        where = DBusAddress(PATH, NAME, NAME)
        fields: tuple[Any, ...] = ("x", 0, "", TITLE, body, [], {"urgency": ("y", CRITICAL)}, -1)
        bus.send_and_get_reply(new_method_call(where, "Notify", "susssasa{sv}i", fields))
        return _picture(empty)
    finally:
        bus.close()


def shown_by_us(address: str, body: str) -> QImage:
    """The same words as a mention's."""
    desktop, empty = DesktopBus(address), see()
    desktop.listen(lambda told, action: None)
    try:
        told = Told("danger", TITLE, body, (1,), mention_id=1, is_urgent=True)
        desktop.show(told, _refused)
        return _picture(empty)
    finally:
        desktop.close()


def _refused(told: Told) -> None:
    raise AssertionError("dunst is there")


def _picture(empty: QImage) -> QImage:
    wait_until(lambda: see() != empty, "the notice is on the screen", 20)
    wait_until_still()
    return see()


@pytest.mark.parametrize("words", HOSTILE)
def test_a_strangers_markup_is_shown_as_typed(
    screen: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, words: str
) -> None:
    with server(tmp_path / "plain", "no", monkeypatch) as address:
        typed = shown_bare(address, words)
    with server(tmp_path / "ours", "full", monkeypatch) as address:
        ours = shown_by_us(address, words)
    with server(tmp_path / "raw", "full", monkeypatch) as address:
        obeyed = shown_bare(address, words)
    assert ours == typed
    assert obeyed != typed
