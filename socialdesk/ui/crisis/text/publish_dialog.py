"""Publishing: exactly what goes where, once more; by hand where we cannot; the glass to break."""

from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDialog, QFrame, QSizePolicy, QWidget

from socialdesk.domain.crisis.crisis_rows import StatementRow, VersionText
from socialdesk.domain.crisis.incident import Severity
from socialdesk.domain.crisis.refusal import BREAKABLE, CrisisRefusedError
from socialdesk.domain.errors import SocialDeskError
from socialdesk.domain.queue.rows import AccountRow
from socialdesk.engine.commands.statements import PublishStatement
from socialdesk.engine.desk import Desk, Done
from socialdesk.engine.words.messages import sentence
from socialdesk.engine.words.refusals import refusal_sentence
from socialdesk.i18n import tr
from socialdesk.ui.compose.parts import NoticeBar, column, label, push, row
from socialdesk.ui.compose.say import room
from socialdesk.ui.crisis.text.break_glass import BreakGlass
from socialdesk.ui.crisis.text.by_hand import ByHand
from socialdesk.ui.crisis.text.known import Known
from socialdesk.ui.crisis.text.listing import look_words
from socialdesk.ui.crisis.text.speakers import account_name, can_post, fits, why_by_hand
from socialdesk.ui.crisis.text.words import hash12, kind_word, lang_word
from socialdesk.ui.keys import press_of
from socialdesk.ui.plain import clean
from socialdesk.ui.scroll_area import ScrollArea
from socialdesk.ui.tasks import Waiter
from socialdesk.ui.text_size import resize_for_text


class PublishDialog(QDialog):
    """`published`: it is on its way; what is left for a person's hands stays in the dialog."""

    published = Signal()

    def __init__(
        self, desk: Desk, known: Known, row_: StatementRow, version: VersionText, parent: QWidget
    ) -> None:
        super().__init__(parent)
        self._desk, self._known, self._row, self._version = desk, known, row_, version
        self.setWindowTitle(tr("Publish"))
        resize_for_text(self, 720, 600)
        self._notice = NoticeBar(self)
        self._body = QWidget()
        self._publish = push(tr("{act} (Ctrl+Enter)", act=tr("Publish exactly this")), self._do,
                             kind="primary", icon="send")  # fmt: skip
        self._glass = BreakGlass(self)
        self._glass.skip_asked.connect(self._skip)
        self._hand = ByHand(desk, known, version, self)
        self._hand.failed.connect(self._fail)
        self._hand.finished.connect(self.accept)
        self._close = push(tr("Close"), self.reject)
        scroll = ScrollArea()
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setProperty("ground", "none")
        scroll.setAccessibleName(tr("What goes where"))
        scroll.setWidget(self._make_body())
        box = column(self._notice, scroll, self._hand, self._glass,
                     row(None, self._close, self._publish), margin=16)  # fmt: skip
        box.setStretchFactor(scroll, 1)
        self.setLayout(box)
        self._show()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ctrl+Enter once more, not one that is held down."""
        if press_of(event) == "Ctrl+Enter" and not event.isAutoRepeat():
            self._publish.click()
        else:
            super().keyPressEvent(event)

    def _make_body(self) -> QWidget:
        version = self._version
        words = label(clean(version.text))
        words.setAccessibleName(tr("The text that goes out"))
        bubble = QFrame()
        bubble.setProperty("bubble", "ours")
        bubble.setLayout(column(words, margin=10))
        head = f"{kind_word(self._row.kind)} · {lang_word(version.lang)} · {hash12(version.hash)}"
        parts: list[QWidget] = [
            label(head, "heading"),
            bubble,
            label(look_words(version), "ok" if version.standing else "warn"),
        ]
        if version.pictures:
            alts = "; ".join(clean(p.alt) or tr("No description.") for p in version.pictures)
            parts.append(label(tr("Pictures: {list}", list=alts), "dim"))
        if self._row.kind != "staff" and not self._known.is_staff_told:
            parts.append(label(tr("Employees will read it first elsewhere"), "danger"))
        parts += [self._account(account) for account in self._accounts]
        self._body.setLayout(column(*parts, None, space=8))
        self._body.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        return self._body

    @property
    def _accounts(self) -> list[AccountRow]:
        return [a for a in self._known.accounts if a.id in self._version.accounts]

    def _account(self, account: AccountRow) -> QWidget:
        left = fits(self._version.text, account)
        if left < 0:
            said, tone = room(left)
        elif not can_post(account):
            facts: dict[str, str | int] = {
                "account": account_name(account), "why": why_by_hand(account),
            }  # fmt: skip
            return label(refusal_sentence("R43", facts).text, "warn")
        else:
            said, tone = tr("goes out from here"), "ok"
        return label(tr("{account}: {what}", account=account_name(account), what=said), tone)

    def _show(self) -> None:
        is_staff = self._row.kind == "staff"
        is_long = any(fits(self._version.text, a) < 0 for a in self._accounts)
        self._publish.setVisible(not is_staff)
        self._publish.setEnabled(bool(self._accounts) and not is_long)
        if is_staff:
            self._hand.show_staff()
        elif not self._accounts:
            self._notice.tell(tr("No account is chosen: choose who speaks first."))
        elif self._can_break and not self._was_seen:
            self._glass.offer("R25")

    @property
    def _can_break(self) -> bool:
        """Break glass: only a first statement of the worst severity."""
        incident = self._known.incident
        is_worst = incident is not None and incident.severity is Severity.SEV1
        return is_worst and self._row.kind == "first"

    @property
    def _was_seen(self) -> bool:
        """Somebody looked at it in this language: changed since then, it has no way round."""
        return any(v.looks for v in self._row.versions if v.lang == self._version.lang)

    def _do(self) -> None:
        self._send(PublishStatement(self._version.version_id))

    def _skip(self, reason: str) -> None:
        self._send(PublishStatement(self._version.version_id, reason))

    def _send(self, command: PublishStatement) -> None:
        self._notice.clear()
        self._set_busy(True)
        Waiter(self, self._desk.do(command), self._on_published, self._on_refused)

    def _on_published(self, done: Done) -> None:
        self._set_busy(False)
        answer: dict[str, Any] = dict(done.answer)
        self._publish.hide()
        self._glass.hide()
        self.published.emit()
        by_hand = [int(id_) for id_ in answer.get("by_hand", ())]
        if not by_hand:
            self.accept()
            return
        self._notice.tell(tr("On its way where we can. Publish it by hand on the others, and "
                             "paste the links."), tone="accent")  # fmt: skip
        self._hand.show_accounts([a for a in self._known.accounts if a.id in by_hand])

    def _on_refused(self, error: SocialDeskError) -> None:
        self._set_busy(False)
        self._fail(error)
        if isinstance(error, CrisisRefusedError) and error.code in BREAKABLE and self._can_break:
            self._glass.offer(error.code)
            self._glass.reason.setFocus()
        else:
            self._glass.hide()
            self._close.setFocus()

    def _set_busy(self, is_busy: bool) -> None:
        for part in (self._publish, self._glass):
            part.setEnabled(not is_busy)

    def _fail(self, error: SocialDeskError) -> None:
        self._notice.tell_sentence(sentence(error))
