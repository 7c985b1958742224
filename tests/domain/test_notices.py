"""What is told, together with what, and when."""

from zoneinfo import ZoneInfo

from hypothesis import given, settings
from hypothesis import strategies as st

from socialdesk.domain.notices import (
    GAP_MS,
    LONGEST_PAUSE_MS,
    MAX_AT_ONCE,
    OVERDUE,
    SEVERAL,
    Notice,
    Plan,
    Quiet,
    plan,
)
from socialdesk.domain.times.hours import BusinessHours

HOUR, DAY = 3_600_000, 86_400_000
NIGHT = BusinessHours(ZoneInfo("Asia/Almaty"), (((22 * 60, 32 * 60),),) * 7)  # 22:00 to 08:00
TEN_AT_NIGHT = 17 * HOUR  # UTC; Almaty was at +6 in 1970
QUIET = Quiet(NIGHT)


def some(n: int, code: str = OVERDUE, *, first: int = 1, **more: object) -> list[Notice]:
    return [Notice(i, at=0, code=code, mention_id=i, next_at=1, **more)  # type: ignore[arg-type]
            for i in range(first, first + n)]  # fmt: skip


def test_many_of_a_kind_are_told_as_one():
    (popup,) = plan(some(1_000), HOUR, {}, Quiet()).popups
    assert (popup.code, popup.n, len(popup.mentions)) == (OVERDUE, 1_000, 1_000)


def test_views_and_rules_are_told_apart():
    due = [Notice(i, at=0, code="new_in_view", mention_id=i, facts={"view": i}) for i in (1, 2)]
    due += [Notice(3, at=0, code="rule_hit", mention_id=3, facts={"rule": 7, "n": 12})]
    popups = plan(due, HOUR, {}, Quiet()).popups
    assert [(p.kind, p.n) for p in popups] == [
        ("new_in_view:1", 1), ("new_in_view:2", 1), ("rule_hit:7", 12),
    ]  # fmt: skip


def test_a_storm_of_the_same_kind_waits_for_its_minute():
    told = {OVERDUE: HOUR}
    assert plan(some(3), HOUR + GAP_MS - 1, told, Quiet()) == Plan((), HOUR + GAP_MS)
    assert len(plan(some(3), HOUR + GAP_MS, told, Quiet()).popups) == 1
    assert plan(some(1, "vip"), HOUR, told, Quiet()).popups


def test_a_clock_that_was_set_back_holds_nothing_up():
    assert plan(some(1), HOUR, {OVERDUE: 9 * HOUR}, Quiet()).popups


def test_more_kinds_than_fit_are_told_as_one_after_the_urgent_ones():
    due = [n for i in range(9) for n in some(2, f"code{i}", first=10 * i + 1, is_urgent=i == 8)]
    popups = plan(due, HOUR, {}, Quiet()).popups
    assert len(popups) == MAX_AT_ONCE
    assert (popups[0].code, popups[-1].code) == ("code8", SEVERAL)
    assert sorted(n.id for p in popups for n in p.notices) == sorted(n.id for n in due)


def test_quiet_hours_hold_all_but_the_urgent_and_then_tell_it_together():
    due = some(3) + some(1, "danger", first=9, is_urgent=True)
    made = plan(due, TEN_AT_NIGHT, {}, QUIET)
    assert [p.code for p in made.popups] == ["danger"]
    assert made.waiting_until == TEN_AT_NIGHT - HOUR + 10 * HOUR
    (popup,) = plan(some(3), made.waiting_until, {}, QUIET).popups
    assert popup.n == 3
    assert not plan(due, TEN_AT_NIGHT, {}, Quiet(NIGHT, urgent_passes=False)).popups


def test_a_pause_holds_the_urgent_too_and_ends_in_quiet_hours_as_they_do():
    due = some(1, "danger", is_urgent=True)
    paused = Quiet(paused_until=2 * HOUR)
    assert plan(due, HOUR, {}, paused) == Plan((), 2 * HOUR)
    assert plan(due, 2 * HOUR, {}, paused).popups
    into_the_night = Quiet(NIGHT, urgent_passes=False, paused_until=TEN_AT_NIGHT)
    assert plan(due, TEN_AT_NIGHT - HOUR * 3, {}, into_the_night).waiting_until > TEN_AT_NIGHT


def test_a_pause_left_behind_by_a_wrong_clock_holds_nothing():
    assert plan(some(1), HOUR, {}, Quiet(paused_until=HOUR + LONGEST_PAUSE_MS + 1)).popups


@given(st.integers(0, 400 * DAY), st.booleans(), st.booleans())
@settings(deadline=None)
def test_what_is_told_is_never_told_in_quiet_hours(now, is_urgent, passes):
    quiet = Quiet(NIGHT, urgent_passes=passes)
    made = plan(some(1, is_urgent=is_urgent), now, {}, quiet)
    if NIGHT.is_open(now) and not (is_urgent and passes):
        assert not made.popups and now < made.waiting_until <= now + 10 * HOUR
        assert not NIGHT.is_open(made.waiting_until)
        assert plan(some(1, is_urgent=is_urgent), made.waiting_until, {}, quiet).popups
    else:
        assert made.popups and not made.waiting_until


@given(st.lists(st.tuples(st.sampled_from("abcdef"), st.booleans()), max_size=40))
def test_each_notice_is_told_in_one_popup(codes):
    due = [Notice(i, at=0, code=code, is_urgent=urgent) for i, (code, urgent) in enumerate(codes)]
    popups = plan(due, HOUR, {}, Quiet()).popups
    assert sorted(n.id for p in popups for n in p.notices) == [n.id for n in due]
    assert len(popups) <= MAX_AT_ONCE
