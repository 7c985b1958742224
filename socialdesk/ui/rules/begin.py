"""A rule begun from a mention: its author, its words, or both."""

import re
from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from socialdesk.domain.queue.rows import QueueRow
from socialdesk.domain.rules.rule import Action, Condition, Do, Field, Group, Rule
from socialdesk.i18n import tr
from socialdesk.ui.palette import Choice, ask, fuzzy
from socialdesk.ui.plain import isolated, one_line

if TYPE_CHECKING:
    from socialdesk.ui.shell import Shell

N_WORDS, SHORTEST = 3, 4
_NO_WORDS = re.compile(r"https?://\S+|[@#]\S+")
_WORD = re.compile(r"[^\W\d_]+")


def begin_rule(window: "Shell") -> None:
    """Ask what of the current mention counts, then open the rules with it."""
    acting = window.screens.acting_now()
    row = acting.row if acting is not None else None
    if row is None:
        return

    def open_with(rule: Rule) -> None:
        window.show_place("rules")
        screen = window.screens.currentWidget()
        if new_rule := getattr(screen, "new_rule", None):
            new_rule(rule)

    ask_what(row, open_with, window)


def ask_what(row: QueueRow, chosen: Callable[[Rule], None], parent: QWidget) -> None:
    """`chosen(rule)`: begun, with nothing it does yet."""
    offered = choices(row)
    ask(tr("Make a rule from this mention"), tr("What counts?"),
        lambda typed: fuzzy(typed, offered), chosen, parent)  # fmt: skip


def choices(row: QueueRow) -> list[Choice]:
    """What a rule may be begun with; the words only where there are any."""
    words = telling_words(row.body)
    author = Condition(Field.HANDLE, (row.handle,))
    found = Condition(Field.WORDS, ("\n".join(words),))
    name = isolated(row.author or row.handle)
    shown = isolated(", ".join(words))
    offered = [Choice(tr("Everything by {name}", name=name), begun(author))] if row.handle else []
    if words:
        offered.append(Choice(tr("With one of these words: {words}", words=shown), begun(found)))
    if words and row.handle:
        both = tr("By {name}, with one of these words: {words}", name=name, words=shown)
        offered.append(Choice(both, begun(author, found)))
    return offered


def begun(*conditions: Condition) -> Rule:
    """A rule with these conditions; it labels, but has no name for the label yet."""
    return Rule(0, "", (Group(conditions),), (Action(Do.LABEL),))


def telling_words(text: str) -> list[str]:
    """The longest words, in the order they stand: short ones are in every text."""
    plain = _NO_WORDS.sub(" ", one_line(text))
    words = dict.fromkeys(w.casefold() for w in _WORD.findall(plain) if len(w) >= SHORTEST)
    longest = sorted(words, key=len, reverse=True)[:N_WORDS]
    return [word for word in words if word in longest]
