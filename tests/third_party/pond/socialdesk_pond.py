"""A connector of another package, whole: reads the invented network Pond."""

from socialdesk.domain.account import Can, Card, Secret
from socialdesk.domain.errors import BadAnswerError
from socialdesk.domain.ids import Cursor
from socialdesk.domain.length.length import LengthRule
from socialdesk.domain.mentions.mention import Author, Mention
from socialdesk.networks import http
from socialdesk.networks.base import Field, NetworkInfo, Page, SignedIn, SignIn, read_each
from socialdesk.networks.partial import NoBrowserSignIn, PartialConnector
from socialdesk.networks.values import id_of, read_time, text_of

API = "https://pond.example/api"


def _read(item):
    author = Author(id_of(item["by"]["id"]), text_of(item["by"]["name"]))
    at, words = read_time(item["at"]), text_of(item["words"])
    return Mention(text_of(item["url"]), id_of(item["id"]), author, words, at)


class PondConnector(PartialConnector):
    def __init__(self, session, token):
        self._session, self._headers = session, http.bearer(token)

    def fetch(self, watch, cursor, *, since):
        asked = {"after": cursor, "since": since.isoformat()}
        answer = http.get_json(self._session, f"{API}/mentions", asked, headers=self._headers)
        data = answer.data if isinstance(answer.data, dict) else {}
        items, after = data.get("items"), data.get("next")
        if not isinstance(items, list) or not isinstance(after, str):
            raise BadAnswerError("a page we cannot read")
        mentions, rejects = read_each(items, _read)
        return Page(tuple(sorted(mentions, key=lambda m: m.published_at)), rejects, Cursor(after))

    def card(self):
        own = http.get_json(self._session, f"{API}/me", headers=self._headers).data
        return Card(Author(id_of(own["id"]), text_of(own["name"])), Can.FETCH, LengthRule(500))


class PondNetwork(NoBrowserSignIn):
    key = Field("token", "Key", secret=True)
    info = NetworkInfo("pond", "Pond", Can.FETCH, SignIn.PASSWORD, (key,), min_poll_s=60)

    def connect(self, session, settings, secret, keep_secret):
        return PondConnector(session, secret.value)

    def sign_in(self, session, fields):
        token = fields["token"]
        return SignedIn({}, Secret(token), PondConnector(session, token).card())


NETWORK = PondNetwork()
