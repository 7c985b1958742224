"""The settings: sections at the left, one search over everything, saved as they are changed."""

from functools import partial
from typing import Final

from PySide6.QtCore import QEvent, QObject, QSize, Qt, QTimer
from PySide6.QtGui import QKeyEvent, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import (
    QDialog,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QStackedWidget,
    QWidget,
)  # fmt: skip

from socialdesk.domain.changes import Area, Changes
from socialdesk.domain.errors import CommandError, CommandFault, SocialDeskError
from socialdesk.engine import commands as c
from socialdesk.engine.desk import Desk
from socialdesk.engine.queries import ListPeople, ReadSettings
from socialdesk.engine.settings import KEY_PREFIX
from socialdesk.engine.words.messages import sentence
from socialdesk.i18n import tr
from socialdesk.ui.actions import Actions
from socialdesk.ui.bridge import Bridge
from socialdesk.ui.compose.parts import NoticeBar, Speaker, column, label, push, row
from socialdesk.ui.icons import icon
from socialdesk.ui.settings.fields import SettingLine
from socialdesk.ui.settings.found import Entry, entries_of, find, reach
from socialdesk.ui.settings.hits import Hits
from socialdesk.ui.settings.mark import before_in_order
from socialdesk.ui.settings.page import Page
from socialdesk.ui.settings.people_box import PeopleBox, open_sheet
from socialdesk.ui.settings.sections import Section, sections
from socialdesk.ui.tasks import Latest, Waiter
from socialdesk.ui.text_size import resize_for_text
from socialdesk.ui.theme import tokens

SIZE: Final = QSize(880, 660)
MORE_MS: Final = 10  # between two parts that are made while nobody waits


