"""What an engine notices, makes of it, and tells: by its file and its desktop, as it runs."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from socialdesk.domain.crisis.alert import AlertKind, Level, Series
from socialdesk.domain.crisis.incident import IncidentState
from socialdesk.domain.errors import CommandError
from socialdesk.domain.mentions.status import Status
from socialdesk.engine.alerts.volume import limits_of
from socialdesk.engine.commands import SetSetting, SetStatus
from socialdesk.engine.commands.alerts import DismissAlert, LinkAlert
from socialdesk.engine.commands.crisis import DismissIncident, Suspect
from socialdesk.engine.queries.alerts import (
    ListAlertMentions,
    ListAlerts,
    ReadAlert,
    ReadBackTest,
    ReadBars,
    ReadUsual,
)
from tests.engine.alerts.alert_bench import DAY_MS, HOUR_MS, SAD, AlertBench
from tests.fakes import HandClock
from tests.store.queue_file import QueueFile

MINUTE = 60


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Callable[[], AlertBench]]:
    """Starts engines on the same file, one after the other."""
    QueueFile(tmp_path).close()
    clock = HandClock()
    running: list[AlertBench] = []

    def begin() -> AlertBench:
        for bench in running:
            bench.desk.close()
        running[:] = [AlertBench(tmp_path, clock)]
        running[0].set(fetching="off", notice_overdue="no", notice_due_soon="no")
        return running[0]

    yield begin
    for bench in running:
        bench.desk.close()


@pytest.fixture
def bench(start) -> AlertBench:
    """Four quiet weeks were watched."""
    made: AlertBench = start()
    made.watched(28)
    made.desk.clockwork.turn()
    return made


def complain(bench: AlertBench, n: int, *, first: int = 0, body: str = SAD) -> None:
    """By `n` different people, a minute apart."""
    for number in range(first, first + n):
        bench.turn(MINUTE)
        bench.say(body, by=f"person{number}")


def volume(bench: AlertBench) -> list[Level]:
    return [a.level for a in bench.alerts() if a.kind is AlertKind.VOLUME]


# --- volume ---


def test_many_negative_mentions_make_a_suspected_incident_and_an_urgent_notice(bench):
    complain(bench, 7)
    (alert,) = [a for a in bench.alerts() if a.kind is AlertKind.VOLUME]
    (incident,) = bench.incidents()
    assert alert.level >= Level.ALERT and alert.series is Series.NEGATIVE
    assert incident.state is IncidentState.SUSPECTED and incident.id == alert.incident_id
    assert incident.title == "Many negative mentions"
    told = [t for t in bench.desktop.shown if t.kind.startswith("alert")]
    assert told[0].title == "Many negative mentions" and told[0].is_urgent
    assert "expected" in told[0].body and told[0].place == "alerts"


def test_a_crisis_proposes_a_severity(bench):
    complain(bench, 14)
    (alert,) = [a for a in bench.alerts() if a.kind is AlertKind.VOLUME]
    assert alert.level is Level.CRISIS
    assert alert.number("severity") == 1


def test_a_watch_marks_and_tells_nobody(bench):
    complain(bench, 4)
    assert volume(bench) == [Level.WATCH]
    assert bench.incidents() == [] and bench.desktop.shown == []


def test_one_author_however_loud_is_no_alert(bench):
    for _ in range(30):
        bench.turn(20)
        bench.say(by="hothead")
    assert volume(bench) == []


def test_praise_is_no_alert(bench):
    for n in range(12):
        bench.turn(MINUTE)
        bench.say(f"Lovely bread, thank you so much, great people! {n}", by=f"person{n}")
    assert volume(bench) == []


def test_the_first_twelve_hours_only_learn(start):
    bench = start()
    bench.watch_hour()
    complain(bench, 12)
    assert volume(bench) == []


def test_a_language_without_a_table_rings_as_mood_unknown(bench):
    bench.set(read_languages="ru,en")
    for n in range(14):
        bench.turn(MINUTE)
        bench.say(f"Посылка номер {n} пришла вчера вечером на склад", by=f"person{n}")
    (alert,) = [a for a in bench.alerts() if a.kind is AlertKind.VOLUME]
    assert alert.series is Series.NOT_RATED
    assert bench.incidents()[0].title == "Many mentions, mood unknown"


def test_it_clears_after_six_quiet_hours_and_outlives_a_restart(start, bench):
    complain(bench, 4)
    again = start()
    again.desk.clockwork.turn()
    (alert,) = [a for a in again.alerts() if a.kind is AlertKind.VOLUME]
    assert alert.is_open
    again.go_to(again.clock.now + 19 * HOUR_MS)  # twelve hours of the longest window, six of calm
    (alert,) = [a for a in again.alerts() if a.kind is AlertKind.VOLUME]
    assert not alert.is_open


def test_the_limits_move_together_and_unknown_moods_need_one_more():
    negative, unrated = limits_of(3.0, Series.NEGATIVE), limits_of(3.0, Series.NOT_RATED)
    assert (negative.watch, negative.alert, negative.crisis) == (3.0, 4.5, 6.5)
    assert (unrated.watch, unrated.alert, unrated.crisis) == (4.0, 5.5, 7.5)


def test_spam_does_not_count(bench):
    for n in range(6):
        bench.turn(MINUTE)
        bench.bring(bench.mention(by=f"person{n}"), status=Status.SPAM)
    bench.desk.clockwork.turn()
    assert volume(bench) == []


# --- the others ---


def test_watch_words_of_three_authors_ring_at_once(bench):
    for n in range(3):
        bench.turn(10)
        bench.say(f"Your website is not working for me ({n})", by=f"person{n}")
    words = [a for a in bench.alerts() if a.kind is AlertKind.WATCH_WORDS]
    assert "outage" in {alert.topic for alert in words}
    assert bench.incidents()[-1].title.startswith("Words of a crisis")


def test_a_kazakh_four_is_no_fire(bench):
    for n, word in enumerate(("төрт", "төртінші", "Төрт")):
        bench.turn(10)
        bench.say(f"Маған {word} нан керек", by=f"person{n}")
    assert bench.alerts() == []
    for n in range(3):
        bench.turn(10)
        bench.say(f"Дүкенде өрт шықты {n}", by=f"other{n}")
    assert "tragedy" in {alert.topic for alert in bench.alerts()}


def test_complaints_that_wait_ring_by_their_topic(bench):
    bench.go_to(bench.clock.now + 12 * HOUR_MS)
    for n in range(3):
        bench.turn(11 * MINUTE)
        bench.say(f"The parcel locker {n} is broken again, very disappointed", by=f"person{n}")
    assert AlertKind.WAITING not in {a.kind for a in bench.alerts()}
    bench.go_to(bench.clock.now + 70 * MINUTE * 1000)
    (waiting,) = [a for a in bench.alerts() if a.kind is AlertKind.WAITING]
    assert waiting.topic in {"broken", "parcel locker"}
    assert waiting.incident_id


def test_what_was_answered_does_not_wait(bench):
    for n in range(3):
        bench.turn(MINUTE)
        (id,) = bench.say(f"The parcel locker {n} is broken again, sad", by=f"person{n}")
        bench.do(SetStatus((id,), Status.DONE.value))
    bench.go_to(bench.clock.now + 90 * MINUTE * 1000)
    assert AlertKind.WAITING not in {a.kind for a in bench.alerts()}


def test_the_same_text_by_five_authors_rings(bench):
    text = "Attention everybody this bakery sells yesterday's bread as fresh please share"
    for n in range(5):
        assert AlertKind.COPY not in {a.kind for a in bench.alerts()}
        bench.turn(10)
        bench.say(text, by=f"person{n}")
    (copied,) = [a for a in bench.alerts() if a.kind is AlertKind.COPY]
    assert copied.number("n_authors") == 5


def test_how_many_authors_of_one_text_ring_is_a_setting(bench):
    text = "Attention everybody this bakery sells yesterday's bread as fresh please share"
    bench.do(SetSetting("crisis_copy_authors", "7"))
    for n in range(5):
        bench.turn(10)
        bench.say(text, by=f"person{n}")
    assert AlertKind.COPY not in {a.kind for a in bench.alerts()}
    bench.do(SetSetting("crisis_copy_authors", "3"))
    bench.turn(300)  # until the next look at the file
    (copied,) = [a for a in bench.alerts() if a.kind is AlertKind.COPY]
    assert copied.number("fewest") == 3


def test_a_topic_that_grows_for_weeks_rings(bench):
    now = bench.clock.now
    for week, n in enumerate((2, 4, 7, 12, 20)):
        for number in range(n):
            back = (5 - week) * 7 * DAY_MS - DAY_MS - number * HOUR_MS
            bench.clock.now = now - back
            bench.bring(
                bench.mention(f"Mouldy rye bread {number}, very bad", by=f"w{week}{number}")
            )
    bench.clock.now = now
    bench.desk.alerts.after_jump()
    bench.desk.clockwork.turn()
    assert AlertKind.SLOW_BURN not in {a.kind for a in bench.alerts()}  # told once a day
    bench.go_to(now + DAY_MS)
    (burn,) = [a for a in bench.alerts() if a.kind is AlertKind.SLOW_BURN]
    assert [burn.number(f"week_{k}") for k in range(1, 6)] == sorted(
        burn.number(f"week_{k}") for k in range(1, 6)
    )


# --- notices only ---


def test_a_far_reaching_negative_author_goes_to_the_top_and_is_no_incident(bench):
    for n in range(6):
        bench.say("Thank you, nice shop", by=f"person{n}", n_followers=40)
    bench.turn(10)
    (id,) = bench.say(by="famous", n_followers=5_000)
    bench.turn(10)
    assert "Negative, and heard far" in bench.titles()
    assert bench.desk.rows([id])[0].is_pinned
    assert bench.incidents() == []


def test_a_turn_in_mood_is_told_once_a_day(bench):
    for n in range(60):
        bench.go_to(bench.clock.now + 5 * HOUR_MS)
        bench.bring(bench.mention(f"Lovely bread, thank you, great! {n}", by=f"p{n}"))
    bench.go_to(bench.clock.now + DAY_MS)
    for n in range(9):
        bench.go_to(bench.clock.now + 2 * HOUR_MS)
        bench.say(SAD, by=f"q{n}")
    assert bench.titles().count("The mood has turned") == 1


# --- what follows ---


def test_nobody_deciding_is_told_again_after_15_and_30_minutes(bench):
    bench.do(Suspect("The oven smokes"))
    bench.turn(14 * MINUTE)
    assert "Undecided: The oven smokes" not in bench.titles()
    bench.turn(2 * MINUTE)
    assert bench.titles().count("Undecided: The oven smokes") >= 1
    bench.turn(60 * MINUTE)
    codes = bench.desk._readers.here(
        lambda c: c.execute("SELECT count(*) FROM notice WHERE code = 'alert_again'").fetchone()
    )
    assert codes == (2,)


def test_a_dismissal_silences_kind_and_topic_for_a_day(bench):
    complain(bench, 7)
    (incident,) = bench.incidents()
    bench.do(DismissIncident(incident.id, "known"))
    complain(bench, 5, first=20)
    assert len(bench.incidents()) == 1
    bench.go_to(bench.clock.now + 25 * HOUR_MS)
    complain(bench, 8, first=40)
    assert [i.alert_kind for i in bench.incidents()].count("volume") == 2


def test_alerts_of_one_event_share_their_incident(bench):
    for n in range(10):
        bench.turn(MINUTE)
        bench.say(f"Website not working, terrible, the worst, I am angry {n}", by=f"p{n}")
    kinds = {alert.kind for alert in bench.alerts()}
    assert {AlertKind.VOLUME, AlertKind.WATCH_WORDS} <= kinds
    assert len(bench.incidents()) == 1


@pytest.mark.parametrize(
    ("before", "after"), [("stand_down", "responding"), ("holding", "holding")]
)
def test_an_alert_on_an_incident_that_is_led_joins_it(bench, before, after):
    """Out of stand-down the full lock comes back; nobody is told what the board shows."""
    made = bench.do(Suspect("The oven smokes"))["incident_id"]
    set_state = (
        "UPDATE incident SET state = ?, severity = 2, declared_at = 1, stand_down_at = ?"
        " WHERE id = ?"
    )
    bench.desk._writer.submit(
        lambda tx: tx.conn.execute(set_state, (before, tx.now, made)).rowcount
    ).result()
    complain(bench, 8)
    (incident,) = bench.incidents()
    assert incident.state.value == after
    assert {a.incident_id for a in bench.alerts() if a.level >= Level.ALERT} == {made}
    assert "Many negative mentions" not in bench.titles()


def test_new_mentions_of_a_loud_alert_belong_to_its_incident(bench):
    complain(bench, 7)
    complain(bench, 7, first=7)
    (incident,) = bench.incidents()
    (n,) = bench.desk._readers.here(
        lambda c: c.execute(
            "SELECT count(*) FROM incident_mention WHERE incident_id = ?", (incident.id,)
        ).fetchone()
    )
    assert n >= 12


def test_an_alert_explains_itself(bench):
    for n in range(9):
        bench.turn(61)
        bench.say(f"The refund never came, awful, {n}", by=f"p{n}", n_followers=1 + 999 * (n < 2))
    (line, *_) = [
        x for x in bench.desk.ask(ListAlerts()).result() if x.alert.kind is AlertKind.VOLUME
    ]
    found = bench.desk.ask(ReadAlert(line.alert.id)).result()
    assert found is not None
    assert {d.phrase for d in found.drivers} & {"refund", "refund never", "never came"}
    assert found.n_reach == 2 and found.authors[0].reach == 1000
    assert len(found.mentions) == 9 == sum(bar.n for bar in found.bars)
    assert found.search.startswith("sentiment:negative after:") or "incident:" in found.search
    ids = bench.desk.ask(ListAlertMentions(line.alert.id)).result()
    assert sorted(ids) == list(found.mentions)


def test_an_alert_without_an_incident_is_dismissed_or_linked(bench):
    complain(bench, 4)
    (watch,) = bench.alerts()
    with pytest.raises(CommandError):
        bench.do(DismissAlert(watch.id, "because"))
    made = bench.do(Suspect("The oven smokes"))["incident_id"]
    assert bench.do(LinkAlert(watch.id, made)) == {"n": 4}
    assert bench.alerts()[0].incident_id == made
    with pytest.raises(CommandError):  # its incident is dismissed by its own sheet
        bench.do(DismissAlert(watch.id, "known"))
    bench.do(DismissIncident(made, "handled"))
    bench.do(DismissAlert(watch.id, "handled"))
    assert not bench.alerts()[0].is_open


def test_usual_and_bars_are_answered(bench):
    now = bench.clock.now
    usual = bench.desk.ask(ReadUsual(now - DAY_MS, now)).result()
    assert 0 < usual < 2
    bars = bench.desk.ask(ReadBars(now - 2 * HOUR_MS, now)).result()
    assert len(bars) == 8 and all(bar.expected > 0 for bar in bars)


def test_the_back_test_says_when_it_would_have_rung(bench):
    complain(bench, 12)
    began = bench.clock.now
    bench.go_to(began + 2 * DAY_MS)
    found = bench.desk.ask(ReadBackTest((15, 25, 45))).result()
    low, normal, high = found.trials
    assert found.n_days > 25
    assert len(normal.rings) == 1 and abs(normal.rings[0] - began) < HOUR_MS
    assert len(low.watches) >= len(normal.watches) >= len(high.watches)


def test_the_back_test_of_an_empty_workspace_says_so(start):
    found = start().desk.ask(ReadBackTest((25,))).result()
    assert found.n_days == 0 and found.trials[0].rings == ()


def test_a_check_stays_within_its_budget(bench):
    """A few milliseconds of this thread."""
    import time

    for n in range(40):
        bench.bring(bench.mention(f"Where is order {n}?", by=f"p{n}"))
    bench.desk.alerts.check()
    began = time.thread_time()
    bench.desk.alerts.check()
    assert time.thread_time() - began < 1.0
