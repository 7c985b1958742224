"""The approved lines of an incident, one key each; those that cannot go are greyed, with why."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QAccessible, QAccessibleEvent, QFocusEvent, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QFrame, QLabel, QScrollArea, QVBoxLayout, QWidget

from socialdesk.domain.crisis_rows import LineRow
from socialdesk.i18n import tr
from socialdesk.ui.compose.line_values import LINE_KEYS
from socialdesk.ui.compose.parts import clear, label, row
from socialdesk.ui.crisis.text.line_words import line_name, why_not
from socialdesk.ui.keys import press_of
from socialdesk.ui.plain import Elided, chip, dress, one_line, tip

KEY_WIDTH = 26  # px of the key in front


class LineStrip(QFrame):
    """`pressed`: with the mouse."""

    pressed = Signal()

    def __init__(self, key: str, line: LineRow, why: str) -> None:
        super().__init__()
        self._key = chip(key, "plain" if why else "accent")
        self._key.setFixedWidth(KEY_WIDTH)
        self._key.setAlignment(Qt.AlignmentFlag.AlignCenter)
        words = Elided(self, "dim" if why else "")
        words.setText(one_line(line.text))
        name = label(line_name(line), "dim" if why else "strong", wraps=False)
        box = row(self._key, name, words, margin=4)
        if why:
            reason: QLabel = Elided(self, "warn")
            reason.setText(why)
            reason.setToolTip(tip(why))
            box.addWidget(reason)
            box.setStretch(3, 1)
        box.setStretch(2, 1)
        self.setLayout(box)
        self.setAccessibleName(tr("{key}: {line}. {why}", key=key, line=one_line(line.text),
                                  why=why))  # fmt: skip

    def show_current(self, is_current: bool) -> None:
        dress(self, "bubble", "ours" if is_current else "")

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.pressed.emit()


class LineChooser(QScrollArea):
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
        self.setWidgetResizable(True)
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
        else:
            event.ignore()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self._dress()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._dress()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.EnabledChange:
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
        """The current line is marked; a frame shows that keys go here."""
        self.setStyleSheet(
            "LineChooser { border: 2px solid palette(highlight); border-radius: 8px }"
            if self.hasFocus()
            else "LineChooser { border: 2px solid transparent; border-radius: 8px }"
        )
        for n, strip in enumerate(self._strips):
            strip.show_current(n == self._at)
