"""Reddit: an answer to a post or comment of ours, or our name in somebody's.

Shape: assumed from Reddit's help pages on e-mail notices, 2026-11; never seen live.
"""

from typing import Final

from socialdesk.domain.mentions.mention import Kind
from socialdesk.networks.imap.sites.layout import Layout, Site

_ENDS: Final = (r"(?:view|see|read|go to) .*", r"reply")
_LINK: Final = r"view|see|reply"

SITE: Final = Site(
    key="reddit",
    label="Reddit",
    senders=("noreply@redditmail.com", "noreply@reddit.com"),
    hosts=("reddit.com",),
    home="https://www.reddit.com/notifications",
    layouts=(
        Layout(
            Kind.REPLY,
            subjects=(r"(?P<author>u/\S+) (?:replied to|commented on) your .+",),
            begins=(r"u/\S+ (?:replied to|commented on) your .+?:?",),
            ends=_ENDS,
            link=_LINK,
            n_steps=0,
        ),
        Layout(
            Kind.MENTION,
            subjects=(r"(?P<author>u/\S+) mentioned you .*",),
            begins=(r"u/\S+ mentioned you.*",),
            ends=_ENDS,
            link=_LINK,
            n_steps=0,
        ),
    ),
)
