"""Trustpilot: a new review of the company.

Not trustpilotmail.com: from there it sends invitations in the words of any company.
Shape: assumed from Trustpilot's help pages on review notices, 2026-11; never seen live.
"""

from typing import Final

from socialdesk.domain.mentions.mention import Kind
from socialdesk.networks.imap.sites.layout import Layout, Site

SITE: Final = Site(
    key="trustpilot",
    label="Trustpilot",
    senders=(
        "@trustpilot.com",
        "@business.trustpilot.com",
        "@notifications.trustpilot.com",
        "@e.trustpilot.com",
    ),
    hosts=("trustpilot.com",),
    home="https://businessapp.b2b.trustpilot.com/reviews",
    layouts=(
        Layout(
            Kind.REVIEW,
            subjects=(
                r"(?:you(?:'|’)ve got a |you have a )?new (?:\d[- ]star )?review.*",
                r"(?P<author>.+?) (?:just )?left (?:you )?a (?:new )?(?:\d[- ]star )?review.*",
                r"(?:neue|sie haben eine neue).*bewertung.*",
            ),
            begins=(
                r"(?P<author>.+?) (?:wrote|left|gave you) .*(?P<stars>[1-5])[- ]star.*",
                r"(?P<author>.+?) rated (?:you|your (?:company|business)) .+",
                r"(?P<author>.+?) (?:hat )?(?P<stars>[1-5]) sterne?.*",
            ),
            ends=(
                r"(?:reply to|read|see|view) (?:the |this )?(?:full )?review.*",
                r"(?:auf )?bewertung (?:antworten|ansehen).*",
            ),
            link=r"reply|review|bewertung",
            first=("title",),
        ),
    ),
)
