"""One text as it is read: what it is called, its words, and a button to change it."""

from collections.abc import Callable

from PySide6.QtWidgets import QFrame, QLabel, QSizePolicy, QWidget

from socialdesk.domain.playbooks.playbook_sheet import Sheet
from socialdesk.domain.playbooks.playbook_texts import Part
from socialdesk.engine.words.playbooks import (
    NUMBERED,
    due_words,
    gate_words,
    part_words,
    role_words,
)
from socialdesk.i18n import tr
from socialdesk.ui.compose.parts import column, label, row, tool
from socialdesk.ui.plain import chip


class TextRow(QFrame):
    """`edit(key)`: change this text."""

    def __init__(
        self, sheet: Sheet, part: Part, lang: str, edit: Callable[[str], None], parent: QWidget
    ) -> None:
        super().__init__(parent)
        name, words = name_of(sheet, part), part.text.get(lang, "")
        self.key, self.words = part.key, words
        shown = ", ".join(words.split("\n")) if part.is_list else words
        self._edit = tool(tr("Edit {name}", name=name), lambda: edit(part.key), "pencil")
        self._edit.setProperty("kind", "quiet")
        chips = [_low(chip(text, tone)) for text, tone in marks(sheet, part)]
        head = row(label(name, "dim", wraps=False), *chips, None, self._edit, space=6)
        text = label(shown)
        text.setAccessibleName(f"{name}: {shown}")
        self.setLayout(column(head, text, space=0))


def _low(made: QLabel) -> QLabel:
    """As high as its word, beside a button that is higher."""
    made.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
    return made


def name_of(sheet: Sheet, part: Part) -> str:
    """What a text is called; one without a name is counted within its section."""
    if part.section not in NUMBERED:
        return part_words(part.key)
    same = [one.key for one in sheet.parts if one.section == part.section]
    return str(same.index(part.key) + 1) if part.key in same else part_words(part.key)


def marks(sheet: Sheet, part: Part) -> list[tuple[str, str]]:
    """What stands beside a text: (words, tone of a chip)."""
    name = part.key.partition(".")[2]
    if part.section == "line" and (line := sheet.line(name)) is not None:
        found = [(tr("claims something: not before the first statement"), "warn")]
        found = found if line.is_claim else []
        return [*found, (tr("safety: may go at once"), "danger")] if line.is_safety else found
    if part.section == "fact" and (fact := sheet.fact(name)) is not None:
        return [(gate_words(fact.gate), "plain")]
    if part.section == "step" and (step := sheet.step(name)) is not None:
        when = due_words(step.phase, step.due_min)
        return [(role_words(step.role), "plain"), (when, "plain")]
    return []
