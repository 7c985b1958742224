"""What a check found: the verdict, its reasons, every number as a button, the worst examples."""

from functools import partial

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from socialdesk.domain.temperature import Example, Temperature, Verdict, Which
from socialdesk.engine.words.temperature import (
    flag_words,
    ground_words,
    number_words,
    verdict_words,
)
from socialdesk.i18n import tr
from socialdesk.ui.compose.parts import clear, column, label, push, row, when
from socialdesk.ui.plain import dress, isolated, one_line
from socialdesk.ui.scroll_area import ScrollArea

_TONES = {Verdict.RED: "danger", Verdict.AMBER: "warn"}


class Findings(ScrollArea):
    """`number_asked(which, words)`: the mentions a number counted are wanted; `mention_asked(id)`:
    an example."""

    number_asked = Signal(object, str)
    mention_asked = Signal(object)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.found: Temperature | None = None
        self._inside = QWidget(self)
        self._box = QVBoxLayout(self._inside)
        self._box.setContentsMargins(14, 14, 14, 14)
        self._box.setSpacing(8)
        self.setWidget(self._inside)
        self.setProperty("page", "yes")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName(tr("What the check found"))
        self.show_nothing()

    def is_settled(self) -> bool:
        """Whether what is shown has the room it needs: a layout takes it a little later."""
        return self._inside.height() == max(self._needed(), self.viewport().height())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """As high as the words at this width: a layout asks for the height of narrow ones."""
        is_moved = event.type() in (QEvent.Type.Resize, QEvent.Type.LayoutRequest)
        if watched is self._inside and is_moved:
            self._inside.setMinimumHeight(self._needed())
        return super().eventFilter(watched, event)

    def _needed(self) -> int:
        return max(0, self._box.heightForWidth(self.viewport().width()))  # -1: it is empty

    def show_nothing(self) -> None:
        """Before there are words to check."""
        self.found = None
        clear(self._box)
        self._add(label(tr("Write or paste what you plan to post. It is compared with the mentions "
                           "of the last 30 days as you type."), "dim"))  # fmt: skip
        self._box.addStretch(1)

    def show_found(self, found: Temperature) -> None:
        """In place of what was shown."""
        self.found = found
        clear(self._box)
        self._add(self._verdict(found))
        for ground in found.grounds:
            self._add(label(ground_words(ground, found.limits)))
        for code, title in found.incidents:
            self._add(label(f"{code}  {isolated(title)}" if title else code, "danger"))
        for flag in found.flags:
            self._add(label(one_line(flag_words(flag, found.dates)), "warn"))
        self._heading(tr("Numbers"))
        numbers = [self._number(which, words) for which, words in number_words(found)]
        self._box.addLayout(column(*numbers, space=0))
        if found.examples:
            self._heading(tr("The worst examples"))
            for example in found.examples:
                self._add(self._example(example))
        self._heading(tr("Looked for"))
        terms = isolated(", ".join(found.terms)) if found.terms else ""
        self._add(label(terms or tr("no word that names a topic"), "dim"))
        self._box.addStretch(1)

    def _add(self, widget: QWidget) -> None:
        self._box.addWidget(widget)

    def _heading(self, text: str) -> None:
        self._box.addSpacing(6)
        self._add(label(text, "heading"))

    def _verdict(self, found: Temperature) -> QWidget:
        word, advice = verdict_words(found.verdict, is_locked=bool(found.lock))
        made = QFrame(self)
        made.setLayout(column(label(word, "title"), label(advice), space=2, margin=10))
        dress(made, "bar", _TONES.get(found.verdict, "accent"))
        made.setAccessibleName(f"{word}. {advice}")
        made.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        return made

    def _number(self, which: Which, words: str) -> QHBoxLayout:
        button = push(words, lambda: self.number_asked.emit(which, words), kind="link")
        button.setAccessibleDescription(tr("Shows these mentions"))
        return row(button, None)

    def _example(self, example: Example) -> QWidget:
        made = QFrame(self)
        made.setProperty("pane", "base")
        author = isolated(example.author) or tr("Somebody")
        words = label(isolated(one_line(example.words)))
        show = push(tr("Show"), partial(self.mention_asked.emit, example.mention_id), kind="link")
        show.setAccessibleName(tr("Show the mention of {name}", name=author))
        at = label(when(example.at), "dim", wraps=False)
        head = row(label(author, "strong", wraps=False), at, None, show)
        made.setLayout(column(head, words, space=2, margin=8))
        return made
