"""Salesforce's REST API: addresses, the session, and what its refusals mean.

Source: REST API Developer Guide v67.0 (Summer '26: "Status codes and error responses", "sObject
Rows by External ID", "API usage header"), read 2026-11-22. Not tried against the live service.
"""

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any, Final, TypeVar
from urllib.parse import urlsplit

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
from socialdesk.networks.answers import Answer, error_for, parsed, strict_json
from socialdesk.networks.base import KeepSecret
from socialdesk.networks.http import bearer, get_json, post_form, send
from socialdesk.networks.info import ApiVersion
from socialdesk.networks.tokens import Renewing, Tokens, tokens_from
from socialdesk.networks.values import text_or
from socialdesk.networks.waits import asked_wait_s

VERSION: Final = ApiVersion("67.0", date(2029, 6, 1))  # Summer '26, three years at least
INSTANCE: Final = "instance"  # in the tokens: where the data is; it may move with a renewal
USED_UP: Final = 0.9  # of a day's calls: the rest is for people and other programs
_PAUSE_S: Final = 3600.0  # the day's limit rolls on by the hour

_HOSTS: Final = (".salesforce.com", ".force.com", ".salesforce.mil", ".cloudforce.com")
_USAGE: Final = re.compile(r"api-usage=(\d{1,12})/(\d{1,12})")
_CODE: Final = re.compile(r"[A-Z][A-Z0-9_]{2,80}")
_FIELD: Final = re.compile(r"[A-Za-z][A-Za-z0-9_.]{0,79}")
# Their texts are an administrator's own; every other text may hold what we sent.
_ADMIN_WORDS: Final = frozenset({"FIELD_CUSTOM_VALIDATION_EXCEPTION", "DUPLICATES_DETECTED"})

T = TypeVar("T")


class SalesforceApi:
    """One org's calls. `login`: where sign-ins are renewed. `version`: as "67.0"."""

    def __init__(
        self, http: requests.Session, login: str, client_id: str, version: str,
        tokens: Tokens, keep: KeepSecret,
    ) -> None:  # fmt: skip
        self._http, self._login, self._client_id = http, login, client_id
        self._version = version
        self._renewing = Renewing(tokens, self._renewed, keep)
        self._used = 0.0  # share of the day's calls, as the last answer told it

    @property
    def instance(self) -> str:
        """Where the org's data and pages are, as an origin."""
        return str(self._renewing.tokens.rest[INSTANCE])

    def get(self, path: str, **params: str) -> Any:
        """`path` below the version. Raises ConnectorError."""
        return self._renewing.call(
            lambda token: self._noted(
                get_json(
                    self._http, self._address(path), params, headers=bearer(token), check=check
                )
            )
        ).data

    def write(
        self, method: str, path: str, body: Any, headers: Mapping[str, str] | None = None
    ) -> Answer:
        """PATCH or POST; `data` is None for an empty answer (204). Raises ConnectorError,
        UnreachableError.maybe_done where it may be done."""
        return self._renewing.call(
            lambda token: self._written(
                send(
                    self._http, method, self._address(path), json_body=body,
                    headers={**bearer(token), **(headers or {})},
                )
            )
        )  # fmt: skip

    def check_allowance(self) -> None:
        """Before a write: raises RateLimitedError when the org's day is nearly used up."""
        if self._used < USED_UP:
            return
        limits = self.get("limits")
        try:
            day = limits["DailyApiRequests"]
            self._used = 1 - int(day["Remaining"]) / max(1, int(day["Max"]))
        except (KeyError, TypeError, ValueError) as e:
            raise BadAnswerError("Salesforce sent limits we cannot read") from e
        if self._used >= USED_UP:
            raise RateLimitedError(_PAUSE_S, "the org's calls for today are nearly used up")

    def sign_out(self) -> None:
        """Revoke the sign-in; one that is dead already is no error."""
        tokens = self._renewing.tokens
        token = tokens.refresh or tokens.access
        answer = send(
            self._http, "POST", f"{self._login}/services/oauth2/revoke", form={"token": token}
        )
        if answer.status >= 500:
            raise UnreachableError(f"HTTP {answer.status}", maybe_done=True)

    def _address(self, path: str) -> str:
        return f"{self.instance}/services/data/v{self._version}/{path}"

    def _noted(self, answer: Answer) -> Answer:
        found = _USAGE.search(answer.headers.get("Sforce-Limit-Info", ""))
        if found:
            self._used = int(found[1]) / max(1, int(found[2]))
        return answer

    def _written(self, answer: Answer) -> Answer:
        check(self._noted(answer))
        if not answer.body.strip():
            return answer
        try:
            return replace(answer, data=parsed(answer))
        except BadAnswerError:
            detail = f"{answer.host} took it and answered unreadably"
        raise UnreachableError(detail, maybe_done=True)

    def _renewed(self, before: Tokens) -> Tokens:
        """Rotation may be on: the new refresh token is stored before it is used (`Renewing`)."""
        if not before.refresh:
            raise AuthExpiredError("the sign-in has no renewal")
        form = {
            "grant_type": "refresh_token",
            "refresh_token": before.refresh,
            "client_id": self._client_id,
        }
        answer = post_form(
            self._http, f"{self._login}/services/oauth2/token", form, check=check_oauth
        )
        return with_instance(answer.data, before)


