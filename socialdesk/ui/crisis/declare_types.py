"""The types of crisis in the declare sheet: a list of playbooks, the words found beside each, and
when the chosen one is right."""

from collections import Counter
from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QWidget

from socialdesk.domain.playbooks.playbook import TYPES, Playbook
from socialdesk.domain.playbooks.playbook_words import which_watch
from socialdesk.engine.words.playbooks import unread_note
from socialdesk.i18n import language, tr, trn
from socialdesk.ui.compose.parts import column, label
from socialdesk.ui.keys import press_of
from socialdesk.ui.plain import one_line
from socialdesk.ui.text_size import Px, follow_text

KEY: Final = Qt.ItemDataRole.UserRole
LINE_PX: Final = 26
AT_ONCE: Final = 6  # mentions between two turns of the loop: some 3 ms


class TypeList(QListWidget):
    """j and k go as the arrows do."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if (press := press_of(event)) in ("j", "k"):
            at = self.currentRow() + (1 if press == "j" else -1)
            self.setCurrentRow(min(max(at, 0), self.count() - 1))
        elif press in ("Up", "Down", "Home", "End", "PgUp", "PgDown"):
            super().keyPressEvent(event)
        else:
            event.ignore()  # letters would jump, Enter belongs to the sheet


class TypesPane(QWidget):
    """`chosen()`: another playbook. The mentions are counted a few at a time; until somebody
    chooses, the playbook with most hits is the chosen one."""

    chosen = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._playbooks: dict[str, Playbook] = {}
        self._hits: Counter[str] = Counter()
        self._left: list[str] = []
        self._is_chosen = False  # by a person, or by the alert's topic
        self.list = TypeList()
        self.list.setProperty("framed", "yes")
        self.list.setUniformItemSizes(True)
        self.list.setAccessibleName(tr("Type of crisis"))
        self.list.setWordWrap(True)  # a long name ends in …
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        follow_text(self.list, self._show_all)
        self._when = label(tone="dim")
        self._when.setMinimumHeight(64)
        self._when.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeading)
        head = label(tr("Type"), "strong", wraps=False)
        head.setBuddy(self.list)
        self.setLayout(column(head, self.list, self._when, space=6))
        self._counting = QTimer(self)
        self._counting.setInterval(0)
        self._counting.timeout.connect(self._count_some)
        self.list.currentRowChanged.connect(self._on_chosen)

    def _show_all(self, px: Px) -> None:
        self.list.setMinimumHeight(px(len(TYPES) * LINE_PX + 20))

    def fill(self, playbooks: Sequence[Playbook], topic: str) -> None:
        """`topic`: of the alert; a playbook's id chooses that one."""
        self._playbooks = {p.id: p for p in playbooks}
        blocked = self.list.blockSignals(True)
        self.list.clear()
        for playbook in playbooks:
            entry = QListWidgetItem(one_line(playbook.title.get(language(), playbook.id)))
            entry.setData(KEY, playbook.id)
            self.list.addItem(entry)
        self.list.blockSignals(blocked)
        self._is_chosen = topic in self._playbooks
        self._go_to(topic if self._is_chosen else next(iter(self._playbooks), ""))
        self._show_hits()

    def count_hits(self, texts: Sequence[str]) -> None:
        """How many of these mentions hold watch words of each playbook."""
        self._left = list(texts)
        self._hits.clear()
        self._counting.start()

    @property
    def playbook(self) -> Playbook | None:
        """The chosen one."""
        entry = self.list.currentItem()
        return self._playbooks.get(entry.data(KEY)) if entry else None

    def _count_some(self) -> None:
        some, self._left = self._left[:AT_ONCE], self._left[AT_ONCE:]
        for text in some:
            self._hits.update(which_watch(text, self._playbooks.values()))
        if not self._left:
            self._counting.stop()
            self._show_hits()
            self._follow_hits()

    def _follow_hits(self) -> None:
        most = self._hits.most_common(1)
        if most and not self._is_chosen:
            self._go_to(most[0][0])

    def _go_to(self, playbook: str) -> None:
        """Without a person's choice."""
        if playbook in self._playbooks:
            blocked = self.list.blockSignals(True)
            self.list.setCurrentRow(list(self._playbooks).index(playbook))
            self.list.blockSignals(blocked)
            self._show_row()

    def _show_hits(self) -> None:
        for n, playbook in enumerate(self._playbooks.values()):
            found = self._hits[playbook.id]
            title = one_line(playbook.title.get(language(), playbook.id))
            hits = trn("{n} mention with its words", "{n} mentions with its words", found)
            entry = self.list.item(n)
            entry.setText(f"{title}  ({found})" if found else title)
            entry.setToolTip(hits if found else "")
            entry.setData(
                Qt.ItemDataRole.AccessibleTextRole, f"{title}, {hits}" if found else title
            )

    def _on_chosen(self) -> None:
        self._is_chosen = True
        self._show_row()

    def _show_row(self) -> None:
        playbook = self.playbook
        if playbook is not None:
            sentence = one_line(playbook.when.get(language(), ""))
            said = tr("Use this when: {sentence}", sentence=sentence)
            note = "" if playbook.is_reviewed(language()) else unread_note()
            self._when.setText(" · ".join(filter(None, (said, note))))
            self.list.setAccessibleDescription(self._when.text())
            self.chosen.emit()
