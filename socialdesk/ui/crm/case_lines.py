"""The cases made of what somebody wrote, each with its state and what can be done about it."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from socialdesk.domain.people.crm import CaseRow, CaseState
from socialdesk.engine.commands.crm import CrmCommand, SettleCase, TakeCaseBack
from socialdesk.i18n import tr
from socialdesk.ui.compose.parts import clear, column, label, push, row
from socialdesk.ui.crm.words import kind_name, state_line
from socialdesk.ui.plain import isolated


class CaseLines(QWidget):
    """`done(command)`: what a person decided. `link_asked(url)`: open it in the browser.
    `mention_asked(id)`: what it was made of, where the lines lead there."""

    done = Signal(object)
    link_asked = Signal(str)
    mention_asked = Signal(object)

    def __init__(
        self, now: Callable[[], int], parent: QWidget, *, has_mentions: bool = False
    ) -> None:
        super().__init__(parent)
        self._now, self._has_mentions = now, has_mentions
        self._lines = column(space=4)
        self.setLayout(self._lines)

    def show_cases(self, cases: list[CaseRow]) -> None:
        """Newest first."""
        clear(self._lines)
        for case in cases:
            text, tone = state_line(case, self._now())
            name = f"{kind_name(case.kind)}: {isolated(case.subject)}"
            self._lines.addWidget(label(name))
            self._lines.addWidget(label(text, tone))
            if buttons := self._buttons(case):
                self._lines.addLayout(row(*buttons, None, space=4))

    def _buttons(self, case: CaseRow) -> list[QWidget]:
        made: list[QWidget] = []
        if self._has_mentions:
            show = partial(self.mention_asked.emit, case.mention_id)
            made.append(self._button(tr("Show the mention"), show))
        if case.url:
            made.append(self._button(tr("Open it"), partial(self.link_asked.emit, case.url)))
        if case.state is CaseState.QUEUED:
            word = tr("Take back") if case.is_held else tr("Give up")
            made.append(self._button(word, partial(self._do, TakeCaseBack(case.id))))
        is_asked = case.state is CaseState.UNCERTAIN and not case.next_at
        if is_asked:
            made.append(
                self._button(tr("It is there"), partial(self._do, SettleCase(case.id, True)))
            )
        if is_asked or case.state is CaseState.FAILED:
            again = tr("It is not: make it again") if is_asked else tr("Try again")
            made.append(self._button(again, partial(self._do, SettleCase(case.id, False))))
            made.append(self._button(tr("Discard"), partial(self._do, TakeCaseBack(case.id))))
        return made

    def _button(self, text: str, act: Callable[[], object]) -> QWidget:
        return push(text, act, kind="link")

    def _do(self, command: CrmCommand) -> None:
        self.done.emit(command)
