"""The readiness page: what it says, where it leads, lines approved ahead, the go-kit."""

from dataclasses import replace

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QApplication, QLineEdit, QTabBar

from socialdesk.domain.crisis.crisis_rows import AudienceRow
from socialdesk.domain.crisis.readiness import Level, QuietLine, ReadyLine
from socialdesk.domain.errors import CommandError, CommandFault
from socialdesk.domain.playbooks.playbook import LANGS
from socialdesk.domain.playbooks.playbook_sheet import PlaybookRow
from socialdesk.engine import queries as q
from socialdesk.engine.commands.playbooks import ExportGoKit
from socialdesk.engine.commands.statements import (
    ListPins,
    PrepareLine,
    SaveAudience,
    SetNotifyAddress,
)
from socialdesk.engine.desk import Done
from socialdesk.engine.queries.crisis import ListAudiences
from socialdesk.engine.queries.playbooks import ListPlaybooks, ReadPrepared
from socialdesk.engine.queries.readiness import ListQuietLines, ReadReadiness
from socialdesk.i18n import set_language
from socialdesk.ui.focus import focus_inside
from socialdesk.ui.readiness.screen import ReadinessScreen
from tests.engine.conftest import bench, start_bench  # noqa: F401  (fixtures)
from tests.ui.compose.looks import shoot, unnamed, wrong_format
from tests.ui.fake_desk import NOW, FakeDesk

DAY = 24 * 3_600_000
LINES = (
    ReadyLine("playbooks", Level.AMBER, {"n": 6, "of": 9, "stale": 1}),
    ReadyLine("native", Level.AMBER, {"langs": "kk", "n": 9}),
    ReadyLine("people", Level.OK, {"n": 1, "pins": 0, "mode": "solo"}),
    ReadyLine("audiences", Level.RED, {"n": 0, "reached": 0, "staff": 0}),
    ReadyLine("spokesperson", Level.RED, {"names": "", "n": 0, "of": 0}),
    ReadyLine("contacts", Level.RED, {"n": 0, "of": 0, "stale": 0}),
    ReadyLine("lines", Level.AMBER, {"n": 1, "of": 3, "ending": 0}),
    ReadyLine("drill", Level.OK, {"at": NOW - 3 * DAY, "total": 84}),
)
APPROVED = QuietLine("common", "ack", "en", "{name}, we have read this.", False, NOW,
                     NOW + 100 * DAY, 5, "a" * 64, 1, "Aliya", NOW)  # fmt: skip
LOOSE = QuietLine("tragedy", "family", "en", "{name}, we are so sorry.", True)
FIXED = replace(LOOSE, line_id=7, hash="b" * 64, author_id=1, author="Aliya", prepared_at=NOW)
KAZAKH = QuietLine("common", "ack", "kk", "{name}, оқыдық.", False)
ROWS = [PlaybookRow("tragedy", {"en": "Tragedy or accident"}, "1.0.0", False,
                    {"en": True, "ru": True, "kk": False})]  # fmt: skip
STAFF = AudienceRow(1, "Our employees", "staff", "messenger", "https://chat.example/all", "ru",
                    "Aliya Serik", "Dana", NOW - DAY)  # fmt: skip
PRESS = AudienceRow(2, "Local press", "press", "email", "", "ru", "", "", NOW - 100 * DAY)


@pytest.fixture
def desk():
    made = FakeDesk()
    made.answers[ReadReadiness] = LINES
    made.answers[ListPlaybooks] = ROWS
    made.answers[ListQuietLines] = (APPROVED, LOOSE, KAZAKH)
    made.answers[ListAudiences] = [STAFF, PRESS]
    made.answers[q.ListPeople] = []
    made.answers[ReadPrepared] = CommandError(CommandFault.NOT_FOUND)
    made.outcomes[ListPins] = Done(answer={"people": [], "why": ""})
    made.outcomes[PrepareLine] = Done(answer={})
    return made


@pytest.fixture
def open_screen(qtbot, theme, desk):
    def make(**more):
        made = ReadinessScreen(desk, lambda: NOW, None, **more)
        qtbot.addWidget(made)
        made.resize(980, 760)
        made.show()
        qtbot.waitExposed(made)
        qtbot.waitUntil(lambda: made.lines.list.count() > 0 and len(made.cards) == len(LINES))
        return made

    yield make
    set_language("en")


def test_every_line_says_how_it_stands_and_what_to_do(open_screen, theme):
    screen = open_screen()
    shoot(theme, screen, "readiness")
    assert "Not ready yet" in screen._state.text()
    said = {card.key: card.accessibleName() for card in screen.cards}
    assert "partly" in said["playbooks"] and "6 of 9" in said["playbooks"]
    assert "missing" in said["audiences"] and "List employees" in said["audiences"]
    assert "84 of 100" in said["drill"] and "ready" in said["drill"]
    assert unnamed(screen) == [] and wrong_format(screen) == []


