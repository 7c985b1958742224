"""A signed-in VK community at an invented server."""

import json

from socialdesk.networks.vk import NETWORK
from tests.networks.fake_vk import GROUP, KEY, LP_KEY, SERVICE, FakeVk, refused
from tests.networks.samples.sample import Sample
from tests.networks.vk_kit import secret


def _told(code: int) -> tuple[int, bytes, dict[str, str]]:
    return 200, json.dumps(refused(code)).encode(), {}


SAMPLE = Sample(
    NETWORK,
    FakeVk,
    {"group": str(GROUP), "host": "api.vk.com"},
    secret(),
    (KEY, SERVICE, LP_KEY),
    typed={"key": KEY, "service": SERVICE},
    limited=_told(6),
    expired=_told(5),
    no_credit=_told(29),
)
