"""7. A fact that turns out false, or open, stops what leans on it and readies a correction."""

import pytest

from socialdesk.domain.crisis.crisis_rows import StatementRow
from socialdesk.domain.replies.reply import OutboxState
from socialdesk.engine.commands import SendReply
from socialdesk.engine.commands.crisis import ChangeIncident
from socialdesk.engine.commands.statements import (
    CheckFact,
    GiveLook,
    PrepareLine,
    PublishStatement,
    SaveFact,
)
from socialdesk.engine.queries.crisis import ListFacts, ListStatements, ReadWarRoom
from tests.crisis.conftest import REST_S, Answer, Shop

CLAIM = "The cause is a broken cable in our own house."
TEXT = f"We are sorry. {CLAIM} It is being mended now."


@pytest.fixture
def fact(shop: Shop) -> int:
    """A confirmed one, in a small incident."""
    shop.declare(severity=3)
    made = shop.do(SaveFact(1, question="Why?", claim=CLAIM))["fact_id"]
    for source in ("the electrician", "the log"):
        shop.do(CheckFact(made, "document", source, "yes"))
    return int(made)


def approved(shop: Shop, fact: int) -> Answer:
    made = shop.statement(1, "serious", text=TEXT, values=(), facts=(fact,))
    shop.do(GiveLook("statement", made["version_id"], made["hash"], "person_away", how="Dana, SMS"))
    return made


def turn(shop: Shop, fact: int, state: str) -> Answer:
    """The fact is `state` now."""
    if state == "false":
        return shop.do(SaveFact(1, fact, claim=CLAIM, state="false"))
    return shop.do(CheckFact(fact, "authority", "the fire service", "no"))


@pytest.mark.parametrize("state", ["false", "open"])
def test_scenario_07_what_waits_in_the_outbox_is_held_and_never_sent(
    shop: Shop, fact: int, state: str
) -> None:
    made = approved(shop, fact)
    (row,) = shop.do(PublishStatement(made["version_id"]))["outbox"]
    answer = turn(shop, fact, state)
    assert (answer["state"], answer["held"], answer["ended"]) == (
        state,
        [row],
        [made["version_id"]],
    )
    shop.pass_s(600)
    (kept,) = shop.outbox(row)
    assert (kept.state, kept.reason) == (OutboxState.HELD, "R27")
    assert TEXT not in shop.posts()
    assert shop.events("approval_ended")[0]["why"] == f"fact:{fact}:{state}"
    assert shop.events("statement_published") == []


def test_scenario_07_a_worse_severity_asks_for_more_checks_and_stops_what_leans_on_the_fact(
    shop: Shop, fact: int
) -> None:
    made = approved(shop, fact)
    (row,) = shop.do(PublishStatement(made["version_id"]))["outbox"]
    shop.do(ChangeIncident(1, "severity", "1", "It hurts people"))
    (kept,) = shop.outbox(row)
    assert (kept.state, kept.reason) == (OutboxState.HELD, "R27")
    assert shop.events("approval_ended")[0]["why"] == f"fact:{fact}:open"
    shop.do(ChangeIncident(1, "severity", "2", "It did not"))  # confirmed again, looked at by none
    assert shop.refused(PublishStatement(made["version_id"])).code == "R27"
    shop.pass_s(600)
    assert TEXT not in shop.posts()


def test_scenario_07_after_it_is_confirmed_again_the_text_still_needs_a_new_look(
    shop: Shop, fact: int
) -> None:
    made = approved(shop, fact)
    (row,) = shop.do(PublishStatement(made["version_id"]))["outbox"]
    turn(shop, fact, "open")
    assert shop.refused(PublishStatement(made["version_id"])).code == "R23"
    shop.do(CheckFact(fact, "authority", "the fire service", "yes"))
    refusal = shop.refused(PublishStatement(made["version_id"]))
    assert (refusal.code, refusal.facts["why"], refusal.facts["state"]) == ("R27", "fact", "open")
    shop.do(GiveLook("statement", made["version_id"], made["hash"], "person_away", how="Dana, SMS"))
    assert shop.do(PublishStatement(made["version_id"]))["outbox"] == [row]
    shop.pass_s(30)
    assert shop.posts().count(TEXT) == 1


def test_scenario_07_what_is_out_is_listed_with_a_ready_correction(shop: Shop, fact: int) -> None:
    made = approved(shop, fact)
    shop.do(PublishStatement(made["version_id"]))
    shop.pass_s(30)
    assert TEXT in shop.posts()
    (version_id,) = turn(shop, fact, "false")["corrections"]
    (found,) = [row for row in shop.ask(ListFacts(1)) if row.id == fact]
    assert (found.leaning, found.sentences) == ((made["version_id"],), (CLAIM,))
    ready = correction(shop)
    (draft,) = ready.versions
    assert (draft.version_id, ready.supersedes_id) == (version_id, made["statement_id"])
    assert CLAIM.rstrip(".") in draft.text and "{right}" in draft.text
    board = shop.ask(ReadWarRoom(1))
    assert board is not None and board.n_loose == 1
    assert turn(shop, fact, "open")["corrections"] in ([], [version_id])  # none is made twice
    assert correction(shop).id == ready.id


def correction(shop: Shop) -> StatementRow:
    (found,) = [row for row in shop.ask(ListStatements(1)) if row.kind == "correction"]
    return found


def test_scenario_07_a_line_with_a_claim_ends_with_its_fact(shop: Shop, fact: int) -> None:
    shop.first_statement(1)
    made = shop.do(PrepareLine(1, "outage", "back", "en", (fact,)))
    shop.look("line", made["line_id"], made["hash"], rest_s=REST_S)
    command = SendReply(
        shop.mentions()[0], made["text"].replace("{name}", "Ann"), is_sure=True, lang="en",
        line="outage/back", values=(("name", "Ann"),), facts=(fact,),
    )  # fmt: skip
    row = shop.do(command)["outbox_id"]
    assert turn(shop, fact, "false")["held"] == [row]
    shop.pass_s(60)
    assert shop.state(row) is OutboxState.HELD
    assert not any("it works again" in post for post in shop.posts())
