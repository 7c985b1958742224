"""The one deliberate step: the text as it will be posted, who looks, and a button that means it."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QPlainTextEdit, QWidget

from socialdesk.domain.crisis.approval import TeamMode, canonical_text
from socialdesk.domain.queue.rows import VersionRow
from socialdesk.domain.replies.template import slots
from socialdesk.i18n import tr
from socialdesk.ui.compose.diff_view import DiffView
from socialdesk.ui.compose.highlight import Highlighter
from socialdesk.ui.compose.matching import match
from socialdesk.ui.compose.parts import column, label, push, row
from socialdesk.ui.templates.state import approval_note


class ApprovalPane(QFrame):
    """`approved(VersionRow)`: exactly what was shown. `closed`: no approval."""

    approved = Signal(object)
    closed = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._version: VersionRow | None = None
        self._title = label(tone="heading")
        self._text = QPlainTextEdit()
        self._text.setReadOnly(True)
        self._text.setTabChangesFocus(True)
        self._text.setAccessibleName(tr("The text as it will be posted"))
        self._marks = Highlighter(self._text)
        self._slots = label(tone="dim")
        self._before = label(tr("Compared with the words approved before:"), "dim")
        self._diff = DiffView(self, max_height=110)
        self._note = label()
        self._hash = label(tone="dim")
        self.yes = push(tr("Approve exactly this text"), self._approve, kind="primary")
        self.no = push(tr("Not yet"), self.closed.emit)
        box = column(self._title, self._text, self._slots, self._before, self._diff, self._note,
                     self._hash, row(self.yes, self.no, None), margin=12)  # fmt: skip
        self.setLayout(box)

    def show_version(
        self, name: str, v: VersionRow, before: VersionRow | None, mode: TeamMode, here: str
    ) -> None:
        """`before`: the version that is approved now; `here`: who is at the keys."""
        self._version = v
        self._title.setText(tr("Approve “{name}” ({lang})?", name=name, lang=v.lang))
        text = canonical_text(v.body)
        self._text.setPlainText(text)
        found = match(text, text)
        self._marks.show_slots(text, found.spans if found else ())
        names = slots(v.body)
        self._slots.setText(
            tr("Filled in for each reply: {names}. All other words stay.", names=", ".join(names))
            if names
            else tr("Every word stays as it is.")
        )
        self._before.setVisible(before is not None)
        self._diff.setVisible(before is not None)
        if before is not None:
            self._diff.compare(before.body, v.body)
        note, may = approval_note(v, mode, here)
        self._note.setText(note)
        self._hash.setText(tr("Fingerprint of this text: {hash}", hash=v.hash[:12]))
        self.yes.setEnabled(may)
        (self.yes if may else self.no).setFocus()

    def _approve(self) -> None:
        if self._version is not None:
            self.approved.emit(self._version)
