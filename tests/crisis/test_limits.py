"""The limits of crisis mode are settings: a change holds at once, is seen, and ends no approval."""

import pytest

from socialdesk.domain.errors import CommandError, CommandFault
from socialdesk.domain.temperature import Verdict
from socialdesk.engine.after_action.log_words import event_words
from socialdesk.engine.after_action.sections import parts_of
from socialdesk.engine.commands import SetSetting
from socialdesk.engine.commands.crisis import ChangeIncident
from socialdesk.engine.commands.statements import PrepareLine, PublishStatement, SaveStatement
from socialdesk.engine.drills.sandbox import is_copied
from socialdesk.engine.queries import ReadJournal, ReadSettings
from socialdesk.engine.queries.crisis import ListStatements, ReadAfterAction
from socialdesk.engine.queries.temperature import CheckTemperature
from socialdesk.engine.words.messages import sentence
from socialdesk.engine.words.temperature import plain_lines
from tests.crisis.conftest import REST_S, Answer, Shop

HOUR_MS = 3_600_000
HOUR_S = 3_600


def look(shop: Shop, made: Answer) -> Answer:
    return shop.look("statement", made["version_id"], made["hash"])


def hours(shop: Shop) -> list[int]:
    """How long each look counts, the newest text first."""
    return [(one.ends_at - one.at) // HOUR_MS
            for row in shop.ask(ListStatements(1)) for version in row.versions
            for one in version.looks]  # fmt: skip


def test_a_shorter_pause_holds_at_once_for_a_text_that_waits(shop: Shop):
    shop.declare(severity=1)
    made = shop.statement(1)
    shop.clock.advance(60)
    with pytest.raises(Exception, match="R28"):
        look(shop, made)
    shop.set("crisis_first_look_sev1_min", "1")
    assert look(shop, made)["n_missing"] == 0


def test_a_longer_one_too_and_the_screen_is_told(shop: Shop):
    shop.declare(severity=1)
    made = shop.statement(1)
    shop.set("crisis_first_look_sev1_min", "20")
    (version,) = shop.ask(ListStatements(1))[0].versions
    assert version.cooled_at == version.edited_at + 20 * 60_000
    shop.clock.advance(180)
    with pytest.raises(Exception, match="R28") as refused:
        look(shop, made)
    assert refused.value.facts["m"] == 17  # type: ignore[attr-defined]


def test_under_a_lock_the_change_stands_in_the_incidents_log(shop: Shop):
    shop.set("crisis_look_min", "20")  # before: the journal has it, no incident is there
    incident = shop.declare(severity=1)
    shop.set("crisis_look_sev1_min", "1")
    shop.set("crisis_look_sev1_min", "1")  # the same again
    (event,) = shop.events("incident_changed", incident)
    assert (event["field"], event["before"], event["after"]) == ("crisis_look_sev1_min", "15", "1")
    said = event_words("incident_changed", event)
    assert said == "Own look at other texts, SEV1 (minutes): 15 → 1"
    shop.set("crisis_look_sev1_min", "")
    assert shop.events("incident_changed", incident)[-1]["after"] == "15"
    kinds = [row.kind for row in shop.ask(ReadJournal())]
    assert kinds.count("setting_set") == 4


def test_the_report_names_a_limit_among_what_was_changed(shop: Shop):
    incident = shop.declare(severity=1)
    shop.set("crisis_look_sev1_min", "1")
    read = shop.ask(ReadAfterAction(incident))
    assert read is not None
    parts = parts_of(read)
    (changed,) = [part for part in parts if part.title == "What was changed, and why"]
    assert [row[-1] for row in changed.rows] == ["Own look at other texts, SEV1 (minutes): 15 → 1"]


def test_an_approval_keeps_the_end_it_was_given_with(shop: Shop):
    shop.declare(severity=1)
    made = shop.statement(1)
    shop.clock.advance(REST_S)
    look(shop, made)
    for chosen in ("1", "24"):
        shop.set("crisis_approval_sev1_h", chosen)
        assert hours(shop) == [4]