class SettingsDialog(QDialog):
    """`actions`: the window's, for the page of keys; without them there is none."""

    def __init__(self, desk: Desk, parent: QWidget | None, actions: Actions | None = None) -> None:
        super().__init__(parent)
        self.desk, self.window_actions = desk, actions
        self._settings: dict[str, str] = {}
        self._is_read = self._is_unread = False
        self._reading, self._people_read = Latest(self), Latest(self)
        self._people: PeopleBox | None = None
        self._focus_was = (0, "", -1)  # section, setting, number of the control on its page
        self._more = QTimer(self)
        self._more.setInterval(MORE_MS)
        self._more.timeout.connect(self._make_next)
        resize_for_text(self, SIZE.width(), SIZE.height())
        QShortcut(QKeySequence("Ctrl+F"), self, self._find)
        QShortcut(QKeySequence("Ctrl+PgDown"), self, partial(self._step, 1))
        QShortcut(QKeySequence("Ctrl+PgUp"), self, partial(self._step, -1))
        self._make()
        Speaker(self, self._make_again)
        Bridge(desk, self).changed.connect(self._on_changed)
        self.read()
        self._search.setFocus()

    # --- making ---

    def _make(self) -> None:
        self.setWindowTitle(tr("Settings"))
        self._notice = NoticeBar(self)
        self._search = QLineEdit()
        self._search.setAccessibleName(tr("Search settings"))
        self._search.setPlaceholderText(tr("Search settings and keys (Ctrl+F)"))
        self._search.setClearButtonEnabled(True)
        self._search.textChanged.connect(self._on_typed)
        self._search.installEventFilter(self)
        self._sections: list[Section] = sections(has_keys=self.window_actions is not None)
        self._pages: dict[int, Page] = {}
        self._found_line: SettingLine | None = None
        self._list = QListWidget()
        self._list.setAccessibleName(tr("Sections"))
        self._list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._list.setIconSize(QSize(16, 16))
        self._stack = QStackedWidget()
        for section in self._sections:
            self._list.addItem(QListWidgetItem(section.name))
            self._stack.addWidget(QWidget())
        self._draw_icons()
        self._list.setFixedWidth(self._list.sizeHintForColumn(0) + 24)
        self._hits = Hits(self)
        self._hits.entry_chosen.connect(self._go)
        self._hits.left.connect(self._to_search)
        self._nothing = label(tr("No setting has these words."), "dim")
        for hidden in (self._hits, self._nothing):
            hidden.hide()
        self._list.currentRowChanged.connect(self._show_section)
        self._close = push(tr("Close"), self.accept)
        right = column(self._hits, self._nothing, self._stack)
        middle = row(self._list, right, space=12)
        middle.setStretch(1, 1)
        self.setLayout(column(
            self._notice, self._search, middle, row(None, self._close), margin=16,
        ))  # fmt: skip
        self._list.setCurrentRow(0)
        self._more.start()

    def _make_again(self) -> None:
        """In the language that was just chosen; the keys stay where they were."""
        typed = self._search.text()
        section, key, number = self._focus_was
        self._make()
        self._search.setText(typed)
        self.read()
        for shown in (self._search, self._list):
            shown.show()  # its layout would only later, and what is not seen keeps no keys
        if section < 0:
            (self._search if number < 0 else self._list).setFocus()
            return
        self._list.setCurrentRow(section)
        page = self._pages[section]
        lines = [line.field for line in page.lines if line.key == key]
        able = lines or _able(page)[number : number + 1] or [self._list]
        able[0].setFocus()

    def _note_focus(self) -> None:
        """Where the keys are, before all is made anew."""
        has_keys = self.focusWidget()
        if has_keys is None or not has_keys.isVisible():
            return
        at = self._list.currentRow()
        page = self._pages.get(at)
        if page is None or not page.isAncestorOf(has_keys):
            self._focus_was = (at, "", -1) if has_keys is not self._search else (-1, "", -1)
            return
        key = next((one.key for one in page.lines if one.isAncestorOf(has_keys)), "")
        able = _able(page)
        self._focus_was = (at, key, able.index(has_keys) if has_keys in able else -1)

    def _make_next(self) -> None:
        """One part more of a page, so that a search finds all of them."""
        is_searching = bool(self._search.text())
        for number, section in enumerate(self._sections):
            if section.waits and not is_searching and number not in self._pages:
                continue
            page = self._begun(number)
            if not page.is_whole:
                page.grow()
                return
        self._more.stop()
        self.search_again()  # a page that waited is there now

    def _begun(self, number: int) -> Page:
        """The page of a section, maybe not whole yet."""
        if number in self._pages:
            return self._pages[number]
        page = self._pages[number] = self._sections[number].make(self)
        page.grew.connect(self._on_grew)
        empty = self._stack.widget(number)
        self._stack.insertWidget(number, page)
        if empty is not None:
            self._stack.removeWidget(empty)
            empty.deleteLater()
        if self._is_read:
            page.show_settings(self._settings)
        return page

    def _page(self, number: int) -> Page:
        """The whole page of a section."""
        page = self._begun(number)
        page.finish()
        return page

    def _on_grew(self, lines: list[SettingLine]) -> None:
        for line in lines:
            line.chosen.connect(self.save)
        self._close_last()

    def _close_last(self) -> None:
        """Tab leads through the page before it leads to the button below it, although what is made
        later comes last by itself."""
        last = before_in_order(self)
        if last is not None and last is not self._close:
            QWidget.setTabOrder(last, self._close)

    def make_people(self) -> PeopleBox:
        """The part about people."""
        box = self._people = PeopleBox(self)
        box.person_chosen.connect(lambda person: self._do(c.BePerson(person)))
        box.person_added.connect(lambda name: self._do(c.AddPerson(name)))
        box.sheet_asked.connect(lambda name: open_sheet(name, self.desk, self))
        self._people_read.wait(self.desk.ask(ListPeople()), box.show_people, self._on_unread)
        return box

    def _draw_icons(self) -> None:
        color = tokens(self.palette()).dim
        for number, section in enumerate(self._sections):
            self._list.item(number).setIcon(icon(section.icon, color))

    # --- reading ---

    def read(self) -> None:
        """Ask for what is kept."""
        self._reading.wait(self.desk.ask(ReadSettings()), self._show, self._on_unread)
        if self._people is not None:
            box = self._people
            self._people_read.wait(self.desk.ask(ListPeople()), box.show_people, self._on_unread)

    def _on_changed(self, changes: Changes) -> None:
        if changes.areas & {Area.SETTINGS, Area.PEOPLE, Area.ALL}:
            self.read()

    def _show(self, settings: dict[str, str]) -> None:
        self._settings, self._is_read = settings, True
        if self._is_unread:
            self._is_unread = False
            self._notice.clear()
        for page in self._pages.values():
            page.show_settings(settings)

    # --- searching and going ---

    def show_section(self, key: str) -> None:
        """Of `sections.py`."""
        self._list.setCurrentRow([section.key for section in self._sections].index(key))

    def _show_section(self, number: int) -> None:
        if number >= 0:
            self._page(number)
            self._stack.setCurrentIndex(number)
            if self._search.text():
                self._search.clear()

    def _on_typed(self, typed: str) -> None:
        if typed.strip():
            self._mark_found(None)
            if len(self._pages) < len(self._sections):
                self._more.start()
            found = find(typed, self._entries())
            self._hits.show_entries(typed, found)
        is_searching = bool(typed.strip())
        has_any = is_searching and self._hits.count() > 0
        self._hits.setVisible(has_any)
        self._nothing.setVisible(is_searching and not has_any)
        self._stack.setVisible(not is_searching)

    def search_again(self) -> None:
        """There is more to find, and to go through."""
        self._close_last()
        if self._search.text().strip():
            chosen = self._hits.currentRow()
            self._on_typed(self._search.text())
            self._hits.setCurrentRow(max(0, chosen))

    def _entries(self) -> list[Entry]:
        found: list[Entry] = []
        for number, section in enumerate(self._sections):
            if number in self._pages:
                found += entries_of(self._pages[number], number, section.name)
        return found

    def _go(self, entry: Entry) -> None:
        """To the control of a hit, which is marked."""
        self._search.clear()
        self._list.setCurrentRow(entry.page)
        page = self._page(entry.page)
        self._stack.setCurrentIndex(entry.page)
        target = reach(entry.target, page)
        if target is None:
            self._list.setFocus()
            return
        target.setFocus(Qt.FocusReason.ShortcutFocusReason)
        page.ensureWidgetVisible(target, 0, page.height() // 3)
        self._mark_found(next((one for one in page.lines if one.isAncestorOf(target)), None))

    def _mark_found(self, line: SettingLine | None) -> None:
        if self._found_line is not None and self._found_line is not line:
            self._found_line.show_found(False)
        self._found_line = line
        if line is not None:
            line.show_found(True)

    def _to_search(self, typed: str) -> None:
        self._search.setFocus()
        if typed:
            self._search.insert(typed)

    # --- keys ---

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Of the field: Down goes into the hits, Enter takes the first, Esc empties it."""
        is_press = isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress
        return is_press and watched is self._search and self._on_search_key(event)  # type: ignore[arg-type]

    def _on_search_key(self, event: QKeyEvent) -> bool:
        has_hits = not self._hits.isHidden()
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if has_hits:
                self._hits.choose_current()
            return True
        if event.key() == Qt.Key.Key_Down:
            (self._hits if has_hits else self._list).setFocus()
            return True
        if event.key() == Qt.Key.Key_Escape and self._search.text():
            self._search.clear()
            return True
        return False

    def _find(self) -> None:
        self._search.setFocus()
        self._search.selectAll()

    def _step(self, by: int) -> None:
        """To the next section, or the one before."""
        self._list.setCurrentRow((self._list.currentRow() + by) % self._list.count())
        self._list.setFocus()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._note_focus()
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and hasattr(self, "_sections"):
            self._draw_icons()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._hits.doItemsLayout()

    # --- saving ---

    def save(self, key: str, value: str) -> None:
        """At once; "" = the default."""
        self._notice.clear()
        done = self.desk.do(c.SetSetting(key, value))
        Waiter(self, done, lambda _: self.read(), partial(self._on_value_refused, key))

    def save_key(self, action: str, keys: str) -> None:
        """The keys of an action; "" = the default ones."""
        self._do(c.SetSetting(f"{KEY_PREFIX}{action}", keys))

    def open_about(self) -> None:
        """Version, licences, where the data lies."""
        from socialdesk.ui.about.dialog import open_about

        open_about(self.desk, self)

    def _do(self, command: c.Command) -> None:
        self._notice.clear()
        Waiter(self, self.desk.do(command), lambda _: self.read(), self._on_refused)

    def _on_value_refused(self, key: str, error: SocialDeskError) -> None:
        """What is typed wrongly stays, beside what belongs there."""
        lines = [one for page in self._pages.values() for one in page.lines if one.key == key]
        is_typed = isinstance(error, CommandError) and error.fault is CommandFault.BAD_INPUT
        if not (is_typed and lines):
            self._on_refused(error)
            return
        lines[0].show_refused()
        self.read()
        shown = lines[0].shown
        self._notice.tell(tr("«{name}» was not changed. {what}", name=shown.name, what=shown.what))

    def _on_refused(self, error: SocialDeskError) -> None:
        """Show what is stored, not what was refused."""
        self.read()
        self.fail(error)

    def _on_unread(self, error: SocialDeskError) -> None:
        """Told until it can be read: at a first start the file is only being made."""
        self._is_unread = True
        self.fail(error)

    def fail(self, error: SocialDeskError) -> None:
        """What could not be read or was refused, in words."""
        self._notice.tell_sentence(sentence(error))


def _able(page: Page) -> list[QWidget]:
    """What takes keys there, in its order; the same ones in every language."""
    found: list[QWidget] = page.findChildren(QWidget)
    return [w for w in found if w.focusPolicy() & Qt.FocusPolicy.TabFocus]
