"""One search over every setting, key and control of the dialog; all of it by keyboard."""

from itertools import pairwise

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtWidgets import QApplication, QWidget

from socialdesk.domain.targets import Targets
from socialdesk.domain.times.hours_text import HoursText
from socialdesk.engine import queries as q
from socialdesk.i18n import set_language
from socialdesk.ui.settings.choices import shown_settings
from socialdesk.ui.settings.dialog import SettingsDialog
from socialdesk.ui.settings.found import Entry, find, spans
from tests.ui.compose.looks import shoot, unnamed
from tests.ui.driving import NO_PARENT
from tests.ui.settings.ways import line, page, whole


@pytest.fixture
def all_of(dialog):
    """The dialog with all its pages made."""
    whole(dialog)
    return dialog


def found(dialog):
    return [dialog._hits.item(n).text().split(".")[0] for n in range(dialog._hits.count())]


def look_for(qtbot, dialog, typed):
    dialog._search.clear()
    dialog._search.setFocus()
    if typed.isascii():
        qtbot.keyClicks(dialog._search, typed)
    else:  # QTest has no keys for these
        dialog._search.setText(typed)
    return found(dialog)


WORDS = {
    "undo time": "Undo time of a reply",  # its name
    "taken back before": "Undo time of a reply",  # the sentence
    "upgrade": "Look for new versions",  # another word for it
    "templates only": "Reply policy",  # one of its choices
    "done and next": "Done and next: e",  # a key
    "THEME": "Look",
    "holidays": "Country of the public holidays",  # hidden while always open
    "pins": "PINs…",
    "import": "Import settings…",
    "quiet hours": "Quiet hours",
    "backup": "Back up now",
    "restore backup": "Restore…",
    "cool-down": "Own look at a risky reply",
    "mute": "A dismissed alert stays silent",
    "temperature check": "Red from, negative",
}


def test_words_find_what_they_are_about(qtbot, all_of):
    for typed, name in WORDS.items():
        assert name in look_for(qtbot, all_of, typed), typed
        assert all_of._hits.isVisible() and not all_of._nothing.isVisible()
    assert look_for(qtbot, all_of, "zzz") == []
    assert all_of._nothing.isVisible() and not all_of._hits.isVisible()


def test_every_setting_is_found_by_its_name_and_enter_leads_to_it(qtbot, all_of):
    for shown in shown_settings():
        all_of._search.setText(shown.name)
        names = found(all_of)
        at = [n for n in range(all_of._hits.count())
              if all_of._hits.item(n).data(Qt.ItemDataRole.UserRole).target
              is line(all_of, shown.key).field]  # fmt: skip
        assert at, (shown.key, names)
        all_of._hits.setCurrentRow(at[0])
        qtbot.keyClick(all_of._search, Qt.Key.Key_Return)
        own = line(all_of, shown.key)
        assert own.field.isVisible() or shown.key == "quiet_urgent", shown.key
        if shown.key != "quiet_urgent":  # hidden while there are no quiet hours
            assert all_of.focusWidget() is own.field, shown.key
            assert own.is_found, shown.key


def test_every_named_control_is_found(qtbot, all_of):
    for entry in all_of._entries():
        all_of._search.setText(entry.name)
        targets = [
            all_of._hits.item(n).data(Qt.ItemDataRole.UserRole).target
            for n in range(all_of._hits.count())
        ]
        assert entry.target in targets, entry.name


def test_the_keyboard_goes_through_the_hits_and_back(qtbot, all_of, theme):
    look_for(qtbot, all_of, "repl")
    shoot(theme, all_of, "settings-search")
    qtbot.keyClick(all_of._search, Qt.Key.Key_Down)
    assert all_of._hits.hasFocus()
    qtbot.keyClick(all_of._hits, Qt.Key.Key_Down)
    assert all_of._hits.currentRow() == 1
    qtbot.keyClick(all_of._hits, Qt.Key.Key_Up)
    qtbot.keyClick(all_of._hits, Qt.Key.Key_Up)
    assert all_of._search.hasFocus()
    qtbot.keyClick(all_of._search, Qt.Key.Key_Down)
    qtbot.keyClicks(all_of._hits, "y")  # typing goes on in the field
    assert all_of._search.text() == "reply"
    qtbot.keyClick(all_of._search, Qt.Key.Key_Escape)
    assert all_of._search.text() == "" and all_of.isVisible()
    assert all_of._stack.isVisible() and not all_of._hits.isVisible()
    qtbot.keyClick(all_of._search, Qt.Key.Key_Escape)
    assert not all_of.isVisible()


