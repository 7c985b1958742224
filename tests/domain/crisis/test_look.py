"""The two-check rule: who may look, when, how many it takes, how long it counts."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from socialdesk.domain.crisis.approval import Look, TeamMode
from socialdesk.domain.crisis.incident import HOUR_MS, MINUTE_MS, Incident, IncidentState, Severity
from socialdesk.domain.crisis.limits import CrisisLimits
from socialdesk.domain.crisis.look import (
    Written,
    cooldown_ms,
    elapsed_ms,
    ends_at,
    is_enough,
    is_named,
    is_own_text,
    n_self_needed,
    unanswered,
)
from tests.fakes import NOON

ANN, BEN = 1, 2


def a_text(severity: int = 1, kind: str = "serious", **values: object) -> Written:
    incident = Incident(1, "INC-2026-0001", IncidentState.HOLDING, severity=Severity(severity))
    return Written("statement", 1, "ab", ANN, NOON, kind, kind == "first", incident, **values)


@pytest.mark.parametrize(
    ("severity", "kind", "minutes"),
    [(1, "first", 3), (2, "first", 5), (3, "first", 5), (1, "update", 15), (2, "serious", 10)],
)
def test_the_cool_down_depends_on_severity_and_kind(severity: int, kind: str, minutes: int):
    assert cooldown_ms(a_text(severity, kind), CrisisLimits()) == minutes * MINUTE_MS


@pytest.mark.parametrize(
    ("severity", "kind", "minutes"),
    [(1, "first", 7), (3, "first", 8), (1, "update", 9), (2, "", 6)],
)
def test_the_cool_down_is_what_the_workspace_chose(severity: int, kind: str, minutes: int):
    chosen = CrisisLimits(first_look_sev1_min=7, first_look_min=8, look_sev1_min=9, look_min=6)
    assert cooldown_ms(a_text(severity, kind), chosen) == minutes * MINUTE_MS


def test_a_serious_text_of_the_worst_kind_takes_two_looks_of_the_same_person():
    text = a_text(1, "serious")
    assert n_self_needed(text, TeamMode.SOLO) == 2
    assert not is_enough(text, TeamMode.SOLO, [Look.SELF_COOLDOWN])
    assert is_enough(text, TeamMode.SOLO, [Look.SELF_COOLDOWN] * 2)
    assert is_enough(text, TeamMode.SOLO, [Look.PERSON_AWAY])
    assert is_enough(a_text(2, "serious"), TeamMode.SOLO, [Look.SELF_COOLDOWN])


def test_a_look_for_normal_times_counts_for_nothing():
    assert not is_enough(a_text(3, "update"), TeamMode.SOLO, [Look.SELF] * 3)


@pytest.mark.parametrize(
    ("how", "is_she"),
    [
        ("Ann Lee, owner, by phone, 14:30", True), ("  ann   LEE ", True),
        ("Ann, by phone", False), ("Ann Lee-Brown, by phone", False), ("Ben, for Ann Lee", False),
    ],
)  # fmt: skip
def test_who_answered_stands_before_the_first_comma(how: str, is_she: bool):
    assert is_named(how, "Ann Lee") is is_she
    assert not is_named(how, "")


@pytest.mark.parametrize("how", ["Bell, Anna, by phone, 14:05", "bell,  anna , by phone"])
def test_a_name_with_a_comma_is_known_too(how: str):
    assert is_named(how, "Bell, Anna") and not is_named(how, "Bell, Ann")


def test_a_letter_of_two_signs_is_that_letter():
    assert is_named("Сергеи\u0306, по телефону, 14:05", "Сергей")


def test_in_pair_mode_the_same_persons_look_counts_for_nothing():
    assert not is_enough(a_text(3, "update"), TeamMode.PAIR, [Look.SELF_COOLDOWN] * 2)
    assert is_enough(a_text(3, "update"), TeamMode.PAIR, [Look.PERSON_HERE])


def test_nobody_is_another_person_to_oneself():
    assert is_own_text(Look.PERSON_HERE, TeamMode.PAIR, ANN, ANN)
    assert is_own_text(Look.PERSON_HERE, TeamMode.SOLO, ANN, ANN)
    assert not is_own_text(Look.PERSON_HERE, TeamMode.PAIR, ANN, BEN)
    assert is_own_text(Look.SELF_COOLDOWN, TeamMode.PAIR, ANN, ANN)
    assert not is_own_text(Look.PERSON_AWAY, TeamMode.PAIR, ANN, ANN)


def test_an_approval_ends_by_itself_sooner_where_it_is_worse():
    line, limits = Written("line", 1, "ab", ANN, NOON), CrisisLimits()
    assert ends_at(a_text(1), NOON, limits) == NOON + 4 * HOUR_MS
    assert ends_at(a_text(3), NOON, limits) == NOON + 12 * HOUR_MS
    assert ends_at(line, NOON, limits) == NOON + 180 * 24 * HOUR_MS
    chosen = CrisisLimits(approval_sev1_h=1, approval_h=2, quiet_lines_days=7)
    assert ends_at(a_text(1), NOON, chosen) == NOON + HOUR_MS
    assert ends_at(a_text(3), NOON, chosen) == NOON + 2 * HOUR_MS
    assert ends_at(line, NOON, chosen) == NOON + 7 * 24 * HOUR_MS


def test_every_question_is_answered_but_by_who_was_asked_elsewhere():
    assert unanswered(Look.SELF_COOLDOWN, ["aloud", "keep"], [("aloud", "no"), ("keep", " ")]) == [
        "keep"
    ]
    assert unanswered(Look.PERSON_AWAY, ["aloud"], []) == []


@given(st.integers(0, 10**9), st.integers(-(10**9), 10**9))
def test_setting_the_clock_changes_nothing_within_one_run(rested: int, jump: int):
    since, now = (NOON, 5_000, "boot"), (NOON + rested + jump, 5_000 + rested, "boot")
    assert elapsed_ms(since, now, (0, 0)) == rested


@given(st.integers(0, 10**9), st.integers(0, 10**6), st.integers(0, 10**9))
def test_after_a_restart_a_later_jump_of_the_clock_gains_nothing(
    off: int, since_start: int, jump: int
):
    begun = (NOON + off, 100)
    now = (NOON + off + since_start + jump, 100 + since_start, "second")
    assert elapsed_ms((NOON, 5_000, "first"), now, begun) == off + since_start
