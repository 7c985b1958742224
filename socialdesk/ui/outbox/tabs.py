"""The outbox and, while an incident holds replies, a tab of those."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QTabWidget, QWidget

from socialdesk.domain.changes import Area, Changes
from socialdesk.domain.crisis.crisis_rows import HeldRow
from socialdesk.domain.crisis.incident import Incident
from socialdesk.domain.errors import SocialDeskError
from socialdesk.domain.queue.rows import OutboxRow
from socialdesk.engine.desk import Desk
from socialdesk.engine.queries.crisis import ListHeld, ReadIncident
from socialdesk.i18n import tr
from socialdesk.ui.bridge import Bridge
from socialdesk.ui.outbox.held import HeldPane
from socialdesk.ui.outbox.screen import OutboxScreen
from socialdesk.ui.tasks import Latest

TELLING = frozenset({Area.OUTBOX, Area.INCIDENTS, Area.ALL})


class OutboxTabs(QTabWidget):
    """`mention_asked(id)`: show that mention. In quiet times there is one tab and no bar."""

    mention_asked = Signal(object)

    def __init__(self, desk: Desk, now: Callable[[], int], parent: QWidget) -> None:
        super().__init__(parent)
        self._desk, self._now, self._latest = desk, now, Latest(self)
        self._rows: list[HeldRow] = []
        self.setDocumentMode(True)
        self.outbox, self.held = OutboxScreen(desk, self), HeldPane(desk, now, self)
        self.outbox.mention_asked.connect(self.mention_asked)
        self.outbox.decision_asked.connect(self._ask_decision)
        self.held.mention_asked.connect(self.mention_asked)
        self.held.look_asked.connect(self._ask_look)
        self.addTab(self.outbox, "")
        self.addTab(self.held, "")
        self.tabBar().hide()  # until it is known that something is held
        self.translate()
        self.currentChanged.connect(lambda _: self.held.show_held())
        Bridge(desk, self).changed.connect(self._on_changed)
        self._read()

    def translate(self) -> None:
        """The texts in the language in use."""
        self.tabBar().setAccessibleName(tr("Parts of the outbox"))
        self.setTabText(0, tr("On their way"))
        self.setTabText(1, tr("Held by an incident ({n})", n=len(self._rows)))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.translate()

    def _on_changed(self, changes: Changes) -> None:
        if changes.areas & TELLING:
            self._read()

    def _read(self) -> None:
        self._latest.wait(self._desk.ask(ListHeld()), self._show, self._on_silent)

    def _show(self, rows: list[HeldRow]) -> None:
        self._rows = rows
        if not rows:
            self.setCurrentIndex(0)
        self.tabBar().setVisible(bool(rows))
        self.translate()
        if self.currentIndex() == 1:
            self.held.show_held()

    def _ask_decision(self, outbox_id: int) -> None:
        self.held.table.show_rows(self._rows)  # as known; the tab reads them anew as it opens
        self.held.table.choose(outbox_id)
        self.setCurrentIndex(1)
        self.held.table.setFocus()

    def _ask_look(self, reply: OutboxRow) -> None:
        """A second look at a text that is to be kept, for the incident that holds it."""

        def show(incident: Incident | None) -> None:
            from socialdesk.ui.crisis.held_look import ask_held_look

            if incident is not None:
                ask_held_look(self.held.talk, reply, incident, self._now, self)

        if (held := self.held.table.current()) is not None:
            self.held.talk.ask(ReadIncident(held.incident_id), show)

    def _on_silent(self, error: SocialDeskError) -> None:
        """The outbox beside it says why nothing can be read."""
