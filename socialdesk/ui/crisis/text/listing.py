"""The list of an incident's texts: kind, languages, hash, look, where each stands."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QWidget

from socialdesk.domain.crisis.crisis_rows import StatementRow, VersionText
from socialdesk.i18n import tr
from socialdesk.ui.compose.parts import when
from socialdesk.ui.crisis.text.draft import newest
from socialdesk.ui.crisis.text.words import hash12, kind_word, look_word, outbox_word
from socialdesk.ui.keys import press_of
from socialdesk.ui.plain import isolated
from socialdesk.ui.wrapped import wrap_rows

_ID = Qt.ItemDataRole.UserRole
BEGUN_ID = 0  # a new text, above the others until a word of it is stored
LINES_ID = -1  # the reply lines, below the texts
BACK = ("taken_back", "discarded")


class StatementList(QListWidget):
    """`chosen(id)`: a statement's id, BEGUN_ID, LINES_ID. `entered`: Enter."""

    chosen = Signal(object)
    entered = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._shown: list[tuple[int, str, str]] = []
        self.setProperty("framed", "yes")
        wrap_rows(self)
        self.setSpacing(1)
        self.setAccessibleName(tr("Texts of this incident"))
        self.currentItemChanged.connect(lambda now, _: self._tell(now))

    def show_rows(self, rows: Sequence[StatementRow], current: int, begun: str = "") -> None:
        """Newest first; dropped ones are left out. `begun`: the kind of a new text. Without
        telling."""
        here = [(row.id, kind_word(row.kind), statement_words(row))
                for row in rows if not row.dropped_at]  # fmt: skip
        if begun:
            here.insert(0, (BEGUN_ID, kind_word(begun), tr("not written")))
        here.append((LINES_ID, tr("Reply lines"), tr("Each is looked at once in a language")))
        self.blockSignals(True)
        if here != self._shown:
            self._shown = here
            self.clear()
            for entry in here:
                self._add(*entry)
        for n in range(self.count()):
            if self.item(n).data(_ID) == current:
                self.setCurrentRow(n)
        self.blockSignals(False)

    def go_to(self, id_: int) -> None:
        """As if it was chosen by hand."""
        for n in range(self.count()):
            if self.item(n).data(_ID) == id_:
                self.setCurrentRow(n)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if press_of(event) == "Enter":  # with Ctrl it is the panel's
            self.entered.emit()
        else:
            super().keyPressEvent(event)

    def _add(self, id_: int, name: str, below: str) -> None:
        entry = QListWidgetItem(f"{name}\n{below}")
        entry.setData(_ID, id_)
        entry.setData(Qt.ItemDataRole.AccessibleTextRole, f"{name}, {below}".replace("\n", ", "))
        self.addItem(entry)

    def _tell(self, entry: QListWidgetItem | None) -> None:
        if entry is not None:
            self.chosen.emit(int(entry.data(_ID)))


def lang_state(row: StatementRow | None, lang: str) -> str:
    """How far one language of a statement is; None = it is not stored yet."""
    version = newest(row).get(lang) if row is not None else None
    if version is None:
        return tr("not written")
    if is_live(version):
        return tr("out")
    return tr("second look given") if version.standing else tr("draft")


def statement_words(row: StatementRow) -> str:
    """One line a language: "en · a1b2c3d4e5f6 · same person, … · Mastodon: sent"."""
    lines = [version_words(lang, v) for lang, v in sorted(newest(row).items())]
    if row.audience:
        lines.insert(0, tr("to {audience}", audience=isolated(row.audience)))
    return "\n".join([*lines, when(row.at)])


def version_words(lang: str, version: VersionText) -> str:
    """One language of a statement."""
    return " · ".join([lang, hash12(version.hash), look_words(version), *where_words(version)])


def look_words(version: VersionText) -> str:
    """The kind of look that stands, or that none does; a check that was skipped says so."""
    if version.skipped:
        return tr("check skipped: {codes}", codes=", ".join(version.skipped))
    if standing := version.standing:
        return ", ".join(look_word(look) for look in standing)
    if version.looks:
        return tr("second look ended: {why}", why=ended_words(version.looks[-1].ended))
    return tr("no second look")


def ended_words(ended: str) -> str:
    """Why a look counts no more: old, other_text, or "fact:ID:STATE", "changed:VERSION",
    "state:STATE"."""
    match ended.partition(":")[0]:
        case "fact":
            return tr("a fact is another now")
        case "state":
            return tr("the incident went on")
        case "old":
            return tr("its time is over")
        case _:
            return tr("the text was changed")


def where_words(version: VersionText) -> list[str]:
    """Where it went out, with the state of each."""
    return [f"{isolated(account)}: {outbox_word(state)}"
            for _, account, state, _ in version.published]  # fmt: skip


def is_published(row: StatementRow) -> bool:
    """Whether any version is on its way or out: it is not edited any more."""
    return any(is_live(version) for version in row.versions)


def is_live(version: VersionText) -> bool:
    """Whether any account has it, or is about to; what was taken back is a draft again."""
    return any(state not in BACK for _, _, state, _ in version.published)
