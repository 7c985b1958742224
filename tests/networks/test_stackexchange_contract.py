"""Stack Exchange keeps the contract of connectors."""

from typing import ClassVar

import pytest

from socialdesk.domain.account import Secret, Watch, WatchKind
from socialdesk.domain.errors import RefusedError
from socialdesk.networks.stackexchange import NETWORK
from socialdesk.networks.testing import STATUS_ERRORS, ConnectorContract, session_with
from tests.networks.fake_stackexchange import HOST, KEY, SITE, WEBSITE, FakeStackExchange

SETTINGS = {"site": SITE, "host": HOST, "website": WEBSITE}


def connected(server):
    server.key = KEY
    return NETWORK.connect(session_with(server), SETTINGS, Secret(KEY), lambda _: None)


class Patient(FakeStackExchange):
    """With quota for hundreds of calls."""

    def __init__(self):
        super().__init__()
        self.quota = 10_000


class TestStackExchange(ConnectorContract):
    secret = KEY
    status_errors: ClassVar = {**STATUS_ERRORS, 401: RefusedError}

    @pytest.fixture
    def server(self):
        return Patient()

    @pytest.fixture
    def connector(self, server):
        return connected(server)


class TestStackExchangeTag(TestStackExchange):
    watch: ClassVar[Watch] = Watch(WatchKind.HASHTAG, "tea")

    @pytest.fixture
    def server(self):
        return Tagged()


class Tagged(Patient):
    def question(self, title, text, **more):
        made = super().question(title, text, **more)
        if made > 1001:  # the first one is about something else
            self.posts[made]["tags"] = ["tea"]
        return made
