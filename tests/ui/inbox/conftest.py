"""The windowed list of a test, over rows that are made of any ids."""

from collections.abc import Callable, Iterator, Sequence

import pytest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from socialdesk.domain.queue.rows import QueueRow
from socialdesk.ui.inbox.listing import QueueList
from socialdesk.ui.inbox.model import QueueModel
from tests.ui.fake_desk import NOW, a_row

Read = Callable[[Sequence[int]], list[QueueRow]]


@pytest.fixture
def read() -> Read:
    return lambda ids: [a_row(i) for i in ids]


@pytest.fixture
def model(qapp: QApplication, read: Read) -> Iterator[QueueModel]:
    made = QueueModel(read, lambda: NOW, qapp)
    yield made
    made.deleteLater()


@pytest.fixture
def cards(qtbot: QtBot, model: QueueModel) -> Iterator[QueueList]:
    """The list of `model`, not shown."""
    holder = QWidget()
    qtbot.addWidget(holder)
    holder.resize(390, 600)
    made = QueueList(model, lambda: NOW, holder)
    made.resize(390, 600)
    yield made
    holder.close()
