"""Reply lines that are approved while it is quiet: fixed, looked at, and how long that counts."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QTabBar, QWidget

from socialdesk.domain.crisis.limits import CrisisLimits
from socialdesk.domain.crisis.readiness import QuietLine
from socialdesk.domain.playbooks.playbook import COMMON_ID, LANGS
from socialdesk.engine.words.line_names import line_words
from socialdesk.engine.words.playbooks import unread_note
from socialdesk.i18n import LANGUAGES, language, tr, trn
from socialdesk.ui.compose.parts import column, label, push, row, when
from socialdesk.ui.plain import one_line


class LinesPane(QWidget):
    """`look_asked(QuietLine)`: its second look. `fix_asked(lines)`: fix the words of these, so that
    the pause before a look of one's own begins."""

    look_asked = Signal(object)
    fix_asked = Signal(object)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._lines: Sequence[QuietLine] = ()
        self._titles: dict[str, str] = {}
        self._unread: set[str] = set()
        self._tabs = QTabBar()
        self._tabs.setDrawBase(False)
        self._tabs.setAccessibleName(tr("Languages"))
        for lang in LANGS:
            self._tabs.setTabData(self._tabs.addTab(LANGUAGES[lang]), lang)
        self._tabs.setCurrentIndex(LANGS.index(language()) if language() in LANGS else 0)
        self._tabs.currentChanged.connect(lambda _: self._show())
        self._note = label(unread_note(), "warn", wraps=False)
        self.list = QListWidget()
        self.list.setProperty("framed", "yes")
        self.list.setSpacing(1)
        self.list.setMinimumHeight(220)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setAccessibleName(tr("Reply lines"))
        self.list.currentRowChanged.connect(lambda _: self._settle())
        self.list.itemActivated.connect(lambda _: self._on_look())
        self.look = push(tr("Second look…"), self._on_look, icon="shield-check")
        self.fix = push("", self._on_fix, kind="quiet")
        self._told = label("", "dim")
        self.show_days(CrisisLimits().quiet_lines_days)
        self.setLayout(column(
            self._told,
            row(self._tabs, None, self._note), self.list, row(self.look, self.fix, None),
        ))  # fmt: skip

    @property
    def lang(self) -> str:
        """The language shown."""
        return str(self._tabs.tabData(self._tabs.currentIndex()) or LANGS[0])

    def show_days(self, n: int) -> None:
        """How long a look counts."""
        self._told.setText(
            trn("Lines without a claim, and those of safety, may have their second look in quiet "
                "times. It counts for {n} day, or until the words change.",
                "Lines without a claim, and those of safety, may have their second look in quiet "
                "times. It counts for {n} days, or until the words change.", n)
        )  # fmt: skip

    def show_lines(
        self, lines: Sequence[QuietLine], titles: dict[str, str], unread: set[str]
    ) -> None:
        """`titles`: playbook id → its name. `unread`: languages with texts no native speaker has
        read."""
        self._lines, self._titles, self._unread = lines, titles, unread
        self._show()

    def chosen(self) -> QuietLine | None:
        shown, at = self._shown(), self.list.currentRow()
        return shown[at] if 0 <= at < len(shown) else None

    def _shown(self) -> list[QuietLine]:
        return [line for line in self._lines if line.lang == self.lang]

    def _show(self) -> None:
        at = self.list.currentRow()
        self.list.blockSignals(True)
        self.list.clear()
        for line in self._shown():
            self.list.addItem(self._entry(line))
        self.list.setCurrentRow(max(0, min(at, self.list.count() - 1)))
        self.list.blockSignals(False)
        self._note.setVisible(self.lang in self._unread)
        self._settle()

    def _entry(self, line: QuietLine) -> QListWidgetItem:
        title = self._titles.get(line.playbook, line.playbook)
        head = f"{title} · {one_line(line_words(line.line))} · {state_words(line)}"
        entry = QListWidgetItem(f"{head}\n{one_line(line.text)}")
        entry.setData(Qt.ItemDataRole.AccessibleTextRole, f"{head}. {one_line(line.text)}")
        return entry

    def _settle(self) -> None:
        line, loose = self.chosen(), self._loose()
        self.look.setEnabled(line is not None and not line.is_approved)
        self.fix.setText(trn("Begin the pause for {n} line", "Begin the pause for {n} lines",
                             len(loose)))  # fmt: skip
        self.fix.setAccessibleName(self.fix.text())
        self.fix.setToolTip(tr("Alone, you look again some minutes after the words were fixed: "
                               "begin for all at once."))  # fmt: skip
        self.fix.setVisible(bool(loose))

    def _loose(self) -> list[QuietLine]:
        return [line for line in self._shown() if not line.line_id]

    def _on_look(self) -> None:
        line = self.chosen()
        if line is not None and not line.is_approved:
            self.look_asked.emit(line)

    def _on_fix(self) -> None:
        self.fix_asked.emit(self._loose())


def state_words(line: QuietLine) -> str:
    """Whether it may be used at once when a crisis comes."""
    if line.is_approved:
        if line.ends_at:
            return tr("approved until {when}", when=when(line.ends_at))
        return tr("approved")
    if line.line_id:
        return tr("waits for its second look")
    return tr("no second look yet")


def titles_of(names: Sequence[tuple[str, str]]) -> dict[str, str]:
    """Playbook id → name; the shared texts have one of their own."""
    return dict(names) | {COMMON_ID: tr("Shared")}
