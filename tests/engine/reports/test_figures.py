"""Every number of a report, counted again by statements of this file, written from the definitions
and not from the program's SQL; and every number is as many mentions as it opens."""

from datetime import UTC, date, datetime
from statistics import median
from typing import Any, Final
from zoneinfo import ZoneInfo

import pytest

from socialdesk.domain.figures import Figures
from socialdesk.domain.times.period import parse
from socialdesk.engine.reports.counting import Terms, count_report
from socialdesk.store.figures import figures
from socialdesk.store.file.sqlite import Connection
from tests.engine.reports.conftest import NOW
from tests.engine.reports.world import World
from tests.makers import wall_time

ALMATY: Final = ZoneInfo("Asia/Almaty")
TODAY: Final = date(2026, 11, 22)
PERIODS: Final = ("2026-W47", "2026-W46", "2026-11", "2026-11-18", "2026-10-20..2026-11-09")
# What came, with what our own decisions say of it; times in ms.
CAME: Final = """
WITH came AS (
  SELECT m.id, m.network, m.lang AS told_lang, m.published_at AS at, t.*, i.mention_id AS read_id,
    i.sentiment, i.own_sentiment, i.intent, i.own_intent, i.lang AS read_lang, i.own_lang
  FROM mention m JOIN triage t ON t.mention_id = m.id
  LEFT JOIN insight i ON i.mention_id = m.id
  WHERE m.role = 0 AND m.published_at BETWEEN :start AND :end - 1),
by_hand AS (SELECT mention_id FROM outbox WHERE reason = 'by_hand' AND state = 'sent'),
seen AS (SELECT DISTINCT c.id AS mention_id FROM came c JOIN mention o
  ON o.conversation_id = c.id AND o.role = 1 AND o.uri LIKE '%/there/%'),
ours AS (SELECT * FROM came WHERE status <> 5 AND disposition <> 3 AND disposition <> 5),
timed AS (SELECT * FROM ours WHERE first_reply_at <> 0
  AND mention_id NOT IN (SELECT mention_id FROM by_hand))
"""
SENT: Final = """
WITH sent AS (SELECT * FROM outbox WHERE state = 'sent' AND sent_at BETWEEN :start AND :end - 1)
"""
OTHERWISE: Final[dict[str, str]] = {
    "received": CAME + "SELECT count(*) FROM came WHERE status <> 5",
    "spam": CAME + "SELECT count(*) FROM came WHERE status = 5",
    "muted": CAME + "SELECT count(*) FROM came WHERE disposition = 3",
    "backfilled": CAME + "SELECT count(*) FROM came WHERE disposition = 5",
    "answerable": CAME + "SELECT count(*) FROM ours",
    "timed": CAME + "SELECT count(*) FROM timed",
    "answered_elsewhere": CAME + """
      SELECT count(*) FROM ours WHERE mention_id IN (SELECT mention_id FROM by_hand)
      OR (first_reply_at = 0 AND (disposition = 1 OR mention_id IN (SELECT mention_id FROM seen)))
    """,
    "answered": CAME + """
      SELECT count(*) FROM ours WHERE first_reply_at <> 0 OR disposition = 1
      OR mention_id IN (SELECT mention_id FROM seen)""",
    "no_reply": CAME + """
      SELECT count(*) FROM ours WHERE status = 4 AND disposition IN (0, 2, 4, 6)
      AND first_reply_at = 0 AND mention_id NOT IN (SELECT mention_id FROM seen)""",
    "in_target": CAME + "SELECT count(*) FROM timed WHERE first_reply_at <= due_at",
    "late": CAME + """
      SELECT (SELECT count(*) FROM timed WHERE first_reply_at > due_at AND due_at > 0)
      + (SELECT count(*) FROM ours WHERE first_reply_at = 0 AND status IN (0, 1) AND due_at > 0
         AND due_at < :now AND mention_id NOT IN (SELECT mention_id FROM seen))""",
    "measured": CAME + """
      SELECT (SELECT count(*) FROM timed WHERE due_at > 0)
      + (SELECT count(*) FROM ours WHERE first_reply_at = 0 AND status IN (0, 1) AND due_at > 0
         AND due_at < :now AND mention_id NOT IN (SELECT mention_id FROM seen))""",
    "no_label": CAME + """
      SELECT count(*) FROM came LEFT JOIN mention_label l USING (mention_id)
      WHERE l.label_id IS NULL AND status <> 5""",
    "replied": SENT + "SELECT count(DISTINCT mention_id) FROM sent",
    "free_text": SENT + "SELECT count(DISTINCT mention_id) FROM sent WHERE version_id = 0",
    "promise_kept": "SELECT count(*) FROM promise WHERE state = 'kept' AND due_at >= ended_at"
                    " AND due_at BETWEEN :start AND :end - 1",
    "promise_late": "SELECT count(*) FROM promise WHERE state = 'kept' AND due_at < ended_at"
                    " AND due_at BETWEEN :start AND :end - 1",
    "promise_open": "SELECT count(*) FROM promise WHERE state = 'open'"
                    " AND due_at BETWEEN :start AND :end - 1",
    "promise_dropped": "SELECT count(*) FROM promise WHERE state = 'dropped'"
                       " AND due_at BETWEEN :start AND :end - 1",
}  # fmt: skip
BACKLOG: Final = """
SELECT count(*) FROM mention m JOIN triage t ON t.mention_id = m.id
WHERE m.published_at < :at AND status <> 5 AND disposition NOT IN (3, 5)
  AND (status IN (0, 1) OR (decided_at >= :at AND (first_reply_at = 0 OR first_reply_at >= :at)))
"""
GROUPED: Final[dict[str, str]] = {
    "sentiment": CAME + """
      SELECT CASE WHEN coalesce(own_sentiment, 0) <> 0 THEN own_sentiment WHEN read_id IS NULL
      THEN 0 ELSE sentiment END, count(*) FROM came WHERE status <> 5 GROUP BY 1""",
    "intent": CAME + """
      SELECT CASE WHEN coalesce(own_intent, 0) <> 0 THEN own_intent WHEN read_id IS NULL
      THEN 0 ELSE intent END, count(*) FROM came WHERE status <> 5 GROUP BY 1""",
    "language": CAME + """
      SELECT CASE WHEN coalesce(own_lang, '') <> '' THEN own_lang
        WHEN coalesce(read_lang, '') <> '' THEN read_lang
        WHEN told_lang LIKE 'en%' THEN 'en' ELSE told_lang END, count(*)
      FROM came WHERE status <> 5 GROUP BY 1""",
    "network": CAME + "SELECT network, count(*) FROM came WHERE status <> 5 GROUP BY 1",
    "label": CAME + """
      SELECT (SELECT name FROM label WHERE id = l.label_id), count(*)
      FROM came JOIN mention_label l USING (mention_id) WHERE status <> 5 GROUP BY l.label_id""",
    "person": SENT + "SELECT person_id, count(DISTINCT mention_id) FROM sent GROUP BY 1",
    "template": SENT + """
      SELECT template_id, count(*) FROM (
        SELECT mention_id, v.template_id FROM sent JOIN template_version v ON v.id = version_id
        UNION SELECT mention_id, 3 FROM sent WHERE more_versions = '[30]') GROUP BY 1""",
}  # fmt: skip


