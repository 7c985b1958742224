"""The head of the thread: who wrote, where, how it stands, and the acts most used."""

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from socialdesk.domain.mentions.insight import Sentiment
from socialdesk.domain.queue.rows import QueueRow
from socialdesk.i18n import tr
from socialdesk.ui.actions import Actions
from socialdesk.ui.icons import set_icon
from socialdesk.ui.plain import Elided, chip, isolated, tip
from socialdesk.ui.settling import Settling
from socialdesk.ui.text_size import at_size
from socialdesk.ui.words import chips, network_label

SHOWN_MARKS = 5  # chips; the card has them all
GAP = 7  # px between the buttons
BESIDE_ICON = 4  # px that Qt leaves between a button's icon and its words
NAME = 80  # px that the name has at least
IN_MENU = ("priority_1", "label", "snooze")  # without them the head does too; the first goes first


class Head(Settling):
    """Name, network and state of the chosen mention, and the acts most used."""

    def __init__(self, actions: Actions, now: Callable[[], int], parent: QWidget) -> None:
        super().__init__(parent)
        self._actions, self._now = actions, now
        self._name = Elided(self, "title")
        self._where = Elided(self, "dim")
        self._buttons = {
            action: self._button(action, icon)
            for action, icon in (
                ("snooze", "alarm-clock"), ("label", "tag"), ("priority_1", "flag"),
                ("done", "circle-check"), ("more", "ellipsis"), ("context", "panel-right"),
            )
        }  # fmt: skip
        self._buttons["done"].setProperty("kind", None)
        line = QHBoxLayout()
        line.setSpacing(GAP)
        line.addWidget(self._name, 1)
        for button in self._buttons.values():
            line.addWidget(button)
        self._marks = QHBoxLayout()
        self._marks.setSpacing(6)
        self._marks.addWidget(self._where, 1)
        rule = QFrame(self)
        rule.setProperty("rule", "yes")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(6)
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
        self._settle()

    def show_row(self, row: QueueRow) -> None:
        # The lines under the head say what was understood, and more of it.
        plain = replace(row, sentiment=Sentiment.NOT_RATED, n_alike=1, is_alarming=False)
        marks = chips(plain, self._now())[1:]
        shown = (row.author, row.handle, row.network, marks)
        if shown == self._shown:
            return
        self._shown = shown
        network, handle = network_label(row.network), isolated(row.handle)
        self._name.setText(isolated(row.author or row.handle))
        self._where.setText(tr("{network} · {handle}", network=network, handle=handle))
        while self._marks.count() > 1:
            if (item := self._marks.takeAt(1)) and (widget := item.widget()):
                widget.hide()
                widget.deleteLater()
        for mark in marks[:SHOWN_MARKS]:
            made = chip(mark.text, mark.tone, self)
            made.setMaximumWidth(at_size(180, self.font()))
            made.setToolTip(tip(mark.text))
            self._marks.addWidget(made, 0, Qt.AlignmentFlag.AlignVCenter)

    def _settle(self) -> None:
        """The name keeps its place where there is little room (large text beside an open contact):
        "Done" shows its sign only, then the acts go that the menu of "more" has too."""
        done, words = self._buttons["done"], tr("Done")
        room = self.contentsRect().width() - at_size(NAME, self.font())
        px = {action: b.sizeHint().width() + GAP for action, b in self._buttons.items()}
        px["done"] -= _beside_icon(done, done.text())
        taken = sum(px.values())
        done.setText(words if taken + _beside_icon(done, words) <= room else "")
        for action in IN_MENU:
            self._buttons[action].setVisible(taken <= room)
            taken -= px[action] if taken > room else 0

    def place_of(self, action: str) -> QWidget:
        """The button of an action, for a menu to open under."""
        return self._buttons[action]

    def _button(self, action: str, icon: str) -> QPushButton:
        button = QPushButton(self)
        set_icon(button, icon)
        button.setProperty("kind", "icon")
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.clicked.connect(lambda: self._actions.run(action))
        return button

    def _name_of(self, action: str) -> str:
        return next((a.name() for a in self._actions if a.id == action), "")

    def _keys_of(self, action: str) -> str:
        return self._actions.bindings().get(action, "")


def _beside_icon(button: QPushButton, words: str) -> int:
    """px that words take there."""
    return BESIDE_ICON + button.fontMetrics().horizontalAdvance(words) if words else 0
