"""YouTube: every comment on the own channel, searches for videos, answers that are sent once."""

from socialdesk.networks.youtube.network import NETWORK

__all__ = ["NETWORK"]
