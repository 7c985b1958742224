"""The pages about time: hours, targets, notices; kept as soon as they are right."""

import json

import pytest
from PySide6.QtCore import Qt

from socialdesk.domain.account import AccountState
from socialdesk.domain.queue.rows import AccountRow, LabelRow
from socialdesk.domain.targets import Targets
from socialdesk.domain.times.hours_text import HoursText
from socialdesk.engine import commands as c
from socialdesk.engine import queries as q
from socialdesk.engine.commands.notices import ListCountries, SetViewNotice, ShowTestNotice
from socialdesk.engine.queries.notices import ListViewNotices
from socialdesk.ui.settings.hours_page import OFFICE, SHOP, HoursPage, own_zone, zones
from socialdesk.ui.settings.notices_page import NoticesPage
from socialdesk.ui.settings.targets_box import TargetsBox
from tests.ui.compose.looks import shoot, unnamed, wrong_format
from tests.ui.settings.ways import part

HOURS = HoursText("Asia/Almaty", OFFICE, ("2026-12-31",), "KZ")
COUNTRIES = {"countries": {"DE": ["BE", "BY"], "KZ": []}}


@pytest.fixture
def desk(desk):
    desk.answers[q.ReadSettings] = {
        "hours": HOURS.packed(), "targets": Targets((("feeds", 1440),), ((3, 15),)).packed(),
        "quiet_hours": HoursText("Asia/Almaty", ("22:00-08:00",) * 7).packed(),
    }  # fmt: skip
    desk.answers[q.ListAccounts] = [
        AccountRow(1, "mastodon", "@shop", "", AccountState.ON),
        AccountRow(2, "feeds", "News", "", AccountState.ON),
    ]
    desk.answers[q.ListLabels] = [LabelRow(3, "press"), LabelRow(4, "billing")]
    desk.answers[ListViewNotices] = [(7, "Money", "once"), (8, "Ideas", "")]
    desk.outcomes[ListCountries] = COUNTRIES
    desk.outcomes[ShowTestNotice] = {"way": "window"}
    return desk


@pytest.fixture
def hours(qtbot, dialog):
    made = part(dialog, "hours", HoursPage)
    qtbot.waitUntil(lambda: made._country.count() > 2)
    return made


@pytest.fixture
def notices(dialog):
    return part(dialog, "notices", NoticesPage)


def saved(desk, key):
    return [command.value for command in desk.did(c.SetSetting) if command.key == key]


def type_into(qtbot, field, text):
    field.setFocus()
    field.selectAll()
    qtbot.keyClicks(field, text)
    qtbot.keyClick(field, Qt.Key.Key_Return)


def test_the_hours_that_are_kept_are_shown(dialog, hours, theme, desk):
    shoot(theme, dialog, "settings-hours")
    assert not hours._always.isChecked()
    assert hours._zone.currentText() == "Asia/Almaty"
    assert hours._week.texts() == OFFICE
    assert (hours._country.currentData(), hours._part.isVisibleTo(hours)) == ("KZ", False)
    assert saved(desk, "hours") == []


def test_a_day_is_kept_as_it_is_typed_and_tidied(qtbot, desk, hours):
    type_into(qtbot, hours._week._fields[5], "10-14")
    (value,) = saved(desk, "hours")
    assert json.loads(value)["week"][5] == "10:00-14:00" or "10-14" in value
    assert hours._week.texts()[5] == "10:00-14:00"


def test_a_slip_is_explained_by_its_day_and_nothing_is_kept(qtbot, desk, dialog, hours, theme):
    type_into(qtbot, hours._week._fields[2], "9-25")
    assert hours._notice.text.startswith("Wed: «9-25» is no time.")
    assert saved(desk, "hours") == []
    shoot(theme, dialog, "settings-hours-wrong")
    type_into(qtbot, hours._week._fields[2], "9-17")
    assert hours._notice.text == "" and len(saved(desk, "hours")) == 1


def test_a_week_that_never_opens_is_refused_with_a_reason(qtbot, desk, hours):
    for field in hours._week._fields:
        type_into(qtbot, field, " ")
    assert "never open" in hours._notice.text
    assert all(any(json.loads(value)["week"]) for value in saved(desk, "hours"))


