"""LinkedIn keeps the contract of connectors."""

import pytest

from socialdesk.networks.base import Connector
from socialdesk.networks.testing import ConnectorContract
from tests.networks.fake_linkedin import ACCESS, FakeLinkedIn
from tests.networks.samples.linkedin import SAMPLE


class TestLinkedIn(ConnectorContract):
    secret = ACCESS

    @pytest.fixture
    def server(self) -> FakeLinkedIn:
        return FakeLinkedIn()

    @pytest.fixture
    def connector(self, server: FakeLinkedIn) -> Connector:
        return SAMPLE.connect(server)
