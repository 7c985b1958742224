"""A mailbox keeps the contract of connectors."""

from typing import ClassVar

import pytest

from socialdesk.domain.errors import RateLimitedError
from socialdesk.networks.imap.faults import LIMIT_S
from socialdesk.networks.testing import BAD_PAGES, ConnectorContract
from tests.networks.fake_imap import PASSWORD, FakeImap
from tests.networks.samples.imap import SAMPLE


class TestImap(ConnectorContract):
    secret = PASSWORD
    # an empty greeting is a line like any other; nothing at all is a server that hung up
    bad_pages: ClassVar = tuple(body + b"\r\n" for body in BAD_PAGES)

    @pytest.fixture
    def server(self):
        return FakeImap()

    @pytest.fixture
    def connector(self, server):
        return SAMPLE.connect(server)

    def test_the_wait_a_network_asks_for_is_told(self, server, connector):
        """No mail server names a time, so ours is always the same."""
        server.always(429)
        with pytest.raises(RateLimitedError) as caught:
            connector.fetch(self.watch, None, since=self.since)
        assert caught.value.retry_after_s == LIMIT_S


@pytest.mark.soak
class TestImapLong(TestImap):
    n_mutations = 2000
