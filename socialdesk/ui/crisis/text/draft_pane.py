"""Drafting one statement: blocks at the left, who speaks and what it leans on at the right."""

from collections.abc import Callable, Sequence
from typing import Final

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QSizePolicy, QWidget

from socialdesk.domain.crisis.crisis_rows import FactRow
from socialdesk.domain.crisis.incident import Incident
from socialdesk.domain.crisis.statement import NEXT_UPDATE, longest_gap_min
from socialdesk.domain.playbooks.playbook_sheet import Prepared
from socialdesk.domain.queue.rows import AccountRow
from socialdesk.domain.replies.picture import PictureRule
from socialdesk.engine.desk import Desk
from socialdesk.i18n import tr
from socialdesk.ui.compose.parts import column, label, push, row
from socialdesk.ui.compose.pictures import PictureRow
from socialdesk.ui.crisis.text.blocks_form import BlocksForm
from socialdesk.ui.crisis.text.draft import StatementDraft, prepared_blocks, short_blocks
from socialdesk.ui.crisis.text.halves import Halves
from socialdesk.ui.crisis.text.leans import Leans
from socialdesk.ui.crisis.text.next_update import FIRST_KEY, N_STEPS, NextUpdate
from socialdesk.ui.crisis.text.posture_line import PostureLine
from socialdesk.ui.crisis.text.speakers import Speakers
from socialdesk.ui.crisis.text.warnings import Warnings
from socialdesk.ui.focus import tab_as_read
from socialdesk.ui.plain import clean
from socialdesk.ui.scroll_area import ScrollArea

ABOVE_PX: Final = 40  # of what stands around the field that has the keys: its name
PROOF: Final = frozenset({"document", "authority", "system"})


