"""Mastodon and the servers that speak its API: GoToSocial, Pleroma and Akkoma, Pixelfed, Takahe.

2026-11: the server's software is asked once, at sign-in, and kept in the account's settings; only
a few habits depend on it (`instance.py`). Whatever can be found out by trying is tried instead.
Source: mastodon/documentation, 2026-07; GoToSocial docs/api/swagger.yaml, 0.20.
"""

from socialdesk.networks.mastodon.network import NETWORK

__all__ = ["NETWORK"]
