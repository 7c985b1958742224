"""The window on the desktop: its number, the tray, what it shows when nobody else can."""

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtGui import QCloseEvent

from socialdesk.domain.changes import Area, Changes
from socialdesk.domain.queue.rows import Badge, SavedView
from socialdesk.engine import commands as c
from socialdesk.engine import queries as q
from socialdesk.engine.commands.notices import PauseNotices, SeeNotices, TakeClick
from socialdesk.engine.desk import Notice
from socialdesk.engine.queries.notices import CountUnseen, ListNotices
from socialdesk.ui.desktop.presence import Presence
from socialdesk.ui.desktop.tray import badge
from socialdesk.ui.window import MainWindow
from tests.ui.compose.looks import shoot
from tests.ui.fake_desk import NOW, FakeDesk, a_row

# Qt offscreen has no tray and raises no window, and says so each time it is asked.
pytestmark = pytest.mark.qt_log_ignore("systemTrayWindowChanged", "does not support raise")

TOLD = Notice("told", {"text": "Overdue: Ann", "title": "Overdue", "body": "Ann", "mention": "2",
                       "place": "overdue"})  # fmt: skip


@pytest.fixture
def desk():
    made = FakeDesk([a_row(1), a_row(2)])
    made.answers[q.ReadSettings] = {}
    made.answers[q.CountViews] = [Badge("needs_reply", 12), Badge("overdue", 3)]
    made.answers[q.ListSavedViews] = [SavedView(7, "Money", "refund")]
    made.answers[CountUnseen] = {"overdue": 3, "new_in_view:7": 1}
    made.answers[ListNotices] = []
    return made


@pytest.fixture
def window(qtbot, desk, theme):
    made = MainWindow(desk, now=lambda: NOW, title="bakery")
    qtbot.addWidget(made)
    made.show()
    return made


@pytest.fixture
def present(qtbot, desk, window):
    """Makes a presence, and waits until it has read everything."""

    def make(**facts):
        facts = {"has_tray": lambda: True, **facts}
        made = Presence(desk, window, window.signs(), lambda: NOW, **facts)
        qtbot.waitUntil(lambda: window.inbox.pane.model.rowCount() > 0)
        qtbot.waitUntil(lambda: bool(made._unseen) and made._n > 0)
        qtbot.waitUntil(lambda: (made.tray is not None) is facts["has_tray"]())
        return made

    return make


def texts(presence):
    return [action.text() for action in presence.tray.menu.actions() if action.text()]


def shown_in(window):
    row = window.inbox.row
    return row.id if row else 0


def changed(qtbot, presence, **settings):
    presence._desk.answers[q.ReadSettings] = settings
    presence._desk.tell(Changes(areas=frozenset({Area.SETTINGS})))
    qtbot.waitUntil(lambda: presence._settings == settings)


def test_the_number_stands_in_the_title_and_on_the_icon(qtbot, window, present):
    numbers: list[int] = []
    presence = present(set_badge=numbers.append)
    assert window.windowTitle() == "(12) bakery"
    assert numbers[-1] == 12
    changed(qtbot, presence, badge="overdue")
    qtbot.waitUntil(lambda: window.windowTitle() == "(3) bakery")
    changed(qtbot, presence, badge="off")
    qtbot.waitUntil(lambda: window.windowTitle() == "bakery" and numbers[-1] == 0)


def test_the_number_is_of_the_view_chosen_also_when_that_is_read_last(qtbot, desk, present):
    presence = present()
    presence._show_settings({"badge": "overdue"})
    assert presence._window.windowTitle() == "(3) bakery"


def test_the_tray_menu_pauses_and_resumes(qtbot, desk, present, theme):
    presence = present()
    assert texts(presence) == ["Open SocialDesk", "Pause fetching", "No notices for 1 h", "Quit"]
    shoot(theme, presence.tray.menu, "tray-menu")
    presence.tray.menu.actions()[1].trigger()
    presence.tray.menu.actions()[2].trigger()
    assert desk.did(c.SetSetting) == [c.SetSetting("fetching", "off")]
    assert desk.did(PauseNotices) == [PauseNotices(60)]
    changed(qtbot, presence, fetching="off", notices_paused_until=str(NOW + 60_000))
    assert texts(presence)[1:3] == ["Resume fetching", "Show notices again"]
    assert presence._window.windowTitle() == "(12) bakery (fetching is paused)"
    assert "fetching is paused, notices are paused" in presence.tray.icon.toolTip()
    presence.tray.menu.actions()[1].trigger()
    presence.tray.menu.actions()[2].trigger()
    assert desk.did(c.SetSetting)[-1] == c.SetSetting("fetching", "on")
    assert desk.did(PauseNotices)[-1] == PauseNotices(0)


