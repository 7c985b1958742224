"""Yelp keeps the contract of panels."""

import pytest

from socialdesk.networks.base import Connector
from socialdesk.networks.testing_panels import PanelContract
from tests.networks.fake_yelp import KEY, FakeYelp
from tests.networks.samples.yelp import SAMPLE


class TestYelp(PanelContract):
    secret = KEY

    @pytest.fixture
    def server(self) -> FakeYelp:
        return FakeYelp()

    @pytest.fixture
    def connector(self, server: FakeYelp) -> Connector:
        return SAMPLE.connect(server)
