"""The parts about time: hours with targets, and notices; what they ask the desk, and save."""

from collections.abc import Mapping

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QSystemTrayIcon, QWidget

from socialdesk.domain.queue.rows import AccountRow, LabelRow
from socialdesk.engine.commands import Command
from socialdesk.engine.commands.notices import ListCountries, SetViewNotice, ShowTestNotice
from socialdesk.engine.desk import Desk, Done
from socialdesk.engine.queries import ListAccounts, ListLabels
from socialdesk.engine.queries.notices import ListViewNotices
from socialdesk.engine.settings import value_of
from socialdesk.ui.settings.hours_page import HoursPage
from socialdesk.ui.settings.notices_page import NoticesPage
from socialdesk.ui.settings.targets_box import TargetsBox
from socialdesk.ui.tasks import Waiter


class TimesPart(QObject):
    """Hours and targets, made when they are wanted. `chosen(key, value)`: one of them.
    `failed(error)`: something could not be asked."""

    chosen = Signal(str, str)
    failed = Signal(object)

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__(parent)
        self._desk, self._place = desk, parent
        self._networks: list[str] = []
        self._labels: list[tuple[int, str]] = []

    def make_hours(self) -> QWidget:
        """The business hours."""
        self.hours = HoursPage(self._place)
        self.hours.chosen.connect(lambda value: self.chosen.emit("hours", value))
        self.hours.looked_at.connect(self._ask_countries)
        return self.hours

    def make_targets(self) -> QWidget:
        """The targets of networks and labels."""
        self.targets = TargetsBox(self._place)
        self.targets.chosen.connect(lambda value: self.chosen.emit("targets", value))
        Waiter(self, self._desk.ask(ListAccounts()), self._show_accounts, self.failed.emit)
        Waiter(self, self._desk.ask(ListLabels()), self._show_labels, self.failed.emit)
        return self.targets

    def follow(self, settings: Mapping[str, str]) -> None:
        """As they are kept. Only when all is made."""
        self.hours.show_value(value_of(settings, "hours"))
        self.targets.show_value(value_of(settings, "targets"))

    def _ask_countries(self) -> None:
        """From the engine: the package that knows them is not for the window's process."""
        Waiter(self, self._desk.do(ListCountries()), self._show_countries, self.failed.emit)

    def _show_accounts(self, accounts: list[AccountRow]) -> None:
        self._networks = sorted({one.network for one in accounts if not one.is_crm})
        self.targets.show_names(self._networks, self._labels)

    def _show_labels(self, labels: list[LabelRow]) -> None:
        self._labels = [(label.id, label.name) for label in labels]
        self.targets.show_names(self._networks, self._labels)

    def _show_countries(self, done: Done) -> None:
        self.hours.show_countries(dict(done.answer.get("countries", {})))


class NoticesPart(QObject):
    """Quiet hours and what saved views tell. `chosen(key, value)`: the quiet hours.
    `failed(error)`: something was refused. `grew()`: the views are there."""

    chosen = Signal(str, str)
    grew = Signal()
    failed = Signal(object)

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__(parent)
        self._desk, self._place = desk, parent
        self.has_tray = QSystemTrayIcon.isSystemTrayAvailable()

    def make(self) -> QWidget:
        """Both, below the lines."""
        self.notices = NoticesPage(self._place)
        self.notices.chosen.connect(self.chosen)
        self.notices.view_chosen.connect(lambda id, how: self._do(SetViewNotice(id, how)))
        self.notices.tried.connect(self._try)
        views = self._desk.ask(ListViewNotices())
        Waiter(self, views, self._show_views, self.failed.emit)
        return self.notices

    def follow(self, settings: Mapping[str, str]) -> None:
        """As they are kept. Only when all is made."""
        self.notices.show_quiet(value_of(settings, "quiet_hours"))

    def _show_views(self, views: list[tuple[int, str, str]]) -> None:
        self.notices.show_views(views)
        self.grew.emit()

    def _try(self) -> None:
        def told(done: Done) -> None:
            self.notices.tell_tried(str(done.answer.get("way", "")))

        Waiter(self, self._desk.do(ShowTestNotice()), told, self.failed.emit)

    def _do(self, command: Command) -> None:
        Waiter(self, self._desk.do(command), lambda _: None, self.failed.emit)
