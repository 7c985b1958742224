"""Answering under a lock: a line by its key, its places filled, the text exactly as it will go."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QWidget

from socialdesk.domain.crisis.crisis_rows import LineRow
from socialdesk.domain.replies.placeholder import MAX_CHARS, placeholders
from socialdesk.domain.replies.template import MAX_VALUE_CHARS
from socialdesk.i18n import tr
from socialdesk.ui.compose.line_chooser import LineChooser
from socialdesk.ui.compose.line_values import line_text, open_places
from socialdesk.ui.compose.parts import clear, column, label, push, row
from socialdesk.ui.crisis.text.line_words import why_not
from socialdesk.ui.crisis.text.places import place_hint, place_word
from socialdesk.ui.plain import clean

Values = Callable[[LineRow], dict[str, str]]
MANY, ONE = 92, 32  # px of the lines: three of them, or the chosen one


class LinesPane(QWidget):
    """`send_asked`: Enter in the last field, or the line's key again. `look_asked(LineRow)`: the
    key again of a line without a second look, or its button."""

    send_asked = Signal()
    look_asked = Signal(object)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._values_of: Values = lambda _: {}
        self.line: LineRow | None = None
        self.values: dict[str, str] = {}
        self.chooser = LineChooser(self)
        self.chooser.picked.connect(self._on_picked)
        self._fields: dict[str, QLineEdit] = {}
        self._places = QHBoxLayout()
        self._places.setSpacing(8)
        self._text = label()
        self._text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._text.setAccessibleName(tr("As it will be posted"))
        self._bubble = QFrame()
        self._bubble.setProperty("bubble", "ours")
        self._bubble.setLayout(column(self._text, margin=8))
        self._why = label(tone="warn")
        self._look = push(tr("Second look at this line…"), self._ask_look, icon="shield-check")
        self._look.setToolTip(tr("The line's key again"))
        below = row(self._why, self._look)
        below.setStretch(0, 1)
        box = column(self.chooser, self._places, self._bubble, below, space=6)
        box.setStretchFactor(self.chooser, 1)
        self.setLayout(box)
        self._show()

    def show_lines(self, lines: list[LineRow], values_of: Values) -> None:
        """`values_of(line)`: what is known of its places. The chosen line stays, with what was
        typed, as long as it is there."""
        self._values_of = values_of
        self.chooser.show_lines(lines)
        chosen = self.line
        same = (x for x in lines if chosen and (x.playbook, x.key, x.lang) == _key(chosen))
        self.line = next(same, None)
        if self.line is None or (chosen is not None and self.line.text != chosen.text):
            self.values = {}
            self._lay_fields()
        self._show()

    def leave(self) -> None:
        """Another mention, or it was sent: nothing is chosen."""
        self.line, self.values = None, {}
        self._lay_fields()
        self._show()

    @property
    def missing(self) -> list[str]:
        """The places that are not filled in."""
        return open_places(self.line, self.values) if self.line is not None else []

    def focus_missing(self) -> None:
        """The first empty place, else the lines."""
        empty = next((self._fields[name] for name in self.missing if name in self._fields), None)
        (empty or self.chooser).setFocus()

    def _on_picked(self, line: LineRow) -> None:
        is_again = self.line is not None and _key(self.line) == _key(line)
        if is_again and needs_look(line):
            self._ask_look()
            return
        if is_again and not line.missing and not self.missing:
            self.send_asked.emit()
            return
        self.line, self.values = line, self._values_of(line)
        self._lay_fields()
        self._show()
        if not line.missing:
            self.focus_missing()

    def _lay_fields(self) -> None:
        clear(self._places)
        self._fields = {}
        for name in placeholders(self.line.text) if self.line is not None else ():
            field = QLineEdit(self.values.get(name, ""))
            field.setMaxLength(MAX_CHARS.get(name, MAX_VALUE_CHARS))
            field.setAccessibleName(place_word(name))
            field.setPlaceholderText(place_hint(name) or place_word(name))
            field.textEdited.connect(partial(self._on_typed, name))
            field.returnPressed.connect(partial(self._on_enter, name))
            self._fields[name] = field
            box = column(label(place_word(name), "dim", wraps=False), field, space=1)
            self._places.addLayout(box)
        self._order_keys()

    def _order_keys(self) -> None:
        """Tab goes from the lines through their places: what is made later stands last in Qt."""
        before: QWidget = self.chooser
        for part in (*self._fields.values(), self._look):
            QWidget.setTabOrder(before, part)
            before = part

    def _on_typed(self, name: str, value: str) -> None:
        self.values[name] = value
        self._show()

    def _on_enter(self, name: str) -> None:
        """On to the next empty place; after the last one it is sent."""
        if self.missing:
            self.focus_missing()
        else:
            self.send_asked.emit()

    def _ask_look(self) -> None:
        if self.line is not None:
            self.look_asked.emit(self.line)

    def _show(self) -> None:
        line = self.line
        why = why_not(line) if line is not None else ""
        self._bubble.setVisible(line is not None)
        self._text.setText(clean(line_text(line, self.values)) if line is not None else "")
        self._why.setText(why)
        self._why.setVisible(bool(why))
        self._look.setVisible(line is not None and needs_look(line))
        # Under a chosen line its places and its words need the room.
        self.chooser.setMinimumHeight(MANY if line is None else ONE)


def needs_look(line: LineRow) -> bool:
    """A second look is what it waits for."""
    return line.missing in ("R25", "R26", "R27")


def _key(line: LineRow) -> tuple[str, str, str]:
    return line.playbook, line.key, line.lang
