"""Small widgets that every form and card here is made of: labels that never guess HTML, named
buttons, and the bar that tells in place what went wrong."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import TypeVar

from PySide6.QtCore import QDateTime, QEvent, QObject, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QAccessible, QAccessibleEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QLayout,
    QPushButton,
    QSizePolicy,
    QSpinBox,
    QToolButton,
    QVBoxLayout,
    QWidget,
)  # fmt: skip

from socialdesk.engine.words.sentence import Sentence
from socialdesk.ui import plain
from socialdesk.ui.focus import tab_as_read
from socialdesk.ui.icons import set_icon
from socialdesk.ui.timers import once
from socialdesk.ui.words import moment

SPACE = 8  # px between parts
Box = TypeVar("Box", QVBoxLayout, QHBoxLayout)
# NoButtons under a style sheet leaves the field one pixel wide (measured, Qt 6.11).
_NO_BUTTONS = "QSpinBox::up-button, QSpinBox::down-button { width: 0; height: 0; border: 0 }"
Action = tuple[str, str]  # button label, action key


def wall_ms() -> int:
    """The computer's clock."""
    return int(QDateTime.currentMSecsSinceEpoch())


_clock: Callable[[], int] = wall_ms


def keep_time(now: Callable[[], int]) -> None:
    """The clock of this process's windows: in a drill its own, which may run faster."""
    global _clock
    _clock = now


def now_ms() -> int:
    """For countdowns and times that are proposed on the screen; the engine never relies on it."""
    return _clock()


def when(at: int) -> str:
    """A time as people read it; "" for none."""
    return moment(at, now_ms()) if at else ""


def label(text: str = "", tone: str = "", *, wraps: bool = True) -> QLabel:
    """A label that never guesses HTML, and that no long word can make wider than its place."""
    made = plain.label(text, tone=tone, wraps=wraps)
    if wraps:
        made.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
    return made


def push(
    text: str, act: Callable[[], object], *, kind: str = "", icon: str = "", tip: str = ""
) -> QPushButton:
    """A push button with its accessible name. `kind`: primary, danger, quiet, link."""
    made = QPushButton(text)
    made.setAutoDefault(False)
    made.setAccessibleName(text)
    if kind:
        made.setProperty("kind", kind)
    if icon:
        set_icon(made, icon, "on_accent" if kind == "primary" else "text")
    if tip:
        made.setToolTip(tip)
    made.clicked.connect(lambda: act())
    return made


def tool(name: str, act: Callable[[], object], icon: str) -> QToolButton:
    """A button that shows only an icon; its name is heard and shown as a tip."""
    made = QToolButton()
    set_icon(made, icon)
    made.setAccessibleName(name)
    made.setToolTip(name)
    made.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    made.clicked.connect(lambda: act())
    return made


def number(name: str, low: int, high: int, unit: str) -> QSpinBox:
    """A whole number, typed or by the arrow keys."""
    made = QSpinBox()
    made.setRange(low, high)
    made.setSuffix(f" {unit}")
    made.setKeyboardTracking(False)
    made.setStyleSheet(_NO_BUTTONS)
    made.lineEdit().setStyleSheet("border: 0; padding: 0 8px; background: transparent")
    made.setAccessibleName(name)
    return made


def column(*widgets: QWidget | QLayout | None, space: int = SPACE, margin: int = 0) -> QVBoxLayout:
    """One below the other; None is a stretch."""
    box = QVBoxLayout()
    return _fill(box, widgets, space, margin)


def row(*widgets: QWidget | QLayout | None, space: int = SPACE, margin: int = 0) -> QHBoxLayout:
    """Side by side; None is a stretch."""
    box = QHBoxLayout()
    return _fill(box, widgets, space, margin)


def _fill(box: Box, widgets: Sequence[QWidget | QLayout | None], space: int, margin: int) -> Box:
    box.setSpacing(space)
    box.setContentsMargins(margin, margin, margin, margin)
    for w in widgets:
        if w is None:
            box.addStretch(1)
        elif isinstance(w, QLayout):
            box.addLayout(w)
        else:
            box.addWidget(w)
    return box


def clear(box: QLayout) -> None:
    """Empty a layout; its widgets are deleted once their slots have returned."""
    while (entry := box.takeAt(0)) is not None:
        if (widget := entry.widget()) is not None:
            widget.hide()
            widget.deleteLater()
        elif (inner := entry.layout()) is not None:
            clear(inner)


