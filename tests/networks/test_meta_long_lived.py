"""Tokens of 60 days: renewed once a week, stored before they are used."""

import json
from datetime import timedelta

import pytest

from socialdesk.domain.account import Secret, Watch, WatchKind
from socialdesk.domain.errors import AuthExpiredError, CredentialError, CredentialFault
from socialdesk.networks.base import Connector, KeepSecret, Network
from socialdesk.networks.instagram import NETWORK as INSTAGRAM
from socialdesk.networks.meta.long_lived import RENEWED_AT, LongLived
from socialdesk.networks.testing import START, session_with
from socialdesk.networks.threads import NETWORK as THREADS
from socialdesk.networks.tokens import Tokens
from tests.networks import fake_instagram, fake_threads
from tests.networks.fake_instagram import FakeInstagram
from tests.networks.fake_meta import FakeGraph, problem
from tests.networks.fake_threads import FakeThreads
from tests.networks.samples.instagram import SAMPLE as INSTAGRAM_SAMPLE
from tests.networks.samples.threads import SAMPLE as THREADS_SAMPLE

MENTIONS = Watch(WatchKind.MENTIONS)


class Kit:
    """A connector of either network, and what it stored."""

    def __init__(self, network: Network, server: FakeGraph, renewed: str) -> None:
        self.network, self.server, self.renewed = network, server, renewed
        self.kept: list[Secret] = []

    def connector(self, keep: KeepSecret | None = None, renewed_at: str | None = None) -> Connector:
        sample = INSTAGRAM_SAMPLE if self.network is INSTAGRAM else THREADS_SAMPLE
        at = "2026-11-20T09:00:00.000Z" if renewed_at is None else renewed_at
        secret = Tokens(self.server.token, rest={RENEWED_AT: at}).packed()
        return self.network.connect(
            session_with(self.server), sample.settings, secret, keep or self.kept.append
        )


@pytest.fixture(params=["instagram", "threads"])
def kit(request: pytest.FixtureRequest) -> Kit:
    if request.param == "instagram":
        return Kit(INSTAGRAM, FakeInstagram(), fake_instagram.RENEWED)
    return Kit(THREADS, FakeThreads(), fake_threads.RENEWED)


def fetch(connector: Connector) -> None:
    connector.fetch(MENTIONS, None, since=START - timedelta(days=1))


def test_a_token_is_renewed_after_a_week_and_used_from_then_on(kit: Kit) -> None:
    connector = kit.connector()
    kit.server.now += timedelta(days=6)
    fetch(connector)
    assert Tokens.unpacked(kit.kept[0]).access == kit.renewed
    fetch(connector)
    assert len(kit.kept) == 1


def test_an_account_that_only_searches_is_renewed_too() -> None:
    kit = Kit(THREADS, FakeThreads(), fake_threads.RENEWED)
    kit.server.now += timedelta(days=6)
    watch = Watch(WatchKind.KEYWORD, "bread")
    kit.connector().fetch(watch, None, since=START - timedelta(days=1))
    assert Tokens.unpacked(kit.kept[0]).access == kit.renewed


def test_a_fresh_token_is_left_alone(kit: Kit) -> None:
    fetch(kit.connector())
    assert not kit.kept


def test_a_token_whose_age_nobody_knows_is_renewed(kit: Kit) -> None:
    fetch(kit.connector(renewed_at=""))
    assert len(kit.kept) == 1


def test_a_renewal_that_fails_costs_nothing(kit: Kit) -> None:
    connector = kit.connector()
    kit.server.now += timedelta(days=8)
    refused = problem(10, 0, "The token is too young")
    kit.server.faults = [
        lambda method, path: refused if "refresh" in path else None for _ in range(9)
    ]
    fetch(connector)
    assert not kit.kept


def test_a_token_that_cannot_be_stored_is_not_used(kit: Kit) -> None:
    def full(_: Secret) -> None:
        raise CredentialError(CredentialFault.LOCKED)

    connector = kit.connector(keep=full)
    kit.server.now += timedelta(days=8)
    with pytest.raises(CredentialError):
        fetch(connector)


def test_a_token_that_has_ended_cannot_be_renewed(kit: Kit) -> None:
    connector = kit.connector()
    kit.server.token = "another"
    with pytest.raises(AuthExpiredError):
        fetch(connector)


def test_without_a_token_nothing_is_asked() -> None:
    tokens = LongLived(session_with(FakeThreads()), Tokens(""), lambda _: None, url="", grant="")
    with pytest.raises(AuthExpiredError):
        tokens.token()


def test_the_token_stands_in_an_address_only_where_meta_wants_it(kit: Kit) -> None:
    connector = kit.connector()
    token = kit.server.token
    kit.server.now += timedelta(days=8)
    fetch(connector)
    places = [str(one.url) for one in kit.server.asked if token in str(one.url)]
    assert len(places) == 1
    assert "/refresh_access_token?" in places[0]
    assert token not in repr(connector) + json.dumps(kit.server.calls)
