"""The sites whose notices are understood, each a table of its own."""

from typing import Final

from socialdesk.networks.imap.letters import Letter
from socialdesk.networks.imap.sites import (
    app_store,
    booking,
    facebook,
    google_business,
    google_play,
    instagram,
    reddit,
    tripadvisor,
    trustpilot,
    vk,
    yelp,
)
from socialdesk.networks.imap.sites.layout import Notice, Site, read_layout
from socialdesk.networks.imap.trust import Verdict

SITES: Final[tuple[Site, ...]] = (
    google_business.SITE,
    google_play.SITE,
    app_store.SITE,
    trustpilot.SITE,
    tripadvisor.SITE,
    yelp.SITE,
    booking.SITE,
    facebook.SITE,
    instagram.SITE,
    vk.SITE,
    reddit.SITE,
)


def read_notice(letter: Letter) -> Notice | None:
    """What a site tells in this letter; None when it is no notice, when its layout is unknown, or
    when our mail server does not vouch for the sender."""
    if letter.verdict is Verdict.FAILED:
        return None
    for site in SITES:
        if site.sends_from(letter.address):
            return _first_fit(site, letter)
    return None


def _first_fit(site: Site, letter: Letter) -> Notice | None:
    tries = ((layout, text) for layout in site.layouts for text in letter.texts)
    found = (read_layout(site, layout, letter.subject, text) for layout, text in tries)
    return next((notice for notice in found if notice is not None), None)
