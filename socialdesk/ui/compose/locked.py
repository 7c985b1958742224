"""The composer while an incident locks the account: approved lines, or own words that go the way
of a second look. Nothing that was typed is lost when a lock comes or goes."""

from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QSizePolicy, QWidget

from socialdesk.domain.changes import Area, Changes
from socialdesk.domain.crisis.crisis_rows import AudienceRow, LineRow, Standing, StatementRow
from socialdesk.domain.crisis.incident import Lock
from socialdesk.domain.errors import SocialDeskError
from socialdesk.domain.playbooks.playbook import LANGS
from socialdesk.domain.queue.rows import Detail
from socialdesk.engine.commands import SendReply
from socialdesk.engine.desk import Desk
from socialdesk.engine.queries.base import Query
from socialdesk.engine.queries.crisis import ListAudiences, ListLines, ListStatements, ReadStanding
from socialdesk.engine.words.refusals import refusal_sentence
from socialdesk.engine.words.statements import time_in
from socialdesk.i18n import language, tr
from socialdesk.ui.bridge import Bridge
from socialdesk.ui.compose.line_values import (
    PROMISING,
    known_values,
    line_reply,
    promised_at,
)  # fmt: skip
from socialdesk.ui.compose.lines_pane import LinesPane
from socialdesk.ui.compose.parts import column, label, push, row
from socialdesk.ui.crisis.text.places import place_word
from socialdesk.ui.tasks import Latest
from socialdesk.ui.text_size import at_size
from socialdesk.ui.turning import WAYS

ROOMY = 300  # px, for the way to own words beside what is said


