"""The text of a reply and the template it came from: one field, its template bar, their rules."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from socialdesk.domain.crisis.approval import Policy
from socialdesk.domain.crisis.gate import NORMAL, Around
from socialdesk.domain.queue.rows import Draft
from socialdesk.domain.replies.plan import unpacked_plan
from socialdesk.domain.replies.template import fill, together
from socialdesk.engine.commands import SaveDraft
from socialdesk.engine.desk import Desk
from socialdesk.i18n import tr
from socialdesk.ui.compose.editor import ReplyEdit
from socialdesk.ui.compose.matching import Match, Span, match
from socialdesk.ui.compose.parts import column, row
from socialdesk.ui.compose.sending import Written
from socialdesk.ui.compose.slot_menu import ChoiceList
from socialdesk.ui.compose.template_bar import TemplateBar
from socialdesk.ui.compose.verdict import Fate, Verdict, verdict
from socialdesk.ui.timers import once

if TYPE_CHECKING:
    from socialdesk.ui.faq.panel import FaqPanel

JUDGED_AT_ONCE = 2_000  # characters; a longer text is judged when the typing pauses
PAUSE_MS = 120


class Writing(QWidget):
    """`typed`: a key was pressed, or a template chosen. `judged`: `verdict` and `written()` are
    those of the text now. `send_asked`: Ctrl+Enter. `failed(error)`: no templates. `said(text)`:
    what was done, for the person to know."""

    typed = Signal()
    judged = Signal()
    send_asked = Signal()
    paste_cut = Signal(int)
    failed = Signal(object)
    said = Signal(str)

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__(parent)
        self._desk = desk
        self.policy = Policy.FREE
        self.around: Callable[[str], Around] = lambda _: NORMAL  # what else decides about a text
        self.verdict = Verdict(Fate.EMPTY)
        self._found: Match | None = None
        self._author = ""
        # version and language of the draft shown, and the versions below
        self._wanted: tuple[int, str, tuple[int, ...]] = (0, "", ())
        self._last_values: dict[str, str] = {}  # of the slots, before other words were changed
        self.templates = TemplateBar(desk, self)
        self.field = ReplyEdit(self)
        self.field.setPlaceholderText(
            tr("Write a reply. / chooses a template, Ctrl+Enter sends, Enter is a new line.")
        )
        self.field.setMinimumHeight(72)
        self._beside = row(self.field)
        self._beside.setStretch(0, 3)
        self._faq: FaqPanel | None = None
        self._about: tuple[int, str, str] = (0, "", "")  # mention, its words, its language
        box = column(self.templates, self._beside)
        box.setStretchFactor(self._beside, 1)
        self.setLayout(box)
        self._pause = once(self, PAUSE_MS, self.judge)
        self._wire()

    def _wire(self) -> None:
        self.field.textChanged.connect(self._on_typed)
        self.field.send_asked.connect(self.send_asked)
        self.field.template_asked.connect(self.templates.open)
        self.field.slot_left.connect(self._repeat_values)
        self.field.slot_reached.connect(self._offer_choices)
        self.field.paste_cut.connect(self.paste_cut)
        self.templates.picked.connect(self._on_picked)
        self.templates.switched.connect(self._on_switched)
        self.templates.grown.connect(self._on_grown)
        self.templates.spoken.connect(lambda _: self.typed.emit())
        self.templates.listed.connect(self._on_listed)
        self.templates.closed.connect(self.field.setFocus)
        self.templates.failed.connect(self.failed)

    def load(self, draft: Draft | SaveDraft | None, author: str, lang: str) -> None:
        """Start with a draft, or with nothing, under a mention of `author` in `lang`."""
        self._author, self._last_values = author, dict(draft.values) if draft else {}
        more = _more_of(draft)
        self._wanted = (draft.version_id, draft.lang or lang, more) if draft else (0, lang, ())
        self.templates.use(*self._wanted)
        self.field.blockSignals(True)
        self.field.load(draft.text if draft else "")
        self.field.blockSignals(False)
        self.judge()

    def show_mention(self, mention_id: int, words: str, lang: str) -> None:
        """What is being answered; known questions that fit it are shown when they are open."""
        self._about = (mention_id, words, lang)
        self.templates.show_mention(mention_id)
        if self._faq is not None and self._faq.isVisible():
            self._faq.show_for(*self._about)

    def turn_faq(self) -> None:
        """Known questions beside the text: open, and into their search; or closed again."""
        if self._faq is not None and self._faq.isVisible():
            self._close_faq()
            return
        if self._faq is None:
            self._faq = self._make_faq()
        self._faq.show_for(*self._about)
        self._faq.begin()

    def _make_faq(self) -> "FaqPanel":
        from socialdesk.ui.faq.panel import FaqPanel  # made when it is first wanted

        made = FaqPanel(self._desk, self)
        made.chosen.connect(self._on_answer)
        made.closed.connect(self._close_faq)
        made.failed.connect(self.failed)
        made.said.connect(self.said)
        self._beside.addWidget(made, 2)
        return made

    def _on_answer(self, answer: str) -> None:
        """The known answer, at the cursor; a selection is replaced."""
        self.field.insert_words(answer)
        self.field.setFocus()

    def _close_faq(self) -> None:
        if self._faq is not None:
            self._faq.hide()
        self.field.setFocus()

    def written(self) -> Written:
        """What stands there now."""
        used = self.templates
        return Written(
            self.field.text, used.version, self._found, used.lang, used.body, used.more
        )  # fmt: skip

    def approved_words(self) -> str:
        """The template's words with the values typed so far; "" for own words."""
        return fill(self.templates.body, self._last_values)

    def restore(self) -> None:
        """Take the approved words again; the field's own undo brings the changed ones back."""
        self.field.write(self.approved_words())
        self.field.setFocus()

    def judge(self) -> None:
        """Look at the text again: is it the template, and what would sending do?"""
        self._pause.stop()
        text, body = self.field.text, self.templates.body
        self._found = match(body, text) if body else None
        if self._found is not None:
            self._last_values = self._found.values
        self.verdict = verdict(
            text, used=self.templates.used, found=self._found, policy=self.policy,
            around=self.around(text),
        )  # fmt: skip
        self.field.show_slots(self._found.spans if self._found else ())
        self.judged.emit()

    def go_to_empty_slot(self) -> None:
        """Mark the first slot that blocks sending; the end of the text when none does."""
        spans = self._found.spans if self._found else ()
        blocking = (s for s in spans if s.is_empty or (self._found and self._found.is_wrong(s)))
        if (first := next(blocking, None)) is not None:
            self.field.select_slot(first)  # its list of choices may take the keys
        else:
            self.field.setFocus()

    def _on_typed(self) -> None:
        self.typed.emit()
        if self.field.document().characterCount() <= JUDGED_AT_ONCE:
            self.judge()
        else:
            self._pause.start()

    def _on_picked(self, body: str) -> None:
        """Into an empty field, or in place of an untouched template; own words are kept."""
        if self.field.text.strip() and self._found is None:
            self.field.insert_words(self._filled(body))
        else:
            self.field.write(self._filled(body))
        self.judge()
        self.go_to_empty_slot()

    def _on_switched(self, body: str) -> None:
        """Other words (another language, one more template) with the same slot values; changed
        words are kept."""
        if self._found is not None or not self.field.text.strip():
            self.field.write(self._filled(body))
        self.judge()
        self.typed.emit()
        self.go_to_empty_slot()

    def _on_grown(self, body: str) -> None:
        """One more template: below the others, or below what was made of them."""
        if self._found is not None:
            self.field.write(self._filled(self.templates.body))
        else:
            self.field.write(together([self.field.text, self._filled(body)]))
        self.judge()
        self.typed.emit()
        self.go_to_empty_slot()

    def _on_listed(self) -> None:
        """The templates were read: a draft's version can be found now."""
        if self._wanted[0] and self.templates.version is None:
            self.templates.use(*self._wanted)
        self.judge()

    def _filled(self, body: str) -> str:
        """The words with what is known: values typed before, the author's first name."""
        typed = self._found.values if self._found else {}
        return fill(body, {**first_names(self._author), **typed})

    def _offer_choices(self, span: Span) -> None:
        """A choice list opens as soon as its slot is reached; the next one follows."""
        if span.slot is not None and span.slot.choices:
            listed = ChoiceList(self.field, span.slot, partial(self._on_choice, span))
            listed.open_at(self.field.cursorRect())

    def _on_choice(self, span: Span, choice: str) -> None:
        self.field.put(span.start, span.end, choice)
        self._repeat_values()
        self.judge()
        if self.verdict.fate is Fate.SLOTS:
            self.go_to_empty_slot()

    def _repeat_values(self) -> None:
        """A slot that stands twice is typed once."""
        if self._found is not None:
            for span in reversed(self._found.spans):
                if span.is_empty and (value := self._found.values.get(span.name)):
                    self.field.put(span.start, span.end, value)


def _more_of(draft: Draft | SaveDraft | None) -> tuple[int, ...]:
    """The template versions below the first."""
    if isinstance(draft, SaveDraft):
        return unpacked_plan(draft.plan).more_versions
    return draft.plan.more_versions if draft else ()


def first_names(author: str) -> dict[str, str]:
    """What a slot for a name is filled with: the first word of a name, when it looks like one."""
    word = author.split()[0] if author.split() else ""
    return {"first_name": word} if word.isalpha() else {}
