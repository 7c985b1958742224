"""HTTP for connectors: the one door. Time, size, redirects, addresses, errors and secrets follow
one policy (`exchange.py`, `pinned.py`, `answers.py`, `waits.py`)."""

import logging
import time
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

import requests
from urllib3.filepost import encode_multipart_formdata

from socialdesk.domain.errors import BadAnswerError, UnreachableError
from socialdesk.networks.addresses import Resolve
from socialdesk.networks.answers import Answer, error_for, parsed, raise_for, strict_json
from socialdesk.networks.exchange import MAX_BYTES, Value, send
from socialdesk.networks.pinned import TOTAL_S, PinnedAdapter
from socialdesk.networks.waits import asked_wait_s, pause_s

__all__ = [
    "MAX_BYTES",
    "TOTAL_S",
    "Answer",
    "Check",
    "Value",
    "asked_wait_s",
    "bearer",
    "delete",
    "error_for",
    "get_bytes",
    "get_json",
    "parsed",
    "pause_s",
    "post_file",
    "post_form",
    "post_json",
    "put_json",
    "raise_for",
    "send",
    "session",
    "strict_json",
]

Check = Callable[[Answer], None]
"""Raises when an answer's status is no success; `raise_for` unless a network has its own words."""


def session(
    *,
    allow_private_hosts: frozenset[str] = frozenset(),
    total_s: float = TOTAL_S,
    resolve: Resolve | None = None,
    monotonic: Callable[[], float] = time.monotonic,
) -> requests.Session:
    """A session that reaches public addresses only, besides `allow_private_hosts` (names or
    addresses, as they stand in the URL). Reads no .netrc, keeps no cookies; proxies of the
    environment are used."""
    http = requests.Session()
    http.trust_env = False  # .netrc, REQUESTS_CA_BUNDLE; proxies are asked for by `send`
    http.headers.clear()  # `send` sets them all
    allowed = frozenset(host.lower() for host in allow_private_hosts)
    adapter = PinnedAdapter(allowed, total_s=total_s, resolve=resolve, monotonic=monotonic)
    http.mount("https://", adapter)
    http.mount("http://", adapter)
    logging.getLogger("urllib3").setLevel(logging.ERROR)  # its other lines show whole addresses
    return http


def bearer(token: str) -> dict[str, str]:
    """The header that signs a request in."""
    return {"Authorization": f"Bearer {token}"}


def get_json(
    http: requests.Session,
    url: str,
    params: Mapping[str, Value] | None = None,
    *,
    headers: Mapping[str, str] | None = None,
    max_bytes: int = MAX_BYTES,
    check: Check | None = None,
) -> Answer:
    """GET, with `data` parsed. Raises ConnectorError; BadAnswerError if it is not JSON."""
    answer = send(http, "GET", url, params=params, headers=headers, max_bytes=max_bytes)
    (check or raise_for)(answer)
    return replace(answer, data=parsed(answer))


def get_bytes(
    http: requests.Session,
    url: str,
    params: Mapping[str, Value] | None = None,
    *,
    headers: Mapping[str, str] | None = None,
    max_bytes: int = MAX_BYTES,
    plain_http: bool = False,
    check: Check | None = None,
) -> Answer:
    """GET, body as it came; 304 is an answer too. `plain_http`: also from http addresses."""
    answer = send(
        http,
        "GET",
        url,
        params=params,
        headers=headers,
        max_bytes=max_bytes,
        plain_http=plain_http,
    )
    if answer.status != 304:
        (check or raise_for)(answer)
    return answer


def post_json(
    http: requests.Session,
    url: str,
    body: Any,
    *,
    headers: Mapping[str, str] | None = None,
    check: Check | None = None,
) -> Answer:
    """POST a JSON body, with `data` parsed. An answer we cannot read means: it may be done."""
    return _written(send(http, "POST", url, json_body=body, headers=headers), check)


def put_json(
    http: requests.Session,
    url: str,
    body: Any,
    *,
    headers: Mapping[str, str] | None = None,
    check: Check | None = None,
) -> Answer:
    """PUT a JSON body; else as `post_json`."""
    return _written(send(http, "PUT", url, json_body=body, headers=headers), check)


def post_form(
    http: requests.Session,
    url: str,
    form: Mapping[str, Value],
    *,
    headers: Mapping[str, str] | None = None,
    check: Check | None = None,
) -> Answer:
    """POST a form; else as `post_json`."""
    return _written(send(http, "POST", url, form=form, headers=headers), check)


def post_file(
    http: requests.Session,
    url: str,
    content: bytes,
    mime: str,
    form: Mapping[str, str],
    *,
    headers: Mapping[str, str] | None = None,
    check: Check | None = None,
) -> Answer:
    """POST a multipart form with one file, named `file`; else as `post_json`."""
    parts: list[tuple[str, str | bytes | tuple[str, str | bytes] | tuple[str, str | bytes, str]]]
    parts = [(key, value) for key, value in form.items() if value]
    parts.append(("file", ("picture", content, mime)))
    body, kind = encode_multipart_formdata(parts)
    sent = {**(headers or {}), "Content-Type": kind}
    return _written(send(http, "POST", url, content=body, headers=sent), check)


def delete(
    http: requests.Session,
    url: str,
    *,
    headers: Mapping[str, str] | None = None,
    check: Check | None = None,
) -> Answer:
    """DELETE; the body of the answer does not matter."""
    answer = send(http, "DELETE", url, headers=headers)
    (check or raise_for)(answer)
    return answer


def _written(answer: Answer, check: Check | None) -> Answer:
    (check or raise_for)(answer)
    try:
        return replace(answer, data=parsed(answer))
    except BadAnswerError:
        detail = f"{answer.host} took it and answered unreadably"
    raise UnreachableError(detail, maybe_done=True)
