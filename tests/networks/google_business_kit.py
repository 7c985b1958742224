"""What the tests of the Google Business connector share."""

from dataclasses import replace
from datetime import timedelta

from socialdesk.domain.account import Watch, WatchKind
from socialdesk.domain.replies.reply import Outgoing
from socialdesk.networks.google_business import NETWORK
from socialdesk.networks.testing import START, session_with
from socialdesk.networks.tokens import Tokens
from tests.networks.fake_google import CLIENT_ID, CLIENT_SECRET
from tests.networks.fake_google_business import GROUP, SHOP

REVIEWS = Watch(WatchKind.MENTIONS)
LONG_AGO = START - timedelta(days=30)
MADE_AT = START + timedelta(minutes=1)
SETTINGS = {
    "client_id": CLIENT_ID,
    "account": GROUP,
    "location": SHOP,
    "title": "Tea House",
    "url": "https://maps.example/?cid=501",
}


def connected(server, kept=None):
    """A connector that is signed in at `server`; `kept` gets the secrets it renews."""
    secret = Tokens(server.access, server.refresh, {"client_secret": CLIENT_SECRET}).packed()
    keep = (kept if kept is not None else []).append
    return NETWORK.connect(session_with(server), SETTINGS, secret, keep)


def a_reply(review, text="Sorry! Come back for a free pot.", **changes):
    outgoing = Outgoing(review, f"google-review:501/{review}", text, "key-1", MADE_AT)
    return replace(outgoing, **changes)


def walk(connector, cursor=None, since=LONG_AGO):
    """All mentions of one look in the order they came, and the cursor after it."""
    mentions = []
    for _ in range(100):
        page = connector.fetch(REVIEWS, cursor, since=since)
        mentions += page.mentions
        cursor = page.cursor
        if not page.more:
            return mentions, cursor
    raise AssertionError("the look does not end")
