"""The order "needs an answer soonest"."""

from socialdesk.domain.mentions.need import MINUTE_MS, WOKEN_BONUS_MS, need_at

DUE = 1_795_262_400_000


def test_priorities_move_the_due_time_in_their_order():
    by_need = sorted(range(5), key=lambda level: need_at(DUE, priority=level))
    assert by_need == [1, 2, 3, 0, 4]


def test_a_vip_goes_an_hour_before_others_of_the_same_priority():
    assert need_at(DUE) - need_at(DUE, is_vip=True) == 60 * MINUTE_MS


def test_what_waits_long_enough_passes_what_matters_more():
    day = 24 * 60 * MINUTE_MS
    assert need_at(DUE - day) < need_at(DUE, priority=1, is_vip=True)


def test_a_snooze_that_ended_goes_before_everything():
    assert DUE - WOKEN_BONUS_MS < need_at(0, priority=1, is_vip=True)


def test_twenty_points_weigh_as_much_as_a_whole_target():
    assert need_at(DUE, score=20, target_min=480) == DUE - 480 * MINUTE_MS
    assert need_at(DUE, score=1) == DUE - 3 * MINUTE_MS


def test_words_of_danger_go_before_every_due_time_unless_a_person_said_lowest():
    alarming = need_at(DUE, is_alarming=True)
    assert (
        DUE - WOKEN_BONUS_MS
        < alarming
        < need_at(DUE - 365 * 24 * 60 * MINUTE_MS, score=10_000, priority=1, is_vip=True)
    )
    assert need_at(DUE, is_alarming=True, priority=4) == need_at(DUE, priority=4)
