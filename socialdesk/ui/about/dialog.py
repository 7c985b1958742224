"""About SocialDesk: versions, where the data lies, licences, and whether there is a newer one."""

import platform

import PySide6
from PySide6.QtCore import QSize, Qt, qVersion
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QGridLayout, QLabel, QWidget

from socialdesk import __version__
from socialdesk.domain.changes import Area, Changes
from socialdesk.domain.errors import SocialDeskError
from socialdesk.engine.desk import Desk
from socialdesk.engine.queries import ReadSettings
from socialdesk.engine.queries.about import About, ReadAbout
from socialdesk.engine.words.messages import sentence
from socialdesk.i18n import tr
from socialdesk.ui.about.licences import LicencesDialog
from socialdesk.ui.bridge import Bridge
from socialdesk.ui.compose.parts import NoticeBar, Speaker, column, label, push, row
from socialdesk.ui.flow import Flow
from socialdesk.ui.scrolled import Scrolled
from socialdesk.ui.settings.updates_page import ReleaseBox
from socialdesk.ui.tasks import Latest, Waiter
from socialdesk.ui.text_size import resize_for_text
from socialdesk.ui.words import locale

WIDEST = 700  # px of a fact
LEAST = QSize(520, 300)  # px of what scrolls when the text is large


class AboutDialog(QDialog):
    """Every fact can be chosen with the mouse or copied with a button, for a report."""

    def __init__(self, desk: Desk, parent: QWidget | None) -> None:
        super().__init__(parent)
        self._desk, self._about = desk, About(__version__, "", "", 0)
        self._settings_read = Latest(self)
        self._make()
        resize_for_text(self, 580, 460)
        Speaker(self, self._make_again)
        Bridge(desk, self).changed.connect(self._on_changed)

    def facts(self) -> list[tuple[str, str]]:
        """Name and value, as they stand in the dialog."""
        about = self._about
        size = locale().formattedDataSize(about.size_bytes) if about.size_bytes else ""
        return [
            (tr("Version"), about.version),
            (tr("Database"), f"SQLite {about.sqlite}"),
            (tr("Window"), f"Qt {qVersion()}, PySide {PySide6.__version__}"),
            (tr("Language it is written in"), f"Python {platform.python_version()}"),
            (tr("System"), f"{platform.system()} {platform.release()}, {platform.machine()}"),
            (tr("Data"), tr("{folder} ({size})", folder=about.folder, size=size)
             if size else about.folder),
        ]  # fmt: skip

    def _make_again(self) -> None:
        self._make()

    def _make(self) -> None:
        self.setWindowTitle(tr("About SocialDesk"))
        self._notice = NoticeBar(self)
        self._values: list[QLabel] = []
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(16)
        self._grid.setColumnStretch(1, 1)
        for line, (name, value) in enumerate(self.facts()):
            self._add(line, name, value)
        self.releases = ReleaseBox(self._desk, self)
        self.copy_folder = push(tr("Copy the folder"), self._copy_folder)
        self.copy_all = push(tr("Copy all of this"), self._copy_all)
        self.licences = push(tr("Licences…"), self._open_licences)
        self.check_up = push(tr("Check this computer…"), self._open_check_up)
        close = push(tr("Close"), self.accept)
        facts = Scrolled(self, LEAST, sideways=False)
        page = QWidget(facts.inside)
        page.setLayout(column(
            label("SocialDesk", "title", wraps=False),
            label(tr("Answer every public word about your brand, from one local queue."), "dim"),
            self._grid, Flow(self.copy_folder, self.copy_all, self.licences),
            label(tr("Looks at the file, the disk, the keyring and the accounts:"), "dim"),
            row(self.check_up, None), self.releases, None, space=12,
        ))  # fmt: skip
        facts.hold(page)
        self.setLayout(column(self._notice, facts, row(None, close), margin=20, space=12))
        self.setMinimumWidth(560)
        Waiter(self, self._desk.ask(ReadAbout()), self._show, self._fail)
        self._read_settings()
        self.releases.check.setFocus()

    def _add(self, line: int, name: str, value: str) -> None:
        shown = label(value)
        shown.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._values.append(shown)
        heading = Qt.AlignmentFlag.AlignTop
        self._grid.addWidget(label(name, "dim", wraps=False), line, 0, heading)
        self._grid.addWidget(shown, line, 1)

    def _show(self, about: About) -> None:
        self._about = about
        for shown, (_, value) in zip(self._values, self.facts(), strict=True):
            shown.setText(value)
            # A path has no place to break: the dialog is as wide as it needs.
            words = [shown.fontMetrics().horizontalAdvance(word) for word in value.split()]
            whole = max(words, default=0)
            shown.setMinimumWidth(min(whole + 2, WIDEST))

    def _read_settings(self) -> None:
        asked = self._desk.ask(ReadSettings())
        self._settings_read.wait(asked, self.releases.follow, self._fail)

    def _on_changed(self, changes: Changes) -> None:
        if changes.areas & {Area.SETTINGS, Area.ALL}:
            self._read_settings()

    def _copy_folder(self) -> None:
        self._copy(self._about.folder)

    def _copy_all(self) -> None:
        self._copy("\n".join(f"{name}: {value}" for name, value in self.facts()))

    def _copy(self, text: str) -> None:
        QGuiApplication.clipboard().setText(text)
        self._notice.tell(tr("Copied."), tone="accent")

    def _open_licences(self) -> None:
        dialog = LicencesDialog(self)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()

    def _open_check_up(self) -> None:
        from socialdesk.ui.check_up.dialog import open_check_up  # seldom asked for here

        open_check_up(self._desk, self)

    def _fail(self, error: SocialDeskError) -> None:
        self._notice.tell_sentence(sentence(error))


def open_about(desk: Desk, parent: QWidget) -> AboutDialog:
    """Over a window."""
    dialog = AboutDialog(desk, parent)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.open()
    return dialog
