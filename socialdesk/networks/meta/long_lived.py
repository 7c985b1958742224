"""Tokens of Instagram and Threads: good for 60 days, renewed weekly while the program runs.

No clock is read: the server's own time is compared with the one it gave at the last renewal. A
token that has ended cannot be renewed, then a person signs in again.
"""

import threading
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any, Final

import requests

from socialdesk.domain.errors import AuthExpiredError, ConnectorError
from socialdesk.networks import http
from socialdesk.networks.base import KeepSecret
from socialdesk.networks.http import Answer
from socialdesk.networks.meta.graph import answered_at
from socialdesk.networks.meta.problems import check
from socialdesk.networks.tokens import Tokens, tokens_from
from socialdesk.networks.values import read_time
from socialdesk.networks.walks import as_text

RENEW_AFTER: Final = timedelta(days=7)
RENEWED_AT: Final = "renewed_at"  # in Tokens.rest; "" = never, and no time was told


def exchanged(
    session: requests.Session, url: str, params: Mapping[str, str], before: Tokens
) -> Tokens:
    """A long-lived token for a short one, or a new one for one that still lives.

    Meta takes these only as GET with the secrets in the query; `http` shows no addresses. Raises
    ConnectorError.
    """
    answer = http.get_json(session, url, params, check=lambda one: check(one, params.values()))
    return stamped(tokens_from(answer.data, before), answer)


def stamped(tokens: Tokens, answer: Answer) -> Tokens:
    """With the server's time as that of their renewal."""
    now = as_text(answered_at(answer))
    return replace(tokens, rest={**tokens.rest, RENEWED_AT: now})


class LongLived:
    """The token of one account. Thread-safe. `url`, `grant`: where and as what it is renewed."""

    def __init__(
        self,
        session: requests.Session,
        tokens: Tokens,
        keep_secret: KeepSecret,
        *,
        url: str,
        grant: str,
    ) -> None:
        self._session, self._tokens, self._keep = session, tokens, keep_secret
        self._url, self._grant = url, grant
        self._lock = threading.Lock()

    def token(self) -> str:
        """Raises AuthExpiredError when there is none."""
        if not self._tokens.access:
            raise AuthExpiredError("no usable sign-in is kept")
        return self._tokens.access

    def renew_when_due(self, now: datetime | None) -> None:
        """A new token after RENEW_AFTER, stored before it is used. A failure costs nothing: the old
        one is good for weeks, and the next round tries again. Raises CredentialError."""
        with self._lock:
            if now is None or not self._is_due(now):
                return
            query = {"grant_type": self._grant, "access_token": self._tokens.access}
            try:
                fresh = exchanged(self._session, self._url, query, self._tokens)
            except ConnectorError:
                return
            self._keep(fresh.packed())
            self._tokens = fresh

    def _is_due(self, now: Any) -> bool:
        try:
            return bool(now - read_time(self._tokens.rest.get(RENEWED_AT, "")) >= RENEW_AFTER)
        except (ValueError, TypeError):
            return True
