"""Calls to LinkedIn's REST API with the person's own approved app, and what refusals mean.

Source: learn.microsoft.com/linkedin, view li-lms-2026-08, read 2026-11. Query strings are written
here letter by letter: Rest.li wants parentheses as they are, and the URNs within them encoded.
"""

from collections.abc import Mapping
from datetime import date
from typing import Any, Final

import requests

from socialdesk.domain.errors import (
    AuthExpiredError,
    BadAnswerError,
    RateLimitedError,
    Refusal,
    RefusedError,
    UnreachableError,
)
from socialdesk.networks import http
from socialdesk.networks.base import ApiVersion, KeepSecret
from socialdesk.networks.before_send import before_send
from socialdesk.networks.day_ends import until_s
from socialdesk.networks.quiet import raise_wordless
from socialdesk.networks.tokens import Renewing, Tokens, tokens_from

BASE: Final = "https://api.linkedin.com/rest"
TOKEN_URL: Final = "https://www.linkedin.com/oauth/v2/accessToken"
VERSION: Final = ApiVersion("202611", date(2027, 11, 1))

_DEAD_TOKEN: Final = frozenset({65600, 65601, 65602})  # invalid, revoked, ended
_NO_PRODUCT: Final = 100  # the app or its scopes lack the permission
_OLD_VERSION: Final = 426


class Api:
    """One sign-in. `tokens.rest` holds `client_id` and `client_secret`."""

    def __init__(self, session: requests.Session, tokens: Tokens, keep_secret: KeepSecret) -> None:
        self._session = session
        self._renewing = Renewing(tokens, self._renew, keep_secret)

    def get(self, path: str) -> dict[str, Any]:
        """`path` with its query. Raises ConnectorError."""
        data = self._renewing.call(
            lambda token: (
                http.get_json(
                    self._session, f"{BASE}/{path}", headers=_headers(token), check=check
                ).data
            )
        )
        if not isinstance(data, dict):
            raise BadAnswerError("LinkedIn sent a page we cannot read")
        return data

    def elements(self, path: str) -> tuple[list[Any], dict[str, Any]]:
        """The items of a list, and the list itself."""
        data = self.get(path)
        if not isinstance(data.get("elements"), list):
            raise BadAnswerError("LinkedIn sent a list we cannot read")
        return data["elements"], data

    def post(self, path: str, body: Mapping[str, Any]) -> http.Answer:
        """A new thing; its id stands in the body and in `x-restli-id`."""
        return self._renewing.call(
            lambda token: http.post_json(
                self._session, f"{BASE}/{path}", body, headers=_headers(token), check=check
            )
        )

    def patch(self, path: str, changes: Mapping[str, Any]) -> None:
        """A partial update; answered with 200 or 204, with or without a body."""

        def ask(token: str) -> None:
            headers = {**_headers(token), "X-RestLi-Method": "PARTIAL_UPDATE"}
            url = f"{BASE}/{path}"
            answer = http.send(
                self._session, "POST", url, json_body={"patch": dict(changes)}, headers=headers
            )
            check(answer)
            if answer.is_html:
                raise UnreachableError("a web page instead of an answer", maybe_done=True)

        self._renewing.call(ask)

    def delete(self, path: str) -> None:
        """A deletion."""
        self._renewing.call(
            lambda token: http.delete(
                self._session, f"{BASE}/{path}", headers=_headers(token), check=check
            )
        )

    def _renew(self, tokens: Tokens) -> Tokens:
        """Only approved products get a refresh token; else the person signs in again after 60
        days."""
        if not tokens.refresh:
            raise AuthExpiredError("the sign-in has ended")
        form = {
            "grant_type": "refresh_token",
            "refresh_token": tokens.refresh,
            "client_id": tokens.rest.get("client_id", ""),
            "client_secret": tokens.rest.get("client_secret", ""),
        }
        return before_send(lambda: new_tokens(self._session, form, tokens))


def new_tokens(session: requests.Session, form: Mapping[str, str], before: Tokens) -> Tokens:
    """The answer of the token endpoint; a grant it does not take means to sign in again."""
    try:
        data = http.post_form(session, TOKEN_URL, form, check=raise_wordless).data
    except RefusedError as e:
        raise AuthExpiredError(e.detail) from e
    return tokens_from(data, before)


def check(answer: http.Answer) -> None:
    """By `serviceErrorCode` where that says more than the status."""
    error, code = http.error_for(answer), _service_code(answer)
    if error is None:
        return
    if code in _DEAD_TOKEN:
        raise AuthExpiredError(str(error))
    if answer.status == 429:
        raise RateLimitedError(_wait_s(answer), str(error))
    if answer.status == 403 and code == _NO_PRODUCT:
        raise RefusedError(Refusal.NOT_APPROVED, str(error))
    if answer.status == _OLD_VERSION:
        raise RefusedError(Refusal.OTHER, f"API {VERSION.name} has ended: update SocialDesk")
    raise error


def _wait_s(answer: http.Answer) -> float:
    """Two ceilings end at midnight UTC, and are told by the word DAY; others are short."""
    if (asked := http.asked_wait_s(answer.headers)) is not None:
        return asked
    is_daily = " day " in f" {answer.words} ".casefold()
    return until_s(answer.headers) if is_daily else 60.0


def _service_code(answer: http.Answer) -> int:
    if answer.status < 400:
        return 0
    try:
        code = http.strict_json(answer.body)["serviceErrorCode"]
    except (ValueError, RecursionError, KeyError, TypeError, IndexError):
        return 0
    return code if isinstance(code, int) else 0


def _headers(token: str) -> dict[str, str]:
    return {
        **http.bearer(token),
        "Linkedin-Version": VERSION.name,
        "X-Restli-Protocol-Version": "2.0.0",
    }
