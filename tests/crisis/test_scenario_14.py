"""Scenario 14: a time that passed under a lock never fires; keep wants a new second look."""

from socialdesk.domain.crisis.incident import IncidentState
from socialdesk.domain.replies.reply import OutboxState
from socialdesk.engine.commands import ApproveReply
from socialdesk.engine.commands.crisis import DecideHeld, DiscardAllHeld
from socialdesk.engine.queries.crisis import ListHeld
from tests.crisis.conftest import REST_S, Shop

HOUR_MS = 3_600_000


def test_scenario_14_what_was_held_waits_for_a_decision_after_the_incident(shop: Shop):
    reply = shop.reply("We open at nine.", send_at=shop.now + HOUR_MS)
    incident = shop.declare(severity=3)
    (row,) = shop.ask(ListHeld(incident))
    assert row.was_due_at == row.held_at + HOUR_MS
    shop.later(hours=2)  # its time passes under the lock
    assert shop.refused(DecideHeld(reply, "keep")).code == "R15"
    stand_down_at_once(shop, incident, reply)
    shop.later(hours=2.1)
    assert shop.incident(incident).state is IncidentState.REVIEW
    shop.later(hours=24)
    assert shop.state(reply) is OutboxState.HELD
    assert shop.posts() == []
    refusal = shop.refused(DecideHeld(reply, "keep"))
    assert (refusal.code, refusal.facts["id"]) == ("R15", "INC-2026-0001")
    shop.do(ApproveReply(reply, shop.outbox(reply)[0].hash))
    assert shop.state(reply) is OutboxState.HELD  # the look alone sends nothing
    shop.decide(reply, "keep")
    shop.pass_s(5)
    assert shop.state(reply) is OutboxState.SENT
    (decided,) = shop.events("held_decided", incident)
    assert (decided["outbox"], decided["decision"]) == (reply, "keep")


def stand_down_at_once(shop: Shop, incident: int, reply: int) -> None:
    """Through its states, with the held reply undecided: the guard would wait for it."""
    from socialdesk.store.crisis import incident_moves

    def write(tx) -> None:
        found = incident_moves.read(tx.conn, incident)
        for state, column in (("holding", "holding_at"), ("responding", "responding_at"),
                              ("stand_down", "stand_down_at")):  # fmt: skip
            found, _ = incident_moves.move(
                tx, found, IncidentState(state), "incident_moved", 1, {}, **{column: tx.now}
            )

    shop.desk._writer.submit(write).result(30)


def test_scenario_14_under_the_lock_a_second_look_lets_it_be_kept(shop: Shop):
    reply = shop.reply("We are sorry and on it.")
    incident = shop.declare(severity=3)
    shop.look("reply", reply, shop.outbox(reply)[0].hash, rest_s=REST_S)
    assert shop.posts() == []
    shop.decide(reply, "keep")
    shop.pass_s(5)
    assert shop.state(reply) is OutboxState.SENT
    assert shop.held(incident) == []


def test_scenario_14_change_gives_the_draft_back_and_discard_ends_it(shop: Shop):
    one, two = shop.mentions(2)
    first, second = shop.reply("One.", mention=one), shop.reply("Two.", mention=two)
    incident = shop.declare()
    shop.decide(first, "change")
    shop.decide(second, "discard")
    assert (shop.state(first), shop.state(second)) == (
        OutboxState.TAKEN_BACK, OutboxState.DISCARDED,
    )  # fmt: skip
    decisions = [e["decision"] for e in shop.events("held_decided", incident)]
    assert decisions == ["change", "discard"]
    assert shop.refused(shop.reply_command("One.", mention=one)).code == "R12"


def test_scenario_14_all_can_be_discarded_but_never_kept_at_once(shop: Shop):
    for mention in shop.mentions(3):
        shop.reply(f"To {mention}", mention=mention)
    incident = shop.declare()
    assert shop.do(DiscardAllHeld(incident)) == {"n": 3}
    assert shop.states() == {OutboxState.DISCARDED: 3}
    assert shop.events("held_discarded_all", incident)[0]["outbox"] == "1-3"
