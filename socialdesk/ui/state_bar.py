"""One line on top that says how the engine is, when it is not simply well."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QWidget

from socialdesk.engine.desk import EngineState
from socialdesk.i18n import tr
from socialdesk.ui.plain import dress, label


class StateBar(QFrame):
    """`again_asked`: the operator wants the engine tried again."""

    again_asked = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._state = EngineState.READY
        self._text = label(parent=self, wraps=True)
        self._again = QPushButton(self)
        self._again.clicked.connect(self.again_asked)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(16, 5, 16, 5)
        layout.addWidget(self._text, 1)
        layout.addWidget(self._again)
        self.show_state(EngineState.READY)

    def show_state(self, state: EngineState) -> None:
        self._state = state
        text = _sentence(state)
        self._text.setText(text)
        self.setAccessibleName(text)
        dress(self, "bar", _tone(state))
        self._again.setText(tr("Try again"))
        self._again.setVisible(state is EngineState.STOPPED)
        self.setVisible(bool(text))

    def translate(self) -> None:
        """The texts in the language in use."""
        self.show_state(self._state)


def _sentence(state: EngineState) -> str:
    return {
        EngineState.READY: "",
        EngineState.STARTING: tr("Starting the engine. You can read meanwhile."),
        EngineState.LOST: tr(
            "The engine stopped; it is being started again. You can go on: nothing is lost, and "
            "nothing is done twice."
        ),
        EngineState.STOPPED: tr(
            "The engine stopped three times in a minute and was left alone. Reading works; "
            "fetching and sending wait. engine.log says why."
        ),
        EngineState.UPDATING: tr(
            "Updating your data. A backup is made first; this may take a minute."
        ),
        EngineState.WAITING_KEYRING: tr(
            "Waiting for the system keyring. Is an unlock window open somewhere?"
        ),
        EngineState.DAMAGED: tr("The workspace file is damaged."),
        EngineState.NEWER: tr("This workspace was written by a newer SocialDesk."),
    }[state]


def _tone(state: EngineState) -> str:
    if state in {EngineState.STOPPED, EngineState.DAMAGED, EngineState.NEWER}:
        return "danger"
    return "warn" if state in {EngineState.LOST, EngineState.WAITING_KEYRING} else "accent"
