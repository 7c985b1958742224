"""Settings on a scripted desk: saved as they are changed, marked when they are, taken back."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton, QToolButton

from socialdesk.domain.changes import Area, Changes
from socialdesk.domain.errors import CommandError, CommandFault, StoreError, StoreFault
from socialdesk.domain.queue.rows import PersonRow
from socialdesk.engine import commands as c
from socialdesk.engine import queries as q
from socialdesk.engine.commands.statements import ListPins
from socialdesk.engine.desk import Done
from socialdesk.engine.settings import KNOWN, is_valid
from socialdesk.ui.crisis.ask_sheets import Sheet
from socialdesk.ui.people.pin_dialog import PinDialog
from socialdesk.ui.settings.choices import ELSEWHERE, NOT_FOR_PEOPLE, Shape, shown_settings
from socialdesk.ui.settings.keys_page import KeysPage
from socialdesk.ui.settings.people_box import PeopleBox
from tests.ui.compose.looks import shoot, unnamed, wrong_format
from tests.ui.settings.ways import line, page, part, whole


@pytest.fixture
def people(qtbot, dialog):
    made = part(dialog, "general", PeopleBox)
    qtbot.waitUntil(lambda: made._here.count() == 2)
    return made


@pytest.fixture
def keys(dialog):
    return part(dialog, "keys", KeysPage)


def saved(desk):
    return [(command.key, command.value) for command in desk.did(c.SetSetting)]


# --- what is there ---


def test_every_setting_of_the_engine_is_in_the_dialog_or_not_for_people(dialog):
    whole(dialog)
    lines = [one.key for made in dialog._pages.values() for one in made.lines]
    assert len(lines) == len(set(lines))
    assert set(lines) | set(ELSEWHERE) | set(NOT_FOR_PEOPLE) == set(KNOWN)
    assert all(NOT_FOR_PEOPLE.values()) and all(ELSEWHERE.values())


def test_every_line_says_in_a_sentence_what_it_changes_and_its_default():
    for shown in shown_settings():
        assert shown.what.endswith(".") and len(shown.what.split()) >= 5, shown.key


def test_every_choice_is_one_the_engine_takes():
    for shown in shown_settings():
        assert all(is_valid(shown.key, value) for value, _ in shown.choices), shown.key
        if shown.choices:
            assert KNOWN[shown.key].default in dict(shown.choices)
        else:
            is_number = KNOWN[shown.key].allowed[:1] and KNOWN[shown.key].allowed[0][:4] == "int:"
            assert bool(is_number) is (shown.shape is Shape.NUMBER), shown.key


def test_what_is_stored_is_shown_and_nothing_is_written(desk, dialog, people, theme):
    shoot(theme, dialog, "settings")
    assert line(dialog, "theme").field.currentData() == "dark"
    assert line(dialog, "hold_s").field.value() == 20
    assert line(dialog, "target_min").field.value() == 60  # the default
    assert people._here.currentText() == "Bolat"
    assert desk.commands == []


def test_every_control_of_every_page_has_a_name(dialog):
    whole(dialog)
    assert unnamed(dialog) == []
    assert wrong_format(dialog) == []


def test_without_actions_there_is_no_page_of_keys(open_dialog):
    made = open_dialog(actions=None)
    assert "keys" not in [section.key for section in made._sections]


# --- saving ---


def test_a_change_is_saved_at_once(qtbot, desk, dialog):
    combo = line(dialog, "policy").field
    combo.setCurrentIndex(combo.findData("templates"))
    line(dialog, "keep_watching").field.click()
    page(dialog, "hours")
    spin = line(dialog, "target_min").field
    spin.selectAll()
    qtbot.keyClicks(spin, "45")
    assert len(saved(desk)) == 2  # not at each digit
    qtbot.keyClick(spin, Qt.Key.Key_Return)
    assert saved(desk) == [
        ("policy", "templates"), ("keep_watching", "yes"), ("target_min", "45"),
    ]  # fmt: skip


@pytest.mark.parametrize("key", ["alarm_words", "careful_days", "brand_words", "release_feed"])
def test_what_is_typed_is_saved_when_the_field_is_left(qtbot, desk, dialog, key):
    section = {"brand_words": "general", "release_feed": "updates"}.get(key, "understanding")
    page(dialog, section)
    field = line(dialog, key).field
    field.setFocus()
    qtbot.keyClicks(field, "12-16")
    dialog._search.setFocus()
    assert saved(desk) == [(key, "12-16")]


@pytest.mark.parametrize(
    ("key", "change", "value"),
    [
        ("late_min", lambda field: field.setValue(45), "45"),
        ("risk_money", lambda field: field.setValue(900), "900"),
        ("risk_reach", lambda field: field.setValue(0), "0"),
        ("promise_lead_min", lambda field: field.setValue(0), "0"),
        ("alt_text", lambda field: field.setCurrentIndex(1), "required"),
        ("weekly_report", lambda field: field.setCurrentIndex(1), "on"),
        ("release_check", lambda field: field.setCurrentIndex(1), "weekly"),
        ("alert_limit", lambda field: field.setValue(30), "30"),
    ],
)
def test_each_kind_of_field_saves_its_own(desk, dialog, key, change, value):
    change(line(dialog, key).field)  # is on a page that is not shown: saved all the same
    assert saved(desk) == [(key, value)]
    assert is_valid(key, value)


def test_a_refused_change_shows_what_is_stored(qtbot, desk, dialog):
    desk.outcomes[c.SetSetting] = CommandError(CommandFault.BAD_INPUT, what="theme")
    combo = line(dialog, "theme").field
    combo.setCurrentIndex(combo.findData("light"))
    qtbot.waitUntil(lambda: bool(dialog._notice.text))
    qtbot.waitUntil(lambda: combo.currentData() == "dark")


def test_red_below_amber_is_told_with_both_names_and_the_field_goes_back(qtbot, desk, dialog):
    desk.outcomes[c.SetSetting] = CommandError(
        CommandFault.LIMITS, red="crisis_post_red_percent", amber="crisis_post_amber_percent",
        n=20, of=30,
    )  # fmt: skip
    page(dialog, "crisis")
    field = line(dialog, "crisis_post_red_percent").field
    assert (field.minimum(), field.maximum(), field.text()) == (10, 90, "50 %")
    field.setValue(20)
    qtbot.waitUntil(lambda: "«Red from, negative» is 20" in dialog._notice.text)
    qtbot.waitUntil(lambda: field.value() == 50)


def test_a_file_that_is_only_being_made_is_told_until_it_is_there(qtbot, desk, open_dialog):
    dialog = open_dialog()
    desk.answers[q.ReadSettings] = StoreError(StoreFault.OTHER)
    dialog.read()
    qtbot.waitUntil(lambda: "could not be used" in dialog._notice.text)
    desk.answers[q.ReadSettings] = {}
    desk.tell(Changes(areas=frozenset({Area.ALL})))
    qtbot.waitUntil(lambda: dialog._notice.text == "")


def test_what_was_typed_wrongly_stays_with_what_belongs_there(qtbot, desk, dialog):
    desk.outcomes[c.SetSetting] = CommandError(CommandFault.BAD_INPUT, what="release_feed")
    page(dialog, "updates")
    field = line(dialog, "release_feed").field
    field.setFocus()
    qtbot.keyClicks(field, "http://desk.example")
    dialog._search.setFocus()
    qtbot.waitUntil(lambda: "«Address of new versions» was not changed" in dialog._notice.text)
    assert "It begins with https://" in dialog._notice.text
    dialog.read()
    qtbot.waitUntil(lambda: dialog._is_read)
    assert field.text() == "http://desk.example"
    del desk.outcomes[c.SetSetting]
    field.setText("https://desk.example")
    field.editingFinished.emit()
    assert saved(desk)[-1] == ("release_feed", "https://desk.example")


# --- changed, and back ---


def test_what_is_changed_is_marked_in_words_and_goes_back(qtbot, desk, dialog):
    assert line(dialog, "hold_s").is_changed and not line(dialog, "late_min").is_changed
    page(dialog, "replies")
    (back,) = line(dialog, "hold_s").findChildren(QToolButton)
    assert back.accessibleName() == "Back to the default: Undo time of a reply"
    assert "Changed" in line(dialog, "hold_s").field.accessibleDescription()
    desk.answers[q.ReadSettings] = {}
    back.click()
    assert saved(desk) == [("hold_s", "")]
    qtbot.waitUntil(lambda: not line(dialog, "hold_s").is_changed)
    assert line(dialog, "hold_s").field.value() == 10
    assert line(dialog, "hold_s").field.hasFocus()  # the button under the keys is gone


# --- people ---


def test_who_is_at_the_keys(qtbot, desk, people):
    people._here.setCurrentIndex(0)
    people._here.activated.emit(0)
    assert desk.did(c.BePerson) == [c.BePerson(1)]
    qtbot.keyClicks(people._new_name, " Dana ")
    qtbot.keyClick(people._new_name, Qt.Key.Key_Return)
    assert desk.did(c.AddPerson) == [c.AddPerson("Dana")]
    assert people._told.isHidden()
    people.show_people([*desk.answers[q.ListPeople], PersonRow(3, "Dana")])
    assert "Dana" in people._told.text() and "is added" in people._told.text()


def test_a_name_that_is_there_already_stays_to_be_mended(qtbot, desk, people):
    qtbot.keyClicks(people._new_name, "aliya")
    qtbot.keyClick(people._new_name, Qt.Key.Key_Return)
    assert desk.did(c.AddPerson) == [] and people._new_name.text() == "aliya"
    assert "is there already" in people._told.text() and not people._told.isHidden()


def test_pins_are_set_beside_the_names(desk, dialog, people):
    desk.outcomes[ListPins] = Done(answer={"people": [], "why": ""})
    next(b for b in people.findChildren(QPushButton) if b.text() == "PINs…").click()
    (pins,) = dialog.findChildren(PinDialog)
    pins.close()


def test_a_person_is_renamed_beside_the_names(desk, dialog, people):
    next(b for b in people.findChildren(QPushButton) if b.text() == "Rename…").click()
    (sheet,) = dialog.findChildren(Sheet)
    sheet.close()


# --- keys ---


def test_a_key_is_given_by_pressing_it(qtbot, desk, keys):
    key = keys._buttons["next"]
    key.click()
    assert "Press" in key.text()
    qtbot.keyClick(key, Qt.Key.Key_N)
    assert saved(desk) == [("keys.next", "n")]


def test_esc_keeps_the_old_key(qtbot, desk, dialog, keys):
    key = keys._buttons["next"]
    key.click()
    qtbot.keyClick(key, Qt.Key.Key_Escape)
    assert key.text() == "j, Down"
    assert dialog.isVisible()
    assert desk.commands == []


def test_a_key_in_use_asks_first(qtbot, desk, dialog, keys, theme):
    key = keys._buttons["next"]
    key.click()
    qtbot.keyClick(key, Qt.Key.Key_E)
    assert desk.commands == []
    assert "Done and next" in keys._notice.text
    shoot(theme, dialog, "settings-keys-clash")
    keys._on_notice("take")
    assert saved(desk) == [("keys.done", "none"), ("keys.next", "e")]
    dialog.window_actions.remap({"keys.done": "none", "keys.next": "e"})
    assert dialog.window_actions.clashes("other", "e") == ["next"]


def test_a_changed_key_is_marked_and_goes_back(qtbot, desk, dialog, keys):
    desk.answers[q.ReadSettings] = {"keys.next": "n"}
    dialog.read()
    qtbot.waitUntil(lambda: keys._buttons["next"].text() == "n")
    assert not keys._marks["done"].is_changed
    keys._marks["next"].findChildren(QToolButton)[0].click()
    assert saved(desk) == [("keys.next", "")]