class Speaker(QObject):
    """Has a widget made anew when the language changes: `make` fills it.

    Not at once: Qt is then still walking through the children that go. `had_keys`: where the keys
    were in the window, for what is made to give them back; what takes none leaves them to the
    widget that stands where theirs stood.
    """

    def __init__(self, widget: QWidget, make: Callable[[], None]) -> None:
        super().__init__(widget)
        self._widget, self._make = widget, make
        self.had_keys: QWidget | None = None
        self._wait = once(self, 0, self._make_anew)
        widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._widget and event.type() == QEvent.Type.LanguageChange:
            self._wait.start()
        return False

    def _make_anew(self) -> None:
        self.had_keys = self._widget.window().focusWidget()
        place = self._place_of_keys()
        old = QWidget()
        if (layout := self._widget.layout()) is not None:
            old.setLayout(layout)  # takes all widgets in it along
        old.deleteLater()
        self._make()
        self.had_keys = None
        if place is not None:
            QTimer.singleShot(0, self._widget, lambda: self._give_keys(*place))

    def _place_of_keys(self) -> tuple[type[QWidget], int] | None:
        """Their widget's kind, and its number among those; None when they are elsewhere."""
        keys = self.had_keys
        if keys is None or keys is self._widget or not self._widget.isAncestorOf(keys):
            return None
        alike = self._widget.findChildren(type(keys))
        return type(keys), alike.index(keys)

    def _give_keys(self, kind: type[QWidget], number: int) -> None:
        now = self._widget.window().focusWidget()
        if now is not None and self._widget.isAncestorOf(now):
            return
        alike = self._widget.findChildren(kind)
        if number < len(alike) and alike[number].isVisible():
            alike[number].setFocus()


class NoticeBar(QFrame):
    """What went wrong, or a question, in place: a sentence and its buttons. Hidden when empty.

    `chosen(action)`: the key of the button pressed. The bar hides first.
    """

    chosen = Signal(str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._text = label()
        self._buttons = row()
        self._box = column(self._text, self._buttons, space=4, margin=8)
        self.setLayout(self._box)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.setAccessibleName("")
        self.hide()

    def sizeHint(self) -> QSize:
        """Of one line, until it has a width: what wraps would ask for the height of a narrow one,
        and a dialog that it appears in grew by that for good."""
        return QSize(super().sizeHint().width(), self.minimumSizeHint().height())

    def event(self, event: QEvent) -> bool:
        """As high as its words at this width. A size policy alone is not enough."""
        done = super().event(event)
        is_moved = event.type() in (QEvent.Type.Resize, QEvent.Type.LayoutRequest)
        if is_moved and (height := self.heightForWidth(self.width())) > 0:  # -1: it has no words
            self.setFixedHeight(height)
            self._box.setGeometry(self.rect())  # the resize inside was not laid out
        return done

    def tell(self, text: str, actions: Sequence[Action] = (), tone: str = "warn") -> None:
        """Show `text` with a button per action. `tone`: accent, warn, danger."""
        self._text.setText(text)
        plain.dress(self, "bar", tone)
        plain.dress(self._text, "tone", "" if tone == "accent" else tone)
        clear(self._buttons)
        for name, key in actions:
            self._buttons.addWidget(push(name, partial(self._choose, key)))
        tab_as_read(self._buttons, after=self)
        self._buttons.addStretch(1)
        self.setAccessibleName(text)
        self.show()
        QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.Alert))

    def tell_sentence(self, said: Sentence, actions: Sequence[Action] = ()) -> None:
        """A sentence of the engine; its own next step is words unless `actions` has a button."""
        text = said.text if not said.next_step or actions else f"{said.text} {said.next_step}."
        self.tell(text.replace("..", "."), actions, "danger")

    @property
    def text(self) -> str:
        """What is being told; "" when nothing is."""
        return "" if self.isHidden() else self._text.text()

    def take_keys(self, *, to_last: bool = False) -> None:
        """To the first of its buttons: what was asked by a key is answered by one. `to_last`: to
        the one that leaves all as it is, where a key held too long must do no harm."""
        n_buttons = self._buttons.count() - 1  # behind them is the stretch
        item = self._buttons.itemAt(n_buttons - 1 if to_last else 0)
        if item is not None and (button := item.widget()) is not None:
            button.setFocus(Qt.FocusReason.TabFocusReason)

    def clear(self) -> None:
        """Nothing to tell any more."""
        self.hide()
        self._text.setText("")

    def _choose(self, key: str) -> None:
        self.clear()
        self.chosen.emit(key)
