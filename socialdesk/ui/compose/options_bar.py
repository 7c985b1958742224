"""Who may read the reply, and the warning before it: shown where the network can do that."""

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QComboBox, QLabel, QLineEdit, QWidget

from socialdesk.domain.account import Can, Card
from socialdesk.domain.mentions.mention import Visibility
from socialdesk.i18n import tr
from socialdesk.ui.compose.parts import label, row
from socialdesk.ui.text_size import at_size

ROOMY = 300  # px, for the label beside what can be chosen


class OptionsBar(QWidget):
    """`changed` when somebody chose another visibility or typed a warning."""

    changed = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._who_label = _small(tr("Who can read it"))
        self._who = QComboBox()
        self._who.setAccessibleName(tr("Who can read it"))
        self._who.setToolTip(tr("Who can read it"))
        self._who.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self._who_label.setBuddy(self._who)
        self._who.currentIndexChanged.connect(lambda _: self.changed.emit())
        self._warning = QLineEdit()
        self._warning.setAccessibleName(tr("Content warning"))
        self._warning.setPlaceholderText(tr("Content warning (optional)"))
        self._warning.textChanged.connect(lambda _: self.changed.emit())
        layout = row(self._who_label, self._who, self._warning)
        layout.setStretch(2, 1)
        self.setLayout(layout)
        self.hide()

    def show_card(self, card: Card | None, theirs: Visibility, warning: str) -> None:
        """What this account can do; the reply starts as private, and behind the same warning, as
        what it answers."""
        can = card.can if card else Can(0)
        own = card.default_visibility if card else Visibility.PUBLIC
        order = list(Visibility)
        start = max(own, theirs, key=order.index)
        for widget in (self._who, self._warning):
            widget.blockSignals(True)
        self._who.clear()  # an answer is never wider than what it answers
        for each in order[order.index(theirs) :]:
            self._who.addItem(visibility_name(each), each)
        self._who.setCurrentIndex(self._who.findData(start))
        self._who.setMinimumWidth(self._who.sizeHint().width())  # Qt keeps that of its first words
        self._warning.setText(warning)
        for widget in (self._who, self._warning):
            widget.blockSignals(False)
        self._who.setVisible(Can.VISIBILITY in can)
        self._show_label()
        self._warning.setVisible(Can.WARNING in can)
        self.setVisible(bool(can & (Can.VISIBILITY | Can.WARNING)))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._show_label()

    def _show_label(self) -> None:
        """Large text leaves room for the answer only; its tip says what it answers."""
        has_room = self.width() >= at_size(ROOMY, self.font())
        self._who_label.setVisible(has_room and not self._who.isHidden())

    def choose(self, visibility: Visibility | None, warning: str) -> None:
        """What was chosen before."""
        if visibility is not None:
            self._who.setCurrentIndex(self._who.findData(visibility))
        self._warning.setText(warning)

    @property
    def visibility(self) -> Visibility | None:
        """None: as the network's custom is."""
        chosen = self._who.currentData()
        return None if self._who.isHidden() or chosen is None else Visibility(chosen)

    @property
    def warning(self) -> str:
        return "" if self._warning.isHidden() else self._warning.text().strip()


def visibility_name(visibility: Visibility) -> str:
    """For people."""
    match visibility:
        case Visibility.PUBLIC:
            return tr("Everybody")
        case Visibility.UNLISTED:
            return tr("Everybody, not in lists")
        case Visibility.FOLLOWERS:
            return tr("Followers only")
        case Visibility.DIRECT:
            return tr("Only people named in it")


def speaks_as(visibility: Visibility | None, account: str) -> str:
    """Who will speak, and how loud."""
    match visibility:
        case Visibility.UNLISTED:
            return tr("replies quietly as {account}", account=account)
        case Visibility.FOLLOWERS:
            return tr("replies to followers as {account}", account=account)
        case Visibility.DIRECT:
            return tr("replies privately as {account}", account=account)
        case _:
            return tr("replies publicly as {account}", account=account)


def _small(text: str) -> QLabel:
    return label(text, "dim", wraps=False)
