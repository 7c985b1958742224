"""The only path of a reply, and what happens after a doubtful send."""

import pytest

from socialdesk.domain.replies.reply import (
    ALLOWED,
    LOOK_AFTER_S,
    NextStep,
    OutboxState,
    addressed,
    after_look,
    may_move,
)

S = OutboxState
LEAVES = {S.SENT, S.TAKEN_BACK, S.DISCARDED}


def reachable(start: OutboxState, *, without: set[OutboxState]) -> set[OutboxState]:
    seen, todo = {start}, [start]
    while todo:
        for state in ALLOWED[todo.pop()] - seen - without:
            seen.add(state)
            todo.append(state)
    return seen


def test_every_state_is_in_the_table_and_the_ends_lead_nowhere():
    assert set(ALLOWED) == set(S)
    assert {state for state, after in ALLOWED.items() if not after} == LEAVES


@pytest.mark.parametrize("start", [S.APPROVAL, S.HELD, S.QUEUED])
def test_nothing_is_sent_without_the_wire_unless_a_person_settles_a_failed_row(start):
    assert S.SENT in reachable(start, without=set())
    assert S.SENT not in reachable(start, without={S.SENDING, S.FAILED})


def test_a_queued_row_is_doubtful_or_sent_only_after_it_was_on_the_wire():
    for after in (S.UNCERTAIN, S.SENT):
        assert not may_move(S.QUEUED, after, 0)
        assert may_move(S.QUEUED, after, 1)
    assert may_move(S.QUEUED, S.SENDING, 0)
    assert not may_move(S.HELD, S.SENT, 1)


def test_only_a_queued_row_goes_on_the_wire():
    assert {state for state in S if S.SENDING in ALLOWED[state]} == {S.QUEUED}


def test_what_waits_for_approval_is_held_before_it_is_queued():
    assert S.QUEUED not in ALLOWED[S.APPROVAL]


def test_an_uncertain_row_is_never_put_on_the_wire_directly():
    assert S.SENDING not in ALLOWED[S.UNCERTAIN]
    assert S.TAKEN_BACK not in ALLOWED[S.SENDING] | ALLOWED[S.UNCERTAIN]


@pytest.mark.parametrize(
    ("found", "n_looks", "age_s", "repeat_safe_s", "step"),
    [
        (True, 1, 5, 0, NextStep.SENT),
        (True, 9, 1e6, 3600, NextStep.SENT),
        (False, 1, 5, 3600, NextStep.REPEAT),
        (False, 1, 3600, 3600, NextStep.LOOK_AGAIN),
        (False, 1, 5, 0, NextStep.LOOK_AGAIN),
        (False, len(LOOK_AFTER_S) - 1, 120, 0, NextStep.LOOK_AGAIN),
        (False, len(LOOK_AFTER_S), 600, 0, NextStep.ASK),
    ],
)
def test_after_a_look(found, n_looks, age_s, repeat_safe_s, step):
    looked = after_look(found=found, n_looks=n_looks, age_s=age_s, repeat_safe_s=repeat_safe_s)
    assert looked is step


@pytest.mark.parametrize(
    ("text", "handle", "names_author", "posted"),
    [
        ("Hello", "@ann@pond.example", True, "@ann@pond.example Hello"),
        ("Hello", "ann@pond.example", True, "@ann@pond.example Hello"),
        ("Hello @ANN@pond.example!", "@ann@pond.example", True, "Hello @ANN@pond.example!"),
        ("Hello", "@ann@pond.example", False, "Hello"),
        ("Hello", "", True, "Hello"),
    ],
)
def test_the_author_is_named_once_where_the_network_needs_it(text, handle, names_author, posted):
    assert addressed(text, handle, names_author=names_author) == posted
