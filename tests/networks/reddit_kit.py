"""What the tests of the Reddit connector share."""

from datetime import timedelta

from socialdesk.domain.account import Watch, WatchKind
from socialdesk.networks.reddit import NETWORK
from socialdesk.networks.testing import START, session_with
from socialdesk.networks.tokens import Tokens
from tests.networks.fake_reddit import ACCESS, CLIENT, NAME, REFRESH

MENTIONS = Watch(WatchKind.MENTIONS)
SINCE = START - timedelta(days=7)
SETTINGS = {"name": NAME, "client_id": CLIENT}
SECRET = Tokens(ACCESS, REFRESH).packed()


def connected(server, keep=lambda _: None):
    return NETWORK.connect(session_with(server), SETTINGS, SECRET, keep)
