"""The practice network as a transport of `requests`: mounted on a session, it is the server."""

import io
import json
import threading
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from email.utils import format_datetime
from enum import Enum
from http.client import responses as reasons
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

import requests
import urllib3
from requests.adapters import BaseAdapter, HTTPAdapter

from socialdesk.practice.content import Content
from socialdesk.practice.entities import Entities
from socialdesk.practice.faults import Faults, Trouble
from socialdesk.practice.kinds import Kind
from socialdesk.practice.limits import Left, Limits
from socialdesk.practice.network import PracticeNetwork
from socialdesk.practice.posts import Post, Upload
from socialdesk.practice.routes import answer
from socialdesk.practice.sign_ins import SignIns
from socialdesk.practice.site import Site
from socialdesk.practice.spoil import Dripping, spoil, too_many
from socialdesk.practice.stream import Event
from socialdesk.practice.wire import Ask, Reply

N_REQUESTS = 6_000  # in five minutes; Mastodon's 300 are too few for a stream at twenty times speed


class Point(Enum):
    """Moments inside a request at which a test may end the process."""

    RECEIVED = "received"  # nothing done yet
    STORED = "stored"  # done and on the disk, not answered


class PracticeAdapter(BaseAdapter):
    """Answers every request itself; opens no socket, starts no thread, never sleeps.

    `path`: the file it lives in, made 0600; there already, it decides seed and kind. `now_ms`:
    unix ms. `speed`: how fast the stream runs; times shown stay real. `n_requests`: allowed in
    five minutes, 0 = any number. `passing`: called at each Point. May be used from any thread;
    requests come one after another. Raises StoreError where the file is damaged, not
    ours or a later program's, and OSError.
    """

    def __init__(
        self,
        path: Path,
        content: Content,
        *,
        now_ms: Callable[[], int],
        seed: int = 7,
        speed: float = 1.0,
        kind: Kind = Kind.HONOURS_KEY,
        n_requests: int = N_REQUESTS,
        passing: Callable[[Point], None] = lambda point: None,
    ) -> None:
        super().__init__()
        self.faults = Faults(seed)
        self._lock = threading.RLock()
        self._now_ms, self._passing = now_ms, passing
        self._limits = Limits(n_requests)
        self._network = PracticeNetwork(
            path, content, now_ms=now_ms(), seed=seed, speed=speed, kind=kind
        )
        sign_ins = SignIns(
            self._network.records,
            self._network.keep,
            checks_pkce=self._network.kind.traits.software == "mastodon",
        )
        self._site = Site(self._network, Entities(self._network), sign_ins)
        self._builder = HTTPAdapter()

    @property
    def kind(self) -> Kind:
        """The kind of server, as its file has it."""
        return self._network.kind

    def send(
        self,
        request: requests.PreparedRequest,
        stream: bool = False,
        timeout: Any = None,
        verify: Any = True,
        cert: Any = None,
        proxies: Any = None,
    ) -> requests.Response:
        """The server's response. Raises requests.RequestException under some faults."""
        with self._lock:
            ask = _read_request(request, self._now_ms())
            self._passing(Point.RECEIVED)
            reply = self._reply(ask)
        return self._response(request, reply)

    def close(self) -> None:
        """Nothing: a session that ends closes its adapters, and the network outlives it."""

    def shut_down(self) -> None:
        """Let go of the file; what is written afterwards is refused."""
        with self._lock:
            self._network.close()

    def accept_practice_token(self) -> None:
        """Let the fixed token in again after a sign-out revoked it."""
        with self._lock:
            self._site.sign_ins.accept_practice_token()

    def happen(self, event: Event) -> Post | None:
        """Let somebody act beside the stream, in its time; for tests: no file remembers it."""
        with self._lock:
            return self._network.happen(event)

    def posts_by_us(self) -> list[Post]:
        """What the network has of us through its API, oldest first; deleted ones are gone."""
        with self._lock:
            return self._network.ours()

    def pictures_of(self, post: Post) -> list[Upload]:
        """What a post shows."""
        with self._lock:
            return [self._network.uploads[one] for one in post.pictures]

    def n_uploads(self) -> int:
        """How many pictures were ever handed over, shown or not."""
        with self._lock:
            return len(self._network.uploads)

    def read_slowly(self, n: int) -> None:
        """Say `n` times that a picture is still being read."""
        with self._lock:
            self._network.n_reads_left = n

    def n_posts_by_us(self) -> int:
        """How many those are."""
        return len(self.posts_by_us())

    def _reply(self, ask: Ask) -> Reply:
        fault = self.faults.take(ask.method, ask.path)
        done: Reply | None = None
        if fault is None or fault.lets_act:
            done = self._act(ask)
        if fault is not None:
            done = spoil(fault, done, ask.now_ms)
        assert done is not None
        return done

    def _act(self, ask: Ask) -> Reply:
        left = self._limits.count(ask.method, ask.path, ask.now_ms)
        if left is not None and left.n < 0:
            return self._too_many(left, ask.now_ms)
        self._network.advance(ask.now_ms)
        reply = answer(self._site, ask)
        self._passing(Point.STORED)
        return replace(reply, headers=reply.headers | (left.headers() if left else {}))

    def _too_many(self, left: Left, now_ms: int) -> Reply:
        is_bare = self.kind is Kind.READ_BACK_ONLY  # Pleroma and its kin
        dialect = Trouble.LIMIT_BARE if is_bare else Trouble.LIMIT_RESET
        return too_many(dialect, left.reset_ms, now_ms)

    def _response(self, request: requests.PreparedRequest, reply: Reply) -> requests.Response:
        headers = {"Date": _http_date(self._now_ms()), "Server": "practice", **reply.headers}
        body: Any = Dripping(reply.body) if reply.drips else io.BytesIO(reply.body)
        raw = urllib3.HTTPResponse(
            body=body,
            headers={"Content-Length": str(len(reply.body))} | headers,
            status=reply.status,
            reason=reasons.get(reply.status),
            preload_content=False,
            request_method=request.method,
        )
        return self._builder.build_response(request, raw)


def _read_request(request: requests.PreparedRequest, now_ms: int) -> Ask:
    parts = urlsplit(request.url or "")
    values = parse_qs(parts.query, keep_blank_values=True)
    headers = {name.lower(): _text(value) for name, value in request.headers.items()}
    raw = request.body or b""
    if "multipart" in headers.get("content-type", ""):
        raw = raw if isinstance(raw, bytes) else raw.encode()
        return Ask(request.method or "GET", unquote(parts.path), values, headers, now_ms, raw)
    body = _text(raw)
    if "json" in headers.get("content-type", ""):
        values |= _json_values(body)
    elif body:
        values |= parse_qs(body, keep_blank_values=True)
    return Ask(request.method or "GET", unquote(parts.path), values, headers, now_ms)


def _json_values(body: str) -> dict[str, list[str]]:
    try:
        data = json.loads(body)
    except ValueError:
        return {}
    given = data.items() if isinstance(data, dict) else ()
    return {name: _strings(value) for name, value in given if value is not None}


def _strings(value: Any) -> list[str]:
    if isinstance(value, list):
        return [text for one in value for text in _strings(one)]
    if isinstance(value, bool):
        return ["true" if value else "false"]
    return [str(value)]


def _text(value: Any) -> str:
    return value.decode("utf-8", "replace") if isinstance(value, bytes) else str(value)


def _http_date(now_ms: int) -> str:
    return format_datetime(datetime.fromtimestamp(now_ms // 1000, UTC), usegmt=True)
