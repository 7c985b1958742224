"""Reddit keeps the contract of connectors."""

from typing import ClassVar

import pytest

from socialdesk.domain.account import Watch, WatchKind
from socialdesk.networks.testing import ConnectorContract
from tests.networks.fake_reddit import ACCESS, FakeReddit
from tests.networks.reddit_kit import connected


class TestReddit(ConnectorContract):
    secret = ACCESS

    @pytest.fixture
    def server(self):
        return FakeReddit()

    @pytest.fixture
    def connector(self, server):
        return connected(server)


class SearchedReddit(FakeReddit):
    """Where people write of the brand without naming its account."""

    def add_mention(self, text):
        return self.uri(self.link(f"teahouse {text}"))

    def add_bad_item(self):
        self.things[self.link("teahouse broken")]["author"] = 7

    def remove(self, uri):
        name = next(name for name in self.things if self.uri(name) == uri)
        self.things[name].update({"author": "[deleted]", "selftext": "[deleted]"})


class TestRedditSearch(TestReddit):
    watch: ClassVar[Watch] = Watch(WatchKind.KEYWORD, "teahouse")

    @pytest.fixture
    def server(self):
        return SearchedReddit()
