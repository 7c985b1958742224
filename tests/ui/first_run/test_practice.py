"""The practice brand from the first steps: opened, its end noticed, removed with one click."""

import pytest
from PySide6.QtCore import QProcess
from PySide6.QtWidgets import QWidget

from socialdesk.domain.errors import StoreError, StoreFault
from socialdesk.engine.commands.first_run import RemovePractice
from socialdesk.places import PRACTICE_WORKSPACE, workspace
from socialdesk.ui.first_run.around import Around
from socialdesk.ui.first_run.practice_card import PracticeCard
from socialdesk.ui.single import CLOSE, RAISE, Instance
from tests.ui.fake_desk import FakeDesk


class OtherWindow:
    """The practice window's own end, in this process: what it is called with, until it ends."""

    def __init__(self) -> None:
        self.place = workspace(PRACTICE_WORKSPACE)
        self.instance: Instance | None = None
        self.calls: list[str] = []
        self.starts: list[list[str]] = []

    def start(self, _program: str, words: list[str]) -> tuple[bool, int]:
        self.starts.append(words)
        self.place.prepare()
        self.place.database.write_bytes(b"")
        self.place.practice_posts.write_text("")
        self.instance = Instance(self.place.window_lock)
        assert self.instance.is_first
        self.instance.called.connect(self._on_called)
        self.instance.listen()
        return True, 1

    def _on_called(self, words: str) -> None:
        self.calls.append(words)
        if words == CLOSE:
            self.end()

    def end(self) -> None:
        if self.instance is not None:
            self.instance.release()
            self.instance.deleteLater()
            self.instance = None


@pytest.fixture
def other(monkeypatch, qapp):
    made = OtherWindow()
    monkeypatch.setattr(QProcess, "startDetached", made.start)
    yield made
    made.end()


@pytest.fixture
def desk():
    return FakeDesk()


@pytest.fixture
def card(qtbot, desk, other, theme):
    whole = QWidget()
    qtbot.addWidget(whole)
    made = PracticeCard(Around(desk, whole), whole)
    whole.show()
    yield made
    whole.close()


def test_it_opens_in_a_window_of_its_own_and_only_once(qtbot, card, other):
    assert not card.remove.isVisible()
    with qtbot.waitSignal(card.opened):
        card.open.click()
    assert other.starts[0][-2:] == ["--workspace", PRACTICE_WORKSPACE]
    assert card.remove.isVisible() and card.is_there
    card.open.click()
    qtbot.waitUntil(lambda: other.calls == [RAISE])
    assert len(other.starts) == 1


def test_its_end_is_noticed(qtbot, card, other):
    with qtbot.waitSignal(card.opened):
        card.open.click()
    with qtbot.waitSignal(card.closed):
        other.end()
    assert "Welcome back" in card._notice.text


def test_one_click_closes_its_window_first_and_then_removes_it(qtbot, card, desk, other):
    with qtbot.waitSignal(card.opened):
        card.open.click()
    desk.outcomes[RemovePractice] = lambda _: {"is_gone": other.instance is None}
    card.remove.click()
    assert not card.remove.isEnabled()
    qtbot.waitUntil(lambda: "is gone" in card._notice.text)
    assert other.calls == [CLOSE] and len(desk.did(RemovePractice)) == 1


def test_one_that_is_open_elsewhere_is_told_and_stays(qtbot, card, desk, other):
    with qtbot.waitSignal(card.opened):
        card.open.click()
    desk.outcomes[RemovePractice] = StoreError(StoreFault.LOCKED, "a drill")
    card.remove.click()
    qtbot.waitUntil(lambda: "still open" in card._notice.text)
    assert card.remove.isEnabled()


def test_one_that_was_open_before_is_found(qtbot, desk, other, theme):
    other.start("", [])
    whole = QWidget()
    qtbot.addWidget(whole)
    card = PracticeCard(Around(desk, whole), whole)
    whole.show()
    qtbot.waitUntil(lambda: "is open in a window of its own" in card._notice.text)
    whole.close()


def test_a_workspace_of_ones_own_with_that_name_is_left_alone(qtbot, desk, other, theme):
    other.place.prepare()
    other.place.database.write_bytes(b"mine")
    whole = QWidget()
    qtbot.addWidget(whole)
    card = PracticeCard(Around(desk, whole), whole)
    whole.show()
    assert not card.open.isEnabled() and not card.remove.isVisible() and not card.is_there
    assert "called “practice”" in card._notice.text
    whole.close()
