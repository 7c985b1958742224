"""A playbook as a page to read, one language at a time; whoever gets to its end has read it."""

from itertools import groupby

from PySide6.QtCore import Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QTabBar, QWidget

from socialdesk.domain.playbooks.playbook import LANGS
from socialdesk.domain.playbooks.playbook_sheet import Sheet
from socialdesk.engine.words.incidents import posture_name
from socialdesk.engine.words.playbooks import (
    fault_words,
    section_words,
    type_words,
    unread_note,
)
from socialdesk.i18n import LANGUAGES, language, tr
from socialdesk.ui.compose.parts import clear, column, label, push, row, when
from socialdesk.ui.elided import ElidedBox
from socialdesk.ui.flow import Flow
from socialdesk.ui.plain import chip
from socialdesk.ui.playbooks.page import Page
from socialdesk.ui.playbooks.text_row import TextRow
from socialdesk.ui.timers import once


class ReadingPane(QWidget):
    """`edit_asked(key)`: change a text. `line_asked()`: a reply line of one's own.
    `reviewed_asked(lang, is_reviewed)`, `restore_asked()`, `versions_asked()`.
    `was_read(playbook, version)`: the end was on the screen."""

    edit_asked = Signal(str)
    line_asked = Signal()
    reviewed_asked = Signal(str, bool)
    restore_asked = Signal()
    versions_asked = Signal()
    was_read = Signal(str, str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._sheet: Sheet | None = None
        self._told = ("", "")  # what was reported as read
        self.rows: list[TextRow] = []
        self._title = label(tone="title", wraps=False)
        self._state = label(tone="dim")
        self._broken = label(tone="danger")
        self._tabs = QTabBar()
        self._tabs.setAccessibleName(tr("Languages"))
        self._tabs.setDrawBase(False)
        for lang in LANGS:
            self._tabs.setTabData(self._tabs.addTab(LANGUAGES[lang]), lang)
        self._tabs.setCurrentIndex(LANGS.index(language()) if language() in LANGS else 0)
        self.note = chip(unread_note(), "warn")
        self.reviewed = ElidedBox(tr("A native speaker has read these texts"))
        self.restore = push(
            tr("Restore the built-in texts"), self.restore_asked.emit, kind="quiet", icon="history"
        )
        self.versions = push(tr("Versions"), self.versions_asked.emit, kind="quiet", icon="layers")
        self._page, self._texts = QWidget(), column(space=10, margin=12)
        self._page.setLayout(self._texts)
        self._scroll = Page(tr("Texts of the playbook"), self._page)
        head = QWidget()
        head.setLayout(column(
            Flow(self._title, self.versions, self.restore, far=2), self._state, self._broken,
            Flow(self._tabs, self.note, self.reviewed, far=2), margin=12,
        ))  # fmt: skip
        self.setLayout(column(head, self._scroll, space=0))
        self._tabs.currentChanged.connect(lambda _: self._show_texts())
        self.reviewed.clicked.connect(lambda on: self.reviewed_asked.emit(self.lang, on))
        bar = self._scroll.verticalScrollBar()
        bar.valueChanged.connect(lambda _: self._settle())
        bar.rangeChanged.connect(lambda *_: self._settle())
        self._rest = once(self, 400, self._on_rest)  # a page that is only passed by is not read
        self._laid_out = once(self, 0, self._settle)  # until then a page is all end

    @property
    def lang(self) -> str:
        """The language shown."""
        return str(self._tabs.tabData(self._tabs.currentIndex()) or LANGS[0])

    def show_lang(self, lang: str) -> None:
        """Turn to another language."""
        self._tabs.setCurrentIndex(LANGS.index(lang))

    def show_sheet(self, sheet: Sheet) -> None:
        """The same playbook again keeps its place."""
        is_same = self._sheet is not None and self._sheet.row.id == sheet.row.id
        self._sheet = sheet
        self._show_texts(keeps_place=is_same)

    def to_end(self) -> None:
        """Scroll to the last text."""
        self._scroll.to_end()

    def focus_texts(self) -> None:
        """The page takes the keys: arrows and Page Down read on."""
        self._scroll.setFocus()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._laid_out.start()

    def _show_texts(self, *, keeps_place: bool = False) -> None:
        sheet = self._sheet
        if sheet is None:
            return
        bar = self._scroll.verticalScrollBar()
        at = bar.value() if keeps_place else 0
        self._show_head(sheet)
        clear(self._texts)
        self.rows = []
        for heading, parts in groupby(sheet.parts, key=lambda p: section_words(p.section)):
            self._texts.addWidget(label(heading, "heading"))
            for part in parts:
                made = TextRow(sheet, part, self.lang, self.edit_asked.emit, self._page)
                self.rows.append(made)
                self._texts.addWidget(made)
            if heading == section_words("line"):
                self._texts.addLayout(row(
                    push(tr("Add a reply line"), self.line_asked.emit, icon="plus"), None
                ))  # fmt: skip
        self._texts.addWidget(label(self._read_words(sheet), "dim"))
        self._texts.addStretch(1)
        bar.setValue(at)
        self._rest.stop()
        self._laid_out.start()

    def _show_head(self, sheet: Sheet) -> None:
        row_ = sheet.row
        self._title.setText(type_words(row_.id, row_.title.get(self.lang, "")))
        self._state.setText(state_line(sheet))
        self._broken.setText(
            tr("Your copy cannot be used; the built-in texts are shown. {why}",
               why=fault_words(sheet.faults[0])) if sheet.faults else ""
        )  # fmt: skip
        self._broken.setVisible(bool(sheet.faults))
        is_read = row_.reviewed.get(self.lang, False)
        self.note.setVisible(not is_read)
        self.reviewed.setChecked(is_read)
        self.restore.setVisible(row_.is_own or bool(sheet.faults))

    def _read_words(self, sheet: Sheet) -> str:
        if not sheet.row.read_by:
            return tr("This is the end. Being here marks the playbook as read.")
        return tr("Read by {names}, last {when}.", names=", ".join(sheet.row.read_by),
                  when=when(sheet.row.read_at))  # fmt: skip

    def _settle(self) -> None:
        if self.isVisible() and self._sheet is not None and self._scroll.is_at_end:
            self._rest.start()
        else:
            self._rest.stop()

    def _on_rest(self) -> None:
        if self._sheet is None or not (self.isVisible() and self._scroll.is_at_end):
            return
        found = (self._sheet.row.id, self._sheet.row.version)
        if found != self._told:
            self._told = found
            self.was_read.emit(*found)


def state_line(sheet: Sheet) -> str:
    """Which version this is, and whose; what is usual for it."""
    return " · ".join(filter(None, (_version(sheet), *_usual(sheet))))


def _usual(sheet: Sheet) -> list[str]:
    if (book := sheet.playbook) is None:
        return []
    posture = ", ".join(map(posture_name, book.posture))
    avoid = ", ".join(map(posture_name, book.avoid))
    return [
        tr("usually SEV{n}", n=book.sev_default),
        tr("posture: {list}", list=posture),
        tr("rather not: {list}", list=avoid),
        tr("light tone allowed") if book.humour else tr("no light tone"),
    ]


def _version(sheet: Sheet) -> str:
    version = sheet.row.version
    if not sheet.row.is_own:
        return tr("Version {version}, built in", version=version)
    if sheet.shipped_version != version.partition("+")[0]:
        return tr("Version {version}, your own; the built-in one is {newer} by now",
                  version=version, newer=sheet.shipped_version)  # fmt: skip
    return tr("Version {version}, your own", version=version)
