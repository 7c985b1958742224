"""Reddit, with the person's own app that Reddit approved.

2026-11: since November 2025 every app needs Reddit's approval, so none is shared in the installer;
who has none gets Reddit's mails (a mailbox) and feeds. Source: endpoints and 2,798 recorded
exchanges of PRAW 8.0.3 (BSD-2); Reddit Help "Data API Wiki" and "Responsible Builder Policy".
"""

from socialdesk.networks.reddit.network import NETWORK

__all__ = ["NETWORK"]
