"""A signed-in account on an invented forum."""

import json

from socialdesk.domain.account import Secret
from socialdesk.networks.discourse import NETWORK
from tests.networks.discourse_kit import SETTINGS
from tests.networks.fake_discourse import DENIED, KEY, FakeDiscourse
from tests.networks.samples.sample import Sample

LIMIT = {
    "errors": ["You've performed this action too many times, please wait 18 seconds."],
    "error_type": "rate_limit",
    "extras": {"wait_seconds": 18, "time_left": "18 seconds"},
}

SAMPLE = Sample(
    NETWORK,
    FakeDiscourse,
    SETTINGS,
    Secret(KEY),
    (KEY,),
    limited=(429, json.dumps(LIMIT).encode(), {}),
    expired=(403, json.dumps(DENIED).encode(), {}),
)
