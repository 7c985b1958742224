"""Writing a template: name, folder, words per language, slots and braces checked while typing."""

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QCheckBox,
    QGridLayout,
    QLineEdit,
    QMenu,
    QPlainTextEdit,
    QTabBar,
    QWidget,
)  # fmt: skip

from socialdesk.domain.queue.rows import TemplateRow, VersionRow
from socialdesk.engine.commands import SaveTemplate
from socialdesk.i18n import language, tr
from socialdesk.ui.compose.highlight import Highlighter
from socialdesk.ui.compose.matching import match
from socialdesk.ui.compose.parts import column, label, push, row
from socialdesk.ui.insight_words import language_word
from socialdesk.ui.insight_words import languages as known_languages
from socialdesk.ui.plain import dress
from socialdesk.ui.templates.checks import problems, slot_line
from socialdesk.ui.templates.state import languages, newest
from socialdesk.ui.timers import once

PAUSE_MS = 150


class EditorPane(QWidget):
    """`save_asked(SaveTemplate)`, `turned(str)`: another language is shown. Unsaved words of each
    template and language, and the name of a new one, are kept while the screen lives."""

    save_asked = Signal(object)
    turned = Signal(str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._row: TemplateRow | None = None
        self.unsaved: dict[tuple[int, str], str] = {}
        self.new_names = ("", "")  # name and folder of the new one that is not saved yet
        self._make()
        self._pause = once(self, PAUSE_MS, self._check)
        self._body.textChanged.connect(self._on_typed)
        self._name.textChanged.connect(lambda _: self._check())
        self._name.textEdited.connect(lambda _: self._keep_names())
        self._folder.textEdited.connect(lambda _: self._keep_names())
        self._tabs.currentChanged.connect(lambda _: self._turn())
        self.show_template(None)

    def _make(self) -> None:
        self._name, self._folder = QLineEdit(), QLineEdit()
        self._name.setAccessibleName(tr("Name of the template"))
        self._folder.setAccessibleName(tr("Folder"))
        self._folder.setPlaceholderText(tr("none"))
        grid = QGridLayout()
        for n, (text, field) in enumerate(((tr("Name"), self._name), (tr("Folder"), self._folder))):
            words = label(text, "dim", wraps=False)
            words.setBuddy(field)
            grid.addWidget(words, n, 0)
            grid.addWidget(field, n, 1)
        self._light = QCheckBox(tr("Light tone: locked in most crises"))
        self._light.toggled.connect(lambda _: self._check())
        grid.addWidget(self._light, 2, 0, 1, 2)
        self._tabs = QTabBar()
        self._tabs.setAccessibleName(tr("Languages"))
        self._tabs.setDrawBase(False)
        self._add = push(tr("Add a language"), self._choose_language, kind="quiet", icon="plus")
        self._menu = QMenu(self._add)
        self._body = QPlainTextEdit()
        self._body.setTabChangesFocus(True)
        self._body.setAccessibleName(tr("Words of the template"))
        self._marks = Highlighter(self._body)
        self._slots, self._problems = label(tone="dim"), label(tone="danger")
        self.save = push(tr("Save as a new version"), self._save)
        tabs = row(self._tabs, self._add, None)
        self.setLayout(column(grid, tabs, self._body, self._slots, self._problems,
                              row(self.save, None)))  # fmt: skip

    @property
    def lang(self) -> str:
        """The language shown."""
        return str(self._tabs.tabData(self._tabs.currentIndex()) or "")

    @property
    def text(self) -> str:
        return self._body.toPlainText()

    @property
    def is_changed(self) -> bool:
        """Whether the words differ from the newest saved version."""
        v = self._newest()
        return self.text != (v.body if v else "")

    def show_template(self, of: TemplateRow | None) -> None:
        """`of` None: a new template. The same one again keeps language and unsaved words."""
        is_same = (of.id if of else 0) == self._id
        keep = self.lang if is_same else ""
        self._row = of
        if of is None or not is_same:
            self._show_names((of.name, of.folder) if of else self.new_names)
            self._show_tone(of is not None and of.is_light)
        unsaved = [lang for n, lang in self.unsaved if n == self._id]
        langs = list(dict.fromkeys([*(languages(of) if of else []), *unsaved])) or [language()]
        self._set_tabs(langs, keep)

    @property
    def has_new(self) -> bool:
        """Whether a new template was begun and is not saved yet."""
        return any(self.new_names) or any(n == 0 for n, _ in self.unsaved)

    def saved(self, command: SaveTemplate, template_id: int) -> None:
        """These words are in the file now; a new one's other languages go on under its id."""
        self.unsaved.pop((command.template_id, command.lang), None)
        if command.template_id:
            return
        self.new_names = "", ""
        for lang in [lang for n, lang in self.unsaved if n == 0]:
            self.unsaved[template_id, lang] = self.unsaved.pop((0, lang))

    def focus_name(self) -> None:
        """Start with the name."""
        self._name.setFocus()

    @property
    def _id(self) -> int:
        return self._row.id if self._row else 0

    def _show_names(self, names: tuple[str, str]) -> None:
        for field, text in zip((self._name, self._folder), names, strict=True):
            if field.text() != text:  # setting it would move the cursor of who is typing there
                field.setText(text)

    def _show_tone(self, is_light: bool) -> None:
        self._light.blockSignals(True)
        self._light.setChecked(is_light)
        self._light.blockSignals(False)

    def _keep_names(self) -> None:
        if self._row is None:
            self.new_names = self._name.text(), self._folder.text()

    def _newest(self) -> VersionRow | None:
        return newest(self._row, self.lang) if self._row else None

    def _set_tabs(self, langs: list[str], current: str) -> None:
        self._tabs.blockSignals(True)
        while self._tabs.count():
            self._tabs.removeTab(0)
        for code in langs:
            n = self._tabs.addTab(language_word(code))
            self._tabs.setTabData(n, code)
        self._tabs.setCurrentIndex(langs.index(current) if current in langs else 0)
        self._tabs.blockSignals(False)
        self._turn()

    def _turn(self) -> None:
        """Show the words of this language: those being written, else the newest saved."""
        v = self._newest()
        text = self.unsaved.get((self._id, self.lang), v.body if v else "")
        if text != self.text:
            self._body.blockSignals(True)
            self._body.setPlainText(text)
            self._body.blockSignals(False)
        self._check()
        self.turned.emit(self.lang)

    def _on_typed(self) -> None:
        if self.is_changed:
            self.unsaved[self._id, self.lang] = self.text
        else:
            self.unsaved.pop((self._id, self.lang), None)
        self._pause.start()

    def _check(self) -> None:
        self._pause.stop()
        text = self.text
        found = problems(text) if text or self._row else []
        self._problems.setText("\n".join(found))
        self._problems.setVisible(bool(found))
        self._slots.setText(slot_line(text))
        spans = match(text, text)
        self._marks.show_slots(text, spans.spans if spans else ())
        can_save = not problems(text) and bool(self._name.text().strip())
        self.save.setEnabled(can_save and (self.is_changed or self._is_renamed()))
        self.save.setToolTip("" if self._name.text().strip() else tr("Give it a name first."))
        dress(self.save, "kind", "primary" if self.save.isEnabled() else "")

    def _is_renamed(self) -> bool:
        of = self._row
        now = (self._name.text().strip(), self._folder.text().strip())
        return of is not None and (bool(self._tone) or now != (of.name, of.folder))

    @property
    def _tone(self) -> str:
        """As SaveTemplate has it: "" = as it was."""
        is_light = self._light.isChecked()
        was_light = self._row is not None and self._row.is_light
        if is_light == was_light:
            return ""
        return "light" if is_light else "plain"

    def _save(self) -> None:
        self.save_asked.emit(
            SaveTemplate(self._name.text().strip(), self.text, self.lang,
                         folder=self._folder.text().strip(), template_id=self._id,
                         tone=self._tone)
        )  # fmt: skip

    def _choose_language(self) -> None:
        self._menu.clear()
        have = {self._tabs.tabData(n) for n in range(self._tabs.count())}
        for code, name in known_languages():
            if code not in have:
                action = QAction(f"{name} ({code})", self._menu)
                action.triggered.connect(lambda _=False, code=code: self._add_language(code))
                self._menu.addAction(action)
        if not self._menu.isEmpty():
            self._menu.popup(self._add.mapToGlobal(self._add.rect().bottomLeft()))

    def _add_language(self, code: str) -> None:
        have = [str(self._tabs.tabData(n)) for n in range(self._tabs.count())]
        self._set_tabs([*have, code], code)
        self._body.setFocus()
