"""What a reply carries besides its words: pictures, a time, a promise; and how each is added."""

from dataclasses import replace

from PySide6.QtCore import QMimeData, Signal
from PySide6.QtWidgets import QWidget

from socialdesk.domain.account import Can
from socialdesk.domain.mentions.mention import CanReply
from socialdesk.domain.queue.rows import Detail, Draft, OutboxRow
from socialdesk.domain.replies.plan import NO_PLAN, Plan, unpacked_plan
from socialdesk.engine.commands import SaveDraft
from socialdesk.engine.desk import Desk
from socialdesk.i18n import tr
from socialdesk.ui.compose.parts import column, tool
from socialdesk.ui.compose.pictures import PictureRow
from socialdesk.ui.compose.promising import PromiseLine
from socialdesk.ui.compose.schedule import ScheduleLine


class Extras(QWidget):
    """`changed`: the plan is another one, and wants saving. `failed(error)`. The buttons that open
    its parts stand in `add_picture` and `later`, which the composer puts beside Send."""

    changed = Signal()
    failed = Signal(object)

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__(parent)
        self.pictures = PictureRow(desk, self)
        self.schedule = ScheduleLine(self)
        self.promise = PromiseLine(self)
        self.add_picture = tool(tr("Add a picture"), self.pictures.choose_files, "paperclip")
        self.later = tool(tr("Send later (Ctrl+Shift+Enter)"), self.schedule.open, "clock")
        self._loaded = NO_PLAN  # what of a plan has no part here is kept as it came
        for part in (self.pictures, self.schedule, self.promise):
            part.changed.connect(self._on_changed)
        self.pictures.failed.connect(self.failed)
        for one in (self.pictures.turned, self.promise.turned):
            one.connect(self._follow)
        self.setLayout(column(self.pictures, self.schedule, self.promise, space=6))
        self._follow()

    @property
    def plan(self) -> Plan:
        """What is chosen now."""
        return replace(
            self._loaded,
            pictures=self.pictures.pictures,
            send_at=self.schedule.at,
            is_dropped_if_written=self.schedule.is_dropped_if_written,
            promise_at=self.promise.at,
            promise_words=self.promise.words,
        )

    def load(self, draft: Draft | SaveDraft | None, d: Detail | None) -> None:
        """Of a draft under a mention; nothing of the one before."""
        plan = plan_of(draft)
        self._loaded = plan
        self.pictures.load(plan.pictures, d.card.pictures if d and d.card else None)
        self.schedule.load(plan.send_at, plan.is_dropped_if_written)
        self.promise.leave_at(plan.send_at)
        self.promise.load(plan.promise_at, plan.promise_words, draft.text if draft else "")
        self._follow()

    def show_ways(self, d: Detail | None) -> None:
        """What this account can: the button says why not."""
        is_here = d is not None and d.can_reply is CanReply.API
        takes = bool(is_here and d and d.card and Can.MEDIA in d.card.can)
        self.add_picture.setEnabled(takes)
        said = tr("Add a picture") if takes else tr("Add a picture: this network takes none here")
        self.add_picture.setToolTip(said)
        self.add_picture.setAccessibleName(said)
        self.later.setEnabled(is_here)

    def take(self, source: QMimeData) -> bool:
        """What was pasted or dropped into the text; False: it is words."""
        return self.add_picture.isEnabled() and self.pictures.take(source)

    def _on_changed(self) -> None:
        self.promise.leave_at(self.schedule.at)
        self._follow()
        self.changed.emit()

    def _follow(self) -> None:
        """No empty room where nothing is shown."""
        parts = (self.pictures, self.schedule, self.promise)
        self.setVisible(any(not part.isHidden() for part in parts))


def draft_of(taken: OutboxRow) -> Draft:
    """A reply that was taken back a moment ago, before the file is read again."""
    plan = Plan(pictures=taken.pictures, promise_at=taken.promise_at)
    return Draft(taken.mention_id, taken.text, plan=plan)


def plan_of(draft: Draft | SaveDraft | None) -> Plan:
    """As the file or a command has it."""
    if draft is None:
        return NO_PLAN
    return draft.plan if isinstance(draft, Draft) else unpacked_plan(draft.plan)
