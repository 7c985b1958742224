"""Lemmy keeps the contract of connectors, in both versions of its API."""

from typing import ClassVar

import pytest

from socialdesk.domain.account import Secret, Watch, WatchKind
from socialdesk.networks.lemmy import NETWORK
from socialdesk.networks.testing import ConnectorContract, session_with
from tests.networks.fake_lemmy import ANN_ID, BASE, BRAND_ID, JWT, FakeLemmy


def connected(server):
    settings = {"base": BASE, "api": server.version, "own_id": str(BRAND_ID)}
    return NETWORK.connect(session_with(server), settings, Secret(JWT), lambda _: None)


class TestLemmy3(ConnectorContract):
    secret = JWT

    @pytest.fixture
    def server(self):
        return FakeLemmy("v3")

    @pytest.fixture
    def connector(self, server):
        return connected(server)


class TestLemmy4(TestLemmy3):
    @pytest.fixture
    def server(self):
        return FakeLemmy("v4")


class SearchedLemmy(FakeLemmy):
    """Where people write of the brand without naming its account."""

    def add_mention(self, text):
        made = self.post(f"teahouse {text}")
        return self.posts[made]["ap_id"]

    def add_bad_item(self):
        self.posts[self.post("teahouse broken")]["creator_id"] = None

    def remove(self, uri):
        next(post for post in self.posts.values() if post["ap_id"] == uri)["removed"] = True

    def person(self, person_id):
        return super().person(person_id or ANN_ID)


class TestLemmySearch3(TestLemmy3):
    watch: ClassVar[Watch] = Watch(WatchKind.KEYWORD, "teahouse")

    @pytest.fixture
    def server(self):
        return SearchedLemmy("v3")


class TestLemmySearch4(TestLemmySearch3):
    @pytest.fixture
    def server(self):
        return SearchedLemmy("v4")
