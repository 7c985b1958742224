"""TikTok: comments on a business account's videos, for who has an approved app of their own."""

from socialdesk.networks.tiktok.network import NETWORK

__all__ = ["NETWORK"]
