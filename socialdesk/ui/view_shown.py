"""The saved view that is shown in the window: found, moved, and what is said when it changes."""

from typing import TYPE_CHECKING

from socialdesk.domain.queue.rows import Order, SavedView, View
from socialdesk.i18n import tr
from socialdesk.ui.plain import isolated

if TYPE_CHECKING:
    from socialdesk.ui.shell import Shell


class ViewShown:
    """Between the saved views of `window`, their lines at the left, and the list."""

    def __init__(self, window: "Shell") -> None:
        self._window, self._saved = window, window.saved_views
        self._saved.changed.connect(window.views.show_saved)
        window.views.ordered.connect(self._saved.put_in_order)
        window.inbox.pane.order_chosen.connect(self._on_order_chosen)
        self._saved.saved.connect(self._on_saved)
        self._saved.deleted.connect(self._on_deleted)

    def view(self) -> SavedView | None:
        """The saved view that is shown, or whose search is."""
        window = self._window
        if not window.is_inbox():
            return None
        by_search = self._saved.by_search(window.inbox.pane.search)
        return self._saved.by_key(window.place) or by_search

    def move(self, step: int) -> None:
        """Ctrl+Up, Ctrl+Down: in the list of views."""
        if (view := self.view()) is not None:
            self._window.views.move_saved(f"saved:{view.id}", step)

    def _on_order_chosen(self, order: Order) -> None:
        view = self._saved.by_key(self._window.place)
        if view is not None and self._window.is_inbox():
            self._saved.keep_list_order(view, order)

    def _on_saved(self) -> None:
        self._window.toast.say(tr("The view is saved, with a live count at the left"))

    def _on_deleted(self, view: SavedView) -> None:
        self._window.toast.say(
            tr("View {name} deleted", name=isolated(view.name)),
            tr("Save it again"),
            lambda: self._saved.save(view.name, view.search),
        )
        self._window.show_place(View.NEEDS_REPLY.value)
