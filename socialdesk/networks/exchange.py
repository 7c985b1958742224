"""One exchange with a server: asked, redirected by hand, read whole within limits.

2026-11: the policy lives in `send`, not in the session, so that a session with a scripted adapter
(tests, the practice network) obeys it too; only address checks need our own adapter.
"""

import http.client
import ssl
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import field, replace
from typing import Any, Final
from urllib.parse import parse_qsl, unquote, urljoin, urlsplit, urlunsplit
from urllib.request import getproxies

import requests
import urllib3
from requests.auth import _basic_auth_str
from requests.structures import CaseInsensitiveDict
from requests.utils import get_environ_proxies
from urllib3.exceptions import ConnectTimeoutError, NameResolutionError, NewConnectionError

from socialdesk import __version__
from socialdesk.domain.errors import ConnectorError, Refusal, RefusedError, UnreachableError
from socialdesk.domain.frozen import frozen
from socialdesk.networks.answers import READING, Answer, server_words
from socialdesk.networks.pinned import READ_S, TOTAL_S, PinnedAdapter

TIMEOUT_S: Final = (3.05, READ_S)  # connect, silence
MAX_BYTES: Final = 5 * 1024 * 1024  # of an answer, unpacked
MAX_REDIRECTS: Final = 5

Value = str | int | bool | Sequence[str] | None

_NESTED: Final = 12  # levels of a body
_TOKEN_CHARS: Final = 16  # a part of a path so long may be a token
_CHUNK: Final = 64 * 1024
_LOOPBACK: Final = frozenset({"localhost", "127.0.0.1", "::1"})
_FOLLOWED: Final = frozenset({301, 302, 303, 307, 308})
_PERMANENT: Final = frozenset({301, 308})
_TOO_MUCH: Final = "more than we read"
_TOO_SLOW: Final = "its answer too slowly"
_HEADERS: Final = {
    "User-Agent": f"SocialDesk/{__version__}",
    "Accept": "application/json, */*;q=0.5",
    "Accept-Encoding": "gzip, deflate",
}


@frozen
class _Ask:
    method: str
    url: str
    headers: Mapping[str, str]
    params: dict[str, Any] | None = None
    json_body: Any = None
    form: dict[str, Any] | None = None
    content: bytes | None = field(default=None, repr=False)
    max_bytes: int = MAX_BYTES


def _filled(values: Mapping[str, Value] | None) -> dict[str, Any] | None:
    """Without the empty ones: `limit=` is a 400 on GoToSocial and Pleroma."""
    if values is None:
        return None
    plain = {True: "true", False: "false"}
    return {
        key: plain[value] if isinstance(value, bool) else value
        for key, value in values.items()
        if value is not None and value != "" and value != ()
    }


def send(
    session: requests.Session,
    method: str,
    url: str,
    *,
    params: Mapping[str, Value] | None = None,
    headers: Mapping[str, str] | None = None,
    json_body: Any = None,
    form: Mapping[str, Value] | None = None,
    content: bytes | None = None,
    max_bytes: int = MAX_BYTES,
    plain_http: bool = False,
    monotonic: Callable[[], float] = time.monotonic,
) -> Answer:
    """Ask and read the whole answer, whatever its status. Empty params are never sent.

    `content`: a body as it is; its type stands in `headers`.

    Redirects are followed by hand, at most MAX_REDIRECTS: another host gets neither
    Authorization nor any other header or body of ours; a write is only repeated on its own host
    (307, 308) and otherwise refused. Raises UnreachableError, RefusedError(UNSAFE).
    """
    url, login = _without_login(url)
    sent = {**_HEADERS, **login, **(headers or {})}
    request = _Ask(method, url, sent, _filled(params), json_body, _filled(form), content, max_bytes)
    policy = _policy(session)
    end = monotonic() + policy.total_s
    moved, permanent = "", True
    for _ in range(MAX_REDIRECTS + 1):
        _check_scheme(request.url, policy.allowed, plain_http)
        answer = _exchange(session, request, lambda: monotonic() > end)
        target = answer.headers.get("Location", "")
        if answer.status not in _FOLLOWED or not target:
            return replace(answer, moved_to=moved)
        permanent = permanent and answer.status in _PERMANENT
        request = _redirected(request, answer.status, target)
        moved = request.url if permanent else moved
    raise RefusedError(Refusal.UNSAFE, f"{_host(url)} redirects too often")


