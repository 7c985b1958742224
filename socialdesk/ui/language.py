"""The language of the window: our texts, and Qt's own (Cancel, Open, context menus)."""

from PySide6.QtCore import QLibraryInfo, QLocale, QObject, QTranslator
from PySide6.QtWidgets import QApplication

from socialdesk.i18n import language, set_language


class Speech(QObject):
    """Speaks the system's language until `speak` says another. Each change sends LanguageChange
    to every widget, on which it sets its texts again."""

    def __init__(self, app: QApplication, parent: QObject | None = None) -> None:
        super().__init__(parent or app)
        self._app, self._qt = app, QTranslator(self)
        self._spoken = ""
        self.speak("system")

    def speak(self, setting: str) -> None:
        """`setting`: "system" or a code of `i18n.LANGUAGES`."""
        before = language()
        set_language(None if setting == "system" else setting)
        if language() == before == self._spoken:  # no widget need set its texts again
            return
        self._spoken = language()
        QLocale.setDefault(QLocale(language()))
        self._app.removeTranslator(self._qt)
        folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
        # Qt speaks English without a catalogue; an empty one still sends LanguageChange.
        self._qt.load(f"qtbase_{language()}", folder)
        self._app.installTranslator(self._qt)
