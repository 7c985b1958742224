"""Salesforce passes the CRM contract in each of its three ways to make a case."""

from typing import ClassVar

import pytest

from socialdesk.networks.base import Connector
from socialdesk.networks.salesforce import NETWORK
from socialdesk.networks.scripted import session_with
from socialdesk.networks.testing_crm import CrmContract
from tests.networks.fake_salesforce import ACCESS, SECRET, SETTINGS, FakeSalesforce


class TestSalesforce(CrmContract):
    secret: ClassVar[str] = ACCESS
    ways: ClassVar[str] = SETTINGS["ways"]

    @pytest.fixture
    def server(self) -> FakeSalesforce:
        return FakeSalesforce()

    @pytest.fixture
    def connector(self, server: FakeSalesforce) -> Connector:
        settings = {**SETTINGS, "ways": self.ways}
        return NETWORK.connect(session_with(server), settings, SECRET, lambda _: None)


class TestSalesforceByIdempotencyKey(TestSalesforce):
    ways: ClassVar[str] = "Case:idempotency_key Task:idempotency_key"

    @pytest.fixture
    def server(self) -> FakeSalesforce:
        return FakeSalesforce(has_field=set())


class TestSalesforcePlainly(TestSalesforce):
    ways: ClassVar[str] = "Case:plain Task:plain"

    @pytest.fixture
    def server(self) -> FakeSalesforce:
        return FakeSalesforce(has_field=set(), has_ui=set())
