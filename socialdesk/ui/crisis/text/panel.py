"""The texts of an incident, as a tab of its room: the list, drafting, looks, publishing."""

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QHideEvent, QKeyEvent
from PySide6.QtWidgets import QStackedWidget, QTabBar, QWidget

from socialdesk.domain.changes import Area, Changes
from socialdesk.domain.crisis.crisis_rows import StatementRow, VersionText
from socialdesk.domain.errors import SocialDeskError
from socialdesk.engine.commands.statements import DropStatement
from socialdesk.engine.desk import Desk
from socialdesk.engine.words.messages import sentence
from socialdesk.i18n import tr
from socialdesk.ui.bridge import Bridge
from socialdesk.ui.compose.parts import NoticeBar, Speaker, column, push, row
from socialdesk.ui.crisis.text.draft import StatementDraft, blank, draft_of, is_behind, newest
from socialdesk.ui.crisis.text.draft_pane import DraftPane
from socialdesk.ui.crisis.text.foot import Foot
from socialdesk.ui.crisis.text.known import Known, Reader
from socialdesk.ui.crisis.text.line_page import LinePage
from socialdesk.ui.crisis.text.listing import (
    BEGUN_ID,
    LINES_ID,
    StatementList,
    is_published,
    lang_state,
)
from socialdesk.ui.crisis.text.looked_at import statement_look
from socialdesk.ui.crisis.text.saver import StatementSaver
from socialdesk.ui.crisis.text.sheet import Sheet
from socialdesk.ui.crisis.text.warnings import missing
from socialdesk.ui.crisis.text.words import KINDS, kind_word, lang_word
from socialdesk.ui.focus import has_keys
from socialdesk.ui.keys import press_of
from socialdesk.ui.palette import Choice, ask, fuzzy
from socialdesk.ui.tasks import Waiter
from socialdesk.ui.turning import TurningSplit

WIDE = 500  # px that the list and a text need side by side
CTRL_ENTER, CTRL_L, CTRL_N = "Ctrl+Enter", "Ctrl+L", "Ctrl+N"


