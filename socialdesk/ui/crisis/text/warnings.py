"""What a reader may hear in a draft, and what is missing in it: warnings, never a refusal."""

from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from socialdesk.domain.crisis.statement import StatementKind, missing_blocks, unfilled_places
from socialdesk.domain.playbooks.playbook import Common, Playbook
from socialdesk.domain.playbooks.playbook_words import lint
from socialdesk.engine.words.playbooks import lint_words, note_for
from socialdesk.engine.words.refusals import refusal_sentence
from socialdesk.i18n import tr
from socialdesk.ui.compose.parts import clear, label
from socialdesk.ui.crisis.text.draft import LangDraft
from socialdesk.ui.crisis.text.places import block_word, place_word


class Warnings(QFrame):
    """One line each; hidden when there is nothing to say."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._lines = QVBoxLayout(self)
        self._lines.setContentsMargins(0, 0, 0, 0)
        self._lines.setSpacing(2)
        self._said: list[tuple[str, str]] = []

    def judge(
        self, kind: str, lang: str, words: LangDraft, common: Common, playbook: Playbook | None
    ) -> None:
        """Look at the text as it stands; `playbook`: of the incident."""
        said = [*missing(kind, words), *heard(words.text, lang, common)]
        if note := note_for(lang, common, playbook):
            said.append((note, "dim"))
        if said != self._said:
            self._said = said
            clear(self._lines)
            for text, tone in said:
                self._lines.addWidget(label(text, tone))
        self.setVisible(bool(said))
        self.setAccessibleName(" ".join(text for text, _ in said))


def heard(text: str, lang: str, common: Common) -> list[tuple[str, str]]:
    """Blame, belittling, guesses, times nobody can keep."""
    return [
        (tr("{warning}: {words}", warning=lint_words(hit.kind), words=", ".join(hit.words)), "warn")
        for hit in lint(text, lang, common)
    ]


def missing(kind: str, words: LangDraft) -> list[tuple[str, str]]:
    """R20 and R21 as they would be said when the second look is asked for."""
    said = []
    if gone := missing_blocks(StatementKind(kind), words.blocks, words.text, words.values):
        names = ", ".join(block_word(kind, key) for key in gone)
        said.append((refusal_sentence("R21", {"list": names}).text, "warn"))
    if bare := unfilled_places(words.blocks, words.text, words.values):
        names = ", ".join(place_word(name) for name in bare)
        said.append((refusal_sentence("R20", {"n": len(bare), "list": names}).text, "warn"))
    return said
