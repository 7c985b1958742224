"""Icons of the networks this program comes with, none a logo; and what the list calls them."""

from typing import Final

from socialdesk.domain.network_row import NetworkRow
from socialdesk.engine.words.network_names import NAMES
from socialdesk.i18n import tr as spoken  # texts that connectors mark with said()

ICONS: Final = {
    "bluesky": "cloud", "discourse": "messages-square", "facebook": "thumbs-up",
    "feeds": "rss", "google_business": "map-pin", "hackernews": "newspaper",
    "hubspot": "contact", "imap": "mail", "import": "file-text", "instagram": "camera",
    "lemmy": "mountain", "linkedin": "briefcase", "mastodon": "message-circle",
    "reddit": "arrow-big-up", "salesforce": "handshake", "stackexchange": "layers",
    "telegram": "send", "threads": "at-sign", "tiktok": "music", "tripadvisor": "binoculars",
    "trustpilot": "star", "vk": "users", "x": "hash", "yelp": "store", "youtube": "square-play",
}  # fmt: skip


def named(n: NetworkRow) -> str:
    """What the list calls it: a network's own name, or what it is ("Mailbox") in our words."""
    return n.label if n.key in NAMES else spoken(n.label)