@frozen
class _Policy:
    """What the session's own adapter allows; a scripted one gets the defaults."""

    allowed: frozenset[str] = _LOOPBACK
    total_s: float = TOTAL_S


def _policy(session: requests.Session) -> _Policy:
    adapter = session.adapters.get("https://")
    if isinstance(adapter, PinnedAdapter):
        return _Policy(adapter.allowed, adapter.total_s)
    return _Policy()


def _exchange(session: requests.Session, ask: _Ask, is_late: Callable[[], bool]) -> Answer:
    """One request and its answer, redirects unfollowed."""
    # Raised outside of `except`: the cause's text has the whole URL, query included.
    outcome = _attempt(session, ask, is_late)
    if isinstance(outcome, ConnectorError):
        raise outcome
    return outcome


def _attempt(
    session: requests.Session, ask: _Ask, is_late: Callable[[], bool]
) -> Answer | ConnectorError:
    host = _host(ask.url)
    try:
        request = _prepared(session, ask)
        proxies = _proxies(ask.url)
    except ValueError as e:  # requests' own for bad addresses and headers are ValueErrors too
        return RefusedError(Refusal.OTHER, f"not a web address ({type(e).__name__})")
    try:
        # Not session.send: it reads the body of a redirect, however long, and keeps cookies.
        with session.get_adapter(request.url or "").send(
            request,
            stream=True,
            timeout=TIMEOUT_S,
            verify=True,
            proxies=proxies,
        ) as response:
            body = _read(response, ask.max_bytes, is_late)
    except (requests.RequestException, urllib3.exceptions.HTTPError, http.client.HTTPException,
            OSError, ValueError) as e:  # fmt: skip
        return failure(e, host)
    if isinstance(body, str):
        return _cut(body, ask.method, host)
    return _answer(response, body, ask)


def _proxies(url: str) -> dict[str, str]:
    """What the environment names for an address. Most name none, which is seen in half the time
    that it takes to find out whether the address goes around them."""
    return get_environ_proxies(url, no_proxy=None) if getproxies() else {}


def _prepared(session: requests.Session, ask: _Ask) -> requests.PreparedRequest:
    return session.prepare_request(
        requests.Request(
            ask.method,
            ask.url,
            headers=dict(ask.headers),
            params=ask.params,
            json=ask.json_body,
            data=ask.form if ask.content is None else ask.content,
        )
    )


def _read(response: requests.Response, max_bytes: int, is_late: Callable[[], bool]) -> bytes | str:
    """The unpacked body, or why it was not read to its end."""
    length = response.headers.get("Content-Length", "")
    if length.isdigit() and len(length) < 20 and int(length) > max_bytes:
        return _TOO_MUCH
    body = bytearray()
    for chunk in response.iter_content(_CHUNK):
        body += chunk
        if len(body) > max_bytes:
            return _TOO_MUCH
        if is_late():
            return _TOO_SLOW
    return bytes(body)


def _cut(why: str, method: str, host: str) -> ConnectorError:
    if method in READING and why == _TOO_MUCH:
        return RefusedError(Refusal.UNSAFE, f"{host} sends {why}")
    return UnreachableError(f"{host} sends {why}", maybe_done=True)


def _answer(response: requests.Response, body: bytes, ask: _Ask) -> Answer:
    headers: Mapping[str, str] = CaseInsensitiveDict(response.headers)
    answer = Answer(ask.method, _host(ask.url), response.status_code, headers, body, ask.url)
    if answer.status < 400:
        return answer
    return replace(answer, words=server_words(body, _secrets(ask)))


def _secrets(ask: _Ask) -> frozenset[str]:
    """Every text of some length that we sent: tokens in headers, queries, bodies and (Telegram)
    in the path, but also the reply's words."""
    values = [*_texts(ask.form), *_texts(ask.json_body), *_texts(ask.params)]
    values += [value for name, value in ask.headers.items() if name not in _HEADERS]
    values += [value.partition(" ")[2] for value in ask.headers.values()]
    path, query = _parts(ask.url)
    values += [part for part in path.split("/") if len(part) >= _TOKEN_CHARS]
    values += [value for _, value in parse_qsl(query)]
    return frozenset(value for value in values if len(value) >= 6)


