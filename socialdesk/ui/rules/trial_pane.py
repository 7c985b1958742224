"""The dry run of a rule: how far, what it would have caught, and what of it looks wrong."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QFrame, QProgressBar, QPushButton, QSizePolicy, QWidget

from socialdesk.domain.rules.rule import Rule
from socialdesk.domain.rules.rule_trial import Caught, Trial
from socialdesk.engine.words.rules import Names, action_words, found_words, suspect_words
from socialdesk.i18n import tr, trn
from socialdesk.ui.compose.parts import clear, column, label, push, row
from socialdesk.ui.plain import chip, isolated
from socialdesk.ui.words import count

AMOUNTS = (1_000, 10_000, 0)  # 0 = everything stored


class TrialPane(QFrame):
    """`asked(n)`: try it on so many, 0 = all; `stopped`; `mention_asked(id)`: show it."""

    asked = Signal(int)
    stopped = Signal()
    mention_asked = Signal(object)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.amount = QComboBox()
        self.amount.setAccessibleName(tr("How many mentions to try it on"))
        for n in AMOUNTS:
            name = tr("the newest {n}", n=count(n)) if n else tr("everything stored")
            self.amount.addItem(name, n)
        self.amount.setCurrentIndex(1)
        self.start = push(tr("Try it"), self._ask, icon="play")
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setAccessibleName(tr("How far the dry run is"))
        self._far = label(tone="dim", wraps=False)
        self.stop = push(tr("Stop"), self.stopped.emit, kind="quiet", icon="x")
        self._running = QWidget()
        self._running.setLayout(row(self._bar, self._far, self.stop))
        self._running.hide()
        self._result = column(space=6)
        what = label(tr("Changes nothing: it says what the rule would have caught."), "dim")
        self.setLayout(column(
            row(label(tr("Dry run on"), "strong", wraps=False), self.amount, self.start, None),
            what, self._running, self._result,
        ))  # fmt: skip

    def show_running(self, n_done: int, n_total: int) -> None:
        """Under way; 0 of 0 = it has just begun."""
        self._running.show()
        if self.start.hasFocus():
            self.stop.setFocus()  # else Qt gives the keys to whatever follows
        self.start.setEnabled(False)
        self._bar.setRange(0, n_total)
        self._bar.setValue(n_done)
        of = tr("{n} of {total}", n=count(n_done), total=count(n_total)) if n_total else ""
        self._far.setText(of)

    def show_ended(self) -> None:
        """Nothing runs any more; what was found stays."""
        self.start.setEnabled(True)
        if self.stop.hasFocus():
            self.start.setFocus()
        self._running.hide()

    def show_nothing(self) -> None:
        """The rule is another one now."""
        self.show_ended()
        clear(self._result)

    def show_trial(self, rule: Rule, trial: Trial, names: Names) -> None:
        """What was found."""
        self.show_nothing()
        add = self._result.addWidget
        first, *more = found_words(trial)
        add(label(first, "strong"))
        for line in more:
            add(label(line, "warn"))
        for action, n in zip(rule.actions, trial.changes, strict=False):
            if trial.n_hits:
                add(label(f"{action_words(action, names)}: {count(n)}", "dim"))
        if trial.suspects:
            add(label(trn("This one looks wrong", "These {n} look wrong", len(trial.suspects)),
                      "warn"))  # fmt: skip
        for one in trial.suspects:
            add(self._caught(one))
        if trial.examples:
            add(label(tr("The newest it caught"), "strong"))
        for one in trial.examples:
            add(self._caught(one))

    def _caught(self, one: Caught) -> QWidget:
        made = QFrame()
        made.setProperty("bubble", "note" if one.reason else "theirs")
        button = QPushButton(isolated(one.author).replace("&", "&&"))
        button.setProperty("kind", "link")
        button.setAutoDefault(False)
        button.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        button.setAccessibleName(tr("Show: {words}", words=isolated(one.words)))
        button.clicked.connect(lambda: self.mention_asked.emit(one.mention_id))
        head = row(button, None)
        if one.reason:
            head.addWidget(chip(suspect_words(one.reason, one.fact), "warn"))
        made.setLayout(column(head, label(isolated(one.words)), space=2, margin=8))
        return made

    def _ask(self) -> None:
        self.asked.emit(int(self.amount.currentData()))
