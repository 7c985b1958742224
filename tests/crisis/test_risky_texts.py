"""G2 in normal times: a risky text waits for a look, and one's own look waits three minutes."""

from socialdesk.domain.replies.reply import OutboxState
from socialdesk.engine.commands import ApproveReply
from socialdesk.engine.words.phrases import outbox_state
from tests.crisis.conftest import Shop

RISKY = "This was our fault, and we will refund you 500 euros."


def test_a_risky_text_waits_and_says_why(shop: Shop):
    reply = shop.reply(RISKY)
    row = shop.outbox(reply)[0]
    assert row.state is OutboxState.APPROVAL
    said = outbox_state(row)
    assert "it promises money" in said and "liability" in said
    shop.pass_s(60)
    assert shop.posts() == []


def test_ones_own_look_waits_three_minutes(shop: Shop):
    reply = shop.reply(RISKY)
    look = ApproveReply(reply, shop.outbox(reply)[0].hash)
    shop.pass_s(60)
    refusal = shop.refused(look)
    assert (refusal.code, refusal.facts["m"], refusal.facts["s"]) == ("R28", 2, 0)
    shop.pass_s(120)
    shop.do(look)
    shop.pass_s(15)
    assert shop.state(reply) is OutboxState.SENT


def test_how_long_it_waits_is_a_setting_and_holds_at_once(shop: Shop):
    reply = shop.reply(RISKY)
    look = ApproveReply(reply, shop.outbox(reply)[0].hash)
    shop.set("crisis_risk_look_min", "10")
    shop.pass_s(180)
    assert shop.refused(look).facts["m"] == 7
    shop.set("crisis_risk_look_min", "1")
    shop.do(look)


def test_no_setting_switches_it_off(shop: Shop):
    shop.set("policy", "free")
    shop.set("risk_money", "1000000")
    shop.set("risk_reach", "0")
    assert shop.state(shop.reply(RISKY)) is OutboxState.APPROVAL


def test_the_limit_of_money_is_a_setting(shop: Shop):
    one, two = shop.mentions(2)
    assert shop.state(shop.reply("We refund you 40 euros.", mention=one)) is OutboxState.HELD
    shop.set("risk_money", "30")
    assert shop.state(shop.reply("We refund you 40 euros.", mention=two)) is OutboxState.APPROVAL
