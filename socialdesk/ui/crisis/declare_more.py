"""The part of the declare sheet that has good defaults: roles, scope, whom to tell."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QGridLayout, QListWidget, QListWidgetItem, QWidget

from socialdesk.domain.crisis.crisis_rows import AudienceRow
from socialdesk.domain.crisis.incident import Role
from socialdesk.domain.queue.rows import AccountRow, PersonRow
from socialdesk.i18n import LANGUAGES, tr
from socialdesk.ui.compose.parts import column, label, row
from socialdesk.ui.crisis.audience_words import kind_word
from socialdesk.ui.crisis.words import role_word
from socialdesk.ui.plain import isolated, one_line, tip

KEY: Final = Qt.ItemDataRole.UserRole
ROLES: Final = (Role.SPOKESPERSON, Role.APPROVER, Role.SCRIBE, Role.OPERATOR, Role.ADVISER)
HEIGHT: Final = 128  # px of a list
MOST_PX: Final = 220  # of a name


class TickList(QListWidget):
    """Lines that Space ticks."""

    ticked = Signal()

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setProperty("framed", "yes")
        self.setAccessibleName(name)
        self.setMinimumHeight(72)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setMaximumHeight(HEIGHT)
        self.itemChanged.connect(lambda _: self.ticked.emit())

    def fill(self, entries: Sequence[tuple[str, object]]) -> None:
        """(words, value); all ticked."""
        blocked = self.blockSignals(True)
        self.clear()
        for words, value in entries:
            entry = QListWidgetItem(words)
            entry.setData(KEY, value)
            entry.setToolTip(tip(words))
            entry.setCheckState(Qt.CheckState.Checked)
            self.addItem(entry)
        if entries:
            self.setCurrentRow(0)
        self.blockSignals(blocked)

    def values(self) -> tuple[object, ...]:
        """Of what is ticked."""
        entries = (self.item(n) for n in range(self.count()))
        return tuple(e.data(KEY) for e in entries if e.checkState() is Qt.CheckState.Checked)

    @property
    def is_all(self) -> bool:
        return len(self.values()) == self.count()


class MorePane(QWidget):
    """`changed()`: of the scope. Nothing here has to be touched."""

    changed = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._roles = {role: QComboBox() for role in ROLES}
        self._accounts = TickList(tr("Accounts in scope"))
        self._languages = TickList(tr("Languages in scope"))
        self._audiences = TickList(tr("Who must hear it from us"))
        self._languages.fill([(name, code) for code, name in LANGUAGES.items()])
        self._no_audience = label(tr("No audience is set up yet."), "dim")
        self._accounts.ticked.connect(self.changed)
        self._languages.ticked.connect(self.changed)
        whole = row(space=18)
        whole.addLayout(column(self._role_grid(), None, space=4), 4)
        for name, *parts in (
            (tr("Accounts"), self._accounts),
            (tr("Languages"), self._languages),
            (tr("To tell"), self._audiences, self._no_audience),
        ):
            head = label(name, "strong", wraps=False)
            head.setBuddy(parts[0])
            whole.addLayout(column(head, *parts, None, space=4), 3)
        self.setLayout(whole)

    def _role_grid(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(3)
        for n, (role, box) in enumerate(self._roles.items()):
            name = role_word(role.value)
            box.setAccessibleName(name)
            box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
            head = label(name, wraps=False)
            head.setBuddy(box)
            grid.addWidget(head, n, 0)
            grid.addWidget(box, n, 1)
        grid.setColumnStretch(1, 1)
        return grid

    def fill_people(self, people: Sequence[PersonRow]) -> None:
        """Nobody needs to be named; one person may hold all roles."""
        for box in self._roles.values():
            box.clear()
            box.addItem(tr("Nobody yet"), 0)
            for person in people:
                box.addItem(one_line(person.name), person.id)
            # Qt keeps the smallest width of what it held first.
            box.setMinimumWidth(min(box.sizeHint().width(), MOST_PX))

    def fill_accounts(self, accounts: Sequence[AccountRow]) -> None:
        shown = [(isolated(a.name or a.server), a.id) for a in accounts if not a.is_crm]
        self._accounts.fill(shown)

    def fill_audiences(self, audiences: Sequence[AudienceRow]) -> None:
        lines = [(f"{one_line(a.name)} ({kind_word(a.kind)})", a.id) for a in audiences]
        self._audiences.fill(lines)
        self._audiences.setVisible(bool(audiences))
        self._no_audience.setVisible(not audiences)

    @property
    def roles(self) -> tuple[tuple[str, int], ...]:
        """(role, person id) of those that are named."""
        named = ((role.value, int(box.currentData() or 0)) for role, box in self._roles.items())
        return tuple((role, person) for role, person in named if person)

    @property
    def accounts(self) -> tuple[int, ...]:
        """() = all."""
        return () if self._accounts.is_all else tuple(_ints(self._accounts.values()))

    @property
    def languages(self) -> tuple[str, ...]:
        """() = all, those we have no texts for too."""
        return () if self._languages.is_all else tuple(map(str, self._languages.values()))

    @property
    def is_scope_empty(self) -> bool:
        """Everything was ticked off: () would mean all."""
        has_none = bool(self._accounts.count()) and not self._accounts.values()
        return has_none or not self._languages.values()

    @property
    def audiences(self) -> tuple[int, ...]:
        return tuple(_ints(self._audiences.values()))


def _ints(values: Sequence[object]) -> list[int]:
    return [value for value in values if isinstance(value, int)]
