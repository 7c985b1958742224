"""The score of a drill: each part by its rule, and what must hold for any drill."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from socialdesk.domain.crisis.drill import (
    MAX_POINTS,
    DrillFacts,
    ScorePart,
    benchmark,
    score,
)
from socialdesk.domain.crisis.incident import MINUTE_MS, Severity

ONSET = 1_000_000_000


def at(minutes: float) -> int:
    return ONSET + round(minutes * MINUTE_MS)


def perfect(**changes: object) -> DrillFacts:
    facts: dict[str, object] = {
        "onset_at": ONSET, "declared_at": at(4), "statement_at": at(10),
        "severity": Severity.SEV1, "n_promises_due": 2, "n_promises_kept": 2, "n_held": 3,
        "is_safety_first": True, "is_staff_told": True,
    }  # fmt: skip
    return DrillFacts(**(facts | changes))  # type: ignore[arg-type]


def part(facts: DrillFacts, key: str) -> ScorePart:
    return next(p for p in score(facts).parts if p.key == key)


def test_a_drill_without_fault_has_all_points():
    assert score(perfect()).total == 100 == sum(MAX_POINTS.values())


def test_a_drill_in_which_nobody_did_anything_has_none():
    assert score(DrillFacts(ONSET)).total == 0
    assert [p.n for p in score(DrillFacts(ONSET)).parts[:2]] == [-1, -1]


@pytest.mark.parametrize(
    ("minutes", "points"), [(0, 20), (5, 20), (17.5, 10), (30, 0), (45, 0), (6.25, 19)]
)
def test_time_to_declare_falls_from_five_minutes_to_thirty(minutes: float, points: int):
    assert part(perfect(declared_at=at(minutes)), "declare").points == points


@pytest.mark.parametrize(
    ("severity", "minutes", "points"),
    [
        (Severity.SEV1, 15, 25), (Severity.SEV1, 30, 12), (Severity.SEV1, 45, 0),
        (Severity.SEV2, 30, 25), (Severity.SEV2, 60, 12), (Severity.SEV3, 60, 25),
        (Severity.SEV3, 180, 0),
    ],
)  # fmt: skip
def test_first_statement_is_measured_by_its_own_due_time(
    severity: Severity, minutes: int, points: int
):
    facts = perfect(severity=severity, statement_at=at(4 + minutes))
    assert part(facts, "statement").points == points


def test_skipped_checks_and_unconfirmed_claims_cost_five_and_ten():
    assert part(perfect(n_skipped=2), "checks").points == 15
    assert part(perfect(n_skipped=1, n_unconfirmed=1), "checks").points == 10
    assert part(perfect(n_unconfirmed=4), "checks").points == 0


def test_checks_count_nothing_while_nothing_was_said():
    assert part(perfect(statement_at=0), "checks").points == 0


def test_wrongly_released_replies_cost_five_each():
    assert [part(perfect(n_released=n), "held").points for n in (0, 1, 2, 3)] == [10, 5, 0, 0]


def test_half_of_the_promises_kept_is_half_of_the_points():
    assert part(perfect(n_promises_due=4, n_promises_kept=2), "promises").points == 5


def test_past_drills_make_the_benchmark():
    assert benchmark([]) is None
    assert benchmark([60, 80, 40]) == (80, 60, 60.0)


FACTS = st.builds(
    DrillFacts,
    onset_at=st.just(ONSET),
    declared_at=st.one_of(st.just(0), st.integers(at(-10), at(200))),
    statement_at=st.one_of(st.just(0), st.integers(at(-10), at(400))),
    severity=st.sampled_from(Severity),
    n_skipped=st.integers(0, 20),
    n_unconfirmed=st.integers(0, 20),
    n_promises_due=st.integers(0, 9),
    n_held=st.integers(0, 9),
    n_released=st.integers(0, 9),
    is_safety_first=st.sampled_from([None, False, True]),
    is_staff_told=st.booleans(),
)


@given(FACTS)
def test_parts_are_always_all_shown_and_add_up(facts: DrillFacts):
    found = score(facts)
    assert [p.key for p in found.parts] == list(MAX_POINTS)
    assert all(0 <= p.points <= p.most for p in found.parts)
    assert found.total == sum(p.points for p in found.parts) <= 100


@given(FACTS, st.integers(0, 90))
def test_being_later_never_scores_more(facts: DrillFacts, minutes: int):
    later = DrillFacts(
        ONSET, declared_at=facts.declared_at, severity=facts.severity,
        statement_at=facts.statement_at + minutes * MINUTE_MS if facts.statement_at else 0,
    )  # fmt: skip
    sooner = DrillFacts(
        ONSET, declared_at=facts.declared_at, severity=facts.severity,
        statement_at=facts.statement_at,
    )  # fmt: skip
    assert part(later, "statement").points <= part(sooner, "statement").points
