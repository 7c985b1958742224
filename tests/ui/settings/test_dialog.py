"""Settings on a scripted desk: found by words, saved as they are changed."""

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtWidgets import QPushButton

from socialdesk.domain.errors import CommandError, CommandFault
from socialdesk.domain.rows import PersonRow
from socialdesk.engine import commands as c
from socialdesk.engine import queries as q
from socialdesk.engine.commands.statements import ListPins
from socialdesk.engine.desk import Done
from socialdesk.engine.queries.notices import ListViewNotices
from socialdesk.engine.settings import KNOWN, is_valid
from socialdesk.ui.actions import Action, Actions
from socialdesk.ui.people.pin_dialog import PinDialog
from socialdesk.ui.settings.choices import shown_settings
from socialdesk.ui.settings.dialog import SettingsDialog
from tests.ui.compose.looks import shoot, unnamed, wrong_format
from tests.ui.fake_desk import FakeDesk


@pytest.fixture
def desk():
    made = FakeDesk()
    made.answers[q.ReadSettings] = {"theme": "dark", "hold_s": "20"}
    made.answers[q.ListAccounts] = []
    made.answers[q.ListLabels] = []
    made.answers[ListViewNotices] = []
    made.answers[q.ListPeople] = [PersonRow(1, "Aliya"), PersonRow(2, "Bolat", is_here=True)]
    return made


@pytest.fixture
def actions():
    made = Actions()
    made.add(
        Action("next", lambda: "Next mention", "j, Down", lambda: None),
        Action("done", lambda: "Done and next", "e", lambda: None),
    )
    return made


@pytest.fixture
def dialog(qtbot, desk, actions, theme):
    made = SettingsDialog(desk, None, actions)
    qtbot.addWidget(made)
    made.show()
    qtbot.waitUntil(lambda: made._here.count() == 2 and bool(made._settings))
    return made


def line(dialog, key):
    lines = [*dialog._lines, *dialog._timed.lines, *dialog._timed.notices.lines]
    return next(each for each in lines if each.key == key)


def test_what_is_stored_is_shown_and_nothing_is_written(desk, dialog, theme):
    shoot(theme, dialog, "settings")
    assert line(dialog, "theme")._field.currentData() == "dark"
    assert line(dialog, "hold_s")._field.value() == 20
    assert line(dialog, "target_min")._field.value() == 60  # the default
    assert dialog._here.currentText() == "Bolat"
    assert desk.commands == []


def test_every_choice_is_one_the_engine_takes():
    for shown in shown_settings():
        assert shown.key in KNOWN
        assert all(is_valid(shown.key, value) for value, _ in shown.choices)
        assert shown.choices or KNOWN[shown.key].allowed[0].startswith("int:")


def test_a_change_is_saved_at_once(qtbot, desk, dialog):
    combo = line(dialog, "policy")._field
    combo.setCurrentIndex(combo.findData("templates"))
    line(dialog, "keep_watching")._field.click()
    spin = line(dialog, "target_min")._field
    spin.selectAll()
    qtbot.keyClicks(spin, "45")
    assert len(desk.did(c.SetSetting)) == 2  # not at each digit
    qtbot.keyClick(spin, Qt.Key.Key_Return)
    assert desk.did(c.SetSetting) == [
        c.SetSetting("policy", "templates"), c.SetSetting("keep_watching", "yes"),
        c.SetSetting("target_min", "45"),
    ]  # fmt: skip


def test_a_refused_change_shows_what_is_stored(qtbot, desk, dialog):
    desk.outcomes[c.SetSetting] = CommandError(CommandFault.BAD_INPUT, what="theme")
    combo = line(dialog, "theme")._field
    combo.setCurrentIndex(combo.findData("light"))
    qtbot.waitUntil(lambda: bool(dialog._notice.text))
    qtbot.waitUntil(lambda: combo.currentData() == "dark")


