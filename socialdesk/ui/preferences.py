"""The settings that the window itself follows: look, language, keys, what goes on after it."""

from typing import cast

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QApplication

from socialdesk.domain.brand_form import read_form
from socialdesk.domain.errors import SocialDeskError
from socialdesk.engine.desk import Desk
from socialdesk.engine.queries import ReadSettings
from socialdesk.engine.settings import KEY_PREFIX, number_of, value_of
from socialdesk.ui import open_hours
from socialdesk.ui.actions import Action, Actions
from socialdesk.ui.enter import EnterPresses
from socialdesk.ui.language import Speech
from socialdesk.ui.tasks import Latest, Waiter
from socialdesk.ui.text_size import text_size_actions
from socialdesk.ui.theme import Mode, Theme
from socialdesk.ui.wheel import WheelTurns


class Preferences(QObject):
    """Follows the settings of the workspace; before they can be read, the system. `failed(error)`:
    a key could not be kept. `renamed`: the brand has another name."""

    failed = Signal(object)
    renamed = Signal()

    def __init__(self, desk: Desk, actions: Actions, parent: QObject) -> None:
        super().__init__(parent)
        # The one place that asks Qt for the application: look, language and keys are its own.
        app = cast(QApplication, QApplication.instance())
        self._desk, self._actions, self._reading = desk, actions, Latest(self)
        self._speech, self._theme = Speech(app, self), Theme(app, Mode.SYSTEM, self)
        EnterPresses(app, self)
        WheelTurns(app, self)
        self._settings: dict[str, str] = {}

    def text_acts(self) -> list[Action]:
        """Larger and smaller text, by keys."""
        return text_size_actions(self.text_size, self.set_text_size)

    def read(self) -> None:
        """Ask for them anew; while they cannot be read nothing changes."""
        self._reading.wait(self._desk.ask(ReadSettings()), self._follow, self._on_unread)

    def keeps_watching(self) -> bool:
        """Whether the engine goes on after the window."""
        return value_of(self._settings, "keep_watching") == "yes"

    def brand(self) -> str:
        """How the brand writes its name; "" while nobody has said it."""
        return read_form(value_of(self._settings, "brand_words")).name

    def text_size(self) -> int:
        """Per cent."""
        return number_of(self._settings, "text_size")

    def set_text_size(self, percent: int) -> None:
        """At once, and keep it."""
        self._keep("text_size", str(percent))
        self._theme.set_text_size(percent)

    def rebind(self, action: str, keys: str) -> None:
        """Give an action other keys at once, and keep them; "" = the default ones."""
        self._keep(KEY_PREFIX + action, keys)
        self._actions.remap(self._settings)

    def _keep(self, key: str, value: str) -> None:
        from socialdesk.engine.commands import SetSetting

        self._settings = {**self._settings, key: value}
        Waiter(self, self._desk.do(SetSetting(key, value)), lambda _: None, self.failed.emit)

    def _follow(self, settings: dict[str, str]) -> None:
        before, self._settings = self.brand(), settings
        if self.brand() != before:
            self.renamed.emit()
        open_hours.follow(settings)
        self._theme.set_mode(Mode(value_of(settings, "theme")))
        self._theme.set_text_size(number_of(settings, "text_size"))
        self._actions.remap(settings)
        self._speech.speak(value_of(settings, "language"))

    def _on_unread(self, error: SocialDeskError) -> None:
        """The list of mentions says why nothing can be read."""