def test_a_line_leads_to_where_it_is_worked_on(qtbot, open_screen):
    screen = open_screen(can_go=lambda place: place != "drill")
    screen.activateWindow()
    qtbot.waitUntil(screen.isActiveWindow)
    asked: list[str] = []
    screen.place_asked.connect(asked.append)
    ways = {card.key: card.way for card in screen.cards}
    assert ways["drill"].isHidden()
    for key in ("playbooks", "native", "people"):
        ways[key].click()
    assert asked == ["playbooks", "playbooks", "people"]
    for key, pane in (("lines", screen.lines), ("audiences", screen.audiences)):
        ways[key].click()
        assert pane.list.hasFocus()
    assert len(asked) == 3


def test_who_comes_to_the_page_stands_at_the_first_thing_to_do(qtbot, theme, desk):
    desk.is_holding = True
    screen = ReadinessScreen(desk, lambda: NOW, None)
    qtbot.addWidget(screen)
    screen.show()
    screen.activateWindow()
    qtbot.waitUntil(screen.isActiveWindow)
    focus_inside(screen)
    assert screen.parts.tabBar().hasFocus()
    desk.release()
    qtbot.waitUntil(lambda: len(screen.cards) == len(LINES))
    assert screen.cards[0].level is not Level.OK and screen.cards[0].way.hasFocus()
    screen.cards[3].way.setFocus()
    screen.refresh()  # made anew: the keys stay
    qtbot.waitUntil(lambda: screen.cards[3].way.hasFocus())


def test_audiences_say_how_they_are_reached_and_when_that_was_tried(open_screen):
    screen = open_screen()
    said = [screen.audiences.list.item(n).text() for n in range(2)]
    assert "Dana" in said[0] and "Aliya Serik" in said[0] and "long ago" not in said[0]
    assert "no address yet" in said[1] and "long ago" in said[1] and "nobody is named" in said[1]


def test_an_empty_list_of_audiences_says_who_belongs_there(qtbot, desk, open_screen):
    desk.answers[ListAudiences] = []
    screen = open_screen()
    qtbot.waitUntil(lambda: "Nobody is listed yet" in screen.audiences.list.accessibleDescription())


def test_a_contact_that_was_tried_is_noted_and_the_rest_stays(qtbot, desk, open_screen):
    screen = open_screen()
    screen.audiences.tested.click()
    assert desk.commands == [
        SaveAudience("Our employees", "staff", 1, "messenger", "https://chat.example/all", "ru",
                     "Aliya Serik", "Dana", is_tested=True)
    ]  # fmt: skip
    screen.audiences.list.setCurrentRow(1)
    screen.audiences.drop.click()
    assert desk.commands[1].audience_id == 2 and desk.commands[1].is_archived


def test_the_address_of_a_notify_service_is_given_in_quiet_times(qtbot, desk, open_screen):
    screen = open_screen()
    assert screen.audiences.service.isHidden()  # no service for a messenger
    desk.answers[ListAudiences] = [replace(STAFF, channel="notify", address="")]
    screen.refresh()
    qtbot.waitUntil(lambda: not screen.audiences.service.isHidden())
    screen.audiences.service.click()
    typed = screen.sheet.findChild(QLineEdit)
    assert typed.echoMode() is QLineEdit.EchoMode.Password
    typed.setText("ntfys://key@ntfy.example/shop")
    screen.sheet.yes.click()
    assert desk.commands == [SetNotifyAddress(1, "ntfys://key@ntfy.example/shop")]


def test_an_audience_is_written_down_in_quiet_times(qtbot, theme, bench):  # noqa: F811
    screen = ReadinessScreen(bench.desk, lambda: bench.clock.now, None)
    qtbot.addWidget(screen)
    screen.resize(980, 900)
    screen.show()
    qtbot.waitUntil(lambda: len(screen.cards) == 9)
    screen.audiences.add.click()
    assert screen.sheet is not None
    name = screen.sheet.findChildren(QLineEdit)[0]
    qtbot.keyClicks(name, "Our employees")
    screen.sheet.yes.click()
    qtbot.waitUntil(lambda: screen.audiences.list.count() == 1)
    screen.audiences.tested.click()
    qtbot.waitUntil(lambda: "tried" in screen.audiences.list.item(0).text().split("·")[-1]
                    and "never" not in screen.audiences.list.item(0).text())  # fmt: skip
    qtbot.waitUntil(lambda: card(screen, "contacts").level is Level.OK)
    shoot(theme, screen, "readiness-audiences")


def card(screen, key):
    return next(card for card in screen.cards if card.key == key)


