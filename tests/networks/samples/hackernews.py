"""An invented website, watched on an invented Hacker News."""

from socialdesk.networks.hackernews import NETWORK
from tests.networks.fake_hackernews import SITE, FakeHackerNews
from tests.networks.samples.sample import Sample

SAMPLE = Sample(
    NETWORK,
    FakeHackerNews,
    {"site": SITE},
    None,
    (),
    typed={"site": SITE},
    expired=None,
)
