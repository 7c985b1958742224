"""The bar of an incident in every window, by what is seen, heard and pressed."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton

from socialdesk.domain.changes import Area, Changes
from socialdesk.domain.crisis.incident import IncidentState, Severity
from socialdesk.engine.commands import BePerson
from socialdesk.engine.commands.crisis import LinkMentions, Suspect
from socialdesk.engine.queries import crisis as cq
from socialdesk.ui.crisis.declare import DeclareSheet
from socialdesk.ui.crisis.words import left, title_note
from tests.ui.crisis.conftest import a_standing, an_incident, suspected
from tests.ui.crisis.room import button_of
from tests.ui.driving import CTRL, SHIFT, answer, offered, picker_of, press, type_in
from tests.ui.fake_desk import MINUTE, NOW

DUE = NOW + 12 * MINUTE + 31_000


@pytest.fixture
def banner(window):
    return window.signs().banner


def words_of(banner):
    return " ".join(label.text() for label in banner.children() if hasattr(label, "text"))


def show(desk, qtbot, banner, *standings):
    desk.answers[cq.ReadStanding] = list(standings)
    desk.tell(Changes(areas=frozenset({Area.INCIDENTS})))
    qtbot.waitUntil(lambda: banner.watch.standings == list(standings))


def test_a_locked_window_names_the_incident_and_counts_down(window, banner, qtbot):
    qtbot.waitUntil(banner.isVisible)
    said = words_of(banner)
    assert "INC-2026-0001" in said and "SEV2 · Holding" in said and "Card payments" in said
    assert "3 replies held" in said
    assert "Next promise: 12 min 31 s" in said
    assert "INC-2026-0001" in banner.accessibleName()
    assert window.windowTitle().startswith("INC-2026-0001 · SEV2 · 12 min · ")


def test_a_late_promise_says_so_in_words(desk, banner, qtbot):
    standing = a_standing(an_incident(), next_due_at=NOW - 130_000, is_late=True)
    show(desk, qtbot, banner, standing)
    assert "Next promise: late by 2 min 10 s" in words_of(banner)


def test_before_the_first_statement_its_own_time_is_shown(desk, banner, qtbot):
    incident = an_incident(IncidentState.DECLARED, declared_at=NOW - 10 * MINUTE)
    show(desk, qtbot, banner, a_standing(incident))
    assert "First statement: 20 min 0 s" in words_of(banner)


def test_a_suspicion_offers_to_look_declare_and_dismiss(desk, banner, qtbot):
    show(desk, qtbot, banner, a_standing(suspected(), n_held=0))
    buttons = [b.text() for b in banner.findChildren(QPushButton) if b.isVisible()]
    assert buttons == ["Look…", "Declare…", "Dismiss…"]
    assert "nothing is locked" in words_of(banner)
    assert "Watch words of a playbook" in words_of(banner)


def test_several_show_the_worst_and_how_many_more(desk, banner, qtbot):
    other = an_incident(id=2, code="INC-2026-0002", severity=Severity.SEV3)
    show(desk, qtbot, banner, a_standing(an_incident()), a_standing(other))
    assert "+1 open" in words_of(banner)


def test_nothing_open_shows_nothing(desk, window, banner, qtbot):
    show(desk, qtbot, banner)
    assert not banner.isVisible()
    assert "INC" not in window.windowTitle()


def test_f6_reaches_the_bar(window, banner, qtbot):
    qtbot.waitUntil(banner.isVisible)
    qtbot.waitUntil(lambda: window.inbox.thread_pane.detail is not None)
    seen = []
    for _ in range(5):
        press(window, Qt.Key.Key_F6)
        seen.append(window.focusWidget())
    assert seen.count(button_of(banner, "Look…")) == 1


def test_three_keys_open_the_sheet_and_no_single_one_does(window, qtbot):
    letters = "abcdfgiknoprstvwy"  # those that open nothing modal
    for char in letters:
        assert window.actions_by_id.bindings()["crisis_declare"] != char
    press(window, Qt.Key.Key_F12, CTRL | SHIFT)
    assert [s for s in window.findChildren(DeclareSheet) if s.isVisible()]


def test_the_button_below_the_views_leads_to_the_room_of_what_is_open(window, banner, qtbot):
    qtbot.waitUntil(window.signs().is_open)
    button_of(window.views, "Crisis mode…").click()
    assert window.place == "incident"


def test_with_nothing_open_that_button_opens_the_sheet(window, desk, banner, qtbot):
    show(desk, qtbot, banner)
    button_of(window.views, "Crisis mode…").click()
    assert [s for s in window.findChildren(DeclareSheet) if s.isVisible()]


def test_something_is_wrong_is_one_palette_entry_and_is_done_at_once(window, desk, qtbot):
    desk.outcomes[Suspect] = {"incident_id": 1, "code": "INC-2026-0001"}
    press(window, Qt.Key.Key_K, CTRL)
    answer(qtbot, window, "Something is wrong")
    assert desk.did(Suspect) == [Suspect(mentions=(window.inbox.row.id,))]
    qtbot.waitUntil(lambda: "INC-2026-0001" in window.toast.text)


def test_a_mention_is_linked_to_the_incident_from_the_palette(window, desk, qtbot):
    qtbot.waitUntil(window.signs().is_open)
    press(window, Qt.Key.Key_K, CTRL)
    answer(qtbot, window, "Link this mention to the incident")
    assert desk.did(LinkMentions) == [LinkMentions(1, (window.inbox.row.id,))]
    qtbot.waitUntil(lambda: window.toast.text == "1 mention linked to INC-2026-0001.")


def test_who_is_at_the_keys_is_said_in_the_palette(window, desk, qtbot):
    press(window, Qt.Key.Key_K, CTRL)
    answer(qtbot, window, "who is at the keys")
    qtbot.waitUntil(lambda: "Timur" in "".join(offered(picker_of(window))))
    answer(qtbot, window, "Timur")
    assert desk.did(BePerson) == [BePerson(2)]


def test_a_letter_starts_nothing(window, desk, qtbot):
    type_in(window, "jk")
    assert not window.findChildren(DeclareSheet)


@pytest.mark.parametrize(
    ("ms", "said"),
    [
        (0, "0 min 0 s"), (59_000, "0 min 59 s"), (3_599_000, "59 min 59 s"),
        (3_840_000, "1 h 4 min"), (-1_000, "late by 0 min 1 s"), (-7_200_000, "late by 2 h 0 min"),
    ],
)  # fmt: skip
def test_a_countdown_is_no_time_of_day(ms, said):
    assert left(NOW + ms, NOW) == said


def test_the_title_says_nothing_while_all_is_well():
    assert title_note([], NOW) == ""
