"""What the tests of the YouTube connector share."""

from dataclasses import replace
from datetime import timedelta

from socialdesk.domain.account import Watch, WatchKind
from socialdesk.domain.replies.reply import Outgoing
from socialdesk.networks.testing import START, session_with
from socialdesk.networks.tokens import Tokens
from socialdesk.networks.youtube import NETWORK
from tests.networks.fake_google import CLIENT_ID, CLIENT_SECRET
from tests.networks.fake_youtube import OWN, VIDEO

COMMENTS = Watch(WatchKind.MENTIONS)
LONG_AGO = START - timedelta(days=30)
MADE_AT = START + timedelta(minutes=1)


def tokens_at(server):
    """What the keyring holds for an account at `server`."""
    return Tokens(server.access, server.refresh, {"client_secret": CLIENT_SECRET}).packed()


def connected(server, kept=None):
    """A connector that is signed in at `server`; `kept` gets the secrets it renews."""
    settings = {"client_id": CLIENT_ID, "channel_id": OWN}
    keep = (kept if kept is not None else []).append
    return NETWORK.connect(session_with(server), settings, tokens_at(server), keep)


def a_reply(comment, text="Sorry! We open at 9.", video=VIDEO, **changes):
    outgoing = Outgoing(f"{video}/{comment}", f"youtube:comment/{comment}", text, "key-1", MADE_AT)
    return replace(outgoing, **changes)


def walk(connector, cursor=None, watch=COMMENTS, since=LONG_AGO):
    """All mentions of one look in the order they came, and the cursor after it."""
    mentions = []
    for _ in range(100):
        page = connector.fetch(watch, cursor, since=since)
        assert len(page.mentions) <= 200
        mentions += page.mentions
        cursor = page.cursor
        if not page.more:
            return mentions, cursor
    raise AssertionError("the look does not end")
