"""What the tests of the VK connector share."""

from dataclasses import replace
from datetime import timedelta

from socialdesk.domain.account import Watch, WatchKind
from socialdesk.domain.replies.reply import Outgoing
from socialdesk.networks.testing import START, read_on, session_with
from socialdesk.networks.tokens import Tokens
from socialdesk.networks.vk import NETWORK
from tests.networks.fake_vk import GROUP, KEY, SERVICE

MENTIONS = Watch(WatchKind.MENTIONS)
SETTINGS = {"group": str(GROUP), "host": "api.vk.com"}
LONG_AGO = START - timedelta(days=30)


def secret(service=SERVICE):
    return Tokens(KEY, rest={"service": service}).packed()


def connected(server, service=SERVICE):
    """A connector of the community at `server`; `service` "" = with the community key alone."""
    return NETWORK.connect(session_with(server), SETTINGS, secret(service), lambda kept: None)


def caught_up(connector, cursor=None, watch=MENTIONS):
    """All there is now, and the cursor after it."""
    mentions, _, after = read_on(connector, watch, cursor, LONG_AGO)
    return mentions, after


def a_reply(parent, text="Простите! Открываем в 9.", **changes):
    outgoing = Outgoing(parent, f"vk:{parent}", text, dedupe_key="key-1", made_at=START)
    return replace(outgoing, **changes)
