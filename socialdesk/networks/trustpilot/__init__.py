"""Trustpilot: every review of the own business, and the one reply each has room for."""

from socialdesk.networks.trustpilot.network import NETWORK

__all__ = ["NETWORK"]