class DraftPane(QWidget):
    """Writes into the StatementDraft it was given. `touched`: something of it is another.
    `failed(error)`: a picture was not taken."""

    touched = Signal()
    failed = Signal(object)

    def __init__(self, desk: Desk, now: Callable[[], int], parent: QWidget) -> None:
        super().__init__(parent)
        self._now = now
        self._draft: StatementDraft | None = None
        self._lang = "en"
        self._incident: Incident | None = None
        self._prepared: Prepared | None = None
        self._facts: dict[int, FactRow] = {}
        self._form = BlocksForm(self)
        self._form_kind = push("", self.turn_short, kind="link")
        self._form_kind.hide()
        self._warnings = Warnings(self)
        self._pictures = PictureRow(desk, self)
        self._add_picture = push(tr("Add a picture"), self._pictures.choose_files, kind="link")
        self._preview = label()
        self._preview.setAccessibleName(tr("As it will be posted"))
        self._next = NextUpdate(now, self)
        self._speakers, self._leans = Speakers(self), Leans(self)
        self._posture = PostureLine(self)
        self._lay_out()
        self._wire()

    def _lay_out(self) -> None:
        bubble = QFrame()
        bubble.setProperty("bubble", "ours")
        bubble.setLayout(column(self._preview, margin=8))
        left = column(
            self._form, row(self._form_kind, self._add_picture, None), self._pictures,
            label(tr("As it will be posted"), "dim"), bubble, self._warnings, None, space=10,
        )  # fmt: skip
        right = QWidget()
        right.setLayout(
            column(self._next, self._speakers, self._leans, self._posture, None, space=14)
        )
        inner = Halves(left, right)
        self._halves = inner.both
        inner.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        scroll = ScrollArea()
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setWidget(inner)
        self._scroll = scroll
        self.setLayout(column(scroll))

    def _wire(self) -> None:
        self._form.wording_changed.connect(self._on_wording)
        self._form.value_changed.connect(self._on_value)
        self._form.own_changed.connect(self._on_own)
        self._form.went_on.connect(self._scroll_to_keys)
        self._next.chosen.connect(self._on_next)
        self._speakers.changed.connect(self._on_speakers)
        self._speakers.short_asked.connect(self.turn_short)
        self._leans.changed.connect(self._on_leans)
        self._leans.insert_asked.connect(self._form.insert)
        self._posture.changed.connect(self._on_posture)
        self._pictures.changed.connect(self._on_pictures)
        self._pictures.failed.connect(self.failed)
        for n in range(N_STEPS):
            self._shortcut(f"F{FIRST_KEY + n}", n)

    def _shortcut(self, keys: str, number: int) -> None:
        made = QShortcut(QKeySequence(keys), self)
        made.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        made.activated.connect(lambda: self._next.press(number))

    # --- what is shown ---

    def know(
        self, incident: Incident, prepared: Prepared, accounts: Sequence[AccountRow],
        facts: Sequence[FactRow],
    ) -> None:  # fmt: skip
        """What the draft is about; what is being written stays."""
        self._incident, self._prepared = incident, prepared
        self._facts = {fact.id: fact for fact in facts}
        self._speakers.show_accounts(accounts, incident.scope)
        self._leans.show_facts(facts)
        if self._draft is not None:
            self._speakers.choose(self._draft.accounts)
            self._leans.choose(self._draft.facts)
            self._judge()
        self._order_keys()

    def show_draft(self, draft: StatementDraft, lang: str) -> None:
        """Another text, or another language of it."""
        self._draft, self._lang = draft, lang
        words = draft.lang(lang)
        if not words.blocks and not words.own and not words.version_id:
            words.blocks = self._prepared_blocks()
            words.values.setdefault(NEXT_UPDATE, "")
        self._form.show_words(draft.kind, words)
        self._speakers.choose(draft.accounts)
        self._leans.choose(draft.facts)
        self._posture.show_posture(draft.posture, draft.posture_reason)
        self._pictures.load(draft.pictures, self._picture_rule())
        self._show_next()
        self._judge()
        self._order_keys()

    def _order_keys(self) -> None:
        """What was made anew comes where it is read, before what publishes."""
        tab_as_read(self._halves, after=self)

    def focus_first(self) -> None:
        """Where writing starts."""
        self._form.focus_first()
        self._scroll_to_keys()

    def go_to(self, sentence: str) -> None:
        """A sentence that shall be changed."""
        self._form.go_to(sentence)
        self._scroll_to_keys()

    def _scroll_to_keys(self) -> None:
        """Qt does so for Tab only. Later: fields that were just made have no place yet."""
        if (at := self._form.focusWidget()) is not None:
            QTimer.singleShot(0, at, lambda: self._scroll.ensureWidgetVisible(at, 0, ABOVE_PX))

    def turn_short(self) -> None:
        """The one-post form of a first statement, or the long one again."""
        draft = self._draft
        if draft is None or self._prepared is None or self._incident is None:
            return
        words = draft.lang(self._lang)
        words.blocks = (
            self._prepared_blocks()
            if words.is_short
            else short_blocks(self._lang, self._incident.playbook, self._prepared)
        )
        words.is_dirty = True
        self._form.show_words(draft.kind, words)
        self._order_keys()
        self._after()

    def _prepared_blocks(self) -> list[tuple[str, str]]:
        if self._incident is None or self._prepared is None or self._draft is None:
            return []
        return prepared_blocks(
            self._draft.kind, self._lang, self._incident.playbook, self._prepared
        )  # fmt: skip

    def _show_next(self) -> None:
        if (draft := self._draft) is not None and (incident := self._incident) is not None:
            limit = longest_gap_min(incident, self._now())
            self._next.show_time(draft.kind, draft.next_update_at, limit, incident.severity)

    def _judge(self) -> None:
        draft, prepared = self._draft, self._prepared
        if draft is None or prepared is None or self._incident is None:
            return
        words = draft.lang(self._lang)
        self._preview.setText(clean(words.text))
        has_short = draft.kind == "first" and not words.is_short
        self._speakers.measure(words.text, has_short=has_short)
        self._form_kind.setVisible(draft.kind == "first")
        self._form_kind.setText(
            tr("Take the long form") if words.is_short else tr("Take the one-post form")
        )
        self._form_kind.setAccessibleName(self._form_kind.text())
        found = prepared.find(self._incident.playbook)
        self._warnings.judge(draft.kind, self._lang, words, prepared.common, found)
        self._posture.know(found.avoid if found else (), has_proof=self._has_proof())

    def _has_proof(self) -> bool:
        ticked = (self._facts.get(id_) for id_ in self._leans.chosen)
        return any(
            fact is not None and fact.state == "confirmed"
            and any(c.says == "yes" and c.source_kind in PROOF for c in fact.checks)
            for fact in ticked
        )  # fmt: skip

    def _picture_rule(self) -> PictureRule | None:
        first = self._speakers.first
        return first.card.pictures if first is not None and first.card is not None else None

    # --- what is written ---

    def _on_wording(self, key: str, text: str) -> None:
        if (draft := self._draft) is not None:
            words = draft.lang(self._lang)
            words.blocks = [(k, text if k == key else old) for k, old in words.blocks]
            words.is_dirty = True
            self._after()

    def _on_value(self, name: str, value: str) -> None:
        if (draft := self._draft) is not None:
            draft.lang(self._lang)
            draft.fill_in(self._lang, name, value)
            self._after()

    def _on_own(self, text: str) -> None:
        if (draft := self._draft) is not None:
            words = draft.lang(self._lang)
            words.own, words.is_dirty = text, True
            self._after()

    def _on_next(self, at: int) -> None:
        if (draft := self._draft) is not None:
            draft.lang(self._lang)
            draft.promise(self._lang, at, self._now())
            self._form.set_value(NEXT_UPDATE, draft.lang(self._lang).values[NEXT_UPDATE])
            self._after()

    def _on_speakers(self) -> None:
        if (draft := self._draft) is not None:
            draft.accounts = self._speakers.chosen
            self._pictures.load(draft.pictures, self._picture_rule())
            draft.touch_all(self._lang)
            self._after()

    def _on_leans(self) -> None:
        if (draft := self._draft) is not None:
            draft.facts = self._leans.chosen
            draft.touch_all(self._lang)
            self._after()

    def _on_posture(self) -> None:
        if (draft := self._draft) is not None:
            is_whole = self._posture.reason or not self._posture.asks
            draft.posture = self._posture.posture if is_whole else ""  # refused without a reason
            draft.posture_reason = self._posture.reason
            draft.touch_all(self._lang)
            self._after()

    def _on_pictures(self) -> None:
        if (draft := self._draft) is not None:
            draft.pictures = self._pictures.pictures
            draft.touch_all(self._lang)
            self._after()

    def _after(self) -> None:
        self._judge()
        self.touched.emit()
