"""One review, whole, with what was answered; and the way to answer it in the browser."""

from base64 import b64decode

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication, QPixmap
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from socialdesk.domain.panel import PanelReview
from socialdesk.i18n import tr
from socialdesk.ui.browser import open_url
from socialdesk.ui.compose.parts import column, label, push, row, when
from socialdesk.ui.panels.rating import rating_pixmap
from socialdesk.ui.plain import clean, isolated, one_line
from socialdesk.ui.scroll_area import ScrollArea

ANSWER_HEIGHT = 96  # px: four lines


class ReviewPane(QWidget):
    """`not_opened(url)`: the text is on the clipboard, but no browser came. What is typed here is
    kept nowhere, as the review is not."""

    not_opened = Signal(str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._review: PanelReview | None = None
        self._inbox_url = ""
        self._make_words()
        self.answer = QPlainTextEdit()
        self.answer.setAccessibleName(tr("Your answer"))
        self.answer.setPlaceholderText(tr("Write your answer here, then paste it there"))
        self.answer.setTabChangesFocus(True)
        self.answer.setFixedHeight(ANSWER_HEIGHT)
        self.open = push(tr("Open the review"), self._open, icon="external-link")
        self.copy = push(tr("Copy and open"), self._copy, kind="primary", icon="copy",
                         tip=tr("Puts your answer on the clipboard and opens the page where "
                                "owners answer"))  # fmt: skip
        note = label(tr("Programs may not answer here. Nothing you type is kept."), tone="dim")
        self.setLayout(column(
            self._scroll, note, self.answer, row(None, self.open, self.copy), margin=12,
        ))  # fmt: skip
        self.show_review(None, None, "")

    def _make_words(self) -> None:
        self._rating = label(wraps=False)
        self._head = label(tone="dim")
        self._title = label(tone="heading")
        self._body = label()
        self._answered = label(tone="dim")
        for words in (self._title, self._body, self._answered):
            words.setTextInteractionFlags(
                Qt.TextInteractionFlag.TextSelectableByMouse
                | Qt.TextInteractionFlag.TextSelectableByKeyboard
            )
        head = row(self._rating, self._head)
        head.setStretch(1, 1)
        inner = QWidget()
        inner.setLayout(column(head, self._title, self._body, self._answered, None, margin=12))
        self._scroll = ScrollArea()
        self._scroll.setFrameShape(ScrollArea.Shape.NoFrame)
        self._scroll.setAccessibleName(tr("The review"))
        self._scroll.setWidget(inner)

    def show_review(
        self, review: PanelReview | None, answered: PanelReview | None, inbox_url: str
    ) -> None:
        """`answered`: what its owner answered there. What was typed for another review goes."""
        if review is None or self._review is None or review.url != self._review.url:
            self.answer.clear()
        self._review, self._inbox_url = review, inbox_url
        self.setVisible(review is not None)
        self._head.setText(_facts(review) if review else "")
        self._title.setText(one_line(review.title) if review else "")
        self._title.setVisible(bool(self._title.text()))
        self._body.setText(clean(review.body) if review else "")
        self._answered.setText(_answer(answered) if answered else "")
        self._answered.setVisible(answered is not None)
        self._show_rating(review)
        self._scroll.verticalScrollBar().setValue(0)

    def _show_rating(self, review: PanelReview | None) -> None:
        """The network's own picture, where it has one: its rules allow no stars of ours."""
        picture = rating_pixmap(b64decode(review.rating_picture)) if review else None
        self._rating.setPixmap(picture or QPixmap())
        self._rating.setVisible(picture is not None)
        self._rating.setAccessibleName(stars_of(review) if review else "")

    def _open(self) -> None:
        if self._review is not None and not open_url(self._review.url):
            self.not_opened.emit(self._review.url)

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self.answer.toPlainText())
        if not open_url(self._inbox_url):
            self.not_opened.emit(self._inbox_url)


def stars_of(review: PanelReview) -> str:
    """The rating in words."""
    return isolated(tr("{n} of 5", n=review.n_stars)) if review.n_stars else ""


def _facts(review: PanelReview) -> str:
    """Author, rating, time."""
    facts = (isolated(review.author), stars_of(review), isolated(when(review.at)))
    return " · ".join(filter(None, facts))


def _answer(answered: PanelReview) -> str:
    told = tr("Answered {when}:", when=isolated(when(answered.at)))
    return f"{told}\n{clean(answered.body)}"
