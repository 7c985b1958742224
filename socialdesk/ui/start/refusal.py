"""Why no window can open, in one: whoever started by an icon reads no terminal."""

import os
import sys

from PySide6.QtWidgets import QApplication, QDialog, QWidget

from socialdesk.engine.words import phrases
from socialdesk.i18n import tr
from socialdesk.places import PlaceError
from socialdesk.ui.compose.parts import column, label, push, row
from socialdesk.ui.theme import Mode, Theme

WIDTH = 460  # px
_BLIND = ("offscreen", "minimal")  # platforms that nobody sees


class Refusal(QDialog):
    """One sentence and a button."""

    def __init__(self, text: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("SocialDesk cannot start"))
        self.setAccessibleDescription(text)
        self.setMinimumWidth(WIDTH)
        self.close_it = push(tr("Close"), self.accept, kind="primary")
        self.close_it.setDefault(True)
        heading = label(tr("SocialDesk cannot start"), "heading", wraps=False)
        box = column(heading, label(text), row(None, self.close_it), space=12, margin=20)
        self.setLayout(box)
        self.resize(WIDTH, box.heightForWidth(WIDTH))


def is_seen() -> bool:
    """Whether there is a screen, and somebody before it."""
    if os.environ.get("QT_QPA_PLATFORM") in _BLIND:
        return False
    return sys.platform != "linux" or bool(
        os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")
    )


def show_refusal(error: PlaceError) -> None:
    """What was printed too; nothing where somebody reads that."""
    if sys.stderr is None or not sys.stderr.isatty():
        show_sentence(phrases.place(error))


def show_sentence(text: str) -> None:
    """Until it is closed; nothing where nobody would see it."""
    if not is_seen():
        return
    app = QApplication.instance() or QApplication(sys.argv[:1])
    assert isinstance(app, QApplication)
    Theme(app, Mode.SYSTEM, app)
    Refusal(text).exec()
