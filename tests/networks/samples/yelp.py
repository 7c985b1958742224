"""An invented place on Yelp."""

import json

from socialdesk.domain.account import Secret
from socialdesk.networks.yelp import NETWORK
from tests.networks.fake_yelp import ALIAS, ERRORS, KEY, PLACE, FakeYelp
from tests.networks.samples.sample import Sample

SAMPLE = Sample(
    NETWORK,
    FakeYelp,
    {"place": PLACE, "name": ALIAS, "locale": "en_US"},
    Secret(KEY),
    (KEY,),
    typed={"key": KEY, "place": f"https://www.yelp.com/biz/{ALIAS}"},
    limited=(429, json.dumps(ERRORS["429"]).encode(), {}),
    expired=(401, json.dumps(ERRORS["401"]).encode(), {}),
    no_credit=(429, json.dumps(ERRORS["429_day"]).encode(), {}),
)
