"""Beside brand words that are typed: what they would keep of the mentions stored here."""

from PySide6.QtWidgets import QFrame, QWidget

from socialdesk.domain.rules.brand_words import BrandWords, read_brand_words
from socialdesk.domain.rules.words_trial import Stored, WordsTrial
from socialdesk.engine.desk import Desk
from socialdesk.engine.queries.brand_words import TryBrandWords
from socialdesk.i18n import tr, trn
from socialdesk.ui.compose.parts import column, label
from socialdesk.ui.plain import isolated, one_line
from socialdesk.ui.tasks import Latest
from socialdesk.ui.timers import once

PAUSE_MS = 150


class TrialNote(QFrame):
    """Hidden while there is no word to try, or no mention to try it on."""

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__(parent)
        self._desk, self._latest, self._lines = desk, Latest(self), ""
        self._count, self._examples = label(tone="strong"), label(tone="dim")
        self._pause = once(self, PAUSE_MS, self._ask)
        self.setLayout(column(self._count, self._examples, space=2))
        self.hide()

    def show_words(self, lines: str) -> None:
        """As they are typed, one a line."""
        if lines == self._lines:
            return
        self._lines = lines
        self._latest.forget()
        if read_brand_words(lines) == BrandWords():
            self._pause.stop()
            self.hide()
        else:
            self._pause.start()

    @property
    def text(self) -> str:
        """What it says; "" = nothing."""
        return "" if self.isHidden() else f"{self._count.text()}\n{self._examples.text()}"

    def _ask(self) -> None:
        # Unread it says nothing; the window tells on its own when the file cannot be read.
        asked = self._desk.ask(TryBrandWords(self._lines))
        self._latest.wait(asked, self._show, lambda _: self.hide())

    def _show(self, found: WordsTrial) -> None:
        self._count.setText(
            trn("Of {n} mention stored here these words keep {kept}.",
                "Of the {n} newest mentions stored here these words keep {kept}.",
                found.n_read, kept=found.n_kept)
        )  # fmt: skip
        kept = (tr("Kept: {sentence}", sentence=_line(m)) for m in found.kept)
        left = (tr("Left out: {sentence}", sentence=_line(m)) for m in found.left)
        self._examples.setText("\n".join([*kept, *left]))
        self.setVisible(found.n_read > 0)


def _line(mention: Stored) -> str:
    return f"{isolated(mention.author)}: {one_line(mention.words)}"
