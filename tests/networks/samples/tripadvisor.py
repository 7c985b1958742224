"""An invented place on Tripadvisor."""

from socialdesk.domain.account import Secret
from socialdesk.networks.tripadvisor import NETWORK
from tests.networks.fake_tripadvisor import KEY, LOCATION, FakeTripadvisor
from tests.networks.samples.sample import Sample

SAMPLE = Sample(
    NETWORK,
    FakeTripadvisor,
    {"location": LOCATION, "name": "Bakery", "languages": "en"},
    Secret(KEY),
    (KEY,),
    typed={"key": KEY, "place": LOCATION, "name": "Bakery"},
)