def test_lines_say_whether_they_may_be_used(qtbot, open_screen):
    screen = open_screen()
    shown = [screen.lines.list.item(n).text() for n in range(screen.lines.list.count())]
    assert shown[0].startswith("Shared · We have read it · approved until ")
    assert shown[1].startswith("Tragedy or accident · To the family · no second look yet")
    screen.lines.list.setCurrentRow(0)
    assert not screen.lines.look.isEnabled()
    screen.parts.setCurrentIndex(2)
    tabs = screen.lines.findChild(QTabBar)
    place = tabs.tabRect(LANGS.index("kk")).center()
    qtbot.mouseClick(tabs, Qt.MouseButton.LeftButton, pos=place)
    assert screen.lines._note.isVisible()
    assert screen.lines.list.count() == 1


def test_it_says_how_long_a_look_counts(qtbot, desk, open_screen):
    desk.answers[q.ReadSettings] = {"crisis_quiet_lines_days": "30"}
    screen = open_screen()
    qtbot.waitUntil(lambda: "counts for 30 days" in screen.lines._told.text())


def test_a_look_fixes_the_words_first_and_opens_then(qtbot, desk, open_screen):
    screen = open_screen()
    screen.lines.list.setCurrentRow(1)
    desk.outcomes[PrepareLine] = fixing(desk)
    screen.lines.look.click()
    qtbot.waitUntil(lambda: screen.dialog is not None)
    assert desk.commands[0] == PrepareLine(0, "tragedy", "family", "en")
    looked = screen.dialog._looked
    assert (looked.subject, looked.subject_id, looked.hash) == ("line", 7, "b" * 64)
    assert looked.incident is None and looked.edited_at == NOW
    screen.dialog.reject()
    qtbot.waitUntil(lambda: screen.dialog is None)


def fixing(desk):
    """Words are fixed: the next reading shows it."""

    def fix(command):
        desk.answers[ListQuietLines] = (APPROVED, FIXED, KAZAKH)
        return Done(answer={})

    return fix


def test_words_of_all_are_fixed_at_once(qtbot, desk, open_screen):
    screen = open_screen()
    assert screen.lines.fix.text() == "Begin the pause for 1 line"
    desk.outcomes[PrepareLine] = fixing(desk)
    screen.lines.fix.click()
    qtbot.waitUntil(lambda: "waits for its second look" in screen.lines.list.item(1).text())
    assert screen.lines.fix.isHidden() and screen.dialog is None


def test_a_refusal_is_told(qtbot, desk, open_screen):
    screen = open_screen()
    desk.outcomes[PrepareLine] = CommandError(CommandFault.NOT_FOUND)
    screen.lines.fix.click()
    qtbot.waitUntil(lambda: screen._notice.isVisible())
    assert screen._n_waiting == 0


@pytest.mark.parametrize(("shape", "button"), [("pdf", 0), ("html", 1)])
def test_the_go_kit_is_saved_where_one_says(qtbot, desk, open_screen, tmp_path, shape, button):
    target = tmp_path / f"kit.{shape}"
    asked = []

    def ask(parent, name, kinds):
        asked.append((name, kinds))
        return str(target)

    desk.outcomes[ExportGoKit] = Done(answer={"files": [str(target)]})
    screen = open_screen(ask=ask)
    screen.saving[button].click()
    qtbot.waitUntil(lambda: "telephone numbers" in screen._notice.text)
    assert desk.commands == [ExportGoKit(str(target), shape)]
    assert asked[0][0] == f"go-kit.{shape}" and f"*.{shape}" in asked[0][1]
    assert all(one.isEnabled() for one in screen.saving)


def test_a_go_kit_that_cannot_be_written_is_told(qtbot, desk, open_screen):
    fault = CommandError(CommandFault.NOT_WRITTEN, file="kit.pdf", why="Read-only file system")
    desk.outcomes[ExportGoKit] = fault
    screen = open_screen(ask=lambda *_: "/gone/kit")
    screen.save("pdf")
    qtbot.waitUntil(lambda: "Read-only" in screen._notice.text)
    assert desk.commands[0].path == "/gone/kit.pdf"


def test_the_page_speaks_each_language(qtbot, open_screen):
    screen = open_screen()
    for lang in LANGS:
        before = screen.cards
        set_language(lang)
        QApplication.sendEvent(screen, QEvent(QEvent.Type.LanguageChange))
        qtbot.waitUntil(lambda before=before: screen.cards is not before)
        assert (screen.lines.lang, len(screen.cards)) == (lang, len(LINES))
        assert all(card.accessibleName() for card in screen.cards)


def test_on_the_real_desk_the_page_moves_with_the_file(qtbot, theme, bench):  # noqa: F811
    screen = ReadinessScreen(bench.desk, lambda: bench.clock.now, None)
    qtbot.addWidget(screen)
    screen.show()
    qtbot.waitUntil(lambda: len(screen.cards) == 9 and screen.lines.list.count() > 10)
    assert {card.level for card in screen.cards if card.key == "drill"} == {Level.RED}
