"""What an engine tells, and what it does not tell twice."""

from collections import Counter

import pytest

from socialdesk.domain.account import AccountState
from socialdesk.domain.errors import CommandError
from socialdesk.domain.mentions.status import Status
from socialdesk.domain.times.hours_text import HoursText
from socialdesk.engine.commands import (
    OpenMention,
    SaveView,
    SetStatus,
)
from socialdesk.engine.commands.notices import (
    ListCountries,
    PauseNotices,
    SeeNotices,
    SetViewNotice,
    ShowTestNotice,
    TakeClick,
)
from socialdesk.engine.desk import Notice
from socialdesk.engine.notices import telling as engine_notices
from socialdesk.engine.notices.telling import OPEN, SEEN, SNOOZE
from socialdesk.engine.queries.notices import ListNotices, ListViewNotices
from socialdesk.store import accounts
from tests.engine.notices.notice_bench import Engine
from tests.fakes import HandClock
from tests.makers import a_mention, an_author
from tests.store.queue_file import QueueFile

MIN, HOUR, DAY = 60, 3_600, 86_400  # s
AROUND_NOON = HoursText("UTC", ("11-13",) * 7).packed()


@pytest.fixture
def clock():
    return HandClock()


@pytest.fixture
def start(tmp_path, clock):
    """Starts engines on the same file, one after the other."""
    file = QueueFile(tmp_path)
    file.close()
    running: list[Engine] = []

    def begin():
        for engine in running:
            engine.desk.close()
        running[:] = [Engine(tmp_path, clock)]
        running[0].set(notice_due_soon="no", fetching="off")
        return running[0]

    yield begin
    for engine in running:
        engine.desk.close()


@pytest.fixture
def engine(start):
    return start()


def posts(engine, n=1, minutes=0.0, **facts):
    at = engine.clock.now - round(minutes * 60_000)
    return [a_mention(at=at, **facts) for _ in range(n)]


# --- targets ---


def test_what_becomes_overdue_is_told_once_and_together(engine):
    engine.bring(*posts(engine, 5))
    engine.turn(59 * MIN)
    assert engine.titles() == []
    engine.turn(30 * MIN)
    assert engine.titles() == ["5 mentions are overdue"]
    assert engine.desktop.shown[0].place == "overdue"


def test_due_soon_is_told_before_and_only_when_it_is_wanted(engine):
    engine.set(notice_due_soon="yes", notice_overdue="no", due_soon_min="20")
    (id,) = engine.bring(*posts(engine, author=an_author("ann", name="Ann"), body="Where is it?"))
    engine.turn(41 * MIN)
    (told,) = engine.desktop.shown
    assert (told.title, told.body, told.mention_id) == ("Due soon", "Ann: Where is it?", id)
    engine.turn(60 * MIN)
    assert len(engine.desktop.shown) == 1


def test_what_was_decided_in_time_is_not_told(engine):
    ids = engine.bring(*posts(engine, 3))
    engine.turn(30 * MIN)
    engine.do(SetStatus(ids, Status.DONE.value))
    engine.turn(HOUR)
    assert engine.titles() == []


def test_nothing_is_told_twice_after_a_restart(start):
    first = start()
    first.bring(*posts(first, 2))
    first.turn(61 * MIN)
    assert len(first.desktop.shown) == 1
    second = start()
    second.turn(10 * MIN)
    assert second.titles() == []


def test_what_became_overdue_while_the_program_was_closed_is_told_at_the_next_start(start, clock):
    first = start()
    first.bring(*posts(first, 4))
    first.turn()
    clock.advance(9 * HOUR)
    assert start().titles() == []
    second = start()
    second.turn(1)
    assert second.titles() == ["4 mentions are overdue"]


def test_long_past_targets_and_what_came_from_before_are_old_news(engine):
    engine.bring(*posts(engine, 3, minutes=5 * 24 * 60))
    engine.bring(*posts(engine, 3, minutes=90), status=Status.DONE)
    engine.turn(HOUR)
    assert engine.titles() == []


@pytest.mark.parametrize("jump", [HOUR, -HOUR, DAY, -DAY])
def test_a_jump_of_the_clock_tells_nothing_twice(engine, clock, jump):
    engine.bring(*posts(engine, 3))
    engine.turn(61 * MIN)
    assert len(engine.desktop.shown) == 1
    clock.jump(jump)
    engine.turn(2 * HOUR)
    clock.jump(-jump)
    engine.turn(2 * HOUR)
    assert len(engine.desktop.shown) == 1


