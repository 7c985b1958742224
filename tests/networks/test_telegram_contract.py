"""Telegram keeps the contract of connectors, but for the read-back that a bot cannot have."""

import pytest

from socialdesk.domain.account import Secret
from socialdesk.domain.errors import UnreachableError
from socialdesk.networks.telegram import NETWORK
from socialdesk.networks.testing import ConnectorContract, session_with
from tests.networks.fake_telegram import BOT, TOKEN, FakeTelegram

SETTINGS = {"bot_id": str(BOT["id"]), "bot_name": str(BOT["username"])}


class TestTelegram(ConnectorContract):
    secret = TOKEN

    @pytest.fixture
    def server(self):
        return FakeTelegram()

    @pytest.fixture
    def connector(self, server):
        return NETWORK.connect(
            session_with(server), SETTINGS, Secret(self.secret), lambda secret: None
        )

    def test_a_reply_is_posted_and_found(self, server, connector):
        """Posted, and never found: nobody can ask for it."""
        outgoing = self._outgoing(server, connector, "Yes, we can: zażółć 👍🏽")
        posted = connector.reply(outgoing)
        assert posted.remote_id and posted.uri
        assert server.n_posted(outgoing.text) == 1
        assert connector.find_reply(outgoing) is None

    def test_a_time_out_after_the_post_was_stored_makes_no_second_one(self, server, connector):
        """It is in doubt, and nothing repeats it: not the network, not the program."""
        outgoing = self._outgoing(server, connector, "We are on it.")
        server.lose_answers()
        with pytest.raises(UnreachableError) as caught:
            connector.reply(outgoing)
        assert caught.value.maybe_done
        assert connector.find_reply(outgoing) is None
        assert connector.card().repeat_safe_s == 0
        assert server.n_posted(outgoing.text) == 1


@pytest.mark.soak
class TestTelegramLong(TestTelegram):
    n_mutations = 2000
