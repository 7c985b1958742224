"""What the tests of the Bluesky connector share."""

import json
from dataclasses import replace
from datetime import timedelta

from socialdesk.domain.account import Secret, Watch, WatchKind
from socialdesk.domain.replies.reply import Outgoing
from socialdesk.networks.bluesky import NETWORK
from socialdesk.networks.testing import START, session_with
from tests.networks.fake_pds import HOST, OWN

MENTIONS = Watch(WatchKind.MENTIONS)
LONG_AGO = START - timedelta(days=7)
MADE_AT = START + timedelta(hours=3)


def connected(pds, kept=None):
    """A connector that is signed in at `pds`; `kept` gets the secrets it renews."""
    secret = Secret(json.dumps({"access": pds.access, "refresh": pds.refresh}))
    settings = {"did": OWN, "pds": f"https://{HOST}"}
    keep = (kept if kept is not None else []).append
    return NETWORK.connect(session_with(pds), settings, secret, keep)


def a_reply(parent, text="Sorry! We open at 9.", **changes):
    outgoing = Outgoing(parent, parent, text, dedupe_key="key-1", made_at=MADE_AT, lang="en")
    return replace(outgoing, **changes)


def walk(connector, cursor=None, watch=MENTIONS, since=LONG_AGO):
    """All mentions of one walk in the order they came, and the cursor after it."""
    mentions = []
    for _ in range(200):
        page = connector.fetch(watch, cursor, since=since)
        mentions += page.mentions
        cursor = page.cursor
        if not page.more:
            return mentions, cursor
    raise AssertionError("the walk does not end")
