"""One reply that waits for a second look: what is answered, the text exactly as it will be posted,
its pictures, and how it differs from the approved words it began with."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QFrame, QSizePolicy, QVBoxLayout, QWidget

from socialdesk.domain.queue.rows import Detail, OutboxRow, ThreadPost
from socialdesk.domain.replies.picture import Picture
from socialdesk.domain.replies.reply import BegunWith
from socialdesk.engine.desk import Desk
from socialdesk.i18n import tr
from socialdesk.ui.compose.diff_view import DiffView
from socialdesk.ui.compose.parts import clear, column, label, now_ms, row, when
from socialdesk.ui.compose.sending import posted
from socialdesk.ui.compose.thumbnails import Thumbnails
from socialdesk.ui.outbox.words import told
from socialdesk.ui.plain import clean, isolated, one_line
from socialdesk.ui.scroll_area import ScrollArea

N_BEFORE = 4  # posts of the thread above the one that is answered
MAX_SHOWN = 5_000  # characters of a post
THUMB = QSize(96, 96)


class ApprovalSheet(ScrollArea):
    """Reads nothing itself but small pictures: the screen shows it what it read."""

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__(parent)
        self._thumbnails = Thumbnails(desk, self)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setAccessibleName(tr("The reply to look at"))
        self._about = label(tone="dim")
        self._thread = QVBoxLayout()
        self._thread.setSpacing(6)
        self._head = label(tr("Exactly this will be posted"), "heading", wraps=False)
        self._words = label()
        self._words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._words.setAccessibleName(tr("As it will be posted"))
        self._warning = label(tone="warn")
        bubble = QFrame()
        bubble.setProperty("bubble", "ours")
        self._pictures = QVBoxLayout()
        bubble.setLayout(column(self._warning, self._words, self._pictures, margin=10))
        self._from = label(tone="dim")
        self._diff = DiffView(self, max_height=72)
        self._plan = label(tone="warn")
        inner = QWidget()
        box = column(self._about, self._thread, self._head, bubble, self._plan, self._from,
                     self._diff, None, margin=12)  # fmt: skip
        inner.setLayout(box)
        inner.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.setWidget(inner)

    def show_row(self, r: OutboxRow, d: Detail | None, begun: BegunWith) -> None:
        """`d`: of the mention it answers, None while it is read or when it is gone."""
        self._about.setText(
            tr("{who} wrote it at {when}, to {to}, as {account}",
               who=isolated(r.person or tr("Somebody")), when=when(r.made_at), to=isolated(r.to),
               account=isolated(r.account))
        )  # fmt: skip
        self._words.setText(clean(posted(r.text, d) if d is not None else r.text))
        self._show_warning(r, d)
        self._show_thread(d)
        self._show_pictures(r.pictures)
        self._show_plan(r)
        self._show_difference(r, begun)
        self.verticalScrollBar().setValue(0)

    def _show_warning(self, r: OutboxRow, d: Detail | None) -> None:
        """Words too that will be posted, before all others."""
        posts = d.thread if d is not None else ()
        said = next((p.warning for p in posts if p.outbox_id == r.id), "")
        self._warning.setText(tr("Content warning: {text}", text=isolated(one_line(said))))
        self._warning.setVisible(bool(said))

    def _show_thread(self, d: Detail | None) -> None:
        clear(self._thread)
        if d is None:
            return
        posts = [p for p in d.thread if p.mention_id and p.mention_id <= d.row.id]
        for post in posts[-N_BEFORE - 1 :]:
            self._thread.addWidget(_bubble(post))

    def _show_pictures(self, pictures: tuple[Picture, ...]) -> None:
        clear(self._pictures)
        for picture in pictures:
            thumb = label(wraps=False)
            thumb.setFixedSize(THUMB)
            self._thumbnails.show(picture, thumb)
            said = label(clean(picture.alt) or tr("No description."), "" if picture.alt else "warn")
            line = row(thumb, said)
            line.setStretch(1, 1)
            self._pictures.addLayout(line)

    def _show_plan(self, r: OutboxRow) -> None:
        said = [told(r, now_ms()).text] if r.held_until else []
        if r.promise_at:
            said.append(tr("It promises an answer by {when}.", when=when(r.promise_at)))
        self._plan.setText(" ".join(said))
        self._plan.setVisible(bool(said))

    def _show_difference(self, r: OutboxRow, begun: BegunWith) -> None:
        is_changed = bool(begun.template)
        self._diff.setVisible(is_changed)
        if is_changed:
            self._from.setText(
                tr("Changed from the approved template {name}:", name=isolated(begun.name))
            )
            self._diff.compare(begun.template, r.text)
        else:
            self._from.setText(tr("Their own words, not from a template."))


def _bubble(post: ThreadPost) -> QFrame:
    made = QFrame()
    made.setProperty("bubble", "ours" if post.is_own else "theirs")
    who = label(f"{isolated(post.author)} · {when(post.at)}", "dim", wraps=False)
    made.setLayout(column(who, label(clean(post.body[:MAX_SHOWN])), space=2, margin=8))
    return made
