"""The versions of one's own, newest first; each against the one before it, text by text."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QListWidget, QWidget

from socialdesk.domain.playbooks.playbook_sheet import PlaybookVersion
from socialdesk.domain.playbooks.playbook_texts import Change
from socialdesk.engine.words.playbooks import NUMBERED, part_words, section_words, value_words
from socialdesk.i18n import LANGUAGES, tr, trn
from socialdesk.ui.compose.diff_view import DiffView
from socialdesk.ui.compose.parts import clear, column, label, push, when
from socialdesk.ui.flow import Flow
from socialdesk.ui.playbooks.page import Page
from socialdesk.ui.wrapped import wrap_rows

SHOWN = 30  # changes of one version; more are counted


class VersionsPane(QWidget):
    """`closed()`: back to reading."""

    closed = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._versions: Sequence[PlaybookVersion] = ()
        self._title = label(tr("Versions"), "title", wraps=False)
        self._empty = label(
            tr("Nothing was changed: these are the built-in texts. What you save is listed here."),
            "dim",
        )
        self.list = QListWidget()
        self.list.setProperty("framed", "yes")
        self.list.setSpacing(1)
        self.list.setAccessibleName(tr("Versions"))
        self.list.setMaximumHeight(160)
        wrap_rows(self.list)
        self.list.currentRowChanged.connect(self._compare)
        self._page, self._texts = QWidget(), column(space=8)
        self._page.setLayout(self._texts)
        scroll = Page(tr("What was changed"), self._page)
        back = push(tr("Back to the texts"), self.closed.emit, icon="chevron-left")
        self.setLayout(column(
            Flow(self._title, back, far=1), self._empty, self.list, scroll, margin=12
        ))  # fmt: skip
        self.differences: list[DiffView] = []

    def show_versions(self, title: str, versions: Sequence[PlaybookVersion]) -> None:
        """`title`: of the playbook."""
        self._versions = versions
        self._title.setText(tr("Versions of {name}", name=title))
        self._empty.setVisible(not versions)
        self.list.setVisible(bool(versions))
        self.list.clear()
        for version in versions:
            self.list.addItem(_line(version))
        self.list.setCurrentRow(0 if versions else -1)
        self._compare(self.list.currentRow())

    def _compare(self, at: int) -> None:
        clear(self._texts)
        self.differences = []
        if not 0 <= at < len(self._versions):
            return
        changes = self._versions[at].changes
        for change in changes[:SHOWN]:
            view = DiffView(self._page, max_height=90)
            view.setAccessibleName(_name(change))
            view.compare(*_sides(change))
            self.differences.append(view)
            self._texts.addWidget(label(_name(change), "dim"))
            self._texts.addWidget(view)
        if len(changes) > SHOWN:
            n = len(changes) - SHOWN
            self._texts.addWidget(label(trn("and {n} more", "and {n} more", n), "dim"))
        if not changes:
            self._texts.addWidget(label(tr("Nothing was changed."), "dim"))
        self._texts.addStretch(1)


def _name(change: Change) -> str:
    section, _, _ = change.key.partition(".")
    lang = LANGUAGES.get(change.lang, change.lang)
    name = section_words(section)
    if section not in NUMBERED:
        name = f"{name}: {part_words(change.key)}"
    return f"{name} · {lang}" if lang else name


def _sides(change: Change) -> tuple[str, str]:
    if change.lang:
        return change.old, change.new
    return f"{value_words(change.old)} ", f"{value_words(change.new)} "


def _line(version: PlaybookVersion) -> str:
    n = len(version.changes)
    what = (
        tr("built-in texts restored") if version.is_restore
        else trn("{n} change", "{n} changes", n)
    )  # fmt: skip
    return tr("{n} · {what} · {who}, {when}", n=version.n, what=what,
              who=version.person or tr("somebody"), when=when(version.at))  # fmt: skip
