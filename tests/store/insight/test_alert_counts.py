"""What is counted for alerts: watched hours, two of each author, no spam, no old news."""

import pytest

from socialdesk.domain.crisis.alert import AlertKind, Found, Level, Series
from socialdesk.domain.mentions.insight import Insight, Intent, Sentiment
from socialdesk.domain.mentions.status import Disposition, Status
from socialdesk.store.crisis import alerts, incidents
from socialdesk.store.insight import alert_counts, insights
from socialdesk.store.mentions import coverage
from tests.makers import a_mention, an_author
from tests.store.queue_file import HOUR_MS, QueueFile

BAD = Insight(lang="en", sentiment=Sentiment.NEGATIVE, intent=Intent.COMPLAINT)
UNRATED = Insight(lang="ru")


def bring(file: QueueFile, by: str, *, back_ms: int = 60_000, insight: Insight = BAD, **facts):
    """One mention that was understood; its id."""
    (id,) = file.save(a_mention(author=an_author(by), at=file.clock.now - back_ms), **facts)
    file.write(lambda tx: insights.save(tx, [(id, insight)]))
    return id


def watch(file: QueueFile) -> None:
    file.write(lambda tx: coverage.note_fetched(tx, file.account, 1))


def posts(file: QueueFile, series: Series = Series.NEGATIVE) -> list[int]:
    now = file.clock.now
    found = file.read(alert_counts.posts, series, now - 24 * HOUR_MS, now + 1000)
    return [post.id for post in found]


def test_each_series_has_its_own_mentions(file):
    bad, unrated = bring(file, "ann"), bring(file, "ben", insight=UNRATED)
    assert posts(file) == [bad]
    assert posts(file, Series.NOT_RATED) == [unrated]


def test_spam_and_what_was_old_when_connected_are_no_news(file):
    bring(file, "ann", status=Status.SPAM)
    bring(file, "ben", status=Status.DONE, disposition=Disposition.BACKFILL)
    assert posts(file) == []


def test_a_correction_moves_a_mention_to_the_other_side(file):
    id = bring(file, "ann")
    file.execute("UPDATE insight SET own_sentiment = 3 WHERE mention_id = ?", id)
    assert posts(file) == []


def test_watched_hours_are_counted_once_and_gaps_are_no_zeros(file):
    watch(file)
    for _ in range(5):
        bring(file, "ann", back_ms=0)  # five by one author count as two
    bring(file, "ben", back_ms=0)
    hour = file.clock.now
    file.clock.advance(3 * 3600)  # nobody watches for two hours
    watch(file)
    file.clock.advance(3600)
    assert file.read(alert_counts.needs_counting, file.clock.now)
    file.write(alert_counts.count_hours)
    found = file.read(alert_counts.hours, Series.NEGATIVE, 0, file.clock.now)
    assert found == [(hour, 3), (hour + 3 * HOUR_MS, 0)]
    assert not file.read(alert_counts.needs_counting, file.clock.now)


def test_what_is_read_late_is_counted_after_all(file):
    watch(file)
    file.clock.advance(3600)
    file.write(alert_counts.count_hours)
    bring(file, "ann", back_ms=HOUR_MS)
    file.clock.advance(3600)
    watch(file)
    file.clock.advance(3600)
    file.write(alert_counts.count_hours)
    found = file.read(alert_counts.hours, Series.NEGATIVE, 0, file.clock.now)
    assert found[0][1] == 1  # it came two hours after it was written


def test_copies_count_authors_and_leave_out_praise(file):
    first = bring(file, "first")
    for n in range(4):
        bring(file, f"p{n}", insight=Insight(sentiment=Sentiment.NEGATIVE, copy_of=first))
    assert file.read(alert_counts.copied, file.clock.now - HOUR_MS, 5) == [(first, 5)]
    thanks = bring(file, "thanks", insight=Insight(sentiment=Sentiment.POSITIVE))
    for n in range(6):
        bring(file, f"q{n}", insight=Insight(sentiment=Sentiment.POSITIVE, copy_of=thanks))
    assert [f for f, _ in file.read(alert_counts.copied, file.clock.now - HOUR_MS, 5)] == [first]
    assert len(file.read(alert_counts.copies_of, first, file.clock.now - HOUR_MS)) == 5


