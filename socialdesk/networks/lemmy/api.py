"""Calls to one server with one token, and what its error words mean.

Source: LemmyErrorType of lemmy-js-client; lemmy#2527, #5333, #6020 (a rate limit is 429, or 400 on
older servers, with a word, or with nothing at all, and never with a header).
"""

from collections.abc import Mapping
from typing import Any, Final
from urllib.parse import urlsplit

import requests

from socialdesk.domain.errors import (
    AuthExpiredError,
    BadAnswerError,
    RateLimitedError,
    Refusal,
    RefusedError,
)
from socialdesk.networks.http import (
    Answer,
    Value,
    asked_wait_s,
    bearer,
    get_json,
    post_json,
    put_json,
    raise_for,
    send,
    strict_json,
)
from socialdesk.networks.lemmy.dialect import Dialect

WAIT_S: Final = 60.0

_SIGN_IN: Final = frozenset({"incorrect_login", "not_logged_in", "user_not_logged_in"})
_LIMITS: Final = frozenset({"rate_limit_error", "too_many_requests"})
_REASONS: Final[Mapping[str, Refusal]] = {
    **dict.fromkeys(
        ("not_found", "couldnt_find_comment", "couldnt_find_post", "couldnt_find_person",
         "couldnt_find_object", "deleted",
         "cannot_create_post_or_comment_in_deleted_or_removed_community"),
        Refusal.GONE,
    ),
    **dict.fromkeys(
        ("locked", "site_ban", "banned", "banned_from_community",
         "person_is_banned_from_community", "person_is_banned_from_site", "person_is_blocked",
         "instance_is_private", "only_mods_can_post_in_community", "no_comment_edit_allowed",
         "missing_totp_token", "incorrect_totp_token"),
        Refusal.PERMISSION,
    ),
    **dict.fromkeys(
        ("registration_application_is_pending", "registration_denied", "email_not_verified"),
        Refusal.NOT_APPROVED,
    ),
    **dict.fromkeys(
        ("slurs", "language_not_allowed", "invalid_body_field", "max_comment_depth_reached",
         "blocked_url"),
        Refusal.TEXT,
    ),
}  # fmt: skip


class Api:
    """One server at `base`, in one version of the API, as one person."""

    def __init__(self, http: requests.Session, base: str, dialect: Dialect, jwt: str) -> None:
        self._http, self.base, self.dialect, self._jwt = http, base, dialect, jwt
        self._root = f"{base}/api/{dialect.version}"

    @property
    def host(self) -> str:
        return urlsplit(self.base).hostname or self.base

    def get(self, path: str, params: Mapping[str, Value] | None = None) -> dict[str, Any]:
        """The answer's JSON object. Raises ConnectorError; BadAnswerError when it is none."""
        data = get_json(
            self._http, self._root + path, params, headers=self._headers(), check=check
        ).data
        if not isinstance(data, dict):
            raise BadAnswerError(f"{self.host} sent something else than an object")
        return data

    def post(self, path: str, body: Mapping[str, Any]) -> Any:
        """The answer's JSON. After a 5xx or an unreadable answer it may be done."""
        url = self._root + path
        return post_json(self._http, url, dict(body), headers=self._headers(), check=check).data

    def put(self, path: str, body: Mapping[str, Any]) -> Any:
        """As `post`."""
        url = self._root + path
        return put_json(self._http, url, dict(body), headers=self._headers(), check=check).data

    def ask(self, method: str, path: str, body: Mapping[str, Any]) -> None:
        """A write whose answer does not matter."""
        answer = send(
            self._http, method, self._root + path, json_body=dict(body), headers=self._headers()
        )
        check(answer)

    def _headers(self) -> dict[str, str]:
        if not self._jwt:
            raise AuthExpiredError("the server's token is not in the keyring")
        return bearer(self._jwt)


def check(answer: Answer) -> None:
    """`raise_for` with Lemmy's words: they are the contract, the status differs by version."""
    if answer.status < 400:
        return raise_for(answer)
    word = error_word(answer)
    if word in _SIGN_IN:
        raise AuthExpiredError(f"{answer.host}: {word}")
    is_silent = answer.status == 400 and not answer.body.strip()
    if answer.status == 429 or word in _LIMITS or is_silent:
        raise RateLimitedError(asked_wait_s(answer.headers) or WAIT_S)
    if word in _REASONS and answer.status < 500:
        raise RefusedError(_REASONS[word], word)
    return raise_for(answer)


def error_word(answer: Answer) -> str:
    """The `error` of a refusal, "" where none was given."""
    try:
        word = strict_json(answer.body)["error"]
    except (ValueError, RecursionError, KeyError, TypeError, IndexError):
        return ""
    return word if isinstance(word, str) and word.isidentifier() and len(word) < 64 else ""
