"""Who wrote it: the author on their network, and the person behind them across networks."""

from collections.abc import Callable
from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QSizePolicy, QVBoxLayout, QWidget

from socialdesk.domain.queue.rows import AuthorCard
from socialdesk.engine.desk import Desk
from socialdesk.i18n import tr, trn
from socialdesk.ui.breaking import BreakingLabel
from socialdesk.ui.elided import elided_link
from socialdesk.ui.plain import chip, isolated, label, opened, shown, tip
from socialdesk.ui.scroll_area import ScrollArea
from socialdesk.ui.text_size import follow_text
from socialdesk.ui.words import count, day, network_label

if TYPE_CHECKING:
    from socialdesk.ui.contacts.context_part import PersonPart

WIDTH, WIDEST = 200, 290  # px, the least it takes; large text takes no more of the window


class ContextPane(QFrame):
    """`mention_asked(id)`: show that earlier mention; `link_asked(url)`: open their profile;
    `contact_asked()`: say which contact wrote it."""

    mention_asked = Signal(object)
    contact_asked = Signal()
    link_asked = Signal(str)

    def __init__(self, desk: Desk, now: Callable[[], int], parent: QWidget) -> None:
        super().__init__(parent)
        self.setProperty("pane", "base")
        self._desk, self._now = desk, now
        self._is_made = False  # hidden, it holds nothing: the first paint goes without it
        self._card: AuthorCard | None = None
        self._person: PersonPart | None = None
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        follow_text(self, lambda px: self.setMinimumWidth(min(px(WIDTH), WIDEST)))
        self.translate()

    def translate(self) -> None:
        """The texts in the language in use."""
        self.setAccessibleName(tr("About the author"))
        self._fill()

    def show_card(self, card: AuthorCard | None) -> None:
        if card != self._card:
            if self._card is None or card is None or card.id != self._card.id:
                self._person = None  # what was typed was about somebody else
            self._card = card
            self._fill()

    def tick(self) -> None:
        """A minute may have passed: ages."""
        if self._person is not None and self.isVisible():
            self._person.tick()

    def setVisible(self, is_visible: bool) -> None:
        if is_visible and not self._is_made:
            self._is_made = True
            self._fill()
        super().setVisible(is_visible)

    @cached_property
    def _scroll(self) -> ScrollArea:
        scroll = ScrollArea(self)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        if layout := self.layout():
            layout.addWidget(scroll)
        return scroll

    def _fill(self) -> None:
        if not self._is_made:
            return
        body, card = QWidget(), self._card
        before, at = self._person, self._scroll.verticalScrollBar().value()
        layout = QVBoxLayout(body)
        layout.setContentsMargins(16, 16, 16, 16)
        layout.setSpacing(6)
        if card is None:
            layout.addWidget(_wide(tr("Choose a mention to see who wrote it."), tone="dim"))
        else:
            self._add_person(layout, card)
            self._add_history(layout, card)
            self._add_behind(layout, card)
        layout.addStretch(1)
        if before is not None and self._person is not None:
            self._person.take_typed(before)
        self._scroll.setWidget(body)  # deletes the one before
        if before is not None:
            self._scroll.verticalScrollBar().setValue(at)

    def _add_person(self, layout: QVBoxLayout, card: AuthorCard) -> None:
        layout.addWidget(BreakingLabel(isolated(card.name or card.handle), "heading"))
        where = tr("{network} · {handle}", network=network_label(card.network),
                   handle=isolated(card.handle))  # fmt: skip
        layout.addWidget(BreakingLabel(where, "dim"))
        for holds, text, tone in (
            (card.is_vip, tr("VIP"), "accent"),
            (card.is_muted, tr("Muted"), "warn"),
            (card.is_bot, tr("Says it is a bot"), "plain"),
        ):
            if holds:
                mark = chip(text, tone)
                mark.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
                layout.addWidget(mark)
        if card.n_followers >= 0:
            n = card.n_followers
            layout.addWidget(_wide(trn("{n} follower", "{n} followers", n, n=count(n))))
        if link := opened(card.url):
            button = elided_link(tr("Open the profile at {host}", host=isolated(link.host)))
            button.setToolTip(tip(shown(link.url)[:500]))
            button.clicked.connect(lambda: self.link_asked.emit(link.url))
            layout.addWidget(button)

    def _add_history(self, layout: QVBoxLayout, card: AuthorCard) -> None:
        layout.addSpacing(8)
        layout.addWidget(_wide(tr("With us"), tone="strong"))
        since = day(card.first_seen_at, self._now())
        mentions = trn(
            "{n} mention since {day}", "{n} mentions since {day}", card.n_mentions, day=since
        )
        layout.addWidget(_wide(mentions))
        layout.addWidget(_wide(trn("{n} reply from us", "{n} replies from us", card.n_replies)))

    def _add_behind(self, layout: QVBoxLayout, card: AuthorCard) -> None:
        """Imported here: nobody needs it for the first paint."""
        from socialdesk.ui.contacts.context_part import PersonPart
        from socialdesk.ui.crm.context_part import CrmPart

        crm = CrmPart(self._desk, card, self._now, self)
        crm.link_asked.connect(self.link_asked)
        part = self._person = PersonPart(self._desk, card.id, self._now, self)
        part.mention_asked.connect(self.mention_asked)
        part.contact_asked.connect(self.contact_asked)
        layout.addSpacing(8)
        layout.addWidget(crm)
        layout.addWidget(part)


def _wide(text: str, *, tone: str = "") -> QWidget:
    """A wrapping label that a long word cannot make wider than the pane."""
    made = label(text, tone=tone, wraps=True)
    made.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
    return made
