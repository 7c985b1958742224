"""Tripadvisor: a new review of the place; its bubbles are stars.

Shape: subject and "n of 5 bubbles" as public parsers of these mails describe them, 2026-11; other
lines assumed.
"""

from typing import Final

from socialdesk.domain.mentions.mention import Kind
from socialdesk.networks.imap.sites.layout import Layout, Site

SITE: Final = Site(
    key="tripadvisor",
    label="Tripadvisor",
    senders=("@e.tripadvisor.com", "@tripadvisor.com", "@mg.tripadvisor.com"),
    hosts=("tripadvisor.com",),
    home="https://www.tripadvisor.com/Owners",
    layouts=(
        Layout(
            Kind.REVIEW,
            subjects=(
                r"new review from (?P<author>.+?): [\"“”](?P<title>.+)[\"“”]",
                r"(?P<author>.+?) (?:just )?(?:wrote|posted) a review (?:of|about) .+",
                r"(?:you have a )?new review (?:of|for) .+",
                r"новый отзыв о .+",
            ),
            begins=(
                r"(?P<author>.+?) rated your .+? (?P<stars>[1-5](?:[.,]\d)?) (?:of|out of) 5.*",
                r"(?P<author>.+?) (?:поставил(?:а|\(а\))?|оценил(?:а|\(а\))?).*[1-5] из 5.*",
            ),
            ends=(
                r"(?:respond to|reply to|read) (?:the |this )?(?:full )?review.*",
                r"(?:write|post) a (?:management )?response.*",
                r"(?:ответить на|читать) отзыв.*",
            ),
            link=r"respon|reply|read|отве|чита",
        ),
    ),
)
