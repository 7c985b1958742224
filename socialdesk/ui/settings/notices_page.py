"""What is told on the desktop, when it is quiet, and which views tell of what is new in them."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QWidget

from socialdesk.domain.hours_text import HoursError, HoursText, hours_of, read_text
from socialdesk.engine.hours_words import hours_fault
from socialdesk.i18n import tr
from socialdesk.ui.compose.parts import NoticeBar, clear, column, label, push, row
from socialdesk.ui.plain import isolated
from socialdesk.ui.settings.choices import Shown
from socialdesk.ui.settings.fields import SettingLine
from socialdesk.ui.settings.hours_page import own_zone
from socialdesk.ui.settings.week import WeekLines

NIGHTS = ("22:00-08:00",) * 7
_NO_YES = (("no", ""), ("yes", ""))


def notice_settings(has_tray: bool) -> tuple[Shown, ...]:
    """In the order of the page. `has_tray`: this desktop shows one."""
    tray = tr("With a menu: open, pause, quit.")
    no_tray = tr("This desktop has no tray. Notices, the list of notices and the number on the "
                 "window's icon work without one.")  # fmt: skip
    return (
        Shown("notices", tr("Show notices"), tr("On the desktop, also while the window is closed."),
              (("on", tr("On")), ("off", tr("Off")))),
        Shown("notice_overdue", tr("What is overdue"), tr("Several are told as one."), _NO_YES),
        Shown("notice_due_soon", tr("What is due soon"), tr("Before it is overdue."), _NO_YES),
        Shown("notice_danger", tr("Words of danger"), tr("Urgent: repeated until seen."), _NO_YES),
        Shown("notice_vip", tr("VIPs who write"), tr("Urgent: repeated until seen."), _NO_YES),
        Shown("notice_reach", tr("Authors with a wide reach"),
              tr("Urgent from so many followers on; 0 is never."), unit=tr("followers")),
        Shown("notice_repeat_min", tr("Repeat what is urgent"),
              tr("So often, until somebody has seen it."), unit=tr("minutes")),
        Shown("tray", tr("Icon in the tray"), tray if has_tray else no_tray, _NO_YES),
        Shown("badge", tr("Number on the icon"), tr("Where the desktop draws one."),
              (("needs_reply", tr("Needs reply")), ("overdue", tr("Overdue")),
               ("off", tr("None")))),
    )  # fmt: skip


class NoticesPage(QWidget):
    """`chosen(key, value)`: a setting. `view_chosen(id, notice)`: of a saved view.
    `tried()`: show one to look at."""

    chosen = Signal(str, str)
    view_chosen = Signal(object, str)
    tried = Signal()

    def __init__(self, has_tray: bool, parent: QWidget) -> None:
        super().__init__(parent)
        self._kept = ""
        self.lines = [SettingLine(shown, self) for shown in notice_settings(has_tray)]
        for line in self.lines:
            line.chosen.connect(self.chosen)
        self._quiet = QCheckBox(tr("Quiet hours"))
        self._quiet.setAccessibleName(tr("Quiet hours"))
        self._quiet.toggled.connect(self._on_quiet)
        self._urgent = SettingLine(
            Shown("quiet_urgent", tr("Urgent ones come through"),
                  tr("Words of danger, VIPs, wide reach, promises that are due."), _NO_YES), self,
        )  # fmt: skip
        self._urgent.chosen.connect(self.chosen)
        self._week = WeekLines(tr("Quiet"), tr("not quiet"), self)
        self._week.changed.connect(self._save)
        self._notice = NoticeBar(self)
        self._details = QWidget(self)
        self._details.setLayout(column(self._week, self._urgent))
        self._views = column(space=4)
        self._views_name = label(tr("Saved views that tell of what is new in them"), "strong")
        try_one = push(tr("Show one now"), self.tried.emit)
        self.setLayout(column(
            *self.lines, row(try_one, None), self._quiet,
            label(tr("Nothing is shown then; afterwards it comes together."), "dim"),
            self._notice, self._details, self._views_name, self._views, space=14,
        ))  # fmt: skip
        self.show_quiet("")
        self.show_views([])

    def show_value(self, key: str, value: str) -> None:
        """One of the settings here, "" for any other is passed over."""
        if key == "quiet_hours":
            self.show_quiet(value)
        for line in (*self.lines, self._urgent):
            if line.key == key:
                line.show_value(value)

    def keys(self) -> list[str]:
        return [*(line.key for line in self.lines), "quiet_urgent", "quiet_hours"]

    def show_quiet(self, packed: str) -> None:
        """What is kept of the quiet hours."""
        with QSignalBlocker(self._quiet):
            self._quiet.setChecked(bool(packed))
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

    def narrow(self, typed: str) -> bool:
        """Show the lines with these words; whether there are any."""
        fits = [line.matches(typed) for line in self.lines]
        for line, is_shown in zip(self.lines, fits, strict=True):
            line.setVisible(is_shown)
        words = tr("Quiet hours").casefold()
        return any(fits) or all(word in words for word in typed.casefold().split())

    def _on_view(self, id: int, box: QComboBox, _: int) -> None:
        self.view_chosen.emit(id, box.currentData())

    def _on_quiet(self, is_on: bool) -> None:
        self._notice.clear()
        self._details.setVisible(is_on)
        if is_on:
            self._week.show_texts(NIGHTS)
            self._save()
        else:
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
        self.chosen.emit("quiet_hours", self._kept)
