"""What somebody reads whose key may not do all that a CRM needs."""

import pytest

from socialdesk.domain.errors import Refusal, RefusedError
from socialdesk.networks.hubspot import NETWORK
from socialdesk.networks.scripted import session_with
from socialdesk.ui.accounts.trouble import failure
from tests.networks.fake_hubspot import KEY, FakeHubSpot


def test_a_missing_scope_is_named_to_who_signs_in() -> None:
    server = FakeHubSpot()
    server.scopes.remove("tickets")
    with pytest.raises(RefusedError) as caught:
        NETWORK.sign_in(session_with(server), {"token": KEY})
    said = failure(caught.value, (("token", KEY),))
    assert "tickets" in said.text
    assert said.next_step


def test_another_refusal_is_the_general_sentence() -> None:
    said = failure(RefusedError(Refusal.PERMISSION, "no"), (("token", KEY),))
    assert "Missing" not in said.text
