"""A Threads account: replies to its own posts, mentions, searches, answers in two steps."""

from socialdesk.networks.threads.network import NETWORK

__all__ = ["NETWORK"]