@pytest.fixture(scope="module", params=PERIODS)
def report(request: pytest.FixtureRequest, world: World) -> Figures:
    terms = Terms(ALMATY, "Asia/Almaty", 60, wall_time)
    period = parse(request.param, TODAY)
    return world.queue.read(count_report, period, terms, NOW)


def ask(conn: Connection, sql: str, report: Figures, **more: int) -> list[tuple[Any, ...]]:
    start, end = report.span
    return conn.execute(sql, {"start": start, "end": end, "now": report.now, **more}).fetchall()


@pytest.mark.parametrize("question", OTHERWISE)
def test_a_number_equals_another_count_of_it(world: World, report: Figures, question: str) -> None:
    [(n,)] = world.queue.read(ask, OTHERWISE[question], report)
    assert report.of(question).n == n


@pytest.mark.parametrize("question", GROUPED)
def test_a_group_equals_another_count_of_it(world: World, report: Figures, question: str) -> None:
    rows = world.queue.read(ask, GROUPED[question], report)
    counted = {f.value: f.n for f in report.group(question) if f.n}
    assert counted == {str(value): n for value, n in rows}


def test_the_backlog_equals_another_count_of_it(world: World, report: Figures) -> None:
    [(start,)] = world.queue.read(ask, BACKLOG, report, at=report.span[0])
    [(end,)] = world.queue.read(ask, BACKLOG, report, at=min(report.span[1], NOW))
    assert (report.of("backlog_start").n, report.of("backlog_end").n) == (start, end)


