"""Feeds: RSS, Atom and JSON Feed of blogs, news and alerts; read only, answered in the browser."""

from socialdesk.networks.feeds.network import NETWORK

__all__ = ["NETWORK"]
