"""A professional Instagram account: comments on its own media, photo tags, hashtags."""

from socialdesk.networks.instagram.network import NETWORK

__all__ = ["NETWORK"]
