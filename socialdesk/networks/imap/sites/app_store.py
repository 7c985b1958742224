"""App Store Connect: a customer changed a review that was answered (Apple tells of no others).

Shape: App Store Connect Help, "User notifications" (Developer Response), 2026-11; lines assumed.
"""

from typing import Final

from socialdesk.domain.mentions.mention import Kind
from socialdesk.networks.imap.sites.layout import Layout, Site

SITE: Final = Site(
    key="app_store",
    label="App Store",
    senders=("no_reply@email.apple.com", "@appstoreconnect.apple.com"),
    hosts=("apple.com",),
    home="https://appstoreconnect.apple.com/",
    layouts=(
        Layout(
            Kind.REVIEW,
            subjects=(
                r".*\bcustomer review\b.*(?:updated|edited|changed|new).*",
                r"(?:a|new|updated) (?:customer )?review (?:for|of|on) .+",
                r".*отзыв.*(?:изменён|изменен|обновлён|обновлен).*",
            ),
            begins=(
                r"(?:customer )?review by (?P<author>.+)",
                r"(?P<author>.+) (?:edited|updated) (?:a|their) review\.?",
                r"отзыв (?:от )?(?P<author>.+)",
            ),
            ends=(r"(?:view|respond to|see) .*review.*", r"(?:посмотреть|ответить).*отзыв.*"),
            link=r"review|respond|отзыв",
            first=("stars", "title"),
        ),
    ),
)
