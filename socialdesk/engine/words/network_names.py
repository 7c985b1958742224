"""Names of the networks this program comes with, for every screen, report and command."""

from typing import Final

from socialdesk.i18n import tr

NAMES: Final = {  # the same in every language
    "bluesky": "Bluesky", "discourse": "Discourse", "facebook": "Facebook",
    "google_business": "Google Business", "hackernews": "Hacker News", "hubspot": "HubSpot",
    "instagram": "Instagram", "lemmy": "Lemmy", "linkedin": "LinkedIn", "mastodon": "Mastodon",
    "reddit": "Reddit", "salesforce": "Salesforce", "stackexchange": "Stack Exchange",
    "telegram": "Telegram", "threads": "Threads", "tiktok": "TikTok",
    "tripadvisor": "Tripadvisor", "trustpilot": "Trustpilot", "vk": "VK", "x": "X",
    "yelp": "Yelp", "youtube": "YouTube",
}  # fmt: skip


def network_name(key: str) -> str:
    """A network's own name; what has none is called what it is. A third party's key is shown as it
    is."""
    ours = {"feeds": tr("Feed"), "imap": tr("Mailbox"), "import": tr("File")}
    return ours.get(key) or NAMES.get(key) or key.capitalize()
