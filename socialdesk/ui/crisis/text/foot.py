"""Below a text: its number, its looks, and what can be done with exactly this text."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QWidget

from socialdesk.domain.crisis.crisis_rows import VersionText
from socialdesk.i18n import tr
from socialdesk.ui.compose.parts import column, label, push, row, when
from socialdesk.ui.crisis.text.listing import BACK, ended_words, where_words
from socialdesk.ui.crisis.text.words import hash12, look_word
from socialdesk.ui.flow import Flow
from socialdesk.ui.icons import set_icon
from socialdesk.ui.plain import dress


class Foot(QFrame):
    """`look_asked`, `publish_asked`, `correct_asked`, `drop_asked`."""

    look_asked = Signal()
    publish_asked = Signal()
    correct_asked = Signal()
    drop_asked = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._hash = label(tone="strong", wraps=False)
        self._looks, self._where = label(), label(tone="dim")
        self._saved = label(tone="dim", wraps=False)
        self.look = push(tr("Second look… (Ctrl+L)"), self.look_asked.emit, icon="shield-check")
        self.publish = push(tr("Publish… (Ctrl+Enter)"), self.publish_asked.emit, kind="primary",
                            icon="send")  # fmt: skip
        self._correct = push(tr("Correct it"), self.correct_asked.emit)
        self._drop = push(tr("Drop this text"), self.drop_asked.emit, kind="quiet")
        head = row(self._hash, self._looks, self._saved, self._drop)
        head.setStretch(1, 1)
        # Not all in one line: in Russian that was wider than a small screen.
        acts = Flow(self._correct, self.look, self.publish, far=3)
        self.setProperty("pane", "base")
        self.setLayout(column(head, self._where, acts, space=6, margin=10))

    def show_version(self, version: VersionText | None, *, is_settled: bool, is_out: bool) -> None:
        """None = nothing is stored in this language yet. `is_settled`: what is typed is stored.
        `is_out`: published; it is not edited any more."""
        looks = version.standing if version is not None else ()
        if version is None:
            said, tone = tr("Not written yet in this language."), "dim"
        elif looks:
            parts = (tr("{look}, until {when}", look=look_word(x), when=when(x.ends_at))
                     for x in looks)  # fmt: skip
            said, tone = " · ".join(parts), "ok"
        elif version.looks:
            said = tr("Second look ended: {why}", why=ended_words(version.looks[-1].ended))
            tone = "warn"
        else:
            said, tone = tr("No second look yet."), "warn"
        if not is_settled and looks:
            said, tone = tr("You are changing it: it needs a new second look."), "warn"
        self._hash.setText(hash12(version.hash) if version is not None else "")
        self._looks.setText(said)
        dress(self._looks, "tone", tone)
        where = " · ".join(where_words(version)) if version is not None else ""
        self._where.setText(where)
        self._where.setVisible(bool(where))
        self._saved.setText("" if is_settled or is_out else tr("Saving…"))
        self.look.setEnabled(not is_out)
        live = [] if version is None else [p for p in version.published if p[2] not in BACK]
        is_all_out = version is not None and 0 < len(version.accounts) <= len(live)
        self.publish.setVisible(not is_all_out)
        self.publish.setEnabled(version is not None and is_settled)
        self._correct.setVisible(is_out)
        self._drop.setVisible(not is_out)
        kind = "primary" if looks else ""
        if self.publish.property("kind") != kind:
            dress(self.publish, "kind", kind)
            set_icon(self.publish, "send", "on_accent" if kind else "text")
