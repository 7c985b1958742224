"""The playbooks: a list of types and the shared texts; the chosen one read, edited, restored."""

from collections.abc import Callable

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QStackedWidget, QWidget

from socialdesk.domain.changes import Area, Changes
from socialdesk.domain.errors import CommandError, CommandFault, SocialDeskError
from socialdesk.domain.playbooks.playbook import LANGS
from socialdesk.domain.playbooks.playbook_sheet import PlaybookRow, PlaybookVersion, Sheet
from socialdesk.engine.commands.playbooks import (
    MarkPlaybookRead,
    PlaybooksCommand,
    RestorePlaybook,
    SavePlaybook,
)
from socialdesk.engine.desk import Desk, Done
from socialdesk.engine.queries.playbooks import (
    ListPlaybooks,
    ListPlaybookVersions,
    ReadPlaybookSheet,
)
from socialdesk.engine.words.messages import sentence
from socialdesk.engine.words.playbooks import type_words
from socialdesk.i18n import language, tr
from socialdesk.ui.bridge import Bridge
from socialdesk.ui.compose.parts import NoticeBar, Speaker, column, label
from socialdesk.ui.playbooks.edit_pane import EditPane
from socialdesk.ui.playbooks.reading_pane import ReadingPane
from socialdesk.ui.playbooks.versions_pane import VersionsPane
from socialdesk.ui.scrolled import Scrolled
from socialdesk.ui.tasks import Latest, Waiter
from socialdesk.ui.turning import TurningSplit
from socialdesk.ui.wrapped import wrap_rows

_ID = Qt.ItemDataRole.UserRole
READING, EDITING, VERSIONS = 0, 1, 2  # pages
WIDE = 540  # px that the list and a playbook need side by side
ROOM = QSize(400, 240)  # px that a text in three languages may ask for; it scrolls


