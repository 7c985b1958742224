"""What an incident does by itself, and what a lock changes elsewhere."""

from socialdesk.domain.crisis.incident import IncidentState
from socialdesk.domain.queue.rows import View
from socialdesk.engine.commands.crisis import Suspect
from socialdesk.engine.queries import ListMentions
from socialdesk.engine.queries.crisis import ListLinked, ReadStanding
from tests.crisis.conftest import Shop


def test_mentions_of_a_linked_thread_link_themselves(shop: Shop):
    incident = shop.declare()
    for mention in shop.mentions(1):
        shop.link(incident, mention)
    shop.pass_s(600)
    how = {e["how"] for e in shop.events("mention_linked", incident)}
    linked = shop.ask(ListLinked(incident))
    found = shop.ask(ListMentions(View.ALL, "incident:INC-2026-0001")).ids
    assert sorted(found) == sorted(row.mention_id for row in linked)
    assert how <= {"hand", "rule", "alert"} and "hand" in how


def test_a_clock_that_jumps_is_in_the_log(shop: Shop):
    incident = shop.declare()
    shop.clock.jump(600)
    shop.pass_s(1)
    assert [e["ms"] for e in shop.events("clock_jumped", incident)] == [600_000]
    shop.clock.jump(90)  # less than two minutes is nothing
    shop.pass_s(1)
    assert len(shop.events("clock_jumped", incident)) == 1


def test_the_team_mode_can_be_changed_and_is_logged(shop: Shop):
    incident = shop.declare()
    shop.set("team_mode", "pair")
    (event,) = shop.events("incident_changed", incident)
    assert (event["field"], event["before"], event["after"]) == ("mode", "solo", "pair")
    (standing,) = shop.ask(ReadStanding())
    assert (standing.mode, standing.commander) == ("pair", "Owner")


def test_until_the_first_statement_its_time_is_the_next_promise(shop: Shop):
    shop.declare(severity=1)
    (standing,) = shop.ask(ReadStanding())
    assert standing.next_due_at == shop.now + 15 * 60_000


def test_a_suspected_incident_becomes_the_declared_one(shop: Shop):
    made = shop.do(Suspect("Something is wrong", tuple(shop.mentions(2))))
    incident = shop.declare(incident_id=made["incident_id"])
    assert incident == made["incident_id"]
    assert shop.incident(incident).state is IncidentState.DECLARED
    assert len(shop.ask(ListLinked(incident))) == 2
