"""Calls to TikTok's API for Business, whose answers say in their body how it went.

Source: API for Business v1.3, Accounts API; paths cross-checked in public code, meanings of codes
after the sheet and a vendor's list of them, 2026-11. HTTP is 200 almost always. What the server
says in words is shown nowhere: only codes and the number its support asks for.
"""

import json
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, Final

import requests

from socialdesk.domain.errors import (
    AuthExpiredError,
    BadAnswerError,
    ConnectorError,
    RateLimitedError,
    Refusal,
    RefusedError,
    UnreachableError,
)
from socialdesk.networks import http
from socialdesk.networks.answers import READING
from socialdesk.networks.base import ApiVersion, KeepSecret
from socialdesk.networks.before_send import before_send
from socialdesk.networks.day_ends import until_s
from socialdesk.networks.quiet import wordless
from socialdesk.networks.tokens import Renewing, Tokens, tokens_from

VERSION: Final = ApiVersion("v1.3", date(2027, 11, 22))  # no end is announced: a year from reading
BASE: Final = f"https://business-api.tiktok.com/open_api/{VERSION.name}"

_OK: Final = 0
_TOO_MANY: Final = frozenset({40100, 40133})
_DEAD_TOKEN: Final = frozenset({40102, 40104, 40105})
_NO_PERMISSION: Final = 40001
_BAD_PARAMETER: Final = 40002  # a video that is private or deleted by now is told so too
_NOT_THERE: Final = frozenset({40004, 40007})
_SYSTEM: Final = range(50000, 60000)
_CODES: Final = frozenset({_OK, *range(40000, 60000)})
_MINUTE_WAIT_S: Final = 300.0  # of the calls a minute; the calls a day end at midnight


class Api:
    """One sign-in. `business_id`: the account's open_id; `tokens.rest` holds `client_id` and
    `client_secret`."""

    def __init__(
        self,
        session: requests.Session,
        business_id: str,
        tokens: Tokens,
        keep_secret: KeepSecret,
    ) -> None:
        self._session, self._business_id = session, business_id
        self._renewing = Renewing(tokens, self._renew, keep_secret)

    def get(self, path: str, params: Mapping[str, http.Value]) -> dict[str, Any]:
        """What `data` holds. Raises ConnectorError; RefusedError(GONE) for a bad parameter too,
        because that is how a video is told that nobody can see any more."""
        asked = {"business_id": self._business_id, **params}

        def ask(token: str) -> dict[str, Any]:
            answer = http.send(
                self._session, "GET", f"{BASE}{path}", params=asked, headers=_headers(token)
            )
            return data_of(answer)

        return self._renewing.call(ask)

    def post(self, path: str, body: Mapping[str, str]) -> dict[str, Any]:
        """What `data` holds after a write."""
        sent = {"business_id": self._business_id, **body}

        def ask(token: str) -> dict[str, Any]:
            answer = http.send(
                self._session, "POST", f"{BASE}{path}", json_body=sent, headers=_headers(token)
            )
            return data_of(answer)

        return self._renewing.call(ask)

    def revoke(self) -> None:
        """Take the sign-in back."""
        tokens = self._renewing.tokens
        body = {**_app(tokens), "access_token": tokens.access}
        url = f"{BASE}/tt_user/oauth2/revoke/"
        data_of(http.send(self._session, "POST", url, json_body=body))

    def _renew(self, tokens: Tokens) -> Tokens:
        body = {
            **_app(tokens),
            "grant_type": "refresh_token",
            "refresh_token": tokens.refresh,
        }
        return before_send(
            lambda: token_answer(self._session, "/tt_user/oauth2/refresh_token/", body, tokens)[0]
        )


def token_answer(
    session: requests.Session, path: str, body: Mapping[str, str], before: Tokens
) -> tuple[Tokens, dict[str, Any]]:
    """New tokens, and what came with them. Whatever is refused there means to sign in again."""
    try:
        data = data_of(http.send(session, "POST", f"{BASE}{path}", json_body=body))
    except RefusedError as e:
        raise AuthExpiredError(e.detail) from e
    return tokens_from(data, before), data


def json_list(names: Sequence[str]) -> str:
    """As TikTok takes lists in a query: an array as text."""
    return json.dumps(list(names), separators=(",", ":"))


def data_of(answer: http.Answer) -> dict[str, Any]:
    """What an answer brought. The code in the body decides, where there is one; then the status."""
    is_read = answer.method in READING
    body = _body_of(answer)
    code = body.get("code")
    if isinstance(code, bool) or not isinstance(code, int) or code not in _CODES:
        http.raise_for(wordless(answer))
        if is_read:
            raise BadAnswerError("TikTok sent an answer we cannot read", is_html=answer.is_html)
        raise UnreachableError("TikTok answered unreadably", maybe_done=True)
    if code != _OK:
        raise _error(code, answer, _request_id(body))
    data = body.get("data")
    if isinstance(data, dict):
        return data
    if is_read:
        raise BadAnswerError("TikTok sent an answer without data")
    return {}


def _error(code: int, answer: http.Answer, request_id: str) -> ConnectorError:
    detail = f"TikTok code {code}{request_id}"
    if code in _TOO_MANY:
        return RateLimitedError(_wait_s(answer), detail)
    if code in _DEAD_TOKEN:
        return AuthExpiredError(detail)
    if code == _NO_PERMISSION:
        return RefusedError(Refusal.NOT_APPROVED, detail)
    if code in _NOT_THERE or (code == _BAD_PARAMETER and answer.method in READING):
        return RefusedError(Refusal.GONE, detail)
    if code in _SYSTEM:
        return UnreachableError(detail, maybe_done=True)
    return RefusedError(Refusal.OTHER, detail)


def _wait_s(answer: http.Answer) -> float:
    asked = http.asked_wait_s(answer.headers)
    if asked is not None:
        return asked
    return until_s(answer.headers) if b"day" in answer.body.lower() else _MINUTE_WAIT_S


def _body_of(answer: http.Answer) -> dict[str, Any]:
    try:
        body = http.strict_json(answer.body)
    except (ValueError, RecursionError):
        return {}
    return body if isinstance(body, dict) else {}


def _request_id(body: Mapping[str, Any]) -> str:
    found = body.get("request_id")
    is_id = isinstance(found, str) and len(found) <= 64 and found.isalnum()
    return f" ({found})" if is_id else ""


def _app(tokens: Tokens) -> dict[str, str]:
    return {name: tokens.rest.get(name, "") for name in ("client_id", "client_secret")}


def _headers(token: str) -> dict[str, str]:
    return {"Access-Token": token}
