"""What an incident is: its steps, its scope, its pace, the ids in its log."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from socialdesk.domain import id_ranges
from socialdesk.domain.crisis.incident import (
    LOCKING,
    OPEN,
    PACES,
    STEPS,
    Incident,
    IncidentState,
    Scope,
    Severity,
)
from socialdesk.store.crisis.incident_life import review_due

S = IncidentState


def test_every_state_leads_to_an_end():
    ends = {state for state in S if not STEPS[state]}
    assert ends == {S.DISMISSED, S.CLOSED} == set(S) - OPEN
    for state in S:
        seen, todo = {state}, [state]
        while todo:
            todo += STEPS[todo.pop()] - seen
            seen |= set(todo)
        assert ends & seen


def test_suspicion_locks_nothing():
    assert S.SUSPECTED not in LOCKING
    assert not Incident(1, "INC-2026-0001", S.SUSPECTED).is_locking


@pytest.mark.parametrize(
    ("scope", "account", "lang", "is_covered"),
    [
        (Scope(), 1, "kk", True),
        (Scope((1,)), 1, "", True),
        (Scope((1,)), 2, "", False),
        (Scope((), ("ru",)), 2, "ru", True),
        (Scope((), ("ru",)), 2, "kk", False),
        (Scope((), ("ru",)), 2, "", True),  # unknown: the careful side
    ],
)
def test_what_a_scope_covers(scope, account, lang, is_covered):
    assert scope.covers(account, lang) is is_covered


def test_scopes_meet_where_something_lies_in_both():
    assert Scope().meets(Scope((1,)))
    assert Scope((1, 2)).meets(Scope((2, 3)))
    assert not Scope((1,)).meets(Scope((2,)))
    assert not Scope((1,), ("ru",)).meets(Scope((1,), ("kk",)))


@pytest.mark.parametrize(
    ("state", "first_at", "is_locked"),
    [
        (S.DECLARED, 0, True),
        (S.HOLDING, 0, True),  # silence was decided: nothing was said
        (S.HOLDING, 5, False),
        (S.RESPONDING, 0, False),
    ],
)
def test_claims_wait_for_the_first_statement(state, first_at, is_locked):
    incident = Incident(1, "INC-2026-0001", state, first_statement_at=first_at)
    assert incident.is_claim_locked is is_locked


def test_an_unsaid_severity_counts_as_the_worst():
    assert Incident(1, "INC-2026-0001", S.SUSPECTED).pace is PACES[Severity.SEV1]


@pytest.mark.parametrize(
    ("severity", "due"),
    [
        (Severity.SEV1, (2026, 11, 23)),
        (Severity.SEV2, (2026, 11, 27)),
        (Severity.SEV3, (2026, 12, 4)),
    ],
)
def test_a_review_is_due_in_calendar_or_working_days(severity, due):
    friday = datetime(2026, 11, 20, 15, tzinfo=UTC)
    at = review_due(PACES[severity], round(friday.timestamp() * 1000))
    found = datetime.fromtimestamp(at / 1000, UTC)
    assert (found.year, found.month, found.day, found.hour) == (*due, 15)


@given(st.sets(st.integers(1, 2_000)))
def test_ids_come_out_of_their_ranges_as_they_went_in(ids):
    assert id_ranges.unpacked(id_ranges.packed(ids)) == sorted(ids)


def test_ranges_are_short():
    assert id_ranges.packed([3, 4, 5, 9]) == "3-5,9"
    assert id_ranges.packed([]) == ""
