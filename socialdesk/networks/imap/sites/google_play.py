"""Google Play Console: an app was reviewed, or a review that was answered has changed.

Shape: assumed from the console's help pages on e-mail notices, 2026-11; never seen live.
"""

from typing import Final

from socialdesk.domain.mentions.mention import Kind
from socialdesk.networks.imap.sites.layout import Layout, Site

SITE: Final = Site(
    key="google_play",
    label="Google Play",
    senders=("noreply-play-developer-console@google.com",),
    hosts=("google.com",),
    home="https://play.google.com/console",
    layouts=(
        Layout(
            Kind.REVIEW,
            subjects=(
                r"(?:new|updated) review (?:for|of) .+",
                r".+: (?:new|updated) review",
                r"(?:новый|изменённый|измененный) отзыв (?:о|об) .+",
            ),
            begins=(
                r"(?P<author>.+?) (?:wrote|updated (?:a|their) review):?",
                r"(?P<author>.+?) (?:пишет|изменил(?:а|\(а\))? отзыв):?",
            ),
            ends=(r"(?:view|see|reply to) review.*", r"(?:посмотреть|ответить на) отзыв.*"),
            link=r"reply|review|отзыв",
            first=("stars",),
        ),
    ),
)
