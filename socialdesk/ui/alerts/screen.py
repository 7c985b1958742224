"""The room of alerts: what is loud and what was, the explanation of one, and how loud to be."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QSizePolicy, QSplitter, QWidget

from socialdesk.domain.changes import Area, Changes
from socialdesk.domain.crisis.alert import AlertLine, Explanation, Level
from socialdesk.domain.crisis.crisis_rows import Standing
from socialdesk.domain.errors import SocialDeskError
from socialdesk.engine.commands import Command, SetSetting
from socialdesk.engine.commands.alerts import DismissAlert, LinkAlert
from socialdesk.engine.commands.crisis import Suspect
from socialdesk.engine.desk import Desk, Done
from socialdesk.engine.queries import ReadSettings
from socialdesk.engine.queries.alerts import (
    ListAlertMentions,
    ListAlerts,
    ReadAlert,
    ReadBackTest,
)
from socialdesk.engine.queries.crisis import ReadStanding
from socialdesk.engine.settings import number_of
from socialdesk.engine.words import alerts as alert_words
from socialdesk.engine.words.messages import sentence
from socialdesk.i18n import tr, trn
from socialdesk.ui.alerts.back_test import LIMITS, BackTestBox
from socialdesk.ui.alerts.pane import AlertPane
from socialdesk.ui.bridge import Bridge
from socialdesk.ui.compose.parts import NoticeBar, Speaker, column, label, row
from socialdesk.ui.empty_note import EmptyNote
from socialdesk.ui.icons import icon
from socialdesk.ui.plain import isolated, one_line
from socialdesk.ui.reports.mentions_pane import MentionsPane
from socialdesk.ui.tasks import Latest, Waiter
from socialdesk.ui.text_size import keep_lines, line_size
from socialdesk.ui.theme import tokens
from socialdesk.ui.words import moment

LINE = 52  # px
_LINE = Qt.ItemDataRole.UserRole


def nothing_words() -> str:
    """What the list says while nothing has rung."""
    return tr("Nothing has rung. More negative mentions than usual, words of a crisis, complaints "
              "that wait, and texts that many copy come here. The program only suggests: you "
              "declare.")  # fmt: skip


class AlertsScreen(QWidget):
    """`mention_asked(id)`, `search_asked(text)`: shown in the inbox. `declare_asked(incident_id)`,
    `dismiss_asked(incident_id)`: by the sheets of the incidents."""

    mention_asked = Signal(object)
    search_asked = Signal(str)
    declare_asked = Signal(object)
    dismiss_asked = Signal(object)

    def __init__(self, desk: Desk, now: Callable[[], int], parent: QWidget | None) -> None:
        super().__init__(parent)
        self._desk, self._now = desk, now
        self._lines, self._one, self._open = Latest(self), Latest(self), Latest(self)
        self._id = 0
        self._make()
        Speaker(self, self._make_again)
        Bridge(desk, self).changed.connect(self._on_changed)
        self._read_all()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self.refresh()  # icons in the colours of the other look

    def _make_again(self) -> None:
        self._make()
        self._read_all()

    def _make(self) -> None:
        self._notice = NoticeBar(self)
        self._count = label(tone="dim", wraps=False)
        self.list = QListWidget(self)
        keep_lines(self.list, LINE)
        self.list.setAccessibleName(tr("Alerts"))
        self.list.setUniformItemSizes(True)
        self.list.currentItemChanged.connect(lambda now, _: self._on_line(now))
        self._empty = EmptyNote(self.list)
        self.back_test = BackTestBox(self)
        self.back_test.chosen.connect(self._set_limit)
        left = QWidget()
        lines = column(
            row(label(tr("Alerts"), "title", wraps=False), self._count, None),
            self._notice, self.list, self.back_test, margin=14,
        )  # fmt: skip
        lines.setStretchFactor(self.list, 1)
        self.back_test.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        left.setLayout(lines)
        self._make_pane()
        split = QSplitter()
        for part in (left, self.pane):
            split.addWidget(part)
        split.setStretchFactor(1, 1)
        split.setSizes([400, 560])
        split.setChildrenCollapsible(False)
        both = row(split, self.mentions, space=0)
        both.setStretch(0, 1)
        self.setLayout(both)

    def setFocus(self, reason: Qt.FocusReason = Qt.FocusReason.OtherFocusReason) -> None:
        """No focus proxy: Tab leaves out what else lies in a widget with one (Qt 6.11)."""
        self.list.setFocus(reason)

    def _make_pane(self) -> None:
        self.pane = AlertPane(self)
        self.pane.hide()
        self.pane.mention_asked.connect(self.mention_asked)
        self.pane.search_asked.connect(self.search_asked)
        self.pane.mentions_asked.connect(self._list_mentions)
        self.pane.declare_asked.connect(self._declare)
        self.pane.dismiss_asked.connect(self._dismiss)
        self.pane.link_asked.connect(self._link)
        self.mentions = MentionsPane(self._desk, self._now, self)
        self.mentions.mention_asked.connect(self.mention_asked)
        self.mentions.closed.connect(self.pane.mentions.setFocus)

    # --- reading ---

    def refresh(self) -> None:
        """Read the list again; the alert that is shown stays."""
        self._lines.wait(self._desk.ask(ListAlerts()), self._show, self._fail)
        self._open.wait(self._desk.ask(ReadStanding()), self._show_open, self._fail)

    def _read_all(self) -> None:
        self.refresh()
        Waiter(self, self._desk.ask(ReadSettings()), self._show_settings, self._fail)
        Waiter(self, self._desk.ask(ReadBackTest(LIMITS)), self._show_back_test, self._fail)

    def _on_changed(self, changes: Changes) -> None:
        if changes.areas & {Area.INCIDENTS, Area.ALL}:
            self.refresh()
        if changes.areas & {Area.SETTINGS, Area.ALL}:
            Waiter(self, self._desk.ask(ReadSettings()), self._show_settings, self._fail)

    def _show_settings(self, settings: dict[str, str]) -> None:
        self.back_test.show_held(number_of(settings, "alert_limit"))

    def _show_back_test(self, found: Any) -> None:
        self.back_test.show_found(found, self._now())

    def _show_open(self, standings: list[Standing]) -> None:
        self.pane.show_incidents([standing.incident for standing in standings])

    def _show(self, lines: list[AlertLine]) -> None:
        wanted = self._id
        self.list.clear()
        for line in lines:
            self.list.addItem(self._item(line))
        at = next((n for n, line in enumerate(lines) if line.alert.id == wanted), 0)
        self.list.setCurrentRow(at if lines else -1)
        n = sum(line.alert.is_open for line in lines)
        self._count.setText(trn("{n} open", "{n} open", n) if n else "")
        self._empty.say("" if lines else nothing_words())
        self.pane.setVisible(bool(lines))

    def _item(self, line: AlertLine) -> QListWidgetItem:
        alert = line.alert
        title = one_line(alert_words.title(alert.kind, alert.series, line.subject))
        told = alert_words.numbers(alert.kind, alert.facts)
        state = line.incident or (tr("still so") if alert.is_open else tr("over"))
        when = moment(alert.at, self._now())
        item = QListWidgetItem(
            tr("{time}  {title}", time=when, title=isolated(title))
            + "\n" + tr("{told}  ·  {state}", told=told, state=state)
        )  # fmt: skip
        item.setData(_LINE, line)
        item.setSizeHint(line_size(self.list, LINE))
        loud = alert_words.level_word(alert.level)
        item.setData(
            Qt.ItemDataRole.AccessibleTextRole,
            tr("{level}: {title}, {time}, {told}, {state}", level=loud, title=title, time=when,
               told=told, state=state),
        )  # fmt: skip
        t = tokens(self.palette())
        ink = t.dim if not alert.is_open else t.warn if alert.level is Level.WATCH else t.danger
        item.setIcon(icon("eye" if alert.level is Level.WATCH else "triangle-alert", ink))
        return item

    def _on_line(self, item: QListWidgetItem | None) -> None:
        if item is None:
            return
        line: AlertLine = item.data(_LINE)
        if line.alert.id != self._id:
            self.mentions.hide()
        self._id = line.alert.id
        self._one.wait(self._desk.ask(ReadAlert(self._id)), self._show_one, self._fail)

    def _show_one(self, found: Explanation | None) -> None:
        if found is not None:
            self.pane.show_alert(found, self._now())

    def _list_mentions(self, found: Explanation) -> None:
        alert = found.alert
        title = alert_words.title(alert.kind, alert.series, found.subject)
        self.mentions.show_query(title, ListAlertMentions(alert.id))

    # --- acting ---

    def _declare(self) -> None:
        """Of an incident; a watch that made none becomes a suspected one first."""
        found = self.pane.explanation
        if found is None:
            return
        if found.alert.incident_id and found.incident_state == "suspected":
            self.declare_asked.emit(found.alert.incident_id)
            return
        alert = found.alert
        title = alert_words.title(alert.kind, alert.series, found.subject)

        def suspected(done: Done) -> None:
            incident_id = int(done.answer["incident_id"])
            linked = LinkAlert(alert.id, incident_id)
            self._do(linked, lambda _: self.declare_asked.emit(incident_id))

        self._do(Suspect(title, found.mentions), suspected)

    def _dismiss(self, reason: str) -> None:
        alert = self.pane.alert
        if alert is None:
            return
        if reason:
            self._do(DismissAlert(alert.id, reason))
        else:
            self.dismiss_asked.emit(alert.incident_id)

    def _link(self, incident_id: int) -> None:
        alert = self.pane.alert
        if alert is not None:
            self._do(LinkAlert(alert.id, incident_id))

    def _set_limit(self, limit: int) -> None:
        self._do(SetSetting("alert_limit", str(limit)))

    def _do(self, command: Command, done: Callable[[Done], None] | None = None) -> None:
        self._notice.clear()

        def settled(answer: Done) -> None:
            self.refresh()
            if done is not None:
                done(answer)

        Waiter(self, self._desk.do(command), settled, self._fail)

    def _fail(self, error: SocialDeskError) -> None:
        self._notice.tell_sentence(sentence(error))
