"""What a mail server's refusal means to us.

Source: RFC 5530 (response codes), RFC 9051 §7.1; Gmail's and Dovecot's own words where they send no
code. Never judges by a stranger's words, and shows the server's own only without what we sent.
"""

import re
from collections.abc import Iterable
from typing import Final

from socialdesk.domain.errors import (
    AuthExpiredError,
    ConnectorError,
    RateLimitedError,
    Refusal,
    RefusedError,
    UnreachableError,
)

BUSY_S: Final = 60.0  # another program holds the mailbox
LIMIT_S: Final = 300.0  # too many connections or too much traffic; no server says how long

_SIGN_IN: Final = frozenset({b"AUTHENTICATIONFAILED", b"AUTHORIZATIONFAILED", b"EXPIRED"})
_LIMIT: Final = frozenset({b"LIMIT", b"OVERQUOTA", b"THROTTLED"})
_AGAIN: Final = frozenset({b"UNAVAILABLE", b"SERVERBUG", b"CORRUPTION"})
_REFUSED: Final = {
    b"NOPERM": Refusal.PERMISSION,
    b"CONTACTADMIN": Refusal.PERMISSION,
    b"NONEXISTENT": Refusal.GONE,
    b"TRYCREATE": Refusal.GONE,
    b"PRIVACYREQUIRED": Refusal.UNSAFE,
}
_TOO_MUCH: Final = re.compile(rb"too many|rate limit|throttl|bandwidth|try again later", re.I)
_APP_PASSWORD: Final = re.compile(rb"app(?:lication)?[- ](?:specific )?password", re.I)
_CODE: Final = re.compile(rb"^\[[^\]]*\]")
_UNPRINTABLE: Final = re.compile(r"[^ -~]+")


def refusal(code: bytes, text: bytes, host: str, otherwise: ConnectorError) -> ConnectorError:
    """Our error for a NO, BAD or BYE. `code`: the first word in its brackets, upper case, b"" none;
    `otherwise`: what it means when neither code nor words tell."""
    if code in _SIGN_IN:
        return _sign_in_error(text, host)
    if code in _LIMIT or (code not in _REFUSED and _TOO_MUCH.search(text)):
        return RateLimitedError(LIMIT_S, f"{host} has too much to do for this mailbox")
    if code == b"INUSE":
        return RateLimitedError(BUSY_S, f"{host}: another program holds the mailbox")
    if code in _AGAIN:
        return UnreachableError(f"{host} is not available", maybe_done=False)
    if code in _REFUSED:
        return RefusedError(_REFUSED[code], f"{host} refuses ({code.decode('ascii').lower()})")
    if _APP_PASSWORD.search(text):
        return _sign_in_error(text, host)
    return otherwise


def _sign_in_error(text: bytes, host: str) -> AuthExpiredError:
    if _APP_PASSWORD.search(text):
        return AuthExpiredError(f"{host} wants an app password, not the usual one")
    return AuthExpiredError(f"{host} does not take this user name and password")


def alert(text: bytes, secrets: Iterable[str]) -> str:
    """A server's [ALERT], which a person should see: one short line without what we sent."""
    shown = _UNPRINTABLE.sub(" ", _CODE.sub(b"", text).decode("utf-8", "replace"))
    for secret in sorted({s for s in secrets if len(s) >= 3}, key=len, reverse=True):
        shown = re.sub(re.escape(secret), "***", shown, flags=re.IGNORECASE)
    return " ".join(shown.split())[:200]
