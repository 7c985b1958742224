"""Garbage is looked for again after the start, and what the start made is left out of it."""

import gc

import pytest

from socialdesk.ui import garbage


@pytest.fixture
def collector():
    yield
    gc.unfreeze()
    gc.enable()


def test_none_is_looked_for_until_it_goes_on(collector):
    with garbage.waiting():
        assert not gc.isenabled()
        garbage.go_on()
    assert gc.isenabled() and gc.get_freeze_count() > 1000


def test_it_goes_on_at_the_end_at_the_latest(collector):
    with pytest.raises(ValueError), garbage.waiting():
        raise ValueError
    assert gc.isenabled()


def test_going_on_twice_freezes_nothing_more(collector):
    with garbage.waiting():
        pass
    before = gc.get_freeze_count()
    kept: list[list[int]] = [[] for _ in range(5000)]
    garbage.go_on()
    assert gc.get_freeze_count() <= before + 100 and len(kept) == 5000
