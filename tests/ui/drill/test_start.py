"""Starting a drill: keyboard alone, every stream, what will happen, and refusals in place."""

from concurrent.futures import Future
from typing import Any, cast

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from socialdesk.domain.crisis.refusal import CrisisRefusedError
from socialdesk.engine.commands.drills import StartDrill
from socialdesk.engine.desk import Desk as WholeDesk
from socialdesk.engine.desk import Done
from socialdesk.engine.words.drills import DRILLS
from socialdesk.ui.drill.start import StartDrillDialog


class Desk:
    """Answers what the dialog asks; keeps what it does."""

    def __init__(self, error: Exception | None = None) -> None:
        self.done: list[Any] = []
        self.error = error

    def ask(self, query: object) -> "Future[Any]":
        return settled([])

    def do(self, command: Any, command_id: str = "") -> "Future[Done]":
        self.done.append(command)
        return settled(Done(0, {"path": "drills/main"}), self.error)


def settled(answer: Any, error: Exception | None = None) -> "Future[Any]":
    future: Future[Any] = Future()
    if error is None:
        future.set_result(answer)
    else:
        future.set_exception(error)
    return future


@pytest.fixture
def open_dialog(qtbot, theme):
    def make(desk: Desk) -> StartDrillDialog:
        dialog = StartDrillDialog(cast(WholeDesk, desk), None)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
        qtbot.addWidget(dialog)
        dialog.show()
        qtbot.waitExposed(dialog)
        return dialog

    return make


def texts(dialog: StartDrillDialog) -> str:
    return "\n".join(one.text() for one in dialog.findChildren(QLabel) if one.isVisible())


def test_every_stream_can_be_chosen_and_says_what_it_is(open_dialog):
    dialog = open_dialog(Desk())
    assert dialog.streams.count() == len(DRILLS)
    said = set()
    for row in range(dialog.streams.count()):
        dialog.streams.setCurrentRow(row)
        said.add(texts(dialog))
    assert len(said) == len(DRILLS)


def test_arrow_and_enter_alone_start_the_second_stream(open_dialog, qtbot):
    desk = Desk()
    dialog = open_dialog(desk)
    qtbot.keyClick(dialog.streams, Qt.Key.Key_Down)
    with qtbot.waitSignal(dialog.started) as started:
        qtbot.keyClick(dialog.streams, Qt.Key.Key_Return)
    assert desk.done == [StartDrill(DRILLS[1], 4)]
    assert started.args == ["drills/main"]


def test_an_open_incident_is_said_in_place_and_it_can_be_tried_again(open_dialog, qtbot):
    desk = Desk(CrisisRefusedError("R41", id="INC-2026-0007"))
    dialog = open_dialog(desk)
    dialog.start()
    qtbot.waitUntil(lambda: "INC-2026-0007" in texts(dialog))
    assert dialog.isVisible()
    dialog.start()
    assert len(desk.done) == 2


def test_it_says_that_nothing_leaves_the_computer(open_dialog):
    assert "Nothing leaves this computer" in texts(open_dialog(Desk()))
