"""Macros by their keys: run on what is marked or current; a reply with open slots is opened."""

from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from socialdesk.domain.frozen import frozen
from socialdesk.domain.queue.rows import Detail, QueueRow, TemplateRow, VersionRow
from socialdesk.engine.desk import Desk, Done
from socialdesk.engine.queries import ListTemplates, ReadDetail
from socialdesk.i18n import tr
from socialdesk.ui.actions import Action
from socialdesk.ui.plain import isolated
from socialdesk.ui.tasks import Latest, Waiter
from socialdesk.ui.words import local_zone

if TYPE_CHECKING:
    from socialdesk.domain.rules.macro import Macro
    from socialdesk.ui.inbox.acting import Acting

N_KEYS = 9


@frozen
class _Prepared:
    """A reply as a macro would write it. `empty`: its slots that nobody can fill but a person."""

    version: VersionRow
    text: str
    values: tuple[tuple[str, str], ...]
    empty: tuple[str, ...]


class Macros(QObject):
    """`said(text, can_undo)`. `failed(error)`. `settled()`: the desk has it. `reply_asked(id)`: the
    composer of this mention holds the reply, with slots to fill."""

    said = Signal(str, bool)
    failed = Signal(object)
    settled = Signal()
    reply_asked = Signal(object)

    def __init__(
        self,
        desk: Desk,
        acting: "Callable[[], Acting | None]",
        now: Callable[[], int],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._desk, self._acting, self._now = desk, acting, now
        self._reading = Latest(self)
        self._macros: list[Macro] = []

    def read(self) -> None:
        """Ask for them anew; a failure leaves those known."""
        from socialdesk.engine.queries.macros import ListMacros

        self._reading.wait(self._desk.ask(ListMacros()), self._on_read, lambda _: None)

    def _on_read(self, macros: "list[Macro]") -> None:
        self._macros = macros

    def name(self, n: int) -> str:
        """Of the macro with key `n`."""
        name = isolated(self._macros[n - 1].name) if n <= len(self._macros) else ""
        return tr("Macro {n}: {name}", n=n, name=name)

    def can_run(self, n: int) -> bool:
        acting = self._acting()
        return n <= len(self._macros) and acting is not None and acting.row is not None

    def choose(self) -> None:
        """Which macro, by name."""
        from socialdesk.ui.palette import Choice, ask, fuzzy

        choices = [
            Choice(isolated(m.name), m, tr("q {n}", n=n) if n <= N_KEYS else "")
            for n, m in enumerate(self._macros, 1)
        ]
        acting = self._acting()
        if acting is not None:
            ask(
                tr("Run a macro"),
                tr("Type a few letters"),
                lambda typed: fuzzy(typed, choices),
                self.run,
                acting.pane.window(),
                tr("There is no macro yet. Make one with q e."),
            )

    def run_key(self, n: int) -> None:
        """The macro with key `n`."""
        if self.can_run(n):
            self.run(self._macros[n - 1])

    def run(self, macro: "Macro") -> None:
        """On what is marked, else on the current mention."""
        acting = self._acting()
        if acting is None or not acting.can_act or (row := acting.row) is None:
            return
        ids, until = acting.aim().ids, self._until(macro)
        if until is None:
            self.said.emit(tr("The time of its snooze is not understood."), False)
        elif macro.reply is None:
            self._send(macro, ids, until, None)
        elif len(ids) > 1:
            self.said.emit(tr("A macro with a reply works on one mention at a time."), False)
        elif row.has_draft:
            self.said.emit(tr("A draft is there already: send it or empty it first."), False)
            self.reply_asked.emit(row.id)
        else:
            self._answer(macro, row, until)

    def _until(self, macro: "Macro") -> int | None:
        """When its snooze ends; 0 when it has none, None when it is not understood."""
        if macro.snooze is None:
            return 0
        from socialdesk.domain.times.when import parse_when

        here = datetime.fromtimestamp(self._now() / 1000, UTC).astimezone(local_zone())
        found = parse_when(macro.snooze.text, here)
        return None if found is None else int(found.timestamp() * 1000)

    def _answer(self, macro: "Macro", row: QueueRow, until: int) -> None:
        def with_detail(detail: Detail | None) -> None:
            if detail is not None:
                Waiter(self, self._desk.ask(ListTemplates()),
                       lambda rows: with_templates(detail, rows), self.failed.emit)  # fmt: skip

        def with_templates(detail: Detail, rows: list[TemplateRow]) -> None:
            prepared = _prepared(macro, detail, rows)
            if prepared is None:
                self.said.emit(tr("Its template has no approved version any more."), False)
            elif prepared.empty:
                self._open(detail, prepared)
            else:
                self._send(macro, (row.id,), until, (detail, prepared))

        Waiter(self, self._desk.ask(ReadDetail(row.id)), with_detail, self.failed.emit)

    def _open(self, detail: Detail, prepared: _Prepared) -> None:
        from socialdesk.engine.commands import SaveDraft

        draft = SaveDraft(detail.row.id, prepared.text, prepared.version.id, prepared.values,
                          prepared.version.lang)  # fmt: skip
        empty = ", ".join(isolated(name) for name in prepared.empty)

        def opened(_: Done) -> None:
            self.said.emit(tr("Fill in {slots}, then send. No other step was done yet.",
                              slots=empty), False)  # fmt: skip
            self.reply_asked.emit(detail.row.id)

        Waiter(self, self._desk.do(draft), opened, self.failed.emit)

    def _send(
        self, macro: "Macro", ids: tuple[int, ...], until: int,
        reply: tuple[Detail, _Prepared] | None,
    ) -> None:  # fmt: skip
        from socialdesk.engine.commands.macros import RunMacro

        command = RunMacro(macro.id, ids, until)
        if reply is not None:
            detail, said = reply
            known = tuple(p.mention_id for p in detail.thread if p.mention_id)
            command = RunMacro(macro.id, ids, until, said.text, said.version.id, said.values,
                               said.version.lang, known)  # fmt: skip

        def done(_: Done) -> None:
            self.said.emit(tr("Macro {name}", name=isolated(macro.name)), True)
            self.settled.emit()

        Waiter(self, self._desk.do(command), done, self.failed.emit)


def _prepared(macro: "Macro", detail: Detail, rows: list[TemplateRow]) -> _Prepared | None:
    """The approved version in the mention's language, filled as far as we know."""
    from socialdesk.domain.replies.template import empty_slots, fill
    from socialdesk.ui.compose.choosing import choices
    from socialdesk.ui.compose.writing import first_names

    wanted = macro.reply.number if macro.reply else 0
    choice = next((c for c in choices(rows) if c.template_id == wanted), None)
    if choice is None:
        return None
    version = choice.version(detail.lang)
    values = first_names(detail.row.author)
    empty = tuple(dict.fromkeys(empty_slots(version.body, values)))
    return _Prepared(version, fill(version.body, values), tuple(values.items()), empty)


def macro_actions(macros: Macros, edit: Callable[[], None]) -> list[Action]:
    """`q` and a number runs one, `q q` asks which, `q e` edits them."""

    def can_choose() -> bool:
        return macros.can_run(0)

    numbered = [
        Action(f"macro_{n}", partial(macros.name, n), f"q {n}", partial(macros.run_key, n),
               partial(macros.can_run, n))
        for n in range(1, N_KEYS + 1)
    ]  # fmt: skip
    return [
        Action("macro", lambda: tr("Run a macro…"), "q q", macros.choose, can_choose),
        Action("macros_edit", lambda: tr("Edit macros…"), "q e", edit),
        *numbered,
    ]