def test_ctrl_f_searches_and_ctrl_page_turns(qtbot, dialog):
    field = line(dialog, "theme").field
    field.setFocus()
    qtbot.keyClick(field, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    assert dialog._search.hasFocus()
    qtbot.keyClick(dialog, Qt.Key.Key_PageDown, Qt.KeyboardModifier.ControlModifier)
    assert dialog._list.currentRow() == 1 and dialog._list.hasFocus()
    qtbot.keyClick(dialog, Qt.Key.Key_PageUp, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClick(dialog, Qt.Key.Key_PageUp, Qt.KeyboardModifier.ControlModifier)
    assert dialog._list.currentRow() == len(dialog._sections) - 1


def test_the_mark_of_a_hit_goes_with_the_next_search(qtbot, all_of):
    look_for(qtbot, all_of, "undo time")
    qtbot.keyClick(all_of._search, Qt.Key.Key_Return)
    assert line(all_of, "hold_s").is_found
    look_for(qtbot, all_of, "late replies")
    qtbot.keyClick(all_of._search, Qt.Key.Key_Return)
    assert [line(all_of, key).is_found for key in ("hold_s", "late_min")] == [False, True]


def test_what_is_hidden_leads_to_what_switches_it_on(qtbot, all_of):
    look_for(qtbot, all_of, "time zone")
    qtbot.keyClick(all_of._search, Qt.Key.Key_Return)
    assert all_of.focusWidget().accessibleName() == "We answer at any time"


@pytest.mark.parametrize(
    ("typed", "text", "places"),
    [
        ("rep", "A reply, REPEATED", [(2, 3), (9, 3)]),
        ("e", "é", [(0, 1)]),
        ("ß", "Straße", [(4, 1)]),
        ("", "reply", []),
    ],
)
def test_what_was_typed_is_marked_whatever_its_case(typed, text, places):
    assert spans(typed, text) == places


@pytest.mark.parametrize(
    "key", "general replies hours notices understanding crisis carry updates keys".split()
)
def test_tab_goes_through_a_page_as_one_reads_it(qtbot, desk, all_of, key):
    nights = HoursText("UTC", ("22:00-08:00",) * 7).packed()
    desk.answers[q.ReadSettings] = {
        "hold_s": "20", "theme": "dark", "notice_vip": "no", "keys.next": "n", "hours": nights,
        "quiet_hours": nights, "targets": Targets((("feeds", 30), ("x", 60))).packed(),
    }  # fmt: skip
    all_of.read()
    made = page(all_of, key)
    qtbot.waitUntil(lambda: line(all_of, "notice_vip").is_changed)
    all_of._search.setFocus()
    gone: list[QWidget] = []
    while not gone or gone[-1] is not all_of._search:
        qtbot.keyClick(all_of.focusWidget(), Qt.Key.Key_Tab)
        gone.append(all_of.focusWidget())
        assert len(gone) < 100
    assert (gone[0], gone[-2]) == (all_of._list, all_of._close)
    tops = [w.mapTo(made.widget(), w.rect().center()).y() for w in gone[1:-2]]
    assert len(tops) >= 2
    assert all(after > before - 20 for before, after in pairwise(tops)), tops


# --- another language ---


@pytest.mark.parametrize("key", ["language", "keep_watching", "theme"])
def test_a_new_language_leaves_the_keys_where_they_were(qtbot, dialog, key):
    line(dialog, key).field.setFocus()
    old = dialog._search
    set_language("ru")
    QCoreApplication.sendEvent(dialog, QEvent(QEvent.Type.LanguageChange))
    qtbot.waitUntil(lambda: dialog._search is not old)
    assert dialog.focusWidget() is line(dialog, key).field
    qtbot.waitUntil(lambda: line(dialog, "hold_s").field.value() == 20)
    assert unnamed(dialog) == []


def test_a_new_language_leaves_a_button_without_a_line_its_keys(qtbot, dialog):
    made = page(dialog, "carry")
    able = made.findChildren(type(dialog._search).__mro__[1])
    button = next(w for w in able if w.accessibleName() == "Import settings…")
    button.setFocus()
    old = dialog._search
    QCoreApplication.sendEvent(dialog, QEvent(QEvent.Type.LanguageChange))
    qtbot.waitUntil(lambda: dialog._search is not old)
    assert dialog.focusWidget().accessibleName() == "Import settings…"
    assert dialog._sections[dialog._list.currentRow()].key == "carry"


def test_a_search_goes_on_in_a_new_language(qtbot, dialog):
    look_for(qtbot, dialog, "undo")
    old = dialog._search
    QCoreApplication.sendEvent(dialog, QEvent(QEvent.Type.LanguageChange))
    qtbot.waitUntil(lambda: dialog._search is not old)
    assert dialog._search.text() == "undo" and dialog.focusWidget() is dialog._search
    qtbot.waitUntil(lambda: "Undo time of a reply" in found(dialog))


def test_pages_that_come_later_are_searched_too(qtbot, desk, actions, theme):
    desk.answers[q.ReadSettings] = {}
    made = SettingsDialog(desk, None, actions)
    qtbot.addWidget(made)
    made.show()
    made._search.setText("upgrade")
    qtbot.waitUntil(lambda: found(made) == ["Look for new versions"])
    assert QApplication.focusWidget() in (None, made._search)


def test_a_setting_comes_before_its_days():
    days = [Entry(0, "Notices", f"Quiet hours, {day}", "", "", NO_PARENT) for day in ("Mon", "Tue")]
    whole = Entry(0, "Notices", "Quiet hours", "", "", NO_PARENT)
    assert find("quiet", [*days, whole]) == [whole, *days]
