"""The composer: one reply under the mention that is shown."""

from dataclasses import replace
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from socialdesk.domain.crisis.approval import Policy
from socialdesk.domain.crisis.risk import Limits
from socialdesk.domain.errors import SocialDeskError
from socialdesk.domain.mentions.mention import CanReply
from socialdesk.domain.queue.rows import Detail, Draft, OutboxRow
from socialdesk.engine.commands import SaveDraft, SendReply
from socialdesk.engine.desk import Desk, Done
from socialdesk.engine.words.messages import sentence
from socialdesk.i18n import tr
from socialdesk.ui.compose import say
from socialdesk.ui.compose.account_line import AccountLine
from socialdesk.ui.compose.answered import MARK, WRITE, mark_of, tell_answered
from socialdesk.ui.compose.browser_bar import BrowserBar
from socialdesk.ui.compose.came_back import tell_came_back
from socialdesk.ui.compose.editor import MAX_CHARS
from socialdesk.ui.compose.extras import Extras, draft_of
from socialdesk.ui.compose.hold_bar import HoldBar
from socialdesk.ui.compose.keeper import DraftKeeper
from socialdesk.ui.compose.options_bar import OptionsBar
from socialdesk.ui.compose.outlook import Outlook
from socialdesk.ui.compose.own_words import PUBLISH
from socialdesk.ui.compose.parts import NoticeBar, Speaker, column
from socialdesk.ui.compose.policy_watch import PolicyWatch
from socialdesk.ui.compose.promising import MadeLine
from socialdesk.ui.compose.reasons import why
from socialdesk.ui.compose.send_bar import SendBar
from socialdesk.ui.compose.sending import surely, tell_not_saved, tell_refusal
from socialdesk.ui.compose.submitting import Submitter
from socialdesk.ui.compose.told_fate import ToldFate
from socialdesk.ui.compose.under_lock import UnderLock
from socialdesk.ui.compose.verdict import Fate
from socialdesk.ui.compose.writing import Writing
from socialdesk.ui.tasks import Waiter


