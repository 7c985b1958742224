"""Google Business Profile: somebody reviewed the place.

Only this address: others at google.com carry words of strangers (forms, shared documents).
Shape: subject and lines as public parsers of these mails describe them, 2026-11.
"""

from typing import Final

from socialdesk.domain.mentions.mention import Kind
from socialdesk.networks.imap.sites.layout import Layout, Site

SITE: Final = Site(
    key="google_business",
    label="Google",
    senders=("businessprofile-noreply@google.com",),
    hosts=("google.com",),
    home="https://business.google.com/reviews",
    layouts=(
        Layout(
            Kind.REVIEW,
            subjects=(
                r"(?P<author>.+?) left a review for .+",
                r"(?P<author>.+?) оставил(?:а|\(а\))? отзыв о .+",
                r"(?P<author>.+?) hat .+ bewertet",
            ),
            begins=(r"read review", r"(?:про)?читать отзыв", r"rezension (?:lesen|ansehen)"),
            ends=(r"reply to review", r"ответить на отзыв", r"auf rezension antworten"),
            link=r"reply|ответить|antworten",
            first=("author",),
        ),
    ),
)
