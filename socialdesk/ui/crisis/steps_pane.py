"""The checklist of an incident: what is due when, done or skipped, with notes."""

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from socialdesk.domain.crisis.crisis_rows import StepRow
from socialdesk.domain.crisis.incident import Incident
from socialdesk.engine.commands.crisis import DoStep
from socialdesk.engine.desk import Desk
from socialdesk.engine.queries.crisis import ListSteps
from socialdesk.i18n import tr, trn
from socialdesk.ui.compose.parts import NoticeBar, column, label, push, when
from socialdesk.ui.crisis.ask_sheets import Sheet, ask_words
from socialdesk.ui.crisis.table import Column, Table
from socialdesk.ui.crisis.talk import Talk
from socialdesk.ui.crisis.words import phase_word, role_word, step_words
from socialdesk.ui.flow import Flow
from socialdesk.ui.plain import one_line

DONE, NOTE, SKIP, BACK = "d", "n", "s", "b"


class StepsPane(QWidget):
    """Keys: d done, n done with a note, s skip, b open again; Enter as d."""

    def __init__(self, desk: Desk, now: Callable[[], int], parent: QWidget) -> None:
        super().__init__(parent)
        self._now, self._id = now, 0
        notice = NoticeBar(self)
        self.talk = Talk(desk, self, notice)
        self.table = Table(tr("Steps"), self._columns(), lambda r: r.id, self)
        self.table.take_keys(DONE, NOTE, SKIP, BACK)
        self.table.pressed_key.connect(self._act)
        self.table.acted.connect(lambda: self._act(DONE))
        self.table.moved.connect(self._show_step)
        self._head, self._text, self._how = label(tone="dim"), label(), label(tone="dim")
        self._buttons = {
            DONE: push(tr("Done (D)"), lambda: self._act(DONE), kind="primary"),
            NOTE: push(tr("Done, with a note… (N)"), lambda: self._act(NOTE)),
            SKIP: push(tr("Skip… (S)"), lambda: self._act(SKIP)),
            BACK: push(tr("Open again (B)"), lambda: self._act(BACK)),
        }
        acts = Flow(*self._buttons.values())
        layout = column(notice, self._head, self.table, self._text, self._how, acts, margin=12)
        layout.setStretchFactor(self.table, 1)
        self.setLayout(layout)

    def _columns(self) -> tuple[Column, ...]:
        return (
            Column(tr("When"), lambda r: step_words(r, self._now()), 150, self._tone),
            Column(tr("Step"), lambda r: one_line(r.text)),
            Column(tr("Who"), lambda r: role_word(r.role), 130),
            Column(tr("Phase"), lambda r: phase_word(r.phase), 140),
        )

    def _tone(self, step: StepRow) -> str:
        if step.done_at or step.skipped_why:
            return "dim"
        return "danger" if step.due_at and step.due_at <= self._now() else ""

    def show_incident(self, incident: Incident) -> None:
        """Read its steps."""
        self._id = incident.id
        self.talk.ask(ListSteps(incident.id), self._show)

    def tick(self) -> None:
        """A second passed."""
        self.table.tick()

    def _show(self, steps: list[StepRow]) -> None:
        n_done = sum(bool(s.done_at or s.skipped_why) for s in steps)
        late = sum(self._tone(s) == "danger" for s in steps)
        said = tr("{n} of {all} done", n=n_done, all=len(steps))
        self._head.setText(f"{said} · {trn('{n} late', '{n} late', late)}" if late else said)
        self.table.show_rows(steps)

    def _show_step(self) -> None:
        step = self.table.current()
        is_open = step is not None and not step.done_at and not step.skipped_why
        for key, button in self._buttons.items():
            button.setEnabled(step is not None and (is_open != (key == BACK)))
        self._text.setText(one_line(step.text) if step else "")
        self._how.setText(_how(step) if step else "")

    def _act(self, key: str) -> None:
        step = self.table.current()
        if step is None or not self._buttons[key].isEnabled():
            return
        if key == NOTE:
            ask_words(
                tr("Done, with a note"),
                one_line(step.text),
                tr("Done"),
                lambda note, sheet: self._do(DoStep(step.id, note), sheet),
                self,
            )
        elif key == SKIP:
            ask_words(
                tr("Skip this step"),
                tr("Why (it stands in the report)"),
                tr("Skip"),
                lambda why, sheet: self._do(DoStep(step.id, skipped_why=why), sheet),
                self,
            )
        else:
            self._do(DoStep(step.id, is_done=key == DONE))  # fmt: skip

    def _do(self, command: DoStep, sheet: Sheet | None = None) -> None:
        if sheet is not None:
            sheet.accept()
        self.talk.do(command)


def _how(step: StepRow) -> str:
    parts = [step.by, when(step.done_at), step.note, step.skipped_why]
    return " · ".join(one_line(p) for p in parts if p)
