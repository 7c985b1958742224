"""Macros, one beside the other: their names, their order, their steps."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from socialdesk.domain.errors import SocialDeskError
from socialdesk.domain.queue.rows import PersonRow, TemplateRow
from socialdesk.domain.rules.macro import MAX_NAME, Macro, fault_of
from socialdesk.engine.commands import Command
from socialdesk.engine.commands.macros import DeleteMacro, OrderMacros, SaveMacro
from socialdesk.engine.desk import Desk, Done
from socialdesk.engine.queries import ListPeople, ListTemplates
from socialdesk.engine.queries.macros import ListMacros
from socialdesk.engine.words.messages import sentence
from socialdesk.i18n import tr
from socialdesk.ui.compose.parts import column
from socialdesk.ui.macros.form import StepsForm
from socialdesk.ui.plain import label, one_line
from socialdesk.ui.scroll_area import ScrollArea
from socialdesk.ui.tasks import Latest, Waiter
from socialdesk.ui.text_size import resize_for_text

_KEYS = 9  # macros that have a key


class MacrosDialog(QDialog):
    """Every button does its work at once; closing loses only what was not saved."""

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__(parent)
        self._desk, self._reading = desk, Latest(self)
        self._macros: list[Macro] = []
        self._id = 0  # of the one in the form; 0 = a new one
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(tr("Macros"))
        resize_for_text(self, 780, 620)
        self._make()
        self._read(0)
        Waiter(self, desk.ask(ListTemplates()), self._on_templates, self._on_failed)

    def _make(self) -> None:
        self._list = QListWidget(self)
        self._list.setAccessibleName(tr("Macros"))
        self._list.currentRowChanged.connect(self._on_chosen)
        self._name = QLineEdit(self)
        self._name.setMaxLength(MAX_NAME)
        self._name.setPlaceholderText(tr("Name of the macro"))
        self._name.setAccessibleName(tr("Name of the macro"))
        self._form = StepsForm(self)
        self._fault = label(parent=self, tone="warn", wraps=True)
        self._fault.hide()
        buttons = QHBoxLayout()
        for name, run, kind in (
            (tr("New"), self._new, ""), (tr("Up"), lambda: self._move(-1), ""),
            (tr("Down"), lambda: self._move(1), ""), (tr("Delete"), self._delete, ""),
        ):  # fmt: skip
            buttons.addWidget(self._button(name, run, kind))
        left = QVBoxLayout()
        left.addWidget(self._list, 1)
        left.addLayout(buttons)
        right = QVBoxLayout()
        right.addWidget(self._name)
        scroll = ScrollArea(self)  # large text is longer than a laptop's screen
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # what is in it takes the keys
        scroll.setProperty("ground", "none")
        words = label(
            tr("Every step or none is done, as one act with one undo. A reply leaves only with "
               "approved words and every slot filled; else it opens, filled as far as it goes."),
            self, tone="dim", wraps=True)  # fmt: skip
        inside = QWidget(scroll)
        inside.setLayout(column(self._form, words, None, space=16))
        scroll.setWidget(inside)
        right.addWidget(scroll, 1)
        right.addWidget(self._fault)
        foot = QHBoxLayout()
        foot.addStretch(1)
        foot.addWidget(self._button(tr("Close"), self.close, ""))
        foot.addWidget(self._button(tr("Save (Ctrl+Enter)"), self.save, "primary"))
        right.addLayout(foot)
        layout = QHBoxLayout(self)
        layout.setSpacing(16)
        layout.addLayout(left, 2)
        layout.addLayout(right, 3)

    def _button(self, name: str, run: object, kind: str) -> QPushButton:
        button = QPushButton(name, self)
        button.setAutoDefault(False)
        if kind:
            button.setProperty("kind", kind)
        button.clicked.connect(lambda: run())  # type: ignore[operator]
        return button

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if (
            event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
            and event.modifiers() & Qt.KeyboardModifier.ControlModifier
        ):
            self.save()
        else:
            super().keyPressEvent(event)

    # --- what the buttons do ---

    def save(self) -> None:
        """Keep what the form says, under its name."""
        steps = self._form.steps()
        if why := _why(self._name.text(), fault_of(steps)):
            self._say(why)
            return
        values = tuple((s.kind.value, s.text, s.number, s.disposition) for s in steps)
        command = SaveMacro(one_line(self._name.text()), values, self._id)
        Waiter(self, self._desk.do(command), self._on_saved, self._on_failed)

    def _new(self) -> None:
        self._list.setCurrentRow(-1)
        self._show(Macro(0, "", ()))
        self._name.setFocus()

    def _delete(self) -> None:
        if self._id:
            self._do(DeleteMacro(self._id), 0)

    def _move(self, step: int) -> None:
        ids = [macro.id for macro in self._macros]
        at = self._list.currentRow()
        if 0 <= at < len(ids) and 0 <= at + step < len(ids):
            ids.insert(at + step, ids.pop(at))
            self._do(OrderMacros(tuple(ids)), self._id)

    def _do(self, command: Command, then: int) -> None:
        Waiter(self, self._desk.do(command), lambda _: self._read(then), self._on_failed)

    def _on_saved(self, done: Done) -> None:
        self._read(int(done.answer.get("macro_id", 0)))

    # --- showing ---

    def _read(self, then: int) -> None:
        """`then`: the macro to show."""

        def show(macros: list[Macro]) -> None:
            self._macros = macros
            self._list.clear()
            for n, macro in enumerate(macros, 1):
                keys = tr("q {n}", n=n) if n <= _KEYS else ""
                text = tr("{name}   {keys}", name=one_line(macro.name), keys=keys)
                self._list.addItem(QListWidgetItem(text.rstrip()))
            at = next((n for n, macro in enumerate(macros) if macro.id == then), 0)
            self._list.setCurrentRow(at if macros else -1)
            if not macros:
                self._new()

        self._reading.wait(self._desk.ask(ListMacros()), show, self._on_failed)

    def _on_chosen(self, at: int) -> None:
        if 0 <= at < len(self._macros):
            self._show(self._macros[at])

    def _show(self, macro: Macro) -> None:
        self._id = macro.id
        self._name.setText(one_line(macro.name))
        self._form.show_steps(macro.steps)
        self._say("")

    def _on_templates(self, templates: list[TemplateRow]) -> None:
        def fill(people: list[PersonRow]) -> None:
            shown = next((m for m in self._macros if m.id == self._id), None)
            self._form.offer([t for t in templates if not t.is_archived], people)
            if shown is not None:
                self._form.show_steps(shown.steps)

        Waiter(self, self._desk.ask(ListPeople()), fill, self._on_failed)

    def _on_failed(self, error: SocialDeskError) -> None:
        said = sentence(error)
        self._say(" ".join(filter(None, (said.text, said.next_step))))

    def _say(self, text: str) -> None:
        self._fault.setText(text)
        self._fault.setVisible(bool(text))


def _why(name: str, fault: str) -> str:
    """What is missing, as a sentence; "" = nothing."""
    if not name.strip():
        return tr("Give the macro a name.")
    return {
        "": "", "empty": tr("Choose at least one step."),
        "too_many": tr("These are too many steps."),
        "twice": tr("A status and a snooze cannot both stand at the end: choose one."),
        "text": tr("A step has no text."),
    }[fault]  # fmt: skip
