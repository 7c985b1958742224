"""The incident room while there has been no incident: what makes one, and how it is practised."""

from functools import partial
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from socialdesk.i18n import tr
from socialdesk.ui.compose.parts import column, label, push, row
from socialdesk.ui.playbooks.page import Page
from socialdesk.ui.text_size import Px, follow_text

WIDEST: Final = 560  # px of a line to read


class QuietPage(Page):
    """`act_asked(id)`: of an action of the window. The page has the keys at first and no button: a
    Space that was meant to read on must not make an incident."""

    act_asked = Signal(str)

    def __init__(self) -> None:
        content = QWidget()
        super().__init__(tr("Incidents"), content)
        ways = (
            ("crisis_suspect", tr("Something is wrong"), "primary",
             tr("Notes it and counts the time. Nothing is locked.")),
            ("crisis_declare", tr("Declare an incident…"), "danger",
             tr("Crisis mode: what waits to be sent is held, and a playbook leads through it. "
                "Also by Ctrl+Shift+F12.")),
            ("start_drill", tr("Start a drill…"), "",
             tr("The same screens with invented posts; nothing leaves this computer.")),
        )  # fmt: skip
        lines = column(label(tr("There has been no incident"), "title"), space=20, margin=24)
        for action, name, kind, words in ways:
            button = push(name, partial(self.act_asked.emit, action), kind=kind)
            lines.addLayout(column(row(button, None), label(words, "dim"), space=4))
        self._lines = QWidget(content)
        self._lines.setLayout(lines)
        across = QHBoxLayout()
        across.addStretch(1)
        across.addWidget(self._lines, 100)
        across.addStretch(1)
        content.setLayout(column(None, across, None, None))
        follow_text(self, self._lay_out)

    def _lay_out(self, px: Px) -> None:
        self._lines.setMaximumWidth(px(WIDEST))
