"""A signed-in Salesforce org. It has no mentions: its calls are those of `networks/crm.py`."""

from socialdesk.networks.salesforce import NETWORK
from tests.networks.fake_salesforce import (
    ACCESS,
    REFRESH,
    SECRET,
    SETTINGS,
    FakeSalesforce,
)
from tests.networks.samples.sample import Sample

_LIMITED = b'[{"errorCode": "REQUEST_LIMIT_EXCEEDED", "message": "TotalRequests Limit exceeded."}]'
_ENDED = b'[{"errorCode": "INVALID_SESSION_ID", "message": "Session expired or invalid"}]'

SAMPLE = Sample(
    NETWORK, FakeSalesforce, SETTINGS, SECRET, (ACCESS, REFRESH),
    limited=(403, _LIMITED, {}), expired=(401, _ENDED, {}),
)  # fmt: skip
