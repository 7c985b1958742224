"""The room of live reviews on a real engine: from an invented Tripadvisor to the screen."""

import sys
from pathlib import Path
from subprocess import run
from typing import Any

import pytest

from socialdesk.domain.account import Secret
from socialdesk.engine.accounts.secrets import NoKeyring
from socialdesk.engine.commands import AddAccount
from socialdesk.engine.inline import InlineDesk
from socialdesk.engine.outside import Outside
from socialdesk.networks.scripted import session_with
from socialdesk.ui.panels.screen import PanelsScreen
from tests.fakes import NOON, HandClock
from tests.networks.fake_tripadvisor import FakeTripadvisor
from tests.networks.samples.tripadvisor import SAMPLE

WORDS = "zebra-canary-7720 the soup was cold"
SEARCH = """
import pathlib, sys
for file in pathlib.Path(sys.argv[1]).rglob("*"):
    if file.is_file() and sys.argv[2].encode() in file.read_bytes():
        print(file.name)
"""


@pytest.fixture
def server():
    return FakeTripadvisor()


@pytest.fixture
def desk(tmp_path, server):
    def session(**_: Any) -> Any:
        return session_with(server)

    secret = SAMPLE.secret or Secret("")
    outside = Outside({SAMPLE.key: SAMPLE.network}, session, lambda _: NoKeyring(secret))
    made = InlineDesk(tmp_path / "workspace.db", tmp_path / "backups", HandClock(NOON), outside)
    made.do(AddAccount(SAMPLE.key, tuple(SAMPLE.typed.items()), session_only=True)).result()
    yield made
    made.close()


def files_with(folder: Path, words: str) -> list[str]:
    asked = [sys.executable, "-c", SEARCH, str(folder), words]
    return run(asked, check=True, capture_output=True, text=True).stdout.split()


def test_what_the_screen_shows_is_in_no_file(qtbot, theme, desk, server, tmp_path):
    server.add_mention(WORDS)
    screen = PanelsScreen(desk, None)
    qtbot.addWidget(screen)
    screen.resize(1100, 700)
    screen.show()
    qtbot.waitUntil(lambda: screen._list.count() == 1)
    assert screen._review._body.text() == WORDS
    assert not screen._review._rating.isHidden()
    assert "Tripadvisor" in screen._credit.text()
    screen._review.answer.setPlainText("zebra-answer")
    screen.refresh()
    qtbot.waitUntil(lambda: screen._busy.isHidden())
    assert files_with(tmp_path, "Bakery")  # what its owner calls the place
    assert files_with(tmp_path, "zebra-") == []


def test_without_a_network_the_words_stay_and_the_silence_is_told(qtbot, theme, desk, server):
    server.add_mention(WORDS)
    screen = PanelsScreen(desk, None)
    qtbot.addWidget(screen)
    screen.show()
    qtbot.waitUntil(lambda: screen._list.count() == 1)
    server.cut()
    screen.refresh()
    qtbot.waitUntil(lambda: bool(screen._notice.text))
    assert screen._list.count() == 1
    server.recover()
    screen.refresh()
    qtbot.waitUntil(lambda: not screen._notice.text and screen._busy.isHidden())
