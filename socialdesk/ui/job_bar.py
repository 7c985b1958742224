"""A line on top while a long act is carried out: how far it is, and a way to stop it."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QProgressBar, QPushButton, QWidget

from socialdesk.domain.errors import SocialDeskError
from socialdesk.engine.desk import Desk
from socialdesk.i18n import tr
from socialdesk.ui.plain import label
from socialdesk.ui.tasks import Latest, Waiter
from socialdesk.ui.timers import once
from socialdesk.ui.words import count, mentions

if TYPE_CHECKING:
    from socialdesk.domain.job import JobRow

ASKED_MS = 150  # slices follow each other every few ms; nobody reads so fast
SHOWN_MS = 1_000  # the cards in sight are read anew so often meanwhile


class JobBar(QFrame):
    """`moved()`: cards in sight may look different. `ended(JobRow)`. `failed(error)`."""

    moved = Signal()
    ended = Signal(object)
    failed = Signal(object)

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__(parent)
        self.setProperty("bar", "accent")
        self._desk, self._asked = desk, Latest(self)
        self._running: dict[int, JobRow] = {}
        self._newest: int | None = None  # job; None until the first look
        self._text = label(parent=self)
        self._progress = QProgressBar(self)
        self._progress.setTextVisible(False)
        self._progress.setMaximumWidth(220)
        self._stop = QPushButton(self)
        self._stop.clicked.connect(self.stop)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(16, 5, 16, 5)
        layout.addWidget(self._text, 1)
        layout.addWidget(self._progress)
        layout.addWidget(self._stop)
        self._asking = once(self, ASKED_MS, self._ask)
        self._moving = once(self, SHOWN_MS, self.moved.emit)
        self.translate()

    def take(self) -> None:
        """A job began, went on or ended."""
        if not self._asking.isActive():
            self._asking.start()

    def is_busy(self) -> bool:
        return bool(self._running)

    def stop(self) -> None:
        """The one whose turn it is; what it did stays, and can be undone."""
        from socialdesk.engine.commands.bulk import StopJob

        if self._running:
            Waiter(self, self._desk.do(StopJob(min(self._running))), _pass, self.failed.emit)

    def translate(self) -> None:
        """The texts in the language in use."""
        self._stop.setText(tr("Stop (Ctrl+.)"))
        self._progress.setAccessibleName(tr("Progress"))
        self._show()

    def _ask(self) -> None:
        from socialdesk.engine.queries.bulk import ListJobs

        self._asked.wait(self._desk.ask(ListJobs()), self._on_jobs, self._on_silent)

    def _on_silent(self, error: SocialDeskError) -> None:
        """It is asked again with the next slice."""

    def _on_jobs(self, jobs: "list[JobRow]") -> None:
        before, self._running = self._running, {job.id: job for job in jobs if job.is_running}
        self._show()
        if self._running:
            if not self._moving.isActive():
                self._moving.start()
        newest, self._newest = self._newest, max((job.id for job in jobs), default=0)
        for job in jobs:
            is_new = newest is not None and job.id > newest  # it began and ended between two looks
            if not job.is_running and (job.id in before or is_new):
                self.ended.emit(job)

    def _show(self) -> None:
        self.setVisible(bool(self._running))
        if not self._running:
            return
        job = self._running[min(self._running)]
        text = tr("{what}: {n} of {mentions}", what=job_words(job), n=count(job.n_done),
                  mentions=mentions(job.n_total))  # fmt: skip
        self._text.setText(text)
        self.setAccessibleName(text)
        self._progress.setMaximum(max(1, job.n_total))
        self._progress.setValue(job.n_done)
        self._stop.setText(tr("Stop (Ctrl+.)"))


def job_words(job: "JobRow") -> str:
    """What a job does: "label", "Taking back: label"."""
    from socialdesk.engine.words import phrases  # what it needs is not wanted for the first paint

    if job.kind == "undone":
        return tr("Taking back: {act}", act=phrases.act(job.act_kind))
    if job.kind == "redone":
        return tr("Doing again: {act}", act=phrases.act(job.act_kind))
    name = phrases.act(job.kind)
    return name[:1].upper() + name[1:]


def _pass(_: object) -> None:
    """That it stopped is told by the job itself."""
