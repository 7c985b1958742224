"""The real Mastodon connector keeps the contract on the practice network, whatever its kind."""

from typing import ClassVar

import pytest

from socialdesk.domain.errors import UnreachableError
from socialdesk.networks.mastodon import NETWORK
from socialdesk.networks.testing import ConnectorContract, session_with
from socialdesk.networks.testing_pictures import PictureContract
from socialdesk.practice.brand import PRACTICE_TOKEN, account_fields
from socialdesk.practice.faults import Fault, Trouble
from socialdesk.practice.kinds import Kind
from tests.practice.practice_server import PracticeServer


class TestLikeMastodon(ConnectorContract):
    secret = PRACTICE_TOKEN
    kind: ClassVar[Kind] = Kind.HONOURS_KEY
    n_mutations: ClassVar[int] = 50

    @pytest.fixture
    def server(self, tmp_path, quiet):
        server = PracticeServer(tmp_path / "practice.jsonl", quiet, self.kind)
        yield server
        server.adapter.shut_down()

    @pytest.fixture
    def connector(self, server):
        http = session_with(server)
        signed = NETWORK.sign_in(http, account_fields())
        return NETWORK.connect(http, signed.settings, signed.secret, lambda secret: None)

    def test_an_unreadable_answer_to_a_reply_is_doubtful(self, server, connector):
        """Only the write's own answer: what is asked before it surely posted nothing."""
        outgoing = self._outgoing(server, connector, "Thank you!")
        for method, maybe_done in (("GET", False), ("POST", True)):
            for fault in (
                Fault(Trouble.WEB_PAGE, method, status=200),
                Fault(Trouble.MALFORMED, method),
                Fault(Trouble.SERVER_ERROR, method, status=500),
                Fault(Trouble.WEB_PAGE, method, status=502),
            ):
                server.adapter.faults.add(fault)
                with pytest.raises(UnreachableError) as caught:
                    connector.reply(outgoing)
                assert caught.value.maybe_done is maybe_done
            assert bool(server.n_posted(outgoing.text)) is maybe_done


class TestPictures(PictureContract):
    @pytest.fixture
    def server(self, tmp_path, quiet):
        server = PracticeServer(tmp_path / "practice.jsonl", quiet, Kind.HONOURS_KEY)
        yield server
        server.adapter.shut_down()

    @pytest.fixture
    def connector(self, server):
        http = session_with(server)
        signed = NETWORK.sign_in(http, account_fields())
        return NETWORK.connect(http, signed.settings, signed.secret, lambda secret: None)


class TestLikeGoToSocial(TestLikeMastodon):
    kind = Kind.IGNORES_KEY
