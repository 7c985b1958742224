"""The reply lines of an incident in one language: which may be sent, and the look each needs."""

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QListWidget, QListWidgetItem, QWidget

from socialdesk.domain.changes import Area, Changes
from socialdesk.domain.crisis.crisis_rows import LineRow
from socialdesk.engine.desk import Desk
from socialdesk.engine.queries.crisis import ListLines
from socialdesk.i18n import tr
from socialdesk.ui.bridge import Bridge
from socialdesk.ui.compose.parts import column, label, push, row
from socialdesk.ui.crisis.text.known import Known
from socialdesk.ui.crisis.text.leans import Leans
from socialdesk.ui.crisis.text.line_look import begin_line_look
from socialdesk.ui.crisis.text.line_words import line_name, line_state, why_not
from socialdesk.ui.plain import clean, dress
from socialdesk.ui.tasks import Latest
from socialdesk.ui.wrapped import wrap_rows


class LinePage(QWidget):
    """`failed(error)`."""

    failed = Signal(object)

    def __init__(
        self, desk: Desk, incident_id: int, now: Callable[[], int], parent: QWidget
    ) -> None:
        super().__init__(parent)
        self._desk, self._incident_id, self._now = desk, incident_id, now
        self._latest, self._known = Latest(self), Known()
        self._lang = ""
        self._lines: list[LineRow] = []
        self._list = QListWidget()
        self._list.setProperty("framed", "yes")
        wrap_rows(self._list)
        self._list.setAccessibleName(tr("Reply lines"))
        self._list.currentRowChanged.connect(lambda _: self._show_line())
        self._words = label()
        bubble = QFrame()
        bubble.setProperty("bubble", "ours")
        bubble.setLayout(column(self._words, margin=10))
        self._why = label(tone="warn")
        self._leans = Leans(self)
        self._leans.changed.connect(self._show_acts)
        self._look = push(tr("Second look at this line…"), self.look, icon="shield-check")
        box = column(self._list, bubble, self._why, self._leans, row(None, self._look), margin=12)
        box.setStretchFactor(self._list, 1)
        self.setLayout(box)
        Bridge(desk, self).changed.connect(self._on_changed)

    def setFocus(self, reason: Qt.FocusReason = Qt.FocusReason.OtherFocusReason) -> None:
        """No focus proxy: Tab leaves out what else lies in a widget with one (Qt 6.11)."""
        self._list.setFocus(reason)

    def know(self, known: Known) -> None:
        """Facts a claim may lean on, and who is here."""
        self._known = known
        confirmed = [f for f in known.fact_rows if f.state == "confirmed"]
        self._leans.show_facts(confirmed)

    def show_lang(self, lang: str) -> None:
        """The lines in a language."""
        if lang != self._lang:
            self._lang = lang
            self.refresh()

    def refresh(self) -> None:
        """Read them again."""
        if self._lang:
            future = self._desk.ask(ListLines(self._incident_id, self._lang))
            self._latest.wait(future, self._take, self.failed.emit)

    def look(self) -> None:
        """The second look at the line that is chosen."""
        line = self._line
        incident = self._known.incident
        if line is not None and incident is not None and self._look.isEnabled():
            facts = self._leans.chosen if line.is_claim else ()
            begin_line_look(self._desk, incident, line, facts, self._known, self._now, self,
                            self.failed.emit)  # fmt: skip

    @property
    def _line(self) -> LineRow | None:
        at = self._list.currentRow()
        return self._lines[at] if 0 <= at < len(self._lines) else None

    def _on_changed(self, changes: Changes) -> None:
        if changes.areas & {Area.INCIDENTS, Area.PLAYBOOKS, Area.ALL} and self.isVisible():
            self.refresh()

    def _take(self, lines: list[LineRow]) -> None:
        at = max(0, self._list.currentRow())
        self._lines = lines
        self._list.blockSignals(True)
        self._list.clear()
        for line in lines:
            words = f"{line_name(line)} · {line_state(line)}\n{clean(line.text)}"
            entry = QListWidgetItem(words)
            entry.setData(Qt.ItemDataRole.AccessibleTextRole, words.replace("\n", ", "))
            self._list.addItem(entry)
        self._list.setCurrentRow(min(at, len(lines) - 1))
        self._list.blockSignals(False)
        self._show_line()

    def _show_line(self) -> None:
        line = self._line
        self._words.setText(clean(line.text) if line is not None else "")
        self._leans.setVisible(line is not None and line.is_claim)
        if line is not None:
            self._leans.choose(line.facts)
        self._show_acts()

    def _show_acts(self) -> None:
        line = self._line
        is_approved = line is not None and line.state == "approved"
        lacks_fact = line is not None and line.is_claim and not self._leans.chosen
        self._look.setEnabled(line is not None and not is_approved and not lacks_fact)
        said = why_not(line) if line is not None else ""
        if lacks_fact and not is_approved:
            said = tr("This line makes a claim: tick the confirmed fact it leans on.")
        self._why.setText(said)
        self._why.setVisible(bool(said))
        dress(self._why, "tone", "warn")
