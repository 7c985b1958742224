"""An invented Threads account, signed in with a token of 60 days."""

import json

from socialdesk.networks.meta.long_lived import RENEWED_AT
from socialdesk.networks.threads import NETWORK
from socialdesk.networks.tokens import Tokens
from tests.networks.fake_meta import problem
from tests.networks.fake_threads import OWN, TOKEN, USER_ID, FakeThreads
from tests.networks.samples.sample import Sample

_EXPIRED = problem(190, 463, "Error validating access token: Session has expired", 400)
_LIMITED = problem(4, 0, "Application request limit reached", 403)

SAMPLE = Sample(
    NETWORK,
    FakeThreads,
    {"user_id": USER_ID, "username": OWN},
    Tokens(TOKEN, rest={RENEWED_AT: "2026-11-20T09:00:00.000Z"}).packed(),
    (TOKEN,),
    typed={"token": TOKEN},
    limited=(_LIMITED.status, json.dumps(_LIMITED.body).encode(), {}),
    expired=(_EXPIRED.status, json.dumps(_EXPIRED.body).encode(), {}),
)
