"""Starting a drill: which crisis, how fast, and what will happen."""

import sys

from PySide6.QtCore import QProcess, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QButtonGroup,
    QDialog,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from socialdesk.domain.crisis.drill import PastDrill
from socialdesk.domain.errors import SocialDeskError
from socialdesk.engine.commands.drills import StartDrill
from socialdesk.engine.desk import Desk, Done
from socialdesk.engine.queries.drills import ListDrills
from socialdesk.engine.words.drills import (
    DRILLS,
    LENGTH_MIN,
    SPEEDS,
    benchmark_words,
    stream_title,
    stream_when,
)
from socialdesk.engine.words.messages import sentence
from socialdesk.i18n import tr
from socialdesk.ui.plain import label
from socialdesk.ui.tasks import Waiter
from socialdesk.ui.text_size import resize_for_text

_STREAM = Qt.ItemDataRole.UserRole


class StartDrillDialog(QDialog):
    """`started(path)`: the sandbox is made; its window opens by itself."""

    started = Signal(str)

    def __init__(self, desk: Desk, parent: QWidget | None) -> None:
        super().__init__(parent)
        self._desk = desk
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(tr("Start a drill"))
        resize_for_text(self, 620, 560)
        self._make()
        Waiter(self, desk.ask(ListDrills()), self._on_past, lambda error: None)

    def _make(self) -> None:
        self.streams = QListWidget(self)
        self.streams.setProperty("framed", "yes")
        self.streams.setAccessibleName(tr("What to rehearse"))
        for stream in DRILLS:
            entry = QListWidgetItem(stream_title(stream), self.streams)
            entry.setData(_STREAM, stream)
        self.streams.currentRowChanged.connect(self._on_chosen)
        self.streams.itemActivated.connect(lambda _: self.start())
        self._when = label(parent=self, tone="dim", wraps=True)
        self._when.setMinimumHeight(2 * self.fontMetrics().lineSpacing())
        self._when.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._fault = label(parent=self, tone="danger", wraps=True)
        self._fault.hide()
        self._past = label(parent=self, tone="dim", wraps=True)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 20, 24, 20)
        layout.setSpacing(10)
        layout.addWidget(label(tr("What do you want to rehearse?"), self, tone="heading"))
        layout.addWidget(self.streams, 1)
        layout.addWidget(self._when)
        layout.addLayout(self._speeds())
        layout.addWidget(label(
            tr("A window of its own opens, framed and marked DRILL, with a copy of your templates, "
               "playbooks and people and an invented brand in an invented network. Nothing leaves "
               "this computer, whatever you send. A real crisis ends the drill at once. At the end "
               "there is a score."), self, wraps=True))  # fmt: skip
        layout.addWidget(self._past)
        layout.addWidget(self._fault)
        layout.addLayout(self._foot())
        self.streams.setCurrentRow(0)
        self.streams.setFocus()

    def _speeds(self) -> QHBoxLayout:
        self._speed = QButtonGroup(self)
        line = QHBoxLayout()
        line.setSpacing(16)
        line.addWidget(label(tr("How fast"), self))
        for speed in SPEEDS:
            minutes = LENGTH_MIN // speed
            button = QRadioButton(tr("×{speed}, {n} min", speed=speed, n=minutes), self)
            button.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
            self._speed.addButton(button, speed)
            line.addWidget(button)
        self._speed.buttonToggled.connect(_take_tab)
        self._speed.button(SPEEDS[1]).setChecked(True)
        line.addStretch(1)
        return line

    def _foot(self) -> QHBoxLayout:
        cancel, self._go = QPushButton(tr("Cancel"), self), QPushButton(tr("Start"), self)
        cancel.clicked.connect(self.reject)
        self._go.setProperty("kind", "primary")
        self._go.setDefault(True)
        self._go.clicked.connect(self.start)
        foot = QHBoxLayout()
        foot.addStretch(1)
        foot.addWidget(cancel)
        foot.addWidget(self._go)
        return foot

    def keyPressEvent(self, event: QKeyEvent) -> None:
        is_enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if is_enter and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.start()
        else:
            super().keyPressEvent(event)

    def start(self) -> None:
        """Enter, or the button."""
        entry = self.streams.currentItem()
        if entry is None or not self._go.isEnabled():
            return
        self._go.setEnabled(False)
        self._fault.hide()
        command = StartDrill(str(entry.data(_STREAM)), self._speed.checkedId())
        Waiter(self, self._desk.do(command), self._on_started, self._on_failed)

    def _on_chosen(self, row: int) -> None:
        entry = self.streams.item(row)
        if entry is not None:
            self._when.setText(stream_when(str(entry.data(_STREAM))))

    def _on_past(self, past: list[PastDrill]) -> None:
        self._past.setText(benchmark_words(tuple(one.score.total for one in past)))

    def _on_started(self, done: Done) -> None:
        path = str(done.answer["path"])
        self.started.emit(path)
        self.accept()

    def _on_failed(self, error: SocialDeskError) -> None:
        said = sentence(error)
        self._fault.setText(" ".join(filter(None, (said.text, said.next_step))))
        self._fault.show()
        self._go.setEnabled(True)


def _take_tab(button: QAbstractButton, is_on: bool) -> None:
    """Tab goes to the chosen speed; Qt lets it go to the first one, and the arrows begin there."""
    button.setFocusPolicy(Qt.FocusPolicy.StrongFocus if is_on else Qt.FocusPolicy.ClickFocus)


def open_start(desk: Desk, parent: QWidget) -> StartDrillDialog:
    """The dialog; what it starts opens as a process of its own, which outlives this window."""
    dialog = StartDrillDialog(desk, parent)
    dialog.started.connect(open_window)
    dialog.open()
    return dialog


def open_window(path: str) -> bool:
    """The drill's window, detached; one that is open comes to the front."""
    program = [sys.executable, *([] if getattr(sys, "frozen", False) else ["-m", "socialdesk"])]
    return bool(QProcess.startDetached(program[0], [*program[1:], "--workspace", path])[0])
