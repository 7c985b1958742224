"""A signed-in Google Business location."""

from socialdesk.networks.google_business import NETWORK
from socialdesk.networks.tokens import Tokens
from tests.networks.fake_google import ACCESS, CLIENT_SECRET, REFRESH
from tests.networks.fake_google_business import FakeGoogleBusiness
from tests.networks.google_business_kit import SETTINGS
from tests.networks.samples.sample import Sample

SAMPLE = Sample(
    NETWORK,
    FakeGoogleBusiness,
    SETTINGS,
    Tokens(ACCESS, REFRESH, {"client_secret": CLIENT_SECRET}).packed(),
    (ACCESS, REFRESH, CLIENT_SECRET),
)
