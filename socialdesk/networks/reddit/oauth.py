"""The way in and out: an installed app has no secret, so its id alone signs the token calls.

Source: Reddit OAuth2 wiki; PRAW's recordings (tokens of 86,400 s, a refresh token that may be
replaced). Reddit documents no PKCE, so the state is the only guard.
"""

import base64
import sys
from collections.abc import Mapping
from typing import Any, Final

import requests

from socialdesk import __version__
from socialdesk.domain.errors import (
    AuthExpiredError,
    BadAnswerError,
    RefusedError,
    UnreachableError,
)
from socialdesk.networks.http import Answer, Value, parsed, post_form, raise_for, send
from socialdesk.networks.tokens import Tokens, tokens_from

SITE: Final = "https://www.reddit.com/api/v1"
PORT: Final = 47615  # an app has one redirect address, compared letter by letter
CALLBACK: Final = f"http://127.0.0.1:{PORT}/callback"
SCOPES: Final = ("edit", "history", "identity", "privatemessages", "read", "submit")

_SYSTEMS: Final[Mapping[str, str]] = {"win32": "windows", "darwin": "macos"}


def user_agent(name: str) -> str:
    """As Reddit's rules want it; agents of libraries are slowed down hard. `name`: the account."""
    system = _SYSTEMS.get(sys.platform, "linux")
    return f"{system}:socialdesk:{__version__} (by /u/{name})"


class TokenDesk:
    """Asks for tokens as one app."""

    def __init__(self, http: requests.Session, client_id: str, name: str) -> None:
        self._http = http
        login = base64.b64encode(f"{client_id}:".encode()).decode("ascii")
        self._headers = {"Authorization": f"Basic {login}", "User-Agent": user_agent(name)}

    def exchanged(self, code: str, redirect_uri: str) -> Tokens:
        """Tokens for a code."""
        form = {
            "grant_type": "authorization_code",
            "code": code,
            "redirect_uri": redirect_uri,
        }
        return self._asked(form, Tokens(""))

    def renewed(self, before: Tokens) -> Tokens:
        """New ones. Raises AuthExpiredError when the person or Reddit took the right back."""
        if not before.refresh:
            raise AuthExpiredError("no refresh token is kept")
        form = {"grant_type": "refresh_token", "refresh_token": before.refresh}
        try:
            return self._asked(form, before)
        except (UnreachableError, BadAnswerError) as e:
            # whatever was to be written has not left us
            raise UnreachableError(str(e), maybe_done=False) from e

    def _asked(self, form: Mapping[str, Value], before: Tokens) -> Tokens:
        url = f"{SITE}/access_token"
        data = post_form(self._http, url, form, headers=self._headers, check=_check).data
        if isinstance(data, dict) and data.get("error"):  # a 200 with an error inside
            raise AuthExpiredError("Reddit refused the sign-in")
        return tokens_from(data, before)

    def revoke(self, tokens: Tokens) -> None:
        """Take the right back; with the refresh token go all its access tokens."""
        kind = "refresh_token" if tokens.refresh else "access_token"
        form: dict[str, Any] = {"token": tokens.refresh or tokens.access, "token_type_hint": kind}
        url = f"{SITE}/revoke_token"
        answer = send(self._http, "POST", url, form=form, headers=self._headers)
        raise_for(answer)


def _check(answer: Answer) -> None:
    """400 `invalid_grant` is a dead sign-in; 401 an app id that Reddit does not know (any more)."""
    if answer.status in (400, 401):
        try:
            error = parsed(answer).get("error")
        except (BadAnswerError, AttributeError):
            error = None
        if answer.status == 401 or error == "invalid_grant":
            raise AuthExpiredError(f"HTTP {answer.status} from {answer.host}")
    try:
        raise_for(answer)
    except RefusedError as e:
        raise AuthExpiredError(str(e)) from None
