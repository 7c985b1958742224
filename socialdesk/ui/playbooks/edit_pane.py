"""Changing one text in its three languages together, checked while it is written.

All three at once, because they must have the same places: a place that leaves one language has to
leave the others in the same version.
"""

from collections.abc import Mapping

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from socialdesk.domain.playbooks.playbook import LANGS
from socialdesk.domain.playbooks.playbook_sheet import Sheet
from socialdesk.domain.playbooks.playbook_texts import Part
from socialdesk.domain.replies.placeholder import placeholders
from socialdesk.engine.commands.playbooks import DropLine, SaveOwnLine, SavePlaybook
from socialdesk.engine.words.playbooks import section_words
from socialdesk.i18n import LANGUAGES, tr
from socialdesk.ui.compose.highlight import Highlighter
from socialdesk.ui.compose.matching import match
from socialdesk.ui.compose.parts import column, label, push, row
from socialdesk.ui.flow import Flow
from socialdesk.ui.plain import dress
from socialdesk.ui.playbooks.checks import length_line, problems
from socialdesk.ui.playbooks.edit_extras import LineMarks, Values
from socialdesk.ui.playbooks.text_row import name_of
from socialdesk.ui.timers import once
from socialdesk.ui.typed import Field, carry

PAUSE_MS = 150
_NEW_LINE = "line."
AS_WRITTEN = frozenset({"title", "when", "fact", "step", "clock", "second_look"})


