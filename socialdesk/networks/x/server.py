"""Calls to X's API with one sign-in, each paid from a purse.

The most a call can cost is held before it leaves, and settled to what it did cost: nothing for
what surely never arrived or failed, all of it when the answer was lost or cannot be read.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any, Final

import requests

from socialdesk.domain.errors import BadAnswerError, ConnectorError, UnreachableError
from socialdesk.domain.frozen import frozen
from socialdesk.networks import http
from socialdesk.networks.answers import READING, Answer
from socialdesk.networks.base import KeepSecret, Purse
from socialdesk.networks.http import Value, bearer, parsed
from socialdesk.networks.tokens import Renewing, Tokens, tokens_from
from socialdesk.networks.x.answers import error_of, is_free, token_error

API: Final = "https://api.x.com/2"


@frozen
class Paid:
    """An answer, `data` parsed, and what it cost. `error`: what a failure means, None = none."""

    answer: Answer
    cost: int
    error: ConnectorError | None = None

    @property
    def data(self) -> Any:
        """The JSON of a success. Raises the ConnectorError of a failure."""
        if self.error is not None:
            raise self.error
        return self.answer.data


class NoPurse:
    """Pays without counting: before an account is kept there is none to count for."""

    def left(self, *, percent: int = 100) -> int:
        return 1 << 40

    def hold(self, price: int, *, percent: int = 100) -> str:
        return ""

    def settle(self, month: str, back: int) -> None:
        pass


class Server:
    """X as one account sees it. `client_id`: of the person's own app."""

    def __init__(
        self, session: requests.Session, client_id: str, tokens: Tokens, keep_secret: KeepSecret
    ) -> None:
        self._session, self._client_id = session, client_id
        self._signed_in = Renewing(tokens, self._renewed, keep_secret)
        self.purse: Purse = NoPurse()

    def ask(
        self,
        method: str,
        path: str,
        price: int,
        cost_of: Callable[[Any], int],
        *,
        params: Mapping[str, Value] | None = None,
        body: Any = None,
        percent: int = 100,
    ) -> Paid:
        """One call, with its refusal kept for who asks. `price`: the most it can cost; `cost_of`
        says of a success what it did; `percent`: as `Purse.left`. Raises SpendCapError before
        anything leaves, UnreachableError without an answer, AuthExpiredError, BadAnswerError."""

        def once(access: str) -> Paid:
            month = self.purse.hold(price, percent=percent)
            answer = self._sent(method, path, params, body, access, month, price)
            return self._settled(answer, month, price, cost_of)

        return self._signed_in.call(once)

    def _sent(
        self, method: str, path: str, params: Mapping[str, Value] | None, body: Any, access: str,
        month: str, price: int,
    ) -> Answer:  # fmt: skip
        try:
            return http.send(
                self._session, method, API + path, params=params, json_body=body,
                headers=bearer(access),
            )  # fmt: skip
        except UnreachableError as e:
            if not e.maybe_done:
                self.purse.settle(month, price)
            raise

    def _settled(
        self, answer: Answer, month: str, price: int, cost_of: Callable[[Any], int]
    ) -> Paid:
        error = error_of(answer)
        if error is not None:
            cost = 0 if is_free(answer) else price
            self.purse.settle(month, price - cost)
            if answer.status == 401:
                raise error
            return Paid(answer, cost, error)
        try:
            answer = replace(answer, data=parsed(answer))
        except BadAnswerError as e:
            if answer.method in READING:
                raise
            raise UnreachableError(str(e), maybe_done=True) from e
        cost = cost_of(answer.data)
        self.purse.settle(month, price - cost)
        return Paid(answer, cost)

    def revoke(self) -> None:
        """The refresh token, and with it the access token. One that ended already is no error."""
        tokens = self._signed_in.tokens
        form = {"token": tokens.refresh or tokens.access, "client_id": self._client_id}
        answer = http.send(self._session, "POST", f"{API}/oauth2/revoke", form=form)
        error = token_error(answer)
        if error is not None and answer.status not in (400, 401):
            raise error

    def _renewed(self, tokens: Tokens) -> Tokens:
        form = {
            "grant_type": "refresh_token",
            "refresh_token": tokens.refresh,
            "client_id": self._client_id,
        }
        try:
            return ask_tokens(self._session, form, tokens)
        except UnreachableError as e:  # the call that needs it was refused before: not done
            raise UnreachableError(str(e), maybe_done=False) from e


def ask_tokens(session: requests.Session, form: Mapping[str, Value], before: Tokens) -> Tokens:
    """The token endpoint. Raises AuthExpiredError when the sign-in or the code is dead. A lost
    answer to a renewal costs the sign-in (the old token is used up), never a wrong one."""

    def check(answer: Answer) -> None:
        error = token_error(answer)
        if error is not None:
            raise error

    answer = http.post_form(session, f"{API}/oauth2/token", form, check=check)
    return tokens_from(answer.data, before)
