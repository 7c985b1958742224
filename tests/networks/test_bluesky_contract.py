"""Bluesky keeps the contract of connectors."""

import json
from typing import ClassVar

import pytest

from socialdesk.domain.account import Secret, Watch, WatchKind
from socialdesk.domain.errors import UnreachableError
from socialdesk.networks.bluesky import NETWORK
from socialdesk.networks.testing import ConnectorContract, Scripted, session_with
from socialdesk.networks.testing_pictures import PictureContract
from tests.networks.bluesky_kit import connected
from tests.networks.fake_pds import ANN, HOST, OWN, FakePds, jwt


class TestBluesky(ConnectorContract):
    secret = jwt(scope="com.atproto.appPass", n=1)

    @pytest.fixture
    def server(self):
        return FakePds()

    @pytest.fixture
    def connector(self, server):
        assert server.access == self.secret
        tokens = Secret(json.dumps({"access": server.access, "refresh": server.refresh}))
        settings = {"did": OWN, "pds": f"https://{HOST}"}
        return NETWORK.connect(session_with(server), settings, tokens, lambda secret: None)

    def test_an_unreadable_answer_to_a_reply_is_doubtful(self, server, connector):
        """Only the write's own answer: what is asked before it surely posted nothing."""
        outgoing = self._outgoing(server, connector, "Thank you!")
        for status, body in ((200, b"<html>"), (200, b""), (500, b""), (502, b"<html>")):
            for n_before, maybe_done in ((0, False), (1, True)):
                answer = Scripted(status, body)
                server.faults = [*[lambda nsid: None] * n_before, lambda nsid, a=answer: a]
                with pytest.raises(UnreachableError) as caught:
                    connector.reply(outgoing)
                assert caught.value.maybe_done is maybe_done
        assert not server.own_posts()


class TestBlueskyPictures(PictureContract):
    @pytest.fixture
    def server(self):
        return FakePds()

    @pytest.fixture
    def connector(self, server):
        return connected(server)


class SearchedPds(FakePds):
    """Where people write of the brand without naming its account."""

    def add_mention(self, text):
        return self.write(ANN, text, len(self.posts) / 600, reason="", tags=["acme"])


class TestBlueskySearch(TestBluesky):
    watch: ClassVar[Watch] = Watch(WatchKind.KEYWORD, "acme")

    @pytest.fixture
    def server(self):
        return SearchedPds()


@pytest.mark.soak
class TestBlueskyLong(TestBluesky):
    n_mutations = 2000
