"""The server's rate limits: fixed windows on its clock, told in headers as Mastodon does.

Source: "Rate limits" page of the API; recordings of 4.7 for the separate windows of posts.
"""

from datetime import UTC, datetime

from socialdesk.domain.frozen import frozen

_MINUTE_MS = 60_000


@frozen
class Window:
    """`n_allowed` requests in each `length_ms`."""

    name: str
    n_allowed: int
    length_ms: int


@frozen
class Left:
    """How one window stands after a request; `n` below 0 = the request is too many."""

    window: Window
    n: int
    reset_ms: int

    def headers(self) -> dict[str, str]:
        """ISO 8601 with microseconds, not seconds: clients trip over it."""
        reset = datetime.fromtimestamp(self.reset_ms / 1000, UTC)
        return {
            "X-RateLimit-Limit": str(self.window.n_allowed),
            "X-RateLimit-Remaining": str(max(0, self.n)),
            "X-RateLimit-Reset": f"{reset:%Y-%m-%dT%H:%M:%S.%f}Z",
        }


class Limits:
    """Counts requests. `n_requests`: allowed in five minutes, 0 = no limit at all."""

    def __init__(self, n_requests: int) -> None:
        self._all = Window("all", n_requests, 5 * _MINUTE_MS)
        self._posts = Window("posts", n_requests, 180 * _MINUTE_MS)
        self._deletions = Window("deletions", min(30, n_requests), 30 * _MINUTE_MS)
        self._used: dict[str, tuple[int, int]] = {}  # window name → number, requests in it

    def count(self, method: str, path: str, now_ms: int) -> Left | None:
        """Count one request; the window nearest to exhaustion, None when there is no limit."""
        if not self._all.n_allowed:
            return None
        windows = [self._all]
        if path.startswith("/api/v1/statuses") and method in {"POST", "DELETE"}:
            windows.append(self._posts if method == "POST" else self._deletions)
        left = [self._take(window, now_ms) for window in windows]
        return min(left, key=lambda one: one.n)

    def _take(self, window: Window, now_ms: int) -> Left:
        number = now_ms // window.length_ms
        known, n_used = self._used.get(window.name, (number, 0))
        n_used = n_used + 1 if known == number else 1
        self._used[window.name] = number, n_used
        return Left(window, window.n_allowed - n_used, (number + 1) * window.length_ms)
