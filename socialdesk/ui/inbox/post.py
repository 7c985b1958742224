"""One post of a thread: a bubble, theirs at the start of the line, ours at its end."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from socialdesk.domain.queue.rows import Earlier, Note, ThreadPost
from socialdesk.i18n import tr, trn
from socialdesk.ui.inbox.post_text import LongText
from socialdesk.ui.plain import (
    FIRST_CHARS,
    Elided,
    Link,
    chip,
    isolated,
    label,
    links,
    one_line,
    opened,
    shown,
    tip,
)
from socialdesk.ui.words import deleted, moment, outbox_chip

SHOWN_LINKS = 5
INDENT = 60  # px that tell ours from theirs
Open = Callable[[str], None]


class PostBubble(QFrame):
    """`is_chosen`: the mention the operator decides about, larger and without a ground."""

    def __init__(
        self,
        post: ThreadPost,
        now: int,
        open_link: Open,
        parent: QWidget,
        *,
        is_chosen: bool = False,
        points: float = 0.0,
    ) -> None:
        super().__init__(parent)
        self._post, self._now, self._open = post, now, open_link
        if not is_chosen:
            self.setProperty("bubble", "ours" if post.is_own else "theirs")
        self.setAccessibleName(_spoken(post, now))
        self._layout = QVBoxLayout(self)
        side = 0 if is_chosen else 12
        self._layout.setContentsMargins(side, 7, side, 8)
        self._layout.setSpacing(4)
        self._add_meta()
        self._words = QWidget(self)
        inner = QVBoxLayout(self._words)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.setSpacing(4)
        body = _lapsed() if post.is_expired else post.body
        inner.addWidget(LongText(body, self._words, points=points or (11.0 if is_chosen else 0.0)))
        self._add_attachments(inner)
        self._add_links(inner)
        if post.warning:
            self._add_warning()
        self._layout.addWidget(self._words)
        if post.earlier:
            self._add_earlier()

    def _add_meta(self) -> None:
        post = self._post
        line = QHBoxLayout()
        line.setSpacing(6)
        who = isolated(post.author or post.handle)
        if post.by:
            who = tr("{person}, for {brand}", person=isolated(post.by), brand=who)
        text = tr("{moment} · {who}", moment=moment(post.at, self._now), who=who)
        line.addWidget(_squeezed(text, self), 1)
        if post.is_deleted:
            line.addWidget(chip(deleted(post.deleted_at, self._now), "warn", self))
        if post.is_edited:
            line.addWidget(chip(tr("Edited"), parent=self))
        if post.outbox is not None:
            state = outbox_chip(post.outbox, post.leaves_at, self._now)
            line.addWidget(chip(state.text, state.tone, self))
        self._layout.addLayout(line)

    def _add_warning(self) -> None:
        """The author folded it: it stays folded until the operator wants to read."""
        line = QHBoxLayout()
        line.addWidget(chip(tr("Content warning"), "warn", self))
        line.addWidget(_squeezed(isolated(self._post.warning[:FIRST_CHARS]), self, tone=""), 1)
        button = _link_button(tr("Show"), self)
        button.setAccessibleName(tr("Show the words behind the content warning"))
        line.addWidget(button)
        self._layout.addLayout(line)
        self._words.hide()

        def turn() -> None:
            self._words.setVisible(self._words.isHidden())
            button.setText(tr("Show") if self._words.isHidden() else tr("Hide"))

        button.clicked.connect(turn)

    def _add_links(self, layout: QVBoxLayout) -> None:
        found = links(self._post.body[:FIRST_CHARS])
        for link in found[:SHOWN_LINKS]:
            layout.addWidget(self._opener(tr("Open {host}", host=isolated(link.host)), link))

    def _add_attachments(self, layout: QVBoxLayout) -> None:
        """Never loaded here: a picture fetched tells its host who reads."""
        for url, kind, alt in self._post.attachments:
            what = tr("Picture") if kind == "image" else tr("Attachment")
            about = isolated(alt[:500]) if alt else tr("without a description")
            layout.addWidget(
                _squeezed(tr("{what}: {about}", what=what, about=about), self, wraps=True)
            )
            if link := opened(url):
                layout.addWidget(self._opener(tr("Open at {host}", host=isolated(link.host)), link))

    def _opener(self, text: str, link: Link) -> QPushButton:
        button = _link_button(text, self)
        button.setToolTip(tip(shown(link.url)[:500]))
        button.clicked.connect(lambda: self._open(link.url))
        return button

    def _add_earlier(self) -> None:
        versions = self._post.earlier
        button = _link_button(
            trn("Show the words before the edit", "Show the words of {n} earlier versions",
                len(versions)), self,
        )  # fmt: skip
        self._layout.addWidget(button)

        def show() -> None:
            button.hide()
            for version in versions:
                seen = tr("Until {moment}:", moment=moment(version.seen_at, self._now))
                self._layout.addWidget(label(seen, self, tone="dim"))
                self._layout.addWidget(LongText(_words_of(version), self))

        button.clicked.connect(show)


class NoteBubble(QFrame):
    """A note of the team, which never leaves the machine."""

    def __init__(self, note: Note, now: int, parent: QWidget) -> None:
        super().__init__(parent)
        self.setProperty("bubble", "note")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(12, 7, 12, 8)
        layout.setSpacing(4)
        head = tr("Note by {person} · {moment} · only seen here",
                  person=isolated(note.person), moment=moment(note.at, now))  # fmt: skip
        layout.addWidget(_squeezed(head, self))
        layout.addWidget(LongText(note.text, self))
        self.setAccessibleName(tr("Note by {person}: {text}", person=one_line(note.person),
                                  text=one_line(note.text[:FIRST_CHARS])))  # fmt: skip


def placed(bubble: QFrame, *, is_own: bool, is_chosen: bool = False) -> QHBoxLayout:
    """The bubble at its side of the line."""
    line = QHBoxLayout()
    line.setSpacing(0)
    indent = 0 if is_chosen else INDENT
    if is_own:
        line.addSpacing(indent)  # unlike margins, spacing is mirrored with the layout
    line.addWidget(bubble)
    if not is_own:
        line.addSpacing(indent)
    return line


def _words_of(version: Earlier) -> str:
    """All of them: an edit may have changed the title or the warning alone."""
    title, warning = one_line(version.title), one_line(version.warning)
    folded = tr("Content warning: {text}", text=warning) if warning else ""
    return "\n".join(words for words in (title, folded, version.body) if words)


def _lapsed() -> str:
    """Instead of the words: what happened, and where they may still be read."""
    return tr(
        "This network lets words be kept here for a limited time only, so they were taken out. The "
        "link, your notes and your replies stay. Open it there to read it."
    )


def _spoken(post: ThreadPost, now: int) -> str:
    marks = [deleted(post.deleted_at, now)] if post.is_deleted else []
    marks += [tr("Edited")] if post.is_edited else []
    marks += [tr("Words lapsed")] if post.is_expired else []
    if post.outbox is not None:
        marks.append(outbox_chip(post.outbox, post.leaves_at, now).text)
    words = tr("Content warning: {text}", text=one_line(post.warning)) if post.warning else ""
    return ", ".join(
        part for part in (one_line(post.author), moment(post.at, now), *marks,
                          words or one_line(post.body[:FIRST_CHARS])) if part
    )  # fmt: skip


def _squeezed(text: str, parent: QWidget, *, tone: str = "dim", wraps: bool = False) -> QWidget:
    """A label that a long name cannot make wider than its place."""
    if not wraps:
        line = Elided(parent, tone)
        line.setText(text)
        return line
    made = label(text, parent, tone=tone, wraps=wraps)
    made.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
    return made


def _link_button(text: str, parent: QWidget) -> QPushButton:
    button = QPushButton(text.replace("&", "&&"), parent)
    button.setProperty("kind", "link")
    button.setCursor(Qt.CursorShape.PointingHandCursor)
    button.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
    return button
