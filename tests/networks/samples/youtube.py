"""A signed-in YouTube channel."""

from socialdesk.networks.tokens import Tokens
from socialdesk.networks.youtube import NETWORK
from tests.networks.fake_google import ACCESS, CLIENT_ID, CLIENT_SECRET, REFRESH
from tests.networks.fake_youtube import OWN, FakeYouTube
from tests.networks.samples.sample import Sample

SAMPLE = Sample(
    NETWORK,
    FakeYouTube,
    {"client_id": CLIENT_ID, "channel_id": OWN},
    Tokens(ACCESS, REFRESH, {"client_secret": CLIENT_SECRET}).packed(),
    (ACCESS, REFRESH, CLIENT_SECRET),
    no_credit=(403, b'{"error":{"errors":[{"reason":"quotaExceeded"}]}}', {}),
)