def with_instance(data: Any, before: Tokens) -> Tokens:
    """Of a token answer. A sandbox refreshed or an org moved has another address from then on."""
    tokens = tokens_from(data, before)
    told = text_or(data.get("instance_url"))
    instance = origin_of(told) if told else before.rest.get(INSTANCE, "")
    if not instance:
        raise BadAnswerError("Salesforce told no address of its own")
    return replace(tokens, rest={**before.rest, INSTANCE: instance})


def origin_of(url: str) -> str:
    """Of an address of Salesforce's own; "" for anything else: the token goes nowhere else."""
    try:
        parts = urlsplit(url)
        host, port = (parts.hostname or "").lower(), parts.port
    except ValueError:
        return ""
    is_theirs = parts.scheme == "https" and host.endswith(_HOSTS)
    return f"https://{host}" if is_theirs and port in (None, 443) else ""


def check(answer: Answer) -> None:
    """Raises the error of an answer's status and code."""
    error = error_of(answer)
    if error is not None:
        raise error


def check_oauth(answer: Answer) -> None:
    """Of the token endpoint, whose refusals are OAuth's. Source: RFC 6749 §5.2."""
    if 200 <= answer.status < 300:
        return
    data = _json(answer)
    code = text_or(data.get("error")) if isinstance(data, Mapping) else ""
    if code in ("invalid_grant", "inactive_user", "inactive_org", "invalid_client_id",
                "invalid_client", "invalid_app_access"):  # fmt: skip
        raise AuthExpiredError(f"the sign-in was refused: {code}")
    if code == "rate_limit_exceeded":
        raise RateLimitedError(asked_wait_s(answer.headers) or 60.0, code)
    if answer.status == 400:
        raise RefusedError(Refusal.OTHER, f"the sign-in was refused: {_CODELESS.sub('', code)}")
    check(answer)


_CODELESS: Final = re.compile(r"[^a-z_]")


def error_of(answer: Answer) -> ConnectorError | None:
    """What a refusal means; None for a success. A refusal is a list of errors, of the UI API an
    object with a list in it."""
    if 200 <= answer.status < 300:
        return None
    code, detail = _first(answer)
    if answer.status == 300:
        return RefusedError(Refusal.OTHER, "more than one case has this id")
    if code == "REQUEST_LIMIT_EXCEEDED" or answer.status == 429:
        return RateLimitedError(asked_wait_s(answer.headers) or _PAUSE_S, code)
    if code in _REASONS and answer.status < 500 and answer.status != 401:
        return RefusedError(_REASONS[code], detail)
    error = error_for(replace(answer, words=""))  # words may repeat what we sent
    if isinstance(error, RefusedError):
        reason = Refusal.TEXT if answer.status == 400 else error.reason
        return RefusedError(reason, detail or error.detail)
    return error


_REASONS: Final[Mapping[str, Refusal]] = {
    "API_DISABLED_FOR_ORG": Refusal.NOT_APPROVED,
    "API_CURRENTLY_DISABLED": Refusal.NOT_APPROVED,
    "DUPLICATES_DETECTED": Refusal.OTHER,  # like another one, by the org's rules: not the same key
    "ENTITY_IS_DELETED": Refusal.GONE,
    "INSUFFICIENT_ACCESS": Refusal.PERMISSION,
    "INSUFFICIENT_ACCESS_OR_READONLY": Refusal.PERMISSION,
    "INSUFFICIENT_ACCESS_ON_CROSS_REFERENCE_ENTITY": Refusal.PERMISSION,
    "NOT_FOUND": Refusal.GONE,
}


def _first(answer: Answer) -> tuple[str, str]:
    """Code of the first error, and what may be shown of it: code, fields, an admin's own words."""
    data = _json(answer)
    if isinstance(data, Mapping):
        output = data.get("output")
        inner = output.get("errors") if isinstance(output, Mapping) else None
        data = inner if isinstance(inner, list) and inner else [data]
    error = data[0] if isinstance(data, list) and data else {}
    if not isinstance(error, Mapping):
        return "", ""
    code = text_or(error.get("errorCode"))
    if not _CODE.fullmatch(code):
        return "", ""
    fields = error.get("fields")
    named = [one for one in fields if isinstance(one, str)] if isinstance(fields, list) else []
    shown = ", ".join(one for one in named if _FIELD.fullmatch(one))
    detail = f"{code} ({shown})" if shown else code
    if code in _ADMIN_WORDS:
        detail = f"{code}: {_one_line(text_or(error.get('message')))}"
    return code, detail


def _one_line(text: str) -> str:
    return " ".join("".join(c if c.isprintable() else " " for c in text[:600]).split())[:200]


def _json(answer: Answer) -> Any:
    try:
        return strict_json(answer.body[: 64 * 1024])
    except (ValueError, RecursionError):
        return None
