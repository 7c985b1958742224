"""Hacker News keeps the contract of connectors."""

from typing import ClassVar

import pytest

from socialdesk.domain.account import Watch, WatchKind
from socialdesk.domain.errors import RefusedError
from socialdesk.networks.hackernews import NETWORK
from socialdesk.networks.testing import STATUS_ERRORS, ConnectorContract, session_with
from tests.networks.fake_hackernews import SITE, FakeHackerNews


class TestHackerNews(ConnectorContract):
    secret = "nobody-signs-in-here"
    status_errors: ClassVar = {**STATUS_ERRORS, 401: RefusedError}

    @pytest.fixture
    def server(self):
        return FakeHackerNews()

    @pytest.fixture
    def connector(self, server):
        return NETWORK.connect(session_with(server), {"site": SITE}, None, lambda _: None)


class TestHackerNewsSearch(TestHackerNews):
    watch: ClassVar[Watch] = Watch(WatchKind.KEYWORD, SITE)
