"""The room of alerts: what rang, why, and how loud to be, as a person sees and works it."""

from array import array

import pytest
from PySide6.QtCore import Qt

from socialdesk.domain.crisis.alert import (
    Alert,
    AlertKind,
    AlertLine,
    BackTest,
    Bar,
    Driver,
    Explanation,
    Level,
    Reacher,
    Series,
    Trial,
)
from socialdesk.domain.crisis.crisis_rows import Standing
from socialdesk.domain.crisis.incident import Incident, IncidentState
from socialdesk.engine.commands import SetSetting
from socialdesk.engine.commands.alerts import DismissAlert, LinkAlert
from socialdesk.engine.commands.crisis import Suspect
from socialdesk.engine.desk import Done
from socialdesk.engine.queries import ReadSettings
from socialdesk.engine.queries.alerts import (
    ListAlertMentions,
    ListAlerts,
    ReadAlert,
    ReadBackTest,
)
from socialdesk.engine.queries.crisis import ReadStanding
from socialdesk.ui.alerts.screen import AlertsScreen
from tests.ui.compose.looks import shoot, unnamed, wrong_format
from tests.ui.fake_desk import MINUTE, NOW, FakeDesk, a_row

FACTS = {"n": 23, "expected": 2.0, "window_s": 3600, "surprise": 7.1, "n_authors": 20,
         "shape": 3.0, "severity": 1}  # fmt: skip
LOUD = Alert(3, NOW - 5 * MINUTE, AlertKind.VOLUME, Level.CRISIS, Series.NEGATIVE, "", FACTS, 7,
             NOW)  # fmt: skip
WATCH = Alert(2, NOW - 50 * MINUTE, AlertKind.VOLUME, Level.WATCH, Series.NOT_RATED, "",
              {**FACTS, "n": 5, "severity": 0}, 0, NOW)  # fmt: skip
PAST = Alert(1, NOW - 9_000 * MINUTE, AlertKind.WATCH_WORDS, Level.ALERT, None, "outage",
             {"n": 3, "n_authors": 3, "minutes": 30}, 6, NOW, NOW)  # fmt: skip
