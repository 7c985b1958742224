"""Calls to Trustpilot with the person's own key, and what its refusals mean.

Source: developers.trustpilot.com, authentication and service-reviews pages, read 2026-11. A token
lives 100 h; asking for one with every call is answered with 429, so it is kept and renewed once a
call says 401.
"""

import base64
from collections.abc import Mapping
from typing import Any, Final
from urllib.parse import quote

import requests

from socialdesk.domain.errors import Refusal, RefusedError, UnreachableError
from socialdesk.networks import http
from socialdesk.networks.base import KeepSecret
from socialdesk.networks.before_send import before_send
from socialdesk.networks.quiet import raise_wordless
from socialdesk.networks.tokens import Renewing, Tokens, tokens_from
from socialdesk.networks.values import id_of

BASE: Final = "https://api.trustpilot.com/v1"
TOKEN_URL: Final = f"{BASE}/oauth/oauth-business-users-for-applications/accesstoken"

_CREATED: Final = 201


class Api:
    """One sign-in. `tokens.rest` holds `key` and `secret` of the person's own application."""

    def __init__(self, session: requests.Session, tokens: Tokens, keep_secret: KeepSecret) -> None:
        self._session = session
        self._key = tokens.rest.get("key", "")
        self._renewing = Renewing(tokens, self._renew, keep_secret)

    def get_public(self, path: str, params: Mapping[str, http.Value] | None = None) -> Any:
        """What everybody with a key may read."""
        return self._get(path, params, {"apikey": self._key})

    def get(self, path: str, params: Mapping[str, http.Value] | None = None) -> Any:
        """What only the business itself may read."""
        return self._renewing.call(lambda token: self._get(path, params, self._headers(token)))

    def post(self, path: str, body: Mapping[str, str]) -> None:
        """A write, answered with 201; another success is a proxy's, and nothing is known."""

        def ask(token: str) -> None:
            url, headers = BASE + path, self._headers(token)
            answer = http.send(self._session, "POST", url, json_body=body, headers=headers)
            check(answer)
            if answer.status != _CREATED:
                raise UnreachableError(f"HTTP {answer.status} instead of 201", maybe_done=True)

        self._renewing.call(ask)

    def delete(self, path: str) -> None:
        """A deletion."""
        self._renewing.call(
            lambda token: http.delete(
                self._session, BASE + path, headers=self._headers(token), check=check
            )
        )

    def _get(
        self, path: str, params: Mapping[str, http.Value] | None, headers: Mapping[str, str]
    ) -> Any:
        return http.get_json(self._session, BASE + path, params, headers=headers, check=check).data

    def _headers(self, token: str) -> dict[str, str]:
        return {"apikey": self._key, **http.bearer(token)}

    def _renew(self, tokens: Tokens) -> Tokens:
        return before_send(lambda: _new_tokens(self._session, tokens))


def review_path(review_id: str, more: str = "") -> str:
    """The private address of one review."""
    return f"/private/reviews/{quote(id_of(review_id), safe='')}{more}"


def unit_path(unit_id: str, more: str = "") -> str:
    """The private address of one business unit."""
    return f"/private/business-units/{quote(id_of(unit_id), safe='')}{more}"


def check(answer: http.Answer) -> None:
    """403: the plan lacks the Connect module, or the unit is not ours. A refusal tells its
    `correlationId`, which their support asks for."""
    error = http.error_for(answer)
    if isinstance(error, RefusedError):
        reason = Refusal.NOT_APPROVED if answer.status == 403 else error.reason
        raise RefusedError(reason, error.detail + _correlation(answer))
    if error is not None:
        raise error


def _correlation(answer: http.Answer) -> str:
    try:
        found = http.strict_json(answer.body).get("correlationId")
    except (ValueError, RecursionError, AttributeError):
        return ""
    is_id = isinstance(found, str) and len(found) <= 64 and found.replace("-", "").isalnum()
    return f" ({found})" if is_id else ""


def _new_tokens(session: requests.Session, tokens: Tokens) -> Tokens:
    """By client credentials: no person signs in, so there is no refresh token either."""
    login = f"{tokens.rest.get('key', '')}:{tokens.rest.get('secret', '')}"
    headers = {"Authorization": f"Basic {base64.b64encode(login.encode()).decode()}"}
    form = {"grant_type": "client_credentials"}
    answer = http.post_form(session, TOKEN_URL, form, headers=headers, check=raise_wordless)
    return tokens_from(answer.data, tokens)
