"""The first steps on the screen: where one is, one step at a time, the ways on, back and out."""

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import QFrame, QWidget

from socialdesk.domain.first_run import STEPS, FirstRun, FirstStep, Stand
from socialdesk.domain.queue.rows import View
from socialdesk.engine.desk import Desk
from socialdesk.i18n import tr
from socialdesk.ui.compose.parts import Speaker, column, label, push, row
from socialdesk.ui.first_run import words
from socialdesk.ui.first_run.around import Around
from socialdesk.ui.first_run.beginning import Beginning
from socialdesk.ui.focus import tab_as_read
from socialdesk.ui.scroll_area import ScrollArea

if TYPE_CHECKING:
    from socialdesk.ui.first_run.drill_step import DrillStep
    from socialdesk.ui.first_run.look_step import LookStep
    from socialdesk.ui.first_run.notices_step import NoticesStep
    from socialdesk.ui.first_run.pack_step import PackStep
    from socialdesk.ui.first_run.try_step import TryStep
    from socialdesk.ui.first_run.words_step import WordsStep

    Step = WordsStep | LookStep | TryStep | PackStep | NoticesStep | DrillStep

WIDTH: Final = 720  # px of the column of words


def _make_step(at: FirstStep, around: Around, parent: QWidget) -> "Step":
    """Imported when it is first shown: all six would be a wait at the first."""
    match at:
        case FirstStep.WORDS:
            from socialdesk.ui.first_run.words_step import WordsStep

            return WordsStep(around, parent)
        case FirstStep.LOOK:
            from socialdesk.ui.first_run.look_step import LookStep

            return LookStep(around, parent)
        case FirstStep.TRY:
            from socialdesk.ui.first_run.try_step import TryStep

            return TryStep(around, parent)
        case FirstStep.PACK:
            from socialdesk.ui.first_run.pack_step import PackStep

            return PackStep(around, parent)
        case FirstStep.NOTICES:
            from socialdesk.ui.first_run.notices_step import NoticesStep

            return NoticesStep(around, parent)
        case FirstStep.DRILL:
            from socialdesk.ui.first_run.drill_step import DrillStep

            return DrillStep(around, parent)


