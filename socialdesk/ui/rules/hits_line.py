"""What rules did to the mention that is shown: a line each, with its way back."""

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QPushButton, QSizePolicy, QWidget

from socialdesk.domain.rules.rule import Do, RuleHit
from socialdesk.engine.commands.rules import UndoRule
from socialdesk.engine.desk import Desk, Done
from socialdesk.engine.queries.rules import RuleHits
from socialdesk.engine.words.rules import actions_words, undone_words
from socialdesk.i18n import tr
from socialdesk.ui.compose.parts import clear, column, label, row
from socialdesk.ui.plain import one_line
from socialdesk.ui.rules.known import Knowing
from socialdesk.ui.tasks import Latest, Waiter

NAMED = frozenset({Do.ASSIGN, Do.TEMPLATE})  # actions whose value is a number of something


class RuleHitsLine(QFrame):
    """Hidden where no rule did anything. `failed(error)`; `told(text)`: what an undo did."""

    failed = Signal(object)
    told = Signal(str)

    def __init__(self, desk: Desk, parent: QWidget | None) -> None:
        super().__init__(parent)
        self._desk, self._latest = desk, Latest(self)
        self._id = 0
        self._hits: list[RuleHit] = []
        self._knowing = Knowing(desk, self._fill, self.failed.emit, self)
        self._lines = column(space=0)
        self.setLayout(self._lines)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self.hide()

    def show_mention(self, mention_id: int) -> None:
        """Read what rules did to it."""
        if mention_id != self._id:
            self._id, self._hits = mention_id, []
            self._fill()
        self._latest.wait(self._desk.ask(RuleHits(mention_id)), self._show, self.failed.emit)

    @property
    def lines(self) -> list[str]:
        """As they are shown."""
        return [self._words(hit) for hit in self._hits]

    def undo(self, hit: RuleHit) -> None:
        """Take back what this rule did to this mention."""
        command = UndoRule(hit.rule_id, mention_id=self._id)
        Waiter(self, self._desk.do(command), self._on_undone, self.failed.emit)

    def _on_undone(self, done: Done) -> None:
        self.told.emit(undone_words(done.answer))
        self.show_mention(self._id)

    def _show(self, hits: list[RuleHit]) -> None:
        if hits == self._hits:
            self.setVisible(bool(hits))
            return
        self._hits = hits
        if any(a.do in NAMED for hit in hits for a in hit.did):
            self._knowing.read()
        self._fill()

    def _fill(self) -> None:
        clear(self._lines)
        for hit in self._hits:
            self._lines.addWidget(self._line(hit))
        self.setVisible(bool(self._hits))

    def _line(self, hit: RuleHit) -> QWidget:
        made = QWidget()
        words = label(self._words(hit), "dim")
        line = row(words)
        line.setStretch(0, 1)
        if not hit.is_undone:
            button = QPushButton(tr("Undo"))
            button.setProperty("kind", "link")
            button.setAutoDefault(False)
            button.setAccessibleName(tr("Undo what the rule {name} did", name=one_line(hit.name)))
            button.clicked.connect(partial(self.undo, hit))
            line.addWidget(button)
        made.setLayout(line)
        return made

    def _words(self, hit: RuleHit) -> str:
        did = actions_words(hit.did, self._knowing.known.names) if hit.did else tr("(unknown)")
        said = tr("Rule {name}: {did}", name=one_line(hit.name), did=did)
        return tr("{what} (taken back)", what=said) if hit.is_undone else said
