"""What becomes of an alert: told again, dismissed, linked, explained, tried on the past."""

import pytest

from socialdesk.domain.crisis.alert import AlertKind, Level
from socialdesk.domain.errors import CommandError
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
from tests.engine.alerts.alert_bench import DAY_MS, HOUR_MS, MINUTE, complain


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
