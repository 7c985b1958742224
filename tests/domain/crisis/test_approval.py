"""The hash of an approved text: vectors of the crisis-mode specification, section 5."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from socialdesk.domain.crisis.approval import (
    DEFAULT_POLICY,
    Policy,
    TeamMode,
    approval_hash,
    canonical_text,
    may_approve,
)

TEXT = "Кешірім сұраймыз.\nКелесі хабарлама: 14:30."
ACCOUNTS = ("mastodon:shop", "rss:blog")


def holding(text: str = TEXT, accounts: tuple[str, ...] = ACCOUNTS) -> str:
    return approval_hash(
        kind="holding", lang="kk", text=text, incident="INC-2026-0001", accounts=accounts
    )


@pytest.mark.parametrize(
    ("text", "accounts", "digest"),
    [
        (TEXT, ACCOUNTS, "6509de5a26a149333cc2e1aba96b89080e7c73f0b49aa2d7cb61b3242466c5a9"),
        (
            TEXT.replace("14:30", "14:31"),
            ACCOUNTS,
            "2b6bdff817957b0bfeba92b58d9b494cd03ff564fa27120fcd2033de3ca82327",
        ),
        (
            TEXT,
            ("mastodon:shop",),
            "79b5a974ff9b38881f4b867b5d237cc91871a866d52aabc840eb69b206875bd5",
        ),
    ],
)
def test_the_hash_is_that_of_the_specification(text, accounts, digest):
    assert holding(text, accounts) == digest


@pytest.mark.parametrize(
    "same",
    [
        TEXT.replace("\n", "\r\n"),
        TEXT.replace("\n", "\r"),
        TEXT.replace("\n", " \t\n") + "  ",
        "\n\n" + TEXT + "\n",
        unicodedata.normalize("NFD", TEXT),
    ],
)
def test_what_nobody_can_see_does_not_change_the_hash(same):
    assert holding(same) == holding()


def test_the_order_of_accounts_does_not_count():
    assert holding(accounts=ACCOUNTS[::-1]) == holding()


@pytest.mark.parametrize("other", [TEXT + " ", "x" + TEXT, TEXT.replace(".\n", ".\n\n")])
def test_words_and_inner_empty_lines_count(other):
    assert (holding(other) == holding()) is (other.strip() == TEXT)


@given(st.text())
def test_canonical_text_is_its_own_canonical_text(text):
    once = canonical_text(text)
    assert canonical_text(once) == once


def test_who_may_approve_in_normal_times():
    assert may_approve(TeamMode.SOLO, writer=1, approver=1)
    assert may_approve(TeamMode.PAIR, writer=1, approver=2)
    assert not may_approve(TeamMode.PAIR, writer=1, approver=1)
    assert DEFAULT_POLICY == {TeamMode.SOLO: Policy.FREE, TeamMode.PAIR: Policy.APPROVAL}