class TextPanel(QWidget):
    """`now()`: ms UTC, of the desk's clock. `published`: a text is on its way."""

    published = Signal()

    def __init__(
        self, desk: Desk, incident_id: int, now: Callable[[], int], parent: QWidget
    ) -> None:
        super().__init__(parent)
        self._desk, self._incident_id, self._now = desk, incident_id, now
        self._known = Known()
        self._reader = Reader(desk, incident_id, self)
        self._saver = StatementSaver(desk, self)
        self._draft: StatementDraft | None = None
        self._begun: StatementDraft | None = None  # a new text that is not stored yet
        self._id = BEGUN_ID  # of the statement shown
        self._lang = "en"
        self._shown = (0, "")  # which draft and language the editor shows
        self._after_save: Callable[[], None] | None = None
        self._make()
        Speaker(self, self._make_again)
        self._reader.read.connect(self._take)
        self._reader.failed.connect(self._fail)
        self._saver.saved.connect(self._on_saved)
        self._saver.failed.connect(self._fail)
        Bridge(desk, self).changed.connect(self._on_changed)
        self._reader.refresh()

    def _make_again(self) -> None:
        """In another language, with what is being written."""
        self._saver.flush()
        self._make()
        self._shown = (0, "")
        self._take(self._known)

    def _make(self) -> None:
        desk = self._desk
        self._notice = NoticeBar(self)
        self._list = StatementList(self)
        self._list.chosen.connect(self._on_chosen)
        self._list.entered.connect(self._enter)
        self._new = push(tr("New text (Ctrl+N)"), self.choose_kind, icon="plus")
        left = QWidget()
        left.setLayout(column(row(self._new, None), self._list, margin=12))
        self._tabs = QTabBar()
        self._tabs.setAccessibleName(tr("Language of the text"))
        self._tabs.setDrawBase(False)
        self._tabs.currentChanged.connect(self._on_tab)
        self._pane = DraftPane(desk, self._now, self)
        self._pane.touched.connect(self._on_touched)
        self._pane.failed.connect(self._fail)
        self._sheet, self._lines = Sheet(self), LinePage(desk, self._incident_id, self._now, self)
        self._lines.failed.connect(self._fail)
        self._pages = QStackedWidget()
        for page in (self._pane, self._sheet, self._lines):
            self._pages.addWidget(page)
        self._foot = Foot(self)
        self._foot.look_asked.connect(self.look)
        self._foot.publish_asked.connect(self.publish)
        self._foot.correct_asked.connect(lambda: self.begin_correction(self._id))
        self._foot.drop_asked.connect(self._drop)
        self._right = QWidget()
        box = column(self._tabs, self._pages, self._foot, space=0)
        box.setStretchFactor(self._pages, 1)
        self._right.setLayout(box)
        split = TurningSplit(left, self._right, (210, 890), WIDE)
        self.setLayout(column(self._notice, split, space=0))

    # --- beginning ---

    def choose_kind(self) -> None:
        """Ask which kind of text; the likeliest first: a first statement, then an update."""
        has_first = any(row.kind == "first" and is_published(row) for row in self._known.rows)
        kinds = (*KINDS[1:], KINDS[0]) if has_first else KINDS
        choices = [Choice(kind_word(kind), kind) for kind in kinds]
        ask(tr("New text"), tr("Which kind of text"), lambda typed: fuzzy(typed, choices),
            self.begin, self)  # fmt: skip

    def begin(self, kind: str) -> None:
        """A text of this kind, with the prepared words; a missed promise is told first."""
        if (incident := self._known.incident) is None or self._known.prepared is None:
            return
        draft = blank(incident.id, kind, incident.playbook, self._known.prepared,
                      now=self._now(), late_at=self._known.late_at)  # fmt: skip
        if kind != "staff":
            draft.accounts = self._known.usual_accounts()
        self._write(draft)

    def begin_correction(self, statement_id: int, wrong: str = "", lang: str = "") -> None:
        """Of a published statement; the wrong sentence stands in it already. One that was begun, by
        the desk too, is gone on with."""
        if self._known.incident is None:  # this tab was opened for it a moment ago
            self._reader.once(partial(self.begin_correction, statement_id, wrong, lang))
            return
        row = self._known.statement(statement_id)
        if row is None:
            return
        if (begun := self._known.correction_of(statement_id)) is not None:
            self._lang = lang or self._lang
            self._list.go_to(begun.id)
            self._pane.focus_first()
            return
        self.begin("correction")
        if (draft := self._draft) is None:
            return
        draft.supersedes_id = statement_id
        version = next(iter(newest(row).values()), None)
        draft.accounts = version.accounts if version is not None else draft.accounts
        if wrong:
            self._lang = lang or self._lang
            draft.fill_in(self._lang, "wrong", wrong.rstrip(". "))
        self._write(draft)

    def _write(self, draft: StatementDraft) -> None:
        self._id = BEGUN_ID
        self._draft = self._begun = draft
        self._saver.show(draft)
        self._notice.clear()
        self._show_list()
        self._show()
        self._pane.focus_first()

    # --- reading ---

    def _on_changed(self, changes: Changes) -> None:
        if changes.areas & {Area.INCIDENTS, Area.ACCOUNTS, Area.PLAYBOOKS, Area.OUTBOX, Area.ALL}:
            self._reader.refresh()

    def _take(self, known: Known) -> None:
        self._known = known
        if known.incident is None or known.prepared is None:
            return
        self._pane.know(known.incident, known.prepared, known.accounts, known.fact_rows)
        self._lines.know(known)
        if not self._id and self._draft is None and known.rows:
            self._id = known.rows[0].id
            self._open(self._id)
        row = self._row
        if self._draft is not None and row is not None and is_published(row):
            if self._saver.is_settled:  # it went out: what stands there is only read now
                self._draft = None
                self._saver.show(None)
        self._show_list()
        self._show()

    def _show_list(self) -> None:
        begun = self._begun
        if begun is None or self._saver.is_settled:  # its row may come before its save's answer
            self._list.show_rows(self._known.rows, self._id, begun.kind if begun else "")

    def _open(self, statement_id: int) -> None:
        """Its draft when it is still one; what is being typed is not read over."""
        row = self._known.statement(statement_id)
        is_shown = self._draft is not None and self._draft.statement_id == statement_id
        if row is None or is_published(row):
            self._draft = None
            self._saver.show(None)
        elif not is_shown:
            self._draft = draft_of(self._incident_id, row)
            self._saver.show(self._draft)

    def _on_chosen(self, id_: int) -> None:
        self._notice.clear()
        self._id = id_
        if id_ in (LINES_ID, BEGUN_ID):
            self._draft = self._begun if id_ == BEGUN_ID else None
            self._saver.show(self._draft)
        else:
            self._open(id_)
        self._show()

    def _enter(self) -> None:
        if self._draft is not None:
            self._pane.focus_first()
        elif self._id == LINES_ID:
            self._lines.setFocus()
        else:
            self._foot.publish.setFocus()

    # --- showing ---

    @property
    def _row(self) -> StatementRow | None:
        return self._known.statement(self._id)

    @property
    def _version(self) -> VersionText | None:
        row = self._row
        return newest(row).get(self._lang) if row is not None else None

    def _show(self) -> None:
        self._show_tabs()
        row = self._row
        is_lines = self._id == LINES_ID
        self._right.setVisible(is_lines or self._draft is not None or row is not None)
        self._foot.setVisible(not is_lines)
        if is_lines:
            self._pages.setCurrentWidget(self._lines)
            self._lines.show_lang(self._lang)
        elif self._draft is not None:
            shown = id(self._draft), self._lang
            if self._pages.currentWidget() is not self._pane or self._shown != shown:
                self._pane.show_draft(self._draft, self._lang)
                self._shown = shown
            self._pages.setCurrentWidget(self._pane)
        elif row is not None:
            if self._pages.currentWidget() is self._pane and has_keys(self._pane):
                self._list.setFocus()  # it went out: the keys stay in this room
            self._pages.setCurrentWidget(self._sheet)
            self._sheet.show_row(row, self._lang, self._known.facts)
        self._show_foot()

    def _show_foot(self) -> None:
        row = self._row
        is_out = row is not None and is_published(row)
        is_settled = self._draft is None or self._saver.is_settled
        self._foot.show_version(self._version, is_settled=is_settled, is_out=is_out)

    def _show_tabs(self) -> None:
        langs = self._known.langs
        if self._lang not in langs and langs:
            self._lang = langs[0]
        self._tabs.blockSignals(True)
        while self._tabs.count() > len(langs):
            self._tabs.removeTab(self._tabs.count() - 1)
        while self._tabs.count() < len(langs):
            self._tabs.addTab("")
        for n, lang in enumerate(langs):
            state = tr("lines") if self._id == LINES_ID else lang_state(self._row, lang)
            self._tabs.setTabText(n, f"{lang_word(lang)} · {state}")
            self._tabs.setTabData(n, lang)
            if lang == self._lang:
                self._tabs.setCurrentIndex(n)
        self._tabs.blockSignals(False)

    def _on_tab(self, at: int) -> None:
        self._lang = str(self._tabs.tabData(at) or self._lang)
        self._saver.flush()
        self._show()

    # --- writing ---

    def _on_touched(self) -> None:
        self._notice.clear()  # what was missing may be there now
        self._saver.touch()
        self._show_foot()

    def _on_saved(self, draft: StatementDraft) -> None:
        if draft is self._begun:
            self._begun = None
        if draft is self._draft:
            self._id = draft.statement_id
        self._reader.refresh()
        then, self._after_save = self._after_save, None
        if then is not None:
            self._reader.once(then)

    def hideEvent(self, event: QHideEvent) -> None:
        self._saver.flush()
        super().hideEvent(event)

    def take_key(self, press: str) -> bool:
        """From the screen around too, as from its tabs."""
        acts = {CTRL_ENTER: self.publish, CTRL_L: self.look, CTRL_N: self.choose_kind}
        if (act := acts.get(press)) is not None:
            act()
        return act is not None

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not self.take_key(press_of(event)):
            super().keyPressEvent(event)

    # --- acting ---

    def _settled(self, then: Callable[[], None]) -> bool:
        """Whether all is stored and was read again; else that comes first, and then it is done."""
        if self._draft is None:
            return True
        if not self._saver.is_settled:
            self._after_save = then
            self._saver.flush()
        elif is_behind(self._version, self._draft.lang(self._lang)):  # each save is read again
            self._reader.once(then)
        else:
            return True
        return False

    def look(self) -> None:
        """The second look at the text in this language, exactly as it is stored."""
        if not self._foot.isVisible() or not self._foot.look.isEnabled():
            return
        draft = self._draft
        if draft is not None and (lacks := missing(draft.kind, draft.lang(self._lang))):
            self._notice.tell(lacks[0][0])  # now: filling it in would begin the cool-down again
            self._pane.focus_first()
            return
        if draft is not None and not draft.lang(self._lang).version_id:
            draft.lang(self._lang).is_dirty = True  # the prepared words, as they are
        if not self._settled(self.look):
            return
        incident, row, version = self._known.incident, self._row, self._version
        if incident is None or row is None or version is None:
            return
        self._notice.clear()
        from socialdesk.ui.crisis.text.look_dialog import LookDialog  # made when it is wanted

        looked = statement_look(incident, row, version, self._known.facts, self._known.names)
        dialog = LookDialog(self._desk, looked, self._now, self)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.given.connect(self._on_look)
        dialog.change_asked.connect(self._pane.go_to)
        dialog.open()

    def _on_look(self, answer: Mapping[str, Any]) -> None:
        self._list.setFocus()  # from where Ctrl+Enter publishes
        if answer.get("n_missing"):
            self._notice.tell(
                tr("One look is given. This text needs one more look of your own, later."),
                tone="accent",
            )
        self._reader.refresh()

    def publish(self) -> None:
        """What goes where, once more, and then out."""
        if not self._foot.isVisible() or not self._settled(self.publish):
            return
        row, version = self._row, self._version
        if row is None or version is None:
            return
        from socialdesk.ui.crisis.text.publish_dialog import PublishDialog  # as above

        dialog = PublishDialog(self._desk, self._known, row, version, self)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.published.connect(self.published)
        dialog.finished.connect(lambda _: self._reader.refresh())
        dialog.open()

    def _drop(self) -> None:
        statement_id = self._id
        if self._draft is self._begun:
            self._begun = None
        self._draft = None
        self._saver.show(None)
        self._id = BEGUN_ID
        self._show_list()
        if statement_id > 0:
            future = self._desk.do(DropStatement(statement_id))
            Waiter(self, future, lambda _: self._reader.refresh(), self._fail)
        self._show()

    def _fail(self, error: SocialDeskError) -> None:
        self._after_save = None
        self._notice.tell_sentence(sentence(error))
        self._show_foot()
