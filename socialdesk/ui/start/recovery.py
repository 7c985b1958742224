"""A damaged or newer workspace file: what happened, that nothing was touched, and plain choices."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from socialdesk.domain.errors import SocialDeskError
from socialdesk.domain.frozen import frozen
from socialdesk.engine.desk import EngineState
from socialdesk.engine.words.messages import sentence
from socialdesk.i18n import tr
from socialdesk.ui.plain import label, one_line
from socialdesk.ui.words import mentions, moment

WIDTH = 620  # px of the column of words


@frozen
class Backup:
    """One backup that was opened and counted. `path`: for `restore`; `at`: ms UTC."""

    path: str
    at: int
    n_mentions: int = -1  # -1 = not counted


@frozen
class Recovery:
    """What can be done; each returns soon or raises SocialDeskError. `salvage` reads what can be
    read into a new file; `start_new` puts the old file aside byte for byte; None = not offered."""

    backups: Callable[[], Sequence[Backup]]
    restore: Callable[[str], None]
    salvage: Callable[[], None] | None = None
    start_new: Callable[[], None] | None = None


class RecoveryScreen(QFrame):
    """`settled()`: a choice was carried out; the window begins anew."""

    settled = Signal()

    def __init__(
        self, state: EngineState, recovery: Recovery | None, now: int, parent: QWidget
    ) -> None:
        super().__init__(parent)
        self.setProperty("pane", "base")
        self._state, self._recovery, self._now = state, recovery, now
        self._failed = label(parent=self, tone="danger", wraps=True)
        self._backups = QListWidget(self)
        self._backups.setProperty("framed", "yes")
        self._layout = QVBoxLayout()
        self._layout.setSpacing(12)
        middle = QWidget(self)
        middle.setMaximumWidth(WIDTH)
        middle.setLayout(self._layout)
        across = QHBoxLayout(self)
        across.addStretch(1)
        across.addWidget(middle, 8)
        across.addStretch(1)
        self._say()
        if recovery is not None:
            self._offer(recovery)
        self._layout.addWidget(self._failed)
        self._failed.hide()
        self._layout.addStretch(2)

    def _say(self) -> None:
        is_newer = self._state is EngineState.NEWER
        title = (
            tr("This workspace needs a newer SocialDesk")
            if is_newer
            else tr("The workspace file is damaged")
        )
        text = (
            tr("A later version wrote it. It was not opened and not changed. Update SocialDesk, or "
               "go back to a backup made before.")
            if is_newer
            else tr("A check of the file failed, so nothing is written to it any more. The file "
                    "stays as it is, byte for byte, whatever you choose here.")
        )  # fmt: skip
        self._layout.addStretch(1)
        self._layout.addWidget(label(title, self, tone="title"))
        self._layout.addWidget(label(text, self, wraps=True))

    def _offer(self, recovery: Recovery) -> None:
        self._layout.addWidget(label(tr("Backups, newest first"), self, tone="strong"))
        self._backups.setAccessibleName(tr("Backups"))
        self._layout.addWidget(self._backups)
        for backup in self._read(recovery):
            parts = [moment(backup.at, self._now)]
            if backup.n_mentions >= 0:
                parts.append(mentions(backup.n_mentions))
            item = QListWidgetItem(" · ".join(parts))
            item.setToolTip(one_line(backup.path))
            item.setData(Qt.ItemDataRole.UserRole, backup.path)
            self._backups.addItem(item)
        has_backups = self._backups.count() > 0
        if has_backups:
            self._backups.setCurrentRow(0)
            note = tr("After a restore sending is off, and replies not yet sent wait for your yes.")
        else:
            note = tr("There is no backup in this workspace's folder.")
        self._backups.setVisible(has_backups)
        self._layout.addWidget(label(note, self, tone="dim", wraps=True))
        line = QHBoxLayout()
        restore = self._button(tr("Restore this backup"), lambda: recovery.restore(self._chosen()))
        restore.setProperty("kind", "primary")
        restore.setVisible(has_backups)
        line.addWidget(restore)
        for text, act in (
            (tr("Read what can be read"), recovery.salvage),
            (tr("Start a new file"), recovery.start_new),
        ):
            if act is not None:
                line.addWidget(self._button(text, act))
        line.addStretch(1)
        self._layout.addLayout(line)

    def _read(self, recovery: Recovery) -> Sequence[Backup]:
        try:
            return recovery.backups()
        except SocialDeskError as error:
            self._tell(error)
            return ()

    def _chosen(self) -> str:
        item = self._backups.currentItem()
        return str(item.data(Qt.ItemDataRole.UserRole)) if item else ""

    def _button(self, text: str, act: Callable[[], None]) -> QPushButton:
        button = QPushButton(text, self)

        def run() -> None:
            try:
                act()
            except SocialDeskError as error:
                self._tell(error)
            else:
                self.settled.emit()

        button.clicked.connect(run)
        return button

    def _tell(self, error: SocialDeskError) -> None:
        said = sentence(error)
        self._failed.setText(tr("{text} {next}", text=said.text, next=said.next_step))
        self._failed.show()
