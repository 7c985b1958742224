"""An invented business account on TikTok."""

import json

from socialdesk.networks.tiktok import NETWORK
from socialdesk.networks.tokens import Tokens
from tests.networks.fake_tiktok import (
    ACCESS,
    CLIENT,
    HANDLE,
    OWN,
    REFRESH,
    SECRET,
    FakeTikTok,
    failed,
)
from tests.networks.samples.sample import Sample

SAMPLE = Sample(
    NETWORK,
    FakeTikTok,
    {"business_id": OWN, "username": HANDLE},
    Tokens(ACCESS, REFRESH, {"client_id": CLIENT, "client_secret": SECRET}).packed(),
    (ACCESS, REFRESH, SECRET),
    limited=(200, json.dumps(failed(40100).body).encode(), {}),
    expired=(200, json.dumps(failed(40105).body).encode(), {}),
)
