"""Searches kept as views: named, ordered, shown with a live count, told of, deleted."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from socialdesk.domain.errors import CommandError, CommandFault, SocialDeskError
from socialdesk.domain.queue.rows import Order, SavedView, View
from socialdesk.engine.desk import Desk, Done
from socialdesk.engine.queries import ListSavedViews
from socialdesk.i18n import tr
from socialdesk.ui.inbox.view_lines import SAVED
from socialdesk.ui.plain import isolated, one_line
from socialdesk.ui.tasks import Latest, Waiter

if TYPE_CHECKING:
    from socialdesk.engine.commands import Command

MAX_NAME = 60  # characters


class SavedViews(QObject):
    """`changed(list of SavedView)`, `saved()`, `deleted(SavedView)`, `failed(error)`."""

    changed = Signal(object)
    saved = Signal()
    deleted = Signal(object)
    failed = Signal(object)

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__(parent)
        self._desk, self._window, self._reading = desk, parent, Latest(self)
        self._views: list[SavedView] = []

    def read(self) -> None:
        """Ask for them anew; a failure leaves those known."""
        self._reading.wait(self._desk.ask(ListSavedViews()), self._on_read, self._on_unread)

    def by_key(self, key: str) -> SavedView | None:
        """The view of a line of the views' pane."""
        return next((v for v in self._views if f"{SAVED}{v.id}" == key), None)

    def known(self, key: str) -> str:
        """The same place; all mentions, and a word about it, for a saved view that is not here (a
        notice can outlive it)."""
        if not key.startswith(SAVED) or self.by_key(key) is not None:
            return key
        self.failed.emit(CommandError(CommandFault.NOT_FOUND))
        return View.ALL.value

    def by_search(self, search: str) -> SavedView | None:
        return next((v for v in self._views if search and v.search == search), None)

    def ask_name(self, search: str) -> None:
        """Under which name a search is kept; its own words until another is typed."""
        from socialdesk.ui.palette import Choice, ask

        def offer(typed: str) -> list[Choice]:
            name = (one_line(typed) or one_line(search))[:MAX_NAME]
            return [Choice(tr("Save as {name}", name=isolated(name)), name)]

        ask(
            tr("Name of the view"),
            search,
            offer,
            lambda name: self.save(name, search),
            self._window,
        )

    def save(self, name: str, search: str) -> None:
        from socialdesk.engine.commands import SaveView

        Waiter(self, self._desk.do(SaveView(name, search)), self._on_saved, self.failed.emit)

    def ask_new_name(self, view: SavedView) -> None:
        """Rename: the search stays."""
        from socialdesk.ui.palette import Choice, ask

        def offer(typed: str) -> list[Choice]:
            name = one_line(typed)[:MAX_NAME]
            return [Choice(tr("Rename to {name}", name=isolated(name)), name)] if name else []

        ask(
            tr("New name of {name}", name=isolated(view.name)),
            one_line(view.name),
            offer,
            lambda name: self._do_save(name, view.search, view.id),
            self._window,
        )

    def ask_notice(self, view: SavedView) -> None:
        """Whether the desktop tells of what is new in it."""
        from socialdesk.engine.commands.notices import SetViewNotice
        from socialdesk.ui.palette import Choice, ask, fuzzy

        words = {
            "": tr("No notice"), "once": tr("One notice for each new mention"),
            "repeat": tr("A notice, again until it was seen"),
        }  # fmt: skip
        choices = [Choice(text, value, "✓" if value == view.notice else "")
                   for value, text in words.items()]  # fmt: skip
        ask(
            tr("Notices of {name}", name=isolated(view.name)),
            tr("Choose one"),
            lambda typed: fuzzy(typed, choices),
            lambda value: self._do(SetViewNotice(view.id, value)),
            self._window,
        )

    def put_in_order(self, ids: tuple[int, ...]) -> None:
        from socialdesk.engine.commands.views import OrderViews

        self._do(OrderViews(ids))

    def keep_list_order(self, view: SavedView, order: Order) -> None:
        """Its list opens in this order from now on."""
        from socialdesk.engine.commands.views import SetViewOrder

        self._do(SetViewOrder(view.id, order.value))

    def _do(self, command: "Command") -> None:
        Waiter(self, self._desk.do(command), lambda _: self.read(), self.failed.emit)

    def _do_save(self, name: str, search: str, view_id: int) -> None:
        from socialdesk.engine.commands import SaveView

        self._do(SaveView(name, search, view_id))

    def all(self) -> list[SavedView]:
        """Those known now, in their order."""
        return list(self._views)

    def delete(self, view: SavedView) -> None:
        from socialdesk.engine.commands import DeleteView

        def done(_: Done) -> None:
            self.deleted.emit(view)
            self.read()

        Waiter(self, self._desk.do(DeleteView(view.id)), done, self.failed.emit)

    def _on_saved(self, _: Done) -> None:
        self.saved.emit()
        self.read()

    def _on_read(self, views: list[SavedView]) -> None:
        self._views = views
        self.changed.emit(views)

    def _on_unread(self, error: SocialDeskError) -> None:
        """The list of mentions says why nothing can be read."""
