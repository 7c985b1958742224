"""How a mention's status moves by itself (product.md, section 3)."""

import pytest

from socialdesk.domain.status import Status, after_opening, after_our_reply, after_their_word

S = Status


@pytest.mark.parametrize("status", S)
def test_opening_makes_only_the_new_open(status):
    assert after_opening(status) is (S.OPEN if status is S.NEW else status)


@pytest.mark.parametrize("status", S)
def test_our_reply_makes_the_undecided_wait(status):
    waits = status in {S.NEW, S.OPEN, S.SNOOZED}
    assert after_our_reply(status) is (S.WAITING if waits else status)


@pytest.mark.parametrize("status", S)
def test_their_word_ends_the_waiting(status):
    assert after_their_word(status) is (S.DONE if status is S.WAITING else status)
