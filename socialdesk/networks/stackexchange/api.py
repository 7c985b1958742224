"""Calls to the API for one site, its daily quota, and what its errors mean.

Every error is HTTP 400 with an `error_id`; a JSONP call would get it in a 200, so both are looked
at. The quota is per key and address, 10,000 a day, 300 without a key, until midnight UTC.
"""

import math
import re
from collections.abc import Mapping
from dataclasses import field
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Any, Final

import requests

from socialdesk.domain.errors import (
    BadAnswerError,
    ConnectorError,
    RateLimitedError,
    Refusal,
    RefusedError,
    UnreachableError,
)
from socialdesk.domain.frozen import frozen
from socialdesk.networks.http import Answer, Value, get_json, raise_for, strict_json

API: Final = "https://api.stackexchange.com/2.3"
DAY_S: Final = 86_400.0
FEW: Final = 50  # calls left of the day's quota; kept for what a person asks for
HOUR_S: Final = 3600.0  # when the answer says neither how long nor what day it is

_THROTTLED: Final = 502
_SECONDS: Final = re.compile(r"\b(\d{1,6}) seconds?\b")
_REASONS: Final[Mapping[int, Refusal]] = {
    401: Refusal.PERMISSION,  # access_token_required
    402: Refusal.PERMISSION,  # invalid_access_token
    403: Refusal.PERMISSION,  # access_denied
    404: Refusal.GONE,  # no_method; an id that is no number too
    405: Refusal.PERMISSION,  # key_required
    406: Refusal.PERMISSION,  # access_token_compromised
    407: Refusal.OTHER,  # write_failed
    409: Refusal.DUPLICATE,  # duplicate_request
}


@frozen
class Told:
    """What a call gave. `pause_s`: how long this method wants to be left in peace, 0 = not.
    `left`: calls left today, None = not said; `midnight_s`: seconds until the quota is whole."""

    items: tuple[Any, ...] = field(repr=False)
    has_more: bool
    pause_s: int
    left: int | None
    midnight_s: float

    @property
    def wish_s(self) -> int:
        """The pause that a watch should make now."""
        if self.left is not None and self.left < FEW:
            return max(self.pause_s, math.ceil(self.midnight_s))
        return self.pause_s

    def spend(self) -> None:
        """Raises RateLimitedError when no other call can be made today."""
        if self.left == 0:
            raise RateLimitedError(self.midnight_s, "the day's quota is used up")


class Api:
    """One site of the network, asked with the person's own key or with none."""

    def __init__(self, http: requests.Session, site: str, key: str) -> None:
        self._http, self.site, self._key = http, site, key

    def get(self, path: str, params: Mapping[str, Value] | None = None) -> Told:
        """Raises ConnectorError; BadAnswerError when no list came."""
        asked = {**(params or {}), "site": self.site, "key": self._key}
        answer = get_json(self._http, API + path, asked, check=check)
        data = answer.data
        if isinstance(data, dict) and "error_id" in data:
            raise error_for(data, answer)
        items = data.get("items") if isinstance(data, dict) else None
        if not isinstance(items, list):
            raise BadAnswerError("no list came from Stack Exchange")
        return Told(
            tuple(items),
            data.get("has_more") is True,
            int(min(_count(data.get("backoff")) or 0, DAY_S)),
            _count(data.get("quota_remaining")),
            until_midnight(answer),
        )


def check(answer: Answer) -> None:
    """`raise_for` by the error's id, where there is one."""
    if answer.status < 400:
        return raise_for(answer)
    try:
        data = strict_json(answer.body)
    except (ValueError, RecursionError):
        data = None
    if isinstance(data, dict) and type(data.get("error_id")) is int:
        raise error_for(data, answer)
    if answer.status == 401:  # of a proxy: nobody is signed in here
        raise RefusedError(Refusal.PERMISSION, f"HTTP 401 from {answer.host}")
    return raise_for(answer)


def error_for(data: Mapping[str, Any], answer: Answer) -> ConnectorError:
    """The error class of an `error_id`. Its message may quote what we sent, so only its name and
    the seconds in it are used."""
    error_id, name = data["error_id"], str(data.get("error_name", ""))
    name = name if name.isidentifier() and len(name) < 64 else ""
    if error_id == _THROTTLED:
        found = _SECONDS.search(str(data.get("error_message", "")))
        wait_s = float(found[1]) if found else until_midnight(answer)
        return RateLimitedError(min(max(wait_s, 5.0), DAY_S), name)
    if not isinstance(error_id, int) or error_id >= 500:  # internal_error, temporarily_unavailable
        return UnreachableError(name, maybe_done=False)
    return RefusedError(_REASONS.get(error_id, Refusal.OTHER), name)


def until_midnight(answer: Answer) -> float:
    """Seconds until the next midnight UTC, by the answer's own clock."""
    try:
        now = parsedate_to_datetime(answer.headers.get("Date", ""))
    except (ValueError, TypeError, IndexError, OverflowError):
        return HOUR_S
    now = now.replace(tzinfo=UTC) if now.tzinfo is None else now.astimezone(UTC)
    midnight = datetime(now.year, now.month, now.day, tzinfo=UTC) + timedelta(days=1)
    return max((midnight - now).total_seconds(), 60.0)


def _count(value: Any) -> int | None:
    return value if type(value) is int and value >= 0 else None
