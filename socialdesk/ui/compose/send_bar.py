"""The last line of the composer: how long it is, whether it is saved, and what Send does now."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from socialdesk.domain.mention import CanReply
from socialdesk.i18n import tr
from socialdesk.ui.compose.extras import Extras
from socialdesk.ui.compose.outlook import Outlook
from socialdesk.ui.compose.parts import label, push, row


class SendBar(QWidget):
    """`send_asked`, `save_asked`."""

    send_asked = Signal()
    save_asked = Signal()

    def __init__(self, outlook: Outlook, extras: Extras, parent: QWidget) -> None:
        super().__init__(parent)
        self._extras = extras
        self.saved = label(tone="dim", wraps=False)
        self.saved.setMinimumWidth(1)  # cut before a button is
        self.save = push(tr("Save draft"), self.save_asked.emit)
        self.send = push(tr("Send reply"), self.send_asked.emit, kind="primary", icon="send",
                         tip=tr("Ctrl+Enter"))  # fmt: skip
        line = row(outlook.counter, self.saved, extras.add_picture, extras.later, self.save,
                   self.send)  # fmt: skip
        line.setStretch(0, 1)
        self.setLayout(line)

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
