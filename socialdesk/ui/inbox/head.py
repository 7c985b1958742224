"""The head of the thread: who wrote, where, how it stands, and the acts most used."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from socialdesk.domain.rows import QueueRow
from socialdesk.i18n import tr
from socialdesk.ui.actions import Actions
from socialdesk.ui.icons import set_icon
from socialdesk.ui.plain import dress, isolated, label
from socialdesk.ui.words import chips, network_label, status_chip


class Head(QWidget):
    """Name, network and state of the chosen mention, and the acts most used."""

    def __init__(self, actions: Actions, now: Callable[[], int], parent: QWidget) -> None:
        super().__init__(parent)
        self._actions, self._now = actions, now
        self._name = label(parent=self, tone="title")
        self._where = label(parent=self, tone="dim")
        self._state = label(parent=self)
        self._state.setProperty("chip", "plain")
        for part in (self._name, self._where):
            part.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._buttons = {
            action: self._button(action, icon)
            for action, icon in (
                ("snooze", "alarm-clock"), ("label", "tag"), ("priority_1", "flag"),
                ("done", "circle-check"), ("more", "ellipsis"), ("context", "panel-right"),
            )
        }  # fmt: skip
        names = QVBoxLayout()
        names.setSpacing(0)
        names.addWidget(self._name)
        names.addWidget(self._where)
        line = QHBoxLayout()
        line.setSpacing(8)
        line.addLayout(names, 1)
        line.addWidget(self._state)
        for button in self._buttons.values():
            line.addWidget(button)
        self._marks = QHBoxLayout()
        self._marks.setSpacing(6)
        rule = QFrame(self)
        rule.setProperty("rule", "yes")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addLayout(line)
        layout.addLayout(self._marks)
        layout.addWidget(rule)
        self._shown: tuple[object, ...] = ()

    def translate(self) -> None:
        """Names of the buttons, with their keys, in the language in use."""
        self._shown = ()
        for action, button in self._buttons.items():
            name = self._name_of(action)
            button.setAccessibleName(name)
            keys = self._keys_of(action)
            button.setToolTip(tr("{name} ({keys})", name=name, keys=keys) if keys else name)
        self._buttons["done"].setText(tr("Done"))

    def show_row(self, row: QueueRow) -> None:
        now = self._now()
        state, marks = status_chip(row, now), chips(row, now)[2:]
        shown = (row.author, row.handle, row.network, state, marks)
        if shown == self._shown:
            return
        self._shown = shown
        self._name.setText(isolated(row.author or row.handle))
        self._where.setText(
            tr(
                "{network} · {handle}",
                network=network_label(row.network),
                handle=isolated(row.handle),
            )
        )
        self._state.setText(state.text)
        dress(self._state, "chip", state.tone)
        while item := self._marks.takeAt(0):
            if widget := item.widget():
                widget.hide()
                widget.deleteLater()
        for mark in marks:
            made = label(mark.text, self)
            made.setProperty("chip", mark.tone)
            made.setMaximumWidth(200)
            self._marks.addWidget(made)
        if marks:
            self._marks.addStretch(1)

    def place_of(self, action: str) -> QWidget:
        """The button of an action, for a menu to open under."""
        return self._buttons[action]

    def _button(self, action: str, icon: str) -> QPushButton:
        button = QPushButton(self)
        set_icon(button, icon)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.clicked.connect(lambda: self._actions.run(action))
        return button

    def _name_of(self, action: str) -> str:
        return next((a.name() for a in self._actions if a.id == action), "")

    def _keys_of(self, action: str) -> str:
        return self._actions.bindings().get(action, "")
