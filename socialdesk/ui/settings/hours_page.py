"""Business hours: presets, zone, week, days off, holidays; kept as soon as they are right."""

from PySide6.QtCore import QLocale, QSignalBlocker, Qt, QTimeZone, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QCheckBox, QComboBox, QCompleter, QLineEdit, QWidget

from socialdesk.domain.times.hours_text import (
    HoursError,
    HoursText,
    hours_of,
    read_day,
    read_text,
    write_day,
)
from socialdesk.engine.words.hours import hours_fault
from socialdesk.i18n import tr
from socialdesk.ui.compose.parts import NoticeBar, column, label, push, row
from socialdesk.ui.focus import tab_as_read
from socialdesk.ui.settings.mark import Mark
from socialdesk.ui.settings.week import WeekLines

NINE_TO_SIX = "09:00-18:00"
WITH_LUNCH = "09:00-13:00, 14:00-18:00"
SHOP = (NINE_TO_SIX,) * 6 + ("",)
OFFICE = (WITH_LUNCH,) * 5 + ("", "")


def own_zone() -> str:
    """The zone of this computer."""
    return bytes(QTimeZone.systemTimeZoneId().data()).decode() or "UTC"


def zones() -> list[str]:
    """The names to choose from. Qt's list: zoneinfo looks into 600 files for its own, 30 ms."""
    found = (bytes(name.data()).decode() for name in QTimeZone.availableTimeZoneIds())
    return sorted(name for name in found if "/" in name or name == "UTC")


def country_name(code: str) -> str:
    """ "Kazakhstan (KZ)"; the code alone for what Qt has no name for."""
    country = QLocale.codeToTerritory(code)
    if country is QLocale.Country.AnyCountry:
        return code
    return tr("{country} ({code})", country=QLocale.territoryToString(country), code=code)


