"""HubSpot's API: addresses, the key that signs in, and what its refusals mean.

Source: developers.hubspot.com, "2026-03" reference (objects, properties, associations, pipelines)
and usage guidelines, read 2026-11-22. Not tried against the live service.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Any, Final
from zoneinfo import ZoneInfo

import requests

from socialdesk.domain.errors import (
    BadAnswerError,
    ConnectorError,
    RateLimitedError,
    Refusal,
    RefusedError,
)
from socialdesk.networks.answers import Answer, error_for, strict_json
from socialdesk.networks.http import bearer, get_json, post_json, put_json
from socialdesk.networks.info import ApiVersion
from socialdesk.networks.waits import asked_wait_s

BASE: Final = "https://api.hubapi.com"
ACCOUNT: Final = "/account-info/v3/details"  # whose key it is; v3 goes on without an end
VERSION: Final = ApiVersion("2026-03", date(2027, 9, 1))  # breaking releases live 18 months

_WINDOW_S: Final = 10.0  # of the rolling limit
_LONGEST_S: Final = 24 * 3600.0
_BUSY_S: Final = 5.0  # 423: somebody else writes the same object just now
_MOVING_S: Final = 3600.0  # 477 without a word: the account moves to another data centre


class HubSpotApi:
    """One account's calls. `zone`: the account's own, as IANA names it; "" = UTC."""

    def __init__(self, http: requests.Session, key: str, zone: str = "") -> None:
        self._http, self._key, self._zone = http, key, zone

    def get(self, path: str, **params: str | int) -> Any:
        """Raises ConnectorError."""
        return get_json(
            self._http, BASE + path, params, headers=bearer(self._key), check=self._check
        ).data

    def search(self, path: str, body: Any) -> Any:
        """A POST that only asks: what goes wrong with it has changed nothing."""
        return _map(self._post(path, body).data)

    def post(self, path: str, body: Any) -> Answer:
        """A write. Raises ConnectorError, UnreachableError.maybe_done where it may be done."""
        return self._post(path, body)

    def put(self, path: str) -> None:
        """A write that may be repeated."""
        put_json(self._http, BASE + path, {}, headers=bearer(self._key), check=self._check)

    def _post(self, path: str, body: Any) -> Answer:
        return post_json(
            self._http, BASE + path, body, headers=bearer(self._key), check=self._check
        )

    def _check(self, answer: Answer) -> None:
        error = error_of(answer, self._zone)
        if error is not None:
            raise error


def object_path(kind: str, *rest: str) -> str:
    """Of contacts, tickets, tasks."""
    return "/".join(("/crm/objects", VERSION.name, kind, *rest))


def property_path(kind: str, *rest: str) -> str:
    """Of the properties of one kind of object."""
    return "/".join(("/crm/properties", VERSION.name, kind, *rest))


def pipeline_path(kind: str) -> str:
    """Of the stages a ticket goes through; their ids are each account's own."""
    return f"/crm/pipelines/{VERSION.name}/{kind}"


def _map(data: Any) -> Mapping[str, Any]:
    if not isinstance(data, Mapping):
        raise BadAnswerError("HubSpot sent something that is no object")
    return data


def error_of(answer: Answer, zone: str) -> ConnectorError | None:
    """What a refusal means; None for a success. Source: HubSpot, "Error handling"."""
    said = _said(answer)
    match answer.status:
        case 403 if scopes := _scopes(said):
            return RefusedError(Refusal.PERMISSION, f"missing scopes: {', '.join(scopes)}")
        case 423:
            return RateLimitedError(_BUSY_S, "locked by another write")
        case 429:
            return RateLimitedError(_limit_s(said, answer.headers, zone), "request limit")
        case 477:
            wait_s = asked_wait_s(answer.headers) or _MOVING_S
            return RateLimitedError(wait_s, "the account moves to another data centre")
    error = error_for(replace(answer, words=""))
    if isinstance(error, RefusedError):
        reason = Refusal.TEXT if answer.status == 400 else error.reason
        return RefusedError(reason, _detail(said) or error.detail)
    return error


def refusal_in(errors: Any) -> RefusedError:
    """Of a 207 in which nothing was done: why. `errors`: as the answer has them."""
    first = errors[0] if isinstance(errors, list) and errors else {}
    category = first.get("category") if isinstance(first, Mapping) else ""
    reason = {"VALIDATION_ERROR": Refusal.TEXT, "MISSING_SCOPES": Refusal.PERMISSION}
    return RefusedError(reason.get(str(category), Refusal.OTHER), _plain(category))


def _said(answer: Answer) -> Mapping[str, Any]:
    try:
        data = strict_json(answer.body[: 64 * 1024])
    except (ValueError, RecursionError):
        return {}
    return data if isinstance(data, Mapping) else {}


def _scopes(said: Mapping[str, Any]) -> list[str]:
    """The scopes that a MISSING_SCOPES names; they are what an admin must tick."""
    if said.get("category") != "MISSING_SCOPES":
        return []
    found: list[str] = []
    errors = said.get("errors")
    for error in errors if isinstance(errors, list) else ():
        context = error.get("context") if isinstance(error, Mapping) else None
        for name in ("requiredGranularScopes", "requiredScopes", "missingScopes"):
            scopes = context.get(name) if isinstance(context, Mapping) else None
            found += [_plain(one) for one in scopes if one] if isinstance(scopes, list) else []
    return list(dict.fromkeys(found))[:10] or ["(not named)"]


def _plain(word: Any) -> str:
    """A scope, a category or an id: letters, digits, a few marks, and not long."""
    text = word if isinstance(word, str) else ""
    return "".join(c for c in text if c.isascii() and (c.isalnum() or c in "._-"))[:80]


def _limit_s(said: Mapping[str, Any], headers: Mapping[str, str], zone: str) -> float:
    """A day's limit ends at midnight of the account's zone, by the answer's own clock."""
    if said.get("policyName") == "DAILY":
        return _until_midnight_s(headers, zone)
    return asked_wait_s(headers) or _WINDOW_S


def _until_midnight_s(headers: Mapping[str, str], zone: str) -> float:
    try:
        now = parsedate_to_datetime(headers.get("Date", "")).astimezone(_zone(zone))
    except (ValueError, TypeError, IndexError, OverflowError):
        return _LONGEST_S
    next_day = datetime.combine(now.date() + timedelta(days=1), datetime.min.time(), now.tzinfo)
    wait_s = (next_day.astimezone(UTC) - now.astimezone(UTC)).total_seconds()
    return min(max(wait_s, _WINDOW_S), _LONGEST_S)


def _zone(name: str) -> Any:
    try:
        return ZoneInfo(name) if name else UTC
    except (KeyError, ValueError, OSError):  # a zone nobody knows is a KeyError
        return UTC


def _detail(said: Mapping[str, Any]) -> str:
    """Codes and properties, never HubSpot's sentence: that repeats the values it did not like. With
    its own number of the refusal, which its support asks for."""
    words = [_plain(said.get("category"))]
    errors = said.get("errors")
    for error in errors[:5] if isinstance(errors, list) else ():
        if isinstance(error, Mapping):
            words.append(_plain(error.get("code")))
            context = error.get("context")
            named = context.get("propertyName") if isinstance(context, Mapping) else None
            words += [_plain(one) for one in named[:5]] if isinstance(named, list) else []
    if number := _plain(said.get("correlationId")):
        words.append(f"(HubSpot {number})")
    return " ".join(filter(None, words))
