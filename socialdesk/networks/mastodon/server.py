"""One signed-in server: its address, its token, and what its refusals mean."""

import json
from collections.abc import Mapping
from dataclasses import field
from typing import Any, Final
from urllib.parse import quote

import requests

from socialdesk.domain.account import Secret
from socialdesk.domain.errors import (
    AuthExpiredError,
    BadAnswerError,
    ConnectorError,
    Refusal,
    RefusedError,
    UnreachableError,
)
from socialdesk.domain.frozen import frozen
from socialdesk.networks import http
from socialdesk.networks.base import KeepSecret

OWN: Final = "/api/v1/accounts/verify_credentials"


@frozen
class Keys:
    """What the keyring holds for one account, as JSON. `refresh_token`: Pleroma and Akkoma."""

    token: str = field(repr=False)
    client_secret: str = field(default="", repr=False)
    refresh_token: str = field(default="", repr=False)

    def packed(self) -> Secret:
        """As one secret; without what is empty."""
        named = {
            "token": self.token,
            "client_secret": self.client_secret,
            "refresh_token": self.refresh_token,
        }
        return Secret(json.dumps({key: value for key, value in named.items() if value}))

    @classmethod
    def unpacked(cls, secret: Secret | None) -> "Keys":
        """Raises AuthExpiredError when there is none, or none of ours."""
        try:
            named = json.loads(secret.value) if secret else {}
            return cls(
                str(named["token"]),
                str(named.get("client_secret", "")),
                str(named.get("refresh_token", "")),
            )
        except (ValueError, KeyError, TypeError, AttributeError):
            pass  # raised below: a cause could show the secret
        raise AuthExpiredError("no usable sign-in is kept")


class Server:
    """Asks as our account. A dead token is refreshed once where the server gave the means."""

    def __init__(
        self,
        session: requests.Session,
        base: str,
        keys: Keys,
        client_id: str = "",
        keep_secret: KeepSecret | None = None,
    ) -> None:
        self._session, self.base, self._keys = session, base, keys
        self._client_id, self._keep_secret = client_id, keep_secret

    def get(self, path: str, params: Mapping[str, http.Value] | None = None) -> Any:
        """The JSON of a GET. Raises ConnectorError."""
        return self._asked("GET", path, params=params).data

    def get_answer(self, path: str, params: Mapping[str, http.Value]) -> http.Answer:
        """As `get`, headers included."""
        return self._asked("GET", path, params=params)

    def post(self, path: str, body: Mapping[str, Any], key: str = "") -> Any:
        """The JSON of a POST. Raises ConnectorError."""
        headers = {"Idempotency-Key": key} if key else {}
        return self._asked("POST", path, body=body, headers=headers).data

    def post_file(self, path: str, content: bytes, mime: str, form: Mapping[str, str]) -> Any:
        """The JSON of a POST of one file. Raises ConnectorError."""
        return self._asked("FILE", path, body=form, content=content, mime=mime).data

    def put(self, path: str, body: Mapping[str, Any]) -> Any:
        """The JSON of a PUT. Raises ConnectorError."""
        return self._asked("PUT", path, body=body).data

    def delete(self, path: str) -> None:
        """DELETE. Raises ConnectorError."""
        self._asked("DELETE", path)

    def revoke(self) -> None:
        """Tell the server to forget the token. A pasted one is not ours to revoke: only the app
        that it was made for can."""
        if not self._client_id:
            return
        form = {
            "client_id": self._client_id,
            "client_secret": self._keys.client_secret,
            "token": self._keys.token,
        }
        http.post_form(self._session, f"{self.base}/oauth/revoke", form)

    def _asked(self, method: str, path: str, **named: Any) -> http.Answer:
        try:
            return self._ask(method, path, **named)
        except AuthExpiredError:
            if not self._refreshed():
                raise
        return self._ask(method, path, **named)

    def _ask(
        self,
        method: str,
        path: str,
        params: Mapping[str, http.Value] | None = None,
        body: Mapping[str, Any] | None = None,
        headers: Mapping[str, str] | None = None,
        content: bytes = b"",
        mime: str = "",
    ) -> http.Answer:
        sent = {**http.bearer(self._keys.token), **(headers or {})}
        url, session = f"{self.base}{path}", self._session
        check = _check if path == OWN else self._check
        match method:
            case "GET":
                return http.get_json(session, url, params, headers=sent, check=check)
            case "POST":
                return http.post_json(session, url, body, headers=sent, check=check)
            case "FILE":
                form = body or {}
                return http.post_file(session, url, content, mime, form, headers=sent, check=check)
            case "PUT":
                return http.put_json(session, url, body, headers=sent, check=check)
            case _:
                return http.delete(session, url, headers=sent, check=check)

    def _check(self, answer: http.Answer) -> None:
        """As `_check`, but a dead token is believed only when the server does not know us."""
        if answer.status != 401 and not _is_plain_400(answer):
            _check(answer)
            return
        try:
            self._ask("GET", OWN)
        except (RefusedError, AuthExpiredError):
            raise AuthExpiredError(f"HTTP {answer.status} from {answer.host}") from None
        raise RefusedError(Refusal.PERMISSION, f"HTTP {answer.status} from {answer.host}")

    def _refreshed(self) -> bool:
        """Whether there is a new token; it is in the keyring before it is used."""
        if not self._keys.refresh_token or self._keep_secret is None:
            return False
        form = {
            "grant_type": "refresh_token",
            "refresh_token": self._keys.refresh_token,
            "client_id": self._client_id,
            "client_secret": self._keys.client_secret,
        }
        try:
            answer = http.post_form(self._session, f"{self.base}/oauth/token", form)
        except RefusedError:
            return False  # the refresh token is dead too: sign in again
        keys = keys_from(answer.data, self._keys)
        self._keep_secret(keys.packed())
        self._keys = keys
        return True


def keys_from(answer: Any, before: Keys) -> Keys:
    """The keys of a token answer; what it leaves out stays. Raises UnreachableError."""
    try:
        token, refresh = answer["access_token"], answer.get("refresh_token")
    except (KeyError, TypeError, AttributeError):
        token, refresh = None, None
    if not isinstance(token, str) or not token:
        raise UnreachableError("the server gave no token", maybe_done=True)
    kept = refresh if isinstance(refresh, str) and refresh else before.refresh_token
    return Keys(token, before.client_secret, kept)


def _check(answer: http.Answer) -> None:
    """GoToSocial says 400 for a text that is too long or empty, Mastodon 422."""
    if answer.status == 400 and answer.method in ("POST", "PUT"):
        raise RefusedError(Refusal.TEXT, answer.words or f"HTTP 400 from {answer.host}")
    http.raise_for(answer)


def _is_plain_400(answer: http.Answer) -> bool:
    """Takahe's way to say that a token is dead: 400 and `Invalid Bearer token`, no JSON."""
    if answer.status != 400:
        return False
    try:
        http.strict_json(answer.body)
    except (ValueError, RecursionError):
        return True
    return False


def status_path(remote_id: str, part: str = "") -> str:
    """The path of one post."""
    return f"/api/v1/statuses/{quote(remote_id, safe='')}{part}"


def expect_list(data: Any, what: str) -> list[Any]:
    """`data`, if it is a list. Raises BadAnswerError."""
    if not isinstance(data, list):
        raise BadAnswerError(f"{what} did not come as a list")
    return data


def never_left(error: ConnectorError) -> ConnectorError:
    """The same trouble for somebody who only asked before a write: nothing was written."""
    if isinstance(error, UnreachableError | BadAnswerError):
        return UnreachableError(str(error), maybe_done=False)
    return error
