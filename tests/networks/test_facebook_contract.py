"""A Facebook Page keeps the contract of connectors."""

import os

import pytest

from socialdesk.networks.base import Connector
from socialdesk.networks.testing import ConnectorContract
from tests.networks.fake_facebook import PAGE_TOKEN, FakeFacebook
from tests.networks.samples.facebook import SAMPLE

HUNTS = os.environ.get("HYPOTHESIS_PROFILE") == "hunt"


class TestFacebook(ConnectorContract):
    secret = PAGE_TOKEN
    n_mutations = 2000 if HUNTS else 300

    @pytest.fixture
    def server(self) -> FakeFacebook:
        return FakeFacebook()

    @pytest.fixture
    def connector(self, server: FakeFacebook) -> Connector:
        return SAMPLE.connect(server)
