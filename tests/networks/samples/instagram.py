"""An invented professional Instagram account, signed in on Instagram itself."""

import json

from socialdesk.networks.instagram import NETWORK
from socialdesk.networks.meta.long_lived import RENEWED_AT
from socialdesk.networks.tokens import Tokens
from tests.networks.fake_instagram import IG_ID, OWN, TOKEN, FakeInstagram
from tests.networks.fake_meta import problem
from tests.networks.samples.sample import Sample

_EXPIRED = problem(190, 463, "Error validating access token: Session has expired", 400)
_LIMITED = problem(80002, 0, "There have been too many calls to this Instagram account", 400)

SAMPLE = Sample(
    NETWORK,
    FakeInstagram,
    {"ig_id": IG_ID, "username": OWN, "way": "instagram"},
    Tokens(TOKEN, rest={RENEWED_AT: "2026-11-20T09:00:00.000Z"}).packed(),
    (TOKEN,),
    typed={"token": TOKEN},
    limited=(_LIMITED.status, json.dumps(_LIMITED.body).encode(), {}),
    expired=(_EXPIRED.status, json.dumps(_EXPIRED.body).encode(), {}),
)