def _texts(value: Any) -> list[str]:
    """Every text within a body, as deep as any network nests one."""
    found: list[str] = []
    level = [value]
    for _ in range(_NESTED):
        found += [one for one in level if isinstance(one, str)]
        level = [inner for one in level for inner in _inner(one)]
    return found


def _inner(value: Any) -> list[Any]:
    if isinstance(value, Mapping):
        return list(value.values())
    return list(value) if isinstance(value, list | tuple) else []


def _parts(url: str) -> tuple[str, str]:
    try:
        parts = urlsplit(url)
    except ValueError:
        return "", ""
    return unquote(parts.path), parts.query


def failure(error: BaseException, host: str) -> UnreachableError:
    """Our error for one of `requests`; only what surely never left is not `maybe_done`."""
    causes = list(_causes(error))
    for cause in causes:
        if isinstance(cause, ssl.SSLCertVerificationError):
            return UnreachableError(f"the certificate of {host} is not valid", maybe_done=False)
        if isinstance(cause, NameResolutionError):
            return UnreachableError(f"{host} was not found", maybe_done=False)
        if isinstance(cause, ConnectTimeoutError | NewConnectionError):
            return UnreachableError(f"{host} cannot be connected to", maybe_done=False)
    if any(isinstance(c, requests.Timeout | TimeoutError) for c in causes):
        return UnreachableError(f"{host} did not answer in time")
    return UnreachableError(f"the connection to {host} broke ({type(error).__name__})")


def _causes(error: BaseException) -> Iterator[BaseException]:
    """The error and all it was made of: `__cause__`, `__context__`, urllib3's `reason`, args."""
    seen: set[int] = set()
    waiting: list[Any] = [error]
    while waiting:
        one = waiting.pop(0)
        if isinstance(one, BaseException) and id(one) not in seen:
            seen.add(id(one))
            yield one
            waiting += [one.__cause__, one.__context__, getattr(one, "reason", None), *one.args]


def _redirected(ask: _Ask, status: int, target: str) -> _Ask:
    """The next request of a redirect; raises when it must not be made."""
    host = _host(ask.url)
    try:
        url = _without_login(urljoin(ask.url, target))[0]
        same = _origin(url) == _origin(ask.url)
    except ValueError:
        url, same = "", False
    safe = {"https"} if _scheme(ask.url) == "https" else {"https", "http"}
    if ask.method not in READING and status == 303:
        raise UnreachableError(f"{host} answered a write with a redirect", maybe_done=True)
    if _scheme(url) not in safe:
        raise RefusedError(Refusal.UNSAFE, f"{host} redirects to an unsafe address")
    if ask.method not in READING and not (same and status in (307, 308)):
        raise RefusedError(Refusal.UNSAFE, f"{host} redirects what we send")
    return replace(ask, url=url, params=None, headers=ask.headers if same else _HEADERS)


def _check_scheme(url: str, allowed: frozenset[str], plain_http: bool) -> None:
    scheme = _scheme(url)
    if scheme == "https" or (scheme == "http" and (plain_http or _host(url) in allowed)):
        return
    raise RefusedError(Refusal.UNSAFE, f"{_host(url) or 'the address'} is not https")


def _without_login(url: str) -> tuple[str, dict[str, str]]:
    """The address without `user:password@`, and the header that says the same."""
    try:
        parts = urlsplit(url)
        login, at, place = parts.netloc.rpartition("@")
    except ValueError:
        return url, {}
    if not at:
        return url, {}
    name, _, password = login.partition(":")
    header = _basic_auth_str(unquote(name), unquote(password))
    return urlunsplit(parts._replace(netloc=place)), {"Authorization": header}


def _origin(url: str) -> tuple[str, str, int | None]:
    parts = urlsplit(url)
    port = parts.port or {"https": 443, "http": 80}.get(parts.scheme)
    return parts.scheme.lower(), (parts.hostname or "").lower(), port


def _host(url: str) -> str:
    try:
        return (urlsplit(url).hostname or "").lower()
    except ValueError:
        return ""


def _scheme(url: str) -> str:
    try:
        return urlsplit(url).scheme.lower()
    except ValueError:
        return ""
