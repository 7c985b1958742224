"""A signed-in HubSpot account. It has no mentions: its calls are those of `networks/crm.py`."""

from socialdesk.domain.account import Secret
from socialdesk.networks.hubspot import NETWORK
from tests.networks.fake_hubspot import KEY, SETTINGS, FakeHubSpot
from tests.networks.samples.sample import Sample

SAMPLE = Sample(
    NETWORK, FakeHubSpot, SETTINGS, Secret(KEY), (KEY,), typed={"token": KEY},
    limited=(429, b'{"policyName": "TEN_SECONDLY_ROLLING"}', {}),
    no_credit=(429, b'{"policyName": "DAILY"}', {}),
)  # fmt: skip
