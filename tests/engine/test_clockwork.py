"""The engine's heart goes on, whatever one part does, and notices that the clock jumped."""

import threading
from collections.abc import Callable

import pytest

from socialdesk.domain.errors import UnreachableError
from socialdesk.engine.clockwork import TICK_S, Clockwork
from socialdesk.engine.turns import Turns
from tests.fakes import HandClock


class APart:
    """Counts its turns and does what it is told."""

    def __init__(self, step: Callable[[], float] = lambda: 9.0) -> None:
        self.n_turns, self.n_jumps, self._step = 0, 0, step

    def step(self) -> float:
        self.n_turns += 1
        return self._step()

    def after_jump(self) -> None:
        self.n_jumps += 1


def test_the_next_turn_comes_when_the_first_part_needs_it() -> None:
    parts = [APart(lambda: 12.0), APart(lambda: 3.0), APart(lambda: 900.0)]
    assert Clockwork(parts, HandClock()).turn() == 3.0


def test_no_sleep_is_longer_than_a_tick() -> None:
    assert Clockwork([APart(lambda: 1e9)], HandClock()).turn() == TICK_S


def test_a_part_that_fails_stops_no_other(caplog: pytest.LogCaptureFixture) -> None:
    def fail() -> float:
        raise RuntimeError("a bug")

    well = APart()
    work = Clockwork([APart(fail), well], HandClock())
    with caplog.at_level("CRITICAL"):
        work.turn()
        work.turn()
    assert well.n_turns == 2


@pytest.mark.parametrize("seconds", [3600, -3600, 86_400, -86_400])
def test_a_clock_that_jumps_is_told_to_every_part_once(seconds: float) -> None:
    clock, part = HandClock(), APart()
    work = Clockwork([part], clock)
    work.turn()
    clock.jump(seconds)
    work.turn()
    work.turn()
    assert part.n_jumps == 1


def test_time_that_passes_on_both_clocks_is_no_jump() -> None:
    clock, part = HandClock(), APart()
    work = Clockwork([part], clock)
    clock.advance(10_000)
    work.turn()
    assert part.n_jumps == 0


def test_a_wake_ends_the_sleep() -> None:
    turned = threading.Semaphore(0)

    def step() -> float:
        turned.release()
        return 900.0

    work = Clockwork([APart(step)], HandClock())
    work.start()
    try:
        assert turned.acquire(timeout=10)
        work.wake()
        assert turned.acquire(timeout=10)
    finally:
        work.stop()


def test_an_account_has_one_job_at_a_time() -> None:
    turns = Turns()
    assert turns.take(1)
    assert not turns.take(1)
    assert turns.take(2)
    turns.give_back(1)
    assert turns.busy() == {2}


def test_who_is_patient_leaves_an_account_to_a_reply_that_waits() -> None:
    turns = Turns()
    turns.want(frozenset({1}))
    assert not turns.take(1, is_patient=True)
    assert turns.take(2, is_patient=True)
    assert turns.take(1)
    turns.give_back(1)
    turns.want(frozenset())
    assert turns.take(1, is_patient=True)


def test_who_waits_too_long_for_a_turn_is_told_that_nothing_left() -> None:
    turns = Turns()
    turns.take(1)
    with pytest.raises(UnreachableError) as caught, turns.turn(1, 0.01):
        pass
    assert not caught.value.maybe_done


def test_a_person_who_waits_for_a_turn_comes_before_who_is_patient() -> None:
    turns, got, go_on = Turns(), threading.Semaphore(0), threading.Event()
    turns.take(1)

    def wait() -> None:
        with turns.turn(1, 10):
            got.release()
            assert go_on.wait(10)

    waiter = threading.Thread(target=wait)
    waiter.start()
    while not turns.is_awaited(1):
        assert waiter.is_alive()
    turns.give_back(1)
    assert not turns.take(1, is_patient=True)
    assert got.acquire(timeout=10)
    go_on.set()
    waiter.join(10)
    assert not turns.is_awaited(1)
    with turns.turn(1, 0, patience_s=10):
        pass


def test_patience_ends_when_nothing_is_wanted_the_program_ends_or_it_took_too_long() -> None:
    turns, begun = Turns(), threading.Event()
    turns.want(frozenset({1}))
    with turns.turn(1, 0, patience_s=0.01):
        pass

    def wait() -> None:
        begun.set()
        with turns.turn(1, 10, patience_s=60):
            pass

    for end in (lambda: turns.want(frozenset()), turns.close):
        turns.want(frozenset({1}))
        waiter = threading.Thread(target=wait)
        waiter.start()
        assert begun.wait(10)
        end()
        waiter.join(10)
        assert not waiter.is_alive()
        begun.clear()


def test_a_turn_is_given_back_after_an_error() -> None:
    turns = Turns()
    with pytest.raises(KeyError), turns.turn(1, 1.0):
        raise KeyError
    assert turns.wait_free(0)
