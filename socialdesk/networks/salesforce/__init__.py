"""Salesforce: cases and tasks made of mentions, and what it knows of a person."""

from socialdesk.networks.salesforce.network import NETWORK

__all__ = ["NETWORK"]
