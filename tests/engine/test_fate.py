"""Nothing that may be on the network is ever sent again blindly."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from socialdesk.domain.errors import (
    AuthExpiredError,
    BadAnswerError,
    CredentialError,
    CredentialFault,
    RateLimitedError,
    Refusal,
    RefusedError,
    UnreachableError,
)
from socialdesk.domain.replies.reply import LOOK_AFTER_S, NextStep, after_look
from socialdesk.engine.fate import FIRST_PAUSE_S, LONGEST_PAUSE_S, Fate, after_try, back_off_s


@pytest.mark.parametrize(
    ("error", "fate"),
    [
        (UnreachableError("no route", maybe_done=False), Fate.AGAIN),
        (UnreachableError("time-out"), Fate.DOUBT),
        (BadAnswerError("html"), Fate.DOUBT),
        (RateLimitedError(9), Fate.AGAIN),
        (AuthExpiredError(), Fate.SIGN_IN),
        (CredentialError(CredentialFault.LOCKED), Fate.AGAIN),
        (RefusedError(Refusal.TEXT), Fate.FAILED),
        (RefusedError(Refusal.DUPLICATE), Fate.DOUBT),
        (KeyError("a bug of ours"), Fate.DOUBT),
        (MemoryError(), Fate.DOUBT),
    ],
    ids=lambda x: type(x).__name__ if isinstance(x, BaseException) else x.value,
)
def test_what_became_of_a_try(error: BaseException, fate: Fate) -> None:
    assert after_try(error, 1).fate is fate


def test_the_networks_own_wait_is_kept() -> None:
    assert after_try(RateLimitedError(47), 3).pause_s == 47


@given(st.integers(1, 10_000), st.integers())
def test_back_off_doubles_to_an_hour_with_jitter(n: int, seed: int) -> None:
    pause = back_off_s(n, random.Random(seed))
    assert 0.8 * FIRST_PAUSE_S <= pause <= 1.2 * LONGEST_PAUSE_S


@given(st.integers(1, 50), st.floats(0, 1e6))
def test_a_network_that_honours_no_key_is_never_sent_to_twice_by_itself(n: int, age: float) -> None:
    step = after_look(found=False, n_looks=n, age_s=age, repeat_safe_s=0)
    assert step in (NextStep.LOOK_AGAIN, NextStep.ASK)
    assert (step is NextStep.ASK) == (n >= len(LOOK_AFTER_S))


def test_a_repeat_needs_a_key_that_is_still_honoured() -> None:
    assert after_look(found=False, n_looks=1, age_s=60, repeat_safe_s=3600) is NextStep.REPEAT
    assert after_look(found=False, n_looks=9, age_s=3601, repeat_safe_s=3600) is NextStep.ASK


def test_what_is_found_is_sent() -> None:
    assert after_look(found=True, n_looks=1, age_s=0, repeat_safe_s=0) is NextStep.SENT
