"""A signed-in Bluesky account at an invented server."""

import json

from socialdesk.domain.account import Secret
from socialdesk.networks.bluesky import NETWORK
from tests.networks.fake_pds import HOST, OWN, FakePds
from tests.networks.samples.sample import Sample

_PDS = FakePds()

SAMPLE = Sample(
    NETWORK,
    FakePds,
    {"did": OWN, "pds": f"https://{HOST}"},
    Secret(json.dumps({"access": _PDS.access, "refresh": _PDS.refresh})),
    (_PDS.access, _PDS.refresh),
)
