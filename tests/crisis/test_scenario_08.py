"""8. Two checks from one source count once, and posts alone confirm nothing."""

import pytest

from socialdesk.engine.commands.crisis import ChangeIncident
from socialdesk.engine.commands.statements import CheckFact, GiveLook, PublishStatement, SaveFact
from socialdesk.engine.queries.crisis import ListFacts, ListStatements
from socialdesk.engine.words.messages import sentence
from tests.crisis.conftest import REST_S, Answer, Shop

CLAIM = "Nobody's money was taken twice."


def a_fact(shop: Shop, *checks: tuple[str, str]) -> int:
    """Checks: (source kind, source), each says yes."""
    made = shop.do(SaveFact(1, question="Was money taken twice?", claim=CLAIM))["fact_id"]
    for kind, source in checks:
        shop.do(CheckFact(made, kind, source, "yes"))
    return int(made)


def state(shop: Shop, fact: int) -> str:
    (found,) = [row for row in shop.ask(ListFacts(1)) if row.id == fact]
    return found.state


def serious(shop: Shop, fact: int) -> Answer:
    return shop.statement(1, "serious", text=f"We looked. {CLAIM}", values=(), facts=(fact,))


def a_look(made: Answer) -> GiveLook:
    return GiveLook("statement", made["version_id"], made["hash"], "person_away", how="Dana, SMS")


def test_scenario_08_three_checks_from_two_sources_are_two(shop: Shop) -> None:
    shop.declare(severity=1)
    fact = a_fact(shop, ("system", "the bank's log"), ("person", "Cem"), ("document", "cem "))
    made = serious(shop, fact)
    for command in (a_look(made), PublishStatement(made["version_id"])):
        refusal = shop.refused(command)
        assert (refusal.code, refusal.facts["k"], refusal.facts["n"]) == ("R24", 2, 3)
        assert sentence(refusal).text == (
            f"«{CLAIM}» has 2 of 3 independent checks. Two checks from one source count once."
        )
    shop.do(CheckFact(fact, "authority", "the bank", "yes"))
    assert state(shop, fact) == "confirmed"
    shop.do(a_look(made))
    assert len(shop.do(PublishStatement(made["version_id"]))["outbox"]) == 1


def test_scenario_08_two_posts_confirm_nothing(shop: Shop) -> None:
    shop.declare(severity=2)
    fact = a_fact(shop, ("post", "a customer"), ("post", "another customer"))
    assert state(shop, fact) == "open"
    assert shop.refused(a_look(serious(shop, fact))).code == "R23"
    shop.do(CheckFact(fact, "seen", "the screen", "yes"))
    assert state(shop, fact) == "confirmed"


def test_scenario_08_under_a_worse_severity_an_approval_ends_sooner(shop: Shop) -> None:
    """Given under SEV2, for twelve hours; SEV1 gives it four."""
    incident = shop.declare(severity=2)
    (mention,) = shop.mentions(1)
    shop.confirm_facts(incident, "holding")
    made = shop.statement(incident)
    shop.look("statement", made["version_id"], made["hash"], rest_s=REST_S)
    shop.approved_line("common/ack", incident)
    shop.pass_s(5 * 3_600)
    assert looks_of(shop, made) == [("", 12)]
    shop.do(ChangeIncident(incident, "severity", "1", "somebody is hurt"))
    assert looks_of(shop, made) == [("old", 4)]
    command = shop.line_command("common/ack", mention, incident)
    refused = shop.refused(command)
    assert (refused.code, refused.facts["h"]) == ("R27", 4)
    shop.do(ChangeIncident(incident, "severity", "2", "nobody is"))
    shop.do(command)


def looks_of(shop: Shop, made: Answer) -> list[tuple[str, int]]:
    """Why each counts no more, and for how many hours it was given."""
    (row,) = shop.ask(ListStatements(1))
    (version,) = [v for v in row.versions if v.version_id == made["version_id"]]
    return [(look.ended, (look.ends_at - look.at) // 3_600_000) for look in version.looks]


@pytest.mark.parametrize(("before", "after"), [(2, "confirmed"), (1, "open")])
def test_scenario_08_a_worse_severity_asks_for_more(shop: Shop, before: int, after: str) -> None:
    """The same two checks."""
    shop.declare(severity=2)
    fact = a_fact(shop, ("seen", "the screen"), ("system", "the log"))
    shop.do(ChangeIncident(1, "severity", str(before), "we know more now"))
    assert state(shop, fact) == after
