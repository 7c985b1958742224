"""Whether the first steps show themselves, and how far they are: kept in the workspace.

They open by themselves once, in a workspace with no account and no mention; where they were left
open, also at the next start. Put off, they are one line; finished or dismissed, an entry of the
palette.
"""

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Signal
from PySide6.QtWidgets import QVBoxLayout

from socialdesk.domain.changes import Area, Changes
from socialdesk.domain.errors import SocialDeskError
from socialdesk.domain.first_run import FirstRun, FirstStep, Stand, shows_itself
from socialdesk.domain.queue.rows import View
from socialdesk.engine.desk import Desk, EngineState
from socialdesk.engine.queries.first_run import FirstRunRow, ReadFirstRun
from socialdesk.ui.bridge import Bridge
from socialdesk.ui.first_run.setup_line import SetupLine
from socialdesk.ui.tasks import Latest, Waiter

if TYPE_CHECKING:
    from socialdesk.ui.shell import Shell

PLACE = "first_steps"
LINE_AT = 2  # under the lines about the engine and about a long act


class Beginning(QObject):
    """A child of the window of somebody's own workspace; a practice brand's or a drill's has
    none. `row`: as it was last read; `changed()`: it is another one."""

    changed = Signal()

    def __init__(self, desk: Desk, window: "Shell") -> None:
        super().__init__(window)
        self._desk, self._window, self._reading = desk, window, Latest(self)
        self._is_read = False  # what is kept is known
        self._is_own = False  # the state was changed in this window
        self.row = FirstRunRow(None, False, 0, "")
        self._line = self._make_line()
        bridge = Bridge(desk, self)
        bridge.changed.connect(self._on_changed)
        bridge.state_changed.connect(self._on_state)
        window.screens.currentChanged.connect(lambda _: self._on_screen())
        window.installEventFilter(self)
        self._read()

    @property
    def state(self) -> FirstRun:
        """How far they are; the beginning, when they never began."""
        return self.row.kept or FirstRun()

    def keep(self, state: FirstRun) -> None:
        """From now on. The window shows it at once; the engine writes it."""
        from socialdesk.engine.commands.first_run import KeepFirstRun

        self._is_own = True
        if state == self.row.kept:
            self._remind()
            return
        self.row = replace(self.row, kept=state)
        self._remind()
        command = KeepFirstRun(state.packed())
        Waiter(self, self._desk.do(command), lambda _: None, self._window.screens.failed.emit)

    def end(self, state: FirstRun | None = None) -> None:
        """Gone through (`state`: the last one), or dismissed."""
        self.keep((state or self.state).stands(Stand.OVER))
        if self._is_shown():
            self._window.show_place(View.NEEDS_REPLY.value)

    def open(self) -> None:
        """On the screen, at the step where they were left."""
        self._window.show_place(PLACE)

    # --- what the window tells ---

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.LanguageChange:
            self._remind()
        return False

    def _on_screen(self) -> None:
        """Looking elsewhere puts them off; coming back takes them up again. Nothing is kept before
        what was kept is known: it would be lost."""
        kept = self.row.kept
        if not self._is_read:
            return
        if self._is_shown() and kept is not None and kept.stand is Stand.OVER:
            self.keep(replace(kept, at=FirstStep.WORDS))  # by hand, once more: no line afterwards
        elif self._is_shown():
            self.keep(self.state.stands(Stand.OPEN))
        elif kept is not None and kept.stand is Stand.OPEN:
            self.keep(kept.stands(Stand.LATER))

    # --- what the desk tells ---

    def _on_state(self, state: EngineState) -> None:
        if state is EngineState.READY:
            self._read()

    def _on_changed(self, changes: Changes) -> None:
        if changes.areas & {Area.SETTINGS, Area.ACCOUNTS, Area.ALL}:
            self._read()

    def _read(self) -> None:
        self._reading.wait(self._desk.ask(ReadFirstRun()), self._follow, self._on_unread)

    def _follow(self, row: FirstRunRow) -> None:
        # What was read may be older than what was kept here last; nobody else keeps it.
        self.row = replace(row, kept=self.row.kept) if self._is_own else row
        is_first, self._is_read = not self._is_read, True
        if is_first and self._is_shown():  # somebody was quicker
            self._on_screen()
        self.changed.emit()
        if is_first and self._is_free() and shows_itself(row.kept, is_new=row.is_new):
            self.open()
        else:
            self._remind()

    def _on_unread(self, error: SocialDeskError) -> None:
        """The engine is still making the file; READY comes."""

    # --- the line ---

    def _make_line(self) -> SetupLine:
        whole = self._window.centralWidget()
        assert whole is not None
        line = SetupLine(whole)
        line.go_on.connect(self.open)
        line.dismissed.connect(lambda: self.end())
        layout = whole.layout()
        assert isinstance(layout, QVBoxLayout)
        layout.insertWidget(LINE_AT, line)
        return line

    def _remind(self) -> None:
        kept = self.row.kept
        is_due = kept is not None and kept.stand is not Stand.OVER and not self._is_shown()
        if kept is not None:
            self._line.show_state(kept)
        self._line.setVisible(is_due)

    def _is_free(self) -> bool:
        """Nobody has begun anything: they may show themselves."""
        is_inbox = self._window.place == View.NEEDS_REPLY.value
        return is_inbox and not self._window.inbox.pane.search

    def _is_shown(self) -> bool:
        return self._window.place == PLACE and not self._window.is_inbox()
