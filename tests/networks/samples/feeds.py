"""An invented feed, whose address holds a key as those of alert services do."""

from socialdesk.domain.account import Watch, WatchKind
from socialdesk.networks.feeds import NETWORK
from tests.networks.fake_feed import URL, FakeFeed
from tests.networks.samples.sample import Sample

SAMPLE = Sample(
    NETWORK,
    FakeFeed,
    {"url": URL},
    None,
    ("alerts/feeds/0123/4567",),
    watch=Watch(WatchKind.FEED, URL),
    typed={"url": URL},
    expired=None,
)
