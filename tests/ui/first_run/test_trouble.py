"""What a newcomer sees when the program cannot begin: one clear sentence."""

import os
import subprocess
import sys
from pathlib import Path
from unittest.mock import Mock

import pytest
from PySide6.QtCore import QLockFile, Qt, qInstallMessageHandler
from PySide6.QtWidgets import QWidget

from socialdesk.domain.errors import CredentialError, CredentialFault
from socialdesk.engine import commands as c
from socialdesk.places import PlaceError, PlaceFault, workspace
from socialdesk.ui import application, single
from socialdesk.ui.first_run.around import Around, Source
from socialdesk.ui.first_run.try_step import TryStep
from socialdesk.ui.start import refusal
from socialdesk.ui.start.refusal import Refusal
from tests.ui.compose.looks import unnamed, wrong_format
from tests.ui.fake_desk import FakeDesk

SECRET_FEED = "https://alerts.example/feeds/123/456"


def test_a_disk_that_can_only_be_read_is_told_before_anything_is_tried(monkeypatch):
    monkeypatch.setattr(os, "access", lambda path, mode: mode != os.W_OK)
    with pytest.raises(PlaceError) as refused:
        workspace().prepare()
    assert refused.value.fault is PlaceFault.NOT_WRITABLE


def test_a_folder_that_is_a_file_is_one_sentence_and_no_traceback(tmp_path: Path):
    (tmp_path / "home").write_text("")
    run = subprocess.run(
        [sys.executable, "-m", "socialdesk"], capture_output=True, text=True, timeout=50,
        env={**os.environ, "SOCIALDESK_HOME": str(tmp_path / "home")}, check=False,
    )  # fmt: skip
    assert run.returncode == 2
    assert run.stderr.count("\n") == 1 and "is a file, not a folder" in run.stderr


def test_who_started_by_an_icon_reads_it_in_a_window(qtbot, theme):
    made = Refusal("«/x» cannot be written to. <b>Choose</b> another.")
    qtbot.addWidget(made)
    made.show()
    assert unnamed(made) == [] and wrong_format(made) == []
    assert "cannot be written to" in made.accessibleDescription()
    qtbot.keyClick(made, Qt.Key.Key_Return)
    assert not made.isVisible()


@pytest.fixture
def shown(monkeypatch):
    """The sentences that were shown in a window, on a screen that somebody sees."""
    said: list[str] = []
    monkeypatch.setenv("QT_QPA_PLATFORM", "xcb")
    monkeypatch.setenv("DISPLAY", ":0")
    monkeypatch.setattr(Refusal, "exec", lambda self: said.append(self.accessibleDescription()))
    return said


@pytest.mark.parametrize(("is_terminal", "n"), [(False, 1), (True, 0)])
def test_a_window_is_for_those_without_a_terminal(monkeypatch, shown, qapp, is_terminal, n):
    monkeypatch.setattr(sys.stderr, "isatty", lambda: is_terminal, raising=False)
    refusal.show_refusal(PlaceError(PlaceFault.NOT_WRITABLE, "/x"))
    assert len(shown) == n and all("cannot be written to" in text for text in shown)


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere there always is a screen")
@pytest.mark.parametrize("platform", ["offscreen", ""])
def test_without_a_screen_no_window_is_tried(monkeypatch, shown, platform):
    for name in ("DISPLAY", "WAYLAND_DISPLAY"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("QT_QPA_PLATFORM", platform)
    refusal.show_sentence("no")
    assert shown == []


def test_a_first_window_that_hangs_is_told(monkeypatch, shown, qapp, tmp_path):
    place = workspace()
    place.prepare()
    lock = QLockFile(str(place.window_lock))
    assert lock.tryLock(0)  # and nobody listens
    monkeypatch.setattr(single, "CALL_TIMEOUT_MS", 50)
    before = qInstallMessageHandler(None)
    assert application.run(place, FakeDesk(), Mock(), Mock(), lambda _: "main") == 0
    qInstallMessageHandler(before)
    (text,) = shown
    assert "does not answer" in text
    lock.unlock()


@pytest.fixture
def steps_desk():
    made = FakeDesk()
    made.outcomes[c.TestFetch] = {"n": 3, "examples": [["Ann", "one"], ["Ben", "two"]]}
    return made


@pytest.fixture
def try_step(qtbot, steps_desk, theme):
    whole = QWidget()
    qtbot.addWidget(whole)
    around = Around(steps_desk, whole)
    around.source = Source(SECRET_FEED)
    made = TryStep(around, whole)
    whole.show()
    made.show()
    made.begin()
    qtbot.waitUntil(lambda: made.add.isVisible())
    yield made
    whole.close()  # it is kept until here: a widget without an owner goes


@pytest.mark.parametrize("fault", [CredentialFault.NONE, CredentialFault.LOCKED])
def test_a_keyring_that_does_not_take_an_address_is_told_with_a_way_on(
    qtbot, steps_desk, try_step, fault
):
    steps_desk.outcomes[c.AddAccount] = CredentialError(fault)
    try_step.add.click()
    qtbot.waitUntil(lambda: try_step.notice.text != "")
    assert "like a password" in try_step.notice.text
    steps_desk.outcomes[c.AddAccount] = {"account_id": 3}
    try_step.notice.chosen.emit("session")
    qtbot.waitUntil(try_step.is_done)
    assert steps_desk.did(c.AddAccount)[-1].session_only


def test_nothing_asks_the_keyring_before_a_source_is_added(steps_desk, try_step):
    assert steps_desk.did(c.AddAccount) == []


def test_three_examples_stand_below_the_count(try_step):
    assert try_step._found.text().startswith("It works: 3 items found.")
    assert "Ann" in try_step._found.text() and "Ben" in try_step._found.text()
