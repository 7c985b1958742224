"""Calls to Reddit as one account, and what its answers mean.

Source: PRAW's recordings. A failed write is HTTP 200 with `json.errors`; the share of calls left
is a float in `x-ratelimit-remaining`, and `x-ratelimit-reset` seconds.
"""

import math
import re
from collections.abc import Mapping
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
from socialdesk.networks.http import (
    Answer,
    Value,
    bearer,
    get_json,
    parsed,
    post_form,
    raise_for,
)
from socialdesk.networks.reddit.oauth import user_agent
from socialdesk.networks.tokens import Renewing

HOST: Final = "https://oauth.reddit.com"
FEW: Final = 10.0  # calls left in the window; the rest is kept for replies
DAY_S: Final = 86_400.0

_UNITS: Final[Mapping[str, float]] = {
    "millisecond": 0.001, "second": 1.0, "minute": 60.0, "hour": 3600.0,
}  # fmt: skip
_WAIT: Final = re.compile(r"\b(\d{1,5}) (millisecond|second|minute|hour)s?\b")
_REASONS: Final[Mapping[str, Refusal]] = {
    **dict.fromkeys(("DELETED_COMMENT", "DELETED_LINK", "NOT_FOUND", "NO_THING_ID"), Refusal.GONE),
    **dict.fromkeys(
        ("THREAD_LOCKED", "TOO_OLD", "SUBREDDIT_NOTALLOWED", "SUBREDDIT_NOEXIST", "USER_BLOCKED",
         "USER_BLOCKED_MESSAGE", "BANNED_FROM_SUBREDDIT", "NOT_WHITELISTED_BY_USER_MESSAGE",
         "RESTRICTED_TO_PM", "COMMENT_UNREPLIABLE", "NOT_AUTHOR", "INVALID_USER",
         "SUBREDDIT_OUTBOUND_LINKING_DISALLOWED"),
        Refusal.PERMISSION,
    ),
    **dict.fromkeys(
        ("TOO_LONG", "NO_TEXT", "BAD_STRING", "DOMAIN_BANNED", "COMMENT_GUIDANCE_VALIDATION_FAILED",
         "SUBMIT_VALIDATION_BODY_BLACKLISTED_STRING"),
        Refusal.TEXT,
    ),
    "ALREADY_SUB": Refusal.DUPLICATE,
}  # fmt: skip


class Api:
    """Reddit as one signed-in account called `name`."""

    def __init__(self, http: requests.Session, name: str, renewing: Renewing) -> None:
        self._http, self.name, self._renewing = http, name, renewing

    def get(self, path: str, params: Mapping[str, Value] | None = None) -> Answer:
        """The answer with `data` parsed. Raises ConnectorError."""
        asked = {**(params or {}), "raw_json": 1}  # else &, < and > come escaped in every text

        def ask(token: str) -> Answer:
            return get_json(
                self._http, HOST + path, asked, headers=self._headers(token), check=check
            )

        return self._renewing.call(ask)

    def post(self, path: str, form: Mapping[str, Value]) -> Any:
        """The `json` of a write. Raises ConnectorError, for `json.errors` too."""

        def ask(token: str) -> Any:
            sent = {**form, "api_type": "json"}
            headers = self._headers(token)
            url = f"{HOST}{path}?raw_json=1"
            data = post_form(self._http, url, sent, headers=headers, check=check).data
            if not isinstance(data, dict):
                raise UnreachableError("Reddit took it and answered unreadably")
            told = data.get("json")
            told = told if isinstance(told, dict) else {}
            if errors := told.get("errors"):
                raise error_in(errors, told)
            return told

        return self._renewing.call(ask)

    def _headers(self, token: str) -> dict[str, str]:
        return {**bearer(token), "User-Agent": user_agent(self.name)}


def check(answer: Answer) -> None:
    """`raise_for`; a 400 that names fields says what is wrong with the text that was sent."""
    if answer.status == 400:
        fields = _body(answer).get("fields")
        if isinstance(fields, list) and {"text", "body", "title"} & set(map(str, fields)):
            raise RefusedError(Refusal.TEXT, f"HTTP 400 from {answer.host}")
    if answer.status == 429:
        raise RateLimitedError(max(_reset_s(answer), 5.0), f"HTTP 429 from {answer.host}")
    raise_for(answer)


def error_in(errors: Any, told: Mapping[str, Any]) -> ConnectorError:
    """The first of `[[CODE, message, field], ...]`. The message is the network's own sentence and
    may quote the text, so only its code and the wait in it are used."""
    first = errors[0] if isinstance(errors, list) else None
    code, message = "", ""
    if isinstance(first, list) and first and isinstance(first[0], str):
        code = first[0] if first[0].replace("_", "").isalnum() else ""
        message = str(first[1]) if len(first) > 1 else ""
    if code == "RATELIMIT":
        return RateLimitedError(_wait_s(message, told.get("ratelimit")), code)
    if code == "USER_REQUIRED":
        return AuthExpiredError("Reddit asks to sign in")
    return RefusedError(_REASONS.get(code, Refusal.OTHER), code)


def _wait_s(message: str, exact: Any) -> float:
    """Seconds; "Take a break for 9 minutes" means up to a minute more."""
    wait = 60.0
    if isinstance(exact, int | float) and not isinstance(exact, bool) and exact > 0:
        wait = float(exact)
    elif found := _WAIT.search(message):
        n = int(found[1]) + (found[2] in ("minute", "hour"))
        wait = n * _UNITS[found[2]]
    return min(max(wait, 5.0), DAY_S)


def pause_s(answer: Answer) -> int:
    """How long to leave Reddit in peace: until the window ends when few calls are left in it."""
    left = _number(answer.headers.get("x-ratelimit-remaining", ""))
    if left is None or left > FEW:
        return 0
    return math.ceil(_reset_s(answer))


def _reset_s(answer: Answer) -> float:
    for name in ("Retry-After", "x-ratelimit-reset"):
        seconds = _number(answer.headers.get(name, ""))
        if seconds is not None:
            return min(max(seconds, 5.0), 3600.0)
    return 60.0


def _number(text: str) -> float | None:
    try:
        number = float(text)
    except ValueError:
        return None
    return number if math.isfinite(number) else None


def _body(answer: Answer) -> dict[str, Any]:
    try:
        data = parsed(answer)
    except BadAnswerError:
        return {}
    return data if isinstance(data, dict) else {}
