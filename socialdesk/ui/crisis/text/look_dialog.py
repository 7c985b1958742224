"""The second look: who looks, and then that person's page. Nothing is approved by closing it."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDialog, QLineEdit, QPushButton, QStackedWidget, QWidget

from socialdesk.domain.crisis.approval import TeamMode
from socialdesk.domain.crisis.drill import OF_DRILL
from socialdesk.domain.crisis.limits import limits_of
from socialdesk.domain.crisis.look import n_self_needed
from socialdesk.domain.crisis.refusal import CrisisRefusedError
from socialdesk.domain.errors import SocialDeskError
from socialdesk.domain.playbooks.playbook import Common
from socialdesk.domain.queue.rows import PersonRow
from socialdesk.engine.commands.statements import GiveLook, ListPins
from socialdesk.engine.desk import Desk, Done
from socialdesk.engine.queries import ListPeople, ReadSettings
from socialdesk.engine.queries.playbooks import ReadPrepared
from socialdesk.engine.settings import value_of
from socialdesk.engine.words.messages import sentence
from socialdesk.i18n import language, tr
from socialdesk.ui.compose.parts import NoticeBar, column, label, push, row
from socialdesk.ui.crisis.text.look_pages import AwayPage, HerePage, SelfPage
from socialdesk.ui.crisis.text.looked_at import LookedAt
from socialdesk.ui.crisis.text.words import hash12, lang_word
from socialdesk.ui.keys import press_of
from socialdesk.ui.plain import isolated
from socialdesk.ui.tasks import Waiter
from socialdesk.ui.text_size import resize_for_text

N_KINDS = 3


class LookDialog(QDialog):
    """`given(answer)`: the look counts. `change_asked(sentence)`: back to writing, there."""

    given = Signal(object)
    change_asked = Signal(str)

    def __init__(
        self, desk: Desk, looked: LookedAt, now: Callable[[], int], parent: QWidget | None
    ) -> None:
        super().__init__(parent)
        self._desk, self._looked, self._now = desk, looked, now
        self._mode = TeamMode.SOLO
        self._common: Common | None = None
        # In a drill the keyring stays closed: people are picked by name.
        self._is_drill = looked.incident is not None and looked.incident.is_drill
        self._pins: list[int] | None = None
        self._no_pins = ""
        self._people: list[PersonRow] = []
        self._offered: QPushButton | None = None  # what has the keys until a person moves them
        self._page: HerePage | AwayPage | SelfPage | None = None
        self.setWindowTitle(tr("Second look"))
        resize_for_text(self, 760, 620)
        self._make()
        self._read()

    def _make(self) -> None:
        x = self._looked
        self._notice = NoticeBar(self)
        parts = (x.name, lang_word(x.lang), hash12(x.hash))  # a held reply has no language
        head = label(" · ".join(filter(None, parts)), "heading")
        self._note = label(tone="warn")
        self._note.hide()
        self._kinds = [push("", partial(self.choose, n)) for n in range(N_KINDS)]
        self._whys = [label(tone="dim") for _ in range(N_KINDS)]
        choosing = QWidget()
        pairs = [w for pair in zip(self._kinds, self._whys, strict=True) for w in pair]
        choosing.setLayout(column(label(tr("Who looks a second time?")), *pairs, None, space=6))
        self._pages = QStackedWidget()
        self._pages.addWidget(choosing)
        self._back = push(tr("Another kind of look"), self._choose_again, kind="quiet")
        self._back.hide()
        close = push(tr("Close"), self.reject)
        box = column(self._notice, head, self._note, self._pages, row(self._back, None, close),
                     margin=16)  # fmt: skip
        box.setStretchFactor(self._pages, 1)
        self.setLayout(box)
        self._show_kinds()

    # --- reading ---

    def _read(self) -> None:
        desk = self._desk
        Waiter(self, desk.ask(ReadPrepared()), lambda p: self._take_common(p.common), self._fail)
        Waiter(self, desk.ask(ReadSettings()), self._take_settings, self._fail)
        Waiter(self, desk.ask(ListPeople()), self._take_people, self._fail)

    def _take_common(self, common: Common) -> None:
        self._common = common
        self._show_kinds()

    def _take_settings(self, settings: dict[str, str]) -> None:
        self._mode = TeamMode(value_of(settings, "team_mode"))
        self._looked = replace(self._looked, limits=limits_of(settings))
        self._is_drill |= bool(settings.get(OF_DRILL))
        if not self._is_drill:
            Waiter(self, self._desk.do(ListPins()), self._take_pins, self._fail)
        self._show_kinds()

    def _take_people(self, people: list[PersonRow]) -> None:
        self._people = people
        self._show_kinds()

    def _take_pins(self, done: Done) -> None:
        answer: dict[str, Any] = dict(done.answer)
        self._pins = [int(id_) for id_ in answer.get("people", ())]
        self._no_pins = str(answer.get("why", ""))
        self._show_kinds()

    # --- choosing ---

    def _others(self) -> Sequence[PersonRow]:
        others = [p for p in self._people if p.id != self._looked.author_id]
        return others if self._is_drill else [p for p in others if p.id in (self._pins or ())]

    def _show_kinds(self) -> None:
        here, away, later = self._kinds
        is_known = self._common is not None
        self._name(
            here, tr("1 · Somebody else, here at this computer"), is_known and self._others()
        )
        self._name(away, tr("2 · Somebody else, asked by message"), is_known)
        is_solo = self._mode is TeamMode.SOLO
        minutes = self._looked.cooldown_min
        self._name(later, tr("3 · I myself, {m} min after the last change", m=minutes),
                   is_known and is_solo)  # fmt: skip
        self._whys[0].setText(
            tr("Shown as “approved by two people”.") if self._others() else self._why_not_here()
        )
        self._whys[1].setText(tr("A plain message with the text and its number. Shown as "
                                 "“recorded by” you, never as a signature."))  # fmt: skip
        self._whys[2].setText(
            tr("Shown as “same person”.") if is_solo
            else tr("Not in pair mode: somebody else gives the second look.")
        )  # fmt: skip
        self._show_note()
        is_moved = any(k.hasFocus() for k in self._kinds if k is not self._offered)
        if self._pages.currentIndex() == 0 and not is_moved:
            self._offered = next((k for k in self._kinds if k.isEnabled()), away)
            self._offered.setFocus()

    def _name(self, button: QPushButton, text: str, is_on: object) -> None:
        button.setText(text)
        button.setAccessibleName(text)
        button.setStyleSheet("text-align: left")
        button.setEnabled(bool(is_on))

    def _why_not_here(self) -> str:
        if self._is_drill:
            return tr("Nobody else is among the people of this workspace.")
        if self._pins is None:
            return tr("Looking whether anybody has a PIN…")
        if self._no_pins:
            return tr("The keyring cannot be reached, so no PIN can be checked.")
        if not self._pins:
            return tr("Nobody has a PIN yet. It is set under “PINs…” in the palette (Ctrl+K).")
        return tr("Only {person}, who wrote it, has a PIN.", person=isolated(self._looked.author))

    def _show_note(self) -> None:
        x = self._looked
        needed = n_self_needed(x.written, self._mode)
        is_two = self._mode is TeamMode.SOLO and needed > 1
        self._note.setVisible(is_two)
        if is_two:
            self._note.setText(
                tr("SEV1 and alone: a serious text needs two looks of your own, {n} given so far. "
                   "Better: ask an adviser outside (2) with the ready message.", n=x.n_self)
            )  # fmt: skip

    def choose(self, number: int) -> None:
        """One of the kinds, counted from 0; nothing where it is not offered."""
        if self._common is None or not self._kinds[number].isEnabled():
            return
        questions = [(q.key, q.text[language()]) for q in self._common.second_look]
        page: HerePage | AwayPage | SelfPage
        if number == 0:
            page = HerePage(self._looked, questions, self)
            page.show_people(self._others(), with_pin=not self._is_drill)
        elif number == 1:
            page = AwayPage(self._looked, questions, self._now, self, is_drill=self._is_drill)
        else:
            page = SelfPage(self._looked, questions, self._now, self)
            page.change_asked.connect(self._on_change)
        page.look_asked.connect(self._give)
        self._notice.clear()
        self._page = page
        self._pages.addWidget(page)
        self._pages.setCurrentWidget(page)
        self._back.show()
        page.begin()

    def _choose_again(self) -> None:
        if self._page is not None:
            self._pages.removeWidget(self._page)
            self._page.deleteLater()
            self._page = None
        self._back.hide()
        self._show_kinds()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        press = press_of(event)
        is_choosing = self._pages.currentIndex() == 0
        if is_choosing and press in ("1", "2", "3"):
            self.choose(int(press) - 1)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and isinstance(
            self.focusWidget(), QLineEdit
        ):
            event.accept()  # the field took it; no button of the dialog shall
        else:
            super().keyPressEvent(event)

    # --- looking ---

    def _give(self, command: GiveLook) -> None:
        self._notice.clear()
        self.setEnabled(False)
        Waiter(self, self._desk.do(command), self._on_given, self._on_refused)

    def _on_given(self, done: Done) -> None:
        self.setEnabled(True)
        self.given.emit(done.answer)
        self.accept()

    def _on_change(self, words: str) -> None:
        self.reject()
        self.change_asked.emit(words)

    def _on_refused(self, error: SocialDeskError) -> None:
        self.setEnabled(True)
        self._fail(error)
        is_early = isinstance(error, CrisisRefusedError) and error.code == "R28"
        if is_early and isinstance(self._page, SelfPage):
            facts = error.facts  # type: ignore[attr-defined]
            self._page.wait_again((int(facts["m"]) * 60 + int(facts["s"])) * 1_000)
        elif isinstance(self._page, HerePage):
            self._page.clear_pin()

    def _fail(self, error: SocialDeskError) -> None:
        self._notice.tell_sentence(sentence(error))
