"""An invented website, watched with an invented key."""

from socialdesk.domain.account import Secret
from socialdesk.networks.stackexchange import NETWORK
from tests.networks.fake_stackexchange import HOST, KEY, SITE, WEBSITE, FakeStackExchange
from tests.networks.samples.sample import Sample

USED_UP = b'{"error_id":502,"error_name":"throttle_violation","error_message":"too many requests"}'


def _server() -> FakeStackExchange:
    server = FakeStackExchange()
    server.key = KEY
    return server


SAMPLE = Sample(
    NETWORK,
    _server,
    {"site": SITE, "host": HOST, "website": WEBSITE},
    Secret(KEY),
    (KEY,),
    typed={"site": SITE, "website": WEBSITE, "key": KEY},
    limited=(400, USED_UP, {}),
    expired=None,
)
