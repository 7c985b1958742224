"""The user's own list of days on which a light post is out of place."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDialog, QPlainTextEdit, QWidget

from socialdesk.domain.errors import CommandError, CommandFault, SocialDeskError
from socialdesk.engine.commands import SetSetting
from socialdesk.engine.desk import Desk
from socialdesk.engine.queries import ReadSettings
from socialdesk.engine.settings import value_of
from socialdesk.engine.words.messages import sentence
from socialdesk.i18n import tr
from socialdesk.ui.compose.parts import NoticeBar, column, label, push, row
from socialdesk.ui.tasks import Waiter
from socialdesk.ui.text_size import resize_for_text

KEY = "careful_days"


class DaysDialog(QDialog):
    """`saved`: another list holds."""

    saved = Signal()

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("Days to be careful on"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        resize_for_text(self, 420, 320)
        self._desk = desk
        self._notice = NoticeBar(self)
        self.text = QPlainTextEdit()
        self.text.setTabChangesFocus(True)
        self.text.setAccessibleName(tr("Days to be careful on"))
        hint = tr("One a line: month and day for every year, with the year for once, then what day "
                  "it is. For example: 12-16 Independence Day")  # fmt: skip
        self.text.setAccessibleDescription(hint)
        self.save = push(tr("Save (Ctrl+Enter)"), self._save, kind="primary")
        self.save.setEnabled(False)
        self.setLayout(column(
            label(hint, "dim"), self.text, self._notice,
            row(None, push(tr("Close"), self.reject), self.save), margin=16,
        ))  # fmt: skip
        Waiter(self, desk.ask(ReadSettings()), self._show, self._fail)

    def _show(self, settings: dict[str, str]) -> None:
        self.text.setPlainText(value_of(settings, KEY))
        self.save.setEnabled(True)
        self.text.setFocus()

    def _save(self) -> None:
        if self.save.isEnabled():
            command = SetSetting(KEY, self.text.toPlainText().strip())
            Waiter(self, self._desk.do(command), lambda _: self._on_saved(), self._fail)

    def _on_saved(self) -> None:
        self.saved.emit()
        self.accept()

    def _fail(self, error: SocialDeskError) -> None:
        if isinstance(error, CommandError) and error.fault is CommandFault.BAD_INPUT:
            self._notice.tell(tr("A line is no day. Write it like this: 12-16 Independence Day"))
        else:
            self._notice.tell_sentence(sentence(error))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        is_enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if is_enter and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self._save()
        else:
            super().keyPressEvent(event)
