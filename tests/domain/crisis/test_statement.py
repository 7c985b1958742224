"""Statements: what a first one needs, what is not filled in, when the next one comes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from socialdesk.domain.crisis.incident import HOUR_MS, MINUTE_MS, Incident, IncidentState, Severity
from socialdesk.domain.crisis.statement import (
    FIRST_BLOCKS,
    SHORT,
    StatementKind,
    leaning_sentences,
    longest_gap_min,
    may_publish,
    missing_blocks,
    needs_reason,
    next_update_fault,
    sentences,
    text_of,
    unfilled_places,
)
from tests.fakes import NOON

BLOCKS = tuple((key, f"About {key}: {{{key}}}.") for key in FIRST_BLOCKS)
VALUES = {key: key.upper() for key in FIRST_BLOCKS}


def incident(severity: Severity = Severity.SEV1, declared_at: int = NOON) -> Incident:
    return Incident(1, "INC-2026-0001", IncidentState.DECLARED, severity=severity,
                    declared_at=declared_at)  # fmt: skip


@given(st.sets(st.sampled_from(FIRST_BLOCKS)))
def test_a_first_statement_names_exactly_the_blocks_it_lacks(taken_out: set[str]):
    kept = tuple(block for block in BLOCKS if block[0] not in taken_out)
    text = text_of(kept, VALUES)
    missing = missing_blocks(StatementKind.FIRST, kept, text, VALUES)
    assert missing == [key for key in FIRST_BLOCKS if key in taken_out]


@given(st.sets(st.sampled_from(FIRST_BLOCKS)))
def test_a_block_that_was_cut_out_of_the_text_is_missing(taken_out: set[str]):
    kept = tuple(block for block in BLOCKS if block[0] not in taken_out)
    missing = missing_blocks(StatementKind.FIRST, BLOCKS, text_of(kept, VALUES), VALUES)
    assert set(missing) == taken_out


def test_the_one_post_form_holds_all_blocks():
    blocks = ((SHORT, "Sorry. We are on it. Next update: {next_update_at}."),)
    text = text_of(blocks, {"next_update_at": "14:30"})
    assert missing_blocks(StatementKind.FIRST, blocks, text, {"next_update_at": "14:30"}) == []


def test_only_a_first_statement_needs_its_blocks():
    for kind in set(StatementKind) - {StatementKind.FIRST}:
        assert missing_blocks(kind, (), "Words.", {}) == []


def test_places_without_a_value_are_named_once():
    blocks = (("know", "Since {since}, {what}."), ("next", "{since}"))
    text = text_of(blocks, {"what": "a fault"})
    assert unfilled_places(blocks, text, {"what": "a fault"}) == ["since"]


def test_a_value_may_hold_braces_of_its_own():
    blocks = (("know", "Known: {what}."),)
    values = {"what": "the page says {since}"}
    assert unfilled_places(blocks, text_of(blocks, values), values) == []


def test_a_place_typed_into_the_text_itself_is_named():
    assert unfilled_places((), "Next update: {next_update_at}.", {}) == ["next_update_at"]


@pytest.mark.parametrize(
    ("after_min", "why"), [(0, "missing"), (-1, "past"), (30, ""), (31, "far"), (29, "")]
)
def test_the_next_update_lies_ahead_within_the_severitys_gap(after_min: int, why: str):
    at = NOON + after_min * MINUTE_MS if after_min else 0
    limit = longest_gap_min(incident(), NOON)
    assert next_update_fault(StatementKind.FIRST, at, NOON, limit) == why


def test_closing_correcting_and_staff_texts_promise_nothing():
    for name in ("resolution", "correction", "staff", "oneoff"):
        assert next_update_fault(StatementKind(name), 0, NOON, 30) == ""


@pytest.mark.parametrize(
    ("severity", "hours", "limit"), [(1, 1, 30), (1, 2, 120), (2, 2, 240), (3, 1, 240), (3, 3, 960)]
)
def test_after_two_hours_the_gap_may_be_four_times_as_long(severity: int, hours: int, limit: int):
    one = incident(Severity(severity), NOON - hours * HOUR_MS)
    assert longest_gap_min(one, NOON) == limit


def test_a_posture_to_avoid_and_a_bare_denial_ask_for_a_reason():
    assert needs_reason("bolster", ("bolster",), has_proof=True)
    assert needs_reason("deny", (), has_proof=False)
    assert not needs_reason("deny", (), has_proof=True)
    assert not needs_reason("inform", ("bolster",), has_proof=False)


def test_only_what_puts_right_is_published_in_review():
    open_states = (IncidentState.DECLARED, IncidentState.HOLDING, IncidentState.RESPONDING,
                   IncidentState.STAND_DOWN)  # fmt: skip
    for kind in StatementKind:
        assert all(may_publish(kind, state) for state in open_states)
        assert not may_publish(kind, IncidentState.SUSPECTED)
        assert not may_publish(kind, IncidentState.CLOSED)
    assert may_publish(StatementKind.CORRECTION, IncidentState.REVIEW)
    assert not may_publish(StatementKind.SERIOUS, IncidentState.REVIEW)


def test_a_text_is_read_sentence_by_sentence():
    text = "We are sorry. It began at 14:30 today! What now?\nWe will say."
    assert sentences(text) == [
        "We are sorry.", "It began at 14:30 today!", "What now?", "We will say.",
    ]  # fmt: skip
    assert " ".join(sentences(text)).split() == text.split()


def test_the_sentence_that_says_a_claim_is_found_else_all_are_shown():
    text = "We are sorry. It is down  since 14:05. More soon."
    assert leaning_sentences(text, "it is down since 14:05") == ["It is down  since 14:05."]
    assert leaning_sentences(text, "Nobody was hurt.") == sentences(text)
