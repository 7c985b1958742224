"""The mark of a setting that is not at its default, and the way back."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QSizePolicy, QWidget

from socialdesk.i18n import tr
from socialdesk.ui.compose.parts import row, tool
from socialdesk.ui.plain import chip


class Mark(QWidget):
    """ "Changed", in words, and a button. `back()`: to the default. `name`: of the setting;
    `beside`: its field, `is_after`: the mark stands behind it. Made when it is first needed: most
    settings stay at their default."""

    back = Signal()

    def __init__(
        self, name: str, parent: QWidget, beside: QWidget, *, is_after: bool = False
    ) -> None:
        super().__init__(parent)
        self._name, self._beside, self._is_after = name, beside, is_after
        self.button: QWidget | None = None
        self.hide()

    @property
    def is_changed(self) -> bool:
        return not self.isHidden()

    def show_changed(self, is_changed: bool) -> None:
        """Whether what is kept differs from the default."""
        if is_changed and self.layout() is None:
            back = tool(
                tr("Back to the default: {name}", name=self._name), self.back.emit, "undo-2"
            )
            back.setProperty("kind", "quiet")
            back.setProperty("unsearched", True)  # its setting is found
            word = chip(tr("Changed"), "accent", self)
            word.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
            self.setLayout(row(word, back))
            self.button = back
            self._into_order(back)
        self.setVisible(is_changed)

    def _into_order(self, back: QWidget) -> None:
        """Of Tab: Qt puts what is made later last."""
        before = self._beside if self._is_after else before_in_order(self._beside)
        if before is not None:
            QWidget.setTabOrder(before, back)


def before_in_order(widget: QWidget) -> QWidget | None:
    """The control that Tab comes to before `widget`. Only such ones can be put into an order: no
    labels, and not the field inside a spin box."""
    before = widget.previousInFocusChain()
    while before is not None and before is not widget and not _is_stop(before):
        before = before.previousInFocusChain()
    return None if before is widget else before


def _is_stop(widget: QWidget) -> bool:
    takes_keys = bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus)
    return takes_keys and widget.focusProxy() is None and not widget.objectName().startswith("qt_")
