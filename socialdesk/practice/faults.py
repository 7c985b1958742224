"""What can go wrong on the way, switched on by tests and drills: a fault is one line of data."""

import re
import threading
from dataclasses import replace
from enum import Enum
from random import Random

from socialdesk.domain.frozen import frozen


class Trouble(Enum):
    """The ways a server or the line to it fails."""

    LIMIT_RESET = "limit_reset"  # 429, Mastodon: X-RateLimit-Reset in ISO 8601
    LIMIT_SECONDS = "limit_seconds"  # 429, Retry-After in seconds
    LIMIT_DATE = "limit_date"  # 429, Retry-After as an HTTP date
    LIMIT_BARE = "limit_bare"  # 429, Pleroma: no header at all
    SERVER_ERROR = "server_error"  # `status`, JSON body; Retry-After where wait_s is given
    WEB_PAGE = "web_page"  # `status`, an HTML page of a proxy
    NO_ROUTE = "no_route"  # the request never left
    TIME_OUT = "time_out"  # silence
    BROKEN = "broken"  # the connection ends before an answer
    CUT_OFF = "cut_off"  # the connection ends in the middle of the answer
    MALFORMED = "malformed"  # an answer that is not JSON, though it says so
    TRUNCATED = "truncated"  # JSON that lacks its end, though the answer is whole
    DRIP = "drip"  # a few bytes one by one, then silence
    SIGNED_OUT = "signed_out"  # 401: the token was revoked


# These spoil an answer that was given: the act is always done.
_SPOILS_ANSWER = frozenset({Trouble.CUT_OFF, Trouble.MALFORMED, Trouble.TRUNCATED, Trouble.DRIP})
# These can come before or after the act.
_EITHER_SIDE = frozenset({Trouble.SERVER_ERROR, Trouble.WEB_PAGE, Trouble.TIME_OUT, Trouble.BROKEN})


@frozen
class Fault:
    """`method` "" and `path` "" mean any; `path` is a pattern that must match the whole path.
    `remaining`: how many requests it still hits, None = without end. `share`: which part of the
    matching requests, drawn by seed. `is_stored`: the act is done before it goes wrong."""

    trouble: Trouble
    method: str = ""
    path: str = ""
    remaining: int | None = 1
    share: float = 1.0
    is_stored: bool = False
    status: int = 503
    wait_s: int = 30

    @property
    def lets_act(self) -> bool:
        """Whether the server does what was asked."""
        if self.trouble in _SPOILS_ANSWER:
            return True
        return self.is_stored and self.trouble in _EITHER_SIDE

    def fits(self, method: str, path: str) -> bool:
        """Whether a request is one of those it is for."""
        if self.method and self.method != method:
            return False
        return not self.path or re.fullmatch(self.path, path) is not None


class Faults:
    """The faults that are on. May be used from any thread."""

    def __init__(self, seed: int = 7) -> None:
        self._lock = threading.Lock()
        self._draw = Random(f"{seed}/faults")
        self._on: list[Fault] = []
        self.n_hits = 0

    def add(self, *faults: Fault) -> None:
        """Switch faults on; the first that fits a request hits it."""
        with self._lock:
            self._on += faults

    def clear(self) -> None:
        """All is well again."""
        with self._lock:
            self._on.clear()

    def take(self, method: str, path: str) -> Fault | None:
        """The fault that hits this request, used up by one."""
        with self._lock:
            for at, fault in enumerate(self._on):
                if fault.fits(method, path) and self._draw.random() < fault.share:
                    self._use_up(at, fault)
                    self.n_hits += 1
                    return fault
        return None

    def _use_up(self, at: int, fault: Fault) -> None:
        if fault.remaining is None:
            return
        if fault.remaining > 1:
            self._on[at] = replace(fault, remaining=fault.remaining - 1)
        else:
            del self._on[at]
