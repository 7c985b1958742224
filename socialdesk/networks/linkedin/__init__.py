"""LinkedIn: comments on the posts of a company page, for who has an approved app of their own."""

from socialdesk.networks.linkedin.network import NETWORK

__all__ = ["NETWORK"]