def test_one_given_since_counts_as_long_as_was_chosen_and_the_refusal_says_so(shop: Shop):
    incident = shop.declare(severity=1)
    (mention,) = shop.mentions(1)
    shop.set("crisis_approval_sev1_h", "1")
    made = shop.do(SaveStatement(incident, "oneoff", "en", text="Yes, we are open.",
                                 accounts=(shop.account(),), mention_id=mention))  # fmt: skip
    shop.clock.advance(REST_S)
    assert look(shop, made)["ends_at"] == shop.now + HOUR_MS
    assert hours(shop) == [1]
    shop.clock.advance(HOUR_S)
    refused = shop.refused(PublishStatement(made["version_id"]))
    assert (refused.code, refused.facts["h"]) == ("R27", 1)
    assert "older than 1 h" in sentence(refused).text


def test_a_worse_severity_ends_it_as_soon_as_was_chosen_for_that(shop: Shop):
    incident = shop.declare(severity=2)
    shop.confirm_facts(incident, "holding")
    shop.approved_line("common/ack", incident)
    (mention,) = shop.mentions(1)
    shop.set("crisis_approval_sev1_h", "2")
    shop.later(hours=3)
    command = shop.line_command("common/ack", mention, incident)
    shop.do(ChangeIncident(incident, "severity", "1", "somebody is hurt"))
    refused = shop.refused(command)
    assert (refused.code, refused.facts["h"]) == ("R27", 2)
    assert "older than 2 h" in sentence(refused).text


def test_a_line_of_quiet_times_counts_as_many_days_as_was_chosen(shop: Shop):
    shop.set("crisis_look_min", "1")
    shop.set("crisis_quiet_lines_days", "7")
    made = shop.do(PrepareLine(0, "common", "ack", "en"))
    shop.clock.advance(60)
    given = shop.look("line", made["line_id"], made["hash"])
    assert given["ends_at"] == shop.now + 7 * 24 * HOUR_MS


@pytest.mark.parametrize(
    ("key", "value"),
    [("crisis_mute_h", "0"), ("crisis_mute_h", "169"), ("crisis_look_min", "61"),
     ("crisis_approval_sev1_h", "25"), ("crisis_approval_h", "x"), ("crisis_nothing", "3")],
)  # fmt: skip
def test_what_makes_no_sense_is_refused(shop: Shop, key: str, value: str):
    with pytest.raises(CommandError) as refused:
        shop.do(SetSetting(key, value))
    assert refused.value.fault is CommandFault.BAD_INPUT


def test_red_below_amber_is_refused_with_the_names_of_both_and_changes_nothing(shop: Shop):
    shop.set("crisis_post_red_percent", "60")
    with pytest.raises(CommandError) as refused:
        shop.set("crisis_post_red_percent", "20")
    assert sentence(refused.value).text == (
        "Red would begin below amber: «Red from, negative» is 20, «Amber from, negative» is 30."
    )
    assert shop.ask(ReadSettings())["crisis_post_red_percent"] == "60"
    shop.set("crisis_post_amber_percent", "10")
    shop.set("crisis_post_red_percent", "20")
    with pytest.raises(CommandError):
        shop.set("crisis_post_amber_percent", "")  # its default lies above
    shop.set("theme", "dark")


def test_a_check_of_a_post_is_judged_by_the_limits_of_this_moment(shop: Shop):
    shop.set("crisis_post_fewest", "1")
    found = shop.ask(CheckTemperature("our bread today", 0, 0))
    shop.set("crisis_post_fewest", "100")
    again = shop.ask(CheckTemperature("our bread today", 0, 0))
    assert found.limits.post_fewest == 1
    assert again.verdict is Verdict.LITTLE
    assert "Fewer than 100 mentions in 30 days say too little." in plain_lines(again)


def test_a_drill_is_played_by_the_same_limits():
    assert is_copied("crisis_first_look_sev1_min")
