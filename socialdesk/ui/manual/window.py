"""The manual in a window of its own, to be read beside the work."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QSignalBlocker, Qt
from PySide6.QtWidgets import (
    QDialog,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from socialdesk.i18n import language, tr
from socialdesk.ui.compose.parts import Speaker, column, label, push
from socialdesk.ui.crisis.crown import crown
from socialdesk.ui.manual.browser import ManualBrowser
from socialdesk.ui.manual.pages import FIRST, Page, found, page, pages
from socialdesk.ui.text_size import resize_for_text
from socialdesk.ui.wrapped import wrap_rows

if TYPE_CHECKING:
    from socialdesk.ui.shell import Shell

_NAME = Qt.ItemDataRole.UserRole


class ManualWindow(QDialog):
    """Not modal: the window behind it goes on. What happens there meanwhile stands on top."""

    def __init__(self, shell: "Shell", name: str = FIRST) -> None:
        super().__init__(shell, Qt.WindowType.Window)
        self._shell = shell
        resize_for_text(self, 1000, 700)
        self._shown = name
        self._before: list[str] = []
        self._make()
        Speaker(self, self._make)

    def read(self, name: str) -> None:
        """Show a page, and remember the one that was shown. Raises KeyError."""
        shown = page(name, language())
        if name != self._shown:
            self._before.append(self._shown)
        self._shown = name
        self._back.setEnabled(bool(self._before))
        self._page.show_page(shown)
        self._choose(name)

    def _make(self) -> None:
        self.setWindowTitle(tr("Manual"))
        self._pages = pages(language())
        self._search = QLineEdit()
        self._search.setAccessibleName(tr("Search the manual"))
        self._search.setPlaceholderText(tr("Search the manual"))
        self._search.setClearButtonEnabled(True)
        self._search.textChanged.connect(self._narrow)
        self._search.returnPressed.connect(self._read_first)
        self._list = QListWidget()
        self._list.setAccessibleName(tr("Pages of the manual"))
        self._list.currentItemChanged.connect(self._on_chosen)
        wrap_rows(self._list)
        self._nothing = label(tr("No page has these words."), "dim")
        self._page = ManualBrowser(self)
        self._page.page_asked.connect(self.read)
        self._back = push(tr("Page before"), self._go_back, icon="chevron-left")
        self._lay_out()
        self._narrow("")
        self.read(self._shown)

    def _lay_out(self) -> None:
        side = QWidget()
        lines = QVBoxLayout(side)
        lines.setContentsMargins(12, 12, 6, 12)
        for part in (self._search, self._list, self._nothing, self._back):
            lines.addWidget(part)
        split = QSplitter()
        split.addWidget(side)
        split.addWidget(self._page)
        split.setStretchFactor(1, 1)
        split.setSizes([250, 750])
        split.setChildrenCollapsible(False)
        self.setLayout(column(split, space=0))
        crown(self, self._shell.screens.desk, self._shell.screens.now)

    def _narrow(self, words: str) -> None:
        those = found(words, self._pages)
        with QSignalBlocker(self._list):
            self._list.clear()
            for one in those:
                self._list.addItem(_line(one))
        self._nothing.setVisible(not those)
        self._choose(self._shown)

    def _choose(self, name: str) -> None:
        with QSignalBlocker(self._list):
            for row in range(self._list.count()):
                if self._list.item(row).data(_NAME) == name:
                    self._list.setCurrentRow(row)
                    return
            self._list.setCurrentRow(-1)

    def _on_chosen(self, line: QListWidgetItem | None) -> None:
        if line is not None:
            self.read(line.data(_NAME))

    def _read_first(self) -> None:
        if self._list.count():
            self.read(self._list.item(0).data(_NAME))
            self._page.setFocus()

    def _go_back(self) -> None:
        if self._before:
            name = self._before.pop()
            self._shown = name  # not remembered again
            self.read(name)


def _line(one: Page) -> QListWidgetItem:
    made = QListWidgetItem(one.title)
    made.setData(_NAME, one.name)
    return made


def open_manual(shell: "Shell", name: str = FIRST) -> None:
    """Open it, or bring it to the front, at a page."""
    window = shell.findChild(ManualWindow)
    if window is None:
        window = ManualWindow(shell, name)
    window.read(name)
    window.show()
    window.activateWindow()
