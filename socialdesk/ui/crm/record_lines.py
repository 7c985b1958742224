"""What one CRM knows of an author: the chosen record with its facts, else who it may be."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QVBoxLayout, QWidget

from socialdesk.domain.people.crm import CrmAccount, CrmPerson, RecordRow
from socialdesk.i18n import tr
from socialdesk.ui.compose.parts import column, label, push, row
from socialdesk.ui.crm.words import facts_line, looked_at, whom
from socialdesk.ui.plain import isolated, tip


class RecordLines(QWidget):
    """`looked(crm id)`: ask now. `chosen(row, is them)`. `link_asked(url)`. `let(crm id, is on)`:
    whether it is asked by itself."""

    looked = Signal(object)
    chosen = Signal(object, bool)
    link_asked = Signal(str)
    let = Signal(object, bool)

    def __init__(
        self, crm: CrmAccount, records: list[RecordRow], person: CrmPerson,
        now: Callable[[], int], parent: QWidget,
    ) -> None:  # fmt: skip
        super().__init__(parent)
        self._now = now
        lines = column(label(isolated(crm.name), "strong"), space=4)
        for one in records:
            self._add(lines, one)
        asked = whom(person)
        if not records:
            lines.addWidget(label(tr("Not looked up, or nobody was found."), "dim"))
        word = tr("Ask again") if records else tr("Look up")
        self.look = push(word, partial(self.looked.emit, crm.id), kind="link")
        self.look.setAccessibleName(f"{word}: {crm.name}")
        self.look.setEnabled(crm.is_on and bool(asked))
        lines.addLayout(row(self.look, None))
        if asked:
            lines.addWidget(label(tr("Asks for: {whom}", whom=asked), "dim"))
        self.by_itself = QCheckBox(tr("Look up by itself"))
        self.by_itself.setChecked(crm.looks_up)
        self.by_itself.setToolTip(tip(
            tr("Asks {crm} for everybody whose mention is shown beside this pane, once a day each.",
               crm=crm.name)
        ))  # fmt: skip
        self.by_itself.toggled.connect(lambda is_on: self.let.emit(crm.id, is_on))
        lines.addWidget(self.by_itself)
        self.setLayout(lines)

    def _add(self, lines: QVBoxLayout, one: RecordRow) -> None:
        lines.addWidget(label(isolated(one.record.name), "accent" if one.is_chosen else ""))
        if facts := facts_line(one):
            lines.addWidget(label(facts))
        lines.addWidget(label(looked_at(one, self._now()), "dim"))
        word = tr("Not them") if one.is_chosen else tr("This is them")
        them = push(word, partial(self.chosen.emit, one, not one.is_chosen), kind="link")
        them.setAccessibleName(f"{word}: {one.record.name}")
        buttons: list[QWidget] = [them]
        if one.record.url:
            buttons.append(
                push(tr("Open it"), partial(self.link_asked.emit, one.record.url), kind="link")
            )
        lines.addLayout(row(*buttons, None, space=4))
