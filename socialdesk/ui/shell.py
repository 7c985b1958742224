"""The window as its parts see it: what they may ask of it, and what of it they may touch."""

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QMainWindow

if TYPE_CHECKING:
    from socialdesk.ui.actions import Actions
    from socialdesk.ui.inbox.saved import SavedViews
    from socialdesk.ui.inbox.screen import InboxScreen
    from socialdesk.ui.inbox.views import ViewsPane
    from socialdesk.ui.job_bar import JobBar
    from socialdesk.ui.screens import Screens
    from socialdesk.ui.toast import Toast
    from socialdesk.ui.undo import UndoRedo


class Shell(QMainWindow):
    """MainWindow fills this in. Whatever stands in the window knows a Shell only: nothing depends
    on the window that makes it."""

    actions_by_id: "Actions"
    screens: "Screens"
    inbox: "InboxScreen"
    views: "ViewsPane"
    saved_views: "SavedViews"
    job_bar: "JobBar"
    toast: "Toast"
    turns: "UndoRedo"

    # --- places ---

    @property
    def place(self) -> str:
        """What is shown: a view's value, "saved:ID", or a screen's name."""
        raise NotImplementedError

    def is_inbox(self) -> bool:
        """A list of mentions is shown."""
        return self.screens.is_inbox()

    def show_place(self, key: str) -> None:
        """A view, a saved view ("saved:ID"), another screen, or the settings. While the file is
        damaged or newer there is nothing to show: every way leads to the choices."""
        raise NotImplementedError

    def show_search(self, search: str) -> None:
        """Everything that fits a search of the program's own."""
        raise NotImplementedError

    def show_mention(self, mention_id: int) -> None:
        """In the inbox, in the list that is there."""
        raise NotImplementedError

    def go_to_when_listed(self, mention_id: int) -> None:
        """Stand on this mention as soon as the list holds it."""
        raise NotImplementedError

    # --- the window itself ---

    def show_count(self, n: int, note: str = "") -> None:
        """In the title, where a desktop without badges shows it too. `note`: what else is so."""
        raise NotImplementedError

    def raise_to_front(self, _call: str = "") -> None:
        """Another start asked for this window."""
        raise NotImplementedError

    def keeps_watching(self) -> bool:
        """Whether the engine goes on after the window."""
        raise NotImplementedError

    def open_palette(self) -> None:
        """Ctrl+K."""
        raise NotImplementedError

    def open_keys(self) -> None:
        """The sheet of all keys, where they are changed."""
        raise NotImplementedError
