"""Lemmy, and the servers that speak its API: version 3 (0.19) and version 4 (1.0).

2026-11: servers of 1.0 keep version 3 for a while, so it is asked for first, at sign-in, and the
answer is kept in the account's settings. Source: shapes and paths of lemmy-js-client 0.19.9 and
1.0.0-beta.2 (facts only, the client itself is AGPL).
"""

from socialdesk.networks.lemmy.network import NETWORK

__all__ = ["NETWORK"]
