"""Searches kept as views: named, shown with a live count, deleted."""

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from socialdesk.domain.errors import SocialDeskError
from socialdesk.domain.rows import SavedView
from socialdesk.engine.desk import Desk, Done
from socialdesk.engine.queries import ListSavedViews
from socialdesk.i18n import tr
from socialdesk.ui.plain import isolated, one_line
from socialdesk.ui.tasks import Latest, Waiter

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
        return next((v for v in self._views if f"saved:{v.id}" == key), None)

    def by_search(self, search: str) -> SavedView | None:
        return next((v for v in self._views if search and v.search == search), None)

    def ask_name(self, search: str) -> None:
        """Under which name a search is kept."""
        from socialdesk.ui.palette import Choice, ask

        def offer(typed: str) -> list[Choice]:
            name = one_line(typed)[:MAX_NAME]
            return [Choice(tr("Save as {name}", name=isolated(name)), name)] if name else []

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
