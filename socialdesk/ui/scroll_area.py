"""The scroll area of this program: what is inside is as wide as it, and laid out when it is shown.

Qt 6.11 forgets a resize of a widget that comes while it delivers another one to it, as it is being
shown. An area asks for one just then when what is inside grew unseen, by larger text or in another
language: inside has the new size then, and its layout stands in the old one, with words cut.
"""

from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QScrollArea, QWidget


class ScrollArea(QScrollArea):
    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWidgetResizable(True)

    def showEvent(self, event: QShowEvent) -> None:
        """All that is inside was shown before."""
        super().showEvent(event)
        inside: QWidget | None = self.widget()
        layout = inside.layout() if inside else None
        if inside and layout and layout.geometry() != inside.contentsRect():
            layout.invalidate()  # it takes its place as soon as Qt comes to it
