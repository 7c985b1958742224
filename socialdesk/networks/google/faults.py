"""Google's refusals as our errors.

Sources: YouTube Data API "Errors" page; google.rpc.ErrorInfo; Business Profile "Quota limits" page.
Google says with one status several things, so the reasons in the body decide, the status only where
none is known. Only reasons named here are ever told: an unknown one could echo what we sent.
"""

from collections.abc import Iterator, Mapping
from datetime import timedelta, timezone, tzinfo
from typing import Any, Final

from socialdesk.domain.errors import (
    ConnectorError,
    RateLimitedError,
    Refusal,
    RefusedError,
    UnreachableError,
)
from socialdesk.domain.frozen import frozen
from socialdesk.networks.day_ends import answered_at, until_s
from socialdesk.networks.http import Answer, asked_wait_s, error_for, strict_json

NO_WORD_S: Final = 60.0

_DAY_USED_UP: Final = frozenset({"quotaExceeded", "dailyLimitExceeded"})
_TOO_FAST: Final = frozenset(
    {"rateLimitExceeded", "userRateLimitExceeded", "RATE_LIMIT_EXCEEDED", "RESOURCE_EXHAUSTED"}
)
# Each is a 400 or 403 and not the operator's fault; the same call may pass a minute later.
_PASSING: Final = frozenset({"processingFailure", "backendError", "UNAVAILABLE"})
_REFUSALS: Final[Mapping[str, Refusal]] = {
    "accessNotConfigured": Refusal.NOT_APPROVED,  # the API is not switched on in the project
    "SERVICE_DISABLED": Refusal.NOT_APPROVED,
    "commentTextTooLong": Refusal.TEXT,
    "commentTextRequired": Refusal.TEXT,
    "invalidCommentMetadata": Refusal.TEXT,
    "commentNotFound": Refusal.GONE,
    "commentThreadNotFound": Refusal.GONE,
    "parentCommentNotFound": Refusal.GONE,
    "videoNotFound": Refusal.GONE,
    "channelNotFound": Refusal.GONE,
    "commentsDisabled": Refusal.PERMISSION,
    "parentCommentIsPrivate": Refusal.PERMISSION,
    "operationNotSupported": Refusal.PERMISSION,
    "insufficientPermissions": Refusal.PERMISSION,
    "ACCESS_TOKEN_SCOPE_INSUFFICIENT": Refusal.PERMISSION,
    "youtubeSignupRequired": Refusal.PERMISSION,
    "channelClosed": Refusal.PERMISSION,
    "channelSuspended": Refusal.PERMISSION,
    "authenticatedUserAccountClosed": Refusal.PERMISSION,
    "authenticatedUserAccountSuspended": Refusal.PERMISSION,
    "forbidden": Refusal.PERMISSION,
    "PERMISSION_DENIED": Refusal.PERMISSION,
    "FAILED_PRECONDITION": Refusal.PERMISSION,  # the location is not verified
    "invalidPageToken": Refusal.OTHER,
}
_LISTS: Final = ("errors", "details")


@frozen
class Fault:
    """What the body of a refusal says. `has_no_quota`: the project's limit is 0, which at Google
    means that nobody has approved it yet. `is_per_day`: the limit is one of the whole day."""

    reasons: frozenset[str] = frozenset()
    has_no_quota: bool = False
    is_per_day: bool = False


def read_fault(body: bytes) -> Fault:
    """The reasons in a refusal's body; none when it is not Google's."""
    try:
        error = strict_json(body[: 64 * 1024])["error"]
        entries = [error, *(one for name in _LISTS for one in error.get(name) or ())]
        reasons = {text for entry in entries for text in _texts(entry, ("status", "reason"))}
        limits = [entry["metadata"] for entry in entries if isinstance(entry.get("metadata"), dict)]
    except (ValueError, RecursionError, KeyError, TypeError, AttributeError):
        return Fault()
    return Fault(
        frozenset(reasons),
        any(limit.get("quota_limit_value") == "0" for limit in limits),
        any("PerDay" in text for limit in limits for text in _texts(limit, ("quota_limit",))),
    )


def check(answer: Answer) -> None:
    """Nothing for a success; else the error that Google means. For `check=` of `http`."""
    if not 200 <= answer.status < 300:
        raise _error(answer, read_fault(answer.body))


def until_midnight_s(headers: Mapping[str, str]) -> float:
    """Seconds until quotas begin anew: midnight in California, by the answer's own Date."""
    now = answered_at(headers)
    if now is None:
        return until_s(headers)
    there = now.astimezone(_pacific()) + timedelta(days=1)
    return until_s(headers, there.replace(hour=0, minute=0, second=0, microsecond=0))


def _error(answer: Answer, fault: Fault) -> ConnectorError:
    reasons = fault.reasons
    known = sorted(reasons & (_DAY_USED_UP | _TOO_FAST | _PASSING | _REFUSALS.keys()))
    detail = " ".join([f"HTTP {answer.status} from {answer.host}", *known])
    if answer.status == 401 or answer.status >= 500:
        return _of_status(answer)
    if fault.has_no_quota:
        return RefusedError(Refusal.NOT_APPROVED, f"{detail}: this project has a quota of 0")
    if reasons & _DAY_USED_UP or (fault.is_per_day and reasons & _TOO_FAST):
        return RateLimitedError(until_midnight_s(answer.headers), detail)
    if reasons & _TOO_FAST:
        return RateLimitedError(asked_wait_s(answer.headers) or NO_WORD_S, detail)
    if reasons & _PASSING:
        return UnreachableError(detail, maybe_done=True)
    for reason, refusal in _REFUSALS.items():  # the most telling first
        if reason in reasons:
            return RefusedError(refusal, detail)
    return _of_status(answer)


def _of_status(answer: Answer) -> ConnectorError:
    error = error_for(answer)
    assert error is not None  # the status is no success
    return error


def _texts(entry: Any, names: tuple[str, ...]) -> Iterator[str]:
    yield from (entry[name] for name in names if isinstance(entry.get(name), str))


def _pacific() -> tzinfo:
    from zoneinfo import ZoneInfo  # five modules that no start needs

    try:
        return ZoneInfo("America/Los_Angeles")
    except (KeyError, OSError):  # a system without time zones: at most an hour late
        return timezone(timedelta(hours=-8))
