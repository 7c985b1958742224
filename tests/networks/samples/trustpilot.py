"""A signed-in business on Trustpilot, invented."""

from socialdesk.networks.tokens import Tokens
from socialdesk.networks.trustpilot import NETWORK
from tests.networks.fake_trustpilot import AUTHOR, DOMAIN, KEY, SECRET, TOKEN, UNIT, FakeTrustpilot
from tests.networks.samples.sample import Sample

SAMPLE = Sample(
    NETWORK,
    FakeTrustpilot,
    {"unit": UNIT, "domain": DOMAIN, "name": "Aldanov Bakery", "author": AUTHOR},
    Tokens(TOKEN["access_token"], rest={"key": KEY, "secret": SECRET}).packed(),
    (TOKEN["access_token"], KEY, SECRET),
    typed={"domain": DOMAIN, "key": KEY, "secret": SECRET},
    no_credit=(402, b"{}", {}),
)
