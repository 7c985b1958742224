"""A signed-in account on an invented Reddit, by an invented app."""

from socialdesk.networks.reddit import NETWORK
from tests.networks.fake_reddit import ACCESS, REFRESH, FakeReddit
from tests.networks.reddit_kit import SECRET, SETTINGS
from tests.networks.samples.sample import Sample

SAMPLE = Sample(
    NETWORK,
    FakeReddit,
    SETTINGS,
    SECRET,
    (ACCESS, REFRESH),
    limited=(429, b'{"message": "Too Many Requests", "error": 429}', {"x-ratelimit-reset": "293"}),
    expired=(401, b'{"message": "Unauthorized", "error": 401}', {}),
)
