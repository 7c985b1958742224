"""The end of a drill: its score, every part of it with the reason, and drills before it."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QDialog,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from socialdesk.domain.crisis.drill import DrillNow, Score, ScorePart
from socialdesk.engine.words import drills as words
from socialdesk.i18n import tr
from socialdesk.ui.plain import dress, label


class ScoreDialog(QDialog):
    """`drill` is over and has its score."""

    def __init__(self, drill: DrillNow, parent: QWidget | None) -> None:
        super().__init__(parent)
        self._drill = drill
        self._score = drill.score or Score(())
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(tr("Score of the drill"))
        self.setMinimumWidth(640)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 22, 24, 20)
        layout.setSpacing(12)
        layout.addWidget(label(words.stream_title(drill.stream), self, tone="title"))
        layout.addWidget(self._total())
        layout.addWidget(label(words.ended_words(drill.why_ended), self, tone="dim", wraps=True))
        layout.addLayout(self._parts())
        rule = QFrame(self)
        dress(rule, "rule", "yes")
        layout.addWidget(rule)
        layout.addWidget(label(words.benchmark_words(drill.past), self, wraps=True))
        layout.addLayout(self._foot())

    def text(self) -> str:
        """All of it, as it is copied."""
        return words.drill_marked(
            words.score_text(self._drill.stream, self._score, self._drill.past)
        )

    def _total(self) -> QLabel:
        made = label(words.total_words(self._score), self)
        font = made.font()
        font.setPointSizeF(22)
        font.setBold(True)
        made.setFont(font)
        return made

    def _parts(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(14)
        grid.setVerticalSpacing(9)
        grid.setColumnStretch(3, 1)
        for row, part in enumerate(self._score.parts):
            grid.addWidget(label(words.part_name(part.key), self), row, 0)
            grid.addWidget(self._points(part), row, 1)
            grid.addWidget(self._meter(part), row, 2)
            grid.addWidget(label(words.part_why(part), self, tone="dim", wraps=True), row, 3)
        return grid

    def _points(self, part: ScorePart) -> QLabel:
        made = label(tr("{n} of {of}", n=part.points, of=part.most), self)
        made.setAlignment(Qt.AlignmentFlag.AlignTrailing | Qt.AlignmentFlag.AlignVCenter)
        return made

    def _meter(self, part: ScorePart) -> QProgressBar:
        made = QProgressBar(self)
        made.setRange(0, part.most)
        made.setValue(part.points)
        made.setTextVisible(False)
        made.setFixedSize(96, 8)
        made.setAccessibleName(words.part_name(part.key))
        return made

    def _foot(self) -> QHBoxLayout:
        copy = QPushButton(tr("Copy"), self)
        copy.clicked.connect(lambda: QGuiApplication.clipboard().setText(self.text()))
        close = QPushButton(tr("Close"), self)
        close.setProperty("kind", "primary")
        close.setDefault(True)
        close.clicked.connect(self.accept)
        foot = QHBoxLayout()
        foot.addStretch(1)
        foot.addWidget(copy)
        foot.addWidget(close)
        return foot
