"""Telegram: what is written to the brand's bot, in its groups and under its channel's posts.

2026-11: plain HTTPS calls instead of a bot framework: six methods are all we need, and the
frameworks bring an event loop of their own.
"""

from socialdesk.networks.telegram.network import NETWORK

__all__ = ["NETWORK"]
