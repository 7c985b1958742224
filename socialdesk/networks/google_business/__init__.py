"""Google Business: every review of one location, and the one answer each has room for."""

from socialdesk.networks.google_business.network import NETWORK

__all__ = ["NETWORK"]
