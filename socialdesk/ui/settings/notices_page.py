"""What is told on the desktop, when it is quiet, and which views tell of what is new in them."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QWidget

from socialdesk.domain.times.hours_text import HoursError, HoursText, hours_of, read_text
from socialdesk.engine.words.hours import hours_fault
from socialdesk.i18n import tr
from socialdesk.ui.compose.parts import NoticeBar, clear, column, label, push, row
from socialdesk.ui.focus import tab_as_read
from socialdesk.ui.plain import isolated
from socialdesk.ui.settings.choices import quiet_settings
from socialdesk.ui.settings.fields import SettingLine
from socialdesk.ui.settings.hours_page import own_zone
from socialdesk.ui.settings.mark import Mark
from socialdesk.ui.settings.week import WeekLines

NIGHTS = ("22:00-08:00",) * 7


class NoticesPage(QWidget):
    """`chosen("quiet_hours", value)`; the lines tell for themselves. `view_chosen(id, notice)`:
    of a saved view. `tried()`: show one to look at."""

    chosen = Signal(str, str)
    view_chosen = Signal(object, str)
    tried = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._kept = ""
        self._quiet = QCheckBox(tr("Quiet hours"))
        self._quiet.setAccessibleName(tr("Quiet hours"))
        self._quiet.toggled.connect(self._on_quiet)
        self._quiet.setAccessibleDescription(_quiet_words())
        self._mark = Mark(tr("Quiet hours"), self, self._quiet, is_after=True)
        self._mark.back.connect(self._back)
        urgent = [SettingLine(shown, self) for shown in quiet_settings()]
        self._week = WeekLines(tr("Quiet"), tr("not quiet"), self)
        self._week.changed.connect(self._save)
        self._notice = NoticeBar(self)
        self._details = QWidget(self)
        self._details.setLayout(column(self._week, *urgent))
        self._views = column(space=4)
        self._views_name = label(tr("Saved views that tell of what is new in them"), "strong")
        try_one = push(tr("Show one now"), self.tried.emit)
        whole = column(
            row(try_one, None),
            column(row(self._quiet, None, self._mark), label(_quiet_words(), "dim"), space=2),
            self._notice, self._details, self._views_name, self._views, space=14,
        )  # fmt: skip
        self.setLayout(whole)
        tab_as_read(whole)
        self.show_quiet("")
        self.show_views([])

    def show_quiet(self, packed: str) -> None:
        """What is kept of the quiet hours."""
        with QSignalBlocker(self._quiet):
            self._quiet.setChecked(bool(packed))
        self._mark.show_changed(bool(packed))
        self._details.setVisible(bool(packed))
        if packed and packed != self._kept:
            try:
                self._week.show_texts(read_text(packed).week)
            except HoursError as e:
                self._notice.tell(hours_fault(e))
        self._kept = packed

    def show_views(self, views: Sequence[tuple[int, str, str]]) -> None:
        """Id, name and notice of each saved view."""
        clear(self._views)
        for id, name, notice in views:
            box = QComboBox()
            box.setAccessibleName(tr("Notices of {name}", name=name))
            for value, text in (("", tr("None")), ("once", tr("Once")),
                                ("repeat", tr("Until seen"))):  # fmt: skip
                box.addItem(text, value)
            box.setCurrentIndex(max(0, box.findData(notice)))
            box.activated.connect(partial(self._on_view, id, box))
            word = label(isolated(name), wraps=False)
            word.setBuddy(box)
            self._views.addLayout(row(word, None, box))
        self._views_name.setText(
            tr("Saved views that tell of what is new in them") if views
            else tr("Save a search as a view to be told of what is new in it.")
        )  # fmt: skip

    def tell_tried(self, way: str) -> None:
        """Where the notice went."""
        self._notice.tell(
            tr("The desktop shows it.") if way == "desktop"
            else tr("The window shows it: no notification server answered here."), tone="accent",
        )  # fmt: skip

    def _back(self) -> None:
        """To the default."""
        self._quiet.setFocus()
        self._quiet.setChecked(False)

    def _on_view(self, id: int, box: QComboBox, _: int) -> None:
        self.view_chosen.emit(id, box.currentData())

    def _on_quiet(self, is_on: bool) -> None:
        self._notice.clear()
        self._details.setVisible(is_on)
        if is_on:
            self._week.show_texts(NIGHTS)
            self._save()
        else:
            self._mark.show_changed(False)
            self.chosen.emit("quiet_hours", "")

    def _save(self) -> None:
        text = HoursText(own_zone(), self._week.texts())
        try:
            hours_of(text)
        except HoursError as e:
            self._notice.tell(hours_fault(e))
            return
        self._notice.clear()
        self._kept = text.packed()
        self._mark.show_changed(True)
        self.chosen.emit("quiet_hours", self._kept)


def _quiet_words() -> str:
    return tr("Nothing is shown then; afterwards it comes together. Default: never quiet.")
