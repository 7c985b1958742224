"""Apps, codes and tokens of the practice server. Source: "OAuth" methods of the Mastodon API.

The file keeps digests only: a token of the practice brand is no secret, but what is true for
secrets is easier to prove when it has no exception.
"""

import base64
import hashlib
import hmac
import secrets
from collections.abc import Callable, Iterable, Mapping
from dataclasses import field
from typing import Any

from socialdesk.domain.frozen import frozen
from socialdesk.practice.wire import TurnedDownError

PRACTICE_TOKEN = "practice-brand-token"
CLIENT_ID = "practice-client"
CLIENT_SECRET = "practice-client-secret"
SCOPES = (
    "read:accounts read:notifications read:search read:statuses "
    "write:statuses write:media write:notifications"
)
OUT_OF_BAND = "urn:ietf:wg:oauth:2.0:oob"

Keep = Callable[[dict[str, Any]], None]


@frozen
class App:
    """A registered client. `redirects` are compared as they are written."""

    id: str
    secret_digest: str = field(repr=False)
    redirects: tuple[str, ...]
    scopes: str


@frozen
class _Code:
    app_id: str
    redirect: str
    challenge: str
    scopes: str


class SignIns:
    """Rebuilt from the records in the network's file; `keep` adds one. Codes live in memory."""

    def __init__(
        self, records: Iterable[Mapping[str, Any]], keep: Keep, *, checks_pkce: bool
    ) -> None:
        own = App(CLIENT_ID, _digest(CLIENT_SECRET), (OUT_OF_BAND,), SCOPES)
        self._apps = {CLIENT_ID: own}
        self._tokens = {_digest(PRACTICE_TOKEN): CLIENT_ID}
        self._codes: dict[str, _Code] = {}
        self._keep, self._checks_pkce = keep, checks_pkce
        for record in records:
            self._take_in(record)

    def is_valid(self, token: str) -> bool:
        return bool(token) and _digest(token) in self._tokens

    def register(self, redirects: list[str], scopes: str) -> tuple[App, str]:
        """A new app and its secret."""
        if not redirects:
            raise TurnedDownError(422, "Validation failed: Redirect URI can't be blank")
        secret = secrets.token_urlsafe(32)
        record = {
            "act": "app",
            "id": secrets.token_urlsafe(24),
            "secret": _digest(secret),
            "redirects": redirects,
            "scopes": scopes,
        }
        self._take_in(record)
        self._keep(record)
        return self._apps[str(record["id"])], secret

    def authorize(self, app_id: str, redirect: str, challenge: str, scopes: str) -> str:
        """A code for one exchange: the practice brand always says yes."""
        app = self._apps.get(app_id)
        if app is None:
            raise TurnedDownError(401, "invalid_client")
        if redirect not in app.redirects:
            raise TurnedDownError(422, "The redirect uri included is not valid.")
        if not set(scopes.split()) <= set(app.scopes.split()):
            raise TurnedDownError(400, "invalid_scope")
        code = secrets.token_urlsafe(24)
        self._codes[code] = _Code(app_id, redirect, challenge, scopes)
        return code

    def exchange(
        self, code: str, app_id: str, secret: str, redirect: str, verifier: str
    ) -> tuple[str, str]:
        """A code, used once, for a token and its scopes."""
        self._check_app(app_id, secret)
        given = self._codes.pop(code, None)
        if given is None or given.app_id != app_id or given.redirect != redirect:
            raise TurnedDownError(400, "invalid_grant", error_description="The code is not valid.")
        if self._checks_pkce and given.challenge and _challenge(verifier) != given.challenge:
            raise TurnedDownError(400, "invalid_grant", error_description="The verifier is wrong.")
        token = secrets.token_urlsafe(32)
        record = {"act": "token", "token": _digest(token), "app": app_id}
        self._take_in(record)
        self._keep(record)
        return token, given.scopes

    def revoke(self, token: str, app_id: str, secret: str) -> None:
        """The token is dead from now on; one that is dead already is no error."""
        self._check_app(app_id, secret)
        digest = _digest(token)
        if self._tokens.get(digest, app_id) != app_id:
            raise TurnedDownError(403, "unauthorized_client")
        if digest in self._tokens:
            record = {"act": "revoke", "token": digest}
            self._take_in(record)
            self._keep(record)

    def accept_practice_token(self) -> None:
        """The fixed token works again after it was revoked: the brand is connected anew."""
        if not self.is_valid(PRACTICE_TOKEN):
            record = {"act": "token", "token": _digest(PRACTICE_TOKEN), "app": CLIENT_ID}
            self._take_in(record)
            self._keep(record)

    def _check_app(self, app_id: str, secret: str) -> None:
        app = self._apps.get(app_id)
        if app is None or not hmac.compare_digest(app.secret_digest, _digest(secret)):
            raise TurnedDownError(401, "invalid_client")

    def _take_in(self, record: Mapping[str, Any]) -> None:
        match record["act"]:
            case "app":
                redirects = tuple(record["redirects"])
                app = App(record["id"], record["secret"], redirects, record["scopes"])
                self._apps[app.id] = app
            case "token":
                self._tokens[record["token"]] = record["app"]
            case "revoke":
                self._tokens.pop(record["token"], None)


def _digest(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()


def _challenge(verifier: str) -> str:
    """PKCE S256, RFC 7636 §4.2."""
    digest = hashlib.sha256(verifier.encode()).digest()
    return base64.urlsafe_b64encode(digest).rstrip(b"=").decode()
