"""Which approved template the reply comes from, and in which language."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QSizePolicy, QToolButton, QWidget

from socialdesk.domain.changes import Area, Changes
from socialdesk.domain.errors import SocialDeskError
from socialdesk.domain.queue.rows import TemplateRow, VersionRow
from socialdesk.domain.replies.suggestion import Suggestion
from socialdesk.domain.replies.template import MAX_TOGETHER, together
from socialdesk.engine.desk import Desk
from socialdesk.engine.queries import ListTemplates
from socialdesk.engine.queries.templates import SuggestTemplates
from socialdesk.i18n import LANGUAGES, tr
from socialdesk.ui.bridge import Bridge
from socialdesk.ui.compose.choosing import Choice, choice_of, choices, suggested
from socialdesk.ui.compose.parts import push, row
from socialdesk.ui.compose.picker import TemplatePicker
from socialdesk.ui.compose.verdict import Used
from socialdesk.ui.icons import set_icon
from socialdesk.ui.insight_words import language_word
from socialdesk.ui.tasks import Latest


class TemplateBar(QWidget):
    """`picked(body)`: insert these words. `switched(body)`: the same templates in another
    language. `grown(body)`: one more, below. `spoken(str)`: own words are in this language.
    `listed`: versions changed. `closed`: nothing was chosen. `refused(name, is light)`: a lock
    stops this one. `failed(error)`."""

    picked = Signal(str)
    switched = Signal(str)
    grown = Signal(str)
    spoken = Signal(str)
    listed = Signal()
    failed = Signal(object)
    closed = Signal()
    refused = Signal(str, bool)

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__(parent)
        self._desk, self._latest, self._suggesting = desk, Latest(self), Latest(self)
        self._mention_id = 0
        self._is_locked = False
        self._choices: list[Choice] = []
        self._choice: Choice | None = None
        self._version: VersionRow | None = None
        self._below: list[tuple[Choice, VersionRow]] = []  # further templates of the reply
        self._lang = ""
        self.button = push("", self.open, icon="file-text", tip=tr("Ctrl+T, or / at line start"))
        self.button.setStyleSheet("text-align: left")
        self.button.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.language = QToolButton()
        set_icon(self.language, "languages")
        self.language.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.language.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.language.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._menu = QMenu(self.language)
        self.language.setMenu(self._menu)
        self._menu.aboutToShow.connect(self._fill_menu)
        self._picker = TemplatePicker(self)
        self._picker.chosen.connect(self._on_chosen)
        self._picker.added.connect(self._on_added)
        self._picker.closed.connect(self.closed)
        self.destroyed.connect(self._picker.deleteLater)
        layout = row(self.button, self.language)
        layout.setStretch(0, 1)
        self.setLayout(layout)
        Bridge(desk, self).changed.connect(self._on_changed)
        self._show()
        self.refresh()

    @property
    def version(self) -> VersionRow | None:
        """The approved version the words came from; None for own words."""
        return self._version

    @property
    def more(self) -> tuple[int, ...]:
        """The versions below it, in order."""
        return tuple(version.id for _, version in self._below) if self._version else ()

    @property
    def body(self) -> str:
        """The approved words of all of them together; "" for own words."""
        if self._version is None:
            return ""
        return together([self._version.body, *(version.body for _, version in self._below)])

    @property
    def used(self) -> Used:
        """What the gate is told of it."""
        first = self._choice if self._version is not None else None
        return Used(self.body, first.name, first.is_light) if first else Used()

    @property
    def lang(self) -> str:
        """The language the reply is in."""
        return self._version.lang if self._version else self._lang

    def refresh(self) -> None:
        """Read the templates again."""
        self._latest.wait(self._desk.ask(ListTemplates()), self._take, self._fail)

    def show_mention(self, mention_id: int) -> None:
        """What is being answered: templates that answered the like are suggested."""
        self._mention_id = mention_id

    def lock(self, is_locked: bool) -> None:
        """A padlock while an incident stops routine templates; choosing one says why."""
        if is_locked != self._is_locked:
            self._is_locked = is_locked
            set_icon(self.button, "lock" if is_locked else "file-text")
            self._show()

    def open(self) -> None:
        """Let somebody choose."""
        self._picker.open_at(self.button, self._choices, self.lang)
        if self._mention_id:
            future = self._desk.ask(SuggestTemplates(self._mention_id))
            self._suggesting.wait(future, self._suggest, lambda _: None)  # a help, no need

    def _suggest(self, found: list[Suggestion]) -> None:
        if found:
            self._picker.suggest(suggested(self._choices, found))

    def use(self, version_id: int, lang: str, more: Sequence[int] = ()) -> None:
        """The words came from this version (0: own words), in `lang`, and from `more` below it. A
        version that is not approved any more makes them own words."""
        self._lang = lang
        found = [self._find(version) for version in (version_id, *more)] if version_id else []
        known = [one for one in found if one is not None]
        is_whole = bool(known) and len(known) == len(found)
        self._choice, self._version = known[0] if is_whole else (None, None)
        self._below = known[1:] if is_whole else []
        self._show()

    def _find(self, version_id: int) -> tuple[Choice, VersionRow] | None:
        choice = choice_of(self._choices, version_id)
        if choice is None:
            return None
        return choice, next(v for v in choice.versions if v.id == version_id)

    def _take(self, rows: list[TemplateRow]) -> None:
        self._choices = choices(rows)
        if self._version is not None:
            self.use(self._version.id, self._lang, self.more)
        self.listed.emit()

    def _fail(self, error: SocialDeskError) -> None:
        self.failed.emit(error)

    def _on_changed(self, changes: Changes) -> None:
        if changes.areas & {Area.TEMPLATES, Area.ALL}:
            self.refresh()

    def _on_chosen(self, choice: Choice) -> None:
        if self._is_locked:
            self.refused.emit(choice.name, choice.is_light)
            self.closed.emit()
            return
        self._choice, self._version, self._below = choice, choice.version(self._lang), []
        self._show()
        self.picked.emit(self.body)

    def _on_added(self, choice: Choice) -> None:
        """Below what is there; the first one when nothing is."""
        if self._version is None or self._is_locked:
            self._on_chosen(choice)
        elif len(self._below) < MAX_TOGETHER - 1:
            version = choice.version(self.lang)
            self._below.append((choice, version))
            self._show()
            self.grown.emit(version.body)

    def _fill_menu(self) -> None:
        self._menu.clear()
        codes = self._choice.langs if self._choice else _known(self._lang)
        for code in codes:
            action = QAction(language_word(code), self._menu)
            action.setCheckable(True)
            action.setChecked(code == self.lang)
            action.triggered.connect(lambda _=False, code=code: self.speak(code))
            self._menu.addAction(action)

    def speak(self, code: str) -> None:
        """The reply shall be in `code`: the template's words in it, or own words."""
        self._lang = code
        if self._choice is None:
            self._show()
            self.spoken.emit(code)
            return
        self._version = self._choice.version(code)
        self._below = [(choice, choice.version(code)) for choice, _ in self._below]
        self._show()
        self.switched.emit(self.body)

    def _show(self) -> None:
        if self._choice is None or self._version is None:
            text = tr("Templates are locked") if self._is_locked else tr("Choose a template")
        else:
            names = " + ".join([self._choice.name, *(choice.name for choice, _ in self._below)])
            lang = language_word(self._version.lang)
            text = tr("Template: {name} ({lang}, approved)", name=names, lang=lang)
        self.button.setText(text.replace("&", "&&"))
        self.button.setAccessibleName(text)
        self.language.setText(language_word(self.lang) if self.lang else "–")
        lang = language_word(self.lang) if self.lang else tr("unknown")
        self.language.setAccessibleName(tr("Language of the reply: {lang}", lang=lang))
        self.language.setToolTip(self.language.accessibleName())


def _known(lang: str) -> list[str]:
    return list(dict.fromkeys([*([lang] if lang else []), *LANGUAGES]))
