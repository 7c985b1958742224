"""X (formerly Twitter), API v2, paid per item.

2026-11: everything asked passes `server.Server`, which holds the most a call can cost in the purse
before it leaves and settles what it did cost: no call can be forgotten. X's prices stand in
`prices.py` alone. Field names change from tweet to post in these months; `dialect.py` asks by the
old ones first and all readers know both.
Source: docs.x.com (repository xdevplatform/docs, 2026-08-22), OpenAPI 2.166 and 2.167.
"""

from socialdesk.networks.x.network import NETWORK

__all__ = ["NETWORK"]
