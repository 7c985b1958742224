"""Scenario 3: under a lock routine templates are refused by every way, each time with one event."""

import pytest

from socialdesk.domain.errors import CommandError, CommandFault
from socialdesk.domain.replies.reply import OutboxState
from socialdesk.engine.commands import (
    ApproveReply,
    ApproveVersion,
    EditSent,
    SaveTemplate,
    SendNow,
    TakeBack,
    Undo,
)
from socialdesk.engine.commands.answering import Reschedule
from socialdesk.engine.commands.macros import RunMacro, SaveMacro
from socialdesk.engine.queries.crisis import ReadLock
from socialdesk.practice.faults import Fault, Trouble
from tests.crisis.conftest import Shop

WORDS = "Thank you for writing."


def test_scenario_03_a_routine_template_is_refused_and_told_once(shop: Shop):
    version, (mention,) = shop.template(WORDS), shop.mentions(1)
    incident = shop.declare()
    command = shop.reply_command(WORDS, mention=mention, version_id=version)
    refusal = shop.refused(command)
    assert (refusal.code, refusal.facts["t"]) == ("R10", "thanks")
    lock = shop.ask(ReadLock(shop.account()))
    account = refusal.facts["account"]
    assert lock is not None and isinstance(account, str)
    assert account in lock.account
    assert [e["code"] for e in shop.events("refused", incident)] == ["R10"]
    assert shop.outbox() == []


def test_scenario_03_a_light_template_is_refused_for_its_tone(shop: Shop):
    made = shop.do(SaveTemplate("smile", WORDS, "en", tone="light"))
    shop.do(ApproveVersion(made["version_id"], made["hash"]))
    incident = shop.declare(playbook="tragedy")
    refusal = shop.refused(shop.reply_command(WORDS, version_id=made["version_id"]))
    assert refusal.code == "R14"
    assert [e["code"] for e in shop.events("refused", incident)] == ["R14"]


def test_scenario_03_free_text_is_refused(shop: Shop):
    shop.declare()
    assert shop.refused(shop.reply_command("We are sorry.")).code == "R12"


def test_scenario_03_a_retry_of_what_failed_is_refused(shop: Shop):
    version = shop.template(WORDS)
    shop.bench.network.faults.add(
        Fault(Trouble.SERVER_ERROR, "POST", "/api/v1/statuses", status=422)
    )
    reply = shop.reply(WORDS, version_id=version)
    shop.pass_s(15)
    assert shop.state(reply) is OutboxState.FAILED
    incident = shop.declare()
    assert shop.refused(SendNow(reply)).code == "R10"
    assert shop.state(reply) is OutboxState.FAILED
    assert len(shop.events("refused", incident)) == 1


def test_scenario_03_a_macro_is_refused(shop: Shop):
    version, (mention,) = shop.template(WORDS), shop.mentions(1)
    macro = shop.do(SaveMacro("thank", (("reply", "", 1, 0),)))["macro_id"]
    incident = shop.declare()
    refusal = shop.refused(RunMacro(macro, (mention,), text=WORDS, version_id=version))
    assert refusal.code == "R10"
    assert len(shop.events("refused", incident)) == 1


def test_scenario_03_what_is_held_goes_no_other_way(shop: Shop):
    version = shop.template(WORDS)
    reply = shop.reply(WORDS, version_id=version)
    digest = shop.outbox(reply)[0].hash
    shop.declare()
    ways = (
        SendNow(reply), TakeBack(reply), Reschedule(reply, shop.now + 60_000),
        ApproveReply(reply, digest),
    )  # fmt: skip
    assert [shop.refused(way).code for way in ways] == ["R15"] * len(ways)
    with pytest.raises(CommandError) as refusal:  # undo goes past it
        shop.do(Undo())
    assert refusal.value.fault is CommandFault.NOTHING_TO_UNDO
    shop.later(hours=1)
    assert shop.state(reply) is OutboxState.HELD
    assert shop.posts() == []


def test_scenario_03_a_post_that_is_out_gets_no_other_words(shop: Shop):
    reply = shop.reply("We are on it.")
    shop.pass_s(15)
    incident = shop.declare()
    assert shop.refused(EditSent(reply, "We are at it.")).code == "R12"
    assert len(shop.events("refused", incident)) == 1


def test_scenario_03_other_accounts_go_on(shop: Shop):
    """A lock covers its scope and nothing else."""
    shop.declare(accounts=(shop.account() + 1,))
    reply = shop.reply("Thank you, we are looking into it.")
    shop.pass_s(15)
    assert shop.state(reply) is OutboxState.SENT
