"""The versions of a template in one language: who wrote them, their state, how they differ."""

from collections.abc import Iterable

from PySide6.QtWidgets import QListWidget, QSizePolicy, QWidget

from socialdesk.domain.queue.rows import VersionRow
from socialdesk.i18n import tr
from socialdesk.ui.compose.diff_view import DiffView
from socialdesk.ui.compose.parts import column, label, when
from socialdesk.ui.templates.state import state_words
from socialdesk.ui.wrapped import wrap_rows


class VersionsPane(QWidget):
    """Newest first; the one chosen is compared with the one before it."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._versions: list[VersionRow] = []
        self.hide()
        self._title = label(tr("Versions"), "strong", wraps=False)
        self._list = QListWidget()
        self._list.setProperty("framed", "yes")
        self._list.setSpacing(1)
        self._list.setAccessibleName(tr("Versions"))
        self._list.setMaximumHeight(96)
        wrap_rows(self._list)
        self._list.currentRowChanged.connect(self._compare)
        self._what = label(tone="dim")
        self._diff = DiffView(self, max_height=96)
        self.setLayout(column(self._title, self._list, self._what, self._diff, space=4))
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)

    def show_versions(self, versions: Iterable[VersionRow], lang: str) -> None:
        """Those of one language; hidden while there is none. The one chosen stays chosen."""
        chosen = self._chosen()
        found = sorted((v for v in versions if v.lang == lang), key=lambda v: -v.n)
        if found == self._versions:
            return
        self._versions = found
        self._list.clear()
        for v in found:
            self._list.addItem(_line(v))
        self.setVisible(bool(found))
        at = next((n for n, v in enumerate(found) if v.id == chosen), 0)
        self._list.setCurrentRow(at if found else -1)

    def _chosen(self) -> int:
        """The id of a version that somebody went to; 0 while the newest is shown by itself."""
        at = self._list.currentRow()
        return self._versions[at].id if 0 < at < len(self._versions) else 0

    def _compare(self, at: int) -> None:
        has_older = 0 <= at < len(self._versions) - 1
        self._diff.setVisible(has_older)
        if has_older:
            new, old = self._versions[at], self._versions[at + 1]
            self._what.setText(tr("Version {new} against version {old}:", new=new.n, old=old.n))
            self._diff.compare(old.body, new.body)
        else:
            self._what.setText(tr("Nothing older to compare with.") if self._versions else "")


def _line(v: VersionRow) -> str:
    return tr("{n} · {state} · written by {who}, {when}", n=v.n, state=state_words(v),
              who=v.author or tr("somebody"), when=when(v.at))  # fmt: skip
