"""Tab comes to everything, leaves nothing out, is held nowhere, and goes the same way back."""

import pytest

from tests.accessibility.looks import Look

pytestmark = [pytest.mark.timeout(180), pytest.mark.qt_log_ignore("This plugin does not support")]


def test_tab_comes_to_every_control(looks: list[Look]) -> None:
    missed = {look.place: look.missed for look in looks if look.missed}
    assert missed == {}


def test_nothing_holds_tab(looks: list[Look]) -> None:
    assert {look.place: look.trap for look in looks if look.trap} == {}


def test_shift_tab_goes_the_same_way_back(looks: list[Look]) -> None:
    assert [look.place for look in looks if not look.is_reversed] == []


def test_the_search_comes_before_the_list_and_the_list_before_the_thread(looks: list[Look]) -> None:
    order = next(look.order for look in looks if look.place == "needs_reply")
    twice = order * 2  # a round: it may begin anywhere
    at = [next(n for n, words in enumerate(twice) if name in words) for name in ("'Views'",)]
    names = ("'Search'", "'Order'", "'Mentions'", "'Snooze…'", "'Thread'", "'Approved lines'")
    for name in names:
        at.append(next(n for n, w in enumerate(twice) if name in w and n > at[-1]))
    assert at[-1] - at[0] < len(order)
