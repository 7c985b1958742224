"""Booking.com: a guest rated the stay, out of ten.

Shape: assumed from the partner help pages on guest reviews, 2026-11; never seen live. Guests'
messages come from guest.booking.com and are no reviews.
"""

from typing import Final

from socialdesk.domain.mentions.mention import Kind
from socialdesk.networks.imap.sites.layout import Layout, Site

SITE: Final = Site(
    key="booking",
    label="Booking.com",
    senders=("noreply@booking.com", "customer.service@booking.com", "@property.booking.com"),
    hosts=("booking.com",),
    home="https://admin.booking.com/",
    layouts=(
        Layout(
            Kind.REVIEW,
            subjects=(
                r"(?:you have a |you(?:'|’)ve received a )?new guest review.*",
                r"(?P<author>.+?) (?:left|wrote) (?:you )?a (?:guest )?review.*",
                r"новый отзыв гостя.*",
            ),
            begins=(
                r"(?P<author>.+?) (?:rated|scored|gave) .*?(?P<stars>\d{1,2}(?:[.,]\d)?\s*"
                r"(?:/|out of)\s*10).*",
                r"(?P<author>.+?) (?:поставил|оценил)\S* .*?(?P<stars>\d{1,2}(?:[.,]\d)?\s*из\s*10)"
                r".*",
            ),
            ends=(
                r"(?:reply to|respond to|view|see) .*review.*",
                r"(?:ответить|смотреть).*отзыв.*",
            ),
            link=r"reply|respond|review|отзыв",
            n_steps=10,
        ),
    ),
)