def test_always_is_one_click_and_presets_bring_hours_back(qtbot, desk, hours):
    hours._always.click()
    assert saved(desk, "hours") == [""]
    assert not hours._details.isVisibleTo(hours)
    hours._preset(SHOP)
    kept = json.loads(saved(desk, "hours")[-1])
    assert (kept["week"], kept["zone"]) == (list(SHOP), own_zone())
    assert hours._details.isVisibleTo(hours)


def test_holidays_are_of_a_country_and_its_region(desk, hours):
    hours._country.setCurrentIndex(hours._country.findData("DE"))
    hours._country.activated.emit(0)
    hours._part.setCurrentIndex(hours._part.findData("BY"))
    hours._part.activated.emit(0)
    kept = [json.loads(value) for value in saved(desk, "hours")]
    assert [(k["country"], k["subdivision"]) for k in kept] == [("DE", ""), ("DE", "BY")]


def test_targets_of_networks_and_labels_are_added_changed_and_taken_away(qtbot, desk, dialog):
    box = part(dialog, "hours", TargetsBox)
    qtbot.waitUntil(lambda: box._more.count() == 2)  # of two networks and two labels one each
    box._more.setCurrentIndex(box._more.findText("Label billing"))
    box._add()
    assert json.loads(saved(desk, "targets")[-1]) == {
        "networks": {"feeds": 1440}, "labels": {"3": 15, "4": 30},
    }  # fmt: skip
    box._set("label", "4", 3)  # shorter than any target
    assert "5 to 10080 minutes" in box._notice.text
    box._set("network", "feeds", -1)
    assert json.loads(saved(desk, "targets")[-1])["networks"] == {}


def test_notices_are_shown_as_they_are_kept(dialog, notices, theme, desk):
    shoot(theme, dialog, "settings-notices")
    assert notices._quiet.isChecked()
    assert notices._week.texts() == ("22:00-08:00",) * 7
    assert desk.did(c.SetSetting) == []
    assert notices._mark.is_changed


def test_quiet_hours_are_switched_and_typed(qtbot, desk, notices):
    notices._quiet.click()
    assert saved(desk, "quiet_hours") == [""]
    notices._quiet.click()
    type_into(qtbot, notices._week._fields[6], "20-12")
    assert json.loads(saved(desk, "quiet_hours")[-1])["week"][6] == "20-12"
    type_into(qtbot, notices._week._fields[6], "late")
    assert "«late» is no time" in notices._notice.text


def test_a_view_can_be_told_to_tell(desk, notices):
    box = notices._views.itemAt(1).layout().itemAt(2).widget()
    box.setCurrentIndex(box.findData("repeat"))
    box.activated.emit(2)
    assert desk.did(SetViewNotice) == [SetViewNotice(8, "repeat")]


def test_one_can_be_tried_and_says_where_it_went(qtbot, desk, notices):
    notices.tried.emit()
    qtbot.waitUntil(lambda: "window shows it" in notices._notice.text)
    assert desk.did(ShowTestNotice) == [ShowTestNotice()]


def test_hours_and_quiet_hours_go_back_to_the_default(desk, hours, dialog):
    hours._mark.back.emit()
    assert saved(desk, "hours") == [""]
    assert not hours._mark.is_changed and hours._always.isChecked()
    part(dialog, "notices", NoticesPage)._mark.back.emit()
    assert saved(desk, "quiet_hours") == [""]


def test_targets_of_their_own_go_back_to_none(qtbot, desk, dialog):
    box = part(dialog, "hours", TargetsBox)
    qtbot.waitUntil(lambda: box._mark.is_changed)
    box._mark.back.emit()
    assert saved(desk, "targets") == [""]
    assert not box._mark.is_changed


def test_zones_are_those_of_the_world(hours):
    assert {"Asia/Almaty", "Europe/Berlin", "UTC"} <= set(zones())


def test_every_control_has_a_name(dialog, hours):
    assert unnamed(dialog) == []
    assert wrong_format(dialog) == []
