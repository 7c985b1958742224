"""Google Business keeps the contract of connectors."""

import pytest

from socialdesk.networks.testing import ConnectorContract
from tests.networks.fake_google import ACCESS
from tests.networks.fake_google_business import FakeGoogleBusiness
from tests.networks.google_business_kit import connected


class TestGoogleBusiness(ConnectorContract):
    secret = ACCESS

    @pytest.fixture
    def server(self):
        return FakeGoogleBusiness()

    @pytest.fixture
    def connector(self, server):
        return connected(server)


@pytest.mark.soak
class TestGoogleBusinessLong(TestGoogleBusiness):
    n_mutations = 2000
