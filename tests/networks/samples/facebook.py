"""An invented Facebook Page, signed in with its own token."""

import json

from socialdesk.networks.facebook import NETWORK
from socialdesk.networks.tokens import Tokens
from tests.networks.fake_facebook import APP_SECRET, PAGE, PAGE_TOKEN, FakeFacebook
from tests.networks.fake_meta import problem
from tests.networks.samples.sample import Sample

_EXPIRED = problem(190, 463, "Error validating access token: Session has expired", 400)
_LIMITED = problem(32, 0, "(#32) Page request limit reached", 400)

SAMPLE = Sample(
    NETWORK,
    FakeFacebook,
    {"page_id": PAGE, "tasks": "MODERATE,CREATE_CONTENT"},
    Tokens(PAGE_TOKEN, rest={"app_secret": APP_SECRET}).packed(),
    (PAGE_TOKEN, APP_SECRET),
    typed={"token": PAGE_TOKEN, "app_secret": APP_SECRET},
    limited=(_LIMITED.status, json.dumps(_LIMITED.body).encode(), {}),
    expired=(_EXPIRED.status, json.dumps(_EXPIRED.body).encode(), {}),
)
