"""Figures at the edges: nothing, one mention, clocks that change, nothing rated, business hours."""

import json
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from socialdesk.domain.figures import Figures
from socialdesk.domain.mentions.status import Disposition, Status
from socialdesk.domain.times.hours import BusinessHours
from socialdesk.domain.times.period import Period, day_of, parse, week_of
from socialdesk.engine.reports.board import count_board
from socialdesk.engine.reports.board_sections import board_of
from socialdesk.engine.reports.counting import Terms, count_report, percentile
from socialdesk.engine.reports.sections import report_of
from socialdesk.engine.reports.terms import read_terms, system_zone
from socialdesk.store.replies import replies
from tests.engine.reports.conftest import NOW
from tests.engine.reports.world import World
from tests.fakes import NOON
from tests.makers import a_mention, wall_time
from tests.store.queue_file import HOUR_MS, QueueFile

TODAY = date(2026, 11, 21)
WARSAW = ZoneInfo("Europe/Warsaw")
UTC_TERMS = Terms(UTC, "UTC", 60, wall_time)
MINUTE = 60_000


@pytest.fixture
def queue(tmp_path: Path) -> Iterator[QueueFile]:
    made = QueueFile(tmp_path)
    yield made
    made.close()


def count(
    queue: QueueFile, period: Period | None = None, terms: Terms = UTC_TERMS, now: int = NOON
) -> Figures:
    return queue.read(count_report, period or week_of(TODAY), terms, now)


def lines(figures: Figures) -> str:
    return " ".join(report_of(figures).lines)


def test_an_empty_workspace_says_so_and_draws_nothing(queue: QueueFile) -> None:
    figures = count(queue)
    assert "Nothing came in" in lines(figures)
    assert figures.of("first_reply_median").n is None
    undrawn = {section.key for section in report_of(figures).sections if section.empty}
    assert undrawn >= {"sentiment", "network", "topics", "label", "busiest", "template", "person"}
    board = queue.read(count_board, UTC_TERMS, NOON)
    assert {f.n for f in board.group("part")} == {0}
    assert all(spot.text for section in board_of(board) for spot in section.spots)


def test_one_answered_mention_is_one_of_one(queue: QueueFile) -> None:
    [id] = queue.save(a_mention("Where is my bread?", at=NOON - 90 * MINUTE))
    queue.clock.now = NOON - 60 * MINUTE
    queue.write(lambda tx: queue_sent(tx, id, queue))
    figures = count(queue)
    assert "You answered 1 of 1 within the hour." in lines(figures)
    assert "Half of the first replies took 30 min or less" in lines(figures)
    assert figures.of("first_reply_p90").n == 30 * MINUTE
    assert figures.count("backlog_end") == 0


def queue_sent(tx, id, queue):
    """A reply that left at the writer's time."""
    tx.conn.execute(
        "INSERT INTO outbox(mention_id, account_id, state, text, hash, person_id, made_at,"
        " dedupe_key, checksum, sent_at) VALUES(?, ?, 'sent', 'Here', 'h', ?, ?, 'k', 0, ?)",
        (id, queue.account, queue.ann, tx.now, tx.now),
    )
    tx.conn.execute(
        "UPDATE triage SET status = 2, decided_at = :now, first_reply_at = :now"
        " WHERE mention_id = :id", {"now": tx.now, "id": id},
    )  # fmt: skip


def test_what_waits_past_its_time_is_late_and_what_still_has_time_is_not_counted(
    queue: QueueFile,
) -> None:
    queue.save(a_mention(at=NOON - 61 * MINUTE), a_mention(at=NOON - 59 * MINUTE))
    figures = count(queue)
    assert [figures.count(q) for q in ("measured", "in_target", "late")] == [1, 0, 1]
    assert "You answered 0 of 1 within the hour." in lines(figures)
    assert figures.count("backlog_end") == 2


def test_answered_by_hand_counts_as_answered_without_a_time(queue: QueueFile) -> None:
    [id] = queue.save(a_mention(at=NOON - 30 * MINUTE))
    queue.write(lambda tx: replies.mark_answered(tx, id, queue.ann, dedupe_key="x"))
    figures = count(queue)
    assert (figures.count("answered"), figures.count("answered_elsewhere")) == (1, 1)
    assert (figures.count("timed"), figures.count("measured")) == (0, 0)
    assert figures.of("first_reply_median").n is None


@pytest.mark.parametrize("disposition", [Disposition.MUTED, Disposition.BACKFILL])
def test_muted_and_earlier_mentions_are_in_the_volume_and_in_no_answer(
    queue: QueueFile, disposition: Disposition
) -> None:
    queue.save(a_mention(at=NOON - HOUR_MS * 5), status=Status.DONE, disposition=disposition)
    figures = count(queue)
    assert figures.count("received") == 1
    assert [figures.count(q) for q in ("answerable", "no_reply", "backlog_end")] == [0, 0, 0]


