"""The pages about time: hours with targets, and notices; what they ask the desk, and save."""

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QScrollArea, QSystemTrayIcon, QWidget

from socialdesk.domain.rows import AccountRow, LabelRow
from socialdesk.engine.commands import Command, SetSetting
from socialdesk.engine.commands.notices import ListCountries, SetViewNotice, ShowTestNotice
from socialdesk.engine.desk import Desk, Done
from socialdesk.engine.queries import ListAccounts, ListLabels
from socialdesk.engine.queries.notices import ListViewNotices
from socialdesk.engine.settings import value_of
from socialdesk.i18n import tr
from socialdesk.ui.compose.parts import column
from socialdesk.ui.settings.choices import Shown
from socialdesk.ui.settings.fields import SettingLine
from socialdesk.ui.settings.hours_page import HoursPage
from socialdesk.ui.settings.notices_page import NoticesPage
from socialdesk.ui.settings.targets_box import TargetsBox
from socialdesk.ui.tasks import Waiter


class TimesPages(QObject):
    """`failed(error)`: something was refused, or could not be asked."""

    failed = Signal(object)

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__(parent)
        self._desk = desk
        self.hours, self.targets = HoursPage(parent), TargetsBox(parent)
        self.notices = NoticesPage(QSystemTrayIcon.isSystemTrayAvailable(), parent)
        self.lines = [SettingLine(shown, parent) for shown in _shown()]
        self.hours.chosen.connect(lambda value: self._save("hours", value))
        self.hours.looked_at.connect(self._ask_countries)
        self.targets.chosen.connect(lambda value: self._save("targets", value))
        self.notices.chosen.connect(self._save)
        self.notices.view_chosen.connect(lambda id, how: self._do(SetViewNotice(id, how)))
        self.notices.tried.connect(self._try)
        for line in self.lines:
            line.chosen.connect(self._save)
        self._networks: list[str] = []
        self._labels: list[tuple[int, str]] = []
        self._ask()

    def pages(self) -> list[tuple[QWidget, str]]:
        """Each with the name of its tab."""
        hours = QWidget()
        hours.setLayout(column(self.hours, *self.lines, self.targets, None, space=16, margin=8))
        notices = QWidget()
        notices.setLayout(column(self.notices, None, margin=8))
        return [(_scrolled(hours), tr("Hours")), (_scrolled(notices), tr("Notices"))]

    def show_settings(self, settings: dict[str, str]) -> None:
        self.hours.show_value(value_of(settings, "hours"))
        self.targets.show_value(value_of(settings, "targets"))
        for line in self.lines:
            line.show_value(value_of(settings, line.key))
        for key in self.notices.keys():
            self.notices.show_value(key, value_of(settings, key))

    def narrow(self, typed: str) -> list[bool]:
        """Per page, whether it has these words."""
        fits = [line.matches(typed) for line in self.lines]
        return [any(fits) or self.hours.matches(typed), self.notices.narrow(typed)]

    def _ask(self) -> None:
        Waiter(self, self._desk.ask(ListAccounts()), self._show_accounts, self.failed.emit)
        Waiter(self, self._desk.ask(ListLabels()), self._show_labels, self.failed.emit)
        Waiter(self, self._desk.ask(ListViewNotices()), self.notices.show_views, self.failed.emit)

    def _ask_countries(self) -> None:
        """From the engine: the package that knows them is not for the window's process."""
        Waiter(self, self._desk.do(ListCountries()), self._show_countries, self.failed.emit)

    def _show_accounts(self, accounts: list[AccountRow]) -> None:
        self._networks = sorted({account.network for account in accounts})
        self.targets.show_names(self._networks, self._labels)

    def _show_labels(self, labels: list[LabelRow]) -> None:
        self._labels = [(label.id, label.name) for label in labels]
        self.targets.show_names(self._networks, self._labels)

    def _show_countries(self, done: Done) -> None:
        self.hours.show_countries(dict(done.answer.get("countries", {})))

    def _try(self) -> None:
        def told(done: Done) -> None:
            self.notices.tell_tried(str(done.answer.get("way", "")))

        Waiter(self, self._desk.do(ShowTestNotice()), told, self.failed.emit)

    def _save(self, key: str, value: str) -> None:
        self._do(SetSetting(key, value))

    def _do(self, command: Command) -> None:
        Waiter(self, self._desk.do(command), lambda _: None, self.failed.emit)


def _shown() -> tuple[Shown, ...]:
    return (
        Shown("target_min", tr("Response target"),
              tr("A mention is due this long after it was written; then it is overdue."),
              unit=tr("minutes")),
        Shown("due_soon_min", tr("Due soon"), tr("So long before it is overdue."),
              unit=tr("minutes")),
    )  # fmt: skip


def _scrolled(inner: QWidget) -> QScrollArea:
    scroll = QScrollArea()
    scroll.setWidgetResizable(True)
    scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # what is in it takes the keys
    scroll.setWidget(inner)
    return scroll