class HoursPage(QWidget):
    """`chosen(value)`: of the setting `hours`; "" = always open. `looked_at()`: it is on screen
    for the first time: the countries are wanted."""

    chosen = Signal(str)
    looked_at = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._kept = ""
        self._parts: dict[str, list[str]] = {}  # subdivisions by country
        self._make_fields()
        presets = row(
            push(tr("Shop: Mon–Sat 9–18"), lambda: self._preset(SHOP)),
            push(tr("Office: Mon–Fri, lunch"), lambda: self._preset(OFFICE)),
            None,
        )
        self._details = QWidget(self)
        self._details.setLayout(column(
            row(self._named(tr("Time zone"), self._zone), None, self._zone), self._week,
            label(tr("Breaks are gaps: 9-13, 14-18. A night goes on after midnight: 22-6."), "dim"),
            row(self._named(tr("Days off"), self._off), self._off),
            label(tr("Days and ranges: 2026-12-31, 2026-07-01/2026-07-14"), "dim"),
            row(self._named(tr("Public holidays"), self._country), None, self._country, self._part),
        ))  # fmt: skip
        self._notice = NoticeBar(self)
        self._mark = Mark(tr("Business hours"), self, self._always, is_after=True)
        self._mark.back.connect(self._back)
        what = tr("Or say when you answer: targets then count only these hours. Default: at any "
                  "time.")  # fmt: skip
        self._always.setAccessibleDescription(f"{tr('Business hours')}. {what}")
        whole = column(
            label(tr("Business hours"), "strong"), row(self._always, None, self._mark),
            label(what, "dim"),
            presets, self._notice, self._details, space=8,
        )  # fmt: skip
        self.setLayout(whole)
        tab_as_read(whole)
        self.show_value("")

    def _make_fields(self) -> None:
        self._always = QCheckBox(tr("We answer at any time"))
        self._always.setAccessibleName(tr("We answer at any time"))
        self._always.toggled.connect(self._on_always)
        self._zone = QComboBox()
        self._zone.setEditable(True)
        self._zone.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self._zone.setMinimumWidth(220)
        self._zone.addItems(zones())
        self._zone.setAccessibleName(tr("Time zone"))
        if field := self._zone.lineEdit():
            field.setAccessibleName(tr("Time zone"))
        if completer := self._zone.completer():
            completer.setFilterMode(Qt.MatchFlag.MatchContains)
            completer.setCompletionMode(QCompleter.CompletionMode.PopupCompletion)
        self._zone.activated.connect(lambda _: self._save())
        self._week = WeekLines(tr("Open"), tr("closed"), self)
        self._week.changed.connect(self._save)
        self._off = QLineEdit()
        self._off.setAccessibleName(tr("Days off"))
        self._off.editingFinished.connect(self._save)
        self._country, self._part = QComboBox(), QComboBox()
        self._country.setAccessibleName(tr("Country of the public holidays"))
        self._part.setAccessibleName(tr("Its region"))
        self._country.activated.connect(self._on_country)
        self._part.activated.connect(lambda _: self._save())

    def _named(self, text: str, field: QWidget) -> QWidget:
        made = label(text, wraps=False)
        made.setBuddy(field)
        return made

    # --- showing ---

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if not self._parts:
            self.looked_at.emit()

    def show_countries(self, parts: dict[str, list[str]]) -> None:
        """`parts`: subdivisions by country, of those whose holidays are known."""
        self._parts = parts
        country = self._country.currentData() or ""
        with QSignalBlocker(self._country):
            self._country.clear()
            self._country.addItem(tr("none"), "")
            for name, code in sorted((country_name(code), code) for code in parts):
                self._country.addItem(name, code)
        self._choose(self._country, country)
        self._fill_parts(self._part.currentData() or "")

    def show_value(self, packed: str) -> None:
        """What is kept; what somebody is typing stays."""
        if packed == self._kept and packed:
            return
        self._kept = packed
        self._mark.show_changed(bool(packed))
        with QSignalBlocker(self._always):
            self._always.setChecked(not packed)
        self._details.setVisible(bool(packed))
        if not packed:
            return
        try:
            text = read_text(packed)
        except HoursError as e:
            self._notice.tell(hours_fault(e))
            return
        self._notice.clear()
        self._show(text)

    def _show(self, text: HoursText) -> None:
        self._zone.setCurrentText(text.zone)
        self._week.show_texts([_tidy(day) for day in text.week])
        if not self._off.hasFocus():
            self._off.setText(", ".join(text.off))
        if text.country and self._country.findData(text.country) < 0:
            self._country.addItem(
                country_name(text.country), text.country
            )  # until the list is there
        self._choose(self._country, text.country)
        self._fill_parts(text.subdivision)

    def _choose(self, box: QComboBox, value: str) -> None:
        with QSignalBlocker(box):
            box.setCurrentIndex(max(0, box.findData(value)))

    def _fill_parts(self, chosen: str) -> None:
        parts = self._parts.get(self._country.currentData() or "", [chosen] if chosen else [])
        with QSignalBlocker(self._part):
            self._part.clear()
            self._part.addItem(tr("whole country"), "")
            for part in parts:
                self._part.addItem(part, part)
        self._choose(self._part, chosen)
        self._part.setVisible(bool(parts))

    # --- saving ---

    def _typed(self) -> HoursText:
        off = tuple(filter(None, (part.strip() for part in self._off.text().split(","))))
        return HoursText(
            self._zone.currentText().strip(), self._week.texts(), off,
            self._country.currentData() or "", self._part.currentData() or "",
        )  # fmt: skip

    def _save(self) -> None:
        """At once when it is right; else it says what is not, and keeps what was."""
        text = self._typed()
        try:
            hours_of(text)
        except HoursError as e:
            self._notice.tell(hours_fault(e))
            return
        self._notice.clear()
        if text.packed() != self._kept:
            self._kept = text.packed()
            self._week.show_texts([_tidy(day) for day in text.week])
            self._mark.show_changed(True)
            self.chosen.emit(self._kept)

    def _preset(self, week: tuple[str, ...]) -> None:
        if not self._details.isVisibleTo(self):
            self._zone.setCurrentText(own_zone())
        self._week.show_texts(week)
        with QSignalBlocker(self._always):
            self._always.setChecked(False)
        self._details.show()
        self._save()

    def _on_always(self, is_on: bool) -> None:
        if not is_on:
            self._preset(OFFICE)
            return
        self._notice.clear()
        self._details.hide()
        self._mark.show_changed(False)
        self._kept = ""
        self.chosen.emit("")

    def _back(self) -> None:
        """To the default."""
        self._always.setFocus()
        self._always.setChecked(True)

    def _on_country(self, _: int) -> None:
        self._fill_parts("")
        self._save()


def _tidy(day: str) -> str:
    try:
        return write_day(read_day(day))
    except HoursError:
        return day
