"""How long a try that was in doubt may be repeated under its key."""

from dataclasses import replace

from socialdesk.domain.account import AccountState, Can, Card
from socialdesk.domain.errors import Refusal
from socialdesk.domain.ids import AccountId
from socialdesk.domain.length.length import LengthRule
from socialdesk.domain.mentions.mention import Author
from socialdesk.domain.replies.reply import ON_THE_WAY_S
from socialdesk.store.accounts import AccountSpec
from socialdesk.store.outbox.claims import Claim

SAFE_S = 3_600
CARD = Card(Author("1", "dala"), Can.REPLY, LengthRule(500), repeat_safe_s=SAFE_S)
ACCOUNT = AccountSpec(AccountId(1), "pond", "dala", "", {}, AccountState.ON, CARD)
DOUBTED = Claim(1, ACCOUNT, "words", n_tries=1, n_looks=1, first_try_at=1_000)


def outlived(claim: Claim[str], age_s: float) -> bool:
    return claim.has_outlived_its_key(1_000 + int(age_s * 1_000))


def test_its_network_forgets_the_key_and_a_try_on_the_way_is_counted_in() -> None:
    assert not outlived(DOUBTED, SAFE_S - ON_THE_WAY_S - 1)
    assert outlived(DOUBTED, SAFE_S - ON_THE_WAY_S)


def test_one_that_never_was_in_doubt_has_no_key_to_outlive() -> None:
    assert not outlived(replace(DOUBTED, n_looks=0), 10 * SAFE_S)


def test_what_its_network_called_a_duplicate_is_not_repeated_at_all() -> None:
    assert outlived(replace(DOUBTED, reason=Refusal.DUPLICATE.value), 0)
    assert outlived(replace(DOUBTED, account=replace(ACCOUNT, card=None)), 0)