class _Field(QWidget):
    """The words in one language, how long they are and what is wrong with them."""

    def __init__(self, lang: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.lang = lang
        self.words = QPlainTextEdit()
        self.words.setTabChangesFocus(True)
        self.words.setAccessibleName(LANGUAGES[lang])
        self.words.setMinimumHeight(64)
        self._length = label(tone="dim", wraps=False)
        self._wrong = label(tone="danger")
        self._wrong.hide()
        self._marks = Highlighter(self.words)
        name = label(LANGUAGES[lang], "dim", wraps=False)
        name.setBuddy(self.words)
        self.setLayout(column(row(name, None, self._length), self.words, self._wrong, space=2))

    def say(self, part: Part, problem: str) -> None:
        """`problem`: "" when all is well."""
        text = self.words.toPlainText()
        self._length.setText(length_line(part, text))
        self._wrong.setText(problem)
        self._wrong.setVisible(bool(problem))
        self.words.setAccessibleDescription(problem or self._length.text())
        spans = match(text, text)
        self._marks.show_slots(text, spans.spans if spans else ())


class EditPane(QWidget):
    """`save_asked(command)`: SavePlaybook, SaveOwnLine or DropLine. `closed()`: back to reading."""

    save_asked = Signal(object)
    closed = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._sheet: Sheet | None = None
        self._part = Part("", {})
        self._title, self._places = label(tone="title"), label(tone="dim")
        self.marks, self.beside = LineMarks(self), Values(self)
        self.fields = [_Field(lang, self) for lang in LANGS]
        self.save = push(tr("Save as a new version"), self._save)
        self._drop = push(tr("Remove this line"), self._on_drop, kind="quiet", icon="trash-2")
        self._back = push(tr("Back without saving"), self.closed.emit, kind="quiet")
        self.setLayout(column(
            self._title, self._places, self.marks, self.beside, *self.fields,
            Flow(self.save, self._back, self._drop, far=1), None, margin=12,
        ))  # fmt: skip
        self._pause = once(self, PAUSE_MS, self.check)
        for field in self.fields:
            field.words.textChanged.connect(self._pause.start)
        self.marks.changed.connect(self._pause.start)
        self.beside.changed.connect(self._pause.start)

    @property
    def words(self) -> dict[str, str]:
        return {field.lang: field.words.toPlainText() for field in self.fields}

    @property
    def is_changed(self) -> bool:
        """Something typed is not saved."""
        if self._sheet is None:
            return False
        known = {lang: self._part.text.get(lang, "") for lang in LANGS}
        return self.words != known or self.marks.is_changed or bool(self.beside.values)

    def show_part(self, sheet: Sheet, key: str, lang: str) -> None:
        """`key` "": a new reply line. `lang`: where the keys go."""
        self._fill(sheet, key)
        if key:
            next(f for f in self.fields if f.lang == lang).words.setFocus()
        else:
            self.marks.key.setFocus()

    def carry_on(self, old: "EditPane", had_keys: QWidget | None) -> None:
        """What is written in `old`, the same page in another language."""
        if old._sheet is not None:
            self._fill(old._sheet, "" if old._part.key == _NEW_LINE else old._part.key)
            carry(old._typed(), self._typed(), had_keys)
            self.check()

    def _typed(self) -> list[Field]:
        words = [field.words for field in self.fields]
        return [*words, *self.marks.typed(), *self.beside.typed()]

    def _fill(self, sheet: Sheet, key: str) -> None:
        part = sheet.part(key) or Part(_NEW_LINE, {}, is_post=True)
        self._sheet, self._part = sheet, part
        self._title.setText(
            f"{section_words(part.section)}: {name_of(sheet, part)}" if key
            else tr("A reply line of your own")
        )  # fmt: skip
        self._places.setText(_place_line(part, sheet.places))
        self.marks.show_line(sheet, part)
        self.beside.show_values(sheet, part)
        self._drop.setVisible(bool(key) and self._is_line and len(sheet.lines) > 1)
        for field in self.fields:
            field.words.setPlainText(part.text.get(field.lang, ""))
        self.check()

    def move_to(self, sheet: Sheet) -> None:
        """Somebody saved another version meanwhile: what is typed stays, and will follow it."""
        if self._sheet is not None and self._sheet.row.id == sheet.row.id:
            self._sheet = sheet
            self._part = sheet.part(self._part.key) or Part(_NEW_LINE, {}, is_post=True)
            self.check()

    def check(self) -> None:
        """Say what is wrong, and let only good words be saved."""
        if self._sheet is None:
            return
        found = problems(self._part, self.words, self._sheet.places)
        for field in self.fields:
            is_begun = bool(self._part.text or field.words.toPlainText())
            field.say(self._part, found.get(field.lang, "") if is_begun else "")
        can_save = not found and self.is_changed and (bool(self._part.text) or self._has_key())
        self.save.setEnabled(can_save)
        dress(self.save, "kind", "primary" if can_save else "")

    @property
    def _is_line(self) -> bool:
        return self._part.section == "line"

    @property
    def _name(self) -> str:
        return self._part.key.partition(".")[2]

    def _has_key(self) -> bool:
        key, sheet = self.marks.name, self._sheet
        return bool(key) and sheet is not None and sheet.line(key) is None

    def _save(self) -> None:
        sheet = self._sheet
        if sheet is None or not self.save.isEnabled():
            return
        words = {lang: text.strip() for lang, text in self.words.items()}
        self.save_asked.emit(
            SaveOwnLine(
                sheet.row.id, sheet.row.version, self._name or self.marks.name,
                tuple(words[lang] for lang in LANGS), self.marks.claim.isChecked(),
                self.marks.safety.isChecked(),
            )
            if self._is_line
            else SavePlaybook(
                sheet.row.id, sheet.row.version,
                tuple((self._part.key, lang, words[lang]) for lang in LANGS),
                still_reviewed(sheet, self._part, words), self.beside.values,
            )
        )  # fmt: skip

    def _on_drop(self) -> None:
        if self._sheet is not None:
            row_ = self._sheet.row
            self.save_asked.emit(DropLine(row_.id, row_.version, self._name))


def still_reviewed(sheet: Sheet, part: Part, words: Mapping[str, str]) -> tuple[str, ...]:
    """The languages a native speaker has read, without those whose words are new."""
    return tuple(
        lang for lang in LANGS
        if sheet.row.reviewed.get(lang, False) and words[lang] == part.text.get(lang, "").strip()
    )  # fmt: skip


def _place_line(part: Part, places: tuple[str, ...]) -> str:
    if part.is_list:
        return tr("One beginning of a word or phrase on each line; any ending may follow.")
    if part.section in AS_WRITTEN:
        return tr("Shown as it is written: nothing is filled in here.")
    used = [n for text in part.text.values() for n in placeholders(text)]
    mine = tuple(dict.fromkeys(used))
    said = tr("Places, the same in all three languages: {places}.", places=_names(mine) or "–")
    others = tuple(name for name in places if name not in mine)
    return tr("{said} There are also: {others}.", said=said, others=_names(others))


def _names(places: tuple[str, ...]) -> str:
    return ", ".join(f"{{{name}}}" for name in places)
