"""What to do on the network's own site before signing in, step by step, with its traps."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QGuiApplication,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QFrame, QWidget

from socialdesk.domain.network_row import NetworkRow
from socialdesk.i18n import tr
from socialdesk.i18n import tr as spoken  # texts that connectors mark with said()
from socialdesk.ui.compose.parts import clear, column, label, push, row
from socialdesk.ui.network_names import named
from socialdesk.ui.plain import Elided, one_line
from socialdesk.ui.scroll_area import ScrollArea
from socialdesk.ui.theme import tokens


class GuidePage(QWidget):
    """`done()`: go on to signing in. `back()`. `open_asked(url)`."""

    done = Signal()
    back = Signal()
    open_asked = Signal(str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._title = label(tone="heading")
        self._about = label(tone="dim")
        self._copied = label(tr("Copied."), "ok", wraps=False)
        self._steps = column(space=6)
        inner = QWidget()
        inner.setLayout(column(self._steps, None, margin=8))
        scroll = ScrollArea()
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setProperty("ground", "none")
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setWidget(inner)
        self._scroll = scroll
        self._go = push(tr("Go on"), self.done.emit, kind="primary")
        self.setLayout(column(
            self._title, self._about, scroll,
            label(tr("The fields to fill in come next; these steps stay one click away."), "dim"),
            row(push(tr("Back"), self.back.emit), None, self._copied, self._go),
        ))  # fmt: skip

    def show_network(self, n: NetworkRow) -> None:
        """Its steps; the first button of a page to open has the focus."""
        self._title.setText(tr("Before you sign in to {network}", network=named(n)))
        self._about.setText(_kept(n))
        self._about.setVisible(bool(self._about.text()))
        self._copied.hide()
        clear(self._steps)
        number = 0
        for text, url, copy, is_trap in n.guide:
            number += not is_trap
            self._steps.addWidget(self._step(number, spoken(text), url, copy, is_trap))
        self._scroll.verticalScrollBar().setValue(0)
        self._go.setFocus()

    def _step(self, number: int, text: str, url: str, copy: str, is_trap: bool) -> QFrame:
        card = _Step(self._scroll)
        card.setProperty("bubble", "ours" if is_trap else "theirs")
        mark = tr("Watch out") if is_trap else str(number)
        head = label(mark, "warn" if is_trap else "strong", wraps=False)
        head.setMinimumWidth(24)
        words = label(text)
        card.setAccessibleName(f"{mark}: {text}")
        parts: list[QWidget] = []
        if url:
            parts.append(self._button(tr("Open the page"), partial(self.open_asked.emit, url),
                                      "external-link", url))  # fmt: skip
        if copy:
            parts.append(self._button(tr("Copy"), partial(self._copy, copy), "copy", copy))
            shown = Elided(card, "dim")  # a long address makes the steps no wider than their place
            shown.setText(one_line(copy))
            shown.setToolTip(copy)
            parts.append(shown)
        body = column(words, space=4) if is_trap else column(row(head, words, space=8), space=4)
        if is_trap:
            body.insertWidget(0, head)
        else:
            body.itemAt(0).layout().setStretch(1, 1)  # type: ignore[union-attr]
        if parts:
            line = row(*parts) if copy else row(*parts, None)
            line.setStretch(len(parts) - 1, 1 if copy else 0)
            body.addLayout(line)
        body.setContentsMargins(10, 8, 10, 8)
        card.setLayout(body)
        return card

    def _button(self, text: str, act: Callable[[], object], icon: str, about: str) -> QWidget:
        made = push(text, act, icon=icon)
        made.setAccessibleDescription(about)
        made.setToolTip(about)
        return made

    def _copy(self, text: str) -> None:
        QGuiApplication.clipboard().setText(text)
        self._copied.show()


class _Step(QFrame):
    """Reached by Tab, so that a screen reader reads it; scrolled to when it is."""

    def __init__(self, scroll: ScrollArea) -> None:
        super().__init__()
        self._scroll = scroll
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self._scroll.ensureWidgetVisible(self)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self.hasFocus():
            painter = QPainter(self)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(QColor(tokens(self.palette()).accent), 2))
            painter.drawRoundedRect(self.rect().adjusted(1, 1, -1, -1), 8, 8)


def _kept(n: NetworkRow) -> str:
    """What the person should know before they begin."""
    facts = []
    if n.unverified:
        facts.append(
            tr("Not yet tried against the live service: built from the network's documents. If "
               "something differs there, SocialDesk stops and says so; nothing is lost.")
        )  # fmt: skip
    if n.keep_hours:
        days = n.keep_hours // 24
        facts.append(
            tr("Its terms let words be kept {n} days; what it confirms again stays.", n=days)
            if days > 2
            else tr("Its terms let words be kept {n} hours; what it confirms again stays.",
                    n=n.keep_hours)
        )  # fmt: skip
    if "PANEL" in n.can:
        facts.append(tr("Its words are shown and never kept here."))
    return " ".join(facts)