class Composer(QWidget):
    """`sent(Done)`: the desk took a reply (or the mark that it was answered by hand).
    `draft_saved`: what is written is in the file. Hidden parts are those this mention, or its
    network, has no use for."""

    sent = Signal(object)
    draft_saved = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._detail: Detail | None = None
        self._submitter = Submitter(desk, self)
        self._under = UnderLock(desk, self)
        self._answered_known = 0  # mention that shall be written to, although it was answered
        self._awaits_gone = False  # its draft was sent: one read before that is not shown again
        self._keeper = DraftKeeper(desk, self._unsaved, self)
        self._make()
        self._keeper.saved.connect(self._on_saved)
        self._keeper.failed.connect(self._on_not_saved)
        policies = PolicyWatch(desk, self)
        policies.read.connect(self._take_policy)
        policies.failed.connect(self._on_failed)
        self._submitter.began.connect(self._on_began)
        self._submitter.sent.connect(self._on_sent)
        self._submitter.refused.connect(self._on_refused)
        self._under.turned.connect(self._on_lock)
        self._under.send_asked.connect(self.send)
        self._under.reply_ready.connect(self._submit)
        self._under.published.connect(self._on_answered_by_hand)
        self._under.failed.connect(self._on_failed)
        Speaker(self, self._make_again)
        self.show_detail(None)

    # --- what the window calls ---

    def show_detail(self, detail: Detail | None) -> None:
        """The mention to answer. The same one again keeps what is being written."""
        is_same = detail is not None and self._mention_id == detail.row.id
        if not is_same:
            self._keeper.flush()
        self._detail = detail
        self._under.show_detail(detail)
        self.setEnabled(detail is not None)
        self._awaits_gone &= is_same and bool(detail and detail.draft)
        if not is_same:
            self._start()
        elif not (self._awaits_gone or self._writing.field.text or self._keeper.is_dirty
                  or self._extras.pictures.n_coming):  # fmt: skip
            self._load_draft()  # e.g. taken back: it is a draft again
        self._show_ways()
        self._writing.judge()

    def insert_template(self) -> None:
        """Let somebody choose an approved template."""
        if self._under.is_on_lines:
            self._under.focus()
        elif self._writing.templates.isEnabled():
            self._writing.templates.open()

    def turn_faq(self) -> None:
        """Known questions beside the text, or away again."""
        if self._writing.isEnabled():
            self._writing.turn_faq()

    def focus_text(self) -> None:
        """Start writing, or choosing a line."""
        if self._under.is_on_lines:
            self._under.focus()
        else:
            self._writing.field.setFocus()

    def send(self) -> None:
        """Send what is written, or say in place why not."""
        self._writing.judge()
        detail, said = self._detail, self._writing.verdict
        if detail is None or not self._may_send:
            return
        written = self._writing.written()
        if self._under.lock is not None:
            visibility = self._options.visibility
            self._under.send(detail, written, visibility.value if visibility else "")
            return
        if self._fate.stops(said, self._outlook.too_long):
            self._on_judged()  # what the bar says is no longer said below
            (self._writing.go_to_empty_slot if said.fate is Fate.SLOTS else self.focus_text)()
        elif detail.can_reply is CanReply.BROWSER:
            self._browser.open(written.words)
        else:
            self._submit(written.reply(detail, self._options, self._extras.plan))

    def send_later(self) -> None:
        """Ask when it shall leave."""
        if not self._under.refuse_planned() and self._may_send and self._extras.later.isEnabled():
            self._extras.schedule.open()

    def save_draft(self) -> None:
        """Save now, also what was saved already."""
        self._keeper.save()

    # --- making ---

    def _make_again(self) -> None:
        """In another language, with what was written and chosen."""
        writing, options = self._writing, self._options
        draft = writing.written().draft(self._mention_id, self._extras.plan)
        chosen = options.visibility, options.warning
        self._make()
        self._writing.policy = writing.policy
        if (d := self._detail) is not None:
            self._options.show_card(d.card, d.visibility, d.warning)
            self._options.choose(*chosen)
            self._load(draft)
            self._under.show_detail(d)
        self._show_ways()

    def _make(self) -> None:
        desk = self._desk
        self._hold = HoldBar(desk, self)
        self._notice = NoticeBar(self)
        self._fate = ToldFate(self._notice)
        self._locked = self._under.make(self._notice)
        self._writing = Writing(desk, self)
        self._options = OptionsBar(self)
        self._extras = Extras(desk, self)
        self._made = MadeLine(desk, self)
        self._outlook = Outlook(self)
        self._browser = BrowserBar(desk, self)
        self._account = AccountLine(desk, self)
        self._bar = SendBar(self._outlook, self._extras, self)
        self._saved, self._save, self._send = self._bar.saved, self._bar.save, self._bar.send
        box = column(self._hold, self._made, self._notice, self._locked, self._writing,
                     self._extras, self._options, self._outlook, self._browser, self._account,
                     self._bar)  # fmt: skip
        box.setStretchFactor(self._locked, 1)
        box.setStretchFactor(self._writing, 1)
        self.setLayout(box)
        self._wire()

    def _wire(self) -> None:
        self._bar.send_asked.connect(self.send)
        self._bar.save_asked.connect(self.save_draft)
        self._writing.typed.connect(self._on_typed)
        self._writing.judged.connect(self._on_judged)
        self._writing.send_asked.connect(self.send)
        self._writing.field.later_asked.connect(self.send_later)
        self._writing.field.promise_asked.connect(self._extras.promise.accept)
        self._writing.field.take_other = self._extras.take
        self._extras.changed.connect(self._on_typed)
        self._extras.changed.connect(self._writing.judge)
        self._writing.templates.refused.connect(self._under.refuse_template)
        self._writing.paste_cut.connect(lambda n: self._notice.tell(say.cut(n, MAX_CHARS)))
        self._writing.said.connect(lambda text: self._notice.tell(text, tone="accent"))
        self._options.changed.connect(self._writing.judge)
        self._writing.around = partial(self._under.around, self._options, self._extras)
        self._outlook.restore_asked.connect(self._writing.restore)
        self._account.turned.connect(self._show_ways)
        self._extras.pictures.turned.connect(lambda: self._send.setEnabled(self._may_send))
        self._hold.taken_back.connect(self._on_taken_back)
        self._notice.chosen.connect(self._on_notice_chosen)
        self._locked.turned_own.connect(self.focus_text)  # else letters would be keys of triage
        self._under.by_hand.connect(self._browser.open)
        self._browser.answered.connect(self._on_answered_by_hand)
        self._browser.not_opened.connect(self._on_not_opened)
        for failed in (self._extras.failed, self._made.failed, self._writing.failed,
                       self._hold.failed, self._browser.failed):  # fmt: skip
            failed.connect(self._on_failed)

    # --- what is shown ---

    @property
    def _mention_id(self) -> int:
        return self._detail.row.id if self._detail else 0

    def _start(self) -> None:
        """Another mention: its draft, its network's abilities, nothing of the one before."""
        self._notice.clear()
        self._submitter.forget()
        self._saved.setText("")
        if (d := self._detail) is not None:
            self._options.show_card(d.card, d.visibility, d.warning)
            self._writing.show_mention(d.row.id, d.body, d.lang)
        self._load_draft()

    def _load_draft(self) -> None:
        d = self._detail
        draft = (self._keeper.pending.get(d.row.id) or d.draft) if d else None
        self._load(draft)
        if draft is not None:
            tell_came_back(self._notice, self._extras.plan)

    def _load(self, draft: Draft | SaveDraft | None) -> None:
        """Words and plan of a draft under the mention shown; None = nothing."""
        d = self._detail
        self._writing.load(draft, d.row.author if d else "", d.lang if d else "")
        self._extras.load(draft, d)

    def _show_ways(self) -> None:
        """By API, in the browser, or not at all."""
        d = self._detail
        way = d.can_reply if d else CanReply.API
        self._account.show_account(d.account_id if d and way is CanReply.API else 0)
        for part in (self._writing, self._save):
            part.setEnabled(way is not CanReply.NO)
        self._send.setEnabled(self._may_send)
        self._browser.setVisible(way is CanReply.BROWSER)
        self._extras.show_ways(d)
        self._made.show_mention(self._mention_id)
        self._show_lock()
        if d is None:
            return
        if way is CanReply.BROWSER:
            self._browser.show_mention(d.row.id, d.url, why(d.reply_note, way))
        elif way is CanReply.NO:
            self._notice.tell(why(d.reply_note, way), tone="accent")
        elif d.answered_elsewhere and not self._notice.text and not self._knows_answered:
            tell_answered(self._notice, d)

    def _on_lock(self) -> None:
        """A lock came or went; what was typed is there behind “Own words”."""
        self._notice.clear()
        self._show_lock()
        self._writing.judge()

    def _show_lock(self) -> None:
        is_locked, is_on_lines = self._under.lock is not None, self._under.is_on_lines
        self._writing.setVisible(not is_on_lines)
        self._outlook.show_lock(is_locked=is_locked, is_on_lines=is_on_lines)
        self._bar.show_lock(is_locked=is_locked, is_on_lines=is_on_lines)
        self._writing.templates.lock(is_locked)
        self._name_send()

    def _name_send(self) -> None:
        way = self._detail.can_reply if self._detail else CanReply.API
        self._bar.name_send(way, self._under.send_name)

    @property
    def _knows_answered(self) -> bool:
        return self._answered_known == self._mention_id != 0

    @property
    def _may_send(self) -> bool:
        d = self._detail
        if self._submitter.mention_id or (d is not None and d.can_reply is CanReply.NO):
            return False
        return not (self._account.is_disconnected or self._extras.pictures.n_coming)

    def _on_judged(self) -> None:
        if self._detail is None or self._under.is_on_lines:
            self._outlook.clear()
            return
        written, options = self._writing.written(), self._options
        self._fate.follow(self._writing.verdict)
        self._outlook.say_fate(
            written, self._writing.verdict, self._writing.approved_words(), self._notice.text
        )
        self._outlook.say_length(written, self._detail, options.visibility, options.warning)

    # --- drafts ---

    def _on_typed(self) -> None:
        self._saved.setText("")
        self._name_send()
        self._extras.promise.look_at(self._writing.field.text)
        self._keeper.touch()

    def _unsaved(self) -> SaveDraft | None:
        d = self._detail
        if d is None or self._submitter.mention_id == d.row.id or d.can_reply is CanReply.NO:
            return None
        return self._writing.written().draft(d.row.id, self._extras.plan)

    def _on_saved(self) -> None:
        if not self._keeper.is_dirty and self._writing.field.text.strip():
            self._saved.setText(tr("Draft saved"))
        self.draft_saved.emit()

    def _on_not_saved(self, error: SocialDeskError) -> None:
        tell_not_saved(self._notice, error)

    # --- sending ---

    def _submit(self, command: SendReply) -> None:
        self._keeper.forget()
        self._submitter.submit(surely(command) if self._knows_answered else command)

    def _on_began(self) -> None:
        self._notice.clear()
        self._set_busy(True)

    def _on_sent(self, command: SendReply, done: Done) -> None:
        self._set_busy(False)
        if (d := self._detail) is not None and command.mention_id == d.row.id:
            if command.line:
                self._under.sent()
                if self._writing.field.text.strip():
                    self._keeper.save()  # own words stay, though the desk drops a draft it answers
            else:
                self._detail, self._awaits_gone = replace(d, draft=None), True
                self._load(None)
            self._name_send()
            self._saved.setText("")
        self.sent.emit(done)

    def _on_refused(self, command: SendReply, error: SocialDeskError) -> None:
        self._set_busy(False)
        is_shown = command.mention_id == self._mention_id
        tell_refusal(self._notice, error, is_shown=is_shown)
        if is_shown:
            self._keeper.touch()

    def _set_busy(self, is_busy: bool) -> None:
        """While the desk decides, the text it decides about must not change."""
        self._writing.field.setReadOnly(is_busy)
        self._send.setEnabled(self._may_send)

    def _on_notice_chosen(self, action: str) -> None:
        if action == "send_anyway":
            self._keeper.forget()
            self._submitter.submit_anyway()
        elif action == PUBLISH:
            self._under.publish(self._mention_id)
        elif action in ("save", "keep"):
            self.save_draft()
        elif action == WRITE:
            self._answered_known = self._mention_id
        elif action == MARK:
            self._mark_answered()
        self.focus_text()

    def _on_taken_back(self, taken: OutboxRow) -> None:
        """Where it is still shown, and nothing else is written there, go on with it at once."""
        d = self._detail
        if d is not None and taken.mention_id == d.row.id and not self._writing.field.text:
            self._load(draft_of(taken))
            self.focus_text()

    def _mark_answered(self) -> None:
        """What they said on the network counts as our reply."""
        if (d := self._detail) is not None:
            Waiter(self, self._desk.do(mark_of(d)), self._on_answered_by_hand, self._on_failed)

    def _on_answered_by_hand(self, done: Done) -> None:
        if self._detail is not None:
            self._load(None)
            self._keeper.save()
        self.sent.emit(done)

    def _on_not_opened(self, url: str) -> None:
        self._notice.tell(tr("The text is copied. No browser came: open {url} yourself.", url=url))

    def _on_failed(self, error: SocialDeskError) -> None:
        self._notice.tell_sentence(sentence(error))

    def _take_policy(self, policy: Policy, limits: Limits) -> None:
        self._writing.policy, self._under.limits = policy, limits
        self._writing.judge()
