"""Calls to one forum with one key, and what its refusals mean.

Source: discourse_api_docs of 2026-08-20. A dead key and a closed door are the same answer, 403
`invalid_access`; only who asks "who am I" can tell them apart.
"""

from collections.abc import Mapping
from typing import Any, Final, NoReturn
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
from socialdesk.networks.answers import READING
from socialdesk.networks.html_text import one_line
from socialdesk.networks.http import (
    Answer,
    Value,
    asked_wait_s,
    delete,
    get_json,
    post_json,
    put_json,
    raise_for,
    strict_json,
)

MIN_WAIT_S: Final = 5.0
MAX_WAIT_S: Final = 86_400.0  # a day's quota ends at latest then

_WHO_AM_I: Final = "/session/current.json"


class Api:
    """One forum at `base` (an address without a slash at its end), asked as one person."""

    def __init__(self, http: requests.Session, base: str, key: str, client_id: str) -> None:
        self._http, self.base, self._key, self._client_id = http, base, key, client_id

    @property
    def host(self) -> str:
        return urlsplit(self.base).hostname or self.base

    def get(self, path: str, params: Mapping[str, Value] | None = None) -> Any:
        """The answer's JSON object. Raises ConnectorError; BadAnswerError when it is none."""
        answer = get_json(
            self._http, self.base + path, params, headers=self._headers(), check=self._check
        )
        if not isinstance(answer.data, dict):
            raise BadAnswerError(f"{self.host} sent something else than an object")
        return answer.data

    def post(self, path: str, body: Mapping[str, Any]) -> Any:
        """The answer's JSON. After a 5xx or an unreadable answer it may be done."""
        url = self.base + path
        return post_json(
            self._http, url, dict(body), headers=self._headers(), check=self._check
        ).data

    def put(self, path: str, body: Mapping[str, Any]) -> Any:
        """As `post`."""
        url = self.base + path
        return put_json(
            self._http, url, dict(body), headers=self._headers(), check=self._check
        ).data

    def delete(self, path: str) -> None:
        """The body of the answer does not matter."""
        delete(self._http, self.base + path, headers=self._headers(), check=self._check)

    def _headers(self) -> dict[str, str]:
        if not self._key:
            raise AuthExpiredError("the forum's key is not in the keyring")
        return {
            "User-Api-Key": self._key,
            "User-Api-Client-Id": self._client_id,
            "Accept": "application/json",
        }

    def _check(self, answer: Answer) -> None:
        """`raise_for` with this forum's own words. Source: the sheet, §4."""
        if answer.is_html and urlsplit(answer.url).path.endswith("/login"):
            raise AuthExpiredError(f"{answer.host} asks to sign in")
        if answer.status == 403:
            self._refuse_or_sign_in(answer)
        if answer.status == 429:
            raise RateLimitedError(_wait_s(answer), f"HTTP 429 from {answer.host}")
        if answer.status == 503 and error_type(answer) == "read_only":
            if answer.method in READING:
                raise_for(answer)
            raise UnreachableError(f"{answer.host} is read-only now", maybe_done=False)
        if answer.status == 422:
            raise RefusedError(Refusal.TEXT, self._words(answer))
        raise_for(answer)

    def _refuse_or_sign_in(self, answer: Answer) -> NoReturn:
        if answer.url.endswith(_WHO_AM_I) or not self._is_signed_in():
            raise AuthExpiredError(f"HTTP 403 from {answer.host}")
        raise RefusedError(Refusal.PERMISSION, f"HTTP 403 from {answer.host}")

    def _is_signed_in(self) -> bool:
        """Whether the forum still knows us. When that cannot be asked, the key is not blamed."""
        try:
            self.get(_WHO_AM_I)
        except AuthExpiredError:
            return False
        except RefusedError as e:
            return e.reason is not Refusal.GONE  # 404: nobody is signed in
        except ConnectorError:
            return True
        return True

    def _words(self, answer: Answer) -> str:
        """The forum's own sentence about a text it does not take ("Body is too short ...")."""
        errors = _body(answer).get("errors")
        first = errors[0] if isinstance(errors, list) and errors else ""
        words = one_line(first)[:200] if isinstance(first, str) else ""
        return "" if self._key in words else words


def error_type(answer: Answer) -> str:
    """The code of a refusal, "" where none was given."""
    code = _body(answer).get("error_type")
    return code if isinstance(code, str) else ""


def _wait_s(answer: Answer) -> float:
    """The header's wait, else the body's `extras.wait_seconds`, else a minute."""
    asked = asked_wait_s(answer.headers)
    if asked is not None:
        return asked
    extras = _body(answer).get("extras")
    wait = extras.get("wait_seconds") if isinstance(extras, dict) else None
    if isinstance(wait, bool) or not isinstance(wait, int | float):
        return 60.0
    return float(min(max(wait, MIN_WAIT_S), MAX_WAIT_S))


def _body(answer: Answer) -> dict[str, Any]:
    try:
        data = strict_json(answer.body)
    except (ValueError, RecursionError):
        return {}
    return data if isinstance(data, dict) else {}
