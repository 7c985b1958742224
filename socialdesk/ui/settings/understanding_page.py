"""What the program understands and learned: shown, corrected, stopped, reset. Saved at once."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QProgressBar, QVBoxLayout, QWidget

from socialdesk.domain.changes import Area, Changes
from socialdesk.domain.errors import SocialDeskError
from socialdesk.domain.learning import Learning, LessonReport
from socialdesk.engine.commands import Command
from socialdesk.engine.commands.insight import (
    ContinueReading,
    ResetLearning,
    StopReading,
    TakeUpLearning,
)
from socialdesk.engine.desk import Desk
from socialdesk.engine.queries.learning import ReadLearning
from socialdesk.engine.words.messages import sentence
from socialdesk.i18n import tr
from socialdesk.ui.bridge import Bridge
from socialdesk.ui.compose.parts import NoticeBar, clear, column, label, push, row, when
from socialdesk.ui.settings import learning_words
from socialdesk.ui.tasks import Latest, Waiter


class UnderstandingPage(QWidget):
    """A part of the settings that reads and saves by itself."""

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__(parent)
        self._desk, self._learning = desk, Learning()
        self._reading = Latest(self)
        self._make()
        Bridge(desk, self).changed.connect(self._on_changed)
        self.read()

    def _make(self) -> None:
        self._notice = NoticeBar(self)
        self._progress = QProgressBar()
        self._progress.setTextVisible(False)
        self._progress.setAccessibleName(tr("Reading older mentions"))
        self._state = label()
        self._stop = push(tr("Stop"), self._turn_reading)
        self._lessons = QVBoxLayout()
        self._lessons.setSpacing(14)
        self._nothing = label(
            tr("Nothing yet. Correct a mood with s, d or w, a kind with c."), "dim"
        )
        self._since = label("", "dim")
        self._reset = push(tr("Forget what was learned"), self._turn_learning, kind="danger")
        self._reset.setAccessibleDescription(
            tr("What you corrected counts no more; the corrections stay. It can be taken back.")
        )
        self.setLayout(column(
            self._notice, self._state, self._progress, row(None, self._stop),
            label(tr("Learned from you"), "strong"),
            label(tr("Stays in this workspace's file: in no export and on no wire."), "dim"),
            self._nothing, self._lessons, self._since, row(None, self._reset),
        ))  # fmt: skip

    # --- reading ---

    def read(self) -> None:
        """Ask for what is stored."""
        self._reading.wait(self._desk.ask(ReadLearning()), self._show, self._fail)

    def _on_changed(self, changes: Changes) -> None:
        if changes.areas & {Area.INSIGHT, Area.ALL}:
            self.read()

    def _show(self, learning: Learning) -> None:
        if not learning:
            return
        self._learning = learning
        progress = learning.reading
        self._state.setText(learning_words.reading(progress))
        self._progress.setVisible(progress.n_total > 0)
        self._progress.setRange(0, max(1, progress.n_total))
        self._progress.setValue(progress.n_done)
        self._stop.setVisible(progress.n_total > 0)
        self._stop.setText(tr("Continue") if progress.is_stopped else tr("Stop"))
        clear(self._lessons)
        for report in learning.reports:
            self._lessons.addWidget(_Lesson(report, self))
        self._nothing.setVisible(not learning.reports)
        since = tr("Forgotten on {moment}; only later answers count.", moment=when(learning.since))
        self._since.setText(since if learning.since else "")
        self._since.setVisible(learning.since > 0)
        forget, back = tr("Forget what was learned"), tr("Learn from everything again")
        self._reset.setText(back if learning.since else forget)
        self._reset.setVisible(bool(learning.reports) or learning.since > 0)

    # --- saving ---

    def _turn_reading(self) -> None:
        self._do(ContinueReading() if self._learning.reading.is_stopped else StopReading())

    def _turn_learning(self) -> None:
        self._do(TakeUpLearning() if self._learning.since else ResetLearning())

    def _do(self, command: Command) -> None:
        self._notice.clear()
        Waiter(self, self._desk.do(command), lambda _: self.read(), self._fail)

    def _fail(self, error: SocialDeskError) -> None:
        self._notice.tell_sentence(sentence(error))


class _Lesson(QFrame):
    """One lesson: what, whether it is used, how well it did, by which words. Tab stops at it, so
    that a screen reader says it."""

    def __init__(self, report: LessonReport, parent: QWidget) -> None:
        super().__init__(parent)
        lines = [learning_words.state(report), learning_words.judged(report)]
        shown = [line for line in (*lines, *learning_words.spoke_for(report)) if line]
        name = label(learning_words.title(report), "strong")
        self.setLayout(column(name, *(label(line, "dim") for line in shown), space=2))
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAccessibleName(learning_words.title(report))
        self.setAccessibleDescription(" ".join(shown))
