"""Promises in the composer: the one in the words is offered, those made before stand at the head.

A promise is only kept track of when a person says so: with one key, or typed by hand.
"""

from datetime import UTC, datetime

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QWidget

from socialdesk.domain.changes import Area, Changes
from socialdesk.domain.crisis.promise import PromiseRow
from socialdesk.domain.errors import SocialDeskError
from socialdesk.engine.commands.answering import DropPromise
from socialdesk.engine.desk import Desk
from socialdesk.engine.queries.answering import ListPromises
from socialdesk.i18n import tr
from socialdesk.ui.bridge import Bridge
from socialdesk.ui.compose.parts import label, now_ms, push, row, tool, when
from socialdesk.ui.compose.schedule import ask_time
from socialdesk.ui.plain import dress, isolated
from socialdesk.ui.tasks import Latest, Waiter
from socialdesk.ui.timers import once
from socialdesk.ui.words import local_zone

PAUSE_MS = 400  # after the last key: the rules look at the text once, not at every letter


class PromiseLine(QFrame):
    """The promise this reply makes: found in its words and offered, or accepted. `changed`: another
    one was accepted, or none. `turned`: it is shown or hidden."""

    changed = Signal()
    turned = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._at, self._words = 0, ""
        self._offered: tuple[int, str] = (0, "")
        self._refused = ""  # words that were offered and not wanted
        self._text = label(wraps=False)
        self._yes = push(tr("Keep track"), self.accept, icon="alarm-clock",
                         tip=tr("Ctrl+Shift+P"))  # fmt: skip
        self._no = tool(tr("No promise"), self.refuse, "x")
        self.setLayout(row(self._text, None, self._yes, self._no, margin=6))
        self._pause = once(self, PAUSE_MS, self._look)
        self._typed, self._leaves_at = "", 0
        self.hide()

    @property
    def at(self) -> int:
        """What was accepted, ms UTC; 0 = nothing."""
        return self._at

    @property
    def words(self) -> str:
        return self._words

    def load(self, at: int, words: str, text: str) -> None:
        """Of a draft with these words."""
        self._at, self._words, self._refused, self._offered = at, words, "", (0, "")
        self.look_at(text)
        self._show()

    def look_at(self, text: str) -> None:
        """The words are these now."""
        self._typed = text
        if text.strip():
            self._pause.start()
        elif self._offered[0]:
            self._pause.stop()
            self._offered = (0, "")
            self._show()

    def leave_at(self, at: int) -> None:
        """The reply leaves then (ms UTC, 0 = now): "within 2 hours" counts from there."""
        if at == self._leaves_at:
            return
        self._leaves_at = at
        self._look()
        if self._at and self._words and self._words == self._offered[1]:
            self._at = self._offered[0]
            self._show()

    def accept(self) -> None:
        """Yes; without an offer: ask for the time."""
        if self._offered[0] and not self._at:
            self._take(*self._offered)
        else:
            ask_time(tr("We promise an answer by"), lambda at: self._take(at, ""), self)

    def refuse(self) -> None:
        """No promise, or not any more."""
        self._refused = self._offered[1] or self._words
        self._at, self._words, self._offered = 0, "", (0, "")
        self._show()
        self.changed.emit()

    def _take(self, at: int, words: str) -> None:
        self._at, self._words = at, words
        self._show()
        self.changed.emit()

    def _look(self) -> None:
        from socialdesk.domain.crisis.promise_words import find_promise  # takes some ms

        said_at = max(now_ms(), self._leaves_at)
        here = datetime.fromtimestamp(said_at / 1000, UTC).astimezone(local_zone())
        found = find_promise(self._typed, here)
        offered = (round(found.due.timestamp() * 1000), found.words) if found else (0, "")
        if offered[1] == self._refused:
            offered = (0, "")
        if offered != self._offered:
            self._offered = offered
            self._show()

    def _show(self) -> None:
        if self._at:
            said = tr("Promised for {when}: it comes back before that.", when=when(self._at))
        else:
            said = tr(
                "A promise: “{words}”. Shall it come back before {when}?",
                words=isolated(self._offered[1]), when=when(self._offered[0]),
            )  # fmt: skip
        dress(self, "bar", "accent" if self._at else "warn")
        self._text.setText(said)
        self.setAccessibleName(said)
        self._yes.setVisible(not self._at)
        self._no.setToolTip(tr("No promise"))
        self.setVisible(bool(self._at or self._offered[0]))
        self.turned.emit()


class MadeLine(QFrame):
    """What is promised to the person shown, and not kept yet. `failed(error)`."""

    failed = Signal(object)

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__(parent)
        self._desk, self._latest = desk, Latest(self)
        self._mention_id = 0
        self._first: PromiseRow | None = None
        self._text = label()
        self._drop = push(tr("Drop the promise"), self._on_drop, kind="link")
        self.setProperty("bar", "warn")
        box = row(self._text, self._drop, margin=6)
        box.setStretch(0, 1)
        self.setLayout(box)
        Bridge(desk, self).changed.connect(self._on_changed)
        self.hide()

    def show_mention(self, mention_id: int) -> None:
        """0 = none is shown."""
        self._mention_id = mention_id
        self._read()

    def _on_drop(self) -> None:
        if self._first is not None:
            self._do(DropPromise(self._first.id))

    def _do(self, command: DropPromise) -> None:
        Waiter(self, self._desk.do(command), lambda _: self._read(), self.failed.emit)

    def _on_changed(self, changes: Changes) -> None:
        if self._mention_id and changes.areas & {Area.PROMISES, Area.ALL}:
            self._read()

    def _read(self) -> None:
        if not self._mention_id:
            self._latest.forget()
            self._show([])
            return
        future = self._desk.ask(ListPromises(mention_id=self._mention_id))
        self._latest.wait(future, self._show, self._fail)

    def _fail(self, error: SocialDeskError) -> None:
        self.failed.emit(error)

    def _show(self, promises: list[PromiseRow]) -> None:
        self._first = promises[0] if promises else None
        self.setVisible(bool(promises))
        if not promises:
            return
        first = promises[0]
        late = first.due_at <= now_ms()
        said = (tr("Promised for {when}: it is due.", when=when(first.due_at)) if late
                else tr("Promised for {when}.", when=when(first.due_at)))  # fmt: skip
        if first.words:
            said = f"{said} “{isolated(first.words)}”"
        self._text.setText(said)
        self.setAccessibleName(said)
        dress(self, "bar", "danger" if late else "warn")
