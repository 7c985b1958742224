"""Step 5: notices, quiet hours, watching on, and the weekly question for a new version."""

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QLayout, QWidget

from socialdesk.domain.errors import SocialDeskError
from socialdesk.domain.times.hours_text import HoursError, HoursText, read_text
from socialdesk.engine.commands import SetSetting
from socialdesk.engine.queries import ReadSettings
from socialdesk.engine.settings import value_of
from socialdesk.engine.words.messages import sentence
from socialdesk.i18n import tr
from socialdesk.ui.compose.parts import NoticeBar, column, label, push, row
from socialdesk.ui.first_run.around import Around
from socialdesk.ui.settings.hours_page import own_zone
from socialdesk.ui.tasks import Waiter

EVENING, MORNING = range(18 * 60, 24 * 60, 30), range(5 * 60, 11 * 60, 30)


class NoticesStep(QWidget):
    """`changed()`, `passed()`: as in every step. Kept as it is ticked, as in the settings."""

    changed = Signal()
    passed = Signal()

    def __init__(self, around: Around, parent: QWidget) -> None:
        super().__init__(parent)
        self._around, self._desk, self._quiet = around, around.desk, ""
        self._touched: set[QCheckBox] = set()  # before the settings were read
        self.notice = NoticeBar(self)
        self.notices = self._box(tr("Show notices on the desktop"))
        self.quiet = self._box(tr("Quiet at night"))
        self.begins = _hours(tr("Quiet from"), EVENING, 22 * 60)
        self.ends = _hours(tr("Quiet until"), MORNING, 8 * 60)
        self.watching = self._box(tr("Keep watching after the window closes"))
        self.release = self._box(tr("Ask once a week whether there is a new version"))
        self.all = push(
            tr("All settings…"), lambda: around.place_asked.emit("settings"), kind="link"
        )
        self.notices.toggled.connect(lambda on: self._set("notices", "on" if on else "off"))
        self.quiet.toggled.connect(lambda _: self._set_quiet())
        self.watching.toggled.connect(lambda on: self._set("keep_watching", "yes" if on else "no"))
        self.release.toggled.connect(lambda on: self._set("release_check", _weekly(on)))
        for field in (self.begins, self.ends):
            field.activated.connect(lambda _: self._set_quiet())
        night = row(self.begins, label("–", wraps=False), self.ends, None)
        self.setLayout(column(
            self.notice,
            _told(self.notices, tr("When somebody waits too long, is a VIP, or writes a word of "
                                   "danger.")),
            _told(self.quiet, tr("Only what is urgent comes through; the rest is told together "
                                 "later.")),
            night,
            _told(self.watching, tr("Mentions go on arriving while the computer is awake.")),
            _told(self.release, tr("One small file is fetched, nothing about you is sent, and "
                                   "nothing is ever installed by itself.")),
            row(self.all, None), None, space=14,
        ))  # fmt: skip

    def _box(self, name: str) -> QCheckBox:
        box = QCheckBox(name, self)
        box.setAccessibleName(name)
        box.clicked.connect(lambda: self._touched.add(box))
        return box

    def begin(self) -> None:
        Waiter(self, self._desk.ask(ReadSettings()), self._show, self._on_failed)

    def focus_first(self) -> None:
        self.notices.setFocus()

    def is_done(self) -> bool:
        return True

    def keep(self) -> None:
        """Kept as it was ticked."""

    def _show(self, settings: dict[str, str]) -> None:
        quiet = value_of(settings, "quiet_hours")
        for box, is_on in (
            (self.notices, value_of(settings, "notices") == "on"),
            (self.quiet, bool(quiet)),
            (self.watching, value_of(settings, "keep_watching") == "yes"),
            (self.release, value_of(settings, "release_check") == "weekly"),
        ):
            if box not in self._touched:
                with QSignalBlocker(box):
                    box.setChecked(is_on)
        if self.quiet in self._touched:
            return
        self._quiet = quiet
        for field in (self.begins, self.ends):
            field.setEnabled(bool(quiet))
        if quiet:
            self._show_quiet(quiet)

    def _show_quiet(self, packed: str) -> None:
        """The hours of the first quiet day; the settings have a line for each."""
        try:
            night = next((day for day in read_text(packed).week if day), "")
        except HoursError:
            return
        for field, text in zip((self.begins, self.ends), night.split("-"), strict=False):
            if field.findText(text.strip()) < 0:
                field.addItem(text.strip())
            field.setCurrentText(text.strip())

    def _set_quiet(self) -> None:
        """The same every night."""
        night = f"{self.begins.currentText()}-{self.ends.currentText()}"
        is_on = self.quiet.isChecked()
        packed = HoursText(own_zone(), (night,) * 7).packed() if is_on else ""
        for field in (self.begins, self.ends):
            field.setEnabled(is_on)
        if packed != self._quiet:
            self._quiet = packed
            self._set("quiet_hours", packed)

    def _set(self, key: str, value: str) -> None:
        self.notice.clear()
        Waiter(
            self._around,
            self._desk.do(SetSetting(key, value)),
            lambda _: None,
            self._around.failed.emit,
        )

    def _on_failed(self, error: SocialDeskError) -> None:
        self.notice.tell_sentence(sentence(error))


def _weekly(is_on: bool) -> str:
    return "weekly" if is_on else "off"


def _hours(name: str, minutes: range, first: int) -> QComboBox:
    """Half hours to choose from; `minutes` and `first` from midnight."""
    made = QComboBox()
    made.setAccessibleName(name)
    made.addItems([f"{at // 60:02}:{at % 60:02}" for at in minutes])
    made.setCurrentIndex(minutes.index(first))
    return made


def _told(what: QWidget, text: str) -> QLayout:
    """A choice, and what it does."""
    return column(what, label(text, "dim"), space=2)
