"""Calls to Google's APIs with one sign-in, which is renewed when Google says that it ended."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Final
from urllib.parse import urlencode

import requests

from socialdesk.domain.errors import BadAnswerError
from socialdesk.networks import http
from socialdesk.networks.base import KeepSecret
from socialdesk.networks.google.faults import check, read_fault
from socialdesk.networks.google.sign_in import renewed, revoke
from socialdesk.networks.http import Answer, Value, bearer
from socialdesk.networks.tokens import Renewing, Tokens

NOT_THERE: Final = frozenset({"404"})  # whatever the body says


class GoogleApi:
    """One account's calls. Every method raises ConnectorError as `faults.check` says."""

    def __init__(
        self, session: requests.Session, client_id: str, tokens: Tokens, keep_secret: KeepSecret
    ) -> None:
        self._http = session
        self._renewing = Renewing(tokens, lambda old: renewed(session, client_id, old), keep_secret)

    def get(self, url: str, params: Mapping[str, Value] | None = None) -> Answer:
        """GET, `data` is a JSON object."""
        return self._renewing.call(
            lambda token: _object(
                http.get_json(self._http, url, params, headers=bearer(token), check=check)
            )
        )

    def look(
        self, url: str, params: Mapping[str, Value], none_for: frozenset[str] = NOT_THERE
    ) -> Answer | None:
        """As `get`; None where Google refuses for one of these reasons."""

        def ask(token: str) -> Answer | None:
            answer = http.send(self._http, "GET", url, params=params, headers=bearer(token))
            said = {str(answer.status), *read_fault(answer.body).reasons}
            if answer.status >= 400 and said & none_for:
                return None
            check(answer)
            return _object(replace(answer, data=http.parsed(answer)))

        return self._renewing.call(ask)

    def post(self, url: str, params: Mapping[str, str], body: Any) -> Any:
        """POST; what came back. Raises UnreachableError(maybe_done) where it may have been done."""
        url = _with(url, params)
        return self._renewing.call(
            lambda token: (
                http.post_json(self._http, url, body, headers=bearer(token), check=check).data
            )
        )

    def put(self, url: str, params: Mapping[str, str], body: Any) -> Any:
        """PUT; else as `post`."""
        url = _with(url, params)
        return self._renewing.call(
            lambda token: (
                http.put_json(self._http, url, body, headers=bearer(token), check=check).data
            )
        )

    def delete(self, url: str, params: Mapping[str, str] | None = None) -> None:
        """DELETE."""
        url = _with(url, params or {})
        self._renewing.call(
            lambda token: http.delete(self._http, url, headers=bearer(token), check=check)
        )

    def sign_out(self) -> None:
        """Take the grant back."""
        revoke(self._http, self._renewing.tokens)


def items_of(answer: Answer, name: str = "items", *, may_lack: bool = False) -> list[Any]:
    """The list of an answer. Raises BadAnswerError. `may_lack`: an empty one is left out."""
    items = answer.data.get(name, [] if may_lack else None)
    if not isinstance(items, list):
        raise BadAnswerError(f"{answer.host} sent no {name}")
    return items


def next_page(answer: Answer) -> str:
    """The token of the next page, "" after the last."""
    token = answer.data.get("nextPageToken")
    return token if isinstance(token, str) and len(token) < 4096 else ""


def _object(answer: Answer) -> Answer:
    if not isinstance(answer.data, dict):
        raise BadAnswerError(f"{answer.host} sent no JSON object")
    return answer


def _with(url: str, params: Mapping[str, str]) -> str:
    return f"{url}?{urlencode(params)}" if params else url
