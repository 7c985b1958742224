"""Access tokens that end and are renewed: one renewal at a time, stored before it is used.

2026-11: no clock is read. A token is known to have ended when the network says so (401, or its own
code as AuthExpiredError); then it is renewed once and the call made again.
"""

import json
import threading
from collections.abc import Callable, Mapping
from dataclasses import field, replace
from typing import Any, TypeVar

from socialdesk.domain.account import Secret
from socialdesk.domain.errors import AuthExpiredError, BadAnswerError
from socialdesk.domain.frozen import frozen
from socialdesk.networks.base import KeepSecret

T = TypeVar("T")


@frozen
class Tokens:
    """What the keyring holds for one account. `rest`: other secrets of it, e.g. the client
    secret of the person's own app."""

    access: str = field(repr=False)
    refresh: str = field(default="", repr=False)
    rest: Mapping[str, str] = field(default_factory=dict, repr=False)

    def packed(self) -> Secret:
        """As the keyring keeps it."""
        kept = {"access": self.access, "refresh": self.refresh, "rest": dict(self.rest)}
        return Secret(json.dumps(kept, separators=(",", ":")))

    @staticmethod
    def unpacked(secret: Secret | None) -> "Tokens":
        """Raises AuthExpiredError when there is none, or it cannot be read."""
        try:
            kept = json.loads(secret.value if secret else "")
            rest = {str(key): str(value) for key, value in dict(kept["rest"]).items()}
            found = Tokens(str(kept["access"]), str(kept["refresh"]), rest)
        except (ValueError, KeyError, TypeError):
            found = Tokens("")
        if not (found.access or found.refresh or found.rest):
            raise AuthExpiredError("no usable sign-in is kept")
        return found


def tokens_from(data: Any, before: Tokens) -> Tokens:
    """The answer of a token endpoint (RFC 6749 §5.1); what it leaves out stays as it was."""
    access = data.get("access_token") if isinstance(data, Mapping) else None
    if not isinstance(access, str) or not access:
        raise BadAnswerError("no access token came")
    refresh = data.get("refresh_token")
    kept = refresh if isinstance(refresh, str) and refresh else before.refresh
    return replace(before, access=access, refresh=kept)


class Renewing:
    """The tokens of one account, for all its calls. Thread-safe.

    `renew`: asks the network for new ones; raises AuthExpiredError when the sign-in is dead.
    """

    def __init__(
        self, tokens: Tokens, renew: Callable[[Tokens], Tokens], keep_secret: KeepSecret
    ) -> None:
        self._tokens, self._renew, self._keep = tokens, renew, keep_secret
        self._unkept: Tokens | None = None
        self._lock = threading.Lock()

    @property
    def tokens(self) -> Tokens:
        return self._tokens

    def call(self, ask: Callable[[str], T]) -> T:
        """`ask` with the access token; once more with a new one when it had ended."""
        used = self._tokens.access
        if not used:
            used = self._renewed(used)
            return ask(used)
        try:
            return ask(used)
        except AuthExpiredError:
            if not self._tokens.refresh and not self._tokens.rest:
                raise
        return ask(self._renewed(used))

    def _renewed(self, used: str) -> str:
        """A newer access token than `used`; another thread may have fetched it meanwhile."""
        with self._lock:
            if self._tokens.access == used:
                # A refresh token may be good for one renewal only: what the keyring did not take
                # is offered to it again, and nothing is renewed twice.
                self._unkept = self._unkept or self._renew(self._tokens)
                self._keep(self._unkept.packed())
                self._tokens, self._unkept = self._unkept, None
            return self._tokens.access
