"""The readiness page: what is ready for a crisis, lines approved ahead, and the go-kit."""

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QDialog, QFileDialog, QTabWidget, QWidget

from socialdesk.domain.changes import Area, Changes
from socialdesk.domain.crisis.crisis_rows import AudienceRow
from socialdesk.domain.crisis.limits import limits_of
from socialdesk.domain.crisis.readiness import Level, QuietLine, ReadyLine, worst
from socialdesk.domain.errors import SocialDeskError
from socialdesk.domain.playbooks.playbook_sheet import PlaybookRow
from socialdesk.engine.commands.playbooks import ExportGoKit
from socialdesk.engine.commands.statements import PrepareLine, SaveAudience
from socialdesk.engine.desk import Desk, Done
from socialdesk.engine.queries import ReadSettings
from socialdesk.engine.queries.crisis import ListAudiences
from socialdesk.engine.queries.playbooks import ListPlaybooks
from socialdesk.engine.queries.readiness import ListQuietLines, ReadReadiness
from socialdesk.engine.words.messages import sentence
from socialdesk.engine.words.readiness import page_words, ready_words
from socialdesk.i18n import language, tr
from socialdesk.ui.bridge import Bridge
from socialdesk.ui.compose.parts import NoticeBar, Speaker, clear, column, label, push, row
from socialdesk.ui.crisis.ask_sheets import Sheet
from socialdesk.ui.plain import dress, isolated
from socialdesk.ui.playbooks.page import Page
from socialdesk.ui.readiness.audiences_pane import AudiencesPane
from socialdesk.ui.readiness.line_card import LineCard
from socialdesk.ui.readiness.lines_pane import LinesPane, titles_of
from socialdesk.ui.tasks import Latest, Waiter

AskPath = Callable[[QWidget, str, str], str]
"""(parent, proposed name, kind of file) → the path chosen, "" = none."""
_TONES = {Level.OK: "ok", Level.AMBER: "warn", Level.RED: "danger"}
_WATCHED = {Area.PLAYBOOKS, Area.INCIDENTS, Area.PEOPLE, Area.SETTINGS, Area.ALL}


def ask_path(parent: QWidget, name: str, kinds: str) -> str:
    """The system's own dialog; it asks before a file is replaced."""
    return QFileDialog.getSaveFileName(parent, tr("Save the go-kit"), name, kinds)[0]


