"""Tokens that end: renewed once, kept before they are used, and never lost in between."""

import pytest

from socialdesk.domain.account import Secret
from socialdesk.domain.errors import AuthExpiredError, CredentialError, CredentialFault
from socialdesk.networks.tokens import Renewing, Tokens


def test_a_renewed_token_that_the_keyring_did_not_take_is_offered_again_and_not_renewed_twice() -> (
    None
):
    kept: list[Secret] = []
    renewals: list[str] = []
    locked = [True, True, False]

    def renew(before: Tokens) -> Tokens:
        renewals.append(before.refresh)
        return Tokens(f"access-{len(renewals)}", f"refresh-{len(renewals)}")

    def keep(secret: Secret) -> None:
        if locked.pop(0):
            raise CredentialError(CredentialFault.LOCKED)
        kept.append(secret)

    def ask(token: str) -> str:
        if token == "old":
            raise AuthExpiredError("ended")
        return token

    renewing = Renewing(Tokens("old", "refresh-0"), renew, keep)
    for _ in range(2):
        with pytest.raises(CredentialError):
            renewing.call(ask)
    assert renewing.call(ask) == "access-1"
    assert Tokens.unpacked(kept[-1]).refresh == "refresh-1"
    assert renewals == ["refresh-0"]
