"""A case of which nobody knows whether its CRM has it: looked for, and never two of it."""

from typing import Any

import pytest

from socialdesk.domain.errors import StoreError, StoreFault, UnreachableError
from socialdesk.domain.people.crm import CaseState, CrmCase, CrmPushed
from socialdesk.engine.commands import SetSetting
from socialdesk.engine.commands.crm import SettleCase
from socialdesk.engine.fate import LONGEST_PAUSE_S
from socialdesk.networks.hubspot import connector
from socialdesk.networks.hubspot.connector import HubSpotConnector
from socialdesk.store.crm import crm_cases
from tests.conftest import ExpectLog
from tests.engine.crm_bench import SUBJECT, CrmBench, StartCrm, crm_bench, start_crm
from tests.fakes import HandClock
from tests.networks.fake_hubspot import FakeHubSpot

__all__ = ["crm_bench", "start_crm"]

S = CaseState
NOT_KEPT = "what became of it could not be kept"
KEPT_S = 3 * 3600  # for so long the CRM knows a key here
LOOKED_S = 700.0  # after that nothing is looked for any more
SILENCE = UnreachableError("silence", maybe_done=True)
NO_ROUTE = UnreachableError("no route", maybe_done=False)


@pytest.fixture
def forgetful(start_crm: StartCrm, monkeypatch: pytest.MonkeyPatch) -> CrmBench:
    """Its CRM knows a key for KEPT_S."""
    monkeypatch.setattr(connector, "REPEAT_SAFE_S", KEPT_S)
    return start_crm()


def ends_with(monkeypatch: pytest.MonkeyPatch, *errors: UnreachableError) -> list[str]:
    """One push after the other ends with one of `errors`, and makes the case where that leaves it
    open; then they go well. The subjects of the pushes."""
    plain, left, pushed = HubSpotConnector.push, list(errors), list[str]()

    def push(self: HubSpotConnector, case: CrmCase) -> CrmPushed:
        pushed.append(case.subject)
        error = left.pop(0) if left else None
        if error is not None and not error.maybe_done:
            raise error
        made = plain(self, case)
        if error is not None:
            raise error
        return made

    monkeypatch.setattr(HubSpotConnector, "push", push)
    return pushed


def is_not_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is there is not found (its search lags)."""
    monkeypatch.setattr(HubSpotConnector, "find_case", lambda self, case: None)


def full(*_: Any, **__: Any) -> int:
    raise StoreError(StoreFault.FULL, "no room")


def test_a_repeat_that_waited_until_its_key_is_forgotten_is_a_persons(
    forgetful: CrmBench, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It was made, and is not shown; its repeat waits while sending is off."""
    pushed = ends_with(monkeypatch, SILENCE, NO_ROUTE)
    is_not_shown(monkeypatch)
    case_id = forgetful.make()
    forgetful.turn(60)
    assert (forgetful.case().state, len(pushed)) == (S.QUEUED, 2)
    forgetful.desk.do(SetSetting("sender", "off")).result()
    forgetful.clock.advance(KEPT_S)
    forgetful.desk.do(SetSetting("sender", "on")).result()
    forgetful.turn(LOOKED_S)
    assert (forgetful.case().state, forgetful.case().reason) == (S.UNCERTAIN, "key_outlived")
    assert forgetful.case().next_at == 0
    assert len(pushed) == 2
    forgetful.desk.do(SettleCase(case_id, is_there=False)).result()  # a person looked
    forgetful.turn(60)
    assert (forgetful.case().state, len(pushed)) == (S.SENT, 3)


def test_a_clock_that_was_set_back_makes_no_first_push_younger(
    forgetful: CrmBench, monkeypatch: pytest.MonkeyPatch
) -> None:
    pushed = ends_with(monkeypatch, SILENCE)

    def unreachable(self: HubSpotConnector, case: CrmCase) -> CrmPushed | None:
        raise NO_ROUTE

    monkeypatch.setattr(HubSpotConnector, "find_case", unreachable)
    forgetful.make()
    forgetful.turn(30)
    forgetful.clock.advance(KEPT_S)
    forgetful.turn(1)
    forgetful.clock.jump(-KEPT_S)
    is_not_shown(monkeypatch)
    forgetful.turn(1)
    forgetful.clock.advance(LONGEST_PAUSE_S)
    forgetful.turn(LOOKED_S)
    assert (forgetful.case().state, forgetful.case().next_at) == (S.UNCERTAIN, 0)
    assert len(pushed) == 1


