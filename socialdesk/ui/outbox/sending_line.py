"""The line over the window while sending is off: after a restore, or by the setting."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from socialdesk.domain.changes import Area, Changes
from socialdesk.domain.errors import SocialDeskError
from socialdesk.engine.commands import SetSetting
from socialdesk.engine.desk import Desk
from socialdesk.engine.queries import ReadSettings
from socialdesk.engine.settings import value_of
from socialdesk.engine.words.messages import sentence
from socialdesk.i18n import tr
from socialdesk.ui.bridge import Bridge
from socialdesk.ui.plain import dress, label
from socialdesk.ui.tasks import Latest, Waiter

if TYPE_CHECKING:
    from socialdesk.ui.shell import Shell


class SendingLine(QFrame):
    """At the top of the layout of `whole`, the content of `window`. It goes with what it tells of:
    what nobody knows to be off would be waited for."""

    def __init__(self, desk: Desk, window: "Shell", whole: QWidget) -> None:
        super().__init__(whole)
        self._desk, self._window = desk, window
        dress(self, "bar", "warn")
        self._text = label(parent=self, wraps=True)
        self.look, self.switch_on = QPushButton(self), QPushButton(self)
        self.look.clicked.connect(lambda: window.show_place("outbox"))
        self.switch_on.clicked.connect(self._switch_on)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(16, 4, 16, 4)
        layout.addWidget(self._text, 1)
        layout.addWidget(self.look)
        layout.addWidget(self.switch_on)
        self.hide()
        whole_layout = whole.layout()
        assert isinstance(whole_layout, QVBoxLayout)
        whole_layout.insertWidget(0, self)
        self._translate()
        window.installEventFilter(self)
        self._asked = Latest(self)
        Bridge(desk, self).changed.connect(self._on_changed)
        self._read()

    @property
    def text(self) -> str:
        """What it says."""
        return self._text.text()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.LanguageChange:
            self._translate()
        return False

    def _on_changed(self, changes: Changes) -> None:
        if changes.areas & {Area.SETTINGS, Area.ALL}:
            self._read()

    def _read(self) -> None:
        self._asked.wait(self._desk.ask(ReadSettings()), self._show, self._on_silent)

    def _on_silent(self, error: SocialDeskError) -> None:
        """The window says why nothing can be read; the next change is read again."""

    def _show(self, settings: dict[str, str]) -> None:
        self.setVisible(value_of(settings, "sender") == "off")

    def _switch_on(self) -> None:
        Waiter(self, self._desk.do(SetSetting("sender", "on")), lambda _: self._read(), self._fail)

    def _fail(self, error: SocialDeskError) -> None:
        said = sentence(error)
        self._window.toast.say(" ".join(filter(None, (said.text, said.next_step))))

    def _translate(self) -> None:
        self._text.setText(
            tr("Sending is off, as it is after a restore: what you send waits in the outbox.")
        )
        self.setAccessibleName(self._text.text())
        self.look.setText(tr("Look at the outbox"))
        self.switch_on.setText(tr("Switch sending on"))
        for button in (self.look, self.switch_on):
            button.setAccessibleName(button.text())
