"""What of the composer is other while an incident locks the account that would speak."""

from collections.abc import Sequence

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from socialdesk.domain.crisis.crisis_rows import LineRow
from socialdesk.domain.crisis.gate import NORMAL, Around
from socialdesk.domain.crisis.incident import Lock
from socialdesk.domain.crisis.risk import Asker, Limits, risks_of
from socialdesk.domain.mentions.mention import CanReply, Visibility
from socialdesk.domain.queue.rows import Detail
from socialdesk.engine.desk import Desk, Done
from socialdesk.engine.words.refusals import refusal_sentence
from socialdesk.i18n import tr
from socialdesk.ui.compose.extras import Extras
from socialdesk.ui.compose.lock_watch import LockWatch
from socialdesk.ui.compose.locked import Locked
from socialdesk.ui.compose.options_bar import OptionsBar
from socialdesk.ui.compose.own_words import OwnWords
from socialdesk.ui.compose.parts import Action, NoticeBar, now_ms
from socialdesk.ui.compose.sending import Written


class UnderLock(QObject):
    """`turned`: a lock came or went, or own words are wanted. `send_asked`: by a line's key.
    `reply_ready(SendReply)`, `by_hand(text)`: a person posts it. `published(Done)`: own words are
    on their way. `failed(error)`."""

    turned = Signal()
    send_asked = Signal()
    reply_ready = Signal(object)
    by_hand = Signal(str)
    published = Signal(object)
    failed = Signal(object)

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__(parent)
        self._desk, self._composer = desk, parent
        self._watch = LockWatch(desk, self)
        self._watch.turned.connect(self._on_turned)
        self._own = OwnWords(desk, now_ms, parent)
        self._own.told.connect(self._tell)
        self._own.sent.connect(self._on_own_sent)
        self._own.failed.connect(self.failed)
        self._detail: Detail | None = None
        self.limits = Limits()
        self._locked: Locked | None = None
        self._notice: NoticeBar | None = None

    def make(self, notice: NoticeBar) -> Locked:
        """The part with the lines, in the language in use; `notice` tells what is refused."""
        self._notice = notice
        made = self._locked = Locked(self._desk, now_ms, self._composer)
        made.send_asked.connect(self.send_asked)
        made.told.connect(self._refuse)
        made.turned_own.connect(self.turned)
        made.line_look_asked.connect(self._on_line_look)
        made.failed.connect(self.failed)
        made.show_lock(self.lock)
        return made

    @property
    def lock(self) -> Lock | None:
        return self._watch.lock

    @property
    def is_on_lines(self) -> bool:
        """Whether a line is being chosen, and not own words written."""
        return self.lock is not None and self._locked is not None and not self._locked.is_own

    @property
    def send_name(self) -> str:
        """What Send does; "" without a lock."""
        if self.lock is None:
            return ""
        if self.is_on_lines:
            is_by_hand = self._detail is not None and self._detail.can_reply is CanReply.BROWSER
            return tr("Copy this line and open it there") if is_by_hand else tr("Send this line")
        return tr("Send this text for a second look")

    def show_detail(self, detail: Detail | None) -> None:
        """The mention to answer."""
        self._detail = detail
        if self._locked is not None:
            self._locked.show_detail(detail)
        self._watch.show_detail(detail)

    def around(self, options: OptionsBar, extras: Extras, text: str) -> Around:
        """What the gate is told beside the words, as far as it is known here."""
        if (d := self._detail) is None:
            return NORMAL
        asker = Asker(is_safety=d.row.is_alarming, reach=d.row.reach, handles=(d.row.handle,))
        has_more = bool(extras.pictures.pictures) or options.warning not in ("", d.warning)
        risks = () if self.lock is not None else risks_of(text, asker, self.limits)
        is_private = (options.visibility or d.visibility) is Visibility.DIRECT
        return Around(lock=self.lock, has_more=has_more, risks=risks, is_private=is_private)

    def focus(self) -> None:
        """Where choosing begins."""
        if self._locked is not None:
            self._locked.focus()

    def send(self, detail: Detail, written: Written, visibility: str) -> None:
        """The line, or the own words on their way to a second look."""
        if self._locked is None or (lock := self.lock) is None:
            return
        seen_by = visibility or detail.visibility.value
        if lock.is_staff and seen_by != Visibility.DIRECT.value:
            self._refuse(refusal_sentence("R16", {"id": lock.code}).text)
        elif self.is_on_lines:
            reply = self._locked.reply(visibility)
            if reply is not None and detail.can_reply is CanReply.BROWSER:
                self.by_hand.emit(reply.text)
            elif reply is not None:
                self.reply_ready.emit(reply)
        elif not written.words.strip():
            self._refuse(tr("There is no text yet that somebody could look at."))
        else:
            lang = written.lang or self._locked.lang
            self._own.ask_look(detail, lock, written.words, lang)

    def sent(self) -> None:
        """The line is on its way."""
        if self._locked is not None:
            self._locked.sent()

    def publish(self, mention_id: int) -> None:
        """Own words that were looked at, into the thread."""
        self._own.publish(mention_id)

    def refuse_planned(self) -> bool:
        """Whether nothing may be planned (R13); told why."""
        if (lock := self.lock) is None:
            return False
        facts: dict[str, str | int] = {"account": lock.account, "id": lock.code}
        self._refuse(refusal_sentence("R13", facts).text)
        return True

    def refuse_template(self, name: str, is_light: bool) -> None:
        """Say why a routine template is locked (R10, R14)."""
        if (lock := self.lock) is None:
            return
        is_light_lock = is_light and lock.is_light_locked
        facts: dict[str, str | int] = {"account": lock.account, "t": name}
        self._refuse(refusal_sentence("R14" if is_light_lock else "R10", facts).text)

    def _on_turned(self) -> None:
        if self._locked is not None:
            self._locked.show_lock(self.lock)
        self.turned.emit()

    def _on_line_look(self, line: LineRow) -> None:
        if self.lock is not None:
            self._own.ask_line_look(self.lock, line)

    def _on_own_sent(self, done: Done) -> None:
        self.published.emit(done)

    def _refuse(self, text: str) -> None:
        self._tell(text, [])

    def _tell(self, text: str, actions: Sequence[Action]) -> None:
        if self._notice is not None:
            self._notice.tell(text, actions, "accent" if actions else "danger")
