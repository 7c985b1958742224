"""Meta's errors, decided by `error.code` and `error_subcode`; the HTTP status is 400 for most.

Source: Graph API "Handling Errors", Pages API "Error Codes", Threads and Instagram "Error Codes",
read 2026-11-21.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import field
from typing import Any, Final

from socialdesk.domain.errors import (
    AuthExpiredError,
    ConnectorError,
    RateLimitedError,
    Refusal,
    RefusedError,
    UnreachableError,
)
from socialdesk.domain.frozen import frozen
from socialdesk.networks.answers import READING, Answer, raise_for, strict_json
from socialdesk.networks.meta.usage import wait_s

SIGN_IN: Final = frozenset({102, 190})
TRANSIENT: Final = frozenset({1, 2, 341})
THROTTLED: Final = frozenset({4, 9, 17, 32, 613, *range(80000, 80015)})
PARAMETER: Final = 100
NOT_READY: Final = 9007  # media that Meta has not finished reading
NO_OBJECT: Final = 33  # subcode of PARAMETER: gone, or not for us
MEDIA_NOT_FOUND: Final = 24

_SUBCODES: Final[Mapping[int, str]] = {
    458: "the app was removed from the account",
    459: "Facebook wants a look at the account in the browser first",
    460: "the password was changed",
    463: "the sign-in has ended",
    464: "Facebook wants the account confirmed first",
    467: "the sign-in was made invalid",
}
_REASONS: Final[Mapping[int, tuple[Refusal, str]]] = {
    3: (Refusal.PERMISSION, "the app may not do this"),
    10: (Refusal.PERMISSION, "a permission is missing"),
    12: (Refusal.OTHER, "this is no longer in Meta's API"),
    21: (Refusal.GONE, "it has moved"),
    MEDIA_NOT_FOUND: (Refusal.GONE, "it is not there"),
    368: (Refusal.PERMISSION, "Meta has blocked what this account sends for a while"),
    506: (Refusal.DUPLICATE, "the same words were posted just before"),
    803: (Refusal.GONE, "it is not there"),
    1609005: (Refusal.TEXT, "the link in it cannot be read"),
}
_LIKE_A_TOKEN: Final = re.compile(r"[\w|-]{24,}|(?:EAA|IGAA|IGQ|THAA|THQ)[\w-]{4,}", re.ASCII)
_UNPRINTABLE: Final = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]+")


@frozen
class Problem:
    """What an answer says went wrong. `words`: Meta's own, which may quote what we sent."""

    code: int
    subcode: int = 0
    words: str = field(default="", repr=False)


def problem_of(answer: Answer) -> Problem | None:
    """The error inside an answer, whatever its status; None when there is none to be read."""
    if b"error" not in answer.body:
        return None
    try:
        data = strict_json(answer.body)
    except (ValueError, RecursionError):
        return None
    if not isinstance(data, dict):
        return None
    inner = data.get("error")
    if isinstance(inner, dict):
        return _problem(inner, "message", "error_subcode")
    # Instagram's sign-in has an envelope of its own
    return _problem(data, "error_message", "") if "error_type" in data else None


def check(answer: Answer, secrets: Iterable[str] = ()) -> None:
    """Raises the error an answer stands for; nothing for a success. `secrets`: starred out."""
    problem = problem_of(answer)
    if problem is None:
        raise_for(answer)
        return
    raise error_for(problem, answer, secrets)


def error_for(problem: Problem, answer: Answer, secrets: Iterable[str] = ()) -> ConnectorError:
    """The error class of a problem."""
    code, is_read = problem.code, answer.method in READING
    detail = f"{answer.host}, code {code}"
    if problem.subcode:
        detail += f"/{problem.subcode}"
    if code in SIGN_IN:
        return AuthExpiredError(f"{detail}: {_SUBCODES.get(problem.subcode, 'not signed in')}")
    if code in THROTTLED:
        return RateLimitedError(wait_s(answer.headers), detail)
    if code in TRANSIENT:
        return UnreachableError(detail, maybe_done=True)
    if code == NOT_READY:
        return UnreachableError(detail, maybe_done=False)
    reason, why = _refusal(problem, is_read)
    said = _cleaned(problem.words, secrets)
    return RefusedError(reason, ": ".join(part for part in (detail, why, said) if part))


def _refusal(problem: Problem, is_read: bool) -> tuple[Refusal, str]:
    """Why, and our words for it. 100 has many meanings: a missing object, a missing permission
    (told only by its words), else a parameter, which in a write is the text."""
    code = problem.code
    if code in _REASONS:
        return _REASONS[code]
    if 200 <= code <= 299:
        return Refusal.PERMISSION, "a permission is missing"
    if code == PARAMETER and problem.subcode == NO_OBJECT:
        return Refusal.GONE, "it is gone, or not for this account"
    if code == PARAMETER and "permission" in problem.words.lower():
        return Refusal.PERMISSION, "a permission is missing"
    if code == PARAMETER and not is_read:
        return Refusal.TEXT, ""
    return Refusal.OTHER, ""


def _problem(error: Mapping[str, Any], words: str, subcode: str) -> Problem | None:
    code, sub, said = error.get("code"), error.get(subcode), error.get(words)
    if isinstance(code, bool) or not isinstance(code, int):
        return None
    if isinstance(sub, bool) or not isinstance(sub, int):
        sub = 0
    return Problem(code, sub, said if isinstance(said, str) else "")


def _cleaned(words: str, secrets: Iterable[str]) -> str:
    """One short line, in which nothing secret stands: Meta quotes tokens it cannot read."""
    for secret in sorted(filter(None, secrets), key=len, reverse=True):
        words = words.replace(secret, "***")
    words = _LIKE_A_TOKEN.sub("***", words)
    return _UNPRINTABLE.sub(" ", words).strip()[:200]
