"""Tripadvisor keeps the contract of panels."""

import pytest

from socialdesk.networks.base import Connector
from socialdesk.networks.testing_panels import PanelContract
from tests.networks.fake_tripadvisor import KEY, FakeTripadvisor
from tests.networks.samples.tripadvisor import SAMPLE


class TestTripadvisor(PanelContract):
    secret = KEY

    @pytest.fixture
    def server(self) -> FakeTripadvisor:
        return FakeTripadvisor()

    @pytest.fixture
    def connector(self, server: FakeTripadvisor) -> Connector:
        return SAMPLE.connect(server)
