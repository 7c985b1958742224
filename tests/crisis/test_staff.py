"""An employee who speaks up under a lock gets no public reply: section 7 of the specification."""

from dataclasses import replace

import pytest

from socialdesk.domain.account import Can
from socialdesk.domain.crisis.incident import IncidentState
from socialdesk.domain.errors import CommandError, CommandFault
from socialdesk.domain.replies.reply import OutboxState
from socialdesk.engine.commands.crisis import DecideHeld, Suspect
from socialdesk.engine.commands.statements import PrepareLine, PublishStatement, SaveStatement
from socialdesk.engine.queries import ListAccounts
from socialdesk.engine.queries.crisis import ReadLock
from socialdesk.engine.words.messages import sentence
from socialdesk.store import accounts
from tests.crisis.conftest import REST_S, Answer, Shop

WORDS = "Dear colleague, we read this."


def oneoff(shop: Shop, mention: int, incident: int) -> SaveStatement:
    return SaveStatement(incident, "oneoff", "en", text=WORDS, accounts=(shop.account(),),
                         mention_id=mention)  # fmt: skip


def saved(shop: Shop, mention: int, incident: int) -> Answer:
    """Own words for them, with their second look."""
    made = shop.do(oneoff(shop, mention, incident))
    shop.look("statement", made["version_id"], made["hash"], rest_s=REST_S)
    return made


def test_no_line_goes_to_staff_and_the_refusal_says_what_to_do(shop: Shop) -> None:
    incident = shop.declare()
    mention, other = shop.mentions(2)
    shop.approved_line("common/ack", incident)
    shop.link(incident, mention, category="staff")
    error = shop.refused(shop.line_command("common/ack", mention, incident))
    code = shop.incident(incident).code
    assert sentence(error).text == (
        f"An employee wrote this. While {code} is open they get no public answer: talk to them in "
        "person, or write to them alone."
    )
    assert [e["code"] for e in shop.events("refused", incident)] == ["R16"]
    lock = shop.ask(ReadLock(shop.account(), mention))
    assert lock is not None and lock.is_staff
    shop.do(shop.line_command("common/ack", other, incident))
    shop.pass_s(30)
    assert len(shop.posts()) == 1


def test_a_line_to_them_alone_goes_out(shop: Shop) -> None:
    incident = shop.declare()
    (mention,) = shop.mentions(1)
    shop.approved_line("common/ack", incident)
    shop.link(incident, mention, category="staff")
    command = shop.line_command("common/ack", mention, incident)
    sent = shop.do(replace(command, visibility="direct"))["outbox_id"]
    shop.pass_s(30)
    assert shop.state(sent) is OutboxState.SENT


def test_where_no_reply_is_private_asking_for_one_is_no_way_round(shop: Shop) -> None:
    """Most networks take no audience for a reply and post it for everybody."""
    incident = shop.declare()
    (mention,) = shop.mentions(1)
    shop.approved_line("common/ack", incident)
    shop.link(incident, mention, category="staff")
    command = replace(shop.line_command("common/ack", mention, incident), visibility="direct")
    account = shop.ask(ListAccounts())[0]
    assert account.card is not None
    card = replace(account.card, can=account.card.can & ~Can.VISIBILITY)
    shop.desk._writer.submit(lambda tx: accounts.set_card(tx, account.id, card)).result()
    with pytest.raises(CommandError) as refusal:
        shop.do(command)
    assert (refusal.value.fault, refusal.value.facts) == (
        CommandFault.BAD_INPUT, {"what": "direct"},
    )  # fmt: skip
    assert shop.refused(replace(command, visibility="public")).code == "R16"
    shop.pass_s(30)
    assert shop.posts() == []


def test_own_words_with_a_second_look_do_not_go_either(shop: Shop) -> None:
    incident = shop.declare()
    (mention,) = shop.mentions(1)
    made = saved(shop, mention, incident)
    shop.link(incident, mention, category="staff")
    assert shop.refused(PublishStatement(made["version_id"])).code == "R16"
    assert shop.refused(oneoff(shop, mention, incident)).code == "R16"
    shop.link(incident, mention, category="question")  # it was no employee
    assert len(shop.do(PublishStatement(made["version_id"]))["outbox"]) == 1


def test_breaking_the_glass_is_no_way_round(shop: Shop) -> None:
    incident = shop.declare(severity=1, playbook="recall")
    (mention,) = shop.mentions(1)
    reason = "Somebody fell ill and nobody else is here."
    shop.do(PrepareLine(incident, "recall", "harm", "en", skip_reason=reason))
    shop.link(incident, mention, category="staff")
    harm = shop.line_command("recall/harm", mention, incident, contact="help@tuliprye.example")
    assert shop.refused(harm).code == "R16"
    shop.link(incident, mention, category="safety")  # what counts is that somebody is hurt
    shop.do(harm)


def test_what_was_on_its_way_is_held_and_a_look_does_not_free_it(shop: Shop) -> None:
    incident = shop.declare()
    (mention,) = shop.mentions(1)
    sent = shop.line("common/ack", mention, incident)  # ten seconds of undo
    shop.link(incident, mention, category="staff")
    shop.pass_s(30)
    assert shop.state(sent) is OutboxState.HELD
    assert shop.events("refused", incident)[-1]["code"] == "R16"
    shop.look("reply", sent, shop.outbox(sent)[0].hash, rest_s=REST_S)
    shop.do(DecideHeld(sent, "keep"))
    shop.pass_s(30)
    assert (shop.state(sent), shop.posts()) == (OutboxState.HELD, [])


def test_without_a_lock_staff_are_answered_as_anybody(shop: Shop) -> None:
    """Suspicion locks nothing."""
    (mention,) = shop.mentions(1)
    incident = int(shop.do(Suspect())["incident_id"])
    shop.link(incident, mention, category="staff")
    assert shop.incident(incident).state is IncidentState.SUSPECTED
    sent = shop.reply("Thank you for telling us.", mention=mention)
    shop.pass_s(30)
    assert shop.state(sent) is OutboxState.SENT
