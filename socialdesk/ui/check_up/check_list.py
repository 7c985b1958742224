"""What was checked as a list: by arrow keys, and heard line by line."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QEvent, QSize
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QListWidget, QListWidgetItem

from socialdesk.domain.check import Check
from socialdesk.i18n import tr
from socialdesk.ui.icons import icon
from socialdesk.ui.plain import one_line
from socialdesk.ui.text_size import at_size
from socialdesk.ui.theme import tokens
from socialdesk.ui.wrapped import wrap_rows

_ICON: Final = 16  # px at 100 per cent


def line(check: Check) -> str:
    """As it is read, heard and copied."""
    mark = tr("Good") if check.is_well else tr("Look at it")
    said = tr("{mark}: {text}", mark=mark, text=one_line(check.text))
    return f"{said}\n{one_line(check.next_step)}" if check.next_step else said


class CheckList(QListWidget):
    """What needs a look stands first."""

    def __init__(self) -> None:
        self._checks: list[Check] = []
        super().__init__()
        self.setAccessibleName(tr("What was checked"))
        self.setProperty("framed", "yes")
        wrap_rows(self)
        self.setSpacing(2)
        self.setVerticalScrollMode(QListWidget.ScrollMode.ScrollPerPixel)

    def show_checks(self, checks: Sequence[Check]) -> None:
        self.clear()
        self._checks = sorted(checks, key=lambda check: check.is_well)
        for check in self._checks:
            self.addItem(QListWidgetItem(line(check)))
        self._paint_icons()
        self.setCurrentRow(0)

    def text(self) -> str:
        """All of it, a line or two per check."""
        return "\n".join(map(line, self._checks))

    def current(self) -> Check | None:
        number = self.currentRow()
        return self._checks[number] if 0 <= number < len(self._checks) else None

    def _paint_icons(self) -> None:
        """Shape and colour: a triangle asks for a look."""
        t, size = tokens(QGuiApplication.palette()), at_size(_ICON, self.font())
        self.setIconSize(QSize(size, size))
        for number, check in enumerate(self._checks):
            kind = ("circle-check", t.ok) if check.is_well else ("triangle-alert", t.warn)
            self.item(number).setIcon(icon(*kind, size))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.PaletteChange, QEvent.Type.FontChange):
            self._paint_icons()
