"""The chosen mention with its thread, its acts, the notes, and the composer under it."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QPushButton, QSizePolicy, QSplitter, QVBoxLayout, QWidget

from socialdesk.domain.mentions.mention import Visibility
from socialdesk.domain.queue.rows import Detail, QueueRow, ThreadPost
from socialdesk.engine.desk import Desk
from socialdesk.i18n import tr, trn
from socialdesk.ui.actions import Actions
from socialdesk.ui.inbox.head import Head
from socialdesk.ui.inbox.insight import InsightLine
from socialdesk.ui.inbox.note_field import NoteField
from socialdesk.ui.insight_words import language_word
from socialdesk.ui.plain import isolated, label
from socialdesk.ui.scroll_area import ScrollArea
from socialdesk.ui.scrolled import Scrolled

if TYPE_CHECKING:
    from socialdesk.ui.compose.composer import Composer
    from socialdesk.ui.rules.hits_line import RuleHitsLine

EARLIER, LATER, MORE = 4, 6, 20  # posts shown before and after the chosen one; added by a click
SIDE = 22  # px
RING = 2  # px, the frame that shows the focus
INSET = 8  # px between the words and the frame that shows the focus; the frame stands out by it
ENOUGH, ACROSS = 240, 2_000  # px that a part may ask for in any case; and sideways


class ThreadPane(QFrame):
    """`link_asked(url)`: a stranger's link was clicked. `note_written(text)`. `said(text)`,
    `failed(error)`: of what a rule did, taken back."""

    link_asked = Signal(str)
    note_written = Signal(str)
    said = Signal(str)
    failed = Signal(object)

    def __init__(
        self, desk: Desk, actions: Actions, now: Callable[[], int], parent: QWidget
    ) -> None:
        super().__init__(parent)
        self.setProperty("pane", "base")
        self._desk, self._actions, self._now = desk, actions, now
        self._composer: Composer | None = None
        self._begins_reply = False  # asked for before the mention was read
        self._rules: RuleHitsLine | None = None
        self._row: QueueRow | None = None
        self._detail: Detail | None = None
        self._n_earlier, self._n_later = EARLIER, LATER
        self._points, self._widest = 0.0, 0
        # Each part is made where it stays: one that moves is styled again, with all it holds.
        self.split = QSplitter(Qt.Orientation.Vertical, self)
        self.split.setHandleWidth(1)
        thread = Scrolled(self.split, at_most=QSize(ACROSS, ENOUGH), sideways=False)
        writing = Scrolled(self.split, at_most=QSize(ACROSS, ENOUGH), sideways=False)
        upper = self._upper = QWidget(thread.inside)
        self._writing, self._lower = writing, QWidget(writing.inside)
        thread.hold(upper)
        writing.hold(self._lower)
        self._head = Head(actions, now, upper)
        self.insight = InsightLine(desk, now, upper)
        self._scroll = PostScroll(upper)
        self._nothing = label(parent=upper, tone="dim", wraps=True)
        self._nothing.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._note = NoteField(upper)
        self._note.hide()
        self._note.written.connect(self.note_written)
        self._note.left.connect(self._scroll.setFocus)
        above = self._above = QVBoxLayout(upper)
        above.setContentsMargins(SIDE - INSET, 12, SIDE - INSET, 6)
        above.setSpacing(10)
        for part in (self._head, self.insight, self._nothing, self._scroll, self._note):
            above.addWidget(part)
            if part is not self._scroll:
                part.setContentsMargins(INSET, 0, INSET, 0)
        above.setStretchFactor(self._scroll, 1)
        above.setStretchFactor(self._nothing, 1)
        QVBoxLayout(self._lower).setContentsMargins(SIDE, 6, SIDE, 16)
        self.split.setStretchFactor(0, 1)
        self.split.setChildrenCollapsible(False)
        self.split.setSizes([430, 290])
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.split)
        self.setMinimumWidth(400)
        self.translate()

    def setFocus(self, reason: Qt.FocusReason = Qt.FocusReason.OtherFocusReason) -> None:
        """No focus proxy: Tab leaves out what else lies in a widget with one (Qt 6.11)."""
        self._scroll.setFocus(reason)

    @property
    def composer(self) -> "Composer":
        """Made for the first mention that is opened: the window's first paint goes without it."""
        if self._composer is None:
            from socialdesk.ui.compose.composer import Composer

            self._composer = Composer(self._desk, self._lower)
            self._composer.sent.connect(lambda _: self._leave_reply())
            if layout := self._lower.layout():
                layout.addWidget(self._composer)
        return self._composer

    def begin_reply(self) -> None:
        """Into the composer; as soon as the mention is read, when it is still on its way."""
        if self.composer.isEnabled() and self.detail is not None:
            self.composer.focus_text()
        else:
            self._begins_reply = True

    def begin_later(self) -> None:
        """When the reply leaves; where it cannot, the composer says why."""
        self.begin_reply()
        self.composer.send_later()

    def is_writing(self) -> bool:
        """The keys are in the composer."""
        focus, composer = self.window().focusWidget(), self._composer
        return focus is not None and composer is not None and composer.isAncestorOf(focus)

    def _leave_reply(self) -> None:
        """It is on its way: z takes it back now, and is no letter."""
        if self.is_writing():
            self.setFocus()

    def put_on_top(self, line: QWidget) -> None:
        """A line over the thread."""
        if isinstance(layout := self.layout(), QVBoxLayout):
            layout.insertWidget(0, line)
            line.setContentsMargins(0, 12, 0, 0)

    def be_large(self, points: float, widest: int) -> None:
        """Posts in letters of so many points, in a column at most `widest` px wide; 0 = as ever."""
        self._points, self._widest = points, widest
        self._set_sides()
        self._fill(keep_place=True)

    def _points_of(self, is_chosen: bool) -> float:
        """The chosen post stands out; 0 = the usual size."""
        return self._points + 2 if is_chosen and self._points else self._points

    def _set_sides(self) -> None:
        rest = (self.width() - self._widest) // 2 if self._widest else SIDE
        side = max(SIDE, rest)
        for part, at, top, foot in ((self._upper, side - INSET, 12, 6), (self._lower, side, 6, 16)):
            if layout := part.layout():
                layout.setContentsMargins(at, top, at, foot)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """What is written needs no bar, and the button that sends is in sight, as long as the
        thread above has room to give."""
        super().resizeEvent(event)
        self._writing.ask_at_most(QSize(ACROSS, max(ENOUGH, self.height() - ENOUGH)))
        if self._widest:
            self._set_sides()

    def stop_writing(self) -> None:
        """What is being written is saved."""
        if self._composer is not None:
            self._composer.show_detail(None)

    def translate(self) -> None:
        """The texts in the language in use."""
        self.offer_choice(bool(self._nothing.text()))
        self._scroll.setAccessibleName(tr("Thread"))
        self._head.translate()
        self.insight.translate()
        self._note.translate()
        self.show_row(self._row)
        self._fill()

    def name_acts(self) -> None:
        """In the head, with their keys."""
        self._head.translate()

    # --- what is shown ---

    def offer_choice(self, is_there: bool) -> None:
        """Beside a list with mentions; an empty one says itself what to do."""
        choose = tr("Choose a mention to read it. j and k go through the list.")
        self._nothing.setText(choose if is_there else "")

    def show_row(self, row: QueueRow | None) -> None:
        """What the list knows, at once; the thread follows by `show_detail`."""
        if (row and row.id) != (self._row and self._row.id):
            self._detail, self._begins_reply = None, False
            self._n_earlier, self._n_later = EARLIER, LATER
            self.insight.clear()
            self._fill()
        self._row = row
        has_row = row is not None and bool(row.author or row.handle)
        for part in (self._head, self._scroll, self._writing):
            part.setVisible(has_row)
        self._nothing.setVisible(not has_row)
        if row is not None:
            self._head.show_row(row)

    def show_detail(self, detail: Detail) -> None:
        """The whole thread of the row that is shown; nothing moves when it is the same."""
        if self._row is None or detail.row.id != self._row.id:
            return
        self.insight.read(detail.row.id)
        if detail != self._detail:
            is_first = self._detail is None
            self._detail = detail
            self._fill(keep_place=not is_first)
            self.composer.show_detail(detail)
            if self._begins_reply:
                self._begins_reply = False
                self.composer.focus_text()
        self._show_rules(detail.row.id)

    def _show_rules(self, mention_id: int) -> None:
        """What rules did to it, under its head; made for the first mention that is opened."""
        if self._rules is None:
            from socialdesk.ui.rules.hits_line import RuleHitsLine

            self._rules = RuleHitsLine(self._desk, self)
            self._rules.setContentsMargins(INSET, 0, INSET, 0)
            self._rules.told.connect(self.said)
            self._rules.failed.connect(self.failed)
            self._above.insertWidget(1, self._rules)
        self._rules.show_mention(mention_id)

    @property
    def detail(self) -> Detail | None:
        return self._detail

    def read_on(self) -> bool:
        """Scroll on; False when the end is in sight."""
        bar = self._scroll.verticalScrollBar()
        if bar.value() >= bar.maximum():
            return False
        bar.setValue(bar.value() + int(bar.pageStep() * 0.9))
        return True

    def more_button(self) -> QWidget:
        """Where the menu of further acts opens."""
        return self._head.place_of("more")

    def write_note(self) -> None:
        self._note.show()
        self._note.start()

    # --- building the posts ---

    def _fill(self, *, keep_place: bool = False) -> None:
        bar = self._scroll.verticalScrollBar()
        place = bar.value()
        body = QWidget()
        layout = QVBoxLayout(body)
        layout.setContentsMargins(INSET - RING, 0, INSET - RING, 0)
        layout.setSpacing(10)
        chosen = self._add_posts(body, layout, self._detail) if self._detail else None
        layout.addStretch(1)
        self._scroll.setWidget(body)  # deletes the one before
        if keep_place:
            QTimer.singleShot(0, self, lambda: bar.setValue(place))
        elif chosen is not None:
            QTimer.singleShot(0, chosen, lambda: self._scroll.ensureWidgetVisible(chosen, 0, 60))

    def _add_posts(self, body: QWidget, layout: QVBoxLayout, detail: Detail) -> QWidget | None:
        """`body`: where they stay; a widget that moves to another parent is styled twice."""
        from socialdesk.ui.inbox.post import NoteBubble, PostBubble, placed

        thread = detail.thread or (_alone(detail),)
        at = next(
            (n for n, p in enumerate(thread) if p.mention_id == detail.row.id), len(thread) - 1
        )
        first, last = max(0, at - self._n_earlier), at + 1 + self._n_later
        if first:
            layout.addWidget(self._more(trn("{n} earlier post", "{n} earlier posts", first), "up"))
        chosen: QWidget | None = None
        for n, post in enumerate(thread[first:last], first):
            bubble = PostBubble(post, self._now(), self.link_asked.emit, body, is_chosen=n == at,
                                points=self._points_of(n == at))  # fmt: skip
            layout.addLayout(placed(bubble, is_own=post.is_own, is_chosen=n == at))
            if n == at:
                chosen = bubble
                self._add_facts(layout, detail)
        if last < len(thread):
            rest = len(thread) - last
            layout.addWidget(self._more(trn("{n} later post", "{n} later posts", rest), "down"))
        if detail.is_trimmed:
            layout.addWidget(_wide(tr("The thread is longer than what is kept here.")))
        for note in detail.notes:
            layout.addWidget(NoteBubble(note, self._now(), body))
        return chosen

    def _add_facts(self, layout: QVBoxLayout, detail: Detail) -> None:
        facts = []
        if detail.title:
            facts.append(isolated(detail.title[:300]))
        if detail.n_stars:
            facts.append(trn("{n} star of 5", "{n} stars of 5", detail.n_stars))
        if detail.lang:
            facts.append(tr("Language: {name}", name=language_word(detail.lang)))
        if detail.visibility is not Visibility.PUBLIC:
            facts.append(_visibility(detail.visibility))
        if detail.answered_elsewhere:
            facts.append(tr("Somebody from the brand answered on the network itself"))
        facts.append(tr("Seen by {account}", account=isolated(detail.account)))
        layout.addWidget(_wide(" · ".join(facts)))

    def _more(self, text: str, way: str) -> QPushButton:
        button = QPushButton(text, self)
        button.setProperty("kind", "link")
        button.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)

        def show() -> None:
            if way == "up":
                self._n_earlier += MORE
            else:
                self._n_later += MORE
            self._fill(keep_place=True)

        button.clicked.connect(show)
        return button


class PostScroll(ScrollArea):
    """The posts, read by arrows and Space; other keys are the window's."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setProperty("page", "yes")
        self.setMinimumHeight(120)


def _alone(detail: Detail) -> ThreadPost:
    row = detail.row
    return ThreadPost(row.id, row.author, row.handle, detail.body, row.at, url=detail.url,
                      warning=detail.warning, lang=detail.lang, is_edited=row.is_edited,
                      is_deleted=row.deleted_at > 0, deleted_at=row.deleted_at)  # fmt: skip


def _visibility(seen: Visibility) -> str:
    return {
        Visibility.PUBLIC: tr("Public"), Visibility.UNLISTED: tr("Public, but not listed"),
        Visibility.FOLLOWERS: tr("For their followers only"),
        Visibility.DIRECT: tr("Only for those named in it"),
    }[seen]  # fmt: skip


def _wide(text: str) -> QWidget:
    made = label(text, tone="dim", wraps=True)
    made.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
    return made
