"""Response targets of networks and labels: one line each, and a line to add another."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QComboBox, QSpinBox, QWidget

from socialdesk.domain.targets import LONGEST, Targets, TargetsError, parse_targets
from socialdesk.engine.words.hours import targets_fault
from socialdesk.i18n import tr
from socialdesk.ui.compose.parts import NoticeBar, clear, column, label, number, push, row, tool
from socialdesk.ui.settings.mark import Mark
from socialdesk.ui.words import network_label

NETWORK, LABEL = "network", "label"
FIRST_MIN = 30  # offered for a new one


class TargetsBox(QWidget):
    """`chosen(value)`: of the setting `targets`. `names`: of what may have a target, per kind."""

    chosen = Signal(str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._targets = Targets()
        self._names: dict[tuple[str, str], str] = {}
        self._notice = NoticeBar(self)
        self._lines = column(space=4)
        self._more = QComboBox()
        self._more.setAccessibleName(tr("Network or label with a target of its own"))
        self._more.setMinimumWidth(220)
        self._add_button = add = push(tr("Add a target"), self._add)
        self._mark = Mark(tr("Targets of their own"), self, add, is_after=True)
        self._mark.back.connect(self._more.setFocus)
        self._mark.back.connect(lambda: self._take(Targets(), fills=True))
        what = tr("For a network or a label. Of those that fit a mention the shortest counts; "
                  "0 minutes: it is never due. Default: none.")  # fmt: skip
        self._more.setAccessibleDescription(what)
        self.setLayout(column(
            label(tr("Targets of their own"), "strong"),
            label(what, "dim"),
            self._notice, row(self._more, add, None, self._mark), self._lines, space=6,
        ))  # fmt: skip

    def show_names(self, networks: Sequence[str], labels: Sequence[tuple[int, str]]) -> None:
        """`networks`: keys; `labels`: id and name."""
        self._names = {(NETWORK, key): network_label(key) for key in networks}
        self._names |= {(LABEL, str(id)): tr("Label {name}", name=name) for id, name in labels}
        self._fill()

    def show_value(self, packed: str) -> None:
        """What is kept."""
        try:
            self._targets = parse_targets(packed)
        except TargetsError as e:
            self._notice.tell(targets_fault(e))
            self._targets = Targets()
        self._fill()

    def _fill(self) -> None:
        self._mark.show_changed(bool(self._targets.packed()))
        clear(self._lines)
        given, last = self._given(), self._mark.button or self._add_button
        for (kind, key), minutes in given.items():
            name = self._names.get((kind, key), key)
            field: QSpinBox = number(name, 0, LONGEST, tr("minutes"))
            with QSignalBlocker(field):
                field.setValue(minutes)
            field.valueChanged.connect(partial(self._set, kind, key))
            drop = tool(tr("Remove the target of {name}", name=name),
                        partial(self._set, kind, key, -1), "x")  # fmt: skip
            self._lines.addLayout(row(label(name, wraps=False), None, field, drop))
            for stop in (field, drop):  # Tab goes through them before what follows
                QWidget.setTabOrder(last, stop)
                last = stop
        with QSignalBlocker(self._more):
            self._more.clear()
            for pair, name in self._names.items():
                if pair not in given:
                    self._more.addItem(name, pair)

    def _given(self) -> dict[tuple[str, str], int]:
        given = {(NETWORK, key): minutes for key, minutes in self._targets.networks}
        return given | {(LABEL, str(id)): minutes for id, minutes in self._targets.labels}

    def _add(self) -> None:
        if (pair := self._more.currentData()) is not None:
            kind, key = pair
            self._set(kind, key, FIRST_MIN)

    def _set(self, kind: str, key: str, minutes: int) -> None:
        """-1 takes it away."""
        given = self._given()
        given[kind, key] = minutes
        left = {pair: n for pair, n in given.items() if n >= 0}
        made = Targets(
            tuple((k, n) for (kind_, k), n in left.items() if kind_ == NETWORK),
            tuple((int(k), n) for (kind_, k), n in left.items() if kind_ == LABEL),
        )
        try:
            parse_targets(made.packed())
        except TargetsError as e:
            self._notice.tell(targets_fault(e))
            return
        self._take(made, fills=minutes < 0 or minutes == FIRST_MIN)

    def _take(self, made: Targets, *, fills: bool) -> None:
        self._notice.clear()
        self._targets = made
        if fills:
            self._fill()
        self.chosen.emit(made.packed())
