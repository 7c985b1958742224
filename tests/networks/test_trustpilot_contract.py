"""Trustpilot keeps the contract of connectors."""

import pytest

from socialdesk.networks.base import Connector
from socialdesk.networks.testing import ConnectorContract
from tests.networks.fake_trustpilot import TOKEN, FakeTrustpilot
from tests.networks.samples.trustpilot import SAMPLE


class TestTrustpilot(ConnectorContract):
    secret = TOKEN["access_token"]

    @pytest.fixture
    def server(self) -> FakeTrustpilot:
        return FakeTrustpilot()

    @pytest.fixture
    def connector(self, server: FakeTrustpilot) -> Connector:
        return SAMPLE.connect(server)
