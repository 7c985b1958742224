"""The settings that the window itself follows: look, language, keys, what goes on after it."""

from typing import cast

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QApplication

from socialdesk.domain.errors import SocialDeskError
from socialdesk.engine.desk import Desk
from socialdesk.engine.queries import ReadSettings
from socialdesk.engine.settings import KEY_PREFIX, value_of
from socialdesk.ui import open_hours
from socialdesk.ui.actions import Actions
from socialdesk.ui.language import Speech
from socialdesk.ui.tasks import Latest, Waiter
from socialdesk.ui.theme import Mode, Theme


class Preferences(QObject):
    """Follows the settings of the workspace; before they can be read, the system. `failed(error)`:
    a key could not be kept."""

    failed = Signal(object)

    def __init__(self, desk: Desk, actions: Actions, parent: QObject) -> None:
        super().__init__(parent)
        # The one place that asks Qt for the application: look and language are its own.
        app = cast(QApplication, QApplication.instance())
        self._desk, self._actions, self._reading = desk, actions, Latest(self)
        self._speech, self._theme = Speech(app, self), Theme(app, Mode.SYSTEM, self)
        self._settings: dict[str, str] = {}

    def read(self) -> None:
        """Ask for them anew; while they cannot be read nothing changes."""
        self._reading.wait(self._desk.ask(ReadSettings()), self._follow, self._on_unread)

    def keeps_watching(self) -> bool:
        """Whether the engine goes on after the window."""
        return value_of(self._settings, "keep_watching") == "yes"

    def rebind(self, action: str, keys: str) -> None:
        """Give an action other keys at once, and keep them; "" = the default ones."""
        from socialdesk.engine.commands import SetSetting

        self._settings = {**self._settings, KEY_PREFIX + action: keys}
        self._actions.remap(self._settings)
        command = SetSetting(KEY_PREFIX + action, keys)
        Waiter(self, self._desk.do(command), lambda _: None, self.failed.emit)

    def _follow(self, settings: dict[str, str]) -> None:
        self._settings = settings
        open_hours.follow(settings)
        self._theme.set_mode(Mode(value_of(settings, "theme")))
        self._actions.remap(settings)
        self._speech.speak(value_of(settings, "language"))

    def _on_unread(self, error: SocialDeskError) -> None:
        """The list of mentions says why nothing can be read."""
