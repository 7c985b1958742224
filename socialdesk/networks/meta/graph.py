"""Calls to one host of Meta's Graph API with one token.

The token goes in the Authorization header, never in an address: Meta's own examples put it in the
query, and `paging.next` brings it back there, so that only the cursor is taken from it.
"""

import hashlib
import hmac
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime
from email.utils import parsedate_to_datetime
from typing import Any, Final

import requests

from socialdesk.domain.errors import BadAnswerError, Refusal, RefusedError, UnreachableError
from socialdesk.domain.frozen import frozen
from socialdesk.networks import http
from socialdesk.networks.http import Answer, Value
from socialdesk.networks.info import ApiVersion
from socialdesk.networks.meta.problems import check, problem_of
from socialdesk.networks.values import id_of

# Source: Graph API changelog, read 2026-11-21: v26.0 came on 2026-07-29 and has no end yet; every
# version works for at least two years.
VERSION: Final = ApiVersion("v26.0", date(2028, 7, 29))
FACEBOOK: Final = f"https://graph.facebook.com/{VERSION.name}"

_ID_CHARS: Final = frozenset("0123456789_abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ-.:")

NOTHING: Final = Answer("GET", "", 200, {}, b"", "", data={"data": []})
"""An answer that lists nothing, and tells no time."""


@frozen
class Listing:
    """One page of a list. `after`: the cursor of its next page, "" = this was the last."""

    items: tuple[Any, ...] = ()
    after: str = ""


class Graph:
    """`base`: host and version. `token`: asked for at every call, because it may be renewed.
    `app_secret`: "" = calls carry no proof that they come from the app's owner."""

    def __init__(
        self, session: requests.Session, base: str, token: Callable[[], str], app_secret: str = ""
    ) -> None:
        self._session, self._base, self._token = session, base, token
        self._app_secret = app_secret

    def get(self, path: str, params: Mapping[str, Value] | None = None) -> Answer:
        """`data` is an object. Raises ConnectorError."""
        token = self._token()
        answer = http.get_json(
            self._session,
            self._url(path),
            {**(params or {}), **self._proof(token)},
            headers=http.bearer(token),
            check=lambda one: check(one, self._secrets(token)),
        )
        if not isinstance(answer.data, dict):
            raise BadAnswerError(f"{answer.host} sent something else than an object")
        return answer

    def get_if_there(self, path: str, params: Mapping[str, Value]) -> Answer:
        """As `get`; an empty list where what it stands under cannot be read. It was deleted since
        its list was read, and all the others must still come. A missing permission is told."""
        try:
            return self.get(path, params)
        except RefusedError as e:
            if e.reason is Refusal.PERMISSION:
                raise
        return NOTHING

    def get_unless(
        self, problem: tuple[int, int], path: str, params: Mapping[str, Value]
    ) -> dict[str, Any] | None:
        """As `get`; None when the answer is this problem: a code and a subcode."""
        token = self._token()

        def judge(one: Answer) -> None:
            found = problem_of(one)
            if found is None or (found.code, found.subcode) != problem:
                check(one, self._secrets(token))

        answer = http.get_json(
            self._session,
            self._url(path),
            {**params, **self._proof(token)},
            headers=http.bearer(token),
            check=judge,
        )
        if not isinstance(answer.data, dict):
            raise BadAnswerError(f"{answer.host} sent something else than an object")
        return answer.data if "error" not in answer.data else None

    def post(self, path: str, form: Mapping[str, Value]) -> dict[str, Any]:
        """The answer's object. What cannot be read may have been done."""
        token = self._token()
        answer = http.post_form(
            self._session,
            self._url(path),
            {**form, **self._proof(token)},
            headers=http.bearer(token),
            check=lambda one: check(one, self._secrets(token)),
        )
        if not isinstance(answer.data, dict):
            raise UnreachableError(f"{answer.host} answered a write unreadably", maybe_done=True)
        return answer.data

    def make(self, path: str, form: Mapping[str, Value]) -> str:
        """POST something new; its id."""
        try:
            return id_of(self.post(path, form)["id"])
        except (KeyError, TypeError, ValueError):
            pass
        raise UnreachableError("what was posted has no name", maybe_done=True)

    def delete(self, path: str) -> None:
        """DELETE; one already gone is no error."""
        token = self._token()
        proof = "".join(f"?{key}={value}" for key, value in self._proof(token).items())
        try:
            http.delete(
                self._session,
                self._url(path) + proof,
                headers=http.bearer(token),
                check=lambda one: check(one, self._secrets(token)),
            )
        except RefusedError as e:
            if e.reason is not Refusal.GONE:
                raise

    def _url(self, path: str) -> str:
        return f"{self._base}/{'/'.join(node(part) for part in path.split('/') if part)}"

    def _proof(self, token: str) -> dict[str, str]:
        if not self._app_secret:
            return {}
        digest = hmac.new(self._app_secret.encode(), token.encode(), hashlib.sha256)
        return {"appsecret_proof": digest.hexdigest()}

    def _secrets(self, token: str) -> tuple[str, ...]:
        return (token, self._app_secret, *self._proof(token).values())


def node(remote_id: str) -> str:
    """An id as a part of a path. Raises RefusedError for what can be none: a path could lead
    elsewhere."""
    if not _ID_CHARS.issuperset(remote_id) or remote_id in ("", ".", ".."):
        raise RefusedError(Refusal.GONE, "not a name that Meta gives")
    return remote_id


def listing(data: Any) -> Listing:
    """`data` and `paging` of an answer. Raises BadAnswerError."""
    items = data.get("data") if isinstance(data, dict) else None
    if not isinstance(items, list):
        raise BadAnswerError("a list we cannot read")
    return Listing(tuple(items), _after(data.get("paging")))


def inner_listing(data: Any) -> Listing:
    """A list inside an object, absent when it is empty; an unreadable one counts as empty."""
    items = data.get("data") if isinstance(data, dict) else None
    if not isinstance(items, list):
        return Listing()
    return Listing(tuple(items), _after(data.get("paging")))


def answered_at(answer: Answer) -> datetime | None:
    """The server's own time; None when it did not say."""
    try:
        when = parsedate_to_datetime(answer.headers.get("Date", ""))
        return when.astimezone(UTC) if when.tzinfo else when.replace(tzinfo=UTC)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None


def _after(paging: Any) -> str:
    """The last page has cursors too, but no `next`."""
    if not isinstance(paging, dict) or not paging.get("next"):
        return ""
    cursors = paging.get("cursors")
    after = cursors.get("after") if isinstance(cursors, dict) else None
    return after if isinstance(after, str) and len(after) < 4096 else ""
