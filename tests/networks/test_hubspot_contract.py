"""HubSpot passes the CRM contract, with our unique property and without it."""

from typing import ClassVar

import pytest

from socialdesk.domain.account import Secret
from socialdesk.networks.base import Connector
from socialdesk.networks.hubspot import NETWORK
from socialdesk.networks.scripted import session_with
from socialdesk.networks.testing_crm import CrmContract
from tests.networks.fake_hubspot import KEY, SETTINGS, FakeHubSpot


class TestHubSpot(CrmContract):
    secret: ClassVar[str] = KEY

    @pytest.fixture
    def server(self) -> FakeHubSpot:
        return FakeHubSpot()

    @pytest.fixture
    def connector(self, server: FakeHubSpot) -> Connector:
        return NETWORK.connect(session_with(server), SETTINGS, Secret(KEY), lambda _: None)


class TestHubSpotWithoutItsProperty(CrmContract):
    secret: ClassVar[str] = KEY

    @pytest.fixture
    def server(self) -> FakeHubSpot:
        return FakeHubSpot(keyed=())

    @pytest.fixture
    def connector(self, server: FakeHubSpot) -> Connector:
        settings = {**SETTINGS, "keyed": ""}
        return NETWORK.connect(session_with(server), settings, Secret(KEY), lambda _: None)
