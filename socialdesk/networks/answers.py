"""What a server said, and what its status means to us.

Errors name the host and never the path, the query or a cause's text: all three may hold secrets.
"""

import json
import math
import re
from collections.abc import Iterable, Mapping
from dataclasses import field
from typing import Any, Final
from urllib.parse import quote, quote_plus

from socialdesk.domain.errors import (
    AuthExpiredError,
    BadAnswerError,
    ConnectorError,
    RateLimitedError,
    Refusal,
    RefusedError,
    UnreachableError,
)
from socialdesk.domain.frozen import frozen
from socialdesk.networks.waits import NO_WORD_S, asked_wait_s

READING: Final = frozenset({"GET", "HEAD"})

# How a surrogate is spelled. To put all in lower case and look for it takes three times as long.
_HALF: Final = re.compile(r"\\u[dD]")
_HALF_BYTES: Final = re.compile(rb"\\u[dD]")
_UNPRINTABLE: Final = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]+")


@frozen
class Answer:
    """What a server said. `data`: the parsed JSON, from the `*_json` helpers. `moved_to`: where
    only permanent redirects led, "" if none or a temporary one came first. `words`: the server's
    own error text, one short line in which nothing we sent appears."""

    method: str
    host: str
    status: int
    headers: Mapping[str, str] = field(repr=False)
    body: bytes = field(repr=False)
    url: str = field(repr=False)
    moved_to: str = field(default="", repr=False)
    words: str = field(default="", repr=False)
    data: Any = field(default=None, repr=False)

    @property
    def is_html(self) -> bool:
        """Whether a web page came, as proxies and maintenance screens send."""
        kind = self.headers.get("Content-Type", "").lower()
        return "html" in kind or self.body[:256].lstrip()[:1] == b"<"


def raise_for(answer: Answer) -> None:
    """Nothing for a 2xx; else the error class of the status. Never judges by the words.

    A 503 that names a time to wait is a rate limit when we only read; after a write it may
    have been done, like every 5xx.
    """
    error = error_for(answer)
    if error is not None:
        raise error


def error_for(answer: Answer) -> ConnectorError | None:
    """The error `raise_for` would raise."""
    status, detail = answer.status, _detail(answer)
    if 200 <= status < 300:
        return None
    if status == 401:
        return AuthExpiredError(detail)
    if status in (425, 429):
        return RateLimitedError(asked_wait_s(answer.headers) or NO_WORD_S, detail)
    if status >= 500 or status == 408:
        named = {name: answer.headers.get(name, "") for name in ("Retry-After", "Date")}
        wait = asked_wait_s(named)
        if status == 503 and wait is not None and answer.method in READING:
            return RateLimitedError(wait, detail)
        return UnreachableError(detail, maybe_done=True)
    if 400 <= status < 500:
        return RefusedError(_REASONS.get(status, Refusal.OTHER), detail)
    return BadAnswerError(detail)


_REASONS: Final[Mapping[int, Refusal]] = {
    402: Refusal.NO_CREDIT,
    403: Refusal.PERMISSION,
    404: Refusal.GONE,
    409: Refusal.DUPLICATE,
    410: Refusal.GONE,
    413: Refusal.TEXT,
    422: Refusal.TEXT,
    451: Refusal.PERMISSION,
}


def _detail(answer: Answer) -> str:
    detail = f"HTTP {answer.status} from {answer.host}"
    return f"{detail}: {answer.words}" if answer.words else detail


def parsed(answer: Answer) -> Any:
    """The body as strict JSON. Raises BadAnswerError (`is_html` when a web page came)."""
    why = "not JSON"
    try:
        return strict_json(answer.body)
    except RecursionError:
        why = "nested too deeply"
    except ValueError:
        if answer.is_html:
            why = "a web page instead of JSON"
    raise BadAnswerError(f"{answer.host} sent {why}", is_html=answer.is_html)


def strict_json(body: bytes | str) -> Any:
    """JSON as RFC 8259 has it: no NaN, no Infinity, no numbers beyond 4,300 digits; lone
    surrogates become U+FFFD, because no file can hold them. Raises ValueError, RecursionError."""
    data = json.loads(body, parse_constant=_refuse, parse_float=_finite)
    halves = _HALF_BYTES.search(body) if isinstance(body, bytes) else _HALF.search(body)
    return _whole(data) if halves else data


def _refuse(name: str) -> Any:
    raise ValueError(f"{name} is not JSON")


def _finite(text: str) -> float:
    number = float(text)
    if not math.isfinite(number):
        raise ValueError("a number without end")
    return number


def _whole(data: Any) -> Any:
    if isinstance(data, str):
        return data.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    if isinstance(data, list):
        return [_whole(one) for one in data]
    if isinstance(data, dict):
        return {_whole(key): _whole(value) for key, value in data.items()}
    return data


def server_words(body: bytes, secrets: frozenset[str]) -> str:
    """The `error` text of a refusal, one line; what we sent is starred out."""
    try:
        data = strict_json(body[: 64 * 1024])
        text = data.get("error_description") or data.get("message") or data.get("error")
    except (ValueError, RecursionError, AttributeError):
        return ""
    if not isinstance(text, str):
        return ""
    for secret in sorted(_written(secrets), key=len, reverse=True):
        text = re.sub(re.escape(secret), "***", text, flags=re.IGNORECASE)
    return _UNPRINTABLE.sub(" ", text).strip()[:200]


def _written(secrets: Iterable[str]) -> set[str]:
    """Each as it is, and as it stands in an address or a form: some servers quote the request."""
    found: set[str] = set()
    for secret in map(_whole, secrets):
        found |= {secret, quote(secret), quote(secret, safe=""), quote_plus(secret)}
    return found
