"""A signed-in account on an invented Lemmy server."""

from socialdesk.domain.account import Secret
from socialdesk.networks.lemmy import NETWORK
from tests.networks.fake_lemmy import BASE, BRAND_ID, HOST, JWT, PASSWORD, FakeLemmy
from tests.networks.samples.sample import Sample

SAMPLE = Sample(
    NETWORK,
    FakeLemmy,
    {"base": BASE, "api": "v3", "own_id": str(BRAND_ID)},
    Secret(JWT),
    (JWT,),
    typed={"server": HOST, "name": "teahouse", "password": PASSWORD},
    limited=(400, b'{"error":"rate_limit_error"}', {}),
    expired=(401, b'{"error":"not_logged_in"}', {}),
)
