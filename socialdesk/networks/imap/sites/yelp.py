"""Yelp for Business: a new review.

Not messaging.yelp.com: there customers write themselves.
Shape: subject as Yelp for Business announces it, 2026-11; lines assumed.
"""

from typing import Final

from socialdesk.domain.mentions.mention import Kind
from socialdesk.networks.imap.sites.layout import Layout, Site

SITE: Final = Site(
    key="yelp",
    label="Yelp",
    senders=("no-reply@yelp.com", "noreply@yelp.com", "@notify.yelp.com"),
    hosts=("yelp.com",),
    home="https://biz.yelp.com/",
    layouts=(
        Layout(
            Kind.REVIEW,
            subjects=(
                r"(?P<author>.+?) (?:just )?(?:wrote|left|posted) a (?:new )?"
                r"(?:[1-5][- ]star )?review.*",
                r"(?:you have|you(?:'|’)ve got) a new (?:[1-5][- ]star )?review.*",
                r"new (?:[1-5][- ]star )?review (?:for|of) .+",
            ),
            begins=(
                r"(?P<author>.+?) (?:gave .+?|left .+?|wrote .+?)?\(?(?P<stars>[1-5])[- ]stars?"
                r"(?: rating| review)?.*",
            ),
            ends=(r"(?:respond|reply)(?: to .*)?", r"(?:read|see) (?:the )?(?:full )?review.*"),
            link=r"respond|reply|read|see",
        ),
    ),
)
