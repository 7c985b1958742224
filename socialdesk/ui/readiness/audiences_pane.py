"""Who must hear it from us, kept in quiet times: written down, tried once in a while."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QWidget

from socialdesk.domain.crisis.crisis_rows import AudienceRow
from socialdesk.domain.crisis.readiness import NOTIFY, has_way, is_stale
from socialdesk.engine.commands.statements import SaveAudience
from socialdesk.i18n import tr
from socialdesk.ui.compose.parts import column, label, push, when
from socialdesk.ui.crisis.audience_words import channel_word, kind_word
from socialdesk.ui.empty_note import EmptyNote
from socialdesk.ui.flow import Flow
from socialdesk.ui.plain import isolated


class AudiencesPane(QWidget):
    """`ask_asked(AudienceRow | None)`: change one, or write a new one. `save_asked(SaveAudience)`:
    it was tried, or is no longer needed. `service_asked(AudienceRow)`: the address of their notify
    service."""

    ask_asked = Signal(object)
    save_asked = Signal(object)
    service_asked = Signal(object)

    def __init__(self, now: int, parent: QWidget) -> None:
        super().__init__(parent)
        self._rows: Sequence[AudienceRow] = ()
        self._now = now
        self.list = QListWidget()
        self.list.setProperty("framed", "yes")
        self.list.setSpacing(1)
        self.list.setMinimumHeight(150)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setAccessibleName(tr("Audiences"))
        self._empty = EmptyNote(self.list)
        self.list.currentRowChanged.connect(lambda _: self._settle())
        self.list.itemActivated.connect(lambda _: self._on_change())
        self.add = push(tr("Add an audience…"), lambda: self.ask_asked.emit(None), icon="plus")
        self.change = push(tr("Change…"), self._on_change, icon="pencil")
        self.service = push(tr("Service…"), self._on_service)
        self.service.setToolTip(tr("The address of their notify service, kept in the keyring"))
        self.tested = push(tr("Tried today, it works"), self._on_tested, icon="check")
        self.drop = push(tr("No longer needed"), self._on_drop, kind="quiet", icon="archive")
        told = label(
            tr("People to be told in a crisis, who of us speaks to them, and how. Try each contact "
               "once in a while."), "dim",
        )  # fmt: skip
        self.setLayout(column(
            told, self.list,
            Flow(self.add, self.change, self.service, self.tested, self.drop, far=1),
        ))  # fmt: skip

    def show_rows(self, rows: Sequence[AudienceRow], now: int) -> None:
        """`now`: ms UTC."""
        at = self.list.currentRow()
        self._rows, self._now = rows, now
        self.list.blockSignals(True)
        self.list.clear()
        for one in rows:
            first, second = self.words(one)
            entry = QListWidgetItem(f"{first}\n{second}")
            entry.setData(Qt.ItemDataRole.AccessibleTextRole, f"{first}. {second}")
            self.list.addItem(entry)
        self.list.setCurrentRow(max(0, min(at, len(rows) - 1)) if rows else -1)
        self.list.blockSignals(False)
        self._empty.say("" if rows else tr(
            "Nobody is listed yet. Add employees, partners, press and authorities while it is "
            "quiet: in a crisis they stand here with a way to reach each."
        ))  # fmt: skip
        self._settle()

    def words(self, one: AudienceRow) -> tuple[str, str]:
        """Who and how; by whom and since when that is known to work."""
        way = isolated(one.contact or one.address) if has_way(one) else tr("no address yet")
        who = isolated(one.name), kind_word(one.kind), channel_word(one.channel), way
        speaker = (
            tr("{name} speaks to them", name=isolated(one.spokesperson)) if one.spokesperson
            else tr("nobody is named to speak to them")
        )  # fmt: skip
        return " · ".join(filter(None, who)), f"{speaker} · {self._tried(one)}"

    def _tried(self, one: AudienceRow) -> str:
        if not one.tested_at:
            return tr("never tried")
        said = tr("tried {when}", when=when(one.tested_at))
        return tr("{tried}, long ago", tried=said) if is_stale(one.tested_at, self._now) else said

    def chosen(self) -> AudienceRow | None:
        at = self.list.currentRow()
        return self._rows[at] if 0 <= at < len(self._rows) else None

    def _settle(self) -> None:
        for button in (self.change, self.tested, self.drop):
            button.setEnabled(self.chosen() is not None)
        one = self.chosen()
        self.service.setVisible(one is not None and one.channel == NOTIFY)

    def _on_change(self) -> None:
        if (one := self.chosen()) is not None:
            self.ask_asked.emit(one)

    def _on_service(self) -> None:
        if (one := self.chosen()) is not None:
            self.service_asked.emit(one)

    def _on_tested(self) -> None:
        if (one := self.chosen()) is not None:
            self.save_asked.emit(_saved(one, is_tested=True))

    def _on_drop(self) -> None:
        if (one := self.chosen()) is not None:
            self.save_asked.emit(_saved(one, is_archived=True))


def _saved(one: AudienceRow, *, is_tested: bool = False, is_archived: bool = False) -> SaveAudience:
    """As it stands, but for the two."""
    return SaveAudience(
        one.name, one.kind, one.id, one.channel, one.address, one.lang, one.spokesperson,
        one.contact, is_tested, is_archived,
    )  # fmt: skip
