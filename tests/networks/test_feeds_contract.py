"""Feeds keep the contract of connectors."""

from typing import ClassVar

import pytest

from socialdesk.domain.account import Watch, WatchKind
from socialdesk.domain.errors import RefusedError
from socialdesk.networks.feeds import NETWORK
from socialdesk.networks.testing import STATUS_ERRORS, ConnectorContract, session_with
from tests.networks.fake_feed import URL, FakeFeed, FakeJsonFeed


class TestRss(ConnectorContract):
    secret = "alerts/feeds/0123/4567"
    watch: ClassVar[Watch] = Watch(WatchKind.FEED, URL)
    status_errors: ClassVar = {**STATUS_ERRORS, 401: RefusedError}  # nobody signs in to a feed

    @pytest.fixture
    def server(self):
        return FakeFeed()

    @pytest.fixture
    def connector(self, server):
        return NETWORK.connect(session_with(server), {"url": URL}, None, lambda secret: None)


class TestJsonFeed(TestRss):
    @pytest.fixture
    def server(self):
        return FakeJsonFeed()


@pytest.mark.soak
class TestRssLong(TestRss):
    n_mutations = 2000


@pytest.mark.soak
class TestJsonFeedLong(TestJsonFeed):
    n_mutations = 2000
