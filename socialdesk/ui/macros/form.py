"""The steps of a macro as a form: one line each, empty = not part of it."""

from collections.abc import Sequence

from PySide6.QtWidgets import QComboBox, QFormLayout, QLineEdit, QWidget

from socialdesk.domain.mentions.status import Disposition, Status
from socialdesk.domain.queue.rows import PersonRow, TemplateRow
from socialdesk.domain.rules.step import Step, StepKind
from socialdesk.i18n import tr
from socialdesk.ui.plain import isolated
from socialdesk.ui.text_size import Px, follow_text
from socialdesk.ui.words import status_word

NARROWEST = 150  # px of a field
_STATUSES = (Status.DONE, Status.OPEN, Status.WAITING, Status.NEW, Status.SPAM)
_CHOSEN = (StepKind.REPLY, StepKind.STATUS, StepKind.PRIORITY, StepKind.ASSIGN, StepKind.PIN,
           StepKind.VIP, StepKind.MUTE)  # fmt: skip
_LINES = (StepKind.REPLY, StepKind.LABEL, StepKind.UNLABEL, StepKind.STATUS, StepKind.SNOOZE,
          StepKind.PRIORITY, StepKind.ASSIGN, StepKind.NOTE, StepKind.PIN, StepKind.VIP,
          StepKind.MUTE)  # fmt: skip
_TYPED = (StepKind.LABEL, StepKind.UNLABEL, StepKind.SNOOZE, StepKind.NOTE)


class StepsForm(QWidget):
    """`show_steps` fills it, `steps` reads it, in the order they are done."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._boxes: dict[StepKind, QComboBox] = {}
        self._fields: dict[StepKind, QLineEdit] = {}
        self._form = QFormLayout(self)
        self._form.setContentsMargins(0, 0, 0, 0)
        self._form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapLongRows)
        self._form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        for kind in _LINES:  # made in the order in which Tab goes through them
            part = self._made(kind)
            part.setAccessibleName(_name(kind))
            self._form.addRow(_name(kind), part)
        follow_text(self, self._lay_out)
        self._fields[StepKind.LABEL].setPlaceholderText(tr("Several by comma"))
        self._fields[StepKind.SNOOZE].setPlaceholderText(tr("2h, tomorrow 9, fri, 24.12 10:00"))
        self.offer([], [])

    def _lay_out(self, px: Px) -> None:
        """A field that would be narrower goes under its name."""
        for part in (*self._fields.values(), *self._boxes.values()):
            part.setMinimumWidth(px(NARROWEST))

    def _made(self, kind: StepKind) -> QWidget:
        if kind in _TYPED:
            self._fields[kind] = QLineEdit(self)
            return self._fields[kind]
        box = self._boxes[kind] = QComboBox(self)
        box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        return box

    def offer(self, templates: Sequence[TemplateRow], people: Sequence[PersonRow]) -> None:
        """What a reply may say, and who may be handed to."""
        kept = self.steps()
        self._fill(StepKind.REPLY, [(t.id, isolated(t.name)) for t in templates], tr("No reply"))
        people_ = [(p.id, isolated(p.name)) for p in people]
        self._fill(StepKind.ASSIGN, [(0, tr("Nobody")), *people_])
        self._fill(StepKind.STATUS, [(s.value, status_word(s)) for s in _STATUSES])
        levels = [(n, tr("Priority {n}", n=n)) for n in range(1, 5)]
        self._fill(StepKind.PRIORITY, [(0, tr("None")), *levels])
        for kind in (StepKind.PIN, StepKind.VIP, StepKind.MUTE):
            self._fill(kind, [(1, tr("Yes")), (0, tr("No longer"))])
        self.show_steps(kept)

    def show_steps(self, steps: Sequence[Step]) -> None:
        for box in self._boxes.values():
            box.setCurrentIndex(0)
        texts: dict[StepKind, list[str]] = {kind: [] for kind in _TYPED}
        for step in steps:
            if (chosen := self._boxes.get(step.kind)) is not None:
                chosen.setCurrentIndex(max(0, chosen.findData(step.number)))
            else:
                texts[step.kind].append(step.text)
        for kind, field in self._fields.items():
            field.setText(", ".join(texts[kind]))

    def steps(self) -> tuple[Step, ...]:
        """Reply first, status last: what a status says stands at the end."""
        found: list[Step] = []
        for kind in (StepKind.REPLY, *_TYPED, *_CHOSEN[2:], StepKind.STATUS):
            found += self._steps_of(kind)
        return tuple(found)

    def _steps_of(self, kind: StepKind) -> list[Step]:
        if (field := self._fields.get(kind)) is not None:
            text = field.text().strip()
            parts = text.split(",") if kind in (StepKind.LABEL, StepKind.UNLABEL) else [text]
            return [Step(kind, part.strip()) for part in parts if part.strip()]
        number = self._boxes[kind].currentData()
        if number is None:
            return []
        is_done = kind is StepKind.STATUS and number == Status.DONE.value
        ended = Disposition.NO_REPLY_NEEDED if is_done else Disposition.NONE
        return [Step(kind, "", int(number), ended.value)]

    def _fill(self, kind: StepKind, choices: Sequence[tuple[int, str]], none: str = "") -> None:
        box = self._boxes[kind]
        box.clear()
        box.addItem(none or tr("As it is"), None)
        for number, name in choices:
            box.addItem(name, number)


def _name(kind: StepKind) -> str:
    return {
        StepKind.REPLY: tr("Reply with"), StepKind.LABEL: tr("Labels put on"),
        StepKind.UNLABEL: tr("Labels taken off"), StepKind.STATUS: tr("Status"),
        StepKind.SNOOZE: tr("Snooze until"), StepKind.PRIORITY: tr("Priority"),
        StepKind.ASSIGN: tr("Hand over to"), StepKind.NOTE: tr("Note"), StepKind.PIN: tr("Pinned"),
        StepKind.VIP: tr("Author is a VIP"), StepKind.MUTE: tr("Author is muted"),
    }[kind]  # fmt: skip
