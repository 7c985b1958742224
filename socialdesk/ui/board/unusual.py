"""What is unusual now, in a quiet line above the board: watched volumes and louder alerts."""

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QLabel, QWidget

from socialdesk.domain.changes import Area, Changes
from socialdesk.domain.crisis.alert import AlertLine, Level
from socialdesk.domain.errors import SocialDeskError
from socialdesk.engine.desk import Desk
from socialdesk.engine.queries.alerts import ListAlerts
from socialdesk.engine.words import alerts as alert_words
from socialdesk.i18n import tr
from socialdesk.ui.bridge import Bridge
from socialdesk.ui.plain import dress, one_line, tip
from socialdesk.ui.tasks import Latest

TELLING = frozenset({Area.INCIDENTS, Area.ALL})


class Unusual(QLabel):
    """Hidden while nothing is. The loudest open alert, and how many more there are."""

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__(parent)
        self._desk, self._latest = desk, Latest(self)
        self._lines: list[AlertLine] = []
        self.setTextFormat(Qt.TextFormat.PlainText)  # phrases are strangers' words
        self.setProperty("chip", "warn")
        self.hide()
        Bridge(desk, self).changed.connect(self._on_changed)
        self._read()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._say()

    def _on_changed(self, changes: Changes) -> None:
        if changes.areas & TELLING:
            self._read()

    def _read(self) -> None:
        self._latest.wait(self._desk.ask(ListAlerts(only_open=True)), self._take, self._on_silent)

    def _take(self, lines: list[AlertLine]) -> None:
        self._lines = sorted(lines, key=lambda line: -line.alert.level)
        self._say()

    def _say(self) -> None:
        self.setVisible(bool(self._lines))
        if not self._lines:
            return
        said = [_words(line) for line in self._lines]
        more = tr("{words} · {n} more", words=said[0], n=len(said) - 1)
        self.setText(more if len(said) > 1 else said[0])
        self.setToolTip(tip("\n".join(said)))
        self.setAccessibleName(" · ".join(said))
        is_loud = self._lines[0].alert.level > Level.WATCH
        dress(self, "chip", "danger" if is_loud else "warn")

    def _on_silent(self, error: SocialDeskError) -> None:
        """The board beside it says why nothing can be read."""


def _words(line: AlertLine) -> str:
    numbers = alert_words.numbers(line.alert.kind, line.alert.facts)
    if line.subject:
        return tr("Unusual, {subject}: {numbers}", subject=one_line(line.subject), numbers=numbers)
    return tr("Unusual: {numbers}", numbers=numbers)