class FirstRunScreen(QFrame):
    """`beginning`: None in the practice brand and in a drill, which have no first steps.

    `place_asked(place)`: another screen. `failed(error)`: something was not kept. `front_asked()`:
    what was opened from here closed again.
    """

    place_asked = Signal(str)
    failed = Signal(object)
    front_asked = Signal()

    def __init__(self, desk: Desk, beginning: Beginning | None, parent: QWidget) -> None:
        super().__init__(parent)
        self.setProperty("pane", "base")
        self._desk, self._beginning = desk, beginning
        self._state = beginning.state if beginning else FirstRun()
        self._around = Around(desk, self)
        self._around.place_asked.connect(self.place_asked)
        self._around.failed.connect(self.failed)
        self._around.front_asked.connect(self.front_asked)
        self._around.step_asked.connect(self._go_to)
        self.step: Step | None = None
        if beginning is not None:
            beginning.changed.connect(self._take)
            self._take()
        self._make()
        self._make_keys()
        Speaker(self, self._make)

    # --- making ---

    def _make(self) -> None:
        if self._beginning is None:
            text = tr("These steps are for your own brand. Here everything is invented: try "
                      "whatever you like.")  # fmt: skip
            self.setLayout(column(label(text), None, margin=32))
            return
        self._place, self._title = label(tone="dim"), label(tone="title")
        self._lead = label(tone="dim")
        self._middle = ScrollArea()
        self._middle.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # what is in it takes the keys
        self.back = push(tr("Back"), self._back, tip=tr("Alt+Left"))
        self.later = push(tr("Later"), self._later, kind="quiet", tip=tr("Esc"))
        self.skip = push(tr("Skip"), self._skip, tip=tr("Alt+Right"))
        self.next = push(tr("Next"), self._next, kind="primary", tip=tr("Ctrl+Enter"))
        foot = row(self.back, self.later, None, self.skip, self.next)
        inner = QWidget()
        inner.setMaximumWidth(WIDTH)
        inner.setLayout(column(self._place, self._title, self._lead, self._middle, foot, space=10))
        line = row(None, inner, None, margin=24)
        line.setStretch(1, 8)
        self.setLayout(line)
        self._show_step()

    def _show_step(self) -> None:
        """The step of the state; what was typed into the one before is kept in the workspace."""
        self._drop_step()
        step = _make_step(self._state.at, self._around, self._middle)
        step.changed.connect(self._check)
        step.passed.connect(self.next.setFocus)
        self.step = step
        self._place.setText(words.place(self._state))
        self._title.setText(words.title(self._state.at))
        self._lead.setText(words.lead(self._state.at))
        self._middle.setWidget(step)
        self.setAccessibleName(f"{self._place.text()}: {self._title.text()}")
        self.back.setEnabled(self._state.number > 1)
        is_last = self._state.at is STEPS[-1]
        self.next.setText(tr("Finish") if is_last else tr("Next"))
        self.next.setAccessibleName(self.next.text())
        self.skip.setVisible(not is_last)
        step.begin()
        self._check()
        if (layout := self.layout()) is not None:
            tab_as_read(layout)

    def _take(self) -> None:
        """An account was added, other brand words were kept, or what was kept is known now."""
        if self._beginning is not None:
            self._around.take(self._beginning.row)
            if self.step is not None:
                self._follow(self._beginning.state)
            self._check()

    def _check(self) -> None:
        if self.step is not None:
            was_done = self._state.at in self._state.done
            self.next.setEnabled(was_done or self.step.is_done())

    # --- going ---

    def _next(self) -> None:
        if self.step is None or not self.next.isEnabled():
            return
        self.step.keep()
        self._move(self._state.finish())

    def _skip(self) -> None:
        if self.skip.isVisible():
            self._move(self._state.skip())

    def _back(self) -> None:
        if self.back.isEnabled():
            self._move(self._state.back())

    def _later(self) -> None:
        self.place_asked.emit(View.NEEDS_REPLY.value)

    def _go_to(self, step: FirstStep) -> None:
        """A step's own way to another one."""
        self._move(replace(self._state, at=step))

    def _move(self, state: FirstRun) -> None:
        if self._beginning is None:
            return
        if state.stand is Stand.OVER and self._state.at is STEPS[-1]:
            self._state = state
            self._beginning.end(state)
            return
        self._state = state
        self._beginning.keep(state)
        self._show_step()
        self._focus_soon()

    def _make_keys(self) -> None:
        """Ctrl+Enter: next. Alt+Left: back. Alt+Right: skip; mirrored where one reads so. As a
        plain key an arrow would go from button to button."""
        ahead, behind = "Alt+Right", "Alt+Left"
        if self.layoutDirection() is Qt.LayoutDirection.RightToLeft:
            ahead, behind = behind, ahead
        for keys, run in (
            ("Ctrl+Return", self._next), ("Ctrl+Enter", self._next),
            (behind, self._back), (ahead, self._skip),
        ):  # fmt: skip
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(run)

    # --- being shown ---

    def showEvent(self, event: QShowEvent) -> None:
        """At the step where they were left, also when that is another than last time."""
        super().showEvent(event)
        if self._beginning is not None:
            self._follow(self._beginning.state)
            self._focus_soon()

    def _follow(self, state: FirstRun) -> None:
        is_other = state.at is not self._state.at
        self._state = state
        if is_other:
            self._show_step()

    def _focus_soon(self) -> None:
        """Once the new step stands there: until then it takes no keys."""
        QTimer.singleShot(0, self, self.focus_first)

    def focus_first(self) -> None:
        """Into what the step begins with, also when the screen was in front already."""
        if self.step is not None and self.isVisible():
            self.step.focus_first()

    def _drop_step(self) -> None:
        """Not at once: it may be what asked for another one."""
        old = self._middle.takeWidget()
        if old is not None:
            old.hide()
            old.deleteLater()
