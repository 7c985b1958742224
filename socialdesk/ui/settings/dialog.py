"""The settings: searchable, and saved as they are changed."""

from PySide6.QtCore import QSignalBlocker, Qt
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QLineEdit,
    QScrollArea,
    QTabWidget,
    QWidget,
)  # fmt: skip

from socialdesk.domain.changes import Area, Changes
from socialdesk.domain.errors import SocialDeskError
from socialdesk.domain.rows import PersonRow
from socialdesk.engine import commands as c
from socialdesk.engine.desk import Desk
from socialdesk.engine.messages import sentence
from socialdesk.engine.queries import ListPeople, ReadSettings
from socialdesk.engine.settings import KEY_PREFIX, value_of
from socialdesk.i18n import tr
from socialdesk.ui.actions import Actions
from socialdesk.ui.bridge import Bridge
from socialdesk.ui.compose.parts import NoticeBar, Speaker, column, label, push, row
from socialdesk.ui.settings.choices import shown_settings
from socialdesk.ui.settings.fields import SettingLine
from socialdesk.ui.settings.keys_page import KeysPage
from socialdesk.ui.settings.times import TimesPages
from socialdesk.ui.settings.understanding_page import UnderstandingPage
from socialdesk.ui.tasks import Waiter


class SettingsDialog(QDialog):
    """`actions`: the window's, for the page of keys; without them there is none."""

    def __init__(self, desk: Desk, parent: QWidget | None, actions: Actions | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._settings: dict[str, str] = {}
        self._actions = actions
        self.resize(680, 680)
        self._make()
        Speaker(self, self._make_again)
        Bridge(desk, self).changed.connect(self._on_changed)
        self._read()
        self._search.setFocus()

    def _make_again(self) -> None:
        """In the language that was just chosen."""
        self._make()
        self._read()

    def _make(self) -> None:
        self.setWindowTitle(tr("Settings"))
        self._notice = NoticeBar(self)
        self._search = QLineEdit()
        self._search.setAccessibleName(tr("Search settings"))
        self._search.setPlaceholderText(tr("Search settings and keys"))
        self._search.setClearButtonEnabled(True)
        self._search.textChanged.connect(self._narrow)
        self._lines = [SettingLine(shown, self) for shown in shown_settings()]
        for line in self._lines:
            line.chosen.connect(self._save)
        self._tabs = QTabWidget()
        self._tabs.addTab(self._make_general(), tr("General"))
        self._timed = TimesPages(self._desk, self)
        self._timed.failed.connect(self._fail)
        for page, name in self._timed.pages():
            self._tabs.addTab(page, name)
        self._keys = KeysPage(self._actions, self) if self._actions is not None else None
        if self._keys is not None:
            self._keys.chosen.connect(self._save_key)
            self._tabs.addTab(self._keys, tr("Keys"))
        self._tabs.addTab(UnderstandingPage(self._desk, self), tr("Understanding"))
        self._nothing = label(tr("No setting has these words."), "dim")
        self._nothing.hide()
        close = push(tr("Close"), self.accept)
        box = column(self._notice, self._search, self._nothing, self._tabs, row(None, close),
                     margin=16)  # fmt: skip
        self.setLayout(box)

    def _make_general(self) -> QWidget:
        inner = QWidget()
        inner.setLayout(column(self._make_people(), *self._lines, None, space=16, margin=8))
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # what is in it takes the keys
        scroll.setWidget(inner)
        return scroll

    def _make_people(self) -> QWidget:
        self._here = QComboBox()
        self._here.setAccessibleName(tr("I am"))
        self._here.setMinimumWidth(220)
        self._here.activated.connect(self._be)
        self._new_name = QLineEdit()
        self._new_name.setAccessibleName(tr("Name of another person"))
        self._new_name.setPlaceholderText(tr("Add a person…"))
        self._new_name.returnPressed.connect(self._add_person)
        add = push(tr("Add"), self._add_person)
        name = label(tr("I am"), wraps=False)
        name.setBuddy(self._here)
        what = label(tr("Whose name stands on replies, approvals and in the journal."), "dim")
        self._people = QWidget()
        pins = push(tr("PINs…"), self._open_pins)
        self._people.setLayout(column(row(name, None, self._here, pins), what,
                                      row(None, self._new_name, add), space=2))  # fmt: skip
        return self._people

    # --- reading ---

    def _read(self) -> None:
        Waiter(self, self._desk.ask(ReadSettings()), self._show, self._fail)
        Waiter(self, self._desk.ask(ListPeople()), self._show_people, self._fail)

    def _on_changed(self, changes: Changes) -> None:
        if changes.areas & {Area.SETTINGS, Area.PEOPLE, Area.ALL}:
            self._read()

    def _show(self, settings: dict[str, str]) -> None:
        self._settings = settings
        for line in self._lines:
            line.show_value(value_of(settings, line.key))
        self._timed.show_settings(settings)
        if self._keys is not None:
            self._keys.show_keys()

    def _show_people(self, people: list[PersonRow]) -> None:
        with QSignalBlocker(self._here):
            self._here.clear()
            for n, person in enumerate(people):
                self._here.addItem(person.name, person.id)
                if person.is_here:
                    self._here.setCurrentIndex(n)

    # --- searching ---

    def _narrow(self, typed: str) -> None:
        fits = [line.matches(typed) for line in self._lines]
        for line, is_shown in zip(self._lines, fits, strict=True):
            line.setVisible(is_shown)
        words = f"{tr('I am')} {tr('PINs…')} {tr('Name of another person')}".casefold()
        fits.append(all(w in words for w in typed.casefold().split()))
        self._people.setVisible(fits[-1])
        found = [any(fits), *self._timed.narrow(typed)]
        found.append(self._keys.narrow(typed) if self._keys is not None else False)
        self._nothing.setVisible(not any(found))
        if typed.strip() and any(found) and not found[self._tabs.currentIndex()]:
            self._tabs.setCurrentIndex(found.index(True))

    # --- saving ---

    def _save(self, key: str, value: str) -> None:
        self._do(c.SetSetting(key, value))

    def _save_key(self, action: str, keys: str) -> None:
        self._do(c.SetSetting(f"{KEY_PREFIX}{action}", keys))

    def _open_pins(self) -> None:
        from socialdesk.ui.people.pin_dialog import open_pins

        open_pins(self._desk, self)

    def _be(self, at: int) -> None:
        self._do(c.BePerson(int(self._here.itemData(at))))

    def _add_person(self) -> None:
        name = self._new_name.text().strip()
        if name:
            self._new_name.clear()
            self._do(c.AddPerson(name))

    def _do(self, command: c.Command) -> None:
        self._notice.clear()
        Waiter(self, self._desk.do(command), lambda _: self._read(), self._on_refused)

    def _on_refused(self, error: SocialDeskError) -> None:
        """Show what is stored, not what was refused."""
        self._read()
        self._fail(error)

    def _fail(self, error: SocialDeskError) -> None:
        self._notice.tell_sentence(sentence(error))
