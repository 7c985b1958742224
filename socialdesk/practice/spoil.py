"""A fault made real: the reply it turns an answer into, or the error of `requests` it raises."""

import io
from dataclasses import replace
from datetime import UTC, datetime
from email.utils import format_datetime

import requests
from urllib3.exceptions import NewConnectionError, ProtocolError

from socialdesk.practice.faults import Fault, Trouble
from socialdesk.practice.wire import Reply, json_reply

_PAGE = b"<!DOCTYPE html><html><head><title>%d</title></head><body><h1>Sorry</h1></body></html>"
_N_DRIPPED = 3


def spoil(fault: Fault, reply: Reply | None, now_ms: int) -> Reply:
    """What comes back under a fault. `reply`: the answer, where the act was done.

    Raises requests.RequestException for the faults in which nothing comes back.
    """
    match fault.trouble:
        case Trouble.NO_ROUTE:
            raise requests.ConnectionError(NewConnectionError(None, "no route"))  # type: ignore[arg-type]
        case Trouble.TIME_OUT:
            raise requests.ReadTimeout("practice: no answer in time")
        case Trouble.BROKEN:
            raise requests.ConnectionError(ProtocolError("practice: connection aborted"))
        case Trouble.SERVER_ERROR:
            wait = str(fault.wait_s) if fault.wait_s and fault.status == 503 else ""
            return json_reply({"error": "Something went wrong"}, fault.status, Retry_After=wait)
        case Trouble.WEB_PAGE:
            return Reply(fault.status, _PAGE % fault.status, {"Content-Type": "text/html"})
        case Trouble.SIGNED_OUT:
            return json_reply({"error": "The access token was revoked"}, 401)
        case Trouble.DRIP:
            assert reply is not None
            return replace(reply, drips=True)
        case Trouble.CUT_OFF | Trouble.MALFORMED | Trouble.TRUNCATED:
            assert reply is not None  # `Fault.lets_act` says so for these
            return _damaged(fault.trouble, reply)
        case _:
            return too_many(fault.trouble, now_ms + 1000 * fault.wait_s, now_ms)


def too_many(dialect: Trouble, until_ms: int, now_ms: int) -> Reply:
    """429 in one of its dialects. Sources: the rate limit pages of Mastodon and GoToSocial."""
    until = datetime.fromtimestamp(until_ms / 1000, UTC)
    match dialect:
        case Trouble.LIMIT_RESET:
            headers = {
                "X-RateLimit-Limit": "300",
                "X-RateLimit-Remaining": "0",
                "X-RateLimit-Reset": f"{until:%Y-%m-%dT%H:%M:%S.%f}Z",
            }
            return json_reply({"error": "Too many requests"}, 429, **headers)
        case Trouble.LIMIT_SECONDS:
            seconds = str(-(-(until_ms - now_ms) // 1000))
            return json_reply({"error": "rate limit reached"}, 429, Retry_After=seconds)
        case Trouble.LIMIT_DATE:
            date = format_datetime(until, usegmt=True)
            return json_reply({"error": "rate limit reached"}, 429, Retry_After=date)
        case _:
            return json_reply({"error": "Throttled"}, 429)


class Dripping(io.RawIOBase):
    """A body that gives a few bytes, one a read, and then nothing until the reader gives up.

    It raises what a socket raises after its time-out, at once: nobody waits.
    """

    def __init__(self, body: bytes) -> None:
        super().__init__()
        self._left = list(body[:_N_DRIPPED])

    def readable(self) -> bool:
        return True

    def read(self, size: int = -1) -> bytes:
        if not self._left:
            raise TimeoutError("practice: the read operation timed out")
        return bytes([self._left.pop(0)])


def _damaged(trouble: Trouble, reply: Reply) -> Reply:
    match trouble:
        case Trouble.MALFORMED:
            return replace(reply, body=b'{"id": ]' + reply.body[:40])
        case Trouble.TRUNCATED:
            return replace(reply, body=reply.body[: len(reply.body) * 2 // 3])
        case _:
            length = {"Content-Length": str(len(reply.body))}
            return replace(
                reply, body=reply.body[: len(reply.body) // 2], headers=reply.headers | length
            )