def test_response_times_are_those_of_the_rows(world: World, report: Figures) -> None:
    rows = world.queue.read(ask, f"{CAME} SELECT first_reply_at - at FROM timed", report)
    times = sorted(ms for (ms,) in rows)
    assert report.of("first_reply_median").n == (median(times) if times else None)
    slowest = report.of("first_reply_p90").n
    assert slowest is not None
    assert sum(t <= slowest for t in times) >= 0.9 * len(times)
    assert sum(t < slowest for t in times) < 0.9 * len(times)


def test_changed_characters_are_the_middle_of_the_replies(world: World, report: Figures) -> None:
    rows = world.queue.read(ask, f"{SENT} SELECT n_edited FROM sent WHERE version_id <> 0", report)
    assert report.of("edit_median").n == median(n for (n,) in rows)


def test_days_and_hours_of_the_week_are_those_of_local_clocks(
    world: World, report: Figures
) -> None:
    sql = f"{CAME} SELECT at FROM came WHERE status <> 5"
    clocks = [
        datetime.fromtimestamp(at / 1000, UTC).astimezone(ALMATY)
        for (at,) in world.queue.read(ask, sql, report)
    ]
    for figure in report.group("slot"):
        weekday, hour = map(int, figure.value.split("-"))
        assert figure.n == sum((c.weekday(), c.hour) == (weekday, hour) for c in clocks)
    assert sum(int(f.n or 0) for f in report.group("slot")) == len(clocks)
    for figure in report.group("part"):
        assert figure.ref is not None
        start, end = figure.ref.spans[0]
        if figure.n is not None:
            assert figure.n == sum(start <= c.timestamp() * 1000 < end for c in clocks)


def test_every_number_is_as_many_mentions_as_it_opens(world: World, report: Figures) -> None:
    checked = 0
    for figure in report.numbers:
        if figure.ref is None or figure.n is None or figure.question.startswith("first_reply"):
            continue
        assert len(world.queue.read(figures.list_ids, figure.ref)) == figure.n, figure
        checked += 1
    for quote in (*report.quotes, *report.asked):
        assert len(world.queue.read(figures.list_ids, quote.ref)) == quote.n > 0
    assert checked > 30


def test_the_plain_sql_gives_the_same_number(world: World, report: Figures) -> None:
    for figure in report.numbers:
        ref = figure.ref
        if ref is None or figure.n is None or figure.question.startswith("first_reply"):
            continue
        total = 0
        for span in ref.spans:
            sql = figures.plain_sql(ref.question, span, value=ref.value, now=ref.now)
            assert ":" not in sql.replace("'%", "").split("MATCH")[0] or ref.question == "label"
            total += world.queue.sql(sql)[0][0]
        assert total == figure.n, figure


def test_what_is_new_in_the_last_week_is_named_with_a_mention_that_says_it(world: World) -> None:
    terms = Terms(ALMATY, "Asia/Almaty", 60, wall_time)
    report = world.queue.read(count_report, parse("2026-W47", TODAY), terms, NOW)
    found = {quote.phrase: quote for quote in report.quotes}
    quote = found["late delivery"]
    [(body,)] = world.queue.sql("SELECT body FROM mention WHERE id = ?", quote.mention_id)
    assert "late delivery" in body and quote.text == body
    assert (quote.n_before, quote.n > 20) == (0, True)


def test_hours_nobody_watched_are_gaps_and_failed_ones_too(world: World) -> None:
    terms = Terms(ZoneInfo("UTC"), "UTC", 60, wall_time)
    report = world.queue.read(count_report, parse("2026-W47", TODAY), terms, NOW)
    clocks = [
        tuple(datetime.fromtimestamp(at / 1000, UTC).strftime("%a %H") for at in gap)
        for gap in report.gaps
    ]
    assert clocks == [("Tue 03", "Tue 05"), ("Sun 02", "Sun 07")]
