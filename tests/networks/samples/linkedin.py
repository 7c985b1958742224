"""An invented company page on LinkedIn."""

import json

from socialdesk.networks.linkedin import NETWORK
from socialdesk.networks.tokens import Tokens
from tests.networks.fake_linkedin import (
    ACCESS,
    CLIENT,
    ERRORS,
    OWN,
    REFRESH,
    SECRET,
    FakeLinkedIn,
)
from tests.networks.samples.sample import Sample

SAMPLE = Sample(
    NETWORK,
    FakeLinkedIn,
    {"page": OWN},
    Tokens(ACCESS, REFRESH, {"client_id": CLIENT, "client_secret": SECRET}).packed(),
    (ACCESS, REFRESH, SECRET),
    limited=(429, json.dumps(ERRORS["429"]).encode(), {}),
    expired=(401, json.dumps(ERRORS["401"]).encode(), {}),
    no_credit=(429, json.dumps(ERRORS["429_day"]).encode(), {}),
)