def test_a_clock_that_was_in_another_century_for_a_moment_holds_nothing_up(engine, clock):
    engine.bring(*posts(engine, 1))
    clock.jump(12 * 365 * DAY)
    engine.turn(MIN)
    clock.jump(-12 * 365 * DAY)
    engine.turn(10 * MIN)
    engine.desktop.shown.clear()
    engine.bring(*posts(engine, 2))
    engine.turn(61 * MIN)
    assert [t for t in engine.titles() if "overdue" in t or t == "Overdue"]


# --- what is new ---


def save_view(engine, search, notice, name="Money"):
    view = engine.do(SaveView(name, search))["view_id"]
    engine.do(SetViewNotice(view, notice))
    return view


def test_a_new_mention_in_a_view_is_told_and_others_are_not(engine):
    view = save_view(engine, "refund OR money", "once")
    ids = engine.bring(*posts(engine, body="I want a refund"), *posts(engine, body="Nice bread"))
    engine.turn(5 * MIN)
    (told,) = engine.desktop.shown
    assert (told.title, told.mention_id, told.place) == ("New in Money", ids[0], f"saved:{view}")
    engine.turn(30 * MIN)
    assert len(engine.desktop.shown) == 1


def test_a_view_that_repeats_does_so_until_it_was_seen(engine):
    view = save_view(engine, "refund", "repeat")
    engine.bring(*posts(engine, body="I want a refund"))
    engine.turn(25 * MIN)
    assert len(engine.desktop.shown) == 3  # at once, and every ten minutes
    assert engine.do(SeeNotices(kind=f"new_in_view:{view}")) == {"n": 1}
    engine.turn(25 * MIN)
    assert len(engine.desktop.shown) == 3


def test_a_storm_of_a_thousand_new_mentions_is_a_few_notices(engine):
    save_view(engine, "refund", "once")
    engine.set(notice_overdue="no")
    for _ in range(20):
        engine.bring(*posts(engine, 50, body="refund refund"))
        engine.turn(6)
    engine.turn(5 * MIN)
    assert 2 <= len(engine.desktop.shown) <= 4
    assert sum(len(told.ids) for told in engine.desktop.shown) == 1_000


def test_what_was_written_while_the_program_was_closed_is_no_news(engine):
    save_view(engine, "refund", "once")
    engine.bring(*posts(engine, 5, minutes=30, body="refund"), status=Status.OPEN)
    engine.turn(5 * MIN)
    assert engine.titles() == []


def test_vips_and_far_reaching_authors_are_urgent_up_to_the_operators_limit(engine):
    engine.set(notice_reach="5000")
    star = an_author("star", name="Star", n_followers=9_000)
    few = an_author("few", n_followers=4_999)
    engine.bring(*posts(engine, author=star), *posts(engine, author=few))
    engine.turn(1)
    (told,) = engine.desktop.shown
    assert (told.title, told.is_urgent) == ("Somebody with a wide reach has written", True)
    engine.turn(21 * MIN)
    assert len(engine.desktop.shown) == 3  # until somebody looks
    engine.do(OpenMention(told.mention_id))
    engine.turn(21 * MIN)
    assert len(engine.desktop.shown) == 3
    engine.set(notice_reach="0")
    engine.bring(*posts(engine, author=star))
    engine.turn(1)
    assert len(engine.desktop.shown) == 3


def test_a_source_that_asks_for_a_sign_in_is_told_once_each_time(engine):
    def state(name):
        engine.desk._writer.submit(
            lambda tx: accounts.set_state(tx, 1, AccountState(name))
        ).result()
        engine.turn(15 * MIN)

    state("sign_in")
    state("sign_in")
    assert len(engine.desktop.shown) == 1
    state("on")
    state("sign_in")
    assert len(engine.desktop.shown) == 2
    assert engine.desktop.shown[1].place == "accounts"


# --- quiet ---


def test_quiet_hours_hold_what_is_not_urgent_until_they_end(engine):
    engine.set(quiet_hours=AROUND_NOON, notice_reach="5000")
    engine.bring(*posts(engine, 3, minutes=70))
    engine.bring(a_mention(author=an_author("star", n_followers=9_000), at=engine.clock.now))
    engine.turn(5 * MIN)
    assert engine.titles() == ["Somebody with a wide reach has written"]
    engine.turn(50 * MIN)
    assert "3 mentions are overdue" not in engine.titles()
    engine.turn(10 * MIN)
    assert next(t for t in engine.titles() if "verdue" in t) == "3 mentions are overdue"


def test_a_pause_holds_everything_for_its_time(engine):
    engine.do(PauseNotices(60))
    engine.bring(*posts(engine, 1, minutes=70))
    engine.turn(59 * MIN)
    assert engine.titles() == []
    engine.turn(2 * MIN)
    assert len(engine.titles()) == 1
    engine.do(PauseNotices(60))
    assert engine.do(PauseNotices(0)) == {"until": 0}
    with pytest.raises(CommandError):
        engine.do(PauseNotices(24 * 60 + 1))