def test_words_find_settings_and_keys(qtbot, dialog):
    qtbot.keyClicks(dialog._search, "undo")
    shown = [each.key for each in dialog._lines if each.isVisibleTo(dialog)]
    assert shown == ["hold_s"]
    dialog._search.clear()
    qtbot.keyClicks(dialog._search, "done and")
    assert dialog._tabs.currentWidget() is dialog._keys
    dialog._search.clear()
    qtbot.keyClicks(dialog._search, "zzz")
    assert dialog._nothing.isVisible()


def test_who_is_at_the_keys(qtbot, desk, dialog):
    dialog._here.setCurrentIndex(0)
    dialog._here.activated.emit(0)
    assert desk.did(c.BePerson) == [c.BePerson(1)]
    qtbot.keyClicks(dialog._new_name, " Dana ")
    qtbot.keyClick(dialog._new_name, Qt.Key.Key_Return)
    assert desk.did(c.AddPerson) == [c.AddPerson("Dana")]


def test_pins_are_set_beside_the_names(qtbot, desk, dialog):
    desk.outcomes[ListPins] = Done(answer={"people": [], "why": ""})
    next(b for b in dialog.findChildren(QPushButton) if b.text() == "PINs…").click()
    (pins,) = dialog.findChildren(PinDialog)
    pins.close()


def test_a_key_is_given_by_pressing_it(qtbot, desk, dialog):
    dialog._tabs.setCurrentWidget(dialog._keys)
    key = dialog._keys._buttons["next"]
    key.click()
    assert "Press" in key.text()
    qtbot.keyClick(key, Qt.Key.Key_N)
    assert desk.did(c.SetSetting) == [c.SetSetting("keys.next", "n")]


def test_esc_keeps_the_old_key(qtbot, desk, dialog):
    dialog._tabs.setCurrentWidget(dialog._keys)
    key = dialog._keys._buttons["next"]
    key.click()
    qtbot.keyClick(key, Qt.Key.Key_Escape)
    assert key.text() == "j, Down"
    assert dialog.isVisible()
    assert desk.commands == []


def test_a_key_in_use_asks_first(qtbot, desk, dialog, theme):
    dialog._tabs.setCurrentWidget(dialog._keys)
    key = dialog._keys._buttons["next"]
    key.click()
    qtbot.keyClick(key, Qt.Key.Key_E)
    assert desk.commands == []
    assert "Done and next" in dialog._keys._notice.text
    shoot(theme, dialog, "settings-keys")
    dialog._keys._on_notice("take")
    assert desk.did(c.SetSetting) == [
        c.SetSetting("keys.done", "none"), c.SetSetting("keys.next", "e"),
    ]  # fmt: skip
    dialog._actions.remap({"keys.done": "none", "keys.next": "e"})
    assert dialog._actions.clashes("other", "e") == ["next"]


def test_every_control_has_a_name(dialog):
    assert unnamed(dialog) == []
    assert wrong_format(dialog) == []


def test_without_actions_there_is_no_page_of_keys(qtbot, desk, theme):
    made = SettingsDialog(desk, None)
    qtbot.addWidget(made)
    assert "Keys" not in [made._tabs.tabText(n) for n in range(made._tabs.count())]


def test_a_new_language_is_spoken_at_once(qtbot, desk, dialog):
    old = dialog._search
    QCoreApplication.sendEvent(dialog, QEvent(QEvent.Type.LanguageChange))
    qtbot.waitUntil(lambda: dialog._search is not old)
    qtbot.waitUntil(lambda: line(dialog, "hold_s")._field.value() == 20)
    assert unnamed(dialog) == []


@pytest.mark.parametrize(
    ("key", "change", "value"),
    [
        ("late_min", lambda field: field.setValue(45), "45"),
        ("risk_money", lambda field: field.setValue(900), "900"),
        ("risk_reach", lambda field: field.setValue(0), "0"),
        ("promise_lead_min", lambda field: field.setValue(0), "0"),
        ("alt_text", lambda field: field.setCurrentIndex(1), "required"),
    ],
)
def test_times_of_replies_and_descriptions_of_pictures_are_set(
    qtbot, desk, dialog, key, change, value
):
    change(line(dialog, key)._field)
    qtbot.waitUntil(lambda: desk.commands == [c.SetSetting(key, value)])
    assert is_valid(key, value)
