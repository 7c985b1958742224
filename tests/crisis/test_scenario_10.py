"""10. In pair mode somebody else looks; and a change of the team mode stands in the report."""

import pytest

from socialdesk.domain.account import Secret
from socialdesk.domain.errors import CommandError, CommandFault
from socialdesk.engine.accounts.secrets import NoKeyring, Owner
from socialdesk.engine.after_action.markdown import markdown_of
from socialdesk.engine.commands import AddPerson, BePerson
from socialdesk.engine.commands.crisis import ChangeIncident
from socialdesk.engine.commands.statements import GiveLook, PublishStatement, SetPin
from socialdesk.engine.queries.crisis import ListStatements, ReadAfterAction
from socialdesk.engine.words.messages import sentence
from socialdesk.practice.brand import account_secret
from tests.crisis.conftest import Answer, Shop
from tests.crisis.steps import YES

PINS = {1: "314159", 2: "271828"}


class Keyring(NoKeyring):
    """Keeps what belongs to people, in memory."""

    def __init__(self) -> None:
        super().__init__(account_secret())
        self.kept: dict[Owner, Secret] = {}

    def read(self, owner: Owner) -> Secret | None:
        return self.kept.get(owner) or super().read(owner)

    def keep(self, owner: Owner, secret: Secret, *, session_only: bool = False) -> None:
        self.kept[owner] = secret

    def forget(self, owner: Owner) -> None:
        self.kept.pop(owner, None)


@pytest.fixture
def pair(shop: Shop) -> Shop:
    """Two people, each with a PIN; the first one is at the keys."""
    shop.desk.connections.secrets = Keyring()
    shop.do(AddPerson("Ben"))
    shop.do(BePerson(1))
    for person, pin in PINS.items():
        shop.do(SetPin(person, pin))
    shop.set("team_mode", "pair")
    return shop


def look_of(made: Answer, person: int, pin: str = "") -> GiveLook:
    return GiveLook(
        "statement", made["version_id"], made["hash"], "person_here", person, pin or PINS[person],
        answers=YES,
    )  # fmt: skip


def test_scenario_10_the_author_is_nobody_else(pair: Shop) -> None:
    pair.declare(severity=1)
    made = pair.statement(1)
    pair.clock.advance(900)
    refusal = pair.refused(look_of(made, 1))
    assert refusal.code == "R29"
    assert sentence(refusal).text == (
        "Owner wrote this text. In pair mode somebody else gives the second look."
    )
    alone = GiveLook("statement", made["version_id"], made["hash"], "self_cooldown", answers=YES)
    assert pair.refused(alone).code == "R29"


def test_scenario_10_another_persons_pin_is_two_people(pair: Shop) -> None:
    pair.declare(severity=1)
    made = pair.statement(1)
    with pytest.raises(CommandError) as error:
        pair.do(look_of(made, 2, "000000"))
    assert (error.value.fault, error.value.facts["why"]) == (CommandFault.PIN, "wrong")
    assert pair.refused(PublishStatement(made["version_id"])).code == "R25"
    pair.do(look_of(made, 2))
    (version,) = pair.ask(ListStatements(1))[0].versions
    assert [(look.kind, look.person) for look in version.standing] == [("person_here", "Ben")]
    assert len(pair.do(PublishStatement(made["version_id"]))["outbox"]) == 1
    assert not any(pin in str(pair.events()) for pin in PINS.values())


def test_scenario_10_the_author_alone_breaks_the_glass_in_the_worst_case_only(pair: Shop) -> None:
    incident = pair.declare(severity=2)
    pair.confirm_facts(incident, "holding")
    made = pair.statement(incident)
    alone = PublishStatement(made["version_id"], "Ben cannot be reached and people are hurt.")
    with pytest.raises(CommandError) as error:
        pair.do(alone)
    assert error.value.facts["what"] == "skip_reason"
    pair.do(ChangeIncident(incident, "severity", "1", "somebody is hurt"))
    assert pair.refused(PublishStatement(made["version_id"])).code == "R25"
    assert len(pair.do(alone)["outbox"]) == 1
    pair.pass_s(30)
    assert len(pair.posts()) == 1
    (skipped,) = pair.events("check_skipped", incident)
    assert skipped["codes"] == ["R25"]
    (version,) = pair.ask(ListStatements(incident))[0].versions
    assert version.standing == ()  # nobody looked, and nothing says that somebody did


def test_scenario_10_an_own_look_of_solo_is_none_once_two_decide(pair: Shop) -> None:
    pair.set("team_mode", "solo")
    pair.declare(severity=1)
    pair.confirm_facts(1, "holding")
    made = pair.statement(1)
    pair.look("statement", made["version_id"], made["hash"], rest_s=900)
    pair.set("team_mode", "pair")
    assert pair.refused(PublishStatement(made["version_id"])).code == "R25"
    pair.do(look_of(made, 2))
    assert len(pair.do(PublishStatement(made["version_id"]))["outbox"]) == 1


def test_scenario_10_a_pin_removed_without_being_typed_stands_in_the_report(pair: Shop) -> None:
    pair.declare(severity=1)
    pair.do(SetPin(2, "", reason="Ben is not here and we must go on"))
    (removed,) = pair.events("pin_removed")
    assert (removed["of"], removed["name"]) == (2, "Ben")
    report = pair.ask(ReadAfterAction(1))
    assert report is not None
    assert "The PIN of Ben was removed without the old one" in markdown_of(report)


def test_scenario_10_a_change_to_solo_in_the_incident_stands_in_the_report(pair: Shop) -> None:
    pair.declare(severity=1)
    pair.set("team_mode", "solo")
    (changed,) = [event for event in pair.events("incident_changed") if event["field"] == "mode"]
    assert (changed["before"], changed["after"]) == ("pair", "solo")
    report = pair.ask(ReadAfterAction(1))
    assert report is not None
    assert "Team mode" in markdown_of(report) and "solo" in markdown_of(report)
