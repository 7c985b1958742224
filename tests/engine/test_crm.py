"""A case is in the CRM once, whatever happened on the way; and nothing leaves that nobody saw."""

import dataclasses

import pytest

from socialdesk.domain.errors import CommandError
from socialdesk.domain.people.crm import CaseState
from socialdesk.domain.queue.rows import Order, View
from socialdesk.engine.commands import Disconnect, SetPriority, SetSetting, Undo
from socialdesk.engine.commands.crm import (
    CheckCases,
    ChooseRecord,
    LetLookUp,
    LookUpPerson,
    MakeCase,
    MayLeave,
    SettleCase,
    TakeCaseBack,
)
from socialdesk.engine.desk import Notice
from socialdesk.engine.queries import (
    ListAccounts,
    ListMentions,
    PeekUndo,
    ReadAuthor,
    ReadJournal,
)
from socialdesk.engine.queries.crm import ListCrms, ListRecords
from socialdesk.networks.info import Keep
from socialdesk.store.file.sqlite import open_reader
from tests.engine.crm_bench import SUBJECT, CrmBench, StartCrm, crm_bench, start_crm
from tests.fakes import HandClock
from tests.networks.fake_hubspot import FakeHubSpot

__all__ = ["crm_bench", "start_crm"]


def author_of(bench: CrmBench) -> int:
    card = bench.desk.ask(ReadAuthor(bench.mention)).result()
    assert card is not None
    return card.id


def test_a_case_waits_some_seconds_then_is_made_once(crm_bench: CrmBench) -> None:
    crm_bench.make()
    assert crm_bench.case().is_held
    crm_bench.turn(5)
    assert crm_bench.n_there() == 0
    crm_bench.turn(10)
    case = crm_bench.case()
    assert case.state is CaseState.SENT
    assert case.url.startswith("https://app-eu1.hubspot.com/contacts/46001/record/0-5/")
    assert case.remote_state == "New"
    assert crm_bench.n_there() == 1


def test_a_case_taken_back_while_it_waits_never_leaves(crm_bench: CrmBench) -> None:
    case_id = crm_bench.make()
    crm_bench.desk.do(TakeCaseBack(case_id)).result()
    crm_bench.turn(60)
    assert crm_bench.n_there() == 0
    assert crm_bench.cases() == []


def test_undo_takes_a_waiting_case_back_and_goes_past_one_that_left(crm_bench: CrmBench) -> None:
    crm_bench.desk.do(SetPriority((crm_bench.mention,), 1)).result()
    crm_bench.make()
    assert crm_bench.desk.ask(PeekUndo()).result()[0] == "crm_case_made"
    undone = crm_bench.desk.do(Undo()).result()
    assert undone.answer["ids"] == [crm_bench.mention]
    crm_bench.turn(60)
    assert crm_bench.n_there() == 0
    crm_bench.make()
    crm_bench.turn(30)
    assert crm_bench.desk.ask(PeekUndo()).result()[0] == "priority_set"
    crm_bench.desk.do(Undo()).result()
    assert crm_bench.case().state is CaseState.SENT


def test_a_case_that_left_cannot_be_taken_back(crm_bench: CrmBench) -> None:
    case_id = crm_bench.make()
    crm_bench.turn(30)
    with pytest.raises(CommandError):
        crm_bench.desk.do(TakeCaseBack(case_id)).result()
    assert crm_bench.case().state is CaseState.SENT


@pytest.mark.parametrize("keyed", [("tickets", "tasks"), ()])
@pytest.mark.parametrize("kind", ["case", "task"])
def test_silence_after_the_case_was_stored_leaves_one_case(
    start_crm: StartCrm, keyed: tuple[str, ...], kind: str
) -> None:
    bench = start_crm(FakeHubSpot(keyed))
    bench.server.lose_answers()
    bench.make(kind=kind)
    bench.turn(1200)
    assert bench.case().state is CaseState.SENT
    assert bench.n_there() == 1


def test_silence_before_it_was_stored_is_repeated_where_the_key_is_honoured(
    crm_bench: CrmBench,
) -> None:
    crm_bench.server.always_to_writes(504)
    crm_bench.make()
    crm_bench.turn(60)
    assert crm_bench.case().state in (CaseState.UNCERTAIN, CaseState.QUEUED)
    crm_bench.server.recover()
    crm_bench.turn(1200)
    assert crm_bench.case().state is CaseState.SENT
    assert crm_bench.n_there() == 1


def test_without_a_key_a_person_decides_about_the_repeat(start_crm: StartCrm) -> None:
    bench = start_crm(FakeHubSpot(()))
    case_id = bench.make()
    bench.server.always_to_writes(504)
    bench.turn(12)
    bench.server.recover()
    bench.turn(3600)
    case = bench.case()
    assert (case.state, case.next_at) == (CaseState.UNCERTAIN, 0)
    assert bench.n_there() == 0
    bench.desk.do(SettleCase(case_id, is_there=False)).result()
    bench.turn(30)
    assert bench.case().state is CaseState.SENT
    assert bench.n_there() == 1


