"""A field with choices under it: the palette of every action, and all small questions (label,
snooze, hand-over) are asked this way."""

import unicodedata
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QShowEvent
from PySide6.QtWidgets import (
    QDialog,
    QHeaderView,
    QLayout,
    QLineEdit,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from socialdesk.domain.frozen import frozen
from socialdesk.i18n import in_source, tr
from socialdesk.ui.actions import Actions
from socialdesk.ui.plain import label, one_line
from socialdesk.ui.text_size import at_size, resize_for_text

SHOWN = 60  # choices; more than anybody reads
WIDTH, HIGHEST = 460, 420  # px
LINE, HEAD = 26, 90  # px of one choice; of what stands above them
EDGE = 12  # px around it all
_LIST_KEYS = frozenset({Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown})


@frozen
class Choice:
    """`hint` stands at the end of the line: a key, a time, a count. `other`: names that are not
    shown, a line each, by which it is found too."""

    text: str
    value: Any
    hint: str = ""
    other: str = ""


Offer = Callable[[str], Sequence[Choice]]


class Picker(QDialog):
    """`chosen(value)` once, then it closes. `offer(text)`: the choices for what is typed; `none`:
    what is said when there are none."""

    chosen = Signal(object)

    def __init__(
        self, title: str, hint: str, offer: Offer, parent: QWidget, none: str = ""
    ) -> None:
        super().__init__(parent, Qt.WindowType.Dialog | Qt.WindowType.FramelessWindowHint)
        self._offer = offer
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(title)
        self.setProperty("kind", "picker")
        self._field = QLineEdit(self)
        self._field.setPlaceholderText(hint)
        self._field.setAccessibleName(title)
        self._field.installEventFilter(self)
        self._list = QTreeWidget(self)
        self._list.setColumnCount(2)
        self._list.setHeaderHidden(True)
        self._list.setRootIsDecorated(False)
        self._list.setUniformRowHeights(True)
        self._list.setIconSize(QSize(16, 16))
        self._list.setAccessibleName(tr("Choices"))
        self._list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._list.header().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        self._list.header().setSectionResizeMode(1, QHeaderView.ResizeMode.ResizeToContents)
        self._list.header().setStretchLastSection(False)
        self._none = label(none or tr("Nothing fits"), self, tone="dim")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(EDGE, EDGE, EDGE, EDGE)
        layout.setSizeConstraint(QLayout.SizeConstraint.SetFixedSize)  # as its parts ask for
        layout.addWidget(label(title, self, tone="strong"))
        layout.addWidget(self._field)
        layout.addWidget(self._none)
        layout.addWidget(self._list)
        self._field.textChanged.connect(self.refresh)
        self._list.itemClicked.connect(lambda item, _column: self._choose(item))
        resize_for_text(self, WIDTH, HIGHEST)
        self._list.setFixedWidth(self.width() - 2 * EDGE)
        self._most_px, self._room_px = 0, self.height() - at_size(HEAD, self.font())
        self.refresh()

    def refresh(self) -> None:
        """Offer anew for what is typed: the choices behind it arrived or changed."""
        choices = self._offer(self._field.text().strip())[:SHOWN]
        self._list.clear()
        line = QSize(0, at_size(LINE, self.font()))
        for choice in choices:
            item = QTreeWidgetItem([choice.text, choice.hint])
            item.setSizeHint(0, line)
            item.setData(0, Qt.ItemDataRole.UserRole, choice.value)
            item.setTextAlignment(1, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            self._list.addTopLevelItem(item)
        self._none.setVisible(not choices)
        first = self._list.topLevelItem(0)
        if first is not None:
            self._list.setCurrentItem(first)
        self._fit(len(choices) * line.height())

    def _fit(self, lines_px: int) -> None:
        """As high as the most choices it had need: nothing jumps while somebody types."""
        self._most_px = max(self._most_px, lines_px)
        edges = self._list.height() - self._list.viewport().height()
        self._list.setFixedHeight(min(self._room_px, self._most_px + edges))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            if event.key() in _LIST_KEYS:
                self._list.keyPressEvent(event)
                return True
            if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
                self._choose(self._list.currentItem())
                return True
        return False

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._fit(0)  # only now the list has its look, and its edges
        parent = self.parentWidget()
        over = (parent or self).window().frameGeometry()
        self.move(over.center().x() - self.width() // 2, over.top() + over.height() // 6)
        self._field.setFocus()

    def _choose(self, item: QTreeWidgetItem | None) -> None:
        if item is not None:
            value = item.data(0, Qt.ItemDataRole.UserRole)
            self.close()
            self.chosen.emit(value)


def folded(text: str) -> str:
    """For comparing: lower case, without accents."""
    parts = unicodedata.normalize("NFKD", text.casefold())
    return "".join(c for c in parts if not unicodedata.combining(c))


def fitness(typed: str, text: str) -> int | None:
    """How well `text` answers what is typed, higher is better; None when it does not.

    Every letter must occur in order; beginnings of words and runs of letters count more.
    """
    wanted, within = folded(typed).replace(" ", ""), folded(text)
    score, at, previous = 0, -1, -2
    for char in wanted:
        starts = [
            n for n in range(at + 1, len(within))
            if within[n] == char and (n == 0 or not within[n - 1].isalnum())
        ]  # fmt: skip
        following = at + 1 < len(within) and within[at + 1] == char
        at = at + 1 if following else (starts[0] if starts else within.find(char, at + 1))
        if at < 0:
            return None
        score += 6 if at == previous + 1 else (4 if starts and at == starts[0] else 0)
        previous = at
    return score - len(within) // 8


def fuzzy(typed: str, choices: Iterable[Choice]) -> list[Choice]:
    """The choices that answer what is typed: first those with a name that begins so, last those
    that are found by their other names alone; the best of each first. All, in their order, when
    nothing is typed."""
    if not typed:
        return list(choices)
    found: list[tuple[bool, bool, int, Choice]] = []
    for choice in choices:
        shown = fitness(typed, choice.text)
        score = fitness(typed, choice.other) if shown is None else shown
        if score is not None:
            found.append((not _begins(typed, choice), shown is None, -score, choice))
    return [choice for *_, choice in sorted(found, key=lambda one: one[:3])]


def _begins(typed: str, choice: Choice) -> bool:
    names = choice.text, *choice.other.split("\n")
    return any(folded(name).startswith(folded(typed)) for name in names)


def open_palette(actions: Actions, parent: QWidget) -> Picker:
    """Every action that can be done now, by name, also the English one, and by other words for it,
    with its keys."""
    other = {
        a.id: "\n".join((in_source(a.name), *a.also().split(", "), *in_source(a.also).split(", ")))
        for a in actions
    }

    def offer(typed: str) -> list[Choice]:
        keys = actions.bindings()
        can = (a for a in actions if a.is_on())
        return fuzzy(typed, [Choice(a.name(), a.id, keys[a.id], other[a.id]) for a in can])

    picker = Picker(tr("What do you want to do?"), tr("Type a few letters"), offer, parent)
    picker.chosen.connect(actions.run)
    picker.open()
    return picker


def ask(
    title: str,
    hint: str,
    offer: Offer,
    chosen: Callable[[Any], None],
    parent: QWidget,
    none: str = "",
) -> Picker:
    """Open a picker and hear its answer."""
    picker = Picker(one_line(title), hint, offer, parent, none)
    picker.chosen.connect(chosen)
    picker.open()
    return picker
