"""A business's own Facebook Page: comments, posts that name it, replies, posts of its own."""

from socialdesk.networks.facebook.network import NETWORK

__all__ = ["NETWORK"]
