"""The versions of a template in one language: who wrote them, their state, how they differ."""

from PySide6.QtWidgets import QListWidget, QWidget

from socialdesk.domain.rows import TemplateRow, VersionRow
from socialdesk.i18n import tr
from socialdesk.ui.compose.diff_view import DiffView
from socialdesk.ui.compose.parts import column, label, when
from socialdesk.ui.templates.state import state_words


class VersionsPane(QWidget):
    """Newest first; the one chosen is compared with the one before it."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._versions: list[VersionRow] = []
        self._title = label(tr("Versions"), "strong", wraps=False)
        self._list = QListWidget()
        self._list.setProperty("framed", "yes")
        self._list.setSpacing(1)
        self._list.setAccessibleName(tr("Versions"))
        self._list.setMaximumHeight(96)
        self._list.currentRowChanged.connect(self._compare)
        self._what = label(tone="dim")
        self._diff = DiffView(self, max_height=96)
        self.setLayout(column(self._title, self._list, self._what, self._diff, space=4))

    def show_versions(self, of: TemplateRow | None, lang: str) -> None:
        """Those of one language; hidden while there is none."""
        found = [v for v in of.versions if v.lang == lang] if of else []
        self._versions = sorted(found, key=lambda v: -v.n)
        self._list.clear()
        for v in self._versions:
            self._list.addItem(_line(v))
        self.setVisible(bool(found))
        self._list.setCurrentRow(0 if found else -1)

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
