"""The cases that are not in their CRM yet: what waits for a person, and what is on its way."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QWidget

from socialdesk.domain.changes import Area, Changes
from socialdesk.domain.errors import SocialDeskError
from socialdesk.domain.people.crm import CaseRow
from socialdesk.engine.commands.crm import CrmCommand
from socialdesk.engine.desk import Desk
from socialdesk.engine.queries.crm import ListCases
from socialdesk.engine.words.messages import sentence
from socialdesk.i18n import tr
from socialdesk.ui.bridge import Bridge
from socialdesk.ui.compose.parts import NoticeBar, column, label, push, row
from socialdesk.ui.crm.case_lines import CaseLines
from socialdesk.ui.scroll_area import ScrollArea
from socialdesk.ui.tasks import Latest, Waiter
from socialdesk.ui.text_size import resize_for_text

if TYPE_CHECKING:
    from socialdesk.ui.shell import Shell


def open_waiting(window: "Shell") -> None:
    """Over the window; a mention is shown in the inbox."""
    dialog = WaitingCases(window.screens.desk, window.screens.now, window)
    dialog.mention_asked.connect(window.show_mention)
    dialog.open()


class WaitingCases(QDialog):
    """`mention_asked(id)`: what a case was made of."""

    mention_asked = Signal(object)

    def __init__(self, desk: Desk, now: Callable[[], int], parent: QWidget | None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(tr("Cases that wait"))
        resize_for_text(self, 480, 480)
        self._desk, self._latest = desk, Latest(self)
        self._notice = NoticeBar(self)
        self._none = label(tr("Every case is in its CRM."), "dim")
        self.cases = CaseLines(now, self, has_mentions=True)
        self.cases.done.connect(self._do)
        self.cases.mention_asked.connect(self._show_mention)
        inner = QWidget()
        inner.setLayout(column(self.cases, None))
        scroll = ScrollArea()
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setWidget(inner)
        self.setLayout(column(
            label(tr("Cases that wait"), "heading"), self._notice, self._none, scroll,
            row(None, push(tr("Close"), self.reject)), margin=16,
        ))  # fmt: skip
        Bridge(desk, self).changed.connect(self._on_changed)
        self.refresh()

    def refresh(self) -> None:
        """Read them again."""
        self._latest.wait(self._desk.ask(ListCases()), self._show, self._fail)

    def _on_changed(self, changes: Changes) -> None:
        if changes.areas & {Area.CRM, Area.ALL}:
            self.refresh()

    def _show(self, cases: list[CaseRow]) -> None:
        self.cases.show_cases(cases)
        self._none.setVisible(not cases)

    def _show_mention(self, mention_id: int) -> None:
        self.accept()
        self.mention_asked.emit(mention_id)

    def _do(self, command: CrmCommand) -> None:
        self._notice.clear()
        Waiter(self, self._desk.do(command), lambda _: None, self._fail)

    def _fail(self, error: SocialDeskError) -> None:
        self._notice.tell_sentence(sentence(error))