def test_nothing_rated_is_never_neutral(queue: QueueFile) -> None:
    queue.fill(7)
    figures = count(queue)
    assert [figures.count("sentiment", v) for v in "23410"] == [0, 0, 0, 0, 7]
    assert "The mood could not be told" in lines(figures)
    mood = next(s for s in report_of(figures).sections if s.key == "sentiment")
    assert [spot.text for spot in mood.spots] == ["0", "0", "0", "0", "7"]
    assert mood.summary == "Known for 0 of 7 mentions"


@pytest.mark.parametrize(("day", "parts"), [(date(2026, 3, 29), 23), (date(2026, 10, 25), 25)])
def test_a_day_on_which_the_clocks_change_loses_and_doubles_nothing(
    queue: QueueFile, day: date, parts: int
) -> None:
    start, end = day_of(day).span(WARSAW)
    queue.save(*(a_mention(at=at) for at in range(start, end, 30 * MINUTE)))
    queue.save(a_mention(at=start - MINUTE), a_mention(at=end))
    terms = Terms(WARSAW, "Europe/Warsaw", 60, wall_time)
    figures = count(queue, day_of(day), terms, now=end + HOUR_MS)
    assert figures.count("received") == 2 * parts
    assert [f.n for f in figures.group("part")] == [2] * parts
    assert sum(int(f.n or 0) for f in figures.group("slot")) == 2 * parts


def test_response_times_run_in_business_hours_only(queue: QueueFile) -> None:
    """Came Friday 17:30, answered Monday 9:45: 75 minutes of a 9-to-18 week."""
    nine_to_six = tuple(((9 * 60, 18 * 60),) if day < 5 else () for day in range(7))
    hours = BusinessHours(WARSAW, nine_to_six)
    came = int(datetime(2026, 11, 13, 17, 30, tzinfo=WARSAW).timestamp() * 1000)
    [id] = queue.save(a_mention(at=came))
    queue.clock.now = int(datetime(2026, 11, 16, 9, 45, tzinfo=WARSAW).timestamp() * 1000)
    queue.write(lambda tx: queue_sent(tx, id, queue))
    terms = Terms(WARSAW, "Europe/Warsaw", 60, hours.between)
    figures = count(queue, parse("2026-W46", TODAY), terms)
    assert figures.of("first_reply_median").n == 75 * MINUTE
    assert "1 h 15 min" in lines(figures)


def test_the_settings_say_zone_hours_and_target(queue: QueueFile) -> None:
    packed = json.dumps({"zone": "Asia/Almaty", "week": ["09:00-18:00"] * 5 + ["", ""]})
    queue.execute("INSERT INTO setting VALUES('target_min', '30'), ('hours', ?)", packed)
    terms = queue.read(read_terms, NOON)
    assert (terms.target_min, terms.zone_name) == (30, "Asia/Almaty")
    # From Saturday 17:00 there to Monday 17:00: only Monday's eight hours are open.
    assert terms.between(NOON, NOON + 48 * HOUR_MS) == 8 * HOUR_MS


def test_this_computers_zone_has_a_name_that_reads_back(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TZ", "Asia/Almaty")
    zone, name = system_zone(NOON)
    assert name == "Asia/Almaty"
    assert datetime.fromtimestamp(NOON / 1000, zone).hour == 17


@pytest.mark.parametrize(
    ("values", "share", "expected"),
    [([], 0.5, None), ([7], 0.9, 7), ([1, 3], 0.5, 2), (list(range(1, 11)), 0.9, 9),
     (list(range(1, 12)), 0.9, 10), ([5, 5, 5], 0.5, 5)],
)  # fmt: skip
def test_percentiles_are_by_nearest_rank(
    values: list[int], share: float, expected: float | None
) -> None:
    assert percentile(values, share) == expected


def test_the_board_counts_the_last_day_and_what_is_usual(world: World) -> None:
    board = world.queue.read(count_board, UTC_TERMS, NOW)
    start = NOW - NOW % HOUR_MS - 23 * HOUR_MS
    sql = "SELECT count(*) FROM triage t JOIN mention m ON m.id = t.mention_id WHERE {}"
    came = "m.published_at >= ? AND m.published_at < ? AND t.status <> 5"
    parts = board.group("part")
    for n, figure in enumerate(parts):
        hour = start + n * HOUR_MS
        [(n_here,)] = world.queue.sql(sql.format(came), hour, hour + HOUR_MS)
        assert figure.n == n_here
        before = [
            world.queue.sql(sql.format(came), hour - w * 168 * HOUR_MS,
                            hour + HOUR_MS - w * 168 * HOUR_MS)[0][0]
            for w in range(1, 5)
        ]  # fmt: skip
        is_night = 2 <= datetime.fromtimestamp(hour / 1000, UTC).hour < 7
        expected = None if is_night else sum(before) / 4  # small hours of Sundays are not watched
        assert figure.before == expected
    [(open_,)] = world.queue.sql("SELECT count(*) FROM triage WHERE status IN (0, 1)")
    [(overdue,)] = world.queue.sql(
        "SELECT count(*) FROM triage WHERE status IN (0, 1) AND due_at > 0 AND due_at < ?", NOW
    )
    assert (board.count("open"), board.count("overdue")) == (open_, overdue)
    assert "card payment" in {quote.phrase for quote in board.quotes}