def test_a_person_who_says_that_it_is_not_there_while_it_is_found_makes_no_second(
    start_crm: StartCrm, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The look before had given up as this one began."""
    bench = start_crm(FakeHubSpot(()))
    bench.server.lose_answers()
    plain = HubSpotConnector.find_case

    def find(self: HubSpotConnector, case: CrmCase) -> CrmPushed | None:
        found = plain(self, case)
        if bench.case().next_at:
            bench.desk._writer.submit(lambda tx: crm_cases.note_look(tx, case_id, 0)).result()
            bench.desk.do(SettleCase(case_id, is_there=False)).result()
        return found

    monkeypatch.setattr(HubSpotConnector, "find_case", find)
    case_id = bench.make()
    bench.turn(600)
    assert bench.case().state is S.SENT
    assert bench.n_there() == 1


@pytest.mark.parametrize("keyed", [("tickets", "tasks"), ()])
def test_what_could_not_be_written_down_is_looked_for_by_the_same_engine(
    start_crm: StartCrm, monkeypatch: pytest.MonkeyPatch, expect_log: ExpectLog,
    keyed: tuple[str, ...],
) -> None:  # fmt: skip
    """The disk is full as the CRM says yes."""
    expect_log(NOT_KEPT)
    bench = start_crm(FakeHubSpot(keyed))
    bench.make()
    with monkeypatch.context() as patched:
        patched.setattr(crm_cases, "settle_sent", full)
        bench.turn(12)
        assert bench.n_there() == 1
        assert bench.case().state is not S.SENT
    bench.turn(600)
    assert bench.case().state is S.SENT
    assert bench.n_there() == 1


def test_what_was_on_the_wire_is_looked_for_also_where_sending_was_switched_off(
    start_crm: StartCrm, monkeypatch: pytest.MonkeyPatch, expect_log: ExpectLog
) -> None:
    expect_log(NOT_KEPT)
    clock, server = HandClock(), FakeHubSpot()
    bench = start_crm(server, clock)
    bench.make()
    with monkeypatch.context() as patched:
        patched.setattr(crm_cases, "settle_sent", full)
        patched.setattr(bench.desk.crm_pusher, "recover", lambda: 0)  # it dies before it can
        bench.turn(11)
        bench.desk.do(SetSetting("sender", "off")).result()
        assert bench.case().state is S.SENDING
        bench.end()
    again = start_crm(server, clock)
    again.turn(60)
    assert again.case().state is S.SENT
    assert again.n_there() == 1


def test_nothing_is_pushed_while_no_outcome_can_be_kept(
    crm_bench: CrmBench, monkeypatch: pytest.MonkeyPatch, expect_log: ExpectLog
) -> None:
    """The disk takes a claim, but not the outcome; six cases wait."""
    expect_log(NOT_KEPT)
    pushed = ends_with(monkeypatch)
    for n in range(6):
        crm_bench.make(f"{SUBJECT} {n}")
    with monkeypatch.context() as patched:
        patched.setattr(crm_cases, "settle_sent", full)
        crm_bench.turn(25)
        assert len(pushed) == 1
    crm_bench.turn(300)
    assert {case.state for case in crm_bench.cases()} == {S.SENT}
    assert len(pushed) == 6


def test_a_full_disk_is_no_reason_to_ask_the_crm_again_and_again(
    crm_bench: CrmBench, monkeypatch: pytest.MonkeyPatch, expect_log: ExpectLog
) -> None:
    expect_log(NOT_KEPT)
    looks: list[CrmCase] = []
    ends_with(monkeypatch, SILENCE)
    monkeypatch.setattr(HubSpotConnector, "find_case", lambda self, case: looks.append(case))
    for name in ("requeue", "note_look"):
        monkeypatch.setattr(crm_cases, name, full)
    crm_bench.make()
    crm_bench.turn(60)
    assert 1 <= len(looks) <= 3
