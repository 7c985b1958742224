"""The last line of the composer: how long it is, whether it is saved, and what Send does now.

Where the words have no room beside the buttons they stand above them.
"""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QBoxLayout, QSizePolicy, QWidget

from socialdesk.domain.mentions.mention import CanReply
from socialdesk.i18n import tr
from socialdesk.ui.compose.extras import Extras
from socialdesk.ui.compose.outlook import Outlook
from socialdesk.ui.compose.parts import SPACE, label, push, row
from socialdesk.ui.elided import ElidedButton
from socialdesk.ui.settling import Settling


class SendBar(Settling):
    """`send_asked`, `save_asked`."""

    send_asked = Signal()
    save_asked = Signal()

    def __init__(self, outlook: Outlook, extras: Extras, parent: QWidget) -> None:
        super().__init__(parent)
        self._extras, self._counter = extras, outlook.counter
        self.saved = label(tone="dim", wraps=False)
        self.saved.setMinimumWidth(1)  # cut before a button is
        self.save = ElidedButton(tr("Save draft"))
        self.save.setMinimumWidth(1)  # it gives way to the one that sends
        self.save.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.save.setAccessibleName(self.save.text())
        self.save.setAutoDefault(False)
        self.save.clicked.connect(lambda: self.save_asked.emit())
        self.send = push(tr("Send reply"), self.send_asked.emit, kind="primary", icon="send",
                         tip=tr("Ctrl+Enter"))  # fmt: skip
        self._buttons = QWidget(self)
        self._buttons.setLayout(
            row(self.saved, None, extras.add_picture, extras.later, self.save, self.send)
        )
        self._box = row(self._counter, self._buttons)
        self._box.setStretch(0, 1)
        self.setLayout(self._box)

    def _settle(self) -> None:
        """Side by side where there is room. "Draft saved" comes and goes, so it has its room
        always: nothing moves while somebody writes."""
        saved = self.fontMetrics().horizontalAdvance(tr("Draft saved"))
        buttons = self._buttons.sizeHint().width() - self.saved.sizeHint().width()
        has_room = self.width() >= self._counter.sizeHint().width() + saved + SPACE + buttons
        way = QBoxLayout.Direction.LeftToRight if has_room else QBoxLayout.Direction.TopToBottom
        if way != self._box.direction():
            self._box.setDirection(way)

    def name_send(self, way: CanReply, under_lock: str) -> None:
        """What the button does now. `under_lock`: its name while an incident locks, else ""."""
        if under_lock:
            name = under_lock
        elif way is CanReply.BROWSER:
            name = tr("Copy text and open in browser")
        else:
            name = tr("Schedule reply") if self._extras.schedule.at else tr("Send reply")
        self.send.setText(name)
        self.send.setAccessibleName(name)

    def show_lock(self, *, is_locked: bool, is_on_lines: bool) -> None:
        """A line carries nothing but itself; own words carry no plan (R13)."""
        self._extras.add_picture.setVisible(not is_locked)
        self.save.setVisible(not is_on_lines)
