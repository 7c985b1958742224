"""The running line on top of the drill's window: the word DRILL, minute and speed, the way out."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QWidget

from socialdesk.domain.crisis.drill import DrillNow
from socialdesk.engine.words.drills import MARK, running_words, stream_title, total_words
from socialdesk.i18n import tr
from socialdesk.ui.plain import dress, label


class DrillBar(QFrame):
    """`end_asked`: to end the drill, or to see its score once it is over."""

    end_asked = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        dress(self, "bar", "warn")
        self._word = label(MARK, self, tone="warn")
        font = self._word.font()
        font.setBold(True)
        font.setLetterSpacing(font.SpacingType.AbsoluteSpacing, 2)
        self._word.setFont(font)
        self._text = label(parent=self)
        self._kept = label(tr("Nothing leaves this computer."), self, tone="dim")
        self._button = QPushButton(self)
        self._button.clicked.connect(self.end_asked)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(16, 4, 16, 4)
        layout.setSpacing(14)
        layout.addWidget(self._word)
        layout.addWidget(self._text)
        layout.addWidget(self._kept)
        layout.addStretch(1)
        layout.addWidget(self._button)
        self.show_now(None, 0)

    def show_now(self, now: DrillNow | None, at: int) -> None:
        """`at`: ms of the drill's clock. None: it is being prepared."""
        if now is None or not now.began_at:
            text = tr("Making four weeks of usual days…")
        else:
            text = f"{stream_title(now.stream)} · {running_words(now, at)}"
            if now.score is not None:
                text = f"{text} {total_words(now.score)}"
        is_over = now is not None and now.ended_at > 0
        self._text.setText(text)
        self._button.setText(tr("Show the score") if is_over else tr("End the drill"))
        self.setAccessibleName(f"{MARK}: {text}")
