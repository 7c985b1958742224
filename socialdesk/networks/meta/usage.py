"""How much of Meta's budget is used up, as its answers tell: read, never computed.

Source: Graph API "Rate Limits", read 2026-11-21. A Page with few visitors has a small budget.
"""

import math
from collections.abc import Iterator, Mapping
from typing import Any, Final

from socialdesk.domain.frozen import frozen
from socialdesk.networks.answers import strict_json
from socialdesk.networks.waits import asked_wait_s

SLOW_PERCENT: Final = 70
STOP_PERCENT: Final = 95
SLOW_S: Final = 600.0
NO_WORD_S: Final = 900.0  # throttled, and nobody says for how long
LONGEST_S: Final = 86_400.0

_HEADERS: Final = ("X-Business-Use-Case-Usage", "X-App-Usage", "X-Page-Usage")
_COUNTS: Final = ("call_count", "total_cputime", "total_time")
_MAX_HEADER: Final = 16_384  # characters


@frozen
class Usage:
    """`percent` of the budget, the highest that was told; `regain_s`: until there is more again,
    0 = not told."""

    percent: float = 0.0
    regain_s: float = 0.0


def usage_of(headers: Mapping[str, str]) -> Usage:
    """What the headers of one answer tell. `headers` must ignore case."""
    rows = [row for name in _HEADERS for row in _rows(headers.get(name, ""))]
    percents = [_number(row.get(count)) for row in rows for count in _COUNTS]
    minutes = [_number(row.get("estimated_time_to_regain_access")) for row in rows]
    return Usage(max(percents, default=0.0), 60.0 * max(minutes, default=0.0))


def pause_s(headers: Mapping[str, str]) -> int:
    """How long to leave Meta in peace before it says so: 0 below SLOW_PERCENT."""
    usage = usage_of(headers)
    if usage.percent >= STOP_PERCENT:
        return math.ceil(min(usage.regain_s or NO_WORD_S, LONGEST_S))
    return int(SLOW_S) if usage.percent >= SLOW_PERCENT else 0


def wait_s(headers: Mapping[str, str]) -> float:
    """How long to wait after an answer that said "too many"."""
    regain_s = usage_of(headers).regain_s
    return min(regain_s, LONGEST_S) if regain_s else asked_wait_s(headers) or NO_WORD_S


def _rows(text: str) -> Iterator[Mapping[str, Any]]:
    """The usage of an app is one row; that of businesses is a list for each id."""
    try:
        told = strict_json(text) if 0 < len(text) <= _MAX_HEADER else {}
    except (ValueError, RecursionError):
        return
    if isinstance(told, dict):
        yield told
        for rows in told.values():
            if isinstance(rows, list):
                yield from (row for row in rows if isinstance(row, dict))


def _number(value: Any) -> float:
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    return float(min(max(value, 0), 1e9)) if is_number else 0.0