class Locked(QFrame):
    """`send_asked`: a line shall be sent. `told(text)`: why it cannot. `turned_own`: own words are
    wanted, or lines again. `line_look_asked(LineRow)`. `failed(error)`. Hidden without a lock."""

    send_asked = Signal()
    told = Signal(str)
    turned_own = Signal()
    line_look_asked = Signal(object)
    failed = Signal(object)

    def __init__(self, desk: Desk, now: Callable[[], int], parent: QWidget) -> None:
        super().__init__(parent)
        self._desk, self._now = desk, now
        self._lines_read, self._standing_read = Latest(self), Latest(self)
        self._texts_read, self._people_read = Latest(self), Latest(self)
        self._detail: Detail | None = None
        self.lock: Lock | None = None
        self.is_own = False  # own words are written, for a second look
        self._n_waited = 0  # answers that the lines wait for
        self._next_at = 0
        self._lines: list[LineRow] = []
        self._statements: list[StatementRow] = []
        self._audiences: list[AudienceRow] = []
        self._head = label(tone="danger")
        self._turn = push("", self.turn_own, kind="link")
        self.pane = LinesPane(self)
        self.pane.send_asked.connect(self.send_asked)
        self.pane.look_asked.connect(self.line_look_asked)
        self._top = row(self._head, self._turn)
        self._top.setStretch(0, 1)
        self._top.setAlignment(self._turn, Qt.AlignmentFlag.AlignLeading)
        box = column(self._top, self.pane, space=4)
        box.setStretchFactor(self.pane, 1)
        self.setLayout(box)
        Bridge(desk, self).changed.connect(self._on_changed)
        self._name_turn()
        self.hide()

    @property
    def lang(self) -> str:
        """The mention's language where lines exist in it, else the program's own."""
        spoken = (self._detail.lang if self._detail else "").split("-")[0]
        return spoken if spoken in LANGS else language()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Words of a few letters a line would take all the room of the lines below them."""
        super().resizeEvent(event)
        has_room = self.width() >= at_size(ROOMY, self.font())
        self._top.setDirection(WAYS.LeftToRight if has_room else WAYS.TopToBottom)

    def show_detail(self, detail: Detail | None) -> None:
        """Another mention: no line is chosen. The same one again keeps it."""
        is_same = detail is not None and self._detail and self._detail.row.id == detail.row.id
        self._detail = detail
        if not is_same:
            self.is_own = False
            self.pane.leave()
            self._read()

    def show_lock(self, lock: Lock | None) -> None:
        """What locks it now; None = nothing does."""
        self.lock = lock
        self._show()
        self._read()

    def turn_own(self) -> None:
        """Own words for a second look, or the approved lines again."""
        self.is_own = not self.is_own
        self._show()
        self.turned_own.emit()

    def focus(self) -> None:
        """Where choosing begins."""
        self.pane.chooser.setFocus()

    def sent(self) -> None:
        """The line is on its way."""
        self.pane.leave()

    def reply(self, visibility: str) -> SendReply | None:
        """What the chosen line sends; None when it cannot go, and why was told."""
        line, d = self.pane.line, self._detail
        if line is None or d is None:
            self.told.emit(tr("Choose a line by its key first."))
            self.focus()
            return None
        if missing := self.pane.missing:
            names = ", ".join(place_word(name) for name in missing)
            self.told.emit(refusal_sentence("R20", {"n": len(missing), "list": names}).text)
            self.pane.focus_missing()
            return None
        now = self._now()
        known = self._next_at, self._next_words(line.lang, now)
        promise_at = promised_at(line, self.pane.values, now, known)
        if line.key == PROMISING and not promise_at:
            self.told.emit(tr("Write the time you promise like this: 14:30."))
            return None
        return line_reply(line, self.pane.values, d, visibility, promise_at)

    # --- reading ---

    def _read(self) -> None:
        lock = self.lock
        if lock is None or self._detail is None:
            return
        id_ = lock.incident_id
        asked: tuple[tuple[Latest, Query[Any], Callable[[Any], None]], ...] = (
            (self._standing_read, ReadStanding(), self._take_standing),
            (self._texts_read, ListStatements(id_), self._take_statements),
            (self._people_read, ListAudiences(id_), self._take_audiences),
            (self._lines_read, ListLines(id_, self.lang), self._take_lines),
        )
        self._n_waited = len(asked)
        for latest, query, take in asked:
            latest.wait(self._desk.ask(query), partial(self._on_read, take), self._on_unread)

    def _on_read(self, take: Callable[[Any], None], answer: Any) -> None:
        take(answer)
        self._show_lines()

    def _on_unread(self, error: SocialDeskError) -> None:
        self.failed.emit(error)
        self._show_lines()

    def _show_lines(self) -> None:
        """Once all was answered: of a line that is chosen earlier, places would stay empty whose
        words are known, and its key again would be typed into the first of them."""
        self._n_waited -= 1
        if not self._n_waited:
            self.pane.show_lines(self._lines, self._values)

    def _on_changed(self, changes: Changes) -> None:
        if changes.areas & {Area.INCIDENTS, Area.PLAYBOOKS, Area.ALL}:
            self._read()

    def _take_standing(self, standing: list[Standing]) -> None:
        here = (s for s in standing if self.lock and s.incident.id == self.lock.incident_id)
        self._next_at = next((s.next_due_at for s in here), 0)

    def _take_statements(self, statements: list[StatementRow]) -> None:
        self._statements = statements

    def _take_audiences(self, audiences: list[AudienceRow]) -> None:
        self._audiences = audiences

    def _take_lines(self, lines: list[LineRow]) -> None:
        """Those that can go first, then those that cannot, each in the playbook's order."""
        self._lines = sorted(lines, key=lambda line: (bool(line.missing), not line.is_safety))

    def _values(self, line: LineRow) -> dict[str, str]:
        if self._detail is None:
            return {}
        said = self._next_words(line.lang, self._now())
        return known_values(line, self._detail, said, self._statements, self._audiences)

    def _next_words(self, lang: str, now: int) -> str:
        """When the next update is promised, as a text says it; "" = nothing is."""
        return time_in(self._next_at, now, lang) if self._next_at > now else ""

    def _show(self) -> None:
        lock = self.lock
        self.setVisible(lock is not None)
        self.pane.setVisible(not self.is_own)
        if lock is None:
            return
        if lock.is_staff:
            what = refusal_sentence("R16", {"id": lock.code}).text
        elif self.is_own:
            what = refusal_sentence("R12", {}).text
        else:
            what = tr("Choose a line by its key; the key again, or Ctrl+Enter, sends it.")
        rest = QSizePolicy.Policy.Maximum if self.is_own else QSizePolicy.Policy.Preferred
        self.setSizePolicy(QSizePolicy.Policy.Preferred, rest)
        self._head.setText(tr("{id} · SEV{n} · {what}", id=lock.code, n=lock.severity.value,
                              what=what))  # fmt: skip
        self._name_turn()

    def _name_turn(self) -> None:
        name = tr("Approved lines") if self.is_own else tr("Own words…")
        self._turn.setText(name)
        self._turn.setAccessibleName(name)
