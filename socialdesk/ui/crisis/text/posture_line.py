"""What a statement does about responsibility; where the playbook warns, with a reason."""

from collections.abc import Collection

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QFrame, QLineEdit, QWidget

from socialdesk.domain.crisis.statement import needs_reason
from socialdesk.domain.playbooks.playbook import POSTURES
from socialdesk.engine.words.incidents import posture_name
from socialdesk.i18n import tr
from socialdesk.ui.compose.parts import column, label


class PostureLine(QFrame):
    """`changed`: another posture, or another reason."""

    changed = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._avoid: Collection[str] = ()
        self._has_proof = False
        self._choice = QComboBox()
        self._choice.setAccessibleName(tr("Posture"))
        for posture in ("", *POSTURES):
            self._choice.addItem(posture_name(posture), posture)
        self._choice.currentIndexChanged.connect(lambda _: self._on_changed())
        self._warning = label(tone="warn")
        self._reason = QLineEdit()
        self._reason.setAccessibleName(tr("Why this posture"))
        self._reason.setPlaceholderText(tr("Why this posture, in one line"))
        self._reason.textEdited.connect(lambda _: self.changed.emit())
        title = label(tr("Posture"), "dim")
        title.setBuddy(self._choice)
        self.setLayout(column(title, self._choice, self._warning, self._reason, space=4))
        self._judge()

    @property
    def posture(self) -> str:
        return str(self._choice.currentData() or "")

    @property
    def reason(self) -> str:
        """ "" where none is asked for."""
        return "" if self._reason.isHidden() else self._reason.text().strip()

    @property
    def asks(self) -> bool:
        """Whether this posture asks for a reason."""
        return not self._reason.isHidden()

    def show_posture(self, posture: str, reason: str) -> None:
        """Without telling."""
        self._choice.blockSignals(True)
        self._choice.setCurrentIndex(max(0, self._choice.findData(posture)))
        self._choice.blockSignals(False)
        self._reason.setText(reason)
        self._judge()

    def know(self, avoid: Collection[str], *, has_proof: bool) -> None:
        """What the playbook warns of, and whether a ticked fact carries proof."""
        self._avoid, self._has_proof = avoid, has_proof
        self._judge()

    def _on_changed(self) -> None:
        self._judge()
        self.changed.emit()

    def _judge(self) -> None:
        is_avoided = self.posture in self._avoid
        asks = needs_reason(self.posture, self._avoid, has_proof=self._has_proof)
        name = posture_name(self.posture)
        self._warning.setText(
            tr("The playbook says to avoid “{posture}” here. Write why you choose it.",
               posture=name)
            if is_avoided
            else tr("To deny without a confirmed fact that proves it asks for a reason.")
        )  # fmt: skip
        self._warning.setVisible(asks)
        self._reason.setVisible(asks)
