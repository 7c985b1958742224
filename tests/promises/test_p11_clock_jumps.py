"""Promise 11: the wall clock is set, the zone changes, summer time begins and ends: no promise is
lost, nothing leaves twice or in a burst, and the journal keeps the order of events."""

import time
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from socialdesk.domain.replies.reply import HoldReason, OutboxState
from socialdesk.domain.times.hours import BusinessHours
from socialdesk.engine.commands import AddNote, SendReply
from socialdesk.engine.queries import ReadJournal
from socialdesk.engine.queries.answering import ListPromises
from tests.engine.conftest import Bench, StartBench, bench, start_bench  # noqa: F401
from tests.fakes import HandClock

HOUR, DAY = 3600.0, 86_400.0
BERLIN = ZoneInfo("Europe/Berlin")
NIGHTS = {"spring": datetime(2026, 3, 29, 0, 59, 30, tzinfo=UTC),
          "autumn": datetime(2026, 10, 25, 0, 59, 30, tzinfo=UTC)}  # fmt: skip
JUMPS = {
    "hour ahead": HOUR, "hour back": -HOUR, "day ahead": DAY, "day back": -DAY,
    "1970": -datetime(2026, 11, 21, 12, tzinfo=UTC).timestamp(),
    "2038": datetime(2038, 1, 19, 4, tzinfo=UTC).timestamp()
    - datetime(2026, 11, 21, 12, tzinfo=UTC).timestamp(),
}  # fmt: skip
ZONES = ("Pacific/Kiritimati", "America/Anchorage", "Asia/Almaty", "Nowhere/At_All")
MAX_BURST = 30  # requests in the minute after a jump; 13 is usual


class Evening:
    """A reply on its way, one for later, and one that promises."""

    def __init__(self, made: Bench) -> None:
        self.bench = made
        ids = [row.id for row in made.rows()[:4]]
        self.due_at = made.clock.now + int(3 * HOUR * 1000)
        self.send_at = made.clock.now + int(2 * HOUR * 1000)
        self._reply(ids[0], "Thank you, we look into it.")
        self._reply(ids[1], "Tomorrow we bake rye.", send_at=self.send_at,
                    is_dropped_if_written=False)  # fmt: skip
        self._reply(ids[2], "We tell you tonight.", promise_at=self.due_at, promise_words="tonight")
        self.noted = ids[3]
        self.texts = {row.text for row in made.outbox()}
        assert len(self.texts) == 3

    def _reply(self, mention: int, text: str, **more: object) -> None:
        command = SendReply(mention, text, is_sure=True, **more)  # type: ignore[arg-type]
        self.bench.desk.do(command).result()

    def note(self, text: str) -> None:
        self.bench.desk.do(AddNote(self.noted, text)).result()

    def minute(self) -> int:
        """A minute passes; how many requests it made."""
        before = self.bench.requests.n
        self.bench.turn(60)
        return self.bench.requests.n - before

    def check(self) -> None:
        """Nothing was lost and nothing left twice; the journal is in the order of events."""
        posts = [post.now.text for post in self.bench.network.posts_by_us()]
        assert len(posts) == len(set(posts))
        for row in self.bench.outbox():
            is_out = any(row.text in text for text in posts)
            assert is_out == (row.state is OutboxState.SENT), row
            is_due_later = row.hold is HoldReason.SCHEDULED and row.held_until == self.send_at
            # ASK: by the clock it was much too late, so a person decides.
            assert is_out or is_due_later or row.hold is HoldReason.ASK, row
        assert {row.text for row in self.bench.outbox()} == self.texts
        (promised,) = self.bench.desk.ask(ListPromises(only_open=True)).result()
        assert promised.due_at == self.due_at
        entries = self.bench.desk.ask(ReadJournal(300)).result()
        seqs = [entry.seq for entry in entries]
        assert seqs == sorted(seqs, reverse=True)
        assert [e.seq for e in entries if e.kind == "noted"] == sorted(
            (e.seq for e in entries if e.kind == "noted"), reverse=True
        )


@pytest.mark.promise(11)
@pytest.mark.parametrize("jump", JUMPS.values(), ids=JUMPS)
def test_a_clock_that_is_set_and_set_back_harms_nothing(bench, jump, trials) -> None:  # noqa: F811
    evening = Evening(bench)
    evening.note("before")
    for seconds in (jump, -jump, -jump, jump):
        bench.clock.jump(seconds)
        assert evening.minute() <= MAX_BURST
        evening.note(f"after {seconds}")
        trials.add()
    evening.check()


@pytest.fixture
def zone(monkeypatch):
    """`zone(name)`: what the computer takes for its own from now on."""

    def change(name: str) -> None:
        monkeypatch.setenv("TZ", name)
        time.tzset()

    yield change
    monkeypatch.undo()
    time.tzset()


@pytest.mark.promise(11)
@pytest.mark.skipif(not hasattr(time, "tzset"), reason="the zone is changed by POSIX means")
def test_another_zone_moves_nothing(bench, zone, trials) -> None:  # noqa: F811
    evening = Evening(bench)
    for name in ZONES:
        zone(name)
        assert evening.minute() <= MAX_BURST
        trials.add()
    evening.check()


@pytest.mark.promise(11)
@pytest.mark.skipif(not hasattr(time, "tzset"), reason="the zone is changed by POSIX means")
@pytest.mark.parametrize("night", NIGHTS.values(), ids=NIGHTS)
def test_the_night_the_clocks_change_is_a_night(start_bench: StartBench, zone, night, trials):  # noqa: F811
    zone("Europe/Berlin")
    made = start_bench(HandClock(int(night.timestamp() * 1000)))
    made.turn(20)
    evening = Evening(made)
    for _ in range(2):  # over the very second
        assert evening.minute() <= MAX_BURST
        trials.add()
    evening.check()
    assert len(made.network.posts_by_us()) == 2


@pytest.mark.promise(11)
@pytest.mark.parametrize("night", NIGHTS.values(), ids=NIGHTS)
def test_what_is_due_after_open_hours_is_due_at_the_same_wall_time(night, trials) -> None:
    hours = BusinessHours(BERLIN, (((8 * 60, 17 * 60),),) * 7)
    closing = (night - timedelta(days=1)).astimezone(BERLIN).replace(hour=17, minute=0)
    for n in range(1, 9):
        due = hours.add(int(closing.timestamp() * 1000), n * 3_600_000)
        assert datetime.fromtimestamp(due / 1000, BERLIN).hour == 8 + n
        trials.add()