def test_complaints_that_were_answered_are_left_out_on_request(file):
    open_ = bring(file, "ann")
    bring(file, "ben", status=Status.DONE)
    now = file.clock.now

    def ids(only: bool) -> list[int]:
        found = file.read(alert_counts.complaints, now - HOUR_MS, now + 1, only_unanswered=only,
                          limit=9)  # fmt: skip
        return [words.id for words in found]

    assert ids(True) == [open_]
    assert len(ids(False)) == 2


def a_finding(level: Level = Level.WATCH, **facts) -> Found:
    return Found(AlertKind.VOLUME, level, (), Series.NEGATIVE, facts={"n": 7, **facts})


def test_an_alert_is_kept_raised_and_cleared(file):
    id = file.write(lambda tx: alerts.add(tx, a_finding()))
    file.clock.advance(60)
    file.write(lambda tx: alerts.raise_to(tx, id, a_finding(Level.ALERT, n=12), 3))
    (alert,) = file.read(alerts.open_alerts)
    assert (alert.level, alert.number("n"), alert.incident_id) == (Level.ALERT, 12, 3)
    assert alert.loud_at == file.clock.now > alert.at
    file.write(lambda tx: alerts.clear(tx, id))
    assert file.read(alerts.open_alerts) == []
    assert [a.id for a in file.read(alerts.newest, 9)] == [id]


def test_what_a_newer_program_wrote_is_passed_over(file):
    id = file.write(lambda tx: alerts.add(tx, a_finding()))
    file.execute("UPDATE alert SET kind = 'telepathy' WHERE id = ?", id)
    assert file.read(alerts.newest, 9) == [] and file.read(alerts.find, id) is None
    file.execute("UPDATE alert SET kind = 'volume', facts = '{' WHERE id = ?", id)
    assert dict(file.read(alerts.find, id).facts) == {}


@pytest.mark.parametrize(("hours", "is_muted"), [(23, True), (25, False)])
def test_a_dismissal_silences_what_rang_with_it_for_a_day(file, hours, is_muted):
    made = file.write(
        lambda tx: incidents.suspect(
            tx, kind="watch_words", topic="outage", mentions=(), baseline_15m=0.0, detected_at=0
        )
    )
    file.write(lambda tx: alerts.add(tx, a_finding(Level.ALERT), made.id))
    file.write(lambda tx: incidents.dismiss(tx, made.id, "known", "", 0, file.ann))
    file.clock.advance(hours * 3600)
    muted = file.read(alerts.muted, file.clock.now)
    assert (("volume", "") in muted) is is_muted
    assert (("watch_words", "outage") in muted) is is_muted


def test_the_median_reach_is_that_of_authors_heard_since_then(file):
    since = file.clock.now - HOUR_MS
    assert file.read(alert_counts.median_reach, since) == 0
    for name, reach in (("ann", 10), ("ben", 40), ("ann", 30), ("cleo", 900), ("dan", None)):
        file.save(a_mention(author=an_author(name, n_followers=reach), at=file.clock.now))
    file.save(a_mention(author=an_author("early", n_followers=5), at=since - HOUR_MS))
    assert file.read(alert_counts.median_reach, since) == 40  # of 30, 40 and 900
    file.save(a_mention(author=an_author("eve", n_followers=950), at=file.clock.now))
    assert file.read(alert_counts.median_reach, since) == 900  # the upper of the two in the middle


def test_the_median_reach_costs_no_walk_through_all_mentions_ever(file):
    asked: list[str] = []
    with file.readers.connection() as conn:
        conn.set_trace_callback(asked.append)
        alert_counts.median_reach(conn, file.clock.now)
        conn.set_trace_callback(None)
        steps = [s for q in asked for *_, s in conn.execute(f"EXPLAIN QUERY PLAN {q}")]
    assert any(step.startswith("SEARCH t ") for step in steps)
    assert not [step for step in steps if step.startswith(("SCAN m", "SCAN t"))]