LINES = [
    AlertLine(LOUD, "", "INC-2026-0007", "suspected"),
    AlertLine(WATCH),
    AlertLine(PAST, "Service outage", "INC-2026-0006", "dismissed"),
]
BARS = tuple(Bar(NOW - (48 - n) * 15 * MINUTE, 0 if n < 44 else n - 40, 0.4) for n in range(48))
WHY = {
    3: Explanation(
        LOUD, BARS,
        (Driver("refund", 9, 1, 11), Driver("outage", 6, 0, 12)),
        (Reacher("<b>Ann</b>", 5_000, 2, 11), Reacher("Ben", -1, 1, 12)),
        3, (11, 12), "sentiment:negative after:2026-11-21", "INC-2026-0007", "suspected",
    ),
    2: Explanation(WATCH, BARS, mentions=(11,), search="sentiment:unrated"),
    1: Explanation(PAST, BARS, incident="INC-2026-0006", incident_state="dismissed",
                   subject="Service outage"),
}  # fmt: skip
OTHER = Incident(9, "INC-2026-0009", IncidentState.DECLARED, title="The oven smokes")
TRIALS = tuple(
    Trial(limit / 10, tuple(range(60 - limit)), tuple(NOW - n * 1000 for n in range(4 - n // 2)))
    for n, limit in enumerate(range(15, 46, 5))
)


@pytest.fixture
def desk():
    made = FakeDesk([a_row(11), a_row(12)])
    made.answers[ListAlerts] = LINES
    made.answers[ReadAlert] = lambda query: WHY[query.alert_id]
    made.answers[ReadSettings] = {}
    made.answers[ReadBackTest] = BackTest(NOW - 28 * 86_400_000, 28.0, TRIALS)
    made.answers[ReadStanding] = [Standing(OTHER)]
    made.answers[ListAlertMentions] = array("q", [12, 11])
    made.outcomes[Suspect] = Done(5, {"incident_id": 21, "code": "INC-2026-0021"})
    return made


@pytest.fixture
def screen(qtbot, desk, theme):
    made = AlertsScreen(desk, lambda: NOW, None)
    qtbot.addWidget(made)
    made.resize(1180, 760)
    made.show()
    qtbot.waitUntil(lambda: made.list.count() == 3 and made.pane.alert is not None)
    return made


def go_to(qtbot, screen, number: int) -> None:
    screen.list.setCurrentRow(number)
    wanted = LINES[number].alert.id
    qtbot.waitUntil(lambda: screen.pane.alert is not None and screen.pane.alert.id == wanted)


def heard(signal) -> list[object]:
    """What a signal says from now on."""
    said: list[object] = []
    signal.connect(said.append)
    return said


def texts(widget) -> str:
    from PySide6.QtWidgets import QLabel, QPushButton

    found = [w.text() for w in widget.findChildren(QLabel) if w.isVisible()]
    return "\n".join(found + [w.text() for w in widget.findChildren(QPushButton)])


def test_an_alert_says_its_numbers_drivers_and_authors(screen):
    said = texts(screen.pane)
    assert "23 in the last hour, 2.0 expected" in said
    assert "“refund” and “outage” drive it" in said
    assert "3 authors make up 80 % of the reach" in said
    assert "Proposed: SEV1 (12 times the usual)" in said
    assert "“refund”: in 9 mentions, 1 in the week before" in said
    assert "reach unknown" in said and "two mentions of each count at most" in said
    assert "23 mentions" not in screen.pane._chart.accessibleDescription()
    assert "most at" in screen.pane._chart.accessibleDescription()


def test_a_strangers_name_stays_text(screen):
    assert wrong_format(screen) == []
    assert "<b>Ann</b>" in texts(screen.pane)


def test_everything_has_a_name(screen):
    assert unnamed(screen) == []


def test_drivers_and_authors_open_a_mention(qtbot, screen):
    asked = heard(screen.mention_asked)
    link = next(b for b in screen.pane.findChildren(type(screen.pane.declare))
                if b.text().startswith("“outage”"))  # fmt: skip
    qtbot.mouseClick(link, Qt.MouseButton.LeftButton)
    assert asked == [12]


def test_the_mentions_it_counted_are_listed_and_open_in_the_inbox(qtbot, screen):
    searched = heard(screen.search_asked)
    qtbot.mouseClick(screen.pane.mentions, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: screen.mentions.list.model().rowCount() == 2)
    qtbot.mouseClick(screen.pane.search, Qt.MouseButton.LeftButton)
    assert searched == ["sentiment:negative after:2026-11-21"]


def test_a_suspected_incident_is_declared_and_dismissed_by_its_own_sheets(qtbot, screen):
    declared, dismissed = heard(screen.declare_asked), heard(screen.dismiss_asked)
    qtbot.mouseClick(screen.pane.declare, Qt.MouseButton.LeftButton)
    qtbot.mouseClick(screen.pane.dismiss, Qt.MouseButton.LeftButton)
    assert declared == [7] and dismissed == [7]


def test_declaring_a_watch_makes_it_suspected_first(qtbot, screen, desk):
    go_to(qtbot, screen, 1)
    declared = heard(screen.declare_asked)
    qtbot.mouseClick(screen.pane.declare, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: declared == [21])
    assert Suspect("Many mentions, mood unknown", (11,)) in desk.commands
    assert LinkAlert(2, 21) in desk.commands


def test_a_watch_is_dismissed_with_a_reason(qtbot, screen, desk):
    go_to(qtbot, screen, 1)
    reasons = screen.pane.reasons().actions()
    assert len(reasons) == 4
    reasons[1].trigger()
    qtbot.waitUntil(lambda: DismissAlert(2, "known") in desk.commands)


def test_an_alert_is_linked_to_an_incident_that_is_open(qtbot, screen, desk):
    go_to(qtbot, screen, 1)
    (target,) = screen.pane.targets().actions()
    assert "INC-2026-0009" in target.text()
    target.trigger()
    qtbot.waitUntil(lambda: LinkAlert(2, 9) in desk.commands)


def test_what_is_over_offers_no_decision(qtbot, screen):
    go_to(qtbot, screen, 2)
    pane = screen.pane
    assert not (pane.declare.isVisible() or pane.dismiss.isVisible() or pane.link.isVisible())


def test_the_slider_says_how_often_it_would_have_rung(qtbot, screen, desk):
    box = screen.back_test
    assert box.limit == 25 and not box.take.isEnabled()
    assert "3 times in 28 days: 0.8 a week" in texts(box)
    qtbot.keyClick(box.slider, Qt.Key.Key_Right)  # louder
    assert box.limit == 20 and "4 times in 28 days" in texts(box)
    assert box.dates.count() == 4
    qtbot.mouseClick(box.take, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: SetSetting("alert_limit", "20") in desk.commands)


def test_without_history_the_slider_says_so(qtbot, screen):
    screen.back_test.show_found(BackTest(NOW, 0.0, TRIALS), NOW)
    assert "no history yet" in texts(screen.back_test)


def test_nothing_rang_is_explained(qtbot, desk, theme):
    desk.answers[ListAlerts] = []
    made = AlertsScreen(desk, lambda: NOW, None)
    qtbot.addWidget(made)
    made.show()
    made.resize(1180, 760)
    qtbot.waitUntil(lambda: "Nothing has rung" in texts(made))
    assert not made.pane.isVisible()
    assert "Nothing has rung" in made.list.accessibleDescription()
    made.back_test.show_found(BackTest(NOW, 0.0, TRIALS), NOW)
    assert not made.back_test.dates.isVisible()  # a box with nothing in it
    qtbot.waitUntil(lambda: made.list.height() > 300)  # the words stand under the title


def test_it_is_looked_at(screen, theme):
    light, dark = shoot(theme, screen, "alerts")
    assert light.read_bytes() != dark.read_bytes()