class ReadinessScreen(QWidget):
    """`place_asked(place)`: where a line is worked on, see `places.py`."""

    place_asked = Signal(str)

    def __init__(
        self,
        desk: Desk,
        now: Callable[[], int],
        parent: QWidget | None,
        *,
        can_go: Callable[[str], bool] = lambda _: True,
        ask: AskPath = ask_path,
    ) -> None:
        super().__init__(parent)
        self._desk, self._now, self._can_go, self._ask_path = desk, now, can_go, ask
        self._read, self._lines_read = Latest(self), Latest(self)
        self._names_read, self._audiences_read = Latest(self), Latest(self)
        self._limits_read = Latest(self)
        self._wanted: QuietLine | None = None  # its look is opened once its words are fixed
        self._n_waiting = 0  # lines whose words are being fixed
        self.cards: list[LineCard] = []
        self.dialog: QDialog | None = None
        self.sheet: Sheet | None = None
        self._make()
        Speaker(self, self._make_again)
        Bridge(desk, self).changed.connect(self._on_changed)
        self.refresh()

    def refresh(self) -> None:
        """Count everything again."""
        self._read.wait(self._desk.ask(ReadReadiness()), self._show, self._fail)
        self._names_read.wait(self._desk.ask(ListPlaybooks()), self._take_names, self._fail)
        self._limits_read.wait(
            self._desk.ask(ReadSettings()),
            lambda kept: self.lines.show_days(limits_of(kept).quiet_lines_days), self._fail,
        )  # fmt: skip
        self._audiences_read.wait(
            self._desk.ask(ListAudiences()),
            lambda rows: self.audiences.show_rows(rows, self._now()), self._fail,
        )  # fmt: skip

    def _make_again(self) -> None:
        self._make()
        self.refresh()

    def _make(self) -> None:
        self._rows: list[PlaybookRow] = []
        self._notice = NoticeBar(self)
        self._state = label("", "strong")
        self.saving = [
            push(tr("Go-kit as PDF"), partial(self.save, "pdf"), icon="file-text"),
            push(tr("as HTML"), partial(self.save, "html"), kind="quiet"),
        ]
        self.saving[1].setAccessibleName(tr("Go-kit as HTML"))
        tip = tr("Contacts, first statements, checklists and who speaks, to print and keep")
        for button in self.saving:
            button.setToolTip(tip)
        head = QWidget()
        title = label(tr("Readiness"), "title", wraps=False)
        head.setLayout(column(row(title, None, *self.saving), self._state, space=4, margin=12))
        self._cards = column(space=4)
        self.lines = LinesPane(self)
        self.lines.look_asked.connect(self._on_look)
        self.lines.fix_asked.connect(self._fix)
        self.audiences = AudiencesPane(self._now(), self)
        self.audiences.ask_asked.connect(self._ask_audience)
        self.audiences.save_asked.connect(self._save_audience)
        self.audiences.service_asked.connect(self._ask_service)
        self.parts = QTabWidget()
        self.parts.setDocumentMode(True)
        self.parts.tabBar().setAccessibleName(tr("Parts of the page"))
        for name, part in (
            (tr("What is ready"), column(self._cards, None, margin=12)),
            (tr("Audiences"), column(self.audiences, margin=12)),
            (tr("Reply lines"), column(self.lines, margin=12)),
        ):
            inside = QWidget()
            inside.setLayout(part)
            self.parts.addTab(Page(name, inside), name)
        self.setLayout(column(self._notice, head, self.parts, space=0))

    # --- reading ---

    def showEvent(self, event: QShowEvent) -> None:
        """Seen again: days have passed."""
        super().showEvent(event)
        if self.cards and not event.spontaneous():
            self.refresh()

    def _on_changed(self, changes: Changes) -> None:
        if changes.areas & _WATCHED and not self._n_waiting:
            self.refresh()

    def _show(self, lines: Sequence[ReadyLine]) -> None:
        level = worst(lines)
        self._state.setText(page_words(level))
        dress(self._state, "tone", _TONES[level])
        keys = self.window().focusWidget()
        stood = next((card.key for card in self.cards if card.way is keys), "")
        is_awaited = not self.cards and keys is self.parts.tabBar()
        clear(self._cards)
        self.cards = [LineCard(line, self._way(line), self) for line in lines]
        for card in self.cards:
            self._cards.addWidget(card)
            card.show()  # at once: what is not shown takes no keys
            if card.key == stood:
                card.way.setFocus()
        if is_awaited:
            self.focus_first()

    def focus_first(self) -> None:
        """The first thing to do; until one is known, the tabs."""
        ways = (card.way for card in self.cards if card.level is not Level.OK)
        shown = next((way for way in ways if not way.isHidden()), self.parts.tabBar())
        shown.setFocus(Qt.FocusReason.TabFocusReason)

    def _way(self, line: ReadyLine) -> Callable[[str], None] | None:
        place = ready_words(line).place
        own = {"audiences": 1, "lines": 2}
        if (part := own.get(place)) is not None:
            return lambda _: self._to_part(part)
        return self.place_asked.emit if self._can_go(place) else None

    def _to_part(self, number: int) -> None:
        """Of this page: it takes the keys."""
        self.parts.setCurrentIndex(number)
        pane = self.lines if number == 2 else self.audiences
        pane.list.setFocus()
        if pane is self.audiences and not pane.list.count():
            self.audiences.add.setFocus()

    def _take_names(self, rows: list[PlaybookRow]) -> None:
        self._rows = rows
        future = self._desk.ask(ListQuietLines())
        self._lines_read.wait(future, self._show_lines, self._fail)

    def _show_lines(self, lines: Sequence[QuietLine]) -> None:
        names = titles_of([(r.id, r.title.get(language(), "")) for r in self._rows])
        unread = {lang for r in self._rows for lang, is_read in r.reviewed.items() if not is_read}
        self.lines.show_lines(lines, names, unread)
        wanted, self._wanted = self._wanted, None
        if wanted is not None:
            found = next((one for one in lines if _is_same(one, wanted) and one.line_id), None)
            if found is not None:
                self._open_look(found)

    # --- audiences ---

    def _ask_audience(self, one: AudienceRow | None) -> None:
        from socialdesk.ui.crisis.audience_sheets import ask_audience  # nothing else needs it

        self.sheet = ask_audience(one, self._save_from, self)

    def _ask_service(self, one: AudienceRow) -> None:
        from socialdesk.ui.crisis.service_sheet import ask_service  # nothing else here needs it

        self.sheet = ask_service(self._desk, one, self)

    def _save_from(self, command: SaveAudience, sheet: Sheet) -> None:
        Waiter(
            sheet, self._desk.do(command), lambda _: sheet.accept(),
            lambda error: sheet.notice.tell_sentence(sentence(error)),
        )  # fmt: skip

    def _save_audience(self, command: SaveAudience) -> None:
        self._notice.clear()
        Waiter(self, self._desk.do(command), lambda _: self.refresh(), self._fail)

    # --- lines ---

    def _on_look(self, line: QuietLine) -> None:
        self._notice.clear()
        if line.line_id:
            self._open_look(line)
        else:
            self._wanted = line
            self._fix([line])

    def _fix(self, lines: Sequence[QuietLine]) -> None:
        """Each is a command of its own; the list is read again after the last."""
        self._n_waiting += len(lines)
        for line in lines:
            command = PrepareLine(0, line.playbook, line.line, line.lang)
            Waiter(self, self._desk.do(command), self._on_fixed, self._on_not_fixed)

    def _on_fixed(self, _: Done) -> None:
        self._n_waiting -= 1
        if not self._n_waiting:
            self.refresh()

    def _on_not_fixed(self, error: SocialDeskError) -> None:
        self._wanted = None
        self._fail(error)
        self._n_waiting -= 1
        if not self._n_waiting:
            self.refresh()

    def _open_look(self, line: QuietLine) -> None:
        from socialdesk.ui.crisis.text.look_dialog import LookDialog  # nothing else here needs it
        from socialdesk.ui.crisis.text.looked_at import LookedAt

        name = tr("Reply line “{key}”", key=line.line)
        looked = LookedAt(
            "line", line.line_id, line.hash, name, line.lang, line.text, line.author_id,
            line.author, line.prepared_at,
        )  # fmt: skip
        dialog = LookDialog(self._desk, looked, self._now, self)
        dialog.given.connect(lambda _: self.refresh())
        dialog.finished.connect(lambda _: self._on_closed())
        self.dialog = dialog
        dialog.open()

    def _on_closed(self) -> None:
        if self.dialog is not None:
            self.dialog.deleteLater()
            self.dialog = None
        self.lines.list.setFocus()

    # --- the go-kit ---

    def save(self, shape: str) -> None:
        """Ask where, and have the engine write it."""
        kinds = {"pdf": tr("PDF (*.pdf)"), "html": tr("Web page (*.html)")}[shape]
        chosen = self._ask_path(self, f"go-kit.{shape}", kinds)
        if not chosen:
            return
        path = Path(chosen)
        path = path if path.suffix else path.with_suffix(f".{shape}")
        self._set_saving(False)
        command = ExportGoKit(str(path.absolute()), shape)
        Waiter(self, self._desk.do(command), self._on_saved, self._fail)

    def _on_saved(self, done: Done) -> None:
        self._set_saving(True)
        path = Path(done.answer["files"][0])
        self._notice.tell(
            tr("Saved: {file} in {folder}. It holds addresses and telephone numbers.",
               file=isolated(path.name), folder=isolated(str(path.parent))), tone="accent",
        )  # fmt: skip

    def _set_saving(self, is_able: bool) -> None:
        for button in self.saving:
            button.setEnabled(is_able)

    def _fail(self, error: SocialDeskError) -> None:
        self._set_saving(True)
        self._notice.tell_sentence(sentence(error))


def _is_same(one: QuietLine, other: QuietLine) -> bool:
    return (one.playbook, one.line, one.lang) == (other.playbook, other.line, other.lang)
