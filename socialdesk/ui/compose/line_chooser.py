"""The approved lines of an incident, one key each; those that cannot go are greyed, with why."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleEvent,
    QColor,
    QFocusEvent,
    QFont,
    QFontMetrics,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
)  # fmt: skip
from PySide6.QtWidgets import QStyle, QVBoxLayout, QWidget

from socialdesk.domain.crisis.crisis_rows import LineRow
from socialdesk.i18n import tr
from socialdesk.ui.compose.line_values import LINE_KEYS
from socialdesk.ui.compose.parts import clear
from socialdesk.ui.crisis.text.line_words import line_name, why_not
from socialdesk.ui.keys import press_of
from socialdesk.ui.plain import one_line, tip
from socialdesk.ui.scroll_area import ScrollArea
from socialdesk.ui.theme import Tokens, tokens

KEY_WIDTH = 22  # px of the key in front
NAME_MAX = 220  # px
PAD = 5  # px
RADIUS = 6  # px
ONE_LINE = int(Qt.TextFlag.TextSingleLine)


def beside(room: int, n_why: int) -> int:
    """The px for a line's words where its reason, `n_why` px, comes first: a line that cannot go is
    chosen for none of its words."""
    return max(room // 4, room - n_why)


class LineStrip(QWidget):
    """`pressed`: with the mouse. Painted in one go: twelve strips of four labels each took 77 ms to
    make, these take 2."""

    pressed = Signal()

    def __init__(self, key: str, line: LineRow, why: str) -> None:
        super().__init__()
        self._key, self._name, self._why = key, line_name(line), why
        self._words = one_line(line.text)
        self._is_current = self._is_ringed = False
        self.setFixedHeight(self.fontMetrics().height() + 2 * PAD)
        self.setAccessibleName(tr("{key}: {line}. {why}", key=key, line=self._words, why=why))
        self.setToolTip(tip(why) if why else "")

    def show_current(self, *, is_current: bool, is_ringed: bool) -> None:
        """`is_ringed`: the keys go here."""
        if (is_current, is_ringed) != (self._is_current, self._is_ringed):
            self._is_current, self._is_ringed = is_current, is_ringed
            self.update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.pressed.emit()

    def paintEvent(self, event: QPaintEvent) -> None:
        t, painter = tokens(self.palette()), QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setLayoutDirection(self.layoutDirection())
        self._paint_ground(painter, t)
        at = self._paint_key(painter, t)
        bold = self.font()
        bold.setBold(not self._why)
        at = self._text(painter, at, self._name, bold, t.dim if self._why else t.text, NAME_MAX)
        room = self.width() - at - PAD
        n_words = room
        if self._why:
            n_words = beside(room, self.fontMetrics().horizontalAdvance(self._why) + 3 * PAD)
        self._text(painter, at, self._words, self.font(), t.dim if self._why else t.text, n_words)
        if self._why:
            start = at + n_words + 2 * PAD
            self._text(painter, start, self._why, self.font(), t.warn, self.width() - start - PAD)

    def _paint_ground(self, painter: QPainter, t: Tokens) -> None:
        if self._is_current:
            edge = QColor(t.accent if self._is_ringed else t.accent_back)
            painter.setPen(QPen(edge, 2))
            painter.setBrush(QColor(t.accent_back))
            painter.drawRoundedRect(self.rect().adjusted(1, 1, -1, -1), RADIUS, RADIUS)

    def _paint_key(self, painter: QPainter, t: Tokens) -> int:
        """The key in a small box; where the name begins."""
        box = QRect(PAD, PAD, KEY_WIDTH, self.height() - 2 * PAD)
        box = QStyle.visualRect(self.layoutDirection(), self.rect(), box)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(t.chip if self._why else t.base))
        painter.drawRoundedRect(box, RADIUS, RADIUS)
        painter.setPen(QColor(t.dim if self._why else t.accent))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, self._key)
        return 2 * PAD + KEY_WIDTH

    def _text(
        self, painter: QPainter, at: int, text: str, font: QFont, color: str, room: int
    ) -> int:
        """One elided text; where the next begins."""
        metrics = QFontMetrics(font)
        shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, max(0, room))
        width = metrics.horizontalAdvance(shown)
        rect = QRect(at, 0, width + 2, self.height())
        painter.setFont(font)
        painter.setPen(QColor(color))
        rect = QStyle.visualRect(self.layoutDirection(), self.rect(), rect)
        painter.drawText(rect, int(Qt.AlignmentFlag.AlignVCenter) | ONE_LINE, shown)
        return at + width + 2 * PAD


class LineChooser(ScrollArea):
    """`picked(LineRow)`: a key, or Enter. Arrows move. No list of Qt's: letters in a list belong
    to the window's actions, and here each is a line."""

    picked = Signal(object)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._lines: Sequence[LineRow] = ()
        self._strips: list[LineStrip] = []
        self._at = -1
        self._box = QVBoxLayout()
        self._box.setSpacing(1)
        self._box.setContentsMargins(0, 0, 0, 0)
        inner = QWidget()
        inner.setLayout(self._box)
        self.setWidget(inner)
        self.setProperty("ground", "none")
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(tr("Approved lines"))

    def show_lines(self, lines: Sequence[LineRow]) -> None:
        """In this order; the current one stays, by its key."""
        before = self._lines[self._at].key if 0 <= self._at < len(self._lines) else ""
        if lines == self._lines:
            return
        self._lines, self._strips = lines, []
        clear(self._box)
        for n, line in enumerate(lines[: len(LINE_KEYS)]):
            strip = LineStrip(LINE_KEYS[n], line, why_not(line))
            strip.pressed.connect(partial(self._pick, n))
            self._strips.append(strip)
            self._box.addWidget(strip)
        self._box.addStretch(1)
        keys = [line.key for line in lines]
        self._go_to(keys.index(before) if before in keys else (0 if lines else -1))

    @property
    def current(self) -> LineRow | None:
        return self._lines[self._at] if 0 <= self._at < len(self._lines) else None

    def keyPressEvent(self, event: QKeyEvent) -> None:
        press = press_of(event)
        if press in ("Up", "Down"):
            self._go_to(max(0, min(len(self._strips) - 1, self._at + (press == "Down") * 2 - 1)))
        elif press == "Enter" and self._at >= 0:
            self._pick(self._at)
        elif len(press) == 1 and 0 <= LINE_KEYS.find(press) < len(self._strips):
            self._pick(LINE_KEYS.index(press))
        elif not (len(press) == 1 and press.isalnum()):  # a reply typed here acts on no mention
            event.ignore()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self._dress()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._dress()

    def _pick(self, at: int) -> None:
        self._go_to(at)
        if (line := self.current) is not None:
            self.picked.emit(line)

    def _go_to(self, at: int) -> None:
        self._at = at
        self._dress()
        if 0 <= at < len(self._strips):
            strip = self._strips[at]
            self.ensureWidgetVisible(strip, 0, 8)
            self.setAccessibleDescription(strip.accessibleName())
            QAccessible.updateAccessibility(
                QAccessibleEvent(self, QAccessible.Event.DescriptionChanged)
            )

    def _dress(self) -> None:
        """The current line is marked, and ringed while the keys go here."""
        for n, strip in enumerate(self._strips):
            strip.show_current(is_current=n == self._at, is_ringed=self.hasFocus())
