"""Who left the team: named where they worked, chosen for nothing, and brought back."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from socialdesk.domain.errors import CommandError, CommandFault, CredentialError, CredentialFault
from socialdesk.domain.mentions.status import Status
from socialdesk.domain.people.duty import DutyRow
from socialdesk.domain.queue.rows import View
from socialdesk.domain.rules.rule import Action, Do, Field
from socialdesk.engine.commands import (
    AddNote,
    AddPerson,
    Assign,
    BePerson,
    Command,
    SetSetting,
    SetStatus,
)
from socialdesk.engine.commands.crisis import ChangeIncident, Declare, SaveTask
from socialdesk.engine.commands.macros import RunMacro, SaveMacro
from socialdesk.engine.commands.rules import SaveRule, SetRuleOn
from socialdesk.engine.commands.statements import GiveLook, PrepareLine, SetPin
from socialdesk.engine.commands.workspace import BringBackPerson, PutAwayPerson
from socialdesk.engine.inline import InlineDesk
from socialdesk.engine.outside import Outside
from socialdesk.engine.queries import ListPeople, ReadDetail, ReadJournal, ReadRows
from socialdesk.engine.queries.people import ReadDuties
from socialdesk.engine.queries.readiness import ListQuietLines
from socialdesk.engine.words.messages import sentence
from socialdesk.networks import http
from socialdesk.store.rules import rules
from tests.engine.conftest import Bench
from tests.engine.keyring import Keyring
from tests.fakes import HandClock
from tests.rule_makers import a_rule, is_

OWNER, BOTA = 1, 2
PIN = "240613"


@pytest.fixture
def team(bench: Bench) -> Bench:
    bench.desk.do(AddPerson("Bota")).result()
    return bench


def refused(desk: InlineDesk, command: Command) -> str:
    """Why, of CommandFault.PERSON."""
    with pytest.raises(CommandError) as error:
        desk.do(command).result()
    assert error.value.fault is CommandFault.PERSON and sentence(error.value).next_step
    return str(error.value.facts["why"])


def offered(desk: InlineDesk) -> list[str]:
    return [person.name for person in desk.ask(ListPeople()).result()]


def test_they_are_chosen_no_more_and_their_name_stays(team: Bench) -> None:
    desk, mention = team.desk, team.rows(View.ALL)[0].id
    desk.do(BePerson(BOTA)).result()
    desk.do(AddNote(mention, "Called them.")).result()
    desk.do(BePerson(OWNER)).result()
    desk.do(PutAwayPerson(BOTA)).result()
    assert offered(desk) == ["Owner"]
    everybody = desk.ask(ListPeople(with_put_away=True)).result()
    assert [(p.name, p.is_put_away) for p in everybody] == [("Bota", True), ("Owner", False)]
    detail = desk.ask(ReadDetail(mention)).result()
    assert detail is not None
    (note,) = detail.notes
    assert note.person == "Bota"
    for command in (
        BePerson(BOTA), Assign((mention,), BOTA), PutAwayPerson(BOTA), SetPin(BOTA, PIN),
        SetSetting("here", str(BOTA)), Declare("Tills", "outage", 3, commander=BOTA),
        Declare("Tills", "outage", 3, commander=OWNER, roles=(("scribe", BOTA),)),
    ):  # fmt: skip
        assert refused(desk, command) == "away", command
    assert refused(desk, AddPerson(" bota ")) == "name"


def test_what_waits_for_them_is_nobodys_and_what_is_done_keeps_their_name(team: Bench) -> None:
    desk, rows = team.desk, team.rows(View.ALL)
    waits, over = rows[0].id, rows[1].id
    desk.do(Assign((waits, over), BOTA)).result()
    desk.do(SetStatus((over,), Status.DONE.value)).result()
    assert desk.ask(ReadDuties(BOTA)).result() == DutyRow(n_mentions=1)
    desk.do(PutAwayPerson(BOTA)).result()
    found = {row.id: row.assignee for row in desk.ask(ReadRows((waits, over))).result()}
    assert found == {waits: "", over: "Bota"}
    (entry,) = desk.ask(ReadJournal(kind="person_put_away")).result()
    assert json.loads(entry.data) == {
        "person": BOTA, "name": "Bota", "n": 1, "ids": [waits], "tasks": [],
    }  # fmt: skip


def test_they_are_brought_back(team: Bench) -> None:
    desk = team.desk
    desk.do(PutAwayPerson(BOTA)).result()
    desk.do(BringBackPerson(BOTA)).result()
    desk.do(BePerson(BOTA)).result()
    assert offered(desk) == ["Bota", "Owner"]
    assert len(desk.ask(ReadJournal(kind="person_brought_back")).result()) == 1
    for nobody in (BOTA, 9):
        with pytest.raises(CommandError) as error:
            desk.do(BringBackPerson(nobody)).result()
        assert error.value.fault is CommandFault.NOT_FOUND


def test_who_is_at_the_keys_and_the_only_one_stay(team: Bench) -> None:
    assert refused(team.desk, PutAwayPerson(OWNER)) == "here"
    team.desk.do(PutAwayPerson(BOTA)).result()
    assert refused(team.desk, PutAwayPerson(OWNER)) == "last"
    assert offered(team.desk) == ["Owner"]


def test_the_usual_person_is_not_at_the_keys_again_by_a_default(team: Bench) -> None:
    team.desk.do(BePerson(BOTA)).result()
    team.desk.do(PutAwayPerson(OWNER)).result()
    assert refused(team.desk, SetSetting("here", "")) == "away"


def test_a_role_in_an_open_incident_is_given_on_first_and_tasks_are_nobodys(team: Bench) -> None:
    desk = team.desk
    asked = Declare("Tills are down", "outage", 3, commander=OWNER, roles=(("scribe", BOTA),))
    incident = int(desk.do(asked).result().answer["incident_id"])
    made = desk.do(SaveTask(incident, 0, "Buy a spare till", BOTA, 1_800_000_000_000)).result()
    task = int(made.answer["task_id"])
    assert refused(desk, PutAwayPerson(BOTA)) == "role"
    assert desk.ask(ReadDuties(BOTA)).result().incident.startswith("INC-")
    desk.do(ChangeIncident(incident, "role:scribe", str(OWNER), "Bota leaves")).result()
    assert desk.ask(ReadDuties(BOTA)).result() == DutyRow(n_tasks=1)
    desk.do(PutAwayPerson(BOTA)).result()
    assert desk.ask(ReadDuties(BOTA)).result() == DutyRow()
    assert refused(desk, SaveTask(incident, task, "Buy a spare till", BOTA)) == "away"
    assert refused(desk, ChangeIncident(incident, "role:scribe", str(BOTA), "Back?")) == "away"


def test_what_they_did_in_a_review_keeps_their_name(team: Bench) -> None:
    desk = team.desk
    asked = Declare("Tills are down", "outage", 3, commander=OWNER)
    incident = int(desk.do(asked).result().answer["incident_id"])
    made = desk.do(SaveTask(incident, 0, "Buy a till", BOTA, 1, is_done=True)).result()
    desk.do(PutAwayPerson(BOTA)).result()
    kept = SaveTask(incident, int(made.answer["task_id"]), "Buy two tills", BOTA, 1, is_done=True)
    assert desk.do(kept).result().seq  # they stay the owner of what they did


def test_a_rule_leaves_its_mentions_with_nobody_and_a_macro_is_refused(team: Bench) -> None:
    desk, mention = team.desk, team.rows(View.ALL)[0].id
    rule = a_rule(is_(Field.REACH, 0, -1), then=(Action(Do.ASSIGN, BOTA),), id=0)
    parts = rules.texts(rule)
    saved = desk.do(SaveRule("To Bota", *parts)).result().answer
    desk.do(SetRuleOn(saved["rule_id"], True, is_sure=True)).result()
    made = desk.do(SaveMacro("To Bota", (("assign", "", BOTA, 0),))).result().answer
    duty = desk.ask(ReadDuties(BOTA)).result()
    assert (duty.n_rules, duty.n_macros) == (1, 1)
    desk.do(PutAwayPerson(BOTA)).result()
    before = {row.id for row in team.rows(View.ALL)}
    team.turn(300)
    new = [row for row in team.rows(View.ALL) if row.id not in before]
    assert new and not any(row.assignee for row in new)
    assert refused(desk, RunMacro(made["macro_id"], (mention,))) == "away"
    with pytest.raises(CommandError) as error:
        desk.do(SaveRule("To Bota", *parts)).result()
    assert error.value.facts["code"] == "gone_assign"


def test_they_give_no_second_look(team: Bench) -> None:
    desk = team.desk
    line = desk.ask(ListQuietLines()).result()[0]
    desk.do(PutAwayPerson(BOTA)).result()
    prepared = desk.do(PrepareLine(0, line.playbook, line.line, line.lang)).result().answer
    look = GiveLook("line", int(prepared["line_id"]), str(prepared["hash"]), "person_here",
                    person=BOTA, pin=PIN)  # fmt: skip
    assert refused(desk, look) == "away"


@pytest.fixture
def keyring() -> Keyring:
    return Keyring()


@pytest.fixture
def desk(tmp_path: Path, keyring: Keyring) -> Iterator[InlineDesk]:
    outside = Outside({}, http.session, lambda name: keyring)
    made = InlineDesk(tmp_path / "w.db", tmp_path / "backups", HandClock(), outside)
    made.do(AddPerson("Bota")).result()
    made.do(SetPin(BOTA, PIN)).result()
    yield made
    made.close()


def test_their_pin_goes_and_everybody_can_see_it(desk: InlineDesk, keyring: Keyring) -> None:
    assert desk.ask(ReadDuties(BOTA)).result().has_pin
    desk.do(PutAwayPerson(BOTA)).result()
    assert not keyring.kept
    (entry,) = desk.ask(ReadJournal(kind="pin_removed")).result()
    assert json.loads(entry.data)["name"] == "Bota" and json.loads(entry.data)["reason"]
    desk.do(BringBackPerson(BOTA)).result()
    assert not desk.ask(ReadDuties(BOTA)).result().has_pin


def test_a_keyring_out_of_reach_changes_nothing(desk: InlineDesk, keyring: Keyring) -> None:
    keyring.fault = CredentialFault.LOCKED
    with pytest.raises(CredentialError):
        desk.do(PutAwayPerson(BOTA)).result()
    assert offered(desk) == ["Bota", "Owner"]
    desk.do(AddPerson("Dana")).result()
    desk.do(PutAwayPerson(3)).result()  # who has no PIN needs no keyring
    assert offered(desk) == ["Bota", "Owner"]
