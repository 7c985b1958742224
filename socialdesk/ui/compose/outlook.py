"""Below the text: what it is, how it differs from the approved words, and how it will look."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLabel, QWidget

from socialdesk.domain.length.length import LengthRule, count
from socialdesk.domain.mentions.mention import CanReply, Visibility
from socialdesk.domain.queue.rows import Detail
from socialdesk.i18n import tr
from socialdesk.ui.compose import say
from socialdesk.ui.compose.diff_view import DiffView
from socialdesk.ui.compose.parts import column, label, push, row
from socialdesk.ui.compose.preview import Preview
from socialdesk.ui.compose.sending import Written, posted
from socialdesk.ui.compose.verdict import Fate, Verdict
from socialdesk.ui.plain import Elided, dress, tip

MAX_SHOWN = 5_000  # of the preview: a longer text is too long for nearly every network


class Outlook(QWidget):
    """`restore_asked`: take the approved words again. The length stands in `counter`, which the
    composer puts beside its buttons."""

    restore_asked = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.counter = Elided(self, tone="dim")
        self.is_too_long = self._is_locked = False
        self._fate = label(tone="dim")
        self._restore = push(
            tr("Take the approved words again"), self.restore_asked.emit, kind="link"
        )
        self._diff = DiffView(self, max_height=64)
        self._preview = Preview(self)
        line = row(self._fate, self._restore)
        line.setStretch(0, 1)
        self.setLayout(column(line, self._diff, self._preview, space=6))

    def show_lock(self, *, is_locked: bool, is_on_lines: bool) -> None:
        """Under a lock only what is refused is said: nothing goes out as in normal times."""
        self._is_locked = is_locked
        self.setVisible(not is_on_lines)

    def say_fate(self, written: Written, said: Verdict, approved: str, told: str = "") -> None:
        """What sending does, and the difference once `approved` words were changed. `told`: what
        is said elsewhere already."""
        is_changed = bool(approved and written.found is None and written.text.strip())
        words, tone = say.fate(said, came_from_template=is_changed)
        if self._is_locked:
            is_changed = False
            if said.fate is not Fate.LOCKED:
                words, tone = "", ""
        _tell(self._fate, "" if words == told else words, tone)
        self._restore.setVisible(is_changed)
        self._diff.setVisible(is_changed)
        if is_changed:
            self._diff.compare(approved, written.text)

    def say_length(
        self, written: Written, detail: Detail, visibility: Visibility | None, warning: str
    ) -> None:
        """As the network counts, with everything that will be posted."""
        text = posted(written.words, detail)
        rule = detail.card.length if detail.card else LengthRule(0)
        used = count(text, rule, warning)
        n_bytes = len(text.encode("utf-8", "replace"))
        if rule.max_bytes and n_bytes > rule.max_bytes:
            self.is_too_long = True
            _tell(self.counter, say.too_many_bytes(n_bytes, rule.max_bytes), "danger")
        else:
            self.is_too_long = 0 < rule.limit < used
            words, tone = say.counter(used, rule.limit, visibility, detail.account)
            cost = say.cost(detail.card.prices if detail.card else None, text)
            _tell(self.counter, f"{words} · {cost}" if cost else words, tone)
        shown = text if len(text) <= MAX_SHOWN else text[:MAX_SHOWN] + "…"
        by_hand = detail.can_reply is not CanReply.API
        self._preview.show_text(shown, "" if by_hand else detail.account, warning)

    @property
    def too_long(self) -> str:
        """By how much; "" = it fits."""
        return self.counter.text() if self.is_too_long else ""

    def clear(self) -> None:
        """No mention is shown."""
        self.is_too_long = False
        for each in (self._fate, self.counter):
            _tell(each, "", "")
        self._restore.hide()
        self._diff.hide()
        self._preview.hide()


def _tell(where: QLabel, words: str, tone: str) -> None:
    where.setText(words)
    where.setToolTip(tip(words))
    dress(where, "tone", tone)