def test_without_a_tray_nothing_breaks_and_notices_come_into_the_window(
    window, desk, qtbot, present
):
    presence = present(has_tray=lambda: False)
    assert presence.tray is None
    desk.tell(TOLD)
    qtbot.waitUntil(lambda: window.toast.text.startswith("Overdue"))


def test_the_tray_goes_and_comes_with_its_setting(qtbot, present):
    presence = present()
    changed(qtbot, presence, tray="no")
    assert presence.tray is None
    changed(qtbot, presence)
    assert presence.tray is not None


def test_a_notice_is_shown_by_the_tray_when_the_window_is_behind_others(
    qtbot, desk, window, present, monkeypatch
):
    presence = present()
    shown = []
    monkeypatch.setattr(window, "isActiveWindow", lambda: False)
    monkeypatch.setattr(presence.tray.icon, "showMessage", lambda *told: shown.append(told[:2]))
    desk.tell(TOLD)
    qtbot.waitUntil(lambda: shown == [("Overdue", "Ann")])
    window.hide()
    presence.tray.icon.messageClicked.emit()
    assert window.isVisible()
    qtbot.waitUntil(lambda: shown_in(window) == 2)


def test_a_click_on_the_desktop_raises_the_window_at_the_mention_or_the_view(
    qtbot, desk, window, present
):
    present()
    window.hide()
    desk.outcomes[TakeClick] = {"mention": 2, "place": "overdue", "ids": [5, 6]}
    desk.tell(Notice("show", {}))
    qtbot.waitUntil(lambda: window.isVisible() and shown_in(window) == 2)
    assert SeeNotices((5, 6)) in desk.did(SeeNotices)
    desk.outcomes[TakeClick] = {"mention": 0, "place": "notices", "ids": []}
    desk.tell(Notice("show", {}))
    qtbot.waitUntil(lambda: not window.is_inbox())


def test_a_window_that_a_click_has_started_goes_there(qtbot, desk, window, present):
    desk.outcomes[TakeClick] = {"mention": 2, "place": "overdue", "ids": [5]}
    present()
    qtbot.waitUntil(lambda: shown_in(window) == 2)
    assert SeeNotices((5,)) in desk.did(SeeNotices)


def test_who_opens_a_view_has_seen_what_was_told_of_it(qtbot, desk, window, present):
    present()
    qtbot.waitUntil(lambda: window.saved_views.by_key("saved:7") is not None)
    window.views.chosen.emit("waiting")
    assert desk.did(SeeNotices) == []
    window.views.chosen.emit("overdue")
    window.views.chosen.emit("saved:7")
    assert desk.did(SeeNotices) == [SeeNotices(kind="overdue"), SeeNotices(kind="new_in_view:7")]


def test_a_window_that_goes_on_watching_hides_where_it_shows_the_notices(qtbot, window, present):
    presence = present(hides=True)
    window.preferences._settings = {"keep_watching": "yes"}
    event = QCloseEvent()
    QCoreApplication.sendEvent(window, event)
    assert not event.isAccepted() and not window.isVisible()
    presence.tray.icon.activated.emit(presence.tray.icon.ActivationReason.Trigger)
    assert window.isVisible()
    presence.tray.menu.actions()[-1].trigger()
    assert not window.isVisible() and presence._is_quitting


def test_a_window_that_need_not_watch_closes(qtbot, window, present):
    present(hides=True)
    event = QCloseEvent()
    QCoreApplication.sendEvent(window, event)
    assert event.isAccepted()


def test_another_language_reaches_the_menu(qtbot, desk, window, present):
    present()
    n = len(desk.asked(q.ReadSettings))
    QCoreApplication.sendEvent(window, QEvent(QEvent.Type.LanguageChange))
    qtbot.waitUntil(lambda: len(desk.asked(q.ReadSettings)) > n)


def test_the_icon_wears_its_number(qapp):
    plain, few, many = (badge(n).pixmap(64, 64).toImage() for n in (0, 5, 150))
    assert plain != few != many
