"""Signing in to a Mastodon server, by its own registration of this program or a pasted token.

Source: Mastodon "apps" and "oauth" methods pages; RFC 8252. The registration is made after the
listener has its port, because servers compare redirect addresses letter by letter.
"""

from collections.abc import Mapping
from typing import Final

import requests

from socialdesk.domain.account import Secret
from socialdesk.domain.errors import BadAnswerError, Refusal, RefusedError
from socialdesk.networks import http
from socialdesk.networks.base import (
    Connector,
    Field,
    KeepSecret,
    NetworkInfo,
    OAuthStart,
    SignedIn,
    SignIn,
    said,
)
from socialdesk.networks.mastodon.connector import MastodonConnector
from socialdesk.networks.mastodon.instance import CAN, MIN_POLL_S, Place, find_place, read_card
from socialdesk.networks.mastodon.server import Keys, Server, keys_from
from socialdesk.networks.oauth import asking

OUT_OF_BAND: Final = "urn:ietf:wg:oauth:2.0:oob"  # the code is shown, to be copied

# The least that does the work; each with the calls that need it (tested against the connector).
SCOPES: Final[Mapping[str, str]] = {
    "read:accounts": "own account, profiles",
    "read:notifications": "mentions",
    "read:search": "keyword watches, profiles by address",
    "read:statuses": "hashtags, threads, looking for our own reply",
    "write:media": "pictures of replies",
    "write:statuses": "replies, their edits and deletions",
}
_SCOPE: Final = " ".join(SCOPES)
_PLAIN_SCOPE: Final = "read write"  # for servers without the finer ones


class MastodonNetwork:
    """What the registry lists."""

    info = NetworkInfo(
        key="mastodon",
        label="Mastodon",
        about=said("Mentions, replies and hashtags on any server of the Mastodon family"),
        can=CAN,
        sign_in=SignIn.OAUTH,
        fields=(
            Field(
                "server", said("Server or address"), said("social.example or you@social.example")
            ),
            Field(
                "token",
                said("Access token"),
                said("Only if you made one yourself in the server's settings"),
                secret=True,
                optional=True,
            ),
        ),
        min_poll_s=MIN_POLL_S,
        tokens_pasted=True,
    )

    def connect(
        self,
        http: requests.Session,
        settings: Mapping[str, str],
        secret: Secret | None,
        keep_secret: KeepSecret,
    ) -> Connector:
        """A connector for a known account. Raises AuthExpiredError without a usable secret."""
        keys = Keys.unpacked(secret)
        place = Place(settings["base"], settings["host"], settings.get("software", ""))
        server = Server(http, place.base, keys, settings.get("client_id", ""), keep_secret)
        return MastodonConnector(http, server, place, settings["own_id"])

    def sign_in(self, http: requests.Session, fields: Mapping[str, str]) -> SignedIn:
        """With a pasted token."""
        token = fields.get("token", "").strip().removeprefix("Bearer ").strip()
        if not token or not token.isascii() or not token.isprintable() or " " in token:
            raise RefusedError(Refusal.OTHER, "not an access token")
        place = find_place(http, fields.get("server", ""))
        return _signed_in(http, place, Keys(token))

    def begin_oauth(
        self, http: requests.Session, fields: Mapping[str, str], redirect_uri: str
    ) -> OAuthStart:
        """Register this program with the server for `redirect_uri`."""
        place = find_place(http, fields.get("server", ""))
        client_id, client_secret, scope = _registered(http, place, redirect_uri)
        query = {
            "client_id": client_id,
            "redirect_uri": redirect_uri,
            "scope": scope,
            "force_login": "true",  # a second account of the same server
        }
        context = {
            "base": place.base,
            "host": place.host,
            "software": place.software,
            "client_id": client_id,
            "client_secret": client_secret,
        }
        return asking(f"{place.base}/oauth/authorize", query, context, with_pkce=True)

    def finish_oauth(
        self, http: requests.Session, start: OAuthStart, code: str, redirect_uri: str
    ) -> SignedIn:
        """The code for a token, and the account it belongs to."""
        known = start.context
        form = {
            "grant_type": "authorization_code",
            "code": code,
            "client_id": known["client_id"],
            "client_secret": known["client_secret"],
            "redirect_uri": redirect_uri,
            "code_verifier": known["verifier"],
        }
        place = Place(known["base"], known["host"], known["software"])
        keys = _exchanged(http, place, form)
        return _signed_in(http, place, keys, known["client_id"])


def _registered(session: requests.Session, place: Place, redirect_uri: str) -> tuple[str, str, str]:
    """client_id, client_secret and the scopes granted to be asked for."""
    for scope in (_SCOPE, _PLAIN_SCOPE):
        form = {
            "client_name": "SocialDesk",
            "redirect_uris": f"{redirect_uri}\n{OUT_OF_BAND}",
            "scopes": scope,
        }
        try:
            app = http.post_form(session, f"{place.base}/api/v1/apps", form).data
        except RefusedError as e:
            if scope == _PLAIN_SCOPE or e.reason in (Refusal.GONE, Refusal.PERMISSION):
                raise
            continue  # an older server refuses scopes it has not heard of
        client_id, secret = _field(app, "client_id"), _field(app, "client_secret")
        if client_id and secret:
            return client_id, secret, scope
        break
    raise BadAnswerError(f"{place.host} did not register this program")


def _exchanged(session: requests.Session, place: Place, form: Mapping[str, str]) -> Keys:
    before = Keys("", client_secret=form["client_secret"])
    answer = http.post_form(session, f"{place.base}/oauth/token", form)
    return keys_from(answer.data, before)


def _signed_in(
    session: requests.Session, place: Place, keys: Keys, client_id: str = ""
) -> SignedIn:
    """Try the sign-in out, and say what to keep where."""
    server = Server(session, place.base, keys, client_id)
    card, own_id = read_card(session, server, place)
    settings = {
        "base": place.base,
        "host": place.host,
        "software": place.software,
        "client_id": client_id,
        "own_id": own_id,
    }
    return SignedIn(settings, keys.packed(), card)


def _field(data: object, key: str) -> str:
    value = data.get(key) if isinstance(data, dict) else None
    return value if isinstance(value, str) else ""


NETWORK: Final = MastodonNetwork()
