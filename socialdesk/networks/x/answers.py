"""What an answer of X means: which error, and whether it was free.

Source: docs.x.com "Response codes and errors", 2026-08; sheets of the project for what was seen.
X's own words only tell apart refusals of one status; they are never shown.
"""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Final

from socialdesk.domain.errors import (
    AuthExpiredError,
    BadAnswerError,
    ConnectorError,
    Refusal,
    RefusedError,
)
from socialdesk.networks.answers import READING, Answer, error_for, strict_json

_ENROLLED: Final = ("client-forbidden", "client-not-enrolled", "not attached to a project")
_GONE: Final = ("resource-not-found", "not-authorized-for-resource", "resource-unavailable")
_DEAD: Final = ("invalid_grant", "invalid_request", "unauthorized_client", "invalid_token")


def problem(answer: Answer) -> Mapping[str, Any]:
    """The body of a refusal; {} when it is none."""
    try:
        data = strict_json(answer.body)
    except (ValueError, RecursionError):
        return {}
    return data if isinstance(data, Mapping) else {}


def error_of(answer: Answer) -> ConnectorError | None:
    """None for a success."""
    if 200 <= answer.status < 300:
        return None
    said = problem(answer)
    kind = str(said.get("type", "")).rpartition("/")[2]
    words = f"{kind} {said.get('reason', '')} {said.get('title', '')} {said.get('detail', '')}"
    detail = f"HTTP {answer.status} from {answer.host}"
    match answer.status:
        case 402:
            return RefusedError(Refusal.NO_CREDIT, detail)
        case 429 if kind == "usage-capped":
            return RefusedError(Refusal.NO_CREDIT, f"{detail}: usage-capped")
        case 403:
            return RefusedError(_why_forbidden(words.lower()), detail)
        case _:
            return error_for(replace(answer, words=""))  # they may echo a token


def _why_forbidden(words: str) -> Refusal:
    if "duplicate content" in words:
        return Refusal.DUPLICATE
    if any(one in words for one in _ENROLLED):
        return Refusal.NOT_APPROVED
    if "credit" in words:
        return Refusal.NO_CREDIT
    return Refusal.PERMISSION


def token_error(answer: Answer) -> ConnectorError | None:
    """Of the token endpoint: what ends a sign-in comes with 400."""
    if answer.status in (400, 401) and problem(answer).get("error") in _DEAD:
        return AuthExpiredError(f"HTTP {answer.status} from {answer.host}")
    return error_of(answer)


def is_free(answer: Answer) -> bool:
    """Failed requests cost nothing; after a 5xx to a write nobody knows whether it failed."""
    return answer.status >= 300 and (answer.method in READING or answer.status < 500)


def names_parameter(answer: Answer, *names: str) -> bool:
    """Whether a 400 complains about one of these parameters."""
    if answer.status != 400:
        return False
    said = problem(answer)
    each = said.get("errors")
    parts = [said, *(each if isinstance(each, list) else ())]
    found = [part.get("parameters") for part in parts if isinstance(part, Mapping)]
    keys = {key for one in found if isinstance(one, Mapping) for key in one}
    texts = " ".join(
        f"{part.get('message', '')} {part.get('detail', '')} {part.get('parameter', '')}"
        for part in parts if isinstance(part, Mapping)
    )  # fmt: skip
    return any(name in keys or name in texts for name in names)


def listed(data: Any) -> list[Any]:
    """The posts of a page. Without any there is no `data`, but `meta` says so. A page that is
    nothing but an error is that error. Raises BadAnswerError, RefusedError."""
    if not isinstance(data, Mapping):
        raise BadAnswerError("a page we cannot read")
    items, meta = data.get("data"), data.get("meta")
    if isinstance(items, list):
        return items
    if items is None and isinstance(meta, Mapping) and "result_count" in meta:
        return []
    if items is None and (gone := kinds_of_errors(data)):
        is_gone = any(kind in _GONE for _, kind in gone)
        raise RefusedError(Refusal.GONE if is_gone else Refusal.OTHER, gone[0][1])
    raise BadAnswerError("a page we cannot read")


def kinds_of_errors(data: Any) -> list[tuple[str, str]]:
    """The errors beside `data` of an answer that is a success for the rest: (id, kind)."""
    errors = data.get("errors") if isinstance(data, Mapping) else None
    found = []
    for one in errors if isinstance(errors, list) else ():
        if isinstance(one, Mapping):
            named = one.get("resource_id") or one.get("value") or ""
            found.append((str(named), str(one.get("type", "")).rpartition("/")[2][:60]))
    return found


def gone_ids(data: Any) -> set[str]:
    """Posts that were deleted or closed to us: their words must go (X's developer terms)."""
    return {id_ for id_, kind in kinds_of_errors(data) if kind in _GONE}
