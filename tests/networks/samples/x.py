"""A signed-in account on X, with an app of its own."""

from socialdesk.networks.tokens import Tokens
from socialdesk.networks.x import NETWORK
from tests.networks.fake_x import CLIENT_ID, HANDLES, OWN, PROBLEM, FakeX
from tests.networks.samples.sample import Sample

_CAPPED = b'{"title":"UsageCapExceeded","type":"%susage-capped"}' % PROBLEM.encode()

SAMPLE = Sample(
    NETWORK,
    FakeX,
    {"client_id": CLIENT_ID, "own_id": OWN, "handle": HANDLES[OWN], "monthly_cap_usd": "5.00",
     "max_chars": "280"},
    Tokens("access-canary-0", "refresh-canary-0").packed(),
    ("access-canary-0", "refresh-canary-0"),
    limited=(429, b'{"title":"Too Many Requests","type":"about:blank"}', {}),
    no_credit=(429, _CAPPED, {}),
)  # fmt: skip