def test_a_person_may_say_that_it_is_there(start_crm: StartCrm) -> None:
    bench = start_crm(FakeHubSpot(()))
    case_id = bench.make()
    bench.server.always_to_writes(504)
    bench.turn(12)
    bench.server.recover()
    bench.turn(3600)
    with pytest.raises(CommandError):
        bench.desk.do(SettleCase(case_id, True, "javascript:alert(1)")).result()
    bench.desk.do(SettleCase(case_id, True, "https://app.hubspot.com/x")).result()
    bench.turn(600)
    assert bench.case().state is CaseState.SENT
    assert bench.case().url == "https://app.hubspot.com/x"
    assert bench.n_there() == 0


def test_a_restart_on_the_wire_looks_before_anything_is_made(start_crm: StartCrm) -> None:
    clock, server = HandClock(), FakeHubSpot()
    bench = start_crm(server, clock)
    server.lose_answers()
    bench.make()
    bench.turn(12)
    bench.end()
    again = start_crm(server, clock)
    again.desk.crm_pusher.recover()
    again.turn(1200)
    assert again.n_there() == 1


def test_a_full_day_waits_and_goes_on(crm_bench: CrmBench) -> None:
    crm_bench.server.always_to_writes(429, {"policyName": "DAILY"})
    crm_bench.make()
    crm_bench.turn(60)
    case = crm_bench.case()
    assert (case.state, case.reason) == (CaseState.QUEUED, "RateLimitedError")
    assert case.next_at - crm_bench.clock.now > 3600_000
    crm_bench.server.recover()
    crm_bench.turn((case.next_at - crm_bench.clock.now) / 1000 + 5)
    assert crm_bench.case().state is CaseState.SENT
    assert crm_bench.n_there() == 1


def test_a_refused_case_fails_with_its_reason_and_only_a_person_repeats_it(
    crm_bench: CrmBench,
) -> None:
    told: list[Notice] = []
    crm_bench.desk.listen(lambda news: told.append(news) if isinstance(news, Notice) else None)
    crm_bench.server.scopes.remove("tickets")
    case_id = crm_bench.make()
    crm_bench.turn(120)
    case = crm_bench.case()
    assert (case.state, case.reason, case.n_tries) == (CaseState.FAILED, "permission", 1)
    assert "tickets" in case.detail
    assert any(SUBJECT in notice.facts["text"] for notice in told)
    crm_bench.server.scopes.add("tickets")
    crm_bench.turn(600)
    assert crm_bench.n_there() == 0
    crm_bench.desk.do(SettleCase(case_id, is_there=False)).result()
    crm_bench.turn(30)
    assert crm_bench.n_there() == 1


def test_a_dead_key_keeps_the_case_and_stops_only_the_crm(crm_bench: CrmBench) -> None:
    crm_bench.make()
    crm_bench.server.always(401, {})
    crm_bench.turn(60)
    assert crm_bench.case().state is CaseState.QUEUED
    states = {a.network: a.state.value for a in crm_bench.desk.ask(ListAccounts()).result()}
    assert states == {"mastodon": "on", "hubspot": "sign_in"}


def test_two_cases_of_one_mention_are_two(crm_bench: CrmBench) -> None:
    crm_bench.make()
    crm_bench.make("Call them", kind="task")
    crm_bench.turn(60)
    assert (crm_bench.n_there(), crm_bench.n_there("Call them")) == (1, 1)
    assert [c.state for c in crm_bench.cases()] == [CaseState.SENT] * 2


def test_after_a_restore_nothing_leaves_until_a_person_says_so(crm_bench: CrmBench) -> None:
    crm_bench.desk.do(SetSetting("sender", "off")).result()
    crm_bench.make()
    crm_bench.turn(120)
    assert crm_bench.n_there() == 0
    crm_bench.desk.do(SetSetting("sender", "on")).result()
    crm_bench.turn(30)
    assert crm_bench.n_there() == 1


def test_its_words_stay_here_only_until_the_crm_has_them(crm_bench: CrmBench) -> None:
    crm_bench.make()
    crm_bench.turn(30)
    conn = open_reader(crm_bench.desk.backups.parent / "workspace.db")
    assert conn.execute("SELECT body FROM crm_case").fetchall() == [("",)]
    conn.close()
    entries = crm_bench.desk.ask(ReadJournal(kind="crm_case_made")).result()
    assert SUBJECT not in entries[0].data


def test_its_state_is_asked_for_four_times_an_hour_and_on_demand(crm_bench: CrmBench) -> None:
    crm_bench.make()
    crm_bench.turn(30)
    crm_bench.server.close_case(SUBJECT)
    crm_bench.turn(16 * 60)
    assert crm_bench.case().remote_state == "Closed"
    done = crm_bench.desk.do(CheckCases(author_of(crm_bench))).result()
    assert done.answer["n"] == 1


def test_the_crm_is_fetched_nothing_from(crm_bench: CrmBench) -> None:
    crm_bench.turn(3600)
    (crm,) = [a for a in crm_bench.desk.ask(ListAccounts()).result() if a.network == "hubspot"]
    assert crm.watches == ()
    before = len(crm_bench.server.asked)
    crm_bench.turn(3600)
    assert len(crm_bench.server.asked) == before