def test_switched_off_nothing_is_shown_but_the_list_has_it(engine):
    engine.set(notices="off")
    engine.bring(*posts(engine, 2, minutes=70))
    engine.turn(5 * MIN)
    engine.set(notices="on")
    engine.turn(5 * MIN)
    assert engine.titles() == []
    (line,) = engine.desk.ask(ListNotices()).result()
    assert (line.popup.code, line.popup.n, line.is_seen) == ("overdue", 2, False)


# --- a person's answer ---


def test_buttons_snooze_open_and_see(engine):
    (id,) = engine.bring(*posts(engine, 1, minutes=70))
    engine.turn(1)
    (told,) = engine.desktop.shown
    engine.desktop.click(told, OPEN)
    assert engine.told[-1] == Notice("show", {})
    ids = list(told.ids)
    assert engine.do(TakeClick()) == {"mention": id, "place": "overdue", "ids": ids}
    assert engine.do(TakeClick()) == {}
    engine.desktop.click(told, SNOOZE)
    engine.settle()
    (row,) = engine.desk.rows([id])
    assert row.status is Status.SNOOZED
    engine.desktop.click(told, SEEN)
    engine.settle()
    (line,) = engine.desk.ask(ListNotices()).result()
    assert line.is_seen


def test_a_click_that_no_window_hears_leaves_it_unseen(engine):
    engine.bring(*posts(engine, 1, minutes=70))
    engine.turn(1)
    engine.desktop.click(engine.desktop.shown[0], OPEN)
    engine.settle()
    (line,) = engine.desk.ask(ListNotices()).result()
    assert not line.is_seen
    engine.do(SeeNotices(tuple(engine.do(TakeClick())["ids"])))  # a window's
    (line,) = engine.desk.ask(ListNotices()).result()
    assert line.is_seen


def test_what_was_seen_in_the_window_is_taken_off_the_desktop(engine):
    (id,) = engine.bring(*posts(engine, 1, minutes=70))
    engine.turn(1)
    assert engine.desktop.hidden == []
    engine.do(OpenMention(id))
    engine.turn(1)
    assert engine.desktop.hidden == ["overdue"]


def test_notices_are_told_in_the_language_that_was_chosen_since(engine, monkeypatch):
    spoken: list[str] = []
    monkeypatch.setattr(engine_notices, "set_language", spoken.append)
    engine.set(language="ru")
    engine.turn()
    engine.turn()
    engine.set(language="")
    engine.turn()
    assert spoken == ["ru", None]


def test_without_a_desktop_the_window_is_told(engine):
    engine.desktop.is_gone = True
    (id,) = engine.bring(*posts(engine, 1, minutes=70, body="Where is it?", author="ann"))
    engine.turn(1)
    (notice,) = engine.told
    assert (notice.code, notice.facts["mention"]) == ("told", str(id))
    assert notice.facts["text"] == "Overdue: Ann: Where is it?"


def test_the_badge_counts_what_needs_a_reply_or_is_overdue(engine):
    engine.bring(*posts(engine, 3))
    engine.bring(*posts(engine, 2, minutes=70))
    engine.turn(1)
    assert engine.desktop.badge == 5
    engine.set(badge="overdue")
    engine.turn(1)
    assert engine.desktop.badge == 2
    engine.set(badge="off")
    engine.turn(1)
    assert engine.desktop.badge == 0


def test_a_test_notice_says_which_way_it_went(engine):
    assert engine.do(ShowTestNotice()) == {"way": "desktop"}
    assert engine.titles() == ["This is how notices look"]


def test_countries_with_holidays_can_be_asked_for(engine):
    assert "BY" in engine.do(ListCountries())["countries"]["DE"]


def test_views_say_whether_they_tell(engine):
    view = save_view(engine, "refund", "repeat")
    assert engine.desk.ask(ListViewNotices()).result() == [(view, "Money", "repeat")]
    with pytest.raises(CommandError):
        engine.do(SetViewNotice(view, "always"))
    with pytest.raises(CommandError):
        engine.do(SetViewNotice(view + 1, "once"))


def test_the_list_groups_what_was_told_together(engine):
    engine.set(notice_overdue="no")
    save_view(engine, "refund", "once")
    engine.bring(*posts(engine, 2, body="refund"))
    engine.turn(2 * MIN)
    engine.bring(*posts(engine, 3, body="refund"))
    engine.turn(2 * MIN)
    lines = engine.desk.ask(ListNotices()).result()
    assert [line.popup.n for line in lines] == [3, 2]
    assert Counter(line.subject for line in lines) == {"Money": 2}
    assert engine.do(SeeNotices(everything=True)) == {"n": 5}
    assert all(line.is_seen for line in engine.desk.ask(ListNotices()).result())
