"""A signed-in Mastodon account at an invented server."""

import json

from socialdesk.domain.account import Secret
from socialdesk.networks.mastodon import NETWORK
from tests.networks.fake_mastodon import BRAND, HOST, MASTODON, FakeMastodon
from tests.networks.samples.sample import Sample

TOKEN = "canary-token-7d41"

SAMPLE = Sample(
    NETWORK,
    lambda: FakeMastodon(MASTODON, TOKEN),
    {
        "base": f"https://{HOST}",
        "host": HOST,
        "software": MASTODON.software,
        "own_id": str(BRAND["id"]),
    },
    Secret(json.dumps({"token": TOKEN})),
    (TOKEN,),
    typed={"server": HOST, "token": TOKEN},
)
