"""What the tests of the Telegram connector share."""

from dataclasses import replace

from socialdesk.domain.account import Secret, Watch, WatchKind
from socialdesk.domain.replies.reply import Outgoing
from socialdesk.networks.telegram import NETWORK
from socialdesk.networks.testing import START, session_with
from tests.networks.fake_telegram import BOT, CHANNEL, TOKEN

MENTIONS = Watch(WatchKind.MENTIONS)
SETTINGS = {"bot_id": str(BOT["id"]), "bot_name": str(BOT["username"])}
WITH_CHANNEL = {**SETTINGS, "channel": str(CHANNEL["id"])}


def connected(server, settings=SETTINGS):
    """A connector of the bot at `server`."""
    return NETWORK.connect(session_with(server), settings, Secret(TOKEN), lambda secret: None)


def fetched(connector, cursor=None, watch=MENTIONS):
    return connector.fetch(watch, cursor, since=START)


def a_reply(parent, text="Sorry! We open at 9.", **changes):
    outgoing = Outgoing(parent, f"tg:{parent}", text, dedupe_key="key-1", made_at=START)
    return replace(outgoing, **changes)
