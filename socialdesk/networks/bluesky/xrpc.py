"""Calls to one PDS with one sign-in, which is renewed when the PDS says that it ran out.

Source: atproto.com/specs/xrpc; facts marked as measured on PDS 0.5.35. A dead access token is
HTTP 400 `ExpiredToken` or `InvalidToken`, not 401. A refresh token is good for one use, with two
hours in which the old one still gives the same successor: so two refreshes at once do no harm,
and neither does a death between the keyring and the next call.
"""

import json
from collections.abc import Mapping
from dataclasses import field
from typing import Any

import requests

from socialdesk.domain.account import Secret
from socialdesk.domain.errors import AuthExpiredError, BadAnswerError, Refusal, RefusedError
from socialdesk.domain.frozen import frozen
from socialdesk.networks.base import KeepSecret
from socialdesk.networks.http import Answer, Value, bearer, parsed, raise_for, send, strict_json

_RUN_OUT = frozenset({"ExpiredToken", "InvalidToken"})
_SIGN_IN = _RUN_OUT | {"AuthMissing", "AuthenticationRequired"}
_GONE = frozenset(
    """NotFound RecordNotFound RepoNotFound RepoTakendown RepoSuspended RepoDeactivated
    AccountTakedown AccountSuspended AccountDeactivated ActorNotFound HandleNotFound""".split()
)


@frozen
class Tokens:
    """The pair of a session; both are JWTs."""

    access: str = field(repr=False)
    refresh: str = field(repr=False)

    def secret(self) -> Secret:
        """As it lies in the keyring."""
        return Secret(json.dumps({"access": self.access, "refresh": self.refresh}))


def read_tokens(secret: Secret | None) -> Tokens:
    """Raises AuthExpiredError when there are none to read."""
    try:
        pair = json.loads(secret.value if secret else "")
        return Tokens(str(pair["access"]), str(pair["refresh"]))
    except (ValueError, TypeError, KeyError):
        pass  # raised below: the cause would quote the secret
    raise AuthExpiredError("the sign-in is not in the keyring")


def tokens_of(session: Any) -> Tokens:
    """From the answer of createSession or refreshSession. Raises BadAnswerError."""
    try:
        access, refresh = session["accessJwt"], session["refreshJwt"]
    except (KeyError, TypeError):
        access = refresh = None
    if isinstance(access, str) and isinstance(refresh, str):
        return Tokens(access, refresh)
    raise BadAnswerError("a session without tokens")


class Xrpc:
    """One PDS: it also passes `app.bsky.*` on to the AppView."""

    def __init__(
        self, http: requests.Session, pds: str, tokens: Tokens | None, keep_secret: KeepSecret
    ) -> None:
        self._http, self._base, self._keep_secret = http, f"{pds}/xrpc/", keep_secret
        self._tokens = tokens

    def get(self, nsid: str, **params: Value) -> Any:
        """A query's answer. Raises ConnectorError."""
        return checked(self.call("GET", nsid, params=params))

    def call(
        self,
        method: str,
        nsid: str,
        *,
        params: Mapping[str, Value] | None = None,
        body: Mapping[str, Any] | None = None,
        content: bytes | None = None,
        mime: str = "",
    ) -> Answer:
        """The answer, whatever its status, after one renewal of the sign-in where needed."""
        for is_last in (False, True):
            tokens = self._signed_in()
            answer = send(
                self._http,
                method,
                self._base + nsid,
                params=params,
                json_body=body,
                content=content,
                headers=bearer(tokens.access) | ({"Content-Type": mime} if mime else {}),
            )
            if is_last or error_name(answer) not in _RUN_OUT:
                return answer
            self._renew(tokens)
        raise AssertionError("the loop returns")

    def _renew(self, tokens: Tokens) -> None:
        """New tokens, in the keyring before their first use."""
        session = checked(self._with_refresh_token(tokens, "com.atproto.server.refreshSession"))
        renewed = tokens_of(session)
        self._keep_secret(renewed.secret())
        self._tokens = renewed

    def sign_out(self) -> None:
        """End the session on the server; one that has ended already is no error."""
        answer = self._with_refresh_token(self._signed_in(), "com.atproto.server.deleteSession")
        if error_name(answer) not in _SIGN_IN:
            raise_for(answer)

    def _with_refresh_token(self, tokens: Tokens, nsid: str) -> Answer:
        # no body, not even {}: that is a 400
        return send(self._http, "POST", self._base + nsid, headers=bearer(tokens.refresh))

    def _signed_in(self) -> Tokens:
        if self._tokens is None:
            raise AuthExpiredError("the sign-in is not in the keyring")
        return self._tokens


def checked(answer: Answer) -> Any:
    """The JSON of a success; else the error that its name or its status means."""
    name = error_name(answer)
    if name in _SIGN_IN:
        raise AuthExpiredError(f"{answer.host}: {name}")
    if name in _GONE:
        raise RefusedError(Refusal.GONE, name)
    if answer.status == 501:
        raise RefusedError(Refusal.OTHER, f"{answer.host} does not know this call")
    raise_for(answer)
    return parsed(answer)


def error_name(answer: Answer) -> str:
    """The `error` of a refusal, "" for a success and where none was given."""
    if answer.status < 400:
        return ""
    try:
        name = strict_json(answer.body)["error"]
    except (ValueError, RecursionError, KeyError, TypeError, IndexError):
        return ""
    return name if isinstance(name, str) else ""
