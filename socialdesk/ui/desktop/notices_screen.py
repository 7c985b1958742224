"""The list of notices: what was told, when, and whether somebody has seen it."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QFont, QKeyEvent
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QWidget

from socialdesk.domain.changes import Area, Changes
from socialdesk.domain.errors import SocialDeskError
from socialdesk.domain.notices import NoticeLine
from socialdesk.engine.commands import Command
from socialdesk.engine.commands.notices import SeeNotices
from socialdesk.engine.desk import Desk
from socialdesk.engine.queries.notices import ListNotices
from socialdesk.engine.words import notices as notice_words
from socialdesk.engine.words.messages import sentence
from socialdesk.i18n import tr, trn
from socialdesk.ui.bridge import Bridge
from socialdesk.ui.compose.parts import NoticeBar, Speaker, column, label, push, row
from socialdesk.ui.icons import icon
from socialdesk.ui.keys import press_of
from socialdesk.ui.plain import isolated, one_line
from socialdesk.ui.tasks import Latest, Waiter
from socialdesk.ui.text_size import keep_lines, line_size
from socialdesk.ui.theme import tokens
from socialdesk.ui.words import moment

LINE = 52  # px
_LINE = Qt.ItemDataRole.UserRole
_ICONS = {
    "overdue": "clock-alert", "due_soon": "hourglass", "new_in_view": "bookmark", "vip": "star",
    "danger": "triangle-alert", "reach": "users", "sign_in": "log-in", "rule_hit": "list-filter",
    "rule_alert": "triangle-alert", "alert": "bell-ring", "alert_again": "bell-ring",
    "alert_reach": "users", "alert_mood": "chart-column", "incident_promise_soon": "hourglass",
    "incident_promise_due": "clock-alert", "incident_promise_late": "triangle-alert",
}  # fmt: skip


class NoticesScreen(QWidget):
    """`mention_asked(id)`, `place_asked(key)`: where a notice leads. Enter goes there, Space has
    seen it."""

    mention_asked = Signal(object)
    place_asked = Signal(str)

    def __init__(self, desk: Desk, now: Callable[[], int], parent: QWidget) -> None:
        super().__init__(parent)
        self._desk, self._now, self._read = desk, now, Latest(self)
        self._make()
        Speaker(self, self._make_again)
        Bridge(desk, self).changed.connect(self._on_changed)
        self.refresh()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self.refresh()  # icons in the colours of the other look

    def refresh(self) -> None:
        self._read.wait(self._desk.ask(ListNotices()), self._show, self._fail)

    def _make_again(self) -> None:
        self._make()
        self.refresh()

    def _make(self) -> None:
        self._notice = NoticeBar(self)
        self._count = label(tone="dim", wraps=False)
        self._seen = push(tr("Mark all as seen"), lambda: self._do(SeeNotices(everything=True)))
        self.list = NoticeList(self)
        keep_lines(self.list, LINE)
        self.list.setAccessibleName(tr("Notices"))
        self.list.itemActivated.connect(self._go)
        self.list.itemClicked.connect(self._go)
        self.list.seen.connect(self._see)
        self._empty = label(
            tr("Nothing was told yet. What is overdue, urgent or new in a view comes here, also "
               "when notices are switched off."), "dim",
        )  # fmt: skip
        self.setLayout(column(
            row(label(tr("Notices"), "title", wraps=False), self._count, None, self._seen),
            self._notice, self._empty, self.list, margin=14,
        ))  # fmt: skip

    def setFocus(self, reason: Qt.FocusReason = Qt.FocusReason.OtherFocusReason) -> None:
        """No focus proxy: Tab leaves out what else lies in a widget with one (Qt 6.11)."""
        self.list.setFocus(reason)

    def _on_changed(self, changes: Changes) -> None:
        if changes.areas & {Area.NOTICES, Area.ALL}:
            self.refresh()

    def _show(self, lines: list[NoticeLine]) -> None:
        at = max(0, self.list.currentRow())
        self.list.clear()
        for line in lines:
            self.list.addItem(self._item(line))
        self.list.setCurrentRow(min(at, len(lines) - 1))
        n = sum(not line.is_seen for line in lines)
        self._count.setText(trn("{n} not seen", "{n} not seen", n) if n else "")
        self._seen.setEnabled(bool(n))
        self._empty.setVisible(not lines)
        self.list.setVisible(bool(lines))

    def _item(self, line: NoticeLine) -> QListWidgetItem:
        title = one_line(notice_words.title(line))
        body = one_line(notice_words.body(line))
        when = moment(line.at, self._now())
        item = QListWidgetItem(tr("{time}  {title}", time=when, title=isolated(title)) + (
            f"\n{isolated(body)}" if body else ""))  # fmt: skip
        item.setData(_LINE, line)
        item.setSizeHint(line_size(self.list, LINE))
        state = tr("seen") if line.is_seen else tr("not seen")
        item.setData(
            Qt.ItemDataRole.AccessibleTextRole,
            tr("{title}, {state}, {time}: {body}", title=title, state=state, time=when, body=body),
        )
        t = tokens(self.palette())
        ink = t.dim if line.is_seen else (t.danger if line.popup.is_urgent else t.accent)
        item.setIcon(icon(_ICONS.get(line.popup.code, "bell"), ink))
        font = QFont(self.font())
        font.setWeight(QFont.Weight.Normal if line.is_seen else QFont.Weight.DemiBold)
        item.setFont(font)
        return item

    def _go(self, item: QListWidgetItem) -> None:
        line: NoticeLine = item.data(_LINE)
        self._see(item)
        mentions = line.popup.mentions
        if len(mentions) == 1:
            self.mention_asked.emit(mentions[0])
        elif (place := notice_words.place(line)) != "notices":
            self.place_asked.emit(place)

    def _see(self, item: QListWidgetItem) -> None:
        line: NoticeLine = item.data(_LINE)
        if not line.is_seen:
            self._do(SeeNotices(tuple(n.id for n in line.popup.notices)))

    def _do(self, command: Command) -> None:
        self._notice.clear()
        Waiter(self, self._desk.do(command), lambda _: self.refresh(), self._fail)

    def _fail(self, error: SocialDeskError) -> None:
        self._notice.tell_sentence(sentence(error))


class NoticeList(QListWidget):
    """`seen(item)`: Space on it. j and k move, as in every list; other keys are the window's."""

    seen = Signal(object)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWordWrap(False)
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        match press_of(event):
            case "Space":
                if item := self.currentItem():
                    self.seen.emit(item)
            case "j" | "k" as press:
                row = self.currentRow() + (1 if press == "j" else -1)
                self.setCurrentRow(min(max(0, row), self.count() - 1))
            case "Enter" if self.currentItem():
                self.itemActivated.emit(self.currentItem())
            case "Up" | "Down" | "Home" | "End" | "PgUp" | "PgDown":
                super().keyPressEvent(event)
            case _:
                event.ignore()
