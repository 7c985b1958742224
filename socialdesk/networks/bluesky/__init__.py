"""Bluesky (AT Protocol): mentions, searches, threads, replies that are sent once."""

from socialdesk.networks.bluesky.network import NETWORK

__all__ = ["NETWORK"]