class PlaybooksScreen(QWidget):
    """List at the left, the chosen playbook at the right."""

    def __init__(self, desk: Desk, parent: QWidget | None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._list_read, self._sheet_read, self._versions_read = (Latest(self) for _ in range(3))
        self._rows: list[PlaybookRow] = []
        self._sheet: Sheet | None = None
        self._id = ""  # of the playbook shown
        self._make()
        self._speaker = Speaker(self, self._make_again)
        Bridge(desk, self).changed.connect(self._on_changed)
        self.refresh()

    def refresh(self) -> None:
        """Read the list and the playbook shown again."""
        self._list_read.wait(self._desk.ask(ListPlaybooks()), self._show_rows, self._fail)

    def _make_again(self) -> None:
        page, written = self.pages.currentIndex(), self.editing
        self._make()
        self._show_rows(self._rows)
        if page == EDITING:
            self.pages.setCurrentIndex(EDITING)
            self.editing.carry_on(written, self._speaker.had_keys)

    def _make(self) -> None:
        self._notice = NoticeBar(self)
        self.reading, self.editing = ReadingPane(self), EditPane(self)
        self.versions = VersionsPane(self)
        self.list = QListWidget()
        self.list.setProperty("framed", "yes")
        self.list.setSpacing(1)
        wrap_rows(self.list)
        self.list.setAccessibleName(tr("Playbooks"))
        self.list.currentItemChanged.connect(lambda now, _: self._on_chosen(now))
        self.list.itemActivated.connect(lambda _: self.reading.focus_texts())
        self.reading.edit_asked.connect(self._edit)
        self.reading.line_asked.connect(lambda: self._edit(""))
        self.reading.reviewed_asked.connect(self._set_reviewed)
        self.reading.restore_asked.connect(self._ask_restore)
        self.reading.versions_asked.connect(self._show_versions)
        self.reading.was_read.connect(lambda *read: self._do(MarkPlaybookRead(*read), _nothing))
        self.editing.save_asked.connect(self._save)
        self.editing.closed.connect(self._close)
        self.versions.closed.connect(self._close)
        self._notice.chosen.connect(self._on_answer)
        self.pages = QStackedWidget()
        written = Scrolled(self.pages, ROOM, sideways=False)
        written.hold(self.editing)
        for page in (self.reading, written, self.versions):
            self.pages.addWidget(page)
        left = QWidget()
        left.setLayout(column(
            label(tr("What to say and do, for eight kinds of crisis. The texts are yours to "
                     "change."), "dim"),
            self.list, margin=12,
        ))  # fmt: skip
        split = TurningSplit(left, self.pages, (300, 680), WIDE, above=0.4)
        self.setLayout(column(self._notice, split, space=0))

    # --- reading ---

    def _on_changed(self, changes: Changes) -> None:
        if changes.areas & {Area.PLAYBOOKS, Area.ALL}:
            self.refresh()

    def _show_rows(self, rows: list[PlaybookRow]) -> None:
        self._rows = rows
        self.list.blockSignals(True)
        self.list.clear()
        for row in rows:
            self.list.addItem(_entry(row))
        self.list.blockSignals(False)
        if self._id not in {row.id for row in rows} and rows:
            self._id = rows[0].id
        self._mark_chosen()
        self._read_sheet()

    def _mark_chosen(self) -> None:
        self.list.blockSignals(True)
        ids = [row.id for row in self._rows]
        self.list.setCurrentRow(ids.index(self._id) if self._id in ids else -1)
        self.list.blockSignals(False)

    def _on_chosen(self, entry: QListWidgetItem | None) -> None:
        if entry is None:
            return
        if self.pages.currentIndex() == EDITING and self.editing.is_changed:
            self._notice.tell(
                tr("These words are not saved. Save them, or go back without saving.")
            )
            self._mark_chosen()
            return
        self._notice.clear()
        self._id = str(entry.data(_ID))
        self._close()
        self._read_sheet()

    def _read_sheet(self) -> None:
        if self._id:
            future = self._desk.ask(ReadPlaybookSheet(self._id))
            self._sheet_read.wait(future, self._show_sheet, self._fail)

    def _show_sheet(self, sheet: Sheet | None) -> None:
        if sheet is None:
            return
        self._sheet = sheet
        self.reading.show_sheet(sheet)
        if self.pages.currentIndex() == EDITING:
            self.editing.move_to(sheet)

    # --- acting ---

    def _edit(self, key: str) -> None:
        if self._sheet is not None:
            self._notice.clear()
            self.pages.setCurrentIndex(EDITING)
            self.editing.show_part(self._sheet, key, self.reading.lang)

    def _close(self) -> None:
        self.pages.setCurrentIndex(READING)

    def _show_versions(self) -> None:
        future = self._desk.ask(ListPlaybookVersions(self._id))
        self._versions_read.wait(future, self._take_versions, self._fail)

    def _take_versions(self, versions: list[PlaybookVersion]) -> None:
        self.versions.show_versions(self._title(), versions)
        self.pages.setCurrentIndex(VERSIONS)
        self.versions.list.setFocus()

    def _save(self, command: PlaybooksCommand) -> None:
        self._do(command, self._on_saved)

    def _on_saved(self, done: Done) -> None:
        self._notice.tell(tr("Saved as version {version}.", version=done.answer["version"]),
                          tone="accent")  # fmt: skip
        if self.pages.currentIndex() != VERSIONS:  # asked for while it was being saved
            self._close()
            self.reading.focus_texts()

    def _set_reviewed(self, lang: str, is_reviewed: bool) -> None:
        if (sheet := self._sheet) is None:
            return
        known = {known for known in LANGS if sheet.row.reviewed.get(known, False)}
        now = known | {lang} if is_reviewed else known - {lang}
        reviewed = tuple(known for known in LANGS if known in now)
        self._do(SavePlaybook(sheet.row.id, sheet.row.version, reviewed=reviewed), _nothing)

    def _ask_restore(self) -> None:
        self._notice.tell(
            tr("Use the built-in texts of {name} again? Your versions stay in the list.",
               name=self._title()),
            [(tr("Restore"), "restore"), (tr("Keep mine"), "keep")],
        )  # fmt: skip

    def _on_answer(self, action: str) -> None:
        if action == "restore":
            self._do(RestorePlaybook(self._id), self._on_restored)

    def _on_restored(self, done: Done) -> None:
        self._notice.tell(
            tr("The built-in texts are in use again (version {version}).",
               version=done.answer["version"]), tone="accent",
        )  # fmt: skip

    def _do(self, command: PlaybooksCommand, then: Callable[[Done], None]) -> None:
        Waiter(self, self._desk.do(command), then, self._fail)

    def _fail(self, error: SocialDeskError) -> None:
        is_moved = isinstance(error, CommandError) and error.fault is CommandFault.CHANGED_SINCE
        if is_moved:
            self._notice.tell(tr("Somebody saved another version meanwhile. It is shown now; your "
                                 "words stay in the editor."), tone="danger")  # fmt: skip
            self._read_sheet()
        else:
            self._notice.tell_sentence(sentence(error))

    def _title(self) -> str:
        row = next((row for row in self._rows if row.id == self._id), None)
        return type_words(row.id, row.title.get(language(), "")) if row else ""


def _nothing(_: Done) -> None:
    """The list is read again by itself."""


def _entry(row: PlaybookRow) -> QListWidgetItem:
    name = type_words(row.id, row.title.get(language(), ""))
    state = tr("your own, {version}", version=row.version) if row.is_own else tr("built in")
    read = tr("read") if row.read_by else tr("not read yet")
    entry = QListWidgetItem(f"{name}\n{state} · {read}")
    entry.setData(_ID, row.id)
    entry.setData(Qt.ItemDataRole.AccessibleTextRole, f"{name}, {state}, {read}")
    return entry
