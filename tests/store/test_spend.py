"""The meter in the file: it never forgets a call and never lets one pass the cap."""

import json
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from socialdesk.domain.errors import CommandError
from socialdesk.domain.spend import Spend, SpendCapError
from socialdesk.store import spend
from tests.store.queue_file import QueueFile

DAY_S = 86_400.0


def with_cap(file: QueueFile, dollars: str, **more: str) -> None:
    """The file's account costs money from now on."""
    packed = json.dumps({"monthly_cap_usd": dollars, **more})
    file.write(
        lambda tx: tx.conn.execute("UPDATE account SET settings = ? WHERE id = 1", (packed,))
    )


def hold(file: QueueFile, price: int, *, percent: int = 100) -> str:
    return file.write(lambda tx: spend.hold(tx, file.account, price, percent=percent))


def settle(file: QueueFile, month: str, back: int) -> None:
    file.write(lambda tx: spend.settle(tx, file.account, month, back))


def now(file: QueueFile) -> Spend:
    return file.read(spend.read, file.account, file.clock.now_ms())


def test_a_call_is_counted_before_it_is_made_and_settled_after(file: QueueFile) -> None:
    with_cap(file, "5.00")
    month = hold(file, 1_100_000)
    assert now(file) == Spend("2026-11", 5_000_000, 1_100_000, 1)
    settle(file, month, 1_067_000)
    assert now(file) == Spend("2026-11", 5_000_000, 33_000, 1)


def test_what_a_killed_program_held_stays_counted(file: QueueFile) -> None:
    with_cap(file, "5.00")
    hold(file, 1_100_000)
    file.reopen()
    assert now(file).micros == 1_100_000


def test_the_last_call_that_fits_is_made_and_no_other(file: QueueFile) -> None:
    with_cap(file, "1.00")
    hold(file, 999_999)
    with pytest.raises(SpendCapError) as caught:
        hold(file, 2)
    assert str(caught.value) == "1000000 2026-12-01"
    assert now(file).micros == 999_999
    hold(file, 1)
    assert now(file).left() == 0


def test_no_cap_of_nothing_lets_anything_through(file: QueueFile) -> None:
    with_cap(file, "0")
    with pytest.raises(SpendCapError):
        hold(file, 1)


def test_a_cap_that_cannot_be_read_is_the_default(file: QueueFile) -> None:
    with_cap(file, "plenty")
    assert now(file).cap == 5_000_000


def test_what_is_less_needed_stops_first(file: QueueFile) -> None:
    with_cap(file, "1.00")
    with pytest.raises(SpendCapError):
        hold(file, 950_000, percent=90)
    hold(file, 950_000)


def test_what_was_owed_is_counted_once(file: QueueFile) -> None:
    with_cap(file, "5.00", owed_micros="10000")
    assert now(file).micros == 10_000  # shown before the first call, too
    hold(file, 1_000)
    hold(file, 1_000)
    assert now(file) == Spend("2026-11", 5_000_000, 12_000, 3)


def test_each_month_begins_with_nothing(file: QueueFile) -> None:
    with_cap(file, "1.00")
    before = hold(file, 900_000)
    file.clock.advance(10 * DAY_S)
    assert now(file) == Spend("2026-12", 1_000_000)
    settle(file, before, 100_000)  # of a call that was under way at midnight
    hold(file, 900_000)
    assert now(file).micros == 900_000


def test_a_clock_set_back_finds_what_was_spent(file: QueueFile) -> None:
    with_cap(file, "1.00")
    hold(file, 600_000)
    file.clock.jump(-40 * DAY_S)
    with pytest.raises(SpendCapError):
        hold(file, 600_000)
    file.clock.jump(-60 * 365 * DAY_S)  # a flat battery: before 1970
    assert now(file).micros == 600_000


def test_accounts_pay_apart(file: QueueFile) -> None:
    with_cap(file, "1.00")
    hold(file, 1_000_000)
    with pytest.raises(SpendCapError):
        hold(file, 1)
    assert file.read(spend.read, 99, file.clock.now_ms()).micros == 0


def test_only_priced_accounts_have_a_cap_to_change(file: QueueFile) -> None:
    with pytest.raises(CommandError):
        file.write(lambda tx: spend.set_cap(tx, file.account, 1))
    assert not file.read(spend.is_priced, file.account)
    with_cap(file, "1.00")
    assert file.write(lambda tx: spend.set_cap(tx, file.account, 2_500_000)) == 1_000_000
    assert now(file).cap == 2_500_000
    assert file.read(spend.is_priced, file.account)


def test_a_raised_cap_makes_due_what_waited_for_it(file: QueueFile) -> None:
    with_cap(file, "1.00")
    file.write(
        lambda tx: tx.conn.execute("UPDATE watch SET next_at = 9e15, fault = ?", (spend.FAULT,))
    )
    file.write(lambda tx: spend.set_cap(tx, file.account, 2_000_000))
    assert file.sql("SELECT next_at FROM watch") == [(0,)]


def test_two_jobs_at_once_cannot_both_take_the_rest(file: QueueFile) -> None:
    with_cap(file, "1.00")

    def take(_: int) -> bool:
        try:
            hold(file, 90_000)
        except SpendCapError:
            return False
        return True

    with ThreadPoolExecutor(8) as pool:
        assert sum(pool.map(take, range(40))) == 11
    assert now(file).micros == 990_000


Step = tuple[str, int]
steps = st.lists(
    st.one_of(
        st.tuples(st.just("hold"), st.integers(0, 400_000)),
        st.tuples(st.just("search"), st.integers(0, 400_000)),
        st.tuples(st.just("settle"), st.integers(0, 100)),  # per cent that comes back
        st.tuples(st.just("lose"), st.just(0)),  # the answer, or the program: never settled
        st.tuples(st.just("back"), st.integers(0, 90)),  # days the clock is set back
    ),
    max_size=25,
)


@settings(max_examples=60, deadline=None)
@given(steps)
def test_no_order_of_events_passes_the_cap(events: list[Step]) -> None:
    """Held and lost, settled late, clocks set back: the calls made never cost more than the cap."""
    with TemporaryDirectory() as folder:
        file = QueueFile(Path(folder))
        try:
            with_cap(file, "1.00")
            _play(file, events)
        finally:
            file.close()


def _play(file: QueueFile, events: list[Step]) -> None:
    open_calls: list[tuple[str, int]] = []
    true_cost = 0  # what the network took: at most what was held
    for kind, n in events:
        match kind:
            case "hold" | "search":
                try:
                    month = hold(file, n, percent=90 if kind == "search" else 100)
                except SpendCapError:
                    continue
                open_calls.append((month, n))
                true_cost += n
            case "settle" if open_calls:
                month, price = open_calls.pop(0)
                back = price * n // 100
                settle(file, month, back)
                true_cost -= back
            case "lose" if open_calls:
                open_calls.pop()
            case "back":
                file.clock.jump(-n * DAY_S)
        counted = now(file)
        assert true_cost <= counted.micros <= counted.cap
