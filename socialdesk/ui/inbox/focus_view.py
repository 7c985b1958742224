"""One mention at a time, large, with its composer and how far one is; nothing else."""

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QWidget

from socialdesk.i18n import tr
from socialdesk.ui.inbox.screen import InboxScreen
from socialdesk.ui.plain import label
from socialdesk.ui.words import count

WIDEST = 860  # px of a line that is read with ease
POINTS = 12.5  # of a post; usual are 10


class FocusView(QObject):
    """The inbox without its list, the views and the person. The list goes on behind it: every act
    and key of the inbox is the same here."""

    def __init__(self, inbox: InboxScreen, views: QWidget, parent: QObject) -> None:
        super().__init__(parent)
        self._inbox, self._views = inbox, views
        self._hidden: list[QWidget] = []
        self._n_first, self._back_to = 0, ""
        self._progress = label(parent=inbox.thread_pane, tone="dim")
        self._progress.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        inbox.thread_pane.put_on_top(self._progress)
        self._progress.hide()
        inbox.pane.current_changed.connect(self._show_progress)
        inbox.pane.listed.connect(self._show_progress)
        inbox.pane.model.rowsRemoved.connect(self._show_progress)
        inbox.pane.model.modelReset.connect(self._show_progress)

    @property
    def is_on(self) -> bool:
        return not self._progress.isHidden()

    def enter(self, back_to: str = "") -> None:
        """`back_to`: the place one came from, "" = the inbox itself."""
        if self.is_on:
            return
        inbox = self._inbox
        parts = (self._views, inbox.pane, inbox.context)
        self._hidden = [part for part in parts if not part.isHidden()]
        for part in self._hidden:
            part.hide()
        self._n_first, self._back_to = inbox.pane.model.rowCount(), back_to
        self._progress.show()
        inbox.thread_pane.be_large(POINTS, WIDEST)
        self._show_progress()
        inbox.thread_pane.setFocus()

    def leave(self) -> str:
        """Everything is as it was; the place one came from."""
        self._progress.hide()
        for part in self._hidden:
            part.show()
        self._inbox.thread_pane.be_large(0.0, 0)
        self._inbox.pane.list.setFocus()
        return self._back_to

    def translate(self) -> None:
        """The texts in the language in use."""
        self._show_progress()

    def _show_progress(self, *_: object) -> None:
        if not self.is_on:
            return
        n_left = self._inbox.pane.model.rowCount()
        self._n_first = max(self._n_first, n_left)
        n_decided = self._n_first - n_left
        if n_left:
            at = n_decided + self._inbox.pane.list.current() + 1
            text = tr("{n} of {total}", n=count(at), total=count(self._n_first))
        else:
            text = tr("Nothing is left here. Esc goes back.")
        self._progress.setText(text)
