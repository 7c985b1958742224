"""Correcting what the program understood, asking why a mention is here, taking its suggestions."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from socialdesk.domain.mentions.insight import READABLE, Insight, Intent, Sentiment
from socialdesk.engine.desk import Desk
from socialdesk.i18n import tr
from socialdesk.ui.actions import Action
from socialdesk.ui.inbox.acting import Acting
from socialdesk.ui.inbox.insight import InsightLine
from socialdesk.ui.insight_words import kind_word, language_word, mood_word
from socialdesk.ui.plain import one_line
from socialdesk.ui.tasks import Waiter

if TYPE_CHECKING:
    from socialdesk.ui.palette import Choice  # no first paint needs it

KINDS = tuple(intent for intent in Intent if intent is not Intent.UNSURE)


class InsightActs(QObject):
    """`search_asked(text)`: show the mentions that a search finds."""

    search_asked = Signal(str)

    def __init__(self, desk: Desk, acting: Acting, line: InsightLine) -> None:
        super().__init__(line)
        self._desk, self._acting, self._line = desk, acting, line
        line.label_taken.connect(self._take_label)
        line.alike_asked.connect(self.show_alike)

    # --- corrections ---

    def set_mood(self, mood: Sentiment) -> None:
        """The same mood again takes the correction back."""
        is_again = self._insight().own_sentiment is mood
        said = tr("Mood: {word}", word=mood_word(mood))
        self._correct("sentiment", "" if is_again else mood.name.lower(),
                      tr("Correction taken back") if is_again else said)  # fmt: skip

    def choose_kind(self) -> None:
        """Which kind it is, in a small chooser."""
        from socialdesk.ui.palette import Choice

        own = self._insight().own_intent
        choices = [Choice(kind_word(kind), kind.name.lower()) for kind in KINDS]
        self._choose(tr("What kind of mention is it?"), "intent", choices, own is not Intent.UNSURE)

    def choose_language(self) -> None:
        """Which language it is in."""
        from socialdesk.ui.palette import Choice

        choices = [Choice(language_word(code), code) for code in READABLE]
        self._choose(tr("Which language is it in?"), "lang", choices,
                     bool(self._insight().own_lang))  # fmt: skip

    def _choose(self, title: str, field: str, choices: "list[Choice]", is_corrected: bool) -> None:
        from socialdesk.ui.palette import Choice, ask, fuzzy

        back = [Choice(tr("As it was read"), "")] if is_corrected else []
        words = {choice.value: choice.text for choice in choices}

        def take(value: str) -> None:
            said = tr("Corrected: {word}", word=words[value]) if value else ""
            self._correct(field, value, said or tr("Correction taken back"))

        ask(title, tr("Type a few letters"), lambda typed: fuzzy(typed, [*choices, *back]), take,
            self._line.window())  # fmt: skip

    def _correct(self, field: str, value: str, said: str) -> None:
        from socialdesk.engine.commands.insight import CorrectInsight

        aim = self._acting.aim()
        if not aim.ids:
            return
        command = CorrectInsight(aim.ids, field, value)
        Waiter(self, self._desk.do(command), self._on_done, self._acting.failed.emit)
        self._acting.acted.emit(tr("{what}: {whose}", what=said, whose=aim.whose()))

    def _on_done(self, _done: object) -> None:
        if (row := self._acting.row) is not None:
            self._line.read(row.id)
        self._acting.settled.emit()

    def _insight(self) -> Insight:
        found, row = self._line.found, self._acting.row
        is_here = found is not None and row is not None and found.id == row.id
        return found.insight if found and is_here else Insight()

    # --- why, and what it suggests ---

    def tell_why(self) -> None:
        """Each part on a line, to read with the arrow keys."""
        from socialdesk.ui.palette import Choice, ask, fuzzy

        lines = [Choice(one_line(line), None) for line in self._line.why().split("\n")]
        ask(tr("Why it is here"), tr("Type a few letters"), lambda typed: fuzzy(typed, lines),
            lambda _: None, self._line.window())  # fmt: skip

    def take_label(self) -> None:
        if self.has_label():
            self._take_label(self._line.found.label if self._line.found else "")

    def has_label(self) -> bool:
        return self._line.found is not None and bool(self._line.found.label)

    def _take_label(self, name: str) -> None:
        row = self._acting.row
        if row is not None and self._acting.can_act and name and name not in row.labels:
            self._acting.triage.turn_label(row, self._acting.aim(), name)

    def show_alike(self, first: int = 0) -> None:
        """The mentions with nearly the same words."""
        found = self._line.found
        if found is not None:
            self.search_asked.emit(f"copies:{first or found.first_alike}")

    def has_alike(self) -> bool:
        return self._line.found is not None and self._line.found.n_alike > 1


def insight_actions(acts: InsightActs, on_row: Callable[[], bool]) -> list[Action]:
    """`on_row()`: a mention is open in front. Letters, because the digits of a Kazakh keyboard are
    letters: s as sad, d as dry, w as well."""
    moods = (
        ("mood_negative", lambda: tr("Mood: negative"), "s", Sentiment.NEGATIVE),
        ("mood_neutral", lambda: tr("Mood: neutral"), "d", Sentiment.NEUTRAL),
        ("mood_positive", lambda: tr("Mood: positive"), "w", Sentiment.POSITIVE),
    )
    return [
        *(Action(id, name, keys, partial(acts.set_mood, mood), on_row)
          for id, name, keys, mood in moods),
        Action("correct_kind", lambda: tr("Kind…"), "c", acts.choose_kind, on_row),
        Action("correct_language", lambda: tr("Language of the mention…"), "Shift+C",
               acts.choose_language, on_row),
        Action("why", lambda: tr("Why is it here?"), "y", acts.tell_why, on_row),
        Action("take_label", lambda: tr("Put on the suggested label"), "Shift+L", acts.take_label,
               lambda: on_row() and acts.has_label()),
        Action("show_alike", lambda: tr("Show what is nearly the same"), "Shift+Y",
               lambda: acts.show_alike(), lambda: on_row() and acts.has_alike()),
    ]  # fmt: skip