# --- what may leave ---


def test_a_network_that_forbids_it_lends_nothing_to_a_crm(
    crm_bench: CrmBench, monkeypatch: pytest.MonkeyPatch
) -> None:
    networks = crm_bench.desk.connections.networks
    info = dataclasses.replace(networks["mastodon"].info, keep=Keep(is_exported=False))
    monkeypatch.setattr(type(networks["mastodon"]), "info", info)
    asked = crm_bench.desk.do(MayLeave(crm_bench.mention)).result()
    assert asked.answer["blocked"] == "no_export"
    with pytest.raises(CommandError):
        crm_bench.make()
    before = len(crm_bench.server.asked)
    with pytest.raises(CommandError):
        crm_bench.desk.do(LookUpPerson(author_of(crm_bench), crm_bench.crm, "Ann")).result()
    crm_bench.turn(60)
    assert len(crm_bench.server.asked) == before


def test_a_mention_may_leave_where_nothing_forbids_it(crm_bench: CrmBench) -> None:
    assert crm_bench.desk.do(MayLeave(crm_bench.mention)).result().answer["blocked"] == ""
    with pytest.raises(CommandError):
        crm_bench.desk.do(MayLeave(404)).result()


@pytest.mark.parametrize(
    "change",
    [{"subject": "  "}, {"subject": "s" * 256}, {"body": "b" * 30_001}, {"kind": "deal"},
     {"account_id": 1}, {"account_id": 404}, {"mention_id": 404}],
)  # fmt: skip
def test_what_makes_no_sense_is_refused(crm_bench: CrmBench, change: dict[str, str | int]) -> None:
    right = MakeCase(crm_bench.mention, crm_bench.crm, "case", SUBJECT, "words")
    with pytest.raises(CommandError):
        crm_bench.desk.do(dataclasses.replace(right, **change)).result()  # type: ignore[arg-type]
    assert crm_bench.cases() == []


# --- people ---


def test_nobody_is_looked_up_by_itself_unless_that_is_on(crm_bench: CrmBench) -> None:
    author = author_of(crm_bench)
    by_itself = LookUpPerson(author, crm_bench.crm, "Dana Flint", by_itself=True)
    before = len(crm_bench.server.asked)
    assert crm_bench.desk.do(by_itself).result().answer == {"n": 0, "asked": False}
    assert len(crm_bench.server.asked) == before
    crm_bench.desk.do(LetLookUp(crm_bench.crm, True)).result()
    assert crm_bench.desk.ask(ListCrms()).result()[0].looks_up
    assert crm_bench.desk.do(by_itself).result().answer["asked"]
    asked = len(crm_bench.server.asked)
    assert not crm_bench.desk.do(by_itself).result().answer["asked"]  # once a day
    crm_bench.desk.do(LetLookUp(crm_bench.crm, False)).result()
    crm_bench.clock.advance(2 * 86_400)
    assert not crm_bench.desk.do(by_itself).result().answer["asked"]
    assert len(crm_bench.server.asked) == asked


def test_a_record_a_person_chose_stays_theirs(crm_bench: CrmBench) -> None:
    server, author = crm_bench.server, author_of(crm_bench)
    for address in ("dana@orchard.example", "dana@hill.example"):
        server.add_person("Dana Flint", address)
    look = LookUpPerson(author, crm_bench.crm, "Dana Flint")
    assert crm_bench.desk.do(look).result().answer["n"] == 2
    records = crm_bench.desk.ask(ListRecords(author)).result()
    assert [r.is_chosen for r in records] == [False, False]
    theirs = records[1].record.remote_id
    crm_bench.desk.do(ChooseRecord(author, crm_bench.crm, theirs)).result()
    crm_bench.desk.do(look).result()
    (chosen,) = crm_bench.desk.ask(ListRecords(author)).result()
    assert (chosen.record.remote_id, chosen.is_chosen) == (theirs, True)
    crm_bench.desk.do(ChooseRecord(author, crm_bench.crm, theirs, False)).result()
    assert len(crm_bench.desk.ask(ListRecords(author)).result()) == 2


def test_a_case_of_a_chosen_person_hangs_on_their_record(crm_bench: CrmBench) -> None:
    person = crm_bench.server.add_person("Dana Flint", "dana@orchard.example")
    crm_bench.make(person=person)
    crm_bench.turn(30)
    assert crm_bench.server.case_of(SUBJECT)[1] == person


def test_a_disconnected_crm_keeps_its_cases_readable(crm_bench: CrmBench) -> None:
    crm_bench.make()
    crm_bench.turn(30)
    crm_bench.desk.do(Disconnect(crm_bench.crm)).result()
    assert crm_bench.desk.ask(ListCrms()).result() == []
    assert crm_bench.case().state is CaseState.SENT
    assert crm_bench.desk.ask(ListMentions(View.ALL, "", Order.NEWEST)).result().ids
