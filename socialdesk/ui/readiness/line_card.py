"""One line of the readiness page: how it stands, what to do, and the way there."""

from collections.abc import Callable

from PySide6.QtWidgets import QFrame, QSizePolicy, QWidget

from socialdesk.domain.crisis.readiness import Level, ReadyLine
from socialdesk.engine.words.readiness import level_words, ready_words
from socialdesk.i18n import tr
from socialdesk.ui.compose.parts import column, label, push, row
from socialdesk.ui.plain import chip

TONES = {Level.OK: "ok", Level.AMBER: "warn", Level.RED: "danger"}


class LineCard(QFrame):
    """`go(place)`: where it is worked on; None = nowhere from here."""

    def __init__(self, line: ReadyLine, go: Callable[[str], None] | None, parent: QWidget) -> None:
        super().__init__(parent)
        said = ready_words(line)
        self.key, self.level = line.key, line.level
        self.setProperty("bubble", "theirs")
        mark = chip(level_words(line.level), TONES[line.level])
        mark.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        name = label(said.name, "strong", wraps=False)
        head = row(name, mark, None, space=8)
        self.way = push(tr("Open it"), lambda: go(said.place) if go else None)
        self.way.setAccessibleName(tr("Open: {name}", name=said.name))
        text = label(said.said)
        todo = label(said.todo, "dim")
        words = column(head, text, todo, space=2)
        whole = row(words, self.way, space=12, margin=6)
        whole.setStretch(0, 1)
        self.setLayout(whole)
        self.way.setVisible(go is not None)  # not before: it would be a window of its own
        todo.setVisible(bool(said.todo))
        self.setAccessibleName(" ".join((said.name, level_words(line.level), said.said, said.todo)))
