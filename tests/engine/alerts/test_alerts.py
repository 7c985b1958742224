"""What an engine notices, makes of it, and tells: by its file and its desktop, as it runs."""

from socialdesk.domain.crisis.alert import AlertKind, Level, Series
from socialdesk.domain.crisis.incident import IncidentState
from socialdesk.domain.mentions.status import Status
from socialdesk.engine.alerts.volume import limits_of
from socialdesk.engine.commands import SetSetting, SetStatus
from tests.engine.alerts.alert_bench import DAY_MS, HOUR_MS, MINUTE, SAD, AlertBench, complain


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
