"""Published sentences that lean on a fact, each with a ready correction."""

from collections.abc import Iterable, Iterator
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from socialdesk.domain.crisis.crisis_rows import FactRow, StatementRow
from socialdesk.domain.crisis.statement import leaning_sentences
from socialdesk.domain.frozen import frozen
from socialdesk.i18n import tr, trn
from socialdesk.ui.compose.parts import clear, column, label, push, row
from socialdesk.ui.crisis.text.words import kind_word, lang_word
from socialdesk.ui.plain import clean


@frozen
class Leaning:
    """One published sentence that leans on a fact."""

    statement_id: int
    kind: str
    lang: str
    sentence: str


def leanings(fact: FactRow, statements: Iterable[StatementRow]) -> list[Leaning]:
    """The sentences that say it; all of a text when none does so word for word."""
    return list(_leanings(fact, list(statements)))


def _leanings(fact: FactRow, statements: list[StatementRow]) -> Iterator[Leaning]:
    for statement in statements:
        for version in statement.versions:
            if version.version_id not in fact.leaning:
                continue
            for sentence in leaning_sentences(version.text, fact.claim):
                yield Leaning(statement.id, statement.kind, version.lang, sentence)


class LeaningBox(QFrame):
    """`correction_asked(statement id, wrong sentence, language)`. Hidden while nothing leans on a
    fact that is not true."""

    correction_asked = Signal(object, str, str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._head = label(tone="danger")
        self._lines = QVBoxLayout()
        self._lines.setSpacing(6)
        self.setProperty("bar", "danger")
        self.setLayout(column(self._head, self._lines, margin=8))
        self.hide()

    def show_leanings(self, found: list[Leaning], n_replies: int = 0) -> None:
        """[] hides it. `n_replies`: lines that were sent and lean on it, too."""
        clear(self._lines)
        n = len(found)
        self._head.setText(trn("{n} published sentence leans on it:",
                               "{n} published sentences lean on it:", n))  # fmt: skip
        self.setAccessibleName(self._head.text())
        for each in found:
            line = row(
                label(_words(each)), push(tr("Begin the correction"), partial(self._ask, each))
            )
            line.setStretch(0, 1)
            self._lines.addLayout(line)
        if n_replies:
            said = trn("{n} reply in a thread leans on it, too.",
                       "{n} replies in threads lean on it, too.", n_replies)  # fmt: skip
            self._lines.addWidget(label(said))
        self._head.setVisible(bool(found))
        self.setVisible(bool(found or n_replies))

    def _ask(self, each: Leaning) -> None:
        self.correction_asked.emit(each.statement_id, each.sentence, each.lang)


def _words(each: Leaning) -> str:
    where = tr("{kind}, {lang}", kind=kind_word(each.kind), lang=lang_word(each.lang))
    return f"{clean(each.sentence)}\n{where}"
