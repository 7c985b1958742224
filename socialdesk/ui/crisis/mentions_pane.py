"""The mentions of an incident, in the order of the queue under a lock, each put into its category
by one key."""

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from socialdesk.domain.crisis.crisis_rows import LinkedRow
from socialdesk.domain.crisis.incident import Category, Incident
from socialdesk.domain.mentions.status import NEEDS_REPLY
from socialdesk.engine.commands.crisis import HideMention, LinkMentions
from socialdesk.engine.desk import Desk
from socialdesk.engine.queries.crisis import ListLinked
from socialdesk.i18n import tr
from socialdesk.ui.compose.parts import NoticeBar, column, label, push
from socialdesk.ui.crisis.table import Column, Table
from socialdesk.ui.crisis.talk import Talk
from socialdesk.ui.crisis.words import category_word
from socialdesk.ui.empty_note import EmptyNote
from socialdesk.ui.flow import Flow
from socialdesk.ui.palette import Choice, ask, fuzzy
from socialdesk.ui.plain import isolated, one_line
from socialdesk.ui.words import age, count, outbox_chip, outbox_word, status_word

# By the first letter of the English word where it is free; q and g begin keys of two presses.
KEYS: Final = {
    "s": Category.SAFETY, "p": Category.PRESS, "a": Category.AUTHORITY, "c": Category.COMPLAINT,
    "u": Category.QUESTION, "w": Category.WRONG_FACTS, "i": Category.IMPOSTOR, "e": Category.STAFF,
    "r": Category.RANT, "t": Category.TROLL, "b": Category.PRAISE, "d": Category.IDEA,
}  # fmt: skip
HIDE, OUT = "x", "Del"


class MentionsPane(QWidget):
    """`mention_asked(id)`: Enter. A letter of KEYS says the category, x hides, Delete takes out."""

    mention_asked = Signal(object)

    def __init__(self, desk: Desk, now: Callable[[], int], parent: QWidget) -> None:
        super().__init__(parent)
        self._now, self._id, self._is_open = now, 0, False
        notice = NoticeBar(self)
        self.talk = Talk(desk, self, notice)
        self.table = Table(tr("Linked mentions"), self._columns(), lambda r: r.mention_id, self)
        self.table.take_keys(*KEYS, HIDE, OUT)
        self._empty = EmptyNote(self.table)
        self.table.pressed_key.connect(self._on_key)
        self.table.acted.connect(self._open)
        self.table.moved.connect(self._show_mention)
        self._head, self._text = label(tone="dim"), label()
        said = " · ".join(f"{key.upper()} {category_word(c.value)}" for key, c in KEYS.items())
        self._hint = label(said, "dim")
        self._open_it = push(tr("Open in the inbox (Enter)"), self._open, kind="primary")
        self._category = push(tr("Category…"), self._ask_category)
        self._hide = push(tr("Hide… (X)"), lambda: self._on_key(HIDE))
        self._out = push(tr("Not of this incident (Del)"), lambda: self._on_key(OUT))
        acts = Flow(self._open_it, self._category, self._hide, self._out)
        layout = column(
            notice, self._head, self.table, self._text, self._hint, acts, margin=12
        )  # fmt: skip
        layout.setStretchFactor(self.table, 1)
        self.setLayout(layout)

    def _columns(self) -> tuple[Column, ...]:
        return (
            Column(tr("Category"), lambda r: category_word(r.category), 115, _tone),
            Column(tr("Answer"), _answer, 120, _answer_tone),
            Column(tr("Author"), lambda r: isolated(r.author), 150),
            Column(tr("Words"), lambda r: one_line(r.words)),
            Column(tr("Reach"), lambda r: count(r.reach) if r.reach >= 0 else "", 80),
            Column(tr("Age"), lambda r: age(r.at, self._now()), 70),
        )

    def show_incident(self, incident: Incident) -> None:
        self._id, self._is_open = incident.id, incident.is_open
        self.talk.ask(ListLinked(incident.id), self._show)

    def _show(self, rows: list[LinkedRow]) -> None:
        n_open = sum(r.is_open for r in rows)
        said = tr("{n} linked, {open} not answered", n=len(rows), open=n_open)
        self._head.setText(said)
        self.table.show_rows(rows)
        self._empty.say("" if rows else self._why_empty())

    def _why_empty(self) -> str:
        if not self._is_open:
            return tr("No mention was linked to this incident.")
        return tr(
            "No mention is linked to this incident yet. Mark in the inbox what belongs to it, then "
            "choose “Link this mention to the incident” in the palette (Ctrl+K)."
        )

    def _show_mention(self) -> None:
        found = self.table.current()
        self._text.setText(isolated(found.words) if found else "")
        for button in (self._open_it, self._category, self._hide, self._out):
            button.setEnabled(found is not None)

    def _open(self) -> None:
        if (found := self.table.current()) is not None:
            self.mention_asked.emit(found.mention_id)

    def _on_key(self, key: str) -> None:
        found = self.table.current()
        if found is None:
            return
        if key == HIDE:
            self._ask_hide(found)
        elif key == OUT:
            self.talk.do(LinkMentions(self._id, (found.mention_id,), is_linked=False))
        else:
            self._put(KEYS[key])

    def _put(self, category: Category) -> None:
        if (found := self.table.current()) is not None:
            self.talk.do(LinkMentions(self._id, (found.mention_id,), category.value))

    def _ask_category(self) -> None:
        choices = [Choice(category_word(c.value), c, key.upper()) for key, c in KEYS.items()]
        ask(tr("Category"), tr("Type a few letters"), lambda typed: fuzzy(typed, choices),
            self._put, self)  # fmt: skip

    def _ask_hide(self, found: LinkedRow) -> None:
        """Only for what is no criticism; the log keeps that it was done, and why."""
        choices = [
            Choice(tr("It insults"), "insult"), Choice(tr("It threatens"), "threat"),
            Choice(tr("It shows private data"), "private"),
        ]  # fmt: skip
        ask(
            tr("Hide it because"), tr("Criticism is never hidden"),
            lambda typed: fuzzy(typed, choices),
            lambda why: self.talk.do(HideMention(found.mention_id, why, self._id)), self,
        )  # fmt: skip


def _answer(mention: LinkedRow) -> str:
    """What became of our reply; without one, where the mention stands."""
    if mention.is_answered:
        return tr("Answered")
    if mention.reply is not None:
        return outbox_word(mention.reply)
    if mention.status not in NEEDS_REPLY:
        return status_word(mention.status)
    return tr("Asked, waits") if mention.is_asked else tr("Open")


def _answer_tone(mention: LinkedRow) -> str:
    if mention.is_answered:
        return "dim"
    if mention.reply is not None:
        return outbox_chip(mention.reply, 0, 0).tone
    if mention.status not in NEEDS_REPLY:
        return "dim"
    return "danger" if mention.is_asked else ""


def _tone(mention: LinkedRow) -> str:
    return "danger" if mention.category == Category.SAFETY.value else ""
