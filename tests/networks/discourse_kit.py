"""What the tests of the Discourse connector share."""

from datetime import timedelta

from socialdesk.domain.account import Secret, Watch, WatchKind
from socialdesk.domain.replies.reply import Outgoing
from socialdesk.networks.discourse import NETWORK
from socialdesk.networks.testing import START, session_with
from tests.networks.fake_discourse import BASE, BRAND, CLIENT, KEY

MENTIONS = Watch(WatchKind.MENTIONS)
SINCE = START - timedelta(days=7)
SETTINGS = {"base": BASE, "username": BRAND, "client_id": CLIENT, "min_chars": "20"}
TEXT = "Sorry about the lid! We send you a new one."


def connected(forum, key=KEY):
    return NETWORK.connect(session_with(forum), SETTINGS, Secret(key), lambda _: None)


def a_reply(forum, post_id, text=TEXT):
    post = forum.posts[post_id]
    remote_id = f"{post['topic_id']}/{post_id}"
    return Outgoing(remote_id, forum.uri(post_id), text, "key-1", made_at=forum.now)
