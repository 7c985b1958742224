"""TikTok keeps the contract of connectors."""

import pytest

from socialdesk.networks.base import Connector
from socialdesk.networks.testing import ConnectorContract
from tests.networks.fake_tiktok import ACCESS, FakeTikTok
from tests.networks.samples.tiktok import SAMPLE


class TestTikTok(ConnectorContract):
    secret = ACCESS

    @pytest.fixture
    def server(self) -> FakeTikTok:
        return FakeTikTok()

    @pytest.fixture
    def connector(self, server: FakeTikTok) -> Connector:
        return SAMPLE.connect(server)
