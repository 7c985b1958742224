"""A search field that a button empties, and the button has a name: Qt gives it none."""

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QLineEdit

from socialdesk.i18n import tr

_QT_NAME = "_q_qlineeditclearaction"


def make_clearable(field: QLineEdit) -> None:
    """Give `field` its button, named in the language in use; again after a change of language."""
    field.setClearButtonEnabled(True)
    if (button := field.findChild(QAction, _QT_NAME)) is not None:
        button.setText(tr("Empty the field"))
