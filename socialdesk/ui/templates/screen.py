"""The templates of a workspace: find, write, look once more, approve."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QCheckBox,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QStackedWidget,
    QWidget,
)  # fmt: skip

from socialdesk.domain.changes import Area, Changes
from socialdesk.domain.crisis.approval import TeamMode
from socialdesk.domain.errors import SocialDeskError
from socialdesk.domain.queue.rows import PersonRow, TemplateRow, VersionRow
from socialdesk.domain.replies.template import TemplateState
from socialdesk.engine.commands import (
    ApproveVersion,
    ArchiveTemplate,
    ExportTemplates,
    InstallPack,
    SaveTemplate,
)
from socialdesk.engine.desk import Desk, Done
from socialdesk.engine.queries import ListPeople, ListTemplates, ListVersions, ReadSettings
from socialdesk.engine.settings import value_of
from socialdesk.engine.words.messages import sentence
from socialdesk.i18n import tr, trn
from socialdesk.ui.bridge import Bridge
from socialdesk.ui.clearing import make_clearable
from socialdesk.ui.compose.parts import NoticeBar, Speaker, column, label, now_ms, push, row
from socialdesk.ui.empty_note import EmptyNote
from socialdesk.ui.icons import icon
from socialdesk.ui.tasks import Latest, Waiter
from socialdesk.ui.templates.approval_pane import ApprovalPane
from socialdesk.ui.templates.editor_pane import EditorPane
from socialdesk.ui.templates.files import (
    ask_export,
    ask_import,
    said_of_export,
    said_of_import,
)
from socialdesk.ui.templates.lock_note import LockNote
from socialdesk.ui.templates.state import approved, newest, summary
from socialdesk.ui.templates.use_pane import UsePane
from socialdesk.ui.templates.versions_pane import VersionsPane
from socialdesk.ui.theme import tokens
from socialdesk.ui.timers import once
from socialdesk.ui.turning import Turning, TurningSplit, together
from socialdesk.ui.wrapped import wrap_rows

SEARCH_MS = 150
STARTER_PACK = "starter"
Act = SaveTemplate | ApproveVersion | ArchiveTemplate | InstallPack | ExportTemplates
_ID = Qt.ItemDataRole.UserRole
WIDE = 540  # px that the list and a template need side by side


class TemplatesScreen(QWidget):
    """List at the left, the chosen template at the right."""

    def __init__(self, desk: Desk, parent: QWidget | None) -> None:
        super().__init__(parent)
        self._desk, self._latest = desk, Latest(self)
        self._versions_read = Latest(self)
        self._all_versions: tuple[int, list[VersionRow]] = 0, []  # of which template, all of them
        self._rows: dict[int, TemplateRow] = {}
        self._id = 0  # of the template shown; 0 = a new one
        self._is_new = False  # somebody asked for a new one
        self._mode, self._here = TeamMode.SOLO, ""
        self._make()
        Speaker(self, self._make_again)
        Bridge(desk, self).changed.connect(self._on_changed)
        self.refresh()
        self._read_who()

    def _make_again(self) -> None:
        old, search = self._editor, self._search.text()
        self._make()
        self._editor.unsaved.update(old.unsaved)
        self._editor.new_names = old.new_names
        self._search.setText(search)
        self._show(list(self._rows.values()))

    def _make(self) -> None:
        self._notice, self._lock = NoticeBar(self), LockNote(self._desk, self)
        self._lock.turned.connect(lambda: self._show(list(self._rows.values())))
        self._search = QLineEdit()
        self._search.setAccessibleName(tr("Search templates"))
        self._search.setPlaceholderText(tr("Search name and words"))
        make_clearable(self._search)
        self._search_pause = once(self._search, SEARCH_MS, self.refresh)
        self._search.textChanged.connect(lambda _: self._search_pause.start())
        self._list = QListWidget()
        self._list.setProperty("framed", "yes")
        self._list.setSpacing(1)
        wrap_rows(self._list)
        self._list.setAccessibleName(tr("Templates"))
        self._list.currentItemChanged.connect(lambda now, _: self._on_chosen(now))
        self._empty = EmptyNote(self._list)
        self._with_archived = QCheckBox(tr("Show archived"))
        self._with_archived.toggled.connect(lambda _: self.refresh())
        self._new = push(tr("New template"), self.new_template, icon="plus")
        self._pack = push(
            tr("Start with our pack"), self._install, icon="layers",
            tip=tr("Common replies in three languages. Each is approved by you before it is used."),
        )  # fmt: skip
        self._pack.hide()
        left = QWidget()
        left.setLayout(column(
            self._search, self._list, row(self._pack, None),
            Turning(self._new, None, self._with_archived),
            self._make_file_buttons(),
            margin=12,
        ))  # fmt: skip
        split = TurningSplit(left, self._make_right(), (340, 620), WIDE, above=0.45)
        whole = column(self._notice, self._lock, split, space=0)
        whole.setStretchFactor(split, 1)  # the lock takes as much as its words need
        self.setLayout(whole)

    def _make_file_buttons(self) -> QWidget:
        return Turning(
            push(tr("Import…"), lambda: ask_import(self, self._import), kind="quiet"),
            push(tr("Export…"), lambda: ask_export(self, self._export), kind="quiet"),
            push(tr("How they are used"), self._show_use, kind="quiet"), None,
        )  # fmt: skip

    def _make_right(self) -> QWidget:
        self._editor, self._versions = EditorPane(self), VersionsPane(self)
        self._uses = label(tone="dim", wraps=False)
        self._approve = push(tr("Approve…"), self.show_approval, icon="shield-check")
        self._archive = push(tr("Archive"), self._on_archive, kind="quiet", icon="archive")
        self._editor.save_asked.connect(self._save)
        self._editor.turned.connect(lambda _: self._show_state())
        page = QWidget()
        buttons = Turning(together(self._approve, self._archive), None, self._uses)
        page.setLayout(column(self._editor, buttons, self._versions, margin=12))
        self._approval = ApprovalPane(self)
        self._approval.approved.connect(self._on_approve)
        self._approval.closed.connect(self._close_approval)
        self._pages = QStackedWidget()
        self._pages.addWidget(page)
        self._pages.addWidget(self._approval)
        self._use = UsePane(self._desk, now_ms, self)
        self._use.closed.connect(self._close_approval)
        self._use.failed.connect(self._fail)
        self._pages.addWidget(self._use)
        return self._pages

    # --- reading ---

    def refresh(self) -> None:
        """Read the templates again."""
        query = ListTemplates(self._search.text().strip(), self._with_archived.isChecked())
        self._latest.wait(self._desk.ask(query), self._show, self._fail)

    def _read_who(self) -> None:
        Waiter(self, self._desk.ask(ReadSettings()), self._take_settings, self._fail)
        Waiter(self, self._desk.ask(ListPeople()), self._take_people, self._fail)

    def _take_settings(self, settings: dict[str, str]) -> None:
        self._mode = TeamMode(value_of(settings, "team_mode"))

    def _take_people(self, people: list[PersonRow]) -> None:
        self._here = next((p.name for p in people if p.is_here), "")

    def _on_changed(self, changes: Changes) -> None:
        if changes.areas & {Area.TEMPLATES, Area.ALL}:
            self.refresh()
        if changes.areas & {Area.SETTINGS, Area.PEOPLE, Area.ALL}:
            self._read_who()

    def _show(self, rows: list[TemplateRow]) -> None:
        self._rows = {r.id: r for r in rows}
        self._list.blockSignals(True)
        self._list.clear()
        is_new = self._is_new or (not self._id and self._editor.has_new)
        if is_new or self._editor.has_new:
            self._list.addItem(_new_entry())
        folder = ""
        for r in sorted(rows, key=lambda r: (r.folder.casefold(), r.name.casefold())):
            if r.folder != folder:
                folder = r.folder
                self._list.addItem(_heading(folder))
            self._list.addItem(self._entry(r))
        self._list.blockSignals(False)
        self._pack.setVisible(not rows and not self._search.text().strip())
        self._empty.say("" if rows else self._why_empty())
        is_first = self._id not in self._rows and not is_new
        ids = [self._list.item(n).data(_ID) for n in range(self._list.count())]
        self._choose(next((i for i in ids if i), 0) if is_first else self._id)

    def _entry(self, r: TemplateRow) -> QListWidgetItem:
        entry = QListWidgetItem(f"{r.name}\n{summary(r)}")
        entry.setData(_ID, r.id)
        spoken = f"{r.name}, {summary(r)}"
        if self._lock.is_locked:
            entry.setIcon(icon("lock", tokens(self.palette()).danger))
            spoken = tr("{template}, locked", template=spoken)
        entry.setData(Qt.ItemDataRole.AccessibleTextRole, spoken)
        return entry

    # --- choosing ---

    def new_template(self) -> None:
        """An empty page, or the one begun; nothing is stored before it is saved."""
        self._is_new = True
        if not self._has_new_entry:
            self._list.blockSignals(True)
            self._list.insertItem(0, _new_entry())
            self._list.blockSignals(False)
        self._choose(0)
        self._editor.focus_name()

    @property
    def _has_new_entry(self) -> bool:
        return self._list.count() > 0 and self._list.item(0).data(_ID) == 0

    def _why_empty(self) -> str:
        if self._search.text().strip():
            return tr("No template holds these words.")
        return tr("No templates yet. A template is a reply you approve once and use often.")

    def _choose(self, template_id: int) -> None:
        if template_id not in self._rows:
            template_id = 0
        self._list.blockSignals(True)
        ids = [self._list.item(n).data(_ID) for n in range(self._list.count())]
        self._list.setCurrentRow(ids.index(template_id) if template_id in ids else -1)
        self._list.blockSignals(False)
        is_other = template_id != self._id
        self._id = template_id
        self._editor.show_template(self._rows.get(template_id))
        if is_other:
            self._close_approval()
        self._show_state()
        if template_id:
            future = self._desk.ask(ListVersions(template_id))
            self._versions_read.wait(future, partial(self._take_versions, template_id), self._fail)

    def _take_versions(self, template_id: int, versions: list[VersionRow]) -> None:
        self._all_versions = template_id, versions
        self._show_state()

    def _on_chosen(self, entry: QListWidgetItem | None) -> None:
        if entry is None or entry.data(_ID) is None:
            return
        self._is_new = entry.data(_ID) == 0
        self._choose(int(entry.data(_ID)))
        if self._has_new_entry and not (self._is_new or self._editor.has_new):
            self.refresh()  # a new one with nothing in it leaves the list, but not under the mouse

    def _show_state(self) -> None:
        of = self._rows.get(self._id)
        self._lock.show_template(of)
        v = newest(of, self._editor.lang) if of else None
        waits = v is not None and v.state is TemplateState.DRAFT
        self._approve.setEnabled(waits and bool(of and not of.is_archived))
        self._approve.setToolTip("" if waits else tr("There are no new words to approve."))
        self._archive.setEnabled(of is not None)
        is_archived = of is not None and of.is_archived
        self._archive.setText(tr("Take out of the archive") if is_archived else tr("Archive"))
        self._uses.setText(trn("Used {n} time", "Used {n} times", of.n_uses) if of else "")
        short = of.versions if of else ()  # until all are read
        known = self._all_versions[1] if self._all_versions[0] == self._id else short
        self._versions.show_versions(known if of else (), self._editor.lang)

    # --- acting ---

    def show_approval(self) -> None:
        """The newest words of the language shown, as they will be posted."""
        of = self._rows.get(self._id)
        v = newest(of, self._editor.lang) if of else None
        if of is None or v is None:
            return
        if self._editor.is_changed:
            self._notice.tell(tr("Save the words first: only saved words can be approved."))
            return
        self._notice.clear()
        self._pages.setCurrentIndex(1)
        before = approved(of, v.lang)
        self._approval.show_version(of.name, v, before, self._mode, self._here)

    def _close_approval(self) -> None:
        self._pages.setCurrentIndex(0)

    def _on_approve(self, v: VersionRow) -> None:
        self._do(ApproveVersion(v.id, v.hash), lambda _: self._close_approval())

    def _on_archive(self) -> None:
        if (of := self._rows.get(self._id)) is not None:
            self._do(ArchiveTemplate(of.id, not of.is_archived), lambda _: None)

    def _install(self) -> None:
        self._do(InstallPack(STARTER_PACK), lambda _: self.refresh())

    def _show_use(self) -> None:
        self._pages.setCurrentWidget(self._use)
        self._use.refresh()

    def _import(self, path: str) -> None:
        self._do(InstallPack(path), lambda done: self._tell_and_read(said_of_import(done)))

    def _export(self, path: str) -> None:
        self._do(ExportTemplates(path), lambda done: self._tell_and_read(said_of_export(done)))

    def _tell_and_read(self, text: str) -> None:
        self._notice.tell(text, tone="accent")
        self.refresh()

    def _save(self, command: SaveTemplate) -> None:
        self._do(command, partial(self._on_saved, command))

    def _on_saved(self, command: SaveTemplate, done: Done) -> None:
        self._is_new = False
        self._id = int(done.answer.get("template_id", command.template_id))
        self._editor.saved(command, self._id)
        self._notice.tell(
            tr("Saved as a new version. It can be used once it is approved."), tone="accent"
        )
        self.refresh()

    def _do(self, command: Act, then: Callable[[Done], None]) -> None:
        self._notice.clear()
        Waiter(self, self._desk.do(command), then, self._fail)

    def _fail(self, error: SocialDeskError) -> None:
        self._notice.tell_sentence(sentence(error))


def _new_entry() -> QListWidgetItem:
    entry = QListWidgetItem(tr("New (unsaved)"))
    entry.setData(_ID, 0)
    return entry


def _heading(folder: str) -> QListWidgetItem:
    entry = QListWidgetItem(folder)
    entry.setFlags(Qt.ItemFlag.NoItemFlags)
    bold = entry.font()
    bold.setBold(True)
    entry.setFont(bold)
    entry.setData(Qt.ItemDataRole.AccessibleTextRole, tr("Folder {name}", name=folder))
    return entry
