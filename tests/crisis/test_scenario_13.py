"""Scenario 13: stand-down waits, and says exactly for what."""

from socialdesk.domain.crisis.incident import IncidentState
from socialdesk.domain.mentions.status import Status
from socialdesk.engine.commands import SetStatus
from socialdesk.engine.commands.crisis import MoveIncident
from socialdesk.engine.commands.statements import NoteAudienceTold, SaveAudience
from socialdesk.engine.queries.crisis import WhatStandDownWaitsFor
from tests.crisis.conftest import Shop


def test_scenario_13_stand_down_waits_for_exactly_these(shop: Shop):
    shop.reply("We are open on Sunday.")
    incident = shop.declare(severity=3)
    shop.first_statement(incident)  # promises the next update
    mention = shop.mentions(1)[0]
    shop.link(incident, mention, category="question")
    shop.line("common/dont_know", mention, values={"next_update_at": shop.now + 5 * 3_600_000})
    shop.pass_s(30)
    shop.move(incident, "responding", "none needed")
    made_quiet(shop, incident)
    waits = shop.ask(WhatStandDownWaitsFor(incident))
    assert waits == [
        ("promises_open", 2), ("held_undecided", 1), ("quiet_left_min", 80), ("closing_missing", 1),
    ]  # fmt: skip
    refusal = shop.refused(MoveIncident(incident, "stand_down"))
    assert refusal.code == "R30"
    assert refusal.facts["list"] == (
        "promises_open:2, held_undecided:1, quiet_left_min:80, closing_missing:1"
    )


def test_scenario_13_when_all_is_done_and_quiet_it_passes(shop: Shop):
    reply = shop.reply("We are open on Sunday.")
    incident = shop.declare(severity=3)
    shop.first_statement(incident)
    shop.move(incident, "responding", "none needed")
    shop.decide(reply, "discard")
    shop.confirm_facts(incident)
    shop.publish(shop.statement(incident, "resolution", next_update_at=0))
    file_all(shop)
    shop.later(hours=3)
    assert shop.ask(WhatStandDownWaitsFor(incident)) == []
    shop.move(incident, "stand_down")
    assert shop.incident(incident).state is IncidentState.STAND_DOWN


def test_scenario_13_staff_who_are_kept_as_an_audience_must_be_told(shop: Shop):
    staff = shop.do(SaveAudience("All of us", "staff"))["audience_id"]
    incident = shop.declare(severity=3)
    assert ("staff_not_told", 1) in shop.ask(WhatStandDownWaitsFor(incident))
    shop.do(NoteAudienceTold(incident, staff))
    assert ("staff_not_told", 1) not in shop.ask(WhatStandDownWaitsFor(incident))


def test_scenario_13_an_unanswered_complaint_keeps_the_lock(shop: Shop):
    incident = shop.declare(severity=3)
    mention = shop.mentions(1)[0]
    shop.link(incident, mention, category="complaint")
    assert ("unanswered", 1) in shop.ask(WhatStandDownWaitsFor(incident))
    shop.do(SetStatus((mention,), Status.DONE.value))
    assert "unanswered" not in dict(shop.ask(WhatStandDownWaitsFor(incident)))


def test_scenario_13_going_back_needs_nothing(shop: Shop):
    first, second = shop.mentions(2)
    incident = shop.declare(severity=3)
    shop.first_statement(incident)
    shop.move(incident, "responding", "none needed")
    shop.confirm_facts(incident)
    shop.publish(shop.statement(incident, "resolution", next_update_at=0))
    file_all(shop)
    shop.later(hours=3)
    shop.move(incident, "stand_down")
    assert shop.reply("All is well again.", mention=first)  # normal again
    shop.move(incident, "responding", "it came back")
    assert shop.refused(shop.reply_command("Hello.", mention=second)).code == "R12"
    moved = [e["to"] for e in shop.events("incident_moved", incident)]
    assert moved == ["holding", "responding", "stand_down", "responding"]


def file_all(shop: Shop) -> None:
    """What was linked by itself meanwhile is dealt with."""
    for row in shop.rows():
        shop.do(SetStatus((row.id,), Status.DONE.value))


def made_quiet(shop: Shop, incident: int) -> None:
    """Forty minutes after the last word that was linked."""
    from socialdesk.store.crisis import incident_guards

    last = shop.desk._readers.here(lambda conn: incident_guards.last_word_at(conn, incident))
    since = max(last, shop.incident(incident).declared_at)
    shop.later(max(0, 40 / 60 - (shop.now - since) / 3_600_000))
