"""VK: what is written to, under and about a community, and answers in its name.

2026-11: our own dozen calls instead of a client library: those sign in with a password (against
VK's rules) or bring an event loop, and none asks the long poll twice from the same place, which is
what loses nothing.
"""

from socialdesk.networks.vk.network import NETWORK

__all__ = ["NETWORK"]
